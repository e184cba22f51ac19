"""In yards and streets: medicine, a sprayer, a dog found again, clean masks."""

from math import cos, sin, tau

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
    strewn,
    stroke,
    within,
)
from drawing import LANDSCAPE, PORTRAIT, Drawing, sheet, stars
from people import CROUCH, REACH, SUIT, figure, palm
from things import house, lamp_post, leeks


def mailbag() -> Drawing:
    """A blue shoulder bag of medicine hung on a bicycle: boxes, pouches of herbal brew."""
    wall = "".join(
        rect(
            -40 + 150 * col - 75 * (row % 2),
            -20 + 74 * row,
            142,
            66,
            mix(SAND, CLAY, 0.42 + 0.06 * ((row + col * 2) % 3)),
        )
        for row in range(13)
        for col in range(8)
    )
    ground = rect(-60, 1000, 1020, 270, mix(SAND, STONE, 0.25))
    wheels = "".join(
        ring(x, 980, 168, INK, 16)
        + disc(x, 980, 16, INK)
        + "".join(
            line([(x, 980), (x + 160 * cos(a), 980 + 160 * sin(a))], mix(INK, STONE, 0.3), 3)
            for a in (tau * n / 14 for n in range(14))
        )
        for x in (180, 760)
    )
    frame = line([(180, 980), (290, 690), (700, 690), (470, 980), (180, 980)], BRICK, 20)
    frame += line([(240, 560), (470, 980)], BRICK, 20) + line([(760, 980), (650, 520)], BRICK, 20)
    saddle = rect(150, 530, 170, 40, INK, 20)
    bars = line([(650, 524), (640, 486), (730, 462), (764, 500)], INK, 20) + disc(
        700, 450, 20, AMBER
    )
    strap = stroke("M300 560C250 260 440 200 640 600", mix(BLUE, INK, 0.3), 24)
    boxes = (
        rect(300, 400, 130, 200, PAPER)
        + rect(300, 440, 130, 36, CLAY)
        + rect(440, 360, 120, 220, LAMP)
        + rect(440, 410, 120, 30, PINE)
    )
    boxes += (
        poly([(560, 430), (660, 400), (690, 600), (570, 600)], PAPER)
        + line([(590, 460), (650, 444)], BLUE, 7)
        + line([(594, 490), (654, 474)], BLUE, 7)
    )
    pouches = "".join(
        put(
            rect(-48, -130, 96, 150, mix(BRICK, INK, 0.5), 10)
            + rect(-48, -130, 96, 26, mix(BRICK, SAND, 0.3)),
            at=(x, 560),
            turn=t,
        )
        for x, t in ((270, -12), (500, 3), (640, 14))
    )
    body = shape("M190 520H710L740 800Q745 850 690 850H210Q155 850 160 800Z", BLUE)
    flap = (
        shape("M176 520H724L716 600Q450 700 184 600Z", mix(BLUE, INK, 0.2))
        + rect(410, 640, 80, 60, AMBER, 8)
        + rect(432, 656, 36, 28, mix(BLUE, INK, 0.2), 4)
    )
    shade = rect(150, 500, 130, 400, INK, opacity=0.16)
    sill = rect(84, 70, 330, 320, PAPER) + rect(104, 90, 290, 280, mix(DUSK, STONE, 0.5))
    sill += rect(240, 90, 16, 280, PAPER) + rect(60, 384, 378, 28, PAPER)
    sill += put(leeks(5, 120), at=(330, 320)) + poly(
        [(280, 314), (380, 314), (366, 386), (294, 386)], WOOD
    )
    return sheet(
        PORTRAIT,
        mix(SAND, CLAY, 0.3),
        wall + ground,
        glow(820, 120, 1000, PAPER, 0.75),
        oval(470, 1150, 460, 24, mix(STONE, INK, 0.2)) + wheels + frame,
        sill + saddle + bars,
        put(strap + boxes + pouches, at=(86, 170), size=0.86),
        put(body + within(body, shade) + flap, at=(86, 170), size=0.86),
    )


def disinfect() -> Drawing:
    """Four in the morning: somebody sprays a courtyard under one lamp, mist in the light."""
    blocks = (
        put(house("d1", 5, 7, 0.06), at=(-40, 640))
        + put(house("d2", 4, 6, 0.08), at=(310, 640))
        + put(house("d3", 7, 8, 0.05), at=(810, 640))
    )
    ground = rect(-60, 636, 1320, 240, mix(INK, NIGHT, 0.4))
    pool = oval(600, 706, 500, 76, mix(AMBER, NIGHT, 0.62))
    fan = "M668 556L{0} {1}C{2} 470 {2} 640 {0} {3}Z"
    mist = "".join(
        faded(
            0.17, shape(fan.format(880 + 70 * n, 460 - 36 * n, 960 + 90 * n, 630 + 36 * n), PAPER)
        )
        for n in range(4)
    )
    drops = faded(
        0.8,
        *(
            disc(x, y, 3 + n % 4, PAPER)
            for n, (x, y) in enumerate(strewn("mist", 900, 546, 175, 90))
        ),
    )
    tank = rect(-24, -78, 18, 38, BLUE, 6) + line([(-15, -78), (-15, -84)], INK, 4)
    hose = stroke("M-16 -46Q2 -30 28 -62", mix(INK, DUSK, 0.4), 2.4)
    wand = line([(27, -64), (62, -60)], INK, 2.6)
    person = put(figure(REACH, SUIT, -2.6, 0.34), tank, hose, wand, at=(470, 728), size=3.1)
    shadow = poly([(440, 728), (500, 728), (300, 800), (160, 800)], INK, opacity=0.6)
    bench = (
        line([(90, 690), (290, 690)], WOOD, 16)
        + line([(120, 690), (112, 744)], INK, 9)
        + line([(262, 690), (270, 744)], INK, 9)
    )
    return sheet(
        LANDSCAPE,
        mix(INK, NIGHT, 0.55),
        stars("four", 1200, 300, 60) + blocks,
        ground + pool,
        bench,
        put(lamp_post(560, -70), at=(660, 740)) + shadow,
        mist,
        person + drops,
    )


def dog() -> Drawing:
    """A lost dog found: the lead in a glove, an old person's slippers behind the door."""
    doorway = rect(760, 120, 300, 560, INK) + rect(782, 142, 256, 538, LAMP)
    inner = (
        rect(782, 470, 256, 210, mix(AMBER, LAMP, 0.4))
        + put(oval(0, 0, 40, 15, BRICK) + oval(-8, -5, 20, 8, mix(BRICK, INK, 0.4)), at=(862, 660))
        + put(oval(0, 0, 40, 15, BRICK) + oval(-8, -5, 20, 8, mix(BRICK, INK, 0.4)), at=(956, 664))
    )
    cane = stroke("M1000 668L984 400Q976 360 948 376", WOOD, 12)
    leaf = poly([(1038, 142), (1160, 110), (1160, 730), (1038, 680)], WOOD) + poly(
        [(1058, 190), (1142, 170), (1142, 420), (1058, 414)], mix(WOOD, INK, 0.3)
    )
    floor = rect(-60, 680, 1320, 200, mix(NIGHT, INK, 0.5))
    beam = faded(
        0.75, poly([(782, 680), (1038, 680), (760, 870), (60, 870)], mix(AMBER, SAND, 0.25))
    )
    person = put(figure(CROUCH, SUIT, 2.8, 0.36), at=(262, 776), size=4.5)
    hound = put(_dog(mix(AMBER, BRICK, 0.35)), at=(640, 776), size=2.2)
    lead = stroke("M384 668C430 740 560 800 690 672", BLUE, 9)
    rails = line([(-60, 250), (500, 250)], mix(NIGHT, DUSK, 0.6), 8)
    return sheet(
        LANDSCAPE,
        mix(NIGHT, INK, 0.2),
        rails + floor,
        doorway + inner + cane,
        leaf,
        beam + glow(900, 420, 640, AMBER, 0.5),
        person,
        hound + lead,
    )


def _dog(coat: str) -> str:
    """Draw a small dog that looks up to the right, 100 units long, paws at y = 0."""
    dark = mix(coat, INK, 0.3)
    tail = stroke("M-46 -44Q-70 -62 -58 -88", coat, 13)
    legs = "".join(
        line([(x, -24), (x - 1, -4)], c, 12)
        for x, c in ((-32, dark), (22, dark), (-40, coat), (30, coat))
    )
    body = shape("M-50 -34C-50 -64 -20 -60 6 -58C30 -60 44 -44 38 -26C30 -10 -44 -8 -50 -34Z", coat)
    head = shape(
        "M18 -56C16 -88 44 -96 58 -82L82 -78C88 -70 80 -60 66 -58C56 -44 28 -42 18 -56Z", coat
    )
    ear = shape("M30 -88C14 -86 10 -64 20 -52C32 -58 36 -72 40 -82Z", dark)
    patch = oval(-20, -46, 17, 13, dark)
    return (
        tail
        + legs
        + body
        + patch
        + head
        + ear
        + disc(80, -74, 5, INK)
        + disc(58, -74, 3.4, INK)
        + line([(22, -50), (44, -46)], BLUE, 6)
    )


def masks() -> Drawing:
    """A clean mask for everybody, every day: one hand gives, five wait."""
    others = ""
    for n, y in enumerate((150, 400, 650)):
        others += put(
            palm(
                (SKIN, mix(SKIN, BRICK, 0.2), mix(SKIN, PAPER, 0.25))[n], (PINE, CLAY, DUSK)[n], 300
            ),
            at=(1060, y),
            size=1.12,
            flip=True,
            turn=(-8, 0, 8)[n],
        )
    giver = put(palm(mix(SAND, PAPER, 0.5), PAPER, 420), at=(150, 470), size=1.7)
    pack = "".join(
        put(_mask(), at=(470 + 7 * n, 410 - 16 * n), turn=-10 + 5 * n, size=1.1) for n in range(4)
    )
    given = put(_mask(), at=(850, 150), turn=8, size=0.85) + put(
        _mask(), at=(846, 652), turn=-8, size=0.85
    )
    return sheet(LANDSCAPE, AMBER, disc(470, 400, 330, LAMP), others, giver, given, pack)


def _mask() -> str:
    """Draw a folded surgical mask, 200 wide, around (0, 0)."""
    loops = stroke("M-96 -40C-160 -50 -160 50 -96 40", PAPER, 6) + stroke(
        "M96 -40C160 -50 160 50 96 40", PAPER, 6
    )
    cloth = shape("M-100 -56Q0 -72 100 -56L104 52Q0 76 -104 52Z", BLUE) + shape(
        "M-100 -56Q0 -72 100 -56L100 -40Q0 -54 -100 -40Z", mix(BLUE, PAPER, 0.75)
    )
    folds = "".join(
        stroke(f"M-98 {y}Q0 {y + 12} 98 {y}", mix(BLUE, PAPER, 0.3), 5) for y in (-16, 8, 32)
    )
    return loops + cloth + folds
