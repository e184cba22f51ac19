"""Characters that are set apart: scripts from right to left, emoji, and those that print nothing.

Bidi overrides and embeddings could turn the words of others around, so they go; the base
direction of a paragraph comes from its first letter. Private use stays: a font of the anthology
may have it, and where none has, it is reported. Sources: Unicode emoji-data 16, UAX #9.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from candlelight.patterns import Late

_GONE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u034f\u180e\u200b\u202a-\u202e\u2060-\u2069"
    "\ud800-\udfff\ufeff\ufff0-\ufffc\ufffe\uffff\U000e0001]|(?<![^\\W\\d_])\u00ad|\u00ad(?![^\\W\\d_])"
)
_HALF = frozenset(map(chr, range(0xD800, 0xE000)))
_INVISIBLE = re.compile(
    "[\u061c\u200c-\u200f\ufe00-\ufe0f\U000e0020-\U000e007f\U000e0100-\U000e01ef]"
)
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_JOINERS = re.compile(
    "(?<![\u0900-\u0dff\u1000-\u109f\u1780-\u18af])[\u200c\u200d]|[\u061c\u200e\u200f\U000e0020-\U000e007f]"
)

_LEFTWARDS = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_RIGHT = (
    f"[{_LEFTWARDS}](?:[{_LEFTWARDS}\\s\\d.,:;!?()«»%/\u200c-\u200f\u2010-\u2015-]*[{_LEFTWARDS}])?"
)

# Emoji that are pictures by themselves, and signs of text that a selector makes pictures.
_PICTURE = (
    "\u231a\u231b\u2328\u23cf\u23e9-\u23f3\u23f8-\u23fa\u2600-\u2604\u260e\u2611\u2614\u2615\u2618"
    "\u261d\u2620\u2622\u2623\u2626\u262a\u262e\u262f\u2638-\u263a\u2648-\u2653\u265f\u2668\u267b"
    "\u267e\u267f\u2692-\u2697\u2699\u269b\u269c\u26a0\u26a1\u26a7\u26aa\u26ab\u26b0\u26b1\u26bd"
    "\u26be\u26c4\u26c5\u26c8\u26ce\u26cf\u26d1\u26d3\u26d4\u26e9\u26ea\u26f0-\u26f5\u26f7-\u26fa"
    "\u26fd\u2702\u2705\u2708-\u270d\u270f\u2712\u2714\u2716\u271d\u2721\u2728\u2733\u2734\u2744"
    "\u2747\u274c\u274e\u2753-\u2755\u2757\u2763\u2764\u2795-\u2797\u27a1\u27b0\u27bf\u2934\u2935"
    "\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55\U0001f004\U0001f0cf\U0001f18e\U0001f191-\U0001f19a"
    "\U0001f1e6-\U0001f1ff\U0001f201\U0001f21a\U0001f22f\U0001f232-\U0001f236\U0001f238-\U0001f23a"
    "\U0001f250\U0001f251\U0001f300-\U0001f64f\U0001f680-\U0001f6ff\U0001f7e0-\U0001f7eb"
    "\U0001f7f0\U0001f900-\U0001f9ff\U0001fa70-\U0001faff"
)
_SIGN = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u2199\u21a9\u21aa\u24c2\u25aa\u25ab\u25b6\u25c0"
    "\u25fb-\u25fe\u2640\u2642\u2660\u2663\u2665\u2666\u3030\u303d\u3297\u3299\U0001f170\U0001f171"
    "\U0001f17e\U0001f17f\U0001f202\U0001f237"
)
_ONE = (
    f"(?:[{_PICTURE}][\ufe0e\ufe0f]?|[{_SIGN}]\ufe0f)"
    "[\U0001f3fb-\U0001f3ff]?[\U000e0020-\U000e007f]*"
)
_EMOJI = (
    f"(?:[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3"
    f"|{_ONE}(?:\u200d(?:{_ONE}|[{_SIGN}])[\U0001f3fb-\U0001f3ff]?)*)+"
)
_APART = Late(f"(?P<m>{_EMOJI})|(?P<r>{_RIGHT})")
_UNUSUAL = re.compile(
    f"[{_LEFTWARDS}{_PICTURE}{_SIGN}\u061c\u200c-\u200f\u20e3\ufe00-\ufe0f\U000e0020-\U000e01ef]"
)


def without_controls(text: str) -> str:
    """*text* without characters that print nothing; half a character is shown as lost."""
    return _GONE.sub(lambda match: "\ufffd" if match[0] in _HALF else "", text)


def parted(pieces: Sequence[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
    """*pieces* with right-to-left passages (style ``r``) and emoji (``m``) set apart."""
    for text, style, link in pieces:
        if not _UNUSUAL.search(text):
            yield text, style, link
        elif "y" in style or style in ("n", "i"):
            yield _INVISIBLE.sub("", text), style, link
        else:
            yield from _parted(text, style, link)


def _parted(text: str, style: str, link: str) -> Iterator[tuple[str, str, str]]:
    at = 0
    for match in _APART.now.finditer(text):
        yield _plain(text[at : match.start()]), style, link
        kind = match.lastgroup or ""
        yield _SELECTORS.sub("", match[0]), "".join(sorted(style + kind)), link
        at = match.end()
    yield _plain(text[at:]), style, link


def _plain(text: str) -> str:
    return _JOINERS.sub("", _SELECTORS.sub("", text))
