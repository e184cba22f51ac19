"""Cut the Kai down to the characters that a site sets in it.

A page's first view may weigh 300 KB, the kept font weighs 2 MB: so a build takes from it the
characters of the headings, and what every site needs anyway. The same characters give the same
bytes. fontTools is imported by the first cut: a build with nothing changed never pays for it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

FAMILY = "Candlelight Kai"
"""What the font calls itself: LXGW and 霞鹜 are reserved names, which no cut of it may bear."""

ALWAYS = frozenset(
    "".join(map(chr, range(0x20, 0x7F)))
    + "\u00a0·•・‧«»©—–―…⋯‘’“”　、。〇々〈〉《》「」『』【】〔〕〖〗！（），－．／：；？～"
    + "０１２３４５６７８９一二三四五六七八九十年月日"
)
"""Characters that are kept whether or not a heading has them today: one punctuation mark or date
more must not change the font of every reader."""


def subset(font: Path, characters: Iterable[str]) -> bytes:
    """The woff2 file of those *characters* that *font* has, and of ``ALWAYS``.

    Keeps what vertical lines need and drops every other feature. Deterministic: the order and
    number of *characters* do not matter, no time is written. Takes some 0.5 s.
    """
    wanted = frozenset().union(*characters) | ALWAYS
    return cut(_open(font), {ord(character) for character in wanted})


def missing(font: Path, characters: Iterable[str]) -> str:
    """Those of *characters* that *font* cannot show, sorted; controls and spaces need no glyph."""
    has = _open(font)["cmap"].getBestCmap()
    wanted = frozenset().union(*characters)
    return "".join(sorted(c for c in wanted if ord(c) not in has and c.isprintable()))


def cut(font: TTFont, code_points: set[int], *, packed: bool = True) -> bytes:
    """Woff2 bytes of *font* with *code_points* only; spoils *font*.

    Not *packed*, its outlines are stored as they are: a quarter larger, and fontTools opens it
    in 0.2 s instead of 18.
    """
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib.woff2 import WOFF2FlavorData

    # Without the ligatures: the original joins letters and components that mean something else.
    options = Options(
        layout_features=["vert"],
        name_IDs=["*"],
        name_languages=["*"],
        hinting=False,
        glyph_names=False,
        notdef_outline=True,
        drop_tables=["BASE", "GDEF", "gasp"],
    )
    cutter = Subsetter(options)
    cutter.populate(unicodes=code_points)
    cutter.subset(font)
    font.flavor = "woff2"
    font.flavorData = WOFF2FlavorData(transformedTables={"glyf", "loca"} if packed else set())
    made = io.BytesIO()
    font.save(made, reorderTables=False)
    return made.getvalue()


def _open(font: Path) -> TTFont:
    from fontTools.ttLib import TTFont

    # The times in the file stay what they are, or each build would have bytes of its own.
    content = io.BytesIO(font.read_bytes())
    return TTFont(content, recalcTimestamp=False, recalcBBoxes=False, lazy=True)
