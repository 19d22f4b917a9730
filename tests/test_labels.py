"""The words of a page around the report (analysis.labels)."""

import pytest

from analysis.codebook import LANGUAGES
from analysis.labels import LABELS, labels_of
from analysis.wording import words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("row", ["interval", "values", "verdict"])
def test_a_page_knows_the_rows_of_a_card_by_the_cards_own_labels(row, language):
    """Where a brief card leaves a label out, the page must mean the same row as the card."""
    assert words(f"card_{row}", language) == labels_of(language, {})[row]


def test_both_languages_have_the_same_labels():
    """A label that one language lacks would be a hole in its page."""
    assert set(LABELS["en"]) == set(LABELS["zh"])
