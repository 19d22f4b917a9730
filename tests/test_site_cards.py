"""What the social cards say: the first number of each report with its interval and its sources."""

import pytest

from analysis.site_cards import cards_of, description, report_card, stems
from analysis.site_comparison import compared
from analysis.site_frames import Site
from analysis.site_reports import site_reports
from analysis.site_voices import VOICES
from analysis.social_cards import SocialCard

ENGLISH, CHINESE, _ = VOICES


@pytest.fixture
def site(shelf, tiny):
    reports, _ = site_reports(shelf, tiny)
    return Site(reports, compared(reports, tiny), data=tiny)


def test_card_of_a_report(site):
    """250 of 1,000 is 25 % and exact; both numbers are from one publication, named once, its date first."""
    expected = SocialCard(
        "Intellectual property in Testville, 2021",
        "25.00%",
        "name of invention_share in en",
        "exact",
        "Source: 2022-03-01 Patent Office",
    )

    assert expected == report_card(site, site.reports[0], ENGLISH)
    assert "试验市知识产权工作报告（2021 年）" == report_card(site, site.reports[0], CHINESE).title


def test_report_without_a_number_has_a_card_all_the_same(site):
    """In 2020 one number was published, and nothing follows from it."""
    card = report_card(site, site.reports[1], ENGLISH)

    every = "Every number leads to the words that it came from."

    assert ("", every) == (card.number, card.name)
    assert f"Intellectual property in Testville, 2020: {every}" == description(card, ENGLISH)


def test_every_card_stands_for_pages(site):
    """That of the site for its two pages; that of a report for its short address, the newest for two."""
    found = {name: list(stems(site, name)) for name, _ in cards_of(site, ENGLISH)}

    assert {
        "site": ["index", "compare"],
        "990100-2021": ["990100/2021", "990100/index"],
        "990100-2020": ["990100/2020"],
    } == found


def test_card_of_the_site_counts_reports_and_places(site):
    """What it is, how much, and for which years."""
    _, card = next(cards_of(site, CHINESE))

    assert ("2 份报告", "涉及 1 个地区，2020 至 2021 年") == (card.number, card.name)
