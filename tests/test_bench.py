"""What is measured must be the same for everybody: the made-up anthologies of ``bench/``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

BENCH = Path(__file__).resolve().parent.parent / "bench"
SMALL = (16, 12)

sys.path.append(str(BENCH))  # its scripts import each other as scripts do

anthology = import_module("anthology")
processes = import_module("processes")


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_same_numbers_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        anthology.write_anthology(tmp_path / name, 5, 7, SMALL)
    assert _files(tmp_path / "one") == _files(tmp_path / "two")


@pytest.mark.parametrize(("stories", "photos"), [(4, 0), (4, 3), (4, 4), (4, 11)])
def test_there_are_as_many_stories_and_photos_as_were_asked_for(
    tmp_path: Path, stories: int, photos: int
) -> None:
    anthology.write_anthology(tmp_path, stories, photos, SMALL)
    written = _files(tmp_path / "content" / "stories")
    assert sum(name.endswith(".md") for name in written) == stories
    assert sum(name.endswith(".jpg") for name in written) == photos


def test_photos_go_round_the_stories(tmp_path: Path) -> None:
    anthology.write_anthology(tmp_path, 2, 5, SMALL)
    stories = tmp_path / "content" / "stories"
    assert sorted(path.name for path in (stories / "story-000000").glob("*.jpg")) == [
        "photo-2.jpg",
        "photo-3.jpg",
        "photo.jpg",
    ]
    assert len(list((stories / "story-000001").glob("*.jpg"))) == 2


def test_photos_change_nothing_in_the_texts(tmp_path: Path) -> None:
    for photos in (0, 8):
        anthology.write_anthology(tmp_path / str(photos), 4, photos, SMALL)
    bodies = [
        [
            text.decode().split("---\n", 2)[2]
            for name, text in sorted(_files(tmp_path / str(photos)).items())
            if "story-" in name and name.endswith(".md")
        ]
        for photos in (0, 8)
    ]
    assert bodies[0] == bodies[1]


def test_every_second_photo_has_a_caption(tmp_path: Path) -> None:
    anthology.write_anthology(tmp_path, 3, 12, SMALL)
    texts = "".join(path.read_text("utf-8") for path in tmp_path.glob("content/stories/*/*.md"))
    assert texts.count("caption:") == 6


def test_a_made_up_anthology_is_read_without_a_complaint(tmp_path: Path) -> None:
    from candlelight.publication import BookRequest, choose
    from candlelight.run.session import session

    anthology.write_anthology(tmp_path, 6, 9, SMALL)
    request = BookRequest(
        source=tmp_path, cache=tmp_path / ".candlelight", output=tmp_path / "book.pdf"
    )
    with session(request.cache, 1) as memory:
        chosen = choose(request, memory, lambda step, size: lambda done: None)
    assert {one.code for one in chosen.problems} <= {"photo-without-alt"}
    assert len(chosen.edition.stories) == 6


def test_a_size_is_width_and_height() -> None:
    assert anthology.size("1600x1200") == (1600, 1200)


def test_a_process_is_timed_with_all_that_it_starts(tmp_path: Path) -> None:
    holding = "held = bytearray(60_000_000); import time; time.sleep(0.3)"
    starting = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {holding!r}])"
    made = processes.run([sys.executable, "-c", starting], tmp_path / "log", tmp_path)
    assert made.wall > 0.3
    if Path("/proc/self/statm").exists():
        assert made.memory > 60_000_000


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux gives an orphan to who asks")
def test_the_work_of_processes_that_outlive_the_command_is_counted(tmp_path: Path) -> None:
    busy = "import time\nwhile time.process_time() < 0.5: pass"
    starting = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {busy!r}])"
    staying = f"{starting}; import time; time.sleep(0.2)"
    assert processes.run([sys.executable, "-c", staying], tmp_path / "log", tmp_path).cpu > 0.5


def test_a_process_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(processes.Failed, match="no such book"):
        processes.run(
            [sys.executable, "-c", "raise SystemExit('no such book')"], tmp_path / "log", tmp_path
        )


def test_an_edit_on_a_kept_press_is_measured_on_the_book_with_its_photos(tmp_path: Path) -> None:
    anthology.write_anthology(tmp_path / "small", 2, 3, (160, 120))
    home = os.pathsep.join([str(BENCH.parent), str(BENCH)])
    kept = [sys.executable, str(BENCH / "kept.py"), str(tmp_path / "small"), "--edits", "1"]
    made = subprocess.run(
        kept, env={**os.environ, "PYTHONPATH": home}, capture_output=True, text=True, check=True
    )
    told = json.loads(made.stdout)
    assert len(told["seconds"]) == 1
    assert told["pages"] > 4


def test_the_plain_book_of_weasyprint_holds_the_same_photos(tmp_path: Path) -> None:
    anthology.write_anthology(tmp_path / "small", 2, 3, (160, 120))
    plain = [sys.executable, str(BENCH / "plain.py"), str(tmp_path / "small"), str(tmp_path / "p")]
    home = os.pathsep.join([str(BENCH.parent), str(BENCH)])
    subprocess.run(plain, env={**os.environ, "PYTHONPATH": home}, check=True)
    assert len(list((tmp_path / "p").glob("*.jpg"))) == 3
    assert (tmp_path / "p" / "book.html").is_file()


def _ran(script: str, *arguments: str) -> str:
    """What a command of the bench printed, in its smallest form."""
    made = subprocess.run(
        [sys.executable, str(BENCH / f"{script}.py"), *arguments],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    return made.stdout


def _rows(printed: str) -> list[str]:
    """The first cells of the table's rows."""
    lines = [line for line in printed.splitlines() if line.startswith("| ")]
    return [line.split("|")[1].strip() for line in lines[1:]]


def _with_hugo() -> list[str]:
    """A peer on PATH is measured as well; none is fetched for a test."""
    return [] if import_module("hugosite").on_path() else ["--alone"]


def test_every_question_about_the_website_can_be_asked(tmp_path: Path) -> None:
    tiny = ["--stories", "8", "--rounds", "1", "--rest", "0", "--scratch", str(tmp_path)]
    told = tmp_path / "told.json"
    printed = _ran("website", *tiny, "--json", str(told), *_with_hugo())
    assert _rows(printed) == list(import_module("website").QUESTIONS)
    assert json.loads(told.read_text("utf-8"))["8"][0]["body"]["Candlelight"]["wall"] > 0


def test_one_question_can_be_asked_and_cards_are_taken_away_again() -> None:
    asked = import_module("website").asked
    assert asked(["body"]).questions == ["body"]
    assert asked(["cold-cards"]).questions == ["cold-cards", "cold"]


def test_growth_compares_two_sizes(tmp_path: Path) -> None:
    tiny = ["--from", "2", "--to", "4", "--rounds", "1", "--scratch", str(tmp_path)]
    assert _rows(_ran("growth", *tiny)) == ["cold"] * 3 + ["body"] * 3


def test_the_preview_is_measured_from_save_to_page(tmp_path: Path) -> None:
    tiny = ["--stories", "2", "--rounds", "1", "--scratch", str(tmp_path)]
    assert _rows(_ran("serve", *tiny, *_with_hugo()))[0] == "Candlelight"


def test_hugo_publishes_as_many_pages_of_every_kind(tmp_path: Path) -> None:
    if not (program := import_module("hugosite").on_path()):
        pytest.skip("no Hugo on PATH that is no script")
    sites = import_module("sites")
    anthology.write_anthology(tmp_path / "anthology", 310)  # more than fit on one page
    builders = (
        sites.Candlelight(tmp_path / "anthology"),
        sites.Hugo(program, tmp_path / "anthology", tmp_path / "hugo"),
    )
    for builder in builders:
        builder.build()
    assert sites.same_pages(builders)["stories"] == 311


def test_hugo_gets_the_same_words_under_the_names_of_its_terms(tmp_path: Path) -> None:
    anthology.write_anthology(tmp_path / "anthology", 20)
    source = import_module("hugosite").HugoSource(tmp_path / "anthology", tmp_path / "hugo")
    source.write()
    name = "content/stories/story-000003/index.md"
    ours = (tmp_path / "anthology" / name).read_text("utf-8").split("---\n", 2)
    theirs = (tmp_path / "hugo" / name).read_text("utf-8").split("---\n", 2)
    assert theirs[2] == ours[2]
    author = next(line[8:] for line in ours[1].splitlines() if line.startswith("author: "))
    assert f"people: {author} team-0\n" in theirs[1]
    assert "teams: team-0\n" in theirs[1]


@pytest.mark.parametrize("question", ["body", "title", "added", "renamed"])
def test_an_edit_is_another_one_in_every_round(tmp_path: Path, question: str) -> None:
    anthology.write_anthology(tmp_path, 20)
    edits = import_module("edits")
    before = _files(tmp_path)
    words = set()
    for number in (1, 2):
        edit = edits.EDITS[question](tmp_path, number)
        words.add(edit.words)
        assert edit.words in edit.file.read_text("utf-8")
        after = _files(tmp_path)
        assert {name for name in after if after[name] != before.get(name)} == {
            edit.file.relative_to(tmp_path).as_posix()
        }
        before = after
    assert len(words) == 2


def test_a_table_takes_the_place_of_the_last_one(tmp_path: Path) -> None:
    tables = import_module("tables")
    readme = tmp_path / "README.md"
    readme.write_text("before\n<!-- growth -->\nold\n<!-- /growth -->\nafter\n", "utf-8")
    tables.keep("growth", ["new"], readme)
    assert readme.read_text("utf-8") == "before\n<!-- growth -->\nnew\n<!-- /growth -->\nafter\n"
    with pytest.raises(ValueError, match="website 7"):
        tables.keep("website 7", ["new"], readme)


def test_every_table_that_is_kept_has_its_place() -> None:
    for name in ("website 1000", "website 10000", "website 50000", "growth", "serve", "photos"):
        assert import_module("tables").has_place(name)


def test_a_table_without_a_place_is_refused_before_anything_is_measured() -> None:
    with pytest.raises(SystemExit):
        import_module("website").asked(["--stories", "7", "--write"])


def test_a_ratio_is_the_median_of_the_rounds_with_its_spread() -> None:
    ratio = import_module("tables").ratio
    assert ratio([1.0, 3.0, 2.0], [2.0, 4.0, 2.0]) == "0.75 (0.50–1.00)"
    assert ratio([0.1], [2.0]) == "0.050"
    assert ratio([1.0], []) == ""
