"""Text fit for a cell: nothing hidden, nothing that computes, and the way back (analysis.cells)."""

import unicodedata

import pytest
from hostile import FORMULAS
from hypothesis import example, given
from hypothesis import strategies as st

from analysis.cells import guarded, unguarded, visible, would_compute

HIDDEN = {
    "\u202e": "‹U+202E›",  # right-to-left override
    "\u2066": "‹U+2066›",  # left-to-right isolate
    "\u200b": "‹U+200B›",  # zero-width space
    "\ufeff": "‹U+FEFF›",  # zero-width no-break space
    "\xad": "‹U+00AD›",  # soft hyphen
    "\x00": "‹U+0000›",
    "\x85": "‹U+0085›",
    "\u2028": "‹U+2028›",  # line separator
    "\ud83d": "‹U+D83D›",  # half a surrogate pair
    "\U000e0041": "‹U+E0041›",  # a tag
}


@pytest.mark.fault(77)
@pytest.mark.parametrize(("character", "shown"), HIDDEN.items())
def test_hidden_characters_are_shown_by_their_number(character, shown):
    """A reader sees that something stands there, and what; a name cannot pose as another."""
    assert f"a{shown}b" == visible(f"a{character}b")


@pytest.mark.fault(77)
def test_no_character_that_turns_or_hides_text_is_left():
    """Of everything that Unicode calls a control, a format without width or a line end, tab and line feed stay."""
    everything = map(chr, range(0x110000))
    turning = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "BN"}
    hidden = {
        each
        for each in everything
        if unicodedata.category(each) in ("Cc", "Cs", "Zl", "Zp")
        or (unicodedata.category(each) == "Cf" and unicodedata.bidirectional(each) in turning)
    }

    assert {"\u202e", "\u2066", "\u200b", "\x07"} < hidden
    assert {"\t", "\n"} == {each for each in hidden if visible(each) == each}


def test_line_ends_are_those_of_unix():
    """A carriage return alone would hide what stands before it, in a terminal and in a cell."""
    assert "a\nb\nc" == visible("a\r\nb\rc")


@pytest.mark.fault(28)
@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text):
    """Each sign in both widths, also behind a tab or a line end; the text comes back without the apostrophe."""
    assert f"'{visible(text)}" == guarded(text)
    assert visible(text) == unguarded(guarded(text))


@pytest.mark.parametrize("text", ["-4.31", "72390", "0.5", "", "宁波", "a=b", "−4.31", "'quoted'", "\t", "'"])
def test_numbers_and_harmless_texts_stay_as_they_are(text):
    """A negative number computes nothing and stays a number; an apostrophe of the text itself stays alone."""
    assert text == guarded(text) == unguarded(text)


@pytest.mark.fault(28)
@example("'=1+1")
@example("''-4.31")
@example("' ＝1")
@given(st.text(st.sampled_from("'=+-@＝ \t\n1.a") | st.characters()))
def test_what_was_guarded_can_be_read_back(text):
    """Also where the text itself begins with apostrophes; and nothing guarded begins with what computes."""
    assert visible(text) == unguarded(guarded(text))
    assert guarded(text)[:1] == "'" or not would_compute(guarded(text))
