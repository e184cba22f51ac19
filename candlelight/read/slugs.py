"""Names of files and folders that may become addresses, on every system that an editor uses."""

from __future__ import annotations

import unicodedata

from candlelight.patterns import Late
from candlelight.problems import Place, Problem, error

_UNSAFE = Late(
    r"[<>:\"/\\|?*#%&+=;@`^{}\[\]$\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufffd\ud800-\udfff]"
)
_RESERVED = Late(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?")
MAX_BYTES = 150


def check_slug(slug: str, path: str) -> Problem | None:
    """The error for a *slug* that some system or browser could not carry, else None."""
    if _is_plain(slug):
        return None
    place = Place(path)
    if _RESERVED.now.fullmatch(slug):
        return error("slug-reserved", place, slug=slug)
    if unsafe := _UNSAFE.now.search(slug):
        return error("slug-unsafe", place, slug=slug, character=unsafe[0])
    if slug != slug.strip(" .\u3000") or slug.startswith(("-", "_")):
        return error("slug-edge", place, slug=slug)
    if len(slug.encode(errors="replace")) > MAX_BYTES:
        return error("slug-too-long", place, slug=slug, limit=MAX_BYTES)
    return None


def same_slug(slug: str) -> str:
    """The form in which slugs that some system cannot tell apart are equal."""
    if slug.isascii():
        return slug.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", slug).casefold())


def _is_plain(slug: str) -> bool:
    """Whether *slug* is Latin letters, digits and hyphens, and longer than any reserved name."""
    return (
        4 < len(slug) <= MAX_BYTES
        and slug.isascii()
        and slug.replace("-", "").isalnum()
        and slug[0] != "-"
    )
