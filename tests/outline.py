"""The bookmarks of a PDF, as a reader shows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf


class Bookmark(NamedTuple):
    """A bookmark and the page it leads to, from 1; 0 if it leads nowhere."""

    title: str
    page: int
    level: int


def bookmarks(path: Path) -> list[Bookmark]:
    """All bookmarks of the file, in the order in which a reader shows them."""
    with pikepdf.open(path) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        return list(_bookmarks(pdf.Root.get("/Outlines"), numbers, 1))


def _bookmarks(
    above: pikepdf.Object | None, numbers: Mapping[Any, int], level: int
) -> Iterator[Bookmark]:
    item = above.get("/First") if above is not None else None
    while item is not None:
        goal = item.get("/Dest")
        if goal is None and "/A" in item:
            goal = item.A.get("/D")
        page = numbers.get(goal[0].objgen, 0) if isinstance(goal, pikepdf.Array) else 0
        yield Bookmark(str(item.Title), page, level)
        yield from _bookmarks(item, numbers, level + 1)
        item = item.get("/Next")
