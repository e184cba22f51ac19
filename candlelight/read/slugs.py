"""Names of files and folders that may become addresses, on every system that an editor uses."""

from __future__ import annotations

import re
import unicodedata

from candlelight.problems import Place, Problem, error

_UNSAFE = re.compile(
    r"[<>:\"/\\|?*#%&+=;@`^{}\[\]$\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufffd]"
)
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
MAX_BYTES = 150


def check_slug(slug: str, path: str) -> Problem | None:
    """The error for a *slug* that some system or browser could not carry, else None."""
    place = Place(path)
    if _RESERVED.fullmatch(slug):
        return error("slug-reserved", place, slug=slug)
    unsafe = _UNSAFE.search(slug) or re.search("[\ud800-\udfff]", slug)
    if unsafe:
        return error("slug-unsafe", place, slug=slug, character=unsafe[0])
    if slug != slug.strip(" .\u3000") or slug.startswith(("-", "_")):
        return error("slug-edge", place, slug=slug)
    if len(slug.encode(errors="replace")) > MAX_BYTES:
        return error("slug-too-long", place, slug=slug, limit=MAX_BYTES)
    return None


def same_slug(slug: str) -> str:
    """The form in which slugs that some system cannot tell apart are equal."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", slug).casefold())
