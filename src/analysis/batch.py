"""Many reports: what is there already stays, the rest is made by workers, and each goes into place by itself.

Whether a report is there is told by its own manifest, and by nothing else: whoever is killed and starts again goes on
where they were, because what was finished is whole and what was not is not there.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from analysis.basis import Basis, basis_here, stands
from analysis.contract import Request
from analysis.destinations import Destination
from analysis.errors import AnalysisError
from analysis.manifest import manifest_in
from analysis.parcels import BadParcel, unpack
from analysis.placing import put_in_place, staging
from analysis.reach import Readings
from analysis.sealing import seal
from analysis.shelf import ENOUGH
from analysis.store import Store
from analysis.verifying import wrong_files

NAME = "batch"
MADE, THERE, UNAFFECTED, FAILED, LEFT = "made", "already there", "not affected", "failed", "not begun"
"""``UNAFFECTED`` is what stands there, was made from other data, and would come out the same from those of now."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one report asked for; ``said`` is why it failed, with chapter and cell where there is one."""

    asked: Request
    fate: str
    said: str = ""


def batch(
    wanted: Iterable[Request],
    destination: Destination,
    many: int,
    scheduler: str = "",
    keep_going: bool = False,
    tell: Callable[[Result], None] = lambda result: None,
    store: Store | None = None,
) -> list[Result]:
    """Make the reports asked for and put each in its place; returns what became of each, in the same order.

    ``many`` workers on this machine make them, or those of a ``scheduler``. A report that fails keeps its previous
    version; the others are made too if ``keep_going``, or else those not begun are left. With a ``store``, a report is
    made again only if something that it reads has changed, and of its chapters only those that do. Raises NoCrew,
    OutputError, and OutputBusy if another batch has the same destination; what was finished before stays.
    """
    wanted, basis = list(wanted), basis_here()
    readings = Readings(store, basis) if store else None
    results: dict[Request, Result] = {}

    def note(asked: Request, fate: str, said: str = "") -> None:
        results[asked] = Result(asked, fate, said)
        tell(results[asked])

    with destination.open() as output, staging(output, ENOUGH, NAME) as aside:
        for asked in wanted:
            if found := _found(asked, basis, aside, destination, readings):
                note(asked, found)
        todo = [asked for asked in wanted if asked not in results]
        if todo:
            from analysis.crew import crew  # which takes seconds to import, and is not needed where all is there

            with crew(basis, min(many, len(todo)), aside, scheduler, readings is not None) as workers:
                for asked, outcome in workers.outcomes(todo):
                    said = outcome.get("failed") or _placed(asked, outcome, basis, aside, destination, readings)
                    note(asked, FAILED if said else MADE, str(said))
                    if said and not keep_going:
                        break
    return [results.get(asked) or Result(asked, LEFT) for asked in wanted]


def _found(asked: Request, basis: Basis, aside: Path, destination: Destination, readings: Readings | None) -> str:
    """Whether a report need not be made, and why; nothing if it must be."""
    place = destination.fetched(_name(asked))
    if stands(place, asked, basis):
        return THERE
    if readings and readings.renewed(place, asked, aside):
        destination.send(_name(asked))
        return UNAFFECTED
    return ""


def _placed(
    asked: Request,
    outcome: dict[str, bytes],
    basis: Basis,
    aside: Path,
    destination: Destination,
    readings: Readings | None,
) -> str:
    """Put a report that came from a worker into its place, if it is whole; otherwise what is wrong with it."""
    made = Path(mkdtemp(dir=aside)) / _name(asked)
    try:
        unpack(outcome["made"], made)
        manifest = manifest_in(made)
        wrong = list(wrong_files(made, manifest))
        if wrong or not stands(made, asked, basis):
            raise BadParcel(f"what came from the worker is not what was asked for: {'; '.join(wrong[:3])}")
        [making] = manifest.makings
        place = destination.place(_name(asked))
        put_in_place(made, place, keep=True, seal=seal(asked, making, place))
        destination.send(_name(asked))
        if readings and "reads" in outcome:
            readings.keep(asked, manifest, outcome["reads"])
    except AnalysisError as error:
        return str(error)
    return ""


def _name(asked: Request) -> str:
    return f"{asked.region}-{asked.year}"
