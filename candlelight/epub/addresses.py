"""Addresses of the web as an e-book may hold them: whatever was typed, valid or left out."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from candlelight.make.xml import held


def web_address(address: str) -> str:
    """*address* as a valid URL of http(s) or mailto; ``""`` if it cannot be one."""
    try:
        parts = urlsplit(address.strip())
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if parts.scheme == "mailto":
        return "mailto:" + quote(parts.path, safe="@%,._~!$&'*+-;=")
    if parts.scheme not in ("http", "https") or not re.fullmatch(r"[\w-]+(?:\.[\w-]+)*\.?", host):
        return ""
    try:
        host = host.encode("idna").decode()
    except UnicodeError:
        return ""
    port = f":{parts.port}" if parts.port else ""
    made = f"{parts.scheme}://{host}{port}{_quoted(parts.path)}"
    made += f"?{_quoted(parts.query)}" if parts.query else ""
    return made + (f"#{_quoted(parts.fragment)}" if parts.fragment else "")


def _quoted(part: str) -> str:
    kept = quote(held(part), safe="/%:@!$&'()*+,;=~-._?")
    return re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", kept)
