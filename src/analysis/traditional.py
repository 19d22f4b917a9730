"""Traditional characters and simplified ones: the only home of OpenCC.

To traditional: the characters and quotation marks of Taiwan's standard, and no other words than before, because a
published fact keeps the terms that it was published in (知识产权 becomes 知識產權, not 智慧財產權).
"""

from functools import cache

from opencc import OpenCC

STANDARD = str.maketrans({"佈": "布", "佔": "占", "“": "「", "”": "」", "‘": "『", "’": "』"})
"""What OpenCC leaves to choice: 公布 and 占 are the forms of Taiwan's table of uniform characters in law."""

AMENDED = {
    "舍入": "捨入",
    "齣版": "出版",
    "多隻公布": "多只公布",
    "采用": "採用",
}
"""What OpenCC gets wrong: words that it does not know, or cuts at the wrong place (一出 is a play in 另一出版物)."""


def traditional(text: str) -> str:
    """Simplified characters made traditional; a text that has none stays as it is."""
    converted = _converter("s2tw").convert(text).translate(STANDARD)
    for wrong, right in AMENDED.items():
        converted = converted.replace(wrong, right)
    return converted


def simplified(text: str) -> str:
    """Traditional characters made simplified, one for one, so that places stay what they were."""
    converted = _converter("t2s").convert(text)
    if len(converted) == len(text):
        return converted
    # A dictionary entry that changes the length would move every place behind it: go character by character.
    return "".join(one if len(one := _converter("t2s").convert(sign)) == 1 else sign for sign in text)


@cache
def _converter(configuration: str) -> OpenCC:
    return OpenCC(configuration)
