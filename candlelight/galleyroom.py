"""Where the galleys of a book are set: only those that nobody remembers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from candlelight import resources
from candlelight.book.account import Galley
from candlelight.book.fonts import Faces
from candlelight.book.galleys import GalleyJob, ground_of, keys_of, pieces_of, pull
from candlelight.book.press import Setting
from candlelight.book.sheets import BookSheet, Piece, StorySheet
from candlelight.libraries import version_of
from candlelight.run.execute import Workers
from candlelight.run.remember import Memory

_ALONE = 40
"""Pieces that are set sooner here than by processes that must start first."""

_BATCH = 150
"""Pieces that one process sets: Typst keeps some 2 MB of each for as long as the process lives."""


class GalleyRoom:
    """Sets galleys in *folder* with *faces* and the templates of *source*.

    *memory* knows what those of earlier runs measured.
    """

    def __init__(self, folder: Path, source: Path, faces: Faces, memory: Memory) -> None:
        self._folder, self._source, self._faces, self._memory = folder, source, faces, memory

    def galleys(
        self, book: BookSheet, stories: Mapping[str, StorySheet], setting: Setting
    ) -> dict[str, Galley]:
        """What each piece of *book* measures, by its id. Raises BrokenTemplate, OSError."""
        pieces = list(pieces_of(book))
        keys = keys_of(pieces, book, stories, ground_of(book, setting, *self._digests()))

        def work(missing: list[Piece]) -> Iterator[Galley]:
            size = len(missing) if len(missing) <= _ALONE else _BATCH
            jobs = [
                self._job(missing[at : at + size], book, stories, setting)
                for at in range(0, len(missing), size)
            ]
            with Workers(self._memory.workers.count, anew=True) as own:
                for galleys in own.map(pull, jobs, batch=1, alone=1):
                    yield from galleys

        wanted = {keys[piece.id]: piece for piece in pieces}
        made = self._memory.all_at_once("galleys", wanted, Galley, work)
        return {piece.id: made[keys[piece.id]] for piece in pieces}

    def _job(
        self,
        pieces: list[Piece],
        book: BookSheet,
        stories: Mapping[str, StorySheet],
        setting: Setting,
    ) -> GalleyJob:
        own = {piece.id: stories[piece.id] for piece in pieces if piece.kind == "story"}
        places = map(str, (self._faces.folder, self._source, self._folder))
        return GalleyJob(tuple(pieces), book, own, setting, *places)

    def _digests(self) -> Iterator[str]:
        """Names for all that shapes a page beside the sheets: faces, templates, Typst itself."""
        yield version_of("typst")
        yield self._faces.folder.name
        for name, path in resources.files("templates/book", self._source).items():
            yield name
            yield hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()
