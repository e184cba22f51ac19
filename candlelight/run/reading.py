"""Reading with a memory: only what has changed since the last build is read and parsed again."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec

from candlelight.model import Site
from candlelight.problems import sort_problems
from candlelight.read.jobs import ReadRedirects, ReadSite
from candlelight.read.library import Library, gather, with_errors, withheld_problems
from candlelight.read.photo import PhotoJob, ReadPhoto, read_photo
from candlelight.read.sources import SourceFile, Sources, find_sources, stands
from candlelight.run.documents import Documents
from candlelight.run.ledger import Entry
from candlelight.run.remember import Memory
from candlelight.run.stamps import is_settled
from candlelight.run.texts import forget_others

Read = TypeVar("Read")
Progress = Callable[[str, int], Callable[[int], object]]
"""Called with the name of a step and the size of its work; gives a function to tell of progress."""


class Reading(msgspec.Struct, frozen=True):
    """The *library*, and for each of its documents what the ledger keeps of it."""

    library: Library
    entries: dict[str, Entry]
    named: tuple[tuple[str, bool], ...] = ()


def read_anthology(
    root: Path, memory: Memory, progress: Progress, sources: Sources | None = None
) -> Reading:
    """Read the anthology at *root*; the problems of all its files come with it.

    *sources* are its files, where somebody has looked for them already.
    """
    sources = sources or find_sources(root)
    read = _site(root, sources.site, memory)
    site = read.site
    redirects = _redirects(root, sources.redirects, memory)
    desk = Documents(root, sources, site.time_zone, memory)
    digests = desk.digests()
    documents = desk.read(digests, progress("read", len(digests)))
    photos = _photos(root, sources, site, memory, progress)
    texts = desk.texts(documents, digests)
    forget_others(memory.cache, texts)
    library = gather(site, sources, documents.values(), photos, redirects.pairs, texts)
    problems = [
        *read.problems,
        *redirects.problems,
        *library.problems,
        *withheld_problems(root, sources, library),
    ]
    left_out = library.left_out | with_errors(problems, sources)
    ordered = tuple(sort_problems(problems))
    library = msgspec.structs.replace(library, problems=ordered, left_out=left_out)
    entries = {path: desk.entry(one, digests[path]) for path, one in documents.items()}
    return Reading(library, entries, read.files)


def _site(root: Path, file: SourceFile | None, memory: Memory) -> ReadSite:
    """The site; remembered as long as the files that it names come and go as they did."""
    if file is None:
        return ReadSite(Site())

    def valid(read: ReadSite) -> bool:
        return all(stands(root, path) == stood for path, stood in read.files)

    work = functools.partial(_read_site, root)
    return _one(memory, "site", work, (root / file.path).read_bytes(), ReadSite, valid)


def _redirects(root: Path, file: SourceFile | None, memory: Memory) -> ReadRedirects:
    if file is None:
        return ReadRedirects()
    text = (root / file.path).read_bytes()
    return _one(memory, "redirects", _read_redirects, text, ReadRedirects)


def _one(
    memory: Memory,
    kind: str,
    work: Callable[[bytes], Read],
    text: bytes,
    type_: type[Read],
    valid: Callable[[Read], bool] = bool,
) -> Read:
    key = hashlib.sha256(text).hexdigest()
    return memory.results(
        kind, work, {key: text}, type_, prepare=bytes, batch=1, alone=1, valid=valid
    )[key]


def _photos(
    root: Path, sources: Sources, site: Site, memory: Memory, progress: Progress
) -> list[ReadPhoto]:
    most = site.photos.max_pixels
    files = {
        _key(file.path, str(file.stamp), str(most)): (file, PhotoJob(str(root), file.path, most))
        for file in sources.photos
    }
    settled = {job.path: is_settled(file.stamp) for file, job in files.values()}
    results = memory.results(
        "photo",
        read_photo,
        {key: job for key, (_, job) in files.items()},
        ReadPhoto,
        prepare=lambda job: job,
        batch=20,
        alone=40,
        keep=lambda read: settled[read.path],
        progress=progress("look", len(files)),
    )
    return list(results.values())


# What really reads is imported late: YAML, Markdown and a sanitiser take longer to come than all
# that a build in which nothing changed has to do.


def _read_site(root: Path, text: bytes) -> ReadSite:
    from candlelight.read.site import read_site_in

    return read_site_in(root, text)


def _read_redirects(text: bytes) -> ReadRedirects:
    from candlelight.read.redirects import read_redirects

    pairs, problems = read_redirects(text)
    return ReadRedirects(pairs, tuple(problems))


def _key(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()
