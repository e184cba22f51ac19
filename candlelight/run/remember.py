"""Work whose results are remembered: only jobs that the cache does not know are done."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar, cast

from candlelight.run.cache import Cache
from candlelight.run.execute import Workers
from candlelight.run.shipping import ship

Item = TypeVar("Item")
Job = TypeVar("Job")
Brought = TypeVar("Brought")
Result = TypeVar("Result")


_PORTION = 400
"""Results that are remembered at once: so many are lost where a build is stopped."""


class Memory:
    """A cache and the workers that fill it; *done* counts what really had to be done, by kind."""

    def __init__(self, cache: Cache, workers: Workers) -> None:
        self.cache = cache
        self.workers = workers
        self.done: dict[str, int] = {}

    def results(  # noqa: PLR0913 - every call names them
        self,
        kind: str,
        work: Callable[[Job], Brought],
        items: Mapping[str, Item],
        type_: type[Result],
        *,
        prepare: Callable[[Item], Job],
        batch: int,
        alone: int = 0,
        valid: Callable[[Result], bool] = bool,
        keep: Callable[[Result], bool] = bool,
        lasting: bool = False,
        forget: bool = True,
        receive: Callable[[dict[str, Brought]], dict[str, Result]] | None = None,
        lost: Callable[[Job], Brought] | None = None,
        anywhere: bool = False,
        photos: bool = False,
        progress: Callable[[int], object] = str,
    ) -> dict[str, Result]:
        """The result for every item by its key, in the order of *items*.

        *prepare* makes a job of an item that is missing. A remembered result that is not
        *valid* (its files are gone) is made again; one that *keep* refuses is not remembered.
        *lasting* results hold for any version of the code: their keys name all that shapes them.
        With *forget* whatever else of *kind* was remembered is dropped. *receive* makes results of
        what *work* has brought, if that is not yet what it should be. *lost* and
        *anywhere* are those of ``Workers.map``; jobs of *photos* go to any worker (``shipping``).
        """
        cache = self.cache.lasting() if lasting else self.cache
        known = cache.get(kind, items, type_)
        missing = [key for key in items if key not in known or not valid(known[key])]
        progress(len(items) - len(missing))
        do = (
            functools.partial(ship, self.workers)
            if photos
            else functools.partial(self.workers.map, anywhere=anywhere)
        )
        results = do(
            work,
            (prepare(items[key]) for key in missing),
            total=len(missing),
            batch=batch,
            alone=alone,
            done=progress,
            lost=lost,
        )
        made: dict[str, Result] = {}
        for some in _portions(zip(missing, results, strict=True)):
            told = receive(some) if receive else cast("dict[str, Result]", some)
            cache.put(kind, {key: result for key, result in told.items() if keep(result)})
            made |= told
        self.done[kind] = self.done.get(kind, 0) + len(made)
        if forget:
            cache.keep_only(kind, items)
        return {key: made[key] if key in made else known[key] for key in items}

    def all_at_once(
        self,
        kind: str,
        items: Mapping[str, Item],
        type_: type[Result],
        work: Callable[[list[Item]], Iterable[Result]],
    ) -> dict[str, Result]:
        """The result for every item by its key; *work* gets all that are missing, in their order.

        For work that costs little more for a hundred than for one. None of its results is
        forgotten: they are a few numbers each.
        """
        known = self.cache.get(kind, items, type_)
        missing = {key: item for key, item in items.items() if key not in known}
        made: dict[str, Result] = {}
        if missing:
            made = dict(zip(missing, work(list(missing.values())), strict=True))
        self.done[kind] = self.done.get(kind, 0) + len(made)
        self.cache.put(kind, made)
        return {key: made[key] if key in made else known[key] for key in items}


def _portions(pairs: Iterator[tuple[str, Brought]]) -> Iterator[dict[str, Brought]]:
    while some := dict(itertools.islice(pairs, _PORTION)):
        yield some
