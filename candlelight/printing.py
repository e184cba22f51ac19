"""The printed book, readable top to bottom: choose → set → photos → write → look it through.

Nothing is written before everything is known: the files are made aside, read back, and take their
places together, or not at all. For the printer the cover is a file of its own.
"""

from __future__ import annotations

import contextlib
import math
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from candlelight import messages, whole
from candlelight.book.bars import qr
from candlelight.book.blemishes import boxes, pages_of, soft, without_glyph
from candlelight.book.composition import (
    Composed,
    Copy,
    Drafted,
    compose,
    copy_of,
    draft,
    lay_cover,
    setting_of,
)
from candlelight.book.finish import PrintFile, finish
from candlelight.book.fonts import faces
from candlelight.book.grid import grid_of
from candlelight.book.inks import ink_of
from candlelight.book.preflight import Expected, Preflight, preflight
from candlelight.book.press import BrokenTemplate, Press, Setting
from candlelight.book.prints import Print, photo_key, print_widths
from candlelight.book.sheets import Code, Numbers
from candlelight.book.story import address_of
from candlelight.book.volumes import Volume, volumes_of
from candlelight.book.words import Words
from candlelight.galleyroom import GalleyRoom
from candlelight.model import Photo
from candlelight.printroom import PrintRoom, working_folder
from candlelight.problems import Problem, Severity, broken_template
from candlelight.publication import LOST, BookRequest, Chosen, choose, in_order, stops
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


class BookReport(msgspec.Struct, frozen=True):
    """What came of it; without *files* nothing was written.

    *pages* are the numbers that readers find each story under, by its id.
    """

    problems: tuple[Problem, ...]
    language: str
    left_out: tuple[str, ...] = ()
    files: tuple[BookFile, ...] = ()
    pages: dict[str, str] = {}


class Bound(msgspec.Struct, frozen=True):
    """One volume, ready aside: its files, and where its stories stand in them."""

    composed: Composed
    files: tuple[BookFile, ...]
    problems: tuple[Problem, ...]


def publish_book(request: BookRequest, memory: Memory, progress: Progress) -> BookReport:
    """Make the book of *request*; on an error leave an old one alone. Raises OSError."""
    chosen = choose(request, memory, progress)
    with working_folder(request.cache) as folder:
        house = PrintingHouse(request, chosen, folder, memory, progress)
        problems = [*chosen.problems, *house.problems]
        grave = [one for one in problems if one.severity is Severity.ERROR and one.code not in LOST]
        if chosen.whole or house.problems or stops(grave, request):
            return BookReport(in_order(problems), chosen.language, chosen.left_out)
        try:
            bound = list(house.bind())
        except BrokenTemplate as broken:
            problems.append(broken_template("book", broken.file, broken.line, broken.reason))
            return BookReport(in_order(problems), chosen.language, chosen.left_out)
        problems += [problem for one in bound for problem in one.problems]
        starts = pages_of(one.composed for one in bound)
        problems += boxes(list(problems), LOST, chosen.edition, starts)
        report = BookReport(in_order(problems), chosen.language, chosen.left_out)
        if stops(report.problems, request) or not all(one.files for one in bound):
            return report
        files = _in_place([file for one in bound for file in one.files], request)
        memory.cache.lasting().put("numbers", {"last": house.numbers})
        pages = {
            spot.id: one.composed.account.folio(spot.page)
            for one in bound
            for spot in one.composed.account.stories
        }
        return msgspec.structs.replace(report, files=files, pages=pages)


class PrintingHouse:
    """Makes the volumes of one edition in *folder*; *problems* are those of faces and inks.

    *numbers* are those of the volumes that were made, by their number.
    """

    def __init__(
        self,
        request: BookRequest,
        chosen: Chosen,
        folder: Path,
        memory: Memory,
        progress: Progress,
    ) -> None:
        self.request, self.chosen, self.folder = request, chosen, folder
        self.memory, self.progress = memory, progress
        self.book = chosen.lines.site.book
        self.words: Words = messages.load("book", chosen.language, request.source)
        self.faces, found = faces(request.cache, request.source, self.book.fonts)
        self.ink, wrong = ink_of(self.book, request.source, for_print=request.for_print)
        self.problems = (*found, *wrong)
        self.galleys = GalleyRoom(folder, request.source, self.faces, memory)
        self.room = PrintRoom(request.source, request.cache)
        self.last = _last_numbers(memory)
        self.numbers: dict[str, Numbers] = {}
        self.codes = self._codes()

    def bind(self) -> Iterator[Bound]:
        """Set the book, in as many volumes as it needs, and make the files of each."""
        whole = Volume(self.chosen.edition.parts)
        self.progress("type", 1)
        drafted = self._draft(whole)
        volumes = volumes_of(self.chosen.edition, self.book, drafted.pages, self.words)
        if volumes == (whole,):
            yield self._bound(drafted)
            return
        for volume in volumes:
            yield self._bound(self._draft(volume))

    def _draft(self, volume: Volume, broken: frozenset[str] = frozenset()) -> Drafted:
        """*volume* with its pictures placed; photos at the paths *broken* are boxes."""
        copy = self._copy(volume, broken)
        sheets = {name: one.sheet for name, one in copy.told.items()}
        galleys = self.galleys.galleys(copy.book, sheets, self._setting(volume))
        return draft(copy, galleys, grid_of(self.book.trim, self.book.lines), self.words)

    def _press(self, volume: Volume) -> Press:
        """A press for *volume*, with the numbers of its pages in the last book."""
        folder = Path(tempfile.mkdtemp(dir=self.folder))
        last = self.last.get(str(volume.number))
        return Press(folder, self.faces.folder, self._setting(volume), last)

    def _setting(self, volume: Volume) -> Setting:
        for_print = self.request.for_print
        return setting_of(volume, self.chosen.lines, for_print=for_print, own=self.faces.own)

    def _codes(self) -> dict[str, Code]:
        """The QR code of each story by its address."""
        lines = self.chosen.lines
        stories = (one.story for one in self.chosen.edition.stories)
        addresses = dict.fromkeys(filter(None, (address_of(one, lines) for one in stories)))
        return self.memory.results(
            "qr",
            qr,
            {address: address for address in addresses},
            Code,
            prepare=str,
            batch=100,
            alone=200,
            lasting=True,
        )

    def _compose(self, press: Press, drafted: Drafted) -> Composed:
        return compose(drafted, press, self.request.source, self.words)

    def _copy(self, volume: Volume, broken: frozenset[str]) -> Copy:
        texts = self.chosen.gathered.blocks
        return copy_of(volume, self.chosen.lines, texts, self.words, self.codes, broken)

    def _bound(self, drafted: Drafted) -> Bound:
        """The files of a volume; a photo that cannot be printed becomes a box."""
        press = self._press(drafted.copy.volume)
        composed = self._compose(press, drafted)
        prints = self._prints(composed)
        spoilt = [problem for one in prints.values() for problem in one.problems]
        if broken := frozenset(path for path, one in prints.items() if not one.file):
            composed = self._compose(press, self._draft(composed.copy.volume, broken))
        self.numbers[str(composed.copy.volume.number)] = press.numbers
        missing = without_glyph(composed, self.faces)
        if missing and "a-2b" in self.request.standards and not self.request.for_print:
            # PDF/A holds no character without a glyph: Typst would refuse, and name no story.
            grave = [msgspec.structs.replace(one, severity=Severity.ERROR) for one in missing]
            return Bound(composed, (), (*spoilt, *grave))
        self.progress("finish", 1)
        files = [self._finished(press.pdf(*self._form()), composed, prints, missing)]
        blurred = list(soft(files[0].preflight)) if self.request.for_print else []
        if self.request.for_print:
            files.append(self._cover(press, composed, files[0].pages))
        return Bound(composed, tuple(files), (*spoilt, *missing, *blurred))

    def _prints(self, composed: Composed) -> dict[str, Print]:
        """The photos of a volume at their largest size in it, by path."""
        needed = print_widths(composed.layouts.values())
        photos: dict[str, Photo] = {}
        for placed in composed.copy.volume.stories:
            for photo in placed.story.photos:
                if photo_key(photo.facts.digest) in needed:
                    photos[photo.path] = photo
        wanted = [
            (photo, math.ceil(needed[photo_key(photo.facts.digest)] * self.ink.fineness))
            for photo in photos.values()
        ]
        most = self.chosen.lines.site.photos.max_pixels
        return self.room.develop(wanted, self.ink.inks, most, self.memory, self.progress)

    def _finished(
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
        for placed in volume.stories:
            for photo in placed.story.photos:
                photos.setdefault(photo_key(photo.facts.digest), (photo, placed.story.path))
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
            stories={key: story for key, (_, story) in photos.items()},
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

    def _form(self) -> tuple[tuple[str, ...], bool]:
        """The standards that Typst is told, and whether it writes tags: no printer reads them."""
        if self.request.for_print:
            return (PRINT_VERSION,), False
        return self.request.standards, True

    def _cover(self, press: Press, composed: Composed, pages: int) -> BookFile:
        """The cover on one sheet, as wide as the paper of *pages* pages makes its spine."""
        spine = round(math.ceil(pages / 2) * self.book.paper + self.book.boards, 1)
        texts = self.chosen.gathered.blocks
        lay_cover(composed, press, self.chosen.lines, texts, self.words, spine)
        return self._finished(press.wrap(*self._form()), composed, {}, (), name="cover")


def _last_numbers(memory: Memory) -> dict[str, Numbers]:
    """The numbers of pages in the book that was made last, by volume; {} if nobody knows."""
    known = memory.cache.lasting().get("numbers", ["last"], dict[str, Numbers])
    return known.get("last", {})


def _in_place(files: Sequence[BookFile], request: BookRequest) -> tuple[BookFile, ...]:
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
            shutil.copyfile(file.path, part)
    return tuple(placed)
