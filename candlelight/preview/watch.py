"""Which files of the anthology and of the theme were saved, as soon as they are."""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from candlelight import resources
from candlelight.preview.litter import is_litter

FOLDERS = ("content", "templates", "assets")
_STEP = 40
"""Milliseconds of silence after which a save counts as done."""
_LONGEST = 400
"""Milliseconds after which changes are told even if more keep coming."""

Changes = queue.SimpleQueue[set[str]]


@contextlib.contextmanager
def watching(source: Path, fall_back: Callable[[], None]) -> Iterator[Changes]:
    """Yield a queue of sets of changed paths; *fall_back* is told if the system gives no news.

    Folders that come, go and come again are followed.
    """
    changes: Changes = queue.SimpleQueue()
    watcher = _Watcher(source, changes, fall_back)
    threads = [threading.Thread(target=one, daemon=True) for one in (watcher.root, watcher.folders)]
    for thread in threads:
        thread.start()
    try:
        yield changes
    finally:
        watcher.stop()
        for thread in threads:
            thread.join(timeout=2)


class _Watcher:
    """Two threads: one looks at the source folder itself, one into the folders that matter."""

    def __init__(self, source: Path, changes: Changes, fall_back: Callable[[], None]) -> None:
        self._source = source
        self._changes = changes
        self._fall_back = fall_back
        self._ended = threading.Event()
        self._again = threading.Event()

    def stop(self) -> None:
        self._ended.set()
        self._again.set()

    def root(self) -> None:
        """``site.yaml``, and folders that come or go."""
        names = {"site.yaml", *FOLDERS}
        while not self._ended.is_set():
            for paths in self._watch([self._source], self._ended, recursive=False):
                wanted = {path for path in paths if Path(path).name in names}
                if any(Path(path).name != "site.yaml" for path in wanted):
                    self._again.set()
                if wanted:
                    self._changes.put(wanted)

    def folders(self) -> None:
        """Everything in the folders that exist; begun anew whenever one of them comes or goes."""
        while not self._ended.is_set():
            self._again.clear()
            folders = self._existing()
            if not folders:
                self._again.wait()
                continue
            for paths in self._watch(folders, self._again, recursive=True):
                wanted = {path for path in paths if not is_litter(path, folders)}
                if wanted:
                    self._changes.put(wanted)
            # What changed between two watches was seen by neither.
            if not self._ended.is_set():
                self._changes.put(set())

    def _existing(self) -> list[Path]:
        found = [self._source / name for name in FOLDERS if (self._source / name).is_dir()]
        for name in ("templates", "assets"):
            found += resources.folders(name, self._source)
        return list(dict.fromkeys(found))

    def _watch(
        self, folders: list[Path], stop: threading.Event, *, recursive: bool
    ) -> Iterator[set[str]]:
        # Late: only a preview needs it.
        from watchfiles import watch

        for polling in (None, True):
            try:
                for changes in watch(
                    *folders,
                    watch_filter=None,
                    debounce=_LONGEST,
                    step=_STEP,
                    stop_event=stop,
                    rust_timeout=1000,
                    yield_on_timeout=False,
                    raise_interrupt=False,
                    force_polling=polling,
                    recursive=recursive,
                ):
                    yield {path for _, path in changes}
            except FileNotFoundError:
                stop.wait(0.2)  # Gone since we looked: look again.
            except (OSError, RuntimeError):
                if polling:
                    stop.wait(1.0)
                else:
                    self._fall_back()
                    continue
            return
