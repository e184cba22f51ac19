"""The city as a whole, the light in a window, the rest after midnight."""

from cut import (
    AMBER,
    BLUE,
    BRICK,
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
    within,
)
from drawing import LANDSCAPE, PANORAMA, PORTRAIT, Drawing, moon, sheet, stars
from people import CARRY, PUSH, SUIT, WALK, Pose, figure
from things import cabbage, house, lamp_post, leeks

DOZE = Pose(
    (9, -50),
    (0, -38),
    (-4, -12),
    ((8, -24), (18, -20)),
    ((8, -26), (22, -20)),
    ((20, -26), (30, -3)),
    ((22, -24), (34, -3)),
)
DOZE_LOW = Pose(
    (10, -46),
    (0, -36),
    (-4, -12),
    ((8, -22), (18, -14)),
    ((6, -24), (18, -14)),
    ((14, -8), (34, -4)),
    ((16, -8), (40, -3)),
)


def bogda() -> Drawing:
    """The city at night below the three peaks: so many lit windows, one cart in the street."""
    ridge = shape(
        "M-60 400Q160 300 380 370T800 350T1240 370T1640 320V620H-60Z", mix(NIGHT, DUSK, 0.45)
    )
    far = "".join(
        rect(x, 470 - h, w, 200, mix(INK, NIGHT, 0.85))
        for x, w, h in (
            (20, 90, 130),
            (210, 60, 90),
            (360, 110, 150),
            (640, 80, 110),
            (900, 100, 150),
            (1120, 70, 110),
            (1330, 100, 140),
            (1480, 90, 90),
        )
    )
    near = "".join(
        put(house(f"b{n}", c, f, lit, (30, 33)), at=(x, 500))
        for n, (x, c, f, lit) in enumerate(
            (
                (-20, 5, 7, 0.42),
                (160, 4, 5, 0.36),
                (310, 6, 4, 0.45),
                (520, 3, 6, 0.4),
                (650, 5, 4, 0.5),
                (830, 4, 5, 0.4),
                (990, 6, 4, 0.42),
                (1200, 4, 7, 0.4),
                (1350, 5, 5, 0.5),
                (1530, 4, 8, 0.4),
            )
        )
    )
    street = rect(-60, 496, 1700, 160, mix(INK, NIGHT, 0.25)) + rect(-60, 496, 1700, 7, STONE)
    team = (
        put(figure(PUSH, SUIT, 2.6, 0.35), at=(690, 552), size=0.86)
        + put(figure(CARRY, SUIT, 2.6, 0.35), at=(636, 556), size=0.86)
        + put(figure(WALK, SUIT, 2.6, 0.35), at=(586, 554), size=0.86)
    )
    cart = (
        rect(722, 504, 86, 34, AMBER, 4)
        + "".join(disc(x, 544, 12, BRICK) + disc(x, 544, 5, LAMP) for x in (742, 790))
        + put(leeks(4, 34), at=(744, 506))
        + put(cabbage(14), at=(772, 496))
        + put(cabbage(12), at=(794, 498))
    )
    return sheet(
        PANORAMA,
        INK,
        stars("bogda", 1560, 300, 170) + moon(1240, 96, 36),
        put(_peaks(), at=(-250, -120), size=1.3),
        ridge + far,
        near,
        street + put(lamp_post(150, 26), at=(840, 548)) + cart + team,
    )


def _peaks() -> str:
    """Draw the three peaks of Bogda, their feet at y = 400; snow lies on the side of the moon."""
    rock = poly(
        [
            (330, 410),
            (520, 250),
            (600, 300),
            (730, 120),
            (800, 190),
            (850, 150),
            (980, 290),
            (1190, 410),
        ],
        mix(NIGHT, DUSK, 0.85),
    )
    snow = "".join(
        poly(points, mix(DUSK, PAPER, share))
        for share, points in (
            (
                0.62,
                [
                    (730, 120),
                    (800, 190),
                    (770, 240),
                    (742, 206),
                    (716, 262),
                    (700, 216),
                    (668, 240),
                    (690, 180),
                ],
            ),
            (
                0.5,
                [
                    (850, 150),
                    (930, 232),
                    (890, 226),
                    (866, 262),
                    (846, 210),
                    (822, 232),
                    (812, 186),
                ],
            ),
            (0.5, [(520, 250), (570, 284), (546, 312), (520, 288), (490, 322), (480, 286)]),
        )
    )
    return rock + snow


def candle() -> Drawing:
    """A candle on a window sill; behind the glass the other houses have lit theirs."""
    view = rect(110, 70, 680, 880, mix(NIGHT, DUSK, 0.35))
    far = within(
        rect(110, 70, 680, 880, PAPER),
        stars("candle", 900, 400, 70),
        put(house("k1", 4, 8, 0.3, (46, 54)), at=(90, 960)),
        put(house("k2", 3, 11, 0.3, (46, 54)), at=(340, 960)),
        put(house("k3", 5, 7, 0.35, (46, 54)), at=(540, 960)),
    )
    frame = (
        rect(80, 40, 740, 40, WOOD)
        + rect(80, 40, 40, 930, WOOD)
        + rect(780, 40, 40, 930, WOOD)
        + rect(436, 70, 28, 880, WOOD)
        + rect(110, 380, 680, 24, WOOD)
    )
    curtain = shape("M-60 -60H190C170 300 120 640 -60 900Z", mix(BRICK, INK, 0.25)) + shape(
        "M960 -60H710C730 300 780 640 960 900Z", mix(BRICK, INK, 0.25)
    )
    sill = rect(-60, 950, 1020, 60, mix(SAND, BRICK, 0.25)) + rect(
        -60, 1010, 1020, 260, mix(WOOD, INK, 0.3)
    )
    dish = (
        oval(560, 966, 130, 26, SAND)
        + oval(560, 958, 104, 18, mix(SAND, INK, 0.2))
        + stroke("M688 962Q750 940 740 984Q730 1010 690 986", SAND, 14)
    )
    wax = (
        shape("M508 950V650Q520 630 560 634T612 654V950Q560 966 508 950Z", PAPER)
        + shape("M508 950V650Q516 636 540 634L536 956Q520 956 508 950Z", SAND)
        + stroke("M596 664V740M524 668V700", mix(PAPER, LAMP, 0.35), 16)
    )
    flame = (
        line([(560, 636), (560, 606)], INK, 7)
        + shape("M560 450C620 540 622 600 560 616C498 600 500 540 560 450Z", AMBER)
        + shape("M560 510C594 560 594 596 560 606C526 596 526 560 560 510Z", mix(LAMP, PAPER, 0.5))
    )
    suit_cup = (
        poly([(230, 850), (340, 850), (326, 958), (244, 958)], BLUE)
        + rect(236, 872, 98, 12, PAPER)
        + stroke("M338 868Q392 870 384 910T328 930", BLUE, 14)
    )
    return sheet(
        PORTRAIT,
        mix(BRICK, INK, 0.5),
        view + far,
        glow(560, 560, 760, AMBER, 0.7),
        frame + curtain,
        sill + suit_cup,
        dish + wax + flame + glow(560, 550, 330, LAMP, 0.6),
    )


def resting() -> Drawing:
    """After midnight three sit against the wall and sleep; the flask stands between them."""
    wall = rect(-60, 420, 1320, 300, mix(PINE, NIGHT, 0.5)) + line(
        [(-60, 420), (1260, 420)], mix(PINE, STONE, 0.5), 8
    )
    floor = rect(-60, 716, 1320, 160, mix(STONE, INK, 0.4))
    pane = (
        rect(120, 70, 250, 250, mix(INK, NIGHT, 0.4))
        + rect(136, 86, 218, 218, mix(NIGHT, DUSK, 0.8))
        + rect(238, 86, 14, 218, mix(INK, NIGHT, 0.4))
        + moon(300, 140, 22)
    )
    lamp = (
        line([(760, -60), (760, 70)], INK, 6)
        + poly([(690, 130), (830, 130), (796, 70), (724, 70)], PINE)
        + oval(760, 132, 66, 13, mix(LAMP, PAPER, 0.6))
    )
    beam = faded(0.16, poly([(700, 134), (820, 134), (1160, 860), (360, 860)], LAMP))
    sleepers = "".join(
        put(figure(pose, SUIT, light, 0.34), at=(x, 770), size=4.7, flip=f)
        for x, pose, light, f in (
            (250, DOZE, 2.6, False),
            (560, DOZE_LOW, 2.6, False),
            (1010, DOZE, -2.6, True),
        )
    )
    flask = (
        rect(800, 636, 52, 130, BLUE, 12)
        + rect(806, 610, 40, 30, SAND, 8)
        + rect(800, 664, 52, 14, LAMP)
        + poly([(740, 722), (786, 722), (779, 768), (747, 768)], PAPER)
    )
    return sheet(
        LANDSCAPE,
        mix(PINE, NIGHT, 0.72),
        wall + floor + pane,
        beam + glow(760, 132, 620, LAMP, 0.6),
        lamp,
        sleepers,
        flask,
    )
