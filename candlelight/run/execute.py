"""The one place that submits work: a plain function over jobs, in batches, results in order.

In this process, on a pool of processes, or on any other ``concurrent.futures.Executor``: the
results are the same, because a job is a value and its function looks at nothing else.
"""

from __future__ import annotations

import functools
import itertools
import os
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from typing import Self, TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")


class Workers:
    """Runs jobs; the pool starts with the first work that is large enough to need it.

    *count* 1 keeps all work in this process. With *anew* each batch has a process of its own: for
    libraries that never give memory back. Use as a context manager: leaving it ends the pool, at
    once and without finishing what is queued if an exception passes. Then processes that are *anew*
    are killed in the middle of their work, which must leave nothing behind.
    """

    def __init__(
        self,
        count: int | None = None,
        executor: Executor | None = None,
        *,
        anew: bool = False,
    ) -> None:
        self.count = count or default_count()
        self._executor = executor
        self._anew = anew

    def map(
        self,
        work: Callable[[Job], Result],
        jobs: Sequence[Job],
        *,
        batch: int,
        alone: int = 0,
        done: Callable[[int], object] = str,
    ) -> Iterator[Result]:
        """Yield ``work(job)`` for each of *jobs*, in order; *done* is told how many are through.

        Up to *alone* jobs are done in this process: a pool would take longer to start.
        """
        if self.count == 1 or len(jobs) <= alone:
            for job in jobs:
                yield work(job)
                done(1)
            return
        run = functools.partial(_work_through, work)
        for results in self._pool().map(run, _batches(jobs, batch)):
            yield from results
            done(len(results))

    def _pool(self) -> Executor:
        if self._executor is None:
            # Late: a run in which nothing changed has no work for it.
            import multiprocessing
            from concurrent.futures import ProcessPoolExecutor

            # Spawned workers inherit nothing: threads, locks and open files cannot cross.
            context = multiprocessing.get_context("spawn")
            self._executor = ProcessPoolExecutor(
                self.count,
                mp_context=context,
                # One or no limit: with any other, Python before 3.15 may wait for ever
                # (github.com/python/cpython/issues/115634).
                max_tasks_per_child=1 if self._anew else None,
                # Ctrl-C reaches every process of a terminal; the one that started them answers it.
                initializer=signal.signal,
                initargs=(signal.SIGINT, signal.SIG_IGN),
            )
        return self._executor

    def restart(self) -> None:
        """Give up a pool whose process died; the next work that needs one starts another."""
        if self._executor is not None:
            self._executor.shutdown(wait=False, cancel_futures=True)
            self._executor = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._executor is not None:
            if kind is not None and self._anew:
                # One job more than processes waits in the pool's pipe, which cancels no more. Once
                # the pool ends, nobody takes the place of a process: all would wait for ever.
                for process in list(getattr(self._executor, "_processes", {}).values()):
                    process.terminate()
            self._executor.shutdown(wait=kind is None or self._anew, cancel_futures=True)
            self._executor = None


def default_count() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _work_through(work: Callable[[Job], Result], jobs: Sequence[Job]) -> list[Result]:
    return [work(job) for job in jobs]


def _batches(jobs: Iterable[Job], size: int) -> Iterator[list[Job]]:
    rest = iter(jobs)
    while batch := list(itertools.islice(rest, size)):
        yield batch
