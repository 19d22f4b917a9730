"""A report with planted faults as files: the sheet for learners, the key apart, and nothing of it in the sheet."""

import json
from pathlib import Path

import nbformat

from analysis import render
from analysis.codebook import LANGUAGES
from analysis.edition import Edition
from analysis.fault_checks import Caught, caught
from analysis.fault_pages import handout, key, learner_notebook, told, where
from analysis.fault_sheet import NAME, Sheet
from analysis.figures import load_figures
from analysis.parameters import Parameters
from analysis.placing import put_in_place, staging
from analysis.planted_faults import Fault, plan
from analysis.shelf import ENOUGH
from analysis.tables import plain_text
from analysis.teaching_leaks import SolutionLeft, written

FORMAT = "ipreport faults 1"


def write_faults(region: str, year: int, output: Path, *, seed: int = 0, count: int = 3) -> Path:
    """Make OUTPUT/REGION-YEAR-faults-SEED with ``students/`` and ``instructor/``; return it.

    Raises NoSuchFault if there are too few places for so many faults, and SolutionLeft if anything of the key stood in
    what learners get; what stood in ``output`` before then stays as it was.
    """
    figures = load_figures()
    place = output / f"{region}-{year}-faults-{seed}"
    with staging(output, ENOUGH) as aside:
        whole, entries = aside / place.name, []
        for language in LANGUAGES:
            Parameters(region, year, language).require(figures)
            edition = Edition(region, year, language, figures, figures.data)
            sheet = Sheet(edition, plan(edition, seed, count), seed)
            found = {fault.kind: caught(sheet, fault) for fault in sheet.faults}
            _write_students(sheet, whole / "students" / language)
            _write_key(sheet, found, whole / "instructor" / language)
            entries.append([_entry(sheet, fault, found[fault.kind]) for fault in sheet.faults])
        about = {"format": FORMAT, "region": region, "year": year, "seed": seed}
        faults = [dict(zip(LANGUAGES, each, strict=True)) for each in zip(*entries, strict=True)]
        text = json.dumps(about | {"faults": faults}, ensure_ascii=False, indent=1, sort_keys=True)
        (whole / "instructor/key.json").write_text(text + "\n", encoding="utf-8")
        (whole / "instructor/key.json").chmod(0o600)
        return put_in_place(whole, place)


def require_clean(sheet: Sheet, files: dict[str, bytes]) -> None:
    """Refuse files for learners that tell of a fault what was done, what is right, or its kind. Raises SolutionLeft."""
    shown = {plain_text(sheet.sentence(item, True)) for item in sheet.items}
    marks = {fault.kind for fault in sheet.faults}
    for fault in sheet.faults:
        texts = {name: plain_text(text) for name, text in told(sheet, fault).items()}
        marks |= {text for name, text in texts.items() if name != "stands" and text not in shown}
    left = [f"{name}: {mark!r}" for name, content in sorted(files.items()) for mark in sorted(marks)
            if any(form in content for form in written(mark))]  # fmt: skip
    if left:
        raise SolutionLeft(f"the sheet with faults holds something of its key: {'; '.join(left)}")


def _write_students(sheet: Sheet, folder: Path) -> None:
    folder.mkdir(parents=True)
    page = handout(sheet)
    files = {
        f"{NAME}.html": render.html(page).encode(),
        f"{NAME}.ipynb": nbformat.writes(learner_notebook(sheet)).encode(),
    }
    require_clean(sheet, files)
    for name, content in (files | {f"{NAME}.pdf": render.pdf(page)}).items():
        (folder / name).write_bytes(content)


def _write_key(sheet: Sheet, found: dict[str, list[Caught]], folder: Path) -> None:
    folder.mkdir(parents=True)
    page = key(sheet, found)
    (folder / "key.html").write_text(render.html(page), encoding="utf-8")
    (folder / "key.pdf").write_bytes(render.pdf(page))


def _entry(sheet: Sheet, fault: Fault, found: list[Caught]) -> dict[str, object]:
    texts = {name: plain_text(text) for name, text in told(sheet, fault).items()}
    checks = [{"check": each.check, "of": each.of, "said": plain_text(each.said)} for each in found]
    return {"kind": fault.kind, "item": fault.item, "where": where(sheet, fault), **texts, "caught_by": checks}
