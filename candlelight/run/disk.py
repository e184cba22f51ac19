"""What publishing asks of a file system, and what it does where the system cannot."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from candlelight import whole
from candlelight.resources import LITTER
from candlelight.run.moments import reached
from candlelight.run.steps import Steps

PART = ".candlelight.part"
"""A file on its way into a tree; whole.py has parts beside each file, a tree has one for all."""
LITTER_TOO = LITTER | {".DS_Store"}
"""What a file manager leaves behind when somebody looks at the site is no loss."""

_HELD = frozenset({5, 32, 33})
"""Windows: access denied, sharing violation, lock violation (winerror.h)."""
_PAUSES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6)
"""Seconds between tries: a program that reads a page or looks for viruses soon lets it go."""
_NO_LINKS = frozenset(
    {errno.EPERM, errno.EXDEV, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
)


def replace(source: str, target: str) -> None:
    """Put the file *source* where *target* is or is not, in one step. Raises OSError."""
    _patiently(os.replace, source, target)


def move(source: str, target: str, tree: str) -> None:
    """Like :func:`replace`, from another file system too, by way of a part in *tree*."""
    try:
        replace(source, target)
    except OSError as fault:
        if fault.errno != errno.EXDEV:
            raise
        shutil.copyfile(source, f"{tree}/{PART}")
        replace(f"{tree}/{PART}", target)
        os.unlink(source)  # noqa: PTH108


def twin(source: str, target: str) -> bool:
    """Make *target*, which does not exist, the same file as *source*; a copy where links fail.

    Returns whether it is a link. Raises OSError.
    """
    try:
        os.link(source, target)
    except OSError as fault:
        # Windows tells of a file system without links by EINVAL or by numbers of its own.
        if fault.errno not in _NO_LINKS and sys.platform != "win32":
            raise
        shutil.copy2(source, target)
        return False
    return True


def apply(steps: Steps, tree: Path, put: Callable[[str, str], None]) -> None:
    """Take *steps* in *tree*; *put* gets the path of each file that comes, and its place."""
    root = os.fspath(tree)
    for path in steps.cleared:
        remove(tree, path)
    made: set[str] = set()
    for path in steps.put:
        folder = path.rpartition("/")[0]
        if folder not in made:
            _make_folder(f"{root}/{folder}")
            made.add(folder)
        target = f"{root}/{path}"
        try:
            put(path, target)
        except (IsADirectoryError, PermissionError):
            if not os.path.isdir(target):  # noqa: PTH112
                raise
            # Nothing lies in it: a file of somebody else would have been refused.
            _remove_empty(target)
            put(path, target)
        reached("placed")
    for path in steps.removed:
        remove(tree, path)


def remove(tree: Path, path: str) -> None:
    """Delete the file at *path* in *tree*, if it is there, and the folders that it leaves empty."""
    file = tree / path
    with contextlib.suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
        _patiently(file.unlink)
    for folder in list(file.parents)[: path.count("/")]:
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            left = os.listdir(folder)  # noqa: PTH208
            if not LITTER_TOO.issuperset(left):
                return
            for name in left:
                (folder / name).unlink()
            folder.rmdir()


def throw_away(path: Path) -> None:
    """Delete the file or folder at *path*, as far as the system lets us."""
    with contextlib.suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def settle(tree: Path, files: Iterable[str]) -> None:
    """Have all that was written into *tree* on the disk; *files* says what that was.

    Linux is asked for the file system, others for everything, Windows for one file after the other.
    Raises OSError if the disk refuses.
    """
    if sys.platform == "win32":
        for path in files:
            whole.keep(tree / path)
    elif sys.platform != "linux" or not _sync_file_system(tree):
        os.sync()
        if sys.platform == "darwin":
            _empty_the_drive(tree)


def _sync_file_system(tree: Path) -> bool:
    """Ask Linux for the file system that holds *tree* alone; False where that cannot be asked."""
    # Late: only an output that changes is synced.
    import ctypes

    syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if syncfs is None:
        return False
    handle = os.open(tree, os.O_RDONLY)
    try:
        if syncfs(handle) == 0:
            return True
        fault = ctypes.get_errno()
    finally:
        os.close(handle)
    if fault == errno.ENOSYS:
        return False
    raise OSError(fault, os.strerror(fault), os.fspath(tree))


def _empty_the_drive(tree: Path) -> None:
    """Have macOS wait for what the drive keeps in a memory of its own (fcntl(2))."""
    if sys.platform == "darwin":
        import fcntl

        handle = os.open(tree, os.O_RDONLY)
        with contextlib.suppress(OSError):
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
        os.close(handle)


def _patiently(act: Callable[..., object], *names: str) -> None:
    """*act*, and again while another program on Windows holds what it is about. Raises OSError."""
    for pause in _PAUSES:
        try:
            act(*names)
        except OSError as fault:
            if getattr(fault, "winerror", None) not in _HELD:
                raise
            time.sleep(pause)
        else:
            return
    act(*names)


def _make_folder(folder: str) -> None:
    try:
        os.mkdir(folder)  # noqa: PTH102 - thousands of folders
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103


def _remove_empty(folder: str) -> None:
    for below, _, _ in os.walk(folder, topdown=False):
        os.rmdir(below)  # noqa: PTH106
