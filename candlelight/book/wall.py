"""The wall of lights of covers and part openings: dark houses, and one lit window a story.

Chance is a hash of the seed or of a story's slug, so that the same book always has the same wall.
Lengths are millimetres from the wall's upper left corner; walls reach 3 mm beyond the trim at
both sides and at the foot. Sizes are those of look/book.md for 185 mm of width.
"""

from __future__ import annotations

import math
from bisect import bisect, insort
from collections.abc import Iterator, Sequence
from hashlib import sha256

import msgspec

from candlelight.book.sheets import Pane, Wall, WallHouse

BLEED = 3.0
SPINE_SIDE = 12.0  # no lit window nearer to the spine: the binding would swallow it
EDGE = 2.0  # nor nearer to a cut
CELL, PANE, INSET = (8.45, 11.35), (5.65, 7.35), 2.95
SKY = 2.4  # a wall must have so many cells for each light, or it stands farther away
FARTHER = 0.82  # each step makes cells and houses this much smaller
WHOLE = 3.0  # a pane lower than this is too small for a blind or a half-drawn curtain
CALM = 400  # up to so many lights are spread by hand, as it were; more are a city anyway

Span = tuple[float, float]
Spot = tuple[float, float]


class Plot(msgspec.Struct, frozen=True):
    """Where a wall is built: lit windows only in *lit_on*, and in none of *clear*.

    *plain* is a span of wall without any window, for the letters of a spine; *scale* multiplies
    cells and houses.
    """

    width: float
    height: float
    lit_on: Span
    clear: tuple[Span, ...] = ()
    plain: Span | None = None
    scale: float = 1


def cover_wall(seed: str, lights: Sequence[str], trim: tuple[float, float], spine: float) -> Wall:
    """The wall over back, spine and front of a book of *trim* (width, height); lit on the front."""
    width, height = trim
    left, right = BLEED + width, BLEED + width + spine
    plot = Plot(
        width=2 * width + spine + 2 * BLEED,
        height=round(height * 0.615 + BLEED, 2),
        lit_on=(right + SPINE_SIDE, right + width - EDGE),
        plain=(left, right) if spine else None,
        scale=width / 185,
    )
    return build(seed, lights, plot)


def part_wall(seed: str, lights: Sequence[str], trim: tuple[float, float]) -> Wall:
    """The wall of a part's opening, over two pages of *trim* (width, height)."""
    width, height = trim
    middle = BLEED + width
    plot = Plot(
        width=2 * width + 2 * BLEED,
        height=round(height * 0.565 + BLEED, 2),
        lit_on=(BLEED + EDGE, middle + width - EDGE),
        clear=((middle - SPINE_SIDE, middle + SPINE_SIDE),),
        scale=width / 185,
    )
    return build(seed, lights, plot)


def build(seed: str, lights: Sequence[str], plot: Plot) -> Wall:
    """The wall on *plot*: houses by chance of *seed*, windows by chance of each slug in *lights*.

    The more lights, the farther the wall stands: cells shrink until every story has its window.
    """
    near = plot.scale
    houses: tuple[WallHouse, ...] = ()
    cells: list[Spot] = []
    # A wall without room for a lit window (a narrow span, a tiny page) ends in dust, not in a loop.
    while near > 0.02 * plot.scale:
        houses = tuple(_houses(seed, plot, near))
        cells = [cell for house in houses for cell in _cells(house, plot, near)]
        if len(cells) >= SKY * len(lights):
            break
        near *= FARTHER
    return Wall(
        size=(plot.width, plot.height),
        cell=_times(CELL, near),
        pane=_times(PANE, near),
        houses=houses,
        lit=_lit(seed, lights, cells, PANE[1] * near >= WHOLE),
    )


def _houses(seed: str, plot: Plot, near: float) -> Iterator[WallHouse]:
    """The street from edge to edge; its first and last house are cut."""
    if plot.plain is None:
        yield from _row(seed, plot, near, -_chance(seed, "edge") * 3 * CELL[0] * near)
        return
    spine = _spine_house(seed, plot, plot.plain, near)
    left, right = spine[0].x, spine[-1].x + spine[-1].width
    # Seen from the spine, the houses of the back stand in a row of their own, turned round.
    back = tuple(_row(f"{seed}/back", plot, near, plot.width - left, spine[0]))
    for house in reversed(back):
        yield msgspec.structs.replace(house, x=_mm(plot.width - house.x - house.width))
    yield from spine
    yield from _row(seed, plot, near, right, spine[0])


def _row(
    seed: str, plot: Plot, near: float, x: float, beside: WallHouse | None = None
) -> Iterator[WallHouse]:
    """Houses from *x* to the right edge; neighbours differ in tone and by two floors or more."""
    tone, floors = (beside.tone, beside.floors) if beside else (0, 0)
    number = 0
    while x < plot.width:
        tone = (tone + 1 + int(_chance(seed, "tone", number) * 2)) % 3
        floors = _floors(seed, plot, near, number, floors)
        columns = _columns(seed, near, number)
        width = (columns * CELL[0] + 2 * INSET) * near
        yield _house(x, width, near, tone, (columns, floors))
        x += width
        number += 1


def _spine_house(seed: str, plot: Plot, span: Span, near: float) -> tuple[WallHouse, ...]:
    """One house to the eye: windows at either side of the spine, plain wall under its letters.

    Its edges keep off the folds of the cover, where a shift of a millimetre would show.
    """
    floors = max(1, round(_most(plot, near) * (0.5 + 0.15 * _chance(seed, "spine"))))
    tone = int(_chance(seed, "spine tone") * 3)
    columns = max(2, int(2 / near**0.5))
    side = (columns * CELL[0] + INSET) * near
    inner = max(INSET * near, 0.25 * (span[1] - span[0]))
    left, right = span[0] - inner, span[1] + inner
    middle = _house(left - 0.2, right - left + 0.4, near, tone, (0, floors))  # no seam
    west = _house(left - side, side, near, tone, (columns, floors))
    east = _house(right, side, near, tone, (columns, floors))
    return west, middle, msgspec.structs.replace(east, inset=0.0)


def _house(x: float, width: float, near: float, tone: int, grid: tuple[int, int]) -> WallHouse:
    columns, floors = grid
    height = floors * CELL[1] * near + _head(near) + _base(near)
    inset = INSET * near
    return WallHouse(
        _mm(x), _mm(width), _mm(height), tone, columns, floors if columns else 0, _mm(inset)
    )


def _columns(seed: str, near: float, number: int) -> int:
    """Four to seven side by side; from afar more, for houses shrink less than their windows."""
    return int((4 + _chance(seed, "columns", number) * 4) / near**0.5)


def _floors(seed: str, plot: Plot, near: float, number: int, beside: int) -> int:
    most = _most(plot, near)
    floors = max(1, round(most * (0.42 + 0.58 * _chance(seed, "floors", number))))
    if abs(floors - beside) < 2 <= most // 2:
        floors = beside - 2 if beside + 2 > most else beside + 2
    return floors


def _most(plot: Plot, near: float) -> int:
    """Floors of the highest house."""
    return max(1, int((plot.height - BLEED - _head(near) - _base(near)) / (CELL[1] * near)))


def _head(near: float) -> float:
    """From the roof to the highest cell."""
    return 4.3 * near


def _base(near: float) -> float:
    """From the lowest cell to the end of the wall: what a cut takes, and the ground."""
    return BLEED + 3.2 * near


def _cells(house: WallHouse, plot: Plot, near: float) -> Iterator[Spot]:
    """Where windows of *house* may be lit: upper left corners of cells."""
    top = plot.height - house.height + _head(near)
    for column in range(house.columns):
        x = house.x + house.inset + column * CELL[0] * near
        end = x + CELL[0] * near
        if x < plot.lit_on[0] or end > plot.lit_on[1]:
            continue
        if any(x < right and end > left for left, right in plot.clear):
            continue
        for floor in range(house.floors):
            yield _mm(x), _mm(top + floor * CELL[1] * near)


def _lit(seed: str, lights: Sequence[str], cells: Sequence[Spot], whole: bool) -> tuple[Pane, ...]:
    """A cell for each light, in the order of the wall; the candle burns nearest to the middle."""
    free = list(cells)
    taken: list[Spot] = []
    panes = []
    for slug in sorted(lights)[: len(cells)]:
        cell = free.pop(_choice(seed, slug, free, taken))
        insort(taken, cell)
        panes.append(Pane(*cell, look=_look(slug, whole)))
    if panes:
        middle = _middle(cells)
        nearest = min(panes, key=lambda pane: _apart((pane.x, pane.y), middle))
        panes[panes.index(nearest)] = Pane(nearest.x, nearest.y, candle=True)
    return tuple(sorted(panes, key=lambda pane: (pane.x, pane.y)))


def _choice(
    seed: str,
    slug: str,
    free: Sequence[Spot],
    taken: Sequence[Spot],
) -> int:
    """One of the free cells by chance; of a few tried, the one farthest from other lights.

    *taken* are the lights so far, from left to right.
    """
    tries = 4 if len(taken) < CALM else 1
    tried = {int(_chance(seed, slug, at) * len(free)) for at in range(tries)}
    if len(tried) == 1 or not taken:
        return min(tried)
    return max(sorted(tried), key=lambda at: _nearest(free[at], taken))


def _nearest(spot: Spot, taken: Sequence[Spot]) -> float:
    """How far *spot* is from the nearest of *taken*, squared; these stand from left to right."""
    here = bisect(taken, spot)
    least = math.inf
    for side in (range(here, len(taken)), range(here - 1, -1, -1)):
        for at in side:
            # What stands farther aside than the nearest so far cannot be nearer.
            if (spot[0] - taken[at][0]) ** 2 >= least:
                break
            least = min(least, _apart(spot, taken[at]))
    return least


def _apart(one: Spot, other: Spot) -> float:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2


def _middle(cells: Sequence[Spot]) -> Spot:
    xs, ys = sorted(cell[0] for cell in cells), sorted(cell[1] for cell in cells)
    return xs[len(xs) // 2], ys[len(ys) // 2]


def _look(slug: str, whole: bool) -> int:
    """Most windows are plain or pale; near ones also have a blind or a curtain half drawn."""
    looks = (0, 0, 0, 1, 2, 2, 3, 3) if whole else (0, 0, 3)
    return looks[int(_chance("look", slug) * len(looks))]


def _times(size: tuple[float, float], near: float) -> tuple[float, float]:
    return _mm(size[0] * near), _mm(size[1] * near)


def _mm(length: float) -> float:
    """Rounded to a hundred-thousandth, so that the sheet reads the same on every machine."""
    return round(length, 5)


def _chance(*throw: object) -> float:
    """A throw from 0 up to 1, the same for ever."""
    name = "/".join(map(str, throw))
    digest = sha256(name.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:6], "big") / 2**48
