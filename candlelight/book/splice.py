"""A PDF copied with some of its objects exchanged, in one pass and never whole in memory.

Typst writes the classic form of a PDF: every object for itself, then one table of their offsets.
So a finished file is the old one with a few ranges of bytes replaced and the table written anew:
objects keep their numbers, a photo goes from its file straight into the book, and what is not
touched stays as Typst made it. (Saving through a PDF library would hold every object in memory
and number them all afresh.)
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

_CHUNK = 1 << 20
_LARGE = 1 << 14
_TABLE = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_SECTION = re.compile(rb"xref\s+0 (\d+) ?\r?\n")
_ENTRY = 20
_TRAILER = re.compile(rb"\s*trailer\s*")


class UnexpectedPdf(ValueError):
    """Not the kind of PDF that Typst writes; the text says what is different."""


class FromDisk(NamedTuple):
    """The body of a stream object: its *dictionary* without ``/Length``, its data in a file."""

    dictionary: bytes
    path: Path
    size: int


Body = bytes | FromDisk
"""What stands between ``obj`` and ``endobj``."""


class Table(NamedTuple):
    """Where each object stands in a file: by its number (start, end); and where the table is."""

    spans: Mapping[int, tuple[int, int]]
    size: int
    start: int


def table_of(source: bytes) -> Table:
    """The table of offsets of *source*; raises UnexpectedPdf if it has any other form."""
    end = _TABLE.search(source, max(0, len(source) - 1024))
    section = _SECTION.match(source, int(end[1])) if end else None
    if end is None or section is None:
        raise UnexpectedPdf("no single table of offsets")
    start, count = int(end[1]), int(section[1])
    rows = source[section.end() : section.end() + count * _ENTRY]
    if not _TRAILER.match(source, section.end() + len(rows)):
        raise UnexpectedPdf("a table of several sections")
    entries = [rows[at : at + _ENTRY] for at in range(0, len(rows), _ENTRY)]
    offsets = {
        number: int(entry[:10]) for number, entry in enumerate(entries) if entry[17:18] == b"n"
    }
    ordered = [*sorted((offset, number) for number, offset in offsets.items()), (start, -1)]
    spans = {number: (here, there) for (here, number), (there, _) in pairwise(ordered)}
    return Table(spans, count, start)


def spliced(
    source: bytes, changed: Mapping[int, Body], trailer: Mapping[str, str]
) -> Iterator[bytes]:
    """*source* with the objects *changed*, in pieces; numbers beyond its own are added.

    *trailer* is what the trailer says besides ``/Size``; of its ``/ID`` the first half is kept,
    the second is a digest of all that stands before it. Raises OSError if a photo cannot be read,
    and UnexpectedPdf if one is not of the size it was said to be.
    """
    table = table_of(source)
    digest = hashlib.sha256()
    offsets: dict[int, int] = {}
    position = 0
    for number, piece in _pieces(source, table, changed):
        offsets.setdefault(number, position)
        # A sum of each large piece is enough to tell two books apart, and seven times as fast.
        digest.update(piece if len(piece) < _LARGE else b"%d" % zlib.crc32(piece))
        position += len(piece)
        yield piece
    yield _ending(offsets, position, trailer, digest.digest()[:16])


def _pieces(
    source: bytes, table: Table, changed: Mapping[int, Body]
) -> Iterator[tuple[int, bytes]]:
    """The head of the file as number 0, then every object in the order of the source."""
    places = sorted((start, end, number) for number, (start, end) in table.spans.items())
    yield 0, source[: places[0][0]]
    for start, end, number in places:
        if number in changed:
            yield from ((number, piece) for piece in _object(number, changed[number]))
        else:
            yield number, source[start:end]
    for number in sorted(changed.keys() - table.spans.keys()):
        yield from ((number, piece) for piece in _object(number, changed[number]))


def _object(number: int, body: Body) -> Iterator[bytes]:
    if isinstance(body, bytes):
        yield b"%d 0 obj\n%s\nendobj\n\n" % (number, body)
        return
    yield b"%d 0 obj\n<<%s/Length %d>>\nstream\n" % (number, body.dictionary, body.size)
    copied = 0
    with body.path.open("rb", buffering=0) as file:
        while chunk := file.read(_CHUNK):
            copied += len(chunk)
            yield chunk
    if copied != body.size:
        raise UnexpectedPdf(f"{body.path.name} changed while it was copied")
    yield b"\nendstream\nendobj\n\n"


def _ending(
    offsets: Mapping[int, int], start: int, trailer: Mapping[str, str], digest: bytes
) -> bytes:
    """The table, the trailer and the end; a number that is not in use leads nowhere."""
    size = max(offsets) + 1
    rows = [b"0000000000 65535 f \n"] + [
        b"%010d 00000 n \n" % offsets[number] if number in offsets else b"0000000000 65535 f \n"
        for number in range(1, size)
    ]
    said = "".join(f"/{key} {value}" for key, value in trailer.items() if key != "ID")
    first = trailer.get("ID", f"<{digest.hex()}>")
    closing = f"trailer\n<</Size {size}{said}/ID [{first}<{digest.hex()}>]>>\n"
    return (
        b"xref\n0 %d\n" % size
        + b"".join(rows)
        + closing.encode()
        + b"startxref\n%d\n%%%%EOF\n" % start
    )
