"""The words beside a plate: where each picture stands, a shared credit once, and their height.

Nothing is set here: heights are estimated a little high, so that a plate that was given its room
also has it in print.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from candlelight.book.sheets import Caption

Words = Mapping[str, str]
"""The words of places by key, see KEYS."""

LINE = 1.5
"""From line to line, in characters of a caption."""

CREDIT = 7 / 8
"""A character of a credit, the same."""

APART = 1 / 4
"""The white between two captions of a stack, the same."""

_COLUMNS = {1: ("",), 2: ("left", "right"), 3: ("left", "middle", "right")}
_ROWS = {1: ("",), 2: ("top", "bottom"), 3: ("top", "middle", "bottom")}

KEYS = (
    *("left", "middle", "right", "top", "bottom", "facing", "overleaf"),
    *("top_left", "top_middle", "top_right", "middle_left", "middle_middle", "middle_right"),
    *("bottom_left", "bottom_middle", "bottom_right"),
)
"""Every key that a book's words must have."""


def places(rows: Sequence[int]) -> tuple[str, ...]:
    """The key of the place of each picture where *rows* pictures stand in each row.

    One picture needs no word: ``""``. At most three rows of at most three.
    """
    return tuple(
        "_".join(filter(None, (down, across)))
        for count, down in zip(rows, _ROWS[len(rows)], strict=True)
        for across in _COLUMNS[count]
    )


def captions(
    written: Sequence[tuple[str, str]], keys: Sequence[str], words: Words
) -> tuple[tuple[Caption, ...], str]:
    """The captions of a plate, in order, and the credit that all its pictures share.

    *written* gives caption and credit of each picture. A picture with neither has no entry; one
    credit for all is taken out of the entries and stands once, last.
    """
    given = {credit for _, credit in written}
    shared = given.pop() if len(given) == 1 else ""
    entries = (
        Caption(words[key] if key else "", text, "" if shared else credit)
        for (text, credit), key in zip(written, keys, strict=True)
    )
    return tuple(entry for entry in entries if entry.text or entry.credit), shared


def height(entries: Sequence[Caption], credit: str, width: float, letter: float) -> float:
    """How high (mm) the stack of *entries* and the shared *credit* gets in a column of *width*.

    *letter* is the size of a character (mm).
    """
    lines = list(_lines_each(entries, credit, width / letter))
    return (sum(lines) * LINE + APART * (len(lines) - 1)) * letter if lines else 0.0


def pieces(text: str, longest: int) -> list[str]:
    """*text* cut into pieces of at most *longest* characters, after a sentence where one ends."""
    cut: list[str] = []
    while len(text) > longest:
        ends = [text.rfind(mark, longest // 2, longest) for mark in "。！？；，.!?;, "]
        end = next((at + 1 for at in ends if at >= 0), longest)
        cut.append(text[:end])
        text = text[end:]
    return [*cut, text]


def _lines_each(entries: Sequence[Caption], credit: str, room: float) -> Iterator[int]:
    """The lines of each caption, and of the shared credit."""
    for entry in entries:
        where = f"〔{entry.where}〕" if entry.where else ""
        yield _lines(where + entry.text, room) + _lines(entry.credit, room / CREDIT)
    if credit:
        yield _lines(credit, room / CREDIT)


def _lines(text: str, characters: float) -> int:
    """The lines that *text* takes, at most half a character of each lost to what cannot part."""
    # Rounded up: a word of letters moves to the next line whole.
    room = max(1.0, characters - 0.5)
    return max(1, -int(-wide(text) // room)) if text else 0


@functools.lru_cache(maxsize=4096)
def wide(text: str) -> float:
    """The width of *text* in characters: letters and digits of other scripts take half of one."""
    return sum(map(_WIDTHS.__getitem__, text))


class _Widths(dict[str, float]):
    """The width of each character, found out once: a book has few of them, many times each."""

    def __missing__(self, char: str) -> float:
        width = self[char] = 1 if unicodedata.east_asian_width(char) in "WFA" else 0.55
        return width


_WIDTHS = _Widths()
