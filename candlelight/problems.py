"""Something wrong in the content: where, what, and how to mend it, as a value.

A problem carries a code and the words it needs; the sentences stand in ``templates/messages/``
and are chosen by language only when somebody reads them. Exceptions are for bugs and broken
machines.
"""

from __future__ import annotations

import enum
import json
from collections.abc import Iterable, Mapping, Sequence

import msgspec


class Severity(enum.StrEnum):
    """How much a problem matters: only an error keeps a story from being published."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


class Place(msgspec.Struct, frozen=True, order=True):
    """A spot in a source file; line and column count from 1, 0 is unknown."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join([self.path, *(str(n) for n in (self.line, self.column) if n)])


class Problem(msgspec.Struct, frozen=True):
    """One problem; *given* fills the braces of its sentences."""

    code: str
    place: Place
    severity: Severity
    given: dict[str, str] = {}

    @property
    def order(self) -> tuple[Place, str]:
        """By file, then line and column, then code."""
        return (self.place, self.code)


def error(code: str, place: Place, **given: object) -> Problem:
    """A problem that keeps its document from being published."""
    return _problem(code, place, Severity.ERROR, given)


def warning(code: str, place: Place, **given: object) -> Problem:
    """A problem that an editor should look at; the document is published."""
    return _problem(code, place, Severity.WARNING, given)


def notice(code: str, place: Place, **given: object) -> Problem:
    """Something understood in spite of its form, or done without being asked."""
    return _problem(code, place, Severity.NOTICE, given)


def broken_template(kind: str, name: str, line: int, reason: str) -> Problem:
    """The error of a slip in ``templates/<kind>/<name>``; *line* is 0 if unknown."""
    place = Place(f"templates/{kind}/{name}", line)
    return error("template-broken", place, template=name, line=line, reason=reason)


Sentences = Mapping[str, Mapping[str, str]]
"""For each code its ``message`` and ``hint``, with names in braces."""


def each_once(problems: Iterable[Problem]) -> list[Problem]:
    """*problems* in their order, without those that say again what was said."""
    seen: dict[object, Problem] = {}
    for problem in problems:
        seen.setdefault((problem.code, problem.place, *sorted(problem.given.items())), problem)
    return list(seen.values())


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of *problems* keeps its story from being published."""
    return any(problem.severity is Severity.ERROR for problem in problems)


def sort_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Each problem once, by file, line, column and code."""
    unique = {msgspec.msgpack.encode(problem): problem for problem in problems}
    return sorted(unique.values(), key=lambda problem: problem.order)


def sentences(problem: Problem, words: Sentences) -> tuple[str, str]:
    """The message and the hint of *problem*; the hint may be empty.

    Raises KeyError if *words* has no sentence for the code: a bug, held off by a test.
    """
    entry = words[problem.code]
    return entry["message"].format_map(problem.given), entry.get("hint", "").format_map(
        problem.given
    )


def as_text(problem: Problem, words: Sentences) -> str:
    """Two lines for a terminal: ``path:line:column severity[code] message``, then the hint."""
    message, hint = sentences(problem, words)
    head = f"{problem.place} {problem.severity}[{problem.code}] {message}"
    return f"{head}\n    {hint}" if hint else head


def as_github(problem: Problem, words: Sentences) -> str:
    """One workflow command of GitHub Actions, its data escaped as the runner expects."""
    message, hint = sentences(problem, words)
    place = problem.place
    spots = {"file": place.path, "line": place.line, "col": place.column, "title": problem.code}
    given = ",".join(f"{name}={_property(str(value))}" for name, value in spots.items() if value)
    return f"::{problem.severity} {given}::{_data(' '.join(filter(None, [message, hint])))}"


def as_json(problems: Sequence[Problem], languages: Mapping[str, Sentences]) -> str:
    """A JSON array; each problem with its message and hint in every one of *languages*."""
    rows = []
    for problem in problems:
        place = problem.place
        row: dict[str, object] = {
            "code": problem.code,
            "severity": str(problem.severity),
            "path": place.path,
            "line": place.line,
            "column": place.column,
        }
        for language, words in languages.items():
            message, hint = sentences(problem, words)
            row[language] = {"message": message, "hint": hint}
        rows.append(row)
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _problem(code: str, place: Place, severity: Severity, given: Mapping[str, object]) -> Problem:
    return Problem(code, place, severity, {name: _tame(str(text)) for name, text in given.items()})


def _tame(text: str) -> str:
    """Content can hold anything: no control character may reach a terminal, nor a wall of text."""
    if len(text) <= 120 and text.isprintable():
        return text
    shown = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
    return shown if len(shown) <= 120 else f"{shown[:119]}…"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
