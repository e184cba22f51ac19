"""What volunteers of Jilin handed on in the spring of 2022."""

from cut import (
    AMBER,
    BLUE,
    BRICK,
    CLAY,
    DUSK,
    INK,
    LAMP,
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
)
from drawing import LANDSCAPE, PANORAMA, SQUARE, Drawing, flakes, sheet, stars
from people import OFFER, SUIT, figure, palm, plain


def kits() -> Drawing:
    """Rapid test kits laid out in rows for one stairwell; one is already being handed on."""
    parts = []
    for row in range(5):
        for col in range(4):
            if (row, col) == (2, 2):
                parts.append(
                    rect(
                        236 + 250 * col - 92,
                        40 + 240 * row + 6,
                        184,
                        190,
                        mix(LAMP, AMBER, 0.6),
                        10,
                    )
                )
                continue
            parts.append(
                put(
                    _kit((row + col) % 3),
                    at=(236 + 250 * col, 140 + 240 * row),
                    turn=((row * 7 + col * 5) % 5 - 2) * 1.6,
                )
            )
    giver = put(_kit(0), at=(900, 640), turn=-16, size=1.25)
    hand = put(
        palm(mix(PAPER, BLUE, 0.85), PAPER, 500), at=(1240, 720), size=2.1, flip=True, turn=4
    )
    thumb = line([(1010, 560), (960, 600), (930, 640)], mix(PAPER, BLUE, 0.85), 50)
    return sheet(
        SQUARE,
        AMBER,
        glow(500, 480, 900, LAMP, 0.9),
        put("".join(parts), at=(-20, 0)),
        hand,
        giver,
        thumb,
    )


def _kit(kind: int) -> str:
    """Draw one test kit around (0, 0): box, card with its two windows, tube."""
    box = rect(-92, -96, 184, 190, PAPER, 8) + rect(-92, -96, 184, 40, (CLAY, PINE, DUSK)[kind], 8)
    card = (
        rect(-66, -34, 62, 112, SAND, 8)
        + rect(-48, -16, 26, 46, PAPER, 6)
        + line([(-46, -4), (-24, -4)], BRICK, 5)
        + disc(-35, 54, 12, mix(SAND, INK, 0.2))
    )
    tube = (
        rect(24, -20, 26, 96, mix(PAPER, LAMP, 0.4), 12)
        + rect(22, -36, 30, 24, (CLAY, PINE, DUSK)[kind], 5)
        + line([(70, -30), (70, 76)], mix(SAND, INK, 0.15), 6)
        + oval(70, -32, 6, 15, mix(SAND, WOOD, 0.2))
    )
    return box + card + tube


def toll_exit() -> Drawing:
    """A motorway exit at night: across the barrier a box from far away changes hands."""
    hills = shape("M-60 360Q260 250 560 330T1120 300T1620 340V620H-60Z", mix(NIGHT, DUSK, 0.4))
    road = rect(-60, 410, 1700, 240, mix(INK, NIGHT, 0.3)) + "".join(
        poly([(x, 520), (x + 100, 520), (x + 90, 532), (x - 12, 532)], STONE)
        for x in range(-60, 1600, 220)
    )
    roof = poly([(420, 110), (1180, 110), (1150, 176), (450, 176)], mix(DUSK, STONE, 0.4)) + rect(
        450, 176, 700, 14, LAMP
    )
    pillars = rect(500, 180, 34, 250, mix(DUSK, INK, 0.3)) + rect(
        1066, 180, 34, 250, mix(DUSK, INK, 0.3)
    )
    pool = poly([(470, 190), (1130, 190), (1270, 470), (330, 470)], LAMP, opacity=0.2)
    booth = rect(556, 270, 130, 170, mix(SAND, STONE, 0.5)) + rect(572, 288, 98, 70, LAMP)
    pole = rect(706, 372, 26, 70, BRICK) + "".join(
        poly(
            [(728 + 50 * n, 380), (778 + 50 * n, 380), (778 + 50 * n, 394), (728 + 50 * n, 394)],
            (CLAY, PAPER)[n % 2],
        )
        for n in range(7)
    )
    left = put(figure(OFFER, plain(CLAY, INK), 2.6, 0.35), at=(800, 496), size=2.3)
    right = put(figure(OFFER, SUIT, 2.6, 0.35), at=(972, 496), size=2.3, flip=True)
    box = (
        rect(858, 330, 66, 54, PAPER, 5)
        + rect(858, 362, 66, 12, BLUE)
        + rect(870, 340, 22, 14, LAMP)
    )
    van = (
        shape("M150 330H330L400 392V470H120V352Q120 330 150 330Z", SAND)
        + shape("M300 346H326L372 390H300Z", mix(DUSK, INK, 0.3))
        + rect(150, 350, 120, 46, mix(DUSK, INK, 0.3), 5)
        + disc(184, 470, 30, INK)
        + disc(344, 470, 30, INK)
    )
    car = (
        shape("M1200 412L1246 356H1370L1424 412H1456V470H1180V424Z", mix(BRICK, INK, 0.2))
        + shape("M1224 410L1256 370H1300V410ZM1316 410V370H1362L1400 410Z", LAMP)
        + disc(1244, 470, 28, INK)
        + disc(1400, 470, 28, INK)
    )
    beams = faded(
        0.3,
        poly([(404, 430), (404, 446), (500, 506), (640, 506)], LAMP),
        poly([(1180, 430), (1180, 446), (1110, 506), (1000, 506)], LAMP),
    )
    return sheet(
        PANORAMA,
        mix(INK, NIGHT, 0.6),
        stars("toll", 1560, 320, 110) + hills,
        road + pool,
        roof + pillars + booth,
        van + car + beams,
        pole + glow(800, 190, 560, LAMP, 0.5),
        left + right,
        box,
    )


def half_past_four() -> Drawing:
    """Half past four in the morning: the team unloads two thousand meals before the hall."""
    sky = rect(-60, 400, 1320, 200, mix(DUSK, CLAY, 0.25))
    hall = shape("M-60 480V300Q220 200 520 300V480Z", mix(NIGHT, DUSK, 0.25)) + "".join(
        rect(20 + 86 * n, 380, 56, 100, (LAMP, mix(NIGHT, DUSK, 0.8))[n in (1, 3)])
        for n in range(5)
    )
    ground = rect(-60, 480, 1320, 400, mix(INK, NIGHT, 0.3)) + poly(
        [(620, 600), (1000, 600), (720, 860), (60, 860)], mix(AMBER, NIGHT, 0.58)
    )
    truck = (
        rect(640, 130, 620, 480, mix(DUSK, STONE, 0.3))
        + rect(672, 164, 400, 420, LAMP)
        + poly([(1072, 164), (1180, 110), (1180, 640), (1072, 584)], mix(DUSK, STONE, 0.5))
        + poly([(672, 164), (590, 120), (590, 640), (672, 584)], mix(DUSK, STONE, 0.2))
        + rect(640, 600, 620, 26, INK)
        + disc(760, 640, 56, INK)
        + disc(760, 640, 22, STONE)
    )
    stacks = "".join(
        rect(690 + 76 * col, 500 - 84 * row, 70, 78, (PAPER, SAND)[(row + col) % 2], 4)
        + rect(690 + 76 * col, 528 - 84 * row, 70, 12, CLAY)
        for col in range(5)
        for row in range(4 - (col == 1) - 2 * (col == 0))
    )
    carrier = put(figure(OFFER, SUIT, 2.8, 0.42), at=(560, 782), size=4.0) + put(
        rect(0, 0, 34, 22, PAPER, 2) + rect(0, 8, 34, 4, CLAY), at=(640, 520), size=3.4
    )
    second = put(figure(OFFER, SUIT, -2.8, 0.42), at=(250, 730), size=3.4, flip=True) + put(
        rect(0, 0, 34, 22, SAND, 2) + rect(0, 8, 34, 4, CLAY), at=(62, 512), size=3.0
    )
    clock = (
        disc(250, 250, 50, PAPER)
        + disc(250, 250, 42, mix(PAPER, LAMP, 0.4))
        + line([(250, 250), (268, 262)], INK, 7)
        + line([(250, 250), (250, 282)], INK, 5)
    )
    return sheet(
        LANDSCAPE,
        mix(INK, NIGHT, 0.6),
        stars("meals", 1200, 330, 70) + sky,
        hall + clock + ground,
        truck + stacks,
        glow(860, 380, 560, LAMP, 0.55),
        second,
        carrier,
    )


def insulin() -> Drawing:
    """An insulin cold box in the snow light: ice packs, three vials, warm light on them."""
    drifts = shape("M-60 860Q300 780 640 850T1260 820V1260H-60Z", PAPER) + shape(
        "M-60 980Q400 900 760 980T1260 940V1260H-60Z", mix(PAPER, DUSK, 0.14)
    )
    lid = poly([(250, 560), (930, 520), (900, 250), (300, 280)], mix(BRICK, INK, 0.1)) + poly(
        [(290, 530), (896, 496), (872, 282), (322, 308)], SAND
    )
    back = poly([(230, 560), (950, 520), (950, 640), (230, 680)], mix(SAND, INK, 0.12))
    packs = put(
        rect(-90, -150, 180, 240, mix(PAPER, BLUE, 0.5), 26) + rect(-66, -120, 132, 40, PAPER, 10),
        at=(340, 640),
        turn=-5,
    ) + put(
        rect(-90, -150, 180, 240, mix(PAPER, BLUE, 0.5), 26) + rect(-66, -120, 132, 40, PAPER, 10),
        at=(850, 610),
        turn=4,
    )
    vials = "".join(
        put(
            rect(-42, -150, 84, 250, mix(PAPER, LAMP, 0.5), 14)
            + rect(-34, -196, 68, 50, (CLAY, AMBER, CLAY)[n], 8)
            + rect(-42, -70, 84, 90, PAPER)
            + line([(-24, -40), (24, -40)], mix(INK, STONE, 0.3), 7)
            + line([(-24, -14), (8, -14)], mix(INK, STONE, 0.3), 7),
            at=(486 + 112 * n, 640 - 6 * n),
            turn=(-3, 0, 3)[n],
        )
        for n in range(3)
    )
    front = (
        poly([(220, 660), (960, 620), (930, 1010), (260, 1040)], CLAY)
        + poly([(220, 660), (360, 652), (380, 1034), (260, 1040)], BRICK)
        + poly([(214, 640), (966, 600), (966, 660), (214, 702)], mix(CLAY, INK, 0.25))
    )
    clasp = rect(548, 650, 90, 90, SAND, 10) + rect(570, 676, 46, 36, INK, 5)
    strap = stroke("M236 690C60 740 80 1000 262 1010", WOOD, 26)
    thermo = put(
        rect(-56, -34, 112, 68, INK, 10)
        + stroke("M-34 16A34 34 0 0 1 34 16", LAMP, 8)
        + line([(0, 18), (-16, -6)], PAPER, 7),
        at=(800, 800),
        turn=-3,
    )
    return sheet(
        SQUARE,
        DUSK,
        flakes("insulin", 1200, 1000, 150),
        glow(600, 520, 640, LAMP, 0.75) + drifts,
        lid + back,
        packs + vials,
        oval(600, 1040, 400, 34, mix(DUSK, PAPER, 0.5)) + strap + front + clasp + thermo,
    )
