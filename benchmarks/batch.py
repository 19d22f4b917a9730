"""A batch that is killed with -9 at random, a hundred times, and started again each time.

    make bench-batch

Each is killed after a time chosen by chance, up to a little more than a whole one takes. After each kill, every report
that stands is held against its manifest, none that stood before is gone, and no process of the batch is left. When a
batch comes to its end, the chapter is changed, so that the next replaces every report. At the end the reports are the
same, byte by byte, as those that `ipreport build` makes one after the other without a cache.
"""

import os
import sys
import tempfile
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from batches import PLACES, Project, files, killed_at_random
from sheet import keep

ROUNDS = 100
MARGIN = 1.1
"""How many times the time of a whole batch it has at the most, so that some come to their end on any machine."""


def main() -> int:
    start = perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        project, os.environ["XDG_CACHE_HOME"] = Project(Path(folder)), str(Path(folder) / "cache")
        project.run("batch", "--runs", project.runs(*PLACES), "--workers", 2, "--output", "first")
        longest = MARGIN * (perf_counter() - start)
        found = killed_at_random(project, ROUNDS, 20220426, longest)
        table = project.runs(*PLACES)
        project.run("batch", "--runs", table, "--workers", 2, "--output", "made")
        project.run("build", "--parameters", table, "--no-cache", "--output", "alone")
        same = files(project.folder / "made") == files(project.folder / "alone")
    for name, many in sorted(found.items()):
        print(f"{many:8} {name}")
    seconds = perf_counter() - start
    print(f"{ROUNDS} rounds in {seconds:.0f} s; at the end {'the same bytes' if same else 'OTHER BYTES'}")
    keep("batch", {"rounds": ROUNDS, "seconds": seconds, "found": dict(found), "same": same})
    return int(not same)


if __name__ == "__main__":
    sys.exit(main())
