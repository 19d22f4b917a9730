"""Plain values as Python code, laid out as ``pprint`` does it, but many times faster: hundreds are made for a class.

Standard library only.
"""

from collections.abc import Iterator
from pprint import pformat

WIDTH = 110


def literal(value: object) -> str:
    """A value as code in lines of ``WIDTH`` signs, in the order in which it was made; the text is that of ``pformat``.

    Only dictionaries are broken into lines here; where something else would have to be, ``pprint`` is asked.
    """
    try:
        return "".join(_parts(value, 0, 0))
    except _TooLong:
        return pformat(value, sort_dicts=False, width=WIDTH)


class _TooLong(Exception):
    """Something other than a dictionary does not fit into a line."""


def _parts(value: object, indent: int, behind: int) -> Iterator[str]:
    """The parts of a text that begins at ``indent``, if so many signs stand ``behind`` it in its last line."""
    shown = repr(value)
    if len(shown) <= WIDTH - indent - behind:
        yield shown
        return
    if type(value) is not dict or not value:
        raise _TooLong
    yield "{"
    last = len(value) - 1
    for at, (name, each) in enumerate(value.items()):
        begin = f"{name!r}: "
        yield begin
        yield from _parts(each, indent + 1 + len(begin), behind + 1 if at == last else 1)
        yield "}" if at == last else ",\n" + " " * (indent + 1)
