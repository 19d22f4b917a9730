"""What a cell asks for and what it shows."""

import pytest
from planted import cell, chapter, data, edition, put

from analysis.call_coherence import call_of, call_problems, repeated


def told(notebook, call: str) -> list[str]:
    return list(call_problems(edition(), cell(notebook, call), data(notebook, call)))


def test_a_call_is_read_with_its_texts():
    """However the cell is laid out."""
    assert ("sentences", ("a", "b")) == call_of(type("Cell", (), {"source": "report.sentences(\n  'a',\n  'b',\n)"}))
    assert ("", ()) == call_of(type("Cell", (), {"source": "%magic"}))


def test_the_output_of_another_cell_is_seen():
    """A chart of another series, a table where a chart was asked for, and the same output twice."""
    notebook = chapter("08_peer_cities")
    one, other = (cell(notebook, f'peer_chart("{name}")') for name in ("pct_applications", "madrid_applications"))
    assert [] == list(repeated(notebook.cells))
    one.outputs = other.outputs

    assert ["pct_applications was asked for, but peers-madrid_applications-2021 is shown"] == told(
        notebook, 'peer_chart("pct_applications")'
    )
    assert [other.source] == [each.source for each, _ in repeated(notebook.cells)]
    one.outputs = cell(notebook, "portion_table").outputs
    assert ["peer_chart does not show what was asked for, but portions"] == told(
        notebook, 'peer_chart("pct_applications")'
    )


@pytest.mark.parametrize("call", ['"madrid_share"', "unavailable"])
def test_a_sentence_for_each_indicator(call):
    """One that is left out is missed, whether it has a value or tells why not."""
    notebook = chapter("03_creation")
    assert [] == told(notebook, call)
    shown = data(notebook, call)
    shown["text/markdown"] = shown["text/markdown"].partition("\n")[2]

    said = told(notebook, call)
    assert 2 == len(said)
    assert "sentences on" in said[0]


@pytest.mark.fault(47)
def test_a_missing_indicator_is_not_told_as_zero():
    """What it lacks, where and when must be said."""
    notebook = chapter("03_creation")
    shown = data(notebook, "unavailable")
    first, _, rest = shown["text/markdown"].partition("\n")
    name = first.partition(":")[0]
    shown["text/markdown"] = f"{name}: 0.\n{rest}"
    assert ["no sentence says of Invention share, from the three kinds what it lacks, where and when"] == told(
        notebook, "unavailable"
    )
    shown["text/markdown"] = put(f"{first}\n{rest}", "in 2021", "in 2020")
    assert told(notebook, "unavailable")


def test_prose_in_place_of_a_table_says_in_a_line_that_there_is_nothing():
    """Not something else, not of another place, and not where there are figures."""
    notebook = chapter("06_services")
    call = 'figure_table("services")'
    data(notebook, call).clear()
    shown = data(notebook, call)
    shown["text/markdown"] = "No figure on services is published for Qingdao in 2021."
    assert [
        "No figure on services is published for Qingdao in 2021. names Qingdao, the report is on Ningbo",
        "there are figures on services, but no table of them",
    ] == told(notebook, call)
    shown["text/markdown"] = "One line.\nAnother."
    assert "figure_table shows sentences on something else" in told(notebook, call)
