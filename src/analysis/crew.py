"""The workers of a batch: processes on this machine, or those of a Dask cluster that exists."""

import logging
import os
import queue
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from time import monotonic

import dask
from distributed import Client, LocalCluster
from distributed.utils import silence_logging_cmgr

from analysis.basis import Basis, input_files
from analysis.contract import Request
from analysis.errors import AnalysisError, listed
from analysis.parcels import packed
from analysis.workshop import Outcome, Workshop, against_worker, made_by_worker

ANSWER_SECONDS = 5
"""How long a scheduler may take to answer before it is said that it does not."""
WITHOUT_WORKERS_SECONDS = 30.0
PROTOCOL = ("dask", "distributed", "msgpack")
"""What must be of one version for a scheduler to be understood."""


class NoCrew(AnalysisError):
    """There is nobody to make reports: no scheduler, no worker, or none that is as this machine."""


class Crew:
    """Workers that make reports from the inputs that stand here."""

    def __init__(self, client: Client, workshop: str, where: str):
        self._client, self._workshop, self._where = client, workshop, where

    def outcomes(self, wanted: Iterable[Request]) -> Iterator[tuple[Request, Outcome]]:
        """What became of each report, in the order in which they are done.

        Only twice as many as can be made at a time are with the workers, so that memory is bounded. Raises NoCrew if
        the scheduler is gone, or has had no workers for some time, or if a worker came that is not as this machine.
        """
        waiting, running = iter(wanted), {}
        ended: queue.SimpleQueue = queue.SimpleQueue()
        try:
            while True:
                while len(running) < 2 * self._size() and (asked := next(waiting, None)):
                    future = self._begun(asked)
                    running[future.key] = asked, future
                    future.add_done_callback(ended.put)
                if not running:
                    return
                key = self._next(ended)
                asked, future = running.pop(key)
                yield asked, self._outcome(future)
        finally:
            for _, future in running.values():
                with suppress(Exception):  # the scheduler may be gone
                    future.cancel()

    def _begun(self, asked: Request):
        given = {name: getattr(asked, name) for name in ("region", "year", "language", "formats")}
        key = "-".join(["report", *map(str, (asked.region, asked.year, *asked.language, *asked.formats))])
        return self._client.submit(made_by_worker, self._workshop, given, key=f"{key}-{os.urandom(4).hex()}")

    def _outcome(self, future) -> Outcome:
        try:
            outcome = future.result()
        except CancelledError as error:
            raise NoCrew(f"{self._where} is gone; what is finished stays. Run this again") from error
        except Exception as error:  # such as a worker that was killed several times over this report
            return {"failed": f"{type(error).__name__}: {error}"}
        if "refused" in outcome:
            raise NoCrew(f"a worker is not as this machine: {outcome['refused']}; install the same there")
        return outcome

    def _next(self, ended: queue.SimpleQueue) -> str:
        """The key of the next that has ended."""
        alone_since = None
        while True:
            with suppress(queue.Empty):
                return ended.get(timeout=1).key
            if self._client.status != "running":
                raise NoCrew(f"{self._where} is gone; what is finished stays. Run this again")
            if self._threads():
                alone_since = None
            elif monotonic() - (alone_since := alone_since or monotonic()) > WITHOUT_WORKERS_SECONDS:
                raise NoCrew(f"{self._where} has no workers any more; what is finished stays. Run this again")

    def _threads(self) -> int:
        """How many reports can be made at a time."""
        with suppress(Exception):  # asked while the scheduler goes away, which is found out elsewhere
            return sum(each["nthreads"] for each in self._client.scheduler_info(n_workers=-1)["workers"].values())
        return 0

    def _size(self) -> int:
        return max(1, self._threads())


@contextmanager
def crew(basis: Basis, many: int, folder: Path, scheduler: str = "", cache: bool = False) -> Iterator[Crew]:
    """``many`` workers on this machine with their folders in ``folder``, or those of a scheduler that exists.

    Each of them is given the inputs, and must be as this machine: the versions of Python and of all libraries, the lock
    file and the code. All workers of one machine together run about as many chapters at a time as it has cores. With
    ``cache``, what they made before and would come out the same is used again. Raises NoCrew.
    """
    parcel = packed(input_files(basis))
    name = f"ipreport-{sha256(parcel).hexdigest()[:16]}"
    with ExitStack() as stack:
        stack.enter_context(dask.config.set({"distributed.comm.timeouts.connect": f"{ANSWER_SECONDS}s"}))
        client = stack.enter_context(_existing(scheduler) if scheduler else _local(many, folder))
        where = f"the scheduler at {scheduler}" if scheduler else "the cluster on this machine"
        workshop = Workshop(name, parcel, basis, threads=_threads_by_machine(client), cache=cache)
        client.register_plugin(workshop, name=name)
        stack.callback(_left, client, name)
        _require_alike(client, name)
        yield Crew(client, name, where)


@contextmanager
def _local(many: int, folder: Path) -> Iterator[Client]:
    """A cluster of this process's own, which nobody outside of this machine can reach; it ends with this process."""
    quiet = {"n_workers": many, "threads_per_worker": 1, "silence_logs": logging.CRITICAL}
    nowhere = {"dashboard_address": "127.0.0.1:0", "worker_dashboard_address": None}  # two batches need no one port
    with (
        LocalCluster(host="127.0.0.1", local_directory=str(folder), **nowhere, **quiet) as cluster,
        Client(cluster) as client,
    ):
        yield client


@contextmanager
def _existing(address: str) -> Iterator[Client]:
    """A client of a scheduler. Raises NoCrew if it does not answer, has no workers, or is of another version."""
    start = "start one with `dask scheduler`, or leave --scheduler out to use this machine"
    try:
        client = Client(address, timeout=ANSWER_SECONDS, set_as_default=False)
    except (OSError, TimeoutError, ValueError, ImportError) as error:
        said = str(error).partition("\n")[0] or type(error).__name__
        raise NoCrew(f"no scheduler answers at {address} ({said[:200]}); {start}") from error
    with silence_logging_cmgr(logging.CRITICAL), client:  # a scheduler that dies is told of once, by us
        found = client.get_versions()
        here, there = (found[each]["packages"] for each in ("client", "scheduler"))
        if unlike := [
            f"{name} {there[name]} instead of {here[name]}" for name in PROTOCOL if there[name] != here[name]
        ]:
            raise NoCrew(f"the scheduler at {address} has {listed(unlike)}; install the same there")
        try:
            client.wait_for_workers(1, timeout=ANSWER_SECONDS)
        except TimeoutError as error:
            raise NoCrew(
                f"the scheduler at {address} has no workers; start some with `dask worker {address} --nthreads 1`"
            ) from error
        yield client


def _require_alike(client: Client, workshop: str) -> None:
    """Refuse workers that are not as this machine, before the first report. Raises NoCrew."""
    found = client.run(against_worker, workshop, on_error="return")
    if unlike := [f"{worker}: {said}" for worker, said in sorted(found.items()) if said]:
        raise NoCrew(f"not as this machine: {listed(unlike, 3)}; install the same there, and run this again")


def _threads_by_machine(client: Client) -> dict[str, int]:
    found: Counter[str] = Counter()
    for each in client.scheduler_info(n_workers=-1)["workers"].values():
        found[each["host"]] += each["nthreads"]
    return dict(found)


def _left(client: Client, workshop: str) -> None:
    with suppress(Exception):  # the scheduler may be gone
        client.unregister_worker_plugin(workshop)
