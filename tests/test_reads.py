"""What a chapter reads is noted, as finely as the data are handed out, and what nobody can ask again is not kept."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from analysis import paths, reads
from analysis.figures import load_figures
from analysis.reads import KEPT, OUTSIDE, fingerprint
from analysis.sources import sources


@pytest.fixture
def noted(monkeypatch, tmp_path, tiny):
    """Notes are taken, of the invented place as if it were the data; a function that returns those taken so far."""
    monkeypatch.setenv(KEPT, str(tmp_path / "notes.json"))
    monkeypatch.setattr(paths, "DATA", tiny)
    monkeypatch.setattr(reads, "_notes", {})

    def taken() -> dict[tuple, str]:
        reads.leave()
        return {tuple(question): answer for question, answer in json.loads((tmp_path / "notes.json").read_text())}

    return taken


def test_reading_the_tables_notes_nothing_yet(noted, tiny):
    """Every row is checked when the tables are read, but a row that nobody asks for is nobody's."""
    load_figures(tiny)

    assert {} == noted()


def test_each_question_is_noted_with_its_answer(noted, tiny):
    """One series of one place and year; the years of a region; a row of a table; a whole table of definitions."""
    figures = load_figures(tiny)
    rows = figures.every("990100", 2021, "patents_granted")
    figures.chosen("990100", 2021, "patents_granted")
    figures.every("990200", 2021, "patents_granted")
    figures.years("990100")
    sources(tiny)["T01"]

    assert {
        ("figures", "990100", 2021, "patents_granted"): fingerprint(rows),
        ("figures", "990200", 2021, "patents_granted"): fingerprint([]),
        ("years", "990100"): fingerprint([2020, 2021]),
        ("row", "sources", "T01"): fingerprint(sources(tiny)["T01"]),
    } == noted()


def test_what_is_not_there_is_an_answer_too(noted, tiny):
    """A publication that is added later changes what was read."""
    assert "T99" not in sources(tiny)
    assert {("row", "sources", "T99"): fingerprint(None)} == noted()


def test_all_of_a_table_is_all_its_rows_and_which_there_are(noted, tiny):
    """Whoever goes through a table has read every row, and would have read another one."""
    assert 3 == len(list(sources(tiny).items()))
    assert {("keys", "sources"), *(("row", "sources", name) for name in ("T01", "T02", "T03"))} == set(noted())


def test_other_data_than_those_of_the_project_cannot_be_asked_again(noted, tiny, tmp_path):
    """A question does not say which folder was asked."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "sources.csv").write_text((tiny / "sources.csv").read_text())
    sources(tmp_path / "elsewhere")

    assert (OUTSIDE, "data") in noted()


@pytest.mark.parametrize(
    ("source", "question"),
    [
        ("open(paths.DATA / 'claims.csv').close()", ["table", "claims.csv"]),
        ("(paths.DATA / 'figures').iterdir().__next__()", [OUTSIDE, "os.listdir"]),
        ("open(paths.ROOT / 'README.md').close()", [OUTSIDE, "open"]),
        ("import subprocess; subprocess.run(['true'])", [OUTSIDE, "subprocess.Popen"]),
        ("import os; os.system('true')", [OUTSIDE, "os.system"]),
        ("import socket; socket.socket().connect_ex(('127.0.0.1', 9))", [OUTSIDE, "socket.connect"]),
    ],
)
def test_what_a_chapter_opens_and_starts_by_itself_is_noted(source, question, tmp_path):
    """A table that it opens is a question; other files, processes and networks are what nobody can ask again."""
    notes = tmp_path / "notes.json"
    program = f"from analysis import paths, reads\nreads.watch()\n{source}\nreads.leave()"

    subprocess.run([sys.executable, "-c", program], check=True, env={KEPT: str(notes), "HOME": str(tmp_path)})

    assert question in [each for each, _ in json.loads(notes.read_text())]


def test_nobody_asked_for_notes(monkeypatch, tiny):
    """Outside of chapters nothing is kept in mind, nor anything written."""
    monkeypatch.delenv(KEPT, raising=False)
    monkeypatch.setattr(reads, "_notes", {})
    load_figures(tiny).years()
    reads.leave()

    assert {} == reads._notes


def test_process_of_ours_records_what_all_its_threads_ask(monkeypatch, tiny):
    """What one thread asks while another reads the tables is noted; what was asked before or afterwards is not."""
    monkeypatch.setattr(paths, "DATA", tiny)
    figures = load_figures(tiny)
    figures.years("990200")
    with reads.recorded() as notes:
        with reads.loading(), ThreadPoolExecutor(1) as pool:
            pool.submit(figures.years, "990100").result()
            figures.years()
        sources(tiny)["T01"]
    figures.regions()

    assert {("years", "990100"), ("row", "sources", "T01")} == set(notes)


def test_process_of_ours_notes_the_tables_that_it_opens(monkeypatch, tiny):
    """A table is a question, a folder of tables one that nobody can ask again; what it does elsewhere is not noted."""
    monkeypatch.setattr(paths, "DATA", tiny)
    with reads.recorded() as notes:
        (tiny / "claims.csv").read_bytes()
        (tiny.parent / "page.html").write_text("made")
        assert {("table", "claims.csv")} == set(notes)
        list((tiny / "figures").iterdir())

    assert {("table", "claims.csv"), (OUTSIDE, "os.listdir")} == set(notes)


def test_what_is_remembered_is_asked_anew_by_whoever_records(tiny):
    """Otherwise a second report would not be known to depend on what the first one asked."""
    figures = load_figures(tiny)
    asked = reads.remembered(2)(lambda region: figures.years(region))
    for _ in range(2):
        with reads.recorded() as notes:
            assert asked("990100") == asked("990100")

        assert {("years", "990100")} == set(notes)
