"""What placing pictures must know of a text: what it measures, where it may be interrupted."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import msgspec

from candlelight.book.captions import wide
from candlelight.book.grid import Grid
from candlelight.book.plates import Shot
from candlelight.book.sheets import Block


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


def total(extent: Extent, grid: Grid) -> int:
    """The lines from line 1 of the first page to the last line of the text."""
    return (extent.pages - 1) * grid.lines + extent.last


def stops(blocks: Sequence[Block]) -> list[int]:
    """The blocks that a plate may stand before: never the first, none that goes with the last."""
    return [
        at
        for at, (before, block) in enumerate(itertools.pairwise(blocks), start=1)
        if before.kind != "h" and not block.more and not (block.kind == before.kind != "p")
    ]


def starts(extent: Extent, blocks: Sequence[Block], grid: Grid) -> list[float]:
    """The line on which each block begins, estimated and scaled to what was measured."""
    estimated = list(itertools.accumulate((_estimate(one, grid) for one in blocks), initial=0))
    first = extent.before + extent.heading
    scale = max(0, total(extent, grid) - first) / max(1, estimated[-1])
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
