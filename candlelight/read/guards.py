"""What a text may ask of the Markdown engine, settled before the engine sees it.

The engine compares the marks of a passage in pairs: it stalls for minutes on a few kilobytes of
unmatched ones. So marks that mean nothing are set aside, to come back as the characters that they
are; and a passage with more marks than anybody writes is set as plain text. What nesting and
length remain beyond reason are errors.
"""

from __future__ import annotations

import re
from collections import Counter

from candlelight.problems import Place, Problem, error, warning

MAX_CHARACTERS = 1_000_000
MAX_LINES = 20_000
MAX_DEPTH = 8
MAX_MARKS = 200
MAX_CELLS = 10_000
MAX_TAGS = 3_000
MAX_NOTES = 800
MAX_ALL_MARKS = 20_000

_MARKS = "<[]*_`&\\!#|~"
# Noncharacters of Unicode: no text holds them, decoding sees to that.
_ASIDE = {ord(mark): 0xFDD0 + rank for rank, mark in enumerate(_MARKS)}
_BACK = {0xFDD0 + rank: mark for rank, mark in enumerate(_MARKS)}
_BACK |= {0xFDD0 + _MARKS.index("<"): "&lt;", 0xFDD0 + _MARKS.index("&"): "&amp;"}
_RUN = re.compile(r"\\.|\*+|_+")
_SET_ASIDE = re.compile("[\ufdd0-\ufdef]")

_VALUE = r"(?:\"[^\"<>]*+\"|'[^'<>]*+'|[^\s\"'<>`=]++)"
_NAMED = rf"(?:\s++[a-zA-Z_:@][\w:.-]*+(?:\s*+=\s*+{_VALUE})?)"
_STRAY = re.compile(
    rf"(?<!\]\()<(?!/?[a-zA-Z][a-zA-Z0-9]*+{_NAMED}*+\s*+/?>"
    r"|https?://[^\s<>]{1,2000}+>|[^\s<>@]{1,99}@[^\s<>@]{1,200}>)"
)
_INLINE = re.compile(
    r"<(/?)(a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/>])[^<>]*>", re.IGNORECASE
)
_TARGET = re.compile(r"\((?:[^()\n]|\([^()\n]*+\)|\n(?!\s*\n)){0,2000}+\)|[ ]?\[[^\[\]]{0,200}+\]")
_NOTE = re.compile(r"^ {0,3}\[(\^[^\[\]\n]{1,200}+)\]:", re.MULTILINE)
_DEFINITION = re.compile(
    r"^ {0,3}\[([^\[\]\n^][^\[\]\n]{0,200}+)\]: *\n? *"
    r"(?:<|[./]|[a-zA-Z][a-zA-Z0-9+.-]*+:\S|[\w%./-]+\.[a-zA-Z0-9]{2,5}(?=\s|$))",
    re.MULTILINE,
)
_PREFIX = re.compile(r"[ \t]*(?:(?:>|[-*+]|\d{1,9}[.)])(?=[ \t>]|$)[ \t]*)*")
_MARKER = re.compile(r">|[-*+]|\d+[.)]")
_MARK = re.compile(r"[*_]+|`+|[\[\]<&\\]|(?<! ) {2,}+\n")


def refuse(body: str, place: Place) -> Problem | None:
    """The error for a *body* too long or too deep to be a text, else None."""
    if len(body) > MAX_CHARACTERS:
        limit = f"{MAX_CHARACTERS:,}"
        return error("text-too-long", place, characters=f"{len(body):,}", limit=limit)
    lines = body.split("\n")
    if len(lines) > MAX_LINES:
        return error("too-many-lines", place, lines=f"{len(lines):,}", limit=f"{MAX_LINES:,}")
    for number, line in enumerate(lines, place.line):
        prefix = _PREFIX.match(line)
        if prefix and prefix[0] and _depth(line, prefix[0]) > MAX_DEPTH:
            return error("too-complex", Place(place.path, number), limit=MAX_DEPTH)
    return None


def _depth(line: str, prefix: str) -> int:
    """How many lists and quotations the beginning of *line* opens or goes on with."""
    if not (markers := len(_MARKER.findall(prefix))) or set(line) <= set("-*_ \t"):
        return 0
    spaces = len(prefix.expandtabs(4)) - len(prefix.expandtabs(4).lstrip())
    return markers + spaces // 4


def tame(body: str, place: Place) -> tuple[str, list[Problem]]:
    """*body* with every mark that means nothing set aside, and warnings where many were."""
    text = body
    if "<" in text:
        text = _STRAY.sub(lambda match: as_text(match[0]), _without_comments(text))
    text, problems = _without_crowds(text, place)
    labels = _labels(text) if "[" in text else frozenset()
    total = 0
    tamed = []
    number = place.line
    for passage in _passages(text):
        shown = _matched(passage, labels) if "[" in passage else passage
        shown = _closed(shown) if "<" in shown else shown
        shown = _paired(shown) if "*" in shown or "_" in shown else shown
        marks = len(_MARK.findall(shown))
        total += marks
        if marks > MAX_MARKS or total > MAX_ALL_MARKS:
            shown = as_text(passage)
            lead = passage[: len(passage) - len(passage.lstrip())].count("\n")
            spot = Place(place.path, number + lead)
            few = marks <= MAX_MARKS
            given = (total, MAX_ALL_MARKS) if few else (marks, MAX_MARKS)
            problems.append(warning("too-many-marks", spot, marks=given[0], limit=given[1]))
        tamed.append(shown)
        number += passage.count("\n")
    # Twenty say enough of a text that nobody wrote by hand.
    return _without_walls("".join(tamed)), [*problems, *_long_rows(text, place)][:20]


def _without_crowds(text: str, place: Place) -> tuple[str, list[Problem]]:
    """*text* without its tags, or its notes and addresses, if they are more than a text has."""
    problems = []
    for mark, number, limit in (
        ("<", text.count("<"), MAX_TAGS),
        ("[", "[" in text and text.count("[^") + len(_DEFINITION.findall(text)), MAX_NOTES),
    ):
        if number > limit:
            problems.append(warning("too-many-marks", place, marks=number, limit=limit))
            text = text.replace(mark, as_text(mark))
    return text, problems


def restore(html: str) -> str:
    """The marks that tame set aside, as text in *html*."""
    return html.translate(_BACK) if _SET_ASIDE.search(html) else html


def as_text(passage: str) -> str:
    """*passage* with all its marks set aside; its lines of verse become paragraphs."""
    return re.sub(r"(?<! ) {2,}+\n", "\n\n", passage).translate(_ASIDE)


def _without_comments(body: str) -> str:
    """Comments go, their line feeds stay: the lines keep their numbers."""
    parts = []
    start = 0
    while (begin := body.find("<!--", start)) >= 0:
        end = body.find("-->", begin + 4)
        if end < 0:
            break
        parts.append(body[start:begin])
        parts.append("\n" * body.count("\n", begin, end))
        start = end + 3
    return "".join([*parts, body[start:]])


def _passages(text: str) -> list[str]:
    """Stretches of *text* that the engine reads for marks in one go: paragraphs, items, rows."""
    passages = [""]
    pending: list[str] = []
    for line in text.splitlines(keepends=True):
        start = line.lstrip()[:1]
        begins = not start or "|" in line or _is_marked(line, start)
        if begins and pending:
            passages.append("".join(pending))
            pending = []
        pending.append(line)
    return [*passages, "".join(pending)]


def _is_marked(line: str, start: str) -> bool:
    """Whether *line*, whose first sign is *start*, begins an item or a quotation."""
    if start not in ">-*+" and not start.isdecimal():
        return False
    prefix = _PREFIX.match(line)
    return bool(prefix and prefix[0].strip())


def _labels(text: str) -> frozenset[str]:
    """The labels of addresses and notes that *text* uses: ``[记者]: 你好`` is speech."""
    folded = text.casefold()
    found = Counter(label.casefold() for label in _DEFINITION.findall(text) + _NOTE.findall(text))
    # Of two definitions of one label the engine keeps the last and forgets the first.
    return frozenset(
        label for label, times in found.items() if times == 1 and folded.count(f"[{label}]") > 1
    )


def _matched(passage: str, labels: frozenset[str]) -> str:
    """*passage* with those brackets set aside that make no link, image or footnote."""
    keep: set[int] = set()
    opened: list[int] = []
    for match in re.finditer(r"[\[\]]", passage):
        at = match.start()
        if match[0] == "[":
            opened.append(at)
        elif opened:
            begin = opened.pop()
            label = passage[begin + 1 : at]
            meant = _TARGET.match(passage, at + 1) or (
                len(label) < 300 and label.casefold() in labels
            )
            if meant and len(opened) < 3 and at - begin < 2000:
                keep.update((begin, at))
                if (target := _TARGET.match(passage, at + 1)) and target[0].endswith("]"):
                    keep.update((target.start() + target[0].index("["), target.end() - 1))
    return "".join(
        char if char not in "[]" or at in keep else char.translate(_ASIDE)
        for at, char in enumerate(passage)
    )


def _paired(passage: str) -> str:
    """*passage* with those runs of ``*`` and ``_`` set aside that no equal run closes.

    The engine drops a character where runs of different lengths cross.
    """
    runs = list(_RUN.finditer(passage))
    if len(runs) > MAX_MARKS:
        return passage
    opened: list[re.Match[str]] = []
    alone: list[re.Match[str]] = []
    for run in runs:
        around = passage[max(run.start() - 1, 0) : run.start()] + passage[run.end() : run.end() + 1]
        if run[0][0] == "\\" or not around.strip():
            continue
        depth = next((n for n, other in enumerate(opened) if other[0] == run[0]), None)
        if depth is None:
            opened.append(run)
        else:
            alone += opened[depth + 1 :]
            del opened[depth:]
    for run in [*alone, *opened]:
        passage = f"{passage[: run.start()]}{as_text(run[0])}{passage[run.end() :]}"
    return passage


def _long_rows(text: str, place: Place) -> list[Problem]:
    """Warnings for rows of tables with more cells than the head: the engine drops what is over."""
    if "|" not in text:
        return []
    problems = []
    lines = text.split("\n")
    columns = 0
    for number, line in enumerate(lines):
        if "|" not in line:
            columns = 0
        elif columns and (cells := _cells(line)) > columns:
            spot = Place(place.path, place.line + number)
            problems.append(warning("table-row-long", spot, cells=cells, columns=columns))
        elif number and "-" in line and set(line) <= set("|-: \t"):
            columns = _cells(lines[number - 1])
    return problems


def _cells(row: str) -> int:
    bars = re.sub(r"\\.|`[^`]*`", "", row).strip().strip("|")
    return bars.count("|") + 1


def _closed(passage: str) -> str:
    """*passage* with those inline tags set aside that open or close nothing in it.

    A parser of HTML opens them again in every paragraph that follows: the output would explode.
    """
    opened: list[tuple[str, int]] = []
    alone: set[int] = set()
    for match in _INLINE.finditer(passage):
        name = match[2].lower()
        if not match[1]:
            opened.append((name, match.start()))
        elif opened and opened[-1][0] == name:
            opened.pop()
        else:
            alone.add(match.start())
    alone.update(start for _, start in opened)
    if not alone:
        return passage
    return "".join(
        char if at not in alone else char.translate(_ASIDE) for at, char in enumerate(passage)
    )


def _without_walls(text: str) -> str:
    """*text* whose tables beyond any page are plain lines: the engine fills up every row."""
    if "|" not in text:
        return text
    blocks = re.split(r"(\n[ \t]*\n)", text)
    for number, block in enumerate(blocks):
        lines = block.split("\n")
        columns = max(line.count("|") for line in lines) + 1
        if columns > 1 and columns * len(lines) > MAX_CELLS:
            blocks[number] = block.replace("|", chr(_ASIDE[ord("|")]))
    return "".join(blocks)
