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

Operator = tuple[bytes, list[bytes]]
"""An operator and the operands before it (for some, only the last of them)."""


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


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that first does *inner*, then *outer* (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r, a * q + b * s,
        c * p + d * r, c * q + d * s,
        e * p + f * r + t, e * q + f * s + u,
    )  # fmt: skip


def drawn(content: bytes, spaces: Mapping[str, str]) -> Drawn:
    """What *content* draws; *spaces* tells the kind of each colour space of its resources."""
    colours: set[str] = set()
    text: set[str] = set()
    placed: list[tuple[str, Matrix]] = []
    states: set[str] = set()
    shadings: set[str] = set()
    fill, space, matrix = "grey", "grey", IDENTITY
    saved: list[tuple[str, str, Matrix]] = []
    for operator, operands in operators(content):
        if operator in _SHOWS:
            text.add(fill)
        elif operator == b"q":
            saved.append((fill, space, matrix))
        elif operator == b"Q":
            fill, space, matrix = saved.pop() if saved else ("grey", "grey", IDENTITY)
        elif operator == b"cm":
            a, b, c, d, e, f = map(float, operands[-6:])
            matrix = times((a, b, c, d, e, f), matrix)
        elif operator == b"cs":
            name = _name(operands)
            fill = space = spaces.get(name) or _DEVICE.get(name, "spot")
        elif operator in {b"CS", b"SCN", b"SC"}:
            if operator == b"CS":
                name = _name(operands)
                colours.add(spaces.get(name) or _DEVICE.get(name, "spot"))
        elif operator in {b"scn", b"sc"}:
            fill = _inked(space, operands)
            colours.add(fill)
        elif operator in _DIRECT:
            kind = _inked(_DIRECT[operator], operands)
            colours.add(kind)
            if operator.islower():
                fill = space = kind
        elif operator == b"Do":
            placed.append((_name(operands), matrix))
        elif operator == b"gs":
            states.add(_name(operands))
        else:
            shadings.add(_name(operands))
    return Drawn(
        frozenset(colours), frozenset(text), tuple(placed), frozenset(states), frozenset(shadings)
    )


def operators(content: bytes) -> Iterator[Operator]:
    """The operators of *content* that matter here, in order."""
    bare = b" " + _STRING.sub(b" ", content)
    if b"(" in bare or b")" in bare or b"%" in bare:
        yield from operators_of_library(content)
        return
    found = _OPERATOR.finditer(bare)
    seen: list[Operator] = []
    for match in found:
        operator = match[1]
        if operator == b"BI":
            yield from operators_of_library(content)
            return
        if operator in _SHOWS or operator in {b"q", b"Q"}:
            seen.append((operator, []))
        else:
            before = bare[max(0, match.start() - _LONGEST) : match.start()]
            seen.append((operator, before.replace(b"/", b" /").split()[-6:]))
    yield from seen


def operators_of_library(content: bytes) -> Iterator[Operator]:
    """The same from pikepdf, which knows every rule; raises pikepdf.PdfParsingError."""
    empty = pikepdf.new()
    for operands, operator in pikepdf.parse_content_stream(empty.make_stream(content)):
        name = str(operator).encode()
        if name == b"INLINE IMAGE" or _OPERATOR.fullmatch(b" " + name, 1):
            yield name, [str(operand).encode() for operand in operands]


def _name(operands: list[bytes]) -> str:
    return operands[-1].removeprefix(b"/").decode("latin-1")


def _inked(kind: str, operands: list[bytes]) -> str:
    """``K`` where of four inks only the black one is above nothing; else *kind*."""
    if kind == "pattern" or operands[-1].startswith(b"/"):
        return "pattern"
    if kind in {"CMYK", "K"} and not any(float(ink) for ink in operands[-4:-1]):
        return "K"
    return kind
