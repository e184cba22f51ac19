"""The names of people who did not agree to be named: no text may still carry one."""

from __future__ import annotations

from collections.abc import Iterable

from candlelight.model import Person
from candlelight.names import fold
from candlelight.problems import Place, Problem, error
from candlelight.read.encoding import decode


def find_withheld(people: Iterable[Person], texts: Iterable[tuple[str, bytes]]) -> list[Problem]:
    """An error for each line of *texts* (path, bytes) that holds a name or alias of *people*.

    Names are compared in either script; the files of *people* themselves may carry them.
    """
    people = list(people)
    own = {person.path for person in people}
    names = {fold(name): person for person in people for name in (person.title, *person.aliases)}
    problems: list[Problem] = []
    for path, raw in texts:
        if path in own:
            continue
        text, _ = decode(raw, path)
        # A whole text first: most hold no such name, and lines are many.
        if not any(name in fold.__wrapped__(text) for name in names):
            continue
        for number, line in enumerate(text.split("\n"), 1):
            problems.extend(_in_line(line, Place(path, number), names))
    return problems


def _in_line(line: str, place: Place, names: dict[str, Person]) -> Iterable[Problem]:
    folded = fold.__wrapped__(line)
    for name, person in names.items():
        if name and name in folded:
            column = _column(line, name)
            spot = Place(place.path, place.line, column)
            yield error("withheld-person", spot, name=person.title)


def _column(line: str, name: str) -> int:
    """Where *name*, folded, begins in *line*; folding may have changed the length before it."""
    for start in range(len(line)):
        end = start + 4 * len(name)
        if not line[start].isspace() and fold.__wrapped__(line[start:end]).startswith(name):
            return start + 1
    return 1
