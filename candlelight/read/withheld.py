"""The names of people who did not agree to be named: no file may still carry one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from urllib.parse import unquote

from candlelight.model import Person
from candlelight.names import fold, fold_text
from candlelight.problems import Place, Problem, error
from candlelight.read.encoding import decode

_TAG = re.compile(r"<[^<>]*>")
_BETWEEN = " \N{SYMBOL FOR NULL} "
"""Stands between two texts, so that no name is found across them."""


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


def find_shown(
    people: Iterable[Person], texts: Iterable[tuple[str, Iterable[str]]]
) -> Iterator[Problem]:
    """An error for each path of *texts* (path, what readers see) that shows a name of *people*.

    Marks, tags and escapes can part a name in the file, and be gone from the page.
    """
    names = {fold(name): person for person in people for name in (person.title, *person.aliases)}
    names.pop("", None)
    for path, shown in texts:
        folded = fold_text(_BETWEEN.join(shown))
        for name, person in names.items():
            if name in folded:
                yield error("withheld-person", Place(path), name=person.title)


def shown_words(html: str) -> Iterator[str]:
    """What readers of *html* see, and what its attributes and addresses say."""
    yield unescape(_TAG.sub("", html))
    yield from (unquote(unescape(tag)) for tag in _TAG.findall(html))


def _in_file(path: str, text: str, names: Mapping[str, Person]) -> Iterable[Problem]:
    for name, person in names.items():
        if name in fold_text(path):
            yield error("withheld-person", Place(path), name=person.title)
    # A whole text first: most hold no such name, and lines are many.
    folded = fold_text(text)
    present = {name: person for name, person in names.items() if name in folded}
    if not present:
        return
    found = set()
    for number, line in enumerate(text.split("\n"), 1):
        folded = fold_text(line)
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
        if not line[start].isspace() and fold_text(line[start:end]).startswith(name):
            return start + 1
    return 1
