"""Publishers that are killed at random, and a reader who looks at every version whole."""

import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

PUBLISHER = """
import sys
from pathlib import Path
from analysis.placing import put_in_place, staging
output, token = Path(sys.argv[1]), sys.argv[2]
print(flush=True)
for turn in range(1000):
    with staging(output) as aside:
        for name in ("en/index.html", "en/chapters/a", "zh/index.html", "figures.csv"):
            path = aside / "report" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{token}-{turn}", encoding="utf-8")
        put_in_place(aside / "report", output / "report")
"""
FILES = ("en/index.html", "en/chapters/a", "zh/index.html", "figures.csv")


def look(place: Path) -> str:
    """What a reader who holds the folder finds: whole, overtaken (it is another folder by now), or broken."""
    try:
        held = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        return "nothing there"
    try:
        tokens = set()
        for name in FILES:
            with open(os.open(name, os.O_RDONLY, dir_fd=held), encoding="utf-8") as file:
                tokens.add(file.read())
        return "whole" if len(tokens) == 1 and "" not in tokens else f"broken: {sorted(tokens)}"
    except FileNotFoundError as error:
        overtaken = os.fstat(held).st_ino != os.stat(place).st_ino
        return "overtaken" if overtaken else f"broken: {error.filename} is missing"
    finally:
        os.close(held)


def rounds_of(output: Path, rounds: int, seed: int) -> Counter:
    """What a reader found while two publishers worked and were killed, ``rounds`` times; and what each round left."""
    chance = random.Random(seed)
    found: Counter = Counter()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            found[look(output / "report")] += 1

    publish([sys.executable, "-c", PUBLISHER, str(output), "first"], 1.0)
    assert "whole" == look(output / "report")
    reader = threading.Thread(target=read)
    reader.start()
    try:
        for turn in range(rounds):
            commands = [[sys.executable, "-c", PUBLISHER, str(output), f"{turn}-{each}"] for each in "ab"]
            running = [subprocess.Popen(each, stdout=subprocess.PIPE) for each in commands]
            for each in running:
                each.stdout.readline()
            for each in chance.sample(running, 2):
                with_delay(each, chance.uniform(0, 0.15))
                found["killed"] += 1
            found[f"after a round {look(output / 'report')}"] += 1
    finally:
        done.set()
        reader.join()
    return found


def publish(command: list[str], seconds: float) -> None:
    """Let a publisher work for some time, and kill it."""
    running = subprocess.Popen(command, stdout=subprocess.PIPE)
    running.stdout.readline()
    with_delay(running, seconds)


def with_delay(running: subprocess.Popen, seconds: float) -> None:
    """Kill -9 after some time, or at once where it has ended."""
    try:
        running.wait(seconds)
    except subprocess.TimeoutExpired:
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
    running.stdout.close()
