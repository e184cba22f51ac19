"""Credits 署名 of texts and pictures: who wrote, who edited, whose photos, and in which stories.

A credit that holds for every story of the book stands alone; else the parts, the service points and
the stories that it holds for follow the names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from candlelight import pinyin
from candlelight.book.edition import story_id
from candlelight.book.sheets import Entry, Named
from candlelight.book.text import set_line
from candlelight.book.volumes import Volume, documents_of, framing
from candlelight.book.words import Words, say
from candlelight.plan.lines import Lines


def credits_of(volume: Volume, lines: Lines, words: Words) -> tuple[Entry, ...]:
    """The authors by pinyin, then each role and each credit of a photo where it first occurs."""
    wrote = authors_of(volume, lines)
    found = [Entry(say(words, "authors"), _named(wrote))] if wrote else []
    roles: dict[tuple[str, str], set[str]] = {}
    for one in volume.stories:
        for credit in one.story.credits:
            for name in credit.names:
                roles.setdefault((credit.role, name), set()).add(one.story.path)
    pictures = say(words, "pictures")
    photos = {(pictures, name): paths for name, paths in photo_credits(volume, lines).items()}
    told = _told(volume, lines, words)
    for held in (roles, photos):
        for role, names, among in _together(held):
            where = tuple(set_line(told[place]) for place in holds_for(among, volume, lines))
            found.append(Entry(set_line(role), _named(names), where))
    return tuple(found)


def authors_of(volume: Volume, lines: Lines) -> list[str]:
    """The names of all who wrote, by pinyin."""
    persons = lines.directory.persons
    authors = {persons[slug].name for one in volume.stories for slug in one.authors}
    return sorted(authors, key=lambda name: pinyin.sort_key(name, name=True))


def photo_credits(volume: Volume, lines: Lines) -> dict[str, set[str]]:
    """Whose the photos are, each with the paths of the texts that show them."""
    found: dict[str, set[str]] = {}
    for document in documents_of(volume, lines).values():
        for photo in document.photos:
            if photo.credit and photo.consent:
                found.setdefault(photo.credit, set()).add(document.path)
    return found


def holds_for(among: Collection[str], volume: Volume, lines: Lines) -> Iterator[str]:
    """Where a credit of the texts *among* (paths) holds, by the names of `documents_of`.

    The parts that they fill, and the others one by one; nothing if they are all stories. What
    holds for the text of a team or of a service point holds for its part or chapter.
    """
    if all(one.story.path in among for one in volume.stories):
        return
    told = {name for name, one in documents_of(volume, lines).items() if one.path in among}
    yield from (name for name in ("preface", "afterword") if name in told)
    for n, part in enumerate(volume.parts):
        own = [story_id(one.story.slug) for one in part.stories if one.story.path in among]
        whole = len(own) > 1 and len(own) == len(part.stories)
        if whole or f"part-{n}" in told:
            yield f"part-{n}"
        if not whole:
            chapters = (f"chapter-{n}-{m}" for m in range(len(part.chapters)))
            yield from (name for name in chapters if name in told)
            yield from own


def _together(
    held: Mapping[tuple[str, str], set[str]],
) -> Iterator[tuple[str, list[str], frozenset[str]]]:
    """Each role with those who hold it in the same texts, and these."""
    found: dict[tuple[str, frozenset[str]], list[str]] = {}
    for (role, name), paths in held.items():
        found.setdefault((role, frozenset(paths)), []).append(name)
    for (role, among), names in found.items():
        yield role, names, among


def _told(volume: Volume, lines: Lines, words: Words) -> dict[str, str]:
    """How print calls each place that a credit may hold for."""
    pages = zip(("preface", "afterword"), framing(volume, lines), strict=True)
    found = {name: say(words, "quoted-title", title=page.title) for name, page in pages if page}
    for n, part in enumerate(volume.parts):
        found[f"part-{n}"] = say(words, "within-part", part=part.title)
        for m, chapter in enumerate(part.chapters):
            found[f"chapter-{n}-{m}"] = say(words, "within-part", part=chapter.title)
        for one in part.stories:
            found[story_id(one.story.slug)] = say(words, "quoted-title", title=one.story.title)
    return found


def _named(names: Iterable[str]) -> tuple[Named, ...]:
    return tuple(Named(set_line(name)) for name in names)
