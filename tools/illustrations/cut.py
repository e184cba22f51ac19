"""Cut paper as SVG: nine colours, plain shapes, round lights.

Every function returns SVG text in a drawing's own units (1,200 on the long side of most drawings;
y grows downward), so a drawing is ordinary string building and needs nothing but Python.
Colours and edges follow the section "Illustrations" of the look of the site.
"""

from collections.abc import Sequence
from hashlib import sha256
from math import cos, sin, tau
from random import Random

INK, NIGHT, DUSK = "#0E1330", "#1A2147", "#2A3468"
PAPER, SAND = "#F5EBD5", "#E7D7B5"
AMBER, LAMP = "#E39A34", "#F6C96F"
BRICK, CLAY = "#A9432C", "#D06A45"
PINE, LEAF = "#4F6B45", "#7E9A5B"
BLUE = "#3F5A9B"
"""Blue stands for one thing only in a drawing: what the eye should find second."""

Point = tuple[float, float]


def mix(one: str, other: str, share: float) -> str:
    """Return *one* with *share* (0 to 1) of *other* in it, both ``#RRGGBB``."""
    pairs = zip(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


SKIN = mix(mix(SAND, AMBER, 0.3), CLAY, 0.32)
WOOD = mix(BRICK, INK, 0.38)
STONE = mix(DUSK, SAND, 0.32)


def _attributes(more: dict[str, str | float]) -> str:
    return "".join(f' {name.replace("_", "-")}="{value}"' for name, value in more.items())


def shape(d: str, fill: str, **more: str | float) -> str:
    """Fill the path *d*."""
    return f'<path d="{d}" fill="{fill}"{_attributes(more)}/>'


def stroke(d: str, colour: str, width: float, **more: str | float) -> str:
    """Draw along the path *d*, round at ends and corners."""
    return (
        f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{width}" '
        f'stroke-linecap="round" stroke-linejoin="round"{_attributes(more)}/>'
    )


def _joined(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def poly(points: Sequence[Point], fill: str, **more: str | float) -> str:
    """Fill the polygon through *points*."""
    return shape(_joined(points) + "Z", fill, **more)


def line(points: Sequence[Point], colour: str, width: float, **more: str | float) -> str:
    """Draw the open line through *points*."""
    return stroke(_joined(points), colour, width, **more)


def rect(
    x: float, y: float, w: float, h: float, fill: str, r: float = 0, **more: str | float
) -> str:
    """Fill a rectangle whose corners are rounded by *r*."""
    size = f'x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}" rx="{r:.1f}"'
    return f'<rect {size} fill="{fill}"{_attributes(more)}/>'


def oval(
    x: float, y: float, rx: float, ry: float, fill: str, turn: float = 0, **more: str | float
) -> str:
    """Fill an ellipse around (x, y), turned clockwise by *turn* degrees."""
    place = f'transform="rotate({turn} {x:.1f} {y:.1f})" ' if turn else ""
    return (
        f'<ellipse {place}cx="{x:.1f}" cy="{y:.1f}" rx="{rx:.1f}" ry="{ry:.1f}" '
        f'fill="{fill}"{_attributes(more)}/>'
    )


def disc(x: float, y: float, r: float, fill: str, **more: str | float) -> str:
    """Fill a circle around (x, y)."""
    return oval(x, y, r, r, fill, 0, **more)


def ring(x: float, y: float, r: float, colour: str, width: float, **more: str | float) -> str:
    """Draw a circle's edge."""
    d = f"M{x - r:.1f} {y:.1f}a{r:.1f} {r:.1f} 0 1 0 {2 * r:.1f} 0a{r:.1f} {r:.1f} 0 1 0 {-2 * r:.1f} 0"
    return stroke(d, colour, width, **more)


def put(
    *parts: str,
    at: Point = (0, 0),
    size: float = 1,
    turn: float = 0,
    flip: bool = False,
    **more: str | float,
) -> str:
    """Place *parts*, drawn around their own origin, at a point of the drawing."""
    across = -size if flip else size
    place = f"translate({at[0]:.1f} {at[1]:.1f}) rotate({turn}) scale({across} {size})"
    return f'<g transform="{place}"{_attributes(more)}>{"".join(parts)}</g>'


def faded(opacity: float, *parts: str) -> str:
    """Show *parts* together at *opacity* (0 to 1): where they overlap nothing darkens."""
    return f'<g opacity="{opacity}">{"".join(parts)}</g>'


def _named(kind: str, content: str) -> str:
    """Name a definition after its content, so that the same drawing gives the same text."""
    return f"{kind}{sha256(content.encode()).hexdigest()[:10]}"


def within(window: str, *parts: str) -> str:
    """Show of *parts* only what lies inside the drawn *window* (its colours do not matter)."""
    name = _named("w", window)
    mask = f'<mask id="{name}" style="mask-type:alpha" maskUnits="userSpaceOnUse" '
    region = 'x="-2000" y="-2000" width="5000" height="5000"'
    return f'{mask}{region}>{window}</mask><g mask="url(#{name})">{"".join(parts)}</g>'


def glow(x: float, y: float, r: float, colour: str = LAMP, strength: float = 0.6) -> str:
    """Light a round patch: *strength* at its centre, nothing at its edge, no visible rim."""
    name = _named("g", colour + str(strength))
    # A lamp's light falls off fast and then slowly; equal steps would show a disc.
    falloff = ((0, 1.0), (12, 0.8), (25, 0.56), (40, 0.34), (58, 0.17), (78, 0.055), (100, 0.0))
    stops = "".join(
        f'<stop offset="{at}%" stop-color="{colour}" stop-opacity="{strength * part:.3f}"/>'
        for at, part in falloff
    )
    light = f'<radialGradient id="{name}">{stops}</radialGradient>'
    return light + disc(x, y, r, f"url(#{name})")


def word(text: str, x: float, y: float, size: float, fill: str, **more: str | float) -> str:
    """Write *text* in LXGW WenKai, centred on (x, y)."""
    return (
        f'<text x="{x:.1f}" y="{y + size * 0.36:.1f}" font-family="LXGW WenKai" '
        f'font-size="{size}" text-anchor="middle" fill="{fill}"{_attributes(more)}>{text}</text>'
    )


def cut(seed: int, *parts: str) -> str:
    """Displace the edges of *parts* as scissors would; another *seed* cuts another sheet."""
    return f'<g filter="url(#cut{seed % SHEETS})">{"".join(parts)}</g>'


SHEETS = 6


def scissors(width: float, height: float) -> str:
    """Define the filters that :func:`cut` uses, for a drawing of this size."""
    region = f'x="-40" y="-40" width="{width + 80}" height="{height + 80}"'
    return "".join(
        f'<filter id="cut{seed}" filterUnits="userSpaceOnUse" {region} '
        f'color-interpolation-filters="sRGB">'
        f'<feTurbulence type="fractalNoise" baseFrequency="0.035" numOctaves="2" seed="{seed + 3}"/>'
        f'<feDisplacementMap in="SourceGraphic" scale="6.5" '
        f'xChannelSelector="R" yChannelSelector="G"/></filter>'
        for seed in range(SHEETS)
    )


def strewn(seed: str, x: float, y: float, r: float, count: int) -> list[Point]:
    """Return *count* points strewn evenly over a disc."""
    chance = Random(seed)
    points = []
    for _ in range(count):
        far, turn = r * chance.random() ** 0.5, chance.uniform(0, tau)
        points.append((x + far * cos(turn), y + far * sin(turn)))
    return points
