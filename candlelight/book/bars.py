"""Codes that machines read, as black bars: the barcode of an ISBN, the QR code of an address.

A bar is a rectangle in modules, (x, y, width, height) from the upper left; whoever draws the bars
gives the module its size and leaves the quiet zone white (EAN-13: 11 modules left, 7 right; QR:
4 all round).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

import msgspec

from candlelight.book.sheets import Code
from candlelight.problems import Place, Problem, error

BAR_HEIGHT, GUARD_HEIGHT = 69, 74  # of EAN-13 at its nominal size, in modules (ISO/IEC 15420)

_LEFT = ("0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011",
         "0110111", "0001011")  # fmt: skip
_FIRST = ("LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG",
          "LGLGGL", "LGGLGL")  # fmt: skip
_GUARDS = frozenset((*range(3), *range(45, 50), *range(92, 95)))
_DASHES = re.compile(r"[\s\u00ad\u2010-\u2015\u2212\-－]+")
_LABEL = re.compile(r"^\s*ISBN(?:-1[03])?[\s:：]*", re.IGNORECASE)


class Isbn(msgspec.Struct, frozen=True):
    """A book's number: its thirteen digits, and how it is printed (hyphens as they were given)."""

    digits: str
    shown: str


def read_isbn(text: str, place: Place) -> Isbn | Problem:
    """The ISBN in *text* (10 or 13 digits, with or without ``ISBN``, hyphens, spaces).

    A number of ten digits becomes one of thirteen in `digits`, as the barcode needs it. Else the
    problem names the value and the reason: ``isbn-length``, ``isbn-prefix`` or ``isbn-check``.
    """
    shown = _DASHES.sub("-", _LABEL.sub("", _narrow(text)).strip()).upper()
    digits = shown.replace("-", "")
    ten = bool(re.fullmatch(r"[0-9]{9}[0-9X]", digits))
    if not ten and not re.fullmatch(r"[0-9]{13}", digits):
        return error("isbn-length", place, value=text, count=len(digits))
    if not ten and not digits.startswith(("978", "979")):
        return error("isbn-prefix", place, value=text)
    expected = _check10(digits) if ten else check_digit(digits[:12])
    if digits[-1] != expected:
        return error("isbn-check", place, value=text, expected=expected)
    if ten:
        body = "978" + digits[:9]
        digits = body + check_digit(body)
    return Isbn(digits, shown)


def check_digit(twelve: str) -> str:
    """The thirteenth digit of an EAN-13: odd places count once, even places three times."""
    total = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(twelve))
    return str(-total % 10)


def barcode(digits: str) -> Code:
    """EAN-13 of thirteen *digits*: 95 modules wide; the guard bars reach 5 modules lower.

    Raises ValueError if they are no thirteen digits or the last is not their check digit.
    """
    if not re.fullmatch(r"[0-9]{13}", digits) or digits[-1] != check_digit(digits[:12]):
        raise ValueError(f"no EAN-13: {digits}")
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
    return Code((len(rows), len(rows)), tuple(_stacked(rows)), address)


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


def _stacked(rows: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Runs that stand one upon another as one bar: a third fewer to draw."""
    standing: dict[tuple[int, int], int] = {}  # run: the row where its bar begins
    for y, row in enumerate((*rows, "")):
        runs = set(_runs(row))
        for x, width in sorted(standing.keys() - runs):
            top = standing.pop((x, width))
            yield x, top, width, y - top
        for run in runs:
            standing.setdefault(run, y)


def _check10(digits: str) -> str:
    rest = -sum((10 - at) * int(digit) for at, digit in enumerate(digits[:9])) % 11
    return "X" if rest == 10 else str(rest)


def _narrow(text: str) -> str:
    """Full-width letters and digits, as they come from Chinese keyboards, in their plain form."""
    return "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in text)
