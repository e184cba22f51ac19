"""The walls of one house as SVG: shell, roof, furniture, halos, and the windows of the far city."""

from __future__ import annotations

from candlelight.make.facade_room import LIT, number
from candlelight.plan.facade import House, Tier
from candlelight.plan.windows import Window

EAVES = {"close": 6, "near": 5, "mid": 3, "far": 2}  # how far a roof reaches over the wall
HALO = {"close": 42, "near": 42, "mid": 19}


class Outline:
    """Where the parts of a house lie, for the page and for the card alike; units of the house."""

    def __init__(self, house: House, tier: Tier) -> None:
        self.wide = house.width
        self.foot = house.height
        self.plate = house.height - tier.plate
        self.roof = tier.head  # of the top floor
        self.indent = (house.width - house.columns * tier.cell[0]) / 2
        setback = house.roof in ("left", "right")
        self.shoulder = tier.head + (tier.cell[1] if setback else 0)  # of the whole width
        self.top = self._top(house, tier)  # left and right edge of the top floor
        self.floors = tuple(tier.head + tier.cell[1] * floor for floor in range(1, house.floors))
        self.shade = min(tier.pad, 10)  # the side turned from the moon
        self.peak = tier.head - min(tier.head - 1, 0.42 * house.width)
        self.eaves = EAVES[tier.name]

    def _top(self, house: House, tier: Tier) -> tuple[float, float]:
        width = self.indent + house.top * tier.cell[0]
        if house.roof == "left":
            return 0, width
        if house.roof == "right":
            return self.wide - width, self.wide
        return 0, self.wide


def shell(house: House, tier: Tier) -> str:
    """Walls, slabs, moonlit edge, dark side, ground floor, and what stands on the roof."""
    o = Outline(house, tier)
    left, right = o.top
    far = tier.name == "far"
    n = number
    body = f"M0 {n(o.shoulder)}H{n(o.wide)}V{n(o.foot)}H0z"
    if o.shoulder != o.roof:
        body += f"M{n(left)} {n(o.roof)}H{n(right)}V{n(o.shoulder)}H{n(left)}z"
    if house.roof == "gable":
        body += f"M{n(o.wide / 2)} {n(o.peak)}L{n(o.wide)} {n(o.roof)}H0z"
    parts = [
        "" if far or house.roof == "gable" else furniture(house, tier),
        f'<path class="wl-wall{house.wall}" d="{body}"/>',
        f'<path class="wl-shade" d="{_shade(o)}"/>',
        "" if far else f'<path class="wl-slab" d="{_slabs(o)}"/>',
        f'<path class="wl-plate" d="M0 {n(o.plate)}H{n(o.wide)}V{n(o.foot)}H0z"/>',
        "" if far else f'<path class="wl-moonlit" d="{_moonlit(o)}"/>',
        f'<path class="wl-roof" d="{roof(house, o)}"/>',
    ]
    return "".join(parts)


def roof(house: House, o: Outline) -> str:
    """The lines of the roof: two slopes, one slab, or a slab on each height of a set-back roof."""
    n, over = number, o.eaves
    if house.roof == "gable":
        drop = (o.roof - o.peak) / (o.wide / 2) * over
        ends = n(o.roof + drop)
        return f"M{n(-over)} {ends}L{n(o.wide / 2)} {n(o.peak)}L{n(o.wide + over)} {ends}"
    left, right = o.top
    line = f"M{n(left - over)} {n(o.roof)}H{n(right + over)}"
    if house.roof == "left":
        line += f"M{n(right)} {n(o.shoulder)}H{n(o.wide + over)}"
    if house.roof == "right":
        line += f"M{n(-over)} {n(o.shoulder)}H{n(left)}"
    return line


def furniture(house: House, tier: Tier) -> str:
    """An aerial, a chimney or a water tank, drawn for the near tier and scaled to the others."""
    o = Outline(house, tier)
    left, right = o.top
    scale = {"close": 1.25, "near": 1, "mid": 0.62}[tier.name]
    x = left + (right - left) * house.perch
    drawn = {
        "aerial": '<path class="wl-thin" d="M0 0V-17M-7-12.4H7M-4-7.6H4"/>',
        "chimney": '<path class="wl-wall{} wl-edge" d="M-9.5 0V-13H9.5V0"/>'
        '<path class="wl-roof" d="M-12-13.4H12"/>',
        "tank": '<path class="wl-wall{} wl-edge" d="M-14 0L-9.6-11.4H9.6L14 0z"/>'
        '<circle class="wl-wall{} wl-edge" cy="-13.6" r="3.9"/>',
    }[house.furniture].replace("{}", str(house.wall))
    return f'<g transform="translate({number(x)} {number(o.roof)})scale({scale:g})">{drawn}</g>'


def halos(house: House, tier: Tier) -> str:
    """The light that lit windows throw on the wall; all of it lies under all windows."""
    lit = [window for window in house.windows if window.lit]
    wide, high = tier.cell
    return (
        '<g class="wl-halos" fill="url(#wl-halo)">{}</g>'.format(
            "".join(
                f'<circle cx="{number(window.x + wide / 2)}" cy="{number(window.y + high / 2)}"'
                f' r="{HALO[tier.name]}"/>'
                for window in lit
            )
        )
        if lit
        else ""
    )


def far_lights(house: House) -> str:
    """The windows of a far house: one path a tone, in tenths, a window being `m dx dy h31`."""
    by_tone: dict[int, list[Window]] = {}
    for window in house.windows:
        by_tone.setdefault(window.tone if window.lit else len(LIT), []).append(window)
    paths = "".join(
        f'<path class="wl-f{tone}" d="{_strokes(by_tone[tone])}"/>' for tone in sorted(by_tone)
    )
    return f'<g class="wl-far-lights" transform="scale(.1)">{paths}</g>'


def _strokes(windows: list[Window]) -> str:
    x = y = 0
    steps = []
    for window in windows:
        # The pane is centred in its cell of 55 × 80; the stroke runs along its middle.
        nx, ny = round(window.x * 10) + 12, round(window.y * 10) + 40
        steps.append(f"m{nx - x} {ny - y}h31".replace(" -", "-"))
        x, y = nx + 31, ny
    return "".join(steps)


def _shade(o: Outline) -> str:
    n = number
    top = o.roof if o.top[1] == o.wide else o.shoulder
    return f"M{n(o.wide - o.shade)} {n(top)}h{n(o.shade)}V{n(o.foot)}h{n(-o.shade)}z"


def _slabs(o: Outline) -> str:
    n = number
    left, right = o.top
    lines = [f"M0 {n(y)}H{n(o.wide)}" for y in o.floors if y != o.shoulder]
    if o.shoulder != o.roof:
        lines.append(f"M{n(left)} {n(o.shoulder)}H{n(right)}")
    return "".join(lines)


def _moonlit(o: Outline) -> str:
    n = number
    left, _ = o.top
    if left == 0:
        return f"M.5 {n(o.roof)}V{n(o.foot)}"
    return f"M{n(left + 0.5)} {n(o.roof)}V{n(o.shoulder)}M.5 {n(o.shoulder)}V{n(o.foot)}"
