"""The index of names: who leads, who wrote, who is named in the stories of a book.

Entries stand by pinyin, surnames read as surnames; a name whose first sign has no Latin letter
stands under ``#``, last. Another name of a person refers to theirs; two persons of one name are
told apart by their team. A withheld person is in no list that this one is made of.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from candlelight import pinyin
from candlelight.book.edition import Edition, name_key, story_id
from candlelight.book.sheets import IndexName, Named
from candlelight.book.words import Words, say
from candlelight.names import fold, simplified, traditional
from candlelight.plan.directory import Placed, Somebody
from candlelight.plan.lines import Lines

OTHER = "#"
_DOTS = "·•・‧．"
_DOT = re.compile(f"[{_DOTS}]")
_SHORTEST = 2
"""A name of one character stands everywhere in a text, and nowhere as a name for sure."""


class Sought(msgspec.Struct, frozen=True):
    """A name to find in a story's text: its *key*, and how it may be spelled, likeliest first.

    Of the spellings the first that occurs at all is meant: an alias can be a common word.
    """

    key: str
    spellings: tuple[str, ...]


class StoryNames(msgspec.Struct, frozen=True):
    """The names of one story: who wrote it, and whom its text names besides."""

    byline: tuple[Named, ...]
    sought: tuple[Sought, ...] = ()


class NamesIndex(msgspec.Struct, frozen=True):
    """The entries of the index, and the names of each story by its story_id."""

    names: tuple[IndexName, ...]
    stories: Mapping[str, StoryNames]


def names_index(edition: Edition, lines: Lines, words: Words) -> NamesIndex:
    """The names of *edition*, each with its key, which stands in a register, byline or text.

    A reference has the key of the entry that it leads to.
    """
    persons = tuple(dict.fromkeys(_persons(edition, lines)))
    shown = _told_apart([lines.directory.persons[slug] for slug in persons], edition, lines, words)
    entries = [
        IndexName(pinyin.initial(lines.directory.persons[slug].name), name, name_key(slug))
        for slug, name in shown.items()
    ]
    for slug, name in shown.items():
        one = lines.directory.persons[slug]
        entries += [
            IndexName(pinyin.initial(alias), alias, name_key(slug), see=name)
            for alias in _other_names(one, lines.site.language)
        ]
    stories = {story_id(one.story.slug): _story_names(one, lines) for one in edition.stories}
    return NamesIndex(tuple(sorted(entries, key=_order)), stories)


def named(lines: Lines, slugs: Iterable[str]) -> tuple[Named, ...]:
    """Persons as the book shows them, with their keys."""
    return tuple(Named(lines.directory.persons[slug].name, name_key(slug)) for slug in slugs)


@functools.lru_cache(maxsize=4096)
def spellings(*names: str) -> tuple[str, ...]:
    """How texts may spell *names*: as given first, then with another dot, in the other script."""
    found: dict[str, None] = {}
    for name in names:
        scripts = () if name.isascii() else (simplified(name), traditional(name))
        for script in dict.fromkeys((name, *scripts)):
            parts = _DOT.split(script)
            for spelled in (script, *(dot.join(parts) for dot in (*_DOTS, "", " "))):
                if len(spelled) >= _SHORTEST:
                    found[spelled] = None
    return tuple(found)


def _persons(edition: Edition, lines: Lines) -> Iterator[str]:
    """Everybody in the order of the book, with repetitions."""
    leaders = lines.directory.leaders
    for part in edition.parts:
        yield from leaders.get(f"team:{part.team}", ())
        for point in part.points:
            yield from leaders.get(point.community, ())
        for placed in part.stories:
            yield from placed.authors
            yield from placed.people


def _story_names(placed: Placed, lines: Lines) -> StoryNames:
    byline = named(lines, placed.authors) or (Named(lines.say("anonymous")),)
    sought = tuple(
        Sought(name_key(slug), spellings(one.name, *(one.file.aliases if one.file else ())))
        for slug in placed.people
        if slug not in placed.authors
        for one in [lines.directory.persons[slug]]
    )
    return StoryNames(byline, sought)


def _told_apart(
    persons: Sequence[Somebody], edition: Edition, lines: Lines, words: Words
) -> dict[str, str]:
    """The name of each person in the index; namesakes with what first tells them all apart."""
    same: dict[str, list[Somebody]] = {}
    for one in persons:
        same.setdefault(fold(one.name), []).append(one)
    shown = {one.slug: one.name for one in persons}
    found = _Found(edition, lines)
    for group in same.values():
        if len(group) == 1:
            continue
        levels = zip(*map(found.details, group), strict=True)
        telling = [level for level in levels if len(set(level)) == len(level)]
        best = next((level for level in telling if all(level)), telling[0] if telling else ())
        for one, detail in zip(group, best, strict=bool(best)):
            if detail:
                shown[one.slug] = say(words, "namesake", name=one.name, of=detail)
    return shown


class _Found:
    """Where each person is first found: the service point and the story."""

    def __init__(self, edition: Edition, lines: Lines) -> None:
        self._lines = lines
        self._points: dict[str, str] = {}
        self._stories: dict[str, str] = {}
        for place in lines.register.neighbours:
            for slug in lines.directory.leaders.get(place, ()):
                self._points.setdefault(slug, place)
        for placed in edition.stories:
            for slug in (*placed.authors, *placed.people):
                self._stories.setdefault(slug, placed.story.title)
                if placed.community:
                    self._points.setdefault(slug, placed.community)

    def details(self, one: Somebody) -> tuple[str, str, str]:
        """What may tell a person from a namesake: team, service point, a story; "" if unknown."""
        teams, places = self._lines.directory.teams, self._lines.directory.communities
        point, title = self._points.get(one.slug), self._stories.get(one.slug)
        return (
            teams[one.team].title if one.team in teams else "",
            places[point].title if point else "",
            f"《{title}》" if title else "",
        )


def _other_names(one: Somebody, language: str) -> tuple[str, ...]:
    """The aliases that are more than the name in another script, each in the script of the book."""
    found: dict[str, list[str]] = {}
    for alias in one.file.aliases if one.file else ():
        found.setdefault(fold(alias), []).append(alias)
    found.pop(fold(one.name), None)
    traditional = language == "zh-Hant"
    return tuple(
        next((alias for alias in same if (alias != folded) == traditional), same[0])
        for folded, same in found.items()
    )


def _order(entry: IndexName) -> tuple[object, ...]:
    """By letter, then the sound of the surname, the surname, the sound of the rest."""
    spelled = pinyin.syllables(entry.name, name=True)
    surname = entry.name[:1] if not entry.name.isascii() else ""
    rest = (spelled[:1], surname, spelled[1:], entry.name, entry.see)
    return (entry.letter == OTHER, entry.letter, *rest)
