"""Frontmatter of plain lines -> its entries, without the YAML engine.

Nearly all frontmatter is ``key: value``, a list of names, or a list of photos with a line for
each thing said of them. `frontmatter.read_entries` decides what a frontmatter means; this is a
short way to the same entries, and a property holds the two equal. Where there is the least doubt
(a slip, a comment, a text over several lines, a key twice) there is no short way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from candlelight.problems import Place
from candlelight.read import keys
from candlelight.read.nodes import Entries, Entry, Items, Node, Text

_LONGEST = 20_000
"""Characters; longer frontmatter is one for the limits of the long way."""
_DEEPEST = 8
"""Columns; what is deeper nested stands further in."""
_LINE = re.compile(r"( *)(- +)?(?:(\w+):(?: +|$))?(.*)")
# What is no letter to YAML.
_ODD = re.compile("[\x00-\x09\x0b-\x1f\x7f-\xa0\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
# What the long way refuses as nested beyond reason, wherever it stands.
_DEEP = re.compile(r"[-?:]\s+(?:[-?:]\s+){11}")
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`")
_BRACKETS = re.compile(r"[\[\]{}]")
_QUOTED = re.compile(r"\"[^\"\\\[\]{}]*\"|'[^'\[\]{}]*'")
_IN_LIST = r"[^-?:,\[\]{}#&*!|>'\"%@` ][^?:,\[\]{}#]*"
_NAMES = re.compile(rf"\[({_IN_LIST}(?:, *{_IN_LIST})*)\]")
_NAME = re.compile(r"[^ ,][^,]*")


class _Doubt(Exception):
    """The engine has to look at this frontmatter."""


class _Line(msgspec.Struct):
    """A line: where it begins to speak, its key if it has one, and where its value begins.

    *number* counts from 0; *indent* and *start* are columns, from 0.
    """

    number: int
    indent: int
    dash: int
    key: str
    start: int
    value: str


def read_entries(
    front: str, place: Place, known: keys.Keys, nested: Mapping[str, keys.Keys] = keys.NESTED
) -> Entries | None:
    """The keys and values of *front*, as `frontmatter.read_entries` gives them without a problem.

    None where it might find a problem or read anything else.
    """
    if len(front) > _LONGEST or _ODD.search(front) or _DEEP.search(front):
        return None
    try:
        reader = _Reader(front, place, nested)
        entries = reader.entries(0, known, "")
    except _Doubt:
        return None
    return None if reader.rest or not entries.entries else entries


class _Reader:
    def __init__(self, front: str, place: Place, nested: Mapping[str, keys.Keys]) -> None:
        self._place = place
        self._nested = nested
        self.rest = [_line(number, text) for number, text in enumerate(front.split("\n")) if text]
        self.rest.reverse()

    def entries(self, indent: int, known: keys.Keys, within: str) -> Entries:
        """The keys that stand at column *indent*, from the line at hand on."""
        if indent > _DEEPEST:
            raise _Doubt
        found: dict[str, Entry] = {}
        first: Place | None = None
        while self.rest and self.rest[-1].indent == indent and not self.rest[-1].dash:
            line = self.rest.pop()
            if not line.key:
                raise _Doubt
            written = Text(line.key, self._spot(line.number, indent))
            key = keys.canonical(line.key, known) or line.key
            if key != line.key or key in found:
                raise _Doubt
            first = first or written.place
            found[key] = Entry(
                key, written, self._value(line, f"{within}.{key}" if within else key)
            )
        return Entries(tuple(found.values()), first or self._place)

    def _value(self, line: _Line, within: str) -> Node:
        if line.value:
            return self._written(line)
        below = self.rest[-1] if self.rest else None
        if below and below.dash and below.indent >= line.indent:
            return self._items(below.indent, within)
        if below and below.indent > line.indent:
            return self.entries(below.indent, self._nested.get(within, {}), within)
        return Text("", self._spot(line.number, line.start))

    def _items(self, indent: int, within: str) -> Items:
        """The list whose dashes stand at column *indent*, from the line at hand on."""
        place = self._spot(self.rest[-1].number, indent)
        items: list[Node] = []
        while self.rest and self.rest[-1].indent == indent and self.rest[-1].dash:
            line = self.rest[-1]
            if line.key:
                line.indent, line.dash = indent + line.dash, 0
                items.append(self.entries(line.indent, self._nested.get(within, {}), within))
            elif not line.value or ":" in line.value or "：" in line.value:
                raise _Doubt  # A key with a slip in its colon?
            else:
                items.append(self._written(self.rest.pop()))
        return Items(tuple(items), place)

    def _written(self, line: _Line) -> Text | Items:
        """The value that stands in *line* itself."""
        value, place = line.value, self._spot(line.number, line.start)
        if value[0] not in _INDICATORS:
            if ": " in value or " #" in value or value[-1] == ":" or _BRACKETS.search(value):
                raise _Doubt
            return Text(value.strip(), place)
        if _QUOTED.fullmatch(value):
            return Text(value[1:-1].strip(), place, verbatim=False)
        if names := _NAMES.fullmatch(value):
            return Items(
                tuple(
                    Text(name[0].strip(), self._spot(line.number, line.start + 1 + name.start()))
                    for name in _NAME.finditer(names[1])
                ),
                place,
            )
        raise _Doubt

    def _spot(self, number: int, column: int) -> Place:
        return Place(self._place.path, self._place.line + number, column + 1)


def _line(number: int, text: str) -> _Line:
    match = _LINE.fullmatch(text)
    assert match
    indent, dash, key, value = match.groups()
    # The engine finds an empty value right behind the colon.
    start = match.start(4) if value or not key else match.end(3) + 1
    return _Line(number, len(indent), len(dash or ""), key or "", start, value.rstrip(" "))
