"""The facts of an anthology, frozen and typed: what the editors wrote, and nothing derived from it.

Reading makes these values, planning decides with them; no module of ours is imported here.
Paths are POSIX paths relative to the source folder. Lines and columns count from 1, 0 is unknown.
"""

from __future__ import annotations

import msgspec


class Date(msgspec.Struct, frozen=True, order=True):
    """A day, a month (day 0) or a year (month 0 and day 0); sorts by time, the vaguer one first."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def iso(self) -> str:
        """``2020``, ``2020-08`` or ``2020-08-12``."""
        parts = [f"{self.year:04d}", f"{self.month:02d}", f"{self.day:02d}"]
        return "-".join(parts[: 1 + bool(self.month) + bool(self.day)])


class Mention(msgspec.Struct, frozen=True):
    """A name as an editor wrote it, and where it stands in its file."""

    text: str
    line: int = 0
    column: int = 0


class Credit(msgspec.Struct, frozen=True):
    """A role (编辑, 通讯员, 审核 …) and who held it, in the order written."""

    role: str
    names: tuple[str, ...]


class Source(msgspec.Struct, frozen=True):
    """Where a text first appeared."""

    title: str = ""
    url: str = ""
    publisher: str = ""
    date: Date | None = None
    rights: str = ""


class Correction(msgspec.Struct, frozen=True):
    """A mistake that was mended after publication."""

    text: str
    date: Date | None = None


class PhotoFacts(msgspec.Struct, frozen=True):
    """What a photo file says of itself: upright size in pixels, format, SHA-256 of its bytes."""

    digest: str
    width: int
    height: int
    format: str


class Photo(msgspec.Struct, frozen=True):
    """An original in the folder of a document, with what its editor says of it.

    *path* names the file from the source folder; *consent* False withholds it everywhere.
    """

    path: str
    facts: PhotoFacts
    caption: str = ""
    credit: str = ""
    alt: str = ""
    consent: bool = True
    listed: bool = True


class LostPhoto(msgspec.Struct, frozen=True):
    """A photo that a document names and that cannot be shown: no file, or a broken one.

    It stood before the photo *at* of the document's photos. Nothing is published with one but a
    book, which keeps its place with a box.
    """

    at: int
    name: str
    caption: str = ""
    credit: str = ""


class Link(msgspec.Struct, frozen=True):
    """A relative link in a body to another document of the anthology, such as ``stories/first``."""

    target: str
    line: int = 0


class Body(msgspec.Struct, frozen=True):
    """What planning may know of a text; its HTML travels apart, under *digest*.

    *lengths* counts the characters of each top-level block; *placed* are the photos that the
    text itself places, as (index of the block that gives way to it, path of the photo).
    """

    digest: str = ""
    excerpt: str = ""
    lengths: tuple[int, ...] = ()
    placed: tuple[tuple[int, str], ...] = ()
    links: tuple[Link, ...] = ()
    headings: str = ""


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """What every kind of text has; *title* is the name for a team, a place or a person."""

    path: str
    slug: str
    title: str
    title_at: Mention = Mention("")
    aliases: tuple[str, ...] = ()
    summary: str = ""
    lang: str = ""
    draft: bool = False
    photos: tuple[Photo, ...] = ()
    lost: tuple[LostPhoto, ...] = ()
    cover: str = ""
    source: Source | None = None
    credits: tuple[Credit, ...] = ()
    body: Body = Body()
    extra: tuple[tuple[str, str], ...] = ()


class Story(Document, frozen=True, kw_only=True, tag="story"):
    """One text with its photos. No author is 佚名; no date comes last.

    *version_of* is the slug of the story that this one tells in another script or language.
    """

    authors: tuple[Mention, ...] = ()
    role: str = ""
    team: Mention | None = None
    community: Mention | None = None
    date: Date | None = None
    people: tuple[Mention, ...] = ()
    corrections: tuple[Correction, ...] = ()
    version_of: str = ""


class Team(Document, frozen=True, kw_only=True, tag="team"):
    """A volunteer team."""

    motto: str = ""
    city: str = ""
    leaders: tuple[Mention, ...] = ()


class Community(Document, frozen=True, kw_only=True, tag="community"):
    """A service point: a district, a community (社区), a compound (小区), its leaders and teams."""

    number: str = ""
    province: str = ""
    city: str = ""
    district: str = ""
    community: str = ""
    compound: str = ""
    leaders: tuple[Mention, ...] = ()
    teams: tuple[Mention, ...] = ()


class Person(Document, frozen=True, kw_only=True, tag="person"):
    """Somebody with a file: aliases, a portrait, and whether they agreed to be named.

    *consent* False withholds the person: no page, no list, no byline, and an error wherever a
    text still carries the name.
    """

    team: Mention | None = None
    portrait: str = ""
    consent: bool = True


class Page(Document, frozen=True, kw_only=True, tag="page"):
    """A text of the anthology itself: preface, about, afterword."""

    epigraph: tuple[str, ...] = ()


class PhotoRecipe(msgspec.Struct, frozen=True):
    """How renditions are made: widths in pixels, the qualities of the encoders, the size limit."""

    widths: tuple[int, ...] = (480, 960, 1600)
    avif: bool = False
    max_pixels: int = 100_000_000


class VolumeSettings(msgspec.Struct, frozen=True):
    """One volume of a book as its editors cut it: a title, and the slugs of its stories."""

    title: str = ""
    stories: tuple[Mention, ...] = ()


class BookSettings(msgspec.Struct, frozen=True):
    """``book:`` of ``site.yaml``. Lengths are millimetres, paths lie in the source folder.

    *trim* is ``185x260``, ``170x240``, ``A5`` or ``A4``; *lines* on a page, 29 or 33 (dense);
    *order* as the site's, "" the site's own; *stories* an explicit list of slugs, else all;
    *preface* and *afterword* are slugs of pages, *named_pages* those of the two that ``site.yaml``
    names itself, with their place; *paper* is the thickness of a sheet, *boards* of both covers
    together; *black* prints everything in one ink.
    """

    title: str = ""
    subtitle: str = ""
    latin: str = ""
    editors: str = ""
    quote: tuple[str, ...] = ()
    trim: str = "185x260"
    lines: int = 29
    order: str | tuple[str, ...] = ""
    stories: tuple[Mention, ...] = ()
    volumes: tuple[VolumeSettings, ...] = ()
    volume_pages: int = 800
    preface: str = "preface"
    afterword: str = "afterword"
    named_pages: tuple[Mention, ...] = ()
    colophon: tuple[Credit, ...] = ()
    edition: str = ""
    date: Date | None = None
    isbn: str = ""
    price: str = ""
    fonts: tuple[str, ...] = ()
    icc_profile: str = ""
    paper: float = 0.1
    boards: float = 0.6
    black: bool = False


class Site(msgspec.Struct, frozen=True):
    """``site.yaml``. *order* is ``date``, ``pinyin`` or slugs; *base_url* ends in ``/``.

    *cards* says whether each story has a share card of its own.
    """

    title: str = "烛光"
    subtitle: tuple[str, ...] = ()
    language: str = "zh-Hans"
    base_url: str = ""
    time_zone: str = "Asia/Shanghai"
    description: str = ""
    footer: tuple[str, ...] = ()
    order: str | tuple[str, ...] = "date"
    credits: tuple[Credit, ...] = ()
    photos: PhotoRecipe = PhotoRecipe()
    bogda: bool = False
    cards: bool = True
    book: BookSettings = BookSettings()


class Anthology(msgspec.Struct, frozen=True):
    """Everything under ``content/`` with ``site.yaml``, each kind sorted by slug."""

    site: Site
    stories: tuple[Story, ...] = ()
    teams: tuple[Team, ...] = ()
    communities: tuple[Community, ...] = ()
    people: tuple[Person, ...] = ()
    pages: tuple[Page, ...] = ()
    redirects: tuple[tuple[str, str], ...] = ()
