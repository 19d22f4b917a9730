"""The facts of the cover come from the data (analysis.colophon)."""

import pytest

from analysis.colophon import colophon
from analysis.report import load_report


def facts(data, language: str = "en", year: int = 2021) -> dict[str, str]:
    return dict(colophon(load_report("990100", year, language, data))["facts"])


def test_the_cover_counts_what_the_report_is_made_from(tiny):
    """Five figures of 2021 from two publications; one of 2020 from one."""
    assert facts(tiny)["Made from"] == (
        "5 published figures of 2021 from 2 publications; 1 published figure of other years and places from "
        "1 publication, to compare with"
    )
    assert facts(tiny, "zh")["依据"] == (
        "2021 年的 5 个公布数据，来自 2 个出版物；用于比较的其他年份和地区的 1 个公布数据，来自 1 个出版物"
    )


def test_the_date_is_that_of_the_newest_publication(tiny):
    """The press conference of 26 April 2022 is newer than the yearbook of 1 March."""
    made = colophon(load_report("990100", 2021, "en", tiny))

    assert "2022-04-26" == made["date"]
    assert "2022-04-26, the date of the newest publication used" == facts(tiny)["Data as of"]
    assert facts(tiny)["Cite as"].endswith("Testville, 2021. English edition, data as of 2022-04-26.")


def test_without_a_dated_publication_the_cover_names_no_date(spoil):
    """What is not known is not said."""
    spoil("sources.csv", "2022-03-01", "")
    data = spoil("sources.csv", "2022-04-26", "")

    assert "" == colophon(load_report("990100", 2021, "en", data))["date"]
    assert "Data as of" not in facts(data)
    assert facts(data)["Cite as"].endswith("Testville, 2021. English edition.")


@pytest.mark.parametrize(("language", "edition"), [("en", "English"), ("zh", "中文")])
def test_both_editions_have_the_same_facts(tiny, language, edition):
    """Six facts, none of them empty, and the edition's own language among them."""
    made = facts(tiny, language)

    assert 6 == len(made)
    assert all(made.values())
    assert edition in made.values()
