"""Where a volume becomes a file: photos in, boxes and inks of the printer, a look through it all.

Files are made aside and read back; when every one is ready they take their places together.
"""

from __future__ import annotations

import contextlib
import math
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from candlelight import whole
from candlelight.book.composition import Composed
from candlelight.book.finish import PrintFile, finish
from candlelight.book.grid import grid_of
from candlelight.book.inks import Ink
from candlelight.book.preflight import Expected, Preflight, preflight
from candlelight.book.prints import Print, photo_key, print_widths
from candlelight.model import Photo
from candlelight.printroom import PrintRoom
from candlelight.problems import Problem
from candlelight.publication import BookRequest, Chosen
from candlelight.run.reading import Progress
from candlelight.run.remember import Memory

PRINT_VERSION = "1.6"
"""The newest PDF that PDF/X-4 allows."""

_NEAR = 0.98
"""Sizes in whole pixels miss the dpi that was meant by less than that."""

CLAIMS = {"a-2b": "PDF/A-2B", "ua-1": "PDF/UA-1"}
"""The standards that may be asked for, and what a file says that holds them."""


class BookFile(msgspec.Struct, frozen=True):
    """A file that stands: *path*, pages, bytes, and what was found in it."""

    path: Path
    pages: int
    size: int
    preflight: Preflight


class Bindery:
    """Makes the files of the volumes that *request* asks for in *folder*, with *ink*."""

    def __init__(self, request: BookRequest, chosen: Chosen, ink: Ink, folder: Path) -> None:
        self.request, self.chosen, self.ink, self.folder = request, chosen, ink, folder
        self.book = chosen.lines.site.book
        self.room = PrintRoom(request.source, request.cache)

    def prints(self, composed: Composed, memory: Memory, progress: Progress) -> dict[str, Print]:
        """The photos of a volume at their largest size in it, by path."""
        needed = print_widths(composed.plates)
        photos: dict[str, Photo] = {}
        for document in composed.copy.documents.values():
            for photo in document.photos:
                if photo_key(photo.facts.digest) in needed:
                    photos[photo.path] = photo
        wanted = [
            (photo, math.ceil(needed[photo_key(photo.facts.digest)] * self.ink.fineness))
            for photo in photos.values()
        ]
        most = self.chosen.lines.site.photos.max_pixels
        return self.room.develop(wanted, self.ink.inks, most, memory, progress)

    def file(
        self,
        pdf: bytes,
        composed: Composed,
        prints: Mapping[str, Print],
        missing: Iterable[Problem],
        name: str = "",
    ) -> BookFile:
        """The file *pdf* with its photos, aside; then looked through."""
        volume = composed.copy.volume
        photos: dict[str, tuple[Photo, str]] = {}
        for document in composed.copy.documents.values():
            for photo in document.photos:
                photos.setdefault(photo_key(photo.facts.digest), (photo, document.path))
        files = {
            key: PrintFile(self.room.file(photo, one), one.width, one.height, self.ink.inks.name)
            for key, (photo, _) in photos.items()
            if (one := prints.get(photo.path)) and one.file
        }
        path = self.folder / f"{name}{volume.number}.pdf"
        made = finish(pdf, files, self.ink.production, path)
        grid = grid_of(self.book.trim, self.book.lines)
        expected = Expected(
            trim=None if name else (grid.page_width, grid.page_height),
            bleed=3 if self.request.for_print else 0,
            prints=self.request.for_print,
            stories={key: path for key, (_, path) in photos.items()},
            missing={
                one.place.path: str(one.given["characters"]).replace(" ", "") for one in missing
            },
            claims=tuple(CLAIMS[standard] for standard in self.request.standards),
            dpi=round(self.ink.dpi * _NEAR),
        )
        found = preflight(made.path, expected, made.found)
        suffix = f"{name and '-'}{name}" + (f"-{volume.number}" if volume.count > 1 else "")
        output = self.request.output
        found = msgspec.structs.replace(found, file=f"{output.stem}{suffix}{output.suffix}")
        return BookFile(made.path, found.pages, made.size, found)

    @property
    def form(self) -> tuple[tuple[str, ...], bool]:
        """The standards that Typst is told, and whether it writes tags: no printer reads them."""
        if self.request.for_print:
            return (PRINT_VERSION,), False
        return self.request.standards, True


def in_place(files: Sequence[BookFile], request: BookRequest) -> tuple[BookFile, ...]:
    """Move *files* to where they were asked for; what stood there stands until all are ready."""
    request.output.parent.mkdir(parents=True, exist_ok=True)
    placed = [
        msgspec.structs.replace(file, path=request.output.with_name(file.preflight.file))
        for file in files
    ]
    with contextlib.ExitStack() as ready:
        for file, target in zip(files, placed, strict=True):
            whole.sweep(target.path)
            part = ready.enter_context(whole.aside(target.path, lasting=True))
            shutil.move(file.path, part)
    return tuple(placed)
