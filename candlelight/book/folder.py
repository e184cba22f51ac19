"""The folder that a book is set from: templates, sheets, and a stand-in for each photo.

A file whose bytes are unchanged is left alone, so that a kept compiler sees only what an edit
really changed; what no longer belongs is removed.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from candlelight import resources
from candlelight.book.sheets import BookSheet, StorySheet


def lay(
    folder: Path,
    book: BookSheet,
    stories: Mapping[str, StorySheet],
    placeholders: Mapping[str, bytes],
    source: Path | None,
) -> list[str]:
    """Bring *folder* to what these sheets say; the names of the files that changed.

    *stories* and *placeholders* are by story id and by photo key; the templates of *source* go
    before the built-in ones. Raises OSError.
    """
    encode = msgspec.json.Encoder().encode
    wanted: dict[str, bytes] = {
        name: path.read_bytes() for name, path in resources.files("templates/book", source).items()
    }
    wanted["book.json"] = encode(book)
    wanted |= {f"stories/{name}.json": encode(sheet) for name, sheet in stories.items()}
    wanted |= {f"photos/{key}.png": content for key, content in placeholders.items()}
    for name in _standing(folder) - wanted.keys():
        (folder / name).unlink(missing_ok=True)
    return [name for name, content in wanted.items() if _write(folder / name, content)]


def lay_book(folder: Path, book: BookSheet) -> None:
    """Put *book* in place of the sheet that *folder* has; templates and stories stay."""
    _write(folder / "book.json", msgspec.json.encode(book))


def _standing(folder: Path) -> set[str]:
    paths = folder.rglob("*") if folder.is_dir() else ()
    return {path.relative_to(folder).as_posix() for path in paths if path.is_file()}


def _write(path: Path, content: bytes) -> bool:
    """Write *content* unless it stands there already; whether it did not."""
    try:
        if path.read_bytes() == content:
            return False
    except OSError:
        path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return True
