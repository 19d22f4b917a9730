"""A page gives its numbers back: those that lead to a card, those alone in a cell, and every digit of its text."""

from fractions import Fraction

from analysis.page_numbers import page_of

CARDS = {"amount", "rank-amount"}
PAGE = """<!DOCTYPE html><html><head><title>9</title><style>a{top:7px}</style></head><body>
<p><a href="a.csv">CSV</a> <data value="112968">113 kB</data></p>
<nav id="contents"><a href="#figure-3">Figure 3</a></nav>
<main id="main"><h2 id="h-1">12</h2>
<p>Raised <a href="#amount" id="from-amount"><strong>40.89</strong> million
yuan</a> (<span class="range">40.721&nbsp;to 41.066</span> million yuan), then <a href="#amount">5</a>
(2021) and <a href="#rank-amount">2nd to 4th of 12</a>. See <a href="https://example.org">7</a> or
<a href="#amount">the card</a>.</p>
<table id="t"><tr><th>a</th><td><a href="#amount">5</a></td><td>39.1 to 39.3%</td><td>1,000</td></tr>
<tr><td>10,000 residents</td><td>more than 4</td><td>words</td></tr></table>
<figure id="c"><svg><g id="axes"><text>77</text><path d="M 1 2"/></g></svg></figure>
<section id="amount"><h3>8</h3><dl><dt>Interval</dt><dd>1.5 to 2.5</dd></dl></section>
</main></body></html>"""


def test_links_to_cards_are_read_with_what_follows_in_brackets():
    """Inside other markup and over a line end; a year in brackets is no interval; other links are none of ours."""
    found = [(each.of, each.text) for each in page_of(PAGE).linked(CARDS)]

    assert found == [
        ("amount", "40.89 million yuan (40.721 to 41.066 million yuan)"),
        ("amount", "5"),
        ("rank-amount", "2nd to 4th of 12"),
        ("amount", "the card"),
        ("amount", "5"),
    ]


def test_meaning_is_the_value_its_unit_its_qualifier_and_its_interval():
    """Words mean nothing that could be compared."""
    first, *_, words, _ = page_of(PAGE).linked(CARDS)
    ends = (((Fraction(40_721_000),), "CNY", "exact"), ((Fraction(41_066_000),), "CNY", "exact"))

    assert (((Fraction(40_890_000),), "CNY", "exact"), ends) == first.meaning
    assert words.meaning is None


def test_a_link_belongs_to_the_line_that_it_stands_in():
    """A bracket in the next cell is not behind the link."""
    page = page_of('<table><tr><td><a href="#rank-amount">5</a></td><td>(4 to 6)</td></tr></table>')

    assert [("5", None)] == [(each.text, each.span) for each in page.linked(CARDS)]


def test_numbers_alone_are_cells_and_rows_with_the_id_around_them():
    """No heading, no label of a picture, no thing counted, no cell with a link, which is compared as one."""
    found = [(each.of, each.text) for each in page_of(PAGE).alone()]

    assert found == [("t", "39.1 to 39.3%"), ("t", "1,000"), ("t", "more than 4"), ("amount", "1.5 to 2.5")]


def test_elements_may_end_without_saying_so():
    """HTML may leave out the ends of rows, cells, items and paragraphs, and a page of ours does."""
    page = page_of(
        "<table id=t><tr><td>1<td>2 to 3<tr><td>4%</table><dl id=d><dt>a<dd>5<dt>b<dd>6</dl>"
        "<div id=b><p id=amount><a href=#rank-amount>7</a> (6 to 8)<p id=other>9</div></p>"
        "<main id=m><ul><li>10</ul>"
    )

    assert [("t", "1"), ("t", "2 to 3"), ("t", "4%"), ("d", "5"), ("d", "6"), ("other", "9"), ("m", "10")] == [
        (each.of, each.text) for each in page.alone()
    ]
    assert ["7 (6 to 8)"] == [each.text for each in page.linked(CARDS)]


def test_digits_are_those_of_the_whole_text_in_order():
    """Pictures included; neither styles nor attributes, nor the size of a file, which is no number of the report."""
    assert ["9", "3", "12", "40.89", "40.721", "41.066", "5", "2021"] == page_of(PAGE).digits()[:8]
    assert ["77", "8", "1.5", "2.5"] == page_of(PAGE).digits()[-4:]
    assert "1,000" in page_of(PAGE).digits()
