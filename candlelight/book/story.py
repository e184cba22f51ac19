"""One story as the book prints it: heading, text, names, what stands in small type at its end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from candlelight.book.edition import story_id
from candlelight.book.flow import blocks_of
from candlelight.book.name_marks import mark_names, mark_start
from candlelight.book.names_index import StoryNames
from candlelight.book.sheets import Code, Entry, Named, StorySheet
from candlelight.book.text import set_line
from candlelight.book.titles import break_title
from candlelight.book.words import Words, say
from candlelight.model import Credit, Story
from candlelight.plan import routes
from candlelight.plan.directory import Placed
from candlelight.plan.lines import Lines, direction


class Told(msgspec.Struct, frozen=True):
    """A story's sheet, without plates yet, and where its text places photos.

    *anchors* are (number of the sheet's blocks before it, path of the photo), in order.
    """

    sheet: StorySheet
    anchors: tuple[tuple[int, str], ...]


def story_links(stories: Iterable[Placed]) -> dict[str, str]:
    """Links to the *stories* of a book, by the document that a text names: ``stories/first``."""
    return {f"stories/{one.story.slug}": f"#{story_id(one.story.slug)}" for one in stories}


def address_of(story: Story, lines: Lines) -> str:
    """Where *story* stands on the web, or ``""`` if the site has no address."""
    return routes.absolute(lines.site.base_url, routes.story(story.slug))


def story_sheet(
    placed: Placed,
    lines: Lines,
    html_blocks: Sequence[str],
    *,
    links: Mapping[str, str],
    names: StoryNames,
    words: Words,
) -> Told:
    """The sheet of a story whose text is *html_blocks*, sanitised HTML block by block.

    *links* are those of `story_links`; *names* are the story's in the index.
    """
    story = placed.story
    flow = blocks_of(html_blocks, links, rtl=direction(story.lang) == "rtl")
    sought = {one.key: one.spellings for one in names.sought}
    blocks, missing = mark_names(flow.blocks, sought, [one.name for one in names.byline])
    title = set_line(story.title)
    title_lines, large = break_title(title)
    sheet = StorySheet(
        id=story_id(story.slug),
        title=title,
        title_lines=title_lines,
        large=large,
        byline=tuple(Named(set_line(one.name), one.key) for one in names.byline),
        role=set_line(story.role),
        date=lines.date(story.date),
        lang=lines.foreign(story.lang),
        rtl=direction(story.lang) == "rtl",
        # Somebody whom the text calls otherwise is found where it begins.
        blocks=mark_start(blocks, missing),
        notes=flow.notes,
        end=tuple(_end(story, lines, words)),
    )
    return Told(sheet, tuple((flow.offsets[at], path) for at, path in story.body.placed))


def with_code(told: Told, code: Code | None, words: Words) -> Told:
    """*told* with the QR *code* of its page on the web, if it has one."""
    if code is None:
        return told
    sheet = msgspec.structs.replace(told.sheet, qr=code, qr_words=words["story-qr"])
    return msgspec.structs.replace(told, sheet=sheet)


def _end(story: Story, lines: Lines, words: Words) -> Iterator[Entry]:
    """Who worked on the text, where it first appeared, what was corrected."""
    for credit in story.credits:
        # Who worked on the whole book stands in its colophon.
        if credit not in lines.site.credits:
            yield _credit(credit)
    if source := lines.source(story.source):
        title = say(words, "quoted-title", title=source.title) if source.title else source.url
        parts = (title, source.publisher, source.date, source.rights)
        if told := words["parts-comma"].join(set_line(part) for part in parts if part):
            yield _entry(words["story-source"], told)
    for correction in story.corrections:
        date = lines.date(correction.date)
        dated = say(words, "dated", date=date, text=correction.text) if date else correction.text
        yield _entry(words["story-correction"], set_line(dated))


def _credit(credit: Credit) -> Entry:
    return Entry(set_line(credit.role), tuple(Named(set_line(name)) for name in credit.names))


def _entry(label: str, text: str) -> Entry:
    return Entry(label, (Named(text),))
