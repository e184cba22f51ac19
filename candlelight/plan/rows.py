"""Pictures hung in rows of equal height, and a story's pictures between its paragraphs.

The law is the look: nothing is cropped, the order is kept, the last row is no worse than the
others, a caption never leaves its picture. A row's height is its width divided by the sum of its
aspects (width by height), so rows are alike when these sums are.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from candlelight.plan.views import Hung, Passage, Picture, Plate, Ref

WALL = 3.55
"""The sum of aspects of a row on a page 1,120 px wide."""

LARGE = 2.3
"""The same in a story's column of 852 px."""

PHONE = 1.3
"""The same on a phone: one landscape or two portraits."""

LOOSEST = 0.57
"""Of a target: a last row with less than that is not stretched over the whole width of a wide
page. Two portraits of a camera still fill a story's column."""

LOOSEST_NARROW = 0.4
"""The same on a phone, where one portrait of a camera still goes from edge to edge."""

LANDSCAPE = 1.1
"""From this aspect on a picture alone takes the width of the page; others stand half as wide."""

HEADING = 30
"""Characters: a shorter block is a heading or leads to the next one, and is not cut off from it."""

BREATH = 100
"""Characters that stand between two plates at least, then also two paragraphs."""

STRETCH = 250
"""Characters that are enough between two plates, be it one paragraph."""

FIRST = 400
"""Characters after which the first picture may come, however few there are."""


def hang(
    pictures: Sequence[Picture | tuple[Picture, Ref]], *, wide: float = WALL, narrow: float = PHONE
) -> tuple[Hung, ...]:
    """Cut *pictures*, in order, into rows whose aspects sum up nearest to *wide* and *narrow*.

    Each picture carries its share of both of its rows. The shares of a row sum up to 1, but for a
    last row that would be too high: there they leave room at the end.
    """
    pairs = [one if isinstance(one, tuple) else (one, None) for one in pictures]
    aspects = [picture.aspect for picture, _ in pairs]
    return tuple(
        Hung(picture, *on_wide, *on_narrow, story)
        for (picture, story), on_wide, on_narrow in zip(
            pairs,
            _shares(aspects, wide, wide * LOOSEST),
            _shares(aspects, narrow, narrow * LOOSEST_NARROW),
            strict=True,
        )
    )


def compose(
    lengths: Sequence[int], placed: Sequence[tuple[int, Picture]], loose: Sequence[Picture]
) -> tuple[tuple[Passage | Plate, ...], tuple[Hung, ...]]:
    """The flow of a story, and the rows of pictures that follow its end.

    *lengths* counts the characters of each block of the text; *placed* are pictures with the
    block that gives way to them; of the *loose* ones, the first stand between paragraphs at good
    distances, as far as the text has room, the rest is hung after the end. Every block and every
    picture comes exactly once and in order.
    """
    if not placed and not loose:
        return ((Passage(0, len(lengths)),) if lengths else (), ())
    plates: dict[int, list[Picture]] = {}
    for at, picture in placed:
        plates.setdefault(at, []).append(picture)
    groups = list(_groups(loose))
    stops = list(_stops(lengths, plates.keys(), len(groups)))
    between = dict(zip(stops, groups, strict=False))
    rest = [picture for group in groups[len(between) :] for picture in group]
    return tuple(_flow(len(lengths), plates, between)), hang(rest, wide=LARGE)


def _shares(aspects: Sequence[float], target: float, loosest: float) -> Iterator[tuple[float, int]]:
    """For each picture its share of its row, and how many gaps the row has."""
    for start, stop in _cuts(aspects, target):
        row = aspects[start:stop]
        whole = sum(row)
        if stop == len(aspects):
            whole = max(whole, loosest)
        for aspect in row:
            # Rounded down: a share too large by a hair would push the last picture off its row.
            yield math.floor(aspect / whole * 10_000) / 10_000, len(row) - 1


def _cuts(aspects: Sequence[float], target: float) -> list[tuple[int, int]]:
    """The rows as (start, stop): the least sum of squared distances from *target*, whole list."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    for stop in range(1, len(aspects) + 1):
        total, choices = 0.0, []
        for start in range(stop - 1, -1, -1):
            total += aspects[start]
            choices.append((best[start][0] + (total - target) ** 2, start))
            if total > 2 * target:  # from here on each further picture only makes it worse
                break
        best.append(min(choices))
    cuts, stop = [], len(aspects)
    while stop:
        cuts.append((best[stop][1], stop))
        stop = best[stop][1]
    return cuts[::-1]


def _groups(loose: Sequence[Picture]) -> Iterator[list[Picture]]:
    """*loose* as it stands between paragraphs: two portraits that follow each other are a pair."""
    waiting: list[Picture] = []
    for picture in loose:
        if waiting and not _is_landscape(picture):
            yield [*waiting, picture]
            waiting = []
            continue
        if waiting:
            yield waiting
        waiting = [picture]
        if _is_landscape(picture):
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def _stops(lengths: Sequence[int], taken: AbstractSet[int], wanted: int) -> Iterator[int]:
    """The blocks before which a plate may come, at most *wanted*; *taken* blocks are plates.

    Never before the first paragraph, right after a heading, or without text to follow; spread
    over the text where there is more text than the pictures need.
    """
    pace = sum(lengths) / (wanted + 1)
    least = min(pace, FIRST)
    characters = paragraphs = 0
    for at in range(len(lengths)):
        if at in taken:
            characters = paragraphs = 0
            continue
        apart = characters >= STRETCH or (characters >= BREATH and paragraphs >= 2)
        closed = at and at - 1 not in taken and lengths[at - 1] >= HEADING
        if wanted and apart and closed and characters >= least and _has_room(lengths, taken, at):
            yield at
            wanted, least = wanted - 1, pace
            characters = paragraphs = 0
        characters += lengths[at]
        paragraphs += lengths[at] >= HEADING


def _has_room(lengths: Sequence[int], taken: AbstractSet[int], at: int) -> bool:
    """Whether enough text follows before the next plate that is *taken*, or before the end."""
    characters = 0
    for following in range(at, len(lengths)):
        if following in taken:
            return False
        characters += lengths[following]
        if characters >= STRETCH:
            return True
    return characters >= HEADING


def _flow(
    blocks: int, plates: Mapping[int, list[Picture]], between: Mapping[int, list[Picture]]
) -> Iterator[Passage | Plate]:
    start = 0
    group: list[Picture] = []
    for at in range(blocks):
        if (at in between or at in plates) and start < at:
            yield Passage(start, at)
            start = at
        if at in between:
            yield _plate(between[at])
        if at in plates:
            # Pictures that the text sets one after another, with nothing between, are one group.
            group += plates[at]
            start = at + 1
            if start not in plates:
                yield _plate(group)
                group = []
    if start < blocks:
        yield Passage(start, blocks)


def _plate(group: list[Picture]) -> Plate:
    if len(group) > 1:
        return Plate("row", hang(group, wide=LARGE))
    return Plate("landscape" if _is_landscape(group[0]) else "portrait", hang(group))


def _is_landscape(picture: Picture) -> bool:
    return picture.aspect >= LANDSCAPE
