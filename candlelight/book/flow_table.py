"""A table as rows of cells, every row as wide as the widest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from candlelight.book.flow_lines import NEXT_CELL
from candlelight.book.sheets import Block, Run

_WIDEST = 20
_MOST = 40
"""Columns to which narrower rows are filled up."""

_LETTERS = {"center": "c", "right": "r"}


class Table:
    """Collects the cells of a table; a cell that spans leaves empty ones where it reaches."""

    def __init__(self) -> None:
        self._rows: list[list[tuple[Sequence[Run], str]]] = []
        self._heads: list[bool] = []
        self._below: dict[int, int] = {}

    def begin_row(self, *, head: bool) -> None:
        """Open a row."""
        self._rows.append([])
        self._heads.append(head)

    def cell(self, runs: Sequence[Run], values: Mapping[str, str], *, head: bool) -> None:
        """Add a cell with the attributes *values* of its tag."""
        if not self._rows:
            self.begin_row(head=False)
        row = self._rows[-1]
        self._skip(row)
        if not head:
            self._heads[-1] = False
        elif not row:
            self._heads[-1] = True
        columns = span(values.get("colspan", ""))
        for at in range(len(row), len(row) + columns):
            self._below[at] = span(values.get("rowspan", "")) - 1
        row.append((runs, _LETTERS.get(values.get("class", ""), "l")))
        row += [((), "l")] * (columns - 1)

    def _skip(self, row: list[tuple[Sequence[Run], str]]) -> None:
        while self._below.get(len(row), 0) > 0:
            self._below[len(row)] -= 1
            row.append(((), "l"))

    def blocks(self, depth: int, lang: str) -> list[Block]:
        """A block a row; ``align`` is a letter (l, c, r) a column, "" if all are left.

        Rows after the first have ``more``, so that two tables stay two.
        """
        width = min(max(map(len, self._rows), default=0), _MOST)
        blocks: list[Block] = []
        for row, head in zip(self._rows, self._heads, strict=True):
            if not any(runs for runs, _ in row):
                continue
            cells = row + [((), "l")] * (width - len(row))
            runs = [run for cell, _ in cells for run in (*cell, NEXT_CELL)][:-1]
            align = "".join(letter for _, letter in cells)
            blocks.append(
                Block(
                    "row",
                    tuple(runs),
                    level=int(head),
                    depth=depth,
                    more=bool(blocks),
                    lang=lang,
                    align=align if align.strip("l") else "",
                )
            )
        return blocks


def span(written: str) -> int:
    """How many columns or rows a cell takes, at most 20: a page is no wider."""
    if not (written.isascii() and written.isdigit()):
        return 1
    return min(int(written[-9:]) or 1, _WIDEST)
