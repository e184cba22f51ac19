"""A site of a few files to publish, without any anthology behind it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from candlelight.run import manifest
from candlelight.run.output import Change, Made, Output
from candlelight.run.seen import Seen
from tests.anthology import tree

Files = Mapping[str, bytes]

OLD: Files = {
    "404.html": b"lost",
    "assets/css/site.aaaaaaaaaaaa.css": b"style",
    "feed.xml": b"feed",
    "index.html": b"home",
    "stories/snow/index.html": b"snow",
    "stories/night/index.html": b"night",
}
NEW: Files = {
    "404.html": b"lost",
    "assets/css/site.bbbbbbbbbbbb.css": b"another style",
    "feed.xml": b"new feed",
    "index.html": b"new home",
    "stories/lamp/index.html": b"a new story",
    "stories/snow/index.html": b"snow, edited",
}
NEWER: Files = {**OLD, "index.html": b"newest home", "stories/dawn/index.html": b"dawn"}


class Died(BaseException):
    """The process is gone; nothing in the program catches this."""


@dataclass
class Site:
    """The output ``public`` in *source*, and what a cache would remember of it."""

    source: Path
    known: Seen = field(default_factory=Seen)

    @property
    def folder(self) -> Path:
        return self.source / "public"

    @property
    def room(self) -> Path:
        return self.source / ".public.candlelight"

    @property
    def files(self) -> dict[str, bytes]:
        """What a reader finds, but for what stays by grace."""
        found = manifest.read(self.folder)
        graced = found[1].graced if found else ()
        return {path: content for path, content in self.everything.items() if path not in graced}

    @property
    def everything(self) -> dict[str, bytes]:
        return tree(self.folder)

    @property
    def spare(self) -> dict[str, bytes]:
        return tree(self.room / "spare")

    def publish(
        self, files: Files, *, takedown: bool = False, durable: bool = False, **versions: str
    ) -> Change:
        """Publish *files* as a build does: what stands with the same bytes is only named.

        *versions* say of what a file is a version; a point in its path is spelled ``_``.
        """
        output = Output(self.folder)
        with output.locked(self.source):
            intact = output.published(self.known)
            made = {}
            for number, (path, content) in enumerate(files.items()):
                digest = hashlib.sha256(content).hexdigest()
                of = versions.get(path.replace(".", "_"), "")
                made[path] = Made(digest[:8], version_of=of)
                if path not in intact or intact[path].digest != digest:
                    (output.staging / f"worker-{number}").write_bytes(content)
                    name = f"worker-{number}"
                    made[path] = Made(digest[:8], staged=name, digest=digest, version_of=of)
            change = output.publish(made, intact, durable=durable, takedown=takedown)
            self.known = output.seen() or self.known
        return change

    def look(self) -> set[str]:
        """The files that a build finds as they should be."""
        output = Output(self.folder)
        with output.locked(self.source):
            intact = set(output.published(self.known))
            output.refuse_strangers()
            return intact


def new_site(folder: Path) -> Site:
    (folder / "content").mkdir(parents=True)
    return Site(folder)


def without_exchange(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("candlelight.run.output.can_swap", lambda room, folder: False)


def without_links(patch: pytest.MonkeyPatch) -> None:
    def link(source: str, target: str) -> None:
        raise PermissionError(1, "Operation not permitted", source)

    patch.setattr(os, "link", link)


def dying_at(patch: pytest.MonkeyPatch, moment: str, times: int = 1) -> list[str]:
    """Die when *moment* comes for the n-th of *times*; the moments that came are returned."""
    came: list[str] = []

    def reached(now: str) -> None:
        came.append(now)
        if came.count(moment) == times and now == moment:
            raise Died(moment)

    for module in ("tree", "journal", "disk"):
        patch.setattr(f"candlelight.run.{module}.reached", reached)
    return came
