"""``new``: a ready folder to write in."""

from __future__ import annotations

import argparse
import datetime as dt

from candlelight.console import Console

FIELDS = ("author", "team", "community", "date")


def add(command: argparse._ArgumentGroup, console: Console) -> None:
    """Describe the arguments of ``new``."""
    kinds = ("story", "team", "community", "person")
    command.add_argument("kind", choices=kinds, help=console.text("option-kind"))
    command.add_argument("title", nargs="+", help=console.text("option-title"))
    for field in FIELDS:
        command.add_argument(f"--{field}", default="", help=console.text(f"option-{field}"))


def run(options: argparse.Namespace, console: Console) -> int:
    """Write the document and say what comes next; 2 if nothing could be made of the request."""
    from candlelight.intake.new import new_document
    from candlelight.intake.refused import Refused

    source = options.source.resolve()
    # Words of a title that the shell has parted belong together.
    title = " ".join(options.title)
    fields = {field: value for field in FIELDS if (value := getattr(options, field))}
    if options.kind == "community" and "team" in fields:
        fields["teams"] = fields.pop("team")
    today = dt.datetime.now().astimezone().date().isoformat()
    try:
        path = new_document(source, options.kind, title, fields, console.language, today)
    except Refused as refused:
        console.complain(refused.reason, **refused.given)
        return 2
    console.say("new-made", path=path)
    console.say(f"new-next-{options.kind}", folder=path.parent)
    return 0
