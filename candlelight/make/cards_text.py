"""Text on a card: which font has it, at which size its lines fit, and where its ink goes.

Lines are measured by the widths of their pieces, and a character that was drawn once is kept: the
titles of ten thousand stories are written with the same two thousand characters.
"""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from PIL import Image, ImageDraw, ImageFont

from candlelight.make.typography import runs_leftwards

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

LONGEST = 160  # characters of a text that are looked at: no card holds more
OFTEN = 4  # characters of a text, at most, that is kept once it was drawn
MEASURED = 100  # pixels of the font in which pieces are measured
_HAN = r"\u2e80-\uabff\uf900-\ufaff\U00020000-\U0003ffff"
# A word of an alphabet, white space, or any one character.
_PIECE = re.compile(rf"[^\W{_HAN}]+|\s+|.", re.DOTALL)
# What is drawn alone, whatever stands beside it, or all that stands between two of those.
_STROKE = re.compile(rf"[{_HAN}\uff00-\uffef]|[^{_HAN}\uff00-\uffef]+", re.DOTALL)
_NO_START = "，。、；：？！…—”’）》」』】〉·,.;:?!)]}%"
_NO_END = "“‘（《「『【〈([{"


class Setting(msgspec.Struct, frozen=True):
    """Lines of text that fit: font and its size in pixels, leading in ems of it.

    *others* are the fonts of what the first one lacks.
    """

    lines: tuple[str, ...]
    font: Path
    size: int
    leading: float
    others: tuple[Path, ...] = ()

    @property
    def height(self) -> float:
        """Pixels from the first line's top to the last one's foot."""
        return len(self.lines) * self.size * self.leading


class Faces:
    """The fonts of a card: each text is set in the one that has most of it, the rest in others."""

    def __init__(self, font: Path, others: Sequence[Path] = ()) -> None:
        self.paths = (font, *others)

    def fitted(
        self, text: str, width: float, sizes: Sequence[int], most: int, leading: float
    ) -> Setting:
        """*text* in at most *most* lines at the largest of *sizes* (pixels) that allows it."""
        text = text[:LONGEST]
        faces = self._faces(text)
        known = frozenset[int]().union(*map(_signs, faces))
        text = " ".join("".join(sign for sign in text if ord(sign) in known).split())
        size, lines = sizes[0], [""]
        for size in sizes:
            lines = _balanced(_measured(text, faces, width / size), width / size)
            if len(lines) <= most:
                return Setting(tuple(lines), faces[0], size, leading, faces[1:])
        cut = (*lines[: most - 1], lines[most - 1][:-1] + "…")
        return Setting(cut, faces[0], size, leading, faces[1:])

    def joined(self, *parts: str) -> list[str]:
        """Parts on one line, or each on its own where they are of different scripts."""
        told = [part for part in parts if part.strip()]
        if len({self._best(part) for part in told}) > 1:
            return told
        return [" · ".join(told)] if told else []

    def _faces(self, text: str) -> tuple[Path, ...]:
        """The font of *text*, then those that have what it lacks."""
        best = self._best(text)
        lacking = {ord(sign) for sign in text} - _signs(best)
        return best, *(
            path for path in self.paths if lacking and path != best and lacking & _signs(path)
        )

    def _best(self, text: str) -> Path:
        # Most texts need no look into the other fonts, and their process none of those.
        if all(ord(sign) in _signs(self.paths[0]) for sign in text):
            return self.paths[0]
        return max(self.paths, key=lambda path: sum(ord(sign) in _signs(path) for sign in text))


class Piece(NamedTuple):
    """What no line may divide, and its width in ems."""

    text: str
    width: float


def _measured(text: str, faces: Sequence[Path], most: float) -> list[Piece]:
    """The pieces of *text*; one that is wider than *most* ems falls into its characters."""
    measured: list[Piece] = []
    for text_piece in _pieces(text):
        piece = Piece(text_piece, _wide(text_piece, faces))
        fits = piece.width <= most
        measured += [piece] if fits else [Piece(sign, _wide(sign, faces)) for sign in text_piece]
    return measured


def _wide(text: str, faces: Sequence[Path]) -> float:
    return sum(_ems(face, run) for face, run in _runs(text, faces))


def _runs(text: str, faces: Sequence[Path]) -> list[tuple[Path, str]]:
    """*text* cut where another of *faces* has it; a space between two runs of one face is in it."""
    if len(faces) == 1:
        return [(faces[0], text)]
    runs: list[tuple[Path, str]] = []
    for sign in text:
        having = (face for face in faces if ord(sign) in _signs(face))
        face = faces[0] if sign.isspace() else next(having, faces[0])
        run = sign
        if len(runs) > 1 and runs[-1][1].isspace() and runs[-2][0] == face:
            run = runs.pop()[1] + run
        if runs and runs[-1][0] == face:
            run = runs.pop()[1] + run
        runs.append((face, run))
    return runs


def _pieces(text: str) -> list[str]:
    """What no line may divide: a Latin word, a character with the punctuation that clings to it."""
    pieces: list[str] = []
    for piece in _PIECE.findall(text):
        clings = pieces and (piece[0] in _NO_START or pieces[-1][-1] in _NO_END)
        if clings and not pieces[-1].isspace():
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def _balanced(pieces: Sequence[Piece], width: float) -> list[str]:
    """Lines of nearly equal length, none wider than *width* ems."""
    lines = _filled(pieces, width)
    count, high = len(lines), width
    low = max((piece.width for piece in pieces), default=0)
    while count > 1 and high - low > 1 / 4:
        middle = (low + high) / 2
        tried = _filled(pieces, middle)
        if len(tried) <= count:
            high, lines = middle, tried
        else:
            low = middle
    return lines


def _filled(pieces: Sequence[Piece], width: float) -> list[str]:
    lines: list[str] = []
    line, reached = "", 0.0
    for text, wide in pieces:
        blank = text.isspace()
        if line and not blank and reached + wide > width:
            lines.append(line.rstrip())
            line, reached = "", 0.0
        if line or not blank:
            line, reached = line + text, reached + wide
    return [*lines, line.rstrip()] if line else lines


class Mark(NamedTuple):
    """The ink of a text, and the pixel of its upper left corner."""

    mask: Image.Image
    x: int
    y: int


class Writing(NamedTuple):
    """Marks of one ink (`#RRGGBB`), and the pixels that they lie in: left, top, right, foot."""

    marks: list[Mark]
    ink: str
    box: tuple[int, int, int, int]

    def onto(self, image: Image.Image, left: int = 0, top: int = 0) -> None:
        """Draw on *image*, whose upper left corner lies at *left*, *top*."""
        for mask, x, y in self.marks:
            # A third quicker than to fill through the mask.
            image.paste(Image.new("RGB", mask.size, self.ink), (x - left, y - top), mask)


def written(setting: Setting, left: float, top: float, width: float, ink: str) -> Writing:
    """*setting* in a column from *left*, *top* (pixels).

    Writing that runs from right to left begins at the right edge of the column.
    """
    pitch = setting.size * setting.leading
    marks = [
        mark
        for at, line in enumerate(setting.lines)
        for mark in _marks(line, setting, left, round(top + (at + 0.5) * pitch), width)
    ]
    box = (
        min((mark.x for mark in marks), default=0),
        min((mark.y for mark in marks), default=0),
        max((mark.x + mark.mask.width for mark in marks), default=0),
        max((mark.y + mark.mask.height for mark in marks), default=0),
    )
    return Writing(marks, ink, box)


def _marks(line: str, setting: Setting, left: float, middle: int, width: float) -> Iterator[Mark]:
    size, leftwards = setting.size, runs_leftwards(line)
    at = left + width if leftwards else left
    for path, run in _runs(line, (setting.font, *setting.others)):
        if leftwards:
            mask, x, y = _drawn(path, size, run, "rm")
            yield Mark(mask, round(at) + x, middle + y)
            at -= _ems(path, run) * size
            continue
        for stroke in _STROKE.findall(run):
            mask, x, y = (_kept if len(stroke) <= OFTEN else _drawn)(path, size, stroke)
            yield Mark(mask, round(at) + x, middle + y)
            at += _ems(path, stroke) * size


def _drawn(path: Path, size: int, text: str, anchor: str = "lm") -> Mark:
    """The ink of *text* whose origin lies at 0, 0."""
    font = opened(path, size)
    left, top, right, foot = map(round, font.getbbox(text, anchor=anchor))
    mask = Image.new("L", (right - left, foot - top))
    ImageDraw.Draw(mask).text((-left, -top), text, 255, font, anchor)
    return Mark(mask, left, top)


_kept = functools.lru_cache(maxsize=4096)(_drawn)


@functools.lru_cache(maxsize=8192)
def _ems(path: Path, text: str) -> float:
    """How wide *text* is, in ems."""
    return opened(path, MEASURED).getlength(text) / MEASURED


@functools.lru_cache(maxsize=16)
def opened(path: Path, size: int) -> ImageFont.FreeTypeFont:
    """The font at *path*, *size* pixels an em."""
    return ImageFont.truetype(io.BytesIO(_unpacked(path)), size)


@functools.lru_cache(maxsize=4)
def _unpacked(path: Path) -> bytes:
    """The font at *path* as it is used: unpacking a woff2 for every size takes 60 ms each."""
    content = path.read_bytes()
    if content[:4] not in {b"wOFF", b"wOF2"}:
        return content
    font = _parsed(content)
    font.flavor = None
    made = io.BytesIO()
    font.save(made, reorderTables=None)
    return made.getvalue()


@functools.lru_cache(maxsize=8)
def _signs(path: Path) -> frozenset[int]:
    """The code points that a font has."""
    with _parsed(_unpacked(path)) as font:
        # Any names will do; to find the real ones takes three times as long as all else.
        font.setGlyphOrder([str(glyph) for glyph in range(font["maxp"].numGlyphs)])
        return frozenset(font.getBestCmap())


def _parsed(content: bytes) -> TTFont:
    from fontTools.ttLib import TTFont  # imported late: only cards need it

    stream = io.BytesIO(content)
    return TTFont(stream, fontNumber=0, lazy=True, recalcBBoxes=False, recalcTimestamp=False)
