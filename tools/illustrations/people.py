"""People as one sees them then: a white suit, a mask, or a back. Nobody can be recognised.

A figure stands with its feet around (0, 0) and is 100 units tall; it looks to the right unless
flipped. Light falls from one side: each limb keeps a rim of shade on the other.
"""

from dataclasses import dataclass, replace
from functools import partial

from cut import (
    BLUE,
    INK,
    PAPER,
    SAND,
    SKIN,
    Point,
    disc,
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


@dataclass(frozen=True)
class Pose:
    """Joints of a figure; *far* is the side away from the viewer. Units: a hundredth of it."""

    head: Point = (2, -88)
    chest: Point = (0, -68)
    hip: Point = (0, -44)
    far_arm: tuple[Point, Point] = ((-10, -56), (-11, -42))
    near_arm: tuple[Point, Point] = ((10, -56), (12, -42))
    far_leg: tuple[Point, Point] = ((-6, -24), (-7, -3))
    near_leg: tuple[Point, Point] = ((6, -24), (7, -3))


STAND = Pose()
WALK = Pose(
    (5, -88),
    (2, -68),
    (0, -44),
    ((9, -57), (15, -46)),
    ((-6, -56), (-7, -42)),
    ((-5, -24), (-15, -5)),
    ((9, -25), (11, -3)),
)
CARRY = Pose(
    (4, -87),
    (2, -67),
    (0, -44),
    ((9, -54), (13, -38)),
    ((-7, -54), (-9, -38)),
    ((-4, -24), (-13, -5)),
    ((8, -25), (10, -3)),
)
REACH = replace(STAND, head=(5, -88), chest=(2, -68), near_arm=((14, -60), (29, -64)))
OFFER = replace(REACH, far_arm=((14, -57), (30, -60)), near_arm=((11, -55), (27, -57)))
PUSH = Pose(
    (13, -82),
    (8, -64),
    (-3, -42),
    ((17, -55), (31, -53)),
    ((15, -52), (29, -50)),
    ((-2, -24), (-19, -4)),
    ((8, -26), (7, -3)),
)
BEND = Pose(
    (30, -64),
    (18, -58),
    (-4, -46),
    ((26, -43), (32, -26)),
    ((20, -40), (26, -24)),
    ((-5, -24), (-8, -3)),
    ((4, -24), (3, -3)),
)
CLIMB = Pose(
    (9, -88),
    (5, -68),
    (0, -44),
    ((13, -56), (19, -45)),
    ((-3, -54), (-3, -38)),
    ((-5, -24), (-11, -4)),
    ((13, -35), (15, -17)),
)
CROUCH = Pose(
    (9, -58),
    (4, -40),
    (-4, -19),
    ((18, -33), (28, -26)),
    ((15, -29), (26, -20)),
    ((11, -20), (5, -3)),
    ((14, -18), (9, -3)),
)
SIT = Pose(
    (2, -58),
    (0, -38),
    (-3, -15),
    ((10, -28), (17, -22)),
    ((9, -24), (16, -17)),
    ((16, -24), (24, -3)),
    ((18, -20), (28, -3)),
)
RAISE = replace(STAND, far_arm=((-23, -80), (-21, -108)), near_arm=((23, -80), (23, -108)))


@dataclass(frozen=True)
class Wear:
    """Colours of what someone wears; *hood* is a suit's, without it there is *hair*."""

    coat: str = PAPER
    legs: str = PAPER
    glove: str = SAND
    shoe: str = SAND
    hood: bool = True
    hair: str = INK
    mask: str = SAND
    skin: str = SKIN


SUIT = Wear()


def plain(coat: str, legs: str, hair: str = INK, mask: str = PAPER) -> Wear:
    """Dress somebody in everyday clothes."""
    return Wear(coat, legs, SKIN, INK, hood=False, hair=hair, mask=mask)


def silhouette(colour: str) -> Wear:
    """Let somebody be seen only as a dark shape."""
    return Wear(colour, colour, colour, colour, hood=False, hair=colour, mask=colour, skin=colour)


def _lit(light: float, shade: float, colour: str, draw: "partial[str]") -> str:
    """Draw one limb in shade, then its lit part moved by *light* but kept within it."""
    dark = draw(colour=mix(colour, INK, shade))
    moved = put(draw(colour=colour), at=(light, -abs(light) * 0.4))
    return dark + within(draw(colour="#FFFFFF"), moved)


def _limb(start: Point, joints: tuple[Point, Point], width: float, colour: str) -> str:
    return line([start, *joints], colour, width)


def _torso(chest: Point, hip: Point, colour: str) -> str:
    (cx, cy), (hx, hy) = chest, hip
    outline = [(cx - 8, cy - 5), (cx + 8, cy - 5), (hx + 10, hy + 2), (hx - 10, hy + 2)]
    if abs(cx - hx) > abs(cy - hy):  # bent over: the back lies flat
        outline = [(cx + 3, cy - 9), (cx + 3, cy + 8), (hx - 2, hy + 7), (hx - 4, hy - 9)]
    return poly(outline, colour, stroke=colour, stroke_width=8, stroke_linejoin="round")


def _head(colour: str) -> str:
    return shape("M-11.5 9C-14 -4 -11 -13 0.5 -13S13 -4 11 9C6 13 -6 13 -11.5 9Z", colour)


def _face(wear: Wear, shade: float, away: bool) -> str:
    """Cover the face: goggles and mask; from behind there is only a seam or hair."""
    if away:
        return "" if wear.hood else oval(0, -3, 11, 11, wear.hair)
    if wear.hood:
        opening = oval(3.4, 0.6, 7.6, 8.8, mix(SKIN, INK, shade * 0.6))
        mask = shape("M-3.6 2C1 0 8 0 10.8 2C11 7 8 10 3.6 10S-3.4 7 -3.6 2Z", wear.mask)
        goggles = rect(-3.6, -5.6, 14.6, 6.2, mix(INK, BLUE, 0.25), 2.8)
        return opening + mask + goggles + line([(7, -4), (8.6, -2)], PAPER, 1.1)
    skin = oval(2, 0, 8.6, 10, wear.skin)
    hair = shape(
        "M-9.5 3C-13 -9 -6 -13.5 1 -13.2S12 -9 10.4 -3.6C5 -5 0 -6 -2 -3C-4 0 -5 4 -9.5 3Z",
        wear.hair,
    )
    mask = shape("M-2.6 1.4C2 0 8 0 10.8 1.4C11 6.6 8 10.2 3.8 10.2S-2.4 7 -2.6 1.4Z", wear.mask)
    return skin + hair + mask + stroke("M-2.6 2.4L-8 0.6", wear.mask, 0.9)


def figure(
    pose: Pose, wear: Wear = SUIT, light: float = 2.6, shade: float = 0.3, away: bool = False
) -> str:
    """Draw somebody 100 units tall.

    *light* is how far the lit part moves: positive, the light stands at the right. *shade* (0 to
    1) is the depth of the dark side. *away* turns the back to us.
    """
    lit = partial(_lit, light, shade)
    coat, legs = wear.coat, wear.legs
    shoulder, hip = pose.chest, pose.hip
    behind = [
        _lit(
            light,
            min(1, shade + 0.1),
            coat,
            partial(_limb, (shoulder[0] - 4, shoulder[1] - 3), pose.far_arm, 8.6),
        ),
        disc(*pose.far_arm[1], 4.2, mix(wear.glove, INK, shade * 0.6)),
        _lit(
            light, min(1, shade + 0.1), legs, partial(_limb, (hip[0] - 3, hip[1]), pose.far_leg, 11)
        ),
        oval(
            pose.far_leg[1][0] + 3, pose.far_leg[1][1] + 1, 8, 3.6, mix(wear.shoe, INK, shade + 0.1)
        ),
        lit(legs, partial(_limb, (hip[0] + 3, hip[1]), pose.near_leg, 11.6)),
        oval(
            pose.near_leg[1][0] + 3,
            pose.near_leg[1][1] + 1,
            8,
            3.6,
            mix(wear.shoe, INK, shade * 0.4),
        ),
        lit(coat, partial(_torso, shoulder, hip)),
    ]
    if wear.hood and not away:
        zip_at = (shoulder[0] + 3, shoulder[1] - 3)
        behind.append(line([zip_at, (hip[0] + 3, hip[1] + 2)], mix(SAND, INK, 0.22), 0.9))
    head = lit(coat if wear.hood else wear.skin, partial(_head))
    near = [
        put(head + _face(wear, shade, away), at=pose.head),
        lit(coat, partial(_limb, (shoulder[0] + 4, shoulder[1] - 3), pose.near_arm, 9)),
        disc(*pose.near_arm[1], 4.4, wear.glove),
    ]
    return "".join(behind + near)


def palm(skin: str = SKIN, sleeve: str = PAPER, reach: float = 260) -> str:
    """Draw a flat hand seen from above, fingers to the right, wrist at (0, 0), 200 units long.

    The sleeve runs *reach* units to the left.
    """
    dark = mix(skin, INK, 0.14)
    arm = poly([(-reach, -78), (-8, -50), (-8, 50), (-reach, 84)], sleeve)
    cuff = rect(-26, -54, 26, 108, mix(sleeve, INK, 0.12), 8)
    hand = shape("M-6 -36C40 -60 84 -56 100 -44L104 46C70 62 20 50 -6 36Z", skin)
    fingers = "".join(
        line([(92, y), (150 + out, y * 1.14)], skin, 25)
        for y, out in ((-34, 14), (-10, 34), (15, 30), (38, 6))
    )
    gaps = "".join(line([(104, y), (150, y * 1.1)], dark, 3) for y in (-22, 2, 27))
    thumb = line([(28, -34), (66, -84), (92, -96)], skin, 28)
    return arm + hand + thumb + fingers + gaps + cuff


def fist(skin: str = SKIN, sleeve: str = PAPER, reach: float = 240) -> str:
    """Draw a hand that grips a bar at (0, 0) from above, the arm coming from the left.

    The hand is about 90 units wide; the sleeve runs *reach* units to the left.
    """
    dark = mix(skin, INK, 0.16)
    arm = poly([(-reach, -70), (-46, -40), (-46, 34), (-reach, 62)], sleeve)
    cuff = rect(-66, -44, 26, 84, mix(sleeve, INK, 0.12), 8)
    back = shape("M-48 -34C-20 -50 26 -48 44 -26C52 -8 46 20 30 30L-48 30Z", skin)
    fingers = "".join(line([(x, 6), (x + 3, 30)], skin, 21) for x in (-26, -4, 18, 36))
    gaps = "".join(line([(x, 10), (x + 2, 34)], dark, 2.6) for x in (-15, 7, 28))
    return arm + back + fingers + gaps + cuff
