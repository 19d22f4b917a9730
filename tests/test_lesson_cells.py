"""Which code of a lesson gives the same key to every learner."""

import pytest

from analysis.lesson_cells import computing

IMPORTS = ("", "from analysis.rounding import exactly")
FREE = 'lesson.calls("a", lambda part, whole: exactly(part).printed, lambda chance: (chance.randint(1, 9), 2))'
FIGURE = ("b", 'part = lesson.figures("b")["x"]\nlesson.key("b", part.rounded)')


def common(*cells: tuple[str, str]) -> list[str]:
    return [each.exercise for each in computing([IMPORTS, *cells]) if each.common]


def test_calls_and_orders_are_common_and_figures_are_not():
    """A function is tried with what the seed draws; the ``part`` of its arguments is not the ``part`` of a figure."""
    order = ("c", 'lesson.key("c", lesson.in_order("c", "xy"))')

    assert ["a", "c"] == common(("a", FREE), FIGURE, order)


@pytest.mark.parametrize(
    "source",
    ['lesson.calls("a", lambda x: part, draw)', 'part = 1\nlesson.key("a", 1)', 'lesson.key("a", lesson.items["a"])',
     'own = lesson\nown.key("a", 1)', 'lesson.key("b", 1)', 'lesson.key("a", 1)\nlesson.key("b", 1)', "x = 1",
     'def part():\n    pass\n\n\nlesson.key("a", 1)', 'lesson.key("a", globals()["lesson"].figures("a"))',
     'def f():\n    return part\n\n\nlesson.calls("a", f, f)', 'lesson.key("a", lesson.figures("b")["x"].rounded)'],
)  # fmt: skip
def test_what_may_depend_on_a_figure_is_computed_anew(source):
    """Names that it shares with another cell, whatever else it asks of the lesson, and the keys of other exercises."""
    assert [] == common(("a", source), FIGURE)
