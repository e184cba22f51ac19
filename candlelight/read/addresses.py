"""Addresses of the web that may stand in a page."""

from __future__ import annotations

import re

_UNSAFE = re.compile(
    r"[\x00-\x20\x7f-\xa0<>\"'`\\{}|^\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)


def is_safe(address: str) -> bool:
    """Whether *address* is a plain ``http`` or ``https`` one, with a host and nothing hidden."""
    if _UNSAFE.search(address):
        return False
    # Late: most texts have no address.
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
