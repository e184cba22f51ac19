"""Patterns that are compiled when they are first used.

One with thousands of Chinese characters in a set takes 3 ms to compile, and few texts need it.
"""

from __future__ import annotations

import functools
import re


class Late:
    """The *pattern* that `now` compiles."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    @functools.cached_property
    def now(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return re.compile(self.pattern)
