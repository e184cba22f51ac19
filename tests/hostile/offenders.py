"""Photos that ask for more than a photo may: each a few kilobytes, made by hand.

Real encoders would need the memory that these files are about, so every file is put together
from its parts: a head that claims much, and data that costs nothing to repeat.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

from PIL import Image

SIDE = 10_000
"""Squared, the pixel limit: no offender is refused by its number of pixels alone."""


def png(
    mode: str,
    side: int = SIDE,
    *chunks: tuple[bytes, bytes],
    adam7: bool = False,
    last: bytes = b"",
) -> bytes:
    """A black PNG; *mode* is one of ``L RGB RGBA P LA16 RGB16 RGBA16 L16``."""
    depth, colour, channels = _PNG[mode]
    head = struct.pack(">IIBBBBB", side, side, depth, colour, 0, 0, int(adam7))
    rows = side * (1 + side * channels * depth // 8)
    parts = [b"\x89PNG\r\n\x1a\n", chunk(b"IHDR", head)]
    parts += [chunk(name, content) for name, content in chunks]
    if mode == "P":
        parts += [chunk(b"PLTE", bytes(768)), chunk(b"tRNS", bytes(256))]
    parts += [chunk(b"IDAT", zeros(rows + (side * 8 if adam7 else 0))), last, chunk(b"IEND", b"")]
    return b"".join(parts)


_PNG = {
    "L": (8, 0, 1), "RGB": (8, 2, 3), "P": (8, 3, 1), "LA": (8, 4, 2), "RGBA": (8, 6, 4),
    "L16": (16, 0, 1), "RGB16": (16, 2, 3), "LA16": (16, 4, 2), "RGBA16": (16, 6, 4),
}  # fmt: skip


def chunk(name: bytes, content: bytes) -> bytes:
    """One chunk of a PNG with its length and its sum."""
    return (
        struct.pack(">I", len(content))
        + name
        + content
        + struct.pack(">I", zlib.crc32(name + content))
    )


def zeros(count: int) -> bytes:
    """*count* zeros as zlib packs them, without ever holding them."""
    piece = 1 << 20
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    repeated = packer.compress(bytes(piece)) + packer.flush(zlib.Z_FULL_FLUSH)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    rest = packer.compress(bytes(count % piece)) + packer.flush()
    adler = 1 | (count % 65521) << 16
    return b"\x78\xda" + repeated * (count // piece) + rest + struct.pack(">I", adler)


def jpeg(mode: str = "RGB", side: int = SIDE, *, progressive: bool = True, **more: object) -> bytes:
    """A JPEG of 16 pixels whose head claims *side* × *side*: its decoder makes room for all."""
    made = io.BytesIO()
    Image.new(mode, (16, 16)).save(made, "JPEG", progressive=progressive, subsampling=0, **more)
    content = bytearray(made.getvalue())
    at = content.find(b"\xff\xc2" if progressive else b"\xff\xc0")
    content[at + 5 : at + 9] = struct.pack(">HH", side, side)
    return bytes(content)


def jpeg_in_scans(side: int = SIDE) -> bytes:
    """A JPEG that is not progressive, with a scan a colour: it must be held whole all the same."""
    content = bytearray(jpeg("RGB", side, progressive=False))
    at = content.find(b"\xff\xda")
    return (
        bytes(content[:at]) + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + bytes(64) + b"\xff\xd9"
    )


def exif(entries: int, size: int) -> bytes:
    """A block whose *entries* all point to the same *size* bytes."""
    start = 8 + 2 + entries * 12 + 4
    parts = [b"II*\0", struct.pack("<IH", 8, entries)]
    parts += [struct.pack("<HHII", 0x8000 + n, 7, size, start) for n in range(entries)]
    return b"".join([*parts, struct.pack("<I", 0), bytes(size)])


def webp(side: int) -> bytes:
    """A WebP without loss, of one colour: a few bytes for any *side*."""
    made = bytearray(_saved(Image.new("RGB", (16, 16), "#888"), "WEBP", lossless=True))
    at = made.find(b"VP8L") + 9
    made[at : at + 4] = (side - 1 | (side - 1) << 14).to_bytes(4, "little")
    return bytes(made)


def webp_claiming(side: int) -> bytes:
    """An extended WebP whose canvas is *side* × *side* and whose picture is small."""
    made = _saved(
        Image.new("RGBA", (16, 16), (1, 2, 3, 4)), "WEBP", exif=b"Exif\0\0II*\0" + bytes(8)
    )
    at = made.find(b"VP8X") + 8
    return made[: at + 4] + (side - 1).to_bytes(3, "little") * 2 + made[at + 10 :]


def frames(kind: str, count: int) -> bytes:
    """An animation of *count* frames."""
    pictures = [Image.new("RGB", (8, 8), (n % 256, n // 256 % 256, 0)) for n in range(count)]
    return _saved(pictures[0], kind, save_all=True, append_images=pictures[1:], duration=20)


def gif(side: int, count: int = 1) -> bytes:
    """A GIF whose screen is *side* × *side*, and *count* frames of one pixel."""
    head = b"GIF89a" + struct.pack("<HH", side, side) + b"\x80\0\0" + bytes(6)
    frame = b"\x2c" + struct.pack("<HHHH", 0, 0, 1, 1) + b"\0\x02\x02\x44\x01\0"
    return head + frame * count + b"\x3b"


def gif_whole(side: int) -> bytes:
    """A GIF whose only frame is *side* × *side*, and breaks off."""
    head = b"GIF89a" + struct.pack("<HH", side, side) + b"\x80\0\0" + bytes(6)
    return head + b"\x2c" + struct.pack("<HHHH", 0, 0, side, side) + b"\0\x02\x02\x44\x01\0\x3b"


def avif_claiming(side: int) -> bytes:
    """An AVIF whose boxes say *side* × *side*."""
    made = bytearray(_saved(Image.new("RGB", (64, 64), "#888"), "AVIF", speed=10))
    at = made.find(b"ispe") + 8
    made[at : at + 8] = struct.pack(">II", side, side)
    return bytes(made)


def _saved(image: Image.Image, kind: str, **settings: object) -> bytes:
    made = io.BytesIO()
    image.save(made, kind, **settings)
    return made.getvalue()


def packed(text: bytes, times: int) -> bytes:
    """*text* as the keyword of a packed chunk that unpacks to *times* zeros."""
    return text + b"\0\0" + zeros(times)


Offender = Callable[[], bytes]

OFFENDERS: dict[str, Offender] = {
    "rgba.png": lambda: png("RGBA"),
    "rgb.png": lambda: png("RGB"),
    "rgba-16.png": lambda: png("RGBA16"),
    "grey-16.png": lambda: png("L16"),
    "grey-alpha.png": lambda: png("LA"),
    "palette.png": lambda: png("P"),
    "interlaced.png": lambda: png("RGBA", adam7=True),
    "progressive.jpg": jpeg,
    "progressive-cmyk.jpg": lambda: jpeg("CMYK"),
    "scans.jpg": jpeg_in_scans,
    "plain-cmyk.jpg": lambda: jpeg("CMYK", progressive=False),
    "plain.jpg": lambda: jpeg(progressive=False),
    "lossless.webp": lambda: webp(SIDE),
    "canvas.webp": lambda: webp_claiming(SIDE),
    "huge-canvas.webp": lambda: webp_claiming(65_000),
    "claims.avif": lambda: avif_claiming(SIDE),
    "screen.gif": lambda: gif(SIDE),
    "whole.gif": lambda: gif_whole(SIDE),
    "frames.gif": lambda: gif(8, 100_000),
    "screen-frames.gif": lambda: gif(SIDE, 3),
    "frames.webp": lambda: frames("WEBP", 3000),
    "frames.png": lambda: frames("PNG", 300),
    "exif.png": lambda: png("RGB", 8, (b"eXIf", exif(30_000, 1_000_000))),
    "exif-after.png": lambda: png("RGB", 8, last=chunk(b"eXIf", exif(30_000, 1_000_000))),
    "exif.jpg": lambda: jpeg(side=16, exif=b"Exif\0\0" + exif(2_000, 40_000)),
    "exif.webp": lambda: _saved(
        Image.new("RGB", (8, 8)), "WEBP", exif=b"Exif\0\0" + exif(30_000, 1_000_000)
    ),
    "ztxt.png": lambda: png("RGB", 8, *[(b"zTXt", packed(b"a%d" % n, 900_000)) for n in range(60)]),
    "ztxt-one.png": lambda: png("RGB", 8, (b"zTXt", packed(b"a", 500_000_000))),
    "icc.png": lambda: png("RGB", 8, (b"iCCP", packed(b"icc", 500_000_000))),
    "icc.jpg": lambda: jpeg(side=16, icc_profile=bytes(14_000_000)),
}


def small_photos() -> list[bytes]:
    """One small photo of each kind, whole."""
    picture = Image.linear_gradient("L").resize((40, 24)).convert("RGB")
    icc = b"\0" * 128
    exif_ = b"Exif\0\0" + exif(2, 8)
    made = [_saved(picture, "JPEG", quality=60, exif=exif_, icc_profile=icc, comment=b"c")]
    made.append(_saved(picture, "JPEG", progressive=True, quality=60))
    made.append(_saved(picture.convert("CMYK"), "JPEG", quality=60))
    made += [
        _saved(picture.convert(mode), "PNG")
        for mode in ("RGB", "RGBA", "P", "L", "1", "I;16", "LA")
        if mode != "I;16"
    ]
    made.append(png("RGBA", 8, (b"eXIf", exif(2, 8)), (b"zTXt", packed(b"a", 99)), adam7=True))
    made += [_saved(picture, "WEBP", exif=exif_), _saved(picture, "WEBP", lossless=True)]
    made += [
        frames("WEBP", 3),
        frames("GIF", 3),
        frames("PNG", 3),
        _saved(picture, "AVIF", speed=10),
    ]
    return made
