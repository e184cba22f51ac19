"""Where the frontmatter of a text ends and its body begins."""

from __future__ import annotations

import re

import msgspec

from candlelight.problems import Place, Problem, error, notice
from candlelight.read import keys

_FENCE = re.compile(r"[ \t]*(-{3,}|[-—–－]{2,})[ \t]*")
_HEADING = re.compile(r"\s{0,3}#[ \t]*([^#\s].*?)[ \t#]*")
_KEY_LINE = re.compile(r"([^\s:：]{1,20})\s*[:：]")


class Parts(msgspec.Struct, frozen=True):
    """A text cut in two; the lines count from 1, *title* is one that only a heading gives."""

    front: str
    front_line: int
    body: str
    body_line: int
    problems: tuple[Problem, ...] = ()
    title: str = ""


def split(text: str, path: str, known: keys.Keys) -> Parts:
    """Cut *text* at its fences; without any, a first line ``# 标题`` serves as the title."""
    lines = text.split("\n")
    first = next((i for i, line in enumerate(lines) if line.strip()), None)
    if first is None:
        return Parts("", 1, "", 1, (error("empty-file", Place(path)),))
    if not _FENCE.fullmatch(lines[first]):
        return _without_opening(lines, first, path, known)
    for last in range(first + 1, len(lines)):
        if _FENCE.fullmatch(lines[last]):
            return _between(lines, first, last, path)
    return Parts("", 1, "", 1, (error("fence-missing", Place(path, first + 1)),))


def _between(lines: list[str], first: int, last: int, path: str) -> Parts:
    problems = tuple(
        notice("fence-form", Place(path, number + 1), written=lines[number].strip())
        for number in (first, last)
        if set(lines[number].strip()) != {"-"} or len(lines[number].strip()) < 3
    )
    front, body = "\n".join(lines[first + 1 : last]), "\n".join(lines[last + 1 :])
    return Parts(front, first + 2, body, last + 2, problems)


def _without_opening(lines: list[str], first: int, path: str, known: keys.Keys) -> Parts:
    place = Place(path, first + 1)
    if heading := _HEADING.fullmatch(lines[first]):
        body = "\n".join(lines[first + 1 :])
        problem = notice("title-from-heading", place, title=heading[1])
        return Parts("", first + 1, body, first + 2, (problem,), heading[1])
    key = _KEY_LINE.match(lines[first])
    if key and keys.canonical(key[1], known):
        for last in range(first + 1, len(lines)):
            if _FENCE.fullmatch(lines[last]):
                parts = _between(["---", *lines[first:]], 0, last - first + 1, path)
                return Parts(
                    parts.front,
                    first + 1,
                    parts.body,
                    last + 2,
                    (notice("fence-opened", place),),
                )
        return Parts("", 1, "", 1, (error("fence-missing", place),))
    return Parts("", 1, "", 1, (error("frontmatter-missing", place),))
