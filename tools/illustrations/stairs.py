"""Stairs and balconies of houses without a lift: Urumqi, 2020 and 2022."""

from random import Random

from cut import (
    AMBER,
    BLUE,
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
    STONE,
    WOOD,
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
    within,
    word,
)
from drawing import PORTRAIT, SQUARE, Drawing, sheet
from people import CLIMB, SUIT, figure
from things import bag, door, leeks


def stairs() -> Drawing:
    """Six floors without a lift: three suits climb with bags, one lamp burns at the top."""
    parts, people = [], []
    for n in range(4):
        y = 1180 - 300 * n
        parts.append(rect(-60, y, 1020, 26, mix(INK, NIGHT, 0.25)))
        side = (650, 30)[n % 2]
        parts.append(
            put(
                door(124, 218, mix(WOOD, INK, 0.15 * (3 - n)), n > 0),
                at=(side + (50 if side > 400 else 0), y),
            )
        )
        parts.append(put(_flight(0, 274, 9, n % 2 == 0), at=(10, y), size=1))
    for x, y, flip, lit in (
        (430, 1062, False, 0.55),
        (450, 752, True, 0.38),
        (452, 452, False, 0.2),
    ):
        wear = figure(CLIMB, light=2.6, shade=lit * 0.9)
        people.append(put(_bags_in_hands() + wear, at=(x, y), size=1.85, flip=flip))
    bulb = line([(450, -60), (450, 70)], INK, 5) + disc(450, 92, 25, mix(LAMP, PAPER, 0.6))
    dark = faded(0.34, rect(-60, 880, 1020, 400, INK))
    return sheet(
        PORTRAIT,
        NIGHT,
        glow(450, 92, 900, AMBER, 0.65),
        "".join(parts),
        dark,
        "".join(people),
        bulb + glow(450, 92, 420, LAMP, 0.5),
    )


def _flight(y: float, height: float, steps: int, rising: bool) -> str:
    """Draw one flight of stairs across the well, from *y* up by *height*."""
    parts = []
    w = 400 / steps
    for n in range(steps):
        top = y - height * (n + 1) / steps
        x = 240 + w * n
        parts.append(
            rect(x, top, w + 2, height / steps + 44, SAND if n % 2 else mix(SAND, STONE, 0.3))
        )
        parts.append(line([(x + 8, top), (x + 8, top - 84)], mix(INK, NIGHT, 0.3), 4))
    rail = line([(244, y - height / steps - 86), (640, y - height - 86)], CLAY, 12)
    return put("".join(parts) + rail, at=(0, 0) if rising else (880, 0), flip=not rising)


def _bags_in_hands() -> str:
    return "".join(
        put(bag(26, 28, mix(PAPER, SAND, s), None) + put(leeks(3, 26), at=(0, -24)), at=(x, -12))
        for x, s in ((14, 0), (-10, 0.8))
    )


def letter() -> Drawing:
    """A thank-you letter, written by hand, taped to the wall of a staircase."""
    chance = Random("letter")
    lower = rect(-60, 760, 1020, 520, mix(PINE, SAND, 0.2)) + line(
        [(-60, 760), (960, 760)], mix(PINE, INK, 0.3), 10
    )
    rail = line([(-60, 1250), (960, 800)], WOOD, 34) + "".join(
        line([(x, 1262 - (x + 60) * 0.441), (x, 1300)], mix(WOOD, INK, 0.35), 10)
        for x in range(30, 960, 120)
    )
    shadow = poly([(222, 196), (722, 176), (744, 936), (244, 960)], mix(SAND, INK, 0.3))
    page = poly([(196, 172), (700, 150), (722, 916), (220, 940)], PAPER)
    lines = []
    for row in range(11):
        y, end = 372 + 44 * row, 590 if row != 10 else 330
        x = 286.0 + (46 if row in (0, 6) else 0)
        while x < end:
            step = chance.uniform(20, 46)
            lines.append(
                stroke(
                    f"M{x} {y}q{step * 0.25} {chance.uniform(-16, -4)} {step * 0.5} 0t{step * 0.4} {chance.uniform(-6, 6)}",
                    mix(INK, BLUE, 0.75),
                    6,
                )
            )
            x += step + 9
    names = "".join(
        line(
            [(500 + 54 * (n % 3), 870 + 18 * (n // 3)), (536 + 54 * (n % 3), 866 + 18 * (n // 3))],
            mix(INK, BLUE, 0.75),
            7,
        )
        for n in range(6)
    )
    head = word("辛苦了", 450, 268, 92, BRICK, letter_spacing=18)
    tapes = poly([(380, 136), (520, 126), (524, 182), (386, 190)], AMBER, opacity=0.85) + poly(
        [(640, 880), (752, 850), (762, 898), (650, 928)], AMBER, opacity=0.85
    )
    melon = put(
        oval(0, 0, 44, 40, LEAF)
        + stroke("M0 -40C-30 -10 -30 20 0 40M0 -40C30 -10 30 20 0 40", PINE, 6),
        at=(300, 880),
    )
    return sheet(
        PORTRAIT,
        mix(SAND, AMBER, 0.18),
        glow(640, 160, 900, PAPER, 0.9),
        lower,
        shadow,
        page,
        "".join(lines) + names + melon + head,
        tapes + rail,
    )


def two_suits() -> Drawing:
    """A couple's two suits on the balcony line at sunset, a child's red dress between them."""
    sky = rect(-60, 640, 1320, 660, mix(AMBER, CLAY, 0.35)) + rect(-60, 860, 1320, 440, CLAY)
    low = disc(600, 800, 250, LAMP)
    roofs = "".join(
        rect(x, 1040 - h, w, 300, mix(BRICK, INK, 0.55))
        for x, w, h in (
            (-60, 200, 90),
            (150, 160, 170),
            (330, 240, 60),
            (590, 130, 140),
            (740, 220, 80),
            (980, 300, 150),
        )
    )
    line_ = stroke("M-60 262Q600 330 1260 262", INK, 8)
    suits = put(_hung_suit(0.0), at=(250, 284), size=1.06, turn=2) + put(
        _hung_suit(0.5), at=(950, 284), size=0.96, turn=-2
    )
    frock = shape(
        "M-52 0L-86 60L-56 84L-46 70L-110 290Q0 330 110 290L46 70L56 84L86 60L52 0Q0 44 -52 0Z",
        BRICK,
    )
    frock += "".join(
        disc(x, y, 9, LAMP)
        for x, y in ((-40, 140), (20, 120), (50, 190), (-20, 200), (-66, 250), (10, 262), (74, 258))
    ) + line([(-46, 96), (46, 96)], CLAY, 12)
    pegs = "".join(
        rect(x - 7, y - 24, 14, 46, WOOD, 4)
        for x, y in ((200, 286), (300, 292), (560, 298), (640, 298), (906, 292), (994, 286))
    )
    bars = rect(-60, 1010, 1320, 30, INK) + "".join(
        rect(x, 1040, 16, 300, INK) for x in range(-20, 1240, 92)
    )
    pot = poly([(1010, 1010), (1130, 1010), (1112, 910), (1028, 910)], WOOD) + put(
        leeks(5, 150), at=(1070, 915)
    )
    return sheet(
        SQUARE,
        AMBER,
        glow(600, 800, 700, LAMP, 0.8) + sky,
        low + glow(600, 800, 600, LAMP, 0.5),
        roofs,
        line_ + suits,
        put(frock, at=(600, 292), size=1.05) + pegs,
        bars + pot,
    )


def _hung_suit(warm: float) -> str:
    """Draw an empty protective suit on a line, 560 long, its shoulders at (0, 0)."""
    white, shade = mix(PAPER, LAMP, warm * 0.2), mix(SAND, BRICK, 0.12)
    hood = shape("M-56 8C-66 -76 66 -76 56 8Z", white) + shape("M-34 6C-40 -46 40 -46 34 6Z", shade)
    body = shape(
        "M-96 0L96 0L196 190L150 220L98 130L104 330L92 570H24L6 350H-6L-24 570H-92L-104 330L-98 130L-150 220L-196 190Z",
        white,
    )
    side = shape("M-96 0L-40 0L-52 340L-40 570H-92L-104 330L-98 130L-150 220L-196 190Z", shade)
    return (
        hood
        + body
        + within(body, side)
        + line([(0, 10), (0, 340)], mix(SAND, INK, 0.25), 5)
        + line([(-92, 552), (-24, 552)], SAND, 9)
        + line([(24, 552), (92, 552)], SAND, 9)
    )


def stairwell() -> Drawing:
    """A stairwell from below: five turns of stairs towards one skylight, small white figures."""
    parts = []
    for n, side in enumerate((1120, 900, 700, 520, 360)):
        half = side / 2
        tone = mix(DUSK, SAND, 0.08 + 0.13 * n)
        parts.append(rect(600 - half, 600 - half, side, side, tone))
        steps = 9
        for k in range(steps):
            x = 600 - half + side * k / steps
            parts.append(
                line(
                    [(x, 600 - half), (600 + (x - 600) * 0.82, 600 - half * 0.82)],
                    mix(tone, INK, 0.35),
                    5,
                )
            )
            parts.append(
                line(
                    [(x, 600 + half), (600 + (x - 600) * 0.82, 600 + half * 0.82)],
                    mix(tone, INK, 0.35),
                    5,
                )
            )
        parts.append(
            rect(
                600 - half * 0.82,
                600 - half * 0.82,
                side * 0.82,
                side * 0.82,
                mix(INK, NIGHT, 0.3 + 0.1 * n),
            )
        )
        parts.append(
            rect(
                600 - half * 0.83,
                600 - half * 0.83,
                side * 0.83,
                side * 0.83,
                "none",
                stroke=CLAY,
                stroke_width=14 - 2 * n,
            )
        )
    sky = (
        rect(492, 492, 216, 216, LAMP)
        + rect(592, 492, 14, 216, WOOD)
        + rect(492, 592, 216, 14, WOOD)
    )
    load = put(bag(24, 26, SAND, None) + put(leeks(3, 24), at=(0, -22)), at=(14, -14))
    people = "".join(
        put(load + figure(CLIMB, SUIT, -2.4, 0.35), at=(x, y), size=s, flip=f)
        for x, y, s, f in (
            (300, 1128, 2.5, False),
            (880, 1006, 1.9, True),
            (420, 898, 1.4, False),
            (706, 812, 1.0, True),
        )
    )
    return sheet(
        SQUARE, mix(INK, NIGHT, 0.4), "".join(parts), sky, glow(600, 600, 620, LAMP, 0.7), people
    )
