"""Writing a comparison of two reports: everything is made aside and moved into place at the end."""

from pathlib import Path

from analysis import paths, revisions_pages
from analysis.cells import visible
from analysis.editions_compared import Comparison
from analysis.errors import OutputError
from analysis.placing import put_in_place, staging

NUMBERS = "numbers.csv"
"""By this file a comparison is known."""


def write_comparisons(found: dict[str, Comparison], output: Path | None = None) -> list[Path]:
    """Write what differs between two reports, in each language; return the folders made.

    Each holds index.html, revisions.md, numbers.csv, sentences.csv and charts.csv. ``output`` is by default a folder
    beside the reports that names the region and the two years. Raises OutputError; what stood there before then stays
    as it was.
    """
    place = output or paths.REPORTS / default_name(next(iter(found.values())))
    for language in found:
        _require_free(place / language)
    with staging(place) as aside:
        for language, comparison in found.items():
            _make(comparison, aside / language)
        return [put_in_place(aside / language, place / language) for language in found]


def default_name(comparison: Comparison) -> str:
    """The folder's name: region, and the two years."""
    return f"{comparison.after.region}-{comparison.before.year}-to-{comparison.after.year}"


def _require_free(folder: Path) -> None:
    """Refuse to put a comparison in place of something else, such as one of the reports themselves."""
    if folder.exists() and not (folder / NUMBERS).is_file() and not (folder.is_dir() and not any(folder.iterdir())):
        raise OutputError(f"{folder} exists and is no comparison; it was left alone. Choose another with --output")


def _make(comparison: Comparison, folder: Path) -> None:
    folder.mkdir()
    texts = {
        "index.html": revisions_pages.html(comparison),
        "revisions.md": revisions_pages.note(comparison).as_markdown(),
    } | revisions_pages.tables(comparison)
    for name, text in texts.items():
        (folder / name).write_text(visible(text), encoding="utf-8", newline="")
