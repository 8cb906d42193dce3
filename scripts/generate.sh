#!/usr/bin/env bash
# Makes every generated file anew: pages from templ, style sheet and script from web/, docs from the law.
# With --check it works on a copy instead and names the files that are not fresh; the tree is left as it is.
set -euo pipefail
cd "$(dirname "$0")/.."
export CGO_ENABLED=0

# pages makes the Go of every .templ, folder by folder: templ writes file names as seen from where it starts, and
# this way they are the same for all of us. Go whose .templ is gone goes too.
pages() {
	local folder made
	find internal -name '*.templ' -printf '%h\n' | sort -u | while read -r folder; do
		go tool templ generate -log-level error -path "$folder"
	done
	find internal -name '*_templ.go' | while read -r made; do
		[ -f "${made%_templ.go}.templ" ] || rm "$made"
	done
}

generate() {
	pages
	web/build.sh
	scripts/docs.sh
}

if [ "${1:-}" != --check ]; then
	generate
	exit
fi

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
mkdir "$copy/before"
git ls-files -coz --exclude-standard | while IFS= read -r -d '' f; do [ ! -f "$f" ] || printf '%s\0' "$f"; done |
	tar --null -T - -cf - | tar -xf - -C "$copy/before"
cp -r "$copy/before" "$copy/after"
ln -s "$PWD/web/node_modules" "$copy/after/web/node_modules"
(cd "$copy/after" && git init -q && scripts/generate.sh)
if ! (cd "$copy" && diff -rq -x node_modules -x .git -x .cache before after); then
	echo "generated files are not fresh: run 'make generate' and commit what changes"
	exit 1
fi
