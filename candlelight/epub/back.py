"""What stands after the stories: credits of texts and pictures, the index of names."""

from __future__ import annotations

from collections.abc import Iterable

from candlelight import pinyin
from candlelight.book.edition import name_key
from candlelight.epub.desk import Desk, chapter_file
from candlelight.epub.leaves import AnyLeaf, CreditsLeaf, Entry, IndexEntry, Name, NamesLeaf
from candlelight.make.typography import display
from candlelight.plan.directory import Somebody


def back(desk: Desk) -> list[AnyLeaf]:
    """Credits and index; what would be empty is left out."""
    return [*_credits(desk), *_names(desk)]


def _credits(desk: Desk) -> list[AnyLeaf]:
    words = desk.words
    people = tuple(desk.entry(one.role, one.names) for one in desk.lines.site.credits)
    credited: dict[str, dict[str, Name]] = {}
    for placed in desk.edition.stories:
        for photo in placed.story.photos:
            if photo.credit:
                own = credited.setdefault(display(photo.credit), {})
                own[placed.story.slug] = desk.story(placed)
    pictures = tuple(
        Entry(credit, tuple(credited[credit].values()))
        for credit in sorted(credited, key=pinyin.sort_key)
    )
    if not people and not pictures:
        return []
    page = desk.begin("credits")
    leaf = CreditsLeaf(
        name="credits", title=words["credits"], page=page, people=people, pictures=pictures
    )
    return [leaf]


def _names(desk: Desk) -> list[AnyLeaf]:
    found = _mentions(desk)
    persons = desk.lines.directory.persons
    letters: dict[str, list[IndexEntry]] = {}
    for name, slug in sorted(_spellings(persons[slug] for slug in found), key=_order):
        shown = persons[slug].name
        see = Name(shown, f"#{name_key(slug)}") if name != shown else None
        entry = IndexEntry(
            name=name,
            key="" if see else name_key(slug),
            where=() if see else tuple(found[slug].values()),
            see=see,
        )
        letters.setdefault(pinyin.initial(name), []).append(entry)
    if not letters:
        return []
    leaf = NamesLeaf(
        name="names",
        title=desk.words["names"],
        page=desk.begin("names"),
        letters=tuple((letter, tuple(letters[letter])) for letter in sorted(letters, key=_letter)),
    )
    return [leaf]


def _mentions(desk: Desk) -> dict[str, dict[str, Name]]:
    """For each person (slug) where the book names them, in its order, each place once."""
    found: dict[str, dict[str, Name]] = {}
    for at, part in enumerate(desk.edition.parts, 1):
        for number, chapter in enumerate(part.chapters, 1):
            opening = Name(display(chapter.title), f"{chapter_file(at, number)}.xhtml")
            for slug in desk.lines.directory.leaders.get(chapter.community, ()):
                found.setdefault(slug, {})[opening.href] = opening
            for placed in chapter.stories:
                story = desk.story(placed)
                for slug in (*placed.authors, *placed.people):
                    found.setdefault(slug, {})[story.href] = story
    return found


def _spellings(people: Iterable[Somebody]) -> Iterable[tuple[str, str]]:
    """Every name and alias with the slug of its bearer."""
    for one in people:
        aliases = one.file.aliases if one.file else ()
        for name in dict.fromkeys((one.name, *aliases)):
            yield name, one.slug


def _order(spelled: tuple[str, str]) -> tuple[object, ...]:
    return (pinyin.sort_key(spelled[0], name=True), spelled[1])


def _letter(letter: str) -> tuple[bool, str]:
    return (not letter.isalpha(), letter)
