"""Ctrl-C does not fall into what must be finished once it has begun."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator


@contextlib.contextmanager
def held_back() -> Iterator[None]:
    """Let nobody interrupt the block; who tries is not heard, for it ends soon and as asked.

    Only the main thread is ever interrupted; in another one this does nothing.
    """
    try:
        before = signal.signal(signal.SIGINT, lambda _number, _frame: None)
    except ValueError:
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
