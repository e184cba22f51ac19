"""The views of persons, and the index of people by pinyin."""

from __future__ import annotations

from collections.abc import Iterable

from candlelight import pinyin
from candlelight.plan import routes
from candlelight.plan.directory import Placed, Somebody
from candlelight.plan.lines import Lines
from candlelight.plan.pictures import picture
from candlelight.plan.shelves import LONG
from candlelight.plan.views import Initial, PeopleView, PersonLine, PersonView, Picture

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ#"


class Appearances:
    """Where each person is found: what they wrote, where they lead, where they are named.

    *notes* tell it in one line, for the index and for the person's own page.
    """

    def __init__(self, lines: Lines) -> None:
        self.wrote: dict[str, list[Placed]] = {}
        self.named: dict[str, list[Placed]] = {}
        self.leads: dict[str, list[str]] = {}
        for placed in lines.stories:
            for slug in placed.authors:
                self.wrote.setdefault(slug, []).append(placed)
            for slug in placed.people:
                if slug not in placed.authors:
                    self.named.setdefault(slug, []).append(placed)
        for point in lines.register.neighbours:
            for slug in lines.directory.leaders.get(point, ()):
                self.leads.setdefault(slug, []).append(point)
        self.notes = {slug: _note(lines, self, slug) for slug in lines.directory.persons}


def person_views(lines: Lines, found: Appearances) -> list[PersonView]:
    """A view for each person who wrote, leads, is named in ``people:``, or has a file."""
    return [_person(lines, found, body) for body in lines.directory.persons.values()]


def people_views(lines: Lines, found: Appearances) -> list[PeopleView]:
    """The index: one page, or a page for each initial where it is long."""
    by_letter: dict[str, list[Somebody]] = {}
    for somebody in lines.directory.persons.values():
        by_letter.setdefault(pinyin.initial(somebody.name), []).append(somebody)
    is_long = len(lines.directory.persons) > LONG
    filled = {
        letter: tuple(
            PersonLine(lines.person(one.slug), found.notes[one.slug])
            for one in sorted(group, key=_by_name)
        )
        for letter, group in by_letter.items()
    }
    if not is_long:
        return [_index(lines, routes.PEOPLE, filled, filled, parted=False)]
    parts = [
        _index(lines, routes.initial(letter), filled, {letter: filled[letter]}, parted=True)
        for letter in sorted(filled)
    ]
    return [_index(lines, routes.PEOPLE, filled, {}, parted=True), *parts]


def _by_name(one: Somebody) -> tuple[object, ...]:
    return (pinyin.sort_key(one.name, name=True), one.slug)


def _index(
    lines: Lines,
    address: str,
    filled: dict[str, tuple[PersonLine, ...]],
    shown: dict[str, tuple[PersonLine, ...]],
    *,
    parted: bool,
) -> PeopleView:
    def letter_address(letter: str) -> str | None:
        if letter not in filled:
            return None
        return routes.initial(letter) if parted else routes.initial_anchor(letter)

    present = [letter for letter in LETTERS if letter != "#" or letter in filled]
    initials = {letter: Initial(letter, letter_address(letter)) for letter in present}
    return PeopleView(
        address=address,
        title=lines.say("people"),
        description=lines.say("people-summary"),
        section="people",
        card=routes.card(""),
        letters=tuple(initials.values()),
        shown=tuple(
            Initial(letter, letter_address(letter), shown[letter])
            for letter in LETTERS
            if letter in shown
        ),
    )


def _note(lines: Lines, found: Appearances, slug: str) -> str:
    """One line: the service points led, then what was written, then where the name stands."""
    parts = []
    if points := found.leads.get(slug):
        places = (lines.directory.communities[point].title for point in points)
        parts.append(lines.say("leads", places=lines.say("comma").join(places)))
    if stories := found.wrote.get(slug):
        parts.append(lines.say("wrote", title=stories[0].story.title))
    elif stories := found.named.get(slug):
        parts.append(lines.say("named", title=stories[0].story.title))
    return lines.say("semicolon").join(parts)


def _person(lines: Lines, found: Appearances, somebody: Somebody) -> PersonView:
    file = somebody.file
    wrote, named = found.wrote.get(somebody.slug, ()), found.named.get(somebody.slug, ())
    points = (lines.community(point) for point in _served(found, somebody.slug, (*wrote, *named)))
    return PersonView(
        address=routes.person(somebody.slug),
        title=somebody.name,
        description=found.notes[somebody.slug],
        section="people",
        card=routes.card(""),
        source_path=file.path if file else "",
        aliases=file.aliases if file else (),
        body=file.body.digest if file else "",
        portrait=_portrait(lines, somebody),
        team=lines.team(somebody.team) if somebody.team in lines.directory.teams else None,
        wrote=tuple(lines.story_line(one) for one in wrote),
        served=tuple(point for point in points if point),
        named=tuple(lines.story_line(one) for one in named),
    )


def _served(found: Appearances, slug: str, stories: Iterable[Placed]) -> tuple[str, ...]:
    """The service points somebody leads, and those of the stories they stand in."""
    told = (one.community for one in stories if one.community)
    return tuple(dict.fromkeys([*found.leads.get(slug, ()), *told]))


def _portrait(lines: Lines, somebody: Somebody) -> Picture | None:
    file = somebody.file
    for photo in file.photos if file else ():
        if file and photo.path == file.portrait:
            return picture(photo, lines.site.photos, "")
    return None
