"""The home page: all lights of the anthology, and what lies behind them."""

from __future__ import annotations

from collections.abc import Sequence

from candlelight.plan import routes
from candlelight.plan.directory import Placed
from candlelight.plan.group_pages import team_lines
from candlelight.plan.lines import Lines
from candlelight.plan.rows import LARGE, hang
from candlelight.plan.views import HomeView, Picture, Ref

NEWEST = 6
PREFACE_CHARACTERS = 160
"""The home page shows whole paragraphs of the preface until so many characters are reached."""


def home_view(lines: Lines) -> HomeView:
    """The opening with all lights of the anthology, and what lies behind it."""
    pages = {page.slug: page for page in lines.directory.anthology.pages}
    preface = pages.get("preface")
    newest = lines.chronology.newest_first(lines.stories)
    lights = [lines.light(one) for one in lines.stories]
    lights += [
        lines.waiting_light(slug)
        for slug in lines.register.neighbours
        if not lines.of_community.get(slug)
    ]
    return HomeView(
        address=routes.HOME,
        title=lines.site.title,
        description=lines.site.description,
        card=routes.card(""),
        facade=lines.wall(lights),
        epigraph=preface.epigraph if preface else (),
        preface=Ref(preface.title, routes.page("preface")) if preface else None,
        preface_body=preface.body.digest if preface else "",
        preface_stop=_opening(preface.body.lengths) if preface else 0,
        newest=tuple(lines.story_line(one) for one in newest[:NEWEST]),
        rows=hang(_two_rows(lines, newest), wide=LARGE),
        districts=lines.districts(tuple(lines.register.neighbours)),
        teams=team_lines(lines),
    )


def _opening(lengths: Sequence[int]) -> int:
    """How many blocks of the preface stand on the home page: at least one, whole paragraphs."""
    total = 0
    for index, length in enumerate(lengths):
        total += length
        if total >= PREFACE_CHARACTERS:
            return index + 1
    return len(lengths)


def _two_rows(lines: Lines, stories: Sequence[Placed]) -> list[tuple[Picture, Ref]]:
    """Four pictures of the newest stories, one of each: wide and upright, upright and wide.

    Where a shape is lacking, the next story gives what it has; a panorama would stand alone.
    """
    left = [
        [(shown, lines.story(one.story)) for shown in lines.pictures(one.story)] for one in stories
    ]
    found = []
    for shape in (_is_wide, _is_upright, _is_upright, _is_wide):
        fitting = ((told, hung) for told in left for hung in told if shape(hung[0].aspect))
        any_ = ((told, told[0]) for told in left if told)
        told, hung = next(fitting, None) or next(any_, ([], None))
        if hung:
            left.remove(told)
            found.append(hung)
    return found


def _is_wide(aspect: float) -> bool:
    return 1.2 < aspect < 2


def _is_upright(aspect: float) -> bool:
    return aspect < 1.05
