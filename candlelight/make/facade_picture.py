"""The street and its windows in pixels, for share cards and covers: the geometry of the page.

Everything is drawn on an RGB image whose drawing mode blends, at any scale; who wants smooth
edges draws larger and reduces. Chance is a hash here too, so the same card has the same pixels.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from hashlib import sha256
from itertools import pairwise

import msgspec
from PIL import Image, ImageDraw

from candlelight.make.facade_house import HALO, Outline
from candlelight.make.facade_room import (
    GLOW,
    HALO_STEPS,
    INKS,
    LIT,
    Points,
    Shape,
    glass,
    room,
    under,
)
from candlelight.make.facade_sky import (
    BOGDA,
    DRAWN,
    FAR_HOUSES,
    FAR_RIDGE,
    NEAR_HOUSES,
    NEAR_RIDGE,
    SNOW,
    far_outlines,
    ridge,
)
from candlelight.plan.facade import House, Tier
from candlelight.plan.windows import Window

SKY = ((0.0, "#0C1130"), (0.62, "#1E2654"), (1.0, "#4A4674"))
WALLS = ("#141A38", "#171D3F", "#1B2247", "#1F264E")
LEDGE, GROUND, MOON = "#4A548C", "#090D24", "#F3EAD8"
COLD, COLD_EDGE = "#262E5C", "#7C88BA"
FAR_COLD = "#3B4579"

Colour = tuple[int, int, int, int]


def colour(code: str, opacity: float = 1) -> Colour:
    """`#RRGGBB` as Pillow draws it."""
    red, green, blue = (int(code[i : i + 2], 16) for i in (1, 3, 5))
    return red, green, blue, round(255 * opacity)


class Pen:
    """Draws in units of a scene: *scale* pixels a unit, the scene's origin at *x*, *y* pixels."""

    def __init__(self, image: Image.Image, scale: float, x: float = 0, y: float = 0) -> None:
        self.image = image
        self.draw = ImageDraw.Draw(image, "RGBA")
        self.scale, self.x, self.y = scale, x, y

    def at(self, scale: float, x: float, y: float) -> Pen:
        """A pen for a part of the scene: its origin and scale in units of this one."""
        return Pen(self.image, self.scale * scale, *self._place(x, y))

    def box(self, left: float, top: float, right: float, foot: float, paint: Colour) -> None:
        """A filled rectangle; one without a pixel of its own is left out."""
        (x0, y0), (x1, y1) = self._place(left, top), self._place(right, foot)
        corners = [round(x0), round(y0), round(x1) - 1, round(y1) - 1]
        if corners[2] >= corners[0] and corners[3] >= corners[1]:
            self.draw.rectangle(corners, fill=paint)

    def polygon(self, points: Points, paint: Colour) -> None:
        """A filled outline."""
        self.draw.polygon([self._place(x, y) for x, y in points], fill=paint)

    def line(self, points: Points, width: float, paint: Colour) -> None:
        """An open line, *width* in units."""
        thick = max(1, round(width * self.scale))
        self.draw.line([self._place(x, y) for x, y in points], fill=paint, width=thick)

    def ellipse(
        self, centre: tuple[float, float], radii: tuple[float, float], paint: Colour
    ) -> None:
        """A filled ellipse."""
        (x, y), (rx, ry) = centre, radii
        corners = [self._place(x - rx, y - ry), self._place(x + rx, y + ry)]
        self.draw.ellipse(corners, fill=paint)

    def paste(self, patch: Image.Image, x: float, y: float) -> None:
        """An RGB or RGBA patch, already in pixels, with its upper left corner there."""
        px, py = self._place(x, y)
        mask = patch if patch.mode == "RGBA" else None
        self.image.paste(patch, (round(px), round(py)), mask)

    def _place(self, x: float, y: float) -> tuple[float, float]:
        return self.x + x * self.scale, self.y + y * self.scale


def sky(width: int, height: int, scale: float = 1) -> Image.Image:
    """The night from top to ground, with a few stars in the upper half."""
    image = _gradient(SKY, width, height)
    draw = ImageDraw.Draw(image, "RGBA")
    for star in range(70):
        dice = sha256(f"star {star}".encode()).digest()
        x, y = dice[0] * 256 + dice[1], dice[2] * 256 + dice[3]
        x, y = x * width // 65536, y * height * 6 // 655360
        radius = (0.8 + dice[4] / 512) * scale
        faint = (0.25 + dice[5] / 400) * (1 - y / height / 0.62)
        paint = colour("#FFF6DF", faint)
        draw.ellipse([x - radius, y - radius, x + radius, y + radius], fill=paint)
    return image


def land(pen: Pen, bogda: bool) -> None:
    """Ridges, peaks and far houses; the pen's origin is the upper middle of the land."""
    middle = pen.at(1, -DRAWN / 2, 0)
    if bogda:
        middle.polygon(BOGDA, colour("#252E61"))
        for snow in SNOW:
            middle.polygon(snow, colour("#F5EBD5", 0.2))
    middle.polygon(ridge(FAR_RIDGE), colour("#232C5C", 0.93))
    middle.polygon(ridge(NEAR_RIDGE), colour("#1E2650", 0.93))
    for row, paint in ((FAR_HOUSES, "#1A2049"), (NEAR_HOUSES, "#151A3D")):
        for outline in far_outlines(row):
            middle.polygon(outline, colour(paint))


def house_picture(pen: Pen, house: House, tier: Tier) -> None:
    """One house with its windows; the pen's origin is its upper left corner."""
    _shell(pen, house, tier)
    if tier.name == "far":
        for window in house.windows:
            x, y = window.x + 1.2, window.y + 1.7
            pen.box(x, y, x + 3.1, y + 4.6, colour(LIT[window.tone] if window.lit else FAR_COLD))
        return
    wide, high = tier.cell
    for window in house.windows:
        if window.lit:
            glow = halo(round(HALO[tier.name] * pen.scale))
            reach = HALO[tier.name]
            pen.paste(glow, window.x + wide / 2 - reach, window.y + high / 2 - reach)
    for window in house.windows:
        scale = tier.pane[0] / 40
        x = window.x + (wide - tier.pane[0]) / 2
        window_picture(pen.at(scale, x, window.y + (high - tier.pane[1]) / 2), window, tier.name)


def window_picture(pen: Pen, window: Window, tier: str = "near") -> None:
    """One window; the pen's origin is the upper left corner of its pane, a unit is a fortieth."""
    if tier != "mid":
        size = round(40 * pen.scale), round(52 * pen.scale)
        pen.paste(_glazed(msgspec.structs.replace(looks(window), cooler=False), size), 0, 0)
        _shapes(pen, under(window))
        return
    if window.lit:
        pen.paste(_pane(window.tone, round(40 * pen.scale), round(52 * pen.scale)), 0, 0)
    else:
        _cold(pen)
    pen.box(18, 0, 22, 52, colour(INKS["bar"]))


def looks(window: Window) -> Window:
    """What of *window* can be seen: many windows look alike."""
    seen = Window("", "", "", "", window.lit, 0, "candle", window.cross, window.cooler, 0)
    if not window.lit:
        return seen
    shift = window.shift if window.life == "somebody" else 0
    return msgspec.structs.replace(seen, tone=window.tone, life=window.life, shift=shift)


@functools.lru_cache(maxsize=64)
def halo(radius: int) -> Image.Image:
    """The glow around a lamp, *radius* in pixels."""
    table = [round(255 * _fading(1 - step / 255)) for step in range(256)]
    # radial_gradient is 0 in the middle; its circle touches the edge at 181 of 255.
    mask = Image.radial_gradient("L").point(
        [table[max(0, 255 - round(step * 255 / 181))] for step in range(256)]
    )
    patch = Image.new("RGBA", mask.size, colour(GLOW))
    patch.putalpha(mask)
    return patch.resize((max(1, 2 * radius), max(1, 2 * radius)), Image.Resampling.BILINEAR)


def _fading(distance: float) -> float:
    for (near, strong), (far, weak) in pairwise(HALO_STEPS):
        if distance <= far:
            return strong + (weak - strong) * (distance - near) / (far - near)
    return 0


@functools.lru_cache(maxsize=64)
def _pane(tone: int, width: int, height: int) -> Image.Image:
    top, middle, foot = glass(tone)
    return _gradient(((0.0, top), (0.45, middle), (1.0, foot)), width, height)


def _cold(pen: Pen) -> None:
    pen.box(0, 0, 40, 52, colour(COLD_EDGE))
    pen.box(1.2, 1.2, 38.8, 50.8, colour(COLD))


@functools.lru_cache(maxsize=128)
def _glazed(window: Window, size: tuple[int, int]) -> Image.Image:
    """A pane of *size* pixels and what is seen in it, drawn larger and reduced: smooth curves."""
    finer = 3
    wide, high = size[0] * finer, size[1] * finer
    image = Image.new("RGB", (wide, high))
    pen = Pen(image, wide / 40)
    if window.lit:
        pen.paste(_pane(window.tone, wide, high), 0, 0)
    else:
        _cold(pen)
    _shapes(pen, room(window))
    return image.reduce(finer)


def _shapes(pen: Pen, shapes: Iterable[Shape]) -> None:
    for shape in shapes:
        paint = colour(INKS[shape.ink], shape.opacity)
        if shape.kind == "ellipse":
            pen.ellipse(shape.points[0], shape.points[1], paint)
        elif shape.kind == "line":
            pen.line(shape.points, shape.width, paint)
        else:
            pen.polygon(shape.points, paint)


def _shell(pen: Pen, house: House, tier: Tier) -> None:
    o = Outline(house, tier)
    left, right = o.top
    wall, ledge = colour(WALLS[house.wall]), colour(LEDGE)
    if tier.name != "far" and house.roof != "gable":
        _furniture(pen, house, tier, o)
    pen.box(0, o.shoulder, o.wide, o.foot, wall)
    if o.shoulder != o.roof:
        pen.box(left, o.roof, right, o.shoulder, wall)
    if house.roof == "gable":
        pen.polygon(((o.wide / 2, o.peak), (o.wide, o.roof), (0, o.roof)), wall)
    top = o.roof if right == o.wide else o.shoulder
    pen.box(o.wide - o.shade, top, o.wide, o.foot, colour("#080B22", 0.42))
    pen.box(0, o.plate, o.wide, o.foot, colour("#0A0E28", 0.5))
    if tier.name != "far":
        for y in o.floors:
            ends = (left, right) if y == o.shoulder and o.shoulder != o.roof else (0, o.wide)
            pen.line(((ends[0], y), (ends[1], y)), 1.6, colour("#0B0F2A", 0.55))
        pen.box(left, o.roof, left + 1, o.shoulder, colour(LEDGE, 0.55))
        pen.box(0, o.roof if left == 0 else o.shoulder, 1, o.foot, colour(LEDGE, 0.55))
    for line in _roof_lines(house, o):
        pen.line(line, 1.6 if tier.name != "far" else 1.2, ledge)


def _roof_lines(house: House, o: Outline) -> list[Points]:
    over = o.eaves
    left, right = o.top
    if house.roof == "gable":
        low = o.roof + (o.roof - o.peak) / (o.wide / 2) * over
        return [((-over, low), (o.wide / 2, o.peak), (o.wide + over, low))]
    lines: list[Points] = [((left - over, o.roof), (right + over, o.roof))]
    if house.roof == "left":
        lines.append(((right, o.shoulder), (o.wide + over, o.shoulder)))
    if house.roof == "right":
        lines.append(((-over, o.shoulder), (left, o.shoulder)))
    return lines


def _furniture(pen: Pen, house: House, tier: Tier, o: Outline) -> None:
    left, right = o.top
    scale = {"close": 1.25, "near": 1, "mid": 0.62}[tier.name]
    own = pen.at(scale, left + (right - left) * house.perch, o.roof)
    ledge, wall = colour(LEDGE), colour(WALLS[house.wall])
    if house.furniture == "aerial":
        for line in (((0, 0), (0, -17)), ((-7, -12.4), (7, -12.4)), ((-4, -7.6), (4, -7.6))):
            own.line(line, 1.4, ledge)
    elif house.furniture == "chimney":
        own.box(-9.5, -13, 9.5, 0, wall)
        own.line(((-9.5, 0), (-9.5, -13), (9.5, -13), (9.5, 0)), 1, ledge)
        own.line(((-12, -13.4), (12, -13.4)), 1.6, ledge)
    else:
        tank: Points = ((-14, 0), (-9.6, -11.4), (9.6, -11.4), (14, 0))
        own.polygon(tank, wall)
        own.line(tank, 1, ledge)
        own.ellipse((0, -13.6), (4.4, 4.4), ledge)
        own.ellipse((0, -13.6), (3.4, 3.4), wall)


def _gradient(steps: tuple[tuple[float, str], ...], width: int, height: int) -> Image.Image:
    """From top to foot."""
    column = Image.new("RGB", (1, height))
    for y in range(height):
        column.putpixel((0, y), _between(steps, y / max(1, height - 1)))
    return column.resize((width, height), Image.Resampling.NEAREST)


def _between(steps: tuple[tuple[float, str], ...], place: float) -> tuple[int, int, int]:
    """The colour at *place* (0 to 1) of a gradient."""
    for (start, first), (end, second) in pairwise(steps):
        if place <= end:
            share = (place - start) / (end - start)
            one, two = colour(first), colour(second)
            return (
                round(one[0] + (two[0] - one[0]) * share),
                round(one[1] + (two[1] - one[1]) * share),
                round(one[2] + (two[2] - one[2]) * share),
            )
    return colour(steps[-1][1])[:3]
