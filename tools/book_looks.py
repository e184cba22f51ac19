"""Photograph the sample book for ``docs/looks/``: ``python tools/book_looks.py [NAME...]``.

Sheets of facing pages as they lie open: verso left, recto right. Pages are found by the words
they begin with, so that the sheets stay right when stories are added. Needs what ``looks.py``
needs, ``pdftoppm`` and ``pdftotext`` (Debian: ``poppler-utils``). ``--into`` puts them elsewhere.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from functools import cached_property
from pathlib import Path

from looks import FLAGS, LOOKS, ROOT, beside, scaled, stack, write
from PIL import Image
from playwright.sync_api import sync_playwright

from candlelight.selftest import chromium

SPREADS = {
    "book-front": ("前言", "目录"),
    "book-part": ("蜡烛志愿者团队13个故事", "蜡烛志愿者团队2020"),
    "book-stories": ("世纪花园小区", "宏大社区"),
    "book-long": ("老满城社区", "人名索引"),
}
"""Sheets of the book for screens, by what their pages begin with, spaces apart."""
WRAP, PRINTED, BLACK, EPUB = "book-cover", "book-print", "book-black", "book-epub"
PART, CHAPTER = "蜡烛志愿者团队13个故事", "各服务点"
EPUB_PAGES = ("text/cover", "nav", "text/part-1-1", "text/s-men-feng-li-de-nuan")
WIDE, DOTS, COLOURS = 840, 96, 32
FOLD = 0.85  # what is left of the light in the fold
SCREEN = {"width": 400, "height": 600}
"""A reading device, CSS pixels."""


def main() -> int:
    """Write the sheets that were asked for, all by default; 2 if a name is unknown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--into", type=Path, default=LOOKS)
    asked = parser.parse_args()
    everything = [WRAP, *SPREADS, PRINTED, BLACK, EPUB]
    if unknown := set(asked.names) - set(everything):
        print("no such sheet:", *sorted(unknown), file=sys.stderr)
        return 2
    asked.into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        press = Press(Path(folder))
        for name in asked.names or everything:
            size = write(press.sheet(name), asked.into / f"{name}.png", COLOURS)
            print(f"{name}.png {size:,}", flush=True)
    return 0


class Press:
    """The sample anthology made into books, each when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def screen(self) -> Book:
        return Book(self._made("book", ROOT, "screen.pdf"))

    @cached_property
    def printed(self) -> Book:
        return Book(self._made("book", ROOT, "print.pdf", "--print"))

    @cached_property
    def black(self) -> Book:
        source = self.folder / "black"
        shutil.copytree(ROOT / "content", source / "content")
        settings = (
            (ROOT / "site.yaml").read_text("utf-8").replace("\nbook:\n", "\nbook:\n  black: true\n")
        )
        if "black: true" not in settings:
            settings += "\nbook:\n  black: true\n"
        (source / "site.yaml").write_text(settings, "utf-8")
        return Book(self._made("book", source, "black.pdf"))

    def sheet(self, name: str) -> Image.Image:
        """The sheet of this name."""
        if name == WRAP:
            wrap = self.printed.path.with_name("print-cover.pdf")
            return stack([scaled(Book(wrap).page(1), WIDE)])
        if name == PRINTED:
            return stack([self.printed.spread(CHAPTER)])
        if name == BLACK:
            return stack([self.black.spread(PART)])
        if name == EPUB:
            return stack([beside(self._epub_pages())])
        return stack([self.screen.spread(words) for words in SPREADS[name]])

    def _epub_pages(self) -> list[Image.Image]:
        pages = self.folder / "epub"
        with zipfile.ZipFile(self._made("epub", ROOT, "book.epub")) as book:
            book.extractall(pages)
        shots = []
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium() or None, args=FLAGS)
            for name in EPUB_PAGES:
                page = browser.new_page(viewport=SCREEN)
                page.goto((pages / "EPUB" / f"{name}.xhtml").as_uri(), wait_until="networkidle")
                page.evaluate("document.fonts.ready.then(() => 0)")
                page.screenshot(path=self.folder / "shot.png")
                shots.append(scaled(Image.open(self.folder / "shot.png").convert("RGB"), 300))
                page.close()
            browser.close()
        return shots

    def _made(self, command: str, source: Path, name: str, *options: str) -> Path:
        run = [sys.executable, "-m", "candlelight", command, *options]
        run += ["--source", str(source), "--output", str(self.folder / name)]
        subprocess.run(run, check=True, env=dict(os.environ, PYTHONPATH=str(ROOT)))
        return self.folder / name


class Book:
    """A PDF: where its pages are, and what they look like. Pages count from 1."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def texts(self) -> list[str]:
        run = ["pdftotext", str(self.path), "-"]
        told = subprocess.run(run, check=True, capture_output=True, encoding="utf-8").stdout
        return ["".join(page.split()) for page in told.split("\f")]

    def find(self, words: str) -> int:
        """The first page that begins with *words*, spaces apart."""
        return next(at for at, text in enumerate(self.texts, 1) if text.startswith(words))

    def page(self, number: int) -> Image.Image:
        run = ["pdftoppm", "-r", str(DOTS), "-png", "-singlefile"]
        stem = self.path.with_name(f"{self.path.stem}-{number}")
        subprocess.run([*run, "-f", str(number), "-l", str(number), self.path, stem], check=True)
        picture = Image.open(stem.with_suffix(".png")).convert("RGB")
        # The page ends within the last row and column of pixels, which are half paper.
        return picture.crop((0, 0, picture.width - 1, picture.height - 1))

    def spread(self, words: str) -> Image.Image:
        """The two facing pages of which one begins with *words*."""
        verso = self.find(words) // 2 * 2
        left, right = self.page(verso), self.page(verso + 1)
        open_book = Image.new("RGB", (left.width + right.width, left.height))
        open_book.paste(left, (0, 0))
        open_book.paste(right, (left.width, 0))
        fold = (left.width - 1, 0, left.width + 1, left.height)
        open_book.paste(open_book.crop(fold).point(lambda light: light * FOLD), fold)
        return scaled(open_book, WIDE)


if __name__ == "__main__":
    raise SystemExit(main())
