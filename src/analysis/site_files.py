"""Writing the site: everything is made aside and moved into place, and only what an earlier run made is taken away."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from analysis import paths
from analysis.cells import visible
from analysis.citation import cited_texts
from analysis.errors import OutputError, RenderingError, listed
from analysis.placing import staging
from analysis.site_cards import cards_of, description, picture_path, stems
from analysis.site_comparison import compared
from analysis.site_feeds import feed, sitemap
from analysis.site_frames import Site, base_address
from analysis.site_pages import compare_page, index_page, short_page
from analysis.site_reports import site_reports
from analysis.site_voices import VOICES

RECORD = "site.json"
"""The list of the files that a run made, by which the next one knows them."""


@dataclass(frozen=True, slots=True)
class Written:
    """The files of the site, relative to its folder, those taken away, and what is wrong with what was left out."""

    files: tuple[str, ...]
    removed: tuple[str, ...]
    problems: tuple[str, ...]


def write_site(
    output: Path = paths.REPORTS,
    base_url: str = "",
    data: Path = paths.DATA,
    tell: Callable[[str], None] = lambda step: None,
) -> Written:
    """Write the site of the reports that stand in a folder, into that folder.

    ``tell`` is called with the name of each file made. A report that cannot be read back is left out and named among
    the problems. Raises BadParameter for a ``base_url`` that is no address, and OutputError if the folder cannot be
    written, or holds a file of the same name that no earlier run made; then everything stays as it was.
    """
    base = base_address(base_url) if base_url else ""
    reports, problems = site_reports(output, data)
    site = Site(reports, compared(reports, data), base, data)
    with staging(output) as aside:
        files = []
        for name, made in _contents(site, problems):
            path = aside / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(made if isinstance(made, bytes) else visible(made).encode("utf-8"))
            files.append(name)
            tell(name)
        removed = _placed(aside, output, sorted(files))
    return Written(tuple(sorted(files)), removed, tuple(problems))


def _contents(site: Site, problems: list[str]) -> Iterator[tuple[str, str | bytes]]:
    """Every file of the site: its name and what it holds. Pictures come first, because pages name those that exist."""
    for voice in VOICES:
        for name, card in cards_of(site, voice):
            path = picture_path(name, voice)
            try:
                yield path, card.picture()
            except RenderingError as error:
                problems.append(f"{path} is left out: {error}")
                continue
            for stem in stems(site, name):
                site.pictures[stem, voice.name] = (path, description(card, voice))
    for voice in VOICES:
        yield voice.file("index"), index_page(site, voice)
        yield voice.file("compare"), compare_page(site, voice)
        yield voice.file("feed", "xml"), feed(site, voice)
        for region, of_place in groupby(site.reports, key=lambda report: report.region.region):
            reports = list(of_place)
            for stem, report in [("index", reports[0]), *((str(each.year), each) for each in reports)]:
                yield voice.file(f"{region}/{stem}"), short_page(site, voice, report, f"{region}/{stem}")
    for report in site.reports:
        for ending, text in cited_texts([told.cited for told in report.told.values()], site.base).items():
            yield f"citations/{report.name}.{ending}", text
    if site.base:
        yield "sitemap.xml", sitemap(site)


def _placed(aside: Path, output: Path, files: list[str]) -> tuple[str, ...]:
    """Move every file into place; take away, and return, those of an earlier run that were not made again.

    The record names old and new files while they are moved, so that a run that was cut off leaves none unknown.
    """
    before = _recorded(output)
    linked = [name for name in files if (output / name).parent.is_symlink() and "/" in name]
    if strange := linked + [name for name in files if name not in before and _stands(output, name)]:
        raise OutputError(
            f"{output} holds {listed(strange, 3)}, which `ipreport site` did not make; nothing was written. "
            "Move it elsewhere, or choose another folder with --output"
        )
    _record(aside, output, sorted({*before, *files}))
    for name in files:
        (output / name).parent.mkdir(exist_ok=True)
        (aside / name).replace(output / name)
    removed = [name for name in before if name not in files and _stands(output, name)]
    for name in removed:
        (output / name).unlink()
        if "/" in name and not any((output / name).parent.iterdir()):
            (output / name).parent.rmdir()
    _record(aside, output, files)
    return tuple(removed)


def _recorded(output: Path) -> list[str]:
    """The files that earlier runs made. Raises OutputError for a record that names anything outside the folder."""
    path = output / RECORD
    if not path.exists():
        return []
    try:
        names = json.loads(path.read_text(encoding="utf-8"))["files"]
        fit = all(_is_inside(name) for name in names)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise OutputError(f"{path} is no record of `ipreport site` ({error}); move it elsewhere") from error
    if not fit:
        raise OutputError(f"{path} names a file outside {output}; move it elsewhere")
    return names


def _is_inside(name: str) -> bool:
    parts = name.split("/")
    return len(parts) <= 2 and all(part and not part.startswith(".") for part in parts)


def _stands(output: Path, name: str) -> bool:
    return (output / name).exists() or (output / name).is_symlink()


def _record(aside: Path, output: Path, files: list[str]) -> None:
    made = aside / RECORD
    made.write_text(json.dumps({"made by": "ipreport site", "files": files}, indent=1) + "\n", encoding="utf-8")
    made.replace(output / RECORD)
