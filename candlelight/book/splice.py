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
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

_CHUNK = 1 << 20
_LARGE = 1 << 14
_TABLE = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_SECTION = re.compile(rb"xref\s+0 (\d+) ?\r?\n")
_ENTRY = 20
_IN_USE = 17
_USED = ord("n")
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

Piece = bytes | memoryview
"""A part of the file. It holds until the next is asked for: photos share the room they are read to.
"""


class Table(NamedTuple):
    """Where each object stands in a file: start, end and number, in the order of the file.

    *start* is where the table itself is.
    """

    places: Sequence[tuple[int, int, int]]
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
    entries = range(0, len(rows), _ENTRY)
    used = (at for at in entries if rows[at + _IN_USE] == _USED)
    ordered = sorted((int(rows[at : at + 10]), at // _ENTRY) for at in used)
    places = [
        (here, there, number) for (here, number), (there, _) in pairwise([*ordered, (start, -1)])
    ]
    return Table(places, start)


def spliced(
    source: bytes, changed: Mapping[int, Body], trailer: Mapping[str, str]
) -> Iterator[Piece]:
    """*source* with the objects *changed*, in pieces; numbers beyond its own are added.

    *trailer* is what the trailer says besides ``/Size``; of its ``/ID`` the first half is kept,
    the second is a digest of all that stands before it. Raises OSError if a photo cannot be read,
    and UnexpectedPdf if one is not of the size it was said to be.
    """
    table = table_of(source)
    digest = hashlib.sha256()
    for piece in _pieces(source, table, changed):
        # A sum of each large piece is enough to tell two books apart, and seven times as fast.
        digest.update(piece if len(piece) < _LARGE else b"%d" % zlib.crc32(piece))
        yield piece
    offsets, end = _offsets(table, changed)
    yield _ending(offsets, end, trailer, digest.digest()[:16])


def _pieces(source: bytes, table: Table, changed: Mapping[int, Body]) -> Iterator[Piece]:
    """Every object in the order of *source*, those that are new at the end.

    Small neighbours go together, as long as they are small together.
    """
    room = memoryview(bytearray(_CHUNK))
    begun = 0
    for start, end, number in table.places:
        if number in changed or end - begun >= _LARGE:
            yield source[begun:start]
            begun = start
        if number in changed:
            yield from _object(number, changed[number], room)
            begun = end
    yield source[begun : table.start]
    for number in _added(table, changed):
        yield from _object(number, changed[number], room)


def _offsets(table: Table, changed: Mapping[int, Body]) -> tuple[dict[int, int], int]:
    """Where each object stands in the new file, by its number; and where they end."""
    offsets = {}
    moved = 0
    for start, end, number in table.places:
        offsets[number] = start + moved
        if number in changed:
            moved += _length(number, changed[number]) - (end - start)
    position = table.start + moved
    for number in _added(table, changed):
        offsets[number] = position
        position += _length(number, changed[number])
    return offsets, position


def _added(table: Table, changed: Mapping[int, Body]) -> list[int]:
    return sorted(changed.keys() - {number for _, _, number in table.places})


def _length(number: int, body: Body) -> int:
    head, size, tail = _frame(number, body)
    return len(head) + size + len(tail)


def _frame(number: int, body: Body) -> tuple[bytes, int, bytes]:
    """What stands before the bytes of *body*, their number, and what stands behind them."""
    if isinstance(body, bytes):
        return b"%d 0 obj\n" % number, len(body), b"\nendobj\n\n"
    head = b"%d 0 obj\n<<%s/Length %d>>\nstream\n" % (number, body.dictionary, body.size)
    return head, body.size, b"\nendstream\nendobj\n\n"


def _object(number: int, body: Body, room: memoryview) -> Iterator[Piece]:
    head, size, tail = _frame(number, body)
    if isinstance(body, bytes):
        yield head + body + tail
        return
    yield head
    copied = 0
    with body.path.open("rb", buffering=0) as file:
        while length := file.readinto(room):
            copied += length
            yield room[:length]
    if copied != size:
        raise UnexpectedPdf(f"{body.path.name} changed while it was copied")
    yield tail


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
