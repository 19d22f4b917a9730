"""Everything that a chapter can ask of a report has an answer, for every region and year with figures."""

import inspect
import json
import re
import warnings

import pytest

from analysis.cards import cards
from analysis.charts import CHART_MIME, Chart
from analysis.codebook import ASPECTS
from analysis.errors import BadParameter, UnknownName
from analysis.headlines import HEADLINES_MIME, Headlines
from analysis.indicators import indicators
from analysis.parameters import ECHO
from analysis.prose import Prose
from analysis.report import Report, load_report
from analysis.selection import PANELS
from analysis.tables import TABLE_MIME, Table

NINGBO = ("330200", 2021)
LINK = re.compile(r'\[([^\[\]"]*)\]\(#([^)"]*)\)')
MIMES = {Prose: "text/markdown", Headlines: HEADLINES_MIME, Table: TABLE_MIME, Chart: CHART_MIME}
ARGUMENTS = {
    (): [()],
    ("aspect",): [(aspect,) for aspect in ASPECTS],
    ("indicator",): [(name,) for name in indicators()],
    ("names",): [tuple(indicators())],
    ("name",): [(panel,) for panel in PANELS],
    ("series", "denominator"): [("patents_granted", ""), ("patents_granted", "population_resident")],
}


def questions() -> list[tuple[str, tuple[str, ...]]]:
    """Every question that a chapter can ask: the public methods of Report that show something, with their arguments."""
    found = []
    for name, method in inspect.getmembers(Report, inspect.isfunction):
        if name in vars(Report) and not name.startswith("_") and name not in ("complete", "sentence_of"):
            _, *wanted = inspect.signature(method).parameters
            found += [(name, given) for given in ARGUMENTS.get(tuple(wanted), [])]
    return found


def answers(report: Report) -> dict[tuple[str, ...], Prose | Headlines | Table | Chart]:
    """What a report shows, by question."""
    return {(name, *given): getattr(report, name)(*given) for name, given in questions()}


def markdown(answer: Prose | Headlines | Table | Chart) -> str:
    """All the text of an answer."""
    return answer.markdown if isinstance(answer, Prose) else json.dumps(answer.as_json(), ensure_ascii=False)


@pytest.fixture(scope="module")
def one_figure(published, places) -> tuple[str, int]:
    """The first place and year of which a single figure is published."""
    return next(place for place in places if len(published.series_of(*place)) == 1)


@pytest.fixture(params=["full", "one figure"])
def place(request, one_figure) -> tuple[str, int]:
    """A place with many figures and one with a single figure."""
    return NINGBO if request.param == "full" else one_figure


def test_the_questions_are_those_of_the_chapters():
    """A method that is forgotten here would be asked by nobody."""
    named = {name for name, _ in questions()}

    assert named >= {
        *("headline", "sentence", "sentences", "indicator_table", "figure_table", "unavailable", "growth_table"),
        *("policy_table", "source_table", "composition_chart", "protection_chart", "finance_chart"),
        *("point", "headline_numbers", "what_changed", "how_sure"),
    }


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_answer_can_be_shown(place, language):
    """Each has a text for a terminal and its own form for a notebook, none of them empty, and none warns."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for question, answer in answers(load_report(*place, language)).items():
            bundle = answer._repr_mimebundle_()

            assert MIMES[type(answer)] in bundle, question
            assert all(bundle.values()), question
            assert "None" not in bundle["text/plain"], question
            assert "nan" not in bundle["text/plain"].split(), question


def test_the_same_question_twice_gives_the_same_bytes(place):
    """nbval compares the chapters as they stand."""
    first, second = (answers(load_report(*place, "zh")) for _ in range(2))

    assert {question: answer._repr_mimebundle_() for question, answer in first.items()} == {
        question: answer._repr_mimebundle_() for question, answer in second.items()
    }


def test_ningbo_has_its_charts_and_its_headline():
    """All three charts are drawn, not excused."""
    report = load_report(*NINGBO, "en")

    assert isinstance(report.composition_chart(), Chart)
    assert isinstance(report.protection_chart(), Chart)
    assert isinstance(report.finance_chart(), Chart)
    assert report.headline().markdown.startswith("For Ningbo in 2021, ")
    assert report.sentence("invention_share").markdown == (
        "Of [72,390 patents](#patents_granted) granted, [7,819 patents](#invention_patents_granted) "
        "were inventions: [10.80%](#invention_share)."
    )


def test_a_place_with_one_figure_says_what_cannot_be_said(one_figure):
    """Excuses instead of charts, and a reason for each indicator."""
    report = load_report(*one_figure, "en")

    assert "1 published figure from 1 publication allow 0 of" in report.headline().markdown
    assert isinstance(report.finance_chart(), Prose)
    assert "needs at least two" in report.finance_chart().markdown
    assert "cannot be computed" in report.unavailable("creation").markdown
    assert len(report.source_table().frame) == 1


def test_sentences_without_a_value_come_last():
    """What can be said comes first; the order is otherwise as asked."""
    lines = load_report(*NINGBO, "en").sentences("design_share", "invention_share", "solved_per_filed")
    first, second, third = lines.markdown.splitlines()

    assert "#invention_share" in first
    assert "#solved_per_filed" in second
    assert "cannot be computed" in third


def test_complete_prints_the_parameters(capsys):
    """The last cell of a chapter tells what the chapter really ran with."""
    assert load_report(*NINGBO, "zh").complete() is None

    told = json.loads(capsys.readouterr().out.removeprefix(ECHO))
    assert told == {"region": "330200", "reference_year": 2021, "language": "zh"}


def test_unknown_names_are_answered(tiny):
    """Aspect, indicator, region, year, language, type: each with what exists."""
    report = load_report("990100", 2021, "en", tiny)

    with pytest.raises(UnknownName, match="no aspect 'creativity'; there are planning, creation"):
        report.figure_table("creativity")
    with pytest.raises(UnknownName, match="no indicator 'share'"):
        report.sentence("share")
    with pytest.raises(UnknownName, match="no indicator 'share'"):
        report.sentences("invention_share", "share")
    with pytest.raises(UnknownName, match="there are figures for 990100"):
        load_report("990200", 2021, "en", tiny)
    with pytest.raises(UnknownName, match="there are en, zh"):
        load_report("990100", 2021, "fr", tiny)
    with pytest.raises(BadParameter, match="expected int"):
        load_report("990100", "2021", "en", tiny)


# Every region and year that has figures, in both languages

# Questions on a place's own figures alone are asked everywhere; the others, which look at all places, of a sample.
OWN = {
    *("headline", "sentences", "indicator_table", "figure_table", "unavailable", "growth_table", "policy_table"),
    *("source_table", "composition_chart", "protection_chart", "finance_chart"),
}
SAMPLED = 200


@pytest.fixture(scope="module")
def everything(places, one_figure):
    """For each place, year and language: the Markdown of the answers by question, and the names of the cards."""
    found = {}
    for place in places:
        whole = place in (NINGBO, one_figure) or places.index(place) % SAMPLED == 0
        for language in ("en", "zh"):
            report = load_report(*place, language)
            # The list of all sentences stands for each of them.
            asked = [(name, given) for name, given in questions() if name in OWN or (whole and name != "sentence")]
            shown = {(name, *given): markdown(getattr(report, name)(*given)) for name, given in asked}
            found[*place, language] = shown, {card["id"] for card in cards(report)} if whole else own_cards(report)
    return found


def own_cards(report: Report) -> set[str]:
    """The names of the cards of a place's own numbers; a sample of places holds them equal to what ``cards`` makes."""
    computed = {f"{name}" for name, result in report.results.items() if result.value is not None}
    return computed | {f"{series}" for series in report.published}


def test_own_numbers_have_their_cards(place):
    """What the sweep below takes for granted."""
    report = load_report(*place, "en")

    assert own_cards(report) <= {card["id"] for card in cards(report)}


def test_every_place_and_year_has_an_answer_to_every_question(everything, places):
    """Nothing breaks, whatever is missing, and nothing is blank."""
    assert len(everything) == 2 * len(places)
    assert all(text.strip() for shown, _ in everything.values() for text in shown.values())


def test_every_link_leads_to_a_card(everything):
    """A number that cannot be asked where it comes from is not in the report."""
    lost = [
        (place, question, target)
        for place, (shown, ids) in everything.items()
        for question, text in shown.items()
        for _, target in LINK.findall(text)
        if target not in ids
    ]

    assert lost == []


def test_both_languages_say_the_same_numbers(everything, places, read_back):
    """Each linked number is the same in English and Chinese, in the same answer, to the last digit."""
    different = []
    for place in places:
        english, chinese = (everything[*place, language][0] for language in ("en", "zh"))
        for question in english:
            said = [
                sorted(
                    (target, read_back(text.replace("per 10,000", ""))) for text, target in LINK.findall(each[question])
                )
                for each in (english, chinese)
            ]
            if said[0] != said[1]:
                different.append((place, question, *said))

    assert different == []


def test_both_languages_say_the_same_intervals(everything, places, read_back):
    """The brackets after a linked number hold the same two ends."""
    brackets = {"en": re.compile(r"\(([^()#]+ to [^()]+)\)"), "zh": re.compile(r"（([^（）]+ 至 [^（）]+)）")}
    different, count = [], 0
    for place in places:
        ends = [
            sorted(
                read_back(text.replace("\\", ""))
                for text in brackets[language].findall(everything[*place, language][0]["sentences", *indicators()])
            )
            for language in ("en", "zh")
        ]
        count += len(ends[0])
        different += [(place, *ends)] * (ends[0] != ends[1])

    assert different == []
    assert count >= 50
