"""``build``: the whole site, all or nothing."""

from __future__ import annotations

import argparse
import contextlib
import time
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from candlelight.commands.typesetting import can_typeset
from candlelight.commands.workers import add_workers, at_work
from candlelight.console import Console
from candlelight.problems import Problem, Severity
from candlelight.read.addresses import is_safe
from candlelight.run.interrupts import held_back

if TYPE_CHECKING:
    from candlelight.pipeline import Report

CACHE = ".candlelight"


def add(command: argparse._ArgumentGroup, console: Console) -> None:
    """Describe the arguments of ``build``."""
    command.add_argument("--output", type=Path, help=console.text("option-output"))
    add_workers(command, console)
    command.add_argument(
        "--keep-going", action="store_true", help=console.text("option-keep-going")
    )
    command.add_argument("--drafts", action="store_true", help=console.text("option-drafts"))
    command.add_argument(
        "--base-url", type=base_url, default="", help=console.text("option-base-url")
    )
    command.add_argument("--with-book", action="store_true", help=console.text("option-with-book"))


def run(options: argparse.Namespace, console: Console) -> int:
    """Build and publish; 0 if something was published and nothing was wrong, else 1.

    2 if a book is wanted that cannot be set here.
    """
    if options.with_book and not can_typeset(console):
        return 2
    from candlelight.pipeline import Request, build

    started = time.monotonic()
    source = anthology_at(options.source)
    request = Request(
        source=source,
        output=(options.output or source / "public").absolute(),
        cache=source / CACHE,
        keep_going=options.keep_going,
        drafts=options.drafts,
        base_url=options.base_url,
        with_book=options.with_book,
    )
    with contextlib.ExitStack() as rest:
        with at_work(options, request.cache, console) as (memory, progress):
            report = build(request, memory, progress)
            # Whoever interrupts now would be told that the old site stands.
            rest.enter_context(held_back())
        return _told(report, request.output, started, console)


def _told(report: Report, output: Path, started: float, console: Console) -> int:
    tell_problems(report, console)
    if report.change is None:
        errors = count(report, Severity.ERROR)
        console.complain("nothing-published", errors=errors)
        return 1
    tell_left_out(report, console)
    console.say(
        "built",
        folder=output,
        written=len(report.change.written),
        unchanged=len(report.change.unchanged),
        removed=len(report.change.removed),
        photos=report.made.get("renditions", 0),
        seconds=f"{time.monotonic() - started:.1f}",
    )
    tell_way(report.change.way, output, console)
    return 1 if count(report, Severity.ERROR) else 0


def tell_way(way: str, folder: Path, console: Console) -> None:
    """Say how the site got into *folder* if that was not the usual *way*."""
    if way in {"copies", "files"}:
        console.say(f"built-by-{way}", folder=folder)


class NoAnthology(Exception):
    """The folder has no ``content/``, so nothing in it may be touched."""


def anthology_at(source: Path) -> Path:
    """*source* as an absolute path. Raises NoAnthology if it holds no anthology."""
    if not (source / "content").is_dir():
        raise NoAnthology(str(source))
    return source.resolve()


class Told(Protocol):
    """What a command has to tell: the problems found, and the documents left out."""

    @property
    def problems(self) -> tuple[Problem, ...]: ...

    @property
    def left_out(self) -> tuple[str, ...]: ...


def tell_problems(report: Told, console: Console) -> None:
    """Print every problem, and how many there are."""
    console.show(report.problems)
    if report.problems:
        console.complain(
            "tally",
            errors=count(report, Severity.ERROR),
            warnings=count(report, Severity.WARNING),
            notices=count(report, Severity.NOTICE),
        )
    if count(report, Severity.NOTICE):
        console.complain("notices-may-stay")


def tell_left_out(report: Told, console: Console) -> None:
    """Name what ``--keep-going`` did not publish."""
    if report.left_out:
        console.complain("left-out", count=len(report.left_out))
        for path in report.left_out:
            console.complain("left-out-one", path=path)


def count(report: Told, severity: Severity) -> int:
    """How many problems of *severity* there are."""
    return sum(problem.severity is severity for problem in report.problems)


def base_url(text: str) -> str:
    """*text* with one slash at its end; raises ValueError if it is no plain http address."""
    if text and (not is_safe(text) or "?" in text or "#" in text):
        raise ValueError(text)
    return f"{text.rstrip('/')}/" if text else ""
