"""Every text in a PDF that we made: of its pages, its metadata, its outline, its alternative texts, its attached files.

The streams of a PDF are compressed and its pages hold numbers of glyphs, so that nothing is found in its bytes. Read
here are fonts as Typst embeds them: two bytes a glyph, with a table of what each stands for.
"""

import io
import re
from collections.abc import Iterator

import pikepdf

_TABLE = re.compile(rb"begin(bfchar|bfrange)(.*?)end(?:bfchar|bfrange)", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
PLAIN_STREAMS = ("/XML",)
"""Kinds of streams that hold text, beside what a file has attached."""


def pdf_texts(content: bytes) -> str:
    """The texts of a PDF, a run of glyphs or a text of its structure a line."""
    with pikepdf.open(io.BytesIO(content)) as file:
        runs = [run for page in file.pages for run in _page(page)]
        runs += [text for thing in file.objects for text in _strings(thing)]
    return "\n".join(runs)


def _page(page: pikepdf.Page) -> Iterator[str]:
    """The runs of text of a page; a run is what stands between two changes of place."""
    fonts = {name: _glyphs(font) for name, font in page.resources.get("/Font", {}).items()}
    glyphs: dict[bytes, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "Tf":
                glyphs = fonts[str(operands[0])]
            case "Tj" | "'" | '"':
                yield _read(operands[-1:], glyphs)
            case "TJ":
                yield _read(operands[0], glyphs)


def _read(pieces: pikepdf.Object, glyphs: dict[bytes, str]) -> str:
    codes = b"".join(bytes(each) for each in pieces if isinstance(each, pikepdf.String))
    return "".join(glyphs.get(codes[at : at + 2], "\ufffd") for at in range(0, len(codes), 2))


def _glyphs(font: pikepdf.Object) -> dict[bytes, str]:
    """What each glyph of a font stands for."""
    found: dict[bytes, str] = {}
    table = font.get("/ToUnicode")
    for kind, body in _TABLE.findall(table.read_bytes()) if table is not None else ():
        values = [bytes.fromhex(each.decode()) for each in _HEX.findall(body)]
        if kind == b"bfchar":
            found |= {code: text.decode("utf-16-be") for code, text in zip(values[::2], values[1::2], strict=True)}
            continue
        for first, last, text in zip(values[::3], values[1::3], values[2::3], strict=True):
            begun = int.from_bytes(first)
            for at in range(int.from_bytes(last) - begun + 1):
                found[(begun + at).to_bytes(2)] = (int.from_bytes(text) + at).to_bytes(len(text)).decode("utf-16-be")
    return found


def _strings(thing: pikepdf.Object) -> Iterator[str]:
    """The texts in an object and what it holds itself; what it only refers to is an object of its own."""
    if isinstance(thing, pikepdf.String):
        yield str(thing)
    elif isinstance(thing, pikepdf.Array):
        for each in thing:
            yield from _strings(each) if not getattr(each, "is_indirect", False) else ()
    elif isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        for each in thing.values():
            yield from _strings(each) if not getattr(each, "is_indirect", False) else ()
        if isinstance(thing, pikepdf.Stream) and (
            thing.get("/Subtype") in PLAIN_STREAMS or thing.get("/Type") == "/EmbeddedFile"
        ):
            yield thing.read_bytes().decode("utf-8", "replace")
