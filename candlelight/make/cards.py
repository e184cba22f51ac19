"""Share cards, 1,200 × 630: the anthology's or a team's street, or a story's own window.

A card is a JPEG without metadata, below 120 KB, so that chat apps show it. Text that the fonts
lack is left out rather than shown as boxes; a title in another script needs a font of that script
among *others*.
"""

from __future__ import annotations

import functools
import io
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path

import msgspec
from PIL import Image, ImageDraw, ImageFont

from candlelight.make.facade_picture import (
    GROUND,
    MOON,
    WALLS,
    Pen,
    colour,
    halo,
    house_picture,
    land,
    sky,
    window_picture,
)
from candlelight.plan.facade import Facade, House, Window

SIZE = (1200, 630)
LARGEST = 120_000  # bytes
HAZE = "#BDB8CC"
MARGIN = 72
FINER = 2  # streets are drawn twice as large and reduced
GROUND_LINE = 7
STREET_HEIGHT = 330
WALL = 750  # where the wall of a story's window begins
LONGEST = 160  # characters of a title that are looked at: no card holds more
COLUMN = 620  # width of a story's title
# A word of an alphabet, white space, or any one character.
_PIECE = re.compile(r"[^\W\u2e80-\uabff\uf900-\ufaff\U00020000-\U0003ffff]+|\s+|.", re.DOTALL)
_NO_START = "，。、；：？！…—”’）》」』】〉·,.;:?!)]}%"
_NO_END = "“‘（《「『【〈([{"


def anthology_card(
    title: str,
    subtitle: str,
    facade: Facade,
    font: Path,
    *,
    others: Sequence[Path] = (),
    bogda: bool = True,
) -> bytes:
    """The anthology's title over one street of its city."""
    scene = _street(facade, font, bogda)
    return _street_card(scene, title, subtitle, Faces(font, others), (104, 84, 68, 56))


def team_card(
    title: str,
    motto: str,
    facade: Facade,
    font: Path,
    *,
    others: Sequence[Path] = (),
    bogda: bool = True,
) -> bytes:
    """A team's name and motto over the street of its own lights."""
    scene = _street(facade, font, bogda)
    return _street_card(scene, title, motto, Faces(font, others), (76, 64, 54))


def story_card(
    title: str,
    author: str,
    place: str,
    window: Window,
    font: Path,
    *,
    others: Sequence[Path] = (),
) -> bytes:
    """A story's title, who wrote it and where, beside its own window."""
    image = _wall().copy()
    _own_window(image, window)
    faces = Faces(font, others)
    told = faces.fitted(title, COLUMN, (76, 66, 58, 50, 44), 4, 1.32)
    under = [faces.fitted(part, COLUMN, (30, 26), 2, 1.6) for part in faces.joined(author, place)]
    high = told.height + 30 * bool(under) + sum(part.height for part in under)
    y = _write(image, told, (SIZE[1] - high) / 2, MOON, COLUMN) + 30
    for part in under:
        y = _write(image, part, y, HAZE, COLUMN)
    return _jpeg(image)


def _own_window(image: Image.Image, window: Window) -> None:
    """The window on its wall; its light stays on the wall too."""
    wall = image.crop((WALL, 0, *SIZE))
    pen = Pen(wall, 6, (SIZE[0] - WALL) / 2 - 120, 138)
    if window.lit:
        pen.paste(halo(360), 20 - 60, 26 - 60)
    window_picture(pen, window)
    image.paste(wall, (WALL, 0))


class Setting(msgspec.Struct, frozen=True):
    """Lines of text that fit: font and its size in pixels, leading in ems of it."""

    lines: tuple[str, ...]
    font: Path
    size: int
    leading: float

    @property
    def height(self) -> float:
        """Pixels from the first line's top to the last one's foot."""
        return len(self.lines) * self.size * self.leading


class Faces:
    """The fonts of a card: each text is set in the one that has most of its characters."""

    def __init__(self, font: Path, others: Sequence[Path] = ()) -> None:
        self.paths = (font, *others)

    def fitted(
        self, text: str, width: float, sizes: Sequence[int], most: int, leading: float
    ) -> Setting:
        """*text* in at most *most* lines at the largest of *sizes* (pixels) that allows it."""
        text = text[:LONGEST]
        path = self._best(text)
        known = _signs(path)
        text = " ".join("".join(sign for sign in text if ord(sign) in known).split())
        size, lines = sizes[0], [""]
        for size in sizes:
            lines = _balanced(text, width, _opened(path, size))
            if len(lines) <= most:
                return Setting(tuple(lines), path, size, leading)
        cut = (*lines[: most - 1], lines[most - 1][:-1] + "…")
        return Setting(cut, path, size, leading)

    def joined(self, *parts: str) -> list[str]:
        """Parts on one line, or each on its own where they are of different scripts."""
        told = [part for part in parts if part.strip()]
        if len({self._best(part) for part in told}) > 1:
            return told
        return [" · ".join(told)] if told else []

    def _best(self, text: str) -> Path:
        return max(self.paths, key=lambda path: sum(ord(sign) in _signs(path) for sign in text))


def _balanced(text: str, width: float, font: ImageFont.FreeTypeFont) -> list[str]:
    """Lines of nearly equal length, none wider than *width*."""
    lines = _filled(text, width, font)
    count, low, high = len(lines), 0.0, width
    while count > 1 and high - low > font.size / 4:
        middle = (low + high) / 2
        tried = _filled(text, middle, font)
        if len(tried) <= count:
            high, lines = middle, tried
        else:
            low = middle
    return lines


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


def _filled(text: str, width: float, font: ImageFont.FreeTypeFont) -> list[str]:
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if line and font.getlength((line + piece).rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line = (line + piece).lstrip() if not line else line + piece
        while font.getlength(line.rstrip()) > width and len(line) > 1:
            cut = bisect_right(range(1, len(line)), width, key=lambda i: font.getlength(line[:i]))
            cut = max(1, cut)
            lines.append(line[:cut])
            line = line[cut:]
    return [*lines, line.rstrip()] if line.strip() else lines


def _street_card(
    scene: Image.Image, title: str, subtitle: str, faces: Faces, sizes: Sequence[int]
) -> bytes:
    width = SIZE[0] - 2 * MARGIN
    y = _write(scene, faces.fitted(title, width, sizes, 2, 1.2), 50, MOON, width) + 10
    if subtitle.strip():
        _write(scene, faces.fitted(subtitle, width, (32, 28, 24), 2, 1.5), y, HAZE, width)
    return _jpeg(scene)


def _street(facade: Facade, font: Path, bogda: bool) -> Image.Image:
    """As many houses as one street holds, in front of the land."""
    wide, high = SIZE[0] * FINER, SIZE[1] * FINER
    image = sky(wide, high, FINER)
    foot = high - GROUND_LINE * FINER
    far = facade.tier.name == "far"
    if not far:
        land(Pen(image, 0.62 * FINER, wide / 2, foot - 640 * 0.62 * FINER), bogda)
    houses, scale = _first_street(facade)
    gap = facade.tier.gap / facade.tier.scale
    total = sum(house.width for house in houses) + gap * max(0, len(houses) - 1)
    pen = Pen(image, scale * FINER, (wide - total * scale * FINER) / 2, foot)
    x = 0.0
    for house in houses:
        house_picture(pen.at(1, x, -house.height), house, facade.tier)
        _plate(pen, house, x, facade, font)
        x += house.width + gap
    pen.draw.rectangle([0, foot, wide, high], fill=colour(GROUND))
    return image.reduce(FINER)


def _first_street(facade: Facade) -> tuple[list[House], float]:
    """The houses of the card and its scale: pixels a unit, at most twice the page's."""
    room = SIZE[0] - 2 * 40
    gap = facade.tier.gap / facade.tier.scale
    houses: list[House] = []
    total = 0.0
    for house in facade.houses:
        if houses and facade.streets > 1 and (total + gap + house.width) * facade.tier.scale > room:
            break
        total += house.width + (gap if houses else 0)
        houses.append(house)
    tallest = max((house.height for house in houses), default=1)
    scale = min(room / max(1, total), STREET_HEIGHT / tallest, facade.tier.scale * 1.5)
    return houses, scale


def _plate(pen: Pen, house: House, x: float, facade: Facade, font: Path) -> None:
    """The name of a house, where it can be read."""
    size = min(facade.tier.letter / facade.tier.scale * 1.05 * pen.scale, 19 * FINER)
    if size < 11 * FINER:
        return
    name = Faces(font).fitted(house.label, house.width * pen.scale, (int(size),), 1, 1)
    middle = pen.x + (x + house.width / 2) * pen.scale
    y = pen.y - facade.tier.plate / 2 * pen.scale
    face = _opened(name.font, name.size)
    pen.draw.text((middle, y), "".join(name.lines), fill=MOON, font=face, anchor="mm")


@functools.cache
def _wall() -> Image.Image:
    """Behind every story's card: the city far away, and the wall of one house."""
    wide, high = SIZE[0] * FINER, SIZE[1] * FINER
    image = sky(wide, high, FINER)
    land(Pen(image, 0.7 * FINER, 400 * FINER, high - 640 * 0.7 * FINER), bogda=False)
    edge = WALL * FINER
    draw = ImageDraw.Draw(image, "RGBA")
    draw.rectangle([edge, 0, wide, high], fill=colour(WALLS[1]))
    draw.rectangle([edge, 0, edge + 2 * FINER, high], fill=colour("#4A548C"))
    for y in (64, 562):
        slab = [edge + 3 * FINER, y * FINER, wide, (y + 5) * FINER]
        draw.rectangle(slab, fill=colour("#10153A"))
    return image.reduce(FINER)


def _write(image: Image.Image, setting: Setting, y: float, ink: str, width: float) -> float:
    """Lines in a column at the left margin; returns where the next line would begin.

    Writing that runs from right to left begins at the right edge of the column.
    """
    draw = ImageDraw.Draw(image)
    font = _opened(setting.font, setting.size)
    for line in setting.lines:
        y += setting.size * setting.leading
        leftwards = any(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in line)
        x, anchor = (MARGIN + width, "rm") if leftwards else (MARGIN, "lm")
        draw.text((x, y - setting.size * setting.leading / 2), line, ink, font, anchor)
    return y


def _jpeg(image: Image.Image) -> bytes:
    for quality in (90, 82, 72, 60, 45):
        made = io.BytesIO()
        image.save(made, "JPEG", quality=quality, subsampling=0, optimize=True)
        if made.tell() < LARGEST:
            break
    return made.getvalue()


@functools.lru_cache(maxsize=32)
def _opened(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)


@functools.lru_cache(maxsize=8)
def _signs(path: Path) -> frozenset[int]:
    """The code points that a font has."""
    from fontTools.ttLib import TTFont  # imported late: only cards need it

    with TTFont(path, fontNumber=0, lazy=True) as font:
        return frozenset(font.getBestCmap())
