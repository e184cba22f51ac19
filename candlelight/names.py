"""Names as people write them: one person or team in either script, with whatever dot.

A folded name serves comparison only; what an editor typed is what readers see.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Iterable

from candlelight.patterns import Late
from candlelight.recall import answers

_DOTS = re.compile(r"\s*[·•・‧∙⋅･．﹒.]\s*")
_WIDE = "\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_GAPS = Late(rf"(?<=[{_WIDE}·])\s+(?=[{_WIDE}·])")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]"
)


@functools.lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """The form in which two spellings of one name are equal; ``""`` for an empty name.

    Width and compatibility forms (NFKC), letter case, script (Traditional to Simplified), the
    kind of dot, and spaces beside a dot or between Chinese characters make no difference.
    """
    return fold_text(name) if name.isascii() else folded(name)


def fold_text(text: str) -> str:
    """A whole text folded like a name, to look for names in it; not remembered."""
    text = unicodedata.normalize("NFKC", text)
    if text.isascii():
        return " ".join(text.split()).casefold()
    text = _INVISIBLE.sub("", text)
    text = _GAPS.now.sub("", _DOTS.sub("·", text.strip()))
    return " ".join(_converter("t2s")(text).split()).casefold()


def nearest(name: str, known: Iterable[str], at_least: float = 0.74) -> str:
    """The one of *known* that *name* is most likely a slip of, or ``""``.

    *at_least* is the share of characters that must agree (0 to 1). The default lets four
    characters differ in one; names of three characters that differ in one are two people.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    others = {fold(other): other for other in known}
    others.pop(fold(name), None)
    found = process.extractOne(
        fold(name), list(others), scorer=OSA.normalized_similarity, score_cutoff=at_least
    )
    return others[found[0]] if found else ""


_asked: set[str] = set()
"""By whatever command: a build, which folds every name, leaves a book the scripts of them."""


@answers("folded", used=_asked)
def folded(name: str) -> str:
    """*name* as `fold` gives it, remembered from run to run (recall.py)."""
    return fold_text(name)


@answers("simplified", used=_asked)
def simplified(name: str) -> str:
    """*name* in Simplified Chinese."""
    return _converter("t2s")(name)


@answers("traditional", used=_asked)
def traditional(name: str) -> str:
    """*name* in Traditional Chinese."""
    return _converter("s2t")(name)


@functools.cache
def _converter(way: str) -> Callable[[str], str]:
    # Late: opening the dictionaries costs more than a whole build in which nothing changed.
    import opencc

    convert: Callable[[str], str] = opencc.OpenCC(way).convert
    return convert
