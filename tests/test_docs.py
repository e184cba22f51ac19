"""The documents tell the truth: what they name exists, what exists is named, examples run."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import opencc
import pytest

from candlelight import cli, selftest
from candlelight.console import Console
from candlelight.messages import load
from candlelight.read import keys
from tests.anthology import Anthology, photo
from tests.conftest import ROOT, pytest_addoption

GUIDE = ROOT / "docs/guide.zh.md"
BOOK = ROOT / "docs/publishing.zh.md"
SCALE = [ROOT / "docs/scale.md", ROOT / "docs/scale.zh.md"]
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
FOR_ALL = [*READMES, GUIDE, BOOK, *SCALE, ROOT / "CONTRIBUTING.md", ROOT / "docs/problems.zh.md"]
DOCUMENTS = [*FOR_ALL, ROOT / "CHANGELOG.md", ROOT / "docs/architecture.md"]
DOCUMENTS += sorted((ROOT / "docs/decisions").glob("*.md"))
COMMAND = re.compile(r"python3? build\.py([^`\n]*)")
FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TABLE_OF = {
    "story": "故事",
    "team": "团队",
    "community": "服务点",
    "person": "人物",
    "page": "文集自己的文字",
    "photo": "一张照片",
    "source": "来源",
}
KEYS = {**keys.KINDS, "photo": keys.PHOTO, "source": keys.SOURCE}
SIMPLIFY = opencc.OpenCC("t2s").convert


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def each(documents: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("document", documents, ids=map(name_of, documents))


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def fenced(path: Path, language: str) -> list[str]:
    return [text for kind, text in FENCED.findall(text_of(path)) if kind == language]


def commands(path: Path) -> list[list[str]]:
    """The arguments of every ``python build.py …`` in a document."""
    return [shlex.split(rest) for rest in COMMAND.findall(text_of(path))]


def parsers() -> dict[str, argparse.ArgumentParser]:
    parser = cli._parser(Console("zh-Hans"), ROOT)
    (commands,) = (one for one in parser._actions if isinstance(one, argparse._SubParsersAction))
    return dict(commands.choices)


def options_of(parser: argparse.ArgumentParser) -> set[str]:
    return {name for action in parser._actions for name in action.option_strings}


def options_of_test(capsys: pytest.CaptureFixture[str]) -> set[str]:
    with pytest.raises(SystemExit):
        selftest.parse(["--help"])
    return set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", capsys.readouterr().out))


def options_of_our_pytest() -> set[str]:
    """What our tests add to the options of pytest, which takes what the test command does not."""
    ours = argparse.ArgumentParser(add_help=False)
    ours.addoption = ours.add_argument  # type: ignore[attr-defined]
    pytest_addoption(ours)  # type: ignore[arg-type]
    return options_of(ours)


def rows(text: str) -> Iterator[list[str]]:
    """The cells of each row of the tables in *text*, heads and rules aside."""
    for line in text.splitlines():
        if line.startswith("| `"):
            yield [cell.strip() for cell in line.strip("|").split("|")]


def table_after(heading: str) -> dict[str, list[str]]:
    """The rows of the guide's table below *heading*: the spellings of each key."""
    below = text_of(GUIDE).partition("\n## 十、")[2].partition(heading)[2]
    table = re.search(r"^\|.*?(?=\n\n)", below, re.MULTILINE | re.DOTALL)
    assert table, heading
    return {row[0].strip("`"): [*filter(None, row[1].split("、"))] for row in rows(table[0])}


def simplified(spellings: str) -> set[str]:
    """Those of *spellings* that an editor on the mainland would type."""
    return {one for one in spellings.split() if SIMPLIFY(one) == one}


# ---- What exists is named ------------------------------------------------------------------------


def test_the_guide_tells_every_command() -> None:
    told = {row[0].strip("`") for row in rows(text_of(GUIDE).partition("## 十二")[2])}
    assert set(parsers()) | {"test"} <= told


def test_the_guide_tells_of_every_option_which_commands_have_it() -> None:
    section = text_of(GUIDE).partition("## 十二")[2]
    told: dict[str, set[str]] = {}
    for row in rows(section):
        for option in re.findall(r"`(--[a-z-]+)`", row[0]):
            told[option] = set(re.findall(r"`([a-z]+)`", row[1]))
    assert told.pop("--source") == {"test"}, "all but test"
    told.pop("--part")
    real: dict[str, set[str]] = {}
    for name, parser in parsers().items():
        for option in options_of(parser) - {"-h", "--help", "--source"}:
            real.setdefault(option, set()).add(name)
    real.pop("--part", None)
    assert told == {
        option: names - {"test"} for option, names in real.items() if option[:2] == "--"
    }


def test_the_guide_tells_the_options_of_the_tests(capsys: pytest.CaptureFixture[str]) -> None:
    named = set(
        re.findall(r"(?<![\w-])--?[a-z][a-z-]*", text_of(GUIDE) + text_of(ROOT / "CONTRIBUTING.md"))
    )
    assert {"-k", "--part"} <= options_of_test(capsys)
    assert {"-k", "--part", "-h", "--help", "--version", *options_of_our_pytest()} <= named


@pytest.mark.parametrize("kind", TABLE_OF)
def test_the_guide_tells_every_key_and_each_of_its_spellings(kind: str) -> None:
    known = KEYS[kind]
    common = table_after("**每一种都有的**") if kind in keys.KINDS else {}
    own = table_after(f"**{TABLE_OF[kind]}**（")
    assert set(own) | set(common) == set(known)
    for key, spellings in own.items():
        assert {keys.canonical(one, known) for one in spellings} <= {key}
        assert simplified(known[key]) <= set(spellings), key


def test_the_guide_tells_the_keys_that_every_kind_has() -> None:
    table = table_after("**每一种都有的**")
    assert set(table) == set(keys._COMMON)
    for key, spellings in table.items():
        assert {keys.canonical(one, keys._COMMON) for one in spellings} <= {key}
        assert simplified(keys._COMMON[key]) == set(spellings), key


def test_the_guide_tells_the_keys_of_corrections_and_credits() -> None:
    text = text_of(GUIDE)
    for known in (keys.CORRECTION, keys.CREDIT):
        for key, spellings in known.items():
            found = re.search(rf"`{key}`（([^）]*)）", text)
            assert found, key
            assert simplified(spellings) == set(found[1].split("、")), key


def test_the_guide_tells_every_key_of_the_settings() -> None:
    text = text_of(GUIDE).partition("## 十一")[2]
    table = table_after("## 十一")
    assert set(table) == set(keys.SITE)
    for key, spellings in table.items():
        assert simplified(keys.SITE[key]) == set(spellings), key
    book = table_after("`book` 下面")
    assert set(book) == set(keys.BOOK)
    for key, spellings in book.items():
        assert simplified(keys.BOOK[key]) <= set(spellings) | {"order"}, key
    for key, spellings in keys.SITE_PHOTOS.items():
        assert f"`{key}`" in text
        assert all(one in text for one in simplified(spellings))


def test_editors_find_every_problem_from_the_guide() -> None:
    told = set(re.findall(r"^### `([a-z-]+)`", text_of(ROOT / "docs/problems.zh.md"), re.MULTILINE))
    assert told == set(load("problems", "zh-Hans"))
    for document in (*READMES, GUIDE):
        assert "problems.zh.md)" in text_of(document)


# ---- What is named exists ------------------------------------------------------------------------


@each(FOR_ALL)
def test_every_command_in_a_document_is_one(
    document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parser = cli._parser(Console("zh-Hans"), ROOT)
    for given in commands(document):
        if given[:1] == ["test"]:
            selftest.parse(given[1:])
        elif given != ["--version"]:
            parser.parse_args(cli._with_command(given))


@each(FOR_ALL)
def test_every_option_in_a_document_exists(
    document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known = {"--version", "--check"} | options_of_test(capsys) | options_of_our_pytest()
    known |= set.union(*map(options_of, parsers().values()))
    text = re.sub(r"^dask .*$", "", text_of(document), flags=re.MULTILINE)  # Dask's own commands
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text)) <= known


@each(DOCUMENTS)
def test_links_lead_somewhere(document: Path) -> None:
    # What is quoted, as problems are, is an example.
    text = re.sub(r"`[^`]*`|^>.*$", "", FENCED.sub("", text_of(document)), flags=re.MULTILINE)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        path, _, part = target.partition("#")
        if "://" in target:
            continue
        file = document.parent / path if path else document
        assert file.exists(), target
        assert not part or part in anchors(text_of(file)), target


def anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}


@each(DOCUMENTS)
def test_files_that_are_named_exist(document: Path) -> None:
    ours = r"`((?:candlelight|templates|assets|tests|tools|docs|locks|bench)/[\w./-]*)`"
    for path in re.findall(ours, text_of(document)):
        assert (ROOT / path).exists(), path
    rooms = r"`((?:read|plan|make|run|commands|intake|preview)/[\w/]*(?:\.py)?)`"
    for path in re.findall(rooms, text_of(document)):
        assert (ROOT / "candlelight" / path).exists(), path


@each(DOCUMENTS)
def test_no_document_names_a_folder_of_some_machine(document: Path) -> None:
    assert not re.search(r"(?<![\w.])/(?:work|tmp|root|home|Users)/|[A-Z]:\\", text_of(document))


def test_decisions_say_what_they_cost_and_have_numbers_of_their_own() -> None:
    notes = sorted((ROOT / "docs/decisions").glob("*.md"))
    numbers = [note.name[:4] for note in notes]
    assert len(set(numbers)) == len(numbers)
    for note in notes:
        parts = re.findall(
            r"^\*\*(Context|Choice|Cost|What would change our mind)", text_of(note), re.MULTILINE
        )
        assert parts == ["Context", "Choice", "Cost", "What would change our mind"], note.name


def test_the_contact_sheets_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in (ROOT / "docs/looks").iterdir()}
    assert {"home.png", "story.png", "404.png", "first-look.png"} <= set(sizes)
    assert max(sizes.values()) < 400_000
    assert sum(sizes.values()) < 4_000_000


# ---- Examples run --------------------------------------------------------------------------------


@pytest.fixture
def desk(anthology: Anthology, monkeypatch: pytest.MonkeyPatch) -> Anthology:
    """An anthology with the stories that the examples name, as the current folder."""
    for slug in ("men-feng-li-de-nuan", "yi-wan-chao-mian"):
        facts = {"author": "何文君", "community": "世纪花园小区", "date": "2020-08"}
        anthology.story(slug, team="蜡烛志愿者团队", **facts)
    anthology.community("shi-ji-hua-yuan", title="世纪花园小区")
    anthology.team("candle", title="蜡烛志愿者团队")
    monkeypatch.chdir(anthology.root)
    return anthology


def written(desk: Anthology, document: Path) -> int:
    """Write every example of a document into *desk*; how many there are."""
    examples = fenced(document, "markdown")
    for number, example in enumerate(examples):
        kind = "people" if "\nconsent:" in example else "stories"
        desk.write(f"content/{kind}/example-{number}/index.md", example)
        for name in re.findall(r"\w+\.jpg", example):
            desk.write(f"content/{kind}/example-{number}/{name}", photo("a"))
    return len(examples)


@each([*READMES, GUIDE])
def test_every_example_of_a_text_builds_without_a_word_of_blame(
    desk: Anthology, document: Path
) -> None:
    assert written(desk, document)
    result = desk.build()
    assert result.published
    assert result.codes == set()


@pytest.mark.parametrize("example", [*fenced(GUIDE, "yaml"), *fenced(BOOK, "yaml")])
def test_the_examples_of_the_settings_are_understood(desk: Anthology, example: str) -> None:
    desk.write("site.yaml", example)
    result = desk.build()
    assert result.published
    assert {problem.code for problem in result.problems} <= {"no-base-url"}


@each([*READMES, GUIDE])
def test_the_error_that_a_document_shows_is_the_one_that_comes(
    desk: Anthology, document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (example, *_) = (one for one in fenced(document, "markdown") if "title: 楼道里的灯" in one)
    wrong = re.sub(r"^date: .*$", "date: 2020年夏", example, flags=re.MULTILINE)
    desk.write("content/stories/deng/index.md", wrong)
    assert cli.main(["build", "--jobs", "1"]) == 1
    told = capsys.readouterr().err
    shown = next(one for one in fenced(document, "text") if "error[" in one)
    assert shown in told


@each([*READMES, GUIDE, BOOK])
def test_every_command_that_a_document_shows_runs(
    desk: Anthology, document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.story("deng", title="楼道里的灯")
    for given in commands(document):
        name = cli._with_command(given)[0]
        if name in ("serve", "test", "--version"):
            continue
        jobs = (
            ["--jobs", "1"]
            if name in ("build", "check", "book", "epub") and "--jobs" not in given
            else []
        )
        assert cli.main([*given, *jobs]) == 0, (given, capsys.readouterr().err)
