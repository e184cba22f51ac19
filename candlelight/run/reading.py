"""Reading with a memory: only what has changed since the last build is read and parsed again."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import msgspec

from candlelight.model import Site
from candlelight.problems import sort_problems
from candlelight.read.document import DocumentJob, ReadDocument, read_document
from candlelight.read.library import Library, gather, with_errors, withheld_problems
from candlelight.read.photo import PhotoJob, ReadPhoto, read_photo
from candlelight.read.redirects import read_redirects
from candlelight.read.site import read_site
from candlelight.read.sources import SourceFile, Sources, find_sources
from candlelight.run.remember import Memory
from candlelight.run.stamps import digests, is_settled

Progress = Callable[[str, int], Callable[[int], object]]
"""Called with the name of a step and the size of its work; gives a function to tell of progress."""


def read_anthology(root: Path, memory: Memory, progress: Progress) -> Library:
    """Read the anthology at *root*; the problems of all its files come with it."""
    sources = find_sources(root)
    site, problems = read_site(_raw(root, sources.site), root=root)
    redirects, found = read_redirects(_raw(root, sources.redirects))
    library = gather(
        site,
        sources,
        _documents(root, sources, site, memory, progress),
        _photos(root, sources, site, memory, progress),
        redirects,
    )
    problems = [*problems, *found, *library.problems, *withheld_problems(root, sources, library)]
    left_out = library.left_out | with_errors(problems, sources)
    ordered = tuple(sort_problems(problems))
    return msgspec.structs.replace(library, problems=ordered, left_out=left_out)


def _documents(
    root: Path, sources: Sources, site: Site, memory: Memory, progress: Progress
) -> list[ReadDocument]:
    beside: dict[str, list[str]] = defaultdict(list)
    for photo in sources.photos:
        beside[photo.owner].append(photo.path)
    files = {file.path: file for file in sources.documents}
    known, texts = digests(
        memory.cache.lasting(), root, ((path, file.stamp) for path, file in files.items())
    )

    def job(path: str) -> DocumentJob:
        text = texts[path] if path in texts else _unchanged(root / path, known[path])
        return DocumentJob(path, files[path].kind, text, tuple(beside[path]), site.time_zone)

    keys = {
        path: _key(path, digest, *beside[path], site.time_zone) for path, digest in known.items()
    }
    results = memory.results(
        "document",
        read_document,
        {key: path for path, key in keys.items()},
        ReadDocument,
        prepare=job,
        batch=40,
        alone=120,
        progress=progress("read", len(keys)),
    )
    return list(results.values())


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


def _raw(root: Path, file: SourceFile | None) -> bytes | None:
    return (root / file.path).read_bytes() if file else None


def _key(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()
