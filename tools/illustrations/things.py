"""Things that stand in more than one drawing: doors, windows, houses, bags, vegetables, lamps."""

from random import Random

from cut import (
    AMBER,
    BRICK,
    CLAY,
    DUSK,
    INK,
    LAMP,
    LEAF,
    NIGHT,
    PAPER,
    PINE,
    SAND,
    WOOD,
    Point,
    disc,
    faded,
    glow,
    line,
    mix,
    oval,
    poly,
    put,
    rect,
    shape,
    stroke,
    word,
)


def fu(x: float, y: float, size: float) -> str:
    """Hang the paper square with 福 that stays on a door all year."""
    half = size * 0.7
    square = poly([(x, y - half), (x + half, y), (x, y + half), (x - half, y)], CLAY)
    return square + word("福", x, y, size * 0.74, LAMP)


def door(w: float, h: float, colour: str = WOOD, blessing: bool = True) -> str:
    """Draw a closed flat door, its foot at y = 0 and its left edge at x = 0."""
    deep = mix(colour, INK, 0.28)
    frame = rect(-w * 0.06, -h - w * 0.06, w * 1.12, h + w * 0.06, mix(INK, NIGHT, 0.4))
    panels = rect(w * 0.14, -h * 0.9, w * 0.72, h * 0.38, deep) + rect(
        w * 0.14, -h * 0.44, w * 0.72, h * 0.36, deep
    )
    eye = disc(w * 0.5, -h * 0.84, w * 0.028, AMBER)
    handle = rect(w * 0.86, -h * 0.5, w * 0.06, h * 0.09, AMBER, w * 0.03)
    paper = fu(w * 0.5, -h * 0.7, w * 0.4) if blessing else ""
    return frame + rect(0, -h, w, h, colour) + panels + eye + paper + handle


LIT = (AMBER, mix(AMBER, LAMP, 0.5), LAMP, mix(LAMP, PAPER, 0.4), mix(LAMP, PAPER, 0.75))


def window(w: float, h: float, tone: int | None) -> str:
    """Draw a two-pane window around (0, 0); *tone* 0 (ember) to 4 (white), None is dark."""
    glass = LIT[tone] if tone is not None else mix(NIGHT, DUSK, 0.7)
    bar = mix(INK, NIGHT, 0.5)
    pane = rect(-w / 2, -h / 2, w, h, glass)
    cross = rect(-w * 0.04, -h / 2, w * 0.08, h, bar)
    return pane + cross + rect(-w * 0.62, h / 2, w * 1.24, h * 0.1, mix(NIGHT, DUSK, 0.9))


def house(
    seed: str,
    columns: int,
    floors: int,
    lit: float,
    cell: Point = (50, 56),
    wall: str = mix(INK, NIGHT, 0.6),
) -> str:
    """Draw a block of flats, its left foot at (0, 0); *lit* is the share of lit windows."""
    chance = Random(seed)
    w, h = columns * cell[0] + cell[0] * 0.5, floors * cell[1] + cell[1] * 0.7
    parts = [rect(0, -h, w, h + 4, wall), rect(-5, -h - 9, w + 10, 12, mix(wall, INK, 0.4))]
    lights = []
    for floor in range(floors):
        for column in range(columns):
            x, y = cell[0] * (column + 0.75), -cell[1] * (floor + 0.72)
            tone = chance.randrange(5) if chance.random() < lit else None
            if tone is not None:
                lights.append(glow(x, y, cell[1] * 0.95, AMBER, 0.32))
            parts.append(put(window(cell[0] * 0.48, cell[1] * 0.5, tone), at=(x, y)))
            if tone is not None and chance.random() < 0.3:
                parts.append(_somebody(x, y, cell))
    return "".join(parts[:2] + lights + parts[2:])


def _somebody(x: float, y: float, cell: Point) -> str:
    """Stand somebody in a lit window, seen against the light."""
    colour = mix(BRICK, INK, 0.6)
    low = y + cell[1] * 0.25
    half = cell[0] * 0.17
    top = low - half * 1.25
    body = shape(f"M{x - half} {low}C{x - half} {top} {x + half} {top} {x + half} {low}Z", colour)
    return body + disc(x, low - half * 1.45, half * 0.6, colour)


def bag(w: float, h: float, colour: str = PAPER, tag: str | None = AMBER) -> str:
    """Draw a full paper bag, its foot's middle at (0, 0), with a blank *tag*."""
    deep = mix(colour, INK, 0.13)
    side = shape(
        f"M{-w * 0.46} {-h}C{-w * 0.3} {-h * 0.93} {w * 0.3} {-h * 0.93} {w * 0.46} {-h}"
        f"C{w * 0.54} {-h * 0.6} {w * 0.52} {-h * 0.2} {w * 0.44} 0L{-w * 0.44} 0"
        f"C{-w * 0.52} {-h * 0.2} {-w * 0.54} {-h * 0.6} {-w * 0.46} {-h}Z",
        colour,
    )
    fold = shape(
        f"M{-w * 0.46} {-h}C{-w * 0.54} {-h * 0.6} {-w * 0.52} {-h * 0.2} {-w * 0.44} 0"
        f"L{-w * 0.22} 0C{-w * 0.3} {-h * 0.4} {-w * 0.28} {-h * 0.7} {-w * 0.3} {-h * 0.95}Z",
        deep,
    )
    crease = stroke(
        f"M{w * 0.3} {-h * 0.9}C{w * 0.24} {-h * 0.6} {w * 0.34} {-h * 0.4} {w * 0.28} {-h * 0.2}",
        deep,
        w * 0.02,
    )
    label = rect(-w * 0.13, -h * 0.52, w * 0.3, h * 0.24, tag, 2) if tag else ""
    return side + fold + crease + label


def cabbage(r: float) -> str:
    """Draw a cabbage around (0, 0)."""
    veins = "".join(
        stroke(
            f"M0 {r}C{x * 0.3} {r * 0.3} {x * 0.9} 0 {x} {-r * 0.55}",
            mix(SAND, LEAF, 0.25),
            r * 0.06,
        )
        for x in (-r * 0.66, -r * 0.34, 0, r * 0.34, r * 0.66)
    )
    rim = disc(0, 0, r, PINE)
    return rim + disc(r * 0.04, r * 0.06, r * 0.9, LEAF) + veins


def leeks(count: int, h: float) -> str:
    """Draw a bunch of leeks that stands on (0, 0)."""
    parts = []
    for n in range(count):
        lean = (n - (count - 1) / 2) * h * 0.07
        x = (n - (count - 1) / 2) * h * 0.1
        parts.append(line([(x, 0), (x + lean * 0.4, -h * 0.5)], PAPER, h * 0.075))
        parts.append(
            line(
                [(x + lean * 0.4, -h * 0.46), (x + lean * 1.7, -h)],
                PINE if n % 2 else LEAF,
                h * 0.07,
            )
        )
    return "".join(parts)


def carrots(count: int, h: float) -> str:
    """Draw carrots with their leaves that stand on (0, 0)."""
    parts: list[str] = []
    for n in range(count):
        x = (n - (count - 1) / 2) * h * 0.19
        parts.extend(
            stroke(
                f"M{x} {-h * 0.55}Q{x + lean * h * 0.4} {-h * 0.8} {x + lean * h} {-h}",
                PINE if lean else LEAF,
                h * 0.055,
            )
            for lean in (-0.11, 0, 0.11)
        )
        root = f"M{x - h * 0.085} {-h * 0.56}Q{x} {-h * 0.66} {x + h * 0.085} {-h * 0.56}L{x + h * 0.05} 0L{x - h * 0.05} 0Z"
        parts.append(shape(root, AMBER if n % 2 else CLAY))
    return "".join(parts)


def heap(seed: str, w: float, r: float, colour: str, count: int = 5) -> str:
    """Pile round things (tomatoes, potatoes) on a line *w* wide around (0, 0)."""
    chance = Random(seed)
    parts = []
    for n in range(count):
        x = -w / 2 + w * (n + 0.5) / count
        y = -r * (0.5 + 0.9 * (n % 2)) + chance.uniform(-2, 2)
        shade = mix(colour, INK, 0.12 * (n % 2))
        parts.append(oval(x, y, r * chance.uniform(1, 1.15), r * chance.uniform(0.86, 1), shade))
        parts.append(disc(x - r * 0.3, y - r * 0.35, r * 0.14, mix(colour, PAPER, 0.5)))
    return "".join(parts)


def lamp_post(h: float, reach: float = 46) -> str:
    """Draw a street lamp with its light; its foot is (0, 0), the lamp hangs at (reach, -h)."""
    post = stroke(f"M0 0V{-h * 0.9}Q0 {-h * 1.04} {reach} {-h * 1.02}", INK, 9)
    light = glow(reach, -h + 8, h * 0.85, LAMP, 0.75)
    return light + post + oval(reach, -h + 10, 19, 15, mix(LAMP, PAPER, 0.6))


def cone(x: float, y: float, foot: float, left: float, right: float, strength: float = 0.3) -> str:
    """Throw a flat beam from (x, y) down to *foot*, between *left* and *right*."""
    beam = poly([(x - 14, y), (x + 14, y), (right, foot), (left, foot)], LAMP)
    return faded(strength, beam)


def steam(x: float, y: float, h: float, width: float = 15) -> str:
    """Let three lines of steam rise from (x, y)."""
    parts = []
    for place, lift in ((-0.3, 0.8), (0, 1), (0.32, 0.72)):
        left, top = x + h * place, h * lift
        parts.append(
            stroke(
                f"M{left} {y}c{-h * 0.16} {-top * 0.3} {h * 0.16} {-top * 0.42} 0 {-top * 0.66}"
                f"s{-h * 0.06} {-top * 0.22} {h * 0.05} {-top * 0.34}",
                PAPER,
                width,
            )
        )
    return faded(0.42, *parts)


def sun(x: float, y: float, r: float, colour: str = LAMP) -> str:
    """Hang the sun with its soft light."""
    return glow(x, y, r * 2.3, colour, 0.85) + disc(x, y, r, colour)
