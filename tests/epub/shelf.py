"""An e-book made of an anthology on the disk, opened for a test."""

from __future__ import annotations

import functools
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from candlelight import messages, resources
from candlelight.book.edition import Edition, edition_of
from candlelight.book.selection import Selection
from candlelight.epub.book import EpubReport, Makings, write_epub
from candlelight.epub.cover import cover
from candlelight.epub.pictures import epub_photos
from candlelight.epub.planning import EpubPlan, plan_epub
from candlelight.make import fonts
from candlelight.plan import routes
from candlelight.plan.checks import documents_of
from candlelight.plan.directory import resolve
from candlelight.plan.lines import Lines
from candlelight.read.library import leave_out
from candlelight.run.photos import Darkroom
from candlelight.run.reading import read_anthology
from candlelight.run.session import session

XHTML = "{http://www.w3.org/1999/xhtml}"
OPS = "{http://www.idpf.org/2007/ops}"
STANDING_IN = Makings(b"cover", b"font")
"""Where a test does not look at them: the real ones take two seconds."""


@dataclass(frozen=True)
class Bound:
    """An e-book as it was written."""

    path: Path
    plan: EpubPlan
    report: EpubReport

    @functools.cached_property
    def files(self) -> dict[str, bytes]:
        """Everything in the zip, in its order."""
        with zipfile.ZipFile(self.path) as book:
            return {name: book.read(name) for name in book.namelist()}

    def tree(self, name: str) -> ET.Element:
        """A file below ``EPUB/`` as XML."""
        return ET.fromstring(self.files[f"EPUB/{name}"])

    def text(self, name: str) -> str:
        """What is read in the file *name*, white space folded."""
        body = self.tree(name).find(f"{XHTML}body")
        assert body is not None
        return " ".join("".join(body.itertext()).split())

    def all(self, name: str, tag: str) -> list[ET.Element]:
        """Every element *tag* of the file *name*."""
        return list(self.tree(name).iter(f"{XHTML}{tag}"))

    def metadata(self, name: str) -> list[str]:
        """The values of ``dc:`` elements and of ``meta`` properties in the package."""
        package = self.tree("package.opf")
        found = package.findall(f".//{{http://purl.org/dc/elements/1.1/}}{name}")
        found += package.findall(f".//{{http://www.idpf.org/2007/opf}}meta[@property='{name}']")
        return [element.text or "" for element in found]

    @property
    def stories(self) -> list[str]:
        """The files of stories in the order of reading."""
        return [leaf.file for leaf in self.plan.leaves if leaf.name.startswith("s-")]


def bind(
    root: Path,
    output: Path | None = None,
    *,
    real: bool = False,
    printed: Mapping[str, int] | None = None,
    spoilt: str = "",
) -> Bound:
    """The e-book of the anthology at *root*, with a *real* cover and font or stand-ins.

    *spoilt* is the path of a photo that nothing could be made of.
    """
    cache = root.parent / f"{root.name}-cache"
    with session(cache, 1) as memory:
        library = read_anthology(root, memory, _quiet).library
        anthology = leave_out(library.anthology, library.left_out)
        photos = [photo for _, one in documents_of(anthology) for photo in one.photos]
        recipe = anthology.site.photos
        blocks = dict(library.blocks)
        made, _ = Darkroom(root, cache).develop(photos, recipe, memory, _quiet)
    language = anthology.site.language
    lines = Lines(resolve(anthology), messages.load("phrases", language, root))
    book_words = messages.load("book", language, root)
    words = messages.load("epub", language, root)
    edition, problems = edition_of(lines, anthology.site.book, Selection(), book_words)
    assert not problems
    shown = epub_photos(photos, recipe, made, cache / "photos")
    shown.pop(spoilt, None)
    plan = plan_epub(
        edition, lines, blocks=blocks, photos=shown,
        words=words, book_words=book_words, printed=printed,
    )  # fmt: skip
    assert isinstance(edition, Edition)
    path = output or root.parent / "book.epub"
    makings = _makings(plan) if real else STANDING_IN
    return Bound(path, plan, write_epub(plan, makings, words, path, root))


def _makings(plan: EpubPlan) -> Makings:
    font = resources.find(routes.FONT, None)
    return Makings(cover(plan.cover, font), fonts.subset(font, plan.kai))


def _quiet(step: str, size: int) -> Callable[[int], object]:
    return str
