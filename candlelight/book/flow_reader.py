"""Reads the sanitised HTML of a text, tag by tag, into blocks; nothing recurses."""

from __future__ import annotations

import collections
import html
import re
from collections.abc import Callable, Mapping

import msgspec

from candlelight.book.flow_lines import as_note, program, stanzas, without_gaps
from candlelight.book.flow_state import Item, State, Values, entered
from candlelight.book.flow_table import Table
from candlelight.book.sheets import Block, Run
from candlelight.book.text import BREAK, Piece, is_ordinary, set_runs
from candlelight.make.typography import runs_leftwards

DEEPEST = 6
"""What lies deeper is set as deep as this: a page has no room for more."""

_TOKEN = re.compile(
    r"<(/?)([a-z][a-z0-9]*)((?:\s+[a-zA-Z:-]+=\"[^\"]*\")*)\s*/?>|([^<]+|<)", re.DOTALL
)
_ATTRIBUTE = re.compile(r"([a-zA-Z:-]+)=\"([^\"]*)\"")
_NOTE = re.compile(r"<li(?:\s+[a-zA-Z:-]+=\"[^\"]*\")*?\s+id=\"([^\"]*)\"")
_NUMBER = re.compile(r"\s*\[?[\d*†‡]*\]?\s*")
_VOID = frozenset(("br", "hr", "img", "wbr"))
_BLOCK_WORDS = (
    "p h1 h2 h3 h4 h5 h6 pre blockquote ul ol li dl dt dd table thead tbody tr th td details "
    "summary figure figcaption section div"
)
_BLOCKS = frozenset(_BLOCK_WORDS.split())


class _Open(msgspec.Struct, frozen=True):
    """A tag that is open, the state around it, and how many pieces stood before it."""

    tag: str
    around: State
    values: Values
    pieces: int


class Reader:
    """Collects `blocks`, and the runs of footnotes by number."""

    def __init__(self, links: Mapping[str, str], *, rtl: bool) -> None:
        self.blocks: list[Block] = []
        self._links = links
        self._rtl = rtl
        self._note_numbers: dict[str, int] = {}
        self._notes: dict[int, tuple[Run, ...]] = {}
        self._cited: set[int] = set()
        self._openers: dict[str, Callable[[Values], None]] = {
            "li": self._begin_item, "table": self._begin_table, "tr": self._begin_row,
            "td": self._begin_cell, "th": self._begin_cell, "a": self._begin_link,
            "q": self._begin_quote, "ruby": self._begin_ruby,
        }  # fmt: skip
        self._closers: dict[str, Callable[[_Open], None]] = {
            "li": self._end_item, "table": self._end_table, "td": self._end_cell,
            "th": self._end_cell, "a": self._end_link, "q": self._end_quote,
            "ruby": self._end_ruby, "rt": self._end_reading,
        }  # fmt: skip
        self._begin()

    def _begin(self) -> None:
        self._state = State()
        self._stack: list[_Open] = []
        self._counts: collections.Counter[str] = collections.Counter()
        self._pieces: list[Piece] = []
        self._pending: list[tuple[Item, int]] = []
        self._table: Table | None = None
        self._ruby: int | None = None
        self._reading: list[str] = []
        self._note: tuple[int, int, int] | None = None

    def find_notes(self, block: str) -> None:
        """Learn which addresses in the text are footnotes of *block*."""
        for name in _NOTE.findall(block):
            self._note_numbers.setdefault(name, len(self._note_numbers))

    def notes(self) -> tuple[tuple[Run, ...], ...]:
        """The footnotes; one that nothing refers to becomes an item at the end of the text."""
        notes = tuple(self._notes.get(at, ()) for at in range(len(self._note_numbers)))
        self.blocks += [
            Block("li", runs, depth=1, mark="•")
            for at, runs in enumerate(notes)
            if runs and at not in self._cited
        ]
        return notes

    def paragraph(self, text: str) -> None:
        """A paragraph of words alone, the commonest block."""
        if is_ordinary(text):
            if words := text.strip():
                self.blocks.append(Block("p", (words,), rtl=self._rtl and _has_no_letter(words)))
            return
        self._begin()
        self._pieces = [(text, "", "")]
        self._end()

    def read(self, block: str) -> None:
        """One block of HTML."""
        self._begin()
        for match in _TOKEN.finditer(block):
            if text := match[4]:
                self._text(html.unescape(text))
            elif match[1]:
                self._close(match[2])
            else:
                self._open(match[2], match[3])
        while self._stack:
            self._close(self._stack[-1].tag)
        self._end()

    def _text(self, text: str) -> None:
        state = self._state
        if state.silent:
            if self._counts["rt"]:
                self._reading.append(text)
            return
        if state.is_way_back:
            text = text.replace("↩", "")
        self._pieces.append((text, state.style, state.link))

    def _open(self, tag: str, attributes: str) -> None:
        if tag in _VOID:
            self._void(tag)
            return
        if tag in _BLOCKS:
            self._end()
        values = dict(_ATTRIBUTE.findall(attributes)) if attributes else {}
        self._stack.append(_Open(tag, self._state, values, len(self._pieces)))
        self._counts[tag] += 1
        self._state = entered(self._state, tag, values)
        if begin := self._openers.get(tag):
            begin(values)

    def _close(self, tag: str) -> None:
        if not self._counts[tag]:
            return
        closed = ""
        while closed != tag:
            opened = self._stack[-1]
            closed = opened.tag
            if closed in _BLOCKS:
                self._end()
            if end := self._closers.get(closed):
                end(opened)
            self._stack.pop()
            self._state = opened.around
            self._counts[closed] -= 1

    def _void(self, tag: str) -> None:
        if tag == "br" and not self._state.silent:
            self._pieces.append(BREAK)
        elif tag == "hr":
            self._end()
            if not self._state.in_cell and not self._note:
                self._emit(Block("hr", depth=min(self._state.depth, DEEPEST)))

    def _set(self, **changes: object) -> None:
        self._state = msgspec.structs.replace(self._state, **changes)

    def _end(self) -> None:
        """What was read since the last block becomes one; in a cell a line."""
        if self._state.in_cell:
            if self._pieces and self._pieces[-1] != BREAK:
                self._pieces.append(BREAK)
            return
        pieces, self._pieces = self._pieces, []
        if self._ruby is not None:
            self._ruby = 0
        if not pieces:
            return
        kind = self._state.kind
        runs = program(pieces) if kind == "code" else set_runs(pieces)
        for part in stanzas(runs) if kind == "v" else [without_gaps(runs)]:
            if part:
                self._emit(self._block(part))

    def _block(self, runs: tuple[Run, ...]) -> Block:
        state = self._state
        words = "".join(run if isinstance(run, str) else run[0] for run in runs)
        rtl = state.direction == "rtl"
        if not state.direction:
            rtl = runs_leftwards(words) or (self._rtl and _has_no_letter(words))
        mark, more = "", False
        if state.kind == "li" and state.item:
            more = state.item.begun
            mark = "" if more else state.item.mark
            state.item.begun = True
        return Block(
            state.kind, runs, state.level if state.kind == "h" else 0,
            min(state.depth, DEEPEST), mark, more, rtl, state.lang,
        )  # fmt: skip

    def _emit(self, block: Block) -> None:
        """Add *block*; an item that has no words of its own before it still shows its mark."""
        for item, depth in self._pending:
            if not item.begun:
                self.blocks.append(Block("li", ("",), depth=depth, mark=item.mark))
                item.begun = True
        self._pending.clear()
        self.blocks.append(block)

    def _begin_item(self, values: Values) -> None:
        state = self._state
        number = self._note_numbers.get(values.get("id", ""))
        if state.in_notes and number is not None and self._note is None:
            self._note = (number, len(self.blocks), len(self._stack))
            self._set(kind="p", item=None, depth=0)
        elif state.item and state.in_cell:
            self._pieces.append((f"{state.item.mark} ", "", ""))
        elif state.item and state.depth <= DEEPEST:
            self._pending.append((state.item, state.depth))

    def _end_item(self, _opened: _Open) -> None:
        if self._note and self._note[2] == len(self._stack):
            number, start, _ = self._note
            self._notes.setdefault(number, as_note(self.blocks[start:]))
            del self.blocks[start:]
            self._note = None
        elif self._pending and self._pending[-1][0] is self._state.item:
            self._pending.pop()

    def _begin_table(self, _values: Values) -> None:
        if self._table is None:
            self._table = Table()

    def _end_table(self, _opened: _Open) -> None:
        state = self._state
        if self._table and not state.in_cell:
            for block in self._table.blocks(min(state.depth, DEEPEST), state.lang):
                self._emit(block)
            self._table = None

    def _begin_row(self, _values: Values) -> None:
        if self._table and not self._state.in_cell:
            self._table.begin_row(head=self._state.in_head)

    def _begin_cell(self, _values: Values) -> None:
        if self._table:
            self._set(in_cell=True, kind="p", item=None)

    def _end_cell(self, opened: _Open) -> None:
        if self._table and not opened.around.in_cell:
            pieces, self._pieces = self._pieces, []
            runs = without_gaps(set_runs(pieces))
            self._table.cell(runs, opened.values, head=opened.tag == "th")

    def _begin_link(self, values: Values) -> None:
        href = html.unescape(values.get("href", ""))
        if href.startswith("#"):
            self._set(is_way_back=self._note is not None)
        elif href.startswith("content:"):
            self._set(link=self._links.get(href[8:].partition("#")[0], ""))
        elif href.startswith(("http://", "https://", "mailto:")):
            self._set(link=href)

    def _end_link(self, opened: _Open) -> None:
        """A link to a note becomes its mark, in place of the number that was written there."""
        name = html.unescape(opened.values.get("href", ""))[1:]
        number = self._note_numbers.get(name)
        # A note within a note would have no foot to stand on: there the number stays as it is.
        if number is None or self._note or self._state.silent:
            return
        if _NUMBER.fullmatch("".join(piece[0] for piece in self._pieces[opened.pieces :])):
            del self._pieces[opened.pieces :]
        self._pieces.append((str(number), "n", ""))
        self._cited.add(number)

    def _begin_quote(self, _values: Values) -> None:
        self._text("“" if self._counts["q"] % 2 else "‘")

    def _end_quote(self, _opened: _Open) -> None:
        self._text("”" if self._counts["q"] % 2 else "’")

    def _begin_ruby(self, _values: Values) -> None:
        self._ruby = len(self._pieces)

    def _end_ruby(self, _opened: _Open) -> None:
        self._ruby = None

    def _end_reading(self, opened: _Open) -> None:
        """The words since the last reading are what this one is read over."""
        reading, self._reading = " ".join("".join(self._reading).split()), []
        base = self._pieces[self._ruby :] if self._ruby is not None else []
        words = " ".join("".join(piece[0] for piece in base).split())
        style = opened.around.style
        if reading and words and not any(piece[1] in ("/", "n") for piece in base):
            self._pieces[self._ruby :] = [(words, "".join(sorted(style + "y")), reading)]
        elif reading:
            self._pieces.append((f"（{reading}）", style, ""))
        if self._ruby is not None:
            self._ruby = len(self._pieces)


def _has_no_letter(words: str) -> bool:
    return not any(char.isalpha() for char in words)
