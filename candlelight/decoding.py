"""What it takes to decode a photo, told from its head: a bound that no file can talk itself past.

A few bytes may claim a hundred million pixels, and make a decoder take 1.5 GB for them. The
reading of heads and the making of pictures both ask here, before a pixel is decoded.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from PIL import Image

MOST_MEMORY = 450_000_000
"""Bytes that one photo may take on its way to its pictures, beside some 50 MB of libraries: enough
for 100 million pixels of a PNG with transparency, or of a plain JPEG."""

LONGEST_EXIF = 65_533
"""Bytes: a JPEG holds no longer block, and the orientation stands at its beginning."""

_ORIENTATION = 0x0112
_BY_DECODER = {"WEBP": 16, "AVIF": 16, "HEIF": 16}
"""Bytes a pixel, measured at 8 to 16: these decoders keep several copies of the whole."""
_STORED = {"1": 1, "L": 1, "P": 1, "I;16": 2, "I;16B": 2, "I;16L": 2}
"""Bytes a pixel in Pillow's memory, by mode; 4 in any other."""
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})


def memory_needed(image: Image.Image, file: BinaryIO) -> int:
    """Bytes that decoding *image* takes, opened from *file*, perhaps drafted, not yet loaded."""
    pixels = image.width * image.height
    if image.format in {"JPEG", "MPO"}:
        return pixels * _STORED.get(image.mode, 4) + _held_by_jpeg(file)
    return pixels * _BY_DECODER.get(image.format or "", _STORED.get(image.mode, 4))


def orientation(image: Image.Image, file: BinaryIO) -> int:
    """How *image*, opened from *file*, lies: 1 to 8 as EXIF counts; 1 if it does not say.

    Left to itself, Pillow decodes the whole of a PNG to look for a block behind its pixels.
    """
    # Late: who has no photo to look at needs no Pillow.
    from PIL import Image as Pillow

    block = image.info.get("exif") or (_exif_behind(file) if image.format == "PNG" else b"")
    if block:
        image.info["exif"] = block[:LONGEST_EXIF]
    found: object = Pillow.Image.getexif(image).get(_ORIENTATION)
    return int(found) if isinstance(found, int) and 1 <= found <= 8 else 1


def _exif_behind(png: BinaryIO) -> bytes:
    """The block that says how *png* was taken, wherever it stands; empty if there is none."""
    png.seek(8)
    while len(head := png.read(8)) == 8:
        length, name = struct.unpack(">I4s", head)
        if name == b"eXIf":
            return png.read(min(length, LONGEST_EXIF))
        png.seek(length + 4, 1)
    return b""


def _held_by_jpeg(jpeg: BinaryIO) -> int:
    """Bytes of coefficients that are held until the last of several scans has come, else 0.

    A JPEG of one scan is decoded row by row, at an eighth of its size where that does.
    """
    most: int = 0
    layers: int = 0
    for marker, content in _segments(jpeg):
        if marker in _FRAMES and len(content) >= 6:
            height, width, layers = struct.unpack(">HHB", content[1:6])
            samples = [max(1, both >> 4) * max(1, both & 15) for both in content[7::3][:layers]]
            densest = max(samples, default=1)
            most = 2 * width * height * sum(samples) // densest
            if marker not in {0xC0, 0xC1, 0xC9}:
                return most
        elif marker == 0xDA:
            return most if content[:1] != bytes([layers]) else 0
    return most


def _segments(jpeg: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The marker and the content of each segment of *jpeg*, to the head of its first scan."""
    jpeg.seek(0)
    window = jpeg.read(2)
    while byte := jpeg.read(1):
        window = window[-1:] + byte
        if window[0] != 0xFF or byte in b"\x00\xff" or byte[0] in _ALONE:
            continue
        size = jpeg.read(2)
        content = jpeg.read(max(0, int.from_bytes(size) - 2))
        yield byte[0], content
        if byte[0] == 0xDA:
            return
        window = b"\0\0"
