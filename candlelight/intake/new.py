"""A ready document: its title filled in, every other field commented out and explained.

The form is ``templates/new/<kind>.<language>.md``; an anthology may bring its own. Nothing in it
is invented: today's date stands only in a comment.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import yaml

from candlelight import resources
from candlelight.intake.refused import Refused, short
from candlelight.intake.shelf import Shelf
from candlelight.messages import candidates
from candlelight.model import Person
from candlelight.names import fold
from candlelight.problems import Problem
from candlelight.read.document import read_document
from candlelight.read.jobs import DocumentJob

NAMED_ONCE = frozenset({"team", "community", "person"})
"""Kinds that stories name by title, so that two files of one name would be in doubt."""

_SPACES = re.compile(r"[^\S\u3000]+")
_UNPRINTABLE = re.compile(
    "[^\u0020-\u007e\u00a0-\ud7ff\ue000-\ufdcf\ufdf0-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_PLAIN = re.compile(r"[^\W\d_][\w ·—…，。？！、（）《》“”-]*")


def new_document(
    source: Path, kind: str, title: str, fields: Mapping[str, str], language: str, today: str
) -> Path:
    """Write a document of *kind* named *title* into *source*; returns the path of its text.

    *fields* are filled in beside the title. Nothing is ever overwritten. Raises Refused, and
    OSError for a disk that cannot be written.
    """
    if not source.is_dir():
        raise Refused("new-no-source", path=source)
    title = _clean(title)
    shelf = Shelf(source, kind)
    if kind in NAMED_ONCE:
        _refuse_twice(shelf, title, fields.get("team", ""))
    text = _filled(_form(kind, language, source), title, fields, today)
    if problem := _first_problem(text, kind):
        raise Refused("new-field-unclear", code=problem.code, **_shown(problem))
    return _write(shelf, title, text)


def _clean(title: str) -> str:
    """*title* on one line, without what no text file can carry. Raises Refused if none is left."""
    clean = _UNPRINTABLE.sub("", _SPACES.sub(" ", title)).strip()
    if not clean:
        raise Refused("new-title-empty")
    return clean


def _refuse_twice(shelf: Shelf, title: str, team: str) -> None:
    """A name has one file, but for namesakes: people of two teams."""
    for read in shelf.documents():
        document = read.document
        if not document or fold(title) not in map(fold, (document.title, *document.aliases)):
            continue
        other = document.team.text if isinstance(document, Person) and document.team else ""
        if not (team and other and fold(team) != fold(other)):
            raise Refused("new-known-already", title=short(title), path=read.path)


def _form(kind: str, language: str, source: Path) -> str:
    for tag in candidates(language):
        try:
            return resources.find(f"templates/new/{kind}.{tag}.md", source).read_text("utf-8")
        except FileNotFoundError:
            continue
    raise FileNotFoundError(f"templates/new/{kind}.en.md")


def _filled(form: str, title: str, fields: Mapping[str, str], today: str) -> str:
    text = form.replace("{today}", today)
    for key, value in fields.items():
        empty = f"\n#{key}:\n"
        if empty not in text:
            raise Refused("new-field-unknown", field=key)
        text = text.replace(empty, f"\n{key}: {_scalar(_clean(value))}\n")
    # Last: a title may hold braces itself.
    return text.replace("{title}", _scalar(title), 1)


def _scalar(text: str) -> str:
    """*text* as YAML reads it back: as it stands where that is safe, else in double quotes."""
    if _PLAIN.fullmatch(text) and yaml.safe_load(f"key: {text}") == {"key": text}:
        return text
    return json.dumps(text, ensure_ascii=False)


def _first_problem(text: str, kind: str) -> Problem | None:
    """What our own reading would say of *text*: nothing, but for a date that means none."""
    problems = read_document(DocumentJob("", kind, text.encode())).problems
    return problems[0] if problems else None


def _shown(problem: Problem) -> dict[str, str]:
    return {"value": next(iter(problem.given.values()), "")}


def _write(shelf: Shelf, title: str, text: str) -> Path:
    shelf.folder.mkdir(parents=True, exist_ok=True)
    for slug in shelf.free_slugs(title):
        path = shelf.folder / f"{slug}.md"
        try:
            if shelf.kind != "person":
                path = shelf.folder / slug / "index.md"
                path.parent.mkdir()
            file = path.open("x", encoding="utf-8", newline="\n")
        except FileExistsError:
            continue  # Somebody else was quicker: the next name.
        try:
            with file:
                file.write(text)
        except OSError:
            # A full disk; the folder and the file are our own, half a form helps nobody.
            path.unlink()
            if shelf.kind != "person":
                path.parent.rmdir()
            raise
        return path
    raise AssertionError("names never run out")
