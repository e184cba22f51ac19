"""What was made with another library is not taken for what this one would make."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from candlelight.run.version import LIBRARIES

ROOT = Path(__file__).resolve().parents[2]
SHAPE_NOTHING = {"rich", "watchfiles"}  # a progress bar; a look-out for saves


def test_every_library_that_shapes_bytes_is_part_of_the_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = {re.split(r"[^\w-]", wanted)[0] for wanted in project["dependencies"]}
    assert needed - set(LIBRARIES) == SHAPE_NOTHING
