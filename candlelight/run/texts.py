"""The texts of an anthology as safe HTML, fetched when somebody asks for one.

Ten thousand texts are sixty megabytes, and most builds show a few of them again. So facts and
texts are remembered apart, and a text waits in the cache, under the digest of its body, until its
page is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from candlelight.read.jobs import ReadDocument
from candlelight.run.cache import Cache

Blocks = tuple[str, ...]
_KIND = "blocks"


class Texts(Mapping[str, Blocks]):
    """The blocks of each body by its digest; *read* reads the text at a path once more.

    *paths* names for each digest a text that has it. A text that the cache has lost is read again.
    """

    def __init__(
        self, cache: Cache, paths: Mapping[str, str], read: Callable[[str], ReadDocument]
    ) -> None:
        self._cache = cache
        self._paths = paths
        self._read = read

    def __getitem__(self, digest: str) -> Blocks:
        path = self._paths[digest]
        found = self._cache.get(_KIND, [digest], Blocks)
        if digest not in found:
            read = self._read(path)
            if read.document is None or read.document.body.digest != digest:
                raise OSError(f"{path} changed while it was read")
            set_aside(self._cache, {digest: read.blocks})
            return read.blocks
        return found[digest]

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def set_aside(cache: Cache, blocks: Mapping[str, Blocks | msgspec.Raw]) -> None:
    """Keep *blocks* in *cache*, by the digest of the body; they may be encoded already."""
    cache.put(_KIND, blocks)


def forget_others(cache: Cache, digests: Iterable[str]) -> None:
    """Forget every text but those with *digests*: what was taken down leaves nothing here."""
    cache.keep_only(_KIND, digests)
