"""A command that finds nothing changed imports nothing that only changes need."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.anthology import Anthology

DEAR = {
    "fontTools", "importlib.metadata", "jinja2", "markdown", "multiprocessing", "nh3", "opencc",
    "pypinyin", "rich", "watchfiles", "yaml",
}  # fmt: skip
CODE = (
    "import sys; from candlelight.cli import main; code = main(sys.argv[2:]);"
    "print(code, sorted(set(sys.argv[1].split()) & set(sys.modules)))"
)


@pytest.mark.parametrize("command", ["build", "check", "book"])
def test_a_second_run_imports_nothing_dear(anthology: Anthology, command: str) -> None:
    anthology.story("first-snow", title="初雪", people=["古丽娜孜·贾那提别克"], body="雪。")
    anthology.write("content/redirects.yaml", "stories/old: stories/first-snow\n")

    def ran() -> str:
        given = [command, "--source", str(anthology.root), "--jobs", "1"]
        asked = [sys.executable, "-c", CODE, " ".join(DEAR), *given]
        done = subprocess.run(asked, capture_output=True, text=True, check=True)
        return done.stdout.splitlines()[-1]

    assert "yaml" in ran()
    assert ran() == "0 []"
