"""Whether a book can be set here: an installation of the site alone lacks what typesets."""

from __future__ import annotations

from importlib.util import find_spec

from candlelight.console import Console

NEEDS = ("typst", "pikepdf")
"""The packages that the PDF needs besides those of the site; the e-book needs neither."""


def can_typeset(console: Console) -> bool:
    """Whether the packages are there; if not, *console* has told which are missing."""
    missing = [name for name in NEEDS if find_spec(name) is None]
    if missing:
        console.complain("book-libraries", names=" ".join(missing))
    return not missing
