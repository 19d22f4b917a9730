"""The bytes of a bulletin as text. The encoding is found out or asked for, and always said; it is never guessed."""

import codecs
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import AnalysisError
from analysis.misreading import CLEAR, FAINT, misread, share

LARGEST = 2_000_000
"""Bytes; a white paper of a hundred pages has a tenth of that."""

MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
    b"\x84\x31\x95\x33": "gb18030",
}
OLD = ("gb18030", "big5hkscs")
ENCODINGS = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")


class BadText(AnalysisError):
    """A file that is no text, is too large, or whose encoding cannot be told."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text without byte order mark, its encoding, and what to know about the decoding (empty: nothing)."""

    text: str
    encoding: str
    note: str = ""

    @property
    def said(self) -> str:
        """The encoding with its note, for a message."""
        return f"{self.encoding} ({self.note})" if self.note else self.encoding


def text_of(path: Path, encoding: str | None = None) -> Decoded:
    """The text of a file. Raises BadText."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise BadText(f"{path.name} has {size:,} bytes; a bulletin has at most {LARGEST:,}. Keep the text only.")
        with path.open("rb") as file:  # what has no size, such as a device, ends nowhere
            return decoded(file.read(LARGEST + 1), encoding, path.name)
    except OSError as error:
        raise BadText(f"{path.name} cannot be read: {error.strerror}") from error


def decoded(data: bytes, encoding: str | None = None, name: str = "the text") -> Decoded:
    """The text that bytes hold. Raises BadText where there is none or where two encodings are as good."""
    if not data.strip():
        raise BadText(f"{name} is empty; expected the text of a bulletin")
    if len(data) > LARGEST:
        raise BadText(f"{name} has {len(data):,} bytes; a bulletin has at most {LARGEST:,}. Keep the text only.")
    if encoding:
        return _asked_for(data, encoding, name)
    for mark, known in MARKS.items():
        if data.startswith(mark):
            text = _strictly(data, known)
            if text is None:
                raise BadText(f"{name} begins like {known} and is broken further on; save it again as UTF-8")
            return _printable(Decoded(text.removeprefix("\ufeff"), known), name)
    if b"\0" in data:
        raise BadText(
            f"{name} holds zero bytes: it is no text, or UTF-16 without its mark (then say --encoding utf-16-le)"
        )
    if (text := _strictly(data, "utf-8")) is not None:
        return _printable(Decoded(text, "utf-8"), name)
    return _printable(_old_or_broken(data, name), name)


def _asked_for(data: bytes, encoding: str, name: str) -> Decoded:
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise BadText(f"{name} is not {encoding}: {error}") from error
    return _printable(Decoded(text.removeprefix("\ufeff"), encoding, "the encoding was given"), name)


def _old_or_broken(data: bytes, name: str) -> Decoded:
    """Not UTF-8: one of the older Chinese encodings, or UTF-8 with a few broken bytes, if exactly one makes sense."""
    texts = {encoding: _strictly(data, encoding) for encoding in OLD}
    broken = data.decode("utf-8", errors="replace")
    lost = broken.count("\ufffd")
    if lost * 100 < len(broken):
        texts["utf-8"] = broken
    shares = {encoding: share(text) for encoding, text in texts.items() if text is not None}
    if not shares:
        raise BadText(f"{name} is neither UTF-8 nor GB18030 nor Big5; if it is Chinese text, save it again as UTF-8")
    best = max(shares, key=lambda encoding: shares[encoding])
    others = [share for encoding, share in shares.items() if encoding != best]
    if shares[best] < CLEAR or any(share > max(FAINT, shares[best] / 4) for share in others):
        raise BadText(
            f"{name} could be {' or '.join(sorted(shares))}, and its words do not settle which; "
            "name the encoding with --encoding, or save the text again as UTF-8"
        )
    note = f"{lost} bytes were broken and are lost" if best == "utf-8" else f"not UTF-8; as {best} it reads as Chinese"
    return Decoded(texts[best], best, note)


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _printable(found: Decoded, name: str) -> Decoded:
    """Refuse what holds control signs as only a binary file does, or no words at all."""
    odd = sum(sign < " " and sign not in "\t\n\r\f\v" for sign in found.text)
    if odd * 200 > len(found.text):
        raise BadText(f"{name} holds control characters: it is no text")
    if not found.text.strip():
        raise BadText(f"{name} is empty; expected the text of a bulletin")
    # Lost bytes are told by the note.
    if wrong := misread(found.text.replace("\ufffd", "")):
        line = found.text.count("\n", 0, wrong[0]) + 1
        raise BadText(f"{name}, line {line}: {wrong[1]}; look for the text as it was published")
    return found
