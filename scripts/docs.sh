#!/usr/bin/env bash
# Writes docs/generated from the law: for each procedure what it is in words and its diagram (Mermaid and SVG), who may do what, and the catalogue of papers.
set -euo pipefail
cd "$(dirname "$0")/.."
export CGO_ENABLED=0

mkdir -p docs/generated .cache
go build -o .cache/yifa ./cmd/yifa
for folder in law/procedures/*/; do
	id=$(basename "$folder")
	.cache/yifa law show "$id" >"docs/generated/$id.txt"
	.cache/yifa law diagram "$id" >"docs/generated/$id.mmd"
	.cache/yifa law diagram --svg "$id" >"docs/generated/$id.svg"
done
.cache/yifa law rights >docs/generated/rights.md
.cache/yifa law list documents >docs/generated/documents.txt
