"""The text of a bulletin, made readable, with the way back: each mended character knows its place in the raw text.

Bulletins come in several encodings, in traditional characters, in full width, with the pinyin that a converter left
in brackets behind a character (知識產(chǎn)權(quán)),
or with remains of a web page. All of that is undone here and nothing
else; true brackets stay. Offsets count characters of the raw text, a byte order mark not included.
"""

import html
import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass

from analysis.traditional import simplified

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
VOWELS = {"ɑ": "a", "ɡ": "g"}
SYLLABLE = re.compile(
    r"(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?"
    r"(?:iang|iong|uang|ueng|ang|eng|ing|ong|ian|iao|uai|uan|üan|van|ai|ei|ui|ao|ou|iu|ie|üe|ve|ue|er|an|en|in|un|ün|vn"
    r"|ia|ua|uo|io|a|o|e|i|u|ü|v|m|n|ng)r?"
)
BRACKETED = re.compile(
    r"[(（][ \u3000]?"
    r"([A-Za-z\u00c0-\u024f\u0251\u0261\u0300-\u030c\u1e00-\u1eff\uff41-\uff5a]{1,9}[1-5]?)[ \u3000]?[)）]"
)
NEUTRAL = {"麼": "me", "么": "me", "們": "men", "个": "ge", "個": "ge", "著": "zhe", "裡": "li", "裏": "li", "兒": "er"}
"""Characters whose reading has no tone mark: only behind these is a bracket without a tone mark taken for pinyin."""

TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,300}>")
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});")
BLOCKS = re.compile(r"</?(?:p|br|div|li|tr|h[1-6])\b", re.I)
INVISIBLE = frozenset(
    "\r\ufeff\u00ad\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}\N{WORD JOINER}"
    "\N{LEFT-TO-RIGHT MARK}"
)
SPACES = frozenset(" \t\u00a0\u3000\N{EN SPACE}\N{EM SPACE}\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}")
ALIKE = {
    "〜": "~",
    "～": "~",
    "–": "-",
    "—": "-",
    "−": "-",
    "‐": "-",
    "﹪": "%",
    "○": "〇",
    "●": "·",
    "•": "·",
    "・": "·",
}
WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff𠀀-\U0003ffff，。；：、（）《》“”‘’！？]")
UNFINISHED = re.compile(r"[^。！？；;!?:：\s]")


@dataclass(frozen=True, slots=True)
class Mended:
    """A mended text. ``offsets[i]`` is the place in ``raw`` of character ``i`` of ``text``; the last is the end."""

    raw: str
    text: str
    offsets: tuple[int, ...]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Where characters ``start`` to ``end`` (not included) of the mended text stand in the raw text."""
        if start >= end:
            return self.offsets[start], self.offsets[start]
        return self.offsets[start], self.offsets[end - 1] + 1

    def mended_place(self, raw_offset: int) -> int:
        """The first mended character that stands at or behind a raw offset."""
        return min(bisect_left(self.offsets, raw_offset), len(self.text))


def mended(raw: str) -> Mended:
    """The readable form of a raw text: each character is one of ``raw``, changed in shape only, or is left out."""
    kept = _without_residue(raw)
    text = "".join(sign for sign, _ in kept)
    simple = simplified(text)
    kept = [(_narrow(sign), place) for sign, (_, place) in zip(simple, kept, strict=True)]
    kept = _without_spaces(_joined_lines(kept))
    return Mended(raw, "".join(sign for sign, _ in kept), (*(place for _, place in kept), len(raw)))


def _without_residue(raw: str) -> list[tuple[str, int]]:
    """The characters to keep, with their places: no pinyin in brackets, no tags, no invisible signs."""
    cuts: dict[int, tuple[int, str]] = {}
    for match in BRACKETED.finditer(raw):
        if _is_residue(match[1], raw[match.start() - 1] if match.start() else ""):
            cuts[match.start()] = (match.end(), "")
    if "<" in raw or "&" in raw:
        for match in TAG.finditer(raw):
            cuts[match.start()] = (match.end(), "\n" if BLOCKS.match(match[0]) else "")
        for match in ENTITY.finditer(raw):
            if (len(sign := html.unescape(match[0])) == 1 and sign.isprintable()) or sign == "\u00a0":
                cuts[match.start()] = (match.end(), sign)
    kept, place = [], 0
    while place < len(raw):
        end, instead = cuts.get(place, (place + 1, raw[place]))
        if instead and instead not in INVISIBLE:
            kept.append((instead, place))
        place = end
    return kept


def _is_residue(inside: str, before: str) -> bool:
    """Whether what stands in a bracket is one syllable of pinyin that a converter left behind."""
    composed = unicodedata.normalize("NFKC", "".join(VOWELS.get(sign, sign) for sign in inside)).lower()
    toned = sum(sign in TONED for sign in composed) + composed[-1].isdigit()
    plain = unicodedata.normalize("NFD", composed.rstrip("12345").replace("ü", "v"))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    if not SYLLABLE.fullmatch(plain):
        return False
    # An uppercase letter is an abbreviation; a digit is a tone only behind a Chinese character.
    if inside != inside.lower() or (composed[-1].isdigit() and not WIDE.match(before or " ")):
        return False
    return toned == 1 or (toned == 0 and NEUTRAL.get(before) == plain)


def _narrow(sign: str) -> str:
    """Full-width signs in half width; look-alikes of a dash or a point as one sign. The ideographic stop stays."""
    if "\uff01" <= sign <= "\uff5e" and sign not in ALIKE:
        return chr(ord(sign) - 0xFEE0)
    return ALIKE.get(sign, sign)


def _joined_lines(kept: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Lines broken at one width (a page, a mail) joined again: a full line that ends inside a sentence goes on."""
    text = "".join(sign for sign, _ in kept)
    lines = text.split("\n")
    widths = sorted(len(line.strip()) for line in lines if line.strip())
    if len(widths) < 4 or not 15 <= widths[-1] <= 90:
        return kept
    joined, place = set(), 0
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        place += len(line)
        bare = line.strip()
        if len(bare) >= widths[-1] - 4 and UNFINISHED.match(bare[-1]) and following.strip():
            joined.add(place)
        place += 1
    return [pair for place, pair in enumerate(kept) if place not in joined]


def _without_spaces(kept: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Spaces beside a Chinese character say nothing and go; between digits or Latin words one stays."""
    found: list[tuple[str, int]] = []
    for index, (sign, place) in enumerate(kept):
        if sign in SPACES:
            following = next((later for later, _ in kept[index + 1 : index + 40] if later not in SPACES), "\n")
            if not found or following == "\n" or WIDE.match(following) or WIDE.match(found[-1][0]):
                continue
            if found[-1][0] in "\n ,;:%()" or following in ",;:%()":
                continue
            sign = " "
        found.append((sign, place))
    return found
