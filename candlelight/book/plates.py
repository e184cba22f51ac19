"""Photos that stand together: cut into rows, sized by the grid and by their pixels, with captions.

The law is the look: of all ways to cut a list, in order, into rows, the tallest that fits. Nothing
is cropped, no caption is parted from its picture, and a photo is shown no larger than its pixels
carry, down to 17 characters.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Sequence

import msgspec

from candlelight.book import captions
from candlelight.book.captions import Words
from candlelight.book.grid import Grid, pixels
from candlelight.book.sheets import Caption, Cell, Plate

LANDSCAPE = 1.2
"""From this aspect (width by height) on a picture may stand alone in a row."""

PANORAMA = 2.1
"""The aspect from which it takes the whole width, or goes from side to side of the page."""

LEAST_ROW = 34 / 129.65
"""Pictures that share a row are no lower than this share of the type area's width: 34 mm."""

LEAST_FOOT = 50 / 129.65
"""The same for three in the one row of a foot: better a page than three stamps."""

NEARLY = 0.9
"""How near to the tallest plate another one must come to be as good."""

SENSIBLE = 17
"""Characters: for lack of pixels no picture becomes narrower, it is reported instead."""

MOST = 5
"""Pictures on one plate."""

_SAFE_CAPTION = 500
"""Characters that stand under any picture of half a page, in every trim."""

_CAPTION_PAGE = 1000
"""Characters of a caption that fill no more than a page, in every trim."""


class Shot(msgspec.Struct, frozen=True):
    """A photo as the book may show it: *width* × *height* pixels, upright.

    *missing* is the file's name where there is nothing to show but a box in its shape.
    """

    key: str
    width: int
    height: int
    alt: str = ""
    caption: str = ""
    credit: str = ""
    missing: str = ""

    @property
    def aspect(self) -> float:
        """Width by height."""
        return self.width / self.height

    def carries(self, width: float) -> bool:
        """Whether its pixels are enough for *width* millimetres; a box needs none."""
        return bool(self.missing) or self.width >= pixels(width)


@functools.cache
def cuts(count: int) -> tuple[tuple[int, ...], ...]:
    """All ways to cut *count* pictures, in order, into at most three rows of one to three."""
    ways = (itertools.product((1, 2, 3), repeat=rows) for rows in range(1, 4))
    return tuple(cut for cut in itertools.chain(*ways) if sum(cut) == count)


def plate(
    shots: Sequence[Shot], cut: Sequence[int], width: float, grid: Grid, words: Words
) -> Plate:
    """*shots* in rows as *cut* says, *width* wide, with captions beside or else below."""
    ends = list(itertools.accumulate(cut))
    rows = tuple(
        _row(shots[end - count : end], width, grid.gap)
        for count, end in zip(cut, ends, strict=True)
    )
    height = sum(row[0].height for row in rows) + grid.gap * (len(rows) - 1)
    entries, credit = captions.captions(
        [(shot.caption, shot.credit) for shot in shots], captions.places(cut), words
    )
    column = _column(width, grid)
    return Plate(
        place="page",
        after=0,
        rows=rows,
        width=fine(width),
        height=fine(height),
        captions=entries,
        credit=credit,
        column=fine(column),
        below=captions.height(entries, credit, column, grid.letter) > height,
    )


def resized(one: Plate, width: float, grid: Grid) -> Plate:
    """The plate *one* with the same rows at another *width*."""
    rows = tuple(_cells_at(row, width, grid.gap) for row in one.rows)
    height = sum(row[0].height for row in rows) + grid.gap * (len(rows) - 1)
    column = _column(width, grid)
    return msgspec.structs.replace(
        one,
        rows=rows,
        width=fine(width),
        height=fine(height),
        column=fine(column),
        below=captions.height(one.captions, one.credit, column, grid.letter) > height,
    )


def depth(made: Plate, grid: Grid) -> float:
    """The height of a plate with the captions below it."""
    if not made.below:
        return made.height
    told = captions.height(made.captions, made.credit, grid.width, grid.letter)
    return made.height + (grid.letter + told if told else 0.0)


def largest(
    shots: Sequence[Shot],
    room: float,
    widths: Sequence[float],
    grid: Grid,
    words: Words,
) -> Plate | None:
    """The widest and then tallest plate of *shots* within *room* millimetres of height, or None.

    What the pixels carry goes before size: only where nothing is carried does a photo stand
    larger than it should.
    """
    fitting = []
    for cut in _allowed(shots):
        for width in _wide_enough(shots, widths, grid):
            made = plate(shots, cut, width, grid, words)
            if depth(made, grid) <= room and tall_enough(made, grid):
                fitting.append(((_carried(shots, made, grid), made.width), made))
    widest = max((key for key, _ in fitting), default=None)
    best = [made for key, made in fitting if key == widest]
    tallest = max((made.height for made in best), default=0.0)
    # Where it hardly matters, the large picture stands above and the row of small ones below.
    return next((made for made in best if made.height >= NEARLY * tallest), None)


def beside_text(shots: Sequence[Shot], room: float, grid: Grid, words: Words) -> Plate | None:
    """The plate of *shots* on a page that has text too, within *room*: a pair is one row there."""
    if len(shots) == 1:
        return largest(shots, room, alone(shots[0], grid), grid, words)
    if len(shots) == 2:
        return largest(shots, min(room, _one_row(shots, grid)), grid.widths[:2], grid, words)
    return largest(shots, room, grid.widths[:3], grid, words)


def foot(shots: Sequence[Shot], room: float, grid: Grid, words: Words) -> Plate | None:
    """The plate that stands under a text which leaves *room*, or None: then it needs a page."""
    found = beside_text(shots, room, grid, words)
    if not found or (len(shots) > 2 and not _stately(found, grid)):
        return None
    return msgspec.structs.replace(found, place="foot")


def pages(shots: Sequence[Shot], grid: Grid, words: Words) -> list[Plate]:
    """*shots* on pages of their own, one plate a page, in order; whatever they are, all of them."""
    if not shots:
        return []
    if len(shots) > MOST:
        return [one for group in groups(shots) for one in pages(group, grid, words)]
    widths = grid.widths if len(shots) == 1 else grid.widths[:3]
    found = largest(shots, grid.height, widths, grid, words)
    if found:
        return [found]
    if len(shots) > 1:
        half = (len(shots) + 1) // 2
        return pages(shots[:half], grid, words) + pages(shots[half:], grid, words)
    return _by_itself(shots[0], grid, words)


def groups(shots: Sequence[Shot]) -> list[Sequence[Shot]]:
    """*shots* cut for pages: fives, which fill one best, and what is left; none is left alone."""
    ends = list(range(MOST, len(shots), MOST))
    if ends and len(shots) % MOST == 1:
        ends[-1] -= 2
    return [shots[start:end] for start, end in itertools.pairwise([0, *ends, len(shots)])]


def alone(shot: Shot, grid: Grid) -> tuple[float, ...]:
    """The widths that one picture may take beside text, widest first."""
    if shot.aspect >= PANORAMA:
        return grid.widths[:1]
    if shot.aspect >= LANDSCAPE:
        return grid.widths[:3]
    return tuple(width for width in grid.widths if width < grid.em * 24)


def _by_itself(shot: Shot, grid: Grid, words: Words) -> list[Plate]:
    """One picture too tall for the columns, or with a caption that no page holds.

    The caption goes on overleaf, without a picture; the credit stands at its end.
    """
    first, *more = captions.pieces(shot.caption, _SAFE_CAPTION)
    start = msgspec.structs.replace(shot, caption=first, credit="" if more else shot.credit)
    slim = min(grid.width, grid.height / 2 * shot.aspect)
    found = largest([start], grid.height, [*grid.widths, slim], grid, words)
    assert found is not None  # half a page holds that much of a caption
    pieces = captions.pieces("".join(more), _CAPTION_PAGE) if more else []
    ends = [*[""] * (len(pieces) - 1), shot.credit]
    return [found, *(_words_only(*one, grid) for one in zip(pieces, ends, strict=False))]


def _words_only(text: str, credit: str, grid: Grid) -> Plate:
    width = fine(grid.width)
    return Plate("page", 0, (), width, 0, (Caption("", text),), credit, width, below=True)


def _column(width: float, grid: Grid) -> float:
    """The captions beside a plate: in the margin, or over the columns that it leaves free."""
    return max(grid.caption, grid.width - width - grid.letter)


def _row(shots: Sequence[Shot], width: float, gap: float) -> tuple[Cell, ...]:
    height = (width - gap * (len(shots) - 1)) / sum(shot.aspect for shot in shots)
    return tuple(cell_of(shot, height * shot.aspect) for shot in shots)


def _cells_at(row: Sequence[Cell], width: float, gap: float) -> tuple[Cell, ...]:
    aspects = [cell.width / cell.height for cell in row]
    height = (width - gap * (len(row) - 1)) / sum(aspects)
    return tuple(
        msgspec.structs.replace(cell, width=fine(height * aspect), height=fine(height))
        for cell, aspect in zip(row, aspects, strict=True)
    )


def cell_of(shot: Shot, width: float) -> Cell:
    return Cell(shot.key, fine(width), fine(width / shot.aspect), shot.alt, shot.missing)


def _allowed(shots: Sequence[Shot]) -> Iterator[tuple[int, ...]]:
    """The cuts in which nothing but a landscape is alone in its row, unless it is the only one."""
    for cut in cuts(len(shots)):
        ends = itertools.accumulate(cut)
        single = (end - 1 for count, end in zip(cut, ends, strict=True) if count == 1)
        if len(shots) == 1 or all(shots[at].aspect >= LANDSCAPE for at in single):
            yield cut


def _wide_enough(shots: Sequence[Shot], widths: Sequence[float], grid: Grid) -> Sequence[float]:
    """*widths*, but not those too wide for the pixels of a picture that stands alone."""
    if len(shots) > 1:
        return widths
    carried = [width for width in widths if shots[0].carries(width)]
    if carried and carried[0] >= grid.em * SENSIBLE - 0.01:
        return carried
    return [width for width in widths if width <= grid.em * SENSIBLE + 0.01] or widths[-1:]


def tall_enough(made: Plate, grid: Grid) -> bool:
    """Whether pictures that share a row of *made* are no stamps."""
    least = LEAST_ROW * grid.width
    return all(len(row) == 1 or row[0].height >= least for row in made.rows)


def _carried(shots: Sequence[Shot], made: Plate, grid: Grid) -> bool:
    """Whether each photo has the pixels for its place, or too few for any place."""
    cells = (cell for row in made.rows for cell in row)
    return all(
        shot.carries(cell.width) or not shot.carries(grid.em * SENSIBLE)
        for shot, cell in zip(shots, cells, strict=True)
    )


def _stately(made: Plate, grid: Grid) -> bool:
    """Whether a plate of three or more is worth a foot: as wide as the text, no row of stamps."""
    full = made.width > grid.width - 0.01
    return full and (len(made.rows) > 1 or made.height >= LEAST_FOOT * grid.width)


def _one_row(shots: Sequence[Shot], grid: Grid) -> float:
    """What a pair may take at a foot: the height of its one row, captions below included."""
    row = _row(shots, grid.width, grid.gap)[0].height
    # Two panoramas would be too low side by side: they stand one above the other.
    return row + grid.height / 4 if row >= LEAST_ROW * grid.width else grid.height


def fine(length: float) -> float:
    """A length to a thousandth of a millimetre, so that no machine writes another."""
    return round(length, 3)
