# /// script
# requires-python = ">=3.11"
# dependencies = ["fonttools==4.68.0", "opencc-python-reimplemented==0.1.7"]
# ///
"""Make the two fonts of the report from the whole Noto Sans SC; README.md says how to run this.

The whole font has 30,890 characters and 10.5 MB a weight. The report needs the characters of its bulletins, so each
weight is cut down to `characters()`. The result depends on the package and on this file only, byte for byte.
"""

import copy
import hashlib
import sys
import tarfile
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.ttLib import TTFont

PACKAGE = "@expo-google-fonts/noto-sans-sc@0.4.3"
PACKAGE_SHA256 = "0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59"
FAMILY = "Noto Sans SC"
# style: file in the package, weight class
STYLES = {
    "Regular": ("package/400Regular/NotoSansSC_400Regular.ttf", 400),
    "Bold": ("package/700Bold/NotoSansSC_700Bold.ttf", 700),
}
LICENCE = "package/LICENSE_FONT"

# Ranges that a report in Chinese or English may need beside the Chinese characters themselves; a character that
# Noto Sans SC does not have is left out.
RANGES = [
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x00FF),  # Latin-1, with the no-break space, middle dot, multiplication and division signs
    (0x0100, 0x017F),  # Latin Extended-A: names of people and places, pinyin with macrons
    (0x01CD, 0x01DC),  # pinyin with carons
    (0x0391, 0x03C9),  # Greek
    (0x2002, 0x2015),  # spaces, hyphens, dashes
    (0x2016, 0x2027),  # quotation marks, daggers, bullets, ellipsis
    (0x2030, 0x203B),  # per mille, primes, angle quotation marks, reference mark
    (0x2103, 0x2103),  # degree Celsius
    (0x2116, 0x2116),  # numero sign
    (0x2122, 0x2122),  # trade mark
    (0x2150, 0x218B),  # fractions, Roman numerals
    (0x2190, 0x2199),  # arrows
    (0x2200, 0x22FF),  # mathematical operators: minus, almost equal, at most, at least
    (0x2460, 0x249B),  # numbers in circles, in brackets, with a full stop
    (0x25A0, 0x25FF),  # geometric shapes
    (0x2605, 0x2606),  # stars
    (0x2713, 0x2717),  # ticks and crosses
    (0x3000, 0x303F),  # CJK punctuation
    (0x3040, 0x30FF),  # kana, which are in GB 2312 too
    (0x3220, 0x3229),  # Chinese numbers in brackets
    (0xFE30, 0xFE4F),  # CJK compatibility forms
    (0xFF01, 0xFFEF),  # full-width and half-width forms
]
# The rows of GB 2312 with the 3,755 common characters.
LEVEL_1 = range(0xB0, 0xD8)
# Spaces that Noto Sans SC lacks, in thousandths of an em; a figure space is as wide as a digit.
BLANKS = {0x2009: 167, 0x200A: 100, 0x202F: 167}
FIGURE_SPACE = 0x2007
# What the whole font has that is kept: kerning and marks for Latin text, and the narrow forms of some punctuation.
FEATURES = ["kern", "mark", "mkmk", "pwid"]
# In Noto Sans SC these are as wide as a Chinese character, which tears English apart ("it ’ s"), and a chart cannot
# ask for the narrow forms. So the narrow ones are made the default, and Chinese text asks for feature `fwid`.
NARROW = "‘’“”…"
WIDE = """
languagesystem DFLT dflt;
languagesystem hani dflt;
languagesystem latn dflt;
feature fwid {{ {} }} fwid;
"""


def gb2312(rows: range = range(0xA1, 0xF8)) -> set[str]:
    """The characters of GB 2312 in `rows`: of all, 7,445 (6,763 Chinese characters of levels 1 and 2, and symbols)."""
    found = set()
    for row in rows:
        for cell in range(0xA1, 0xFF):
            try:
                found.add(bytes([row, cell]).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    return found


def traditional(simplified: set[str]) -> set[str]:
    """Every traditional character that OpenCC may write for one of `simplified`, as in Taiwan and Hong Kong too."""
    import opencc

    tables = Path(opencc.__file__).parent / "dictionary"
    found = set(simplified)
    for name in ("STCharacters.txt", "TWVariants.txt", "HKVariants.txt"):
        for line in (tables / name).read_text(encoding="utf-8").splitlines():
            character, _, replacements = line.partition("\t")
            if character in found:
                found.update(replacements.split())
    return {character for character in found if len(character) == 1}


def characters() -> set[str]:
    """The characters of the subset."""
    ranges = {chr(code) for first, last in RANGES for code in range(first, last + 1)}
    # The traditional forms of level 2, the rarer characters, would add 0.4 MB a weight.
    return gb2312() | traditional(gb2312(LEVEL_1)) | ranges


def add_blanks(font: TTFont) -> None:
    """Give `font` the spaces of BLANKS and the figure space."""
    names = font.getBestCmap()
    space, digit = names[ord(" ")], names[ord("0")]
    blanks = BLANKS | {FIGURE_SPACE: font["hmtx"][digit][0]}
    order = font.getGlyphOrder()
    for code, width in blanks.items():
        name = f"blank{code:04X}"
        order.append(name)
        font["glyf"].glyphs[name] = copy.deepcopy(font["glyf"][space])
        font["hmtx"].metrics[name] = (width, 0)
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[code] = name
    font.setGlyphOrder(order)
    font["glyf"].glyphOrder = order


def narrow_punctuation(font: TTFont) -> None:
    """Make the narrow forms of NARROW the default, and the wide ones the feature `fwid`, the only one of its table."""
    lookups = font["GSUB"].table.LookupList.Lookup
    narrow = {wide: form for lookup in lookups for part in lookup.SubTable for wide, form in part.mapping.items()}
    wide = {ord(character): font.getBestCmap()[ord(character)] for character in NARROW}
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap.update({code: narrow[name] for code, name in wide.items()})
    rules = " ".join(f"sub {narrow[name]} by {name};" for name in wide.values())
    addOpenTypeFeaturesFromString(font, WIDE.format(rules), tables=["GSUB"])


def subset_font(whole: bytes, *, style: str, weight: int) -> bytes:
    """One weight cut down to `characters()`, named FAMILY and `style`, with weight class `weight`."""
    font = TTFont(BytesIO(whole), recalcTimestamp=False)
    options = subset.Options(
        layout_features=FEATURES, hinting=False, glyph_names=True, notdef_outline=True, name_IDs=[0, 1, 2, 3, 4, 5, 6]
    )
    # The licence asks that its notice stays in the font: names 7 to 14.
    options.name_IDs += [7, 8, 9, 10, 11, 13, 14]
    options.drop_tables += ["BASE", "STAT", "gasp", "vhea", "vmtx"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(sorted(characters())))
    subsetter.subset(font)
    narrow_punctuation(font)
    add_blanks(font)
    for number, text in {1: FAMILY, 2: style, 4: f"{FAMILY} {style}", 6: f"NotoSansSC-{style}"}.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    result = BytesIO()
    font.save(result)
    return result.getvalue()


def make_fonts(package: Path, folder: Path) -> None:
    """Write the two fonts and their licence to `folder`; exits when `package` is not the one this script knows."""
    digest = hashlib.sha256(package.read_bytes()).hexdigest()
    if digest != PACKAGE_SHA256:
        sys.exit(f"{package} has the SHA-256 {digest}; {PACKAGE} has {PACKAGE_SHA256}. Get it with: npm pack {PACKAGE}")
    with tarfile.open(package) as files:
        for style, (name, weight) in STYLES.items():
            made = subset_font(files.extractfile(name).read(), style=style, weight=weight)
            (folder / f"NotoSansSC-{style}.ttf").write_bytes(made)
        (folder / "OFL.txt").write_bytes(files.extractfile(LICENCE).read())


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(f"usage: python make_fonts.py PACKAGE.tgz, the file that `npm pack {PACKAGE}` gets")
    make_fonts(Path(sys.argv[1]), Path(__file__).parent)
