"""What bytes are that are not UTF-8, and text that was once read in a wrong encoding.

The latter is valid, every program takes it, and no reader can read it. Where text looks like that, it is turned back:
only if Chinese comes out that is full of frequent characters is it called misread. Standard library only.
"""

import codecs
import re
from functools import cache

FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "這個國來時們產種後學經專專利权權知识識业業新市全件万萬元量保护護管理局务務合企商标標注册註冊增长長授申请請发發明有效日月"
)
"""Characters that any Chinese text of this kind is full of, in both scripts."""

CLEAR, FAINT = 0.12, 0.03
"""Shares of frequent characters: real text has more than the first, text in a wrong encoding less than the second."""

LOST = {
    "\ufffd": "the sign for a lost character",
    "\x80-\x9f": "control signs, as a text in GB18030 or UTF-8 shows when it is read as Latin-1",
    "\ue000-\uf8ff": "signs of private use, as a text in Big5 shows when it is read as GB18030",
    "\uff61-\uff9f": "half-width kana, as a text in GB18030 shows when it is read as Shift-JIS",
}
"""What no text of ours holds for itself, and what it comes from."""
WESTERN = (
    "\u00a0-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201e\u2020-\u2022"
)
WESTERN += "\u2026\u2030\u2039\u203a\u20ac\u2122"
BACK = {
    "western": (("cp1252", "utf-8"), ("cp1252", "gb18030"), ("cp1252", "big5hkscs")),
    "heads": (("gb18030", "utf-8"),),
    "hangul": (("cp949", "gb18030"), ("cp949", "utf-8")),
    "kana": (("gb18030", "big5hkscs"),),
}
"""For each look, as what the text was read, and what it is."""
_LOST = re.compile("|".join(f"([{signs}]{{{2 if 'kana' in said else 1}}})" for signs, said in LOST.items()))
MOST = 20  # characters before what looks misread, and three times as many behind it, are looked at with it
_WIDE, _WIDE_BEFORE = re.compile(f"[^\x00-\x7f]{{1,{4 * MOST}}}"), re.compile("[^\x00-\x7f]*$")
SIGNATURES = {
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
    b"\x1f\x8b": "compressed (gzip)",
    b"BZh": "compressed (bzip2)",
    b"\xfd7zXZ": "compressed (xz)",
    b"\x28\xb5\x2f\xfd": "compressed (zstd)",
    b"PK": "a workbook or another archive (zip)",
    b"\xd0\xcf\x11\xe0": "a workbook or document of an old kind",
}


def share(text: str) -> float:
    """The share of frequent characters among all that are not ASCII."""
    wide = [sign for sign in text if sign > "\x7f"]
    return sum(sign in FREQUENT for sign in wide) / len(wide) if wide else 0.0


def seems(data: bytes) -> str:
    """What bytes seem to be that are not UTF-8, for a message; nothing if that cannot be told."""
    for mark, known in SIGNATURES.items():
        if data.startswith(mark):
            return known
    if b"\0" in data[:1000]:
        return "UTF-16 without its mark, or no text"
    fit = [name for name in ("gb18030", "big5") if share(data[:100_000].decode(name, "ignore")) > CLEAR]
    return " or ".join(name.replace("gb", "GB").replace("big", "Big") for name in fit)


def misread(text: str) -> tuple[int, str] | None:
    """The place in a text where it was misread, and what stands there in words; nothing if it was not."""
    if not any(map(_odd().match, set(text))):
        return None
    found = [(lost.start(), list(LOST.values())[lost.lastindex - 1]) for lost in [_LOST.search(text)] if lost]
    place = 0
    while look := _looks().search(text, place):
        before = _WIDE_BEFORE.search(text[max(place, look.start() - MOST) : look.start()])[0]
        run = _WIDE.match(text, look.start() - len(before))
        place = run.end()
        for wrong, right in BACK[look.lastgroup]:
            back = run[0].encode(wrong, "ignore").decode(right, "ignore")
            if len(back) > 1 and share(back) > CLEAR and share(run[0]) < CLEAR:
                found.append((run.start(), f"{run[0][:20]!r}, which is {back[:20]!r} in {right} read as {wrong}"))
    return min(found, default=None)


@cache
def _rare() -> str:
    """Characters that the first bytes of a Chinese character in UTF-8 make in GB18030."""
    pairs = (bytes((lead, trail)) for lead in range(0xE4, 0xEA) for trail in range(0x80, 0xC0))
    return "".join(pair.decode("gb18030", "ignore") for pair in pairs)


@cache
def _odd() -> re.Pattern[str]:
    """A single character without which nothing was misread: the quick way for nearly every text."""
    return re.compile(f"[{''.join(LOST)}\u00a1-\u00b6\u00b8-\u00ff\uac00-\ud7a3\u3041-\u30fa{_rare()}]")


@cache
def _looks() -> re.Pattern[str]:
    """What looks misread."""
    rare = _rare()
    return re.compile(
        f"(?P<western>[{WESTERN}]{{4}})|(?P<heads>[{rare}][^\x00-\x7f]{{1,2}}[{rare}])"
        "|(?P<hangul>[\uac00-\ud7a3]{2})|(?P<kana>[\u3041-\u30fa])"
    )
