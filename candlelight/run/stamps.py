"""Which source files need no second look: digests remembered by size, mtime, ctime and inode."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable
from pathlib import Path

import msgspec

from candlelight.run.cache import Cache

_SETTLED = 2_000_000_000
"""Nanoseconds after which a file that changes again is sure to get another stamp."""


class Stamp(msgspec.Struct, frozen=True):
    """A file as it was when its digest was taken."""

    stamp: tuple[int, ...]
    digest: str


def digests(
    cache: Cache, root: Path, files: Iterable[tuple[str, tuple[int, ...]]]
) -> tuple[dict[str, str], dict[str, bytes]]:
    """The SHA-256 of each file, and the bytes of those that had to be read.

    *files* are (path from *root*, stamp); a stamp is (size, mtime ns, ctime ns, inode). A file
    that has gone meanwhile is in neither. Raises OSError for one that is there and cannot be read:
    taken for gone, its pages would be taken down.
    """
    stamps, begun = dict(files), time.time_ns()
    known = cache.get("stamp", stamps, Stamp)
    found: dict[str, str] = {}
    read: dict[str, bytes] = {}
    for path, stamp in stamps.items():
        seen = known.get(path)
        if seen and seen.stamp == stamp:
            found[path] = seen.digest
            continue
        try:
            read[path] = (root / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            continue
        found[path] = hashlib.sha256(read[path]).hexdigest()
    settled = [path for path in read if is_settled(stamps[path], begun)]
    cache.put("stamp", {path: Stamp(stamps[path], found[path]) for path in settled})
    cache.keep_only("stamp", stamps)
    return found, read


def is_settled(stamp: tuple[int, ...], read: int | None = None) -> bool:
    """Whether a file was last touched so long ago that its next change must show in its stamp.

    *read* is a moment (ns) since which the file was read; now, unless it is given.
    """
    moment = time.time_ns() if read is None else read
    return max(stamp[1:3], default=0) < moment - _SETTLED
