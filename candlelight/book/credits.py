"""Credits 署名 of texts and pictures: who wrote, who edited, whose photos, and in which stories.

A credit that holds for every story of the book stands alone; else the parts and the stories that
it holds for follow the names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from candlelight import pinyin
from candlelight.book.edition import Edition
from candlelight.book.sheets import Entry, Named
from candlelight.book.text import set_line
from candlelight.book.words import Words, say
from candlelight.plan.lines import Lines


def credits_of(edition: Edition, lines: Lines, words: Words) -> tuple[Entry, ...]:
    """The authors by pinyin, then each role and each credit of a photo where it first occurs."""
    persons = lines.directory.persons
    authors = {persons[slug].name for one in edition.stories for slug in one.authors}
    wrote = sorted(authors, key=lambda name: pinyin.sort_key(name, name=True))
    found = [Entry(say(words, "authors"), _named(wrote))] if wrote else []
    roles: dict[tuple[str, str], set[str]] = {}
    photos: dict[tuple[str, str], set[str]] = {}
    for one in edition.stories:
        for credit in one.story.credits:
            for name in credit.names:
                roles.setdefault((credit.role, name), set()).add(one.story.path)
        for photo in one.story.photos:
            if photo.credit:
                photos.setdefault((say(words, "pictures"), photo.credit), set()).add(one.story.path)
    return (*found, *_entries(roles, edition, words), *_entries(photos, edition, words))


def _entries(
    held: dict[tuple[str, str], set[str]], edition: Edition, words: Words
) -> Iterator[Entry]:
    """An entry for those who hold one role in the same stories."""
    together: dict[tuple[str, frozenset[str]], list[str]] = {}
    for (role, name), stories in held.items():
        together.setdefault((role, frozenset(stories)), []).append(name)
    for (role, among), names in together.items():
        where = tuple(map(set_line, _where(among, edition, words)))
        yield Entry(set_line(role), _named(names), where)


def _where(stories: Collection[str], edition: Edition, words: Words) -> Iterator[str]:
    """The parts that *stories* (paths) fill, and the titles of the others; nothing if all."""
    if len(stories) == len(edition.stories):
        return
    for part in edition.parts:
        own = [one.story for one in part.stories if one.story.path in stories]
        if len(own) > 1 and len(own) == len(part.stories):
            yield say(words, "within-part", part=part.title)
        else:
            yield from (say(words, "quoted-title", title=story.title) for story in own)


def _named(names: Iterable[str]) -> tuple[Named, ...]:
    return tuple(Named(set_line(name)) for name in names)
