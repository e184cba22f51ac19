"""The cache and the workers of one command, opened together and closed whatever happens."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator
from pathlib import Path

from candlelight.run.cache import Cache
from candlelight.run.course import Tell
from candlelight.run.execute import Workers, in_silence
from candlelight.run.remember import Memory
from candlelight.run.version import code_version

_SELDOM = 200_000
"""New objects between two searches for rings of garbage."""


@contextlib.contextmanager
def session(
    folder: Path,
    workers: int | None = None,
    *,
    executor: str | None = None,
    tell: Tell = in_silence,
) -> Iterator[Memory]:
    """A memory in *folder* with *workers* processes (None: as many as the machine has).

    *executor* is the address of a cluster that helps; *tell* is told what way work takes. Raises
    UnfitExecutor, before anything is touched.
    """
    with _workers(folder, workers, executor, tell) as pool:
        cache = Cache.open(folder, code_version())
        before = gc.get_threshold()
        # A fifth of a large build went into looking for rings among facts that have none.
        gc.set_threshold(_SELDOM, *before[1:])
        try:
            yield Memory(cache, pool)
        finally:
            gc.set_threshold(*before)
            cache.close()


def _workers(folder: Path, count: int | None, executor: str | None, tell: Tell) -> Workers:
    if not executor:
        return Workers(count, tell=tell)
    # Late: it is for large anthologies.
    from candlelight.run.cluster import connect

    return Workers(count, cluster=connect(executor, folder, tell), tell=tell)
