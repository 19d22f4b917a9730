"""The reports that stand in a folder: all that are whole are found, and what is wrong with the others is said."""

import shutil

import pytest
from report_folders import made_folder, standing, vintage

from analysis.site_reports import site_reports


def found(shelf, tiny):
    reports, problems = site_reports(shelf, tiny)
    return {report.name: report for report in reports}, problems


def test_reports_come_newest_first_with_what_stands_in_each(shelf, tiny):
    """Two years: 2021 in two languages, 2020 in one; what is no report is passed over."""
    (shelf / "990100-2020-to-2021").mkdir()
    (shelf / "990100").mkdir()
    (shelf / "README.md").write_text("Reports")
    reports, problems = found(shelf, tiny)

    assert [] == problems
    assert ["990100-2021", "990100-2020"] == list(reports)
    assert {"en", "zh"} == set(reports["990100-2021"].files)
    assert ("index.html", "figures.csv", "indicators.csv") == reports["990100-2020"].files["en"]


def test_report_is_dated_by_its_newest_publication(shelf, tiny):
    """Of 2022-03-01, 2022-04-26 and an unknown day, the report on 2021 has 2022-04-26."""
    reports, _ = found(shelf, tiny)

    assert "2022-04-26" == reports["990100-2021"].dated


def test_headline_numbers_are_those_that_the_report_tells_first(shelf, tiny):
    """At most three, in the report's order, with a value, and none that is implied for another year."""
    told = found(shelf, tiny)[0]["990100-2021"].speech("zh")

    assert ("invention_share", "grants_per_10000_residents", "financing_per_resident") == told.first
    assert ["invention_patents_granted", "patents_granted"] == [row.key[2] for row in told.behind]


def test_level_implied_for_another_year_is_no_headline(tmp_path, tiny):
    """Even where a report tells of it first."""

    def shows(report):
        return [(name, report.sentence(name)) for name in ("implied_previous_patents_granted", "invention_share")]

    folder = made_folder(tmp_path / "990100-2021" / "en", tiny, shows=shows)
    (folder / "index.html").write_text("</html>")
    ((report,), _) = site_reports(tmp_path, tiny)

    assert ("invention_share",) == report.speech("en").first


def test_numbers_printed_in_two_ways_are_found(tmp_path, tiny):
    """1,000 and 1,001 patents cannot both be right, and the used one comes first; 40.0 万 may well be 400,100."""
    row = "990100,population_resident,40.0,4,persons,exact,stock,T01,40.0万人,\n"
    finer = "990100,population_resident,400100,0,persons,exact,stock,T02,400100人,\n"
    data = vintage(tiny, tmp_path / "other", ("figures/2021.csv", row, row + finer))
    ((report,), _) = site_reports(standing(tmp_path / "reports", data, "990100-2021/en"), data)

    assert [["1000", "1001"]] == [[row.value for row in rows] for rows in report.speech("en").revised]


def test_language_without_chapters_is_listed_but_not_read(shelf, tiny):
    """Traditional characters are converted from another language, and come without notebooks."""
    shutil.copytree(shelf / "990100-2021" / "zh", shelf / "990100-2021" / "zh-Hant")
    shutil.rmtree(shelf / "990100-2021" / "zh-Hant" / "chapters")
    reports, problems = found(shelf, tiny)
    report = reports["990100-2021"]

    assert [] == problems
    assert ["en", "zh", "zh-Hant"] == list(report.files)
    assert ["en", "zh"] == list(report.told)
    assert "zh-Hant" == report.nearest("zh-Hant")
    assert "zh" == report.nearest("zh")


def test_reader_is_sent_to_the_same_tongue_if_there_is_no_other(shelf, tiny):
    """Who reads simplified Chinese is sent to traditional rather than to English; else to what there is."""
    (shelf / "990100-2021" / "zh" / "index.html").unlink()
    (shelf / "990100-2021" / "zh" / "report.pdf").write_bytes(b"%PDF-2.0\n%%EOF\n")
    reports, _ = found(shelf, tiny)

    assert "en" == reports["990100-2021"].nearest("zh")
    assert "zh" == reports["990100-2021"].nearest("en", "report.pdf")
    assert reports["990100-2020"].nearest("en", "report.pdf") is None


def cut_off(path):
    path.write_bytes(path.read_bytes()[:-20])


def lose(path):
    path.unlink()


def empty(path):
    path.write_text("")


@pytest.mark.parametrize(
    ("file", "spoil_it", "said"),
    [
        ("index.html", cut_off, "is cut off"),
        ("index.html", lose, "neither index.html nor report.pdf"),
        ("indicators.csv", empty, "columns"),
        ("figures.csv", lose, "no figures.csv"),
        ("figures.csv", cut_off, "figures.csv"),
        ("chapters/01_only.ipynb", cut_off, "no whole notebook"),
        ("chapters/01_only.ipynb", lose, "no chapters"),
    ],
)
def test_damaged_language_is_named_and_left_out(shelf, tiny, file, spoil_it, said):
    """One language is damaged: it is named with its folder, and the other language is still there."""
    spoil_it(shelf / "990100-2021" / "en" / file)
    reports, (problem,) = found(shelf, tiny)

    assert ["zh"] == list(reports["990100-2021"].files)
    assert said in problem
    assert "990100-2021/en" in problem


def test_page_may_end_without_its_last_end_tags(shelf, tiny):
    """HTML lets them be left out, and a slim page does."""
    (shelf / "990100-2021" / "en" / "index.html").write_text("<!doctype html><p>A<script>1</script>\n")

    assert ["en", "zh"] == list(found(shelf, tiny)[0]["990100-2021"].files)


def test_folder_under_another_name_is_no_report_of_that_name(shelf, tiny):
    """A copied folder would put the numbers of one year under another."""
    shutil.copytree(shelf / "990100-2021" / "en", shelf / "990100-2019" / "en")
    reports, (problem,) = found(shelf, tiny)

    assert "990100-2019" not in reports
    assert "holds the report of 990100 in 2021" in problem


def test_unknown_region_and_empty_folder_are_named(shelf, tiny):
    """Neither has a place in a list by level."""
    (shelf / "123456-2021" / "en").mkdir(parents=True)
    (shelf / "990200-2021").mkdir()
    _, problems = found(shelf, tiny)

    assert 2 == len(problems)
    assert "the region 123456 is not in data/regions.csv" in problems[0]
    assert "`ipreport build --region 990200 --year 2021`" in problems[1]


def test_no_folder_is_no_report(tmp_path, tiny):
    """A folder that does not exist yet is an empty one."""
    assert ([], []) == site_reports(tmp_path / "nowhere", tiny)
