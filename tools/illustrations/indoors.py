"""In the rooms of Tongzhou, spring 2020: a phone, an easel, exercises."""

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
    faded,
    glow,
    line,
    mix,
    oval,
    poly,
    put,
    rect,
    shape,
    within,
)
from drawing import LANDSCAPE, PORTRAIT, SQUARE, Drawing, sheet
from people import OFFER, RAISE, STAND, SUIT, figure, plain
from things import cabbage, carrots, heap, house, leeks


def grab_order() -> Drawing:
    """A phone in the dark: somebody asks for vegetables and three answer at once."""
    phone = rect(200, 90, 500, 1020, INK, 56) + rect(226, 120, 448, 960, mix(PAPER, SAND, 0.3), 36)
    top = shape("M226 220V156Q226 120 262 120H638Q674 120 674 156V220Z", BLUE) + disc(
        450, 146, 8, INK
    )
    parts = []
    rows = (
        (290, False, 220, AMBER),
        (430, False, 300, AMBER),
        (590, True, 250, LEAF),
        (720, True, 190, LEAF),
        (850, True, 230, LEAF),
    )
    for n, (y, mine, w, colour) in enumerate(rows):
        x = 650 - w if mine else 252
        parts.append(disc(622 if mine else 278, y + 40, 26, (CLAY, CLAY, PINE, DUSK, BRICK)[n]))
        x = x - 66 if mine else 252 + 66
        parts.append(rect(x, y, w, 88, mix(colour, PAPER, 0.45), 22))
        tail = (
            [(x + w - 4, y + 24), (x + w + 18, y + 40), (x + w - 4, y + 56)]
            if mine
            else [(x + 4, y + 24), (x - 18, y + 40), (x + 4, y + 56)]
        )
        parts.append(poly(tail, mix(colour, PAPER, 0.45)))
        parts.append(
            line([(x + 30, y + 32), (x + w - 36, y + 32)], mix(colour, INK, 0.35), 9)
            + line([(x + 30, y + 58), (x + w * 0.6, y + 58)], mix(colour, INK, 0.35), 9)
        )
    field = rect(250, 990, 300, 60, PAPER, 30) + disc(614, 1020, 34, AMBER)
    food = (
        put(leeks(5, 250), at=(252, 1080))
        + put(carrots(4, 240), at=(690, 1080), turn=10)
        + put(cabbage(110), at=(150, 1090))
        + put(heap("grab", 200, 52, CLAY, 4), at=(560, 1160))
        + put(heap("grab2", 170, 50, AMBER, 3), at=(350, 1170))
        + put(cabbage(96), at=(800, 1110))
    )
    return sheet(
        PORTRAIT, NIGHT, glow(450, 560, 760, LAMP, 0.62), phone, top + "".join(parts) + field, food
    )


def watercolour() -> Drawing:
    """An old man's easel by the window: he paints the volunteers he sees at the gate."""
    floor = rect(-60, 650, 1320, 220, mix(WOOD, SAND, 0.3))
    pane = (
        rect(70, 90, 330, 440, PAPER)
        + rect(88, 108, 294, 404, mix(LAMP, PAPER, 0.4))
        + rect(226, 108, 18, 404, PAPER)
        + rect(50, 526, 370, 28, PAPER)
    )
    view = poly([(88, 420), (382, 380), (382, 512), (88, 512)], mix(LEAF, PAPER, 0.35)) + disc(
        320, 190, 44, AMBER
    )
    beam = faded(0.35, poly([(400, 110), (400, 530), (930, 870), (1260, 870), (1260, 560)], LAMP))
    legs = (
        line([(560, 800), (690, 60), (700, 60)], WOOD, 18)
        + line([(1010, 800), (870, 60)], WOOD, 18)
        + line([(780, 60), (784, 620)], mix(WOOD, INK, 0.3), 14)
        + rect(540, 606, 480, 26, WOOD, 6)
    )
    board = poly([(530, 110), (1030, 110), (1040, 606), (520, 606)], PAPER)
    wash = "".join(
        faded(0.55, shape(d, c))
        for d, c in (
            (
                "M560 150C700 120 900 150 1000 140C1010 240 990 330 1000 380C860 400 700 370 566 390C550 300 570 220 560 150Z",
                LAMP,
            ),
            (
                "M560 380C700 350 860 420 1004 380C1010 460 1000 520 1002 570C860 590 700 560 560 576C550 500 566 440 560 380Z",
                mix(LEAF, PAPER, 0.2),
            ),
            ("M590 260C620 240 640 250 650 270L654 400H590Z", BRICK),
            ("M900 230C930 220 970 230 990 240L988 390H896Z", mix(STONE, PAPER, 0.1)),
        )
    )
    painted = faded(
        0.92,
        put(figure(STAND, SUIT, 2, 0.3), at=(720, 540), size=2.3),
        put(figure(OFFER, plain(BLUE, DUSK), 2, 0.3), at=(860, 556), size=2.1, flip=True),
    )
    shelf = (
        rect(1060, 690, 150, 18, WOOD)
        + rect(1076, 590, 66, 100, mix(BLUE, PAPER, 0.55), 8)
        + rect(1076, 640, 66, 50, mix(BLUE, PAPER, 0.2), 8)
        + "".join(
            line([(1100 + 8 * n, 650), (1086 + 24 * n, 500 - 12 * n)], (WOOD, AMBER, BRICK)[n], 9)
            for n in range(3)
        )
        + "".join(
            line([(1086 + 24 * n, 500 - 12 * n), (1083 + 27 * n, 474 - 12 * n)], INK, 13)
            for n in range(3)
        )
    )
    pans = rect(360, 712, 190, 50, PAPER, 10) + "".join(
        disc(384 + 36 * n, 737, 14, c) for n, c in enumerate((CLAY, AMBER, LEAF, BLUE, BRICK))
    )
    stool = (
        rect(330, 762, 250, 20, WOOD)
        + line([(360, 780), (350, 860)], WOOD, 16)
        + line([(550, 780), (562, 860)], WOOD, 16)
    )
    return sheet(
        LANDSCAPE,
        mix(SAND, CLAY, 0.35),
        floor + pane,
        within(rect(88, 108, 294, 404, PAPER), view) + rect(226, 108, 18, 404, PAPER),
        beam,
        legs + board,
        wash + painted,
        shelf + stool + pans,
    )


def aerobics() -> Drawing:
    """Exercises at home: grandmother's arms go up with those on the little screen."""
    floor = rect(-60, 880, 1320, 400, mix(WOOD, AMBER, 0.35)) + "".join(
        line([(x, 880), (x * 1.5 - 300, 1260)], mix(WOOD, AMBER, 0.15), 5)
        for x in range(0, 1300, 160)
    )
    rug = (
        oval(520, 1080, 420, 84, BRICK)
        + oval(520, 1080, 370, 66, CLAY)
        + oval(520, 1080, 320, 50, BRICK)
    )
    pane = (
        rect(110, 130, 330, 420, PAPER)
        + rect(132, 152, 286, 376, mix(NIGHT, DUSK, 0.6))
        + rect(266, 152, 18, 376, PAPER)
    )
    far = (
        within(
            rect(132, 152, 286, 376, PAPER), put(house("aero", 6, 7, 0.3, (40, 44)), at=(140, 560))
        )
        + rect(266, 152, 18, 376, PAPER)
        + rect(90, 548, 370, 26, PAPER)
    )
    screen = (
        rect(860, 560, 270, 180, INK, 12)
        + rect(874, 574, 242, 152, LAMP, 6)
        + rect(880, 740, 230, 20, INK, 6)
    )
    leader = "".join(
        put(figure(RAISE, plain(c, INK), 2, 0.25), at=(x, 722), size=s)
        for x, s, c in ((995, 1.32, CLAY), (930, 1.02, PINE), (1060, 1.02, DUSK))
    )
    table = (
        rect(800, 760, 400, 26, WOOD)
        + rect(830, 786, 24, 290, WOOD)
        + rect(1150, 786, 24, 290, WOOD)
    )
    cup = rect(820, 690, 50, 70, PAPER, 10) + rect(820, 706, 50, 14, BLUE)
    granny = put(
        figure(RAISE, plain(BLUE, mix(INK, DUSK, 0.4), mix(SAND, STONE, 0.35)), 2.8, 0.3, away=True)
        + disc(2, -104, 6.5, mix(SAND, STONE, 0.35)),
        at=(520, 1090),
        size=7,
    )
    return sheet(
        SQUARE,
        mix(SAND, LEAF, 0.35),
        pane,
        far + floor,
        rug + table,
        screen + leader + cup,
        glow(995, 650, 620, LAMP, 0.65),
        granny,
    )
