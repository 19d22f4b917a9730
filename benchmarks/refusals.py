"""How quickly, and how helpfully, a set of parameters that no report can be made of is refused.

    make bench-refusals

Ten thousand sets go through the contract in this process, and `CALLS` of them through the command, each in a process
of its own, as when somebody mistypes it. A refusal is helpful if it names the field and the value meant or those that
exist. Fails if one set is accepted, fewer than 95 % of the refusals help, one takes half a second in this process, or
the median by the command does, which includes the start of Python.
"""

import subprocess
import sys
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from bad_sets import bad_sets

from analysis.contract import request
from analysis.errors import BadRequest
from analysis.figures import load_figures

MANY, CALLS, MOST_SECONDS, LEAST_HELPFUL = 10_000, 20, 0.5, 0.95


def main() -> int:
    figures = load_figures()
    times, accepted, helpful = [], 0, 0
    for each in bad_sets(figures, MANY):
        start = perf_counter()
        try:
            request(each.given, text=each.text, figures=figures)
            accepted += 1
        except BadRequest as error:
            helpful += all(part in str(error) for part in each.helpful)
        times.append(perf_counter() - start)
    print(f"{MANY} sets: {accepted} accepted, {helpful / MANY:.1%} of refusals with the right hint")
    print(f"in one process: median {median(times) * 1000:.2f} ms, slowest {max(times) * 1000:.1f} ms")

    calls = [
        each.given
        for each in islice(bad_sets(figures, 200), 200)
        if each.text and set(each.given) == {"region", "year"}
    ]
    calls = [
        given for given in calls if str(given).isprintable() and "\\x00" not in str(given) and "\\ud" not in str(given)
    ]
    by_command, codes = [], set()
    for given in calls[:CALLS]:
        start = perf_counter()
        command = [sys.executable, "-c", "from analysis.command import main; main()", "build"]
        options = [f"--{name}={value}" for name, value in given.items()]
        codes.add(subprocess.run([*command, *options], capture_output=True, check=False).returncode)
        by_command.append(perf_counter() - start)
    print(f"by the command: median {median(by_command):.2f} s, slowest {max(by_command):.2f} s, exit codes {codes}")
    slow = max(max(times), median(by_command)) >= MOST_SECONDS
    return int(bool(accepted) or helpful < LEAST_HELPFUL * MANY or slow or codes != {1})


if __name__ == "__main__":
    sys.exit(main())
