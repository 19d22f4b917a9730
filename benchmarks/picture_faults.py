"""Faults planted into the pictures of executed chapters, while the table beside each stays right; see `faults`."""

import re
from collections.abc import Callable
from xml.etree import ElementTree

from faults import SVG, another_number, charts, fault
from nbformat import NotebookNode

from analysis.charts import CHART_MIME

ONE_PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def drawn(output: NotebookNode) -> ElementTree.Element:
    return ElementTree.fromstring(output.data[SVG])


def redrawn(output: NotebookNode, root: ElementTree.Element) -> None:
    output.data[SVG] = ElementTree.tostring(root, encoding="unicode")


def bars_of(root: ElementTree.Element) -> list[ElementTree.Element]:
    return [
        each
        for each in root.iter()
        if each.tag.endswith("path")
        and each.get("d", "").endswith("z")
        and each.get("fill") not in ("none", "#efefef", None)
        and "id" not in each.attrib
    ]


def dots_of(root: ElementTree.Element) -> list[ElementTree.Element]:
    ticks = {
        f"#{each.get('id')}"
        for each in root.iter()
        if each.get("id") and re.fullmatch(r"M0 0L0 [\d.]+", each.get("d", ""))
    }
    return [each for each in root.iter() if each.tag.endswith("use") and each.get("href") not in ticks]


def stretched(course: str, change: Callable[[float], float]) -> str:
    """A path with its numbers across changed, as those of bars are written: absolute, M L H V."""
    out = []
    for letter, rest in re.findall(r"([MLHVz])([^MLHVz]*)", course):
        numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", rest)]
        if letter in "ML":
            numbers[0::2] = [change(number) for number in numbers[0::2]]
        elif letter == "H":
            numbers = [change(number) for number in numbers]
        out.append(letter + " ".join(f"{number:.4g}" if number < 1000 else f"{number:g}" for number in numbers))
    return "".join(out)


@fault
def axis_truncated(notebook, random, others):
    """Bars, dots or lines drawn from a number above zero instead of from zero."""
    places = charts(notebook)
    random.shuffle(places)
    for output in places:
        root = drawn(output)
        if bars := bars_of(root):
            lefts = [float(re.match(r"M(-?[\d.]+)", bar.get("d"))[1]) for bar in bars]
            if len({*lefts}) > 1 or len(bars) < 2:
                continue
            left, share = lefts[0], random.choice((0.2, 0.4, 0.6))
            ends = [max(map(float, re.findall(r"(?<=[MLH])-?[\d.]+", bar.get("d")))) for bar in bars]
            begin = left + share * (min(ends) - left)
            for bar in bars:
                bar.set("d", stretched(bar.get("d"), cut_off(left, begin, max(ends))))
        else:
            dots = [dot for dot in dots_of(root) if "x" in dot.attrib]
            if len(dots) < 3 or re.match("coverage", output.data[CHART_MIME]["id"]):
                continue
            trend = output.data[CHART_MIME]["id"].startswith("trend")
            axis = "y" if trend else "x"
            places_of = [float(dot.get(axis)) for dot in dots]
            base, far = (max(places_of), min(places_of)) if trend else (min(places_of), max(places_of))
            if abs(base - far) < 20:
                continue
            for dot, at in zip(dots, places_of, strict=True):
                dot.set(axis, f"{far + (at - far) * 1.25:.1f}")
        redrawn(output, root)
        return f"in {output.data[CHART_MIME]['id']}"
    return None


def cut_off(left: float, begin: float, end: float) -> Callable[[float], float]:
    """Places on an axis that begins at ``begin`` instead of ``left`` and ends where it did."""
    return lambda x: x if x <= left else left + (x - begin) * (end - left) / (end - begin)


def ending(right: float, by: float) -> Callable[[float], float]:
    """What ends at ``right`` ends elsewhere."""
    return lambda x: round(x + by, 1) if abs(x - right) < 0.05 else x


@fault
def mark_moved(notebook, random, others):
    """One bar or dot drawn elsewhere, by at least two points, over a right table."""
    places = charts(notebook)
    random.shuffle(places)
    for output in places:
        root = drawn(output)
        by = random.choice((-1, 1)) * random.uniform(2, 12)
        if bars := bars_of(root):
            bar = random.choice(bars)
            right = max(map(float, re.findall(r"(?<=[MLH])-?[\d.]+", bar.get("d"))))
            left = min(map(float, re.findall(r"(?<=[MLH])-?[\d.]+", bar.get("d"))))
            by = abs(by) if right - left < 15 else by
            bar.set("d", stretched(bar.get("d"), ending(right, by)))
        elif dots := dots_of(root):
            dot = random.choice(dots)
            axis = "y" if output.data[CHART_MIME]["id"].startswith("trend") else "x"
            dot.set(axis, f"{float(dot.get(axis)) + by:.1f}")
        else:
            continue
        redrawn(output, root)
        return f"by {by:.1f} in {output.data[CHART_MIME]['id']}"
    return None


@fault
def labels_swapped_in_picture(notebook, random, others):
    places = charts(notebook)
    random.shuffle(places)
    for output in places:
        root = drawn(output)
        texts = [e for e in root.iter() if e.tag.endswith("text") and e.text and re.search(r"\d", e.text)]
        if output.data[CHART_MIME]["id"].startswith("coverage"):
            texts = [e for e in root.iter() if e.tag.endswith("text") and e.text and not re.fullmatch(r"\d{4}", e.text)]
        texts = [e for e in texts if not re.fullmatch(r"(?:19|20)\d\d", e.text)]
        if len({e.text for e in texts}) < 2:
            continue
        one, other = random.sample(texts, 2)
        if one.text == other.text:
            continue
        one.text, other.text = other.text, one.text
        redrawn(output, root)
        return f"{one.text} and {other.text}"
    return None


@fault
def label_wrong_in_picture(notebook, random, others):
    places = charts(notebook)
    random.shuffle(places)
    for output in places:
        root = drawn(output)
        texts = [e for e in root.iter() if e.tag.endswith("text") and e.text and re.search(r"\d", e.text)]
        if texts:
            text = random.choice(texts)
            old = text.text
            text.text = another_number(old, random) if not re.fullmatch(r"(?:19|20)\d\d", old) else str(int(old) + 1)
            redrawn(output, root)
            return f"{old} is {text.text}"
    return None


@fault
def mark_left_out_of_picture(notebook, random, others):
    places = charts(notebook)
    random.shuffle(places)
    for output in places:
        root = drawn(output)
        if marks := dots_of(root) or bars_of(root):
            gone = random.choice(marks)
            parent = next(each for each in root.iter() if gone in list(each))
            parent.remove(gone)
            redrawn(output, root)
            return f"in {output.data[CHART_MIME]['id']}"
    return None


@fault
def one_pixel_picture(notebook, random, others):
    if not (places := charts(notebook)):
        return None
    output = random.choice(places)
    if random.random() < 0.5:
        output.data[SVG] = '<svg xmlns="http://www.w3.org/2000/svg" width="1pt" height="1pt" viewBox="0 0 1 1"/>'
        return "as SVG"
    del output.data[SVG]
    output.data["image/png"] = ONE_PIXEL
    return "as PNG"
