"""The body of a text, in Markdown as Chinese editors type it -> clean HTML.

Indented paragraphs are paragraphs, never code; ``2020. 我们`` keeps its year; a line of dashes
under a sentence is a rule; paragraphs set off by full-width spaces alone are paragraphs too.
"""

from __future__ import annotations

import functools
import re

import markdown

from candlelight.problems import Place, Problem, error
from candlelight.read.guards import refuse
from candlelight.read.sanitise import removed, sanitise

_MEANT_INDENT = re.compile(r"^[ \t]*\u3000[\u3000 \t]*", re.MULTILINE)
_YEAR = re.compile(r"^([ \t]{0,3}\d{3,})([.)])(?=[ \t])", re.MULTILINE)
_WRAPPER = re.compile(
    r"^[ \t]*(?:</?(?:div|center|section|article|main|font|span)(?:\s[^<>\n]*)?>[ \t]*)+$",
    re.MULTILINE | re.IGNORECASE,
)
_RULE = re.compile(r"^(.*\S.*)\n([ \t]*(?:-{3,}|={3,}|\*{3,}|_{3,})[ \t]*)$", re.MULTILINE)
_ENDED = re.compile(r"[。！？!?…”’」』）).,，；;：:]\s*$")
_HASH = re.compile(r"^(#{1,6})[ \t\u3000]*(?=[^#\s])", re.MULTILINE)
_MARKUP = re.compile(r"[\\`*_{}\[\]<>&#!|]|^[ \t]*(?:[-+=~]|\d+[.)])", re.MULTILINE)


def to_html(body: str, place: Place) -> tuple[str, list[Problem]]:
    """Sanitised HTML of *body*, whose first line stands at *place*, and what was removed.

    A body that the engine cannot bear is ``""`` with one error.
    """
    if problem := refuse(body, place):
        return "", [problem]
    try:
        raw = _engine().reset().convert(_prepare(body))
    except Exception as failure:  # noqa: BLE001 - pure text in, so this is the text's doing
        _engine.cache_clear()
        return "", [error("text-unreadable", place, reason=type(failure).__name__)]
    raw = raw.replace("\x02", "").replace("\x03", "")
    problems = removed(raw, body, place) if "<" in body or "](" in body or "]:" in body else []
    return sanitise(raw), problems


def _prepare(body: str) -> str:
    text = body
    if "\u3000" in text:
        text = _MEANT_INDENT.sub("\n", text)
    if "<" in text:
        text = _WRAPPER.sub("", text)
    text = _YEAR.sub(r"\1\\\2", text)
    text = _HASH.sub(r"\1 ", text)
    return _RULE.sub(_part_from_rule, text)


def _part_from_rule(match: re.Match[str]) -> str:
    above, rule = match[1], match[2]
    heading = len(above.strip()) <= 40 and not _ENDED.search(above) and "|" not in above
    return match[0] if heading else f"{above}\n\n{rule}\n"


@functools.cache
def _engine() -> markdown.Markdown:
    """One engine a process: making it costs as much as a short story."""
    engine = markdown.Markdown(
        extensions=["tables", "footnotes", "sane_lists"],
        extension_configs={
            "footnotes": {"BACKLINK_TITLE": "", "BACKLINK_TEXT": "↩"},
            "tables": {"use_align_attribute": True},
        },
        output_format="html",
    )
    # Chinese editors indent paragraphs; nobody writes programs here.
    engine.parser.blockprocessors.deregister("code")
    return engine
