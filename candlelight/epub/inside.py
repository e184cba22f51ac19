"""Parts, chapters and stories, each a file of its own, with their lines in the contents."""

from __future__ import annotations

from candlelight.book.edition import Chapter, Part, Point, story_id
from candlelight.book.text import set_line
from candlelight.epub import leaves
from candlelight.epub.addresses import web_address
from candlelight.epub.desk import Desk, chapter_file, line, part_file, place_of
from candlelight.epub.leaves import AnyLeaf, Entries, Name
from candlelight.plan import routes
from candlelight.plan.directory import Placed


def inside(desk: Desk) -> tuple[list[AnyLeaf], tuple[Entries, ...]]:
    """The files in order, and the tree of the contents."""
    made: list[AnyLeaf] = []
    contents = []
    for at, part in enumerate(desk.edition.parts, 1):
        opening = _part(desk, part, at)
        made.append(opening)
        below = []
        for number, chapter in enumerate(part.chapters, 1):
            head = _chapter(desk, chapter, chapter_file(at, number))
            stories = [_story(desk, one) for one in chapter.stories]
            made += [head, *stories]
            below.append(line(head, tuple(map(line, stories))))
        contents.append(line(opening, tuple(below)))
    return made, tuple(contents)


def _part(desk: Desk, part: Part, at: int) -> leaves.PartLeaf:
    team = desk.lines.directory.teams.get(part.team)
    name = part_file(at)
    files = {
        chapter.community: chapter_file(at, number)
        for number, chapter in enumerate(part.chapters, 1)
    }
    return leaves.PartLeaf(
        name=name,
        title=set_line(part.title),
        page=desk.begin(name),
        pieces=desk.pieces(team, name),
        count=len(part.stories),
        motto=set_line(team.motto) if team else "",
        points=tuple(_point(desk, point, files) for point in part.points),
    )


def _point(desk: Desk, point: Point, files: dict[str, str]) -> leaves.Point:
    place = desk.lines.directory.communities[point.community]
    href = f"{files[place.slug]}.xhtml" if place.slug in files else ""
    return leaves.Point(
        point=Name(set_line(place.title), href, desk.lines.foreign(place.lang)),
        place=place_of(place),
        leaders=_leaders(desk, place.slug),
        lit=point.lit,
        elsewhere=point.elsewhere,
    )


def _chapter(desk: Desk, chapter: Chapter, name: str) -> leaves.ChapterLeaf:
    directory = desk.lines.directory
    place = directory.communities.get(chapter.community)
    teams = map(desk.lines.team, directory.community_teams.get(chapter.community, ()))
    return leaves.ChapterLeaf(
        name=name,
        title=set_line(chapter.title),
        page=desk.begin(name),
        pieces=desk.pieces(place, name),
        count=len(chapter.stories),
        place=place_of(place) if place else "",
        leaders=_leaders(desk, chapter.community),
        teams=tuple(one.title for one in teams if one),
        # As in print, a list of stories says nothing where nobody signed.
        stories=tuple(
            (desk.story(one), desk.lines.author(one) if one.authors else "")
            for one in chapter.stories
        ),
    )


def _story(desk: Desk, placed: Placed) -> leaves.StoryLeaf:
    story, lines = placed.story, desk.lines
    name = story_id(story.slug)
    address = routes.absolute(lines.site.base_url, routes.story(story.slug))
    return leaves.StoryLeaf(
        **desk.leaf(story, name),
        page=desk.begin(name, name),
        pieces=desk.pieces(story, name),
        byline=tuple(Name(set_line(ref.title)) for ref in lines.byline(placed)),
        role=set_line(story.role),
        date=lines.date(story.date),
        date_iso=story.date.iso if story.date else "",
        end=desk.end(story, story.corrections),
        home=web_address(address),
    )


def _leaders(desk: Desk, community: str) -> tuple[str, ...]:
    leaders = desk.lines.directory.leaders.get(community, ())
    return tuple(one.title for one in desk.lines.persons(leaders))
