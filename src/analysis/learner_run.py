"""Runs a learner's cells, and tells the values of the names asked for; run as a script, inside the room of ``jail``.

Holds no answer. Whatever the cells do to this process, all that comes out of it is JSON with plain values, which the
grader reads as a claim of the learner. Only exact ints, floats, texts and truth values count, and lists of them: an
object that pretends to be one is told by its type. Standard library only, and no other module of ours.
"""

import json
import math
import os
import signal
import sys
import types

LONGEST_TEXT, LONGEST_LIST, LARGEST = 300, 10, 10**300


def main() -> None:
    """Read what is asked, run, tell."""
    asked = json.loads(sys.stdin.read())
    out, nothing = os.dup(1), os.open("/dev/null", os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    sys.modules["check"] = types.ModuleType("check")
    sys.modules["check"].check = lambda answers: None
    names: dict[str, object] = {"__name__": "__main__"}
    errors = []
    for at, source in enumerate(asked["cells"]):
        if said := guarded(
            asked["seconds"], lambda source=source, at=at: exec(compile(source, f"cell {at}", "exec"), names)
        )[1]:
            errors.append([at, said])
    values = {name: plain(names.get(name)) for name in asked["values"]}
    calls = {
        name: [called(names.get(name), arguments, asked["seconds"]) for arguments in each]
        for name, each in asked["calls"].items()
    }
    told = json.dumps({"values": values, "calls": calls, "errors": errors}).encode()
    while told:
        told = told[os.write(out, told) :]
    os._exit(0)


def guarded(seconds: float, something: types.FunctionType) -> tuple[object, str]:
    """The result of something, and what it raised, in words; it is interrupted after its time."""
    try:
        signal.signal(signal.SIGALRM, interrupt)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        return something(), ""
    except BaseException as error:
        return None, described(error)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def interrupt(number: int, frame: object) -> None:
    """What the alarm does."""
    raise TimeoutError("took too long")


def described(error: BaseException) -> str:
    """An error in words, whatever its class does when asked for them."""
    try:
        return f"{kind(error)}: {str(error)[:LONGEST_TEXT]}"
    except BaseException:
        return "an error without words"


def kind(value: object) -> str:
    """The name of the type of a value."""
    return type.__dict__["__name__"].__get__(type(value))[:LONGEST_TEXT]


def called(function: object, arguments: list, seconds: float) -> list:
    """What a learner's function returns."""
    if not callable(function):
        return plain(None)
    value, said = guarded(seconds, lambda: function(*arguments))
    return ["raised", said] if said else plain(value)


def plain(value: object, deep: bool = True) -> list:
    """A value that counts (``["value", ...]``), or the type of one that does not (``["type", name]``)."""
    if value is None:
        return ["none", ""]
    if type(value) in (list, tuple) and deep:
        parts = [plain(each, False) for each in list.__getitem__(list(value), slice(LONGEST_LIST + 1))]
        odd = [each for each in parts if each[0] != "value"]
        return odd[0] if odd else ["value", [each[1] for each in parts]]
    if type(value) is bool or (type(value) is int and abs(value) < LARGEST):
        return ["value", value]
    if type(value) is float:
        return ["value", value] if math.isfinite(value) else ["type", "float that is not finite"]
    if type(value) is str:
        return ["value", value[:LONGEST_TEXT]]
    return ["type", kind(value)]


if __name__ == "__main__":
    main()
