"""``rename``: a story under a new address; the old one goes on leading to it."""

from __future__ import annotations

import argparse

from candlelight.console import Console


def add(command: argparse._ArgumentGroup, console: Console) -> None:
    """Describe the arguments of ``rename``."""
    command.add_argument("old", help=console.text("option-old"))
    command.add_argument("new", help=console.text("option-new"))


def run(options: argparse.Namespace, console: Console) -> int:
    """Move the story and list what still names its old address; 2 if nothing was done."""
    from candlelight.intake.refused import Refused
    from candlelight.intake.rename import rename_story

    try:
        renamed = rename_story(options.source.resolve(), options.old, options.new)
    except Refused as refused:
        console.complain(refused.reason, **refused.given)
        return 2
    console.say("renamed", old=renamed.old, new=renamed.new)
    if renamed.mentions:
        console.say("rename-mentions", count=len(renamed.mentions))
        for place in renamed.mentions:
            console.say("rename-mention", place=place)
    return 0
