"""What the preview answers to a path; no socket in sight."""

from __future__ import annotations

import contextlib
import glob
import re
from pathlib import Path
from urllib.parse import quote, unquote

import msgspec

from candlelight.preview.board import Board
from candlelight.preview.kept import Kept
from candlelight.preview.overlay import ROOM, dress, empty_page, own_problems, page_address

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".xml": "application/xml",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".pdf": "application/pdf",
    ".epub": "application/epub+zip",
}
"""Own table: on Windows the registry may say that a script is plain text."""

_HASHED = re.compile(r"(?P<stem>[^/]+)\.[0-9a-f]{12}(?P<suffix>\.\w+)")
_OWN = Path(__file__).resolve().parent
_OWN_FILES = frozenset({"reload.js", "preview.css"})


class Reply(msgspec.Struct, frozen=True):
    """An answer: status, kind and bytes; *location* leads on instead."""

    status: int
    kind: str = "text/plain; charset=utf-8"
    body: bytes = b""
    location: str = ""


class Pages:
    """The site in *folder*, each page with its problems; *photos* holds all renditions."""

    def __init__(self, folder: Path, photos: Path, board: Board, kept: Kept) -> None:
        self.folder = folder
        self.photos = photos
        self.board = board
        self.kept = kept

    def reply(self, target: str) -> Reply:
        """The answer to the path of a request line; never a file outside of *folder*."""
        parts = split_path(_without_root(target, self.board.standing.root))
        if parts is None:
            return Reply(400, body=b"400")
        if parts[0] == ROOM:
            return self._own(parts[1:])
        if self._file(parts) is None and self._is_folder(parts):
            # Links on the page are relative to the folder.
            return Reply(307, location=f"/{quote('/'.join(parts))}/")
        # The generation before the file: a page never claims to be newer than it is.
        standing = self.board.standing
        path = self._file([*parts[:-1], parts[-1] or "index.html"])
        if path and path.suffix != ".html":
            return self._plain(path)
        address = page_address(parts)
        if path and (page := _read(path)) is not None:
            return Reply(200, _TYPES[".html"], dress(page, address, standing))
        if stand_in := self._photo(parts) or self._newer(parts):
            return self._plain(stand_in)
        if page := self.kept.page(address):
            return Reply(200, _TYPES[".html"], dress(page, address, standing, old=True))
        return self._missing(address)

    def _missing(self, address: str) -> Reply:
        standing = self.board.standing
        lost = self._file(["404.html"])
        page = _read(lost) if lost else None
        if page is None or own_problems(standing, address):
            styles = sorted(self.folder.glob("assets/css/site.*.css"))
            style = styles[0].relative_to(self.folder).as_posix() if styles else ""
            return Reply(404, _TYPES[".html"], empty_page(address, standing, style))
        return Reply(404, _TYPES[".html"], dress(page, address, standing))

    def _own(self, parts: list[str]) -> Reply:
        if len(parts) == 1 and parts[0] in _OWN_FILES:
            return self._plain(_OWN / parts[0])
        return Reply(404, body=b"404")

    def _plain(self, path: Path) -> Reply:
        content = _read(path)
        if content is None:
            return Reply(404, body=b"404")
        return Reply(200, _TYPES.get(path.suffix.lower(), "application/octet-stream"), content)

    def _file(self, parts: list[str]) -> Path | None:
        """The regular file at *parts*, if it really lies in the folder."""
        path = self.folder.joinpath(*parts)
        with contextlib.suppress(OSError, ValueError):  # A name that no file can have.
            if path.is_file() and path.resolve().is_relative_to(self.folder.resolve()):
                return path
        return None

    def _is_folder(self, parts: list[str]) -> bool:
        """Whether *parts*, named without a slash at the end, is a folder or a page held back."""
        if not parts[-1]:
            return False
        address = f"{'/'.join(parts)}/"
        if self.kept.page(address) or own_problems(self.board.standing, address):
            return True
        with contextlib.suppress(OSError, ValueError):
            return self.folder.joinpath(*parts).is_dir()
        return False

    def _photo(self, parts: list[str]) -> Path | None:
        """A rendition that no published page shows now: a last good version may."""
        if parts[:-1] != ["assets", "photos"] or not parts[-1]:
            return None
        path = self.photos / parts[-1]
        with contextlib.suppress(OSError, ValueError):
            return path if path.is_file() else None
        return None

    def _newer(self, parts: list[str]) -> Path | None:
        """The style of today for a page of yesterday: the same name with another digest."""
        named = _HASHED.fullmatch(parts[-1])
        if not named or parts[0] != "assets":
            return None
        name = f"{glob.escape(named['stem'])}.*{named['suffix']}"
        found = sorted(self.folder.joinpath(*parts[:-1]).glob(name))
        return self._file([*parts[:-1], found[0].name]) if found else None


def _without_root(target: str, root: str) -> str:
    """*target* from the root of the site: the page for lost readers links below its base URL."""
    return target[len(root) - 1 :] if target.startswith(root) else target


def split_path(target: str) -> list[str] | None:
    """``["stories", "x", ""]`` for ``/stories/x/?y``; None for what no page can be called.

    The last part is "" for a folder. No part is hidden, climbs, or hides another separator.
    """
    try:
        path = unquote(target.partition("?")[0].partition("#")[0], errors="strict")
    except UnicodeDecodeError:
        return None
    if not path.startswith("/") or any(sign in path for sign in "\\\0:"):
        return None
    parts = path[1:].split("/")
    if "" in parts[:-1] or any(part.startswith(".") for part in parts):
        return None
    return parts


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None  # A build has just taken it away.
