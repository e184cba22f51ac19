"""``book``: a PDF to read and to keep, or one for the printer."""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from candlelight.commands.build import CACHE, anthology_at, tell_left_out, tell_problems
from candlelight.commands.typesetting import can_typeset
from candlelight.commands.workers import add_workers, at_work
from candlelight.console import Console
from candlelight.problems import Problem, Severity

if TYPE_CHECKING:
    from candlelight.book.selection import Selection
    from candlelight.model import Date
    from candlelight.printing import BookReport


def add(command: argparse._ArgumentGroup, console: Console) -> None:
    """Describe the arguments of ``book``."""
    add_selection(command, console, "book.pdf")
    command.add_argument("--print", action="store_true", help=console.text("option-print"))
    command.add_argument(
        "--standard",
        action="append",
        choices=("a-2b", "ua-1"),
        default=[],
        help=console.text("option-standard"),
    )
    command.add_argument(
        "--preflight", type=Path, metavar="FILE.json", help=console.text("option-preflight")
    )


def add_selection(command: argparse._ArgumentGroup, console: Console, name: str) -> None:
    """Describe what ``book`` and ``epub`` have in common; *name* is the file by default."""
    text = console.text
    suffix = Path(name).suffix
    command.add_argument(
        "--output", type=Path, metavar=f"FILE{suffix}", help=text("option-book-output", name=name)
    )
    command.add_argument("--team", type=named, help=text("option-of-team"))
    command.add_argument("--community", type=named, help=text("option-of-community"))
    command.add_argument("--person", type=named, help=text("option-of-person"))
    command.add_argument("--from", dest="since", default="", help=text("option-from"))
    command.add_argument("--to", dest="until", default="", help=text("option-to"))
    command.add_argument("--keep-going", action="store_true", help=text("option-book-keep-going"))
    command.add_argument("--strict", action="store_true", help=text("option-book-strict"))
    command.add_argument("--drafts", action="store_true", help=text("option-drafts"))
    add_workers(command, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """Make the book; 0 if it stands, 1 if the content has errors, 2 if it cannot be made here."""
    # First of all: the book itself cannot even be imported without them.
    if not can_typeset(console):
        return 2
    from candlelight.printing import publish_book
    from candlelight.publication import BookRequest

    if options.print and options.standard:
        raise UnfitOutput("book-print-standard")
    started = time.monotonic()
    source = anthology_at(options.source)
    name = "book-print.pdf" if options.print else "book.pdf"
    output = output_file(options.output, source, name)
    if options.preflight:
        # Asked before an hour's work, and never of a file that is none of ours.
        options.preflight = output_file(options.preflight, source, "preflight.json")
    selection = selection_of(options)
    request = BookRequest(
        source=source,
        cache=source / CACHE,
        output=output,
        selection=selection,
        for_print=options.print,
        standards=tuple(dict.fromkeys(options.standard)),
        keep_going=options.keep_going,
        strict=options.strict,
        drafts=options.drafts,
    )
    with at_work(options, request.cache, console) as (memory, progress):
        report = publish_book(request, memory, progress)
    return tell_book(report, options, console, time.monotonic() - started)


def tell_book(
    report: BookReport, options: argparse.Namespace, console: Console, seconds: float
) -> int:
    """Say what came of it, and the preflight list; the exit code."""
    tell_problems(report, console)
    if options.preflight and report.files:
        from candlelight import whole
        from candlelight.book.preflight import as_json

        options.preflight.parent.mkdir(parents=True, exist_ok=True)
        whole.write(options.preflight, as_json([file.preflight for file in report.files]).encode())
    if not report.files:
        return tell_nothing(report.problems, console)
    from candlelight.book.preflight_words import sentences
    from candlelight.book.words import in_words
    from candlelight.messages import load

    words = load("preflight", console.language)
    tell_left_out(report, console)
    for file in report.files:
        given = {"path": file.path, "pages": file.pages, "size": in_words(file.size)}
        console.say("book-made", seconds=f"{seconds:.1f}", **given)
        print(*sentences(file.preflight, words), sep="\n", file=console.out)
    return 0


def tell_nothing(problems: Sequence[Problem], console: Console) -> int:
    """Say why there is no book; 1."""
    errors = sum(one.severity is Severity.ERROR for one in problems)
    warnings = sum(one.severity is Severity.WARNING for one in problems)
    if errors:
        console.complain("no-book-made", errors=errors)
    else:
        console.complain("no-book-strict", warnings=warnings)
    return 1


def named(text: str) -> str:
    """A name, for argparse: an empty one may be a slip of the shell, and would select all."""
    if not text.strip():
        raise ValueError(text)
    return text


class UnfitOutput(Exception):
    """A file that a book must not be written to; *key* and *given* say why."""

    def __init__(self, key: str, **given: object) -> None:
        super().__init__(key)
        self.key = key
        self.given = given


def output_file(wished: Path | None, source: Path, name: str) -> Path:
    """Where to write. Raises UnfitOutput for what may be something else than a book of ours."""
    path = (wished or source / name).absolute()
    suffix = Path(name).suffix
    if path.is_dir():
        raise UnfitOutput("book-output-folder", path=path)
    if path.suffix.lower() != suffix:
        raise UnfitOutput("book-output-kind", path=path, suffix=suffix)
    if path.resolve().is_relative_to((source / "content").resolve()):
        raise UnfitOutput("book-output-source", path=path)
    return path


def selection_of(options: argparse.Namespace) -> Selection:
    """What was selected. Raises UnfitOutput for a date that is none."""
    from candlelight.book.selection import Selection

    return Selection(
        team=options.team or "",
        community=options.community or "",
        person=options.person or "",
        since=_date(options.since),
        until=_date(options.until),
    )


def _date(written: str) -> Date | None:
    from candlelight.read.dates import read_date

    if not written:
        return None
    date = read_date(written, "Asia/Shanghai")
    if date is None:
        raise UnfitOutput("book-date", date=written)
    return date
