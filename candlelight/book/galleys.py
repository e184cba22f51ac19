"""Galleys: each text of a book set by itself, without pictures, and measured.

Pictures are placed by what texts measure, before a page is made up. A text measures the same
wherever it comes to stand, so what one measured once holds until it is edited itself: its key names
all that shapes it, and whoever calls may remember galleys by their keys.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from candlelight.book.account import Galley
from candlelight.book.folder import lay
from candlelight.book.pages import Extent
from candlelight.book.press import Press, Setting
from candlelight.book.sheets import (
    Block,
    BookSheet,
    Cover,
    Layout,
    PartSheet,
    Piece,
    Plate,
    Run,
    StorySheet,
    Wall,
)

_NO_WALL = Wall((0, 0), (0, 0), (0, 0), (), ())
_NO_COVER = Cover("", "", "", "", "", (), "", _NO_WALL, None, "", "")


class GalleyJob(msgspec.Struct, frozen=True):
    """*pieces* of *book* to be set with the faces in *fonts*, and the *stories* among them, by id.

    *source* is where templates of the anthology's own may be, *folder* where to work.
    """

    pieces: tuple[Piece, ...]
    book: BookSheet
    stories: dict[str, StorySheet]
    setting: Setting
    fonts: str
    source: str
    folder: str


def pieces_of(book: BookSheet) -> Iterator[Piece]:
    """What is set by itself, in the order of the book: registers, openings apart, stories."""
    for n, part in enumerate(book.parts):
        if part.points or part.text:
            yield Piece(f"points-{n}", "points", n)
        yield from _of_chapters(n, part)


def keys_of(
    pieces: Iterable[Piece], book: BookSheet, stories: Mapping[str, StorySheet], ground: bytes
) -> dict[str, str]:
    """The key of each piece by its id; *ground* names what shapes all of them (`ground_of`)."""
    encode = msgspec.msgpack.Encoder().encode
    book = _bare_book(book)
    parts = [encode((part.title, part.points, part.text)) for part in book.parts]
    openings = [[encode(chapter) for chapter in part.chapters] for part in book.parts]
    keys = {}
    for piece in pieces:
        digest = hashlib.blake2b(ground, digest_size=16)
        digest.update(piece.kind.encode())
        if piece.kind == "points":
            digest.update(parts[piece.part])
        elif piece.opens:
            digest.update(openings[piece.part][piece.chapter])
        if piece.kind == "story":
            digest.update(encode(_bare(stories[piece.id])))
            digest.update(b"1" if book.parts[piece.part].chapters[piece.chapter].title else b"0")
        keys[piece.id] = digest.hexdigest()
    return keys


def ground_of(book: BookSheet, setting: Setting, *digests: str) -> bytes:
    """What shapes every piece of *book*; *digests* are those of faces, templates and Typst."""
    words = sorted(book.words.items())
    return msgspec.msgpack.encode((book.language, words, _bare_setting(setting), digests))


def pull(job: GalleyJob) -> list[Galley]:
    """Set the pieces of *job*. Raises BrokenTemplate, OSError."""
    with tempfile.TemporaryDirectory(prefix="galleys-", dir=job.folder) as name:
        folder = Path(name)
        stories = {key: _bare(sheet) for key, sheet in job.stories.items()}
        lay(folder, _bare_book(job.book), stories, {}, Path(job.source))
        press = Press(folder, Path(job.fonts), _bare_setting(job.setting))
        return press.galleys(job.pieces)


def extents_of(book: BookSheet, galleys: Mapping[str, Galley]) -> list[Extent]:
    """The extent of every story, in the order of the book, as it would stand without pictures.

    Parts open on versos; plates of parts and chapters that stand at no foot take a page each;
    *galleys* are by the ids of their pieces.
    """
    found: list[Extent] = []
    page = 1
    for n, part in enumerate(book.parts):
        verso = page + 1 + (page + 1) % 2
        page = verso + 1 + _pages(galleys.get(f"points-{n}")) + _leaves(part.plates)
        opens = True
        for piece in _of_chapters(n, part):
            galley = galleys[piece.id]
            if piece.kind == "story":
                opening = page + 1 - verso if opens else 0
                found.append(_extent(piece.id, galley, page + 1, opening))
                opens = False
            page += galley.pages
            if piece.kind == "chapter":
                page += _leaves(part.chapters[piece.chapter].plates)
    return found


def _of_chapters(n: int, part: PartSheet) -> Iterator[Piece]:
    """The pieces of the chapters of *part*, the *n*th."""
    for m, chapter in enumerate(part.chapters):
        if chapter.apart:
            yield Piece(f"chapter-{n}-{m}", "chapter", n, m, opens=True)
        opens = chapter.title != "" and not chapter.apart
        for at, story in enumerate(chapter.stories):
            yield Piece(story, "story", n, m, opens=opens and at == 0)


def _pages(galley: Galley | None) -> int:
    return galley.pages if galley else 0


def _leaves(plates: Iterable[Plate]) -> int:
    """The pages that *plates* take of their own."""
    return sum(one.place != "foot" for one in plates)


def _extent(name: str, galley: Galley, page: int, opening: int) -> Extent:
    return Extent(
        id=name,
        page=page,
        pages=galley.pages,
        last=galley.last,
        heading=galley.heading,
        before=galley.before,
        opening=opening,
    )


def _bare_setting(setting: Setting) -> Setting:
    """*setting* without inks, bleed and cover: books for reading and for print share galleys."""
    return Setting(trim=setting.trim, lines=setting.lines, extra=setting.extra)


def _bare(sheet: StorySheet) -> StorySheet:
    """*sheet* without what comes later, its links to other stories leading anywhere else."""
    return msgspec.structs.replace(
        sheet,
        blocks=tuple(map(_unlinked, sheet.blocks)),
        notes=tuple(tuple(map(_led_away, note)) for note in sheet.notes),
        qr=None,
        layout=Layout(),
    )


def _bare_book(book: BookSheet) -> BookSheet:
    """*book* with what keys name and no more: whichever book it is set for, a text is the same."""
    parts = []
    for part in book.parts:
        chapters = [
            msgspec.structs.replace(one, text=tuple(map(_unlinked, one.text)), plates=())
            for one in part.chapters
        ]
        text = tuple(map(_unlinked, part.text))
        parts.append(PartSheet(part.title, "", "", _NO_WALL, part.points, tuple(chapters), text))
    bare = BookSheet("", "", "", book.language, "", _NO_COVER, (), "", None, None, (), (), (), {})
    return msgspec.structs.replace(bare, parts=tuple(parts), words=book.words)


def _unlinked(block: Block) -> Block:
    if all(isinstance(run, str) for run in block.runs):
        return block
    return msgspec.structs.replace(block, runs=tuple(map(_led_away, block.runs)))


def _led_away(run: Run) -> Run:
    """A link to a story that is not among the galleys is an error to Typst."""
    if isinstance(run, tuple) and len(run) == 3 and run[2].startswith("#"):
        return (run[0], run[1], "about:blank")
    return run
