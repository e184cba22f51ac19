"""In which order files come and go, so that a reader of a tree that changes finds every page."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

import msgspec

_LISTS = (".xml", ".json")


class Steps(msgspec.Struct, frozen=True):
    """Paths that change: *cleared* are removed first, then *put* in this order, last *removed*."""

    cleared: tuple[str, ...] = ()
    put: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def is_one_page(self) -> bool:
        """Whether nothing but one page comes: then no reader can see old files beside new ones."""
        come = len(self.put) == 1 and self.put[0].endswith(".html")
        return come and not self.cleared and not self.removed


def steps(put: Iterable[str], removed: Iterable[str], before: Mapping[str, object]) -> Steps:
    """The order in which nothing is linked that is not there: pictures and styles, pages, lists.

    New pages come before those of *before* that may link to them, deep ones before the lists above
    them. What is removed goes last, unless it stands in the way: a file where a folder is wanted,
    or a name that differs in nothing but case (many file systems take both for one).
    """
    coming = sorted(put, key=lambda path: _rank(path, before))
    going = sorted(removed)
    if not going:
        return Steps(put=tuple(coming))
    wanted = {fold(name): name for path in coming for name in _with_folders(path)}
    cleared = [path for path in going if _is_in_the_way(path, wanted, set(coming))]
    last = sorted(set(going).difference(cleared))
    return Steps(tuple(cleared), tuple(coming), tuple(last))


def fold(path: str) -> str:
    """Equal for names that a file system may take for one."""
    return unicodedata.normalize("NFC", path).casefold()


def _rank(path: str, before: Mapping[str, object]) -> tuple[int, int, str]:
    if path.endswith(".html"):
        return (1 if path not in before else 2, -path.count("/"), path)
    return (3 if path.endswith(_LISTS) else 0, 0, path)


def _is_in_the_way(path: str, wanted: Mapping[str, str], coming: set[str]) -> bool:
    if wanted.get(fold(path)):
        return True
    above = _with_folders(path)[1:]
    return any(name in coming or wanted.get(fold(name), name) != name for name in above)


def _with_folders(path: str) -> list[str]:
    """*path* and the folders that it lies in, but the tree itself."""
    return [path, *(str(parent) for parent in PurePosixPath(path).parents)][:-1]
