"""What stands after the stories: credits of texts and pictures, the index of names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from candlelight.book.credits import authors_of, holds_for, photo_credits
from candlelight.book.edition import name_key, story_id
from candlelight.book.names_index import names_index
from candlelight.book.text import set_line
from candlelight.book.volumes import Volume, framing
from candlelight.book.words import Words
from candlelight.epub.desk import Desk, chapter_file, part_file
from candlelight.epub.leaves import AnyLeaf, CreditsLeaf, Entry, IndexEntry, Name, NamesLeaf


def back(desk: Desk, book_words: Words) -> list[AnyLeaf]:
    """Credits and index; what would be empty is left out."""
    return [*_credits(desk), *_names(desk, book_words)]


def _credits(desk: Desk) -> Iterator[AnyLeaf]:
    book = Volume(desk.edition.parts)
    roles: dict[str, set[str]] = {}
    for placed in book.stories:
        for credit in placed.story.credits:
            label = desk.words["join-label"].join(
                (credit.role, desk.words["join-names"].join(credit.names))
            )
            roles.setdefault(label, set()).add(placed.story.path)
    wrote = authors_of(book, desk.lines)
    people = [desk.entry(desk.words["credits-authors"], wrote)] if wrote else []
    people += _where(roles, book, desk)
    pictures = photo_credits(book, desk.lines)
    if people or pictures:
        yield CreditsLeaf(
            name="credits",
            title=desk.words["credits"],
            page=desk.begin("credits"),
            people=tuple(people),
            pictures=tuple(_where(pictures, book, desk)),
        )


def _where(held: Mapping[str, set[str]], book: Volume, desk: Desk) -> Iterator[Entry]:
    """Each credit with the parts and the other texts it holds for; alone if it holds for all."""
    places = _places(book, desk)
    for label, among in held.items():
        values = [places[place] for place in holds_for(among, book, desk.lines)]
        yield Entry(set_line(label), tuple(values))


def _places(book: Volume, desk: Desk) -> dict[str, Name]:
    """Links to all places that a credit may hold for."""
    pages = zip(("preface", "afterword"), framing(book, desk.lines), strict=True)
    found = {name: Name(set_line(page.title), f"{name}.xhtml") for name, page in pages if page}
    for n, part in enumerate(book.parts):
        found[f"part-{n}"] = Name(set_line(part.title), f"{part_file(n + 1)}.xhtml")
        for m, chapter in enumerate(part.chapters):
            file = f"{chapter_file(n + 1, m + 1)}.xhtml"
            found[f"chapter-{n}-{m}"] = Name(set_line(chapter.title), file)
        found |= {story_id(one.story.slug): desk.story(one) for one in part.stories}
    return found


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
    found: dict[str, dict[str, Name]] = {}

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
