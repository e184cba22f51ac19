"""How a line is set for display; what the editor typed stays as it is in the source."""

from __future__ import annotations

import re
import unicodedata

_HAN = r"[\u3400-\u9fff\uf900-\ufaff\u3001-\u3011《》“”（）]"
_NARROW = re.compile(rf"(?<={_HAN})[,;:?!](?!\d)")
_WIDE = str.maketrans(",;:?!", "，；：？！")
_TOUCHED = re.compile(r"[,;:?!]|。。|\.{3}")
_DOTS = re.compile(r"。{2,}|\.{3,}(?=[\u3400-\u9fff]|$)")


def display(text: str) -> str:
    """*text* with ``,;:?!`` after a Chinese character in full width, and dots as ……"""
    if not _TOUCHED.search(text):  # Nearly every name and title.
        return text
    return _DOTS.sub("……", _NARROW.sub(lambda match: match.group().translate(_WIDE), text))


def runs_leftwards(text: str) -> bool:
    """Whether the first letter of *text* belongs to a script that is written from right to left."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in {"L", "R", "AL"}:
            return kind != "L"
    return False
