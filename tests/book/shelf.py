"""Anthologies for tests of the book, made in memory: stories by slug, with names as typed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from candlelight import messages
from candlelight.book.edition import Edition, edition_of
from candlelight.book.selection import Selection
from candlelight.model import (
    Anthology,
    Body,
    BookSettings,
    Community,
    Date,
    Document,
    Mention,
    Page,
    Person,
    Site,
    Story,
    Team,
)
from candlelight.plan.directory import resolve
from candlelight.plan.lines import Lines
from candlelight.problems import Problem

Kind = TypeVar("Kind", bound=Document)

WORDS = messages.load("book", "zh-Hans")
PHRASES = messages.load("phrases", "zh-Hans")
EVERYTHING = Selection()


def story(
    slug: str,
    *,
    team: str = "",
    place: str = "",
    date: Date | None = None,
    authors: Iterable[str] = (),
    people: Iterable[str] = (),
    version_of: str = "",
    length: int = 100,
) -> Story:
    return Story(
        path=f"content/stories/{slug}/index.md",
        slug=slug,
        title=f"题{slug}",
        team=Mention(team) if team else None,
        community=Mention(place) if place else None,
        date=date,
        authors=mentions(authors),
        people=mentions(people),
        version_of=version_of,
        body=Body(lengths=(length,)),
    )


def team(
    slug: str, title: str, *, leaders: Iterable[str] = (), aliases: Iterable[str] = ()
) -> Team:
    return Team(
        path=f"content/teams/{slug}/index.md", slug=slug, title=title,
        leaders=mentions(leaders), aliases=tuple(aliases),
    )  # fmt: skip


def point(
    slug: str,
    title: str,
    *,
    teams: Iterable[str] = (),
    leaders: Iterable[str] = (),
    number: str = "",
    city: str = "",
    district: str = "",
    community: str = "",
    compound: str = "",
    province: str = "",
) -> Community:
    return Community(
        path=f"content/communities/{slug}/index.md", slug=slug, title=title,
        teams=mentions(teams), leaders=mentions(leaders), number=number, city=city,
        district=district, community=community, compound=compound, province=province,
    )  # fmt: skip


def person(slug: str, name: str, *, aliases: Iterable[str] = (), team: str = "") -> Person:
    return Person(
        path=f"content/people/{slug}.md", slug=slug, title=name, aliases=tuple(aliases),
        team=Mention(team) if team else None,
    )  # fmt: skip


def lines_of(
    *documents: Document, settings: BookSettings | None = None, site: Site | None = None
) -> Lines:
    """What an anthology of *documents* says, with *settings* for its book."""

    def of(kind: type[Kind]) -> tuple[Kind, ...]:
        found = (one for one in documents if isinstance(one, kind))
        return tuple(sorted(found, key=lambda one: one.slug))

    if site is None:
        site = Site(book=settings or BookSettings())
    anthology = Anthology(site, of(Story), of(Team), of(Community), of(Person), of(Page))
    return Lines(resolve(anthology), PHRASES)


def edition(
    lines: Lines, selection: Selection = EVERYTHING, settings: BookSettings | None = None
) -> tuple[Edition, list[Problem]]:
    return edition_of(lines, settings or lines.site.book, selection, WORDS)


def mentions(names: Iterable[str]) -> tuple[Mention, ...]:
    return tuple(map(Mention, names))


def slugs(edition: Edition) -> list[str]:
    """The slugs of all stories in the order of the book."""
    return [one.story.slug for one in edition.stories]
