"""Folders that no site may take the place of."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from candlelight.run.output import Made, Output, RefusedOutput
from candlelight.run.refusals import refuse_overlap


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "source" / "content").mkdir(parents=True)
    return tmp_path / "source"


@pytest.mark.parametrize("name", ["public", "build/site", ".candlelight/serve"])
def test_a_folder_of_its_own_in_the_source_is_allowed(source: Path, name: str) -> None:
    refuse_overlap(source / name, source)


@pytest.mark.parametrize(
    "name",
    [
        ".", "..", "content", "content/x", "assets", ".git", "templates/y", ".candlelight",
        "Templates", "CONTENT/x", "candlelight/public",
    ],
)  # fmt: skip
def test_a_folder_that_editors_write_in_is_refused(source: Path, name: str) -> None:
    with pytest.raises(RefusedOutput, match="output-"):
        refuse_overlap(source / name, source)


def test_a_detour_into_the_content_is_refused(source: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(source / "content")
    with pytest.raises(RefusedOutput, match="output-in-source"):
        refuse_overlap(tmp_path / "link" / "site", source)


def test_content_that_is_a_link_to_elsewhere_is_refused_there_too(tmp_path: Path) -> None:
    elsewhere = tmp_path / "shared" / "stories"
    elsewhere.mkdir(parents=True)
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "content").symlink_to(elsewhere)
    for place in (elsewhere, elsewhere / "public", tmp_path / "shared"):
        with pytest.raises(RefusedOutput, match="output-"):
            refuse_overlap(place, tmp_path / "source")


def test_the_source_under_another_name_is_refused(source: Path, tmp_path: Path) -> None:
    (tmp_path / "other name").symlink_to(source)
    with pytest.raises(RefusedOutput, match="output-holds-source"):
        refuse_overlap(tmp_path / "other name", source)
    with pytest.raises(RefusedOutput, match="output-in-source"):
        refuse_overlap(tmp_path / "other name" / "content" / "x", source)


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="mounts a folder")
def test_the_source_mounted_elsewhere_is_refused(source: Path, tmp_path: Path) -> None:
    mounted = tmp_path / "mounted"
    mounted.mkdir()
    if subprocess.run(["mount", "--bind", source, mounted], check=False).returncode:
        pytest.skip("no mounts here")
    try:
        for name, reason in ((".", "output-holds-source"), ("content/x", "output-in-source")):
            with pytest.raises(RefusedOutput, match=reason):
                refuse_overlap(mounted / name, source)
        refuse_overlap(mounted / "public", source)
    finally:
        subprocess.run(["umount", mounted], check=True)


def test_the_home_folder_and_what_holds_it_are_refused(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home" / "me"
    home.mkdir(parents=True)
    monkeypatch.setattr(Path, "home", lambda: home)
    for place in (home, home.parent):
        with pytest.raises(RefusedOutput, match="output-holds-home"):
            refuse_overlap(place, source)
    refuse_overlap(home / "site", source)


def test_the_root_of_everything_is_refused(source: Path) -> None:
    with pytest.raises(RefusedOutput, match="output-holds-source"):
        refuse_overlap(Path("/"), source)


def test_a_file_in_the_place_of_the_output_is_refused(source: Path) -> None:
    (source / "public").write_text("a letter")
    with (
        pytest.raises(RefusedOutput, match="not-a-folder"),
        Output(source / "public").locked(source),
    ):
        pass


def test_a_folder_that_lost_its_manifest_is_refused_even_if_a_spare_knows_it(source: Path) -> None:
    """Somebody may have put another site there, with the names that every site has."""
    output = Output(source / "public")
    for number in range(2):
        with output.locked(source):
            intact = output.published({})
            output.publish({"index.html": Made("1", b"%d" % number)}, intact)
    (source / "public/.candlelight").unlink()
    (source / "public/index.html").write_bytes(b"another site")
    with pytest.raises(RefusedOutput, match="strangers"), output.locked(source):
        output.published({})
