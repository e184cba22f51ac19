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
from candlelight.book.captions import Words, wide
from candlelight.book.grid import Grid
from candlelight.book.plates import Shot
from candlelight.book.sheets import Block, Plate

LONG = 3
"""Pages of text from which loose pictures stand between the paragraphs, as they do from two if
the second would hold too little."""

LEAST_LINES = 6
"""On the last page of a story of several, and under a picture at the head of a page."""

TOGETHER = 3
"""Pictures on one plate between paragraphs, at most."""


class Extent(msgspec.Struct, frozen=True):
    """What the press measured of one story.

    *page* is the physical page that it opens on, odd for a recto; *pages* is how many its text
    takes and *last* the lines used on the last of them, both from line 1 of its first page, with
    what stands before it there (*before* lines of a chapter opening) and its *heading* lines.
    *opening* counts the pages of the part that opens right before it, from the verso of the night
    spread to the page before the story; else 0.
    """

    id: str
    page: int = 1
    pages: int = 1
    last: int = 0
    heading: int = 0
    before: int = 0
    opening: int = 0


class Pictures(msgspec.Struct, frozen=True):
    """The photos of one story and the *blocks* of its text as its sheet has them.

    *placed* are photos that the text itself places: (block that it stands before, index in
    *shots*), ascending.
    """

    shots: tuple[Shot, ...] = ()
    blocks: tuple[Block, ...] = ()
    placed: tuple[tuple[int, int], ...] = ()

    @property
    def length(self) -> int:
        """The characters of the text."""
        return sum(len(_text(block)) for block in self.blocks)

    def without_first(self) -> Pictures:
        """The same without its first photo, which stands over the text."""
        placed = tuple((at, shot - 1) for at, shot in self.placed if shot)
        return msgspec.structs.replace(self, shots=self.shots[1:], placed=placed)


def with_plates(extent: Extent, flowing: Sequence[Plate], grid: Grid) -> Extent:
    """*extent* as it becomes with plates between its paragraphs."""
    if not flowing:
        return extent
    lines = _lines(extent, grid) + sum(_taken(one, grid) for one in flowing)
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
    lines = _lines(ended, grid) - sum(_taken(one, grid) for one in flowing)
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


def _lines(extent: Extent, grid: Grid) -> int:
    return (extent.pages - 1) * grid.lines + extent.last


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
    long = extent.pages >= LONG or extent.last < LEAST_LINES
    room = extent.pages - taken if long else 0
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


def _anchors(
    extent: Extent, pictures: Pictures, made: Sequence[Plate], count: int, grid: Grid
) -> list[int]:
    """Before which blocks *count* plates stand, so that pages with pictures are evenly spread."""
    starts = _starts(extent, pictures.blocks, grid)
    free = _stops(pictures.blocks)
    taken = sum(_taken(one, grid) for one in made)
    pages = math.ceil((_lines(extent, grid) + taken) / grid.lines)
    each = taken / len(made) if made else 0.0
    if count < pages:  # a last page needs its lines more than a picture
        pages -= 1
    anchors: list[int] = []
    for index in range(count):
        page = int((index + 0.5) * pages / count)
        # What stands on the page of a plate: the text up to there, without the plates before it.
        top = page * grid.lines - index * each
        free = [at for at in free if not anchors or at > anchors[-1]]
        later = [at for at in free if starts[at] >= top]
        if not free:
            break
        anchors.append(later[0] if later else free[-1])
    return anchors


def _stops(blocks: Sequence[Block]) -> list[int]:
    """The blocks that a plate may stand before: never the first, none that goes with the last."""
    return [
        at
        for at, (before, block) in enumerate(itertools.pairwise(blocks), start=1)
        if before.kind != "h" and not block.more and not (block.kind == before.kind != "p")
    ]


def _starts(extent: Extent, blocks: Sequence[Block], grid: Grid) -> list[float]:
    """The line on which each block begins, estimated and scaled to what was measured."""
    estimated = list(itertools.accumulate((_estimate(one, grid) for one in blocks), initial=0))
    first = extent.before + extent.heading
    scale = max(0, _lines(extent, grid) - first) / max(1, estimated[-1])
    return [first + start * scale for start in estimated]


def _estimate(block: Block, grid: Grid) -> int:
    if block.kind in {"h", "hr"}:
        return 2
    if block.kind in {"v", "code"}:
        return 2 + sum(_style(run) == "/" for run in block.runs)
    room = grid.characters - 2 * (block.depth + (block.kind != "p"))
    return max(1, math.ceil((wide(_text(block)) + 2) / max(room, 5)))


def _text(block: Block) -> str:
    return "".join(run if isinstance(run, str) else run[0] for run in block.runs)


def _style(run: object) -> str:
    return str(run[1]) if isinstance(run, tuple) else ""
