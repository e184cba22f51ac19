"""What Jinja2 has made of templates, kept from run to run (recall.py).

Compiling those of one page takes as long as fifty pages. Nothing here needs Jinja2.
"""

from __future__ import annotations

from candlelight.recall import Answers


def _unknown(_: str) -> bytes:
    raise KeyError


compiled: Answers[bytes] = Answers("compiled", _unknown, most=64)
"""The byte code of each template, by its place and the digest of its source."""
