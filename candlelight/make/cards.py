"""Share cards, 1,200 × 630: the anthology's or a team's street, or a story's own window.

A card is a JPEG without metadata, below 120 KB, so that chat apps show it. Text that the fonts
lack is left out rather than shown as boxes; a title in another script needs a font of that script
among *others*.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from PIL import Image, ImageDraw

from candlelight.make.cards_mosaic import TILE, UNIT, Mosaic, coded
from candlelight.make.cards_text import Faces, Writing, opened, written
from candlelight.make.facade_picture import (
    GROUND,
    MOON,
    WALLS,
    Pen,
    colour,
    halo,
    house_picture,
    land,
    looks,
    sky,
    window_picture,
)
from candlelight.plan.facade import Facade, House
from candlelight.plan.windows import Window

SIZE = (1200, 630)
LARGEST = 120_000  # bytes
QUALITIES = (70, 55, 40)  # of a story's card: the first that keeps it below LARGEST
FINE = (82, 70, 55, 40)  # of a street's: its windows are small, and there are few of it
HAZE = "#BDB8CC"
MARGIN = 72
FINER = 2  # streets are drawn twice as large and reduced
GROUND_LINE = 7
STREET_HEIGHT = 330
WALL = 750  # where the wall of a story's window begins
COLUMN = 620  # width of a story's title
BESIDE = 3 * TILE  # where a story's window may begin to show, and its title may not
PANE = (6, WALL + (SIZE[0] - WALL) / 2 - 120 - BESIDE, 138)  # its scale, x and y from there


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
    faces = Faces(font, others)
    scene = _street(facade, faces, bogda)
    return _street_card(scene, title, subtitle, faces, (104, 84, 68, 56))


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
    faces = Faces(font, others)
    scene = _street(facade, faces, bogda)
    return _street_card(scene, title, motto, faces, (76, 64, 54))


def story_card(
    title: str,
    author: str,
    place: str,
    window: Window,
    font: Path,
    *,
    others: Sequence[Path] = (),
) -> bytes:
    """A story's title, who wrote it and where, beside its own window.

    Only the tiles under the text are coded for this card alone; the others are kept by each
    process, which makes a card in a tenth of the time.
    """
    parts = _parts(_placed(title, author, place, Faces(font, others)))
    for quality in QUALITIES:
        card = _beside(looks(window), quality)
        for image, left, top in parts:
            card = card.with_part(coded(image, quality), left, top)
        if len(made := card.jpeg()) < LARGEST:
            break
    return made


def _placed(title: str, author: str, place: str, faces: Faces) -> list[Writing]:
    """The title with what stands under it, in the middle of the card's height."""
    told = faces.fitted(title, COLUMN, (76, 66, 58, 50, 44), 4, 1.32)
    under = [faces.fitted(part, COLUMN, (30, 26), 2, 1.6) for part in faces.joined(author, place)]
    high = told.height + 30 * bool(under) + sum(part.height for part in under)
    y = (SIZE[1] - high) / 2
    texts = [written(told, MARGIN, y, COLUMN, MOON)]
    y += told.height + 30
    for part in under:
        texts.append(written(part, MARGIN, y, COLUMN, HAZE))
        y += part.height
    return texts


def _parts(texts: Iterable[Writing]) -> list[tuple[Image.Image, int, int]]:
    """The tiles that *texts*, from top to foot, stand on, with the column and row of the first."""
    together: list[list[Writing]] = []
    for text in texts:
        if together and text.box[1] // UNIT <= (together[-1][-1].box[3] - 1) // UNIT:
            together[-1].append(text)
        elif text.marks:
            together.append([text])
    return [_part(texts) for texts in together]


def _part(texts: Sequence[Writing]) -> tuple[Image.Image, int, int]:
    lefts, tops, rights, feet = zip(*(text.box for text in texts), strict=True)
    left, top = max(0, min(lefts)) // TILE, max(0, min(tops)) // UNIT
    right, foot = -(-max(rights) // TILE) * TILE, -(-max(feet) // UNIT) * UNIT
    box = (left * TILE, top * UNIT, min(BESIDE, right), min(SIZE[1], foot))
    image = _wall().crop(box)
    for text in texts:
        text.onto(image, *box[:2])
    return image, left, top


@functools.lru_cache(maxsize=1024)
def _beside(window: Window, quality: int) -> Mosaic:
    """The card of a window that looks like *window*, before anything is written on it."""
    part = _lightened(window.lit).copy()
    window_picture(Pen(part, *PANE), window)
    return _coded_wall(quality).with_part(coded(part, quality), BESIDE // TILE, 0)


@functools.cache
def _lightened(lit: bool) -> Image.Image:
    """The wall without its window; the light of that stays on its own wall."""
    part = _wall().crop((BESIDE, 0, *SIZE))
    if lit:
        scale, x, y = PANE
        wall = _wall().crop((WALL, 0, *SIZE))
        Pen(wall, scale, x - (WALL - BESIDE), y).paste(halo(360), 20 - 60, 26 - 60)
        part.paste(wall, (WALL - BESIDE, 0))
    return part


@functools.cache
def _coded_wall(quality: int) -> Mosaic:
    return coded(_wall(), quality)


def _street_card(
    scene: Image.Image, title: str, subtitle: str, faces: Faces, sizes: Sequence[int]
) -> bytes:
    width = SIZE[0] - 2 * MARGIN
    told = faces.fitted(title, width, sizes, 2, 1.2)
    written(told, MARGIN, 50, width, MOON).onto(scene)
    if subtitle.strip():
        under = faces.fitted(subtitle, width, (32, 28, 24), 2, 1.5)
        written(under, MARGIN, 60 + told.height, width, HAZE).onto(scene)
    return _jpeg(scene)


def _street(facade: Facade, faces: Faces, bogda: bool) -> Image.Image:
    """As many houses as one street holds, in front of the land."""
    wide, high = SIZE[0] * FINER, SIZE[1] * FINER
    foot = high - GROUND_LINE * FINER
    image = _land(far=facade.tier.name == "far", bogda=bogda).copy()
    houses, scale = _first_street(facade)
    gap = facade.tier.gap / facade.tier.scale
    total = sum(house.width for house in houses) + gap * max(0, len(houses) - 1)
    pen = Pen(image, scale * FINER, (wide - total * scale * FINER) / 2, foot)
    x = 0.0
    for house in houses:
        house_picture(pen.at(1, x, -house.height), house, facade.tier)
        _plate(pen, house, x, facade, faces)
        x += house.width + gap
    pen.draw.rectangle([0, foot, wide, high], fill=colour(GROUND))
    return image.reduce(FINER)


@functools.lru_cache(maxsize=2)
def _land(*, far: bool, bogda: bool) -> Image.Image:
    """What lies behind every street, larger: the night, and the land where one is near it."""
    wide, high = SIZE[0] * FINER, SIZE[1] * FINER
    image = sky(wide, high, FINER)
    if not far:
        foot = high - GROUND_LINE * FINER
        land(Pen(image, 0.62 * FINER, wide / 2, foot - 640 * 0.62 * FINER), bogda)
    return image


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


def _plate(pen: Pen, house: House, x: float, facade: Facade, faces: Faces) -> None:
    """The name of a house, where it can be read."""
    size = min(facade.tier.letter / facade.tier.scale * 1.05 * pen.scale, 19 * FINER)
    if size < 11 * FINER:
        return
    name = faces.fitted(house.label, house.width * pen.scale, (int(size),), 1, 1)
    middle = pen.x + (x + house.width / 2) * pen.scale
    y = pen.y - facade.tier.plate / 2 * pen.scale
    face = opened(name.font, name.size)
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


def _jpeg(image: Image.Image) -> bytes:
    for quality in FINE:
        made = io.BytesIO()
        image.save(made, "JPEG", quality=quality, optimize=True)
        if made.tell() < LARGEST:
            break
    return made.getvalue()
