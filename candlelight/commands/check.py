"""``check``: everything that a build would find wrong, without publishing."""

from __future__ import annotations

import argparse

from candlelight.commands.build import CACHE, anthology_at, tell_problems
from candlelight.commands.workers import add_workers, at_work
from candlelight.console import Console
from candlelight.problems import Severity, as_github, as_json


def add(command: argparse._ArgumentGroup, console: Console) -> None:
    """Describe the arguments of ``check``."""
    command.add_argument(
        "--format",
        choices=("text", "json", "github"),
        default="text",
        help=console.text("option-format"),
    )
    command.add_argument("--strict", action="store_true", help=console.text("option-strict"))
    add_workers(command, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """List all problems; 1 if there is an error (with ``--strict``: or a warning), else 0."""
    from candlelight.messages import load
    from candlelight.pipeline import Report, Request, prepare

    source = anthology_at(options.source)
    request = Request(source=source, output=source / "public", cache=source / CACHE)
    with at_work(options, request.cache, console) as (memory, progress):
        sound = prepare(request, memory, progress)
    if options.format == "json":
        languages = ("zh-Hans", "en")
        print(as_json(sound.problems, {one: load("problems", one) for one in languages}))
    elif options.format == "github":
        for problem in sound.problems:
            print(as_github(problem, console.problem_words()))
    elif sound.problems:
        tell_problems(Report(sound.problems, sound.language), console)
    else:
        console.say("all-well")
    failing = {Severity.ERROR, Severity.WARNING} if options.strict else {Severity.ERROR}
    return int(any(problem.severity in failing for problem in sound.problems))
