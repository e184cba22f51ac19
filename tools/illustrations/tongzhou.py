"""In the streets and yards of Tongzhou, spring 2020."""

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
    ring,
    shape,
    stroke,
)
from drawing import LANDSCAPE, PORTRAIT, SQUARE, Drawing, sheet
from people import STAND, WALK, figure, fist, plain
from things import fu, sun

BRICKWORK = mix(STONE, SAND, 0.25)


def loudspeaker() -> Drawing:
    """A loudspeaker carried through a hutong: go home, wash your hands, be well."""
    left = poly([(-60, 140), (330, 420), (330, 800), (-60, 1080)], BRICKWORK)
    courses = "".join(
        line([(-60, 1080 - 92 * n), (330, 800 - 38 * n)], mix(STONE, INK, 0.12), 4)
        for n in range(1, 10)
    )
    eaves = poly([(-60, 60), (-60, 190), (350, 446), (350, 400)], mix(STONE, INK, 0.5))
    right = poly([(960, 140), (560, 420), (560, 800), (960, 1080)], mix(STONE, INK, 0.22))
    eaves += poly([(960, 60), (960, 190), (540, 446), (540, 400)], mix(STONE, INK, 0.6))
    lane = poly(
        [(330, 800), (560, 800), (960, 1080), (960, 1260), (-60, 1260), (-60, 1080)],
        mix(SAND, STONE, 0.35),
    )
    gatehouse = (
        poly([(700, 470), (860, 404), (860, 985), (700, 880)], BRICK)
        + poly([(776, 440), (784, 436), (784, 936), (776, 930)], mix(BRICK, INK, 0.4))
        + disc(750, 690, 12, AMBER)
        + disc(810, 700, 13, AMBER)
    )
    tree = stroke(
        "M470 800C460 640 480 520 450 400M470 560C520 500 540 460 590 420M462 520C420 470 400 450 380 380",
        WOOD,
        16,
    )
    tree += "".join(
        disc(x, y, 15, mix(LEAF, PAPER, 0.2))
        for x, y in (
            (380, 370),
            (420, 410),
            (450, 380),
            (500, 470),
            (560, 440),
            (596, 404),
            (520, 410),
            (350, 420),
            (470, 340),
        )
    )
    waves = "".join(
        faded(
            0.95 - n * 0.2,
            stroke(
                f"M{560 + 46 * n} {560 - 70 - 50 * n}Q{668 + 84 * n} 640 {560 + 46 * n} {720 + 70 + 50 * n}",
                LAMP,
                24,
            ),
        )
        for n in range(4)
    )
    horn = (
        poly([(230, 620), (480, 500), (480, 800), (230, 710)], PAPER)
        + oval(480, 650, 52, 152, SAND)
        + oval(482, 650, 34, 104, mix(INK, STONE, 0.25))
        + rect(120, 612, 130, 106, CLAY, 18)
    )
    grip = rect(196, 712, 52, 150, INK, 14)
    hand = put(fist(SKIN, BLUE, 420), at=(236, 800), size=1.8, turn=-46)
    return sheet(
        PORTRAIT,
        mix(LAMP, PAPER, 0.45),
        sun(446, 300, 92, AMBER),
        put(tree, at=(-270, -330)) + left + courses + right + lane + gatehouse,
        eaves,
        waves,
        horn + grip + hand,
    )


def doctors_bag() -> Drawing:
    """A family doctor's bag on the step of a village house, early; the pills are inside."""
    wall = "".join(
        rect(
            -40 + 132 * col - 66 * (row % 2),
            80 + 60 * row,
            126,
            54,
            mix(CLAY, SAND, 0.3 + 0.07 * ((row * 2 + col) % 3)),
        )
        for row in range(14)
        for col in range(9)
    )
    leaves = (
        rect(200, 120, 500, 760, mix(WOOD, INK, 0.3))
        + rect(226, 146, 218, 734, BRICK)
        + rect(456, 146, 218, 734, mix(BRICK, INK, 0.18))
    )
    rings = (
        disc(400, 520, 34, AMBER)
        + ring(400, 556, 28, LAMP, 9)
        + disc(500, 520, 34, mix(AMBER, INK, 0.2))
        + ring(500, 556, 28, AMBER, 9)
    )
    blessing = fu(335, 330, 150) + fu(565, 330, 150)
    step = (
        rect(90, 880, 720, 90, STONE)
        + rect(-60, 970, 1020, 300, mix(STONE, SAND, 0.45))
        + rect(90, 880, 720, 22, mix(STONE, PAPER, 0.35))
    )
    body = shape(
        "M230 800Q230 770 260 770H640Q670 770 670 800L690 1060Q690 1090 660 1090H240Q210 1090 210 1060Z",
        INK,
    )
    body += shape(
        "M230 800Q230 770 260 770H640Q670 770 670 800L674 860H226Z", mix(INK, DUSK, 0.6)
    ) + stroke("M360 770Q360 680 450 680T540 770", INK, 26)
    clasp = rect(418, 838, 64, 52, AMBER, 8) + disc(450, 864, 9, INK)
    tube = (
        stroke(
            "M300 780C240 700 330 640 350 720C366 800 300 900 350 960Q400 1010 430 950", BLUE, 16
        )
        + disc(440, 930, 34, SAND)
        + disc(440, 930, 20, STONE)
    )
    boxes = put(
        rect(-70, -60, 140, 70, PAPER) + rect(-70, -40, 140, 22, CLAY), at=(762, 1120), turn=4
    ) + put(rect(-60, -60, 120, 60, LAMP) + rect(-60, -34, 120, 14, PINE), at=(756, 1058), turn=-3)
    beam = faded(0.26, poly([(960, -60), (960, 700), (300, 1270), (-60, 1270), (560, -60)], LAMP))
    return sheet(
        PORTRAIT,
        mix(CLAY, SAND, 0.45),
        wall,
        leaves + rings + blessing + step,
        glow(900, 60, 1100, LAMP, 0.6) + beam,
        oval(450, 1096, 290, 24, mix(STONE, INK, 0.4)) + body,
        tube + clasp + boxes,
    )


def haircut() -> Drawing:
    """A free haircut in the yard: comb, scissors, a sheet round the neck, a spring morning."""
    tree = stroke(
        "M1010 1260C1000 900 1040 700 980 420M1012 760C1080 640 1130 600 1220 560M1000 640C930 560 900 500 800 470",
        WOOD,
        34,
    )
    chance = Random("blossom")
    bloom = "".join(
        disc(
            x,
            y,
            20 + 10 * chance.random(),
            (PAPER, mix(CLAY, PAPER, 0.6), mix(CLAY, PAPER, 0.75))[n % 3],
        )
        for n, (x, y) in enumerate(
            (chance.uniform(720, 1250), chance.uniform(250, 620)) for _ in range(80)
        )
    )
    ground = rect(-60, 1010, 1320, 260, mix(LEAF, SAND, 0.45))
    cape = shape(
        "M470 560C330 600 250 800 210 1080Q520 1160 830 1080C790 800 710 600 570 560Z", PAPER
    ) + shape("M470 560C330 600 250 800 210 1080Q290 1104 370 1112C380 860 420 660 480 560Z", SAND)
    neck = rect(464, 500, 112, 84, mix(SKIN, INK, 0.08), 20) + stroke(
        "M440 572Q520 610 600 572", BLUE, 22
    )
    head = (
        oval(520, 400, 136, 156, SKIN) + oval(388, 420, 24, 38, SKIN) + oval(652, 420, 24, 38, SKIN)
    )
    hair = shape(
        "M376 420C350 240 440 200 520 200S690 240 664 420C650 470 630 500 610 500C560 470 480 470 430 500C410 500 390 470 376 420Z",
        mix(INK, STONE, 0.3),
    )
    part = "".join(
        stroke(
            f"M520 240Q{520 + x * 0.7} 300 {520 + x} {440 - abs(x) * 0.2}", mix(INK, STONE, 0.5), 5
        )
        for x in (-110, -66, -24, 24, 66, 110)
    )
    comb = put(
        rect(-90, -18, 180, 26, AMBER, 6)
        + "".join(rect(-86 + 15 * n, 6, 7, 40, AMBER) for n in range(12)),
        at=(420, 350),
        turn=-62,
    )
    hand_left = put(fist(SKIN, DUSK, 420), at=(330, 300), size=1.35, turn=34)
    shears = put(
        line([(-10, 0), (-170, -26)], mix(PAPER, STONE, 0.4), 22)
        + line([(-10, 0), (-170, 30)], PAPER, 20)
        + ring(48, -34, 36, CLAY, 16)
        + ring(52, 36, 36, CLAY, 16)
        + disc(-10, 0, 12, INK),
        at=(780, 400),
        turn=6,
    )
    hand_right = put(fist(SKIN, DUSK, 460), at=(850, 410), size=1.35, flip=True, turn=12)
    locks = "".join(
        stroke(f"M{x} {y}q14 -16 30 4", mix(INK, STONE, 0.3), 8)
        for x, y in (
            (300, 1130),
            (640, 700),
            (690, 880),
            (420, 930),
            (820, 1120),
            (880, 1160),
            (560, 1150),
        )
    )
    return sheet(
        SQUARE,
        mix(LAMP, PAPER, 0.35),
        sun(170, 160, 96, AMBER),
        tree + bloom + ground,
        cape + neck + head,
        hair + part,
        hand_left + comb,
        shears + hand_right + locks,
    )


def blood_bus() -> Drawing:
    """The bus for blood donors in the morning; people come one by one, sleeves rolled up."""
    ground = rect(-60, 610, 1320, 270, mix(SAND, STONE, 0.3)) + line(
        [(-60, 704), (1260, 704)], PAPER, 9, stroke_dasharray="70 50"
    )
    trees = "".join(
        line([(x, 610), (x, 420)], WOOD, 14)
        + disc(x, 360, r, mix(LEAF, PAPER, 0.15))
        + disc(x - 30, 390, r * 0.6, LEAF)
        for x, r in ((60, 90), (1120, 110))
    )
    body = shape("M150 250Q150 200 200 200H940Q1010 200 1026 270L1050 420V600H150Z", PAPER)
    stripe = rect(150, 470, 900, 60, CLAY)
    panes = "".join(
        rect(200 + 150 * n, 260, 120, 120, LAMP if n in (1, 2) else mix(DUSK, STONE, 0.4), 10)
        for n in range(4)
    ) + shape("M930 260H986L1020 400H930Z", mix(DUSK, STONE, 0.4))
    inside = shape("M372 380Q372 330 410 330T448 380Z", mix(BRICK, INK, 0.4)) + disc(
        410, 310, 20, mix(BRICK, INK, 0.4)
    )
    entrance = rect(800, 256, 96, 344, mix(LAMP, PAPER, 0.3), 8) + line(
        [(848, 260), (848, 600)], SAND, 6
    )
    steps = rect(786, 600, 124, 22, STONE) + rect(770, 622, 156, 20, mix(STONE, INK, 0.2))
    drop = shape(
        "M650 434C690 490 706 512 706 538A56 56 0 0 1 594 538C594 512 610 490 650 434Z", BRICK
    ) + stroke("M622 540A28 28 0 0 0 646 566", mix(CLAY, PAPER, 0.4), 8)
    wheels = "".join(disc(x, 610, 66, INK) + disc(x, 610, 30, STONE) for x in (300, 560))
    shade = poly([(140, 640), (1060, 640), (900, 700), (60, 700)], mix(STONE, INK, 0.35))
    queue = "".join(
        put(figure(pose, wear, 2.6, 0.28), at=(x, y), size=2.35, flip=True)
        for x, y, pose, wear in (
            (960, 720, STAND, plain(PINE, INK)),
            (1070, 752, WALK, plain(BLUE, INK)),
            (1170, 730, STAND, plain(AMBER, DUSK)),
        )
    )
    return sheet(
        LANDSCAPE,
        mix(PAPER, LAMP, 0.45),
        sun(1030, 120, 66, AMBER),
        trees + ground,
        shade + body + stripe,
        panes + inside + entrance + put(drop, at=(-90, 84), size=0.8),
        wheels + steps,
        queue,
    )
