"""The words of the interface: ``templates/messages/<set>.<language>.yaml``.

A language without a file of its own falls back: zh-Hant to zh-Hans, everything to English.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from candlelight import resources
from candlelight.recall import answers

LANGUAGES = ("zh-Hans", "zh-Hant", "en")


class BrokenWords(OSError):
    """A file of words that cannot be read: an anthology may bring its own."""


def candidates(language: str) -> tuple[str, ...]:
    """The languages to try for *language*, best first; never empty."""
    tag = language.lower()
    if tag.startswith("zh"):
        traditional = any(part in tag for part in ("hant", "-tw", "-hk", "-mo"))
        return ("zh-Hant", "zh-Hans", "en") if traditional else ("zh-Hans", "en")
    return ("en",)


def words_files(name: str, language: str, source: Path | None = None) -> tuple[Path, ...]:
    """The files of the set *name* (``words`` …): the anthology's own, then the built-in one.

    Raises FileNotFoundError if not even English is there: a broken installation.
    """
    for tag in candidates(language):
        kind_path = f"templates/messages/{name}.{tag}.yaml"
        found = [path for root in (source, None) if (path := _found(kind_path, root))]
        if found:
            return tuple(dict.fromkeys(found))
    raise FileNotFoundError(f"templates/messages/{name}.en.yaml")


def load(name: str, language: str, source: Path | None = None) -> Mapping[str, Any]:
    """The set *name* in *language*, as nested mappings of text."""
    return merged(words_files(name, language, source))


def merged(files: Iterable[Path]) -> Mapping[str, Any]:
    """The words of *files*, the first strongest: own words need not be complete, nor stay so.

    Raises BrokenWords where an own word is no word, such as a list.
    """
    words: Mapping[str, Any] = {}
    above = ""
    for path in files:
        words = _over(words, parse(path), above)
        above = str(path)
    return words


def characters(name: str, language: str, source: Path | None = None) -> str:
    """Every character of the set *name*, sorted: what a font must have to show it."""
    texts = (path.read_text("utf-8") for path in words_files(name, language, source))
    return "".join(sorted(set().union(*texts) - {"\n"}))


def _found(kind_path: str, root: Path | None) -> Path | None:
    try:
        return resources.find(kind_path, root)
    except FileNotFoundError:
        return None


def _over(strong: Mapping[str, Any], weak: Mapping[str, Any], file: str) -> Mapping[str, Any]:
    laid = {**weak, **strong}
    for key, value in weak.items():
        if not isinstance(laid[key], (str, type(value))):
            raise BrokenWords(f"{file}: {key}: {laid[key]}")
        if isinstance(value, Mapping) and isinstance(laid[key], Mapping):
            laid[key] = _over(laid[key], value, file)
    return laid


def parse(path: Path) -> Mapping[str, Any]:
    """The words in one file, as it is now. Raises BrokenWords if it is no mapping in YAML."""
    try:
        return parsed(path.read_bytes().decode("utf-8", "surrogateescape"))
    except ValueError as fault:
        raise BrokenWords(f"{path}: {fault}") from fault


@answers("words", most=16)
def parsed(text: str) -> Mapping[str, Any]:
    """The words that *text*, a file's, says in YAML. Raises ValueError if it is no mapping."""
    # By its text and not by its path: an anthology's own words may change while it is served.
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        # A safe loader, chosen above; it knows more encodings than UTF-8.
        parsed = yaml.load(text.encode("utf-8", "surrogateescape"), Loader=loader)  # noqa: S506
    except yaml.YAMLError as fault:
        raise ValueError(str(fault)) from fault
    if not isinstance(parsed, dict):
        raise ValueError("no words")  # noqa: TRY004 - told like any other fault of the file
    return parsed
