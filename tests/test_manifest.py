"""What a manifest may hold, and what of a manifest from anywhere is refused before it is trusted."""

import json
import os
from time import process_time

import pytest
from sealed import PAGES, sealed

from analysis.manifest import CRATE, DEEPEST, MANIFEST, MOST_BYTES, BadManifest, contents, manifest_in

NAME = "en/index.html"


@pytest.fixture
def folder(tmp_path):
    """A report with a manifest."""
    return sealed(tmp_path / "330200-2021")


@pytest.fixture
def planted(folder):
    """A function that changes the manifest as it is read, and returns the folder."""

    def change(edit):
        made = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        edit(made)
        (folder / MANIFEST).write_text(json.dumps(made), encoding="utf-8")
        return folder

    return change


def test_manifest_tells_of_every_file_and_what_it_was_made_from(folder):
    """Size and sha256 of each file; the run with its parameters, inputs, rows and libraries."""
    made = manifest_in(folder)
    [run] = made.makings

    assert {*PAGES, CRATE} == set(made.files)
    assert len(PAGES["en/index.html"]) == made.files[NAME].bytes
    assert ("330200", 2021, ("en", "zh"), ("html",)) == (made.region, made.year, run.language, run.formats)
    assert {"data", "notebooks", "code", "words", "templates", "fonts", "lock"} == set(run.inputs)
    assert all(run.inputs.values())
    assert run.rows["data/figures/2021.csv"].rows > 40
    assert {"ipreport", "papermill", "matplotlib", "typst"} <= set(run.libraries)
    assert made.as_text() == (folder / MANIFEST).read_text(encoding="utf-8")


def set_file(name):
    return lambda made: made["files"].update({name: made["files"][NAME]})


HOSTILE = {
    "above": (set_file("en/../../../etc/passwd"), "should match pattern"),
    "absolute": (set_file("/etc/passwd"), "should match pattern"),
    "drive": (set_file("C:/x"), "should match pattern"),
    "backslash": (set_file("en\\..\\x"), "should match pattern"),
    "hidden": (set_file("en/.ssh/x"), "should match pattern"),
    "empty part": (set_file("en//x"), "should match pattern"),
    "turned around": (set_file("en/\u202etxt"), "should match pattern"),
    "line break": (set_file("en/x\nWhole: every file"), "should match pattern"),
    "NUL": (set_file("en/x\0"), "should match pattern"),
    "long": (set_file("en/" + "x" * 300), "at most 200"),
    "itself": (set_file(MANIFEST), "its files are of"),
    "edition not told of": (set_file("fr/index.html"), "its files are of"),
    "edition without files": (lambda made: made["unknown"].append("zh-Hant"), "its files are of"),
    "edition told of twice": (lambda made: made["unknown"].append("en"), "its files are of"),
    "edition not asked for": (lambda made: made["makings"][0].update(language=["en"]), "not asked for"),
    "no edition": (lambda made: made["makings"][0].update(editions=[]), "at least 1 item"),
    "text as number": (lambda made: made["files"][NAME].update(bytes="31"), "valid integer"),
    "true as number": (lambda made: made["files"][NAME].update(bytes=True), "valid integer"),
    "less than nothing": (lambda made: made["files"][NAME].update(bytes=-1), "greater than or equal to 0"),
    "half a byte": (lambda made: made["files"][NAME].update(bytes=0.5), "valid integer"),
    "no digest": (lambda made: made["files"][NAME].update(sha256="SHA256"), "should match pattern"),
    "list for files": (lambda made: made.update(files=[]), "valid dictionary|should be an object"),
    "null": (lambda made: made.update(makings=None), "valid tuple|valid array"),
    "unknown name": (lambda made: made.update(trust="me"), "not permitted"),
    "missing name": (lambda made: made.pop("files"), "required"),
    "other format": (lambda made: made.update(format="ipreport manifest 2"), "ipreport manifest 1"),
    "code as region": (lambda made: made.update(region="__import__('os')"), "should match pattern"),
    "year of another kind": (lambda made: made.update(year="2021"), "valid integer"),
    "unknown input": (lambda made: made["makings"][0]["inputs"].update(secrets={}), "Input should be 'data'"),
    "input above": (lambda made: made["makings"][0]["inputs"]["data"].update({"../x": "0" * 64}), "match pattern"),
    "escape sequence": (lambda made: made["makings"][0]["libraries"].update(typst="\x1b[2J"), "match pattern"),
}


@pytest.mark.fault(78)
@pytest.mark.parametrize("fault", HOSTILE)
def test_what_is_no_manifest_is_refused(fault, planted):
    """Names that lead elsewhere, wrong types, unknown or missing parts, parts that do not belong together."""
    edit, said = HOSTILE[fault]

    with pytest.raises(BadManifest, match=said) as refused:
        manifest_in(planted(edit))

    assert str(refused.value).isprintable()


TEXTS = {
    "empty": (b"", "refused"),
    "no JSON": (b"\x89PNG", "codec can't decode"),
    "cut off": (b'{"format": "ipreport manifest 1", "files": {', "Expecting property name"),
    "number for the whole": (b"1", "valid dictionary|should be an object"),
    "twice": (b'{"files": {"en/a": 1, "en/a": 2}}', "the name 'en/a' stands twice"),
    "no number": (b'{"year": NaN}', "found NaN, which is no number"),
    "many digits": (b'{"year": ' + b"9" * 100_000 + b"}", "digits"),
    "deep": (b"[" * 100_000 + b"]" * 100_000, f"nested more than {DEEPEST} deep"),
    "deep and open": (b'{"a":' * 50_000, f"nested more than {DEEPEST} deep"),
    "huge": (b" " * (MOST_BYTES + 1), f"more than {MOST_BYTES} bytes"),
    "quotes without end": (b'"' + b'\\"' * (MOST_BYTES // 2 - 1), "Unterminated string"),
    "very many names": (b"{" + b",".join(b'"%d":0' % n for n in range(300_000)) + b',"7":0}', "'7' stands twice"),
    "half a character": (b'{"files": {"en/\\ud800": 1}}', "refused"),
}


@pytest.mark.fault(31)
@pytest.mark.parametrize("fault", TEXTS)
def test_what_cannot_be_read_is_refused_at_once(fault, folder):
    """Not JSON, doubled names, no numbers; too deep, too long, or slow to read: each is refused within seconds."""
    text, said = TEXTS[fault]
    (folder / MANIFEST).write_bytes(text)
    begun = process_time()

    with pytest.raises(BadManifest, match=said):
        manifest_in(folder)

    assert process_time() - begun < 5


@pytest.mark.fault(15)
def test_manifest_that_is_no_plain_file_is_not_opened(folder, tmp_path):
    """A link to a good one, a pipe that would never end, a folder."""
    (folder / MANIFEST).rename(tmp_path / MANIFEST)
    for make, said in (
        (lambda path: path.symlink_to(tmp_path / MANIFEST), "symbolic"),
        (lambda path: os.mkfifo(path), "it is no plain file"),
        (lambda path: path.mkdir(), "directory"),
    ):
        make(folder / MANIFEST)
        with pytest.raises(BadManifest, match=f"refused: .*{said}"):
            manifest_in(folder)
        (folder / MANIFEST).rmdir() if (folder / MANIFEST).is_dir() else (folder / MANIFEST).unlink()

    with pytest.raises(BadManifest, match=r"has no manifest\.json; expected the folder of a report"):
        manifest_in(folder)


def test_contents_follow_no_link(folder, tmp_path):
    """A link to a folder is one thing, whatever is behind it; a pipe is told, an empty folder is nothing."""
    (tmp_path / "behind").mkdir()
    (tmp_path / "behind" / "secret").write_text("x", encoding="utf-8")
    (folder / "en" / "link").symlink_to(tmp_path / "behind")
    (folder / "empty").mkdir()
    os.mkfifo(folder / "pipe")
    expected = dict.fromkeys([*PAGES, MANIFEST, CRATE], "file")

    assert expected | {"en/link": "link", "pipe": "neither"} == dict(contents(folder))
