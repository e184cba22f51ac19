"""The documents of an anthology: those that have changed are read, the others recalled."""

from __future__ import annotations

import hashlib
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from candlelight.plan.story_pages import as_others_see
from candlelight.read.jobs import DocumentJob, ReadDocument
from candlelight.read.sources import Sources
from candlelight.run.ledger import Entry
from candlelight.run.remember import Memory
from candlelight.run.stamps import digests, is_settled
from candlelight.run.texts import Texts, set_aside

_encode = msgspec.msgpack.Encoder().encode


class _Brought(NamedTuple):
    """What a worker brings of a text: facts and blocks, encoded, and the digest of its *body*.

    The blocks of ten thousand texts go into the cache as they are, and are never decoded here.
    """

    document: bytes
    body: str
    blocks: bytes


class Documents:
    """The documents among *sources*, in the folder *root*; dates are of *time_zone*."""

    def __init__(self, root: Path, sources: Sources, time_zone: str, memory: Memory) -> None:
        self._root, self._time_zone, self._memory = root, time_zone, memory
        self.files = {file.path: file for file in sources.documents}
        self._beside: dict[str, list[str]] = defaultdict(list)
        for photo in sources.photos:
            self._beside[photo.owner].append(photo.path)
        self._opened: dict[str, bytes] = {}
        self._begun = time.time_ns()

    def digests(self) -> dict[str, str]:
        """The SHA-256 of each text; one that has gone meanwhile has none."""
        stamps = ((path, file.stamp) for path, file in self.files.items())
        found, self._opened = digests(self._memory.cache.lasting(), self._root, stamps)
        return found

    def open(self, path: str) -> str:
        """The SHA-256 of one text as it is now. Raises OSError."""
        self._opened[path] = (self._root / path).read_bytes()
        return hashlib.sha256(self._opened[path]).hexdigest()

    def read(
        self,
        known: Mapping[str, str],
        progress: Callable[[int], object] = str,
        *,
        forget: bool = True,
    ) -> dict[str, ReadDocument]:
        """The documents by path, their blocks set aside; *known* are the digests of their texts."""
        results = self._memory.results(
            "document",
            _brought,
            {self._key(path, digest): (path, digest) for path, digest in known.items()},
            ReadDocument,
            prepare=lambda item: self._job(*item),
            batch=40,
            alone=120,
            anywhere=True,
            receive=self._received,
            forget=forget,
            progress=progress,
        )
        return {one.path: one for one in results.values()}

    def texts(self, read: Mapping[str, ReadDocument], known: Mapping[str, str]) -> Texts:
        """The blocks of all documents *read*, by the digest of the body."""
        paths = {one.document.body.digest: path for path, one in read.items() if one.document}
        cache = self._memory.cache
        return Texts(cache, paths, lambda path: _read_document(self._job(path, known[path])))

    def entry(self, read: ReadDocument, digest: str, photos: str = "") -> Entry:
        """What the ledger keeps of a document, and of its *photos*."""
        stamp = self.files[read.path].stamp
        sure = stamp if is_settled(stamp, self._begun) else ()
        return Entry(sure, digest, read.others, photos)

    def _job(self, path: str, digest: str) -> DocumentJob:
        text = self._opened.pop(path, None) or _unchanged(self._root / path, digest)
        beside = tuple(self._beside[path])
        return DocumentJob(path, self.files[path].kind, text, beside, self._time_zone)

    def _key(self, path: str, digest: str) -> str:
        parts = (path, digest, *self._beside[path], self._time_zone)
        return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()

    def _received(self, results: dict[str, _Brought]) -> dict[str, ReadDocument]:
        blocks = {one.body: msgspec.Raw(one.blocks) for one in results.values() if one.body}
        set_aside(self._memory.cache, blocks)
        decode = msgspec.msgpack.Decoder(ReadDocument).decode
        return {key: decode(one.document) for key, one in results.items()}


def _unchanged(path: Path, digest: str) -> bytes:
    """The bytes of *path*. Raises OSError if they are no longer those of *digest*."""
    text = path.read_bytes()
    if hashlib.sha256(text).hexdigest() != digest:
        # Under the old digest the new text would be remembered as the old one.
        raise OSError(f"{path} changed while it was read")
    return text


def _read_document(job: DocumentJob) -> ReadDocument:
    # Late: YAML, Markdown and a sanitiser take longer to come than all that a build in which
    # nothing changed has to do.
    from candlelight.read.document import read_document

    return read_document(job)


def _brought(job: DocumentJob) -> _Brought:
    read = _read_document(job)
    told = _encode(msgspec.structs.replace(read, blocks=(), others=_seen_by_others(read)))
    return _Brought(told, read.document.body.digest if read.document else "", _encode(read.blocks))


def _seen_by_others(read: ReadDocument) -> str:
    seen = as_others_see(read.document) if read.document else None
    told = _encode([seen, read.photos, read.problems])
    return hashlib.blake2b(told, digest_size=16).hexdigest()
