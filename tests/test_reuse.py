"""Nothing stale is used again, and what a change does not touch is: five hundred random changes."""

import csv
import json
import random
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from analysis import paths, reuse
from analysis.execution import chapters, executed
from analysis.figures import load_figures
from analysis.parameters import Parameters
from analysis.reads import OUTSIDE
from analysis.reuse import Chapters, World, closure
from analysis.store import Store

PLACE = ("330200", 2021)
DEFAULT = Parameters(*PLACE, "en")
EVERY = list(chapters())


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Every chapter of the default report in English, run and kept."""
    store = Store(tmp_path_factory.mktemp("kept"))
    made = Chapters(store, World())
    for path in chapters().values():
        executed(path, DEFAULT, kept=made)
    return store


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """Everything that reports are made from, copied, to be changed at will."""
    for name in ("DATA", "NOTEBOOKS", "PACKAGE"):
        folder = shutil.copytree(getattr(paths, name), tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        monkeypatch.setattr(paths, name, folder)
    shutil.copy(paths.ROOT / "requirements.lock", tmp_path)
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    yield tmp_path
    monkeypatch.undo()
    World()


def reused(store: Store, asked: Parameters, names: list[str]) -> set[str]:
    """Those of some chapters that would not be run again now."""
    now, known = Chapters(store, World()), chapters(paths.NOTEBOOKS)
    return {name for name in names if now.found(now.world.chapter(known[name], asked, True))}


def questions(store: Store) -> dict[str, list]:
    """By chapter, what it asked."""
    found = {}
    for name, path in chapters().items():
        [each] = store.names(f"chapters/{World().chapter(path, DEFAULT, True)}")
        found[name] = [question for question, _ in json.loads(store.get(each))["reads"]]
    return found


def changed_row(path: Path, chance: random.Random, column: int) -> list[str]:
    """Change one cell of a random row of a table, and its value if it is a number; returns the row as it was."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    was = chance.choice(rows[1:])
    sign = "-" if was[column].startswith("-") else ""
    rows[rows.index(was)] = [*was[:column], f"{sign}1{was[column].removeprefix('-')}", *was[column + 1 :]]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    return was


def figure(path: Path, chance: random.Random, asked: dict) -> set[str]:
    """One more digit in one published number; returns the chapters that asked for it."""
    region, series, *_ = changed_row(path, chance, 2)
    question = ["figures", region, int(path.stem), series]
    return {name for name, questions in asked.items() if question in questions}


def source(path: Path, chance: random.Random, asked: dict) -> set[str]:
    """Another publisher of one publication."""
    name, *_ = changed_row(path, chance, 1)
    return {chapter for chapter, questions in asked.items() if ["row", "sources", name] in questions}


def code(path: Path, chance: random.Random, asked: dict) -> set[str]:
    """A line at the end of one module; a chapter depends on those that it leads to."""
    package = {each.name: "" for each in paths.PACKAGE.glob("*.py")}
    needed = closure(reuse.ROOTS, package) | {"__init__.py"}
    path.write_text(path.read_text(encoding="utf-8") + f"# {chance.random()}\n", encoding="utf-8")
    return set(asked) if path.name in needed else set()


def byte(path: Path, chance: random.Random, asked: dict) -> set[str]:
    """Another byte in a file that every chapter depends on."""
    content = bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= 1
    path.write_bytes(content)
    return set(asked)


CHANGES = [
    (figure, "DATA/figures/*.csv", 250),
    (source, "DATA/sources.csv", 60),
    (code, "PACKAGE/*.py", 90),
    (byte, "PACKAGE/fonts/*.ttf", 40),
    (byte, "PACKAGE/words/*.toml", 20),
    (byte, "requirements.lock", 40),
]


def test_five_hundred_changes(kept, copied):
    """Whatever a chapter read, if it changes, the chapter is run again; at least 95 % of the others are not.

    After each change, three chapters are looked at.
    """
    chance = random.Random(8)
    asked, stale, untouched, lost = questions(kept), [], 0, 0
    for change, pattern, times in CHANGES:
        for _ in range(times):
            path = chance.choice(sorted(copied.glob(pattern)))
            before = path.read_bytes()
            touched, looked_at = change(path, chance, asked), chance.sample(EVERY, 3)
            again = reused(kept, DEFAULT, looked_at)
            path.write_bytes(before)
            stale += [(pattern, name) for name in again & touched]
            untouched += len(set(looked_at) - touched)
            lost += len(set(looked_at) - touched - again)

    assert 500 == sum(times for *_, times in CHANGES)
    assert set(EVERY) == reused(kept, DEFAULT, EVERY)
    assert [] == stale
    assert untouched > 500
    assert lost <= 0.05 * untouched


@pytest.mark.parametrize("changed", [{"region": "330100"}, {"reference_year": 2020}, {"language": "zh"}], ids=str)
def test_other_parameters_are_another_chapter(kept, changed):
    """None of another place, year or language is taken for it."""
    assert set() == reused(kept, replace(DEFAULT, **changed), EVERY)


def test_other_chapter_is_another(kept, copied):
    """One byte in one notebook: that chapter alone is run again."""
    path = sorted(paths.NOTEBOOKS.glob("0*.ipynb"))[3]
    path.write_bytes(path.read_bytes() + b"\n")

    assert {path.stem} == set(EVERY) - reused(kept, DEFAULT, EVERY)


def test_one_corrected_figure_of_another_city(kept, copied):
    """The product of Hangzhou: the chapters that compare cities are run again, those on one city's year are not."""
    path = paths.DATA / "figures" / "2021.csv"
    row = next(each for each in path.read_text().splitlines() if each.startswith("330100,gdp,"))
    region, series, value, *rest = row.split(",")
    path.write_text(path.read_text().replace(row, ",".join([region, series, f"1{value}", *rest])), encoding="utf-8")

    again = reused(kept, DEFAULT, EVERY)

    assert {"02_planning", "03_creation", "04_protection", "05_value", "06_services", "07_change_over_time"} <= again
    assert "08_peer_cities" not in again


def test_what_nobody_can_ask_again_is_not_kept(tmp_path):
    """A chapter that looked at the network, or that left no notes, is run each time."""
    store = Store(tmp_path)
    made = Chapters(store, World())
    made.keep("key", {"cells": []}, None)
    made.keep("key", {"cells": []}, [([OUTSIDE, "socket.connect"], "")])

    assert [] == store.names("chapters/key")


def test_data_read_before_they_changed_are_forgotten(copied):
    """In a process that lives on, a correction on the disk is seen by the next report."""
    World()
    before = load_figures(paths.DATA).every("330200", 2021, "pledge_financing_amount")
    path = paths.DATA / "figures" / "2021.csv"
    path.write_text(
        path.read_text().replace("330200,pledge_financing_amount,119,", "330200,pledge_financing_amount,118,")
    )

    World()
    after = load_figures(paths.DATA).every("330200", 2021, "pledge_financing_amount")

    assert ("119", "118") == (before[0].value, after[0].value)


def test_all_are_found_or_something_runs(kept, tmp_path, monkeypatch):
    """Nine kept: all are found. With one more, not all. In an empty store nobody even says what would be sought."""
    jobs = [(path, DEFAULT) for path in chapters().values()]
    made = Chapters(kept, World())

    assert made.are_all_found(jobs, True)
    assert not made.are_all_found([*jobs, (jobs[0][0], Parameters(*PLACE, "zh"))], True)
    monkeypatch.setattr(World, "chapter", lambda *asked: pytest.fail("looked for what cannot be there"))
    assert not Chapters(Store(tmp_path), World()).are_all_found(jobs, True)
