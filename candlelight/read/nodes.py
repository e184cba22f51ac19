"""Frontmatter as a small tree of texts that know where they stand."""

from __future__ import annotations

import msgspec

from candlelight.problems import Place, Problem


class Unreadable(Exception):
    """Frontmatter that has no meaning for us; carries the problem that says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


class Text(msgspec.Struct, frozen=True):
    """What was typed, never a number, a truth value or a date; its first character's place.

    *verbatim* tells that the value stands in its line exactly so, without quotes or folding.
    """

    value: str
    place: Place
    verbatim: bool = True


class Items(msgspec.Struct, frozen=True):
    """A list."""

    items: tuple[Node, ...]
    place: Place


class Entry(msgspec.Struct, frozen=True):
    """A key and its value; *key* is the canonical English name where the key is known."""

    key: str
    written: Text
    value: Node


class Entries(msgspec.Struct, frozen=True):
    """A mapping, in the order written."""

    entries: tuple[Entry, ...]
    place: Place

    def get(self, key: str) -> Node | None:
        """The value of *key*; an empty one counts as not given."""
        for entry in self.entries:
            if entry.key == key and not is_empty(entry.value):
                return entry.value
        return None


Node = Text | Items | Entries


def is_empty(node: Node) -> bool:
    """Whether nothing was filled in behind a key."""
    match node:
        case Text():
            return not node.value
        case Items():
            return not node.items
        case Entries():
            return not node.entries


def as_text(node: Node) -> str:
    """Everything a value says on one line, for keys that we do not know."""
    match node:
        case Text():
            return node.value
        case Items():
            return "、".join(as_text(item) for item in node.items)
        case Entries():
            return "；".join(f"{e.written.value}：{as_text(e.value)}" for e in node.entries)
