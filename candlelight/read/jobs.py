"""What reading is asked and what it answers: values for workers and for the cache.

They stand apart from what reads, which a build in which nothing changed never imports.
"""

from __future__ import annotations

import msgspec

from candlelight.model import Community, Page, Person, Site, Story, Team
from candlelight.problems import Problem

AnyDocument = Story | Team | Community | Person | Page


class PhotoEntry(msgspec.Struct, frozen=True):
    """A photo as its document names it; *path* runs from the source folder.

    *path* is ``""`` where no file has the name, which *missing* tells then.
    """

    path: str
    caption: str = ""
    credit: str = ""
    alt: str = ""
    consent: bool = True
    listed: bool = True
    line: int = 0
    missing: str = ""


class DocumentJob(msgspec.Struct, frozen=True):
    """A text to read; *folder_photos* are the paths of the photos beside it, in file-name order."""

    path: str
    kind: str
    text: bytes
    folder_photos: tuple[str, ...] = ()
    time_zone: str = "Asia/Shanghai"


class ReadDocument(msgspec.Struct, frozen=True):
    """What a text says; None if nothing could be made of it.

    *photos* are the listed ones, then the others, as their document names them; *blocks* is safe
    HTML, ``""`` where a photo is placed. *others* is a digest of all that other pages may show of
    it, for the ledger.
    """

    path: str
    document: AnyDocument | None
    photos: tuple[PhotoEntry, ...] = ()
    blocks: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    others: str = ""


class ReadSite(msgspec.Struct, frozen=True):
    """What ``site.yaml`` says. *files* are those it names, and whether each stood there."""

    site: Site
    problems: tuple[Problem, ...] = ()
    files: tuple[tuple[str, bool], ...] = ()


class ReadRedirects(msgspec.Struct, frozen=True):
    """What ``content/redirects.yaml`` says."""

    pairs: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()
