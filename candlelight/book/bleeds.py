"""Pictures as large as paper is: to the trim, from side to side, over two pages.

The law is the look: only a portrait on a full page is cropped, and that by an eighth at most. All
of them need pixels for their size with what is cut off at the trim.
"""

from __future__ import annotations

from candlelight.book import captions
from candlelight.book.captions import Words
from candlelight.book.grid import BLEED, Grid
from candlelight.book.plates import LANDSCAPE, Shot, cell_of, depth, fine
from candlelight.book.sheets import Plate

PANORAMA = 2.1
"""The aspect (width by height) from which a picture goes from side to side."""

CROP = 1 / 8
"""How much of a portrait a full page may cut off."""


def bleed(shot: Shot, where: str, grid: Grid, words: Words) -> Plate | None:
    """A portrait on a whole page to the trim; its caption on the page before names *where*.

    None if it is no portrait, would lose more than an eighth, or has too few pixels.
    """
    page = (grid.page_width + 2 * BLEED) / (grid.page_height + 2 * BLEED)
    lost = 1 - min(shot.aspect / page, page / shot.aspect)
    width = max(grid.page_width, grid.page_height * shot.aspect)
    if lost > CROP or not shot.carries(width + 2 * BLEED):
        return None
    entries, credit = captions.captions([(shot.caption, shot.credit)], [where], words)
    if captions.height(entries, credit, grid.caption) > grid.height:
        return None
    row = (cell_of(shot, width),)
    size = (grid.page_width, grid.page_height)
    return Plate("bleed", 0, (row,), *size, entries, credit, fine(grid.caption))


def sill(shot: Shot, grid: Grid, words: Words) -> Plate | None:
    """A landscape as wide as the page, bleeding at its head; None for lack of pixels or room."""
    made = _across(shot, "sill", grid.page_width, grid, words)
    room = grid.page_height / 10 + grid.height
    return made if shot.aspect >= LANDSCAPE and made and depth(made, grid) <= room else None


def band(shot: Shot, grid: Grid, words: Words) -> Plate | None:
    """A panorama as wide as the page, from the first line of a story."""
    made = _across(shot, "band", grid.page_width, grid, words)
    return made if made and depth(made, grid) <= grid.height / 2 + grid.clearance else None


def spread(shot: Shot, grid: Grid, words: Words) -> Plate | None:
    """A panorama over two pages."""
    return _across(shot, "spread", 2 * grid.page_width, grid, words)


def _across(shot: Shot, place: str, width: float, grid: Grid, words: Words) -> Plate | None:
    if not shot.carries(width + 2 * BLEED) or (place != "sill" and shot.aspect < PANORAMA):
        return None
    cell = cell_of(shot, width)
    entries, credit = captions.captions([(shot.caption, shot.credit)], [""], words)
    size = (fine(width), cell.height)
    column = fine(grid.width)
    return Plate(place, 0, ((cell,),), *size, entries, credit, column, below=True)
