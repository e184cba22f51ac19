"""Where each plate stands: the book is walked page by page, as it will be printed.

The measures come from the press, which sets every story once without pictures: how many pages,
how many lines on the last. The rest is counted, not drawn. A second pass looks at what became of
it and mends the few stories that ended otherwise than meant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from candlelight.book import bleeds, inline, plates
from candlelight.book.captions import Words
from candlelight.book.grid import Grid
from candlelight.book.plates import Shot
from candlelight.book.sheets import Caption, Layout, Plate
from candlelight.book.texts import Extent, Pictures

__all__ = ["Extent", "Pictures", "Shot", "adjust", "arrange", "counts"]

_OVERLEAF = frozenset({"head", "page", "bleed", "sill", "spread"})
"""The places after the end of a text that take a page of their own."""

SHORT = 420
"""Characters of a story that may follow another one on its page."""

BEFORE_FOLLOWER = 3
"""Lines between the two."""


class _Spot(msgspec.Struct, frozen=True):
    """The last page that is used, and its lines; *open* if text may follow there."""

    page: int
    used: int
    open: bool = False


def arrange(
    extents: Sequence[Extent], stories: Mapping[str, Pictures], grid: Grid, words: Words
) -> dict[str, Layout]:
    """The layout of every story of *extents* (in the order of the book), by its id.

    A story that is not in *stories* has no photos. *words* as in ``captions.KEYS``.
    """
    layouts: dict[str, Layout] = {}
    spot = _start(extents)
    for previous, extent in zip((None, *extents), extents, strict=False):
        pictures = stories.get(extent.id, Pictures())
        if not _between(extent, previous) and _follows(extent, pictures, spot, grid):
            layouts[extent.id] = Layout(follows=True)
            spot = _Spot(spot.page, spot.used + BEFORE_FOLLOWER + extent.last, open=True)
            continue
        first = _first_page(extent, previous, spot)
        made, spot = _laid(extent, pictures, first, grid, words)
        layouts[extent.id] = Layout(plates=made)
    return layouts


def counts(
    extents: Sequence[Extent],
    layouts: Mapping[str, Layout],
    stories: Mapping[str, Pictures],
    grid: Grid,
) -> dict[str, int]:
    """How many pages each story takes with its plates, and with what opens or waits before it."""
    found = {}
    for before, one in zip((None, *extents), extents, strict=False):
        layout, blocks = layouts[one.id], len(stories.get(one.id, Pictures()).blocks)
        own = 0 if layout.follows else _count(one, layout.plates, blocks, grid)
        found[one.id] = _between(one, before) + own
    return found


def _count(extent: Extent, made: Sequence[Plate], blocks: int, grid: Grid) -> int:
    flowing = [one for one in made if one.after < blocks]
    ending = [one for one in made if one.after >= blocks and one.place in _OVERLEAF]
    overleaf = [2 if one.place == "spread" else 1 for one in ending]
    return extent.opening + inline.with_plates(extent, flowing, grid).pages + sum(overleaf)


def adjust(
    layouts: Mapping[str, Layout],
    extents: Sequence[Extent],
    stories: Mapping[str, Pictures],
    grid: Grid,
    words: Words,
) -> dict[str, Layout]:
    """The layouts that must change, now that *extents* tell how the book came out with *layouts*.

    A long story whose last page holds too few lines gets other widths; a picture on a full page
    is named after the side that it really came to; a spread that no recto leads to becomes a
    picture of one page.
    """
    changed: dict[str, Layout] = {}
    for extent in extents:
        layout = layouts[extent.id]
        pictures = stories.get(extent.id, Pictures())
        made = inline.refitted(layout.plates, extent, pictures, grid)
        made = tuple(_turned(one, extent, pictures, grid, words) for one in made)
        if made != layout.plates:
            changed[extent.id] = msgspec.structs.replace(layout, plates=made)
    return changed


def _start(extents: Sequence[Extent]) -> _Spot:
    first = extents[0] if extents else Extent("")
    return _Spot(first.page - 1 - first.opening, 0)


def _first_page(extent: Extent, previous: Extent | None, spot: _Spot) -> int:
    page = spot.page + 1
    if extent.opening:  # a part opens with a spread: its first page is a verso
        return page + page % 2 + extent.opening
    return page + _between(extent, previous)


def _between(extent: Extent, previous: Extent | None) -> int:
    """The pages before a story that belong to none: chapters that wait, photos of a chapter."""
    if extent.opening or not previous:
        return 0
    return max(0, extent.page - previous.page - previous.pages)


def _follows(extent: Extent, pictures: Pictures, spot: _Spot, grid: Grid) -> bool:
    opens = extent.opening or extent.before
    if pictures.shots or opens or not spot.open or extent.pages > 1 or pictures.length > SHORT:
        return False
    return spot.used + BEFORE_FOLLOWER + extent.last <= grid.lines


def _laid(
    extent: Extent, pictures: Pictures, first: int, grid: Grid, words: Words
) -> tuple[tuple[Plate, ...], _Spot]:
    """The plates of a story that opens page *first*, and where it ends with them."""
    over: list[Plate] = []
    if not extent.before and not _for_spread(extent, pictures.shots, first, grid, words):
        over = _band(extent, pictures, grid, words)
    left = pictures.without_first() if over else pictures
    flowing, rest = inline.between(extent, left, grid, words)
    flowing = over + flowing
    ended = inline.with_plates(extent, flowing, grid)
    fitted = inline.refitted(flowing, ended, pictures, grid)
    text = inline.with_plates(extent, fitted, grid)
    after = _after(rest, text, first, len(pictures.blocks), grid, words)
    return (*fitted, *after), _end(text, first, after)


def _band(extent: Extent, pictures: Pictures, grid: Grid, words: Words) -> list[Plate]:
    """A panorama over the text, unless it pushes no more than a few lines overleaf."""
    found = bleeds.band(pictures.shots[0], grid, words) if pictures.shots else None
    if not found:
        return []
    ended = inline.with_plates(extent, [found], grid)
    grows = ended.pages > extent.pages and ended.last < inline.LEAST_LINES
    return [] if grows else [found]


def _for_spread(
    extent: Extent, shots: Sequence[Shot], first: int, grid: Grid, words: Words
) -> bool:
    on_recto = (first + extent.pages - 1) % 2 == 1
    return len(shots) == 1 and on_recto and bleeds.spread(shots[0], grid, words) is not None


def _after(
    shots: Sequence[Shot], text: Extent, first: int, blocks: int, grid: Grid, words: Words
) -> list[Plate]:
    """The plates that follow the end of a text: at its foot if there is room, else on pages."""
    if not shots:
        return []
    recto = (first + text.pages - 1) % 2 == 1
    groups = plates.groups(shots)
    made: list[Plate] = []
    whole = _whole_page(shots, recto, grid, words)
    found = None if whole and whole.place == "spread" else _foot(groups[0], text, grid, words)
    if found:
        made.append(found)
        groups = groups[1:]
    elif whole:
        made.append(whole)
        groups = []
    for group in groups:
        made += plates.pages(group, grid, words)
    return [msgspec.structs.replace(one, after=blocks) for one in made]


def _foot(shots: Sequence[Shot], text: Extent, grid: Grid, words: Words) -> Plate | None:
    return plates.foot(shots, grid.below(text.last), grid, words)


def _whole_page(shots: Sequence[Shot], recto: bool, grid: Grid, words: Words) -> Plate | None:
    """One photo as large as paper is: over two pages, to the trim, or from side to side."""
    if len(shots) != 1:
        return None
    across = bleeds.spread(shots[0], grid, words) if recto else None
    return (
        across
        or bleeds.bleed(shots[0], _side(recto), grid, words)
        or bleeds.sill(shots[0], grid, words)
    )


def _side(recto: bool) -> str:
    """Where the page after a text lies that ends on a *recto*, or on a verso."""
    return "overleaf" if recto else "facing"


def _end(text: Extent, first: int, after: Sequence[Plate]) -> _Spot:
    """Where a story ends whose *text* is followed by the plates of *after*."""
    pages = sum(2 if one.place == "spread" else one.place != "foot" for one in after)
    return _Spot(first + text.pages - 1 + pages, text.last, open=not after)


def _turned(one: Plate, extent: Extent, pictures: Pictures, grid: Grid, words: Words) -> Plate:
    """*one* as it must be where the text really ended."""
    recto = (extent.page + extent.pages - 1) % 2 == 1
    if one.place == "bleed":
        where = words[_side(recto)]
        entries = tuple(Caption(where, entry.text, entry.credit) for entry in one.captions)
        return msgspec.structs.replace(one, captions=entries)
    if one.place == "spread" and not recto:
        shot = pictures.shots[-1]
        other = bleeds.sill(shot, grid, words) or plates.pages([shot], grid, words)[0]
        return msgspec.structs.replace(other, after=one.after)
    return one
