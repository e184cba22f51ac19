"""What a page draws: the colours that it sets, those of its text, and where its pictures stand.

Of all operators only a few matter for this. Strings are blanked, then what is left falls apart at
white space, and the few are picked out: a book of 600 pages is read in the tenth of a second, where
a library that takes every operand apart needs a minute. A stream for which that would be unsafe
(inline images, comments, strings nested deeply) is left to the library after all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import pikepdf

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)

_PLAIN = rb"[^()\\]*+(?:\\.[^()\\]*+)*+"
_STRING = re.compile(
    rb"\(%s(?:\(%s(?:\(%s\)%s)*+\)%s)*+\)" % (_PLAIN, _PLAIN, _PLAIN, _PLAIN, _PLAIN), re.DOTALL
)
_UNSAFE = (b"(", b")", b"%", b"#", b"BI")
"""Outside strings: a string nested deeper, a comment, an escape in a name, an inline image."""

_SPACED = bytes.maketrans(b"\0[]<>{}\v", b"       ?")
"""All that parts words but the slash of a name (ISO 32000-1, 7.2.2); for Python \\v does, too."""

_DEVICE = {"DeviceGray": "grey", "DeviceRGB": "RGB", "DeviceCMYK": "CMYK", "Pattern": "pattern"}
_DIRECT = {b"g": "grey", b"G": "grey", b"rg": "RGB", b"RG": "RGB", b"k": "CMYK", b"K": "CMYK"}
_FILLS = frozenset({b"sc", b"scn", b"g", b"rg", b"k"})
_STROKES = frozenset({b"SC", b"SCN", b"G", b"RG", b"K"})
_SHOWS = frozenset({b"Tj", b"TJ", b"'", b'"'})
_OPERATORS = frozenset({b"q", b"Q", b"cm", b"Do", b"gs", b"sh", b"cs", b"CS"})
_OPERATORS |= _FILLS | _STROKES | _SHOWS


class Words(NamedTuple):
    """A stream as words: operands before their operator. *where* are the operators looked for."""

    words: Sequence[bytes]
    where: Sequence[int]

    def names(self, operator: bytes) -> frozenset[str]:
        """The names that *operator* is given."""
        return frozenset(self.name(at) for at in self.where if self.words[at] == operator)

    def name(self, at: int) -> str:
        """The name before the operator *at*."""
        return self.words[at - 1][1:].decode("utf-8", "replace")


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
    words = words_of(content)
    kinds = {b"/" + name.encode(): kind for name, kind in (_DEVICE | {**spaces}).items()}
    colours, text = _inks(words, kinds)
    # Few pages have any of these, and a look at the bytes tells which.
    placed = tuple(_placed(words)) if b"Do" in content else ()
    states = words.names(b"gs") if b"gs" in content else frozenset()
    shadings = words.names(b"sh") if b"sh" in content else frozenset()
    return Drawn(colours, text, placed, states, shadings)


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that first does *inner*, then *outer* (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r, a * q + b * s,
        c * p + d * r, c * q + d * s,
        e * p + f * r + t, e * q + f * s + u,
    )  # fmt: skip


def words_of(content: bytes) -> Words:
    """The words of *content* without its strings, and the operators that matter here."""
    bare = _STRING.sub(b" ", content)
    if any(mark in bare for mark in _UNSAFE):
        return words_of_library(content)
    words = bare.translate(_SPACED).replace(b"/", b" /").split()
    return Words(words, [at for at, word in enumerate(words) if word in _OPERATORS])


def words_of_library(content: bytes) -> Words:
    """The same from pikepdf, which knows every rule; raises pikepdf.PdfParsingError."""
    words: list[bytes] = []
    where = []
    empty = pikepdf.new()
    for instruction in pikepdf.parse_content_stream(empty.make_stream(content)):
        name = str(instruction.operator).encode()
        if name in _OPERATORS:
            words += [str(operand).encode() for operand in instruction.operands]
            where.append(len(words))
            words.append(name)
    return Words(words, where)


def _inks(there: Words, kinds: Mapping[bytes, str]) -> tuple[frozenset[str], frozenset[str]]:
    """The kinds of colour that are set, and those that letters have."""
    words, where = there
    fill = filling = stroking = "grey"
    saved: list[tuple[str, str, str]] = []
    colours, text = set(), set()
    for at in where:
        word = words[at]
        if word == b"q":
            saved.append((fill, filling, stroking))
        elif word == b"Q":
            if saved:
                fill, filling, stroking = saved.pop()
        elif word in _SHOWS:
            text.add(fill)
        elif word in _FILLS:
            filling = _DIRECT.get(word, filling)
            fill = _inked(filling, words[at - 4 : at - 1])
            colours.add(fill)
        elif word == b"cs":
            fill = filling = kinds.get(words[at - 1], "spot")
        elif word in _STROKES:
            stroking = _DIRECT.get(word, stroking)
            colours.add(_inked(stroking, words[at - 4 : at - 1]))
        elif word == b"CS":
            stroking = kinds.get(words[at - 1], "spot")
    return frozenset(colours), frozenset(text)


def _inked(space: str, coloured: Sequence[bytes]) -> str:
    """``K`` where the *coloured* ones of four inks are nothing; else *space*."""
    if space != "CMYK":
        return space
    return "CMYK" if any(map(float, coloured)) else "K"


def _placed(there: Words) -> Iterator[tuple[str, Matrix]]:
    """Each form or image, and the matrix that holds where it is placed."""
    moves: tuple[int, ...] = ()
    saved: list[tuple[int, ...]] = []
    for at in there.where:
        word = there.words[at]
        if word == b"q":
            saved.append(moves)
        elif word == b"Q":
            moves = saved.pop() if saved else moves
        elif word == b"cm":
            moves = (*moves, at)
        elif word == b"Do":
            yield there.name(at), _matrix(there.words[move - 6 : move] for move in moves)


def _matrix(moves: Iterable[Sequence[bytes]]) -> Matrix:
    """What the *moves*, each of six numbers, come to together."""
    matrix = IDENTITY
    for move in moves:
        a, b, c, d, e, f = map(float, move)
        matrix = times((a, b, c, d, e, f), matrix)
    return matrix
