"""Slips in frontmatter that can only mean one thing, put right before YAML sees them.

Each is a notice; lines inside a block of text (``|``, ``>``) are never touched.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from candlelight.problems import Place, Problem, notice

_LINE = re.compile(
    r"(?P<indent> *)(?P<dashes>(?:- +)*)"
    r"(?P<key>[^\s\-:：#\"'\[\]{}&*!|>%@`,][^:：#\"'\[\]{}\n]{0,29}?)"
    r"(?P<gap> *)(?P<colon>[:：])(?P<value>.*)"
)
_BLOCK = re.compile(r" *[|>][-+0-9]*\s*(#.*)?")
_RISKY = re.compile(r"[@`%|>{\[,]|- |\? |\"[^\"]*\" *[^ #]|'[^']*' *[^ #]|.*(: |:$)")
_FLOW = re.compile(r"\[.*\]|\{.*\}")


class Mended(msgspec.Struct):
    """Frontmatter for YAML; *shifts* gives for a line its (column, width) of what was added."""

    lines: list[str]
    shifts: dict[int, tuple[int, int]] = {}
    problems: list[Problem] = []

    @property
    def text(self) -> str:
        return "\n".join(self.lines) + "\n"

    def column(self, line: int, column: int) -> int:
        """The column that the editor sees for *column* of mended *line*; both from 0."""
        start, width = self.shifts.get(line, (0, 0))
        return max(start, column - width) if width and column > start else column


def mend(front: str, place: Place, is_known: Callable[[str], bool]) -> Mended:
    """Give every ``key：value``, ``key:value`` and tab of *front* its usual form.

    *place* is that of the first line; *is_known* tells the keys that are understood at any depth.
    """
    mended = Mended(front.split("\n"))
    block: int | None = None
    above = (0, True)
    for number, original in enumerate(mended.lines):
        line = original
        indent = len(line) - len(line.lstrip(" \t"))
        if block is not None and (not line.strip() or indent > block):
            continue
        block = None
        if "\t" in line:
            line = _without_tabs(mended, number, place)
        if not (match := _LINE.fullmatch(line)):
            continue
        column = match.start("key")
        if _belongs(match, above, is_known):
            _part(mended, number, match, place)
        above = (column, not match["value"].strip())
        if _BLOCK.fullmatch(match["value"]):
            block = match.start("key")
    return mended


def quote(mended: Mended, place: Place) -> bool:
    """Put in quotes each one-line value that YAML cannot read as it stands; whether any was."""
    found = False
    for number, line in enumerate(mended.lines):
        match = _LINE.fullmatch(line)
        value = match["value"].strip() if match else ""
        if not match or not _RISKY.match(value) or _FLOW.fullmatch(value):
            continue
        if _BLOCK.fullmatch(match["value"]):
            continue
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        mended.lines[number] = f'{line[: match.start("value")]} "{escaped}"'
        spot = Place(place.path, place.line + number, match.start("value") + 2)
        mended.problems.append(notice("value-quoted", spot, key=match["key"], value=value))
        found = True
    return found


def _belongs(
    match: re.Match[str], above: tuple[int, bool], is_known: Callable[[str], bool]
) -> bool:
    """Whether this is a key and not text that goes on from the line above."""
    spaced = match["colon"] == ":" and (not match["value"] or match["value"][0] == " ")
    if spaced or match["value"].startswith("//"):
        return False
    if match.start("key") == 0:
        return " " not in match["key"]
    column, opens = above
    sibling = match.start("key") == column or (opens and match.start("key") > column)
    return (bool(match["dashes"]) or sibling) and is_known(match["key"])


def _part(mended: Mended, number: int, match: re.Match[str], place: Place) -> None:
    """Set ``: `` between key and value."""
    value = match["value"]
    spaced = not value or value[0] == " "
    colon = match.start("colon")
    mended.lines[number] = f"{match.string[:colon]}:{'' if spaced else ' '}{value}"
    if not spaced:
        mended.shifts[number] = (colon + 1, 1)
    spot = Place(place.path, place.line + number, colon + 1)
    mended.problems.append(notice("colon-form", spot, key=match["key"], value=value.strip()))


def _without_tabs(mended: Mended, number: int, place: Place) -> str:
    line = mended.lines[number]
    text = line.lstrip(" \t")
    if "\t" in line[: len(line) - len(text)]:
        mended.problems.append(notice("tab-indent", Place(place.path, place.line + number, 1)))
    lead = line[: len(line) - len(text)].replace("\t", "  ")
    mended.lines[number] = lead + text.replace("\t", " ")
    if (width := len(lead) + len(text) - len(line)) > 0:
        mended.shifts[number] = (0, width)
    return mended.lines[number]
