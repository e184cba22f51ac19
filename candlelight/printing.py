"""The printed book, readable top to bottom: choose → set → photos → write → look it through.

Nothing is written before everything is known: the files are made aside, read back, and take their
places together, or not at all. For the printer the cover is a file of its own.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from candlelight import messages
from candlelight.bindery import Bindery, BookFile, in_place
from candlelight.book.bars import qr
from candlelight.book.blemishes import boxes, soft, without_glyph
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
from candlelight.book.fonts import faces
from candlelight.book.grid import grid_of
from candlelight.book.inks import ink_of
from candlelight.book.press import BrokenTemplate, Press, Setting
from candlelight.book.sheets import Code, Numbers
from candlelight.book.story import address_of
from candlelight.book.volumes import Volume, volumes_of
from candlelight.book.words import Words
from candlelight.galleyroom import GalleyRoom
from candlelight.lastbook import keep_numbers, last_numbers
from candlelight.printroom import working_folder
from candlelight.problems import Problem, Severity, broken_template
from candlelight.publication import LOST, BookRequest, Chosen, choose, in_order, stops
from candlelight.run.reading import Progress
from candlelight.run.remember import Memory


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
        problems += boxes(list(problems), LOST, [one.composed for one in bound])
        report = BookReport(in_order(problems), chosen.language, chosen.left_out)
        if stops(report.problems, request) or not all(one.files for one in bound):
            return report
        files = in_place([file for one in bound for file in one.files], request)
        keep_numbers(memory, house.numbers)
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
        ink, wrong = ink_of(self.book, request.source, for_print=request.for_print)
        self.problems = (*found, *wrong)
        self.galleys = GalleyRoom(folder, request.source, self.faces, memory)
        self.bindery = Bindery(request, chosen, ink, folder)
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

    def _press(self, copy: Copy) -> Press:
        """A press for *copy*, with the numbers of its pages in the last book."""
        folder = Path(tempfile.mkdtemp(dir=self.folder))
        keys = (*copy.told, *(name.key for name in copy.book.names))
        last = last_numbers(self.memory, copy.volume.number, keys)
        return Press(folder, self.faces.folder, self._setting(copy.volume), last)

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
        press = self._press(drafted.copy)
        composed = self._compose(press, drafted)
        prints = self.bindery.prints(composed, self.memory, self.progress)
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
        files = [self.bindery.file(press.pdf(*self.bindery.form), composed, prints, missing)]
        blurred = list(soft(files[0].preflight)) if self.request.for_print else []
        if self.request.for_print:
            files.append(self._cover(press, composed, files[0].pages))
        return Bound(composed, tuple(files), (*spoilt, *missing, *blurred))

    def _cover(self, press: Press, composed: Composed, pages: int) -> BookFile:
        """The cover on one sheet, as wide as the paper of *pages* pages makes its spine."""
        spine = round(math.ceil(pages / 2) * self.book.paper + self.book.boards, 1)
        lay_cover(composed, press, spine)
        return self.bindery.file(press.wrap(*self.bindery.form), composed, {}, (), name="cover")
