"""The views that gather: home, all stories, timeline, photo wall, teams, service points, texts."""

from __future__ import annotations

from collections.abc import Sequence

from candlelight import pinyin
from candlelight.model import Page
from candlelight.plan import routes
from candlelight.plan.directory import Placed
from candlelight.plan.facade import lay_out
from candlelight.plan.group_pages import team_points
from candlelight.plan.lines import Lines, direction
from candlelight.plan.order import newest_first
from candlelight.plan.rows import hang
from candlelight.plan.shelves import (
    LONG,
    is_long,
    month_title,
    months,
    year_section,
    year_title,
    years,
)
from candlelight.plan.views import (
    AnyView,
    CommunitiesView,
    Group,
    HomeView,
    NotFoundView,
    PageView,
    PhotosView,
    Picture,
    Ref,
    Section,
    StoriesView,
    TeamLine,
    TeamsView,
    TimelineView,
)

NEWEST = 6
HOME_PICTURES = 4
PREFACE_CHARACTERS = 160
"""The home page shows whole paragraphs of the preface until so many characters are reached."""


def index_views(lines: Lines) -> list[AnyView]:
    """Every view that is not about one story, team, place or person."""
    return [
        home_view(lines),
        stories_view(lines),
        *timeline_views(lines),
        *photo_views(lines),
        TeamsView(teams=_teams(lines), **_head(routes.TEAMS, lines.say("teams"), "teams")),
        CommunitiesView(
            districts=lines.districts(tuple(lines.neighbours)),
            **_head(routes.COMMUNITIES, lines.say("communities"), "communities"),
        ),
        *(_page(lines, page) for page in lines.directory.anthology.pages),
        NotFoundView(**_head(routes.NOT_FOUND, lines.say("not-found"), "")),
    ]


def _head(address: str, title: str, section: str) -> dict[str, str]:
    return {
        "address": address,
        "title": title,
        "section": section,
        "card": routes.card(""),
    }


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
        facade=lay_out(lights),
        epigraph=preface.epigraph if preface else (),
        preface=Ref(preface.title, routes.page("preface")) if preface else None,
        preface_body=preface.body.digest if preface else "",
        preface_stop=_opening(preface.body.lengths) if preface else 0,
        newest=tuple(lines.story_line(one) for one in newest[:NEWEST]),
        rows=hang(_one_each(lines, newest)),
        districts=lines.districts(tuple(lines.neighbours)),
        teams=_teams(lines),
    )


def _opening(lengths: Sequence[int]) -> int:
    """How many blocks of the preface stand on the home page: at least one, whole paragraphs."""
    total = 0
    for index, length in enumerate(lengths):
        total += length
        if total >= PREFACE_CHARACTERS:
            return index + 1
    return len(lengths)


def _one_each(lines: Lines, stories: Sequence[Placed]) -> list[tuple[Picture, Ref | None]]:
    """The first picture (or the cover) of the newest stories that have one."""
    found: list[tuple[Picture, Ref | None]] = []
    for one in stories:
        pictures = lines.pictures(one.story)
        if pictures:
            found.append((pictures[0], lines.story(one.story)))
        if len(found) == HOME_PICTURES:
            break
    return found


def _teams(lines: Lines) -> tuple[TeamLine, ...]:
    teams = lines.directory.teams
    order = sorted(teams, key=lambda slug: (pinyin.sort_key(teams[slug].title), slug))
    return tuple(lines.team_line(slug, points=team_points(lines, slug)) for slug in order)


def stories_view(lines: Lines) -> StoriesView:
    """All stories by team and service point; where they are many, links to these alone."""
    whole = not is_long(lines.stories)
    sections = [
        _team_section(lines, lines.team(slug), lines.of_team[slug], whole=whole)
        for slug in _teams_with_stories(lines)
    ]
    rest = lines.of_team.get("", ())
    if rest:
        sections.append(_team_section(lines, None, rest, whole=whole))
    head = _head(routes.STORIES, lines.say("stories"), "stories")
    return StoriesView(sections=tuple(sections), **head)


def _teams_with_stories(lines: Lines) -> list[str]:
    teams = lines.directory.teams
    named = [slug for slug in lines.of_team if slug]
    return sorted(named, key=lambda slug: (pinyin.sort_key(teams[slug].title), slug))


def _team_section(
    lines: Lines, team: Ref | None, stories: Sequence[Placed], *, whole: bool
) -> Section:
    """The stories of a team by service point, in the order of the register; unplaced ones last."""
    told: dict[str, list[Placed]] = {}
    for one in stories:
        told.setdefault(one.community, []).append(one)
    points = [slug for slug in lines.neighbours if slug in told]
    groups = [
        Group(ref, tuple(lines.story_line(one, summary=False) for one in told[slug] if whole))
        for slug in points
        if (ref := lines.community(slug))
    ]
    if "" in told:
        shown = tuple(lines.story_line(one, summary=False) for one in told[""] if whole)
        groups.append(Group(Ref(lines.say("unplaced")), shown))
    return Section(team or Ref(lines.say("without-team")), tuple(groups))


def timeline_views(lines: Lines) -> list[TimelineView]:
    """The timeline: whole, or a page a year, or a page a month of a year that is long."""
    by_year = years(lines.stories)
    head = _head(routes.TIMELINE, lines.say("timeline"), "stories")
    if not is_long(lines.stories):
        sections = tuple(year_section(lines, name, group) for name, group in by_year.items())
        return [TimelineView(years=sections, **head)]
    up = Ref(lines.say("timeline"), routes.TIMELINE)
    links = tuple(
        Section(Ref(year_title(lines, name), routes.year(routes.TIMELINE, name)))
        for name in by_year
    )
    views = [TimelineView(years=links, **head)]
    for name, group in by_year.items():
        views += _year_views(lines, name, group, up)
    return views


def _year_views(
    lines: Lines, name: str, group: Sequence[Placed], up: Ref
) -> list[TimelineView]:
    address, title = routes.year(routes.TIMELINE, name), year_title(lines, name)
    head = _head(address, title, "stories")
    if not is_long(group):
        return [TimelineView(years=(year_section(lines, name, group),), up=up, **head)]
    parts, links = [], []
    for number, stories in months(group).items():
        part = routes.month(routes.TIMELINE, name, number)
        heading = f"{title} {month_title(lines, name, number)}".strip()
        links.append(Group(Ref(month_title(lines, name, number) or title, part), ()))
        part_head = _head(part, heading, "stories")
        section = year_section(lines, name, stories)
        parts.append(TimelineView(years=(section,), up=Ref(title, address), **part_head))
    whole = Section(Ref(title), tuple(links))
    return [TimelineView(years=(whole,), up=up, **head), *parts]


def photo_views(lines: Lines) -> list[PhotosView]:
    """The photo wall: every picture with its story, cut by year where there are many."""
    pictures = {
        name: [
            (shown, lines.story(one.story))
            for one in group
            for shown in lines.pictures(one.story)
        ]
        for name, group in years(lines.stories).items()
    }
    head = _head(routes.PHOTOS, lines.say("photos"), "photos")
    every = [shown for group in pictures.values() for shown in group]
    if len(every) <= LONG:
        return [PhotosView(rows=hang(every), **head)]
    filled = {name: group for name, group in pictures.items() if group}
    links = tuple(
        Ref(year_title(lines, name), routes.year(routes.PHOTOS, name)) for name in filled
    )
    parts = [
        PhotosView(
            rows=hang(group),
            years=links,
            **_head(routes.year(routes.PHOTOS, name), year_title(lines, name), "photos"),
        )
        for name, group in filled.items()
    ]
    return [PhotosView(rows=(), years=links, **head), *parts]


def _page(lines: Lines, page: Page) -> PageView:
    return PageView(
        address=routes.page(page.slug),
        title=page.title,
        description=page.summary or page.body.excerpt,
        section=page.slug,
        lang=lines.foreign(page.lang),
        direction=direction(page.lang),
        card=routes.card(""),
        draft=page.draft,
        source_path=page.path,
        body=page.body.digest,
        epigraph=page.epigraph,
        rows=hang(lines.pictures(page)),
    )
