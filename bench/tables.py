"""Figures as people read them, and the place in README.md where the last ones stand."""

from __future__ import annotations

import datetime as dt
import os
import platform
from collections.abc import Sequence
from pathlib import Path
from statistics import median

README = Path(__file__).resolve().parent / "README.md"


def middle(values: Sequence[float], form: str) -> str:
    """The median of *values*; "" where there are none."""
    return format(median(values), form) if values else ""


def ratio(ones: Sequence[float], others: Sequence[float]) -> str:
    """The median of the ratios round by round, with the least and the most: ``0.43 (0.41–0.47)``.

    "" where something could not be measured.
    """
    if not others or not all(others):
        return ""
    found = sorted(one / other for one, other in zip(ones, others, strict=True))
    form = ".3f" if median(found) < 0.1 else ".2f"
    most = f" ({found[0]:{form}}–{found[-1]:{form}})" if len(found) > 1 else ""
    return f"{median(found):{form}}{most}"


def machine() -> str:
    """The day, the processor with its cores, the system and the Python."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    names = (line.partition(": ")[2] for line in lines if line.startswith("model name"))
    today = dt.datetime.now(tz=dt.UTC).date()
    return (
        f"{today}, {next(names, platform.processor() or platform.machine())}, "
        f"{os.cpu_count()} cores, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}"
    )


def has_place(name: str, readme: Path = README) -> bool:
    """Whether *readme* has the marks between which `keep` writes."""
    text = readme.read_text(encoding="utf-8")
    return f"<!-- {name} -->\n" in text and f"<!-- /{name} -->" in text


def keep(name: str, lines: Sequence[str], readme: Path = README) -> None:
    """Let *lines* stand in *readme* between the two marks of *name*, instead of the last ones.

    Raises ValueError if the marks are missing.
    """
    begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
    before, found, rest = readme.read_text(encoding="utf-8").partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise ValueError(f"{readme} has no {begin.strip()} … {end}")
    told = "\n".join(lines)
    readme.write_bytes(f"{before}{begin}{told}\n{end}{after}".encode())
