"""What shops, libraries and reading systems are told of an e-book (EPUB 3.3, Accessibility 1.1)."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Sequence

import msgspec

from candlelight.book.colophon import credits_of_book
from candlelight.book.edition import date_of
from candlelight.epub.desk import Desk
from candlelight.epub.leaves import Figure
from candlelight.model import Credit

_ROLES = (
    ("editor-roles", "edt"),
    ("author-roles", "aut"),
    ("picture-roles", "pht"),
    ("illustrator-roles", "ill"),
    ("translator-roles", "trl"),
    ("designer-roles", "bkd"),
)
"""The roles that the words name, and the MARC relators that libraries know them by."""

_OTHER = "ctb"


class Somebody(msgspec.Struct, frozen=True):
    """A name and a MARC relator."""

    name: str
    role: str


class Metadata(msgspec.Struct, frozen=True):
    """The metadata of one book; *modified* is UTC; *pages* names what its page numbers are of."""

    identifier: str
    isbn: str
    title: str
    subtitle: str
    language: str
    creators: tuple[Somebody, ...]
    contributors: tuple[Somebody, ...]
    publishers: tuple[str, ...]
    date: str
    modified: str
    description: str
    modes: tuple[str, ...]
    sufficient: tuple[str, ...]
    features: tuple[str, ...]
    summary: str
    pages: str


def metadata(desk: Desk, figures: Sequence[Figure]) -> Metadata:
    """The metadata of the book on *desk*, which shows *figures*."""
    site, settings, words = desk.lines.site, desk.settings, desk.words
    creators, contributors = _people(desk)
    subtitle = " ".join(desk.subtitle)
    credits_ = credits_of_book(settings, site.credits)
    isbn = re.sub(r"[^0-9Xx]", "", settings.isbn)
    pictures = any(figure.src for figure in figures)
    described = all(figure.alt for figure in figures if figure.src)
    return Metadata(
        identifier=identifier(site.base_url, desk.title, subtitle, settings.edition),
        isbn=f"urn:isbn:{isbn}" if len(isbn) in (10, 13) else "",
        title=desk.title,
        subtitle=subtitle,
        language=site.language,
        creators=creators,
        contributors=contributors,
        publishers=tuple(_names(credits_, words["publisher-roles"])),
        date=settings.date.iso if settings.date else "",
        modified=f"{date_of(desk.edition, settings)}T00:00:00Z",
        description=site.description,
        modes=("textual", "visual") if pictures else ("textual",),
        sufficient=("textual",) if described else ("textual,visual",),
        features=tuple(_features(desk, described=described)),
        summary=words[
            "access-text" if not pictures else "access-all" if described else "access-some"
        ],
        pages=(f"urn:isbn:{isbn}" if isbn else desk.title) if desk.pages.is_printed else "none",
    )


def identifier(*parts: str) -> str:
    """The URN of a book: the same for every making of one edition."""
    return uuid.uuid5(uuid.NAMESPACE_URL, "\n".join(parts)).urn


def _features(desk: Desk, *, described: bool) -> Iterable[str]:
    yield from (
        "tableOfContents",
        "structuralNavigation",
        "readingOrder",
        "displayTransformability",
    )
    yield from ("pageBreakMarkers", "pageNavigation")
    if described:
        yield "alternativeText"
    if desk.texts.ruby:
        yield "rubyAnnotations"


def _people(desk: Desk) -> tuple[tuple[Somebody, ...], tuple[Somebody, ...]]:
    """Who edited the book, and who else had a hand in it; each name once a role."""
    words = desk.words
    roles = {word: code for key, code in _ROLES for word in words[key].split()}
    publishers = words["publisher-roles"].split()
    credits_ = credits_of_book(desk.settings, desk.lines.site.credits)
    found = dict.fromkeys(
        Somebody(name, roles.get(one.role, _OTHER))
        for one in credits_
        if one.role not in publishers
        for name in one.names
    )
    if desk.settings.editors:
        # 《烛光》编委会 编: the last word says what they did.
        name = re.sub(r"[\s\u3000]+(?:主?编|編|編著|编著|eds?\.)$", "", desk.settings.editors)
        found = {Somebody(name, "edt"): None} | found
    creators = tuple(one for one in found if one.role in ("edt", "aut"))
    return creators, tuple(one for one in found if one not in creators)


def _names(credits_: Iterable[Credit], roles: str) -> Iterable[str]:
    wanted = roles.split()
    return dict.fromkeys(name for one in credits_ if one.role in wanted for name in one.names)
