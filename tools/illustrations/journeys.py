"""Journeys by night: a birth, a way home, lamps for a hospital."""

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
    within,
)
from drawing import LANDSCAPE, Drawing, flakes, sheet, stars
from people import CARRY, OFFER, SUIT, figure, plain
from things import bag, house, lamp_post


def labour() -> Drawing:
    """A mother-to-be is driven through the empty street at night, all lamps on one side."""
    blocks = (
        put(house("l1", 7, 6, 0.14), at=(-40, 520))
        + put(house("l2", 6, 8, 0.12), at=(360, 520))
        + put(house("l3", 8, 5, 0.16), at=(720, 520))
    )
    road = (
        rect(-60, 510, 1320, 360, mix(INK, NIGHT, 0.3))
        + rect(-60, 510, 1320, 10, STONE)
        + "".join(rect(x, 760, 150, 16, SAND) for x in range(-40, 1260, 260))
    )
    lamps_ = "".join(put(lamp_post(330, 40), at=(x, 536)) for x in (120, 560, 1000))
    car = shape(
        "M300 590Q310 570 340 566L430 470Q446 452 480 452H700Q726 452 746 468L836 560L930 580Q960 588 960 620V690H280V620Q280 596 300 590Z",
        PAPER,
    ) + shape("M280 640H960V690H280Z", SAND)
    panes = shape("M400 560L470 486H570V560ZM594 560V486H694L770 560Z", LAMP)
    driver = (
        shape("M690 560C690 520 662 512 640 512S600 524 600 560Z", PAPER)
        + disc(652, 500, 24, PAPER)
        + rect(656, 488, 26, 14, INK, 5)
    )
    mother = (
        shape("M540 560C546 524 520 514 500 514S452 524 456 560Z", BRICK)
        + disc(494, 502, 22, INK)
        + oval(508, 508, 12, 15, SKIN)
    )
    posts = (
        rect(570, 486, 24, 76, PAPER)
        + rect(620, 600, 46, 12, SAND, 5)
        + rect(430, 600, 46, 12, SAND, 5)
    )
    wheels = "".join(disc(x, 690, 60, INK) + disc(x, 690, 26, STONE) for x in (400, 830))
    beam = faded(0.42, poly([(958, 610), (958, 640), (1300, 760), (1300, 560)], LAMP)) + rect(
        930, 604, 34, 40, LAMP, 8
    )
    return sheet(
        LANDSCAPE,
        mix(INK, NIGHT, 0.6),
        stars("labour", 1200, 260, 60) + blocks,
        road,
        lamps_,
        oval(620, 748, 380, 22, INK) + car + within(panes, panes, driver, mother),
        posts + wheels + beam,
    )


def mother_and_child() -> Drawing:
    """A mother and a newborn come home in the snow: the car's lights wait for the stairs."""
    blocks = put(house("m1", 5, 8, 0.2), at=(-40, 600)) + put(
        house("m2", 6, 6, 0.22), at=(820, 600)
    )
    snow = shape("M-60 600Q400 570 700 596T1260 590V860H-60Z", mix(PAPER, DUSK, 0.25)) + shape(
        "M-60 710Q300 680 640 706T1260 690V860H-60Z", PAPER
    )
    entry = (
        rect(330, 250, 210, 360, INK)
        + rect(350, 270, 170, 340, LAMP)
        + poly([(310, 240), (560, 240), (580, 214), (290, 214)], mix(DUSK, STONE, 0.4))
        + rect(290, 200, 290, 18, PAPER, 8)
    )
    way = poly([(350, 610), (520, 610), (620, 800), (300, 800)], mix(LAMP, PAPER, 0.35))
    car = (
        shape(
            "M720 560L782 470H980L1060 560H1110Q1130 560 1130 590V660H690V590Q690 562 720 560Z",
            BRICK,
        )
        + shape("M756 556L796 490H870V556ZM890 556V490H970L1024 556Z", mix(DUSK, STONE, 0.4))
        + disc(790, 664, 48, INK)
        + disc(1030, 664, 48, INK)
        + disc(790, 664, 20, STONE)
        + disc(1030, 664, 20, STONE)
        + rect(776, 452, 206, 20, PAPER, 9)
        + rect(690, 586, 30, 34, LAMP, 6)
    )
    beam = faded(0.4, poly([(690, 590), (690, 616), (420, 740), (380, 600)], LAMP))
    mother = put(figure(OFFER, plain(BLUE, INK), 2.6, 0.3), at=(470, 730), size=2.7, flip=True)
    bundle = put(
        oval(0, 0, 27, 17, PAPER, -18)
        + oval(-16, 6, 11, 10, mix(CLAY, PAPER, 0.5))
        + stroke("M-4 -14Q6 0 0 14", SAND, 3),
        at=(408, 574),
        size=1.75,
        flip=True,
    )
    helper = put(
        figure(CARRY, SUIT, 2.6, 0.3) + put(bag(24, 26, LAMP, None), at=(13, -16)),
        at=(610, 748),
        size=2.8,
        flip=True,
    )
    return sheet(
        LANDSCAPE,
        mix(NIGHT, INK, 0.3),
        blocks,
        snow + entry + glow(434, 420, 420, LAMP, 0.5),
        way + beam + car,
        mother + bundle,
        helper + flakes("mother", 1200, 800, 130),
    )


def lamps() -> Drawing:
    """A lorry carries hospital lamps through the night; one crate stands open and shines."""
    hills = shape("M-60 470Q200 330 470 440T960 400T1260 430V700H-60Z", mix(NIGHT, DUSK, 0.45))
    road = rect(-60, 600, 1320, 280, mix(INK, NIGHT, 0.3)) + "".join(
        rect(x, 730, 130, 14, STONE) for x in range(-20, 1260, 240)
    )
    bed = rect(120, 500, 640, 44, WOOD) + rect(120, 540, 900, 40, INK)
    cab = (
        shape("M780 290H920Q950 290 964 320L1010 430Q1024 440 1024 470V560H780Z", CLAY)
        + shape("M830 324H910Q924 324 932 342L966 430H830Z", mix(DUSK, STONE, 0.4))
        + rect(790, 480, 50, 12, INK, 5)
        + rect(992, 480, 34, 40, PAPER, 8)
    )
    crates = "".join(
        rect(x, y, 150, 120, c)
        + line([(x + 12, y + 12), (x + 138, y + 108)], mix(c, INK, 0.3), 9)
        + rect(x, y + 52, 150, 12, mix(c, INK, 0.3))
        for x, y, c in (
            (130, 380, AMBER),
            (290, 380, mix(AMBER, BRICK, 0.35)),
            (600, 380, AMBER),
            (130, 256, mix(AMBER, BRICK, 0.35)),
            (600, 256, mix(AMBER, BRICK, 0.2)),
        )
    )
    open_box = (
        rect(446, 380, 150, 120, mix(AMBER, LAMP, 0.5))
        + poly([(446, 380), (412, 330), (440, 322), (470, 380)], mix(AMBER, BRICK, 0.2))
        + poly([(596, 380), (634, 326), (606, 318), (572, 380)], mix(AMBER, BRICK, 0.2))
    )
    arm = stroke("M520 380V250Q520 200 470 200", SAND, 15)
    dish = shape("M380 230C384 160 560 160 560 230Z", PAPER) + "".join(
        disc(x, 232, 17, mix(LAMP, PAPER, 0.7)) for x in (414, 456, 498, 534)
    )
    beam = faded(0.3, poly([(1024, 486), (1024, 516), (1300, 690), (1300, 430)], LAMP))
    wheels = "".join(disc(x, 592, 58, INK) + disc(x, 592, 24, STONE) for x in (230, 370, 900))
    return sheet(
        LANDSCAPE,
        mix(INK, NIGHT, 0.6),
        stars("lorry", 1200, 380, 90),
        hills + road,
        beam + glow(470, 250, 470, LAMP, 0.85),
        bed + cab + crates,
        open_box + arm + dish,
        wheels,
    )
