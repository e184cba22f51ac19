"""万家灯火: from the anthology's lights to a street of houses (look rules 1 to 8).

A *light* is one story (lit) or one service point that still waits for its first (unlit). A house
stands for a district, and every window in it is one light; nothing else may look like a window.
Lengths are in house units: one unit is one CSS pixel on a phone, `Tier.scale` pixels on screens of
1,024 px and more. Chance is a hash of a name or a slug, so that the same anthology always gives
the same street, and a new story moves no other house except through its count or the tier.
"""

from __future__ import annotations

import functools
import math
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import msgspec

from candlelight.plan.windows import Light, Scale, Window, throws, window_of

Roof = Literal["gable", "flat", "left", "right"]
Furniture = Literal["aerial", "chimney", "tank"]

FURNITURE: tuple[Furniture, ...] = ("aerial", "chimney", "tank")
WALLS = 4
BREATHING = 8  # so few that nobody would call the street restless
KINDLING_STEPS = 80  # 45 ms each: the last light is on after less than four seconds


class Tier(msgspec.Struct, frozen=True):
    """How near the street stands: sizes in units, `letter` and `gap` in pixels."""

    name: Literal["close", "near", "mid", "far"]
    cell: tuple[float, float]
    pane: tuple[float, float]  # the window in its cell
    pad: float  # wall at either side of the windows
    head: float  # room above the roof: gable, aerial
    base: float  # wall between the lowest windows and the name plate
    plate: float  # ground floor, the name plate
    letter: int  # what one character of the name needs
    gap: int  # between two houses
    scale: float  # on screens of 1,024 px and more
    shares: tuple[float, ...]  # f of the rule for columns, to be tried in order


CLOSE = Tier("close", (66, 82), (40, 52), 20, 40, 12, 40, 15, 18, 1.42, (0.6,))
_ONE_STREET = (0.62, 0.5, 0.42, 0.34, 0.27, 0.22)
NEAR = Tier("near", (44, 54), (27, 34), 10, 30, 6, 34, 15, 18, 1.42, _ONE_STREET)
MID = Tier("mid", (26, 30), (13, 17), 8, 18, 6, 30, 13, 5, 0.94, _ONE_STREET)
FAR = Tier("far", (5.5, 8), (3.1, 4.6), 5, 3, 2, 20, 12, 6, 1, (0.5,))


class House(msgspec.Struct, frozen=True):
    """One building with its windows, top floor first, each floor from the left."""

    label: str
    href: str  # '' where the building has no page or list of its own
    columns: int
    floors: int
    top: int  # windows on the top floor
    roof: Roof
    furniture: Furniture
    perch: float  # where on the roof the furniture stands, 0 to 1
    wall: int  # 0 to 3
    width: float
    height: float
    windows: tuple[Window, ...]


class Facade(msgspec.Struct, frozen=True):
    """One street or several; `max_width` (pixels) keeps the last house from standing alone."""

    tier: Tier
    houses: tuple[House, ...]
    streets: int
    max_width: int


def lay_out(
    lights: Sequence[Light], *, street: int = 1240, buildings: Mapping[str, str] | None = None
) -> Facade:
    """Build the street for *lights*; *street* is its width in pixels on a wide screen.

    *buildings* maps the label of a building to the address of its list. Beyond 480 windows only
    buildings are links, and the windows carry neither title nor address: a corrected title must
    not rebuild a page that does not show it.
    """
    tier = tier_for(len(lights))
    groups = _groups(lights)
    share = _share(tier, groups, street)
    draw = _windows(lights, tier)
    houses = tuple(
        _house(tier, label, share, [draw(light) for light in group], (buildings or {}))
        for label, group in groups.items()
    )
    total = _street_width(tier, [house.width for house in houses])
    streets = max(1, math.ceil(total / street))
    widest = max((house.width * tier.scale for house in houses), default=0)
    width = street if streets == 1 else min(street, math.ceil(total / streets + 0.6 * widest))
    return Facade(tier, houses, streets, width)


def unnamed(facade: Facade) -> Facade:
    """*facade* as a picture of it shows: without titles, links and what moves."""
    return msgspec.structs.replace(
        facade,
        houses=tuple(
            msgspec.structs.replace(house, href="", windows=tuple(map(_unnamed, house.windows)))
            for house in facade.houses
        ),
    )


def tier_for(windows: int) -> Tier:
    """The tier for a number of windows (look rule 3)."""
    for most, tier in ((12, CLOSE), (80, NEAR), (480, MID)):
        if windows <= most:
            return tier
    return FAR


def letters(text: str) -> float:
    """The width of *text* in ems: a Chinese character is one, a Latin letter about half."""
    return sum(
        1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.56
        for sign in text
        if unicodedata.category(sign) not in ("Mn", "Me", "Cf", "Cc")
    )


def _unnamed(window: Window) -> Window:
    still = {"breathes": False, "turn": 0}
    return msgspec.structs.replace(window, slug="", title="", author="", href="", **still)


def _groups(lights: Sequence[Light]) -> dict[str, list[Light]]:
    """Lights by building, buildings in their order; inside by date, the waiting ones last."""
    groups: dict[str, list[Light]] = {}
    for light in sorted(lights, key=lambda light: (light.order, light.building, *_within(light))):
        groups.setdefault(light.building, []).append(light)
    return groups


def _within(light: Light) -> tuple[bool, bool, str, str]:
    return (not light.lit, not light.date, light.date, light.slug)


def _windows(lights: Sequence[Light], tier: Tier) -> Callable[[Light], Window]:
    """What draws each light's window, with its turn in the kindling and whether it breathes."""
    scale = Scale.of(lights)
    if tier is FAR:
        return functools.partial(window_of, scale=scale, named=False)
    burning = sorted((light for light in lights if light.lit), key=_within)
    pace = min(1.0, KINDLING_STEPS / max(1, len(burning)))
    turns = {light: round(place * pace) for place, light in enumerate(burning)}
    breathing = set(sorted(burning, key=lambda light: throws(light.slug)[5:9])[:BREATHING])
    return lambda light: window_of(
        light, scale, turn=turns.get(light, 0), breathes=light in breathing
    )


def _share(tier: Tier, groups: Mapping[str, Sequence[Light]], street: int) -> float:
    """The first share of the tier that puts all houses in one street, else the last."""
    for share in tier.shares:
        widths = [
            _width(tier, label, _columns(tier, label, len(group), share))
            for label, group in groups.items()
        ]
        if _street_width(tier, widths) <= street:
            return share
    return tier.shares[-1]


def _street_width(tier: Tier, widths: Sequence[float]) -> float:
    """Pixels that houses of *widths* take in one row on a wide screen."""
    return sum(widths) * tier.scale + tier.gap * max(0, len(widths) - 1)


def _plate(tier: Tier, label: str) -> float:
    """Units that the name plate needs; a name of more than ten characters is cut."""
    return (min(letters(label), 10) * tier.letter + 6) / min(1.0, tier.scale)


def _columns(tier: Tier, label: str, count: int, share: float) -> int:
    """Windows side by side: look rule 4."""
    wide = math.sqrt(count * share * (0.7 + 0.9 * throws(label)[0] / 256))
    named = math.ceil((_plate(tier, label) - 2 * tier.pad) / tier.cell[0])
    return min(count, max(int(wide + 0.5), named, 2 if count > 3 else 1))


def _width(tier: Tier, label: str, columns: int) -> float:
    return round(max(columns * tier.cell[0] + 2 * tier.pad, _plate(tier, label)), 1)


def _house(
    tier: Tier, label: str, share: float, windows: Sequence[Window], buildings: Mapping[str, str]
) -> House:
    columns = _columns(tier, label, len(windows), share)
    floors = math.ceil(len(windows) / columns)
    top = len(windows) - (floors - 1) * columns
    width = _width(tier, label, columns)
    dice = throws(label)
    roof = _roof(floors, top, columns, dice[1])
    indent = (width - columns * tier.cell[0]) / 2
    return House(
        label=label,
        href=buildings.get(label, ""),
        columns=columns,
        floors=floors,
        top=top,
        roof=roof,
        furniture=FURNITURE[dice[2] % len(FURNITURE)],
        perch=round(0.2 + 0.6 * dice[3] / 255, 2),
        wall=dice[4] % WALLS,
        width=width,
        height=tier.head + floors * tier.cell[1] + tier.base + tier.plate,
        windows=_placed(tier, windows, columns, floors, roof, indent),
    )


def _roof(floors: int, top: int, columns: int, die: int) -> Roof:
    if floors == 1 and top <= 2:
        return "gable"
    if top == columns:
        return "flat"
    return "left" if die % 2 else "right"


def _placed(
    tier: Tier, windows: Sequence[Window], columns: int, floors: int, roof: Roof, indent: float
) -> tuple[Window, ...]:
    """Fill the floors from the ground up; hand them back from the top down."""
    placed: list[tuple[Window, ...]] = []
    for floor in range(floors):
        row = windows[floor * columns : (floor + 1) * columns]
        first = columns - len(row) if roof == "right" else 0
        y = tier.head + (floors - 1 - floor) * tier.cell[1]
        left = indent + first * tier.cell[0]
        placed.append(
            tuple(
                msgspec.structs.replace(window, x=round(left + i * tier.cell[0], 1), y=y)
                for i, window in enumerate(row)
            )
        )
    return tuple(window for row in reversed(placed) for window in row)
