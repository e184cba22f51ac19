"""The files of the theme: what each template is made of, and the assets with their addresses."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from candlelight import resources
from candlelight.make.references import BrokenText, references
from candlelight.plan import routes

UNHASHED = ("assets/fonts/", "assets/images/")
"""Names that stay, and are revalidated: a new character in the font never touches every page."""


class BrokenTemplate(Exception):
    """A template that cannot be read: its *name*, its *line* (0 if unknown) and the *reason*."""

    def __init__(self, name: str, line: int, reason: str) -> None:
        super().__init__(f"{name}:{line}: {reason}")
        self.name, self.line, self.reason = name, line, reason


def template_digests(source: Path | None, words: Iterable[Path]) -> dict[str, str]:
    """For each page template a digest of itself, of all that it includes, and of the words.

    Raises BrokenTemplate for a syntax error, a missing part, or a part chosen while rendering.
    """
    sources = _sources(source)
    spoken = b"\0".join(path.read_bytes() for path in words)
    digests = {}
    for name, parts in _made_of(sources).items():
        whole = hashlib.sha256(spoken)
        for part in sorted(parts):
            whole.update(f"{part}\0{sources[part]}\0".encode())
        digests[name] = whole.hexdigest()
    return digests


def template_parts(source: Path | None) -> dict[str, dict[str, str]]:
    """For each page template the files it is made of, itself among them, with a digest of each."""
    sources = _sources(source)
    digests = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in sources.items()}
    return {
        name: {part: digests[part] for part in sorted(parts)}
        for name, parts in _made_of(sources).items()
    }


def _sources(source: Path | None) -> dict[str, str]:
    sources = {}
    for name, path in resources.files("templates/site", source).items():
        if name.endswith(".html"):
            try:
                sources[name] = path.read_text("utf-8")
            except UnicodeDecodeError as fault:
                raise BrokenTemplate(name, 0, str(fault)) from fault
    return sources


def _made_of(sources: Mapping[str, str]) -> dict[str, set[str]]:
    parts = {name: _parts(name, text, sources) for name, text in sources.items()}
    return {name: _closure(name, parts) for name in sources}


def _parts(name: str, text: str, sources: Mapping[str, str]) -> set[str]:
    found = set()
    try:
        named = references(text)
    except BrokenText as fault:
        raise BrokenTemplate(name, fault.line, fault.reason) from fault
    for part in named:
        if part is None:
            raise BrokenTemplate(name, 0, "a part that is chosen while rendering")
        if part not in sources:
            raise BrokenTemplate(name, 0, f"{part} is missing")
        found.add(part)
    return found


def _closure(name: str, parts: Mapping[str, set[str]]) -> set[str]:
    found, waiting = set(), [name]
    while waiting:
        part = waiting.pop()
        if part not in found:
            found.add(part)
            waiting += parts[part]
    return found


_NOT_FOR_THE_SITE = ("cards/", "css/epub.css", "fonts/book/", "icc/")


def assets(source: Path | None) -> dict[str, tuple[str, bytes]]:
    """Every asset by name: the address it is published at, and its bytes.

    The Kai is left out: the build publishes a subset of it. So is ``cards/``, where the build
    puts share cards of its own, and what only books need.
    """
    found = {}
    for name, path in resources.files("assets", source).items():
        address = f"assets/{name}"
        if address == routes.FONT or name.startswith(_NOT_FOR_THE_SITE):
            continue
        content = path.read_bytes()
        if not address.startswith(UNHASHED):
            address = routes.asset(name, hashlib.sha256(content).hexdigest())
        found[name] = (address, content)
    return found
