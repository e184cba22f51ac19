"""What one sees in a window: a few flat shapes, for the SVG of a page and the picture of a card.

All shapes lie in a *pane* of 40 × 52 with the sill under it; whoever draws scales the pane.
The colours here are constant by day and by night, so they are written out; those that the
stylesheet may change (walls, ledges, the unlit pane) are named by class.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable
from itertools import groupby
from typing import Literal

import msgspec

from candlelight.plan.windows import Life, Window

LIT = ("#E8913A", "#F0A94B", "#F5BE66", "#F8D188", "#FBE2AE")
GLOW = "#F3A64A"
HALO_STEPS = ((0.0, 0.36), (0.5, 0.15), (1.0, 0.0))  # distance from the lamp, opacity
_TOP, _SILL = ("#FFE7A8", 0.26), ("#C4681C", 0.16)  # what lies over a pane there, and how much
INKS = {
    "silhouette": "#4A2A12",
    "cloth": "#B0651F",
    "leaf": "#4F6B45",
    "pot": "#8A4B2C",
    "wax": "#FFF6DF",
    "flame": "#FFFDF4",
    "cold-wax": "#D9CDB8",
    "moonlight": "#C9D2FF",
    "bar": "#141A38",
    "ledge": "#4A548C",
    "cooler": "#333D74",
}

Kind = Literal["poly", "ellipse", "line"]
Points = tuple[tuple[float, float], ...]


class Shape(msgspec.Struct, frozen=True):
    """A polygon, an ellipse (centre, radii) or a line (`width`) in pane units."""

    kind: Kind
    ink: str
    points: Points
    opacity: float = 1
    width: float = 0


def glass(tone: int) -> tuple[str, str, str]:
    """The colours of a lit pane at its top, in the middle and above the sill."""
    return _mixed(LIT[tone], *_TOP), LIT[tone], _mixed(LIT[tone], *_SILL)


def _mixed(colour: str, over: str, share: float) -> str:
    pairs = ((int(colour[i : i + 2], 16), int(over[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def box(ink: str, x: float, y: float, wide: float, high: float, opacity: float = 1) -> Shape:
    """A rectangle from its upper left corner."""
    corners = ((x, y), (x + wide, y), (x + wide, y + high), (x, y + high))
    return Shape("poly", ink, corners, opacity)


def _dome(ink: str, x: float, y: float, wide: float, high: float, opacity: float) -> Shape:
    """Half an ellipse standing on its flat side (negative height: a bowl)."""
    middle, foot = x + wide / 2, y + max(high, 0)
    arc = (math.pi * step / 12 for step in range(13))
    points = tuple(
        (round(middle - math.cos(a) * wide / 2, 1), round(foot - math.sin(a) * high, 1))
        for a in arc
    )
    return Shape("poly", ink, points, opacity)


def _curtains() -> tuple[Shape, ...]:
    left = ((0, 0), (12.6, 0), (12.2, 13), (10.4, 27), (7, 41), (3, 52), (0, 52))
    right = tuple((40 - x, y) for x, y in left)
    return Shape("poly", "cloth", left, 0.6), Shape("poly", "cloth", right, 0.6)


def _somebody(shift: float) -> tuple[Shape, ...]:
    head = Shape("ellipse", "silhouette", ((20 + shift, 28), (4.9, 5.4)), 0.78)
    return head, _dome("silhouette", 10.2 + shift, 35.6, 19.6, 16.4, 0.78)


def _plant() -> tuple[Shape, ...]:
    foot = (28.4, 44)
    tips = ((19.6, 33.4), (25, 29), (31.2, 28.8), (37, 32.6))
    bends = ((24.8, 36), (27, 36.4), (29.8, 36.4), (31.8, 36.4))
    leaves = tuple(
        Shape("line", "leaf", (foot, bend, tip), 1, 2.1)
        for bend, tip in zip(bends, tips, strict=True)
    )
    pot = Shape("poly", "pot", ((23.6, 43), (33.2, 43), (31.6, 52), (25.2, 52)))
    return *leaves, pot


def _lamp() -> tuple[Shape, ...]:
    shade = ((17.6, 9.6), (22.4, 9.6), (26.6, 16.6), (13.4, 16.6))
    glow = Shape("ellipse", "wax", ((20, 19.5), (12, 9)), 0.16)
    cord = Shape("line", "silhouette", ((20, 0), (20, 9.6)), 0.7, 1)
    return glow, cord, Shape("poly", "silhouette", shade, 0.62)


def _candle() -> tuple[Shape, ...]:
    glow = Shape("ellipse", "flame", ((11.4, 29), (7.5, 9)), 0.26)
    flame = ((11.4, 23.6), (13.4, 28.4), (12.8, 31.4), (11.4, 32.2), (10, 31.4), (9.4, 28.4))
    return glow, Shape("poly", "flame", flame), box("wax", 8.8, 33.6, 5.2, 18.4)


def _blind() -> tuple[Shape, ...]:
    slats = tuple(Shape("line", "cloth", ((0, y), (40, y)), 0.5, 0.7) for y in (5, 10, 15))
    return box("cloth", 0, 0, 40, 19.4, 0.5), *slats


def _thermos() -> tuple[Shape, ...]:
    flask = ((24, 34), (25, 32), (28, 31), (31, 32), (32, 34), (32, 52), (24, 52))
    return (
        _dome("silhouette", 7.4, 44.4, 11.6, -7.6, 0.66),
        Shape("poly", "silhouette", flask, 0.66),
        box("silhouette", 25.6, 28.6, 4.8, 2.4, 0.66),
    )


def life(kind: Life, shift: int = 0) -> tuple[Shape, ...]:
    """What goes on behind a lit pane (look rule 7)."""
    match kind:
        case "curtains":
            return _curtains()
        case "somebody":
            return _somebody(shift)
        case "plant":
            return _plant()
        case "lamp":
            return _lamp()
        case "candle":
            return _candle()
        case "blind":
            return _blind()
        case "thermos":
            return _thermos()
        case "both":
            return (*_curtains(), *_somebody(0))


def moonlit() -> tuple[Shape, ...]:
    """Across an unlit pane: the moon, and a candle that nobody has lit."""
    bands = (
        Shape("poly", "moonlight", ((23, 0), (33, 0), (0, 43), (0, 30)), 0.11),
        Shape("poly", "moonlight", ((40, 1), (40, 6), (6, 50), (2, 50)), 0.05),
    )
    wick = Shape("line", "cold-wax", ((28.4, 36.6), (28.4, 40)), 0.85, 1)
    return *bands, wick, box("cold-wax", 26, 40, 4.8, 12, 0.8)


def bars(window: Window) -> tuple[Shape, ...]:
    """The wood of the window; nothing may hide behind the upright bar, so it is thin."""
    opacity = 1 if window.lit else 0.55
    upright = Shape("line", "bar", ((20, 0), (20, 52)), opacity, 1.9)
    if not window.cross:
        return (upright,)
    return upright, Shape("line", "bar", ((0, 15.4), (40, 15.4)), opacity, 1.9)


def under(window: Window) -> tuple[Shape, ...]:
    """The sill, and the box of an air conditioner where there is one."""
    sill = box("ledge", -3, 52, 46, 2)
    if not window.cooler:
        return (sill,)
    return sill, box("cooler", 9.5, 57.2, 21, 8.6)


def room(window: Window) -> tuple[Shape, ...]:
    """Everything in the pane, from the back to the front."""
    return (*(life(window.life, window.shift) if window.lit else moonlit()), *bars(window))


@functools.lru_cache(maxsize=8192)
def number(value: float) -> str:
    """A length with at most one decimal, as short as it can be written."""
    # Plus 0, because -0.0 equals 0.0 and must be written like it.
    return f"{round(value, 1) + 0:g}"


def path(points: Points, *, closed: bool = True) -> str:
    """Points as the `d` of an SVG path."""
    pairs = "L".join(f"{number(x)} {number(y)}" for x, y in points)
    return f"M{pairs}{'z' if closed else ''}"


def svg(shapes: Iterable[Shape]) -> str:
    """Shapes as SVG elements; neighbours that look alike share one path."""
    return "".join(
        _element(*alike, [shape.points for shape in group])
        for alike, group in groupby(shapes, lambda s: (s.kind, s.ink, s.opacity, s.width))
    )


def _element(kind: Kind, ink: str, opacity: float, width: float, outlines: list[Points]) -> str:
    paint = INKS[ink]
    faint = f' opacity="{opacity:g}"' if opacity < 1 else ""
    if kind == "ellipse":
        return "".join(
            f'<ellipse cx="{number(cx)}" cy="{number(cy)}" rx="{number(rx)}" ry="{number(ry)}"'
            f' fill="{paint}"{faint}/>'
            for (cx, cy), (rx, ry) in outlines
        )
    d = "".join(path(points, closed=kind == "poly") for points in outlines)
    if kind == "poly":
        return f'<path d="{d}" fill="{paint}"{faint}/>'
    return f'<path d="{d}" fill="none" stroke="{paint}" stroke-width="{number(width)}"{faint}/>'
