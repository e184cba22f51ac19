"""What is asked of a build of the site, and what it answers."""

from __future__ import annotations

from pathlib import Path

import msgspec

from candlelight.problems import Problem
from candlelight.run.output import Change


class Request(msgspec.Struct, frozen=True):
    """What to build. *base_url* replaces the one in ``site.yaml``; *cache* holds renditions.

    With *with_book* the book and the e-book are made too, and offered on the home page. A *preview*
    is for the one who made it: it need not outlive a loss of power, and keeps no page of yesterday.
    """

    source: Path
    output: Path
    cache: Path
    keep_going: bool = False
    drafts: bool = False
    base_url: str = ""
    with_book: bool = False
    preview: bool = False


class Report(msgspec.Struct, frozen=True):
    """What came of a build; *change* is None if nothing was published.

    *left_out* are the paths of documents with errors, *made* counts what was really done by kind.
    """

    problems: tuple[Problem, ...]
    language: str
    change: Change | None = None
    left_out: tuple[str, ...] = ()
    made: dict[str, int] = {}
