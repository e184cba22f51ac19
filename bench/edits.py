"""What editors do, done to a made-up anthology: other stories each round, never the same words.

Nothing is undone. Whatever is measured next begins with the anthology as the last edit left it, as
it does for an editor.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from anthology import sentence, story

APART = 613
"""Between the stories of two rounds; a prime, so that no story comes again soon."""


class Edit(NamedTuple):
    """The file that was written, the page (``stories/one/``) that must show it, and its words."""

    file: Path
    page: str
    words: str


def body(source: Path, number: int) -> Edit:
    """A sentence is added in the midst of a story."""
    file = _story(source, number)
    head, text = _parts(file)
    paragraphs = text.split("\n\n")
    place = next(
        place
        for place in range(len(paragraphs) // 2, len(paragraphs))
        if not paragraphs[place].startswith("#")
    )
    words = f"第{number}次修改：{sentence(random.Random(number), 6)}"
    paragraphs[place] = paragraphs[place].rstrip("\n") + words
    _write(file, head + "\n\n".join(paragraphs).rstrip("\n") + "\n")
    return Edit(file, f"stories/{file.parent.name}/", words)


def title(source: Path, number: int) -> Edit:
    """A story gets another title."""
    file = _story(source, number + 1)
    old = _value(file, "title")
    words = f"{sentence(random.Random(number), 3)[:-1]}改{number}"
    _replace(file, f"title: {old}\n", f"title: {words}\n")
    return Edit(file, f"stories/{file.parent.name}/", words)


def added(source: Path, number: int) -> Edit:
    """A story comes late: somewhere in the years, in a team and at a service point."""
    stories = len(list((source / "content/stories").iterdir()))
    points = len(list((source / "content/communities").iterdir()))
    file = source / f"content/stories/late-{number:06d}/index.md"
    chance = random.Random(f"late {number}")
    # The generator counts teams by a number of stories that has not grown.
    begun = stories - len(list(file.parent.parent.glob("late-*")))
    _write(file, story(chance, begun + number, begun, points))
    return Edit(file, f"stories/{file.parent.name}/", _value(file, "title"))


def renamed(source: Path, number: int) -> Edit:
    """A team gets another name; the stories go on using the old one, which is kept as an alias."""
    teams = len(list((source / "content/teams").iterdir()))
    file = source / f"content/teams/team-{number % teams}/index.md"
    first = _value(file, "aliases").strip("[]") or _value(file, "title")
    words = f"{first}第{number}分队"
    _write(file, f"---\ntitle: {words}\naliases: [{first}]\n---\n")
    return Edit(file, f"teams/{file.parent.name}/", words)


EDITS: dict[str, Callable[[Path, int], Edit]] = {
    "body": body,
    "title": title,
    "added": added,
    "renamed": renamed,
}
"""By the name of the question."""


def _story(source: Path, number: int) -> Path:
    stories = source / "content/stories"
    begun = len(list(stories.glob("story-*")))
    return stories / f"story-{number * APART % begun:06d}/index.md"


def _value(file: Path, key: str) -> str:
    """What stands behind *key* in the frontmatter; "" if it is not there."""
    lines = _parts(file)[0].splitlines()
    return next((line[len(key) + 2 :] for line in lines if line.startswith(f"{key}: ")), "")


def _parts(file: Path) -> tuple[str, str]:
    """The frontmatter with its fences, and the text."""
    head, text = file.read_text(encoding="utf-8").removeprefix("---\n").split("---\n", 1)
    return f"---\n{head}---\n", text


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    _write(file, text.replace(old, new, 1))


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())
