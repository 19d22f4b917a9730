"""Typst to PDF: the only home of Typst, and of pikepdf, which makes its files small."""

import io
import pickle
import re
import subprocess
import sys
from functools import cache
from tempfile import TemporaryDirectory
from typing import NamedTuple
from unicodedata import name as unicode_name

import pikepdf
import typst

from analysis import paths
from analysis.errors import RenderingError

_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


class _Refused(Exception):
    """What Typst says against a source: the message, and its hints."""


class Manuscript(NamedTuple):
    """What a PDF is made of.

    source: in Typst's language. files: what the source imports, by name. texts: each text of the report with its place
    in words, for messages. dated: the source sets a date, so that the file can be one for archives too (PDF/A-2a),
    which must have one.
    """

    source: str
    files: dict[str, bytes]
    texts: list[tuple[str, str]]
    dated: bool = False

    def typeset(self, *, apart: bool = False) -> bytes:
        """The PDF, tagged for readers who cannot see it (PDF/UA-1).

        apart: in a process of its own. Typst keeps what it worked out, which is 400 MB for a whole report.
        Only the fonts of the project are used and no clock is asked, so that the same gives the same bytes.
        Raises RenderingError, which names the character and its place where a font lacks it.
        """
        try:
            return (_typeset_apart if apart else _typeset)(self.source, self.files, self.dated)
        except _Refused as error:
            raise RenderingError(_explained(*error.args, self.texts)) from error


def _typeset(source: str, files: dict[str, bytes], dated: bool) -> bytes:
    try:
        with TemporaryDirectory() as nothing:  # the only folder that Typst may read; by default it is the current one
            made = typst.compile(
                {"main.typ": source.encode()} | files,
                root=nothing,
                package_path=nothing,
                package_cache_path=nothing,
                font_paths=_fonts(),
                ignore_system_fonts=True,
                pdf_standards=["a-2a", "ua-1"] if dated else ["ua-1"],
                timestamp=0,
            )
    except typst.TypstError as error:
        raise _Refused(error.message, error.hints) from error
    return _packed(made)


def _typeset_apart(*given: object) -> bytes:
    command = [sys.executable, "-P", "-m", "analysis.typesetting"]
    done = subprocess.run(command, input=pickle.dumps(given), capture_output=True)
    if done.returncode or not done.stdout:
        said = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise RenderingError(f"the PDF cannot be made: the typesetter ended with {done.returncode}: {said}")
    made, refused = pickle.loads(done.stdout)
    if refused:
        raise _Refused(*refused)
    return made


def _answer() -> None:
    """Do what the process that started this one asks on standard input, and answer on standard output."""
    try:
        answer = (_typeset(*pickle.loads(sys.stdin.buffer.read())), None)
    except _Refused as error:
        answer = (None, error.args)
    sys.stdout.buffer.write(pickle.dumps(answer))


def _packed(pdf: bytes) -> bytes:
    """The same file with its objects compressed.

    Typst writes the tags for readers who cannot see, which are two thirds of a file, as plain text.
    """
    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        file.save(packed, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return packed.getvalue()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(paths.FONTS)])


def _explained(message: str, hints: list[str], texts: list[tuple[str, str]]) -> str:
    found = _NO_GLYPH.search(message)
    if not found:
        return f"the PDF cannot be made: {message}. {' '.join(hints)}".rstrip()
    missing = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), found[1])
    names = ", ".join(f"U+{ord(character):04X} {unicode_name(character, '')}".rstrip() for character in missing)
    places = [f"{place}: …{_around(text, missing)}…" for place, text in texts if missing in text]
    where = f" It stands in {places[0]}" if places else ""
    return (
        f"the fonts of the PDF have no {missing!r} ({names}).{where} "
        f"Write it otherwise, or add it to the fonts (src/analysis/fonts/README.md)."
    )


def _around(text: str, piece: str, reach: int = 20) -> str:
    at = text.index(piece)
    return " ".join(text[max(at - reach, 0) : at + len(piece) + reach].split())


if __name__ == "__main__":
    _answer()
