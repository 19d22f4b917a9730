"""Two publishers and a reader, with kill -9 at random, on the folder of the reports.

    make bench-shelf

A hundred rounds; in each, two processes publish as quickly as they can and are killed after up to a sixth of a second,
while a reader opens the folder again and again and looks at every file of the version found.
"""

import sys
import tempfile
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from publishing import rounds_of

ROUNDS = 100


def main() -> int:
    start = perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        found = rounds_of(Path(folder), ROUNDS, seed=20220426)
    for name, many in sorted(found.items()):
        print(f"{many:8} {name}")
    print(f"{ROUNDS} rounds in {perf_counter() - start:.0f} s")
    good = {"whole", "overtaken", "killed", "after a round whole"}
    return int(bool(found.keys() - good) or found["after a round whole"] != ROUNDS)


if __name__ == "__main__":
    sys.exit(main())
