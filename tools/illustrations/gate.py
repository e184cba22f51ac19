"""At the gate of a compound: a queue, a table for swabs, a thermometer."""

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
    glow,
    line,
    mix,
    oval,
    poly,
    put,
    rect,
    ring,
    shape,
    stroke,
    within,
)
from drawing import LANDSCAPE, PANORAMA, PORTRAIT, Drawing, moon, sheet, stars
from people import CARRY, OFFER, SIT, STAND, SUIT, figure, plain
from things import cabbage, carrots, heap, house, lamp_post, leeks, sun

SEGMENTS = {"3": "abgcd", "6": "afgedc", "5": "afgcd"}
BARS = {
    "a": ((0, 0), (50, 0)),
    "b": ((50, 0), (50, 52)),
    "c": ((50, 52), (50, 104)),
    "d": ((0, 104), (50, 104)),
    "e": ((0, 52), (0, 104)),
    "f": ((0, 0), (0, 52)),
    "g": ((0, 52), (50, 52)),
}


def gate_night() -> Drawing:
    """The gate of a compound at night: a chair, a thermos flask, a lamp, one on duty."""
    blocks = put(house("g1", 6, 9, 0.16), at=(-30, 850)) + put(
        house("g2", 7, 12, 0.13), at=(420, 850)
    )
    ground = rect(-60, 840, 1020, 440, mix(INK, NIGHT, 0.45)) + oval(
        470, 1080, 450, 112, mix(AMBER, NIGHT, 0.62)
    )
    posts = (
        rect(60, 500, 84, 420, STONE)
        + rect(40, 470, 124, 40, mix(STONE, PAPER, 0.2))
        + rect(770, 500, 84, 420, mix(STONE, INK, 0.3))
        + rect(750, 470, 124, 40, STONE)
    )
    bars = (
        "".join(
            line([(x, 590 + 50 * ((x - 170) / 580) * (1 - (x - 170) / 580)), (x, 920)], INK, 11)
            for x in range(180, 760, 58)
        )
        + line([(150, 640), (770, 640)], INK, 11)
        + line([(150, 890), (770, 890)], INK, 11)
    )
    sitter = put(
        line([(-15, -14), (-17, -52)], BRICK, 5)
        + line([(-16, -14), (14, -12)], BRICK, 6)
        + line([(-12, -12), (-14, 0)], INK, 4)
        + line([(12, -12), (14, 0)], INK, 4)
        + figure(SIT, SUIT, 2.8, 0.32),
        at=(330, 1110),
        size=4.6,
    )
    table = (
        rect(560, 940, 200, 22, WOOD)
        + line([(584, 960), (576, 1110)], INK, 11)
        + line([(738, 960), (746, 1110)], INK, 11)
    )
    flask = (
        rect(604, 826, 56, 114, BLUE, 12)
        + rect(610, 796, 44, 34, SAND, 8)
        + rect(604, 856, 56, 14, LAMP)
        + poly([(690, 896), (736, 896), (728, 940), (698, 940)], PAPER)
    )
    return sheet(
        PORTRAIT,
        mix(INK, NIGHT, 0.6),
        stars("gate", 900, 500, 80) + moon(180, 170, 46) + blocks,
        ground + posts,
        bars,
        put(lamp_post(760, -130), at=(800, 1130)),
        table + flask,
        sitter,
    )


def dawn_queue() -> Drawing:
    """Queueing at dawn to fetch vegetables: long shadows, a green lorry, an even distance."""
    band = rect(-60, 250, 1700, 400, mix(AMBER, CLAY, 0.25)) + rect(
        -60, 330, 1700, 300, mix(AMBER, CLAY, 0.55)
    )
    roofs = "".join(
        rect(x, 424 - h, w, 300, mix(BRICK, INK, 0.5))
        for x, w, h in (
            (-60, 170, 110),
            (130, 120, 190),
            (270, 200, 80),
            (500, 90, 150),
            (620, 150, 100),
            (1010, 130, 60),
            (1160, 110, 160),
            (1290, 180, 90),
            (1480, 150, 200),
        )
    )
    road = rect(-60, 420, 1700, 240, mix(SAND, CLAY, 0.5))
    people, shades = [], []
    clothes = (SUIT, plain(DUSK, INK), SUIT, plain(PINE, INK), SUIT, plain(BRICK, INK), SUIT)
    for n, wear in enumerate(clothes):
        x = 660 - 106 * n
        shades.append(
            poly(
                [(x - 14, 508), (x + 14, 508), (x - 190, 590), (x - 250, 590)],
                mix(BRICK, INK, 0.3),
                opacity=0.55,
            )
        )
        trolley = (
            put(
                rect(-20, -44, 34, 34, (AMBER, LEAF)[n % 2], 3)
                + disc(-14, -5, 6, INK)
                + line([(-20, -44), (-30, -66)], INK, 4),
                at=(x - 8, 510),
            )
            if n in (1, 4)
            else ""
        )
        people.append(
            trolley + put(figure((STAND, CARRY)[n % 3 == 0], wear, 3, 0.42), at=(x, 510), size=1.62)
        )
    lorry = (
        rect(960, 300, 330, 150, PINE)
        + rect(1300, 344, 110, 106, LEAF, 10)
        + rect(1340, 360, 60, 44, LAMP, 6)
        + disc(1040, 456, 38, INK)
        + disc(1350, 456, 38, INK)
        + disc(1040, 456, 15, SAND)
        + disc(1350, 456, 15, SAND)
    )
    load = "".join(
        put(cabbage(34), at=(x, 290 - 22 * (n % 2))) for n, x in enumerate(range(990, 1290, 48))
    )
    crates = "".join(
        put(
            rect(-44, -52, 88, 52, AMBER)
            + line([(-44, -28), (44, -28)], mix(AMBER, BRICK, 0.4), 5),
            at=(x, y),
        )
        + put(top, at=(x, y - 50), size=0.9)
        for x, y, top in (
            (800, 520, heap("q", 74, 19, CLAY, 4)),
            (896, 520, put(leeks(5, 90), at=(0, 14))),
            (848, 470, put(carrots(4, 90), at=(0, 14))),
        )
    )
    return sheet(
        PANORAMA,
        AMBER,
        glow(850, 360, 700, LAMP, 0.9) + band,
        disc(850, 400, 150, LAMP),
        roofs + road,
        load + lorry,
        "".join(shades),
        "".join(people),
        crates,
    )


def test_table() -> Drawing:
    """A table for swabs under a sun umbrella at noon; two in suits, a mother and her son."""
    ground = rect(-60, 600, 1320, 280, mix(SAND, AMBER, 0.3))
    blocks = "".join(
        rect(x, 600 - h, w, h, mix(SAND, LAMP, 0.3))
        for x, w, h in ((-60, 220, 240), (190, 150, 330), (900, 180, 300), (1100, 200, 210))
    )
    pole = rect(590, 130, 18, 460, WOOD)
    leaves = ""
    for n in range(6):
        x0, x1 = 150 + 150 * n, 300 + 150 * n
        leaves += shape(
            f"M600 90Q{(x0 + 600) / 2} 100 {x0} 290Q{(x0 + x1) / 2} 322 {x1} 290Q{(x1 + 600) / 2} 100 600 90Z",
            (CLAY, PAPER)[n % 2],
        )
    shade = poly([(330, 640), (900, 640), (1010, 760), (240, 760)], mix(SAND, INK, 0.3))
    table = (
        poly([(400, 540), (860, 540), (900, 600), (370, 600)], PAPER)
        + rect(370, 600, 530, 60, SAND)
        + line([(400, 640), (390, 750)], INK, 12)
        + line([(870, 640), (882, 750)], INK, 12)
    )
    rack = rect(470, 510, 190, 46, BLUE, 5) + "".join(
        rect(482 + 30 * n, 470, 16, 44, mix(PAPER, LAMP, 0.3), 6)
        + rect(482 + 30 * n, 462, 16, 14, CLAY, 3)
        for n in range(6)
    )
    jar = rect(716, 486, 66, 70, mix(PAPER, AMBER, 0.25), 8) + "".join(
        line([(732 + 9 * n, 496), (724 + 14 * n, 430)], WOOD, 4) for n in range(4)
    )
    mother = put(figure(OFFER, SUIT, -2.6, 0.2), at=(330, 740), size=3.55)
    son = put(figure(STAND, SUIT, 2.6, 0.2), at=(790, 646), size=3.5, flip=True)
    child = put(
        figure(STAND, plain(BRICK, DUSK), 2.2, 0.24, away=True), at=(1010, 752), size=2.3, flip=True
    )
    return sheet(
        LANDSCAPE,
        mix(LAMP, PAPER, 0.35),
        sun(1080, 110, 74, AMBER),
        blocks + ground + shade,
        son,
        pole + leaves,
        table + rack + jar,
        mother + child,
    )


def temperature() -> Drawing:
    """A forehead thermometer at the gate: 36.5, and one may pass."""
    rings = "".join(
        ring(210, 330, r, PAPER, 22, opacity=o)
        for r, o in (
            (90, 0.95),
            (150, 0.8),
            (212, 0.62),
            (278, 0.46),
            (348, 0.3),
            (424, 0.2),
            (506, 0.12),
        )
    )
    spot = disc(210, 330, 44, CLAY)
    head = shape(
        "M430 196Q430 172 460 172H900Q980 172 980 300Q980 420 900 420H460Q430 420 430 396Z", PAPER
    )
    shade = rect(430, 170, 96, 260, SAND)
    nose = rect(392, 246, 52, 100, INK, 12)
    screen = rect(580, 206, 300, 170, INK, 14)
    grip = poly([(724, 400), (900, 400), (880, 800), (690, 800)], PAPER)
    trigger = stroke("M716 424Q640 440 660 520Q668 550 704 548", INK, 16) + line(
        [(690, 440), (684, 510)], CLAY, 20
    )
    sleeve = poly([(930, 560), (1260, 620), (1260, 860), (850, 860)], PAPER) + poly(
        [(916, 556), (970, 566), (930, 860), (850, 860)], mix(SAND, INK, 0.1)
    )
    glove = shape(
        "M880 540C940 560 960 640 940 730C910 800 830 800 770 790L760 560C800 520 850 520 880 540Z",
        BLUE,
    )
    fingers = "".join(
        line([(740, y), (860, y + 8)], BLUE, 56)
        + stroke(f"M722 {y + 30}L870 {y + 38}", mix(BLUE, INK, 0.3), 5)
        for y in (574, 640, 706, 768)
    )
    digits = "".join(
        (_digit("3", 620), _digit("6", 700), disc(768, 340, 8, LAMP), _digit("5", 796))
    )
    return sheet(
        LANDSCAPE,
        AMBER,
        rings + spot,
        grip,
        head + within(head, shade) + nose,
        screen + digits,
        trigger,
        sleeve + glove + fingers,
    )


def _digit(figure_: str, x: float) -> str:
    """Light one figure of a seven-segment display, its left edge at *x*."""
    return put("".join(line(list(BARS[bar]), LAMP, 15) for bar in SEGMENTS[figure_]), at=(x, 238))
