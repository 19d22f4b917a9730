"""Results that can be made again: whole or not there, and never more than there is room for."""

import os
import threading

import pytest

from analysis.store import DIGEST, Store, default_folder


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "kept", most_bytes=1000)


def test_what_was_put_is_got(store):
    """Under its name, and nothing under another; an empty store has no folder."""
    assert store.get("chapters/a") is None
    assert not store.folder.exists()
    store.put("chapters/a", b"one")

    assert b"one" == store.get("chapters/a")
    assert store.get("chapters/b") is None
    assert ["chapters/a"] == store.names("chapters")


@pytest.mark.parametrize("spoilt", [b"", b"x" * 10, b"0" * DIGEST + b"one"])
def test_what_is_not_whole_is_not_there(store, spoilt):
    """A file that was cut short or changed is removed, and made again."""
    store.put("a", b"one")
    (store.folder / "a").write_bytes(spoilt)

    assert store.get("a") is None
    assert not (store.folder / "a").exists()


def test_what_was_not_used_for_longest_goes_first(store):
    """Three of 400 bytes do not fit into 1000: the one that was not used since goes."""
    for time, name in enumerate("abc", 1):
        store.put(name, b"x" * (400 - DIGEST))
        os.utime(store.folder / name, (time, time))
        if name == "b":
            store.get("a")  # which is used now, later than anything

    assert {"a", "c"} == {name for name in "abc" if store.get(name)}


def test_nothing_is_lost_by_deleting_all(store):
    """At any time, also while somebody writes."""
    store.put("a/b", b"one")
    (store.folder / "a" / "b").unlink()
    (store.folder / "a").rmdir()
    store.put("a/b", b"two")

    assert b"two" == store.get("a/b")


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path):
    """No report fails for that."""
    (tmp_path / "file").write_text("")
    store = Store(tmp_path / "file" / "below")
    store.put("a", b"one")

    assert store.get("a") is None


def test_several_writers_leave_one_whole_result(store):
    """Whoever comes last has its result there; none is half written."""
    contents = [bytes([each]) * 500 for each in range(8)]
    writers = [threading.Thread(target=store.put, args=("a", content)) for content in contents]
    for each in writers:
        each.start()
    for each in writers:
        each.join()

    assert store.get("a") in contents
    assert ["a"] == [path.name for path in store.folder.iterdir()]


def test_what_others_are_writing_takes_no_room(store):
    """A result of 400 bytes is kept beside 900 that another writer has aside; what one left an hour before goes."""
    store.put("a", b"x" * (400 - DIGEST))
    (store.folder / ".others").write_bytes(b"x" * 900)
    (store.folder / ".left").write_bytes(b"x" * 900)
    os.utime(store.folder / ".left", (1, 1))
    store.put("a", b"y" * (400 - DIGEST))

    assert b"y" * (400 - DIGEST) == store.get("a")
    assert {"a", ".others"} == {path.name for path in store.folder.iterdir()}


def test_folder_is_the_users_own(monkeypatch, tmp_path):
    """Where the desktop says, or in ~/.cache; a relative path would depend on where one stands."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert tmp_path / "ipreport" == default_folder()
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert tmp_path / ".cache" / "ipreport" == default_folder()
