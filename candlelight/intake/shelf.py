"""What stands in one folder of ``content/``, and which names are free there."""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Iterator
from pathlib import Path

from candlelight import pinyin
from candlelight.intake.refused import Refused
from candlelight.read.document import read_document, slug_of
from candlelight.read.jobs import DocumentJob, ReadDocument
from candlelight.read.redirects import read_redirects
from candlelight.read.slugs import check_slug, same_slug
from candlelight.read.sources import KINDS, find_sources

FOLDERS = {kind: folder for folder, kind in KINDS.items()}
REDIRECTS = "content/redirects.yaml"
# Lists that are cut by year or initial have these addresses; a person's file must not be named
# index; and what is named readme or license is no document.
_TAKEN_BY_THE_SITE = re.compile(r"(year|initial)-.*|index|readme|license|undated", re.IGNORECASE)
_LONGEST = 60


class Shelf:
    """One folder of content, ``stories`` for instance, in the anthology at *source*.

    Raises Refused if it lies outside of the source.
    """

    def __init__(self, source: Path, kind: str) -> None:
        self.source = source
        self.kind = kind
        self.name = FOLDERS[kind]
        self.folder = source / "content" / self.name
        if not Path(os.path.realpath(self.folder)).is_relative_to(os.path.realpath(source)):
            raise Refused("new-outside", path=self.folder)

    def slugs(self) -> dict[str, str]:
        """The path from the source of whatever stands here, by its slug as same_slug gives it."""
        found = {}
        if self.folder.is_dir():
            for entry in sorted(os.scandir(self.folder), key=lambda entry: entry.name):
                slug = entry.name if entry.is_dir() else os.path.splitext(entry.name)[0]  # noqa: PTH122 - a name, no path
                found[same_slug(slug)] = f"content/{self.name}/{entry.name}"
        return found

    def moved(self) -> dict[str, str]:
        """Old addresses that lead on: where to, by the old slug as same_slug gives it."""
        prefix = f"{self.name}/"
        return {
            same_slug(old.removeprefix(prefix)): new
            for old, new in redirects(self.source)
            if old.startswith(prefix)
        }

    def free_slugs(self, title: str) -> Iterator[str]:
        """Good slugs for *title* that nothing has, best first, without end."""
        taken = self.slugs().keys() | self.moved().keys()
        stem = _stem(title, self.kind)
        for slug in itertools.chain([stem], (f"{stem}-{number}" for number in itertools.count(2))):
            if same_slug(slug) not in taken:
                yield slug

    def documents(self) -> Iterator[ReadDocument]:
        """Every document of the folder, read without its photos."""
        for file in find_sources(self.source).documents:
            if file.kind == self.kind:
                yield read_document(
                    DocumentJob(file.path, file.kind, (self.source / file.path).read_bytes())
                )

    def paths(self) -> dict[str, str]:
        """The path of each document's text by its slug."""
        files = find_sources(self.source).documents
        return {slug_of(file.path): file.path for file in files if file.kind == self.kind}


def redirects(source: Path) -> tuple[tuple[str, str], ...]:
    """The pairs in ``content/redirects.yaml``. Raises Refused if it cannot be understood."""
    try:
        raw = (source / REDIRECTS).read_bytes()
    except FileNotFoundError:
        return ()
    pairs, problems = read_redirects(raw)
    if problems:
        raise Refused("redirects-unclear", place=problems[0].place)
    return pairs


def _stem(title: str, kind: str) -> str:
    """A slug for *title* that every system can carry, cut between syllables where it is long."""
    slug = pinyin.slug(title, name=kind == "person")
    if len(slug) >= _LONGEST - 1:
        slug = slug.rpartition("-")[0] or slug
    if not slug:
        return kind
    if check_slug(slug, "") or _TAKEN_BY_THE_SITE.fullmatch(slug):
        return f"{kind}-{slug}"
    return slug
