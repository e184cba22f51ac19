"""What the readers hold: the output is whole at every instant, and mended where it is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from candlelight.run.output import Output, RefusedOutput
from tests.anthology import Anthology


def test_a_build_that_dies_while_publishing_leaves_a_whole_site_and_the_next_mends_it(
    told: Anthology, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = told.files()
    told.edit("night", summary="又一夜")
    with monkeypatch.context() as dying:
        dying.setattr(Output, "_place", _die)
        with pytest.raises(KeyboardInterrupt):
            told.build()
    assert told.files() == before
    assert "又一夜" in told.build().files["index.html"].decode()


def test_a_build_that_dies_after_publishing_leaves_the_new_site_and_the_next_writes_nothing(
    told: Anthology, monkeypatch: pytest.MonkeyPatch
) -> None:
    told.edit("night", summary="又一夜")
    with monkeypatch.context() as dying:
        dying.setattr("candlelight.run.seen.keep", _die)
        with pytest.raises(KeyboardInterrupt):
            told.build()
    assert "又一夜" in told.read("index.html")
    assert told.build().written == set()


def test_a_file_deleted_from_the_output_comes_back(told: Anthology) -> None:
    before = told.files()
    (told.output / "stories/night/index.html").unlink()
    result = told.build()
    assert result.written == {"stories/night/index.html"}
    assert result.files == before


def test_a_file_edited_in_the_output_is_made_again(told: Anthology) -> None:
    before = told.files()
    page = told.output / "stories/night/index.html"
    page.write_bytes(page.read_bytes().replace("夜班".encode(), "白班".encode()))
    assert told.build().files == before


@pytest.mark.parametrize("spoil", [lambda b: b + b"!", lambda b: b[:-9] + b"123456789"])
def test_a_photo_damaged_in_the_output_is_made_again(
    told: Anthology, spoil: Callable[[bytes], bytes]
) -> None:
    told.photo("night", "a.jpg").build()
    before = told.files()
    for path in told.output.glob("assets/photos/*"):
        path.write_bytes(spoil(path.read_bytes()))
    assert told.build().files == before


def test_the_old_output_may_be_deleted_whole(told: Anthology) -> None:
    import shutil

    before = told.files()
    shutil.rmtree(told.output)
    assert told.build().files == before


def test_a_site_can_be_published_elsewhere_without_making_photos_again(
    told: Anthology, tmp_path: Path
) -> None:
    told.photo("night", "a.jpg").build()
    before = told.files()
    told.output = tmp_path / "elsewhere"
    result = told.build()
    assert result.files == before
    assert result.made["renditions"] == 0


@pytest.mark.parametrize("place", [".", "..", "content", "content/stories", "templates"])
def test_an_output_that_holds_what_editors_wrote_is_refused(told: Anthology, place: str) -> None:
    told.output = told.root / place
    with pytest.raises(RefusedOutput, match="output-"):
        told.build()
    assert (told.root / "content/stories/night/index.md").exists()


def _die(*_: object) -> None:
    raise KeyboardInterrupt
