"""Words as XML: whatever an editor typed, what comes out is well formed."""

from __future__ import annotations

from html import escape

from candlelight.patterns import Late

_UNHELD = Late("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def held(markup: str) -> str:
    """*markup* without the characters that XML cannot hold: controls, halves of surrogates."""
    return markup if markup.isascii() and markup.isprintable() else _UNHELD.now.sub("", markup)


def text(words: str) -> str:
    """*words* as they stand between tags."""
    return held(escape(words, quote=False))


def attribute(name: str, value: str) -> str:
    """`` name="value"``, with the space before it."""
    return f' {name}="{held(escape(value))}"'
