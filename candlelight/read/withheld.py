"""The names of people who did not agree to be named: no file may still carry one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from candlelight.model import Person
from candlelight.names import fold
from candlelight.problems import Place, Problem, error
from candlelight.read.encoding import decode

# Whole texts would push every name out of the memory of folds.
_fold = fold.__wrapped__


def find_withheld(people: Iterable[Person], texts: Iterable[tuple[str, bytes]]) -> list[Problem]:
    """An error for each line of *texts* (path, bytes) that holds a name or alias of *people*.

    Names are compared in either script, paths too: an address would publish them. The files of
    *people* themselves may carry them.
    """
    people = list(people)
    own = {person.path for person in people}
    names = {fold(name): person for person in people for name in (person.title, *person.aliases)}
    names.pop("", None)
    problems: list[Problem] = []
    for path, raw in texts:
        if path not in own:
            problems.extend(_in_file(path, decode(raw, path)[0], names))
    return problems


def _in_file(path: str, text: str, names: Mapping[str, Person]) -> Iterable[Problem]:
    for name, person in names.items():
        if name in _fold(path):
            yield error("withheld-person", Place(path), name=person.title)
    # A whole text first: most hold no such name, and lines are many.
    folded = _fold(text)
    present = {name: person for name, person in names.items() if name in folded}
    if not present:
        return
    found = set()
    for number, line in enumerate(text.split("\n"), 1):
        folded = _fold(line)
        for name, person in present.items():
            if name in folded:
                found.add(name)
                spot = Place(path, number, _column(line, name))
                yield error("withheld-person", spot, name=person.title)
    for name in present.keys() - found:
        # The name runs from one line into the next.
        yield error("withheld-person", Place(path), name=present[name].title)


def _column(line: str, name: str) -> int:
    """Where *name*, folded, begins in *line*; folding may have changed the length before it."""
    for start in range(min(len(line), 10_000)):
        end = start + 4 * len(name)
        if not line[start].isspace() and _fold(line[start:end]).startswith(name):
            return start + 1
    return 1
