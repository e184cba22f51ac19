"""``serve``: a preview in the browser that follows every save."""

from __future__ import annotations

import argparse
import contextlib
import queue
import time
from typing import TYPE_CHECKING

from candlelight.commands.build import CACHE, anthology_at
from candlelight.console import Console
from candlelight.problems import Severity

if TYPE_CHECKING:
    from candlelight.preview.rebuild import Preview, Rebuilt
    from candlelight.preview.watch import Changes
    from candlelight.run.remember import Memory

PORT = 8000
_RETRY = 1.0
"""Seconds after which what could not be read is tried once more: it may have been half saved."""
_TICK = 0.5
"""Seconds after which waiting looks up: on Windows a Ctrl-C is noticed only then."""


def add(command: argparse._ArgumentGroup, console: Console) -> None:
    """Describe the arguments of ``serve``."""
    command.add_argument("--port", type=port, default=PORT, help=console.text("option-port"))


def run(options: argparse.Namespace, console: Console) -> int:
    """Build, serve, watch and rebuild until Ctrl-C."""
    from candlelight.preview.pages import Pages
    from candlelight.preview.rebuild import Preview
    from candlelight.preview.server import serving
    from candlelight.preview.watch import watching
    from candlelight.run.session import session

    source = anthology_at(options.source)
    cache = source / CACHE
    preview = Preview(source, cache)
    pages = Pages(preview.request.output, cache / "photos", preview.board, preview.kept)
    with contextlib.suppress(KeyboardInterrupt), contextlib.ExitStack() as stack:
        memory = stack.enter_context(session(cache))
        # Watching begins first: what is saved during the first build is built by the second.
        changes = stack.enter_context(watching(source, lambda: console.complain("preview-polling")))
        with console.progress() as progress:
            first = preview.rebuild(memory, progress)
        _tell(first, console)
        given = stack.enter_context(serving(pages, options.port))
        if options.port and given != options.port:
            console.say("preview-port-taken", wanted=options.port, port=given)
        console.say("preview-at", address=f"http://127.0.0.1:{given}/")
        _follow(preview, memory, changes, console, first)
    console.say("preview-ended")
    return 0


def port(text: str) -> int:
    """A port number, for argparse; 0 is any."""
    number = int(text)
    if not 0 <= number < 65536:
        raise ValueError(text)
    return number


def _follow(
    preview: Preview, memory: Memory, changes: Changes, console: Console, last: Rebuilt
) -> None:
    """Build after every save, and once more where something could not be read at that moment."""
    retry = last.may_pass
    while True:
        saved = _next(changes, _RETRY if retry else None)
        last = preview.rebuild(memory)
        retry = saved and last.may_pass
        if last.shown:
            _tell(last, console)


def _next(changes: Changes, seconds: float | None) -> bool:
    """Wait for a save, and take all that have come; False if none did in *seconds*."""
    ends = None if seconds is None else time.monotonic() + seconds
    while True:
        with contextlib.suppress(queue.Empty):
            changes.get(timeout=_TICK)
            while not changes.empty():
                changes.get()
            return True
        if ends is not None and time.monotonic() >= ends:
            return False


def _tell(done: Rebuilt, console: Console) -> None:
    now = time.strftime("%H:%M:%S")
    if done.trouble:
        console.complain("preview-trouble", time=now, reason=done.trouble)
        return
    change = done.report.change if done.report else None
    console.say(
        "preview-rebuilt",
        time=now,
        written=len(change.written) if change else 0,
        seconds=f"{done.seconds:.2f}",
        errors=done.count(Severity.ERROR),
        warnings=done.count(Severity.WARNING),
        notices=done.count(Severity.NOTICE),
    )
    if done.report:
        problems = done.report.problems
        console.show(one for one in problems if one.severity is Severity.ERROR)
