"""What is measured must be the same for everybody: the made-up anthologies of ``bench/``."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCH = Path(__file__).resolve().parent.parent / "bench"
SMALL = (16, 12)


def _loaded(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, BENCH / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


anthology = _loaded("anthology")
processes = _loaded("processes")


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
