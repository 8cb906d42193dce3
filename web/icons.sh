#!/bin/sh
# Draws web/icons/*.png from svg/mark.svg, where the mark has changed: the sizes that telephones ask for. Needs Chromium.
# The icons are committed; web/build.sh copies them.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# draw NAME SIZE VIEWBOX CORNER: the wider the view box, the smaller the mark on the ground that fills it.
draw() {
	sed -e "s/viewBox=\"0 0 48 48\"/width=\"$2\" height=\"$2\" viewBox=\"$3\"/" -e "s/<rect width=\"48\" height=\"48\" rx=\"10\"/<rect x=\"-24\" y=\"-24\" width=\"96\" height=\"96\" $4/" svg/mark.svg >"$work/$1.svg"
	chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --default-background-color=00000000 --window-size="$2,$2" --screenshot="$work/$1.png" "file://$work/$1.svg" 2>/dev/null
	cp "$work/$1.png" "icons/$1.png"
}
mkdir -p icons
rounded() { draw "$1" "$2" "0 0 48 48" 'style="x:0;y:0;width:48px;height:48px;rx:10px"'; }
rounded icon-192 192
rounded icon-512 512
# Cut to a circle or what not by the telephone: the mark within the inner 80 % (W3C, maskable).
draw icon-maskable 512 "-4 -4 56 56" ""
draw icon-touch 180 "0 0 48 48" ""
