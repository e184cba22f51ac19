"""Pools of processes on this machine: how they start, what they know, how they end.

Nothing that a process is given may depend on how it was started: the results are the same.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.context import BaseContext

_KNOWN = [
    "candlelight.run.silence",
    "candlelight.run.reading",
    "candlelight.read.document",
    "candlelight.make.products",
    "candlelight.make.rendering",
    "candlelight.make.cards",
    "segno",
]
"""What nearly every worker needs; the server of workers imports it once for all of them."""


def pool(count: int, *, anew: bool = False) -> ProcessPoolExecutor:
    """A pool of *count* processes; with *anew* each piece of work has one of its own."""
    context = _context()
    _serve(context)
    return ProcessPoolExecutor(
        count,
        mp_context=context,
        # One or no limit: with any other, Python before 3.15 may wait for ever
        # (github.com/python/cpython/issues/115634).
        max_tasks_per_child=1 if anew else None,
        initializer=_begin,
    )


def warm() -> None:
    """Start the server of workers without waiting for it, where there is one."""
    _serve(_context())


def terminate(executor: object) -> None:
    """End the processes of a pool in the middle of their work."""
    for process in list((getattr(executor, "_processes", None) or {}).values()):
        process.terminate()


def start_method() -> str:
    """How processes start here: forked from a clean server, or where none can be, spawned.

    They inherit nothing from the build: threads, locks and open files cannot cross. On macOS the
    system's own libraries forbid forking once they have been touched; Windows cannot fork.
    """
    methods = multiprocessing.get_all_start_methods()
    return "forkserver" if "forkserver" in methods and sys.platform != "darwin" else "spawn"


def _context() -> BaseContext:
    context = multiprocessing.get_context(start_method())
    context.set_forkserver_preload(_KNOWN)
    return context


def _serve(context: BaseContext) -> None:
    """Have the server of workers run, out of reach of Ctrl-C from its first moment."""
    if sys.platform == "win32" or context.get_start_method() != "forkserver":
        return
    from multiprocessing import resource_tracker
    from multiprocessing.forkserver import ensure_running

    # First, for its start blocks Ctrl-C itself, and lets it through again.
    resource_tracker.ensure_running()
    # Processes inherit what is blocked. While it imports, the server would die with a traceback.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin() -> None:
    """What every worker does first."""
    # What is here stays, and what comes has few rings of garbage to look for.
    gc.freeze()
    gc.set_threshold(50_000)
    # Ctrl-C reaches every process of a terminal; the one that started them answers it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    # A worker holds both ends of its own queue: it would never learn that a killed build is gone.
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
