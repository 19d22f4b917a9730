"""Plain values as Python code, laid out as ``pprint`` does it, but many times faster: hundreds are made for a class.

Standard library only.
"""

from pprint import pformat

WIDTH = 110


def literal(value: object) -> str:
    """A value as code in lines of ``WIDTH`` signs, in the order in which it was made; the text is that of ``pformat``.

    Only dictionaries are broken into lines here; where something else would have to be, ``pprint`` is asked.
    """
    try:
        return _text(value, WIDTH, 0)
    except _TooLong:
        return pformat(value, sort_dicts=False, width=WIDTH)


class _TooLong(Exception):
    """Something other than a dictionary does not fit into a line."""


def _text(value: object, room: int, behind: int) -> str:
    """A value for which a line has so much room, if so many signs stand ``behind`` it in its last line."""
    shown = repr(value)
    if len(shown) <= room - behind:
        return shown
    if type(value) is not dict or not value:
        raise _TooLong
    parts, last = [], len(value) - 1
    for at, (name, each) in enumerate(value.items()):
        begin = f"{name!r}: "
        parts.append(begin + _text(each, room - 1 - len(begin), behind + 1 if at == last else 1))
    return "{" + f",\n{' ' * (WIDTH - room + 1)}".join(parts) + "}"
