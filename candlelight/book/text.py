"""How words are set in print: what editors typed becomes what a typesetter would have set.

``, : ; ? ! ( )`` beside a Chinese character take its full width, ``。。。。`` is ……, ``--`` is ——,
straight quotes are paired; nothing changes in code, in addresses, in numbers, in Latin sentences.
Characters that print nothing, or that would turn the words of others around, are dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from candlelight.book import punctuation
from candlelight.book.scripts import parted, without_controls
from candlelight.book.sheets import Run
from candlelight.make.typography import runs_leftwards

Piece = tuple[str, str, str]
"""Text, style and link, as in `sheets.Run`, not yet set."""

BREAK: Piece = ("", "/", "")
_BARE = frozenset(("n", "i", "|", "/"))
_QUOTES = (punctuation.quotes, punctuation.single_quotes)
_HARD_SPACE = "\u00a0"
_ORDINARY = re.compile(
    r"[^\"'(),:;?!＂＇’\u2026\u2014"  # what may change
    r"\x00-\x1f\x7f-\xa0\u00ad\u034f\u0590-\u08ff\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069"
    r"\ufb1d-\ufdff\ufe00-\ufe0f\ufe70-\ufeff\ufff9-\uffff\ud800-\udfff"
    r"\u203c-\u2bff\u3030-\u303d\u3297-\u3299\U00010000-\U0001ffff\U000e0000-\U000e0fff]*"
)
_DOUBLED = ("--", "。。", "..", "  ", "··")
_ENDLESS = re.compile(r"[!-.0-~\u00a1-\u024f]{40,}")
"""A word longer than a line may hold; an address breaks at its strokes by itself."""
_SPACES = re.compile(r"[ \t\n\r\f\x0b\x85\u2028\u2029]+")


def set_line(text: str) -> str:
    """*text* as print sets it, on one line: a title, a name, a caption."""
    runs = set_runs([(text, "", "")])
    return "".join(run if isinstance(run, str) else run[0] for run in runs)


def set_runs(pieces: Sequence[Piece]) -> tuple[Run, ...]:
    """The runs of one paragraph: spaces collapsed, punctuation set, scripts and emoji apart."""
    if len(pieces) == 1:
        text, style, link = pieces[0]
        if is_ordinary(text) and style not in _BARE:
            text = text.strip()
            return (_run(text, style, link),) if text else ()
    cleaned = [(without_controls(text), style, link) for text, style, link in pieces]
    return joined(parted(_punctuated(_collapsed(cleaned))))


def is_ordinary(text: str) -> bool:
    """Whether print sets *text* just as it is, but for spaces around it."""
    if _ORDINARY.fullmatch(text) is None:
        return False
    if any(mark in text for mark in _DOUBLED):
        return False
    return " " not in text or next(punctuation.gaps(text), None) is None


def joined(pieces: Iterable[Piece]) -> tuple[Run, ...]:
    """*pieces* in their shortest form: neighbours of one style are one run."""
    runs: list[Run] = []
    held: list[str] = []
    before = ("", "")
    for text, style, link in pieces:
        if (style, link) != before or style in _BARE or "y" in style:
            if held:
                runs.append(_run("".join(held), *before))
            held, before = [], (style, link)
        if style in _BARE:
            runs.append(_run(text, style, link))
        elif text:
            held.append(text)
    if held:
        runs.append(_run("".join(held), *before))
    return tuple(runs)


def in_code(piece: Piece) -> list[Piece]:
    """The lines of a program, their spaces kept, a break between two."""
    text, style, link = piece
    if style in _BARE:
        return [piece]
    lines: list[Piece] = []
    for line in text.expandtabs(4).split("\n"):
        held = re.sub(r"^ +| {2,}", lambda gap: _HARD_SPACE * len(gap[0]), line)
        lines += [(held, style, link), BREAK]
    return lines[:-1]


def _run(text: str, style: str, link: str) -> Run:
    # What has no place to break would run off the paper, and be lost.
    text = _ENDLESS.sub(lambda word: "\u200b".join(word[0]), text)
    return (text, style, link) if link else (text, style) if style else text


def _collapsed(pieces: Sequence[Piece]) -> list[Piece]:
    """*pieces* with spaces as a page shows them: one at most, none at an end of a line."""
    out: list[Piece] = []
    open_line = False
    for text, style, link in pieces:
        if style in _BARE:
            if style != "i":
                _strip_end(out)
            out.append((text, style, link))
            open_line = open_line and style in "ni"
            continue
        words = _SPACES.sub(" ", text)
        if not open_line or _ends_in_space(out):
            words = words.lstrip(" ")
        if words:
            open_line = True
            out.append((words, style, link))
    _strip_end(out)
    return _stripped(out)


def _stripped(pieces: list[Piece]) -> list[Piece]:
    """*pieces* without wide spaces before the first word, where the book indents by itself."""
    for at, (text, style, link) in enumerate(pieces):
        if style not in _BARE:
            pieces[at] = (text.lstrip(), style, link)
            break
    return pieces


def _ends_in_space(pieces: list[Piece]) -> bool:
    return bool(pieces) and pieces[-1][1] not in _BARE and pieces[-1][0].endswith(" ")


def _strip_end(pieces: list[Piece]) -> None:
    while pieces and pieces[-1][1] not in _BARE:
        text, style, link = pieces.pop()
        if text := text.rstrip(" \u3000\xa0"):
            pieces.append((text, style, link))
            return


def _punctuated(pieces: list[Piece]) -> list[Piece]:
    """*pieces* after all rules; a paragraph from right to left keeps the quotes it was given."""
    shown = "".join(map(_seen, pieces))
    present = set(shown)
    leftwards = runs_leftwards(shown)
    for characters, rule in punctuation.RULES:
        if present.isdisjoint(characters) or (leftwards and rule in _QUOTES):
            continue
        if edits := list(rule(punctuation.masked(shown))):
            pieces = _changed(pieces, edits[::-1])
            shown = "".join(map(_seen, pieces))
    return pieces


def _changed(pieces: list[Piece], edits: list[punctuation.Change]) -> list[Piece]:
    """*pieces* after *edits* (start, end, what stands there instead), the first one last."""
    out: list[Piece] = []
    start = 0
    for piece in pieces:
        end = start + len(_seen(piece))
        if edits and edits[-1][0] < end and piece[1] not in _BARE:
            out.append((_edited(piece[0], start, end, edits), piece[1], piece[2]))
        else:
            out.append(piece)
        start = end
    return out


def _edited(text: str, start: int, end: int, edits: list[punctuation.Change]) -> str:
    """*text*, which stands from *start* to *end*, after the *edits* that end the list."""
    parts: list[str] = []
    at = start
    while edits and edits[-1][0] < end:
        begin, stop, instead = edits.pop()
        parts += [text[at - start : begin - start], instead]
        at = min(stop, end)
        if stop > end:  # The rest of it stands in the piece that follows.
            edits.append((end, stop, ""))
            break
    return "".join(parts) + text[at - start :]


def _seen(piece: Piece) -> str:
    """What the rules see of *piece*: code is a word to them."""
    text, style, _ = piece
    if style in _BARE:
        return "\n" if style in "/|" else ""
    return "x" * len(text) if "c" in style else text
