"""Inputs for everything that reads: the anthologies of this repository, changed, and fragments.

Number *n* under a seed is always the same input, so that what was found can be found again.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from pathlib import Path

from tests.hostile import fragments, offenders

ROOT = Path(__file__).resolve().parent.parent.parent
LONGEST = 200_000


class Inputs:
    """Inputs of *target* under *seed*, by their number."""

    def __init__(self, target: str, seed: str) -> None:
        self.target = target
        self.seed = seed
        self.seeds = seeds(target)

    def __call__(self, number: int) -> bytes:
        dice = random.Random(f"{self.target} {self.seed} {number}")
        raw = dice.choice(self.seeds)
        if self.target == "photo":
            for _ in range(dice.choice((0, 1, 1, 2, 4, 8))):
                raw = _bent(raw, dice)
            return raw
        text = written(raw, dice, self.target)
        return saved(text, dice)[:LONGEST]


@cache
def seeds(target: str) -> list[bytes]:
    """Files to begin with."""
    if target == "photo":
        small = {
            name: make for name, make in offenders.OFFENDERS.items() if "avif.avif" not in name
        }
        return [
            *offenders.small_photos(),
            *(made for make in small.values() if len(made := make()) < 2000),
        ]
    files = sorted(
        path
        for folder in ("content", "tests/golden/anthology")
        for path in (ROOT / folder).rglob("*.md")
    )
    texts = [path.read_bytes() for path in files]
    texts.append((ROOT / "site.yaml").read_bytes())
    if target == "markdown":
        return [text.split(b"\n---\n", 1)[-1] for text in texts]
    return [text for text in texts if len(text) < 20_000]


def written(raw: bytes, dice: random.Random, target: str) -> str:
    """The text of *raw*, cut about and written over with fragments; or fragments alone."""
    text = raw.decode("utf-8", "replace")
    if dice.random() < 0.4:
        text = "" if target == "markdown" else "---\ntitle: 甲\n"
    kinds = PIECES[target]
    for _ in range(dice.choice((1, 2, 3, 5, 8, 20, 60))):
        text = CHANGES[dice.randrange(len(CHANGES))](text, kinds, dice)[:LONGEST]
    return text


PIECES = {
    "frontmatter": (fragments.STRUCTURE, fragments.STRUCTURE, fragments.KEYS, fragments.VALUES, fragments.ODD),
    "markdown": (fragments.MARKDOWN, fragments.MARKDOWN, fragments.HTML, fragments.ODD, ("甲", "灯亮了。", "\n", "\n\n")),
}  # fmt: skip
PIECES["story"] = PIECES["frontmatter"] + PIECES["markdown"]
Pieces = tuple[tuple[str, ...], ...]


def _insert(text: str, kinds: Pieces, dice: random.Random) -> str:
    at = dice.randint(0, len(text))
    pieces = "".join(dice.choice(dice.choice(kinds)) for _ in range(dice.randint(1, 4)))
    return text[:at] + pieces + text[at:]


def _append(text: str, kinds: Pieces, dice: random.Random) -> str:
    return text + "".join(dice.choice(dice.choice(kinds)) for _ in range(dice.randint(1, 12)))


def _entry(text: str, kinds: Pieces, dice: random.Random) -> str:
    colon = dice.choice((": ", ":", "：", " : ", ":\n  ", ":\n  - "))
    line = f"{dice.choice(fragments.KEYS)}{colon}{dice.choice(fragments.VALUES)}\n"
    at = text.find("\n", dice.randint(0, len(text))) + 1
    return text[:at] + line + text[at:]


def _cut(text: str, kinds: Pieces, dice: random.Random) -> str:
    at = dice.randint(0, len(text))
    return text[:at] + text[at + dice.choice((1, 1, 2, 10, 100)) :]


def _repeat(text: str, kinds: Pieces, dice: random.Random) -> str:
    at = dice.randint(0, len(text))
    piece = text[at : at + dice.choice((1, 2, 5, 30, 300))]
    return text[:at] + piece * dice.choice((2, 3, 10, 300, 5000)) + text[at:]


def _repeat_piece(text: str, kinds: Pieces, dice: random.Random) -> str:
    at = dice.randint(0, len(text))
    piece = "".join(dice.choice(dice.choice(kinds)) for _ in range(dice.randint(1, 3)))
    return text[:at] + piece * dice.choice((2, 9, 13, 60, 300, 3000, 20_000)) + text[at:]


def _swap(text: str, kinds: Pieces, dice: random.Random) -> str:
    lines = text.split("\n")
    one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def _indent(text: str, kinds: Pieces, dice: random.Random) -> str:
    lines = text.split("\n")
    at = dice.randrange(len(lines))
    lead = dice.choice(("  ", "    ", "\t", "> ", "- ", "　", "1. "))
    for number in range(at, min(at + dice.randint(1, 9), len(lines))):
        lines[number] = lead + lines[number]
    return "\n".join(lines)


Change = Callable[[str, Pieces, random.Random], str]
CHANGES: tuple[Change, ...] = (
    _insert, _insert, _append, _append, _entry, _cut, _repeat, _repeat_piece, _swap, _indent,
)  # fmt: skip


def saved(text: str, dice: random.Random) -> bytes:
    """*text* as some program saves it, perhaps with bytes that are none of a text."""
    if dice.random() < 0.1:
        text = text.replace("\n", dice.choice(("\r\n", "\r", "\u2028", "\x85", "\n\r")))
    encoding = dice.choice(fragments.ENCODINGS) if dice.random() < 0.15 else "utf-8"
    raw = text.encode(encoding, "replace")
    while dice.random() < 0.15:
        at = dice.randint(0, len(raw))
        raw = raw[:at] + dice.choice(fragments.BYTES) + raw[at + dice.randint(0, 2) :]
    return raw


def _bent(raw: bytes, dice: random.Random) -> bytes:
    """*raw* with one thing about it wrong; most often in its head."""
    at = dice.randint(0, min(len(raw), dice.choice((16, 64, 400, 100_000))))
    number = dice.choice(fragments.NUMBERS)
    size = dice.choice((1, 2, 4))
    number &= (1 << 8 * size) - 1
    match dice.randrange(6):
        case 0:
            return raw[:at] + bytes([dice.randrange(256)]) + raw[at + 1 :]
        case 1:
            return (
                raw[:at] + number.to_bytes(size, dice.choice(("big", "little"))) + raw[at + size :]
            )
        case 2:
            return raw[:at]
        case 3:
            return raw[:at] + raw[at + dice.randint(1, 40) :]
        case 4:
            return (
                raw[:at] + raw[at : at + dice.randint(1, 60)] * dice.choice((2, 3, 500)) + raw[at:]
            )
        case _:
            return raw[:at] + bytes(dice.choice((1, 4, 100))) + raw[at:]
