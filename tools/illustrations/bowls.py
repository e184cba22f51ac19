"""Bowls and bread from neighbours: noodles, sauce, naan in the tonur."""

from math import cos, sin, tau
from random import Random

from cut import (
    AMBER,
    BLUE,
    BRICK,
    CLAY,
    INK,
    LAMP,
    LEAF,
    NIGHT,
    PAPER,
    PINE,
    SAND,
    SKIN,
    WOOD,
    disc,
    glow,
    line,
    mix,
    oval,
    poly,
    put,
    rect,
    ring,
    shape,
    strewn,
    stroke,
    within,
)
from drawing import SQUARE, Drawing, sheet
from people import palm
from things import steam


def noodles() -> Drawing:
    """A bowl of fried noodles brought down at noon, held in two hands."""
    noon = disc(600, 500, 400, LAMP) + _rays(600, 500, 450, 28)
    inside = oval(600, 560, 385, 74, mix(SAND, BRICK, 0.3))
    mound = "M250 560C290 440 470 372 610 372S920 440 950 560C880 640 320 640 250 560Z"
    heaped = within(
        shape(mound, PAPER),
        shape(mound, mix(AMBER, BRICK, 0.3)),
        put(_tangle("noodles", 380, 190, 240), at=(600, 560)),
    )
    rim = stroke("M215 560A385 74 0 0 0 985 560", PAPER, 14)
    sticks = line([(720, 450), (1080, 130)], WOOD, 20) + line([(780, 470), (1130, 190)], WOOD, 20)
    hands = put(_holding_hand(), at=(232, 700)) + put(_holding_hand(), at=(968, 700), flip=True)
    back = steam(590, 372, 270, 22) + inside + sticks
    return sheet(SQUARE, AMBER, noon, back, heaped, _bowl() + rim, hands)


def _holding_hand() -> str:
    """Draw a left hand that holds a bowl from the side; the bowl's wall is at the right."""
    dark = mix(SKIN, INK, 0.14)
    sleeve = poly([(-330, 470), (-150, 190), (-40, 250), (-120, 560)], PAPER)
    cuff = poly([(-166, 176), (-140, 160), (-20, 236), (-46, 262)], mix(SAND, INK, 0.1))
    arm = shape(
        "M-150 170C-120 90 -110 40 -86 0C-70 -34 -20 -20 0 30L40 120C30 190 -10 220 -38 244Z", SKIN
    )
    fingers = "".join(
        line([(-20, y), (62 + out, y + 34)], SKIN, 40) for y, out in ((44, 30), (86, 36), (126, 24))
    )
    gaps = "".join(line([(6, y), (70, y + 26)], dark, 4) for y in (72, 112))
    thumb = line([(-74, 30), (-52, -60), (-22, -104)], SKIN, 42)
    nail = oval(-22, -104, 10, 14, mix(SKIN, PAPER, 0.35), 30)
    return sleeve + arm + fingers + gaps + thumb + nail + cuff


def _tangle(seed: str, w: float, h: float, count: int) -> str:
    """Heap noodles with strips of pepper and scallion."""
    chance = Random(seed)
    parts = []
    for n in range(count):
        x, y = chance.uniform(-w, w) * 0.8, chance.uniform(-h, h * 0.4)
        bend = chance.uniform(-50, 50)
        colour = (LAMP, AMBER, mix(LAMP, PAPER, 0.5), mix(AMBER, LAMP, 0.5))[n % 4]
        parts.append(
            stroke(
                f"M{x - 70} {y}Q{x} {y + bend} {x + 70} {y + chance.uniform(-14, 14)}", colour, 11
            )
        )
    for n in range(count // 3):
        x, y = chance.uniform(-w, w) * 0.72, chance.uniform(-h, h * 0.2)
        turn = chance.uniform(0, 3)
        colour = (CLAY, LEAF, BRICK, PINE)[n % 4]
        parts.append(line([(x, y), (x + 34 * cos(turn), y + 20 * sin(turn))], colour, 12))
    return "".join(parts)


def _rays(x: float, y: float, inner: float, count: int) -> str:
    """Set short rays around a sun; every second one is longer."""
    parts = []
    for n in range(count):
        a, outer = tau * n / count, inner + 70 + 60 * (n % 2)
        start = (x + inner * cos(a), y + inner * sin(a))
        parts.append(line([start, (x + outer * cos(a), y + outer * sin(a))], LAMP, 12))
    return "".join(parts)


def _bowl() -> str:
    """Draw a blue-rimmed bowl, 770 wide, its rim's middle at (600, 560)."""
    wall = shape(
        "M215 560C230 800 390 960 480 975H720C810 960 970 800 985 560A385 74 0 0 1 215 560Z", PAPER
    )
    shade = shape("M215 560C230 800 390 960 480 975H580C450 900 330 760 318 612Z", SAND)
    bands = stroke("M205 690Q600 796 995 690", BLUE, 12) + stroke(
        "M235 790Q600 890 965 790", BLUE, 12
    )
    marks = "".join(
        put(
            poly([(0, -24), (20, 0), (0, 24), (-20, 0)], "none", stroke=BLUE, stroke_width=7),
            at=(300 + 75 * n, 757 + 42 * sin((n + 0.5) / 9 * tau / 2)),
        )
        for n in range(9)
    )
    foot = rect(490, 965, 220, 46, SAND, 10)
    return foot + wall + within(wall, shade, bands, marks)


def fried_sauce() -> Drawing:
    """A bowl of hot fried sauce seen from above, on an open palm at the door."""
    doorway = poly([(760, -60), (1260, -60), (1260, 1260), (520, 1260)], mix(AMBER, INK, 0.3))
    floor = "".join(
        line([(-60, y), (1260, y + 40)], mix(NIGHT, INK, 0.4), 5) for y in range(60, 1300, 190)
    )
    hand = put(palm(SKIN, PAPER, 460), at=(270, 790), size=3.6, turn=-22)
    thumb = line([(250, 690), (300, 560), (352, 500)], SKIN, 74) + oval(
        356, 496, 17, 26, mix(SKIN, PAPER, 0.4), 35
    )
    shade = oval(626, 640, 350, 340, mix(INK, WOOD, 0.3))
    dish = disc(600, 600, 345, PAPER) + ring(600, 600, 318, BLUE, 10) + disc(600, 600, 286, SAND)
    sauce = disc(600, 606, 268, mix(BRICK, INK, 0.45)) + disc(594, 596, 248, mix(BRICK, INK, 0.3))
    meat = (mix(BRICK, CLAY, 0.6), CLAY, mix(AMBER, BRICK, 0.4))
    bits = "".join(
        rect(x - 14, y - 14, 22 + n % 5 * 4, 20 + n % 3 * 5, meat[n % 3], 6)
        for n, (x, y) in enumerate(strewn("sauce", 600, 596, 225, 70))
    )
    onions = "".join(
        ring(x, y, 13, (LEAF, PINE)[n % 2], 8)
        for n, (x, y) in enumerate(strewn("onions", 600, 590, 200, 26))
    )
    shine = stroke("M400 520Q450 420 560 395", mix(AMBER, PAPER, 0.3), 14)
    sticks = line([(560, 640), (1150, 150)], mix(AMBER, BRICK, 0.35), 24) + line(
        [(610, 690), (1200, 230)], mix(AMBER, BRICK, 0.35), 24
    )
    return sheet(
        SQUARE,
        NIGHT,
        floor,
        doorway,
        hand,
        shade + dish,
        sauce + bits,
        onions + shine + thumb,
        sticks + steam(560, 470, 330, 24) + glow(1180, 300, 900, LAMP, 0.4),
    )


def naan() -> Drawing:
    """The mouth of a tonur from above: naan on the hot wall, embers at the bottom."""
    clay = mix(BRICK, INK, 0.52)
    bricks = "".join(
        rect(
            -60 + 178 * col - 89 * (row % 2),
            20 + 98 * row,
            166,
            86,
            mix(BRICK, INK, 0.44 + 0.06 * ((row * 3 + col) % 3)),
            6,
        )
        for row in range(-1, 13)
        for col in range(9)
    )
    rim = disc(600, 600, 500, mix(SAND, BRICK, 0.45)) + disc(600, 608, 462, mix(BRICK, INK, 0.35))
    wall = disc(600, 600, 446, mix(BRICK, INK, 0.15)) + disc(600, 600, 300, BRICK)
    breads = "".join(
        put(
            _naan(118, f"tonur{n}", 0.4),
            at=(600 + 318 * cos(tau * n / 7 - 1.1), 600 + 318 * sin(tau * n / 7 - 1.1)),
            turn=n * 40,
        )
        for n in range(7)
        if n != 2
    )
    coals = disc(600, 600, 172, mix(BRICK, INK, 0.6)) + "".join(
        poly(
            [(x - 26, y), (x - 6, y - 24), (x + 24, y - 8), (x + 13, y + 20)],
            (CLAY, AMBER, LAMP, BRICK)[n % 4],
        )
        for n, (x, y) in enumerate(strewn("embers", 600, 600, 138, 50))
    )
    mark = oval(
        600 + 318 * cos(tau * 2 / 7 - 1.1),
        600 + 318 * sin(tau * 2 / 7 - 1.1),
        104,
        104,
        mix(BRICK, INK, 0.3),
    )
    light = glow(600, 600, 620, LAMP, 0.6)
    return sheet(SQUARE, clay, bricks, rim + wall, mark + breads, coals, light)


def _naan(r: float, seed: str, lit: float = 0.0) -> str:
    """Draw a naan around (0, 0): a thick rim, a pricked middle, sesame; *lit* burns it brighter."""
    chance = Random(seed)
    crust, crumb = mix(AMBER, BRICK, 0.22 - lit * 0.2), mix(LAMP, AMBER, 0.35 - lit * 0.2)
    parts = [
        disc(0, 0, r, mix(crust, INK, 0.12)),
        disc(-r * 0.02, -r * 0.03, r * 0.96, crust),
        disc(0, 0, r * 0.74, crumb),
    ]
    for ring_no, count in ((0.16, 5), (0.36, 11), (0.56, 17)):
        for n in range(count):
            a = tau * n / count + ring_no * 3
            parts.append(
                disc(r * ring_no * cos(a), r * ring_no * sin(a), r * 0.028, mix(BRICK, INK, 0.25))
            )
    for _ in range(70):
        a, far = chance.uniform(0, tau), r * chance.uniform(0.2, 0.93)
        parts.append(
            oval(far * cos(a), far * sin(a), r * 0.022, r * 0.012, PAPER, chance.uniform(0, 180))
        )
    return "".join(parts)
