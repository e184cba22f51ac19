"""A long book in volumes: as its editors cut it, else where a part or a chapter ends.

A volume ends at the end of a story. Of the places that keep it within ``volume_pages`` and leave no
more volumes than are needed, it ends at the one nearest to equal volumes; where a chapter goes on,
a twentieth of a volume is paid for the cut, where a part goes on, as much again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise

from candlelight.book.edition import Chapter, Edition, Part, Point, story_id
from candlelight.book.words import Words, say
from candlelight.model import BookSettings, Document, Page
from candlelight.plan.directory import Placed
from candlelight.plan.lines import Lines

_PRICE = 20
"""A cut within a chapter or a part costs one *n*th of a volume each."""


class Volume(Edition, frozen=True, kw_only=True):
    """One volume, in all like a book of its own; a book of one volume has no *name*.

    *number* counts from 1 to *count*; *name* is 上册, 第三册 …; *title* is its own, or "".
    """

    number: int = 1
    count: int = 1
    name: str = ""
    title: str = ""


def volumes_of(
    edition: Edition, settings: BookSettings, pages: Mapping[str, int], words: Words
) -> tuple[Volume, ...]:
    """The volumes of *edition*, at least one; *pages* counts the pages of each story by story_id.

    Volumes in *settings* hold the stories they list, and the last one also what none lists. Else
    none exceeds ``volume_pages``, unless by one story that does so alone.
    """
    if settings.volumes:
        shelf = _shelf(settings, {one.story.slug for one in edition.stories})
        of = {one.story.path: shelf.get(one.story.slug, -1) for one in edition.stories}
        last = max(shelf.values(), default=0)
        of = {path: last if number < 0 else number for path, number in of.items()}
        titles = [one.title for one in settings.volumes]
    else:
        of = _cut(edition, settings.volume_pages, pages)
        titles = []
    numbers = sorted(set(of.values()))
    if len(numbers) < 2:
        title = titles[numbers[0]] if numbers and titles else ""
        return (Volume(edition.parts, title=title),)
    names = {number: _name(at, len(numbers), words) for at, number in enumerate(numbers, 1)}
    return tuple(
        Volume(
            _parts(edition, number, of, names),
            number=at,
            count=len(numbers),
            name=names[number],
            title=titles[number] if titles else "",
        )
        for at, number in enumerate(numbers, 1)
    )


def framing(volume: Volume, lines: Lines) -> tuple[Page | None, Page | None]:
    """The preface, which the first volume has, and the afterword, which the last one has."""
    pages = {page.slug: page for page in lines.directory.anthology.pages}
    begins, ends = volume.number == 1, volume.number == volume.count
    settings = lines.site.book
    return (
        pages.get(settings.preface) if begins else None,
        pages.get(settings.afterword) if ends else None,
    )


def documents_of(volume: Volume, lines: Lines) -> dict[str, Document]:
    """The documents whose photos *volume* shows, by what `Account` calls the place of each.

    A volume is like a book of its own: where a team's or a service point's text stands again,
    its photos do, too.
    """
    preface, afterword = framing(volume, lines)
    found: dict[str, Document | None] = {"preface": preface}
    for n, part in enumerate(volume.parts):
        found[f"part-{n}"] = lines.directory.teams.get(part.team)
        for m, chapter in enumerate(part.chapters):
            found[f"chapter-{n}-{m}"] = lines.directory.communities.get(chapter.community)
            found |= {story_id(one.story.slug): one.story for one in chapter.stories}
    found["afterword"] = afterword
    return {name: document for name, document in found.items() if document}


def _shelf(settings: BookSettings, slugs: set[str]) -> dict[str, int]:
    """For each of *slugs* the index of the first volume that lists it."""
    shelf: dict[str, int] = {}
    for index, volume in enumerate(settings.volumes):
        for mention in volume.stories:
            if mention.text in slugs:
                shelf.setdefault(mention.text, index)
    return shelf


def _cut(edition: Edition, limit: int, pages: Mapping[str, int]) -> dict[str, int]:
    """The number of its volume for each story, by path."""
    stories = edition.stories
    counts = [pages.get(story_id(one.story.slug), 1) for one in stories]
    prices = _prices(edition)
    of: dict[str, int] = {}
    start = number = 0
    while start < len(stories):
        stop = start + _length(counts[start:], prices[start:], limit)
        of |= {one.story.path: number for one in stories[start:stop]}
        start, number = stop, number + 1
    return of


def _length(counts: Sequence[int], prices: Sequence[int], limit: int) -> int:
    """How many of the stories of *counts* pages the next volume takes, at least one."""
    sums = list(accumulate(counts))
    if sums[-1] <= limit:
        return len(counts)
    fitting = [at for at, pages in enumerate(sums) if pages <= limit] or [0]
    volumes = -(-sums[-1] // limit)
    sparing = [at for at in fitting if sums[-1] - sums[at] <= (volumes - 1) * limit]
    aim = sums[-1] / volumes

    def cost(at: int) -> tuple[float, int]:
        return (abs(sums[at] - aim) + prices[at] * aim / _PRICE, -at)

    return min(sparing or fitting[-1:], key=cost) + 1


def _prices(edition: Edition) -> list[int]:
    """What goes on after each story: 0 nothing, or another part; 1 its part; 2 its chapter."""
    homes = [
        (part, chapter)
        for part, one in enumerate(edition.parts)
        for chapter, own in enumerate(one.chapters)
        for _ in own.stories
    ]
    prices = [2 if here == after else int(here[0] == after[0]) for here, after in pairwise(homes)]
    return [*prices, 0]


def _parts(
    edition: Edition, number: int, of: Mapping[str, int], names: Mapping[int, str]
) -> tuple[Part, ...]:
    """The parts of one volume: those with stories in it, and the waiting ones after them."""
    found = []
    latest = min(names)
    for part in edition.parts:
        own = {of[one.story.path] for one in part.stories} or {latest}
        latest = max(own)
        if number in own:
            found.append(_piece(part, number, of, names, ends=number == latest))
    return tuple(found)


def _piece(
    part: Part, number: int, of: Mapping[str, int], names: Mapping[int, str], *, ends: bool
) -> Part:
    """What of *part* stands in a volume; its register is whole and tells where the rest is.

    Chapters that wait for their stories stand where the part *ends*.
    """

    def here(one: Placed) -> bool:
        return of[one.story.path] == number

    chapters = [
        Chapter(chapter.title, chapter.community, tuple(filter(here, chapter.stories)))
        for chapter in part.chapters
        if (any(map(here, chapter.stories)) if chapter.stories else ends)
    ]
    told: dict[str, set[int]] = {}
    for one in part.stories:
        told.setdefault(one.community, set()).add(of[one.story.path])

    def point(whole: Point) -> Point:
        others = sorted(told.get(whole.community, set()) - {number})
        lit = number in told.get(whole.community, set())
        elsewhere = (*(names[other] for other in others), *whole.elsewhere)
        return Point(whole.community, lit, elsewhere)

    return Part(part.title, part.team, tuple(map(point, part.points)), tuple(chapters))


def _name(number: int, count: int, words: Words) -> str:
    """上册, 下册; 上册, 中册, 下册; 第一册 …"""
    special = words.get(f"volume-{number}-of-{count}", "")
    return special or say(words, "volume", number=_numeral(number, say(words, "numerals")))


def _numeral(number: int, numerals: str) -> str:
    """*number* below 100 in the numerals 一 to 十, else in digits."""
    if len(numerals) != 10 or number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    ten = numerals[9] if tens else ""
    return f"{numerals[tens - 1] if tens > 1 else ''}{ten}{numerals[ones - 1] if ones else ''}"
