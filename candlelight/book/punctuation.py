r"""The rules by which print sets Chinese punctuation (look/book.md, GB/T 15834).

A rule reads a paragraph and yields its changes in order: (start, end, what stands there instead).
``\n`` in it is a line break; what must stay as it is was masked before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from candlelight.patterns import Late

Change = tuple[int, int, str]
Rule = Callable[[str], Iterator[Change]]

_HAN = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u3105-\u312f\u31c0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_OPENING = "〈《「『【〔（"
_CLOSING = "〉》」』】〕）"
_MARKS = "、。，；：？！"
_WIDE = str.maketrans(",;:?!()", "，；：？！（）")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[\w\-.~:/?#\[\]@!$&'()*+,;=%]*[\w/=#&]|[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+",
    re.ASCII,
)
_FACE = re.compile(r"[:;]['-]?[()DPp](?!\w)")
_AFTER = Late(rf"(?<=[{_HAN}{_CLOSING}{_MARKS}…—])[,;:?!]+|(?<=[{_HAN}。！？…][”’\"')])[,;:?!]+")
_BEFORE = Late(rf"[,;:](?= *[{_HAN}{_OPENING}“])|[?!]+(?=[{_HAN}{_OPENING}“])")
_BRACKET = re.compile(r"[()]")
_QUOTE = re.compile('["＂“”]')
_APOSTROPHE = re.compile(r"(?<=[A-Za-z\u00c0-\u024f])['＇’](?=[A-Za-z\u00c0-\u024f])")
_SINGLE = re.compile("['＇‘’]")
_DOTS = re.compile(r"。{2,}|(?<!…)…(?!…)|…{3,}|·{3,}|\.{3,}")
_DASHES = re.compile(r"-{2,3}(?!-)|(?<!—)—(?!—)|—{3,}")
_GAP = re.compile(rf" +(?=[{_MARKS}{_CLOSING}{_OPENING}])|(?<=[{_MARKS}{_CLOSING}{_OPENING}]) +")
_IS_HAN = Late(f"[{_HAN}{_OPENING}{_CLOSING}{_MARKS}…—]")
_HAS_HAN = Late(f"[{_HAN}]")
_ENDS = frozenset(" \n，。；：？！、）》」』】…,.;:?!)")


def masked(text: str) -> str:
    """*text* with addresses as mere letters, of the same length."""
    if "://" not in text and "www." not in text and "@" not in text:
        return text
    return _ADDRESS.sub(lambda match: "x" * len(match[0]), text)


def marks(text: str) -> Iterator[Change]:
    """``, ; : ? !`` beside a Chinese character, but not the mouth of a face ``:)``."""
    spots: dict[int, str] = {}
    faces = {match.start() for match in _FACE.finditer(text)}
    for pattern in (_AFTER, _BEFORE):
        for match in pattern.now.finditer(text):
            if match.start() not in faces:
                spots |= {at: text[at] for at in range(match.start(), match.end())}
    for at in sorted(spots):
        yield at, at + 1, spots[at].translate(_WIDE)


def brackets(text: str) -> Iterator[Change]:
    """``( )``: both of a pair are wide if one of them stands beside a Chinese character."""
    changes: list[Change] = []
    opened: list[int] = []
    for match in _BRACKET.finditer(text):
        at = match.start()
        if match[0] == "(":
            opened.append(at)
        elif opened:
            begin = opened.pop()
            if _beside(text, begin) or _beside(text, at):
                changes += [(begin, begin + 1, "（"), (at, at + 1, "）")]
        elif _beside(text, at) and text[at - 1 : at] not in tuple(":;-"):
            changes.append((at, at + 1, "）"))
    changes += [(at, at + 1, "（") for at in opened if _beside(text, at)]
    yield from sorted(changes)


def quotes(text: str) -> Iterator[Change]:
    """Straight quotes in pairs where Chinese stands in them or beside them."""
    yield from sorted(_paired(text, _QUOTE, "“", "”"))


def single_quotes(text: str) -> Iterator[Change]:
    """``'`` as a quote within a quote; the apostrophe of *don't* is straight and narrow.

    The curly ones of a Chinese face are as wide as a character.
    """
    apostrophes = [(match.start(), match.end(), "'") for match in _APOSTROPHE.finditer(text)]
    yield from sorted([*apostrophes, *_paired(_APOSTROPHE.sub("x", text), _SINGLE, "‘", "’")])


def _paired(text: str, pattern: re.Pattern[str], opening: str, closing: str) -> Iterator[Change]:
    """Changes of the straight quotes that *pattern* finds among those that are set already."""
    opened = -1
    for match in pattern.finditer(text):
        at = match.start()
        is_straight = match[0] not in opening + closing
        ends = match[0] == closing or (is_straight and (opened >= 0 or _closes(text, at)))
        if not ends:
            opened = at
            continue
        if opened < 0 and text[at - 1 : at].isdigit():
            continue  # 24" is a size.
        begin = opened if opened >= 0 else at
        if _is_chinese(text, begin, at):
            if opened >= 0 and text[opened] != opening:
                yield opened, opened + 1, opening
            if is_straight:
                yield at, at + 1, closing
        opened = -1
    if opened >= 0 and text[opened] != opening and _is_chinese(text, opened, opened):
        yield opened, opened + 1, opening


def dots(text: str) -> Iterator[Change]:
    """``。。。。`` and ``...`` as ……, six dots in two characters."""
    for match in _DOTS.finditer(text):
        if match[0][0] == "。" or _among_han(text, match.start(), match.end()):
            yield match.start(), match.end(), "……"


def dashes(text: str) -> Iterator[Change]:
    """``--`` and a lone — as ——, one line two characters long."""
    for match in _DASHES.finditer(text):
        if _among_han(text, match.start(), match.end()):
            yield match.start(), match.end(), "——"


def gaps(text: str) -> Iterator[Change]:
    """Wide punctuation brings its own space."""
    for match in _GAP.finditer(text):
        yield match.start(), match.end(), ""


RULES: tuple[tuple[str, Rule], ...] = (
    (",;:?!", marks), ("()", brackets), ('"＂', quotes), ("'＇’", single_quotes),
    ("。.…·", dots), ("-—", dashes), (" ", gaps),
)  # fmt: skip
"""The rules in their order, each with the characters of which one at least must be there."""


def _beside(text: str, at: int) -> bool:
    """Whether the bracket at *at* has a Chinese character beside it, or a space before that."""
    before, after = text[:at][-2:] if at < 2 else text[at - 2 : at], text[at + 1 : at + 3]
    if text[at] == "(":
        before = before.rstrip(" ")
    return bool(_IS_HAN.now.fullmatch(before[-1:]) or _IS_HAN.now.fullmatch(after[:1]))


def _among_han(text: str, start: int, stop: int) -> bool:
    """Whether a Chinese character stands on one side, and no Latin word on both."""
    before = text[max(0, start - 2) : start].rstrip(" ")[-1:]
    after = text[stop : stop + 2].lstrip(" ")[:1]
    near = before + after
    if _IS_HAN.now.search(near):
        return True
    # After “ or at the end of a Chinese sentence's quotation.
    return not any(map(_is_latin, near)) and bool(_HAS_HAN.now.search(text))


def _is_chinese(text: str, begin: int, end: int) -> bool:
    """Whether a Chinese character stands between the quotes at *begin* and *end* or beside them."""
    beside = text[max(0, begin - 1) : begin] + text[end + 1 : end + 2]
    return bool(_IS_HAN.now.search(beside) or _HAS_HAN.now.search(text, begin, end))


def _closes(text: str, at: int) -> bool:
    """Whether a quote at *at* can only end something: a word before it, none after it."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return bool(before) and not before.isspace() and (not after or after in _ENDS)


def _is_latin(char: str) -> bool:
    return char.isalnum() and not _IS_HAN.now.fullmatch(char)
