"""Keep the answers of slow libraries (`recall.py`) from one run to the next."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from candlelight import messages, names, pinyin
from candlelight.make import qr
from candlelight.make.compiled import compiled
from candlelight.make.references import references
from candlelight.recall import Answers
from candlelight.run.cache import FILE, Cache
from candlelight.run.interrupts import held_back
from candlelight.run.version import code_version

_KIND = "answers"
_ALL: tuple[Answers[Any], ...] = (
    messages.parsed,
    names.folded,
    names.simplified,
    names.traditional,
    pinyin.reading,
    references,
    compiled,
    qr.blank,
)


@contextlib.contextmanager
def recollection(folder: Path) -> Iterator[None]:
    """Know what the last run with the cache *folder* was answered, and keep what this one is.

    A folder without a cache stays without one.
    """
    # Ctrl-C would find nobody here who puts it into words; and what is done is done.
    with held_back():
        kept = _recall(folder)
    try:
        yield
    finally:
        worth = {one.kind: one.worth_keeping() for one in _ALL}
        if new := {kind: found for kind, found in worth.items() if found != kept.get(kind, {})}:
            with held_back():
                _keep(folder, new)


def _recall(folder: Path) -> dict[str, dict[str, Any]]:
    with _opened(folder) as cache:
        kept = cache.get(_KIND, (one.kind for one in _ALL), dict[str, Any]) if cache else {}
    for one in _ALL:
        one.known.update(kept.get(one.kind, {}))
    return kept


def _keep(folder: Path, new: dict[str, dict[str, Any]]) -> None:
    with _opened(folder) as cache:
        if cache:
            cache.put(_KIND, {kind: _lasting(found) for kind, found in new.items()})
            cache.keep_only(_KIND, (one.kind for one in _ALL))


def _lasting(found: dict[str, Any]) -> dict[str, Any]:
    """Those of *found* that come out of the cache as they went in: YAML has dates, for one."""
    return {question: one for question, one in found.items() if _comes_back([question, one])}


def _comes_back(pair: list[Any]) -> bool:
    try:
        return bool(msgspec.msgpack.decode(msgspec.msgpack.encode(pair)) == pair)
    except (TypeError, ValueError, OverflowError):
        return False


@contextlib.contextmanager
def _opened(folder: Path) -> Iterator[Cache | None]:
    # Not Path.is_file, which raises where the folder may not be looked into.
    if not os.path.isfile(folder / FILE):  # noqa: PTH113
        yield None
        return
    cache = Cache.open(folder, code_version())
    try:
        yield cache
    finally:
        cache.close()
