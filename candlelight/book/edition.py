"""The book's order of things: a part a team, a chapter a service point, and their stories.

No order here is a ranking (排名不分先后). Parts and chapters stand where their first story stands
in the order of the book, so that a list in ``site.yaml`` moves them too; ordered by pinyin they
stand by the pinyin of their own names. Service points that the anthology numbers keep that order,
unless a list says otherwise. What belongs to no team, or to no service point, comes last.
Everything has its place: no story, no service point and no team drops out of a whole book.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from candlelight import pinyin
from candlelight.book.selection import Chosen, Selection, choose
from candlelight.book.words import Words, say
from candlelight.model import BookSettings, Community, Date
from candlelight.plan.directory import Placed
from candlelight.plan.lines import Lines
from candlelight.problems import Problem

_PLAIN = re.compile(r"[a-z0-9-]{1,60}")


class Chapter(msgspec.Struct, frozen=True):
    """The stories of one service point; *community* is its slug, "" for stories without one."""

    title: str
    community: str
    stories: tuple[Placed, ...]


class Point(msgspec.Struct, frozen=True):
    """A service point in a part's register: *lit* if stories of it follow in this part.

    *elsewhere* names the parts or volumes that have its stories; if it is not lit and nothing is
    elsewhere, it waits for its first story.
    """

    community: str
    lit: bool
    elsewhere: tuple[str, ...] = ()


class Part(msgspec.Struct, frozen=True):
    """A team's stories by service point; *team* is its slug, "" in the last part."""

    title: str
    team: str
    points: tuple[Point, ...]
    chapters: tuple[Chapter, ...]

    @property
    def stories(self) -> tuple[Placed, ...]:
        """All stories of the part, in order."""
        return tuple(one for chapter in self.chapters for one in chapter.stories)


class Edition(msgspec.Struct, frozen=True):
    """What a book holds, in order."""

    parts: tuple[Part, ...] = ()

    @property
    def stories(self) -> tuple[Placed, ...]:
        """All stories of the book, in order."""
        return tuple(one for part in self.parts for one in part.stories)


NO_DATE = Date(2020, 1, 1)
"""Stands in for a date where the anthology has none: the time of making is written nowhere."""


def date_of(edition: Edition, settings: BookSettings) -> str:
    """The day of a book for its metadata (``2020-08-12``): its own, else its latest story's."""
    latest = max((one.story.date for one in edition.stories if one.story.date), default=NO_DATE)
    date = settings.date or latest
    return f"{date.year:04d}-{date.month or 1:02d}-{date.day or 1:02d}"


def story_id(slug: str) -> str:
    """A story in sheets, labels of Typst and names of files: ``s-first-snow``.

    Letters of ASCII, digits, ``-`` and ``_``; stable; no two slugs share one, and no system
    reserves it or takes two for one by their case.
    """
    return f"s-{_ascii(slug)}"


def name_key(slug: str) -> str:
    """A person in the index of names, safe as a story_id: ``n-ma-bao-fu``."""
    return f"n-{_ascii(slug)}"


def edition_of(
    lines: Lines, settings: BookSettings, selection: Selection, words: Words
) -> tuple[Edition, list[Problem]]:
    """The parts of the book that *settings* and *selection* ask for; without any, of everything.

    An unknown name or slug is an error. A book of no story has the parts that wait for one.
    """
    chosen, problems = choose(lines, settings, selection)
    return Edition(_parts(lines, chosen, words)), problems


def _parts(lines: Lines, chosen: Chosen, words: Words) -> tuple[Part, ...]:
    stories = _grouped(chosen.stories, "team")
    registers = _registers(lines, chosen)
    titles = {slug: team.title for slug, team in lines.directory.teams.items()}

    def by_name(team: str) -> tuple[object, ...]:
        return (pinyin.sort_key(titles[team]), team)

    teams = [team for team in stories if team]
    teams += sorted(_waiting(lines, chosen, registers), key=by_name)
    if chosen.order == "pinyin":
        teams.sort(key=by_name)
    if "" in stories or (chosen.waits and "" in registers and not chosen.team):
        teams.append("")
    titles[""] = say(words, "no-team")
    chapters = {team: _chapters(lines, chosen, stories.get(team, ()), words) for team in teams}
    lit = {
        team: {chapter.community for chapter in chapters[team] if chapter.community}
        for team in teams
    }
    waiting = _waiting_chapters(lines, [(team, registers.get(team, ())) for team in teams])
    return tuple(
        Part(
            titles[team],
            team,
            tuple(
                Point(point, point in lit[team], _elsewhere(point, team, lit, titles))
                for point in registers.get(team, ())
            ),
            (*chapters[team], *waiting.get(team, ())),
        )
        for team in teams
    )


def _elsewhere(
    point: str, team: str, lit: Mapping[str, set[str]], titles: Mapping[str, str]
) -> tuple[str, ...]:
    return tuple(titles[other] for other in lit if other != team and point in lit[other])


def _chapters(
    lines: Lines, chosen: Chosen, stories: Sequence[Placed], words: Words
) -> tuple[Chapter, ...]:
    groups = _grouped(stories, "community")
    places = [place for place in groups if place]
    communities = lines.directory.communities
    if chosen.order == "pinyin":
        places.sort(key=lambda place: (pinyin.sort_key(communities[place].title), place))
    if chosen.order != "list":
        places.sort(key=lambda place: _number(communities[place]))
    found = [Chapter(communities[place].title, place, groups[place]) for place in places]
    if "" in groups:
        team = any(one.team for one in groups[""])
        found.append(Chapter(say(words, "no-point" if team else "no-place"), "", groups[""]))
    return tuple(found)


def _waiting_chapters(
    lines: Lines, registers: Iterable[tuple[str, Iterable[str]]]
) -> dict[str, list[Chapter]]:
    """By team, the chapters of service points without a story that have photos to show.

    They come once, in the first of the teams that lists them.
    """
    first: dict[str, str] = {}
    for team, points in registers:
        for point in points:
            first.setdefault(point, team)
    found: dict[str, list[Chapter]] = {}
    for point, team in first.items():
        one = lines.directory.communities[point]
        if point not in lines.of_community and (
            one.lost or any(photo.consent for photo in one.photos)
        ):
            found.setdefault(team, []).append(Chapter(one.title, point, ()))
    return found


def _registers(lines: Lines, chosen: Chosen) -> dict[str, tuple[str, ...]]:
    """For each team the service points to list, "" those of no team.

    One that waits is listed only where the selection means its team or itself: that no story of
    it was chosen does not make it wait.
    """
    told: dict[str, set[str]] = {}
    for one in chosen.stories:
        if one.community:
            told.setdefault(one.team, set()).add(one.community)
    lit = set().union(*told.values())
    serving = {team: set(points) for team, points in lines.register.of_team.items()}
    serving[""] = set(lines.directory.communities) - set().union(*serving.values())
    found = {}
    for team, points in serving.items():
        listed = {
            point
            for point in points
            if chosen.team in ("", team)
            and chosen.community in ("", point)
            and (point in lit or (chosen.waits and point not in lines.of_community))
        }
        if listed := listed | told.get(team, set()):
            found[team] = _by_number(lines, listed)
    return found


def _by_number(lines: Lines, points: Iterable[str]) -> tuple[str, ...]:
    """As the anthology numbers them; those without a number by pinyin of district and name."""
    place = {slug: index for index, slug in enumerate(lines.register.neighbours)}

    def key(slug: str) -> tuple[int, int]:
        return (_number(lines.directory.communities[slug]), place[slug])

    return tuple(sorted(points, key=key))


def _number(community: Community) -> int:
    """The number that the anthology itself gives a service point; without one the last."""
    number = re.match(r"[0-9]{1,9}", community.number)
    return int(number[0]) if number else 10**9


def _waiting(lines: Lines, chosen: Chosen, registers: Iterable[str]) -> set[str]:
    """The teams without a story that have a part all the same: points that wait, or a text."""
    if not chosen.waits or (chosen.community and chosen.stories):
        return set()
    texts = {slug for slug, team in lines.directory.teams.items() if team.path}
    asked = texts if not chosen.community else set()
    told = {one.team for one in chosen.stories}
    return {
        team
        for team in asked.union(registers)
        if team and team not in told and chosen.team in ("", team)
    }


def _grouped(stories: Iterable[Placed], by: str) -> dict[str, tuple[Placed, ...]]:
    groups: dict[str, list[Placed]] = {}
    for one in stories:
        groups.setdefault(getattr(one, by), []).append(one)
    return {name: tuple(group) for name, group in groups.items()}


def _ascii(slug: str) -> str:
    if _PLAIN.fullmatch(slug):
        return slug
    # What stands before the underscore is for people; a plain slug has none.
    mark = hashlib.sha256(slug.encode()).hexdigest()[:10]
    return f"{pinyin.slug(slug)[:40].strip('-')}_{mark}"
