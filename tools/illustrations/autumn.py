"""Urumqi, autumn 2022: beds at three in the morning, carts, a notebook."""

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
)
from drawing import LANDSCAPE, PANORAMA, SQUARE, Drawing, sheet, stars
from people import BEND, CARRY, OFFER, PUSH, SUIT, figure
from things import house, lamp_post


def beds() -> Drawing:
    """Three in the morning: a hall is turned into a shelter, bed after bed under the lamps."""
    wall = rect(-60, 130, 1700, 200, mix(NIGHT, DUSK, 0.6)) + "".join(
        rect(60 + 190 * n, 170, 110, 90, mix(INK, NIGHT, 0.5)) for n in range(8)
    )
    floor = rect(-60, 320, 1700, 320, mix(STONE, SAND, 0.2))
    lights = "".join(
        poly([(x - 54, 84), (x + 54, 84), (x + 34, 56), (x - 34, 56)], INK)
        + line([(x, -40), (x, 56)], INK, 6)
        + oval(x, 86, 50, 10, PAPER)
        for x in (300, 780, 1260)
    )
    pools = "".join(
        faded(0.17, poly([(x - 50, 88), (x + 50, 88), (x + 250, 470), (x - 250, 470)], LAMP))
        + glow(x, 90, 250, LAMP, 0.6)
        for x in (300, 780, 1260)
    )
    rows = ""
    for row, (y, size) in enumerate(((352, 0.62), (414, 0.82), (504, 1.15))):
        for n in range(9):
            x = 780 + (n - 4) * 205 * size + (18 if row == 1 else 0)
            if row == 2 and n in (3, 6):
                continue
            rows += put(_camp_bed((row * 2 + n) % 3 == 0), at=(x, y), size=size)
    workers = (
        put(figure(BEND, SUIT, -2.6, 0.34), at=(560, 540), size=2.3)
        + put(figure(OFFER, SUIT, 2.6, 0.34), at=(1170, 548), size=2.3, flip=True)
        + put(
            rect(-34, -14, 68, 30, BLUE, 8) + line([(-30, 2), (30, 2)], mix(BLUE, PAPER, 0.4), 3),
            at=(1104, 408),
        )
        + put(figure(CARRY, SUIT, 2.6, 0.34), at=(240, 420), size=1.5)
    )
    return sheet(PANORAMA, mix(INK, NIGHT, 0.5), wall + floor, lights + pools, rows, workers)


def _camp_bed(made: bool) -> str:
    """Draw a camp bed, 170 wide, its feet at y = 0; a *made* one has its quilt folded."""
    legs = "".join(line([(x, -34), (x, 0)], INK, 6) for x in (-78, -20, 40, 78))
    mattress = poly([(-90, -34), (90, -34), (78, -62), (-76, -62)], PAPER) + rect(
        -90, -36, 180, 14, SAND
    )
    pillow = rect(-72, -74, 44, 20, mix(PAPER, LAMP, 0.2), 8)
    quilt = (
        rect(16, -92, 58, 36, CLAY, 8) + line([(20, -74), (70, -74)], BRICK, 4)
        if made
        else poly([(-20, -62), (80, -62), (92, -32), (-16, -32)], AMBER)
    )
    return legs + mattress + pillow + quilt


def carts() -> Drawing:
    """After the tests the day's rubbish: a handcart piled with bags, two hours of it."""
    blocks = (
        put(house("c1", 6, 7, 0.24), at=(-30, 560))
        + put(house("c2", 5, 9, 0.2), at=(330, 560))
        + put(house("c3", 9, 6, 0.22), at=(680, 560))
    )
    ground = rect(-60, 555, 1320, 320, mix(INK, NIGHT, 0.35)) + oval(
        640, 720, 540, 84, mix(AMBER, NIGHT, 0.62)
    )
    heap_ = "".join(
        put(_sack(c), at=(x, y), size=s, turn=t)
        for x, y, s, c, t in (
            (560, 520, 1.0, PINE, -8),
            (800, 516, 1.0, mix(PINE, INK, 0.3), 8),
            (680, 500, 1.15, LEAF, 0),
            (620, 400, 0.95, mix(PINE, INK, 0.2), -10),
            (750, 404, 0.95, PINE, 9),
            (690, 310, 0.85, LEAF, 3),
        )
    )
    cart = (
        poly([(470, 520), (900, 520), (860, 650), (510, 650)], BLUE)
        + poly([(470, 520), (900, 520), (896, 546), (476, 546)], mix(BLUE, PAPER, 0.25))
        + line([(476, 545), (398, 558)], STONE, 14)
        + "".join(disc(x, 690, 54, INK) + disc(x, 690, 20, SAND) for x in (580, 800))
    )
    pusher = put(figure(PUSH, SUIT, 2.6, 0.36), at=(290, 742), size=3.5)
    fallen = put(_sack(mix(PINE, INK, 0.25)), at=(1040, 744), size=0.9, turn=14)
    second = put(figure(BEND, SUIT, -2.6, 0.36), at=(1150, 742), size=3.1, flip=True)
    return sheet(
        LANDSCAPE,
        mix(INK, NIGHT, 0.55),
        stars("carts", 1200, 250, 50) + blocks,
        ground + put(lamp_post(520, -60), at=(1000, 700)),
        heap_,
        cart + fallen,
        pusher + second,
    )


def _sack(colour: str) -> str:
    """Draw a tied rubbish bag, its foot's middle at (0, 0), 130 high."""
    body = shape(
        "M-70 0C-96 -60 -60 -96 -14 -104L-26 -132L0 -120L24 -134L14 -104C64 -96 94 -56 70 0Z",
        colour,
    )
    return (
        body
        + stroke("M-16 -104H16", PAPER, 6)
        + stroke("M-40 -70Q-56 -44 -44 -20M30 -74Q44 -50 36 -30", mix(colour, INK, 0.3), 5)
    )


def notebook() -> Drawing:
    """A notebook under a desk lamp: who needs which medicine, ticked off one by one."""
    table = mix(WOOD, INK, 0.15)
    grain = "".join(
        line([(-60, y), (1260, y + 30)], mix(WOOD, INK, 0.32), 5) for y in range(90, 1300, 150)
    )
    book = put(
        rect(-350, -400, 345, 800, PAPER, 10)
        + rect(5, -400, 345, 800, mix(PAPER, SAND, 0.3), 10)
        + rect(-366, -414, 732, 828, "none"),
        at=(540, 640),
        turn=-6,
    )
    cover = put(rect(-372, -420, 744, 840, BLUE, 16), at=(546, 648), turn=-6)
    chance = Random("notebook")
    rows = []
    for n in range(11):
        y, done = -310 + 62 * n, n < 8
        rows.append(rect(-310, y - 18, 30, 30, "none", 3, stroke=INK, stroke_width=5))
        if done:
            rows.append(line([(-308, y - 6), (-298, y + 6), (-276, y - 24)], CLAY, 9))
        x, end = -256.0, chance.uniform(-110, -40)
        while x < end:
            rows.append(
                stroke(
                    f"M{x} {y}q9 {chance.uniform(-16, 0)} 18 0t16 {chance.uniform(-5, 5)}",
                    mix(INK, DUSK, 0.4),
                    6,
                )
            )
            x += 46
    for n in range(6):
        y = -310 + 62 * n
        rows.append(
            stroke(
                f"M50 {y}q20 -14 40 0t40 0t40 2t40 -2" + ("t40 0" if n % 2 else ""),
                mix(INK, DUSK, 0.4),
                6,
            )
        )
    spiral = "".join(stroke(f"M-16 {y}Q0 {y - 26} 16 {y}", STONE, 8) for y in range(-360, 380, 56))
    page = put("".join(rows) + spiral, at=(540, 640), turn=-6)
    pills = put(
        rect(-110, -70, 220, 140, LAMP, 8) + rect(-110, -30, 220, 36, PINE), at=(1030, 480), turn=10
    ) + put(
        rect(-120, -64, 240, 128, SAND, 20)
        + "".join(disc(-84 + 56 * k, -24 + 50 * j, 18, PAPER) for k in range(4) for j in range(2)),
        at=(1020, 700),
        turn=-8,
    )
    pen = put(
        rect(-180, -16, 330, 32, BRICK, 12)
        + poly([(150, -16), (150, 16), (204, 0)], SAND)
        + rect(-180, -16, 60, 32, INK, 12),
        at=(860, 960),
        turn=-150,
    )
    lamp = shape("M820 -60C840 90 1000 210 1260 220V-60Z", PINE) + stroke(
        "M830 0C860 110 1000 214 1260 226", LAMP, 22
    )
    return sheet(
        SQUARE, table, grain, glow(760, 420, 900, LAMP, 0.85), cover, book, page, pills + pen + lamp
    )
