"""Answers of slow libraries outlast a run, and never the question, the library or the cache."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from candlelight.recall import Answers
from candlelight.run import recollection as subject
from candlelight.run.cache import FILE, Cache
from candlelight.run.recollection import recollection
from candlelight.run.version import code_version


class Library:
    """Knows what everything is in capitals, and counts how often it was asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, most: int = 0) -> None:
        self.asked: list[str] = []
        self.most = most
        self.monkeypatch = monkeypatch

    def run(self, folder: Path, *questions: str) -> list[Any]:
        """A process that asks *questions*."""
        answers: Answers[Any] = Answers("capitals", self._ask, self.most)
        self.monkeypatch.setattr(subject, "_ALL", (answers,))
        self.asked.clear()
        with recollection(folder):
            return [answers(question) for question in questions]

    def _ask(self, question: str) -> object:
        self.asked.append(question)
        return {"day": {1, 2}}.get(question, question.upper())


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Library:
    return Library(monkeypatch)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Cache.open(tmp_path, "").close()
    return tmp_path


def test_a_question_is_asked_once(library: Library, folder: Path) -> None:
    assert library.run(folder, "a", "b", "a") == ["A", "B", "A"]
    assert library.asked == ["a", "b"]
    assert library.run(folder, "b", "a") == ["B", "A"]
    assert library.asked == []


def test_a_name_that_nobody_asks_for_any_more_is_gone_from_the_cache(
    library: Library, folder: Path
) -> None:
    library.run(folder, "a", "taken-down")
    assert b"taken-down" in _stored(folder)
    library.run(folder, "a")
    assert "taken-down" not in _answers(folder)


def test_what_is_no_name_stays_though_another_command_asked(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    library = Library(monkeypatch, most=2)
    library.run(folder, "a")
    library.run(folder, "b")
    library.run(folder, "a", "b")
    assert library.asked == []
    library.run(folder, "c")
    assert set(_answers(folder)) == {"c"}


def test_what_one_kind_was_asked_the_kinds_that_share_its_questions_keep(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    def asking(*questions: str) -> tuple[Answers[str], Answers[str]]:
        used: set[str] = set()
        both = Answers("capitals", str.upper, used=used), Answers("titles", str.title, used=used)
        monkeypatch.setattr(subject, "_ALL", both)
        with recollection(folder):
            for question in questions:
                both[0](question)
            if not questions:
                both[1]("a")
                both[1]("taken-down")
        return both

    asking()
    asking("a")
    assert asking("a")[1].known == {"a": "A"}


def test_another_version_of_the_code_asks_anew(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.run(folder, "a")
    monkeypatch.setattr(subject, "code_version", lambda: "another")
    library.run(folder, "a")
    assert library.asked == ["a"]


def test_what_a_cache_would_give_back_as_something_else_is_not_kept(
    library: Library, folder: Path
) -> None:
    assert library.run(folder, "day") == [{1, 2}]
    library.run(folder, "day")
    assert library.asked == ["day"]


def test_an_error_is_no_answer(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    def fail(question: str) -> str:
        raise ValueError(question)

    answers = Answers("capitals", fail)
    monkeypatch.setattr(subject, "_ALL", (answers,))
    with recollection(folder), pytest.raises(ValueError, match="a"):
        answers("a")
    assert answers.known == {}


def test_a_folder_without_a_cache_stays_without_one(library: Library, tmp_path: Path) -> None:
    assert library.run(tmp_path / "none", "a") == ["A"]
    assert not (tmp_path / "none").exists()


def test_a_cache_that_the_command_itself_has_made_is_used(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = Answers("capitals", str.upper)
    monkeypatch.setattr(subject, "_ALL", (answers,))
    with recollection(tmp_path):
        answers("a")
        Cache.open(tmp_path, "").close()
    library.run(tmp_path, "a")
    assert library.asked == []


def test_a_damaged_cache_only_costs_time(library: Library, folder: Path) -> None:
    library.run(folder, "a")
    (folder / FILE).write_bytes(b"no database")
    assert library.run(folder, "a") == ["A"]
    assert library.asked == ["a"]


def _answers(folder: Path) -> dict[str, Any]:
    cache = Cache.open(folder, code_version())
    try:
        return cache.get("answers", ["capitals"], dict[str, Any]).get("capitals", {})
    finally:
        cache.close()


def _stored(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob(f"{FILE}*"))
