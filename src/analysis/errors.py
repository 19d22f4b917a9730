"""What a user can get wrong.

Each message says what was found, where, what exists, and what to do.
The command turns any of these into one line and exit code 1.
"""

from collections.abc import Iterable
from difflib import get_close_matches

MOST_QUOTED = 80


class AnalysisError(Exception):
    """Something in the data, the definitions or the request is wrong, and the message says what."""


class BadRow(AnalysisError):
    """A row of a table in ``data/`` breaks the rules of that table."""


class BadNumber(AnalysisError):
    """A text that should be a printed number is not one."""


class BadDefinition(AnalysisError):
    """An indicator in ``data/indicators.toml`` is defined wrongly."""


class UnknownName(AnalysisError):
    """A region, reference year, series, indicator, chapter, language or format that does not exist."""


class BadParameter(AnalysisError):
    """A parameter of a report is missing, of the wrong type, or not one that the chapters declare."""


class BadRequest(BadParameter, UnknownName):
    """What was asked for cannot be had; the message holds everything that is wrong with it, on one line."""


class ChapterFailed(AnalysisError):
    """A chapter raised an error, ran out of time, or did not run to its end with the parameters asked for."""


class NotComputable(AnalysisError):
    """A quotient that has no value, such as one whose denominator may be zero.

    ``reason`` (zero, part, open or other) names the phrase in ``words/`` that tells a reader why.
    """

    def __init__(self, message: str, reason: str = "other"):
        super().__init__(message)
        self.reason = reason


class RenderingError(AnalysisError):
    """A chapter ran, but cannot be turned into a page."""


class OutputError(AnalysisError):
    """The output folder cannot be written; nothing that was there before was touched."""


class OutputBusy(OutputError):
    """Somebody else is putting reports into the output folder; the command exits with 75, and can be run again."""


def listed(names: Iterable[object], most: int = 12) -> str:
    """Names for the end of a message: ``a, b, c`` and how many more."""
    texts = [str(name) for name in names]
    more = f" and {len(texts) - most} more" if len(texts) > most else ""
    return ", ".join(texts[:most]) + more


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """A hint such as ``Did you mean invention_share?``, or nothing. Upper and lower case are alike."""
    known = {each.casefold(): each for each in names}
    near = get_close_matches(name[:MOST_QUOTED].strip().casefold(), list(known), n=1)
    return f" Did you mean {known[near[0]]}?" if near else ""


def quoted(value: object, most: int = MOST_QUOTED) -> str:
    """A value as it was found, on one line and not too long; what cannot be seen is written as its code point."""
    try:
        text = repr(value[:most] if isinstance(value, str) else value)
    except Exception:  # an object may say anything of itself; a whole number may have too many digits
        return f"something of type {type(value).__name__}"
    return text if len(text) <= most and (not isinstance(value, str) or len(value) <= most) else text[:most] + "…"
