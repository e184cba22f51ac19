"""The words: the same keys and the same braces in every language, and none missing."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from candlelight import messages
from candlelight.problems import Place, Problem, as_github, as_json, as_text, error

PACKAGE = Path(messages.__file__).parent
SETS = {
    "words": ("zh-Hans", "zh-Hant", "en"),
    "phrases": ("zh-Hans", "zh-Hant", "en"),
    "book": ("zh-Hans", "zh-Hant", "en"),
    "epub": ("zh-Hans", "zh-Hant", "en"),
    "preflight": ("zh-Hans", "en"),
    "problems": ("zh-Hans", "en"),
    "console": ("zh-Hans", "en"),
}


def flat(words: Mapping[str, object], before: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in words.items():
        if isinstance(value, Mapping):
            found |= flat(value, f"{before}{key}.")
        else:
            found[f"{before}{key}"] = str(value)
    return found


def blanks(text: str) -> set[str]:
    """The names that a sentence wants filled in, in braces or as %(name)s."""
    percent = {part.partition(")")[0] for part in text.split("%(")[1:]}
    return percent | {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize(
    ("name", "language"), [(name, tag) for name, tags in SETS.items() for tag in tags[1:]]
)
def test_every_language_says_the_same_things_with_the_same_blanks(name: str, language: str) -> None:
    first, other = (flat(messages.load(name, tag)) for tag in (SETS[name][0], language))
    assert set(first) == set(other)
    assert {key for key in first if blanks(first[key]) != blanks(other[key])} == set()


@pytest.mark.parametrize(
    ("language", "first"),
    [
        ("zh-Hans", "zh-Hans"), ("zh-CN", "zh-Hans"), ("zh", "zh-Hans"), ("zh-TW", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"), ("en-GB", "en"), ("ug", "en"),
    ],
)  # fmt: skip
def test_a_language_without_words_of_its_own_gets_the_nearest(language: str, first: str) -> None:
    assert messages.candidates(language)[0] == first
    assert messages.candidates(language)[-1] == "en"


def calls(*names: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call of one of *names* in the package, with the module it stands in."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
                called = node.func.id if isinstance(node.func, ast.Name) else called
                if called in names:
                    yield path.name, node


def test_every_problem_has_its_sentence_and_every_blank_is_given() -> None:
    sentences = messages.load("problems", "zh-Hans")
    for module, call in calls("error", "warning", "notice"):
        if not call.args or not isinstance(call.args[0], ast.Constant) or len(call.args) < 2:
            continue
        code = str(call.args[0].value)
        assert code in sentences, f"{module}: {code}"
        if any(keyword.arg is None for keyword in call.keywords):
            continue  # **given
        given = {str(keyword.arg) for keyword in call.keywords}
        wanted = blanks(sentences[code]["message"]) | blanks(sentences[code].get("hint", ""))
        assert wanted <= given, f"{module}: {code} lacks {wanted - given}"


def test_every_sentence_of_a_command_is_there() -> None:
    words = messages.load("console", "zh-Hans")
    for module, call in calls("say", "complain"):
        if (
            module in {"lines.py", "desk.py", "texts.py"}
            or not call.args
            or not isinstance(call.args[0], ast.Constant)
        ):
            continue
        if call.args[0].value in messages.load("phrases", "zh-Hans"):
            continue
        assert call.args[0].value in words, f"{module}:{call.lineno}"


def test_every_problem_is_explained_to_editors() -> None:
    explained = (PACKAGE.parent / "docs/problems.zh.md").read_text("utf-8")
    missing = [
        code for code in messages.load("problems", "zh-Hans") if f"`{code}`" not in explained
    ]
    assert not missing


PROBLEM = error("title-missing", Place("content/stories/a:b,c/index.md", 3, 1))


def test_a_problem_on_a_terminal_says_where_what_and_how_to_mend_it() -> None:
    head, hint = as_text(PROBLEM, messages.load("problems", "en")).split("\n")
    assert head.startswith("content/stories/a:b,c/index.md:3:1 error[title-missing] ")
    assert hint.startswith("    ")


def test_a_problem_for_a_workflow_is_one_escaped_line() -> None:
    line = as_github(PROBLEM, messages.load("problems", "zh-Hans"))
    assert line.startswith("::error file=content/stories/a%3Ab%2Cc/index.md,line=3,col=1,title=")
    assert "\n" not in line


def test_problems_as_json_are_told_in_every_language() -> None:
    import json

    words = {tag: messages.load("problems", tag) for tag in ("zh-Hans", "en")}
    [row] = json.loads(as_json([PROBLEM], words))
    assert (row["code"], row["line"], row["severity"]) == ("title-missing", 3, "error")
    assert row["en"]["message"] != row["zh-Hans"]["message"]


def test_what_content_says_never_reaches_a_terminal_raw() -> None:
    told: Problem = error("file-stray", Place("x"), file="\x1b[31m红\u202e" + "长" * 500)
    assert "\x1b" not in told.given["file"]
    assert "\u202e" not in told.given["file"]
    assert len(told.given["file"]) == 120


def test_words_that_an_editor_saved_as_unicode_are_read(tmp_path: Path) -> None:
    file = tmp_path / "words.yaml"
    file.write_bytes("latest: 新的".encode("utf-16"))
    assert messages.parse(file) == {"latest": "新的"}


def test_words_that_change_while_a_preview_lives_are_read_anew(tmp_path: Path) -> None:
    file = tmp_path / "templates/messages/words.en.yaml"
    file.parent.mkdir(parents=True)
    for word in ("Home", "Back"):
        file.write_text(f"home: {word}\n", encoding="utf-8")
        assert messages.load("words", "en", tmp_path)["home"] == word


@pytest.mark.parametrize("text", [b"- a list", b"home: 'half", b"home: \xff", b"home: [a]"])
def test_words_of_an_anthology_that_cannot_be_read_are_named(tmp_path: Path, text: bytes) -> None:
    file = tmp_path / "templates/messages/words.en.yaml"
    file.parent.mkdir(parents=True)
    file.write_bytes(text)
    with pytest.raises(messages.BrokenWords, match=r"words\.en\.yaml"):
        messages.load("words", "en", tmp_path)
