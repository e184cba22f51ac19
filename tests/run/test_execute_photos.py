"""Photos on workers: one that kills its worker spoils no other, and bytes travel as files would."""

from __future__ import annotations

import os
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest

from candlelight.book.prints import Inks, PrintJob, make_print
from candlelight.make.renditions import Renditions, make_renditions
from candlelight.plan.pictures import RenditionJob
from candlelight.printroom import _print_with
from candlelight.read.photo import PhotoJob, read_photo
from candlelight.run import photos
from candlelight.run.execute import Workers
from candlelight.run.shipping import ship
from tests.anthology import Anthology, tree
from tests.anthology import photo as drawn
from tests.conftest import ROOT

PROFILE = next((ROOT / "assets").rglob("*.icc"))


@pytest.fixture
def with_photos(anthology: Anthology) -> Anthology:
    for slug in ("first-snow", "last-bus", "noodles"):
        anthology.story(slug, title=slug).photo(slug, f"{slug}.jpg")
    return anthology


def test_a_photo_that_kills_every_worker_is_one_problem_at_its_path(
    with_photos: Anthology, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photos, "make_renditions", _deadly_for_the_bus)
    built = with_photos.build(workers=2, keep_going=True)
    told = {one.code: one.place.path for one in built.problems if one.severity == "error"}
    assert told == {"photo-deadly": "content/stories/last-bus/last-bus.jpg"}
    assert built.left_out == ("content/stories/last-bus/index.md",)
    assert built.made["renditions"] == 3
    assert "stories/noodles/index.html" in built.files


def test_photos_sent_as_bytes_come_back_as_the_files_that_would_have_been_made(
    tmp_path: Path,
) -> None:
    here = [_job(tmp_path, name, "here") for name in ("a", "b", "c")]
    there = [msgspec.structs.replace(job, folder=str(tmp_path / "there")) for job in here]
    for folder in ("here", "there"):
        (tmp_path / folder).mkdir()
    with Workers(1) as alone, Workers(1, cluster=Elsewhere()) as far:
        first = list(ship(alone, make_renditions, here, total=3, batch=1))
        second = list(ship(far, make_renditions, there, total=3, batch=1))
    assert first == second
    assert len(tree(tmp_path / "here")) == 3 * 4
    assert tree(tmp_path / "here") == tree(tmp_path / "there")


def test_a_photo_that_has_gone_meanwhile_is_told_of_by_its_path(tmp_path: Path) -> None:
    job = _job(tmp_path, "a", "here")
    Path(job.root, job.path).unlink()
    with Workers(1, cluster=Elsewhere()) as far:
        (made,) = ship(far, make_renditions, [job], total=1, batch=1)
    assert [(one.code, one.place.path) for one in made.problems] == [("photo-changed", job.path)]


def test_a_print_is_the_same_with_a_profile_that_was_sent(tmp_path: Path) -> None:
    digest = _job(tmp_path, "a", "here").digest
    (tmp_path / "there").mkdir()
    (tmp_path / "here").mkdir()
    inks = Inks("cmyk", str(PROFILE), f"test-{os.getpid()}")
    job = PrintJob(str(tmp_path), "a.jpg", digest, "k", 300, inks, str(tmp_path / "here"), 10**8)
    here = make_print(job)
    blind = msgspec.structs.replace(inks, profile="/nowhere.icc")
    there = msgspec.structs.replace(job, inks=blind, folder=str(tmp_path / "there"))
    assert _print_with(PROFILE.read_bytes(), there) == here
    assert tree(tmp_path / "here") == tree(tmp_path / "there")


class Elsewhere:
    """A cluster in this process that would find none of our folders."""

    size = 2
    shared = False

    def executor(self) -> Executor:
        return ThreadPoolExecutor(2)

    def reaches(self, folder: Path) -> bool:
        return False

    def close(self) -> None: ...


def _job(root: Path, name: str, folder: str) -> RenditionJob:
    (root / f"{name}.jpg").write_bytes(drawn(name))
    read = read_photo(PhotoJob(str(root), f"{name}.jpg", 10**8))
    assert read.facts
    return RenditionJob(
        str(root), f"{name}.jpg", read.facts.digest, f"{name * 16}", (480, 600),
        ("webp", "jpg"), str(root / folder), 10**8,
    )  # fmt: skip


def _deadly_for_the_bus(job: RenditionJob) -> Renditions:
    if job.path.endswith("last-bus.jpg"):
        os._exit(9)
    return make_renditions(job)
