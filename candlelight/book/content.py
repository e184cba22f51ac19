"""What a page draws: the colours that it sets, those of its text, and where its pictures stand.

Of all operators only a few matter for this, so strings are blanked and the few are searched for:
a book of 600 pages is read in a second, where a library that takes every operand apart needs a
minute. A stream for which that would be unsafe (inline images, strings nested deeply) is left to
the library after all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pikepdf

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)

_PLAIN = rb"[^()\\]++|\\."
_STRING = re.compile(
    rb"\((?:%s|\((?:%s|\((?:%s)*+\))*+\))*+\)" % (_PLAIN, _PLAIN, _PLAIN), re.DOTALL
)
_OPERATOR = re.compile(
    rb"(?<=[\s\]>])(q|Q|cm|Do|gs|TJ|Tj|'|\"|[kKgG]|rg|RG|cs|CS|scn?|SCN?|sh|BI)(?=[\s/\[<]|\Z)"
)
_LONGEST = 160
"""Six numbers, or a name, take no more bytes before their operator."""

_DEVICE = {"DeviceGray": "grey", "DeviceRGB": "RGB", "DeviceCMYK": "CMYK", "Pattern": "pattern"}
_DIRECT = {b"g": "grey", b"G": "grey", b"rg": "RGB", b"RG": "RGB", b"k": "CMYK", b"K": "CMYK"}
_SHOWS = frozenset({b"Tj", b"TJ", b"'", b'"'})

Operator = tuple[bytes, bytes]
"""An operator, and what is written before it: its operands are at the end of that."""


class Drawn(NamedTuple):
    """What one stream draws, by the names of its resources.

    Colours are ``K`` (black ink alone), ``CMYK``, ``RGB``, ``grey``, ``pattern`` or ``spot``;
    *text* has those of letters. *placed* is each form or image with its matrix, in order;
    *states* are the graphics states in use, *shadings* the gradients painted at once.
    """

    colours: frozenset[str]
    text: frozenset[str]
    placed: tuple[tuple[str, Matrix], ...]
    states: frozenset[str]
    shadings: frozenset[str]


def drawn(content: bytes, spaces: Mapping[str, str]) -> Drawn:
    """What *content* draws; *spaces* tells the kind of each colour space of its resources.

    Raises pikepdf.PdfParsingError if it is no content stream.
    """
    hand = _Hand(spaces)
    for operator, before in operators(content):
        hand.draw(operator, before)
    return Drawn(
        frozenset(hand.colours),
        frozenset(hand.text),
        tuple(hand.placed),
        frozenset(hand.states),
        frozenset(hand.shadings),
    )


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that first does *inner*, then *outer* (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r, a * q + b * s,
        c * p + d * r, c * q + d * s,
        e * p + f * r + t, e * q + f * s + u,
    )  # fmt: skip


def operators(content: bytes) -> Iterator[Operator]:
    """The operators of *content* that matter here, in order."""
    bare = b" " + _STRING.sub(b" ", content)
    if any(mark in bare for mark in (b"(", b")", b"%")) or re.search(rb"\sBI\s", bare):
        yield from operators_of_library(content)
        return
    for match in _OPERATOR.finditer(bare):
        start = match.start()
        yield match[1], bare[max(0, start - _LONGEST) : start]


def operators_of_library(content: bytes) -> Iterator[Operator]:
    """The same from pikepdf, which knows every rule; raises pikepdf.PdfParsingError."""
    empty = pikepdf.new()
    for instruction in pikepdf.parse_content_stream(empty.make_stream(content)):
        name = str(instruction.operator).encode()
        if name != b"BI" and _OPERATOR.fullmatch(b" " + name, 1):
            yield name, b" ".join(str(operand).encode() for operand in instruction.operands)


class _Hand:
    """The graphics state, as far as colour and place go, and what has been drawn with it."""

    def __init__(self, spaces: Mapping[str, str]) -> None:
        self._spaces = spaces
        self._fill = "grey"
        self._space = {True: "grey", False: "grey"}
        self._moves: tuple[bytes, ...] = ()
        self._saved: list[tuple[str, dict[bool, str], tuple[bytes, ...]]] = []
        self.colours: set[str] = set()
        self.text: set[str] = set()
        self.placed: list[tuple[str, Matrix]] = []
        self.states: set[str] = set()
        self.shadings: set[str] = set()

    def draw(self, operator: bytes, before: bytes) -> None:
        """Do what *operator* does; most often letters, the matrix, or a colour."""
        if operator in _SHOWS:
            self.text.add(self._fill)
        elif operator == b"q":
            self._saved.append((self._fill, self._space.copy(), self._moves))
        elif operator == b"Q":
            if self._saved:
                self._fill, self._space, self._moves = self._saved.pop()
        elif operator == b"cm":
            self._moves = (*self._moves, before)
        elif operator == b"Do":
            self.placed.append((_name(before), self._matrix()))
        elif operator == b"gs":
            self.states.add(_name(before))
        elif operator == b"sh":
            self.shadings.add(_name(before))
        else:
            self._colour(operator, before)

    def _colour(self, operator: bytes, before: bytes) -> None:
        fills = operator.islower()
        if operator in {b"cs", b"CS"}:
            name = _name(before)
            colour = self._spaces.get(name) or _DEVICE.get(name, "spot")
            self._space[fills] = colour
        else:
            if operator in _DIRECT:
                self._space[fills] = _DIRECT[operator]
            colour = _inked(self._space[fills], before)
            self.colours.add(colour)
        if fills:
            self._fill = colour

    def _matrix(self) -> Matrix:
        """Where things stand now; worked out only where one is placed."""
        matrix = IDENTITY
        for move in self._moves:
            a, b, c, d, e, f = (float(number) for number in move.split()[-6:])
            matrix = times((a, b, c, d, e, f), matrix)
        return matrix


def _name(before: bytes) -> str:
    return before.rpartition(b"/")[2].strip().decode("latin-1")


def _inked(kind: str, before: bytes) -> str:
    """``K`` where of four inks only the black one is above nothing; else *kind*."""
    if kind != "CMYK":
        return kind
    return "CMYK" if any(float(ink) for ink in before.split()[-4:-1]) else "K"
