"""Each difference as the line that a reader gets."""

import pytest
from planted import SVG, cell, chapter, data, put

from analysis.charts import CHART_MIME
from analysis.differences import differences
from analysis.facts import facts
from analysis.tables import TABLE_MIME

CREATION = "03_creation"


def told(other) -> list[str]:
    return [str(each) for each in differences(CREATION, facts(chapter(CREATION)), facts(other))]


def test_two_runs_that_say_the_same_do_not_differ():
    """Nothing is told of a chapter against itself."""
    assert [] == told(chapter(CREATION))


@pytest.mark.fault(51)
def test_a_number_is_told_with_its_place_and_what_it_was():
    """The line names chapter, cell, row, column, and what of the number changed."""
    other = chapter(CREATION)
    row = data(other, "indicator_table")[TABLE_MIME]["rows"][0]
    row[1] = put(row[1], "10.80%", "10.81%")

    assert [
        "03_creation, report.indicator_table('creation'), table, row Invention share of patents granted, "
        "column Value (value): was 10.80%, is 10.81%"
    ] == told(other)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("more than 1,200", "1,200", "(qualifier)"),
        ("more than 1,200", "more than 1,300", "(value)"),
        ("more than 1,200 registrations", "more than 1,200%", "(unit)"),
    ],
)
def test_what_changed_of_a_number_is_named(old, new, what):
    """A lost qualifier, another value, another unit."""
    other = chapter(CREATION)
    rows = data(other, 'figure_table("creation")')[TABLE_MIME]["rows"]
    row = next(row for row in rows if old in row[1])
    row[1] = put(row[1], old, new)

    (line,) = told(other)
    assert what in line


def test_the_card_that_a_number_leads_to_is_told():
    """A right number that leads to another card."""
    other = chapter(CREATION)
    row = data(other, "indicator_table")[TABLE_MIME]["rows"][0]
    row[1] = put(row[1], "#invention_share", "#madrid_share")

    (line,) = told(other)
    assert line.endswith("(leads to): was #invention_share, is #madrid_share")


def test_rows_that_are_gone_new_or_in_another_order_are_told_once():
    """A row that is gone is one line, not one for each of its cells."""
    gone, turned = chapter(CREATION), chapter(CREATION)
    del data(gone, "indicator_table")[TABLE_MIME]["rows"][0]
    rows = data(turned, "indicator_table")[TABLE_MIME]["rows"]
    rows[0], rows[1] = rows[1], rows[0]

    assert [
        "03_creation, report.indicator_table('creation'), table (one of the rows): gone: "
        "Invention share of patents granted"
    ] == told(gone)
    (line,) = told(turned)
    assert "(order of rows): was Invention share of patents granted, Patents granted per 10000 residents," in line


@pytest.mark.fault(69)
def test_a_picture_that_changed_alone_is_told():
    """The bar of inventions ends at 55.1; drawn to 65.1, with nothing else changed, it is told."""
    other = chapter(CREATION)
    shown = data(other, "composition_chart")
    shown[SVG] = put(shown[SVG], "55.1", "65.1")

    lines = told(other)
    assert 2 == len(lines)
    assert "picture (mark): was bar in #0072b2 at (4.8, 37.8) to (55.1, 70.2), is bar in #0072b2 at" in lines[0]


@pytest.mark.fault(68)
def test_a_picture_may_be_drawn_a_little_otherwise():
    """0.4 points is nothing to see; words may stand 3 points elsewhere, as another library measures them."""
    other = chapter(CREATION)
    shown = data(other, "composition_chart")
    moved = put(shown[SVG], "55.1", "55.4")
    shown[SVG] = put(moved, 'y="84.8"', 'y="87.6"')

    assert [] == told(other)


def test_labels_that_changed_places_are_told():
    """Two labels of a picture, swapped."""
    other = chapter(CREATION)
    shown = data(other, "composition_chart")
    swapped = put(shown[SVG], "7,819", "\0")
    shown[SVG] = put(put(swapped, "64,571", "7,819"), "\0", "64,571")

    assert 2 == sum("picture (words)" in line for line in told(other))


@pytest.mark.fault(70)
def test_an_output_that_was_wiped_is_told():
    """A chart that is gone: the cell has no output and did not run."""
    other = chapter(CREATION)
    empty = cell(other, "composition_chart")
    empty.outputs, empty.execution_count = [], None

    lines = told(other)
    assert "03_creation, report.composition_chart(), cell (outputs): was 1, is 0" in lines
    assert "03_creation, report.composition_chart(), cell (ran): was yes, is no" in lines


def test_a_title_and_a_sentence_are_told():
    """The words of a chart, and of a paragraph."""
    other = chapter(CREATION)
    shown = data(other, "composition_chart")[CHART_MIME]
    shown["title"] = put(shown["title"], "10.80%", "11.20%")
    other.cells[4].source = put(other.cells[4].source, "granted in the same year", "in force")

    lines = told(other)
    assert 2 == len(lines)
    assert "chart (title): was 10.80% of the patents granted were inventions, is 11.20% of" in lines[1]


def test_a_cell_that_is_gone_is_one_line():
    """Whatever it showed."""
    other = chapter(CREATION)
    other.cells.remove(cell(other, 'figure_table("creation")'))

    lines = told(other)
    assert "one of the cells): gone: report.figure_table('creation')" in lines[-1]
    assert 2 == len(lines)


def test_long_texts_are_cut_around_the_first_difference():
    """A line that nobody can read tells nothing."""
    other = chapter(CREATION)
    shown = data(other, "unavailable")
    shown["text/markdown"] = (
        put(shown["text/markdown"], "Madrid", "Lisbon") if "Madrid" in shown["text/markdown"] else ""
    )

    assert told(other)
    assert all(len(line) < 600 for line in told(other))
