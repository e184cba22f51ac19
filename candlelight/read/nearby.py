"""Relative addresses in a text -> the document of the anthology that they mean."""

from __future__ import annotations

import posixpath
import re
import unicodedata
import urllib.parse

_KINDS = frozenset({"stories", "teams", "communities", "people", "pages"})
_TAIL = re.compile(r"/(index(\.md|\.html)?)?$|\.md$", re.IGNORECASE)


def resolve(href: str, path: str) -> str:
    """``stories/other`` for *href* in the document at *path*, or ``""`` if it means none.

    Editors think of the file (``../other/index.md``), of the page (``../other/``) or of the
    neighbour alone (``other``): each is tried in this order. Whether the document exists is
    for planning to say.
    """
    address = unicodedata.normalize("NFC", urllib.parse.unquote(href))
    address = address.partition("#")[0].partition("?")[0].strip()
    if not address or ":" in address or "\\" in address:
        return ""
    inside = path.removeprefix("content/")
    folder = posixpath.dirname(inside)
    page = folder if inside.endswith("/index.md") else inside.removesuffix(".md")
    kind = inside.partition("/")[0]
    for base in (folder, page, kind, ""):
        joined = posixpath.normpath(posixpath.join("/", base, address))
        parts = _TAIL.sub("", joined).strip("/").split("/")
        if parts[0] == "content":
            parts = parts[1:]
        if len(parts) == 2 and parts[0] in _KINDS and "." not in parts[1]:
            return "/".join(parts)
    return ""
