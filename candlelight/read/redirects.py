"""``content/redirects.yaml``: old addresses and where their texts stand now."""

from __future__ import annotations

import re

from candlelight.problems import Place, Problem, error
from candlelight.read.encoding import decode
from candlelight.read.frontmatter import read_entries
from candlelight.read.nodes import Text, Unreadable
from candlelight.read.slugs import check_slug

_ADDRESS = re.compile(r"(stories|teams|communities|people|pages)/[^/]+")


def read_redirects(
    raw: bytes | None, path: str = "content/redirects.yaml"
) -> tuple[tuple[tuple[str, str], ...], list[Problem]]:
    """Pairs such as ``("stories/old", "stories/new")``, in the order written."""
    if raw is None:
        return (), []
    text, problems = decode(raw, path)
    try:
        entries, found = read_entries(text, Place(path, 1, 1), {}, {})
    except Unreadable as unreadable:
        return (), [*problems, unreadable.problem]
    problems += found
    pairs = []
    for entry in entries.entries:
        old = entry.written.value.strip("/")
        new = entry.value.value.strip("/") if isinstance(entry.value, Text) else ""
        if _is_address(old) and _is_address(new):
            pairs.append((old, new))
        else:
            problems.append(error("redirect-unknown", entry.written.place, old=old, new=new))
    return tuple(pairs), problems


def _is_address(text: str) -> bool:
    """Whether *text* names a document that every system could carry."""
    return bool(_ADDRESS.fullmatch(text)) and not check_slug(text.partition("/")[2], "")
