"""Words that a source printed, inside a text of ours: marked, so that nothing changes them on their way to a page.

In Chinese a quotation stands between Unicode's isolates, which no reader sees. A page in traditional characters keeps
it as it was printed and says that it is simplified; all other pages drop the marks. In English every Chinese word is a
quotation, so that none is marked.
"""

import re
from collections.abc import Callable, Iterator

OPEN, CLOSE = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
QUOTATION = re.compile(f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}")
_CHINESE = "[\u2e80-\u303f\u3100-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60]"
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
# A run of Chinese goes on over digits and signs to its last Chinese character, but not over Latin letters.
_CHINESE_RUN = re.compile(f"{_CHINESE}(?:[^A-Za-z\n]*{_CHINESE})?")


def quoted(text: str, language: str) -> str:
    """``text`` as a quotation in a text of ours in one language."""
    return f"{OPEN}{unmarked(text)}{CLOSE}" if text and language != "en" else text


def unmarked(text: str) -> str:
    """``text`` without the marks of quotations."""
    return text.replace(OPEN, "").replace(CLOSE, "")


def between_marks(change: Callable[[str], str], text: str) -> str:
    """``text`` with ``change`` made to each of its pieces, and the marks of its quotations where they were."""
    pieces = (change(piece) for piece in QUOTATION.split(text))
    return "".join(f"{OPEN}{piece}{CLOSE}" if odd % 2 else piece for odd, piece in enumerate(pieces))


def simplified_runs(text: str, language: str) -> Iterator[tuple[bool, str]]:
    """Pieces of ``text`` without their marks, each with whether a page in ``language`` must say that it is simplified.

    In English that is all Chinese, in traditional characters the Chinese of quotations, in simplified ones nothing.
    """
    for odd, piece in enumerate(QUOTATION.split(text)):
        if not (piece := unmarked(piece)):
            continue
        if language == "en" or (odd % 2 and language != "zh"):
            yield from _chinese_runs(piece)
        else:
            yield False, piece


def _chinese_runs(text: str) -> Iterator[tuple[bool, str]]:
    """Pieces of ``text``, each with whether it is Chinese."""
    at = 0
    for run in _CHINESE_RUN.finditer(text):
        if not _HAN.search(run[0]):
            continue
        if run.start() > at:
            yield False, text[at : run.start()]
        yield True, run[0]
        at = run.end()
    if at < len(text):
        yield False, text[at:]
