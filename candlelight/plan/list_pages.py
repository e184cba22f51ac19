"""The lists: all stories, the timeline, the photo wall, teams, service points."""

from __future__ import annotations

from collections.abc import Sequence

from candlelight import pinyin
from candlelight.plan import routes
from candlelight.plan.directory import Placed
from candlelight.plan.group_pages import team_lines
from candlelight.plan.lines import Lines
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
    PhotosView,
    Ref,
    Section,
    StoriesView,
    TeamsView,
    TimelineView,
)


def list_views(lines: Lines) -> list[AnyView]:
    """Every page that lists what others tell, with the parts of those that are long."""
    return [
        stories_view(lines),
        *timeline_views(lines),
        *photo_views(lines),
        TeamsView(teams=team_lines(lines), **lines.head(routes.TEAMS, lines.say("teams"), "teams")),
        CommunitiesView(
            districts=lines.districts(tuple(lines.register.neighbours)),
            **lines.head(routes.COMMUNITIES, lines.say("communities"), "communities"),
        ),
    ]


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
    head = lines.head(routes.STORIES, lines.say("stories"), "stories")
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
    points = [slug for slug in lines.register.neighbours if slug in told]
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
    by_year = years(lines, lines.stories)
    head = lines.head(routes.TIMELINE, lines.say("timeline"), "stories")
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


def _year_views(lines: Lines, name: str, group: Sequence[Placed], up: Ref) -> list[TimelineView]:
    address, title = routes.year(routes.TIMELINE, name), year_title(lines, name)
    head = lines.head(address, title, "stories")
    if not is_long(group):
        return [TimelineView(years=(year_section(lines, name, group),), up=up, **head)]
    parts, links = [], []
    for number, stories in months(group).items():
        part = routes.month(routes.TIMELINE, name, number)
        heading = f"{title} {month_title(lines, number)}".strip()
        links.append(Group(Ref(month_title(lines, number) or title, part), ()))
        part_head = lines.head(part, heading, "stories")
        section = year_section(lines, name, stories)
        parts.append(TimelineView(years=(section,), up=Ref(title, address), **part_head))
    whole = Section(Ref(title), tuple(links))
    return [TimelineView(years=(whole,), up=up, **head), *parts]


def photo_views(lines: Lines) -> list[PhotosView]:
    """The photo wall: every picture with its story, cut by year where there are many."""
    pictures = {
        name: [
            (shown, lines.story(one.story)) for one in group for shown in lines.pictures(one.story)
        ]
        for name, group in years(lines, lines.stories).items()
    }
    head = lines.head(routes.PHOTOS, lines.say("photos"), "photos")
    every = [shown for group in pictures.values() for shown in group]
    if len(every) <= LONG:
        return [PhotosView(rows=hang(every), **head)]
    filled = {name: group for name, group in pictures.items() if group}
    links = tuple(Ref(year_title(lines, name), routes.year(routes.PHOTOS, name)) for name in filled)
    parts = [
        PhotosView(
            rows=hang(group),
            years=links,
            **lines.head(routes.year(routes.PHOTOS, name), year_title(lines, name), "photos"),
        )
        for name, group in filled.items()
    ]
    return [PhotosView(rows=(), years=links, **head), *parts]
