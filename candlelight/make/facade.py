"""万家灯火 as HTML: the wall of lights, and one story's own window (look rules 9 to 11).

Classes begin with `wl-`; `assets/css/site.css` gives them colour, scale and motion. All text is
escaped here. Style attributes carry nothing but numbers of the layout, as custom properties.
"""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Callable, Mapping

from candlelight.make.facade_house import far_lights, halos, shell
from candlelight.make.facade_room import GLOW, HALO_STEPS, LIT, glass, number, room, svg, under
from candlelight.plan.facade import FAR, MID, Facade, House, Tier, letters
from candlelight.plan.windows import Window

SLIP_LETTERS = 16  # a longer title is cut on the slip; it stands whole in <title>
SLIP_SIZE = 16  # pixels, on every tier: the stylesheet undoes the scale of the house

_UNSPEAKABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]+")


def facade_html(facade: Facade, url: Callable[[str], str], words: Mapping[str, str]) -> str:
    """The wall: a link past it, the list of houses, and the place where that link leads.

    *words* are `wall`, `skip`, `by` (with `{title}` and `{author}`) and `waiting` (with
    `{title}`). An anthology without any light has no wall: the answer is empty.
    """
    if not facade.houses:
        return ""
    tier = facade.tier
    total = sum(house.width for house in facade.houses)
    gaps = tier.gap * len(facade.houses)
    one = " wl-one" if facade.streets == 1 else ""
    sizes = f"--wl-max:{facade.max_width};--wl-sum:{number(total)};--wl-gaps:{gaps}"
    last = len(facade.houses) - 1
    houses = "".join(
        _house(house, tier, (at == 0, at == last), url, words)
        for at, house in enumerate(facade.houses)
    )
    return (
        f'<a class="wl-skip" href="#wl-end">{text(words["skip"])}</a>'
        f'<nav class="wl-wall wl-{tier.name}{one}" aria-label="{text(words["wall"])}"'
        f' style="{sizes}">{_lamps()}<ol>{houses}</ol></nav>'
        '<div id="wl-end"></div>'
    )


def window_svg(window: Window) -> str:
    """One story's window, 96 × 108, with the light and the life that it has in the city."""
    return _own(_look(window))


def _look(window: Window) -> Window:
    """*window* without all that does not change its drawing: there are some hundred looks."""
    return Window(
        slug="",
        title="",
        author="",
        href="",
        lit=window.lit,
        tone=window.tone,
        life=window.life,
        cross=window.cross,
        cooler=window.cooler,
        shift=window.shift,
    )


@functools.lru_cache(maxsize=1024)
def _room(look: Window) -> tuple[str, str]:
    """What is seen in the pane, and what is under it."""
    return _pane(look) + svg(room(look)), svg(under(look))


@functools.lru_cache(maxsize=1024)
def _own(look: Window) -> str:
    glow = ""
    if look.lit:
        glow = (
            f"<defs>{_lamp_defs((look.tone,))}</defs>"
            '<circle cx="48" cy="51" r="47" fill="url(#wl-halo)"/>'
        )
    return (
        '<svg class="wl-own" viewBox="0 0 96 108" width="96" height="108" aria-hidden="true">'
        f'<path class="wl-own-wall" d="M0 0h96v108H0z"/>{glow}'
        f'<g transform="translate(22 18)scale(1.3)">{_pane(look)}'
        f"{svg(room(look))}{svg(under(look)[:1])}</g></svg>"
    )


def text(value: str) -> str:
    """Any text for HTML: escaped, without the characters that no page may hold."""
    return html.escape(_UNSPEAKABLE.sub(" ", value).strip())


def _lamps() -> str:
    """The gradients that all houses share; an SVG of no size, since hidden ones lose theirs."""
    return (
        '<svg class="wl-defs" width="0" height="0" aria-hidden="true">'
        f"<defs>{_lamp_defs(range(len(LIT)))}</defs></svg>"
    )


def _lamp_defs(tones: range | tuple[int, ...]) -> str:
    stops = "".join(
        f'<stop offset="{at:g}" stop-color="{GLOW}" stop-opacity="{opacity:g}"/>'
        for at, opacity in HALO_STEPS
    )
    halo = f'<radialGradient id="wl-halo">{stops}</radialGradient>'
    return halo + "".join(
        f'<linearGradient id="wl-t{tone}" x2="0" y2="1">'
        f'<stop offset="0" stop-color="{top}"/><stop offset=".45" stop-color="{middle}"/>'
        f'<stop offset="1" stop-color="{foot}"/></linearGradient>'
        for tone, (top, middle, foot) in ((tone, glass(tone)) for tone in tones)
    )


def _house(
    house: House,
    tier: Tier,
    ends: tuple[bool, bool],
    url: Callable[[str], str],
    words: Mapping[str, str],
) -> str:
    """One building: its drawing and its name plate, in the far city one link around both."""
    wide, high = number(house.width), number(house.height)
    frame = f'viewBox="0 0 {wide} {high}" width="{wide}" height="{high}"'
    item = f'<li style="--w:{wide}">'
    label = text(house.label)
    if tier.name == FAR.name:
        drawing = f'<svg {frame} aria-hidden="true">{shell(house, tier)}{far_lights(house)}</svg>'
        inside = f'{drawing}<span class="wl-name">{label}</span>'
        if not house.href:
            return f"{item}{inside}</li>"
        return f'{item}<a class="wl-far-house" href="{text(url(house.href))}">{inside}</a></li>'
    windows = "".join(_window(window, house, tier, ends, url, words) for window in house.windows)
    plate = f'<span class="wl-name">{label}</span>'
    if house.href:
        plate = f'<a class="wl-name" href="{text(url(house.href))}"><span>{label}</span></a>'
    return (
        f'{item}<svg {frame}><g aria-hidden="true">{shell(house, tier)}{halos(house, tier)}</g>'
        # On a group in the drawing, not on the drawing: the Nu checker knows no such role there.
        f'<g role="group" aria-label="{label}">{windows}</g></svg>'
        f"{plate}</li>"
    )


def _window(
    window: Window,
    house: House,
    tier: Tier,
    ends: tuple[bool, bool],
    url: Callable[[str], str],
    words: Mapping[str, str],
) -> str:
    """A window as a link: the whole cell is its target, ring and slip wait for hover and focus."""
    scale = tier.pane[0] / 40
    left = window.x + (tier.cell[0] - tier.pane[0]) / 2
    top = window.y + (tier.cell[1] - tier.pane[1]) / 2
    state = "wl-lit" if window.lit else "wl-unlit"
    breath = " wl-breath" if window.breathes else ""
    turn = f' style="--i:{window.turn}"' if window.lit else ""
    if tier.name == MID.name:
        inside, slip = _pane(window) + _MID_BAR, ""
    else:
        inside, below = _room(_look(window))
        slip = below + _slip(window, house, left, tier, ends)
    return (
        f'<a class="{state}{breath}" href="{text(url(window.href))}"'
        f' transform="translate({number(left)} {number(top)})scale({scale:g})"{turn}>'
        f"<title>{_title(window, words)}</title>"
        f'{_target(tier)}<g class="wl-room">{inside}</g>{slip}</a>'
    )


_MID_BAR = '<path d="M20 0v52" fill="none" stroke="#141A38" stroke-width="4"/>'


def _pane(window: Window) -> str:
    if window.lit:
        return f'<path fill="url(#wl-t{window.tone})" d="M0 0h40v52H0z"/>'
    return '<path class="wl-cold" d="M.5.5h39v51h-39z"/>'


def _title(window: Window, words: Mapping[str, str]) -> str:
    if not window.lit:
        return text(words["waiting"].replace("{title}", window.title))
    if not window.author:
        return text(window.title)
    # One pass, so that a title which holds "{author}" stays as its author wrote it.
    told = {"{title}": window.title, "{author}": window.author}
    return text(re.sub(r"\{(?:title|author)\}", lambda found: told[found[0]], words["by"]))


@functools.cache
def _target(tier: Tier) -> str:
    """The cell as a transparent target and the ring around the pane, in pane units."""
    unit = 40 / tier.pane[0]
    side = (tier.cell[0] - tier.pane[0]) / 2 * unit
    rise = (tier.cell[1] - tier.pane[1]) / 2 * unit
    wide, high = number(40 + 2 * side), number(52 + 2 * rise)
    off = 4.2 if tier.name != MID.name else 10
    hit = f"M{number(-side)} {number(-rise)}h{wide}v{high}h-{wide}z"
    ring = f"M-{off:g}-{off:g}h{40 + 2 * off:g}v{52 + 2 * off:g}h-{40 + 2 * off:g}z"
    return f'<path class="wl-hit" d="{hit}"/><path class="wl-ring" d="{ring}"/>'


def _slip(window: Window, house: House, left: float, tier: Tier, ends: tuple[bool, bool]) -> str:
    """The paper slip with the title: in pixels, its foot in the middle above the pane."""
    title = _UNSPEAKABLE.sub(" ", window.title).strip()
    if len(title) > SLIP_LETTERS:
        title = title[: SLIP_LETTERS - 1] + "…"
    wide = round(letters(title) * SLIP_SIZE + 28)
    middle = (left + tier.pane[0] / 2) * tier.scale
    shift = _shift(middle, wide, house.width * tier.scale, ends)
    x = round(shift - wide / 2)
    return (
        '<g class="wl-slip" aria-hidden="true" transform="translate(20 -8)"><g>'
        f'<path d="M{x}-34h{wide}v34h-{wide}z"/>'
        f'<text x="{number(shift)}" y="-11.5" text-anchor="middle">{text(title)}</text></g></g>'
    )


def _shift(middle: float, wide: float, house: float, ends: tuple[bool, bool]) -> float:
    """How far a slip must move (pixels) to stay on the screen at the ends of the street."""
    first, last = ends
    if first and middle < wide / 2 - 8:
        return round(wide / 2 - 8 - middle)
    if last and house - middle < wide / 2 - 8:
        return -round(wide / 2 - 8 - (house - middle))
    return 0
