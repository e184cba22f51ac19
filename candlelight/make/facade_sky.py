"""Behind the street: ridges, the peaks of Bogda, far houses; and the wall of one waiting window.

The land lies in a box 640 high whose foot is the street: 1,600 units are drawn, and on the widest
screens their mirror images follow at either side, so that no mountain grows with the screen. Far
houses have no windows: a window means a story.
"""

from __future__ import annotations

import functools

from candlelight.make.facade_room import Points, number, path

LAND = (2560, 640)
DRAWN = 1600
ASIDE = (LAND[0] - DRAWN) // 2

FAR_RIDGE: Points = (
    (0, 352), (60, 336), (122, 344), (268, 316), (330, 340), (400, 349), (450, 346), (535, 295),
    (602, 322), (636, 340), (710, 344), (800, 314), (890, 306), (970, 334), (1060, 318),
    (1150, 318), (1230, 338), (1310, 336), (1440, 316), (1530, 334), (1600, 322),
)  # fmt: skip
NEAR_RIDGE: Points = (
    (0, 436), (90, 414), (160, 424), (240, 434), (327, 391), (464, 462), (520, 440), (600, 417),
    (660, 432), (728, 447), (800, 388), (880, 402), (960, 436), (1010, 412), (1073, 397),
    (1130, 422), (1200, 438), (1318, 410), (1410, 447), (1500, 400), (1600, 430),
)  # fmt: skip
BOGDA: Points = (
    (560, 380), (602, 322), (626, 297), (654, 267), (689, 278), (717, 239), (750, 193), (775, 209),
    (783, 197), (823, 130), (853, 173), (875, 163), (926, 228), (963, 220), (992, 253), (1028, 292),
    (1090, 310), (1150, 330), (1180, 400), (560, 420),
)  # fmt: skip
SNOW: tuple[Points, ...] = (
    ((627, 297), (654, 267), (689, 278), (671, 286), (654, 308), (644, 292)),
    ((717, 239), (750, 193), (775, 209), (766, 263), (756, 242), (742, 275), (730, 251),
     (711, 269)),
    (
        (800, 168), (823, 130), (865, 194), (858, 236), (843, 204), (833, 250), (819, 215),
        (803, 260), (792, 221), (773, 238), (783, 197),
    ),
    ((866, 184), (875, 163), (926, 228), (902, 234), (888, 204), (875, 223)),
    ((963, 220), (992, 253), (979, 267), (966, 238), (943, 252)),
)  # fmt: skip

# Left edge, roof, width; a small block on the roof of every other one.
FAR_HOUSES: tuple[tuple[int, int, int], ...] = (
    (0, 500, 62), (58, 455, 44), (132, 448, 70), (250, 470, 58), (345, 442, 52), (430, 505, 76),
    (520, 462, 60), (596, 494, 50), (655, 446, 66), (742, 486, 58), (820, 450, 48), (884, 474, 74),
    (976, 440, 54), (1046, 490, 70), (1128, 456, 58), (1200, 480, 46), (1258, 444, 66),
    (1344, 492, 58), (1412, 452, 62), (1490, 478, 54), (1550, 446, 50),
)  # fmt: skip
NEAR_HOUSES: tuple[tuple[int, int, int], ...] = (
    (20, 540, 70), (104, 516, 56), (176, 552, 84), (282, 524, 62), (360, 548, 74), (462, 518, 58),
    (540, 545, 88), (640, 526, 54), (716, 552, 78), (812, 520, 62), (900, 546, 80), (990, 528, 60),
    (1066, 550, 90), (1170, 522, 56), (1244, 544, 76), (1336, 518, 60), (1410, 550, 84),
    (1504, 530, 66),
)  # fmt: skip


@functools.cache
def backdrop_svg(bogda: bool) -> str:
    """Ridges and far houses, with the three peaks where a theme wants them: decoration only."""
    snow = "".join(path(points) for points in SNOW)
    peaks = f'<path class="wl-bogda" d="{path(BOGDA)}"/><path class="wl-snow" d="{snow}"/>'
    return (
        f'<svg class="wl-land" viewBox="{-ASIDE} 0 {LAND[0]} {LAND[1]}" aria-hidden="true"'
        ' preserveAspectRatio="xMidYMax slice">'
        f"{peaks if bogda else ''}"
        f'<path class="wl-ridge1" d="{path(ridge(FAR_RIDGE))}"/>'
        f'<path class="wl-ridge2" d="{path(ridge(NEAR_RIDGE))}"/>'
        f'<path class="wl-far1" d="{_row(FAR_HOUSES)}"/>'
        f'<path class="wl-far2" d="{_row(NEAR_HOUSES)}"/></svg>'
    )


def ridge(line: Points) -> Points:
    """A ridge as a closed outline, continued by its mirror image at either side."""
    left = tuple((-x, y) for x, y in reversed(line[1:]) if x <= ASIDE)
    right = tuple((2 * DRAWN - x, y) for x, y in reversed(line[:-1]) if DRAWN - x <= ASIDE)
    west, east, foot = -ASIDE, DRAWN + ASIDE, LAND[1]
    ends = ((east, right[-1][1]), (east, foot), (west, foot), (west, left[0][1]))
    return (*left, *line, *right, *ends)


def far_outlines(row: tuple[tuple[int, int, int], ...]) -> tuple[Points, ...]:
    """The silhouettes of one row of far houses."""
    outlines: list[Points] = []
    aside = [(x - DRAWN, roof, wide) for x, roof, wide in row if x + wide > DRAWN - ASIDE]
    beyond = [(x + DRAWN, roof, wide) for x, roof, wide in row if x < ASIDE]
    for place, (x, roof, wide) in enumerate((*aside, *row, *beyond)):
        outlines.append(_box(x, roof, x + wide, LAND[1]))
        if place % 2:
            third = wide / 3
            outlines.append(_box(x + third * 0.6, roof - 9, x + third * 1.7, roof))
    return tuple(outlines)


def _row(row: tuple[tuple[int, int, int], ...]) -> str:
    n = number
    return "".join(
        f"M{n(p[0][0])} {n(p[0][1])}H{n(p[1][0])}V{n(p[2][1])}H{n(p[0][0])}z"
        for p in far_outlines(row)
    )


def _box(left: float, top: float, right: float, foot: float) -> Points:
    return ((left, top), (right, top), (right, foot), (left, foot))


def waiting_window_svg(lit: bool) -> str:
    """The opening of a service point: one wall, one window, a candle on its sill.

    Dark with an unlit candle while the point waits; lit and burning from its first story on.
    """
    return (
        f'<div class="wl-point{" wl-point-lit" if lit else ""}" aria-hidden="true">'
        '<svg class="wl-point-aerial" viewBox="0 0 28 36" width="28" height="36">'
        '<path class="wl-thin" d="M14 36V0M1 8.5H27M6 19H22"/></svg>'
        '<svg class="wl-point-window" viewBox="0 0 250 296" width="250" height="296">'
        f"{_GLOW if lit else ''}"
        f'<path class="wl-frame" d="M15 1H235V281H15z"/>{_PANES[lit]}'
        '<path class="wl-bars" d="M21 89H229M125 7V281"/>'
        f"{_CANDLE[lit]}"
        '<path class="wl-board" d="M1 281H249v13H1z"/>'
        '<path class="wl-board-foot" d="M9 294H241v4H9z"/>'
        '<path fill="#A9432C" d="M152 281h50l-5 8.4h-40z"/></svg></div>'
    )


_GLASS = "M27 13H229V281H27z"
_GLOW = (
    '<defs><radialGradient id="wl-point-halo">'
    '<stop offset="0" stop-color="#F3A64A" stop-opacity=".55"/>'
    '<stop offset=".5" stop-color="#F3A64A" stop-opacity=".2"/>'
    '<stop offset="1" stop-color="#F3A64A" stop-opacity="0"/></radialGradient>'
    '<radialGradient id="wl-point-pane" cx=".74" cy=".74" r=".95">'
    '<stop offset="0" stop-color="#FFF3D0"/><stop offset=".22" stop-color="#F8D188"/>'
    '<stop offset=".62" stop-color="#F0A94B"/><stop offset="1" stop-color="#DE8B38"/>'
    "</radialGradient></defs>"
    '<circle cx="125" cy="150" r="218" fill="url(#wl-point-halo)"/>'
)
_PANES = {
    False: f'<path class="wl-glass" d="{_GLASS}"/>'
    '<path class="wl-moon" d="M121 32V90L27 234V181L106 58zM229 62V92L138 240V178z"/>',
    True: f'<path fill="url(#wl-point-pane)" d="{_GLASS}"/>',
}
_WAX = (
    '<path fill="#EADFC8" d="M163 211q14-9 28 0v70h-28z"/>'
    '<path fill="#CFC2A6" d="M163 211q5-3.4 10-4v74h-10z"/>'
)
_CANDLE = {
    False: f'{_WAX}<path fill="none" stroke="#EADFC8" stroke-width="2.6" d="M177 207V194"/>',
    True: '<ellipse cx="177" cy="180" rx="34" ry="42" fill="#FFFDF4" opacity=".34"/>'
    f'{_WAX}<path fill="none" stroke="#4A2A12" stroke-width="2.2" d="M177 207v-11"/>'
    '<path fill="#FFFDF4" d="M177 158c6 12 10 19 10 27a10 12.5 0 0 1-20 0c0-8 4-15 10-27z"/>'
    '<path fill="#F5BE66" d="M177 178c3 6 4.6 9 4.6 13a4.6 6 0 0 1-9.2 0c0-4 1.6-7 4.6-13z"/>',
}
