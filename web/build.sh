#!/bin/sh
# Builds internal/web/static from the sources here: one style sheet, one script, the proof-of-work worker, the charts of the statistics pages, the checking of receipts, passkeys, what browsers keep for the time without a network, the icons.
# Needs node 20 and `npm ci --ignore-scripts` done once. The output is committed, so building Yifa needs no node.
set -eu
cd "$(dirname "$0")"
out=../internal/web/static
mkdir -p "$out"
node_modules/.bin/sass --quiet-deps --no-source-map --style=compressed --load-path=. --load-path=node_modules \
	scss/yifa.scss build.css
node_modules/.bin/esbuild build.css --minify --target=chrome109,safari15.4,firefox115 --outfile="$out/yifa.css" --log-level=warning
rm build.css
node_modules/.bin/esbuild js/yifa.js js/pow.js js/charts.js js/verify.js js/passkey.js js/news.js js/upload.js js/cover.js js/worker.js js/phone.js --bundle --minify --format=iife --target=es2020 --outdir="$out" --log-level=warning
cp -f svg/mark.svg svg/mark-mono.svg icons/*.png "$out/"
