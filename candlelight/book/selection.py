"""Which stories a book holds, and in which order: all, or what somebody asked for.

A name is understood as everywhere (its file's title, an alias, a slug; in either script). One that
nobody has is an error with the nearest name, for a book about somebody else helps nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from candlelight.model import BookSettings, Date, Document, Mention, Story
from candlelight.names import fold, nearest
from candlelight.plan.directory import Placed, Somebody
from candlelight.plan.lines import Lines
from candlelight.plan.order import Chronology, check_order
from candlelight.problems import Place, Problem, error, notice, warning

SITE_FILE = "site.yaml"
_SHOWN = 3
"""So many titles stand in a sentence; the others are counted."""


class Selection(msgspec.Struct, frozen=True):
    """What was asked for: names as typed, the first and last date (both included)."""

    team: str = ""
    community: str = ""
    person: str = ""
    since: Date | None = None
    until: Date | None = None


class Chosen(msgspec.Struct, frozen=True):
    """The stories of a book in its order (``date``, ``pinyin`` or ``list``), and what bounds them.

    *team* and *community* are slugs. *waits*: service points and teams without a story belong to
    the book too, as far as they are of that team or place.
    """

    stories: tuple[Placed, ...]
    order: str
    waits: bool
    team: str = ""
    community: str = ""


def choose(
    lines: Lines, settings: BookSettings, selection: Selection
) -> tuple[Chosen, list[Problem]]:
    """The stories that *settings* list, else all, as far as *selection* asks for them.

    A story that tells another one in a second script (``version_of``) is left out unless it is
    listed: a book has one script. A date as vague as its range is in if it may lie there.
    """
    problems = check_selection(selection)
    team = _meant("--team", selection.team, _names(lines.directory.teams.values()), problems)
    place = _meant(
        "--community", selection.community, _names(lines.directory.communities.values()), problems
    )
    person = _meant(
        "--person", selection.person, _person_names(lines.directory.persons.values()), problems
    )
    if problems:
        return Chosen((), "date", waits=False), problems
    stories, order = _ordered(lines, settings, problems)
    stories = [
        one
        for one in stories
        if team in ("", one.team)
        and place in ("", one.community)
        and (not person or person in one.authors or person in one.people)
    ]
    if selection.since or selection.until:
        stories = _dated(stories, selection, problems)
    problems += _check_pages(lines, settings) + _check_volumes(lines, settings, stories)
    waits = not (settings.stories or person or selection.since or selection.until)
    return Chosen(tuple(stories), order, waits, team, place), problems


def check_selection(selection: Selection) -> list[Problem]:
    """An error if the dates leave no day between them."""
    since, until = selection.since, selection.until
    if since and until and _first_day(since) > _last_day(until):
        return [error("selection-reversed", Place("--from"), since=since.iso, until=until.iso)]
    return []


def known_stories(lines: Lines) -> dict[str, Placed]:
    """Every story that a list may name, by its slug; also those in a second script."""
    second = (one for group in lines.versions.values() for one in group)
    return {one.story.slug: one for one in (*lines.stories, *second)}


def listed(
    lines: Lines, mentions: Iterable[Mention], problems: list[Problem]
) -> tuple[Placed, ...]:
    """The stories that *mentions* name by slug, each once; an unknown slug is an error."""
    known = known_stories(lines)
    found: dict[str, Placed] = {}
    for mention in mentions:
        slug = mention.text
        place = Place(SITE_FILE, mention.line, mention.column)
        if slug in found:
            problems.append(warning("book-story-twice", place, slug=slug))
        elif slug in known:
            found[slug] = known[slug]
        elif near := _near(slug, _story_names(known.values())):
            problems.append(error("book-story-near", place, slug=slug, near=near))
        else:
            problems.append(error("book-story-unknown", place, slug=slug))
    return tuple(found.values())


def _check_volumes(
    lines: Lines, settings: BookSettings, stories: Iterable[Placed]
) -> list[Problem]:
    """Slugs in volumes that nobody has or that stand twice, and stories that no volume lists."""
    mentions = [one for volume in settings.volumes for one in volume.stories]
    problems: list[Problem] = []
    found = {one.story.slug for one in listed(lines, mentions, problems)}
    if settings.volumes:
        place = Place(SITE_FILE, mentions[-1].line if mentions else 0)
        problems += [
            warning("book-volume-missing", place, slug=one.story.slug, title=one.story.title)
            for one in stories
            if one.story.slug not in found
        ]
    return problems


def _check_pages(lines: Lines, settings: BookSettings) -> list[Problem]:
    """A warning for a preface or afterword that was chosen, and that no page is."""
    pages = {page.slug: page for page in lines.directory.anthology.pages}
    default = BookSettings()
    places = {one.text: Place(SITE_FILE, one.line, one.column) for one in settings.named_pages}
    chosen = (("preface", settings.preface), ("afterword", settings.afterword))
    return [
        warning("book-page-unknown", places.get(slug, Place(SITE_FILE)), key=key, slug=slug)
        for key, slug in chosen
        if slug and slug not in pages and slug != getattr(default, key)
    ]


def _ordered(
    lines: Lines, settings: BookSettings, problems: list[Problem]
) -> tuple[list[Placed], str]:
    """The stories of the book in its order, and what the order is."""
    stories = listed(lines, settings.stories, problems) if settings.stories else lines.stories
    if settings.stories and not settings.order:
        return list(stories), "list"
    order = settings.order or lines.site.order
    if settings.order:
        site = msgspec.structs.replace(lines.site, order=order)
        every: list[Story] = [one.story for one in stories]
        problems += check_order(site, every)
        placed = {one.story.slug: one for one in stories}
        stories = tuple(placed[story.slug] for story in Chronology(every).in_order(site))
    return list(stories), order if isinstance(order, str) else "list"


def _dated(
    stories: Sequence[Placed], selection: Selection, problems: list[Problem]
) -> list[Placed]:
    """The stories that may lie between the dates; those without a date are told and left out."""
    since, until = selection.since or Date(1), selection.until or Date(9999)
    undated = [one.story.title for one in stories if one.story.date is None]
    if undated:
        option = "--from" if selection.since else "--to"
        titles = "".join(f"《{title}》" for title in undated[:_SHOWN])
        problems.append(
            notice("selection-undated", Place(option), count=len(undated), titles=titles)
        )
    return [
        one
        for one in stories
        if (date := one.story.date)
        and _first_day(date) <= _last_day(until)
        and _last_day(date) >= _first_day(since)
    ]


def _first_day(date: Date) -> tuple[int, int, int]:
    return (date.year, date.month or 1, date.day or 1)


def _last_day(date: Date) -> tuple[int, int, int]:
    return (date.year, date.month or 12, date.day or 31)


def _names(documents: Iterable[Document]) -> list[tuple[str, str]]:
    """Each name with the slug that it means; slugs are names too."""
    return [(name, one.slug) for one in documents for name in (one.title, *one.aliases, one.slug)]


def _person_names(persons: Iterable[Somebody]) -> list[tuple[str, str]]:
    return [
        (name, one.slug)
        for one in persons
        for name in (one.name, *(one.file.aliases if one.file else ()), one.slug)
    ]


def _story_names(stories: Iterable[Placed]) -> list[tuple[str, str]]:
    """Titles too: who wrote one into a list of slugs is told the slug."""
    return [(name, one.story.slug) for one in stories for name in (one.story.slug, one.story.title)]


def _meant(
    option: str, typed: str, names: Sequence[tuple[str, str]], problems: list[Problem]
) -> str:
    """The slug that *typed* means; "" if nothing was typed, or if it is a problem."""
    if not typed:
        return ""
    place = Place(option)
    if any(typed == slug for _, slug in names):
        return typed
    slugs = tuple(dict.fromkeys(slug for name, slug in names if fold(name) == fold(typed)))
    if len(slugs) == 1:
        return slugs[0]
    if slugs:
        problems.append(
            error("selection-ambiguous", place, name=typed, slugs="、".join(sorted(slugs)))
        )
    elif slug := _near(typed, names):
        shown = next(name for name, of in names if of == slug)
        problems.append(error("selection-near", place, name=typed, near=shown))
    else:
        problems.append(error("selection-unknown", place, name=typed))
    return ""


def _near(typed: str, names: Sequence[tuple[str, str]]) -> str:
    """The slug whose name is most likely meant: the same, one that contains it, the nearest."""
    folded = fold(typed)
    known = {fold(name): slug for name, slug in reversed(names)}
    within = min((name for name in known if folded and folded in name), key=len, default="")
    if folded in known or within:
        return known[folded if folded in known else within]
    near = nearest(typed, known, at_least=0.6)
    return known.get(near, "")
