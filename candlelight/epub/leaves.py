"""What each file of an e-book shows: the templates of ``templates/epub/`` see nothing else.

A leaf is one XHTML file, ``text/<name>.xhtml``. Addresses in leaves are relative to it.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec


class Name(msgspec.Struct, frozen=True):
    """Words that may be a link; *lang* if not the book's."""

    title: str
    href: str = ""
    lang: str = ""


class Entry(msgspec.Struct, frozen=True):
    """A label and its values: a line of the colophon, of the credits, of a text's source."""

    label: str
    values: tuple[Name, ...]


class Figure(msgspec.Struct, frozen=True):
    """A photo with its words; *missing* names a file that could not be used, and has no *src*."""

    src: str = ""
    width: int = 0
    height: int = 0
    alt: str = ""
    caption: str = ""
    credit: str = ""
    lang: str = ""
    missing: str = ""


class Passage(msgspec.Struct, frozen=True):
    """Some blocks of a text, safe XHTML, or else photos between two such passages."""

    html: str = ""
    figures: tuple[Figure, ...] = ()


class Leaf(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """What every file has. *page* is the label of the page that begins with it, ``""`` if none."""

    name: str
    title: str
    lang: str = ""
    direction: str = "ltr"
    page: str = ""
    pieces: tuple[Passage, ...] = ()

    @property
    def file(self) -> str:
        """Its path in the book."""
        return f"text/{self.name}.xhtml"


class CoverLeaf(Leaf, frozen=True, kw_only=True, tag="cover"):
    """The picture on the cover; *alt* says what it shows."""

    alt: str


class TitleLeaf(Leaf, frozen=True, kw_only=True, tag="title"):
    """Half title."""

    subtitle: tuple[str, ...]
    latin: str
    editors: str


class ColophonLeaf(Leaf, frozen=True, kw_only=True, tag="colophon"):
    """版权页: groups of entries, then lines as they stand."""

    groups: tuple[tuple[Entry, ...], ...]
    lines: tuple[str, ...]


class TextLeaf(Leaf, frozen=True, kw_only=True, tag="text"):
    """Preface or afterword (*role* says which)."""

    role: str
    epigraph: tuple[str, ...]
    end: tuple[Entry, ...] = ()


class Point(msgspec.Struct, frozen=True):
    """A service point in a part's register: what follows of it, where else, or that it waits."""

    point: Name
    place: str
    leaders: tuple[str, ...]
    lit: bool
    elsewhere: tuple[str, ...] = ()


class PartLeaf(Leaf, frozen=True, kw_only=True, tag="part"):
    """The opening of a part."""

    count: int
    motto: str
    points: tuple[Point, ...]


class ChapterLeaf(Leaf, frozen=True, kw_only=True, tag="chapter"):
    """The opening of a chapter, *count* stories, with its contents."""

    count: int
    place: str
    leaders: tuple[str, ...]
    teams: tuple[str, ...]
    stories: tuple[tuple[Name, str], ...]


class StoryLeaf(Leaf, frozen=True, kw_only=True, tag="story"):
    """One story; *home* is where it is read on the web, ``""`` if nowhere."""

    byline: tuple[Name, ...]
    role: str
    date: str
    date_iso: str
    end: tuple[Entry, ...] = ()
    home: str = ""


class CreditsLeaf(Leaf, frozen=True, kw_only=True, tag="credits"):
    """Who made the book, and whose the pictures are."""

    people: tuple[Entry, ...]
    pictures: tuple[Entry, ...]


class IndexEntry(msgspec.Struct, frozen=True):
    """A name with the files where it stands, or the entry that an alias refers to."""

    name: str
    key: str = ""
    where: tuple[Name, ...] = ()
    see: Name | None = None


class NamesLeaf(Leaf, frozen=True, kw_only=True, tag="names"):
    """The index of names: letters with their entries."""

    letters: tuple[tuple[str, tuple[IndexEntry, ...]], ...]


class Entries(msgspec.Struct, frozen=True):
    """A line of the contents with those below it."""

    title: str
    href: str
    lang: str = ""
    children: tuple[Entries, ...] = ()

    @property
    def depth(self) -> int:
        """How many levels it has, itself included."""
        return 1 + max((child.depth for child in self.children), default=0)


class NavLeaf(Leaf, frozen=True, kw_only=True, tag="nav"):
    """Contents, landmarks as (type, title, href), pages as (label, href)."""

    contents: tuple[Entries, ...]
    landmarks: tuple[tuple[str, str, str], ...]
    pages: tuple[tuple[str, str], ...]

    @property
    def file(self) -> str:
        """Beside the package, so that old readers find it."""
        return "nav.xhtml"


AnyLeaf = (
    CoverLeaf
    | TitleLeaf
    | ColophonLeaf
    | TextLeaf
    | PartLeaf
    | ChapterLeaf
    | StoryLeaf
    | CreditsLeaf
    | NamesLeaf
    | NavLeaf
)
"""A file of the book; the tag of its type names its template, ``templates/epub/<tag>.xhtml``."""


def figures_in(every: Iterable[AnyLeaf]) -> list[Figure]:
    """Every figure, in the order of the book."""
    return [one for leaf in every for piece in leaf.pieces for one in piece.figures]
