"""Something an editor asked for that would lose or confuse what is there."""

from __future__ import annotations


class Refused(Exception):
    """Nothing was done; *reason* is a message key of the console, *given* fills its sentence."""

    def __init__(self, reason: str, **given: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.given = given


def short(text: str) -> str:
    """*text* as a sentence can quote it."""
    return text if len(text) <= 40 else f"{text[:39]}…"
