"""A JPEG put together from tiles that were coded apart: what many cards share is coded once.

A JPEG may restart its coder at regular distances (ITU-T T.81, B.2.4.4 and E.1.4): what lies
between two restarts depends on nothing outside of it. Tiles of the same quality can therefore be
laid beside each other, and the whole is, to the byte, the picture coded at once.
"""

from __future__ import annotations

import io
import re
from itertools import chain

import msgspec
from PIL import Image

UNIT = 16
"""Pixels of the square that is coded at a time, with colours at half the resolution."""

TILE = 15 * UNIT
"""Pixels that a tile is wide; it is one UNIT high."""

_START_OF_SCAN = 0xDA
_END = b"\xff\xd9"
_RESTARTS = [bytes((0xFF, 0xD0 + at)) for at in range(8)]
_RESTART = re.compile(rb"\xff[\xd0-\xd7]")


class Mosaic(msgspec.Struct, frozen=True):
    """A coded picture: the *head* of its file, and its tiles row by row, *across* in each."""

    head: bytes
    across: int
    tiles: tuple[bytes, ...]

    def with_part(self, part: Mosaic, left: int, top: int) -> Mosaic:
        """This picture with *part*, of the same quality, laid over it at *left*, *top* (tiles)."""
        tiles = list(self.tiles)
        for start in range(0, len(part.tiles), part.across):
            at = (top + start // part.across) * self.across + left
            tiles[at : at + part.across] = part.tiles[start : start + part.across]
        return Mosaic(self.head, self.across, tuple(tiles))

    def jpeg(self) -> bytes:
        """The file."""
        between = [_RESTARTS[at % 8] for at in range(len(self.tiles))]
        between[-1] = _END
        pieces = [self.head, *chain.from_iterable(zip(self.tiles, between, strict=True))]
        return b"".join(pieces)


def coded(image: Image.Image, quality: int) -> Mosaic:
    """*image* (RGB, its width a multiple of TILE) as tiles."""
    made = io.BytesIO()
    image.save(
        made, "JPEG", quality=quality, subsampling="4:2:0", restart_marker_blocks=TILE // UNIT
    )
    whole = made.getvalue()
    start = _scan(whole)
    tiles = _RESTART.split(whole[start : -len(_END)])
    return Mosaic(whole[:start], image.width // TILE, tuple(tiles))


def _scan(jpeg: bytes) -> int:
    """Where the coded picture begins: behind the last segment of the head."""
    at, marker = 2, 0
    while marker != _START_OF_SCAN:
        marker = jpeg[at + 1]
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4])
    return at
