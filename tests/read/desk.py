"""What the fixtures of these tests are, for whoever reads a signature; an anthology read whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from candlelight.read.jobs import ReadDocument
from candlelight.read.library import Library
from candlelight.run.cache import Cache
from candlelight.run.execute import Workers
from candlelight.run.reading import read_anthology
from candlelight.run.remember import Memory

Read = Callable[..., ReadDocument]
"""Reads a text (and names of photos beside it) as the story ``first-snow``."""

Codes = Callable[[ReadDocument], list[str]]
"""The codes of what was said of a text, in order."""

Lay = Callable[[Mapping[str, str | bytes | tuple[int, int]]], Path]
"""Lays files (path: text, bytes, or a photo's size in pixels) and gives their folder."""


def read_library(root: Path) -> Library:
    """The anthology at *root*, read in this process and without a memory of earlier builds."""
    # Kept open, in memory: the library fetches its texts when they are asked for.
    cache = Cache.open(None, "")
    return read_anthology(root, Memory(cache, Workers(1)), lambda _step, _total: str).library
