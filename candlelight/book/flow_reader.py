"""Reads the sanitised HTML of a text, tag by tag, into blocks; nothing recurses."""

from __future__ import annotations

import collections
import html
import re
from collections.abc import Mapping, Sequence

import msgspec

from candlelight.book.flow_table import NEXT_CELL, Table
from candlelight.book.scripts import parted, without_controls
from candlelight.book.sheets import Block, Run
from candlelight.book.text import BREAK, Piece, in_code, is_ordinary, joined, set_runs
from candlelight.make.typography import runs_leftwards

DEEPEST = 6
_TOKEN = re.compile(
    r"<(/?)([a-z][a-z0-9]*)((?:\s+[a-zA-Z:-]+=\"[^\"]*\")*)\s*/?>|([^<]+)|(<)", re.DOTALL
)
_ATTRIBUTE = re.compile(r"([a-zA-Z:-]+)=\"([^\"]*)\"")
_NOTE = re.compile(r"<li id=\"([^\"]*)\"")
_STYLES = {
    "em": "e", "i": "e", "cite": "e", "u": "e", "mark": "e", "figcaption": "e",
    "strong": "b", "b": "b", "summary": "b", "dt": "b",
    "del": "k", "s": "k", "code": "c", "kbd": "c", "sup": "h", "sub": "l",
}  # fmt: skip
_LEVELS = {"h1": 1, "h2": 1, "h3": 2, "h4": 3, "h5": 3, "h6": 3}
_BLOCK_WORDS = (
    "p h1 h2 h3 h4 h5 h6 pre blockquote ul ol li dl dt dd table thead tbody tr th td details "
    "summary figure figcaption section div"
)
_BLOCKS = frozenset(_BLOCK_WORDS.split())
_BREAK_RUN: Run = ("", "/")


class _Item:
    """An item of a list: its mark until a block has it, then "" (*begun*)."""

    def __init__(self, mark: str, *, begun: bool = False) -> None:
        self.mark = mark
        self.begun = begun


class _State(msgspec.Struct, frozen=True):
    """What the open tags say of the text within them."""

    kind: str = "p"
    style: str = ""
    link: str = ""
    lang: str = ""
    direction: str = ""
    level: int = 0
    depth: int = 0
    item: _Item | None = None
    numbers: list[int] | None = None
    silent: bool = False
    in_cell: bool = False
    in_head: bool = False
    in_notes: bool = False


class Reader:
    """Collects `blocks`, and the runs of footnotes by number."""

    def __init__(self, links: Mapping[str, str], *, rtl: bool) -> None:
        self.blocks: list[Block] = []
        self._links = links
        self._rtl = rtl
        self._note_numbers: dict[str, int] = {}
        self._notes: dict[int, tuple[Run, ...]] = {}
        self._cited: set[int] = set()
        self._begin()

    def _begin(self) -> None:
        self._state = _State()
        self._stack: list[tuple[str, _State, dict[str, str]]] = []
        self._open_tags: collections.Counter[str] = collections.Counter()
        self._pieces: list[Piece] = []
        self._pending: list[tuple[_Item, int]] = []
        self._table: Table | None = None
        self._cell: list[Piece] = []
        self._ruby: int | None = None
        self._reading: list[str] = []
        self._note_starts: list[tuple[int, int]] = []

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
        self._pieces = [(text, "", "")]
        self._end()

    def read(self, block: str) -> None:
        """One block of HTML."""
        self._begin()
        for match in _TOKEN.finditer(block):
            if match[4] or match[5]:
                self._text(html.unescape(match[4] or match[5]))
            elif match[1]:
                self._close(match[2])
            else:
                self._open(match[2], match[3])
        while self._stack:
            self._close(self._stack[-1][0])
        self._end()

    def _text(self, text: str) -> None:
        state = self._state
        if state.silent:
            if self._open_tags["rt"]:
                self._reading.append(text)
            return
        self._pieces.append((text, state.style, state.link))

    def _open(self, tag: str, attributes: str) -> None:
        if tag in ("br", "hr", "img", "wbr"):
            self._void(tag)
            return
        values = dict(_ATTRIBUTE.findall(attributes)) if attributes else {}
        if tag in _BLOCKS:
            self._end()
        self._stack.append((tag, self._state, values))
        self._open_tags[tag] += 1
        if tag in _STYLES:
            self._add_style(_STYLES[tag])
        if tag in _LEVELS:
            self._set(kind="h", level=_LEVELS[tag])
        if handler := _OPENERS.get(tag):
            handler(self, values)
        if "lang" in values:
            self._set(lang=html.unescape(values["lang"]))
        if values.get("dir") in ("rtl", "ltr"):
            self._set(direction=values["dir"])

    def _close(self, tag: str) -> None:
        if not self._open_tags[tag]:
            return
        while True:
            name = self._stack[-1][0]
            if name in _BLOCKS:
                self._end()
            if handler := _CLOSERS.get(name):
                handler(self)
            _, self._state, _ = self._stack.pop()
            self._open_tags[name] -= 1
            if name == tag:
                return

    def _void(self, tag: str) -> None:
        if tag == "br":
            if not self._state.silent:
                self._pieces.append(BREAK)
        elif tag == "hr":
            self._end()
            if not self._state.in_cell and not self._note_starts:
                self._emit(Block("hr", depth=min(self._state.depth, DEEPEST)))

    def _set(self, **changes: object) -> None:
        self._state = msgspec.structs.replace(self._state, **changes)

    def _add_style(self, letter: str) -> None:
        style = self._state.style
        if letter not in style and not (letter == "c" and self._state.kind == "code"):
            self._set(style="".join(sorted(style + letter)))

    # What single tags mean.

    def _paragraph(self, values: dict[str, str]) -> None:
        if values.get("class") == "verse" and self._state.kind in ("p", "q"):
            self._set(kind="v")

    def _quotation(self, values: dict[str, str]) -> None:
        self._set(kind="q", depth=self._state.depth + 1, item=None)

    def _list(self, values: dict[str, str]) -> None:
        self._set(depth=self._state.depth + 1, numbers=None)

    def _numbered(self, values: dict[str, str]) -> None:
        start = values.get("start", "")
        first = int(start) if start.isascii() and start.isdigit() and len(start) < 7 else 1
        self._set(depth=self._state.depth + 1, numbers=[first])

    def _list_item(self, values: dict[str, str]) -> None:
        if self._state.in_notes and (number := self._note_numbers.get(values.get("id", ""))) is not None:
            self._note_starts.append((number, len(self.blocks)))
            self._set(kind="p", item=None, depth=0)
            return
        mark = "•"
        if numbers := self._state.numbers:
            mark = f"{numbers[0]}."
            numbers[0] += 1
        self._begin_item(mark)

    def _begin_item(self, mark: str) -> None:
        item = _Item(mark, begun=not mark)
        if self._state.in_cell:
            self._pieces.append((f"{mark} ", "", ""))
        elif mark and self._state.depth <= DEEPEST:
            self._pending.append((item, self._state.depth))
        self._set(kind="li", item=item)

    def _end_item(self) -> None:
        if self._note_starts and "id" in self._stack[-1][2]:
            number, start = self._note_starts.pop()
            self._notes.setdefault(number, _as_note(self.blocks[start:]))
            del self.blocks[start:]
        if self._pending and self._pending[-1][0] is self._state.item:
            self._pending.pop()

    def _definition(self, values: dict[str, str]) -> None:
        self._set(depth=self._state.depth + 1)
        self._begin_item("")

    def _term(self, values: dict[str, str]) -> None:
        self._set(kind="p", item=None)

    def _program(self, values: dict[str, str]) -> None:
        if not self._state.in_cell:
            self._set(kind="code")

    def _section(self, values: dict[str, str]) -> None:
        if values.get("class") == "notes":
            self._set(in_notes=True)

    def _begin_table(self, values: dict[str, str]) -> None:
        if self._table is None:
            self._table = Table()

    def _end_table(self) -> None:
        state = self._state
        if self._table and not state.in_cell:
            for block in self._table.blocks(min(state.depth, DEEPEST), state.lang):
                self._emit(block)
            self._table = None

    def _head(self, values: dict[str, str]) -> None:
        self._set(in_head=True)

    def _row(self, values: dict[str, str]) -> None:
        if self._table and not self._state.in_cell:
            self._table.begin_row(head=self._state.in_head)

    def _begin_cell(self, values: dict[str, str]) -> None:
        if self._table and not self._state.in_cell:
            self._set(in_cell=True, kind="p", item=None)

    def _end_cell(self) -> None:
        tag, before, values = self._stack[-1]
        if self._table and not before.in_cell:
            pieces, self._pieces = self._pieces, []
            self._table.cell(_without_gaps(set_runs(pieces)), values, head=tag == "th")

    def _link(self, values: dict[str, str]) -> None:
        href = html.unescape(values.get("href", ""))
        if href.startswith("#"):
            self._note_link(href[1:])
        elif href.startswith("content:"):
            self._set(link=self._links.get(href[8:].partition("#")[0], ""))
        elif href.startswith(("http://", "https://", "mailto:")):
            self._set(link=href)

    def _note_link(self, name: str) -> None:
        number = self._note_numbers.get(name)
        if self._note_starts:
            # The way back goes; a note within a note keeps its number as it was written.
            self._set(silent=number is None)
        elif number is not None:
            self._cited.add(number)
            self._pieces.append((str(number), "n", ""))
            self._set(silent=True)

    def _begin_quote(self, values: dict[str, str]) -> None:
        self._text("“" if self._open_tags["q"] % 2 else "‘")

    def _end_quote(self) -> None:
        self._text("”" if self._open_tags["q"] % 2 else "’")

    def _begin_ruby(self, values: dict[str, str]) -> None:
        self._ruby = len(self._pieces)

    def _end_ruby(self) -> None:
        self._ruby = None

    def _silence(self, values: dict[str, str]) -> None:
        self._set(silent=True)

    def _end_reading(self) -> None:
        reading, self._reading = " ".join("".join(self._reading).split()), []
        if not reading:
            return
        base = self._pieces[self._ruby :] if self._ruby is not None else []
        style = self._stack[-1][1].style
        words = " ".join("".join(piece[0] for piece in base).split())
        if not words or any(piece[1] in ("/", "n") for piece in base):
            self._pieces.append((f"（{reading}）", style, ""))
        else:
            self._pieces[self._ruby :] = [(words, "".join(sorted(style + "y")), reading)]
        self._ruby = len(self._pieces) if self._ruby is not None else None

    # The end of a block.

    def _end(self) -> None:
        """What was read since the last block becomes one, in a cell a line."""
        if self._state.in_cell:
            if self._pieces and self._pieces[-1] != BREAK:
                self._pieces.append(BREAK)
            return
        pieces, self._pieces = self._pieces, []
        self._ruby = None if self._ruby is None else 0
        if not pieces:
            return
        state = self._state
        runs = _program(pieces) if state.kind == "code" else set_runs(pieces)
        for part in _stanzas(runs) if state.kind == "v" else [_without_gaps(runs)]:
            if part:
                self._emit(self._block(part))

    def _block(self, runs: tuple[Run, ...]) -> Block:
        state = self._state
        words = "".join(_words(run) for run in runs)
        if state.direction:
            rtl = state.direction == "rtl"
        else:
            rtl = runs_leftwards(words) or (self._rtl and _has_no_letter(words))
        mark, more = "", False
        if state.kind == "li" and state.item:
            mark, more = ("", True) if state.item.begun else (state.item.mark, False)
            state.item.begun = True
        return Block(
            state.kind, runs, state.level if state.kind == "h" else 0,
            min(state.depth, DEEPEST), mark, more, rtl, state.lang,
        )  # fmt: skip

    def _emit(self, block: Block) -> None:
        """Add *block*; an item that has no words of its own before it still shows its mark."""
        own = self._state.item if block.kind == "li" else None
        for item, depth in self._pending:
            if item is not own and not item.begun:
                self.blocks.append(Block("li", (), depth=depth, mark=item.mark))
                item.begun = True
        self._pending.clear()
        self.blocks.append(block)


_OPENERS = {
    "p": Reader._paragraph, "blockquote": Reader._quotation, "ul": Reader._list,
    "ol": Reader._numbered, "li": Reader._list_item, "dd": Reader._definition,
    "dt": Reader._term, "pre": Reader._program, "section": Reader._section,
    "table": Reader._begin_table, "thead": Reader._head, "tr": Reader._row,
    "td": Reader._begin_cell, "th": Reader._begin_cell, "a": Reader._link,
    "q": Reader._begin_quote, "ruby": Reader._begin_ruby, "rt": Reader._silence,
    "rp": Reader._silence,
}  # fmt: skip
_CLOSERS = {
    "li": Reader._end_item, "table": Reader._end_table, "td": Reader._end_cell,
    "th": Reader._end_cell, "q": Reader._end_quote, "ruby": Reader._end_ruby,
    "rt": Reader._end_reading,
}  # fmt: skip


def _program(pieces: Sequence[Piece]) -> tuple[Run, ...]:
    lines = [line for piece in pieces for line in in_code(piece)]
    return _edges(joined(parted([(without_controls(text), style, link) for text, style, link in lines])))


def _edges(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    start, stop = 0, len(runs)
    while start < stop and runs[start] == _BREAK_RUN:
        start += 1
    while stop > start and runs[stop - 1] == _BREAK_RUN:
        stop -= 1
    return runs[start:stop]


def _without_gaps(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """*runs* without empty lines."""
    if _BREAK_RUN not in runs:
        return runs
    kept = [run for at, run in enumerate(runs) if run != _BREAK_RUN or runs[at - 1] != _BREAK_RUN]
    return _edges(tuple(kept))


def _stanzas(runs: tuple[Run, ...]) -> list[tuple[Run, ...]]:
    """*runs* of verse parted at empty lines."""
    stanzas: list[list[Run]] = [[]]
    for at, run in enumerate(runs):
        if run == _BREAK_RUN and runs[at + 1 : at + 2] == (_BREAK_RUN,):
            stanzas.append([])
        else:
            stanzas[-1].append(run)
    return [_edges(tuple(stanza)) for stanza in stanzas]


def _as_note(blocks: Sequence[Block]) -> tuple[Run, ...]:
    """*blocks* as one footnote, a line each."""
    runs: list[Run] = []
    for block in blocks:
        runs += [_BREAK_RUN] if runs else []
        runs += [f"{block.mark} "] if block.mark else []
        runs += [" " if run == NEXT_CELL else run for run in block.runs]
    return tuple(runs)


def _words(run: Run) -> str:
    return run if isinstance(run, str) else "" if run[1] in ("n", "i") else run[0]


def _has_no_letter(words: str) -> bool:
    return not any(char.isalpha() for char in words)
