"""A table is inline Markdown for the templates, HTML for a notebook, and plain text for a terminal and for nbval."""

import pandas as pd
import pytest

from analysis.tables import TABLE_MIME, Table, inline_html, plain_text


@pytest.fixture
def table():
    """Two rows, a number column, a link, and text that would like to be HTML."""
    frame = pd.DataFrame(
        [["Grants", "[1,000](#patents_granted)"], [r"\<b\>Inventions\</b\>", "250"]], columns=["Series", "Value"]
    )
    return Table("small", "Two numbers", frame, ("Value",), "See **below**.")


def test_json_has_the_shape_that_the_templates_read(table):
    """id, caption, columns with name and alignment, rows of text, note; nothing else."""
    assert table.as_json() == {
        "id": "small",
        "caption": "Two numbers",
        "columns": [{"name": "Series", "align": "left"}, {"name": "Value", "align": "right"}],
        "rows": [["Grants", "[1,000](#patents_granted)"], [r"\<b\>Inventions\</b\>", "250"]],
        "note": "See **below**.",
    }


def test_a_bundle_has_text_html_and_json(table):
    """A notebook, a terminal and the templates each find what they show."""
    bundle = table._repr_mimebundle_()

    assert set(bundle) == {"text/plain", "text/html", TABLE_MIME}
    assert bundle[TABLE_MIME] == table.as_json()


def test_text_has_no_markup(table):
    """A terminal shows neither links nor escapes."""
    lines = table._repr_mimebundle_()["text/plain"].splitlines()

    assert lines[0] == "Two numbers"
    assert lines[1].split() == ["Series", "Value"]
    assert lines[2].split() == ["Grants", "1,000"]
    assert lines[3].split() == ["<b>Inventions</b>", "250"]
    assert lines[4] == "See below."


def test_html_shows_links_and_never_obeys_html(table):
    """A publisher called <b> stays a text."""
    shown = table._repr_mimebundle_()["text/html"]

    assert '<a href="#patents_granted">1,000</a>' in shown
    assert "&lt;b&gt;Inventions&lt;/b&gt;" in shown
    assert "<caption>Two numbers</caption>" in shown
    assert "text-align: right" in shown


def test_the_same_table_gives_the_same_bytes(table):
    """nbval compares; a random id would differ at each run."""
    again = Table(table.id, table.caption, table.frame.copy(), table.numeric, table.note)

    assert table._repr_mimebundle_() == again._repr_mimebundle_()


def test_showing_changes_nothing(table):
    """The frame is what it was."""
    before = table.frame.copy()
    table._repr_mimebundle_()

    pd.testing.assert_frame_equal(before, table.frame)


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("[10.80%](#invention_share)", "10.80%"),
        (r"a \[b\]\(c\)", "a [b](c)"),
        (r"[a \] b](<https://x.y>)", "a ] b"),
        (r"\*\*not bold\*\* **bold**", "**not bold** bold"),
        (r"10\.5", "10.5"),
        (r"\\", "\\"),
    ],
)
def test_plain_text_loses_markup_and_keeps_the_rest(markdown, plain):
    """What was escaped stands for itself."""
    assert plain_text(markdown) == plain


def test_inline_html_is_inline():
    """No paragraph inside a cell, and no tag from a text."""
    assert inline_html("**a** <script>") == "<strong>a</strong> &lt;script&gt;"
