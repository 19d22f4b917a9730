"""A process that makes one report after the other for a worker: the program of ``python -m analysis.run_process``.

It is a process of its own because the folder of the inputs is fixed when it starts, and because it can be killed. It
reads a line of JSON for each report asked for and answers with one; the first line that it says is what it works with.
It ends when nobody can ask any more, also in the middle of a report, or when it was not asked for long.
"""

import json
import os
import queue
import sys
import threading
from pathlib import Path

NOTES = "reads"
IDLE = 300.0
"""Seconds after which a process that nobody asks is not kept."""


def main() -> None:
    """Say what there is to work with, then make what is asked for."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # so that nothing printed by a library gets between the answers
    asked: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(asked,), daemon=True).start()
    from analysis.basis import basis_here

    _say(answers, basis_here().as_dict())
    while True:
        try:
            line = asked.get(timeout=IDLE)
        except queue.Empty:
            return
        _say(answers, _answer(**json.loads(line)))


def _answer(
    region: str, year: int, language: list[str], formats: list[str], output: str, at_once: int = 0, cache: bool = False
) -> dict[str, str]:
    """Make one report; what went wrong is an answer too. What it asked of the data is left beside it."""
    from analysis import reads
    from analysis.building import build
    from analysis.errors import AnalysisError
    from analysis.reach import packed_notes
    from analysis.store import Store, default_folder

    done: list[str] = []
    asked = (region, year, tuple(language), tuple(formats), Path(output), done.append)
    try:
        if cache:
            with reads.recorded() as notes:
                build(*asked, at_once=at_once, store=Store(default_folder()))
            if done:  # else it was there as a whole, and asked nothing
                (Path(output) / NOTES).write_bytes(packed_notes(notes.items()))
        else:
            build(*asked, at_once=at_once)
    except AnalysisError as error:
        return {"failed": str(error)}
    except Exception as error:  # whatever it is, the other reports are made
        return {"failed": f"{type(error).__name__}: {error}"}
    return {"made": f"{region}-{year}"}


def _listen(asked: queue.SimpleQueue) -> None:
    for line in sys.stdin:
        asked.put(line)
    os._exit(0)  # whoever asked is gone, and with this process goes the warm one that it started


def _say(answers, told: dict) -> None:
    answers.write(json.dumps(told) + "\n")
    answers.flush()


if __name__ == "__main__":
    main()
