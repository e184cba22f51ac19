"""The other way to publish: file by file, where two folders cannot change places.

What is to be done is noted first. Who dies on the way leaves old pages beside new ones, and none
missing; the next build does what is left before it does anything else.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path

import msgspec

from candlelight import whole
from candlelight.run.disk import apply, move, settle
from candlelight.run.manifest import MANIFEST
from candlelight.run.moments import reached
from candlelight.run.steps import Steps

_FILE = "journal"
_MANIFEST = "manifest"
"""The manifest to come, in the room."""


class Journal(msgspec.Struct, frozen=True):
    """What is being done in the output: *sources* are files in the room by the path they go to."""

    steps: Steps
    sources: dict[str, str]
    durable: bool


def replace_files(room: Path, folder: Path, journal: Journal, manifest: bytes) -> None:
    """Take all steps of *journal* in *folder*, the manifest last. Raises OSError."""
    if journal.durable:
        settle(room, journal.sources.values())
    whole.write(room / _MANIFEST, manifest)
    with whole.aside(room / _FILE, lasting=journal.durable) as part:
        part.write_bytes(msgspec.json.encode(journal))
    reached("noted")
    roll_forward(room, folder)


def roll_forward(room: Path, folder: Path) -> bool:
    """Do what is left of the journal in *room*, if there is one; whether there was. Raises OSError.

    A step that was taken already is not taken again.
    """
    journal = _noted(room)
    if journal is None:
        return False
    folder.mkdir(exist_ok=True)
    apply(journal.steps, folder, _Places(room, folder, journal.sources))
    _Places(room, folder, {MANIFEST: _MANIFEST})(MANIFEST, f"{folder}/{MANIFEST}")
    reached("replaced")
    if journal.durable:
        settle(folder, [*journal.steps.put, MANIFEST])
    (room / _FILE).unlink()
    reached("closed")
    return True


class _Places:
    """Puts the file of the *room* that is meant for a path into its place in *folder*."""

    def __init__(self, room: Path, folder: Path, sources: Mapping[str, str]) -> None:
        self._room, self._folder = os.fspath(room), os.fspath(folder)
        self._sources = sources

    def __call__(self, path: str, target: str) -> None:
        with contextlib.suppress(FileNotFoundError):  # It stands in its place already.
            move(f"{self._room}/{self._sources[path]}", target, self._folder)


def _noted(room: Path) -> Journal | None:
    with contextlib.suppress(FileNotFoundError, msgspec.MsgspecError, UnicodeDecodeError):
        return msgspec.json.decode((room / _FILE).read_bytes(), type=Journal)
    return None


def is_noted(room: Path) -> bool:
    """Whether *room* holds a journal that is not finished."""
    return (room / _FILE).exists()
