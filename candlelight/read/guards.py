"""What a text may ask of the Markdown engine, looked at before the engine sees it.

The engine stalls for minutes on some texts of a few kilobytes that nobody would write on
purpose. Each limit stands far above what a long story needs, measured in tests/read.
"""

from __future__ import annotations

import re

from candlelight.problems import Place, Problem, error

MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 40
MAX_COLUMNS = 60
MAX_MARKS = 2_000
_DEEP = re.compile(rf"^(?:[ \t]*(?:>|[-*+]|\d+[.)])(?=[ \t>])){{{MAX_DEPTH}}}", re.MULTILINE)
_INDENTED = re.compile(rf"^[ \t]{{{4 * MAX_DEPTH},}}(?:>|[-*+] |\d+[.)] )", re.MULTILINE)


def refuse(body: str, place: Place) -> Problem | None:
    """The error for a *body* that would take the engine more than seconds, else None."""
    if len(body) > MAX_CHARACTERS:
        limit = f"{MAX_CHARACTERS:,}"
        return error("text-too-long", place, characters=f"{len(body):,}", limit=limit)
    if match := _DEEP.search(body) or _INDENTED.search(body):
        line = body.count("\n", 0, match.start())
        return error("too-complex", Place(place.path, place.line + line), limit=MAX_DEPTH)
    number = place.line
    for paragraph in re.split(r"\n[ \t]*\n", body):
        if (problem := _heavy(paragraph, Place(place.path, number))) is not None:
            return problem
        number += paragraph.count("\n") + 2
    return None


def _heavy(paragraph: str, place: Place) -> Problem | None:
    for mark in "[*_`<&|\\":
        if paragraph.count(mark) > MAX_MARKS:
            return error("too-many-marks", place, mark=mark, limit=MAX_MARKS)
    return None
