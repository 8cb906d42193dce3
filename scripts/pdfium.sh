#!/usr/bin/env bash
# Packs the PDFium of the Go module that go.mod names, so that the program carries 2.6 MB of it and not 5.8. Run it after a
# new version of the module; a test holds what is packed to the module's file.
set -euo pipefail
cd "$(dirname "$0")/.."
gzip -9 -n -c "$(go list -m -f '{{.Dir}}' github.com/klippa-app/go-pdfium)/webassembly/pdfium.wasm" >internal/raster/pdfium.wasm.gz
