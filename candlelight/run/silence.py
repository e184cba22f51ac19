"""Imported by the server of workers alone: a build that has ended is no fault of a worker.

Where a build is interrupted while its workers begin, what they were to share is gone.
"""

from __future__ import annotations

import sys
from types import TracebackType

_GONE = (EOFError, FileNotFoundError, BrokenPipeError, ConnectionError)


def _say(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
    if not issubclass(kind, _GONE):
        sys.__excepthook__(kind, fault, trace)


sys.excepthook = _say
