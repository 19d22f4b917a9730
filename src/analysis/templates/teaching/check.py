"""Says whether answers can be right: their type, their order, their size. It does not know the answers.

Needs Python's standard library only. In the notebook: from check import check; check(globals())
"""

WANTED = {}
SAYS = {}


def is_number(value):
    return type(value) in (int, float) and value == value and abs(value) != float("inf")


def size(value, wanted):
    """What is wrong with the size of a number, or nothing."""
    low, high = wanted["size"]
    if not low or low <= abs(value) < high:
        return ""
    for factor, said in ((10**4, "small_wan"), (10**-4, "large_wan")):
        if low <= abs(value) * factor < high:
            return said
    return "small" if abs(value) < low else "large"


def looked_at(value, wanted):
    """What to say of one answer: the name of a phrase, and what stands in its gaps."""
    kind = wanted["kind"]
    said = SAYS["letters" if wanted["letters"] else kind]
    said = said.format(words=", ".join(wanted["words"]), letters=wanted["letters"])
    expected = {"kind": said, "found": type(value).__name__}
    if value is None:
        return "none", {}
    if kind == "function":
        if not callable(value):
            return "type", expected
        try:
            result = value(*wanted["sample"])
        except Exception as error:
            return "raised", {"error": f"{type(error).__name__}: {error}"}
        return ("none", {}) if result is None else ("fine", {})
    if kind == "word":
        fits = type(value) is str and value in wanted["words"]
        if wanted["letters"]:
            fits = type(value) is str and len(value) == wanted["letters"] and set(value) <= set(wanted["words"])
        return ("fine", {}) if fits else ("type", expected | {"found": repr(value)})
    if kind == "interval":
        if type(value) not in (list, tuple) or len(value) != 2 or not all(is_number(each) for each in value):
            return "type", expected
        if value[0] >= value[1]:
            return "order", {}
        value = value[0] + (value[1] - value[0]) / 2
    elif not is_number(value):
        return "type", expected
    return size(value, wanted) or "fine", {"unit": wanted["unit"]}


def check(answers):
    """Print a line for each answer, and how many can be right."""
    fine = 0
    for name, wanted in WANTED.items():
        said, gaps = looked_at(answers.get(name), wanted)
        fine += said == "fine"
        print(f"{'+' if said == 'fine' else '-'} {name}: {SAYS[said].format(**gaps)}")
    print(SAYS["summary"].format(fine=fine, all=len(WANTED)))
