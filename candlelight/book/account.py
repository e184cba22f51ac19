"""What a book tells of itself once it is set: where everything came to stand, and its measures.

Pages are physical here, from 1, and odd ones are rectos; lines count from 1 at the head of the type
area.
"""

from __future__ import annotations

import math
from itertools import pairwise

import msgspec

from candlelight.book.grid import POINT, Grid
from candlelight.book.pages import Extent
from candlelight.book.sheets import Numbers, Stand


class Spot(msgspec.Struct, frozen=True, array_like=True):
    """A point of a story: its *page* (physical, from 1) and *y*, points below the page's edge."""

    id: str
    page: int
    y: float


class Galley(msgspec.Struct, frozen=True, array_like=True):
    """What a text measures: its *pages* and the lines used on the *last*.

    Of a story also what `Extent` tells by the same names.
    """

    pages: int
    last: int = 0
    heading: int = 0
    before: int = 0


class ToldPieces(msgspec.Struct, frozen=True):
    """What galleys tell of themselves: each piece (id, first page, last, its end), and its stories.

    The end is in points below the edge of the last page.
    """

    pieces: tuple[tuple[str, int, int, float], ...]
    stories: tuple[Spot, ...]
    texts: tuple[Spot, ...]
    ends: tuple[Spot, ...]

    def galleys(self, grid: Grid) -> list[Galley]:
        """What each piece measures, in their order."""
        measured = {
            story.id: _galley(story, text, end, grid)
            for story, text, end in zip(self.stories, self.texts, self.ends, strict=True)
        }
        return [
            measured.get(name) or Galley(pages=last - first + 1, last=_used(y, grid))
            for name, first, last, y in self.pieces
        ]


class Account(msgspec.Struct, frozen=True):
    """What the book tells of itself. All pages are physical, from 1; odd ones are rectos.

    *stories*, *texts* and *ends* are where each story, its text, and its last line stand, in the
    order of the book. *names* are the marks of names, (key, page), in that order. *parts* are the
    versos that the parts open with, *places* the beginnings of preface, contents, afterword,
    credits and index, by these words, and of the plates of parts and chapters, as in `Numbers`.
    Roman numbers begin on page *front*, Arabic ones with 0 on *main*; 0 if there is no such page.
    """

    stories: tuple[Spot, ...]
    texts: tuple[Spot, ...]
    ends: tuple[Spot, ...]
    parts: tuple[int, ...]
    names: tuple[tuple[str, int], ...]
    places: tuple[Spot, ...]
    front: int
    main: int
    pages: int

    def folio(self, page: int) -> str:
        """What a reader calls the physical *page*; ``""`` before the first that is counted."""
        if self.main and page >= self.main:
            return str(page - self.main)
        return _roman(page - self.front + 1) if self.front and page >= self.front else ""

    def numbers(self) -> Numbers:
        """What contents and index print of it; a name that stands on a page twice is there once."""
        names: dict[str, dict[int, Stand]] = {}
        for key, page in self.names:
            names.setdefault(key, {}).setdefault(page, self._stand(page))
        return Numbers(
            parts={str(n): self._stand(page) for n, page in enumerate(self.parts)},
            stories={one.id: self._stand(one.page, one.y) for one in self.stories},
            texts={one.id: self._stand(one.page, one.y) for one in self.places},
            names={key: tuple(stands.values()) for key, stands in names.items()},
        )

    def _stand(self, page: int, y: float = 0) -> Stand:
        return Stand(page, y, self.folio(page))


def extents(account: Account, grid: Grid) -> dict[str, Extent]:
    """The lines and pages that each story takes, from where its marks stand."""
    versos = _openings(account)
    return {
        story.id: _extent(story, text, end, versos.get(story.id, 0), grid)
        for story, text, end in zip(account.stories, account.texts, account.ends, strict=True)
    }


def _extent(story: Spot, text: Spot, end: Spot, opening: int, grid: Grid) -> Extent:
    measures = msgspec.structs.asdict(_galley(story, text, end, grid))
    return Extent(id=story.id, page=story.page, opening=opening, **measures)


def _galley(story: Spot, text: Spot, end: Spot, grid: Grid) -> Galley:
    before = _line(story.y, grid)
    return Galley(
        pages=end.page - story.page + 1,
        last=_used(end.y, grid),
        heading=_line(text.y, grid) - before,
        before=before,
    )


def _openings(account: Account) -> dict[str, int]:
    """How many pages stand between a part's verso and its first story, by that story's id."""
    found: dict[str, int] = {}
    for verso, following in pairwise((*account.parts, account.pages + 1)):
        first = next((one for one in account.stories if verso < one.page < following), None)
        if first:
            found[first.id] = first.page - verso
    return found


def _line(y: float, grid: Grid) -> int:
    """The line, from 0, that begins at *y*."""
    return round((y * POINT - grid.page_height / 10) / grid.pitch)


def _used(y: float, grid: Grid) -> int:
    """How many lines stand above *y*; small type that ends between two counts as the lower one.

    Below the last line there may or may not be its white, some two fifths of a line.
    """
    depth = y * POINT - grid.page_height / 10 + grid.leading
    return math.ceil(depth / grid.pitch - 0.45)


def _roman(number: int) -> str:
    signs = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"),
             (4, "iv"), (1, "i"))  # fmt: skip
    written = ""
    for value, sign in signs:
        times, number = divmod(number, value)
        written += sign * times
    return written
