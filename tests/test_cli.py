"""The commands as somebody types them: what they say, in which language, with which exit code."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from candlelight import pipeline
from candlelight.cli import COMMANDS, main
from tests.anthology import Anthology, tree
from tests.conftest import ROOT


@pytest.fixture
def told(anthology: Anthology, monkeypatch: pytest.MonkeyPatch) -> Anthology:
    """A story in the current folder."""
    anthology.story("first-snow", title="初雪", date="2020-08-12")
    monkeypatch.chdir(anthology.root)
    return anthology


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line; its exit code, what it printed, what it complained of."""

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return code, out, err

    return run


def test_without_a_command_the_site_is_built(told: Anthology, run: Run) -> None:
    code, out, err = run("--jobs", "1")
    assert (code, err) == (0, "")
    assert (told.root / "public/index.html").exists()
    assert str(told.root / "public") in out
    assert out.count("\n") == 1


def test_a_build_ends_with_what_it_did(told: Anthology, run: Run) -> None:
    told.site(language="en")
    _, out, _ = run()
    files = len(tree(told.root / "public"))
    assert f"{files} files written, 0 unchanged, 0 removed; 0 photos made" in out
    _, out, _ = run()
    assert f"0 files written, {files} unchanged" in out


def test_a_build_writes_no_content(told: Anthology, run: Run) -> None:
    before = tree(told.root / "content")
    run("build", "--drafts", "--keep-going")
    run("check")
    assert tree(told.root / "content") == before
    made = {path.name for path in told.root.iterdir()} - {"content", "site.yaml"}
    assert made == {"public", ".candlelight", ".public.candlelight"}


def test_an_error_is_told_by_file_line_and_hint_and_nothing_is_published(
    told: Anthology, run: Run
) -> None:
    run()
    before = tree(told.root / "public")
    told.edit("first-snow", date="2020年夏天")
    code, out, err = run("build")
    assert (code, out) == (1, "")
    first, hint, *_ = err.splitlines()
    assert first.startswith("content/stories/first-snow/index.md:3:7 error[date-unknown] ")
    assert hint.startswith("    ")
    assert "--keep-going" in err
    assert tree(told.root / "public") == before


def test_keep_going_publishes_the_rest_names_what_it_left_out_and_still_fails(
    told: Anthology, run: Run
) -> None:
    told.story("broken", date="2020年夏天")
    code, out, err = run("build", "--keep-going")
    assert code == 1
    assert (told.root / "public/stories/first-snow/index.html").exists()
    assert "content/stories/broken/index.md" in err.splitlines()[-1]
    assert "public" in out


def test_keep_going_fails_for_a_story_whose_folder_has_no_good_name(
    told: Anthology, run: Run
) -> None:
    told.story("a+b")
    code, _, err = run("build", "--keep-going")
    assert code == 1
    assert "error[slug-unsafe]" in err


def test_check_tells_and_publishes_nothing(told: Anthology, run: Run) -> None:
    told.edit("first-snow", date="2020年夏天")
    code, _, err = run("check")
    assert code == 1
    assert "error[date-unknown]" in err
    assert not (told.root / "public").exists()


def test_errors_come_last_where_the_eye_is_and_notices_may_stay(told: Anthology, run: Run) -> None:
    told.write("content/stories/a/index.md", "---\ntitle: 甲\ndate: 2020年夏\n---\n")
    told.write("content/stories/z/index.md", "---\n标题: 乙\n---\n")
    _, _, complaints = run("check")
    heads = [line for line in complaints.splitlines() if line.startswith("content/")]
    assert [" error[" in head for head in heads] == [False] * (len(heads) - 1) + [True]
    assert "不改也可以" in complaints.splitlines()[-1]


def test_nothing_is_coloured_where_no_terminal_is(told: Anthology, run: Run) -> None:
    told.write("content/stories/a/index.md", "---\ndate: 2020年夏\n---\n")
    assert "\x1b" not in run("check")[2]


def test_check_of_an_anthology_in_order_says_so(told: Anthology, run: Run) -> None:
    code, out, err = run("check", "--strict")
    assert (code, err) == (0, "")
    assert out.strip()


def test_check_strict_fails_for_a_warning_too(told: Anthology, run: Run) -> None:
    told.team("candle", title="蜡烛志愿者团队").edit("first-snow", team="蜡烛志愿者者团队")
    assert run("check")[0] == 0
    assert run("check", "--strict")[0] == 1


def test_check_for_programs_is_json_in_two_languages(told: Anthology, run: Run) -> None:
    told.edit("first-snow", date="2020年夏天")
    code, out, _ = run("check", "--format", "json")
    [row] = json.loads(out)
    assert (code, row["code"], row["line"]) == (1, "date-unknown", 3)
    assert {"zh-Hans", "en"} <= row.keys()


def test_check_for_a_workflow_is_one_line_a_problem(told: Anthology, run: Run) -> None:
    told.edit("first-snow", date="2020年夏天")
    _, out, _ = run("check", "--format", "github")
    assert out.startswith("::error file=content/stories/first-snow/index.md,line=3,col=7,")
    assert out.count("\n") == 1


def test_an_empty_list_of_problems_is_json_too(told: Anthology, run: Run) -> None:
    assert json.loads(run("check", "--format", "json")[1]) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["biuld"], ["--bogus"], ["build", "--jobs", "0"], ["build", "--jobs", "many"],
        ["build", "--base-url", "candlelight.example"],
        ["build", "--base-url", "http://["], ["build", "--base-url", "https://x.example/?a"],
        ["check", "--format", "xml"],
        ["build", "--output"], ["serve", "--port", "no"], ["why"], ["new", "story"],
        ["new", "poem", "灯"], ["rename", "only-one"],
    ],
)  # fmt: skip
def test_wrong_usage_is_told_in_the_language_of_the_site(
    told: Anthology, run: Run, arguments: list[str]
) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert "--help" in err
    assert any("\u4e00" <= char <= "\u9fff" for char in err)
    assert not (told.root / "public").exists()


def test_a_word_that_is_no_choice_is_told_with_the_choices(told: Anthology, run: Run) -> None:
    assert "serve" in run("biuld")[2]
    assert "story" in run("new", "stroy", "灯")[2]
    assert "github" in run("check", "--format", "xml")[2]


def test_a_folder_without_an_anthology_is_told_and_nothing_is_made_there(
    tmp_path: Path, run: Run
) -> None:
    for source in (tmp_path / "nowhere", tmp_path):
        for command in ("build", "check"):
            code, _, err = run(command, "--source", str(source))
            assert code == 2
            assert str(source) in err
    assert list(tmp_path.iterdir()) == []


def test_an_output_that_is_not_ours_is_told_with_the_file_that_would_be_lost(
    told: Anthology, run: Run
) -> None:
    told.write("public/thesis.txt", "ten years")
    code, _, err = run()
    assert code == 2
    assert "thesis.txt" in err
    assert (told.root / "public/thesis.txt").read_text() == "ten years"


def test_the_content_is_never_an_output(told: Anthology, run: Run) -> None:
    assert run("--output", "content")[0] == 2


def test_another_build_that_runs_is_named(told: Anthology, run: Run) -> None:
    from candlelight.run.output import Output

    with Output(told.root / "public").locked(told.root):
        code, _, err = run()
    assert code == 2
    assert str(os.getpid()) in err


def test_a_full_disk_is_no_traceback_and_leaves_the_old_site(
    told: Anthology, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run()
    before = tree(told.root / "public")
    told.edit("first-snow", title="大雪")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(pipeline.Output, "_place", full)
    code, _, err = run()
    assert code == 2
    assert "No space left on device" in err
    assert tree(told.root / "public") == before


def test_an_interruption_is_no_traceback(
    told: Anthology, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "prepare", interrupt)
    assert run()[0] == 130


def test_a_base_url_on_the_command_line_replaces_that_of_the_settings(
    told: Anthology, run: Run
) -> None:
    assert run("--base-url", "https://other.example/x")[0] == 0
    assert "<loc>https://other.example/x/stories/first-snow/</loc>" in told.read("sitemap.xml")


@pytest.mark.parametrize(("language", "word"), [("en", "volunteers"), ("zh-Hans", "志愿者")])
def test_help_is_in_the_language_of_the_site_and_names_only_what_is_built(
    told: Anthology,
    capsys: pytest.CaptureFixture[str],
    language: str,
    word: str,
) -> None:
    told.site(language=language)
    with pytest.raises(SystemExit) as left:
        main(["--help"])
    shown = capsys.readouterr().out
    assert left.value.code == 0
    assert word in shown
    for name in COMMANDS:
        assert f"  {name} " in shown
    assert "  import " not in shown


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "cp1252", "utf-8"])
def test_every_console_can_show_every_name(told: Anthology, encoding: str) -> None:
    told.story("灯🕯️", title="ئايگۈل", date="2020年夏天")
    done = subprocess.run(
        [sys.executable, "-m", "candlelight", "check"],
        cwd=told.root,
        env=os.environ | {"PYTHONIOENCODING": encoding, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert b"date-unknown" in done.stderr
    assert b"Traceback" not in done.stderr
