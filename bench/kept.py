"""Measure a kept press: one story is edited, and the book is set anew in the same process.

    python bench/kept.py ANTHOLOGY [--edits 5]

Prints JSON: the seconds of each edit, from the new sheet to the PDF, and the pages. The photos
keep their places, as they do while an editor types.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path

import msgspec
from composing import Typeset, typeset

from candlelight.book.sheets import Block, StorySheet


def main() -> None:
    """Measure what the arguments name."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("anthology", type=Path)
    parser.add_argument("--edits", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, typeset(given.anthology, Path(folder)) as book:
        book.press.pdf()
        seconds = [edited(book, number) for number in range(given.edits)]
        print(json.dumps({"seconds": seconds, "pages": book.composed.account.pages}))


def edited(book: Typeset, number: int) -> float:
    """Change a word in one story, another one each time, and print; the seconds it took."""
    ids = list(book.composed.stories)
    name = ids[(number * 7 + len(ids) // 2) % len(ids)]
    sheet = _changed(book.composed.stories[name], f"第{number}次修改")
    started = time.perf_counter()
    path = book.press.folder / f"stories/{name}.json"
    path.write_bytes(msgspec.json.encode(sheet))
    book.press.pdf()
    return time.perf_counter() - started


def _changed(sheet: StorySheet, words: str) -> StorySheet:
    first = sheet.blocks[0]
    block: Block = msgspec.structs.replace(first, runs=(words, *first.runs))
    return msgspec.structs.replace(sheet, blocks=(block, *sheet.blocks[1:]))


if __name__ == "__main__":
    main()
