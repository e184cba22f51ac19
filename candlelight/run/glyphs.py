"""Which Chinese characters of the headings the Kai lacks: readers see another face there."""

from __future__ import annotations

import hashlib
from pathlib import Path

from candlelight.make.products import FontJob, lacking
from candlelight.patterns import Late
from candlelight.problems import Place, Problem, notice
from candlelight.run.remember import Memory

_NOT_HAN = Late(r"[^\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
"""Other scripts have faces of their own, so that the Kai is not asked for them."""


def glyph_notices(characters: str, font: Path, memory: Memory) -> list[Problem]:
    """At most one notice, with all Chinese characters of *characters* that *font* cannot show."""
    job = FontJob(str(font), _NOT_HAN.now.sub("", characters))
    stamp = font.stat()
    parts = (job.font, stamp.st_size, stamp.st_mtime_ns, job.characters)
    key = hashlib.sha256(repr(parts).encode()).hexdigest()
    found = memory.results(
        "glyphs",
        lacking,
        {key: job},
        str,
        prepare=lambda job: job,
        batch=1,
        alone=1,
        valid=_always,
        keep=_always,
    )
    return [
        notice("glyph-missing", Place("site.yaml"), characters=missing)
        for missing in found.values()
        if missing
    ]


def _always(_: str) -> bool:
    return True  # No character missing is a finding too.
