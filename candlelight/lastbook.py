"""The page numbers of the last book, kept for the next one and without a name in them.

Who takes a person or a story out of the content must find neither in what is left in the cache,
and the keys of numbers are made of names: they are kept as digests, which only a book that still
has the same persons and stories can read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

import msgspec

from candlelight.book.sheets import Numbers
from candlelight.run.remember import Memory

_KIND, _LAST = "numbers", "last"


def keep_numbers(memory: Memory, made: Mapping[str, Numbers]) -> None:
    """Keep the numbers *made* of each volume in place of those of the book before."""
    memory.cache.lasting().put(_KIND, {_LAST: {name: _veiled(one) for name, one in made.items()}})


def last_numbers(memory: Memory, volume: int, keys: Iterable[str]) -> Numbers | None:
    """Those of *volume* in the last book, as far as *keys* (story ids, name keys) are known."""
    kept = memory.cache.lasting().get(_KIND, [_LAST], dict[str, Numbers]).get(_LAST, {})
    found = kept.get(str(volume))
    if found is None:
        return None
    known = {_veil(key): key for key in keys}
    stories = {known[veil]: one for veil, one in found.stories.items() if veil in known}
    names = {known[veil]: stands for veil, stands in found.names.items() if veil in known}
    return msgspec.structs.replace(found, stories=stories, names=names)


def _veiled(numbers: Numbers) -> Numbers:
    stories = {_veil(key): one for key, one in numbers.stories.items()}
    names = {_veil(key): stands for key, stands in numbers.names.items()}
    return msgspec.structs.replace(numbers, stories=stories, names=names)


def _veil(key: str) -> str:
    return hashlib.blake2b(key.encode(), digest_size=16).hexdigest()
