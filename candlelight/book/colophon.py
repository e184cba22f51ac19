"""The colophon 版权页: who made the book, what the editors add, its measures; only what is given.

A line of ``book.colophon`` in ``site.yaml`` replaces ours of the same label, so that an editor has
the last word on each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from candlelight.book.edition import Edition
from candlelight.book.grid import grid_of
from candlelight.book.sheets import Entry, Named
from candlelight.book.text import set_line
from candlelight.book.words import Words, say
from candlelight.model import BookSettings, Credit, Document
from candlelight.names import fold
from candlelight.plan.lines import Lines

Lined = tuple[str, Sequence[str]]
"""A label and its values."""


def colophon_of(
    settings: BookSettings, lines: Lines, characters: int, words: Words
) -> tuple[tuple[Entry, ...], ...]:
    """Three groups: the credits of the anthology, the editors' own lines, the facts of the book.

    *characters* is the length of its texts.
    """
    own = {fold(credit.role): credit for credit in settings.colophon}
    people: list[Lined] = [(credit.role, credit.names) for credit in lines.site.credits]
    if settings.editors:
        people.insert(0, (say(words, "editors"), [settings.editors]))
    facts = list(_facts(settings, lines, characters, words))
    ours = {fold(label) for label, _ in (*people, *facts)}
    added: list[Lined] = [
        (one.role, one.names) for one in settings.colophon if fold(one.role) not in ours
    ]
    groups = [_replaced(people, own), added, _replaced(facts, own)]
    return tuple(
        tuple(Entry(set_line(label), tuple(Named(set_line(value)) for value in values))
              for label, values in group)
        for group in groups
        if group
    )  # fmt: skip


def credits_of_book(settings: BookSettings, ours: Sequence[Credit]) -> tuple[Credit, ...]:
    """The credits of the anthology, *ours*, as its editors change and complete them."""
    own = {fold(credit.role): credit for credit in settings.colophon}
    known = {fold(credit.role) for credit in ours}
    added = (credit for credit in settings.colophon if fold(credit.role) not in known)
    return (*(own.get(fold(credit.role), credit) for credit in ours), *added)


def characters_of(edition: Edition, others: Iterable[Document | None]) -> int:
    """How many characters the texts of *edition* and the *others* have, as Markdown prints them."""
    documents = (*(one.story for one in edition.stories), *filter(None, others))
    return sum(sum(document.body.lengths) for document in documents)


def _facts(settings: BookSettings, lines: Lines, characters: int, words: Words) -> Iterator[Lined]:
    page = grid_of(settings.trim, settings.lines)
    size = f"{page.page_width:g} mm × {page.page_height:g} mm"
    yield say(words, "trim"), [size]
    if characters:
        thousands = round(characters / 1000)
        key, count = ("thousands", thousands) if thousands else ("characters", characters)
        yield say(words, "length"), [say(words, key, count=count)]
    if settings.edition:
        yield say(words, "edition"), [settings.edition]
    if settings.date:
        yield say(words, "date"), [lines.date(settings.date)]
    if settings.isbn:
        yield say(words, "isbn"), [f"ISBN {settings.isbn}"]
    if settings.price:
        yield say(words, "price"), [settings.price]


def _replaced(ours: Iterable[Lined], own: dict[str, Credit]) -> list[Lined]:
    return [
        (label, own[fold(label)].names if fold(label) in own else values) for label, values in ours
    ]
