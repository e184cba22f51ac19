"""The version of a library is the one that the installation itself tells."""

import sys
from importlib import metadata
from pathlib import Path

import pytest

from candlelight import libraries
from candlelight.libraries import version_of
from candlelight.run.version import LIBRARIES


@pytest.mark.parametrize("library", LIBRARIES)
def test_the_name_of_the_folder_tells_what_the_metadata_tell(library: str) -> None:
    try:
        told = metadata.version(library)
    except metadata.PackageNotFoundError:
        told = ""
    assert version_of(library) == told


def test_the_first_on_the_path_counts_and_an_old_form_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("first/lamp_light-2.0.dist-info", "second/Lamp.Light-1.0.dist-info"):
        (tmp_path / name).mkdir(parents=True)
    old = tmp_path / "second" / "candle.egg-info"
    old.mkdir()
    (old / "PKG-INFO").write_text("Metadata-Version: 1.0\nName: candle\nVersion: 3\n")
    path = [str(tmp_path / "none"), str(tmp_path / "first"), str(tmp_path / "second")]
    monkeypatch.setattr(sys, "path", path)
    for asked in (libraries.version_of, libraries._installed):
        asked.cache_clear()
    try:
        found = [version_of(name) for name in ("lamp-light", "candle", "moon")]
    finally:
        for asked in (libraries.version_of, libraries._installed):
            asked.cache_clear()
    assert found == ["2.0", "3", ""]
