"""A PDF read as a reader reads it: what stands on its pages, by programs that are not ours."""

from __future__ import annotations

import functools
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest

from candlelight.book.inspect import Findings, findings
from candlelight.book.marks import MM
from tests.outline import Bookmark, bookmarks

JOINER = "\u2060"
"""Keeps two characters of a title on one line; it prints nothing."""
BELOW_TEXT = 15 * MM
HEIGHT_OF_FOLIO = 20 * MM
_ENTRY = re.compile(r"(?P<name>.+?) (?:见 (?P<see>.+)|(?P<folios>\d+(?:、\d+)*))")
_CONTENT = re.compile(r"(?P<title>.+?)(?: [^ ]+)?[ .]+(?P<folio>\d+)")


@dataclass(frozen=True)
class Paper:
    """The PDF at *path*; pages count from 1."""

    path: Path

    @functools.cached_property
    def facts(self) -> Findings:
        """Boxes, fonts, pictures and colours."""
        return findings(self.path)

    @functools.cached_property
    def pages(self) -> list[str]:
        """The text of each page as it is read."""
        return _text(self.path, "-raw")

    @functools.cached_property
    def words(self) -> str:
        """All text, without white space: wherever a line may have ended."""
        return _bare("".join(self.pages))

    @functools.cached_property
    def folios(self) -> list[str]:
        """The number printed in the foot margin of each page; "" if there is none."""
        height = self.facts.pages[0].media.size[1] * MM
        foot = height * 8 / 10
        area = ["-r", "72", "-x", "0", "-W", "2000"]
        area += ["-y", str(round(foot + BELOW_TEXT / 2)), "-H", str(round(HEIGHT_OF_FOLIO))]
        return [text.strip() for text in _text(self.path, *area)]

    def page_of(self, folio: str) -> int:
        """The page that readers call *folio*; one without a number is counted from the next."""
        for away in range(4):
            if (later := str(int(folio) + away)) in self.folios:
                return self.folios.index(later) + 1 - away
        raise AssertionError(folio, self.folios)

    def has(self, words: str, page: int) -> bool:
        """Whether *words* stand on *page*, wherever a line ends."""
        return _bare(words) in _bare(self.pages[page - 1])

    def pages_with(self, words: str) -> list[int]:
        """The pages on which *words* stand."""
        return [number for number in range(1, len(self.pages) + 1) if self.has(words, number)]

    @functools.cached_property
    def bookmarks(self) -> list[Bookmark]:
        return bookmarks(self.path)

    def bookmark(self, title: str) -> int:
        """The page that the bookmark *title* leads to."""
        (found,) = {one.page for one in self.bookmarks if _bare(one.title) == _bare(title)}
        return found

    @property
    def contents(self) -> dict[str, str]:
        """The folio that the contents give for each story's title."""
        lines = self._after("目录")
        found = (_CONTENT.fullmatch(line) for line in lines)
        return {match["title"]: match["folio"] for match in found if match}

    @property
    def index(self) -> dict[str, str]:
        """The entries of the index of names: pages, or the name that is referred to."""
        lines = self._after("人名索引")
        found = (_ENTRY.fullmatch(line) for line in lines)
        return {match["name"]: match["see"] or match["folios"] for match in found if match}

    def _after(self, heading: str) -> list[str]:
        """The lines of the page *heading* and of those after it up to the next heading."""
        for page in self.pages:
            lines = page.replace(JOINER, "").splitlines()
            if _bare(lines[0] if lines else "") == heading:
                return lines[1:]
        raise AssertionError(heading)

    def pictures(self, folder: Path) -> list[Path]:
        """Every picture in the file, as it was put there."""
        folder.mkdir()
        arguments = ["pdfimages", "-all", str(self.path), str(folder / "p")]
        subprocess.run(arguments, check=True)
        return sorted(folder.iterdir())

    def content(self) -> list[bytes]:
        """The bare drawing of each page, forms included."""
        with pikepdf.open(self.path) as pdf:
            return [
                b"\n".join([
                    *(one.read_bytes() for one in _streams(page.obj.Contents)),
                    *(
                        form.read_bytes()
                        for _, form in page.resources.get("/XObject", {}).items()
                        if form.Subtype == "/Form"
                    ),
                ])
                for page in pdf.pages
            ]  # fmt: skip


def _streams(contents: pikepdf.Object) -> list[pikepdf.Object]:
    return list(contents) if isinstance(contents, pikepdf.Array) else [contents]


def _text(path: Path, *options: str) -> list[str]:
    program = shutil.which("pdftotext")
    if not program:
        pytest.skip("no pdftotext (poppler)")
    told = subprocess.run([program, *options, str(path), "-"], check=True, capture_output=True)
    return told.stdout.decode().split("\f")[:-1]


def _bare(text: str) -> str:
    return "".join(text.replace(JOINER, "").split())
