"""Every chapter of a report, run side by side; what writes pages is imported while the first of them run."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic

from nbformat import NotebookNode

from analysis.execution import coldness, executed
from analysis.gate import Limits
from analysis.parameters import Parameters
from analysis.reuse import Chapters
from analysis.warm import close_all

Executed = dict[Parameters, dict[str, NotebookNode]]
"""The chapters of a report by file name, for each of the parameters that they ran with."""


def all_executed(
    jobs: list[tuple[Path, Parameters]],
    tell: Callable[[str], None],
    network: bool,
    kept: Chapters | None = None,
    at_once: int = 0,
    runs: bool = True,
) -> tuple[Executed, list[str]]:
    """Each chapter with its parameters, by file name and in order; ``at_once``, or as many as there are cores.

    Also a sentence on how they ran, where that was not the usual way; ``runs`` is whether any has to. ``tell`` is
    called with a word for each. Raises what ``executed`` raises; then no chapter runs any more.
    """
    made: Executed = {parameters: {} for _, parameters in jobs}
    with ThreadPoolExecutor(min(len(jobs), at_once or os.cpu_count() or 1)) as pool:
        limits = Limits()
        deadline = monotonic() + limits.report_seconds
        running = [pool.submit(executed, *job, limits, deadline, network, kept=kept) for job in jobs]
        try:
            from analysis import all_editions  # noqa: F401  it takes as long to import as chapters take to begin

            for (path, parameters), future in zip(jobs, running, strict=True):
                made[parameters][path.name] = future.result()
                tell(f"{parameters.language} {path.stem}")
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            close_all()  # so that nobody waits for a cell that hangs
            raise
    cold = coldness(network) if runs else ""
    return made, [f"Every chapter ran in a kernel started for it, which takes longer: {cold}"] if cold else []
