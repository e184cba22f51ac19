"""An edition becomes an e-book: its files in order, its contents, its pages, what it needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from candlelight.book.edition import Edition
from candlelight.book.words import Words
from candlelight.epub import leaves
from candlelight.epub.back import back
from candlelight.epub.cover import CoverCard
from candlelight.epub.desk import Desk, line
from candlelight.epub.front import afterword, front
from candlelight.epub.inside import inside
from candlelight.epub.leaves import AnyLeaf, Entries
from candlelight.epub.metadata import Metadata, metadata
from candlelight.epub.pictures import EpubPhoto
from candlelight.epub.texts import Texts
from candlelight.plan.lines import Lines
from candlelight.problems import Problem


class EpubPlan(msgspec.Struct, frozen=True):
    """What an e-book is made of, and nothing made yet.

    *photos* are those that it shows, *kai* the characters that stand in Kai; *cover* says what
    the cover shows.
    """

    metadata: Metadata
    leaves: tuple[AnyLeaf, ...]
    contents: tuple[Entries, ...]
    photos: tuple[EpubPhoto, ...]
    cover: CoverCard
    kai: str
    problems: tuple[Problem, ...]


def plan_epub(  # noqa: PLR0913 - every call names them
    edition: Edition,
    lines: Lines,
    *,
    blocks: Mapping[str, Sequence[str]],
    photos: Mapping[str, EpubPhoto],
    words: Words,
    book_words: Words,
    printed: Mapping[str, int] | None = None,
) -> EpubPlan:
    """Plan the e-book of *edition* with the texts *blocks* by digest and the *photos* by path.

    *words* are the e-book's own, *book_words* those that it shares with the printed book.
    *printed* are the pages of the printed book by story id, where there is one: then who reads
    the one and who reads the other can name the same page.
    """
    texts = Texts(lines, blocks, photos, words)
    desk = Desk(edition, lines, texts, words, printed or {})
    before = front(desk)
    stories, contents = inside(desk)
    after = [*afterword(desk), *back(desk, book_words)]
    contents = (*map(line, before[3:]), *contents, *map(line, after))
    # A book of nothing has its imprint; a list without a line is none.
    contents = contents or (line(before[2]),)
    every = [*before, *stories, *after]
    nav = leaves.NavLeaf(
        name="nav",
        title=words["contents"],
        contents=contents,
        landmarks=tuple(_landmarks(every, words)),
        pages=tuple(desk.pages.listed),
    )
    every.insert(len(before), nav)
    return EpubPlan(
        metadata=metadata(desk, leaves.figures_in(every)),
        leaves=tuple(every),
        contents=contents,
        photos=tuple(texts.used[name] for name in sorted(texts.used)),
        cover=CoverCard(
            title=desk.title,
            subtitle=desk.subtitle,
            editors=desk.settings.editors,
            facade=lines.wall([lines.light(one) for one in edition.stories]),
            bogda=lines.site.bogda,
        ),
        kai="".join(sorted(set().union(*texts.kai, *_headings(every), *words.values()))),
        problems=tuple(texts.problems),
    )


def _landmarks(every: Sequence[AnyLeaf], words: Words) -> Iterator[tuple[str, str, str]]:
    """Where readers jump to, as (type, title, file): each kind once."""
    yield "cover", words["cover"], "text/cover.xhtml"
    yield "titlepage", words["title-page"], "text/title.xhtml"
    yield "toc", words["contents"], "nav.xhtml"
    kinds = {
        leaves.PartLeaf: "bodymatter",
        leaves.NamesLeaf: "index",
        leaves.CreditsLeaf: "acknowledgments",
    }
    told = set()
    for leaf in every:
        kind = leaf.role if isinstance(leaf, leaves.TextLeaf) else kinds.get(type(leaf), "")
        if kind and kind not in told:
            told.add(kind)
            yield kind, words["start"] if kind == "bodymatter" else leaf.title, leaf.file


def _headings(every: Sequence[AnyLeaf]) -> Iterator[str]:
    """What stands in Kai besides the texts."""
    for leaf in every:
        yield leaf.title
        for figure in (one for piece in leaf.pieces for one in piece.figures):
            yield from (figure.caption, figure.credit, figure.missing)
        if isinstance(leaf, leaves.TitleLeaf):
            yield from (*leaf.subtitle, leaf.editors, leaf.latin)
        elif isinstance(leaf, leaves.StoryLeaf):
            yield from (leaf.role, leaf.date, *(name.title for name in leaf.byline))
        elif isinstance(leaf, leaves.TextLeaf):
            yield from leaf.epigraph
        elif isinstance(leaf, leaves.PartLeaf):
            yield leaf.motto
            for point in leaf.points:
                yield from (point.point.title, point.place, *point.leaders, *point.elsewhere)
        elif isinstance(leaf, leaves.ChapterLeaf):
            yield from (leaf.place, *leaf.leaders, *leaf.teams)
            for story, author in leaf.stories:
                yield from (story.title, author)
