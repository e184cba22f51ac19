"""What the fixtures of these tests are, for whoever reads a signature."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from candlelight.read.document import ReadDocument

Read = Callable[..., ReadDocument]
"""Reads a text (and names of photos beside it) as the story ``first-snow``."""

Codes = Callable[[ReadDocument], list[str]]
"""The codes of what was said of a text, in order."""

Lay = Callable[[Mapping[str, str | bytes | tuple[int, int]]], Path]
"""Lays files (path: text, bytes, or a photo's size in pixels) and gives their folder."""
