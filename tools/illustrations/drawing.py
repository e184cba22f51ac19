"""What a drawing is, and the grounds that several of them stand on."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from cut import (
    DUSK,
    INK,
    LAMP,
    NIGHT,
    PAPER,
    cut,
    disc,
    faded,
    glow,
    mix,
    rect,
    scissors,
)


@dataclass(frozen=True)
class Drawing:
    """A finished sheet: its size in units and its SVG content, background first."""

    width: int
    height: int
    content: str

    def svg(self) -> str:
        """Return the whole SVG document."""
        box = f'viewBox="0 0 {self.width} {self.height}"'
        size = f'width="{self.width}" height="{self.height}"'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {box} {size}>'
            f"<defs>{scissors(self.width, self.height)}</defs>{self.content}</svg>"
        )


Draw = Callable[[], Drawing]

LANDSCAPE = (1200, 800)
PORTRAIT = (900, 1200)
SQUARE = (1200, 1200)
PANORAMA = (1560, 580)


def sheet(size: tuple[int, int], ground: str, *layers: str) -> Drawing:
    """Lay *layers* on a *ground* colour; the first layer is the farthest away.

    Every layer is cut from its own sheet, so no two edges wobble alike.
    """
    # The ground reaches past the rim: displacement must never bare the edge of the picture.
    paper = rect(-60, -60, size[0] + 120, size[1] + 120, ground)
    body = "".join(cut(place, layer) for place, layer in enumerate(layers))
    return Drawing(*size, paper + body)


def stars(seed: str, width: float, height: float, count: int) -> str:
    """Scatter *count* small stars over the upper *height* of a sky, thinner towards its foot."""
    chance = Random(seed)
    dots = []
    for _ in range(count):
        y = height * chance.random() ** 1.5
        dots.append(disc(width * chance.random(), y, chance.uniform(1.0, 2.6), PAPER))
    return faded(0.75, *dots)


def flakes(seed: str, width: float, height: float, count: int) -> str:
    """Scatter snow over the whole sheet, a few flakes large and near."""
    chance = Random(seed)
    dots = [
        disc(width * chance.random(), height * chance.random(), chance.uniform(1.5, 5.5), PAPER)
        for _ in range(count)
    ]
    return faded(0.85, *dots)


def moon(x: float, y: float, r: float) -> str:
    """Hang a moon that is not quite full, with its round light."""
    face = disc(x, y, r, mix(PAPER, LAMP, 0.3))
    shade = disc(x - r * 0.22, y + r * 0.05, r * 0.8, mix(PAPER, LAMP, 0.05))
    return glow(x, y, r * 4.2, PAPER, 0.42) + face + faded(0.55, shade)


def night(size: tuple[int, int]) -> str:
    """Lay three flat bands of sky, darkest above."""
    width, height = size
    band = rect(-60, height * 0.34, width + 120, height, mix(INK, NIGHT, 0.55))
    low = rect(-60, height * 0.58, width + 120, height, NIGHT)
    return band + low + rect(-60, height * 0.8, width + 120, height, mix(NIGHT, DUSK, 0.4))
