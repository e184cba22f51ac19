"""The words of the e-book, ``templates/epub/words.<language>.yaml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from candlelight import messages, resources


class EpubWords(Mapping[str, str]):
    """Words by key; one that an anthology's own file lacks is the built-in one."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = dict(words)

    def __getitem__(self, key: str) -> str:
        return self._words[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)

    def say(self, key: str, **given: object) -> str:
        """The words *key* with what its braces name."""
        try:
            return self._words[key].format_map(given)
        except (KeyError, ValueError, IndexError):
            return self._words[key]  # An anthology's own words, which tell their fault.


def epub_words(language: str, source: Path | None = None) -> EpubWords:
    """The words in *language*, those of the anthology at *source* before the built-in ones."""
    found: dict[Path, None] = {}
    for tag in messages.candidates(language):
        name = f"templates/epub/words.{tag}.yaml"
        for root in (source, None):
            try:
                found[resources.find(name, root)] = None
            except FileNotFoundError:
                continue
        if found:
            break
    return EpubWords(messages.merged(found))
