"""The home page: all lights of the anthology, and what lies behind them."""

from __future__ import annotations

from collections.abc import Sequence

from candlelight.plan import routes
from candlelight.plan.directory import Placed
from candlelight.plan.group_pages import team_lines
from candlelight.plan.lines import Lines
from candlelight.plan.order import newest_first
from candlelight.plan.rows import LARGE, hang
from candlelight.plan.views import HomeView, Picture, Ref

NEWEST = 6
HOME_PICTURES = 4
PREFACE_CHARACTERS = 160
"""The home page shows whole paragraphs of the preface until so many characters are reached."""


def home_view(lines: Lines) -> HomeView:
    """The opening with all lights of the anthology, and what lies behind it."""
    pages = {page.slug: page for page in lines.directory.anthology.pages}
    preface = pages.get("preface")
    placed = {one.story.path: one for one in lines.stories}
    newest = [placed[story.path] for story in newest_first(one.story for one in lines.stories)]
    lights = [lines.light(one) for one in lines.stories]
    lights += [
        lines.waiting_light(slug) for slug in lines.neighbours if not lines.of_community.get(slug)
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
        rows=hang(_one_each(lines, newest), wide=LARGE),
        districts=lines.districts(tuple(lines.neighbours)),
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


def _one_each(lines: Lines, stories: Sequence[Placed]) -> list[tuple[Picture, Ref]]:
    """The first picture (or the cover) of the newest stories that have one."""
    found: list[tuple[Picture, Ref]] = []
    for one in stories:
        pictures = lines.pictures(one.story)
        if pictures:
            found.append((pictures[0], lines.story(one.story)))
        if len(found) == HOME_PICTURES:
            break
    return found
