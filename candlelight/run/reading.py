"""Reading with a memory: only what has changed since the last build is read and parsed again."""

from __future__ import annotations

import functools
import hashlib
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec

from candlelight.model import Site
from candlelight.problems import sort_problems
from candlelight.read.jobs import DocumentJob, ReadDocument, ReadRedirects, ReadSite
from candlelight.read.library import Library, gather, with_errors, withheld_problems
from candlelight.read.photo import PhotoJob, ReadPhoto, read_photo
from candlelight.read.sources import SourceFile, Sources, find_sources, stands
from candlelight.run.remember import Memory
from candlelight.run.stamps import digests, is_settled
from candlelight.run.texts import Texts, forget_others, set_aside

Read = TypeVar("Read")
Progress = Callable[[str, int], Callable[[int], object]]
"""Called with the name of a step and the size of its work; gives a function to tell of progress."""


def read_anthology(root: Path, memory: Memory, progress: Progress) -> Library:
    """Read the anthology at *root*; the problems of all its files come with it."""
    sources = find_sources(root)
    read = _site(root, sources.site, memory)
    site = read.site
    redirects = _redirects(root, sources.redirects, memory)
    documents, texts = _documents(root, sources, site, memory, progress)
    photos = _photos(root, sources, site, memory, progress)
    library = gather(site, sources, documents, photos, redirects.pairs, texts)
    problems = [
        *read.problems,
        *redirects.problems,
        *library.problems,
        *withheld_problems(root, sources, library),
    ]
    left_out = library.left_out | with_errors(problems, sources)
    ordered = tuple(sort_problems(problems))
    return msgspec.structs.replace(library, problems=ordered, left_out=left_out)


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


def _documents(
    root: Path, sources: Sources, site: Site, memory: Memory, progress: Progress
) -> tuple[list[ReadDocument], Texts]:
    """All documents without their blocks, which wait among the texts."""
    beside: dict[str, list[str]] = defaultdict(list)
    for photo in sources.photos:
        beside[photo.owner].append(photo.path)
    files = {file.path: file for file in sources.documents}
    known, opened = digests(
        memory.cache.lasting(), root, ((path, file.stamp) for path, file in files.items())
    )

    def job(path: str) -> DocumentJob:
        text = opened.pop(path, None) or _unchanged(root / path, known[path])
        return DocumentJob(path, files[path].kind, text, tuple(beside[path]), site.time_zone)

    def aside(results: dict[str, ReadDocument]) -> dict[str, ReadDocument]:
        told = set_aside(memory.cache, list(results.values()))
        return dict(zip(results, told, strict=True))

    keys = {
        path: _key(path, digest, *beside[path], site.time_zone) for path, digest in known.items()
    }
    results = memory.results(
        "document",
        _read_document,
        {key: path for path, key in keys.items()},
        ReadDocument,
        prepare=job,
        batch=40,
        alone=120,
        aside=aside,
        progress=progress("read", len(keys)),
    )
    paths = {
        one.document.body.digest: one.path for one in results.values() if one.document is not None
    }
    forget_others(memory.cache, paths)
    return list(results.values()), Texts(
        memory.cache, paths, lambda path: _read_document(job(path))
    )


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


def _unchanged(path: Path, digest: str) -> bytes:
    """The bytes of *path*. Raises OSError if they are no longer those of *digest*."""
    text = path.read_bytes()
    if hashlib.sha256(text).hexdigest() != digest:
        # Under the old digest the new text would be remembered as the old one.
        raise OSError(f"{path} changed while it was read")
    return text


# What really reads is imported late: YAML, Markdown and a sanitiser take longer to come than all
# that a build in which nothing changed has to do.


def _read_site(root: Path, text: bytes) -> ReadSite:
    from candlelight.read.site import read_site_in

    return read_site_in(root, text)


def _read_redirects(text: bytes) -> ReadRedirects:
    from candlelight.read.redirects import read_redirects

    pairs, problems = read_redirects(text)
    return ReadRedirects(pairs, tuple(problems))


def _read_document(job: DocumentJob) -> ReadDocument:
    from candlelight.read.document import read_document

    return read_document(job)


def _key(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()
