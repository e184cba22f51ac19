"""The page and its grid: margins by tenths, a type area of whole characters and whole lines.

The law is the look: inside and head are a tenth of the page, the type area a whole number of
characters, outside and foot what remains (some two tenths). Every measure is in millimetres. The
templates follow the same table, from the names of the trim and the number of lines.
"""

from __future__ import annotations

import math

import msgspec

POINT = 25.4 / 72
"""A point in millimetres."""

BLEED = 3.0
"""How far a picture that bleeds reaches beyond the trim."""

WIDTHS = (35, 29, 23, 17, 11)
"""Characters that a picture may be wide: the columns of the grid."""

FITTING = (35, 32, 29, 26, 23)
"""The same where a text must be made a little longer or shorter."""

SLIM = (23, 20, 17)
"""The same for squares and portraits."""

DENSE = 33
"""What an editor calls the page with more lines; it has four more than the roomy one."""

_TRIMS: dict[str, tuple[float, float, int, float, float, int]] = {
    # width, height, characters, their size, from line to line (points), lines
    "185x260": (185, 260, 35, 10.5, 18, 29),
    "170x240": (170, 240, 35, 9.5, 16.5, 29),
    "A5": (148, 210, 29, 10, 17, 25),
    "A4": (210, 297, 35, 12, 20.5, 29),
}


class Grid(msgspec.Struct, frozen=True):
    """One trim. *em* is a character of the text, *pitch* the way from line to line.

    *caption* is the width of the caption column in the outer margin.
    """

    page_width: float
    page_height: float
    characters: int
    lines: int
    em: float
    pitch: float

    @property
    def width(self) -> float:
        """The width of the type area."""
        return self.characters * self.em

    @property
    def height(self) -> float:
        """The height of the type area: the last line has nothing beneath."""
        return self.lines * self.pitch - self.leading

    @property
    def leading(self) -> float:
        """The white between two lines."""
        return self.pitch - self.em

    @property
    def inside(self) -> float:
        """The margin at the spine."""
        return self.page_width / 10

    @property
    def outside(self) -> float:
        """The outer margin, where captions stand."""
        return self.page_width - self.inside - self.width

    @property
    def gap(self) -> float:
        """The white between two pictures, both ways."""
        return self.em

    @property
    def clearance(self) -> float:
        """The white between a picture and the text: one line and a half."""
        return self.pitch + self.leading

    @property
    def letter(self) -> float:
        """A character of a caption, and its distance from the picture: 8 for a text of 10.5."""
        return self.em * 8 / 10.5

    @property
    def caption(self) -> float:
        """The caption column: ten characters, or as many as leave 4 mm before the trim."""
        room = self.outside - self.letter - 4
        return min(10, int(room / self.letter)) * self.letter

    @property
    def widths(self) -> tuple[float, ...]:
        """The widths of pictures in use, widest first."""
        return tuple(ems * self.em for ems in WIDTHS if ems <= self.characters)

    @property
    def fitting(self) -> tuple[float, ...]:
        """The widths that copyfitting may choose, widest first."""
        return tuple(ems * self.em for ems in FITTING if ems <= self.characters)

    @property
    def slim(self) -> tuple[float, ...]:
        """The same for squares and portraits."""
        return tuple(ems * self.em for ems in SLIM)

    def below(self, used: int) -> float:
        """The height left for a picture at the foot of a page with *used* lines of text."""
        if not used:
            return self.height
        return self.height - (used * self.pitch - self.leading) - self.clearance

    def lines_of(self, height: float) -> int:
        """How many lines of text something *height* high takes away, with its white."""
        return math.ceil((height + self.clearance) / self.pitch - 1e-6)


def grid_of(trim: str, lines: int) -> Grid:
    """The grid of *trim* (``185x260``, ``170x240``, ``A5``, ``A4``), roomy or dense (33 *lines*).

    Raises KeyError for a trim that is none of these.
    """
    width, height, characters, size, pitch, roomy = _TRIMS[trim]
    count = roomy + 4 * (lines == DENSE)
    return Grid(width, height, characters, count, size * POINT, pitch * POINT)


def pixels(length: float) -> int:
    """How many pixels *length* millimetres take at 300 dpi, for print."""
    return round(length / 25.4 * 300)
