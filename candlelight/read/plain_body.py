"""A body without any mark -> its HTML, without the Markdown engine and the sanitiser.

Most texts are words in paragraphs, with a heading here and there. The engine would try twenty
patterns on each paragraph, and the sanitiser would parse what it wrote, and both would return
what went in. `manuscript.to_html` decides what a text means; this is a short way to the same
HTML, and a property holds the two equal. Where there is the least doubt, there is no short way.
"""

from __future__ import annotations

import re

_LONGEST = 20_000
"""Characters; a longer body is one for the guards, whose limits lie above."""
# Marks, what HTML escapes, and white space that is neither a space nor a line feed nor U+3000.
_MARK = re.compile(
    r"[`\\\[\]<>&*_|\x00-\x09\x0b-\x1f\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f"
    "\ufdd0-\ufdef]"
)
_HEADING = re.compile(r"(#{1,6}) +([^\s#][^#]*)")
_LIST = re.compile(r"\d+[.)](?:\s|$)")
_SPACES = " \u3000"
_OPENERS = "#=+-"
# ``1、`` and ``（一）`` at the start of a line begin a paragraph.
_ITEMS = "一二三四五六七八九十(（"


def to_html(body: str) -> str | None:
    """The HTML of *body*; None where it may hold more than paragraphs, headings and rules.

    A paragraph begins after an empty line, or with an ideographic space.
    """
    if len(body) > _LONGEST or _MARK.search(body):
        return None
    blocks: list[str] = []
    paragraph: list[str] = []
    for line in body.split("\n"):
        text = line.lstrip(_SPACES)
        if not text:
            _close(paragraph, blocks)
        elif text[0] in _OPENERS:
            block = "" if paragraph and text[0] == "-" else _set_off(line)
            if not block:
                return None
            _close(paragraph, blocks)
            blocks.append(block)
        elif _LIST.match(text):
            return None
        elif not paragraph:
            paragraph.append(text)
        elif paragraph[-1][-1] == " ":
            return None  # Verse.
        elif "\u3000" in line[: len(line) - len(text)]:
            _close(paragraph, blocks)
            paragraph.append(text)
        elif text is line and not text[0].isdigit() and text[0] not in _ITEMS:
            paragraph.append(text)
        else:
            return None
    _close(paragraph, blocks)
    return "\n".join(blocks)


def _close(paragraph: list[str], blocks: list[str]) -> None:
    if paragraph:
        text = "\n".join(paragraph)
        blocks.append(f"<p>{text}</p>")
        paragraph.clear()


def _set_off(line: str) -> str:
    """A heading or a rule, or ``""`` where *line* is something else."""
    if heading := _HEADING.fullmatch(line):
        level = len(heading[1])
        return f"<h{level}>{heading[2].strip()}</h{level}>"
    return "<hr>" if len(line) > 2 and not line.strip("-") else ""
