"""Pictures in the run of a long story: which stand between its paragraphs, and before which.

The first stands at the foot of its page, later ones at the head, spread evenly over the pages. A
photo that the text itself places stays by its block. The last page of a long story holds six
lines or more: where it would hold fewer, pictures get a little narrower or wider.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence

import msgspec

from candlelight.book import plates
from candlelight.book.captions import Words
from candlelight.book.grid import Grid
from candlelight.book.plates import Shot
from candlelight.book.sheets import Plate
from candlelight.book.texts import Extent, Pictures, starts, stops, total

LONG = 3
"""Pages of text from which loose pictures stand between the paragraphs, as they do from two if
the second would hold too little."""

LEAST_LINES = 6
"""On the last page of a story of several, and under a picture at the head of a page."""

TOGETHER = 3
"""Pictures on one plate between paragraphs, at most."""


def with_plates(extent: Extent, flowing: Sequence[Plate], grid: Grid) -> Extent:
    """*extent* as it becomes with plates between its paragraphs."""
    if not flowing:
        return extent
    lines = total(extent, grid) + sum(_taken(one, grid) for one in flowing)
    pages = max(1, math.ceil(lines / grid.lines))
    last = lines - (pages - 1) * grid.lines
    return msgspec.structs.replace(extent, pages=pages, last=last)


def between(
    extent: Extent, pictures: Pictures, grid: Grid, words: Words
) -> tuple[list[Plate], tuple[Shot, ...]]:
    """The plates between the paragraphs, in order, and the photos that are left for the end."""
    if extent.pages < 2:
        return [], pictures.shots
    fixed = list(_placed(pictures, grid, words))
    loose, rest = _loose(extent, pictures, len(fixed), grid, words)
    anchors = _anchors(extent, pictures, fixed, [one for one, _ in loose], grid)
    # Where the text has no place for a picture between its blocks, it stands after the end.
    kept = [shot for _, shots in loose[len(anchors) :] for shot in shots]
    hung = [(after, one) for after, (one, _) in zip(anchors, loose, strict=False)]
    if hung and not fixed:
        after, first = hung[0]
        line = starts(extent, pictures.blocks, grid)[after]
        hung[0] = (after, _on_its_page(first, loose[0][1], line, grid, words))
    merged = sorted([*fixed, *hung], key=lambda pair: pair[0])
    flowing = [
        msgspec.structs.replace(one, place="head" if index else "foot", after=after)
        for index, (after, one) in enumerate(merged)
    ]
    return flowing, (*kept, *rest)


def refitted(
    flowing: Sequence[Plate], ended: Extent, pictures: Pictures, grid: Grid
) -> tuple[Plate, ...]:
    """*flowing* with other widths if *ended*, with them, leaves too little on its last page."""
    if ended.pages < 2 or not 0 < ended.last < LEAST_LINES:
        return tuple(flowing)
    lines = total(ended, grid) - sum(_taken(one, grid) for one in flowing)
    choices = []
    for variant in _variants(flowing, pictures, grid):
        last = (lines + sum(_taken(one, grid) for one in variant)) % grid.lines
        # A page that is full to the last line would spill at the first widow.
        if last >= LEAST_LINES:
            choices.append((sum(one.width for one in variant), variant))
    return max(choices, key=lambda one: one[0])[1] if choices else tuple(flowing)


def _variants(
    flowing: Sequence[Plate], pictures: Pictures, grid: Grid
) -> Iterator[tuple[Plate, ...]]:
    """*flowing* with the first, the first two … of its plates one, two … widths away."""
    others = [_other_widths(one, pictures, grid) for one in flowing]
    flexible = [at for at, widths in enumerate(others) if widths]
    for count in range(1, len(flexible) + 1):
        for step in range(max(len(others[at]) for at in flexible[:count])):
            variant = list(flowing)
            for at in flexible[:count]:
                variant[at] = others[at][min(step, len(others[at]) - 1)]
            yield tuple(variant)


def _other_widths(one: Plate, pictures: Pictures, grid: Grid) -> list[Plate]:
    """*one* at the other widths of copyfitting, the nearest first, if it stands in the text."""
    if one.place not in {"foot", "head"} or one.after >= len(pictures.blocks) or not one.rows:
        return []
    carrying = {shot.key: shot for shot in pictures.shots}
    wide = one.width > grid.em * 24 or one.width > plates.LANDSCAPE * one.height
    made = []
    for width in grid.fitting if wide else grid.slim:
        other = plates.resized(one, width, grid)
        cells = [cell for row in other.rows for cell in row]
        enough = width < one.width or all(carrying[cell.key].carries(cell.width) for cell in cells)
        if enough and plates.tall_enough(other, grid) and abs(width - one.width) > 0.01:
            made.append(other)
    return sorted(made, key=lambda other: abs(other.width - one.width))


def _taken(one: Plate, grid: Grid) -> int:
    return grid.lines_of(plates.depth(one, grid))


def _placed(pictures: Pictures, grid: Grid, words: Words) -> Iterator[tuple[int, Plate]]:
    """The plates of photos that the text places, each with its block."""
    for at, group in itertools.groupby(pictures.placed, key=lambda pair: pair[0]):
        shots = [pictures.shots[index] for _, index in group]
        for start in range(0, len(shots), TOGETHER):
            for one in _in_text(shots[start : start + TOGETHER], grid, words):
                yield min(max(at, 1), max(len(pictures.blocks) - 1, 0)), one


def _loose(
    extent: Extent, pictures: Pictures, taken: int, grid: Grid, words: Words
) -> tuple[list[tuple[Plate, Sequence[Shot]]], tuple[Shot, ...]]:
    """The other photos as plates for the text, as far as its pages go, and those left over."""
    placed = {index for _, index in pictures.placed}
    shots = [shot for index, shot in enumerate(pictures.shots) if index not in placed]
    tail = extent.last < LEAST_LINES and len(shots) <= 2  # one plate, so that they stay together
    room = extent.pages - taken if extent.pages >= LONG else int(tail)
    made: list[tuple[Plate, Sequence[Shot]]] = []
    done = 0
    for size in _sizes(len(shots), max(room, 0)):
        some = shots[done : done + size]
        found = _largest(some, grid, words)
        if not found:
            break
        made.append((found, some))
        done += size
    return made, tuple(shots[done:])


def _sizes(count: int, pages: int) -> list[int]:
    """How many of *count* photos stand on each plate, the fewest on the first."""
    groups = min(count, pages)
    if count > 2 * groups:
        return [1, *[TOGETHER] * (groups - 1)] if groups else []
    share, more = divmod(count, groups) if groups else (0, 0)
    return [share + (at >= groups - more) for at in range(groups)]


def _in_text(shots: Sequence[Shot], grid: Grid, words: Words) -> list[Plate]:
    found = _largest(shots, grid, words)
    return [found] if found else plates.pages(shots, grid, words)


def _largest(shots: Sequence[Shot], grid: Grid, words: Words) -> Plate | None:
    """The plate of *shots* that leaves some lines of text on its page."""
    room = grid.height - grid.clearance - (LEAST_LINES - 2) * grid.pitch
    return plates.beside_text(shots, room, grid, words)


def _on_its_page(one: Plate, shots: Sequence[Shot], line: float, grid: Grid, words: Words) -> Plate:
    """*one*, or a smaller plate of *shots* if a sensible one fits under the text before *line*."""
    room = grid.below(math.ceil(line % grid.lines))
    if plates.depth(one, grid) <= room:
        return one
    found = plates.beside_text(shots, room, grid, words)
    return found if found and found.width >= plates.SENSIBLE * grid.em - 0.01 else one


def _anchors(
    extent: Extent,
    pictures: Pictures,
    fixed: Sequence[tuple[int, Plate]],
    loose: Sequence[Plate],
    grid: Grid,
) -> list[int]:
    """Before which blocks the *loose* plates stand: evenly spread, each on a page of its own.

    Fewer than there are plates where the text ends or has no more room between blocks.
    """
    lines = _lines_among(fixed, extent, pictures, grid)
    free = stops(pictures.blocks)
    every = [_taken(one, grid) for one in loose]
    pages = math.ceil((lines[-1] + sum(every)) / grid.lines)
    if len(loose) < pages:  # a last page needs its lines more than a picture
        pages -= 1
    anchors: list[int] = []
    gone = least = 0
    for index, taken in enumerate(every):
        page = max(int((index + 0.5) * pages / len(loose)), least)
        free = [at for at in free if not anchors or at > anchors[-1]]
        if not free:
            break
        top = page * grid.lines - gone
        anchors.append(next((at for at in free if lines[at] >= top), free[-1]))
        landed, offset = divmod(lines[anchors[-1]] + gone, grid.lines)
        gone += taken
        # What does not fit on the page of its block goes on to the next one.
        least = int(landed) + 1 + (offset + taken > grid.lines)
    return anchors


def _lines_among(
    fixed: Sequence[tuple[int, Plate]], extent: Extent, pictures: Pictures, grid: Grid
) -> list[float]:
    """On which line each block begins, and the text ends, after the plates that are *fixed*."""
    return [
        line + sum(_taken(one, grid) for block, one in fixed if block <= at)
        for at, line in enumerate(starts(extent, pictures.blocks, grid))
    ]
