"""The sheet around a page: room for the bleed and for the marks where the knife goes.

The marks are drawn in black alone. In all four inks they would make a page of every page of text
that a printer counts, and charges, as colour; the marks that align the inks belong to the plate,
and the printer's imposition draws them.
"""

from __future__ import annotations

from typing import NamedTuple

MM = 72 / 25.4
"""Points to a millimetre."""

_GAP = 1 * MM
_LENGTH = 5 * MM
_EDGE = 1 * MM
_WEIGHT = 0.25


class Box(NamedTuple):
    """A rectangle of a page, in points: left, bottom, right, top."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in millimetres, to the hundredth."""
        return (round((self.right - self.left) / MM, 2), round((self.top - self.bottom) / MM, 2))

    def grown(self, by: float) -> Box:
        """The rectangle *by* points wider on every side."""
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)

    def holds(self, other: Box, tolerance: float = 0.01) -> bool:
        """Whether *other* lies within this rectangle."""
        wide = self.grown(tolerance)
        return (
            wide.left <= other.left
            and wide.bottom <= other.bottom
            and wide.right >= other.right
            and wide.top >= other.top
        )


def sheet_around(bleed: Box) -> Box:
    """The MediaBox of a page with marks, for its BleedBox.

    Its corner lies left of and below zero: so everything on the page keeps its place, patterns
    too, which no change of the matrix would move.
    """
    return bleed.grown(_GAP + _LENGTH + _EDGE)


def clip_to(bleed: Box) -> bytes:
    """Operators before a page's own: nothing that it draws may reach into the room for marks."""
    width, height = bleed.right - bleed.left, bleed.top - bleed.bottom
    return f"q {bleed.left:.4f} {bleed.bottom:.4f} {width:.4f} {height:.4f} re W n\n".encode()


def crop_marks(trim: Box, bleed: Box) -> bytes:
    """Operators after a page's own: eight lines outside *bleed*, on the edges of *trim*."""
    near = bleed.grown(_GAP)
    far = bleed.grown(_GAP + _LENGTH)
    upright = [(x, *ys) for x in (trim.left, trim.right) for ys in _ends(near, far, 1)]
    level = [(y, *xs) for y in (trim.bottom, trim.top) for xs in _ends(near, far, 0)]
    lines = [f"{x:.4f} {a:.4f} m {x:.4f} {b:.4f} l" for x, a, b in upright]
    lines += [f"{a:.4f} {y:.4f} m {b:.4f} {y:.4f} l" for y, a, b in level]
    return f"\nQ q 0 0 0 1 K {_WEIGHT} w {' '.join(lines)} S Q\n".encode()


def _ends(near: Box, far: Box, axis: int) -> tuple[tuple[float, float], tuple[float, float]]:
    """From where to where marks go along an axis, before and behind the page."""
    return (far[axis], near[axis]), (near[axis + 2], far[axis + 2])
