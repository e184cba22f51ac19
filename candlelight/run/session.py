"""The cache and the workers of one command, opened together and closed whatever happens."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from candlelight.run.cache import Cache
from candlelight.run.execute import Workers
from candlelight.run.remember import Memory
from candlelight.run.version import code_version


@contextlib.contextmanager
def session(folder: Path, workers: int | None = None) -> Iterator[Memory]:
    """A memory in *folder* with *workers* processes (None: as many as the machine has)."""
    cache = Cache.open(folder, code_version())
    try:
        with Workers(workers) as pool:
            yield Memory(cache, pool)
    finally:
        cache.close()
