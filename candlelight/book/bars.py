"""Codes that machines read: the barcode of an ISBN as bars, the QR code of an address as pixels.

A bar is a rectangle in modules, (x, y, width, height) from the upper left; a pixel is a module.
Whoever draws them gives the module its size and leaves the quiet zone white (EAN-13: 11 modules
left, 7 right; QR: 4 all round).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence
from itertools import groupby

from candlelight import isbn
from candlelight.book.sheets import Code

BAR_HEIGHT, GUARD_HEIGHT = 69, 74  # of EAN-13 at its nominal size, in modules (ISO/IEC 15420)

_LEFT = ("0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011",
         "0110111", "0001011")  # fmt: skip
_FIRST = ("LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG",
          "LGLGGL", "LGGLGL")  # fmt: skip
_GUARDS = frozenset((*range(3), *range(45, 50), *range(92, 95)))


def barcode(number: str) -> Code:
    """EAN-13 of an ISBN, as it is written: 95 modules wide, the guard bars 5 modules longer.

    Raises ValueError if *number* is no ISBN.
    """
    digits = isbn.as_13(number)
    bars = tuple(
        (x, 0, width, GUARD_HEIGHT if x in _GUARDS else BAR_HEIGHT)
        for x, width in _runs(_modules(digits))
    )
    return Code((95, GUARD_HEIGHT), bars, digits)


def qr(address: str) -> Code:
    """The QR code of *address* without its quiet zone; error correction M."""
    import segno

    # One mask for all: choosing the best of eight costs ten times the code itself.
    code = segno.make(address, error="m", micro=False, boost_error=False, mask=0)
    rows = ["".join("1" if module else "0" for module in row) for row in code.matrix]
    return Code((len(rows), len(rows)), (), address, tuple(_png(rows)))


def _modules(digits: str) -> str:
    """The 95 modules: guard, six digits in sets L and G, guard, six in set R, guard."""
    left = "".join(
        _LEFT[int(digit)] if kind == "L" else _mirrored(_LEFT[int(digit)])
        for digit, kind in zip(digits[1:7], _FIRST[int(digits[0])], strict=True)
    )
    right = "".join(_inverted(_LEFT[int(digit)]) for digit in digits[7:])
    return f"101{left}01010{right}101"


def _inverted(modules: str) -> str:
    return modules.translate({48: "1", 49: "0"})


def _mirrored(modules: str) -> str:
    return _inverted(modules)[::-1]


def _runs(row: str) -> Iterator[tuple[int, int]]:
    """Black runs of a row of modules: (start, width)."""
    x = 0
    for module, run in groupby(row):
        width = len(list(run))
        if module == "1":
            yield x, width
        x += width


def _png(rows: Sequence[str]) -> bytes:
    """*rows* of modules as a picture of one bit a pixel, black where a module is."""
    wide = -(-len(rows[0]) // 8)
    lines = (int(_inverted(row).ljust(wide * 8, "0"), 2).to_bytes(wide, "big") for row in rows)
    head = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 1, 0, 0, 0, 0)
    samples = zlib.compress(b"".join(b"\0" + line for line in lines))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in ((b"IHDR", head), (b"IDAT", samples), (b"IEND", b""))
    )
