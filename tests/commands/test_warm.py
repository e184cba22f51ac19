"""A command that finds nothing changed imports nothing that only changes need."""

from __future__ import annotations

import subprocess
import sys

import pytest

from candlelight.commands.build import CACHE
from candlelight.run.cache import Cache
from candlelight.run.version import code_version
from tests.anthology import Anthology

DEAR = {
    "PIL", "fontTools", "importlib.metadata", "jinja2", "markdown", "multiprocessing", "nh3",
    "opencc", "pypinyin", "rich", "segno", "watchfiles", "yaml",
}  # fmt: skip
CODE = (
    "import sys; from candlelight.cli import main; code = main(sys.argv[2:]);"
    "print(code, sorted(set(sys.argv[1].split()) & set(sys.modules)))"
)


def ran(anthology: Anthology, command: str) -> str:
    """The exit code of *command* in a process of its own, and what it imported of what is dear."""
    given = [command, "--source", str(anthology.root), "--jobs", "1"]
    # Of every book: pikepdf 9 asks there for its own version, and looks whether Pillow is there.
    dear = DEAR - {"importlib.metadata", "PIL"} if command == "book" else DEAR
    asked = [sys.executable, "-c", CODE, " ".join(dear), *given]
    done = subprocess.run(asked, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1]


@pytest.mark.parametrize("command", ["build", "check", "book"])
def test_a_second_run_imports_nothing_dear(anthology: Anthology, command: str) -> None:
    anthology.story("first-snow", title="初雪", people=["古丽娜孜·贾那提别克"], body="雪。")
    anthology.write("content/redirects.yaml", "stories/old: stories/first-snow\n")
    assert "yaml" in ran(anthology, command)
    assert ran(anthology, command) == "0 []"


def test_a_corrected_title_draws_nothing_again(anthology: Anthology) -> None:
    anthology.site(base_url="https://candlelight.example/", cards=False)
    anthology.team("candle", title="蜡烛").story(
        "first-snow", title="初雪", team="蜡烛", body="雪。"
    )
    assert "segno" in ran(anthology, "build")
    anthology.edit("first-snow", title="雪初")
    assert ran(anthology, "build") == "0 ['jinja2']"
    assert "雪初" in anthology.read("stories/first-snow/index.html")


def test_a_build_leaves_the_next_book_the_scripts_of_its_names(anthology: Anthology) -> None:
    anthology.story("first-snow", title="初雪", people=["古丽娜孜·贾那提别克"], body="雪。")
    ran(anthology, "book")
    ran(anthology, "build")
    cache = Cache.open(anthology.root / CACHE, code_version())
    try:
        kinds = cache.get("answers", ["simplified", "traditional"], dict[str, str])
    finally:
        cache.close()
    assert {kind: known["古丽娜孜·贾那提别克"] for kind, known in kinds.items()} == {
        "simplified": "古丽娜孜·贾那提别克",
        "traditional": "古麗娜孜·賈那提別克",
    }
