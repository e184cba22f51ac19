"""The two who build the same anthology, each as a whole process that knows nothing of the last."""

from __future__ import annotations

import shutil
import sys
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from anthology import write_anthology
from hugosite import HugoSource
from processes import Failed, Run, run

REPOSITORY = Path(__file__).resolve().parent.parent
WITHOUT_CARDS = "cards: false\n"
"""Share cards are pictures; what is compared is text."""


class Builder(ABC):
    """One who makes a website of the anthology, and publishes it in *output*."""

    name: str
    output: Path

    @abstractmethod
    def wipe(self) -> None:
        """Forget every build."""

    @abstractmethod
    def bring(self, file: Path) -> None:
        """Take over what an edit wrote to *file* of the anthology."""

    @abstractmethod
    def build(self) -> Run:
        """Build once. Raises Failed."""

    def shows(self, page: str, words: str) -> None:
        """The page that was edited says so. Raises Failed."""
        if words not in (self.output / page / "index.html").read_text(encoding="utf-8"):
            raise Failed(f"{self.name}: {page} does not show {words}")

    def pages(self) -> Counter[str]:
        """How many pages of each kind are published, by the first folder of their address."""
        return Counter(
            path.relative_to(self.output).parts[0] if path.parent != self.output else path.name
            for path in self.output.rglob("*.html")
        )


class Candlelight(Builder):
    """A whole site of *source*, all checks and the exchange of the trees included."""

    name = "Candlelight"

    def __init__(self, source: Path) -> None:
        self.source = source
        self.output = source / "public"
        self.settings = source / "site.yaml"
        self.plain = self.settings.read_text(encoding="utf-8")
        self.draws_cards(False)

    def draws_cards(self, wished: bool) -> None:
        """Switch share cards on or off; where they are so already, nothing has changed."""
        text = (self.plain + ("" if wished else WITHOUT_CARDS)).encode()
        if self.settings.read_bytes() != text:
            self.settings.write_bytes(text)

    def wipe(self) -> None:
        """Leave what editors wrote, and nothing else."""
        for path in self.source.iterdir():
            if path.name != "content" and path != self.settings:
                shutil.rmtree(path)

    def bring(self, file: Path) -> None:
        """The anthology is its own."""

    def build(self) -> Run:
        """``candlelight build`` with the interpreter that runs this."""
        command = [sys.executable, "-m", "candlelight", "build", "--source", str(self.source)]
        return run(command, self.source.with_suffix(".log"), REPOSITORY)


class Hugo(Builder):
    """An equivalent minimal site, kept in *folder*."""

    name = "Hugo"

    def __init__(self, program: Path, source: Path, folder: Path) -> None:
        self.program = program
        self.folder = folder
        self.output = folder / "public"
        self.content = HugoSource(source, folder)
        self.content.write()

    def wipe(self) -> None:
        """Hugo keeps nothing but what it published."""
        shutil.rmtree(self.output, ignore_errors=True)

    def bring(self, file: Path) -> None:
        """Write it as Hugo reads it."""
        self.content.bring(file)

    def build(self) -> Run:
        """``hugo``, as it is run to publish; it has no build but a whole one."""
        caches = {"HUGO_CACHEDIR": str(self.folder.with_suffix(".cache"))}
        log = self.folder.with_suffix(".log")
        return run([str(self.program)], log, self.folder, caches)

    def version(self) -> str:
        """``v0.168.0``."""
        log = self.folder.with_suffix(".log")
        run([str(self.program), "version"], log, self.folder)
        return log.read_text(encoding="utf-8").split()[1].partition("-")[0]


def made_up(folder: Path, stories: int) -> Path:
    """A fresh anthology of *stories* in *folder*."""
    print(f"writing {stories:,} stories", flush=True)
    source = folder / f"anthology-{stories}"
    write_anthology(source, stories)
    return source


def same_pages(builders: Sequence[Builder]) -> Counter[str]:
    """What all have published: as many pages of every kind. Raises Failed if they have not."""
    found = {builder.name: builder.pages() for builder in builders}
    first = found[builders[0].name]
    if any(pages != first for pages in found.values()):
        lines = (f"{name}: {told(pages)}" for name, pages in found.items())
        raise Failed("not as many pages\n" + "\n".join(lines))
    return first


def told(found: Counter[str]) -> str:
    """``10,000 stories, 40 teams …``, with their sum."""
    parts = (f"{count:,} {kind}" for kind, count in sorted(found.items()))
    return f"{found.total():,} pages: {', '.join(parts)}"
