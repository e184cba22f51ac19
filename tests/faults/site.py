"""The anthology that is built under faults: two editions of it that differ on every page.

Each edition has its mark in the title of the site, so that every page tells which one it belongs
to, a stylesheet of its own, and its photos in a size of its own. ``whole`` says which edition
stands, and fails where it is not whole.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import urllib.parse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from candlelight import resources
from candlelight.run import manifest
from candlelight.run.manifest import Manifest
from tests.anthology import Anthology, tree
from tests.faults import program
from tests.faults.program import Ended, Process

EDITIONS = ("甲", "乙")
SETTLED = 2.2
"""Seconds after which a file that changes again is sure to look otherwise."""
TITLE = "烛光"
SOURCE = "烛光 文集"
_HASHED = re.compile(r"assets/(?:css|js|photos)/")
_LINKED = re.compile(rb"""(?:href|src|srcset)="([^"]*assets/[^"]*)\"""")

Files = Mapping[str, bytes]


class Site:
    """An anthology, its published site, and what each edition of it must look like.

    All lies in one folder: the anthology in *source*, and in *web*, which has nothing else in it,
    the *output* and whatever room a build makes beside it.
    """

    def __init__(self, folder: Path, editions: Mapping[str, Files] | None = None) -> None:
        self.source = folder / SOURCE
        self.web = folder / "web"
        self.output = self.web / "public"
        self.cache = self.source / ".candlelight"
        self.editions = editions or {}

    @property
    def edition(self) -> str:
        """The edition that the source holds now."""
        return next(one for one in EDITIONS if f"{TITLE}{one}" in self.text("site.yaml"))

    @property
    def other(self) -> str:
        """The edition that the source does not hold."""
        return EDITIONS[1 - EDITIONS.index(self.edition)]

    def text(self, path: str) -> str:
        return (self.source / path).read_text("utf-8")

    def turn(self) -> str:
        """Edit the source so that it holds the other edition; its mark."""
        edition = self.other
        lay(self.source, edition)
        return edition

    def build(self, *options: str, **how: Any) -> Ended:
        """Build what the source holds now, to the end."""
        return self.begun(*options, **how).ended()

    def begun(self, *options: str, **how: Any) -> Process:
        """Begin to build what the source holds now."""
        return program.begun(self.source, "--output", str(self.output), *options, **how)

    def standing(self) -> str:
        """The edition that stands whole in the output, or nothing where there is no site yet."""
        return whole(self.output, self.editions) if self.output.exists() else ""

    def is_unbroken(self) -> None:
        """Every page of both editions stands whole, of one or the other, and so do its assets."""
        unbroken(self.output, self.editions)

    def is_mended(self) -> None:
        """The next build ends well, and what stands then is what a clean build makes."""
        done = self.build()
        assert done.code == 0, done
        done.is_plain()
        self.is_clean()

    def is_clean(self) -> None:
        """What stands is, byte for byte, what a clean build makes of the source as it is now."""
        assert self.standing() == self.edition
        # In the cache they wait ten minutes: a preview may be writing them.
        parts = [path for path in self.source.parent.rglob("*.part") if path.is_file()]
        assert [path for path in parts if self.cache not in path.parents] == []

    def is_as_built_in(self, folder: Path) -> None:
        """What stands is what a clean build of the source as it is now makes in *folder*."""
        clean = Site(folder)
        clean.web.mkdir(parents=True)
        own = shutil.ignore_patterns(self.cache.name)
        shutil.copytree(self.source, clean.source, ignore=own)
        done = clean.build()
        assert done.code == 0, done
        standing, (_, listed) = tree(self.output), listing(self.output)
        assert {path: standing.get(path) for path in listed.files} == tree(clean.output)

    def clear(self) -> None:
        """Delete the site and all that builds left beside it."""
        shutil.rmtree(self.web)
        self.web.mkdir()

    def forget(self) -> None:
        """Delete what earlier builds remember."""
        shutil.rmtree(self.cache)


class Texts(Site):
    """A site whose editions differ in the texts of three stories alone, by as many bytes."""

    EDITED = ("night-1", "night-2", "night-4")
    _WORDS = ("一盏灯，又一盏灯", "一盏灯，再一盏灯")

    @property
    def edition(self) -> str:
        return EDITIONS[self._WORDS[1] in self.text(self.path(self.EDITED[0]))]

    def turn(self) -> str:
        words, others = self._WORDS if self.edition == EDITIONS[0] else self._WORDS[::-1]
        for name in self.EDITED:
            text = self.text(self.path(name)).replace(words, others)
            (self.source / self.path(name)).write_bytes(text.encode())
        return self.edition

    @staticmethod
    def path(name: str) -> str:
        """The path of the text of the story *name*."""
        return f"content/stories/{name}/index.md"


class Text(Texts):
    """The same, but for one story: its page takes its place by itself, with no spare tree."""

    EDITED = ("night-2",)


def write(folder: Path, stories: int, edition: str = EDITIONS[0]) -> Site:
    """A new anthology of *stories* stories in *folder*, in *edition*, not built yet."""
    (folder / "web").mkdir(parents=True)
    anthology = Anthology(folder / SOURCE)
    anthology.site(title=TITLE, base_url="https://candlelight.example/")
    anthology.team("candle", title="蜡烛")
    anthology.community("nan-shan", title="南山", leaders=["马保福"])
    for number in range(stories):
        anthology.story(
            f"night-{number}",
            body=f"第{number}夜。\n\n{TITLE}甲乙，一盏灯，又一盏灯。",
            title=f"{TITLE}甲乙{number}",
            summary=f"第{number}夜。",
            author="何文君",
            team="蜡烛",
            community="南山",
            date=f"2020-{number % 9 + 1:02}-12",
        )
    anthology.photo("night-0", "a.jpg", (400, 300)).photo("night-1", "b.jpg", (400, 300))
    lay(folder / SOURCE, edition)
    return Site(folder)


def lay(folder: Path, edition: str) -> None:
    """Edit the anthology in *folder* so that it holds *edition*."""
    source = Anthology(folder, fresh=False)
    settings = f"title: {TITLE}{edition}\nbase_url: https://candlelight.example/\n"
    widths = 320 + 16 * EDITIONS.index(edition)
    source.write("site.yaml", f"{settings}photos:\n  widths: [{widths}]\n")
    style = resources.find("assets/css/site.css", None).read_text("utf-8")
    source.write("assets/css/site.css", f"{style}\n/* {edition} */\n")


def copied(stage: Path, folder: Path) -> Path:
    """A copy of the built anthology *stage*, hard links kept, as a backup would put it back."""
    first: dict[tuple[int, int], str] = {}

    def copy(source: str, target: str) -> None:
        found = Path(source).stat()
        twin = first.setdefault((found.st_dev, found.st_ino), target)
        if twin == target:
            shutil.copy2(source, target)
        else:
            os.link(twin, target)

    shutil.copytree(stage, folder, copy_function=copy, symlinks=True)
    return folder


def whole(output: Path, editions: Mapping[str, Files]) -> str:
    """The edition that stands in *output*; fails if any file is missing, half or of another one.

    A hashed asset of the other edition may stand beside it, for readers who hold an older page.
    """
    files, (_, listed) = tree(output), listing(output)
    edition = max(EDITIONS, key=lambda one: len(editions[one].items() & files.items()))
    wanted = editions[edition]
    assert {path for path in wanted if files.get(path) != wanted[path]} == set()
    assert {path: entry.digest for path, entry in listed.files.items()} == digests(wanted)
    # Of the other edition only what readers of an older page may still ask for.
    graced = {path: files[path] for path in files if path not in wanted}
    assert set(graced) == set(listed.graced)
    other = editions[EDITIONS[1 - EDITIONS.index(edition)]]
    assert {path for path in graced if graced[path] != other.get(path, graced[path])} == set()
    assert {path for path in graced if not _HASHED.match(path)} == set()
    return edition


def listing(output: Path) -> tuple[bytes, Manifest]:
    """The manifest of *output*, as it is written and as it is meant."""
    found = manifest.read(output)
    assert found, "no manifest, or half of one"
    return found


def unbroken(output: Path, editions: Mapping[str, Files]) -> None:
    """Every page of both editions stands whole, of one or the other, and so do its assets.

    This is less than ``whole``: while files are replaced one by one, editions may stand together.
    """
    one, other = (editions[edition] for edition in EDITIONS)
    for path in (path for path in one if path in other):
        content = (output / path).read_bytes()
        assert content in (one[path], other[path]), path
        if path.endswith(".html"):
            for asset in linked(path, content):
                assert (output / asset).is_file(), f"{path} shows {asset}"


def linked(page: str, content: bytes) -> set[str]:
    """The paths of the assets that the *page* of these bytes shows."""
    found = set()
    for match in _LINKED.finditer(content):
        for candidate in match[1].decode().split(","):
            address = candidate.split()[0]
            if "://" not in address:
                found.add(
                    urllib.parse.urljoin(f"https://site/{page}", address)[len("https://site/") :]
                )
    return found


def digests(files: Files) -> dict[str, str]:
    """The SHA-256 of each of *files* by its path."""
    return {path: hashlib.sha256(content).hexdigest() for path, content in files.items()}
