"""Which folders are no place for a site: what editors wrote, what is theirs, what is not ours."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

_WRITTEN = ("content", "templates", "assets")
"""Folders in which editors write; each may be a link to somewhere else."""
_OURS = frozenset({*_WRITTEN, "candlelight", "tests", "docs", "tools"})
"""Folders of the source that no build may replace; ``public/`` beside them is the usual place."""
_CACHE = ".candlelight"


class RefusedOutput(Exception):
    """The output folder is not safe to replace; *reason* is a message key, *given* fills it."""

    def __init__(self, reason: str, **given: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.given = given


def refuse_overlap(output: Path, source: Path) -> None:
    """Raise RefusedOutput if *output* is, contains or lies in what the editors wrote.

    A folder of its own directly inside the source (``public/``) is allowed; ``content``,
    ``templates``, ``assets`` and hidden folders of the source are not. The source is known again
    by whatever name it is reached: a link, a mount, another case.
    """
    out = output.resolve()
    kept = [source.resolve(), *((source / name).resolve() for name in _WRITTEN)]
    if any(_is_or_holds(out, folder) for folder in kept):
        inside = any(_same(out, folder) for folder in kept[1:])
        raise RefusedOutput("output-in-source" if inside else "output-holds-source", path=output)
    with contextlib.suppress(RuntimeError):  # Nobody's home.
        if _is_or_holds(out, Path.home().resolve()):
            raise RefusedOutput("output-holds-home", path=output)
    if any(_below(out, folder) for folder in kept[1:]) or _is_hidden_or_ours(_below(out, kept[0])):
        raise RefusedOutput("output-in-source", path=output)


def refuse_a_stand_in(output: Path) -> None:
    """Raise RefusedOutput if *output* is there and no folder, or a link to one."""
    if output.is_symlink() or (output.exists() and not output.is_dir()):
        raise RefusedOutput("output-not-a-folder", path=output)


def _is_hidden_or_ours(below: Path | None) -> bool:
    """Whether the path *below* the source begins with a folder that is not for a site."""
    if below is None:
        return False
    first = below.parts[0].casefold()
    if first == _CACHE:
        return len(below.parts) == 1
    return first.startswith(".") or first in _OURS


def _is_or_holds(out: Path, folder: Path) -> bool:
    return any(_same(out, one) for one in (folder, *folder.parents))


def _below(out: Path, folder: Path) -> Path | None:
    """*out* relative to *folder*, however that is called; None if it does not lie in it."""
    for above in (out, *out.parents):
        if _same(above, folder):
            return out.relative_to(above)
    return None


def _same(one: Path, other: Path) -> bool:
    if one == other:
        return True
    with contextlib.suppress(OSError):
        return os.path.samestat(one.stat(), other.stat())
    return False
