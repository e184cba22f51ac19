"""The press: Typst over the folder of a book. It measures what was set, and prints.

One compiler is kept for a folder, so that a second pass or an edit sets anew only what changed.
What Typst once knew it gives back when its process ends, and not before: not by another compiler.
Only the faces of the book are known to it, none of the system's and none of Typst's own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import msgspec

from candlelight.book.account import Account, Galley, ToldPieces
from candlelight.book.grid import grid_of
from candlelight.book.sheets import Numbers, Piece

if TYPE_CHECKING:
    import typst

_Answer = TypeVar("_Answer", Account, ToldPieces)

_ROUNDS = 4
"""One without numbers, one with them, and two that are never needed."""


class Setting(msgspec.Struct, frozen=True):
    """What the templates are told beside the sheets.

    *ink* is ``rgb``, ``cmyk`` or ``black``; *bleed* is in millimetres, 0 or 3; *trim* and *lines*
    are those of ``grid_of``; *extra* are families that follow ours where a character is missing.
    *cover* puts the front before the pages and the back behind them. *date* is the book's own
    (``2026-11-21``), which PDF/A wants; without one there is none.
    """

    ink: str = "rgb"
    bleed: int = 0
    trim: str = "185x260"
    lines: int = 29
    cover: bool = False
    extra: tuple[str, ...] = ()
    date: str = ""

    def inputs(self, part: str) -> dict[str, str]:
        """``sys.inputs`` for the pages (``inside``) or for the wrap alone (``cover``)."""
        told = {
            "ink": self.ink,
            "bleed": str(self.bleed),
            "trim": self.trim,
            "lines": str(self.lines),
            "cover": "1" if self.cover else "0",
            "extra": "|".join(self.extra),
            "date": self.date,
            "part": part,
        }
        return {"setting": json.dumps(told, ensure_ascii=False)}


class BrokenTemplate(Exception):
    """A slip in the template *file*, in *line* (0 if unknown), never the fault of a text."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(file, line, reason)
        self.file, self.line, self.reason = file, line, reason

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


class Press:
    """Typst over *folder*, which holds templates, sheets and stand-ins for photos.

    *fonts* is the only folder of faces. *numbers* are what contents and index begin with: those of
    the last book, if it is known, are mostly right and spare a round. Setting raises
    BrokenTemplate.
    """

    def __init__(
        self,
        folder: Path,
        fonts: Path,
        setting: Setting | None = None,
        numbers: Numbers | None = None,
    ) -> None:
        self.folder = folder
        self.setting = setting or Setting()
        self.grid = grid_of(self.setting.trim, self.setting.lines)
        self._fonts = fonts
        self._kept: typst.Compiler | None = None
        self.numbers = numbers or Numbers()

    def galleys(self, pieces: Sequence[Piece]) -> list[Galley]:
        """Set *pieces* of the book, each by itself, and measure them."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "galleys.json").write_bytes(msgspec.json.encode(pieces))
        told = _asked(self._made("galleys.typ", "inside"), ToldPieces)
        return told.galleys(self.grid)

    def account(self) -> Account:
        """Set the whole book and ask where everything came to stand.

        Contents and index print the numbers of the round before; one more round follows where
        these are no longer true. They move nothing that they number, so that round is the last.
        """
        for _ in range(_ROUNDS):
            self._lay_numbers()
            account = _asked(self._compiler(), Account)
            told = account.numbers()
            if told == self.numbers:
                return account
            self.numbers = told
        raise BrokenTemplate("numbers.typ", 0, "the numbers of pages move the pages")

    def _lay_numbers(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "numbers.json").write_bytes(msgspec.json.encode(self.numbers))

    def pdf(self, standards: Sequence[str] = (), tags: bool = True) -> bytes:
        """The pages; *standards* as Typst names them (``ua-1``, ``a-2b``, ``1.6``)."""
        self.account()
        return _printed(self._compiler(), standards, tags)

    def wrap(self, standards: Sequence[str] = (), tags: bool = False) -> bytes:
        """The cover alone, on one sheet: back, spine, front."""
        self._lay_numbers()
        # Other inputs would make the kept compiler forget what it has set.
        return _printed(self._made("book.typ", "cover"), standards, tags)

    def _compiler(self) -> typst.Compiler:
        if self._kept is None:
            self._kept = self._made("book.typ", "inside")
        return self._kept

    def _made(self, entry: str, part: str) -> typst.Compiler:
        import typst

        faces = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(self._fonts)],
        )
        return typst.Compiler(
            str(self.folder / entry),
            root=str(self.folder),
            font_paths=faces,
            sys_inputs=self.setting.inputs(part),
        )


def _asked(compiler: typst.Compiler, type_: type[_Answer]) -> _Answer:
    """What the pages of *compiler* tell of themselves under the label ``<account>``."""
    try:
        told = compiler.query("<account>", field="value", one=True)
    except RuntimeError as fault:
        # Only printing tells the line; what is not wrong there has lost its account.
        _printed(compiler, (), tags=False)
        raise BrokenTemplate("pages.typ", 0, str(fault)) from fault
    try:
        account = msgspec.json.decode(told, type=type_, strict=False)
    except msgspec.ValidationError as other:
        # Templates that an anthology copied may be older than the program.
        raise BrokenTemplate("pages.typ", 0, f"<account>: {other}") from other
    if not len(account.stories) == len(account.texts) == len(account.ends):
        raise BrokenTemplate("story.typ", 0, "<story>, <text>, <end>")
    return account


def _printed(compiler: typst.Compiler, standards: Sequence[str], tags: bool) -> bytes:
    import typst

    try:
        made = compiler.compile(pdf_standards=cast("Any", list(standards)), pdf_tags=tags)
    except typst.TypstError as fault:
        spot = _SPOT.search(str(fault.diagnostic or ""))
        file, line = (spot[1], int(spot[2])) if spot else ("book.typ", 0)
        raise BrokenTemplate(file, line, str(fault)) from fault
    assert isinstance(made, bytes)
    return made


_SPOT = re.compile(r"([^/\\\s]+\.typ):(\d+):")
"""Where a diagnostic of Typst says that it arose: the first is the slip, callers follow."""
