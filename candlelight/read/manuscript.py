"""The body of a text, in Markdown as Chinese editors type it -> clean HTML.

Indented paragraphs are paragraphs, never code; ``2020. 我们`` keeps its year; a line of dashes
under a sentence is a rule; paragraphs set off by full-width spaces alone are paragraphs too.
"""

from __future__ import annotations

import re

from candlelight.problems import Place, Problem, error
from candlelight.read import guards
from candlelight.read.encoding import without_unseen
from candlelight.read.engine import engine
from candlelight.read.sanitise import removed, sanitise

_MEANT_INDENT = re.compile(r"^[ \t]*\u3000[\u3000 \t]*", re.MULTILINE)
_YEAR = re.compile(r"^([ \t]{0,3}\d{3,})([.)])(?=[ \t])", re.MULTILINE)
_WRAPPER = re.compile(
    r"</?(?:div|center|section|article|main|header|footer)(?:\s[^<>]*)?>", re.IGNORECASE
)
_ITEM = re.compile(
    r"(?<=[^\n])\n(?=[ \t]*(?:\d{1,3}、|[一二三四五六七八九十]{1,3}、"
    r"|[（(](?:\d{1,3}|[一二三四五六七八九十]{1,3})[）)]))"
)
_BREAK = re.compile(r"(?<!\\)\\\n")
_HEADING = re.compile(r" {0,3}(#{1,6})(?!#)([ \t\u3000]*)(.*)")
_RULE = re.compile(r" {0,3}(?:([-*_])[ \t]*)(?:\1[ \t]*){2,}|[ \t]*={3,}[ \t]*")
_ENDED = re.compile(r"[。！？!?…”’」』）).,，；;：:]\s*$")
_LEADING = re.compile(r"[ \t]*(?:[-*+>|#]|\d+[.)]|<)")


def to_html(body: str, place: Place) -> tuple[str, list[Problem]]:
    """Sanitised HTML of *body*, whose first line stands at *place*, and what was removed.

    A body that the engine cannot bear is ``""`` with one error.
    """
    if problem := guards.refuse(body, place):
        return "", [problem]
    text, problems = guards.tame(body, place)
    try:
        raw = engine().reset().convert(_prepare(text))
    except Exception as failure:  # noqa: BLE001 - pure text in, so this is the text's doing
        engine.cache_clear()
        return "", [error("text-unreadable", place, reason=type(failure).__name__)]
    raw = guards.restore(raw.replace("\x02", "").replace("\x03", ""))
    if "<" in body or "](" in body or "]:" in body:
        problems += removed(raw, body, place)
    clean = sanitise(raw)
    bare = without_unseen(clean.replace("\t", " ")) if "&#" in body else clean
    # Where a tag is gone that held others apart, they are not yet as a browser reads them; and
    # without what nobody sees in it, an address may be another.
    return sanitise(bare) if "<" in body or bare != clean else bare, problems


def _prepare(text: str) -> str:
    if "\u3000" in text:
        text = _MEANT_INDENT.sub(_paragraph_or_verse, text)
    if "<" in text:
        text = _WRAPPER.sub("\n\n", text)
    text = _BREAK.sub("  \n", _ITEM.sub(_paragraph_or_verse, text))
    text = _YEAR.sub(r"\1\\\2", text)
    lines: list[str] = []
    for line in text.split("\n"):
        if (mark := line.lstrip()[:1]) and mark in "#-=*_" and _stand_alone(line, lines):
            continue
        lines.append(line)
    return "\n".join(lines)


def _paragraph_or_verse(match: re.Match[str]) -> str:
    """What the beginning of a line means that editors set off: a paragraph, or verse goes on."""
    start = match.start()
    verse = match.string.endswith("  \n", 0, start) or match.string.endswith("  ", 0, start)
    return match[0].strip(" \t\u3000") if verse else f"\n{match[0]}".rstrip(" \t\u3000")


def _stand_alone(line: str, above: list[str]) -> bool:
    """Add *line* to the lines *above* if it is a heading or a rule, set off by empty lines.

    The engine reads a block again for each of them that it holds; and what it takes for a
    heading, a sentence over a line of dashes, Chinese editors mean as a sentence and a rule.
    """
    if match := _HEADING.fullmatch(line):
        title = match[3].rstrip(" \t#")
        if "#" in match[3] and not match[2]:
            # A tag of the social networks: #万家灯火#.
            above.append(line.replace("#", guards.as_text("#")))
        elif title:
            above += ["", f"{match[1]} {title.replace('#', guards.as_text('#'))}", ""]
        return True
    if not _RULE.fullmatch(line):
        return False
    title = above[-1].strip() if above else ""
    underlines = line.strip()[0] in "-=" and " " not in line.strip()
    if underlines and _is_title(title) and (len(above) < 2 or not above[-2].strip()):
        above[-1:] = ["", f"{'#' if '=' in line else '##'} {title}", ""]
        return True
    if "=" in line:
        return False
    above += ["", "---", ""]
    return True


def _is_title(text: str) -> bool:
    """Whether *text* over a line of dashes is a heading: one short line, no sentence."""
    return 0 < len(text) <= 40 and not _ENDED.search(text) and not _LEADING.match(text)
