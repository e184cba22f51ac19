"""Where a person is first named in a text: an invisible mark, from which the index takes its page.

A name is found across bold and other runs. The longest one wins, and none is found within a longer
one: not 何文 where 何文君 is meant, not 阿迪力 in 阿迪力·买买提, not Li in Lily.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

import msgspec

from candlelight.book.sheets import Block, Run

_LETTER = "[^\\W\\d_\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_DOT = "[·•・‧．]"

Place = tuple[int, int]
"""The number of a block, and of a character in it."""


def mark_names(
    blocks: Sequence[Block], names: Mapping[str, Sequence[str]], others: Collection[str] = ()
) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """*blocks* with a run ``(key, "i")`` before the first mention of each name; the missing keys.

    *names* maps a key to its spellings, likeliest first: the first that occurs at all is meant.
    *others* are names that only hide a shorter one. Takes time by the length of the text.
    """
    first = _first_places(blocks, {name for own in names.values() for name in own}.union(others))
    missing = []
    found: dict[int, list[tuple[int, str]]] = {}
    for key, spellings in names.items():
        place = next((first[name] for name in spellings if name in first), None)
        if place is None:
            missing.append(key)
        else:
            found.setdefault(place[0], []).append((place[1], key))
    marked = list(blocks)
    for number, marks in found.items():
        marked[number] = _marked(blocks[number], sorted(marks))
    return tuple(marked), tuple(missing)


def mark_start(blocks: Sequence[Block], keys: Sequence[str]) -> tuple[Block, ...]:
    """*blocks* with the marks *keys* where the text begins."""
    if not keys:
        return tuple(blocks)
    marks: tuple[Run, ...] = tuple((key, "i") for key in keys)
    at = next((at for at, block in enumerate(blocks) if block.runs), None)
    if at is None:
        return (*blocks, Block("p", marks))
    first = msgspec.structs.replace(blocks[at], runs=(*marks, *blocks[at].runs))
    return (*blocks[:at], first, *blocks[at + 1 :])


def _first_places(blocks: Sequence[Block], names: Collection[str]) -> dict[str, Place]:
    """Where each of *names* that occurs stands first."""
    texts = ["".join(map(_seen, block.runs)) for block in blocks]
    whole = "\n".join(texts)
    # What stands nowhere can hide nothing either, and most stories name few of their people.
    present = {name for name in names if name and name in whole}
    spellings = sorted(present, key=lambda name: (-len(name), name))
    if not spellings:
        return {}
    # The first characters in front keep the search linear however many names there are.
    initials = "".join(sorted({re.escape(name[0]) for name in spellings}))
    each = "|".join(map(_bounded, spellings))
    pattern = re.compile(f"(?=[{initials}])(?<!{_DOT})(?:{each})(?!{_DOT})")
    first: dict[str, Place] = {}
    for number, text in enumerate(texts):
        for match in pattern.finditer(text):
            first.setdefault(match[0], (number, match.start()))
    return first


def _bounded(name: str) -> str:
    """The pattern of *name*, which ends where a word of its script does; Chinese has no words."""
    before = f"(?<!{_LETTER})" if re.match(_LETTER, name) else ""
    after = f"(?!{_LETTER})" if re.match(_LETTER, name[-1]) else ""
    return f"{before}{re.escape(name)}{after}"


def _seen(run: Run) -> str:
    """What the search sees of *run*: a break or a new cell parts a name, a footnote does not."""
    if isinstance(run, str):
        return run
    return "\n" if run[1] in ("/", "|") else "" if run[1] in ("n", "i") else run[0]


def _marked(block: Block, marks: Sequence[tuple[int, str]]) -> Block:
    """*block* with *marks* at their places, which ascend; ruby is not cut."""
    runs: list[Run] = []
    start = 0
    rest = list(reversed(marks))
    for run in block.runs:
        words, at = _seen(run), 0
        while rest and rest[-1][0] < start + len(words):
            place, key = rest.pop()
            if place > start + at and (isinstance(run, str) or "y" not in run[1]):
                runs.append(_with_text(run, words[at : place - start]))
                at = place - start
            runs.append((key, "i"))
        runs.append(_with_text(run, words[at:]) if at else run)
        start += len(words)
    return msgspec.structs.replace(block, runs=tuple(runs))


def _with_text(run: Run, text: str) -> Run:
    if isinstance(run, str):
        return text
    return (text, run[1], run[2]) if len(run) == 3 else (text, run[1])
