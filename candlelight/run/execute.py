"""The one place that submits work: a plain function over jobs, in batches, results in order.

In this process, on a pool of processes, or on a cluster: the results are the same, because a job
is a value and its function looks at nothing else. What a process had that died is done again.
"""

from __future__ import annotations

import functools
import itertools
import os
from collections.abc import Callable, Iterable, Iterator, Sized
from concurrent.futures import Executor
from pathlib import Path
from typing import Protocol, Self, TypeVar

from candlelight.run.course import Course, Crew, DeadlyJob, Fallen, Tell, pool

__all__ = ["Cluster", "DeadlyJob", "Fallen", "Tell", "Workers", "default_count"]

Job = TypeVar("Job")
Result = TypeVar("Result")

_SHARES = 4
"""Batches that each process gets at least, so that all end at about the same time."""


def in_silence(_key: str, **_given: object) -> None:
    pass


class Cluster(Protocol):
    """Processes on other machines, as ``Workers`` needs them.

    *shared*: they see the anthology and the templates where we see them.
    """

    size: int
    shared: bool

    def executor(self) -> Executor: ...
    def reaches(self, folder: Path) -> bool: ...
    def close(self) -> None: ...


class Workers:
    """Runs jobs; the pool starts with the first work that is large enough to need it.

    *count* 1 keeps all work in this process. With *anew* each batch has a process of its own: for
    libraries that never give memory back. Use as a context manager: leaving it ends the pool, at
    once and without finishing what is queued if an exception passes. Then processes that are *anew*
    are killed in the middle of their work, which must leave nothing behind.

    *start* starts another executor than a pool of processes; a *cluster* does what it can do.
    *tell* is told of what the editor should hear.
    """

    def __init__(
        self,
        count: int | None = None,
        start: Callable[[], Executor] | None = None,
        *,
        anew: bool = False,
        cluster: Cluster | None = None,
        tell: Tell = in_silence,
    ) -> None:
        self.count = count or default_count()
        self._anew = anew
        self._tell = tell
        self._cluster = cluster
        self._here = Crew(self.count, start or functools.partial(pool, self.count, anew=anew))
        self._there = Crew(cluster.size, cluster.executor) if cluster else None

    def map(  # noqa: PLR0913 - every call names them
        self,
        work: Callable[[Job], Result],
        jobs: Iterable[Job],
        *,
        batch: int,
        alone: int = 0,
        done: Callable[[int], object] = str,
        total: int | None = None,
        lost: Callable[[Job], Result] | None = None,
        anywhere: bool = False,
    ) -> Iterator[Result]:
        """Yield ``work(job)`` for each of *jobs*, in order; *done* is told how many are through.

        *batch* jobs at most go to a process at a time; up to *alone* jobs are done in this
        process: a pool would take longer to start. *total* is the number of *jobs* that have no
        length; they are taken as they are needed, never all at once.

        *lost* gives the result of a job that killed each process that did it; without it that is
        a DeadlyJob. *anywhere* says that a job holds all that *work* reads, and its result all
        that it writes: a cluster may then do it that sees none of our folders.
        """
        number = _length(jobs, total)
        crew = self._crew(anywhere)
        if number <= alone or (crew is self._here and self.count == 1):
            for job in jobs:
                yield work(job)
                done(1)
            return
        size = batch if self._anew else max(1, min(batch, -(-number // (crew.size * _SHARES))))
        course = Course(crew, work, _batches(jobs, size), lost, self._tell)
        try:
            for results in course.results():
                yield from results
                done(len(results))
        finally:
            course.cancel()

    def reaches(self, folder: Path) -> bool:
        """Whether every worker sees *folder* as this process does, and may write in it."""
        return self._cluster is None or self._cluster.reaches(folder)

    @property
    def sees_all(self) -> bool:
        """Whether every worker sees the anthology: then nothing need be shipped."""
        return self._cluster is None or self._cluster.shared

    def warm(self) -> None:
        """Begin to start processes, without waiting: work is on its way."""
        if self.count > 1 and self._crew(anywhere=False) is self._here:
            from candlelight.run import processes

            processes.warm()

    def restart(self) -> None:
        """Give up a pool whose process died; the next work that needs one starts another."""
        self._here.replace()

    def _crew(self, anywhere: bool) -> Crew:
        if self._there and self._cluster and (anywhere or self._cluster.shared):
            return self._there
        return self._here

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None and self._anew and self._here.executor is not None:
            from candlelight.run import processes

            # One job more than processes waits in the pool's pipe, which cancels no more. Once
            # the pool ends, nobody takes the place of a process: all would wait for ever.
            processes.terminate(self._here.executor)
        self._here.end(wait=kind is None or self._anew)
        if self._there and self._cluster:
            self._there.end(wait=False)
            self._cluster.close()


def default_count() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _batches(jobs: Iterable[Job], size: int) -> Iterator[list[Job]]:
    rest = iter(jobs)
    while batch := list(itertools.islice(rest, size)):
        yield batch


def _length(jobs: Iterable[object], total: int | None) -> int:
    if total is not None:
        return total
    if isinstance(jobs, Sized):
        return len(jobs)
    raise TypeError("jobs without a length need a total")
