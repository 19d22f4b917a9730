"""A report of which nothing has changed is put in place again, byte for byte, with no chapter run."""

import pytest

from analysis import all_editions, building, execution
from analysis.contract import request
from analysis.execution import chapters
from analysis.reuse import World
from analysis.store import Store
from analysis.unchanged import Reports

PLACE, EDITIONS, FORMATS = ("330200", 2021), ("en",), ("html",)
NAME = "330200-2021"


@pytest.fixture
def few(monkeypatch):
    """Two chapters only, for reports that are made in a moment."""
    kept = {name: chapters()[name] for name in ("03_creation", "05_value")}
    monkeypatch.setattr(building, "chapters", lambda: kept)


@pytest.fixture
def counted(monkeypatch):
    """How many chapters were run."""
    runs = []
    accepted = execution._accepted
    monkeypatch.setattr(execution, "_accepted", lambda *given: runs.append(given[0]) or accepted(*given))
    return runs


def contents(folder) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_report_is_made_once_and_put_in_place_again(few, counted, tmp_path):
    """The same files and the same conclusion; a report made without the store has the same bytes too."""
    store, said = Store(tmp_path / "kept"), []
    for name, kept in (("first", store), ("again", store), ("without", None)):
        building.build(*PLACE, EDITIONS, FORMATS, tmp_path / name, conclude=said.append, store=kept)

    first, again, without = (contents(tmp_path / name) for name in ("first", "again", "without"))

    assert first == again == without
    assert said[0] == said[1] == said[2]
    assert 2 + 2 == len(counted)


def test_another_format_uses_the_chapters_again(few, counted, tmp_path):
    """The report is another one, its chapters are not."""
    store = Store(tmp_path / "kept")
    building.build(*PLACE, EDITIONS, ("html",), tmp_path / "reports", store=store)
    building.build(*PLACE, EDITIONS, ("pdf",), tmp_path / "reports", store=store)

    assert ["03_creation.ipynb", "05_value.ipynb"] == sorted(counted)


def test_store_that_was_deleted_or_spoilt_only_costs_time(few, counted, tmp_path):
    """One byte changed in what was kept: it is not used, and everything is made again."""
    store = Store(tmp_path / "kept")
    building.build(*PLACE, EDITIONS, FORMATS, tmp_path / "first", store=store)
    for path in store.folder.rglob("*"):
        if path.is_file():
            content = bytearray(path.read_bytes())
            content[-1] ^= 1
            path.write_bytes(content)
    building.build(*PLACE, EDITIONS, FORMATS, tmp_path / "second", store=store)

    assert contents(tmp_path / "first") == contents(tmp_path / "second")
    assert 4 == len(counted)


def test_report_made_while_the_data_were_edited_is_not_kept(few, tmp_path, monkeypatch):
    """Nobody knows of which state it is."""
    store = Store(tmp_path / "kept")
    monkeypatch.setattr(World, "stands", lambda self: False)
    building.build(*PLACE, EDITIONS, FORMATS, tmp_path / "reports", store=store)

    assert [] == [*store.folder.rglob("*")]


def test_report_that_failed_is_not_kept(few, tmp_path, monkeypatch):
    """A report is kept when its numbers were proved, not before."""
    store = Store(tmp_path / "kept")

    def refused(*given):
        raise RuntimeError("planted")

    monkeypatch.setattr(all_editions, "proved", refused)
    with pytest.raises(RuntimeError, match="planted"):
        building.build(*PLACE, EDITIONS, FORMATS, tmp_path / "reports", store=store)

    assert [] == store.names("reports")


@pytest.mark.parametrize("name", ["data/claims.csv", "notebooks/05_value.ipynb", "templates", "editions"])
def test_whatever_a_report_is_made_from_makes_another(name, monkeypatch):
    """A table, a notebook, a template, the editions asked for."""
    world = World()
    before = world.report(NAME, EDITIONS, FORMATS)
    changed = {
        "data/claims.csv": ("data", "claims.csv"),
        "notebooks/05_value.ipynb": ("notebooks", "05_value.ipynb"),
        "templates": ("package", next(each for each in world.package if each.startswith("templates/"))),
    }
    if name in changed:
        part, file = changed[name]
        assert file in getattr(world, part)
        getattr(world, part)[file] = "changed"

    assert before != world.report(NAME, (*EDITIONS, "zh") if name == "editions" else EDITIONS, FORMATS)


def test_nothing_is_placed_where_nothing_was_kept(tmp_path):
    """And no folder is made for it."""
    asked = request({"region": PLACE[0], "year": PLACE[1], "language": EDITIONS, "formats": FORMATS})

    assert Reports(Store(tmp_path / "kept"), World()).placed(asked, tmp_path / "reports" / NAME) is None
    assert not (tmp_path / "reports").exists()
