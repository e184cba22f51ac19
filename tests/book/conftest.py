"""What the tests of the book share: the faces, unpacked once."""

from __future__ import annotations

from pathlib import Path

import pytest

from candlelight.book import fonts


@pytest.fixture(scope="session")
def faces(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the faces that are kept."""
    return fonts.faces(tmp_path_factory.mktemp("faces"), None)[0].folder
