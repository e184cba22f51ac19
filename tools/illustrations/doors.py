"""What stood at a door or was put through it: Urumqi, summer 2020."""

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
from drawing import LANDSCAPE, PORTRAIT, Drawing, sheet
from people import BEND, SUIT, figure, fist
from things import bag, cabbage, carrots, door, fu, heap, leeks

HALL = mix(NIGHT, INK, 0.35)


def yoghurt() -> Drawing:
    """A door ajar at night; an arm holds out a bag of yoghurt and drinks."""
    seams = "".join(
        line([(-60, y), (960, y)], mix(NIGHT, DUSK, 0.35), 4) for y in (170, 420, 670, 920)
    )
    frame = rect(176, 150, 412, 880, INK)
    light = rect(196, 172, 374, 858, mix(LAMP, PAPER, 0.25)) + rect(470, 172, 100, 858, LAMP)
    floor = rect(-60, 1030, 1020, 240, mix(INK, NIGHT, 0.55))
    beam = poly([(412, 1030), (570, 1030), (840, 1270), (300, 1270)], mix(AMBER, SAND, 0.45))
    leaf = poly([(196, 172), (420, 138), (420, 1082), (196, 1030)], WOOD)
    leaf += poly([(222, 214), (392, 188), (392, 560), (222, 560)], mix(WOOD, INK, 0.28)) + poly(
        [(222, 620), (392, 620), (392, 1020), (222, 985)], mix(WOOD, INK, 0.28)
    )
    leaf += poly([(420, 138), (434, 142), (434, 1078), (420, 1082)], mix(AMBER, BRICK, 0.5))
    blessing = put(fu(0, 0, 150), at=(308, 372), size=1, turn=-4) + disc(308, 248, 10, AMBER)
    knob = rect(378, 590, 20, 84, AMBER, 10)
    bell = rect(92, 560, 44, 66, mix(DUSK, STONE, 0.3), 6) + disc(114, 584, 9, LAMP)
    arm = poly([(430, 405), (430, 560), (680, 640), (712, 548)], BLUE)
    handle = stroke("M628 800Q650 640 714 628Q780 640 792 800", SAND, 14)
    hand = put(
        shape("M-50 -34C-10 -60 50 -40 52 4C54 40 10 46 -20 40L-52 34Z", SKIN)
        + "".join(line([(x, 6), (x + 4, 36)], SKIN, 24) for x in (-16, 8, 32))
        + "".join(line([(x, 14), (x + 3, 38)], mix(SKIN, INK, 0.18), 3) for x in (-4, 20)),
        at=(716, 600),
        size=1.2,
    )
    gift = put(_bottles(), at=(710, 846), size=1.05) + put(
        bag(220, 216, PAPER, None), at=(710, 1046)
    )
    shine = glow(560, 640, 620, AMBER, 0.5)
    return sheet(
        PORTRAIT,
        HALL,
        seams + floor,
        frame + light,
        shine,
        faded(0.92, beam),
        leaf + blessing + knob + bell,
        arm + handle + hand,
        gift,
    )


def _bottles() -> str:
    """Stand three drinking yoghurts in a bag's mouth."""
    parts = []
    for x, colour in ((-62, AMBER), (0, BLUE), (60, CLAY)):
        parts.append(
            shape(
                f"M{x - 24} 40V-60Q{x - 24} -84 {x - 11} -92V-112H{x + 11}V-92Q{x + 24} -84 {x + 24} -60V40Z",
                colour,
            )
        )
        parts.append(
            rect(x - 15, -128, 30, 22, PAPER, 5)
            + rect(x - 16, -56, 8, 50, mix(colour, PAPER, 0.55), 4)
        )
    return "".join(parts)


def vegetables() -> Drawing:
    """Bags of vegetables put down before three doors of one floor."""
    wall = mix(DUSK, STONE, 0.35)
    lower = rect(-60, 330, 1320, 340, mix(DUSK, STONE, 0.1)) + line(
        [(-60, 330), (1260, 330)], STONE, 6
    )
    floor = rect(-60, 610, 1320, 260, STONE) + "".join(
        line([(600 + x * 0.6, 610), (600 + x * 1.3, 860)], mix(STONE, INK, 0.18), 4)
        for x in range(-900, 901, 225)
    )
    doors = "".join(put(door(210, 500), at=(x, 612)) for x in (90, 495, 900))
    shoes = "".join(oval(x, 640, 30, 13, mix(BLUE, PAPER, 0.15)) for x in (762, 806))
    stems = {
        150: put(cabbage(76), at=(0, -158)),
        330: put(leeks(6, 240), at=(0, -110)),
        555: put(carrots(4, 250), at=(0, -120)),
        730: put(heap("tomato", 130, 36, CLAY, 5), at=(0, -150)),
        905: put(heap("potato", 140, 38, mix(SAND, BRICK, 0.25), 5), at=(0, -148)),
        1070: put(cabbage(70), at=(0, -156)),
    }
    shade = "".join(oval(x + 10, 748, 96, 15, mix(STONE, INK, 0.4)) for x in stems)
    bags = "".join(
        put(top + bag(158, 150, PAPER, (AMBER, LAMP)[n % 2]), at=(x, 750 - 6 * (n % 2)))
        for n, (x, top) in enumerate(stems.items())
    )
    bulb = line([(600, -60), (600, 40)], INK, 5) + disc(600, 62, 24, mix(LAMP, PAPER, 0.5))
    return sheet(
        LANDSCAPE,
        wall,
        lower + floor,
        doors,
        shade + shoes + bags,
        glow(600, 62, 760, LAMP, 0.5),
        bulb,
    )


def groceries() -> Drawing:
    """Rice, flour, oil, and a big bottle besides: carried up and set down before a door."""
    wall = rect(-60, 380, 1320, 260, mix(PINE, SAND, 0.3)) + line(
        [(-60, 380), (1260, 380)], mix(PINE, INK, 0.25), 9
    )
    floor = rect(-60, 636, 1320, 240, mix(SAND, STONE, 0.35))
    sunny = faded(0.5, poly([(-60, 90), (210, 30), (760, 870), (260, 870)], LAMP))
    entrance = put(door(270, 560), at=(860, 640))
    rice = shape("M560 742C530 640 540 560 566 520Q640 500 716 520C744 570 750 660 724 742Z", PAPER)
    rice += (
        shape("M560 742C530 640 540 560 566 520L600 514C580 580 584 680 604 742Z", SAND)
        + rect(590, 590, 104, 76, LEAF, 6)
        + line([(566, 524), (716, 524)], mix(SAND, BRICK, 0.4), 8)
    )
    flour = put(
        shape(
            "M-92 0C-120 -90 -112 -160 -84 -196Q0 -216 84 -196C114 -150 118 -80 92 0Z",
            mix(SAND, AMBER, 0.25),
        )
        + disc(0, -100, 44, PAPER)
        + stroke(
            "M0 -66V-130M0 -96L-22 -116M0 -96L22 -116M0 -120L-18 -138M0 -120L18 -138", AMBER, 8
        ),
        at=(460, 752),
        turn=-3,
    )
    oil = (
        rect(750, 560, 100, 186, AMBER, 22)
        + rect(750, 620, 100, 70, PAPER)
        + rect(778, 520, 44, 44, CLAY, 6)
        + stroke("M826 570Q880 580 848 640", mix(AMBER, BRICK, 0.3), 14)
        + rect(764, 580, 14, 150, LAMP, 6)
    )
    beer = (
        shape("M880 750V620Q880 590 896 570V510H924V570Q940 590 940 620V750Z", PINE)
        + rect(892, 492, 36, 24, LAMP, 4)
        + oval(910, 670, 30, 40, PAPER)
        + rect(888, 600, 9, 120, LEAF, 4)
    )
    sauce = (
        rect(964, 650, 48, 100, mix(BRICK, INK, 0.55), 10)
        + rect(974, 622, 28, 34, CLAY, 5)
        + rect(964, 680, 48, 36, LAMP)
    )
    shade = "".join(
        oval(x, 752, w, 15, mix(STONE, INK, 0.35))
        for x, w in ((470, 110), (650, 110), (812, 74), (914, 50), (990, 40))
    )
    person = put(figure(BEND, SUIT, -2.6, 0.26), at=(250, 772), size=5.2)
    drops = "".join(
        shape(f"M{x} {y}q11 18 0 26q-11 -8 0 -26Z", BLUE)
        for x, y in ((452, 474), (468, 530), (446, 578))
    )
    return sheet(
        LANDSCAPE,
        mix(SAND, LAMP, 0.3),
        wall + floor + sunny,
        entrance,
        shade + rice,
        flour + oil + beer + sauce,
        person + drops,
    )


def electricity() -> Drawing:
    """A resident's electricity card put back into a row of meters; one lamp turns on."""
    panel = rect(120, 90, 660, 930, mix(STONE, PAPER, 0.15), 14) + rect(
        150, 120, 600, 870, mix(STONE, INK, 0.25), 8
    )
    meters = []
    for n in range(6):
        x, y = 180 + 280 * (n % 2), 150 + 280 * (n // 2)
        on = n == 3
        meters.append(rect(x, y, 260, 250, SAND if on else mix(STONE, SAND, 0.45), 12))
        meters.append(rect(x + 30, y + 34, 200, 84, LAMP if on else mix(INK, DUSK, 0.45), 6))
        meters.append(disc(x + 54, y + 160, 12, CLAY if on else mix(INK, BRICK, 0.35)))
        meters.append(
            "".join(
                line(
                    [(x + 60 + 34 * k, y + 56), (x + 60 + 34 * k, y + 96)],
                    INK if on else mix(DUSK, STONE, 0.4),
                    9,
                )
                for k in range(5)
            )
        )
        meters.append(rect(x + 88, y + 196, 130, 14, INK, 4))
    card = (
        poly([(552, 640), (676, 640), (676, 790), (552, 790)], BLUE)
        + rect(552, 664, 124, 22, LAMP)
        + rect(572, 716, 34, 28, AMBER, 5)
    )
    thumb = put(fist(mix(SAND, PAPER, 0.4), PAPER, 420), at=(640, 860), size=1.9, turn=-118)
    wires = "".join(
        stroke(f"M{x} 1020C{x} 1110 {x + 40} 1120 {x + 30} 1270", mix(INK, DUSK, 0.4), 12)
        for x in (200, 240, 280)
    )
    return sheet(
        PORTRAIT,
        mix(NIGHT, DUSK, 0.4),
        panel + wires,
        "".join(meters),
        glow(590, 500, 520, LAMP, 0.62),
        card,
        thumb,
    )
