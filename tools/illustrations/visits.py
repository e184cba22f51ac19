"""Bole by day: a bed is made, a hall is swept, a doctor calls."""

from math import cos, sin, tau

from cut import (
    AMBER,
    BLUE,
    BRICK,
    CLAY,
    DUSK,
    INK,
    LAMP,
    LEAF,
    PAPER,
    PINE,
    SAND,
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
from drawing import LANDSCAPE, Drawing, sheet
from people import BEND, OFFER, Pose, figure, fist, palm, plain

PUSH_MOP = Pose(
    (11, -84),
    (6, -66),
    (-2, -42),
    ((18, -58), (24, -64)),
    ((18, -46), (30, -48)),
    ((-4, -24), (-14, -4)),
    ((7, -25), (8, -3)),
)
REACH_HIGH = Pose(
    (4, -88),
    (2, -68),
    (0, -44),
    ((10, -62), (18, -52)),
    ((18, -82), (28, -98)),
    ((-6, -24), (-7, -3)),
    ((6, -24), (7, -3)),
)


def making_the_bed() -> Drawing:
    """Two students spread a quilt for an old woman; her stick leans by the stove."""
    floor = rect(-60, 620, 1320, 250, mix(WOOD, SAND, 0.22))
    pane = (
        rect(500, 90, 220, 250, PAPER)
        + rect(516, 106, 188, 218, mix(DUSK, STONE, 0.3))
        + rect(604, 106, 12, 218, PAPER)
        + rect(486, 338, 248, 22, PAPER)
    )
    frost = faded(0.8, shape("M516 324V270Q560 290 604 324ZM704 324V250Q650 290 616 324Z", PAPER))
    carpet = (
        rect(800, 70, 330, 330, BRICK)
        + rect(822, 92, 286, 286, "none", stroke=LAMP, stroke_width=9)
        + "".join(
            poly([(965, 235 - s), (965 + s, 235), (965, 235 + s), (965 - s, 235)], c)
            for s, c in ((110, CLAY), (76, LAMP), (44, BRICK))
        )
    )
    bed = (
        rect(330, 560, 640, 46, WOOD)
        + rect(346, 600, 26, 120, WOOD)
        + rect(930, 600, 26, 120, WOOD)
        + rect(946, 430, 30, 290, WOOD)
        + rect(326, 470, 30, 250, WOOD)
        + rect(350, 512, 600, 56, PAPER)
        + rect(820, 460, 122, 66, PAPER, 22)
        + rect(820, 496, 122, 30, SAND, 14)
    )
    quilt = (
        shape("M300 470C420 380 520 470 640 440S800 470 812 500L800 590Q560 640 310 590Z", CLAY)
        + "".join(
            disc(x, y, 17, LAMP)
            for x, y in (
                (380, 500),
                (470, 520),
                (560, 500),
                (650, 530),
                (730, 500),
                (420, 570),
                (610, 580),
            )
        )
        + stroke("M310 590Q560 640 800 590", BRICK, 16)
    )
    left = put(figure(OFFER, plain(BLUE, INK), 2.6, 0.28, away=True), at=(230, 756), size=4.3)
    right = put(
        figure(BEND, plain(PINE, INK), -2.6, 0.28, away=True), at=(930, 770), size=3.9, flip=True
    )
    stove = (
        rect(20, 470, 130, 200, INK, 8)
        + rect(44, 520, 82, 62, AMBER, 6)
        + rect(66, -60, 34, 540, INK)
        + disc(84, 446, 36, STONE)
        + line([(60, 430), (108, 430)], STONE, 12)
    )
    stick = stroke("M1130 720L1096 430Q1090 396 1062 410", WOOD, 13)
    return sheet(
        LANDSCAPE,
        mix(SAND, AMBER, 0.3),
        pane + frost + carpet + floor,
        glow(85, 550, 620, LAMP, 0.7) + stove,
        bed,
        quilt + stick,
        right + left,
    )


def sports_hall() -> Drawing:
    """Students clean the sports hall: mop, bucket, and the light from three high windows."""
    wall = rect(-60, -60, 1320, 400, mix(SAND, LEAF, 0.25)) + rect(
        -60, 330, 1320, 130, mix(LEAF, INK, 0.15)
    )
    panes = "".join(
        rect(x, 60, 210, 130, PAPER)
        + rect(x + 12, 72, 186, 106, LAMP)
        + rect(x + 99, 72, 12, 106, PAPER)
        for x in (90, 480, 870)
    )
    floor = rect(-60, 450, 1320, 420, mix(AMBER, WOOD, 0.32)) + "".join(
        line(
            [(600 + (x - 600) * 0.6, 450), (600 + (x - 600) * 1.6, 860)], mix(AMBER, WOOD, 0.45), 4
        )
        for x in range(-300, 1600, 110)
    )
    court = stroke("M330 450A270 90 0 0 0 870 450M-60 700H1260", PAPER, 9)
    beams = "".join(
        faded(0.36, poly([(x + 12, 72), (x + 198, 72), (x + 60, 860), (x - 330, 860)], LAMP))
        for x in (90, 480, 870)
    )
    hoop = (
        rect(930, 210, 200, 140, PAPER)
        + rect(996, 268, 68, 56, "none", stroke=CLAY, stroke_width=8)
        + oval(1030, 338, 44, 11, "none", stroke=CLAY, stroke_width=9)
        + "".join(
            line([(1030 + x, 342), (1030 + x * 0.6, 394)], PAPER, 4) for x in (-38, -19, 0, 19, 38)
        )
    )
    mop = line([(20, -72), (52, -4)], WOOD, 3.4) + shape("M42 -8L60 -8L72 2L40 2Z", PAPER)
    wet = faded(0.4, shape("M430 742Q560 706 700 730T940 730Q880 790 700 784T430 742Z", PAPER))
    sweeper = put(
        figure(PUSH_MOP, plain(BLUE, INK), 2.6, 0.28, away=True) + mop, at=(360, 740), size=4.1
    )
    bucket = (
        poly([(120, 660), (240, 660), (222, 770), (138, 770)], CLAY)
        + oval(180, 660, 60, 15, mix(BRICK, INK, 0.2))
        + stroke("M122 656Q180 560 238 656", INK, 6)
    )
    wiper = put(figure(REACH_HIGH, plain(CLAY, INK), 2.6, 0.28, away=True), at=(800, 590), size=2.7)
    ball = disc(1080, 690, 54, BRICK) + stroke(
        "M1028 690H1132M1080 638V742M1042 652Q1080 690 1042 728M1118 652Q1080 690 1118 728", INK, 5
    )
    return sheet(
        LANDSCAPE,
        SAND,
        wall + panes + floor,
        court + hoop,
        wet + wiper,
        beams,
        bucket + ball + sweeper,
    )


def blood_pressure() -> Drawing:
    """A doctor has come to the house: cuff, bulb and gauge on an old man's table by the window."""
    table = mix(WOOD, AMBER, 0.42)
    lines = "".join(
        line([(-60, y), (1260, y - 30)], mix(WOOD, AMBER, 0.28), 6)
        for y in (60, 250, 440, 630, 820)
    )
    light = faded(
        0.42,
        poly([(60, -60), (360, -60), (660, 870), (240, 870)], LAMP),
        poly([(440, -60), (720, -60), (1100, 870), (740, 870)], LAMP),
    )
    cloth = poly([(330, 250), (1260, 190), (1260, 640), (370, 660)], PAPER) + stroke(
        "M344 268L1260 210M384 640L1260 620", CLAY, 8
    )
    arm = put(palm(SKIN, PINE, 420), at=(830, 430), size=1.95, flip=True, turn=2)
    cuff = poly([(800, 320), (1010, 308), (1020, 548), (806, 540)], BLUE) + line(
        [(960, 316), (968, 544)], mix(BLUE, PAPER, 0.35), 10
    )
    tube = stroke("M830 540C820 720 640 760 560 700S420 700 380 690", INK, 14) + stroke(
        "M870 544C880 800 300 860 236 560", INK, 14
    )
    gauge = (
        disc(226, 480, 116, mix(DUSK, STONE, 0.2))
        + disc(226, 480, 94, PAPER)
        + "".join(
            line(
                [(226 + 78 * cos(a), 480 + 78 * sin(a)), (226 + 62 * cos(a), 480 + 62 * sin(a))],
                INK,
                6,
            )
            for a in (tau * (0.38 + 0.062 * n) for n in range(13))
        )
        + line([(226, 480), (262, 430)], BRICK, 10)
        + disc(226, 480, 12, INK)
    )
    bulb = oval(350, 690, 66, 46, BRICK, -8) + put(
        fist(mix(SAND, PAPER, 0.4), PAPER, 420), at=(340, 700), size=1.5, turn=-24
    )
    glass = (
        disc(1080, 130, 74, mix(PAPER, LAMP, 0.3))
        + disc(1080, 130, 58, mix(AMBER, BRICK, 0.35))
        + oval(1064, 116, 22, 9, PINE, 30)
        + oval(1100, 140, 18, 8, LEAF, -20)
    )
    specs = "".join(
        oval(x, 120, 46, 40, "none", stroke=INK, stroke_width=9) for x in (560, 672)
    ) + stroke("M606 116Q616 104 626 116M514 112L470 60M718 112L752 54", INK, 8)
    return sheet(
        LANDSCAPE, table, lines + light, cloth, tube + arm + cuff, gauge + glass + specs, bulb
    )
