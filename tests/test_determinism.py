"""Same inputs, same bytes: wherever the project lies, whoever runs it, whatever their clock, language and habits."""

import io
import os
import zipfile
from hashlib import sha256
from pathlib import Path

import pikepdf
import pytest
from surroundings import CANARIES, Surroundings, why_not_nobody

from analysis import paths
from analysis.manifest import CRATE, MANIFEST
from analysis.verifying import verdict

SMALL = "330600-2021"
"""A report of a place of which little is known."""
ABROAD = {
    "TZ": "America/Los_Angeles",
    "LC_ALL": "C",
    "PYTHONUTF8": "0",
    "PYTHONCOERCECLOCALE": "0",
    "PYTHONHASHSEED": "1",
}
ELSEWHERE = {
    "TZ": "Asia/Shanghai",
    "LANG": "de_DE.UTF-8",
    "LC_NUMERIC": "de_DE.UTF-8",
    "PYTHONHASHSEED": "4294967295",
    "COLUMNS": "40",
    "SOURCE_DATE_EPOCH": "1",
    "MPLBACKEND": "svg",
}
NOWHERE = {"TZ": "Bad/Zone", "LC_ALL": "xx_YY.latin1", "PYTHONOPTIMIZE": "0", "JUPYTER_PLATFORM_DIRS": "1"}


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its relative name."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def built(where: Surroundings, name: str, *options: str) -> dict[str, bytes]:
    """Every file of a report that was built in some surroundings."""
    region, year = name.split("-")
    where.run("build", "--region", region, "--year", year, "--output", "made", *options)
    return contents(where.place / "made" / name)


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> tuple[Surroundings, dict[str, bytes]]:
    """The default report as it is made abroad, by nobody where this is root, and its files."""
    place = tmp_path_factory.mktemp("abroad") / "another place"
    where = Surroundings(place, ABROAD, umask=0o077, nobody=not why_not_nobody())
    return where, built(where, "330200-2021")


@pytest.mark.fault(64)
@pytest.mark.fault(65)
@pytest.mark.fault(80)
def test_whole_report_has_the_same_bytes_abroad(whole, reports):
    """A clone at another path, a locale without Chinese, another time zone, hash seed and umask: every file is equal.

    Notebooks, HTML, PDF, CSV, XLSX, SDMX, pictures, citations, the crate and the manifest.
    """
    _, made = whole
    here = contents(reports)

    assert {"ipynb", "html", "pdf", "csv", "xlsx", "json", "svg", "bib", "cff", "txt"} == {
        name.rpartition(".")[2] for name in here
    }
    assert {MANIFEST, CRATE} < set(here)
    assert here.keys() == made.keys()
    assert [] == [name for name in here if here[name] != made[name]]


def test_whole_report_was_made_by_another_user(whole):
    """So that the test above is about one: every file belongs to nobody."""
    if why := why_not_nobody():
        pytest.skip(f"the report was made by the same user: {why}")
    where, made = whole

    assert {65534} == {(where.place / "made/330200-2021" / name).stat().st_uid for name in made}


@pytest.mark.fault(80)
def test_report_made_abroad_is_verified_here(whole):
    """Whoever gets it can check it against their own clone."""
    where, _ = whole
    found = verdict(where.place / "made/330200-2021")

    assert ((), ()) == (found.wrong, found.elsewhere)


@pytest.mark.fault(75)
@pytest.mark.fault(76)
def test_nothing_of_the_surroundings_stands_in_the_report(whole):
    """No path, host, user or value of the environment in any file, nor in what a PDF or a workbook packs."""
    where, made = whole
    places = {where.place, where.home, where.clone, paths.ROOT, Path.home(), Path(os.path.realpath("/tmp"))}
    words = {f"{place}/" for place in places} | set(CANARIES.values()) | {"canary", ABROAD["TZ"]}
    words |= {"/site-packages", "/usr/", "/ipreport-"}

    assert len(words) > 12
    found = [
        (name, word)
        for name, content in made.items()
        for text in unpacked(name, content)
        for word in sorted(words)
        if word.encode() in text
    ]
    assert [] == found


def unpacked(name: str, content: bytes) -> list[bytes]:
    """A file, and whatever it packs: the parts of a workbook, the objects and streams of a PDF."""
    if name.endswith(".xlsx"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return [content, *(packed.read(each) for each in packed.namelist())]
    if name.endswith(".pdf"):
        plain = io.BytesIO()
        with pikepdf.open(io.BytesIO(content)) as pdf:
            pdf.save(plain, stream_decode_level=pikepdf.StreamDecodeLevel.generalized, compress_streams=False)
        return [content, plain.getvalue()]
    return [content]


def test_search_sees_what_is_packed(tmp_path):
    """A name in the properties of a workbook or of a PDF is found."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("docProps/core.xml", "canary-user")
    pdf = pikepdf.new()
    pdf.add_blank_page().Contents = pdf.make_stream(b"(canary-user) Tj")
    printed = io.BytesIO()
    pdf.save(printed, compress_streams=True)

    for name, content in (("report.xlsx", packed.getvalue()), ("report.pdf", printed.getvalue())):
        assert any(b"canary-user" in text for text in unpacked(name, content))


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> list[tuple[Surroundings, dict[str, bytes]]]:
    """A small report as it is made in three clones, each at another kind of path, with settings of its own."""
    tmp_path = tmp_path_factory.mktemp("small")
    clones = [
        Surroundings(tmp_path / "a"),
        Surroundings(tmp_path / "weit weg/另一处 ‘über’", ELSEWHERE, umask=0),
        Surroundings(tmp_path / ("x" * 150), NOWHERE, umask=0o077),
    ]
    return [(where, built(where, SMALL, "--language", "zh")) for where in clones]


@pytest.mark.fault(64)
@pytest.mark.fault(65)
@pytest.mark.fault(80)
def test_small_report_has_the_same_bytes_in_any_surroundings(small):
    """Another zone (also one that does not exist), locale, hash seed, umask, and settings of matplotlib and Jupyter."""
    [(_, first), (_, second), (_, third)] = small

    assert len(first) > 15
    assert first == second
    assert first == third


@pytest.mark.fault(78)
@pytest.mark.fault(80)
def test_report_altered_together_with_its_manifest_is_found_out(small):
    """One digit, and its sha256 in the manifest: verify believes it; made again, that line alone differs."""
    where, files = small[0]
    name = "zh/figures.csv"
    folder = where.place / "made" / SMALL
    text = files[name].decode()
    altered = text.replace("\n330600,", "\n330700,", 1)
    (folder / name).write_text(altered, encoding="utf-8", newline="")
    digests = [sha256(each.encode()).hexdigest() for each in (text, altered)]
    manifest = files[MANIFEST].decode()
    assert 1 == manifest.count(digests[0])
    (folder / MANIFEST).write_text(manifest.replace(*digests), encoding="utf-8", newline="")

    believed = where.run("verify", f"made/{SMALL}")
    found = where.run("verify", f"made/{SMALL}", "--rebuild", code=1)

    assert b"Whole: every file is as it was made" in believed.stdout
    told = found.stdout.decode().partition("Made again, it differs:\n")[2].splitlines()
    assert 1 == len(told)
    assert told[0].startswith(f"  made again otherwise: {name}, line 2, character 4: '330700,")
    assert " became '330600," in told[0]
