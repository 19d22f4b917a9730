"""The forms of one output against each other; language, place and year of its words."""

import pytest
from planted import SVG, chapter, data, edition, put

from analysis.charts import CHART_MIME
from analysis.form_coherence import form_problems, language_problems, place_problems

OUTPUTS = {
    'figure_table("creation")': "03_creation",
    "composition_chart": "03_creation",
    'sentence("invention_share")': "03_creation",
    "headline_numbers": "01_summary",
}


def forms(call: str) -> dict:
    return dict(data(chapter(OUTPUTS[call]), call))


@pytest.mark.parametrize("call", OUTPUTS)
def test_the_forms_of_an_output_agree(call):
    """A table, a chart, a sentence, headline numbers."""
    assert [] == list(form_problems(forms(call)))


@pytest.mark.parametrize(
    ("call", "form", "old", "new", "said"),
    [
        ('figure_table("creation")', "text/html", "7,819", "7,189", "its HTML is not that of its data"),
        ('figure_table("creation")', "text/plain", "7,819", "7,189", "its plain text is not that of its data"),
        ("composition_chart", "text/plain", "7,819", "7,189", "its plain text is not that of its title"),
        ('sentence("invention_share")', "text/plain", "10.80%", "10.81%", "its plain text is not that of its Markdown"),
        ("headline_numbers", "text/plain", "72,390", "72,309", "its plain text is not that of its Markdown"),
    ],
)
def test_a_number_that_is_wrong_in_one_form_alone(call, form, old, new, said):
    """Whoever reads the notebook sees another form than whoever reads the page."""
    bundle = forms(call)
    bundle[form] = put(bundle[form], old, new)

    assert any(said in each for each in form_problems(bundle))


@pytest.mark.fault(69)
def test_a_picture_of_one_point_is_none():
    """As SVG, and as PNG in its place."""
    bundle = forms("composition_chart")
    point = bundle | {SVG: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'}
    png = {mime: each for mime, each in bundle.items() if mime != SVG} | {"image/png": "iVBORw0KGgo="}

    assert ["its picture shows nothing"] == list(form_problems(point))
    assert any("it has the forms" in each and "image/png" in each for each in form_problems(png))


def test_a_text_in_another_language_is_seen():
    """Quotations may be Chinese in both, names of firms may be English in Chinese."""
    assert [] == list(language_problems("In the words “量质”齐升, patents granted rose.", "en"))
    assert [] == list(language_problems("专利合作条约（PCT）申请量", "zh"))
    assert [] == list(language_problems("占 [30.6%](#high_tech_firms_with_inventions_share)。", "zh"))
    assert list(language_problems("授权专利中有多少是发明？", "en"))
    assert list(language_problems("How much of what was granted is invention?", "zh"))


def test_a_caption_names_the_place_and_year_of_the_report():
    """Ningbo in 2021; another city or year is seen, unless it is allowed there."""
    caption = data(chapter("03_creation"), "composition_chart")[CHART_MIME]["subtitle"]

    assert [] == list(place_problems(edition(), caption, set(), set()))
    assert any("of 2020" in each for each in place_problems(edition(), put(caption, "2021", "2020"), set(), set()))
    other = put(caption, "Ningbo", "Qingdao")
    assert any("names Qingdao" in each for each in place_problems(edition(), other, set(), set()))
    assert [] == list(place_problems(edition(), other, set(), {"Qingdao"}))
