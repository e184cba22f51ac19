"""The text of one document with its photos, cut into pages that readers can cite."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from candlelight.book.text import set_line
from candlelight.book.words import Words, say
from candlelight.epub import leaves
from candlelight.epub.leaves import Figure
from candlelight.epub.pictures import EpubPhoto
from candlelight.epub.xhtml import Link, xhtml
from candlelight.make.xml import attribute
from candlelight.model import Document
from candlelight.plan.lines import Lines
from candlelight.plan.rows import compose
from candlelight.plan.views import Hung, Picture, Plate
from candlelight.problems import Place, Problem, warning

PAGE = 1000
"""Characters of a page of a printed book: where no print edition says better, an e-book's pages
are cut between paragraphs when so many are full."""


class Pages:
    """The pages of the book as they come: of the print edition if *printed* knows them."""

    def __init__(self, words: Words, printed: Mapping[str, int]) -> None:
        self.listed: list[tuple[str, str]] = []
        self.is_printed = bool(printed)
        self._printed = printed
        self._words = words

    def begin(self, file: str, story: str = "") -> str:
        """The label of the page that begins with *file*, ``""`` if it is none."""
        if not self.is_printed:
            return self._next(file)
        label = str(self._printed.get(story, ""))
        # Two stories on one page of the print: the first opens it.
        if not label or (self.listed and self.listed[-1][0] == label):
            return ""
        self.listed.append((label, f"{file}#page-{label}"))
        return label

    def turn(self, file: str) -> str:
        """The mark of a page that begins within *file*; ``""`` where only print has pages."""
        if self.is_printed:
            return ""
        label = self._next(file)
        said = attribute("aria-label", say(self._words, "page", number=label))
        return f'<div epub:type="pagebreak" role="doc-pagebreak" id="page-{label}"{said}></div>'

    def _next(self, file: str) -> str:
        label = str(len(self.listed) + 1)
        self.listed.append((label, f"{file}#page-{label}"))
        return label


class Texts:
    """Sets the texts of one book: what they link to, their photos, what is wrong with these."""

    def __init__(
        self,
        lines: Lines,
        blocks: Mapping[str, Sequence[str]],
        photos: Mapping[str, EpubPhoto],
        words: Words,
    ) -> None:
        self.used: dict[str, EpubPhoto] = {}
        self.kai: list[str] = []
        self.ruby = False
        self.problems: list[Problem] = []
        self._lines, self._blocks, self._photos, self._words = lines, blocks, photos, words

    def pieces(
        self, document: Document, link: Link, pages: Pages, file: str
    ) -> tuple[leaves.Passage, ...]:
        """The passages of *document* with its photos between and after them, as on the site."""
        text = xhtml(self._blocks.get(document.body.digest, ()), link, self._words["back"])
        self.kai.append(text.kai)
        self.ruby |= text.ruby
        hung = {shown.key: shown for shown in _pictures(document)}
        placed = [(at, hung.pop(path)) for at, path in document.body.placed if path in hung]
        flow, rest = compose(document.body.lengths, placed, tuple(hung.values()))
        made: list[leaves.Passage] = []
        run = 0
        for piece in flow:
            if isinstance(piece, Plate):
                made.append(self._plate(piece.hung, document))
                continue
            said = []
            for at in range(piece.start, min(piece.stop, len(text.blocks))):
                if run >= PAGE:
                    said.append(pages.turn(file))
                    run = 0
                said.append(text.blocks[at])
                run += document.body.lengths[at]
            made.append(leaves.Passage(html="\n".join(filter(None, said))))
        if rest:
            made.append(self._plate(rest, document))
        return tuple(made)

    def _plate(self, hung: Sequence[Hung], document: Document) -> leaves.Passage:
        return leaves.Passage(figures=tuple(self._figure(one.picture, document) for one in hung))

    def _figure(self, shown: Picture, document: Document) -> Figure:
        """A photo as the book shows it; a box with a warning if it could not be made."""
        figure = Figure(
            alt=shown.alt,
            caption=set_line(shown.caption),
            credit=set_line(shown.credit),
            lang=self._lines.foreign(document.lang),
        )
        made = self._photos.get(shown.key)
        if made is None:
            name = shown.key.rpartition("/")[2]
            given = {"file": name, "title": document.title}
            self.problems.append(warning("epub-photo-boxed", Place(document.path), **given))
            return msgspec.structs.replace(figure, missing=name)
        self.used[made.name] = made
        return msgspec.structs.replace(
            figure, src=f"../images/{made.name}", width=made.width, height=made.height
        )


def _pictures(document: Document) -> list[Picture]:
    """The photos of *document* by path, and in their order those that were lost."""
    found = [
        Picture(
            photo.path, photo.facts.width, photo.facts.height, (), (),
            photo.caption, photo.credit, photo.alt,
        )
        for photo in document.photos
    ]  # fmt: skip
    for number, lost in reversed(list(enumerate(document.lost))):
        key = f"{number}/{lost.name}"
        found.insert(lost.at, Picture(key, 3, 2, (), (), lost.caption, lost.credit))
    return found
