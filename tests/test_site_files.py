"""Writing the site: whole or not at all, the same each time, and nothing of anybody else's is touched."""

import json
import shutil

import pytest

from analysis import site_files
from analysis.errors import BadParameter, OutputError, RenderingError
from analysis.site_files import RECORD, write_site
from analysis.social_cards import SocialCard

BASE = "https://example.org/reports/"
pytestmark = pytest.mark.usefixtures("quick_cards")


def contents(folder):
    """Every file below a folder by its relative name."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_site_is_made_beside_the_reports(shelf, tiny):
    """Every kind of file is there; the reports are the bytes that they were; nothing is left over."""
    before = contents(shelf)
    made = write_site(shelf, BASE, tiny)
    after = contents(shelf)

    assert set(after) == {*before, *made.files, RECORD}
    assert before == {name: after[name] for name in before}
    some = {
        "index.html", "index.zh.html", "compare.html", "compare.zh.html", "feed.xml", "feed.zh.xml", "sitemap.xml",
        "990100/index.html", "990100/2020.zh.html", "cards/990100-2021-zh.png", "cards/site-en.png",
        "citations/990100-2021.cff", "citations/990100-2021.bib", "citations/990100-2020.txt",
    }  # fmt: skip
    assert some < set(made.files)
    assert ((), ()) == (made.removed, made.problems)


def test_second_run_gives_the_same_bytes(shelf, tiny, monkeypatch):
    """Into the same folder, and into a copy elsewhere; pictures included."""
    monkeypatch.undo()
    copy = shutil.copytree(shelf, shelf.parent / "copy")
    write_site(shelf, BASE, tiny)
    first = contents(shelf)
    write_site(shelf, BASE, tiny)
    write_site(copy, BASE, tiny)

    assert first["cards/site-en.png"].startswith(b"\x89PNG")
    assert first == contents(shelf) == contents(copy)


def test_citations_of_a_report_have_all_its_languages(shelf, tiny):
    """A line by GB/T 7714 for each; the CFF file is of the first."""
    write_site(shelf, BASE, tiny)
    lines = (shelf / "citations" / "990100-2021.txt").read_text(encoding="utf-8").splitlines()

    assert 2 == len(lines)
    assert f"{BASE}990100-2021/zh/index.html." == lines[1].split()[-1]


def test_without_an_address_there_is_no_map(shelf, tiny):
    """A map names pages in full. One of an earlier run is taken away, because it may be wrong by now."""
    write_site(shelf, BASE, tiny)

    assert ("sitemap.xml",) == write_site(shelf, "", tiny).removed
    assert not (shelf / "sitemap.xml").exists()


def test_report_that_is_gone_takes_its_files_with_it(shelf, tiny):
    """And nothing else: a file of somebody else in a folder of ours stays, and so does that folder."""
    write_site(shelf, "", tiny)
    (shelf / "citations" / "mine.txt").write_text("mine")
    for name in ("990100-2021", "990100-2020"):
        shutil.rmtree(shelf / name)
    made = write_site(shelf, "", tiny)

    assert "990100/2020.html" in made.removed
    assert not (shelf / "990100").exists()
    assert ["mine.txt"] == [path.name for path in (shelf / "citations").iterdir()]


@pytest.mark.parametrize("name", ["index.html", "feed.zh.xml", "990100/2021.html", "cards/site-en.png"])
def test_file_of_somebody_else_is_never_replaced(shelf, tiny, name):
    """It is named, and nothing at all is written."""
    (shelf / name).parent.mkdir(exist_ok=True)
    (shelf / name).write_text("mine")
    before = contents(shelf)
    with pytest.raises(OutputError, match=f"holds {name}, which `ipreport site` did not make; nothing was written"):
        write_site(shelf, "", tiny)

    assert before == contents(shelf)


def test_folder_that_is_a_link_is_not_written_into(shelf, tiny, tmp_path):
    """What it leads to is somebody else's."""
    (tmp_path / "elsewhere").mkdir()
    (shelf / "cards").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    with pytest.raises(OutputError, match=r"holds cards/.*did not make"):
        write_site(shelf, "", tiny)

    assert [] == list((tmp_path / "elsewhere").iterdir())


@pytest.mark.parametrize(
    "record",
    ["{", "[]", '{"files": 7}', '{"files": [7]}', '{"files": ["../data/regions.csv"]}', '{"files": ["/etc/passwd"]}',
     '{"files": ["a/b/c"]}', '{"files": [".making/x"]}'],
)  # fmt: skip
def test_record_that_is_not_ours_takes_nothing_away(shelf, tiny, record):
    """A list of files to remove that leads out of the folder, or is no list, stops the run."""
    (shelf / RECORD).write_text(record)
    before = contents(shelf.parent)
    with pytest.raises(OutputError, match="move it elsewhere"):
        write_site(shelf, "", tiny)

    assert before == contents(shelf.parent)


def test_run_that_fails_leaves_the_last_site(shelf, tiny, monkeypatch):
    """A page that cannot be made: the pages of before stay, all of them."""
    write_site(shelf, BASE, tiny)
    before = contents(shelf)

    def fails(*arguments):
        raise RenderingError("planted")

    monkeypatch.setattr(site_files, "compare_page", fails)
    with pytest.raises(RenderingError, match="planted"):
        write_site(shelf, "", tiny)

    assert before == contents(shelf)


def test_run_that_was_cut_off_is_made_good_by_the_next(shelf, tiny, monkeypatch):
    """Files half in place are known by the record, so that the next run neither refuses nor forgets them."""
    record = site_files._record
    monkeypatch.setattr(site_files, "_record", lambda *each: record(*each) if not (shelf / RECORD).exists() else 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_site(shelf, BASE, tiny)
    monkeypatch.undo()
    made = write_site(shelf, "", tiny)

    assert ("sitemap.xml",) == made.removed
    assert list(made.files) == json.loads((shelf / RECORD).read_text(encoding="utf-8"))["files"]


def test_damaged_report_is_left_out_and_the_rest_made(shelf, tiny):
    """One problem, one report less."""
    (shelf / "990100-2020" / "en" / "indicators.csv").write_text("")
    made = write_site(shelf, "", tiny)

    assert 1 == len(made.problems)
    assert "990100-2020/en" in made.problems[0]
    assert "990100/2021.html" in made.files
    assert "990100/2020.html" not in made.files


def test_card_that_cannot_be_drawn_is_left_out(shelf, tiny, monkeypatch):
    """A page is worth more than its picture: the page is made, and names no picture."""

    def drawn(self):
        if "2021" in self.title:
            raise RenderingError("no glyph")
        return b"PNG"

    monkeypatch.setattr(SocialCard, "picture", drawn)
    made = write_site(shelf, BASE, tiny)

    left_out = [f"cards/990100-2021-{each}.png is left out: no glyph" for each in ("en", "zh", "zh-Hant")]
    assert left_out == list(made.problems)
    assert "og:image" not in (shelf / "990100" / "2021.html").read_text(encoding="utf-8")
    assert "og:image" in (shelf / "990100" / "2020.html").read_text(encoding="utf-8")


def test_wrong_address_is_refused_before_anything(tmp_path, tiny):
    """Not even the folder is made."""
    with pytest.raises(BadParameter):
        write_site(tmp_path / "new", "example.org", tiny)

    assert not (tmp_path / "new").exists()


def test_empty_folder_gets_a_page(tmp_path, tiny):
    """The first thing that somebody sees who has made no report yet."""
    made = write_site(tmp_path / "new", "", tiny)

    assert "index.html" in made.files
    assert () == made.problems
