"""From one reference year to the next: what is there, what is not, what means something else, what to look for."""

import click
import pytest
from click.testing import CliRunner
from report_folders import CITY, vintage

from analysis import edition_commands
from analysis.advance import advance
from analysis.advance_wording import advance_outline
from analysis.codebook import LANGUAGES
from analysis.errors import BadParameter, UnknownName
from analysis.figures import load_figures

NINGBO = "330200"


@pytest.fixture
def step(tiny):
    """The step of Testville between two years, after some edits of the data."""

    def of(old_year: int, new_year: int, *edits):
        (tiny / "identities.toml").touch()
        data = vintage(tiny, tiny.parent / "edited", *edits)
        return advance(load_figures(data), CITY, old_year, new_year)

    return of


@pytest.fixture
def ningbo():
    """The step of the real place that the command was made for."""
    return advance(load_figures(), NINGBO, 2021, 2022)


def ids(pairs) -> list[str]:
    return [pair.series.series for pair in pairs]


def test_what_a_new_year_has_and_lacks(step):
    """2020 has grants only; 2021 has grants and four other series."""
    onward = step(2020, 2021)

    assert ["patents_granted"] == ids(onward.kept)
    assert "rose" == onward.kept[0].verdict
    assert [] == ids(onward.lacking)
    assert [
        "invention_patents_granted",
        "patents_granted_yoy_percent",
        "pledge_financing_amount",
        "population_resident",
    ] == ids(onward.gained)


def test_indicators_that_become_computable_and_that_no_longer_are(step):
    """All four need a figure that 2020 lacks; backwards they are lost, each with what is missing."""
    onward = step(2020, 2021)

    assert 4 == len(onward.moved(before=False, after=True))
    assert [] == onward.moved(before=True, after=False)


def test_lost_indicators_name_what_is_missing(step):
    """Without inventions in 2020 there is no share."""
    back = step(2021, 2020)
    lost = {move.indicator.id: move.new.missing for move in back.moved(before=True, after=False)}

    assert ("invention_patents_granted",) == lost["invention_share"]
    assert ("pledge_financing_amount", "population_resident") == lost["financing_per_resident"]


def test_what_most_indicators_wait_for_comes_first(step):
    """Residents are needed for two indicators, the others for one each, and these keep the codebook's order."""
    back = step(2021, 2020)

    assert [
        ("population_resident", 2),
        ("invention_patents_granted", 1),
        ("patents_granted_yoy_percent", 1),
        ("pledge_financing_amount", 1),
    ] == [(each.series.series, len(each.waiting)) for each in back.wanted]
    assert ("人口",) == back.wanted[0].wordings


def test_year_without_figures_is_all_to_be_looked_for(step):
    """Before a bulletin is read, the list holds every series of the old year."""
    onward = step(2021, 2022)

    assert 5 == len(onward.lacking) == len(onward.wanted)
    assert "The data hold no figure of 2022 yet: all 5 series" in advance_outline(onward, "en").as_text()


def test_break_between_the_years_has_no_direction(step):
    """800 and 1,000 grants, counted otherwise: set beside each other, and not compared."""
    head = "why_zh,source\n"
    row = "patents_granted,990100,2020,2021,scope,Counted otherwise.,统计口径不同。,\n"
    onward = step(2020, 2021, ("breaks.csv", head, head + row))

    assert onward.kept[0].verdict is None
    assert [("800", "1000")] == [(each.old[0].value, each.new[0].value) for each in onward.redefined]
    assert "not compared: scope changed" in advance_outline(onward, "en").as_text()


def test_series_called_by_other_words(step):
    """授权 and 核准 are two wordings of the codebook for one series; 授权量 only says more than 授权."""
    renamed = step(
        2020,
        2021,
        ("series.csv", "A trap.,陷阱。,授权\n", "A trap.,陷阱。,授权|核准\n"),
        ("figures/2020.csv", "授权800件", "核准800件"),
    )

    assert [(("核准",), ("授权",))] == [(each.old_words, each.new_words) for each in renamed.renamed]


def test_wording_that_only_says_more_is_no_other_name(step):
    """授权 in the one year and 专利授权 in the other."""
    longer = step(
        2020,
        2021,
        ("series.csv", "A trap.,陷阱。,授权\n", "A trap.,陷阱。,专利授权|授权\n"),
        ("figures/2020.csv", "授权800件", "专利授权800件"),
    )

    assert [] == longer.renamed


def test_claims_of_the_old_year_are_to_be_tested_again(step):
    """ "A record" of 2021 speaks of grants, of which 2020 has a figure; the claim itself belongs to 2021."""
    back = step(2021, 2020)

    assert [("A record", ["patents_granted"])] == [(claim.statement_en, ids(pairs)) for claim, pairs in back.old_claims]


def test_claims_of_the_new_year_come_with_a_verdict(step):
    """Grants rose from 800 to 1,000, and one earlier year is not enough for a record."""
    onward = step(2020, 2021)

    assert ["not_testable"] == [each.verdict for each in onward.new_claims]


def test_police_cases_change_their_meaning(ningbo):
    """Filed (230) and solved (191) in 2021, investigated (246) in 2022: one break, three series."""
    police = next(each for each in ningbo.redefined if "police_cases_handled" in each.at.series)

    assert [("police_cases_filed", "230"), ("police_cases_solved", "191")] == [
        (figure.series, figure.value) for figure in police.old
    ]
    assert [("police_cases_handled", "246")] == [(figure.series, figure.value) for figure in police.new]
    filed = next(each for each in ningbo.wanted if each.series.series == "police_cases_filed")
    assert ["police_cases_handled"] == [figure.series for figure in filed.instead]


def test_grants_are_not_published_and_what_to_search_for(ningbo):
    """72,390 grants in 2021 and no figure of 2022: on the list, with the words of bulletins and what waits for it."""
    grants = next(each for each in ningbo.wanted if each.series.series == "patents_granted")

    assert "72390" == grants.figure.value
    assert "专利授权量" in grants.wordings
    assert "invention_share" in [indicator.id for indicator in grants.waiting]
    assert [()] == [each.new for each in ningbo.redefined if grants.figure in each.old]
    assert "copyright_registrations" in [each.pair.series.series for each in ningbo.renamed]


@pytest.mark.parametrize("language", LANGUAGES)
def test_outline_tells_everything_in_both_languages(ningbo, language):
    """Each section has its entries, in either language the same number of them."""
    outline = advance_outline(ningbo, language)
    other = advance_outline(ningbo, "zh" if language == "en" else "en")
    expected = [
        ningbo.redefined, ningbo.renamed, ningbo.lacking, ningbo.gained, ningbo.kept,
        ningbo.moved(before=False, after=True), ningbo.moved(before=True, after=False),
        ningbo.moved(before=True, after=True), [*ningbo.old_claims, *ningbo.new_claims], ningbo.wanted,
    ]  # fmt: skip

    assert [len(each) for each in expected] == [len(section.items) for section in outline.sections]
    assert [len(section.items) for section in outline.sections] == [len(section.items) for section in other.sections]
    assert "{" not in outline.as_text()


def test_one_year_is_no_step():
    """From a year to itself, and from a year without figures."""
    with pytest.raises(BadParameter, match="both 2021"):
        advance(load_figures(), NINGBO, 2021, 2021)
    with pytest.raises(UnknownName, match="no figures for Ningbo"):
        advance(load_figures(), NINGBO, 1999, 2021)


@pytest.fixture
def run():
    group = click.Group(commands=[edition_commands.advance, edition_commands.compare])
    return lambda *arguments: CliRunner().invoke(group, arguments)


def test_command_prints_text_and_writes_markdown(run, tmp_path):
    """On the terminal lines to read, in the file Markdown; both name the same things."""
    here = ["advance", "--region", NINGBO, "--from", "2021", "--to", "2022"]
    shown = run(*here)
    written = run(*here, "--language", "zh", "--output", str(tmp_path / "step.md"))

    assert (0, 0) == (shown.exit_code, written.exit_code)
    assert "IP crimes investigated by the police 246 cases" in shown.output
    assert (tmp_path / "step.md").read_text(encoding="utf-8").startswith("# 宁波：从 2021 年到 2022 年\n")
    assert "公安机关侵犯知识产权犯罪侦办数 246 起" in (tmp_path / "step.md").read_text(encoding="utf-8")


def test_commands_have_help(run):
    """Help says in sentences what each command does."""
    assert all(len(run(name, "--help").output) > 500 for name in ("advance", "compare"))


def test_texts_stand_for_themselves_in_markdown():
    """A star, a bracket or a number with a point at the beginning begins nothing."""
    from analysis.outline import Item, Outline, Section

    outline = Outline("# a*b", "1. <b>", (Section("2021", "", (Item("+5% [x](y)", ("- z", "11.9 + 1", "+ 1")),)),))

    assert (
        "# \\# a\\*b\n\n1\\. \\<b\\>\n\n## 2021\n\n- +5% \\[x\\](y)\n  - \\- z\n  - 11.9 + 1\n  - \\+ 1\n"
        == outline.as_markdown()
    )
