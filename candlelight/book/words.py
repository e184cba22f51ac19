"""The words of the books, ``templates/messages/book.<language>.yaml`` and ``epub.…``.

By key, braces filled in.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Words = Mapping[str, Any]
"""Words by key; ``where`` alone is a group of words."""


def say(words: Words, key: str, **given: object) -> str:
    """The words *key* with what its braces name. Raises KeyError for an unknown key."""
    text = str(words[key])
    try:
        return text.format_map(given)
    except (KeyError, ValueError, IndexError):
        return text  # An anthology's own words: shown as they stand, they tell their fault.


def in_words(size: int) -> str:
    """``820 KB``, ``3.4 MB``; *size* is in bytes."""
    return f"{size / 1e6:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1e3))} KB"
