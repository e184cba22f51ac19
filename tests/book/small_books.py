"""Small books for the press: sheets made by hand, laid in a folder with stand-ins for photos."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from candlelight.book.account import extents
from candlelight.book.composition import plates_around
from candlelight.book.finish import placeholder
from candlelight.book.folder import lay
from candlelight.book.pages import Extent
from candlelight.book.press import Press
from candlelight.book.sheets import (
    Block,
    BookSheet,
    Caption,
    Cell,
    ChapterSheet,
    Cover,
    Entry,
    Layout,
    Named,
    PartSheet,
    Plate,
    Run,
    StorySheet,
    Wall,
)

WALL = Wall((376, 150), (8, 11), (5, 7), (), ())
SENTENCE = "天还没有亮，楼下已经有人把菜一袋一袋地分好，写上门牌号，再一层一层送上去。"


def block(*runs: Run, kind: str = "p", **given: object) -> Block:
    return msgspec.structs.replace(Block(kind, runs), **given)


def prose(paragraphs: int, sentences: int = 3) -> tuple[Block, ...]:
    return tuple(block(SENTENCE * sentences) for _ in range(paragraphs))


def plate(
    place: str,
    after: int,
    *sizes: tuple[float, float],
    caption: str = "傍晚送菜上楼",
    **given: object,
) -> Plate:
    """One row of photos, each (width, height) in mm; keys are ``a``, ``b`` …"""
    cells = tuple(
        Cell(chr(97 + at), width, height, "楼道里的灯") for at, (width, height) in enumerate(sizes)
    )
    width = sum(size[0] for size in sizes) + 3.7 * (len(sizes) - 1)
    made = Plate(
        place, after, (cells,), width, sizes[0][1], (Caption("", caption),), "社区供图", 28.2
    )
    return msgspec.structs.replace(made, **given)


def story(name: str, blocks: Sequence[Block] = (), **given: object) -> StorySheet:
    made = StorySheet(
        id=name,
        title="送人玫瑰，手有余香",
        title_lines=("送人玫瑰，手有余香",),
        large=True,
        byline=(Named("何文君", "he"),),
        role="志愿者",
        date="2020年8月12日",
        lang="zh-Hans",
        rtl=False,
        blocks=tuple(blocks),
    )
    return msgspec.structs.replace(made, **given)


def chapter(*ids: str, title: str = "新园社区") -> ChapterSheet:
    return ChapterSheet(title, "乌鲁木齐·米东区", (Named("马保富", "ma"),), (), ids)


def part(*chapters: ChapterSheet, title: str = "蜡烛志愿者团队") -> PartSheet:
    return PartSheet(title, "3 个故事", "", WALL, (), chapters)


def book(*parts: PartSheet, **given: object) -> BookSheet:
    cover = Cover("烛光", "志愿者的故事", "", "编委会", "", (), "", WALL, None, "", "", 0)
    made = BookSheet(
        "烛光", "志愿者的故事", "", "zh-Hans", "烛光", cover, (), "", None, None, parts, (), (), {}
    )
    return msgspec.structs.replace(made, **given)


def laid(folder: Path, sheet: BookSheet, *stories: StorySheet) -> Path:
    """The working folder of *sheet*, with a stand-in for every photo."""
    plates = [*plates_around(sheet), *(plate for one in stories for plate in one.layout.plates)]
    rows = (row for plate in plates for row in plate.rows)
    keys = {cell.key for row in rows for cell in row if not cell.missing}
    dots = {key: placeholder(key) for key in keys}
    lay(folder, sheet, {one.id: one for one in stories}, dots, None)
    return folder


def measured(press: Press) -> dict[str, Extent]:
    """The extent of every story of the book on *press*, by its id, in order."""
    return extents(press.account(), press.grid)


def one_story(blocks: Sequence[Block] = (), **given: object) -> tuple[BookSheet, StorySheet]:
    """A book of one part, one chapter without a name, one story ``a``."""
    return book(part(chapter("a", title=""))), story("a", blocks, **given)


def with_plates(*plates: Plate, follows: bool = False) -> Layout:
    return Layout(follows, plates)


SOURCE = Entry("来源", (Named("社区公众号"),))
