"""One volume, set: its sheets laid out, its pictures placed, its pages counted.

Every text has been set by itself and measured; the pictures are placed by these measures; what came
out otherwise than meant is mended in one more round. Nothing is written but the folder.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from candlelight.book.account import Account, Galley, extents
from candlelight.book.edition import Edition, date_of, story_id
from candlelight.book.finish import placeholder
from candlelight.book.folder import lay, lay_book
from candlelight.book.front import book_sheet
from candlelight.book.gallery import pictures_of, plates_of
from candlelight.book.galleys import extents_of
from candlelight.book.grid import Grid
from candlelight.book.names_index import names_index
from candlelight.book.pages import Pictures, adjust, arrange, counts
from candlelight.book.press import Press, Setting
from candlelight.book.sheets import BookSheet, Code, Layout, Plate, StorySheet
from candlelight.book.story import Told, address_of, story_links, story_sheet, with_code
from candlelight.book.volumes import Volume, documents_of
from candlelight.book.wall import cover_wall
from candlelight.book.words import Words
from candlelight.model import Document
from candlelight.plan.lines import Lines


class Copy(msgspec.Struct, frozen=True):
    """The copy of a volume, ready to be set: the book's sheet, and each story's with its photos.

    *documents* are those whose photos it shows, by what an `Account` calls their places; photos at
    the paths *broken* are boxes.
    """

    volume: Volume
    book: BookSheet
    told: Mapping[str, Told]
    pictures: Mapping[str, Pictures]
    documents: Mapping[str, Document]
    broken: frozenset[str] = frozenset()


class Composed(msgspec.Struct, frozen=True):
    """A volume as it was set. *stories* are the sheets with their layouts, by id."""

    copy: Copy
    stories: Mapping[str, StorySheet]
    account: Account

    @property
    def plates(self) -> Iterator[Plate]:
        """All plates of the volume."""
        yield from plates_around(self.copy.book)
        for sheet in self.stories.values():
            yield from sheet.layout.plates


class Drafted(msgspec.Struct, frozen=True):
    """A volume whose pictures have their places by what its text measures alone.

    *pages* counts the pages of each story; all are by the ids of stories.
    """

    copy: Copy
    layouts: Mapping[str, Layout]
    pages: Mapping[str, int]


def copy_of(
    volume: Volume,
    lines: Lines,
    texts: Mapping[str, tuple[str, ...]],
    words: Words,
    codes: Mapping[str, Code],
    broken: frozenset[str] = frozenset(),
) -> Copy:
    """The copy of *volume*; photos whose path is in *broken* are boxes with their file's name.

    *codes* are the QR codes of stories by their address (`story.address_of`).
    """
    names = names_index(volume, lines, words)
    links = story_links(volume.stories)
    told = {}
    pictures = {}
    for placed in volume.stories:
        name = story_id(placed.story.slug)
        blocks = texts[placed.story.body.digest]
        sheet = story_sheet(
            placed, lines, blocks, links=links, names=names.stories[name], words=words
        )
        told[name] = with_code(sheet, codes.get(address_of(placed.story, lines)), words)
        pictures[name] = pictures_of(placed.story, told[name], broken=broken)
    book = book_sheet(volume, lines, texts, names, words, broken=broken)
    return Copy(volume, book, told, pictures, documents_of(volume, lines), broken)


def lay_cover(composed: Composed, press: Press, spine: float) -> None:
    """Bring the sheets on *press* to a cover whose *spine* (mm) is known."""
    book, grid = composed.copy.book, press.grid
    slugs = [one.story.slug for one in composed.copy.volume.stories]
    wall = cover_wall(book.title, slugs, (grid.page_width, grid.page_height), spine)
    cover = msgspec.structs.replace(book.cover, wall=wall, spine=spine)
    lay_book(press.folder, msgspec.structs.replace(book, cover=cover))


def draft(copy: Copy, galleys: Mapping[str, Galley], grid: Grid, words: Words) -> Drafted:
    """Place the pictures of *copy* by what *galleys* measured, by the ids of their pieces."""
    copy = msgspec.structs.replace(copy, book=_with_feet(copy, galleys, grid, words["where"]))
    measured = extents_of(copy.book, galleys)
    layouts = arrange(measured, copy.pictures, grid, words["where"])
    return Drafted(copy, layouts, counts(measured, layouts, copy.pictures, grid))


def _with_feet(
    copy: Copy, galleys: Mapping[str, Galley], grid: Grid, where: Mapping[str, str]
) -> BookSheet:
    """The book's sheet, photos of teams and service points under their texts where they fit."""

    def plates(name: str, text: str) -> tuple[Plate, ...]:
        if name not in copy.documents:
            return ()
        room = grid.below(galleys[text].last) if text in galleys else 0
        return plates_of(copy.documents[name], grid, where, copy.broken, room=room)

    parts = []
    for n, part in enumerate(copy.book.parts):
        chapters = []
        for m, chapter in enumerate(part.chapters):
            own = plates(f"chapter-{n}-{m}", f"chapter-{n}-{m}")
            chapters.append(msgspec.structs.replace(chapter, plates=own))
        own = plates(f"part-{n}", f"points-{n}")
        parts.append(msgspec.structs.replace(part, chapters=tuple(chapters), plates=own))
    return msgspec.structs.replace(copy.book, parts=tuple(parts))


def compose(drafted: Drafted, press: Press, source: Path, words: Words) -> Composed:
    """Set the whole of *drafted* on *press*, in at most two rounds. Raises BrokenTemplate."""
    copy, where = drafted.copy, words["where"]
    stories = {name: one.sheet for name, one in copy.told.items()}
    layouts = dict(drafted.layouts)
    for _ in range(2):
        stories = {
            name: msgspec.structs.replace(sheet, layout=layouts[name])
            for name, sheet in stories.items()
        }
        _lay(copy, press, stories, source)
        account = press.account()
        came_out = list(extents(account, press.grid).values())
        changed = adjust(layouts, came_out, copy.pictures, press.grid, where)
        if not changed:
            break
        layouts |= changed
    return Composed(copy, stories, account)


def _lay(copy: Copy, press: Press, stories: Mapping[str, StorySheet], source: Path) -> None:
    keys = {shot.key for one in copy.pictures.values() for shot in one.shots if not shot.missing}
    around = (row for one in plates_around(copy.book) for row in one.rows)
    keys |= {cell.key for row in around for cell in row if not cell.missing}
    lay(press.folder, copy.book, stories, {key: placeholder(key) for key in keys}, source)


def plates_around(book: BookSheet) -> Iterator[Plate]:
    """The plates of *book* that belong to no story."""
    for text in (book.preface, book.afterword):
        yield from text.plates if text else ()
    for part in book.parts:
        yield from part.plates
        for chapter in part.chapters:
            yield from chapter.plates


def setting_of(edition: Edition, lines: Lines, *, for_print: bool, own: tuple[str, ...]) -> Setting:
    """How a book is set by the settings of its site; *own* are the families of its own fonts."""
    book = lines.site.book
    paper = "cmyk" if for_print else "rgb"
    return Setting(
        ink="black" if book.black else paper,
        bleed=3 if for_print else 0,
        trim=book.trim,
        lines=book.lines,
        cover=not for_print,
        extra=own,
        date=date_of(edition, book),
    )
