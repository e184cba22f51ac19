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
    made = [one for _, one in fixed] + [one for one, _ in loose]
    anchors = _anchors(extent, pictures, made, len(loose), grid)
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
        if last == 0 or last >= LEAST_LINES:
            choices.append((sum(one.width for one in variant), variant))
    return max(choices, key=lambda one: one[0])[1] if choices else tuple(flowing)


def _variants(
    flowing: Sequence[Plate], pictures: Pictures, grid: Grid
) -> Iterator[tuple[Plate, ...]]:
    """*flowing* with the first, the first two … of its single landscapes in each other width."""
    by_key = {shot.key: shot for shot in pictures.shots}
    single = [at for at, one in enumerate(flowing) if _is_flexible(one, len(pictures.blocks))]
    for count in range(1, len(single) + 1):
        for width in grid.fitting:
            variant = list(flowing)
            for at in single[:count]:
                one = flowing[at]
                if by_key[one.rows[0][0].key].carries(width) or width < one.width:
                    variant[at] = plates.resized(one, width, grid)
            yield tuple(variant)


def _is_flexible(one: Plate, blocks: int) -> bool:
    cells = [cell for row in one.rows for cell in row]
    flows = one.place in {"foot", "head"} and one.after < blocks
    return flows and len(cells) == 1 and cells[0].width >= plates.LANDSCAPE * cells[0].height


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
    """*one*, or a smaller plate of *shots* if that fits under the text before *line*."""
    room = grid.below(math.ceil(line % grid.lines))
    if plates.depth(one, grid) <= room:
        return one
    return plates.beside_text(shots, room, grid, words) or one


def _anchors(
    extent: Extent, pictures: Pictures, made: Sequence[Plate], count: int, grid: Grid
) -> list[int]:
    """Before which blocks *count* plates stand, so that pages with pictures are evenly spread."""
    lines = starts(extent, pictures.blocks, grid)
    free = stops(pictures.blocks)
    taken = sum(_taken(one, grid) for one in made)
    pages = math.ceil((total(extent, grid) + taken) / grid.lines)
    each = taken / len(made) if made else 0.0
    if count < pages:  # a last page needs its lines more than a picture
        pages -= 1
    anchors: list[int] = []
    for index in range(count):
        page = int((index + 0.5) * pages / count)
        # What stands on the page of a plate: the text up to there, without the plates before it.
        top = page * grid.lines - index * each
        free = [at for at in free if not anchors or at > anchors[-1]]
        later = [at for at in free if lines[at] >= top]
        if not free:
            break
        anchors.append(later[0] if later else free[-1])
    return anchors
