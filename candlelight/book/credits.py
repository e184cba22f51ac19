"""Credits 署名 of texts and pictures: who wrote, who edited, whose photos, and in which stories.

A credit that holds for every story of the book stands alone; else the parts, the service points and
the stories that it holds for follow the names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from candlelight import pinyin
from candlelight.book.sheets import Entry, Named
from candlelight.book.text import set_line
from candlelight.book.volumes import Volume, documents_of, framing
from candlelight.book.words import Words, say
from candlelight.plan.lines import Lines


def credits_of(volume: Volume, lines: Lines, words: Words) -> tuple[Entry, ...]:
    """The authors by pinyin, then each role and each credit of a photo where it first occurs."""
    persons = lines.directory.persons
    authors = {persons[slug].name for one in volume.stories for slug in one.authors}
    wrote = sorted(authors, key=lambda name: pinyin.sort_key(name, name=True))
    found = [Entry(say(words, "authors"), _named(wrote))] if wrote else []
    roles: dict[tuple[str, str], set[str]] = {}
    photos: dict[tuple[str, str], set[str]] = {}
    for one in volume.stories:
        for credit in one.story.credits:
            for name in credit.names:
                roles.setdefault((credit.role, name), set()).add(one.story.path)
    for document in documents_of(volume, lines).values():
        for photo in document.photos:
            if photo.credit and photo.consent:
                photos.setdefault((say(words, "pictures"), photo.credit), set()).add(document.path)
    return (*found, *_entries(roles, volume, lines, words), *_entries(photos, volume, lines, words))


def _entries(
    held: dict[tuple[str, str], set[str]], volume: Volume, lines: Lines, words: Words
) -> Iterator[Entry]:
    """An entry for those who hold one role in the same texts."""
    together: dict[tuple[str, frozenset[str]], list[str]] = {}
    for (role, name), paths in held.items():
        together.setdefault((role, frozenset(paths)), []).append(name)
    for (role, among), names in together.items():
        where = tuple(map(set_line, _where(among, volume, lines, words)))
        yield Entry(set_line(role), _named(names), where)


def _where(among: Collection[str], volume: Volume, lines: Lines, words: Words) -> Iterator[str]:
    """The parts that *among* (paths) fill, the titles of the others; nothing if it is all stories.

    What holds for the text of a team or of a service point stands under the name of these.
    """
    if all(one.story.path in among for one in volume.stories):
        return
    told = {name for name, one in documents_of(volume, lines).items() if one.path in among}
    for page in filter(None, framing(volume, lines)):
        if page.path in among:
            yield say(words, "quoted-title", title=page.title)
    for n, part in enumerate(volume.parts):
        own = [one.story for one in part.stories if one.story.path in among]
        whole = len(own) > 1 and len(own) == len(part.stories)
        if whole or f"part-{n}" in told:
            yield say(words, "within-part", part=part.title)
        if not whole:
            for m, chapter in enumerate(part.chapters):
                if f"chapter-{n}-{m}" in told:
                    yield say(words, "within-part", part=chapter.title)
            yield from (say(words, "quoted-title", title=story.title) for story in own)


def _named(names: Iterable[str]) -> tuple[Named, ...]:
    return tuple(Named(set_line(name)) for name in names)
