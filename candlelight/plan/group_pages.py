"""The views of teams and service points, and the parts of those that are long."""

from __future__ import annotations

from collections.abc import Sequence

from candlelight import pinyin
from candlelight.model import Community, Document
from candlelight.plan import routes
from candlelight.plan.directory import Placed
from candlelight.plan.lines import Lines, direction
from candlelight.plan.register import building_of
from candlelight.plan.rows import hang
from candlelight.plan.shelves import is_long, year_links, year_section, year_title, years
from candlelight.plan.views import (
    CommunityView,
    Hung,
    Picture,
    Ref,
    StoriesView,
    TeamLine,
    TeamView,
)

MOST_PICTURES = 24
"""A place shows so many pictures of its stories; the photo wall has them all."""


def team_views(lines: Lines) -> list[TeamView | StoriesView]:
    """A view for each team, with or without a file, and one for each part of a long one."""
    views: list[TeamView | StoriesView] = []
    for slug in lines.directory.teams:
        stories = lines.of_team.get(slug, ())
        unplaced = tuple(one for one in stories if not one.community)
        views.append(_team(lines, slug, stories, unplaced))
        views += _parts(lines, routes.team(slug), lines.team(slug), "teams", unplaced)
    return views


def community_views(lines: Lines) -> list[CommunityView | StoriesView]:
    """A view for each service point, also those without a story, and for the parts of long ones."""
    views: list[CommunityView | StoriesView] = []
    for slug in lines.directory.communities:
        stories = lines.of_community.get(slug, ())
        views.append(_community(lines, slug, stories))
        views += _parts(
            lines, routes.community(slug), lines.community(slug), "communities", stories
        )
    return views


def team_lines(lines: Lines) -> tuple[TeamLine, ...]:
    """All teams by pinyin, each with its service points."""
    teams = lines.directory.teams
    order = sorted(teams, key=lambda slug: (pinyin.sort_key(teams[slug].title), slug))
    return tuple(lines.team_line(slug, points=lines.register.of_team[slug]) for slug in order)


def story_pictures(
    lines: Lines, stories: Sequence[Placed], own: Document, most: int = MOST_PICTURES
) -> tuple[Hung, ...]:
    """The pictures of a place and then of its stories, each with the story it belongs to."""
    chosen: list[Picture | tuple[Picture, Ref]] = [*lines.pictures(own)]
    for one in stories:
        chosen += [(shown, lines.story(one.story)) for shown in lines.pictures(one.story)]
        if len(chosen) >= most:
            break
    return hang(chosen[:most])


def _team(
    lines: Lines, slug: str, stories: Sequence[Placed], unplaced: Sequence[Placed]
) -> TeamView:
    team = lines.directory.teams[slug]
    points = lines.register.of_team[slug]
    told: dict[str, list[Placed]] = {point: [] for point in points}
    for one in stories:
        if one.community:
            told[one.community].append(one)
    lights = [lines.light(one) for one in stories]
    lights += [lines.waiting_light(point) for point in points if not lines.of_community.get(point)]
    years_of_team = year_links(lines, routes.team(slug), unplaced)
    return TeamView(
        address=routes.team(slug),
        title=team.title,
        description=team.summary or team.body.excerpt,
        section="teams",
        lang=lines.foreign(team.lang),
        direction=direction(team.lang),
        card=routes.card(routes.team(slug)),
        draft=team.draft,
        source_path=team.path,
        motto=team.motto,
        facade=lines.wall(lights),
        body=team.body.digest,
        leaders=lines.persons(lines.directory.leaders.get(f"team:{slug}", ())),
        districts=lines.districts(points, {p: s for p, s in told.items() if not is_long(s)}),
        unplaced=() if years_of_team else tuple(lines.story(one.story) for one in unplaced),
        years=years_of_team,
        rows=story_pictures(lines, stories, team),
        source=lines.source(team.source),
    )


def _community(lines: Lines, slug: str, stories: Sequence[Placed]) -> CommunityView:
    place = lines.directory.communities[slug]
    of_years = year_links(lines, routes.community(slug), stories)
    parts = (place.province, place.city, place.district, place.community, place.compound)
    about = any(page.slug == "about" for page in lines.directory.anthology.pages)
    return CommunityView(
        address=routes.community(slug),
        title=place.title,
        description=place.summary or place.body.excerpt or _described(lines, place),
        section="communities",
        lang=lines.foreign(place.lang),
        direction=direction(place.lang),
        card=routes.card(""),
        draft=place.draft,
        source_path=place.path,
        district=building_of(place),
        place=tuple(part for part in dict.fromkeys(parts) if part and part != place.title),
        body=place.body.digest,
        leaders=lines.persons(lines.directory.leaders.get(slug, ())),
        teams=tuple(filter(None, map(lines.team, _teams_of(lines, slug, stories)))),
        stories=() if of_years else tuple(lines.story_line(one) for one in stories),
        years=of_years,
        rows=story_pictures(lines, stories, place),
        neighbours=tuple(
            lines.point_line(other) for other in lines.register.neighbours[slug] if other != slug
        ),
        call=Ref(lines.say("how-to-send"), routes.ABOUT) if about else None,
        source=lines.source(place.source),
    )


def _described(lines: Lines, place: Community) -> str:
    """A service point in one sentence of facts, for search engines and shared links."""
    parts = (place.province, place.city, place.district)
    lies = "".join(part for part in dict.fromkeys(parts) if part and part != place.title)
    return lines.say("point-described", title=place.title, place=lies)


def _teams_of(lines: Lines, slug: str, stories: Sequence[Placed]) -> tuple[str, ...]:
    """The teams that its file names, and those that its stories name."""
    named = lines.directory.community_teams.get(slug, ())
    return tuple(dict.fromkeys([*named, *(one.team for one in stories)]))


def _parts(
    lines: Lines, of: str, up: Ref | None, section: str, stories: Sequence[Placed]
) -> list[StoriesView]:
    if not is_long(stories):
        return []
    return [
        StoriesView(
            address=routes.year(of, name),
            title=f"{up.title if up else ''} {year_title(lines, name)}",
            section=section,
            card=routes.card(""),
            sections=(year_section(lines, name, group),),
            up=up,
        )
        for name, group in years(lines, stories).items()
    ]
