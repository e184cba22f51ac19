"""Pictures as large as paper is: to the trim, from side to side, over two pages.

The law is the look: only a portrait on a full page is cropped, and that by an eighth at most.
Cells are as large as the picture is printed, with what falls off beyond the trim; plates are as
large as what is seen.
"""

from __future__ import annotations

from candlelight.book import captions
from candlelight.book.captions import Words
from candlelight.book.grid import BLEED, Grid
from candlelight.book.plates import LANDSCAPE, PANORAMA, Shot, cell_of, depth, fine
from candlelight.book.sheets import Plate

CROP = 1 / 8
"""How much of a portrait a full page may cut off."""


def bleed(shot: Shot, where: str, grid: Grid, words: Words) -> Plate | None:
    """A portrait on a whole page to the trim; its caption on the page before names *where*.

    None if it is no portrait, would lose more than an eighth, or has too few pixels.
    """
    paper = (grid.page_width + 2 * BLEED, grid.page_height + 2 * BLEED)
    width = max(paper[0], paper[1] * shot.aspect)
    lost = 1 - paper[0] * paper[1] / (width * width / shot.aspect)
    if lost > CROP or not shot.carries(width):
        return None
    entries, credit = captions.captions([(shot.caption, shot.credit)], [where], words)
    if captions.height(entries, credit, grid.caption, grid.letter) > grid.height:
        return None
    row = (cell_of(shot, width),)
    size = (grid.page_width, grid.page_height)
    return Plate("bleed", 0, (row,), *size, entries, credit, fine(grid.caption))


def sill(shot: Shot, grid: Grid, words: Words) -> Plate | None:
    """A landscape as wide as the page, bleeding at its head; None for lack of pixels or room."""
    if shot.aspect < LANDSCAPE:
        return None
    made = _across(shot, "sill", grid.page_width, grid, words)
    room = grid.page_height / 10 + grid.height
    return made if made and depth(made, grid) <= room else None


def band(shot: Shot, grid: Grid, words: Words) -> Plate | None:
    """A panorama as wide as the page, from the first line of a story; it bleeds at the sides."""
    if shot.aspect < PANORAMA:
        return None
    made = _across(shot, "band", grid.page_width, grid, words)
    return made if made and depth(made, grid) <= grid.height / 2 + grid.clearance else None


def spread(shot: Shot, grid: Grid, words: Words) -> Plate | None:
    """A panorama over two pages, bleeding at its head and its outer sides."""
    if shot.aspect < PANORAMA:
        return None
    return _across(shot, "spread", 2 * grid.page_width, grid, words)


def _across(shot: Shot, place: str, width: float, grid: Grid, words: Words) -> Plate | None:
    cell = cell_of(shot, width + 2 * BLEED)
    if not shot.carries(cell.width):
        return None
    entries, credit = captions.captions([(shot.caption, shot.credit)], [""], words)
    seen = cell.height if place == "band" else fine(cell.height - BLEED)
    return Plate(
        place=place,
        after=0,
        rows=((cell,),),
        width=fine(width),
        height=seen,
        captions=entries,
        credit=credit,
        column=fine(grid.width),
        below=True,
    )
