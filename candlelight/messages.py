"""The words of the interface: ``templates/messages/<set>.<language>.yaml``.

A language without a file of its own falls back: zh-Hant to zh-Hans, everything to English.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from candlelight import resources

LANGUAGES = ("zh-Hans", "zh-Hant", "en")


def candidates(language: str) -> tuple[str, ...]:
    """The languages to try for *language*, best first; never empty."""
    tag = language.lower()
    if tag.startswith("zh"):
        traditional = any(part in tag for part in ("hant", "-tw", "-hk", "-mo"))
        return ("zh-Hant", "zh-Hans", "en") if traditional else ("zh-Hans", "en")
    return ("en",)


def words_file(name: str, language: str, source: Path | None = None) -> Path:
    """The file of the set *name* (``words``, ``phrases``, ``problems``, ``console``).

    Raises FileNotFoundError if not even English is there: a broken installation.
    """
    for tag in candidates(language):
        try:
            return resources.find(f"templates/messages/{name}.{tag}.yaml", source)
        except FileNotFoundError:
            continue
    raise FileNotFoundError(f"templates/messages/{name}.en.yaml")


def load(name: str, language: str, source: Path | None = None) -> Mapping[str, Any]:
    """The set *name* in *language*, as nested mappings of text."""
    return parse(words_file(name, language, source))


def characters(name: str, language: str, source: Path | None = None) -> str:
    """Every character of the set *name*, sorted: what a font must have to show it."""
    return "".join(sorted(set(words_file(name, language, source).read_text("utf-8")) - {"\n"}))


@functools.cache
def parse(path: Path) -> Mapping[str, Any]:
    """The words in one file. Raises TypeError if it holds no mapping."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with path.open(encoding="utf-8") as file:
        parsed = yaml.load(file, Loader=loader)  # noqa: S506 - a safe loader, chosen above
    if not isinstance(parsed, dict):
        raise TypeError(f"{path} holds no words")
    return parsed
