#!/usr/bin/env bash
# Makes the pictures of the guides anew, docs/guide/pictures, and of README.md, docs/pictures, from the demo city. Look at them before committing.
set -euo pipefail
cd "$(dirname "$0")/.."
export CGO_ENABLED=0

shots=$(mktemp -d)
trap 'rm -rf "$shots"' EXIT
YIFA_SHOTS=$shots go test -count=1 -run TestGuidePictures ./cmd/yifa
for picture in "$shots"/guide-*.png; do
	name=$(basename "$picture")
	cp "$picture" "docs/guide/pictures/${name#guide-}"
done
for picture in "$shots"/readme-*.png; do
	name=$(basename "$picture")
	cp "$picture" "docs/pictures/${name#readme-}"
done
ls -l docs/guide/pictures docs/pictures
