"""A desk with a story on it: what editors type goes in, what was understood comes out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from PIL import Image

from candlelight.read.document import read_document
from candlelight.read.jobs import DocumentJob, ReadDocument
from tests.read.desk import Codes, Lay, Read

FOLDER = "content/stories/first-snow"


@pytest.fixture
def read() -> Read:
    """Read a whole text as the story ``first-snow``; *photos* lie beside it."""

    def read_text(
        text: str | bytes, *, kind: str = "story", photos: tuple[str, ...] = (), path: str = ""
    ) -> ReadDocument:
        raw = text.encode() if isinstance(text, str) else text
        beside = tuple(f"{FOLDER}/{name}" for name in photos)
        return read_document(DocumentJob(path or f"{FOLDER}/index.md", kind, raw, beside))

    return read_text


@pytest.fixture
def body(read: Read) -> Read:
    """Read *text* as the body of a story called 初雪; its first line is line 4."""
    return lambda text, **more: read(f"---\ntitle: 初雪\n---\n{text}", **more)


@pytest.fixture
def anthology(tmp_path: Path) -> Lay:
    """Lay files (path: text, bytes, or a size in pixels for a photo) and give their folder."""

    def lay(files: Mapping[str, str | bytes | tuple[int, int]]) -> Path:
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, tuple):
                Image.new("RGB", content, "#c8a070").save(path)
            else:
                path.write_bytes(content.encode() if isinstance(content, str) else content)
        return tmp_path

    return lay


@pytest.fixture
def codes() -> Codes:
    """The codes of what was said of a text, in order."""
    return lambda found: [problem.code for problem in found.problems]
