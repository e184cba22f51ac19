"""Nine windows of one house, and who lives behind them."""

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
    STONE,
    WOOD,
    disc,
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
from drawing import SQUARE, Drawing, sheet
from things import heap, leeks

SHADE = mix(BRICK, INK, 0.6)


def neighbours() -> Drawing:
    """Nine windows of one house; from one to the next a basket goes up on a string."""
    seams = "".join(line([(-60, y), (1260, y)], mix(NIGHT, DUSK, 0.6), 6) for y in (408, 792))
    panes, lives = (
        [],
        (_plant, _cat, _waving, _cup, _pull, _child, _lantern_pole, _basket_giver, _candle_end),
    )
    for n, life in enumerate(lives):
        x, y = 215 + 385 * (n % 3), 212 + 384 * (n // 3)
        tone = (AMBER, mix(AMBER, LAMP, 0.5), LAMP, mix(LAMP, PAPER, 0.4))[(n * 3 + n // 3) % 4]
        panes.append(glow(x, y, 250, AMBER, 0.4) + rect(x - 142, y - 148, 284, 296, INK))
        scene = rect(x - 126, y - 132, 252, 264, tone) + put(life(), at=(x, y + 132))
        panes.append(within(rect(x - 126, y - 132, 252, 264, PAPER), scene))
        panes.append(rect(x - 5, y - 132, 10, 110, INK) + rect(x - 126, y - 30, 252, 9, INK))
        panes.append(rect(x - 166, y + 144, 332, 22, mix(DUSK, STONE, 0.5)))
    rope = line([(654, 758), (655, 838)], PAPER, 6)
    basket = put(
        shape("M-52 -44H52L38 30H-38Z", WOOD)
        + stroke("M-50 -44Q0 -130 50 -44", WOOD, 9)
        + put(heap("basket", 70, 19, CLAY, 3), at=(0, -36))
        + put(leeks(3, 80), at=(-10, -20)),
        at=(655, 870),
    )
    return sheet(SQUARE, mix(NIGHT, DUSK, 0.3), seams, "".join(panes), rope + basket)


def _bust(hair: str = "") -> str:
    """Draw head and shoulders against the light, standing on a sill at (0, 0)."""
    return (
        shape("M-70 0C-72 -70 -40 -86 0 -88S72 -70 70 0Z", SHADE) + disc(0, -120, 38, SHADE) + hair
    )


def _plant() -> str:
    leaves = "".join(
        stroke(f"M0 -60Q{x} -130 {x * 1.7} {-150 + abs(x) * 0.6}", PINE, 15)
        for x in (-50, -26, 4, 30, 54)
    )
    return leaves + poly([(-46, -66), (46, -66), (34, 0), (-34, 0)], BRICK)


def _cat() -> str:
    body = shape("M-50 0C-62 -80 -30 -108 -6 -110S56 -70 50 0Z", INK) + disc(-4, -124, 36, INK)
    ears = poly([(-36, -138), (-32, -178), (-8, -154)], INK) + poly(
        [(2, -154), (24, -178), (30, -136)], INK
    )
    return body + ears + stroke("M46 -10Q110 -10 96 -70", INK, 14)


def _waving() -> str:
    return _bust() + line([(54, -50), (92, -90), (84, -160)], SHADE, 24) + disc(84, -176, 17, SHADE)


def _cup() -> str:
    cup = poly([(34, -60), (92, -60), (84, 0), (42, 0)], PAPER) + rect(35, -46, 55, 10, BLUE)
    return put(_bust(), at=(-40, 0)) + cup + line([(60, -80), (66, -110), (58, -136)], PAPER, 7)


def _pull() -> str:
    return put(_bust(), at=(-24, 0)) + line([(20, -56), (60, -30), (52, 30)], SHADE, 24)


def _child() -> str:
    child = (
        put(_bust(), at=(-46, 0), size=0.72)
        + disc(-72, -106, 13, SHADE)
        + disc(-20, -106, 13, SHADE)
    )
    plane = poly([(20, -150), (108, -186), (60, -120), (54, -142)], PAPER)
    return child + line([(-10, -40), (18, -86)], SHADE, 17) + plane


def _lantern_pole() -> str:
    shade = poly([(-56, -150), (56, -150), (30, -206), (-30, -206)], CLAY)
    table = (
        rect(-100, -50, 200, 16, SHADE)
        + rect(-70, -34, 14, 40, SHADE)
        + rect(56, -34, 14, 40, SHADE)
    )
    return line([(0, -280), (0, -200)], SHADE, 7) + shade + table + oval(0, -62, 46, 14, PAPER)


def _basket_giver() -> str:
    return _bust() + line([(50, -56), (96, -130), (62, -206)], SHADE, 24)


def _candle_end() -> str:
    flame = shape("M0 -176C26 -136 24 -112 0 -106C-24 -112 -26 -136 0 -176Z", PAPER)
    return rect(-20, -104, 40, 104, BRICK, 6) + flame + oval(0, -4, 56, 12, SHADE)
