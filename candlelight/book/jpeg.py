"""What a PDF must know of a JPEG to take it in as it is: its size, its inks, their signs."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO, NamedTuple

_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
"""Baseline, extended, progressive: what PDF's DCTDecode reads (ISO 32000-1, 7.4.8)."""

_ADOBE = 0xEE
_ENDS = frozenset({0xD9, 0xDA})


class NotAJpeg(ValueError):
    """The file is no JPEG that a PDF can carry."""


class Frame(NamedTuple):
    """Width and height in pixels; 1 (grey), 3 (RGB) or 4 (CMYK) components of 8 bits.

    *inverted*: a CMYK file with Adobe's mark, in which 0 is full ink (Adobe Technical Note 5116).
    """

    width: int
    height: int
    components: int
    inverted: bool


def frame_of(path: Path) -> Frame:
    """The frame of the JPEG at *path*, from its head alone; raises NotAJpeg, OSError."""
    with path.open("rb") as file:
        if file.read(2) != b"\xff\xd8":
            raise NotAJpeg(path.name)
        adobe = False
        while True:
            marker, segment = _segment(file, path.name)
            if marker in _FRAMES:
                return _frame(segment, adobe, path.name)
            adobe = adobe or (marker == _ADOBE and segment.startswith(b"Adobe"))


def _segment(file: BinaryIO, name: str) -> tuple[int, bytes]:
    """The next marker and the first bytes after its length."""
    head = file.read(4)
    while head[:2] == b"\xff\xff":  # any number of fill bytes may stand before a marker
        head = head[1:] + file.read(1)
    if len(head) < 4 or head[0] != 0xFF or head[1] in _ENDS:
        raise NotAJpeg(name)
    length = int.from_bytes(head[2:]) - 2
    segment = file.read(min(length, 16))
    file.seek(length - len(segment), 1)
    return head[1], segment


def _frame(segment: bytes, adobe: bool, name: str) -> Frame:
    if len(segment) < 6 or segment[0] != 8 or segment[5] not in {1, 3, 4}:
        raise NotAJpeg(name)
    width, height = int.from_bytes(segment[3:5]), int.from_bytes(segment[1:3])
    return Frame(width, height, segment[5], adobe and segment[5] == 4)
