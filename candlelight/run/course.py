"""One work on its way: batches in flight, results in order, and what a dead process had done again.

A process may die of a photo that breaks the decoder, or because the machine ran out of memory.
What was in its pool is sent once more; if that breaks too, each batch is looked at by itself, in
a process that is only for it, and halved until the job that kills is alone.
"""

from __future__ import annotations

import functools
import pickle
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from typing import Generic, NamedTuple, TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")

_AHEAD = 4
"""Batches a process that are begun or wait: enough that none is idle, few enough for memory."""

_MOST_BYTES = 64 << 20
"""What the batches in flight may weigh together, with the results that wait for their turn,
unless a single one weighs more."""

_FALLS = 2
"""How often a batch may be in a pool that breaks before it is looked at by itself."""


Tell = Callable[..., object]
"""Says the sentence of a key, its braces filled."""


class Fallen(BrokenExecutor):
    """One batch killed every process that it was given to; the others go on."""


class DeadlyJob(BrokenExecutor):
    """A job that kills whatever process does it; *path* is the document or photo it is about."""

    def __init__(self, job: object) -> None:
        self.path = str(getattr(job, "path", "")) or type(job).__name__
        super().__init__(self.path)


class UnfitExecutor(Exception):
    """A cluster that cannot be used; *key* and *given* say why."""

    def __init__(self, key: str, **given: object) -> None:
        super().__init__(key)
        self.key = key
        self.given = given

    def __reduce__(self) -> tuple[Callable[..., UnfitExecutor], tuple[object, ...]]:
        return _unfit, (self.key, self.given)


def _unfit(key: str, given: dict[str, object]) -> UnfitExecutor:
    return UnfitExecutor(key, **given)


class Crew:
    """*size* processes, started when they are needed; where they broke, others take their place."""

    def __init__(self, size: int, start: Callable[[], Executor]) -> None:
        self.size = size
        self.executor: Executor | None = None
        self._start = start

    def submit(self, work: bytes, jobs: bytes) -> Future[bytes]:
        """The results of *jobs*, pickled; a broken pool is told by the future alone."""
        if self.executor is None:
            self.executor = self._start()
        try:
            return self.executor.submit(_work_through, work, jobs)
        except BrokenExecutor as broken:
            failed: Future[bytes] = Future()
            failed.set_exception(broken)
            return failed

    def replace(self) -> None:
        self.end(wait=True)

    def end(self, *, wait: bool) -> None:
        if self.executor is not None:
            self.executor.shutdown(wait=wait, cancel_futures=True)
            self.executor = None


class _Batch(NamedTuple):
    """*number* jobs, pickled, on their way; *falls* times a pool broke under them.

    Of what is back, only the results are kept.
    """

    jobs: bytes
    number: int
    future: Future[bytes]
    falls: int = 0


class Course(Generic[Job, Result]):
    """The batches of one work: as many in flight as *crew* can use, given back in order.

    What is back before its turn waits, and others fly in its place: one long job at the head
    leaves no process idle.
    """

    def __init__(
        self,
        crew: Crew,
        work: Callable[[Job], Result],
        batches: Iterator[list[Job]],
        lost: Callable[[Job], Result] | None,
        tell: Tell,
    ) -> None:
        self._crew, self._batches, self._lost, self._tell = crew, batches, lost, tell
        # Pickled here and once, so that what is in flight can be weighed, and be sent again.
        self._work = pickle.dumps(work, pickle.HIGHEST_PROTOCOL)
        self._flying: deque[_Batch] = deque()

    def results(self) -> Iterator[list[Result]]:
        """The results of each batch."""
        while self._fill():
            batch = self._flying[0]
            if not batch.future.done():
                out = [one.future for one in self._flying if not one.future.done()]
                wait(out, return_when=FIRST_COMPLETED)
                continue
            try:
                results: list[Result] = pickle.loads(batch.future.result())  # noqa: S301 - ours
            except Fallen:
                results = self._apart(batch.jobs)
            except BrokenExecutor:
                self._again()
                continue
            self._flying.popleft()
            yield results

    def cancel(self) -> None:
        """Begin nothing more."""
        for batch in self._flying:
            batch.future.cancel()

    def _fill(self) -> bool:
        """Have enough in flight; False if nothing is left."""
        most = self._crew.size * _AHEAD
        weight = out = 0
        for index, batch in enumerate(self._flying):
            if not _is_back(batch):
                weight, out = weight + len(batch.jobs), out + 1
                continue
            weight += len(batch.future.result())
            if batch.jobs:
                self._flying[index] = batch._replace(jobs=b"")
        while out < most and weight < _MOST_BYTES:
            jobs = next(self._batches, None)
            if jobs is None:
                break
            packed = pickle.dumps(jobs, pickle.HIGHEST_PROTOCOL)
            future = self._crew.submit(self._work, packed)
            self._flying.append(_Batch(packed, len(jobs), future))
            weight, out = weight + len(packed), out + 1
        return bool(self._flying)

    def _again(self) -> None:
        """A process died, and its pool with it: send again whatever has not come back."""
        self._crew.replace()
        lost = sum(batch.number for batch in self._flying if not _is_back(batch))
        self._tell("worker-lost", jobs=lost)
        for index, batch in enumerate(self._flying):
            if _is_back(batch):
                continue
            if batch.falls + 1 < _FALLS:
                future = self._crew.submit(self._work, batch.jobs)
            else:
                future = Future()
                future.set_result(pickle.dumps(self._apart(batch.jobs)))
            self._flying[index] = batch._replace(future=future, falls=batch.falls + 1)

    def _apart(self, packed: bytes) -> list[Result]:
        """The results of jobs that may kill: halved until the one that does is by itself."""
        try:
            return _in_a_fresh_process(self._work, packed)
        except BrokenExecutor:
            jobs: list[Job] = pickle.loads(packed)  # noqa: S301 - ours
        if len(jobs) == 1:
            return [self._without(jobs[0])]
        half = len(jobs) // 2
        return self._apart(pickle.dumps(jobs[:half])) + self._apart(pickle.dumps(jobs[half:]))

    def _without(self, job: Job) -> Result:
        """What stands for a job that nobody survives. Raises DeadlyJob."""
        # No job is to blame on a machine where every process dies.
        _in_a_fresh_process(pickle.dumps(str), pickle.dumps([""]))
        if self._lost is None:
            raise DeadlyJob(job)
        return self._lost(job)


def pool(count: int, *, anew: bool) -> Executor:
    """Processes of this machine."""
    # Late: a run in which nothing changed has no work for it.
    from candlelight.run import processes

    return processes.pool(count, anew=anew)


def _in_a_fresh_process(work: bytes, jobs: bytes) -> list[Result]:
    """Raises BrokenExecutor if it dies."""
    with pool(1, anew=True) as executor:
        results: list[Result] = pickle.loads(  # noqa: S301 - ours
            executor.submit(_work_through, work, jobs).result()
        )
        return results


def _is_back(batch: _Batch) -> bool:
    return batch.future.done() and batch.future.exception() is None


_one_at_a_time = threading.Lock()
"""The libraries that jobs use are not made for threads, which a cluster's worker may have."""


def _work_through(work: bytes, jobs: bytes) -> bytes:
    """In a worker: what *work* makes of *jobs*, all of them pickled."""
    with _one_at_a_time:
        do = _unpacked(work)
        results = [do(job) for job in pickle.loads(jobs)]  # noqa: S301 - from our own build
        return pickle.dumps(results, pickle.HIGHEST_PROTOCOL)


@functools.lru_cache(maxsize=4)
def _unpacked(work: bytes) -> Callable[[object], object]:
    """The same work comes with every batch."""
    do: Callable[[object], object] = pickle.loads(work)  # noqa: S301 - from our own build
    return do
