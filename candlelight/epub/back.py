"""What stands after the stories: credits of texts and pictures, the index of names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from candlelight import pinyin
from candlelight.book.edition import name_key
from candlelight.book.names_index import names_index
from candlelight.book.text import set_line
from candlelight.book.words import Words
from candlelight.epub.desk import Desk, chapter_file, part_file
from candlelight.epub.leaves import AnyLeaf, CreditsLeaf, Entry, IndexEntry, Name, NamesLeaf

Held = dict[str, dict[str, Name]]
"""What somebody holds, by name or label, with the stories (by address) that it holds for."""


def back(desk: Desk, book_words: Words) -> list[AnyLeaf]:
    """Credits and index; what would be empty is left out."""
    return [*_credits(desk), *_names(desk, book_words)]


def _credits(desk: Desk) -> Iterator[AnyLeaf]:
    persons = desk.lines.directory.persons
    authors = {persons[slug].name for one in desk.edition.stories for slug in one.authors}
    roles: Held = {}
    pictures: Held = {}
    for placed in desk.edition.stories:
        story = desk.story(placed)
        for credit in placed.story.credits:
            label = desk.words["join-label"].join(
                (credit.role, desk.words["join-names"].join(credit.names))
            )
            roles.setdefault(label, {})[story.href] = story
        for photo in placed.story.photos:
            if photo.credit:
                pictures.setdefault(photo.credit, {})[story.href] = story
    wrote = sorted(authors, key=lambda name: pinyin.sort_key(name, name=True))
    people = [desk.entry(desk.words["credits-authors"], wrote)] if wrote else []
    people += _where(roles, desk)
    if people or pictures:
        yield CreditsLeaf(
            name="credits",
            title=desk.words["credits"],
            page=desk.begin("credits"),
            people=tuple(people),
            pictures=tuple(_where(pictures, desk)),
        )


def _where(held: Held, desk: Desk) -> Iterator[Entry]:
    """Each credit with the parts and the other stories it holds for; alone if it holds for all."""
    for label, stories in held.items():
        values: list[Name] = []
        for at, part in enumerate(desk.edition.parts, 1):
            own = [name for one in part.stories if (name := desk.story(one)).href in stories]
            if len(own) > 1 and len(own) == len(part.stories):
                own = [Name(set_line(part.title), f"{part_file(at)}.xhtml")]
            values += own
        whole = len(stories) == len(desk.edition.stories)
        yield Entry(set_line(label), () if whole else tuple(values))


def _names(desk: Desk, book_words: Words) -> Iterator[AnyLeaf]:
    found = _mentions(desk)
    letters: dict[str, list[IndexEntry]] = {}
    for one in names_index(desk.edition, desk.lines, book_words).names:
        name = set_line(one.name)
        if one.see:
            entry = IndexEntry(name, see=Name(set_line(one.see), f"#{one.key}"))
        else:
            entry = IndexEntry(name, one.key, tuple(found.get(one.key, {}).values()))
        letters.setdefault(one.letter, []).append(entry)
    if letters:
        yield NamesLeaf(
            name="names",
            title=desk.words["names"],
            page=desk.begin("names"),
            letters=tuple((letter, tuple(entries)) for letter, entries in letters.items()),
        )


def _mentions(desk: Desk) -> Mapping[str, dict[str, Name]]:
    """For each person (key) where the book names them, in its order, each place once."""
    found: Held = {}

    def note(slugs: Iterable[str], place: Name) -> None:
        for slug in slugs:
            found.setdefault(name_key(slug), {})[place.href] = place

    leaders = desk.lines.directory.leaders
    for at, part in enumerate(desk.edition.parts, 1):
        opening = Name(set_line(part.title), f"{part_file(at)}.xhtml")
        told = {chapter.community for chapter in part.chapters}
        note(leaders.get(f"team:{part.team}", ()), opening)
        for point in part.points:
            if point.community not in told:
                note(leaders.get(point.community, ()), opening)
        for number, chapter in enumerate(part.chapters, 1):
            head = Name(set_line(chapter.title), f"{chapter_file(at, number)}.xhtml")
            note(leaders.get(chapter.community, ()), head)
            for placed in chapter.stories:
                note((*placed.authors, *placed.people), desk.story(placed))
    return found
