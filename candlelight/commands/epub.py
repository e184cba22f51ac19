"""``epub``: the book for phones and readers."""

from __future__ import annotations

import argparse
import time

from candlelight.commands.book import (
    add_selection,
    output_file,
    selection_of,
    tell_nothing,
)
from candlelight.commands.build import CACHE, anthology_at, tell_left_out, tell_problems
from candlelight.commands.workers import at_work
from candlelight.console import Console

NAME = "book.epub"


def add(command: argparse._ArgumentGroup, console: Console) -> None:
    """Describe the arguments of ``epub``."""
    add_selection(command, console, NAME)


def run(options: argparse.Namespace, console: Console) -> int:
    """Make the e-book; 0 if it stands, 1 if the content has errors."""
    from candlelight.book.words import in_words
    from candlelight.ebook import publish_epub
    from candlelight.publication import BookRequest

    started = time.monotonic()
    source = anthology_at(options.source)
    request = BookRequest(
        source=source,
        cache=source / CACHE,
        output=output_file(options.output, source, NAME),
        selection=selection_of(options),
        keep_going=options.keep_going,
        strict=options.strict,
        drafts=options.drafts,
    )
    with at_work(options, request.cache, console) as (memory, progress):
        made = publish_epub(request, memory, progress)
    tell_problems(made, console)
    if made.book is None:
        return tell_nothing(made.problems, console)
    tell_left_out(made, console)
    console.say(
        "epub-made",
        path=request.output,
        stories=made.book.stories,
        size=in_words(made.book.size),
        seconds=f"{time.monotonic() - started:.1f}",
    )
    return 0
