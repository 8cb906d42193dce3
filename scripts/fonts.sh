#!/usr/bin/env bash
# Makes internal/document/fonts anew: the fonts built into the program, as parts of Noto Serif SC and LXGW WenKai.
# It is run by hand when the choice of characters changes and not by `make generate`: the sources weigh 80 MB. What
# it makes is the same every time; internal/document tests the files by fonts/SHA256SUMS.
# Needs apt packages: fonttools fonts-lxgw-wenkai (1.250); npm fetches the other source.
set -euo pipefail
cd "$(dirname "$0")/.."

out=$PWD/internal/document/fonts
npm=@expo-google-fonts/noto-serif-sc@0.4.3
wenkai=/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm pack --silent "$npm" && tar -xzf ./*.tgz --wildcards '*/400Regular/*.ttf' '*/700Bold/*.ttf' '*/LICENSE_FONT')

/usr/bin/python3 - "$work/package" "$wenkai" "$out" <<'PYTHON'
import sys
from fontTools import subset
from fontTools.ttLib import TTFont

package, wenkai, out = sys.argv[1:]


def table(encoding, first, second):
    found = set()
    for a in first:
        for b in second:
            try:
                found.add(ord(bytes([a, b]).decode(encoding)))
            except UnicodeDecodeError:
                pass
    return found


def make(source, name, wanted):
    options = subset.Options()
    options.layout_features, options.hinting, options.glyph_names = [], False, False
    options.name_IDs, options.notdef_outline = [0, 13, 14], True
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "STAT", "vhea", "vmtx", "gasp", "prep"]
    font = subset.load_font(source, options)
    part = subset.Subsetter(options)
    part.populate(unicodes=wanted)
    part.subset(font)
    # Changed fonts carry a name of their own, as their licence asks where names are reserved.
    for record in (1, 4, 6, 16):
        font["name"].setName(name, record, 3, 1, 0x409)
    font.save(f"{out}/{name}.ttf", reorderTables=True)


regular = f"{package}/400Regular/NotoSerifSC_400Regular.ttf"
bold = f"{package}/700Bold/NotoSerifSC_700Bold.ttf"
private = set(range(0xE000, 0xF900))  # mean something else in every font
there = set(TTFont(regular, lazy=True).getBestCmap()) - private

low, high = range(0xA1, 0xFF), range(0xA1, 0xF8)
gb2312 = table("gb2312", high, low)
traditional = table("big5", range(0xA4, 0xC7), [*range(0x40, 0x7F), *range(0xA1, 0xFF)])  # level 1
marks = {c for c in there if c < 0x3400 or 0xF900 > c > 0x9FFF or c > 0xFAFF and c < 0x10000}
common = (gb2312 | traditional | marks) & there

make(regular, "YifaSong-Regular", common)
make(bold, "YifaSong-Bold", (gb2312 | marks) & there)
make(regular, "YifaSong-Rare", (there - common) | set(range(0x20, 0x7F)))
kai = set(TTFont(wenkai, lazy=True).getBestCmap())
make(wenkai, "YifaKai-Rare", (kai - there - private) | set(range(0x20, 0x7F)))
PYTHON

cp "$work/package/LICENSE_FONT" "$out/OFL.txt"
gzip -9nf "$out"/*-Rare.ttf
(cd "$out" && sha256sum ./*.ttf ./*.ttf.gz | sed 's, \./, ,' >SHA256SUMS)
ls -l "$out"
