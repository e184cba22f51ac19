"""``why``: the reasons for which the next build would make a page again."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from candlelight.commands.build import CACHE, anthology_at, base_url
from candlelight.console import Console
from candlelight.problems import Problem, Severity, as_text, broken_template

if TYPE_CHECKING:
    from candlelight.pipeline import Request, Sound
    from candlelight.run.remember import Memory
    from candlelight.run.why import Answer, Reason

_SHOWN = 12
"""Files told one by one; a template may concern thousands."""


def add(command: argparse._ArgumentGroup, console: Console) -> None:
    """Describe the arguments of ``why``."""
    command.add_argument("path", help=console.text("option-path"))
    command.add_argument("--output", type=Path, help=console.text("option-output"))
    command.add_argument("--drafts", action="store_true", help=console.text("option-drafts"))
    command.add_argument(
        "--base-url", type=base_url, default="", help=console.text("option-base-url")
    )


def run(options: argparse.Namespace, console: Console) -> int:
    """Say why the files that *path* means would be made again; 2 if it means none."""
    from candlelight.make.theme import BrokenTemplate
    from candlelight.pipeline import Request, prepare
    from candlelight.run.meant import inside
    from candlelight.run.session import session

    source = anthology_at(options.source)
    request = Request(
        source=source,
        output=(options.output or source / "public").absolute(),
        cache=source / CACHE,
        drafts=options.drafts,
        base_url=options.base_url,
    )
    path = inside(inside(options.path, request.output), source)
    with session(request.cache) as memory, console.progress() as progress:
        sound = prepare(request, memory, progress)
        try:
            found = _answers(path, sound, request, memory)
        except BrokenTemplate as broken:
            fault = broken_template("site", broken.name, broken.line, broken.reason)
            print(as_text(fault, console.problem_words()), file=console.err)
            return 1
    problems = _standing_in_the_way(path, sound)
    if not found and not problems:
        console.complain("why-nothing-there", path=options.path)
        return 2
    _tell(found, problems, console)
    return 0


def _answers(path: str, sound: Sound, request: Request, memory: Memory) -> list[Answer]:
    from candlelight.pipeline import plan_products
    from candlelight.run.meant import meant_by
    from candlelight.run.output import Output
    from candlelight.run.why import answers, shared_by

    workshop, products = plan_products(sound, request.source)
    shared, output = shared_by(workshop, request.source), Output(request.output)
    files = meant_by(path, products, output.entries(), shared)
    by_path = {product.path: product for product in products}
    return answers(files, by_path, output, shared, memory.cache)


def _standing_in_the_way(path: str, sound: Sound) -> list[Problem]:
    """The errors and drafts that keep the document at *path*, or all of them, from the site."""
    from candlelight.plan import routes
    from candlelight.run.meant import document_at

    wanted = document_at(path)
    asked = path.removesuffix("index.html").strip("/")
    return [
        problem
        for problem in sound.problems
        if problem.severity is Severity.ERROR or problem.code == "draft-left-out"
        if (target := document_at(problem.place.path))
        if target == wanted or routes.document(target).strip("/") == asked
    ]


def _tell(found: Sequence[Answer], problems: Sequence[Problem], console: Console) -> None:
    for problem in problems:
        console.say("why-left-out")
        print(as_text(problem, console.problem_words()), file=console.out)
    moving = [answer for answer in found if answer.reasons]
    shown = found if len(found) <= _SHOWN else moving
    for answer in shown[:_SHOWN]:
        console.say("why-file", path=answer.path)
        for reason in answer.reasons or (None,):
            console.say("why-reason", reason=_sentence(reason, console))
    if len(found) > _SHOWN:
        console.say("why-all", changing=len(moving), all=len(found))
    if len(moving) > _SHOWN:
        console.say("why-more", more=len(moving) - _SHOWN)


def _sentence(reason: Reason | None, console: Console) -> str:
    if reason is None:
        return console.text("why-stands")
    if reason.code in ("field", "site"):
        names = [console.text(f"field-{name.replace('_', '-')}") for name in reason.names]
    else:
        names = list(reason.names)
    return console.text(f"why-{reason.code}", names="、".join(names))
