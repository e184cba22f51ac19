"""The books that are made together with the site, and offered on its home page."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path

import msgspec

from candlelight.book.words import in_words
from candlelight.ebook import publish_epub
from candlelight.plan import routes
from candlelight.plan.views import Download
from candlelight.printing import BookReport, publish_book
from candlelight.problems import Problem
from candlelight.publication import BookRequest
from candlelight.run.output import Made
from candlelight.run.reading import Progress
from candlelight.run.remember import Memory

PDF, EPUB = "application/pdf", "application/epub+zip"


class Downloads(msgspec.Struct, frozen=True):
    """What the home page offers, the files behind it, and what was wrong with them."""

    offered: tuple[Download, ...] = ()
    files: dict[str, Made] = {}
    problems: tuple[Problem, ...] = ()


def make_downloads(
    request: BookRequest, phrases: Mapping[str, str], memory: Memory, progress: Progress
) -> Downloads:
    """The PDF and the EPUB of the whole anthology, in a folder of the cache that is theirs alone.

    Whatever *request* says of where to write is not looked at.
    """
    folder = request.cache / routes.DOWNLOADS
    # Those of before may hold what was taken down since.
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    told = msgspec.structs.replace(request, output=folder / "book.pdf")
    book = publish_book(told, memory, progress)
    printed = {name: int(page) for name, page in book.pages.items() if page.isdecimal()}
    told = msgspec.structs.replace(request, output=folder / "book.epub")
    # Volumes count their pages each from one: then no number names one page.
    epub = publish_epub(told, memory, progress, printed if len(book.files) == 1 else None)
    problems = (*book.problems, *epub.problems)
    if not book.files or epub.book is None:
        return Downloads(problems=problems)
    ready = [*_volumes(book, phrases), (told.output, phrases["download-epub"], EPUB)]
    offered, files = [], {}
    for path, title, kind in ready:
        address = routes.download(path.name)
        offered.append(Download(title, address, in_words(path.stat().st_size), kind))
        files[address] = Made(_digest(path), path=str(path))
    return Downloads(tuple(offered), files, problems)


def _volumes(book: BookReport, phrases: Mapping[str, str]) -> list[tuple[Path, str, str]]:
    several = "download-volume" if len(book.files) > 1 else "download-pdf"
    return [
        (file.path, phrases[several].format(number=number, pages=file.pages), PDF)
        for number, file in enumerate(book.files, 1)
    ]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
