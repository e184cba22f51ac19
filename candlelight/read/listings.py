"""What a folder of the source holds: listed, or known from the last time.

A folder whose stamp is the one of last time holds the names that it held then. Only folders in
which everything was as it should be are known: what is wrong anywhere is found anew each time.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import NamedTuple

import msgspec

Stamp = tuple[int, ...]
_TELLS_JUNCTIONS = hasattr(os.DirEntry, "is_junction")


class Listing(msgspec.Struct, frozen=True, array_like=True):
    """The *names* of the plain files in a folder, and its *stamp* from before they were read.

    A stamp is size, mtime and ctime (ns), and inode.
    """

    stamp: Stamp
    names: tuple[str, ...]


class Known(NamedTuple):
    """An entry of a folder that was not listed again; it answers as ``os.DirEntry`` would."""

    name: str
    path: str

    def is_dir(self) -> bool:
        return False

    def is_file(self) -> bool:
        return True

    def is_symlink(self) -> bool:
        return False

    def is_junction(self) -> bool:
        return False


Entry = os.DirEntry[str] | Known


class Listings:
    """The folders whose names were *known* before the search, and in *found* those of now."""

    def __init__(self, known: Mapping[str, Listing]) -> None:
        self._known = known
        self.found: dict[str, Listing] = {}

    def recall(self, path: str, place: str) -> tuple[Stamp, list[Entry] | None]:
        """The stamp of the folder *path* at *place*, and its entries if they are known."""
        try:
            now = os.stat(place)  # noqa: PTH116 - ten thousand folders
        except OSError:
            return (), None
        stamp = (now.st_size, now.st_mtime_ns, now.st_ctime_ns, now.st_ino)
        known = self._known.get(path)
        if known is None or known.stamp != stamp:
            return stamp, None
        self.found[path] = known
        return stamp, [Known(name, f"{place}/{name}") for name in known.names]

    def remember(self, path: str, stamp: Stamp, entries: list[Entry]) -> None:
        """Know next time that the folder *path* holds *entries*, if all are plain files."""
        if stamp and not any(entry.is_symlink() or entry.is_dir() for entry in entries):
            self.found[path] = Listing(stamp, tuple(entry.name for entry in entries))


def is_folder(entry: Entry) -> bool:
    """Whether *entry* is a folder or a link to one that can be looked at."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def is_link(entry: Entry) -> bool:
    """Windows has links between folders that are no symbolic links (told since Python 3.12)."""
    return entry.is_symlink() or (_TELLS_JUNCTIONS and bool(entry.is_junction()))  # type: ignore[attr-defined,union-attr,unused-ignore]
