"""The cover, 1,600 × 2,400 pixels: the title in the night over the anthology's own street.

The houses are those of the home page, a lit window a story. Where one row of them would be low,
the later rows stand before the earlier ones, whose walls reach up behind: one city.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from PIL import Image, ImageDraw, ImageFont

from candlelight.make.cards_text import Faces, Setting
from candlelight.make.facade_picture import GROUND, MOON, Pen, colour, house_picture, land, sky
from candlelight.make.typography import runs_leftwards
from candlelight.plan.facade import Facade, House

SIZE = (1600, 2400)
FINER = 2  # the city is drawn twice as large and reduced
MARGIN = 150
FOOT = 2360  # where the ground begins
CITY = 1250  # pixels that the houses may take of the height
AMBER = "#EEB04A"
HAZE = "#C9C3D2"
FAR_WALLS = "#151A3D"
HEAD = 110  # above the title
GAP = 34  # below each text
LARGE = (400, 340, 280, 240, 210, 190)  # a title on one line
SMALL = (210, 180, 156, 136, 116, 100)  # a longer one
MOST_ROWS = 12
TRACKING = 0.08  # ems between Chinese letters


class CoverCard(msgspec.Struct, frozen=True):
    """What the cover shows."""

    title: str
    subtitle: tuple[str, ...]
    editors: str
    facade: Facade
    bogda: bool


class Standing(msgspec.Struct, frozen=True):
    """A house in the city: its left edge, and how far its foot is lifted above the ground."""

    house: House
    x: float
    lift: float

    @property
    def top(self) -> float:
        """Units from the ground to the top of the house."""
        return self.lift + self.house.height


def cover(card: CoverCard, font: Path) -> bytes:
    """The JPEG of *card*, written in *font*; the same card gives the same bytes."""
    wide, high = SIZE[0] * FINER, SIZE[1] * FINER
    image = sky(wide, high, FINER)
    foot = FOOT * FINER
    lines = lettering(card, Faces(font))
    written = sum(one.height + GAP for one, _ in lines)
    city, scale = _city(card.facade, min(CITY, FOOT - HEAD - written - 100))
    rise = max((one.top for one in city), default=0) * scale
    if card.facade.tier.name != "far":
        # The far land looks over the roofs, or fills the night where no house stands.
        low = foot - max(rise - 560, 0) * FINER
        land(Pen(image, 1.5 * FINER, wide / 2, low - 640 * 1.5 * FINER), card.bogda)
        ImageDraw.Draw(image).rectangle([0, low, wide, high], fill=colour(FAR_WALLS))
    pen = Pen(image, scale * FINER, 0, foot)
    for one in city:
        grown = msgspec.structs.replace(one.house, height=one.house.height + one.lift)
        house_picture(pen.at(1, one.x, -one.top), grown, card.facade.tier)
    pen.draw.rectangle([0, foot, wide, high], fill=colour(GROUND))
    image = image.reduce(FINER)
    y = max(HEAD, min(300, (FOOT - rise - written) / 2.2))
    for setting, ink in lines:
        y = _write(image, setting, y, ink) + GAP
    made = io.BytesIO()
    image.save(made, "JPEG", quality=88, subsampling=0, optimize=True)
    return made.getvalue()


def lettering(card: CoverCard, faces: Faces) -> list[tuple[Setting, str]]:
    """Title, subtitle and editors as they are set, each with its ink."""
    width = SIZE[0] - 2 * MARGIN
    large = (
        size for size in LARGE if len(faces.fitted(card.title, width, (size,), 9, 1.2).lines) < 2
    )
    size = next(large, 0)
    sizes = (size,) if size else SMALL
    lines = [(faces.fitted(card.title, width, sizes, 1 if size else 4, 1.2), MOON)]
    for words, smaller, ink in (
        (card.subtitle, (68, 60, 54, 48), AMBER),
        ((card.editors,), (50, 44, 40), HAZE),
    ):
        if told := [line for line in words if line.strip()]:
            lines.append((_together(told, width, smaller, faces), ink))
    return lines


def _together(told: Sequence[str], width: float, sizes: Sequence[int], faces: Faces) -> Setting:
    """Each of *told* on its own line or two, all of one size; one line may fill two."""
    size = min(faces.fitted(one, width, sizes, 2, 1.5).size for one in told)
    set_lines = [faces.fitted(one, width, (size,), 2, 1.5) for one in told]
    lines = tuple(line for one in set_lines for line in one.lines)
    return msgspec.structs.replace(set_lines[0], lines=lines)


def _city(facade: Facade, most: float) -> tuple[list[Standing], float]:
    """The houses from the back to the front, and the scale (pixels a unit) that fills the cover.

    They rise *most* pixels at most.
    """
    best: tuple[float, list[Standing], float] = (float("inf"), [], 1)
    for count in range(1, min(MOST_ROWS, len(facade.houses)) + 1):
        rows = list(_rows(facade.houses, count))
        widest = max(
            sum(house.width for house in row) + _gap(facade) * (len(row) - 1) for row in rows
        )
        scale = (SIZE[0] + 30) / max(widest, 60)
        city = _stand(rows, facade, SIZE[0] / scale)
        rise = max(one.top for one in city) * scale
        # Too high is worse than too low: a title stands above.
        miss = most - rise if rise <= most else 3 * (rise - most)
        if miss < best[0]:
            best = (miss, city, scale)
    _, city, scale = best
    rise = max((one.top for one in city), default=0) * scale
    return (city, scale) if rise <= most else _shrunk(city, scale, most / rise)


def _shrunk(city: Sequence[Standing], scale: float, share: float) -> tuple[list[Standing], float]:
    """*city* at a *share* of its scale, in the middle of the cover."""
    shift = SIZE[0] / scale * (1 / share - 1) / 2
    return [msgspec.structs.replace(one, x=one.x + shift) for one in city], scale * share


def _gap(facade: Facade) -> float:
    return facade.tier.gap / facade.tier.scale / 2


def _rows(houses: Sequence[House], count: int) -> Iterator[list[House]]:
    """*houses* in order, cut into *count* rows of nearly equal width."""
    whole = sum(house.width for house in houses)
    row: list[House] = []
    done, made = 0.0, 0
    for at, house in enumerate(houses):
        left = len(houses) - at
        if (
            row
            and made < count - 1
            and (done + house.width / 2 > whole * (made + 1) / count or left == count - 1 - made)
        ):
            yield row
            row, made = [], made + 1
        row.append(house)
        done += house.width
    yield row


def _stand(rows: Sequence[Sequence[House]], facade: Facade, wide: float) -> list[Standing]:
    """Each row behind the next: a house is lifted over those that stand before it."""
    placed: list[list[Standing]] = []
    for row in reversed(rows):
        total = sum(house.width for house in row)
        free = wide - total - _gap(facade) * (len(row) - 1)
        # A row that is too narrow spreads out; one that is too wide runs over both edges.
        spread = max(0.0, free) / (len(row) + 1)
        x = spread if free > 0 else free / 2
        standing = []
        for house in row:
            before = [
                one.top - facade.tier.head * 0.6
                for other in placed
                for one in other
                if one.x < x + house.width and x < one.x + one.house.width
            ]
            lift = max(0.0, max(before, default=0) - facade.tier.plate - facade.tier.base)
            standing.append(Standing(house, x, lift))
            x += house.width + _gap(facade) + spread
        placed.append(standing)
    return [one for row in reversed(placed) for one in row]


def _write(image: Image.Image, setting: Setting, y: float, ink: str) -> float:
    """Lines from the left margin or the right one, Chinese letters a little apart."""
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(setting.font, setting.size)
    room = SIZE[0] - 2 * MARGIN
    for line in setting.lines:
        y += setting.size * setting.leading
        middle = y - setting.size * setting.leading / 2
        if runs_leftwards(line):
            draw.text((SIZE[0] - MARGIN, middle), line, ink, font, "rm")
            continue
        apart = TRACKING * setting.size
        spread = font.getlength(line) + apart * (len(line) - 1) <= room and all(
            ord(sign) > 0x2E7F or sign == " " for sign in line
        )
        if not spread:
            draw.text((MARGIN, middle), line, ink, font, "lm")
            continue
        x = float(MARGIN)
        for sign in line:
            draw.text((x, middle), sign, ink, font, "lm")
            x += font.getlength(sign) + apart
    return y
