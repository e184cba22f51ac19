"""Runs with line breaks: of verse, of a program, of a cell, of a note."""

from __future__ import annotations

from collections.abc import Sequence

from candlelight.book.scripts import parted, without_controls
from candlelight.book.sheets import Block, Run
from candlelight.book.text import Piece, in_code, joined

BREAK_RUN: Run = ("", "/")
NEXT_CELL: Run = ("", "|")


def program(pieces: Sequence[Piece]) -> tuple[Run, ...]:
    """The lines of a program, without empty ones at its ends."""
    lines = [line for piece in pieces for line in in_code(piece)]
    clean = [(without_controls(text), style, link) for text, style, link in lines]
    return _trimmed(joined(parted(clean)))


def without_gaps(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """*runs* without empty lines."""
    if BREAK_RUN not in runs:
        return runs
    kept = [run for at, run in enumerate(runs) if run != BREAK_RUN or runs[at - 1] != BREAK_RUN]
    return _trimmed(tuple(kept))


def stanzas(runs: tuple[Run, ...]) -> list[tuple[Run, ...]]:
    """*runs* of verse parted at empty lines."""
    parts: list[list[Run]] = [[]]
    for at, run in enumerate(runs):
        if run == BREAK_RUN and runs[at + 1 : at + 2] == (BREAK_RUN,):
            parts.append([])
        else:
            parts[-1].append(run)
    return [stanza for part in parts if (stanza := _trimmed(tuple(part)))]


def as_note(blocks: Sequence[Block]) -> tuple[Run, ...]:
    """*blocks* as one footnote, a line each."""
    runs: list[Run] = []
    for block in blocks:
        runs += [BREAK_RUN] if runs else []
        runs += [f"{block.mark} "] if block.mark else []
        runs += [" " if run == NEXT_CELL else run for run in block.runs]
    return tuple(runs)


def _trimmed(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    start, stop = 0, len(runs)
    while start < stop and runs[start] == BREAK_RUN:
        start += 1
    while stop > start and runs[stop - 1] == BREAK_RUN:
        stop -= 1
    return runs[start:stop]
