"""What the open tags of a text say of the words within them: a pure step for each tag."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping

import msgspec

Values = Mapping[str, str]
"""The attributes of a tag, as written."""

_STYLES = {
    "em": "e", "i": "e", "cite": "e", "u": "e", "mark": "e", "figcaption": "e",
    "strong": "b", "b": "b", "summary": "b", "dt": "b",
    "del": "k", "s": "k", "code": "c", "kbd": "c", "sup": "h", "sub": "l",
}  # fmt: skip
_LEVELS = {"h1": 1, "h2": 1, "h3": 2, "h4": 3, "h5": 3, "h6": 3}
_LONGEST_NUMBER = 6


class Item:
    """An item of a list; its first block has the *mark*, and then it has *begun*."""

    def __init__(self, mark: str) -> None:
        self.mark = mark
        self.begun = not mark


class State(msgspec.Struct, frozen=True):
    """The block that words belong to, and how they are set.

    *numbers* is the number of the next item of an ordered list, in a list of its own; *direction*
    ``rtl``, ``ltr`` or as the words are.
    """

    kind: str = "p"
    style: str = ""
    link: str = ""
    lang: str = ""
    direction: str = ""
    level: int = 0
    depth: int = 0
    item: Item | None = None
    numbers: list[int] | None = None
    silent: bool = False
    is_way_back: bool = False
    in_cell: bool = False
    in_head: bool = False
    in_notes: bool = False


def entered(state: State, tag: str, values: Values) -> State:
    """*state* within *tag*."""
    changes: dict[str, object] = {}
    if step := _STEPS.get(tag):
        changes = step(state, values)
    if letter := _STYLES.get(tag):
        in_program = letter == "c" and state.kind == "code"
        if letter not in state.style and not in_program:
            changes["style"] = "".join(sorted(state.style + letter))
    if level := _LEVELS.get(tag):
        changes |= {"kind": "h", "level": level}
    if "lang" in values:
        changes["lang"] = html.unescape(values["lang"])
    if values.get("dir") in ("rtl", "ltr"):
        changes["direction"] = values["dir"]
    return msgspec.structs.replace(state, **changes) if changes else state


def item_of(state: State) -> Item:
    """The next item of the list that *state* is in."""
    if state.numbers is None:
        return Item("•")
    state.numbers[0] += 1
    return Item(f"{state.numbers[0] - 1}.")


def _paragraph(state: State, values: Values) -> dict[str, object]:
    is_verse = values.get("class") == "verse" and state.kind in ("p", "q")
    return {"kind": "v"} if is_verse else {}


def _quotation(state: State, _values: Values) -> dict[str, object]:
    return {"kind": "q", "depth": state.depth + 1, "item": None}


def _list(state: State, _values: Values) -> dict[str, object]:
    return {"depth": state.depth + 1, "numbers": None}


def _numbered(state: State, values: Values) -> dict[str, object]:
    start = values.get("start", "")
    is_number = start.isascii() and start.isdigit() and len(start) <= _LONGEST_NUMBER
    return {"depth": state.depth + 1, "numbers": [int(start) if is_number else 1]}


def _item(state: State, _values: Values) -> dict[str, object]:
    return {"kind": "li", "item": item_of(state)}


def _term(_state: State, _values: Values) -> dict[str, object]:
    return {"kind": "p", "item": None}


def _definition(state: State, _values: Values) -> dict[str, object]:
    return {"kind": "li", "depth": state.depth + 1, "item": Item("")}


def _program(state: State, _values: Values) -> dict[str, object]:
    return {} if state.in_cell else {"kind": "code"}


def _head(_state: State, _values: Values) -> dict[str, object]:
    return {"in_head": True}


def _section(_state: State, values: Values) -> dict[str, object]:
    return {"in_notes": values.get("class") == "notes"}


def _silence(_state: State, _values: Values) -> dict[str, object]:
    return {"silent": True}


_STEPS: dict[str, Callable[[State, Values], dict[str, object]]] = {
    "p": _paragraph, "blockquote": _quotation, "ul": _list, "ol": _numbered, "li": _item,
    "dt": _term, "dd": _definition, "pre": _program, "thead": _head, "section": _section,
    "rt": _silence, "rp": _silence,
}  # fmt: skip
