"""The sheet of the whole book: cover, colophon, preface, parts and registers, credits, names.

Everything that is printed outside the stories is put into words here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import msgspec

from candlelight.book.bars import barcode
from candlelight.book.colophon import characters_of, colophon_of
from candlelight.book.credits import credits_of
from candlelight.book.edition import Chapter, Part, Point, story_id
from candlelight.book.flow import Flow, blocks_of
from candlelight.book.gallery import plates_of
from candlelight.book.grid import grid_of
from candlelight.book.names_index import NamesIndex, named
from candlelight.book.sheets import (
    Block,
    BookSheet,
    ChapterSheet,
    Cover,
    Entry,
    Named,
    PartSheet,
    Plate,
    PointSheet,
    Run,
    TextSheet,
)
from candlelight.book.story import story_links
from candlelight.book.text import set_line
from candlelight.book.volumes import Volume, framing
from candlelight.book.wall import cover_wall, part_wall
from candlelight.book.words import Words, say
from candlelight.model import Community, Document, Page
from candlelight.plan.lines import Lines, direction

Texts = Mapping[str, Sequence[str]]
"""The blocks of HTML of each text by the digest of its body."""

_EPIGRAPH_LINES = 3


def book_sheet(
    volume: Volume,
    lines: Lines,
    texts: Texts,
    names: NamesIndex,
    words: Words,
    broken: Collection[str] = (),
) -> BookSheet:
    """The sheet of *volume*, whose names are *names*, without a spine.

    Photos whose path is in *broken* are boxes with their file's name.

    The settings are those of the site; *words* are the set ``book``, printed as they stand.
    """
    return _Front(volume, lines, texts, words, broken).sheet(names)


def blocks_without_notes(flow: Flow) -> tuple[Block, ...]:
    """The blocks of a short text, where no foot of a page is kept: its notes follow it."""
    if not flow.notes:
        return flow.blocks

    def told(run: Run) -> Run:
        is_note = not isinstance(run, str) and "n" in run[1]
        return (f"[{int(run[0]) + 1}]", "h") if is_note else run

    blocks = [
        msgspec.structs.replace(block, runs=tuple(map(told, block.runs))) for block in flow.blocks
    ]
    notes = (Block("p", (f"[{at}] ", *note)) for at, note in enumerate(flow.notes, 1))
    return (*blocks, *notes)


def _flat(words: Words) -> dict[str, str]:
    """The words that are no groups of words."""
    return {key: word for key, word in words.items() if isinstance(word, str)}


class _Front:
    """Names and words for the pages around the stories of one volume."""

    def __init__(
        self,
        volume: Volume,
        lines: Lines,
        texts: Texts,
        words: Words,
        broken: Collection[str],
    ) -> None:
        self.volume, self.lines, self.texts, self.words = volume, lines, texts, words
        self.broken = broken
        self.settings = settings = lines.site.book
        self.links = story_links(volume.stories)
        self.grid = grid_of(settings.trim, settings.lines)
        self.trim = (self.grid.page_width, self.grid.page_height)
        self.title = set_line(settings.title or lines.site.title)
        own = (settings.subtitle,) if settings.subtitle else lines.site.subtitle
        self.subtitle = "\n".join(filter(None, map(set_line, own)))
        self.name = self._joined(volume.name, volume.title)
        pages = {page.slug: page for page in lines.directory.anthology.pages}
        self.preface = pages.get(settings.preface)

    def sheet(self, names: NamesIndex) -> BookSheet:
        others = framing(self.volume, self.lines)
        characters = characters_of(self.volume, others)
        return BookSheet(
            title=self.title,
            subtitle=self.subtitle,
            volume=self.name,
            language=self.lines.site.language,
            running=self._joined(self.title, self.volume.name),
            cover=self._cover(),
            colophon=colophon_of(self.settings, self.lines, characters, self.words),
            colophon_note=self._note(),
            preface=self._text(others[0]),
            afterword=self._text(others[1]),
            parts=tuple(map(self._part, self.volume.parts)),
            credits=credits_of(self.volume, self.lines, self.words),
            names=names.names,
            words=_flat(self.words),
        )

    def _cover(self) -> Cover:
        """Nothing is invented: a quotation is the editors' own or the preface's epigraph."""
        settings = self.settings
        epigraph = self.preface.epigraph[:_EPIGRAPH_LINES] if self.preface else ()
        source = self.preface.title if self.preface and epigraph and not settings.quote else ""
        price = say(self.words, "cover-price", price=settings.price) if settings.price else ""
        return Cover(
            title=self.title,
            subtitle=self.subtitle,
            latin=settings.latin,
            editors=self._editors(),
            volume=self.name,
            quote=tuple(map(set_line, settings.quote or epigraph)),
            quote_from=set_line(source),
            wall=cover_wall(self.title, self._slugs(self.volume), self.trim, 0),
            barcode=barcode(settings.isbn) if settings.isbn else None,
            isbn=settings.isbn,
            price=set_line(price),
        )

    def _editors(self) -> str:
        """《烛光》编委会　编; who says already what they did (主编, 编著) is left alone."""
        editors = self.settings.editors
        if not editors or editors.endswith(("编", "編", "著", "撰")):
            return set_line(editors)
        return set_line(say(self.words, "edited", editors=editors))

    def _note(self) -> str:
        """What the editors tell at the foot of every page of the site, and the faces."""
        notes = (*self.lines.site.footer, say(self.words, "faces"))
        return "\n".join(map(set_line, notes))

    def _text(self, page: Page | None) -> TextSheet | None:
        """A preface or an afterword, signed with the credits that the colophon has not."""
        if page is None:
            return None
        flow = self._flow(page)
        known = {(credit.role, credit.names) for credit in self.lines.site.credits}
        return TextSheet(
            title=set_line(page.title),
            epigraph=tuple(map(set_line, page.epigraph)),
            blocks=flow.blocks,
            notes=flow.notes,
            end=tuple(
                Entry(set_line(one.role), tuple(Named(set_line(name)) for name in one.names))
                for one in page.credits
                if (one.role, one.names) not in known
            ),
            lang=self.lines.foreign(page.lang),
            rtl=direction(page.lang) == "rtl",
            plates=self._plates(page),
        )

    def _part(self, part: Part) -> PartSheet:
        team = self.lines.directory.teams.get(part.team)
        text: tuple[Block, ...] = ()
        if team:
            text = (*self._led(part.team), *blocks_without_notes(self._flow(team)))
        return PartSheet(
            title=set_line(part.title),
            count=self._count(len(part.stories)),
            motto=set_line(team.motto) if team else "",
            wall=part_wall(f"{self.title}/{part.team}", self._slugs(part), self.trim),
            points=tuple(map(self._point, part.points)),
            chapters=tuple(self._chapter(part, chapter) for chapter in part.chapters),
            text=text,
            plates=self._plates(team) if team else (),
        )

    def _led(self, team: str) -> tuple[Block, ...]:
        """The leaders of a team in a line before its text, with their marks for the index."""
        leaders = named(self.lines, self.lines.directory.leaders.get(f"team:{team}", ()))
        if not leaders:
            return ()
        runs: list[Run] = [say(self.words, "leaders") + say(self.words, "colon")]
        for at, leader in enumerate(leaders):
            runs += [say(self.words, "list")] if at else []
            runs += [(leader.key, "i"), set_line(leader.name)]
        return (Block("p", tuple(runs)),)

    def _point(self, point: Point) -> PointSheet:
        community = self.lines.directory.communities[point.community]
        where = say(self.words, "list").join(point.elsewhere)
        return PointSheet(
            place=self._place(community),
            name=set_line(community.title),
            compound=self._within(community),
            leaders=self._leaders(point.community),
            lit=point.lit,
            other=set_line(say(self.words, "elsewhere", where=where)) if where else "",
        )

    def _chapter(self, part: Part, chapter: Chapter) -> ChapterSheet:
        stories = tuple(story_id(one.story.slug) for one in chapter.stories)
        title = set_line(chapter.title)
        if not chapter.community:
            team = self.lines.directory.teams.get(part.team)
            return ChapterSheet(title, set_line(team.city) if team else "", (), (), stories)
        community = self.lines.directory.communities[chapter.community]
        serving = self.lines.directory.community_teams.get(chapter.community, ())
        teams = dict.fromkeys([*serving, *(one.team for one in chapter.stories)])
        return ChapterSheet(
            title=title,
            place=say(self.words, "place").join(
                filter(None, (self._within(community), self._place(community)))
            ),
            leaders=self._leaders(chapter.community),
            teams=tuple(set_line(self.lines.directory.teams[team].title) for team in teams if team),
            stories=stories,
            text=blocks_without_notes(self._flow(community)),
            plates=self._plates(community),
        )

    def _leaders(self, community: str) -> tuple[Named, ...]:
        leaders = named(self.lines, self.lines.directory.leaders.get(community, ()))
        return tuple(Named(set_line(one.name), one.key) for one in leaders)

    def _place(self, community: Community) -> str:
        """City and district, else the province, without what the name says already."""
        parts = [
            part for part in (community.city, community.district) if part not in community.title
        ]
        if not parts and community.province != community.title:
            parts = [community.province]
        return set_line("·".join(dict.fromkeys(filter(None, parts))))

    @staticmethod
    def _within(community: Community) -> str:
        """The community or the compound that the name of the service point does not say."""
        parts = (community.community, community.compound)
        return set_line(next((part for part in parts if part and part not in community.title), ""))

    def _count(self, stories: int) -> str:
        key = "stories-none" if not stories else "stories-one" if stories == 1 else "stories"
        return say(self.words, key, count=stories)

    def _flow(self, document: Document) -> Flow:
        blocks = self.texts.get(document.body.digest, ())
        return blocks_of(blocks, self.links, rtl=direction(document.lang) == "rtl")

    def _plates(self, document: Document) -> tuple[Plate, ...]:
        return plates_of(document, self.grid, self.words["where"], self.broken)

    def _joined(self, *names: str) -> str:
        return say(self.words, "gap").join(set_line(name) for name in names if name)

    @staticmethod
    def _slugs(of: Volume | Part) -> list[str]:
        return [one.story.slug for one in of.stories]
