"""Where a template or an asset lies: one answer for a clone, an editable install and a wheel.

Three places, the first that has the file wins, file by file:

1. the `--source` folder: an anthology may bring its own `templates/site/story.html`;
2. beside the package: a clone, or an editable install of one;
3. inside the package: a wheel carries `templates/` and `assets/` in it (pyproject.toml).
"""

import os
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent

# What file managers leave behind; a name with a leading dot is left out too.
LITTER = frozenset({"Thumbs.db", "desktop.ini"})


class UnsafeResourceError(OSError):
    """A template or asset that is no regular file, or a link that leaves its folder."""


def find(kind_path: str, source: Path | None) -> Path:
    """The file that *kind_path* (`templates/site/base.html`, `assets/css/site.css`) means.

    Raises FileNotFoundError if no place has it, UnsafeResourceError if a link leads outside.
    """
    for root in _roots(source):
        path = root / kind_path
        if path.is_symlink() or path.exists():
            return _inside(path, root)
    raise FileNotFoundError(kind_path)


def folders(kind: str, source: Path | None) -> list[Path]:
    """The folders of *kind* (`templates/site`, `assets`) that exist, the strongest first."""
    found = [(root / kind, root) for root in _roots(source)]
    return [_contained(folder, root) for folder, root in found if folder.is_dir()]


def files(kind: str, source: Path | None) -> dict[str, Path]:
    """Every file of *kind* by its name relative to it (POSIX form, sorted), overrides applied.

    Raises UnsafeResourceError for a link that leads outside and for what is no regular file.
    """
    found: dict[str, Path] = {}
    for root in reversed(_roots(source)):
        folder = root / kind
        if folder.is_dir():
            for path in _walk(_contained(folder, root), root):
                found[path.relative_to(folder).as_posix()] = path
    return dict(sorted(found.items()))


def _roots(source: Path | None) -> list[Path]:
    """The folders that may hold `templates/` and `assets/`, the strongest first, each once."""
    # In site-packages a folder `templates` beside the package would be somebody else's.
    built_in = PACKAGE.parent if (PACKAGE.parent / "pyproject.toml").is_file() else PACKAGE
    own = [] if source is None else [source.resolve()]
    return list(dict.fromkeys([*own, built_in]))


def _walk(folder: Path, root: Path) -> Iterator[Path]:
    """The files below *folder*; a link to a folder is none, so nothing goes in circles."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(".") or entry.name in LITTER:
                continue
            path = Path(entry.path)
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(path, root)
            else:
                yield _inside(path, root)


def _inside(path: Path, root: Path) -> Path:
    """*path*, if it is a regular file whose links all stay inside *root*."""
    if not _contained(path, root).is_file():
        raise UnsafeResourceError(f"不是普通文件 not a regular file: {path}")
    return path


def _contained(path: Path, root: Path) -> Path:
    """*path*, if it resolves to a place inside *root*."""
    if not path.resolve().is_relative_to(root):
        raise UnsafeResourceError(f"链接指向文件夹之外 a link that leads outside: {path}")
    return path
