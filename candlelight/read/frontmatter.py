"""YAML -> texts with their places: nothing is guessed from what a value looks like.

``no``, ``0123``, ``12:30`` and ``~`` stay what was typed. Aliases, tags and keys that stand
twice are errors: the first can multiply without end, the last would lose a value silently.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

from candlelight.problems import Place, Problem, error, notice
from candlelight.read import keys
from candlelight.read.mending import Mended, mend, quote
from candlelight.read.nodes import Entries, Entry, Items, Node, Text, Unreadable

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # PyYAML without libyaml reads the same, ten times slower
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

MAX_CHARACTERS = 200_000
_MAX_DEPTH = 12
_MOST_BRACKETS = 200
_QUOTED = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\n]|\'\')*\'')
_DEEP = re.compile(r"(?:[-?:]\s+){12}")
_GAP = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff\uff00-\uffef])")
_ASIDE = re.compile(r"\s+#\s*(.*)")
_SYNTAX = (
    ("quoted scalar", "quote-open"),
    ("mapping values are not allowed", "colon-in-value"),
    ("cannot start any token", "character-unexpected"),
    ("could not find expected ':'", "colon-missing"),
    ("block", "indent-wrong"),
    ("flow", "bracket-open"),
)


class _Loader(Loader):
    """Asks no value what it looks like: here all are texts."""

    def resolve(self, *_: object) -> str:
        return "tag:yaml.org,2002:str"


def read_entries(
    front: str, place: Place, known: keys.Keys, nested: Mapping[str, keys.Keys] = keys.NESTED
) -> tuple[Entries, list[Problem]]:
    """The keys and values of *front*, whose first line stands at *place*.

    *known* are the keys of the whole, *nested* those inside the value of a key (``book``), or of
    one within it (``book.volumes``). Raises Unreadable with the one problem that kept it from
    being read.
    """
    _refuse_walls(front, place)
    everywhere = (known, *nested.values())
    mended = mend(front, place, lambda key: any(keys.canonical(key, k) for k in everywhere))
    root = _compose(mended, place)
    if root is None:
        return Entries((), place), mended.problems
    reader = _Reader(mended, place, nested)
    if not isinstance(root, yaml.MappingNode):
        raise Unreadable(error("frontmatter-not-mapping", reader.place(root)))
    _refuse_references(mended, place)
    entries = reader.entries(root, known, "", 0)
    return entries, mended.problems + reader.problems


def _refuse_walls(front: str, place: Place) -> None:
    """Nesting so deep, or text so long, that the parser itself would suffer."""
    if len(front) > MAX_CHARACTERS:
        limit = f"{MAX_CHARACTERS:,}"
        raise Unreadable(error("text-too-long", place, characters=f"{len(front):,}", limit=limit))
    # A bracket within quotes is a letter. What looks like quotes may be none, so that very many
    # brackets are refused all the same.
    is_deep = _brackets(_QUOTED.sub("", front)) > _MAX_DEPTH or _brackets(front) > _MOST_BRACKETS
    if is_deep or _DEEP.search(front):
        raise Unreadable(error("too-complex", place, limit=_MAX_DEPTH))


def _brackets(front: str) -> int:
    """How deep the brackets of *front* go."""
    deepest = depth = 0
    for char in re.findall(r"[\[\]{}]", front):
        depth += 1 if char in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _refuse_references(mended: Mended, place: Place) -> None:
    """Aliases and tags; the scan is paid only where their characters stand."""
    if not re.search(r"[&*!]", mended.text):
        return
    for event in yaml.parse(mended.text, Loader):
        anchor = getattr(event, "anchor", None)
        tag = getattr(event, "tag", None)
        if anchor or tag:
            spot = _spot(event.start_mark, mended, place)
            sign = f"&{anchor}" if anchor else str(tag)
            if isinstance(event, yaml.AliasEvent):
                sign = f"*{anchor}"
            raise Unreadable(error("yaml-reference", spot, sign=sign))


def _compose(mended: Mended, place: Place) -> yaml.Node | None:
    try:
        return _single_node(mended.text)
    except (yaml.YAMLError, RecursionError) as first:
        given_up = first
    before = list(mended.lines)
    notices = list(mended.problems)
    if quote(mended, place):
        try:
            return _single_node(mended.text)
        except (yaml.YAMLError, RecursionError):
            mended.lines, mended.problems = before, notices
    raise Unreadable(_syntax_problem(given_up, mended, place))


def _single_node(text: str) -> yaml.Node | None:
    loader: Any = _Loader(text)
    try:
        node: yaml.Node | None = loader.get_single_node()
    finally:
        loader.dispose()
    return node


def _syntax_problem(failure: Exception, mended: Mended, place: Place) -> Problem:
    said = " ".join(str(getattr(failure, name, "") or "") for name in ("context", "problem"))
    mark = getattr(failure, "problem_mark", None)
    start = getattr(failure, "context_mark", None) or mark
    if "alias" in said:
        line = mended.lines[mark.line] if mark and mark.line < len(mended.lines) else ""
        spot = _spot(mark, mended, place)
        return error("yaml-reference", spot, sign=line[mark.column :].strip() if mark else "*")
    code = next((code for words, code in _SYNTAX if words in said), "yaml-syntax")
    spot = _spot(start if code in ("quote-open", "bracket-open") else mark, mended, place)
    number = min(max(spot.line - place.line, 0), len(mended.lines) - 1)
    return error(code, spot, text=mended.lines[number].strip())


def _spot(mark: Any, mended: Mended, place: Place) -> Place:  # noqa: ANN401 - two kinds of marks
    if mark is None:
        return place
    return Place(place.path, place.line + mark.line, mended.column(mark.line, mark.column) + 1)


class _Reader:
    """Turns composed nodes into texts; collects what an editor should hear."""

    def __init__(self, mended: Mended, place: Place, nested: Mapping[str, keys.Keys]) -> None:
        self._mended = mended
        self._nested = nested
        self._start = place
        self.problems: list[Problem] = []

    def place(self, node: yaml.Node) -> Place:
        return _spot(node.start_mark, self._mended, self._start)

    def entries(self, node: yaml.MappingNode, known: keys.Keys, within: str, depth: int) -> Entries:
        found: dict[str, Place] = {}
        entries = []
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise Unreadable(error("yaml-syntax", self.place(key_node), text="?"))
            written = Text(key_node.value, self.place(key_node))
            key = self._key(written, known)
            if key in found:
                spot = written.place
                raise Unreadable(
                    error("duplicate-key", spot, key=written.value, line=found[key].line)
                )
            found[key] = written.place
            inside = f"{within}.{key}" if within else key
            entries.append(Entry(key, written, self.node(value_node, inside, depth + 1)))
        return Entries(tuple(entries), self.place(node))

    def node(self, node: yaml.Node, within: str, depth: int) -> Node:
        if depth > _MAX_DEPTH:
            raise Unreadable(error("too-complex", self.place(node), limit=_MAX_DEPTH))
        if isinstance(node, yaml.MappingNode):
            return self.entries(node, self._nested.get(within, {}), within, depth)
        if isinstance(node, yaml.SequenceNode):
            items = tuple(self.node(item, within, depth + 1) for item in node.value)
            return Items(items, self.place(node))
        assert isinstance(node, yaml.ScalarNode)
        return self._text(node)

    def _key(self, written: Text, known: keys.Keys) -> str:
        key = keys.canonical(written.value, known)
        if key and written.value != key and not _is_plural(written.value, key):
            self.problems.append(notice("key-form", written.place, written=written.value, key=key))
        return key or written.value

    def _text(self, node: yaml.ScalarNode) -> Text:
        value = node.value.strip()
        lines = node.end_mark.line - node.start_mark.line
        if not node.style:
            if lines:
                value = _GAP.sub("", value)
            self._mind_the_comment(node)
        return Text(value, self.place(node), verbatim=not node.style and not lines)

    def _mind_the_comment(self, node: yaml.ScalarNode) -> None:
        if node.end_mark.line >= len(self._mended.lines) or not node.value:
            return
        rest = self._mended.lines[node.end_mark.line][node.end_mark.column :]
        if aside := _ASIDE.fullmatch(rest):
            spot = _spot(node.end_mark, self._mended, self._start)
            self.problems.append(
                notice("comment-dropped", spot, value=node.value, comment=aside[1])
            )


def _is_plural(written: str, key: str) -> bool:
    """``authors`` for ``author`` is as good: a plural needs no remark."""
    return written in (f"{key}s", key.removesuffix("s"))
