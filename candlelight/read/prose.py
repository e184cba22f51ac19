"""Sentences in Chinese or Latin letters: how their lines join, and how many of them say enough."""

from __future__ import annotations

import re
from collections.abc import Iterable

from candlelight.patterns import Late

_WIDE = (
    "\u2014\u2018-\u201d\u2026\u00b7\u2e80-\u303f\u3040-\u30ff\u31c0-\u31ef\u3400-\u9fff"
    "\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
)
_WIDE_SIGN = Late(rf"[{_WIDE}]")
_USUAL_ENDS = "。！？…”」』）："
JOINT = Late(rf"(?<=[{_WIDE}])((?:</?[a-z][^<>]*>)*)\n((?:</?[a-z][^<>]*>)*)(?=[{_WIDE}])")
"""A line feed between Chinese characters, where no space belongs, and the tags around it."""
_SENTENCE = re.compile(r"[。！？!?…]+[”’」』）)]*")
EXCERPT = 90


def excerpt(prose: Iterable[str]) -> str:
    """The first some 90 characters of *prose*, to the end of a sentence if one is near."""
    text = ""
    for paragraph in prose:
        text = f"{text}{'' if not text or _is_wide(text[-1]) else ' '}{paragraph}"
        if len(text) > 2 * EXCERPT:
            break
    if len(text) <= EXCERPT + 10:
        return text
    ends = [match.end() for match in _SENTENCE.finditer(text, 0, EXCERPT + 10)]
    if ends and ends[-1] >= EXCERPT // 2:
        return text[: ends[-1]]
    return text[:EXCERPT].rstrip("，、；：,;: ") + "…"


def _is_wide(sign: str) -> bool:
    return sign in _USUAL_ENDS or bool(_WIDE_SIGN.now.match(sign))
