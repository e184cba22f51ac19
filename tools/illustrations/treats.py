"""What was given away to be shared: melons, an ear of corn, buns."""

from cut import (
    AMBER,
    BLUE,
    BRICK,
    CLAY,
    INK,
    LAMP,
    LEAF,
    PAPER,
    PINE,
    SAND,
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
    word,
)
from drawing import LANDSCAPE, SQUARE, Drawing, sheet
from people import palm
from things import steam, sun


def melons() -> Drawing:
    """Watermelons and a crate of water that the residents clubbed together for."""
    table = rect(-60, 560, 1320, 320, SAND) + line(
        [(-60, 560), (1260, 560)], mix(SAND, BRICK, 0.25), 7
    )
    shades = "".join(
        oval(x, y, rx, 20, mix(SAND, INK, 0.16))
        for x, y, rx in ((330, 652, 250), (620, 650, 190), (985, 640, 250))
    )
    return sheet(
        LANDSCAPE,
        PAPER,
        sun(980, 150, 100),
        table + shades,
        put(_melon(210), at=(320, 448)) + put(_melon(160), at=(628, 490)),
        put(_crate(), at=(960, 632), size=0.94),
        "".join(
            put(_slice(), at=(x, y), size=size, turn=turn)
            for x, y, size, turn in (
                (150, 740, 0.9, -8),
                (400, 748, 1.08, 4),
                (690, 742, 1.0, -4),
                (1104, 776, 0.64, 6),
            )
        ),
    )


def _melon(r: float) -> str:
    """Draw a whole watermelon around (0, 0) with its stalk."""
    stripes = "".join(
        stroke(f"M0 {-r}C{x * 1.5} {-r * 0.5} {x * 1.5} {r * 0.5} 0 {r}", PINE, r * 0.085)
        for x in (-r * 0.86, -r * 0.55, -r * 0.2, r * 0.2, r * 0.55, r * 0.86)
    )
    body = oval(0, 0, r * 1.05, r, LEAF)
    shade = shape(
        f"M{-r * 1.2} {-r}H{-r * 0.3}C{-r} {-r * 0.3} {-r * 0.8} {r * 0.6} {-r * 0.1} {r * 1.1}H{-r * 1.2}Z",
        INK,
        opacity=0.13,
    )
    return (
        body
        + within(body, stripes, shade)
        + stroke(f"M0 {-r}q{r * 0.02} {-r * 0.2} {r * 0.18} {-r * 0.22}", PINE, r * 0.07)
    )


def _slice() -> str:
    """Draw a wedge of watermelon that stands on its rind."""
    rind = shape("M-150 -10Q0 56 150 -10L140 14Q0 84 -140 14Z", PINE)
    white = shape("M-146 -22Q0 40 146 -22L150 -6Q0 62 -150 -6Z", PAPER)
    flesh = poly([(0, -240), (146, -20), (60, 8), (-60, 8), (-146, -20)], CLAY)
    dark = poly([(0, -240), (-146, -20), (-60, 8), (-50, 0)], mix(CLAY, BRICK, 0.45))
    seeds = "".join(
        oval(x, y, 5.5, 10, INK, x / 4)
        for x, y in (
            (-8, -170),
            (-34, -110),
            (24, -120),
            (-70, -50),
            (-18, -58),
            (34, -60),
            (82, -46),
            (-44, -14),
            (12, -14),
            (58, -16),
        )
    )
    return rind + white + flesh + dark + seeds


def _crate() -> str:
    """Draw a carton of water bottles, the thanks written on it."""
    bottles = ""
    for n in range(6):
        x = -190 + 76 * n
        body = shape(
            f"M{x - 26} 0V-200Q{x - 26} -236 {x - 11} -252V-272H{x + 11}V-252Q{x + 26} -236 {x + 26} -200V0Z",
            mix(PAPER, BLUE, 0.3),
        )
        bottles += (
            body
            + rect(x - 26, -150, 52, 140, BLUE)
            + rect(x - 14, -296, 28, 28, CLAY, 4)
            + rect(x - 16, -240, 7, 80, PAPER, 3)
        )
    box = rect(-230, -150, 460, 150, AMBER) + poly(
        [(-230, -150), (230, -150), (252, -122), (-208, -122)], mix(AMBER, BRICK, 0.3)
    )
    return bottles + box + word("辛苦了", 0, -62, 78, PAPER, letter_spacing=16)


def corn() -> Drawing:
    """An ear of boiled corn on a napkin, put into a gloved hand."""
    hand = put(palm(mix(PAPER, BLUE, 0.6), PAPER, 420), at=(250, 730), size=4.1, turn=-6)
    napkin = poly([(400, 560), (800, 470), (900, 760), (500, 900)], PAPER)
    napkin += poly([(400, 560), (500, 900), (580, 872), (490, 540)], SAND)
    ear = oval(0, 0, 120, 330, AMBER)
    kernels = "".join(
        rect(
            -110 + 40 * col + 2 * (row % 2),
            -330 + 34 * row,
            34,
            28,
            LAMP if (row + col) % 4 else mix(LAMP, AMBER, 0.5),
            10,
        )
        for row in range(20)
        for col in range(6)
    )
    shade = rect(-140, -360, 90, 720, mix(AMBER, BRICK, 0.35))
    husk = (
        shape("M-130 100C-190 240 -120 420 -10 440C-50 320 -60 230 -130 100Z", LEAF)
        + shape("M130 80C210 220 140 420 0 446C50 330 70 230 130 80Z", PINE)
        + shape("M-40 210C-60 330 -30 420 0 446C40 400 50 300 30 210Z", mix(LEAF, PAPER, 0.25))
    )
    cob = ear + within(ear, kernels, faded(0.4, shade)) + husk
    return sheet(
        SQUARE,
        mix(LEAF, PAPER, 0.35),
        disc(700, 540, 470, mix(LEAF, PAPER, 0.6)),
        hand,
        napkin,
        put(cob, at=(660, 650), turn=52, size=1.02),
        steam(700, 400, 290, 22),
    )


def buns() -> Drawing:
    """Steamed bread and stuffed buns for those on duty, in two bamboo steamers."""
    warm = glow(600, 480, 760, LAMP, 0.55)
    return sheet(
        SQUARE,
        mix(BRICK, INK, 0.42),
        warm,
        rect(-60, 985, 1320, 300, mix(WOOD, INK, 0.35)),
        put(_steamer(False), at=(600, 1040)),
        put(_steamer(True), at=(600, 872)),
        steam(600, 450, 390, 40),
    )


def _steamer(filled: bool) -> str:
    """Draw a bamboo steamer, 860 wide, its foot's middle at (0, 0)."""
    cane, dark = mix(AMBER, SAND, 0.3), mix(AMBER, BRICK, 0.45)
    side = shape("M-430 -190V-40A430 96 0 0 0 430 -40V-190Z", cane)
    bands = stroke("M-430 -150A430 96 0 0 0 430 -150", dark, 12) + stroke(
        "M-430 -52A430 96 0 0 0 430 -52", dark, 12
    )
    ties = "".join(rect(x, y, 16, 100, dark, 4) for x, y in ((-240, -70), (0, -50), (226, -70)))
    top = oval(0, -190, 430, 100, dark) + oval(0, -190, 398, 86, mix(SAND, AMBER, 0.2))
    return side + bands + ties + (top + _dough() if filled else "")


def _dough() -> str:
    """Set two rows of plain and pleated buns; they rise above the steamer's rim."""
    parts = []
    for row, places in ((-248, (-230, 0, 230)), (-186, (-300, -104, 104, 300))):
        for n, x in enumerate(places):
            parts.append(put(_bun((n + row) % 2 == 0), at=(x, row)))
    return "".join(parts)


def _bun(pleated: bool) -> str:
    body = shape("M-112 40C-128 -60 -60 -112 0 -112S128 -60 112 40C60 66 -60 66 -112 40Z", PAPER)
    shade = shape(
        "M-112 40C-128 -60 -60 -112 0 -112C-70 -80 -90 0 -50 58C-80 56 -100 48 -112 40Z", SAND
    )
    folds = "".join(
        stroke(f"M0 -98Q{x * 0.6} -84 {x} {-40 + abs(x) * 0.2}", mix(SAND, BRICK, 0.3), 6)
        for x in (-66, -38, -12, 14, 40, 68)
    )
    return body + shade + (folds + disc(0, -98, 9, mix(SAND, BRICK, 0.35)) if pleated else "")
