"""Every problem has words in both languages and a paragraph in the list for editors."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from candlelight import problems
from candlelight.problems import Place

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("zh-Hans", "en")
# Named in the design, not told by any part yet.
SEVERITIES = {"error": "错误", "warning": "提醒", "notice": "说明"}


def words(language: str) -> dict[str, dict[str, str]]:
    path = ROOT / f"templates/messages/problems.{language}.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def calls() -> Iterator[tuple[str, str, set[str | None], str]]:
    """Each (code, severity, names given, file) that the package spells out."""
    for path in sorted((ROOT / "candlelight").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id in SEVERITIES and node.args and isinstance(node.args[0], ast.Constant):
                given = {keyword.arg for keyword in node.keywords}
                yield node.args[0].value, node.func.id, given, path.name


def strings() -> Iterator[str]:
    """Every string in the package: a code may be chosen before it is used."""
    for path in (ROOT / "candlelight").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def braces(text: str) -> set[str]:
    return set(re.findall(r"(?<!\{)\{(\w+)\}", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_has_a_sentence_and_gives_what_the_sentence_names(language: str) -> None:
    known = words(language)
    for code, _, given, file in calls():
        assert code in known, f"{file}: {code}"
        named = braces(known[code]["message"]) | braces(known[code]["hint"])
        assert None in given or named <= given, f"{file}: {code} lacks {named - given}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_belongs_to_a_problem_that_can_happen(language: str) -> None:
    assert set(words(language)) <= set(strings())


def test_both_languages_say_the_same_things() -> None:
    chinese, english = (words(language) for language in LANGUAGES)
    assert list(chinese) == list(english)
    for code, sentence in chinese.items():
        assert set(sentence) == {"message", "hint"}
        for part in ("message", "hint"):
            assert sentence[part].strip()
            assert braces(sentence[part]) == braces(english[code][part]), code


def test_every_problem_has_a_paragraph_for_editors_with_its_severity() -> None:
    text = (ROOT / "docs/problems.zh.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^### `([a-z-]+)`（(\S+)）\n\n\S", text, re.MULTILINE))
    assert set(told) == set(words("zh-Hans"))
    used: dict[str, set[str]] = {}
    for code, severity, _, _ in calls():
        used.setdefault(code, set()).add(SEVERITIES[severity])
    for code, severities in used.items():
        assert told[code] in severities, code


def test_the_list_for_editors_quotes_the_sentences_as_they_are() -> None:
    text = (ROOT / "docs/problems.zh.md").read_text(encoding="utf-8")
    for code, sentence in words("zh-Hans").items():
        quoted = f"> {sentence['message']}\n>\n> {sentence['hint']}\n".replace("{{", "{").replace(
            "}}", "}"
        )
        assert quoted in text, code


@pytest.mark.parametrize("language", LANGUAGES)
def test_any_words_of_an_editor_may_stand_in_a_sentence(language: str) -> None:
    known = words(language)
    for code, sentence in known.items():
        given = dict.fromkeys(braces(" ".join(sentence.values())), "{x} %s \x1b[31m\n::error::")
        problem = problems.error(code, Place("content/a.md", 1, 2), **given)
        shown = problems.as_text(problem, known)
        assert "\x1b" not in shown
        assert shown.count("\n") == 1
        assert "\n" not in problems.as_github(problem, known)


def test_a_problem_shows_its_place_and_its_hint_as_the_guide_promises() -> None:
    problem = problems.warning(
        "unknown-team", Place("content/stories/first-snow/index.md", 4, 1),
        name="蜡烛志愿者者团队", near="蜡烛志愿者团队",
    )  # fmt: skip
    assert problems.as_text(problem, words("zh-Hans")) == (
        "content/stories/first-snow/index.md:4:1 warning[unknown-team] 没有名为“蜡烛志愿者者团队”的团队。\n"
        "    是不是“蜡烛志愿者团队”？团队写在 content/teams/ 里。"
    )
