"""What the preview shows right now, told by the one thread that builds to all that serve."""

from __future__ import annotations

import threading
import time

import msgspec

from candlelight.problems import Problem


class Standing(msgspec.Struct, frozen=True):
    """One state of the preview; *generation* differs for every state, also after a restart.

    *trouble* is why the last build came to nothing, "" if it did not; *root* is the path of the
    base URL, ``/`` or ``/sub/``.
    """

    generation: str
    problems: tuple[Problem, ...] = ()
    language: str = "zh-Hans"
    trouble: str = ""
    root: str = "/"


class Board:
    """Holds the present standing, and wakes who waits for the next."""

    def __init__(self) -> None:
        self._started = f"{time.time_ns():x}"
        self._count = 0
        self._news = threading.Condition()
        self._closed = False
        self.standing = Standing(f"{self._started}-0")

    def show(
        self,
        problems: tuple[Problem, ...],
        language: str,
        trouble: str = "",
        *,
        root: str = "/",
        moved: bool = True,
    ) -> bool:
        """Tell of a build; False if nothing is new: no file *moved*, no problem came or went."""
        with self._news:
            old = self.standing
            same = (problems, language, trouble) == (old.problems, old.language, old.trouble)
            if same and not moved:
                return False
            self._count += 1
            generation = f"{self._started}-{self._count}"
            self.standing = Standing(generation, problems, language, trouble, root)
            self._news.notify_all()
            return True

    def wait(self, seen: str, seconds: float) -> Standing | None:
        """The first standing that is not *seen*, or None after *seconds* or once it is closed."""
        with self._news:
            self._news.wait_for(lambda: self._closed or self.standing.generation != seen, seconds)
            return None if self.standing.generation == seen else self.standing

    @property
    def closed(self) -> bool:
        """Whether the preview has ended."""
        return self._closed

    def close(self) -> None:
        """Let everybody who waits go."""
        with self._news:
            self._closed = True
            self._news.notify_all()
