"""Reading a lock file: every package that is pinned, to which version, where, by which hashes, and who asks for it."""

import re
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import AnalysisError


class BadLock(AnalysisError):
    """A lock file that cannot be read, or that pins something without a hash."""


@dataclass(frozen=True, slots=True)
class Pin:
    """One package. ``marker`` says where it is installed (empty: everywhere); ``asked_by`` are names of packages."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]
    asked_by: tuple[str, ...]


def pins(lock: Path) -> list[Pin]:
    """Every pin of a lock file that `make lock` wrote. Raises BadLock for a line that is none, or has no hash."""
    try:
        text = lock.read_text(encoding="utf-8")
    except OSError as error:
        raise BadLock(f"{lock.name} cannot be read: {error.strerror}; `make lock` writes it") from error
    found = [_pin(lock, block) for block in re.split(r"(?m)^(?=\S)(?!#)", text) if block[:1] not in ("", "#", "\n")]
    if not found:
        raise BadLock(f"{lock.name} pins nothing; `make lock` writes it")
    return found


def plain(name: str) -> str:
    """The name of a package as an index writes it: ``Ruamel_Yaml`` is ``ruamel-yaml``."""
    return re.sub(r"[-_.]+", "-", name).casefold()


def _pin(lock: Path, block: str) -> Pin:
    """The pin that some lines hold: one of name and version, one for each hash, and comments on who asks for it."""
    head, *rest = block.splitlines()
    match = re.fullmatch(r"([\w.-]+)==([\w.+!-]+)(?: ; (.+?))? \\", head)
    hashes = tuple(re.findall(r"(?m)^ +--hash=sha256:([0-9a-f]{64})(?: \\)?$", "\n".join(rest)))
    others = [line for line in rest if line and not re.match(r" +(--hash=sha256:[0-9a-f]{64}( \\)?$|#)", line)]
    if not match or not hashes or others:
        raise BadLock(f"{lock.name}: {head[:80]!r} is no pin with hashes; `make lock` writes such lines")
    asked_by = [re.sub(r"^ +#( via)?", "", line).split() for line in rest if line.lstrip().startswith("#")]
    return Pin(plain(match[1]), match[2], match[3] or "", hashes, tuple(plain(words[0]) for words in asked_by if words))
