"""Whether a report is as it was made: every altered, missing or added file is named, and what it was made from."""

import os
import re
import shutil

import pytest
from sealed import PAGES, sealed

from analysis import paths, verifying
from analysis.errors import UnknownName
from analysis.inputs import FILES, inputs
from analysis.manifest import CRATE, MANIFEST, SIGNATURE
from analysis.verifying import OTHER, folder_named, verdict


@pytest.fixture
def folder(tmp_path):
    """A report in two languages."""
    return sealed(tmp_path / "330200-2021")


@pytest.fixture
def elsewhere(tmp_path):
    """A copy of everything that reports are made from, and what a verdict says of a report there."""
    root = tmp_path / "repository"
    for name in (name for files in inputs().values() for name in files):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(paths.ROOT / name, root / name)

    def said(report) -> tuple[str, ...]:
        found = verdict(report, root, root / "src/analysis")
        assert () == found.wrong
        return found.elsewhere

    return root, said


def test_report_as_it_was_made(reports):
    """Nothing is wrong with the report that was just made, and it was made from what stands here."""
    found = verdict(reports)

    assert ((), ()) == (found.wrong, found.elsewhere)
    assert len(found.manifest.files) > 100


@pytest.mark.fault(78)
def test_one_flipped_byte_in_any_file_is_named(reports, tmp_path):
    """Each file of the default report in turn, one bit of one byte in its middle; each is the only one named."""
    folder = shutil.copytree(reports, tmp_path / "report")
    names = verdict(folder).manifest.files
    missed = []
    for name in names:
        whole = (folder / name).read_bytes()
        middle = len(whole) // 2
        (folder / name).write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
        wrong = verdict(folder).wrong
        if [f"altered: {name} "] != [each[: len(f"altered: {name} ")] for each in wrong]:
            missed.append((name, wrong))
        (folder / name).write_bytes(whole)

    assert [] == missed
    assert () == verdict(folder).wrong


@pytest.mark.fault(79)
@pytest.mark.parametrize("name", [*PAGES, CRATE])
def test_missing_file_is_named(name, folder):
    """Whichever file it is."""
    (folder / name).unlink()

    assert (f"missing: {name}",) == verdict(folder).wrong


def pipe(path):
    os.mkfifo(path)


EXTRA = {
    "beside": ("notes.txt", lambda path: path.write_text("x"), "extra: 'notes.txt'"),
    "below": ("en/charts/more.csv", lambda path: path.write_text("x"), "extra: 'en/charts/more.csv'"),
    "hidden": ("en/.index.html.swp", lambda path: path.write_text("x"), "extra: 'en/.index.html.swp'"),
    "empty": ("en/none.txt", lambda path: path.touch(), "extra: 'en/none.txt'"),
    "link": ("en/link", lambda path: path.symlink_to("index.html"), "extra: 'en/link', a link"),
    "pipe": ("pipe", pipe, "extra: 'pipe'"),
    "another signature": ("en/" + SIGNATURE, lambda path: path.write_text("x"), f"extra: 'en/{SIGNATURE}'"),
    "name that turns around": ("en/\u202etxt", lambda path: path.touch(), "extra: 'en/\\u202etxt'"),
    "name with a line": ("en/a\nWhole:", lambda path: path.touch(), "extra: 'en/a\\nWhole:'"),
    "name of no text": (b"en/\xff", lambda path: path.touch(), "extra: 'en/\\udcff'"),
}


@pytest.mark.fault(79)
@pytest.mark.parametrize("fault", EXTRA)
def test_whatever_is_added_is_named(fault, folder):
    """A file, also a hidden or an empty one, a link, a pipe; in a name that cannot be shown, its signs."""
    name, add, said = EXTRA[fault]
    add(folder / os.fsdecode(name))

    assert (said,) == verdict(folder).wrong


@pytest.mark.fault(15)
def test_link_in_place_of_a_file_or_folder_is_no_file(folder, tmp_path):
    """Not even if what it leads to is the same."""
    shutil.copytree(folder, tmp_path / "same")
    (folder / "en/index.html").unlink()
    (folder / "en/index.html").symlink_to(tmp_path / "same/en/index.html")
    shutil.rmtree(folder / "en/charts")
    (folder / "en/charts").symlink_to(tmp_path / "same/en/charts")

    assert [
        "altered: en/index.html is a link",
        "extra: 'en/charts', a link",
        "missing: en/charts/cases.csv",
    ] == sorted(verdict(folder).wrong)


def test_folder_without_a_file_is_nothing(folder):
    """A report without charts leaves one, and an archive may drop it."""
    (folder / "en/empty/within").mkdir(parents=True)

    assert () == verdict(folder).wrong


def test_made_from_what_stands_elsewhere(folder, elsewhere):
    """The same files in a clone at another place: nothing to tell."""
    _, said = elsewhere

    assert () == said(folder)


@pytest.mark.parametrize("kind", FILES)
def test_each_kind_of_input_that_differs_is_told(kind, folder, elsewhere):
    """Other data, other code, another lock file: which, and the file."""
    root, said = elsewhere
    name = sorted(inputs()[kind])[-1]
    with (root / name).open("ab") as file:
        file.write(b"\n")

    [told] = said(folder)
    assert told.startswith(f"made {OTHER[kind]}: {name} differs")


def test_files_that_came_or_went_are_told(folder, elsewhere):
    """A chapter more, a template less."""
    root, said = elsewhere
    (root / "notebooks/07_new.ipynb").write_text("{}", encoding="utf-8")
    (root / "src/analysis/templates/ipreport_html/page.js").unlink()

    assert (
        "made from other chapters: notebooks/07_new.ipynb is new here",
        "made with other templates: src/analysis/templates/ipreport_html/page.js is not here",
    ) == said(folder)


def test_other_data_are_told_apart_by_the_rows_that_are_printed(folder, elsewhere):
    """A note on a number of this city is in what the report prints, one on another city is not."""
    root, said = elsewhere
    table = root / "data/figures/2021.csv"
    text = table.read_text(encoding="utf-8")
    of_city = next(line for line in text.splitlines() if line.startswith("330200,"))
    of_another = next(line for line in text.splitlines() if line.startswith("640000,"))

    table.write_text(text.replace(of_another, of_another + " as printed"), encoding="utf-8")
    assert ("made from other data: data/figures/2021.csv differs; the rows that it prints are the same",) == said(
        folder
    )

    verifying.load_figures.cache_clear()
    table.write_text(text.replace(of_city, of_city + " as printed"), encoding="utf-8")
    [told] = said(folder)
    assert told.endswith("differs; the rows that it prints differ in data/figures/2021.csv")

    verifying.load_figures.cache_clear()
    table.write_text(text.replace(of_city, of_city + ","), encoding="utf-8")
    [told] = said(folder)
    assert "; it cannot be made from them (" in told


def test_other_libraries_and_another_python_are_told(folder, monkeypatch):
    """Each with the version then and the version here."""
    now = verifying.libraries() | {"typst": "0.1"}
    monkeypatch.setattr(verifying, "libraries", lambda: now)
    monkeypatch.setattr(verifying.sys, "version_info", (4, 0, 1))
    monkeypatch.setattr(verifying, "unlike_lock", lambda root: {"typst": "0.1"})

    python, library, lock = verdict(folder).elsewhere
    assert re.fullmatch(r"made in Python 3\.\d+; this is 4\.0", python)
    assert re.fullmatch(r"made with other libraries: typst [\d.]+, here 0\.1", library)
    assert "made with none unlike the lock file, which is not so here" == lock


def test_edition_of_unknown_origin_is_told(folder, tmp_path):
    """English stood there without a manifest when Chinese was made."""
    (folder / MANIFEST).unlink()
    both = verdict(sealed(tmp_path / "both", PAGES, ("zh",), before=folder))

    assert (("en: nobody knows what it was made from; make it again",), ()) == (both.elsewhere, both.wrong)


def test_report_is_found_by_folder_or_by_name(folder, tmp_path, monkeypatch):
    """Its path, its name in the folder of the reports; never one language of it alone."""
    monkeypatch.chdir(tmp_path)

    assert folder == folder_named(str(folder))
    assert folder == folder_named("330200-2021", tmp_path).resolve()
    with pytest.raises(UnknownName, match=r"is one language of a report; give the whole: .*330200-2021"):
        folder_named(str(folder / "en"))
    with pytest.raises(UnknownName, match="there is no folder 330200-2022, here or in"):
        folder_named("330200-2022", tmp_path)
