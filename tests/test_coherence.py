"""Whole chapters against themselves and the data."""

import pytest
from planted import SVG, cell, chapter, data, put

from analysis.charts import CHART_MIME
from analysis.coherence import problems
from analysis.execution import chapters
from analysis.parameters import Parameters
from analysis.tables import TABLE_MIME


def told(name: str, notebook, asked: Parameters | None = None) -> list[str]:
    return [str(each) for each in problems(name, notebook, asked)]


@pytest.mark.parametrize("name", chapters())
def test_the_committed_chapters_agree_with_themselves_and_the_data(name):
    """No false alarm on any of them."""
    assert [] == told(name, chapter(name))


@pytest.mark.fault(51)
def test_a_wrong_number_needs_no_earlier_run_to_be_seen():
    """The line names chapter, cell, number and card."""
    notebook = chapter("03_creation")
    shown = data(notebook, "invention_share")
    for form in ("text/markdown", "text/plain"):
        shown[form] = put(shown[form], "10.80%", "10.70%")

    assert [
        '03_creation, report.sentence("invention_share"): 10.70% is not what the data give for invention_share'
    ] == told("03_creation", notebook)


@pytest.mark.fault(70)
def test_outputs_that_were_wiped_are_seen():
    """One cell, and all of them."""
    one, all_of_them = chapter("05_value"), chapter("05_value")
    cell(one, "finance_chart").outputs = []
    for each in all_of_them.cells:
        if each.cell_type == "code":
            each.outputs, each.execution_count = [], None

    assert any("ends in a call and shows nothing" in each for each in told("05_value", one))
    assert any("does not say with which parameters" in each for each in told("05_value", all_of_them))


def test_a_run_with_other_parameters_than_asked_for_is_seen():
    """Another year was asked for; and a last line that says another year than the tables."""
    asked = Parameters("330200", 2022, "en")
    notebook = chapter("05_value")
    echo = notebook.cells[-1].outputs[0]
    assert "05_value: asked for" in told("05_value", notebook, asked)[0]

    echo.text = put(echo.text, "2021", "2022")
    assert any("is of 2021, the report of 2022" in each for each in told("05_value", notebook))


def test_a_row_that_stands_there_twice_is_seen():
    """In any table."""
    notebook = chapter("02_planning")
    rows = data(notebook, "policy_table")[TABLE_MIME]["rows"]
    rows.insert(1, rows[0])

    assert any("stands there twice" in each for each in told("02_planning", notebook))


def test_prose_in_the_wrong_language_is_seen():
    """An English paragraph in a cell for Chinese."""
    notebook = chapter("05_value")
    notebook.cells[1].source = notebook.cells[0].source

    assert any("is not in the language of the report, zh" in each for each in told("05_value", notebook))


def test_what_is_no_output_of_a_chapter_is_told_and_no_crash():
    """A table whose rows are lost."""
    notebook = chapter("02_planning")
    del data(notebook, "policy_table")[TABLE_MIME]["rows"]

    assert any(
        "an output is not what a chapter shows (KeyError: 'rows')" in each for each in told("02_planning", notebook)
    )


def chart_part(part: str, old: str, new: str):
    """A text of the composition chart put in place of another."""

    def plant(notebook) -> None:
        shown = data(notebook, "composition_chart")
        if part == SVG:
            shown[SVG] = put(shown[SVG], old, new)
        elif part == "table":
            shown[CHART_MIME]["table"]["rows"][0][1] = put(shown[CHART_MIME]["table"]["rows"][0][1], old, new)
        else:
            shown[CHART_MIME][part] = put(shown[CHART_MIME][part], old, new)

    return plant


def table_part(change):
    """Something done to the table of indicators."""
    return lambda notebook: change(data(notebook, "indicator_table")[TABLE_MIME])


PLANTED = {
    "its HTML is not that of its data": lambda notebook: data(notebook, "indicator_table").update({"text/html": "<p>"}),
    "no sentence leads to madrid_share": lambda notebook: data(notebook, '"madrid_share"').update(
        {"text/markdown": data(notebook, '"madrid_share"')["text/markdown"].rpartition("\n")[0]}
    ),
    "专利授权量与登记量 is not in the language of the report, en": table_part(
        lambda table: table.update(caption="专利授权量与登记量")
    ),
    "is of 2020, the report of 2021": table_part(
        lambda table: table.update(caption=put(table["caption"], "2021", "2020"))
    ),
    "there is no row for invention_share": table_part(lambda table: table["rows"].pop(0)),
    "does not have its unit": table_part(lambda table: table["rows"][1].__setitem__(3, "patents")),
    "7189 patents is not what the data give for invention_patents_granted": chart_part("table", "7,819", "7,189"),
    "发明专利所占比重 is not in the language of the report, en": lambda notebook: data(notebook, "composition_chart")[
        CHART_MIME
    ].update(title="发明专利所占比重"),
    "by kind; number of patents is of 2020": chart_part("subtitle", "2021", "2020"),
    "the chart composition has no source": lambda notebook: data(notebook, "composition_chart")[CHART_MIME].update(
        source=""
    ),
    "the bar of": chart_part(SVG, "55.1", "95.1"),
    "its description tells of": chart_part("description", "64,571", "64,751"),
}


@pytest.mark.parametrize("said", PLANTED)
def test_each_kind_of_check_is_asked_of_a_whole_chapter(said):
    """One fault of each kind in the chapter on creation."""
    notebook = chapter("03_creation")
    PLANTED[said](notebook)
    found = told("03_creation", notebook)

    assert any(said in each for each in found), found
