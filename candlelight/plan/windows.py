"""One light and the window that it becomes, the same wherever it is drawn (look rules 6 and 7).

Chance is a hash of a name or a slug, so that the same anthology always gives the same street.
"""

from __future__ import annotations

import functools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from hashlib import sha256
from typing import Literal

import msgspec

from candlelight.names import fold

Life = Literal["curtains", "somebody", "plant", "lamp", "candle", "blind", "thermos", "both"]
LIVES: tuple[Life, ...] = (
    "curtains", "somebody", "plant", "lamp", "candle", "blind", "thermos", "both",
)  # fmt: skip
SALT = "2421/"  # chosen by eye, among others, for the first anthology's street


class Light(msgspec.Struct, frozen=True):
    """One window to be: a story, or a service point without one."""

    slug: str  # of the story, or of the service point that waits
    title: str  # of the story, or the name of the service point
    author: str  # '' for one that waits
    building: str  # label of the house: district, else city, else province
    order: str  # sort key of the building (pinyin)
    point: str  # name of the service point, '' if none
    date: str  # '', '2020', '2020-08' or '2020-08-12'
    lit: bool
    href: str  # opaque here; whoever draws resolves it


class Window(msgspec.Struct, frozen=True):
    """One window: what it tells, how its light looks, and where its cell lies in the house."""

    slug: str
    title: str
    author: str
    href: str
    lit: bool
    tone: int  # 0 ember to 4 nearly white
    life: Life
    cross: bool  # a bar across the pane besides the upright one
    cooler: bool  # an air conditioner under the sill
    shift: int  # how far somebody stands from the middle, in fortieths of the pane
    breathes: bool = False
    turn: int = 0  # when it lights up, in steps of 45 ms
    x: float = 0.0  # left and top edge of the cell
    y: float = 0.0


class Scale:
    """From ember to white: where a date stands among *months*, oldest first."""

    def __init__(self, months: Iterable[str] = ()) -> None:
        self.months = tuple(months)
        self._places: dict[str, float] = {}

    @classmethod
    def of(cls, lights: Iterable[Light]) -> Scale:
        """The scale of all months of lit windows."""
        dates = {light.date for light in lights if light.lit}
        return cls(sorted({date[:7] for date in dates if date[4:]}))

    def place(self, date: str) -> float:
        """From 0 to 1; a bare year lies in the middle of its months, no date in that of all."""
        found = self._places.get(date)
        if found is None:
            found = self._places[date] = self._placed(date[:7])
        return found

    def _placed(self, month: str) -> float:
        if len(self.months) < 2 or not month:
            return 0.5
        first, behind = bisect_left(self.months, month), bisect_right(self.months, f"{month}~")
        return min(1, max(0, (first + behind - 1) / 2 / (len(self.months) - 1)))


def window_of(
    light: Light,
    scale: Scale,
    *,
    named: bool = True,
    turn: int = 0,
    breathes: bool = False,
) -> Window:
    """The window of one light on the *scale* of all. Not *named* it tells of no story."""
    dice = throws(light.slug)
    return Window(
        slug=light.slug if named else "",
        title=light.title if named else "",
        author=light.author if named else "",
        href=light.href if named else "",
        lit=light.lit,
        tone=_tone(light, scale, dice[0] / 255),
        life=LIVES[dice[1] % len(LIVES)],
        cross=dice[2] % 5 < 3,
        cooler=dice[3] < 72,  # under three in ten
        shift=(-6, 0, 5)[dice[4] % 3],
        breathes=breathes,
        turn=turn,
    )


@functools.lru_cache(maxsize=65536)
def throws(name: str) -> bytes:
    """Thirty-two throws for a name, the same for ever."""
    return sha256((SALT + name).encode("utf-8", "surrogatepass")).digest()


def _tone(light: Light, scale: Scale, own: float) -> int:
    tone = scale.place(light.date) * 4 + (own * 2 - 1) * 0.45
    if light.point:
        tone += _warmth(light.point)
    return min(4, max(0, round(tone)))


@functools.lru_cache(maxsize=4096)
def _warmth(point: str) -> float:
    """What all windows of one service point have in common."""
    # Folded, or a story that spells its place in another way would relight the others there.
    return (throws(fold(point))[0] / 255 * 2 - 1) * 0.8
