"""Which characters no face of the book has: Typst sets an empty box for them and says nothing."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from candlelight.book.fonts import Faces

_IGNORABLE = frozenset({
    *range(0x34F, 0x350), *range(0x115F, 0x1161), *range(0x17B4, 0x17B6), *range(0x180B, 0x1810),
    *range(0x3164, 0x3165), *range(0xFE00, 0xFE10), *range(0xFFA0, 0xFFA1),
    *range(0xE0000, 0xE1000),
})  # fmt: skip
"""Unicode's Default_Ignorable_Code_Point beyond the controls and format characters: joiners of
letters, fillers, variation selectors, tags. A renderer shows nothing for one that a font lacks."""

_EMPTY = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
"""Controls, format characters (joiners, directions) and spaces, which are only a width."""


def lacking(texts: Mapping[str, Iterable[str]], faces: Faces) -> dict[str, str]:
    """By the ids of *texts*, the characters that no face can show; sorted, each once.

    Only ids that lack some are in the answer. All faces count, whatever the role of the text:
    Typst looks in every face before it gives up.
    """
    wanted = {name: _characters(parts) for name, parts in texts.items()}
    # All at once first: a story's characters stand in other stories too.
    every: frozenset[str] = frozenset().union(*wanted.values())
    lost = {character for character in every if not _shown(character, faces.characters)}
    if not lost:
        return {}
    return {
        name: "".join(sorted(missing)) for name, own in wanted.items() if (missing := own & lost)
    }


def _characters(parts: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*(unicodedata.normalize("NFC", part) for part in parts))


def _shown(character: str, has: frozenset[int]) -> bool:
    """A letter with an accent may also be put together from the two, as shapers do."""
    if ord(character) in has or not _needs_glyph(character):
        return True
    parts = unicodedata.normalize("NFD", character)
    return parts != character and all(ord(part) in has for part in parts)


def _needs_glyph(character: str) -> bool:
    return ord(character) not in _IGNORABLE and unicodedata.category(character) not in _EMPTY
