"""The folder that a book is set from: templates, sheets, and a stand-in for each photo.

A file whose bytes are unchanged is left alone, so that a kept compiler sees only what an edit
really changed; what no longer belongs is removed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
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
    folder.mkdir(parents=True, exist_ok=True)
    standing = dict(_standing(folder))
    for name in standing.keys() - wanted.keys():
        (folder / name).unlink(missing_ok=True)
    for inner in dict.fromkeys(name.rpartition("/")[0] for name in wanted):
        (folder / inner).mkdir(parents=True, exist_ok=True)
    changed = []
    for name, content in wanted.items():
        path = folder / name
        if standing.get(name) != len(content) or path.read_bytes() != content:
            path.write_bytes(content)
            changed.append(name)
    return changed


def lay_book(folder: Path, book: BookSheet) -> None:
    """Put *book* in place of the sheet that *folder* has; templates and stories stay."""
    (folder / "book.json").write_bytes(msgspec.json.encode(book))


def _standing(folder: Path, inside: str = "") -> Iterator[tuple[str, int]]:
    """The name and the bytes of each file in *folder*, *inside* being before every name."""
    with os.scandir(folder) as entries:
        for entry in entries:
            name = f"{inside}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                yield from _standing(Path(entry.path), f"{name}/")
            elif entry.is_file():
                yield name, entry.stat().st_size
