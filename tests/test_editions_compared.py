"""Two made reports side by side: sentences, charts, pages, and what is refused."""

import csv
import io
import json
import re
import shutil
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from report_folders import CITY, all_sentences, made_folder, vintage

from analysis import paths, revisions_pages
from analysis.cells import would_compute
from analysis.charts import CHART_MIME
from analysis.editions_compared import NotComparable, all_compared
from analysis.errors import AnalysisError, OutputError
from analysis.headlines import HEADLINES_MIME
from analysis.made_reports import NoReport, made_reports
from analysis.revisions import CLASSES
from analysis.revisions_files import write_comparisons
from analysis.revisions_shown import chart_changes, sentence_changes
from analysis.shown import ways
from analysis.tables import Table

GRANTS = "990100,patents_granted,1000,0,count,exact,flow,T01,授权1000件,"
CORRECTED = ("figures/2021.csv", GRANTS, GRANTS.replace("1000", "1100"))
FILES = {"index.html", "revisions.md", "numbers.csv", "sentences.csv", "charts.csv"}


class Drawn:
    """A chart without a picture."""

    def __init__(self, title: str, *rows: tuple[str, str]):
        self.title, self.rows = title, rows

    def _repr_mimebundle_(self) -> dict:
        table = Table("drawn-data", "Data", pd.DataFrame(self.rows, columns=["Series", "Figure"]))
        return {"text/plain": self.title, CHART_MIME: {"id": "drawn", "title": self.title, "table": table.as_json()}}


def verdicts(*rows: tuple[str, str, str, str]):
    """A table of changes: series, the figure before, that of the year, and which way it went."""
    return lambda report: [
        (
            "report.step_table()",
            Table("steps", "Steps", pd.DataFrame(rows, columns=["Series", "Before", "Now", "Change"])),
        )
    ]


@pytest.fixture
def tiny(tiny):
    """The invented place, with a table of identities even if it is empty."""
    (tiny / "identities.toml").touch()
    return tiny


@pytest.fixture
def pair(tiny, tmp_path):
    """Folders of two reports: of two years, or of one year before and after a correction; in one language or both."""

    def folders(years=(2021, 2021), languages=("en",), shows=(all_sentences, all_sentences)) -> tuple[Path, Path]:
        later = vintage(tiny, tmp_path / "later", CORRECTED)
        for name, data, year, shown in zip("ab", (tiny, later), years, shows, strict=True):
            for language in languages:
                made_folder(tmp_path / name / language, data, year, language, shows=shown)
        return tmp_path / "a", tmp_path / "b"

    return folders


def one(folders: tuple[Path, Path], language: str = "en"):
    return all_compared(*folders)[language]


def test_folder_of_one_language_and_of_all(pair):
    """The folder above holds one report for each language; one language can be named alone."""
    before, after = pair(languages=("en", "zh"))

    assert ["en", "zh"] == list(all_compared(before, after))
    assert ["zh"] == list(all_compared(before, after / "zh"))


def test_computed_number_in_a_sentence(pair):
    """250 of 1,000 became 250 of 1,100: the sentence on the share has another number, and the share fell."""
    found = one(pair()).sentences
    shares = [each for each in found if each.indicator == "invention_share"]

    assert [
        (
            "number",
            "fell",
            "From 250 patents 1,000 patents follows 25.00%.",
            "From 250 patents 1,100 patents follows 22.73%.",
        )
    ] == [(each.kind, each.moved, each.before, each.after) for each in shares]


def test_sentence_that_can_be_computed_now(pair):
    """In 2020 no inventions were published, in 2021 there are: the sentence appears, and in return disappears."""
    before, after = pair(years=(2020, 2021))
    share = {each.indicator: each.kind for each in one((before, after)).sentences}["invention_share"]
    back = {each.indicator: each.kind for each in one((after, before)).sentences}["invention_share"]

    assert ("appeared", "disappeared") == (share, back)


def test_year_alone_is_no_difference(pair):
    """A sentence that is missing in both years names the year of its report, and says nothing else."""

    def shows(report):
        return [("x", report._prose(f"Nothing for Testville in {report.reference_year}, of 12,021 pages."))]

    assert [] == one(pair(years=(2020, 2021), shows=(shows, shows))).sentences


def test_year_that_stays_is_no_difference(pair):
    """What both reports say of 2020, which is the reference year of one of them."""

    def shows(report):
        return [("x", report._prose("Growth of 2020 and level of 2020 do not go together."))]

    assert [] == one(pair(years=(2020, 2021), shows=(shows, shows))).sentences


def test_direction_of_a_row(pair):
    """Rose in the one report and fell in the other; a row whose number alone changed is told among the numbers."""
    before = verdicts(("Grants", "800 (2020)", "1,000 (2021)", "rose"), ("Cases", "5 (2020)", "6 (2021)", "rose"))
    after = verdicts(("Grants", "1,200 (2020)", "1,000 (2021)", "fell"), ("Cases", "5 (2020)", "7 (2021)", "rose"))
    found = one(pair(shows=(before, after))).sentences

    assert [("direction", ("rose",), ("fell",))] == [(each.kind, *each.ways) for each in found]
    assert "Grants — Before: 800 (2020); Now: 1,000 (2021); Change: rose" == found[0].before


def test_direction_follows_the_reference_year(pair):
    """The step to 2020 rose, that to 2021 cannot be told apart: rows of two years, and one question."""
    before = verdicts(("Grants", "700 (2019)", "800 (2020)", "rose"))
    after = verdicts(("Grants", "800 (2020)", "about 800 (2021)", "cannot be told apart"))
    found = one(pair(years=(2020, 2021), shows=(before, after))).sentences

    assert [(("rose",), ("open",))] == [each.ways for each in found]


def test_lines_of_a_list_answer_those_that_are_most_alike(pair):
    """One claim is new, one is gone, one is tested now: only the last is a sentence that says something else."""
    gone = "The largest fair of its kind in the province: not testable here."
    tested = "A record number of copyright registrations in the city of Testville, says the bulletin: {verdict}."
    new = "Nobody else in the nation has an office like that of Testville for trade marks: not testable here."
    shows = [
        lambda report, lines=lines: [("x", report._prose("\n".join(f"- {line}" for line in lines)))]
        for lines in ((gone, tested.format(verdict="not testable here")), (new, tested.format(verdict="supported")))
    ]
    found = one(pair(shows=tuple(shows))).sentences

    assert [("direction", ("not_testable",), ("supported",))] == [(each.kind, *each.ways) for each in found]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Grants rose", "en", ("rose",)),
        ("10 rose, 1 fell", "en", ()),  # counts of verdicts
        ("not compared: other day", "en", ("broken",)),
        ("arose", "en", ()),
        ("A record: not testable here.", "en", ("not_testable",)),
        ("创历史新高：与数据矛盾。", "zh", ("contradicted",)),
        ("授权量上升", "zh", ("rose",)),
        ("上升 10 个、下降 1 个", "zh", ()),
        ("授权量比 2019 年上升 54.0%", "zh", ("rose",)),
        ("占比上升 10 个百分点", "zh", ("rose",)),
        ("无法判定升降", "zh", ("open",)),
        ("不作比较：来源不同", "zh", ("broken",)),
    ],
)
def test_words_for_directions(text, language, expected):
    """The report's own words for rose, fell, unchanged, open and broken, and nothing like them."""
    assert expected == ways(text, language)


def headlines(way: str, change: str):
    """The first screen: one number, and what became of it."""
    line = f"**Grants**: [1,000](#patents_granted) patents. Exact. {change}."
    tile = {"id": "patents_granted", "line": line, "way": way}

    class Shown:
        def _repr_mimebundle_(self) -> dict:
            return {"text/markdown": f"- {line}", HEADLINES_MIME: {"id": "headlines", "tiles": [tile]}}

    return lambda report: [("report.headline_numbers()", Shown())]


def test_direction_of_a_headline_number(pair):
    """It rose in the one report and fell in the other: told once, with all that the tile says."""
    before = headlines("rose", "Rose by 25.0% from 800 in 2020")
    found = one(pair(shows=(before, headlines("fell", "Fell by 9.1% from 1,100 in 2020"))))

    assert [("direction", ("rose",), ("fell",))] == [(each.kind, *each.ways) for each in found.sentences]
    assert "Grants: 1,000 patents. Exact. Rose by 25.0% from 800 in 2020." == found.sentences[0].before
    assert {"1,000"} == found.before.shown.numbers["patents_granted"]


def test_size_of_a_headline_number_is_told_among_the_numbers(pair):
    """It rose in both, by another size: no other sentence, but another number on the card of the growth."""
    shows = [
        headlines("rose", f"Rose by [{size}](#growth-patents_granted-2020-2021) from 800 in 2020")
        for size in ("25.0%", "37.5%")
    ]
    found = one(pair(shows=tuple(shows)))

    assert [] == found.sentences
    assert [("25.0%", "37.5%")] == [(each.before, each.after) for each in found.derived if each.card[0] == "growth"]


def test_headline_number_without_an_earlier_one_went_no_way(pair):
    """Nothing before, and then a rise: that is a new number, and no other direction."""
    found = one(pair(shows=(headlines("", "No earlier value"), headlines("rose", "Rose by 25.0% from 800 in 2020"))))

    assert [] == found.sentences


def test_headline_number_with_an_unknown_verdict_is_no_report(pair):
    """A file that was changed by hand is refused, not half understood."""
    before, after = pair(shows=(headlines("grew", "Grew"), headlines("rose", "Rose by 25.0% from 800 in 2020")))

    with pytest.raises(AnalysisError, match=r"an output is not what a chapter shows.*grew"):
        all_compared(before, after)


def test_chart_with_other_data(pair):
    """One bar is longer, one is gone, one is new; a chart with the same data and another title is the same chart."""
    before = Drawn("Cases", ("Courts", "5"), ("Police", "[230](#police)"), ("Customs", "7"))
    after = Drawn("More cases", ("Courts", "5"), ("Police", "246"), ("Market", "9"))
    found = one(pair(shows=(lambda report: [("x", before)], lambda report: [("x", after)]))).charts

    assert [("Police", "Figure", "230", "246")] == list(found[0].cells)
    assert ((("Market", "9"),), (("Customs", "7"),)) == (found[0].added, found[0].removed)
    assert "Cases" == found[0].before.title


def test_chart_that_is_no_longer_drawn(pair):
    """Where one report draws a chart and the other says why not, the chart is told as gone."""
    drawn, said = (
        (lambda report: [("x", Drawn("Cases", ("Courts", "5")))]),
        (lambda report: [("x", report._prose("No."))]),
    )
    comparison = one(pair(shows=(drawn, said)))

    assert [None] == [each.after for each in comparison.charts]
    assert [] == chart_changes(comparison.before, comparison.before)
    assert [] == sentence_changes(comparison.before, comparison.before)


def test_growth_that_both_show_is_classed_by_its_figures(pair):
    """Growth from 2020 to 2021 was 25% and is 37.5%, because the figure of 2021 was corrected."""
    shows = [
        lambda report, text=text: [("x", report._prose(f"[{text}](#growth-patents_granted-2020-2021)"))]
        for text in ("+25.0%", "+37.5%")
    ]
    found = [each for each in one(pair(shows=tuple(shows))).derived if each.card[0] == "growth"]

    assert [("correction", "follows", "+25.0%", "+37.5%")] == [
        (each.why.kind, each.why.reason, each.before, each.after) for each in found
    ]


def test_files_are_complete_and_the_same_each_time(pair, tmp_path):
    """A page, a note and three tables for each language, byte for byte the same."""
    found = all_compared(*pair(languages=("en", "zh")))
    made = [write_comparisons(found, tmp_path / name) for name in ("one", "other")]
    contents = [{path.name: path.read_bytes() for folder in each for path in sorted(folder.iterdir())} for each in made]

    assert FILES == {path.name for path in made[0][0].iterdir()}
    assert contents[0] == contents[1]
    assert ["en", "zh"] == sorted(path.name for path in (tmp_path / "one").iterdir())


def test_tables_class_every_number(pair, tmp_path):
    """Four numbers were corrected: 1,000 grants, and the three that are worked out from them."""
    folder = write_comparisons(all_compared(*pair()), tmp_path / "out")[0]
    with (folder / "numbers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert ["correction"] * 4 == [row["class"] for row in rows]
    assert {"class"} < set(rows[0])
    assert ("1,000 patents", "1,100 patents", "rose (+10.0%)", "2022-03-01") == tuple(
        rows[0][name] for name in ("before", "after", "direction", "published_after")
    )
    assert all(row["reason"] for row in rows)


def test_missing_year_is_not_called_new(pair, tmp_path):
    """From 2021 back to 2020 four figures are missing: the class is that of another year, the words say what it is."""
    before, after = pair(years=(2020, 2021))
    comparison = one((after, before))
    page = BeautifulSoup(revisions_pages.html(comparison), "html.parser").find(id="removed-table")
    with (write_comparisons({"en": comparison}, tmp_path / "out")[0] / "numbers.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["change"] == "removed"]

    assert {"new_observation"} == {row["class"] for row in rows}
    assert {"new observation: nothing found"} == {row.find_all("td")[1].get_text() for row in page.tbody.find_all("tr")}
    assert len(rows) == len(page.tbody.find_all("tr"))


def test_direction_is_told_in_words(pair):
    """A share that fell says so beside its sentence; a number across a break would not."""
    text = revisions_pages.note(one(pair())).as_markdown()

    assert "The number changed (fell)" in text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_page_can_be_read_by_everyone(pair, language):
    """Language, one first heading, headings in order, tables with caption and scopes, no script and no request."""
    html = revisions_pages.html(one(pair(languages=("en", "zh")), language))
    page = BeautifulSoup(html, "html.parser")
    levels = [int(tag.name[1]) for tag in page.find_all(re.compile("^h[1-6]$"))]

    assert {"en": "en", "zh": "zh-Hans"}[language] == page.html["lang"]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    assert page.find_all("table")
    assert all(table.caption and table.caption.get_text(strip=True) for table in page.find_all("table"))
    assert all(cell.get("scope") in ("col", "row") for cell in page.find_all("th"))
    assert not page.find_all(["script", "img", "link", "iframe"])
    assert "http" not in re.sub("http-equiv", "", html)
    assert {link["href"][1:] for link in page.select("a[href]")} <= {tag["id"] for tag in page.select("[id]")}


@pytest.mark.fault(17)
def test_what_stands_in_the_data_is_escaped(tiny, tmp_path):
    """Names that look like markup are shown as they are: of a series in a table, of the place in the title."""
    evil, place = "<script>alert(1)</script>*[x](http://x)", "</title><script>1</script>"
    names = ("series.csv", "patents_granted,Patents granted,", f"patents_granted,{evil},")
    data = vintage(tiny, tmp_path / "evil", names, ("regions.csv", "990100,Testville,", f"990100,{place},"))
    later = vintage(data, tmp_path / "later", CORRECTED)
    folders = [made_folder(tmp_path / name, source) for name, source in (("a", data), ("b", later))]
    comparison = one(folders)
    page = BeautifulSoup(revisions_pages.html(comparison), "html.parser")

    assert not page.find_all("script")
    assert page.title.get_text().startswith(place)
    assert evil in page.get_text()
    assert r"\<script\>alert(1)\</script\>\*\[x\](http://x)" in revisions_pages.note(comparison).as_markdown()


@pytest.mark.fault(28)
def test_tables_of_a_comparison_run_nothing(tiny, tmp_path):
    """A name that begins with an equals sign gets an apostrophe, and a hidden character is shown, in each table."""
    evil = ("series.csv", "patents_granted,Patents granted,", "patents_granted,=1+1\u202ePatents granted,")
    data = vintage(tiny, tmp_path / "evil", evil)
    later = vintage(data, tmp_path / "later", CORRECTED)
    folders = [made_folder(tmp_path / name, source) for name, source in (("a", data), ("b", later))]
    cells = [
        cell
        for text in revisions_pages.tables(one(folders)).values()
        for row in csv.reader(io.StringIO(text))
        for cell in row
    ]

    assert any(cell.startswith("'=1+1‹U+202E›Patents granted") for cell in cells)
    assert not any(would_compute(cell) and not cell.startswith("'") for cell in cells)
    assert "\u202e" not in "".join(cells)


def test_note_counts_every_class(pair):
    """The note begins with what kinds there are and how many numbers of each."""
    comparison = one(pair())
    note = revisions_pages.note(comparison).as_markdown()

    assert {
        "redefinition": 0,
        "correction": 4,
        "revision": 0,
        "new_observation": 0,
        "rounding": 0,
    } == comparison.counts()
    assert "- correction: 4\n" in note
    assert note.startswith("# Testville, 2021: two vintages of the report compared\n")
    assert len(CLASSES) == len(re.findall(r"^- [a-z ]+: \d$", note, re.M))


def test_comparison_is_replaced_and_nothing_else_is(pair, tmp_path):
    """A second comparison takes the place of the first; a report in the way is left alone."""
    before, after = pair()
    found = all_compared(before, after)
    write_comparisons(found, tmp_path / "out")
    write_comparisons(found, tmp_path / "out")

    assert FILES == {path.name for path in (tmp_path / "out" / "en").iterdir()}
    with pytest.raises(OutputError, match="is no comparison; it was left alone"):
        write_comparisons(found, before)
    assert (before / "en" / "figures.csv").is_file()


def test_folder_that_cannot_be_written_is_one_message(pair, tmp_path):
    """A file stands where the folder should be."""
    (tmp_path / "taken").write_text("mine")

    with pytest.raises(OutputError, match="choose another"):
        write_comparisons(all_compared(*pair()), tmp_path / "taken")
    assert "mine" == (tmp_path / "taken").read_text()


def test_reports_on_two_regions_are_refused(tiny, tmp_path):
    """A report is compared over time; for places there is a chapter."""
    (tiny / "figures" / "2021.csv").write_text(
        (tiny / "figures" / "2021.csv").read_text(encoding="utf-8")
        + "990200,patents_granted,5,0,count,exact,flow,T01,授权5件,\n",
        encoding="utf-8",
    )
    made_folder(tmp_path / "a", tiny)
    made_folder(tmp_path / "b", tiny, region="990200")

    with pytest.raises(NotComparable, match=r"Testville \(990100\).*Emptyville \(990200\).*chapter on peers"):
        all_compared(tmp_path / "a", tmp_path / "b")


def test_reports_in_two_languages_are_refused(tiny, tmp_path):
    """Sentences of two languages cannot be set side by side."""
    for language in ("en", "zh"):
        made_folder(tmp_path / language, tiny, language=language)

    with pytest.raises(NotComparable, match="share a language"):
        all_compared(tmp_path / "en", tmp_path / "zh")


@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        (lambda folder: (folder / "figures.csv").unlink(), "no figures.csv.*build --region 990100 --year 2021"),
        (lambda folder: cut(folder / "chapters" / "01_only.ipynb", 0.5), "no whole notebook"),
        (lambda folder: without_last_cell(folder / "chapters" / "01_only.ipynb"), "did not run to its end"),
        (lambda folder: (folder / "chapters" / "01_only.ipynb").write_text("[]"), "no whole notebook"),
        (lambda folder: (folder / "chapters" / "01_only.ipynb").unlink(), "no chapters"),
        (lambda folder: shutil.rmtree(folder / "chapters"), "an edition in traditional characters never has"),
        (lambda folder: cut(folder / "figures.csv", 0.7), "number of cells"),
        (lambda folder: lines(folder / "figures.csv", 4), "population_resident, which figures.csv does not have"),
        (lambda folder: lines(folder / "figures.csv", 1), "which figures.csv does not have"),
        (lambda folder: (folder / "figures.csv").write_text("a,b\n1,2\n"), "columns region, place"),
        (lambda folder: (folder / "figures.csv").write_bytes(b"\xff\xfe\x00"), "cannot be read"),
        (lambda folder: put(folder / "figures.csv", ",1100,0,", ",many,0,"), "line 2: 'many' is not a printed number"),
        (lambda folder: put(folder / "figures.csv", "Testville,2021,", "Testville,x,"), "line 2"),
        (lambda folder: put(folder / "indicators.csv", ",22.727273,", ",a quarter,"), "indicators.csv, line 2"),
        (lambda folder: (folder / "indicators.csv").unlink(), "has no report"),
    ],
)  # fmt: skip
def test_damaged_report_is_one_message(pair, spoilt, said):
    """Whatever is cut off, missing or spoilt: the message names the file, and the data are never guessed."""
    before, after = pair()
    spoilt(after / "en")

    with pytest.raises(AnalysisError, match=said):
        all_compared(before, after)


@pytest.mark.fault(30)
@pytest.mark.parametrize("name", ["figures.csv", "indicators.csv", "chapters/01_only.ipynb"])
def test_a_report_of_somebody_else_is_as_large_as_one_can_be(pair, name):
    """A gigabyte where a table or a chapter should be is refused by its size."""
    before, after = pair()
    path = after / "en" / name
    with path.open("wb") as file:
        file.truncate(1_000_000_000)
    with pytest.raises(AnalysisError, match="has more than 20000000 bytes"):
        all_compared(before, after)


@pytest.mark.fault(31)
def test_a_chapter_of_somebody_else_is_as_deep_as_one_can_be(pair):
    """A hundred thousand brackets are one message."""
    before, after = pair()
    (after / "en" / "chapters" / "01_only.ipynb").write_text("[" * 100_000)
    with pytest.raises(AnalysisError, match="no whole notebook"):
        all_compared(before, after)


def test_folder_that_is_no_report(tmp_path):
    """An empty folder and one that does not exist."""
    with pytest.raises(NoReport, match="has no report: expected a folder that `ipreport build` made"):
        made_reports(tmp_path)
    with pytest.raises(NoReport, match="is no folder"):
        made_reports(tmp_path / "nowhere")


def test_chapters_of_two_runs_are_refused(pair):
    """Chapters of different years in one folder are not one report."""
    before, after = pair()
    text = (before / "en" / "chapters" / "01_only.ipynb").read_text(encoding="utf-8")
    (before / "en" / "chapters" / "02_other.ipynb").write_text(text.replace("2021}", "2020}"), encoding="utf-8")
    notebook = json.loads(text)
    notebook["cells"][-1]["outputs"][0]["text"] = [
        line.replace("2021", "2020") for line in notebook["cells"][-1]["outputs"][0]["text"]
    ]
    (before / "en" / "chapters" / "02_other.ipynb").write_text(json.dumps(notebook), encoding="utf-8")

    with pytest.raises(AnalysisError, match="ran with"):
        all_compared(before, after)


def test_default_folder_names_region_and_years(pair, tmp_path, monkeypatch):
    """reports/990100-2020-to-2021, which the repository leaves out as it does every report."""
    monkeypatch.setattr(paths, "REPORTS", tmp_path / "reports")
    folders = write_comparisons(all_compared(*pair(years=(2020, 2021))))

    assert [tmp_path / "reports" / f"{CITY}-2020-to-2021" / "en"] == folders


def test_comparison_can_be_read_backwards(pair):
    """From later to earlier every number changes its side and none its existence."""
    before, after = pair(years=(2020, 2021))
    onward, back = one((before, after)), one((after, before))

    assert len(onward.numbers) == len(back.numbers)
    assert replace(onward, before=onward.after, after=onward.before).same_year == back.same_year


def cut(path: Path, part: float) -> None:
    text = path.read_bytes()
    path.write_bytes(text[: int(len(text) * part)])


def lines(path: Path, number: int) -> None:
    path.write_text("".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:number]), encoding="utf-8")


def put(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def without_last_cell(path: Path) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    del notebook["cells"][-1]
    path.write_text(json.dumps(notebook), encoding="utf-8")
