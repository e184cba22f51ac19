"""Bole on winter evenings: lanterns at the lake, snow, a stage."""

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
    SKIN,
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
from drawing import LANDSCAPE, PANORAMA, Drawing, flakes, sheet, stars
from people import REACH, STAND, WALK, figure, plain, silhouette
from things import lamp_post

VEST = plain(CLAY, INK)


def lanterns() -> Drawing:
    """Kaiping lake during the lantern festival: two in vests stand by the water's edge."""
    far = shape("M-60 330Q180 250 420 316T900 290T1300 300T1640 280V420H-60Z", mix(INK, NIGHT, 0.7))
    dark = mix(NIGHT, DUSK, 0.75)
    pavilion = rect(1136, 262, 14, 90, dark) + rect(1266, 262, 14, 90, dark)
    pavilion += shape("M1070 270Q1150 252 1208 192Q1266 252 1346 270L1330 280H1086Z", dark)
    pavilion += disc(1208, 190, 8, dark) + line([(1136, 326), (1280, 326)], dark, 6)
    pavilion += put(_lantern(17, CLAY), at=(1208, 304))
    bridge = stroke("M180 352Q300 262 420 352", dark, 12) + stroke(
        "M190 330Q300 236 410 330", dark, 5
    )
    bridge += "".join(
        line([(x, 330 - y), (x, 350 - y)], dark, 5)
        for x, y in ((220, 22), (260, 38), (300, 44), (340, 38), (380, 22))
    )
    shore = rect(-60, 350, 1700, 12, STONE)
    lake = rect(-60, 360, 1700, 300, mix(INK, NIGHT, 0.25))
    cords = "".join(
        stroke(f"M{x} {y}Q{x + 280} {y + 120} {x + 560} {y}", mix(AMBER, INK, 0.35), 4)
        for x, y in ((-60, 10), (500, 10), (1060, 10), (-340, 90), (220, 90), (780, 90), (1340, 90))
    )
    spots = [
        (60, 64, 30, CLAY),
        (220, 78, 36, AMBER),
        (380, 60, 30, LAMP),
        (600, 62, 30, AMBER),
        (780, 78, 38, CLAY),
        (960, 62, 30, LAMP),
        (1160, 62, 30, CLAY),
        (1340, 80, 36, AMBER),
        (1510, 58, 30, CLAY),
        (-10, 150, 46, AMBER),
        (150, 134, 40, LAMP),
        (330, 150, 48, CLAY),
        (500, 164, 52, AMBER),
        (690, 140, 44, CLAY),
        (880, 148, 48, LAMP),
        (1060, 164, 54, CLAY),
        (1240, 138, 42, AMBER),
        (1440, 150, 48, LAMP),
        (1570, 158, 46, CLAY),
    ]
    lights = "".join(put(_lantern(r, c), at=(x, y)) for x, y, r, c in spots)
    chance = Random("lake")
    gleam = "".join(
        line(
            [(x - w + d, 384 + 15 * k), (x + w + d, 384 + 15 * k)],
            c,
            5,
            opacity=round(0.75 - 0.05 * k, 2),
        )
        for x, y, r, c in spots
        for k in range(12)
        if chance.random() < 0.62
        for w, d in ((r * (0.32 + chance.random() * 0.5), chance.uniform(-14, 14)),)
    )
    crowd = "".join(
        put(
            figure((STAND, WALK)[n % 2], silhouette(mix(NIGHT, DUSK, 0.6)), 0.1, 0.1, away=True),
            at=(x, 352),
            size=s,
        )
        for n, (x, s) in enumerate(
            (
                (150, 0.8),
                (190, 0.55),
                (420, 0.82),
                (466, 0.8),
                (900, 0.8),
                (938, 0.5),
                (980, 0.82),
                (1390, 0.8),
                (1430, 0.8),
            )
        )
    )
    guides = (
        put(figure(REACH, VEST, 2.6, 0.35), at=(650, 362), size=1.35)
        + put(figure(STAND, VEST, 2.6, 0.35), at=(1010, 362), size=1.35, flip=True)
        + line([(690, 276), (704, 250)], LAMP, 8)
    )
    return sheet(
        PANORAMA,
        INK,
        stars("lake", 1560, 200, 40) + far,
        pavilion + bridge + lake,
        cords + gleam,
        lights,
        shore + crowd + guides,
    )


def _lantern(r: float, colour: str) -> str:
    """Draw a round paper lantern around (0, 0), its tassel below."""
    ribs = "".join(
        stroke(f"M0 {-r * 0.82}Q{x * 1.7} 0 0 {r * 0.82}", mix(colour, INK, 0.25), r * 0.045)
        for x in (-r * 0.8, -r * 0.42, r * 0.42, r * 0.8)
    )
    caps = rect(-r * 0.4, -r * 0.98, r * 0.8, r * 0.2, mix(AMBER, INK, 0.25), 3) + rect(
        -r * 0.4, r * 0.78, r * 0.8, r * 0.2, mix(AMBER, INK, 0.25), 3
    )
    tassel = line([(0, r), (0, r * 1.7)], mix(colour, AMBER, 0.4), r * 0.12)
    inner = oval(0, 0, r * 0.56, r * 0.6, mix(colour, LAMP, 0.45))
    return (
        glow(0, 0, r * 2.5, mix(colour, LAMP, 0.5), 0.5)
        + tassel
        + oval(0, 0, r, r * 0.86, colour)
        + inner
        + ribs
        + caps
    )


def snow_night() -> Drawing:
    """The coldest night of the festival: a lane of lit houses, a guide under the lamp."""
    hills = shape(
        "M-60 300Q200 190 480 270T960 220T1340 260T1640 210V420H-60Z", mix(NIGHT, DUSK, 0.55)
    )
    homes = "".join(
        put(_cottage(w, n), at=(x, 404))
        for n, (x, w) in enumerate(
            ((-20, 210), (230, 170), (430, 230), (980, 220), (1230, 180), (1430, 230))
        )
    )
    snow = shape("M-60 400Q300 376 700 398T1620 390V660H-60Z", mix(PAPER, DUSK, 0.22)) + shape(
        "M-60 470Q400 440 800 464T1620 452V660H-60Z", PAPER
    )
    prints = "".join(
        oval(700 - 62 * n, 516 + 6 * n + 9 * (n % 2), 13, 6, mix(PAPER, DUSK, 0.38))
        for n in range(11)
    )
    guide = put(figure(REACH, VEST, 2.6, 0.34), at=(752, 506), size=2.05)
    scarf = put(stroke("M-6 -78Q4 -72 12 -79M-4 -76L-14 -62", BLUE, 5), at=(752, 506), size=2.05)
    family = put(
        figure(WALK, plain(DUSK, INK), 2.6, 0.34, away=True), at=(912, 500), size=1.8
    ) + put(figure(WALK, plain(BRICK, INK), 2.6, 0.34, away=True), at=(962, 506), size=1.15)
    small = put(
        rect(-9, -10, 18, 16, CLAY, 7)
        + line([(0, -10), (4, -34)], WOOD, 2.5)
        + glow(0, 0, 46, LAMP, 0.8)
        + disc(0, -2, 4, LAMP),
        at=(988, 474),
    )
    tree = stroke("M330 470V300M330 380L270 300M330 350L392 270M330 420L384 366", INK, 12) + stroke(
        "M270 296L262 282M392 266L404 250", PAPER, 8
    )
    return sheet(
        PANORAMA,
        mix(INK, NIGHT, 0.7),
        stars("snow", 1560, 240, 60) + hills,
        homes,
        snow + tree + prints,
        put(lamp_post(330, 60), at=(690, 520)) + family + small,
        guide + scarf + flakes("snow", 1560, 580, 240),
    )


def _cottage(w: float, n: int) -> str:
    """Draw a low house under snow, its left foot at (0, 0)."""
    wall = rect(0, -104, w, 110, mix(INK, NIGHT, 0.35))
    roof = poly([(-26, -98), (w + 26, -98), (w - 26, -160), (26, -160)], PAPER) + poly(
        [(-26, -98), (w + 26, -98), (w + 22, -86), (-22, -86)], mix(PAPER, DUSK, 0.25)
    )
    chimney = rect(w * 0.66, -204, 28, 50, INK) + rect(w * 0.66 - 6, -212, 40, 14, PAPER, 6)
    smoke = faded(
        0.4,
        stroke(
            f"M{w * 0.66 + 14} -220c-24 -26 22 -40 0 -66s14 -36 8 -50", mix(PAPER, DUSK, 0.3), 12
        ),
    )
    lights = "".join(
        glow(w * p, -50, 84, AMBER, 0.5)
        + rect(w * p - 17, -74, 34, 44, (LAMP, AMBER)[(n + k) % 2])
        + rect(w * p - 2, -74, 4, 44, INK)
        for k, p in enumerate((0.22, 0.5, 0.78))
        if (n + k) % 4
    )
    return smoke + wall + roof + chimney + lights


def stage() -> Drawing:
    """A small stage at night: three dancers in coloured light, the audience from behind."""
    beams = "".join(
        faded(0.42, poly([(x, -20), (x + 60, -20), (t + 190, 600), (t - 190, 600)], c))
        for x, t, c in ((120, 330, CLAY), (560, 600, LAMP), (1010, 880, mix(LEAF, LAMP, 0.3)))
    )
    heads = "".join(rect(x - 20, -20, 110, 60, INK, 10) for x in (100, 540, 990))
    curtain = "".join(
        shape(
            f"M{x} -20Q{x + 50} 300 {x} 600H{x + 92}Q{x + 50} 300 {x + 92} -20Z",
            mix(BRICK, INK, 0.5 + 0.12 * (n % 2)),
        )
        for n, x in enumerate((-60, 30, 1078, 1168))
    )
    boards = poly([(60, 560), (1140, 560), (1260, 650), (-60, 650)], mix(AMBER, BRICK, 0.4)) + rect(
        -60, 648, 1320, 60, mix(BRICK, INK, 0.45)
    )
    rounds = (
        oval(330, 604, 170, 24, CLAY, opacity=0.7)
        + oval(600, 604, 190, 26, LAMP, opacity=0.8)
        + oval(880, 604, 170, 24, LEAF, opacity=0.8)
    )
    dancers = (
        put(_dancer(CLAY, LAMP), at=(330, 604), size=3.2, turn=-5)
        + put(_dancer(PAPER, AMBER), at=(600, 606), size=3.7)
        + put(_dancer(PINE, LAMP), at=(880, 604), size=3.2, turn=5, flip=True)
    )
    crowd = "".join(
        shape(
            f"M{x - 74} 860C{x - 74} {y + 50} {x - 40} {y + 36} {x} {y + 36}S{x + 74} {y + 50} {x + 74} 860Z",
            c,
        )
        + disc(x, y, 42, c)
        for x, y, c in (
            (n * 138 - 20, 722 + 22 * (n % 2), mix(INK, NIGHT, 0.25 * (n % 3))) for n in range(10)
        )
    )
    phone = (
        rect(676, 596, 66, 106, INK, 8)
        + rect(683, 604, 52, 88, LAMP, 3)
        + line([(712, 700), (736, 820)], mix(INK, NIGHT, 0.3), 34)
    )
    vest = shape("M886 860C886 790 920 772 966 772S1046 790 1046 860Z", CLAY)
    return sheet(
        LANDSCAPE,
        mix(INK, NIGHT, 0.7),
        beams,
        curtain + heads + boards,
        rounds + dancers,
        crowd,
        vest + phone,
    )


def _dancer(dress: str, trim: str) -> str:
    """Draw a dancer from behind, 100 units tall: raised arms, a wide skirt, two plaits."""
    arms = stroke("M-6 -70Q-30 -76 -24 -104M6 -70Q34 -70 40 -92", SKIN, 6)
    skirt = shape("M-7 -50C-16 -30 -34 -16 -42 -8Q0 6 42 -10C30 -20 14 -34 7 -50Z", dress) + stroke(
        "M-40 -10Q0 4 40 -12", trim, 3.4
    )
    legs = line([(-6, -8), (-8, 2)], SKIN, 5) + line([(8, -8), (10, 2)], SKIN, 5)
    body = poly(
        [(-9, -74), (9, -74), (7, -48), (-7, -48)],
        mix(dress, INK, 0.25),
        stroke=mix(dress, INK, 0.25),
        stroke_width=4,
        stroke_linejoin="round",
    )
    head = (
        disc(0, -86, 8.5, INK)
        + stroke("M-4 -80Q-10 -64 -5 -50M4 -80Q11 -64 6 -50", INK, 3.4)
        + oval(0, -95, 7, 4, trim)
    )
    return legs + arms + skirt + body + head
