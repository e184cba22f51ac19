"""A QR code as SVG, for printed pages.

A page's code must not cost more than the page. What a bit of the address changes in a code is
known, so segno draws each size of code once, and every address turns over the modules of its own
bits in that drawing (docs/decisions/0026).
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Sequence
from itertools import compress

from candlelight.make.qr_turns import LEVEL_M, as_bits, turns
from candlelight.recall import answers

_BORDER = 2
_LONGEST = LEVEL_M[-1][0] - 3
# The zeros are segno's, and harmless: nobody reads on after the end of the text.
_FILL = b"\0" + b"\xec\x11" * (LEVEL_M[-1][0] // 2)


def svg(text: str) -> str:
    """The code of *text* as an inline SVG of one black path; "" for no text."""
    if not text:
        return ""
    rows = modules(text)
    wide = len(rows) + 2 * _BORDER
    return (
        f'<svg viewBox="0 0 {wide} {wide}" class="qr"><path stroke="#000" d="{_path(rows)}"/></svg>'
    )


def modules(text: str) -> list[str]:
    """The rows of the code of *text*, ``1`` being dark, without the quiet zone around it.

    Error correction M, always mask 0 (docs/decisions/0009), the smallest version that will do.
    """
    if text.isascii() and len(text) <= _LONGEST:
        room = (size - len(text) for size, _, _ in LEVEL_M)
        version = next(number for number, left in enumerate(room, 1) if left >= _head(number))
        return _size(version).modules(text)
    return _drawn(text)


def _head(version: int) -> int:
    """How many codewords the mode, the length and the end of a text take."""
    return 2 if version < 10 else 3


def _drawn(text: str, version: int | None = None) -> list[str]:
    # Late: not every build draws a code, and segno brings half of the standard library along.
    import segno

    # One mask for all: choosing the best of eight costs ten times the code itself.
    code = segno.make(text, error="m", version=version, micro=False, boost_error=False, mask=0)
    return ["".join("1" if module else "0" for module in row) for row in code.matrix]


@answers("codes", most=len(LEVEL_M))
def blank(version: str) -> str:
    """All modules of the longest text of ``c`` that the code of *version* has room for, as bits."""
    return "".join(_drawn(_longest(int(version)), int(version)))


def _longest(version: int) -> str:
    # As long as can be, so that nothing has to fill it up.
    return "c" * (LEVEL_M[version - 1][0] - _head(version))


@functools.cache
def _size(version: int) -> _Size:
    return _Size(version)


class _Size:
    """All codes of one version. A set of modules is a number, its highest bit the upper left."""

    def __init__(self, version: int) -> None:
        self._version, self._wide = version, 17 + 4 * version
        self._turns = turns(version)
        self._blank = 0
        self._blank = int(blank(str(version)), 2) ^ self._symbol(_longest(version))

    def modules(self, text: str) -> list[str]:
        """The rows of the code of *text*."""
        wide = self._wide
        whole = f"{self._symbol(text):0{wide * wide}b}"
        return [whole[start : start + wide] for start in range(0, len(whole), wide)]

    def _symbol(self, text: str) -> int:
        chosen = compress(self._turns, as_bits(self._data(text), len(self._turns)))
        return functools.reduce(operator.xor, chosen, self._blank)

    def _data(self, text: str) -> int:
        """All bits of data: the mode "bytes", the length, the text, its end, and what fills up."""
        letters = text.encode("ascii")
        said = (4 << (8 if self._version < 10 else 16) | len(letters)) << 8 * len(letters) + 4
        said |= int.from_bytes(letters) << 4
        left = len(self._turns) // 8 - len(letters) - _head(self._version)
        return said << 8 * left | int.from_bytes(_FILL[:left])


def _path(rows: Sequence[str]) -> str:
    """The dark runs of *rows* as lines, row by row, each from where the last one ended."""
    whole = "\n".join(rows).rstrip("0\n")
    # A regular expression would find the runs in ten times the time.
    first, *others = whole.replace("10", "1 0").replace("1\n", "1 \n").split(" ")
    lines = map(_lines(len(rows)).__getitem__, others)
    return f"M{_BORDER} {_BORDER}.5h{len(first)}{''.join(lines)}"


@functools.cache
def _lines(wide: int) -> _Lines:
    return _Lines(wide)


class _Lines(dict[str, str]):
    """The line along the ones of a run, by the run; a row is *wide* modules."""

    def __init__(self, wide: int) -> None:
        super().__init__()
        self._wide = wide

    def __missing__(self, run: str) -> str:
        down, aside = run.count("\n"), run.count("0")
        line = f"m{aside - down * self._wide} {down}h{run.count('1')}"
        self[run] = line
        return line
