"""What the book and the e-book have in common: what is asked, what stands in them, what came of it.

Both begin where the site does (gathering.py) and decide on an edition: which stories, in which
order. A photo that is lost leaves no story out, as it does from the site: a marked box keeps its
place, and without *keep_going* nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from candlelight import messages
from candlelight.book.edition import Edition, edition_of
from candlelight.book.selection import Selection
from candlelight.gathering import (
    Gathered,
    Wish,
    concerns_all,
    faulty,
    gather,
    photos_of,
    settle,
)
from candlelight.plan.directory import Directory
from candlelight.plan.lines import Lines
from candlelight.printroom import PrintRoom
from candlelight.problems import Problem, Severity, each_once, sort_problems
from candlelight.run.photos import Darkroom
from candlelight.run.reading import Progress
from candlelight.run.remember import Memory

LOST = frozenset({
    "photo-missing", "photo-missing-near", "photo-broken", "photo-empty", "photo-too-large",
    "photo-changed", "photo-deadly", "photo-format", "photo-needs-memory",
})  # fmt: skip
"""Errors of a photo alone: its story is whole without it."""


class BookRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Which book to make of the anthology at *source*, and where to write it.

    *for_print* is for the printer, else to be read; *standards* are ``a-2b`` and ``ua-1``. With
    *strict* a warning stops it as an error does.
    """

    source: Path
    cache: Path
    output: Path
    selection: Selection = Selection()
    for_print: bool = False
    standards: tuple[str, ...] = ()
    keep_going: bool = False
    strict: bool = False
    drafts: bool = False
    base_url: str = ""


class Chosen(msgspec.Struct, frozen=True):
    """The edition that was asked for, with all that is needed to make it.

    *whole* tells of an error that leaving documents out cannot mend.
    """

    edition: Edition
    lines: Lines
    gathered: Gathered
    problems: tuple[Problem, ...]
    left_out: tuple[str, ...]
    whole: bool

    @property
    def language(self) -> str:
        """The language of the site."""
        return self.lines.site.language


def choose(request: BookRequest, memory: Memory, progress: Progress) -> Chosen:
    """Read and check everything, and choose the stories of the book."""
    gathered = gather(
        Wish(request.source, request.drafts, request.base_url), memory, progress, LOST
    )
    forget_taken_down(request, gathered, memory)
    language = gathered.anthology.site.language
    phrases = messages.load("phrases", language, request.source)
    words = messages.load("book", language, request.source)

    def decide(directory: Directory) -> tuple[tuple[Edition, Lines], list[Problem]]:
        lines = Lines(directory, phrases)
        edition, found = edition_of(lines, lines.site.book, request.selection, words)
        return (edition, lines), found

    known = [problem for problem in gathered.problems if problem.code not in LOST]
    (edition, lines), found = settle(gathered, known, decide)
    problems = [*gathered.problems, *found]
    bearable = [problem for problem in problems if problem.code not in LOST]
    return Chosen(
        edition,
        lines,
        gathered,
        tuple(problems),
        tuple(sorted(gathered.left_out | faulty(gathered.everything, bearable))),
        concerns_all(gathered.everything, bearable) or any(map(_is_of_the_command, bearable)),
    )


def forget_taken_down(request: BookRequest, gathered: Gathered, memory: Memory) -> None:
    """Delete what was made of photos that no longer stand in the source, whoever made it."""
    photos = tuple(photos_of(gathered.everything))
    darkroom = Darkroom(request.source, request.cache)
    if darkroom.folder.is_dir():
        darkroom.forget_others(photos, gathered.anthology.site.photos, memory)
    PrintRoom(request.source, request.cache).forget_others(photos)


def _is_of_the_command(problem: Problem) -> bool:
    """Whether an error lies in an option, such as a name that nobody has."""
    return problem.severity is Severity.ERROR and problem.place.path.startswith("--")


def stops(problems: Iterable[Problem], request: BookRequest) -> bool:
    """Whether *problems* forbid to write what was asked for."""
    if request.keep_going:
        failing = {Severity.WARNING} if request.strict else set()
    else:
        failing = {Severity.ERROR, Severity.WARNING} if request.strict else {Severity.ERROR}
    return any(problem.severity in failing for problem in problems)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """*problems* as they are shown: each once, by place."""
    return tuple(sort_problems(each_once(problems)))
