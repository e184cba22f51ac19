"""What all files of one e-book are written with: its texts, its words, its pages, its links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from candlelight.book.edition import Edition, story_id
from candlelight.book.text import set_line
from candlelight.book.words import Words, say
from candlelight.epub.addresses import web_address
from candlelight.epub.leaves import AnyLeaf, Entries, Entry, Name, Passage
from candlelight.epub.texts import Pages, Texts
from candlelight.model import Community, Correction, Document
from candlelight.plan import routes
from candlelight.plan.checks import documents_of
from candlelight.plan.directory import Placed
from candlelight.plan.lines import Lines, direction


class Desk:
    """Writes the files of *edition*; *printed* are pages of the printed book by story id."""

    def __init__(
        self,
        edition: Edition,
        lines: Lines,
        texts: Texts,
        words: Words,
        printed: Mapping[str, int],
    ) -> None:
        self.edition, self.lines, self.texts, self.words = edition, lines, texts, words
        self.settings = lines.site.book
        self.pages = Pages(words, printed)
        self.title = self.settings.title or lines.site.title
        own = (self.settings.subtitle,) if self.settings.subtitle else lines.site.subtitle
        self.subtitle: tuple[str, ...] = own
        self._stories = {one.story.slug: story_id(one.story.slug) for one in edition.stories}
        documents = documents_of(lines.directory.anthology)
        self._alive = frozenset(f"{kind}/{one.slug}" for kind, one in documents)

    def leaf(self, document: Document, name: str) -> dict[str, str]:
        """The fields that every file of a document has."""
        return {
            "name": name,
            "title": set_line(document.title),
            "lang": self.lines.foreign(document.lang),
            "direction": direction(document.lang or self.lines.site.language),
        }

    def pieces(self, document: Document | None, name: str) -> tuple[Passage, ...]:
        """The text of *document* with its photos, for the file *name*."""
        if document is None:
            return ()
        return self.texts.pieces(document, self.link, self.pages, f"text/{name}.xhtml")

    def begin(self, name: str, story: str = "") -> str:
        """The label of the page that begins with the file *name*."""
        return self.pages.begin(f"text/{name}.xhtml", story)

    def story(self, placed: Placed) -> Name:
        """A link to a story of the book."""
        story = placed.story
        href = f"{self._stories[story.slug]}.xhtml"
        return Name(set_line(story.title), href, self.lines.foreign(story.lang))

    def link(self, target: str) -> str:
        """Where a link of a text leads: into the book, else to the web, else nowhere (``""``)."""
        kind, _, slug = target.partition("/")
        if kind == "stories" and slug in self._stories:
            return f"{self._stories[slug]}.xhtml"
        if kind == "pages" and slug in (self.settings.preface, self.settings.afterword):
            role = "preface" if slug == self.settings.preface else "afterword"
            return f"{role}.xhtml" if target in self._alive else ""
        if target not in self._alive or not self.lines.site.base_url:
            return ""
        return web_address(routes.absolute(self.lines.site.base_url, routes.document(target)))

    def entry(self, label: str, values: Iterable[str]) -> Entry:
        """A line of label and values."""
        return Entry(set_line(label), tuple(Name(set_line(value)) for value in values))

    def end(self, document: Document, corrections: Sequence[Correction] = ()) -> tuple[Entry, ...]:
        """What stands in small type after a text: corrections, source, credits."""
        lines, words = self.lines, self.words
        parts = words["join-parts"]
        found = [
            self.entry(
                words["corrections"],
                [parts.join(filter(None, (one.text, lines.date(one.date))))],
            )
            for one in corrections
        ]
        source = lines.source(document.source)
        if source:
            rest = parts.join(filter(None, (source.publisher, source.date, source.rights)))
            home = web_address(source.url)
            title = say(words, "quote", title=source.title) if source.title else source.url
            values = [Name(set_line(title), home)] if title else []
            values += [Name(set_line(rest))] if rest else []
            found.append(Entry(words["source"], tuple(values)))
        # Who worked on the whole book stands in its colophon.
        own = (one for one in document.credits if one not in lines.site.credits)
        found += [self.entry(one.role, one.names) for one in own]
        return tuple(found)


def line(leaf: AnyLeaf, children: tuple[Entries, ...] = ()) -> Entries:
    """*leaf* as a line of the contents."""
    return Entries(leaf.title, leaf.file, leaf.lang, children)


def place_of(community: Community) -> str:
    """Where a service point lies, without what its own name says already."""
    parts = (community.city, community.district, community.community, community.compound)
    return " ".join(dict.fromkeys(part for part in parts if part and part != community.title))


def part_file(at: int) -> str:
    """The name of the file that opens the part *at*, from 1."""
    return f"part-{at}"


def chapter_file(part: int, at: int) -> str:
    """The name of the file that opens the chapter *at* of *part*, both from 1."""
    return f"part-{part}-{at}"
