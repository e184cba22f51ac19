"""The HTML of a text -> blocks and runs for the book, with footnotes apart.

Everything that may stand in a page (read/sanitise.py) has a form in print: details are open, links
of the anthology lead within the book, an insertion is text, a mark is emphasis. Whatever is not
well formed is printed as it stands; no text is lost, however deep it lies.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

import msgspec

from candlelight.book.flow_reader import Reader
from candlelight.book.sheets import Block, Run

_NOTES = '<section class="notes">'


class Flow(msgspec.Struct, frozen=True):
    """A text as the book prints it.

    *offsets* tells for the index of a block of HTML, and for the number of them, how many
    `blocks` stand before it; *notes* are the footnotes that runs of style ``n`` point to.
    """

    blocks: tuple[Block, ...]
    notes: tuple[tuple[Run, ...], ...]
    offsets: tuple[int, ...]


def blocks_of(
    html_blocks: Sequence[str], links: Mapping[str, str] | None = None, *, rtl: bool = False
) -> Flow:
    """The blocks of *html_blocks*, which are sanitised and well formed; ``""`` is a placed photo.

    *links* maps documents of the anthology (``stories/first``) to links of the book; links to
    others become plain words. *rtl* is the direction of the text's own language.
    """
    reader = Reader(links or {}, rtl=rtl)
    for block in html_blocks:
        if block.startswith(_NOTES):
            reader.find_notes(block)
    offsets = []
    for block in html_blocks:
        offsets.append(len(reader.blocks))
        if block.startswith("<p>") and block.find("<", 3) == len(block) - 4:
            reader.paragraph(html.unescape(block[3:-4]))
        elif block:
            reader.read(block)
    offsets.append(len(reader.blocks))
    notes = reader.notes()
    return Flow(tuple(reader.blocks), notes, tuple(offsets))
