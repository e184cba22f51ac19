"""What the preview adds to a page: its own problems above it, all problems in a bar below it.

Nothing of this is ever published: it is put around a page while that is served.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import groupby
from typing import Any
from urllib.parse import quote

from candlelight.messages import load
from candlelight.plan import routes
from candlelight.preview.board import Standing
from candlelight.preview.kept import address_of
from candlelight.problems import Problem, Severity, sentences

ROOM = "@preview"
"""The folder of the preview's own files; no document can have such a name."""

_BODY = re.compile(rb"<body\b[^>]*>", re.IGNORECASE)
_END = re.compile(rb"</body\s*>", re.IGNORECASE)


def dress(page: bytes, address: str, standing: Standing, *, old: bool = False) -> bytes:
    """*page* with the problems of *standing* and the script that reloads it.

    *address* is the page's own; *old*: it is a last good version.
    """
    words = load("console", standing.language)
    panel = _panel(own_problems(standing, address), words, standing.language, old=old)
    head = f'<link rel="stylesheet" href="/{ROOM}/preview.css">{panel}'.encode()
    script = f'<script src="/{ROOM}/reload.js" data-generation="{escape(standing.generation)}">'
    tail = f"{_bar(standing, words)}{script}</script>".encode()
    start = _BODY.search(page)
    page = page[: start.end()] + head + page[start.end() :] if start else head + page
    ends = list(_END.finditer(page))
    at = ends[-1].start() if ends else len(page)
    return page[:at] + tail + page[at:]


def empty_page(address: str, standing: Standing, stylesheet: str) -> bytes:
    """A page where none could be made: its problems, or all of them where it has none."""
    words = load("console", standing.language)
    link = f'<link rel="stylesheet" href="/{quote(stylesheet)}">' if stylesheet else ""
    html = (
        f'<!DOCTYPE html>\n<html lang="{escape(standing.language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_say(words, 'preview-lost')}</title>{link}</head>"
        f'<body class="paper"><main class="preview-lost" id="main">'
        f"<h1>{_say(words, 'preview-lost')}</h1><p>{_say(words, 'preview-lost-note')}</p>"
        '<p><a href="/">/</a></p></main></body></html>'
    )
    return dress(html.encode(), address, standing)


def own_problems(standing: Standing, address: str) -> list[Problem]:
    """The problems of the document that has its page at *address*, the worst first."""
    own = [one for one in standing.problems if address_of(one.place.path) == address]
    return sorted(own, key=_rank)


def _panel(
    problems: Sequence[Problem], words: Mapping[str, Any], language: str, *, old: bool
) -> str:
    if not problems and not old:
        return ""
    note = f'<p class="preview-note">{_say(words, "preview-old")}</p>' if old else ""
    head = _say(words, "preview-own", count=len(problems))
    return (
        f'<aside class="preview-panel" lang="{escape(language)}" aria-label="{head}">'
        f"<h2>{head}</h2>{_list(problems, words, language)}{note}</aside>"
    )


def _bar(standing: Standing, words: Mapping[str, Any]) -> str:
    if not standing.problems and not standing.trouble:
        return ""
    counts = [
        f'<span class="preview-mark preview-{severity}">'
        f"{_say(words, f'preview-{severity}')} {count}</span>"
        for severity in Severity
        if (count := sum(one.severity is severity for one in standing.problems))
    ]
    trouble = ""
    if standing.trouble:
        said = _say(words, "preview-trouble-page", reason=standing.trouble)
        trouble = f'<p class="preview-trouble preview-mark preview-error">{said}</p>'
    files = "".join(
        f"<section><h3>{_file(path)}</h3>{_list(group, words, standing.language)}</section>"
        for path, group in _by_file(standing.problems)
    )
    listed = f'<details><summary>{"".join(counts)}</summary><div class="preview-all">{files}</div>'
    listed = f"{listed}</details>" if files else ""
    label = f'lang="{escape(standing.language)}" aria-label="{_say(words, "preview-all")}"'
    return f'<aside class="preview-bar" {label}>{trouble}{listed}</aside>'


def _by_file(problems: Iterable[Problem]) -> list[tuple[str, list[Problem]]]:
    """The problems of each file, the files with errors first."""
    groups = [
        (path, list(group)) for path, group in groupby(problems, key=lambda one: one.place.path)
    ]
    return sorted(groups, key=lambda group: min(map(_rank, group[1])))


def _rank(problem: Problem) -> int:
    return list(Severity).index(problem.severity)


def _file(path: str) -> str:
    address = address_of(path)
    shown = escape(path)
    return f'<a href="/{escape(quote(address))}">{shown}</a>' if address is not None else shown


def _list(problems: Iterable[Problem], words: Mapping[str, Any], language: str) -> str:
    said = load("problems", language)
    rows = []
    for problem in problems:
        message, hint = sentences(problem, said)
        line = problem.place.line
        place = _say(words, "preview-line", line=line) if line else ""
        where = f"{_say(words, f'preview-{problem.severity}')} {place}".strip()
        rows.append(
            f'<li class="preview-mark preview-{problem.severity}">'
            f'<p class="preview-message">{escape(message)}</p>'
            + (f'<p class="preview-hint">{escape(hint)}</p>' if hint else "")
            + f'<p class="preview-where">{where} <code>{escape(problem.code)}</code></p></li>'
        )
    return f"<ul>{''.join(rows)}</ul>"


def _say(words: Mapping[str, Any], key: str, **given: object) -> str:
    return escape(str(words[key]).format_map(given))


def page_address(parts: Sequence[str]) -> str:
    """The address that a page has, for the parts of a path: ``stories/x/index.html`` too."""
    path = "/".join(parts)
    if parts and parts[-1] == "index.html":
        path = path.removesuffix("index.html")
    return routes.HOME if path in ("", "/") else path
