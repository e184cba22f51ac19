"""What a command says: sentences in the language of the site, progress, any console encoding."""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from candlelight.messages import load
from candlelight.problems import Problem, Severity, as_text

if TYPE_CHECKING:
    from rich.progress import Progress

_LANGUAGE = re.compile(
    r"^(?:\ufeff)?(?:language|语言|語言)\s*[:：]\s*['\"]?([A-Za-z-]+)", re.MULTILINE
)


def site_language(source: Path) -> str:
    """The language that ``site.yaml`` names, by a look at its lines; zh-Hans without one."""
    try:
        head = (source / "site.yaml").read_text("utf-8", errors="replace")[:20_000]
    except OSError:
        return "zh-Hans"
    found = _LANGUAGE.search(head)
    return found.group(1) if found else "zh-Hans"


def mend_streams() -> None:
    """Let every console show every name: what its encoding lacks is escaped, never a crash."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


class Console:
    """Speaks one language to one pair of streams."""

    def __init__(self, language: str, out: TextIO | None = None, err: TextIO | None = None) -> None:
        self.language = language
        self.out = out or sys.stdout
        self.err = err or sys.stderr
        self._words: Mapping[str, Any] | None = None

    def text(self, key: str, **given: object) -> str:
        """The sentence *key* with its braces filled. Raises KeyError for an unknown key."""
        if self._words is None:
            self._words = load("console", self.language)
        return str(self._words[key]).format_map(given)

    def say(self, key: str, **given: object) -> None:
        """Print the sentence *key*."""
        print(self.text(key, **given), file=self.out, flush=True)

    def complain(self, key: str, **given: object) -> None:
        """Print the sentence *key* where errors go."""
        print(self.text(key, **given), file=self.err, flush=True)

    def problem_words(self) -> Mapping[str, Any]:
        """The sentences of problems."""
        return load("problems", self.language)

    def show(self, problems: Iterable[Problem]) -> None:
        """Print *problems* where errors go; errors last, next to the prompt."""
        words = self.problem_words()
        for problem in sorted(problems, key=lambda one: _WEIGHT[one.severity]):
            head, _, hint = as_text(problem, words).partition("\n")
            colour = _COLOURS[problem.severity] if self._has_colours() else ""
            print(f"{colour}{head}{colour and _PLAIN}", file=self.err)
            if hint:
                print(hint, file=self.err)

    def _has_colours(self) -> bool:
        """A terminal that knows colours, unless its owner wants none (no-color.org)."""
        known = sys.platform != "win32" or "WT_SESSION" in os.environ
        return known and self.err.isatty() and not os.environ.get("NO_COLOR")

    @contextlib.contextmanager
    def progress(self) -> Iterator[Callable[[str, int], Callable[[int], object]]]:
        """Tell of long work: a bar a step on a terminal, elsewhere one line when a step is long."""
        if self.err.isatty():
            with self._bars() as bars:
                # What is said meanwhile goes above the bars.
                own, self.err = self.err, sys.stderr
                try:
                    yield lambda step, total: self._bar(bars, step, total)
                finally:
                    self.err = own
        else:
            yield self._line

    def _bars(self) -> Progress:
        from rich.console import Console as Terminal
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        terminal = Terminal(file=self.err, stderr=True)
        return Progress(*columns, console=terminal, transient=True)

    def _bar(self, bars: Progress, step: str, total: int) -> Callable[[int], object]:
        task = bars.add_task(self.text(f"step-{step}"), total=total)
        return lambda count: bars.advance(task, count)

    def _line(self, step: str, total: int) -> Callable[[int], object]:
        """One line a step, and only for a step that lasts: a quick build stays quiet."""
        started, done, told = time.monotonic(), 0, False

        def advance(count: int) -> None:
            nonlocal done, told
            done += count
            if not told and done < total and time.monotonic() - started > _PATIENCE:
                told = True
                self.complain("step-line", step=self.text(f"step-{step}"), total=total)

        return advance


_WEIGHT = {Severity.NOTICE: 0, Severity.WARNING: 1, Severity.ERROR: 2}
_COLOURS = {
    Severity.NOTICE: "\x1b[2m",
    Severity.WARNING: "\x1b[33m",
    Severity.ERROR: "\x1b[1;31m",
}
_PLAIN = "\x1b[0m"
_PATIENCE = 2.0
"""Seconds without a word that nobody minds."""
