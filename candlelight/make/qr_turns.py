"""What one bit of data changes in a QR code of error correction M (ISO/IEC 18004, 7.5 to 7.7).

Its own module and those of the correction that follows from it: the correction is linear, so each
bit turns over the same modules whatever all the others are.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterator
from itertools import compress

LEVEL_M = (
    (16, 10, 1), (28, 16, 1), (44, 26, 1), (64, 18, 2), (86, 24, 2), (108, 16, 4), (124, 18, 4),
    (154, 22, 4), (182, 22, 5), (216, 26, 5), (254, 30, 5), (290, 22, 8), (334, 22, 9),
    (365, 24, 9), (415, 24, 10), (453, 28, 10),
)  # fmt: skip
"""By version, from 1: codewords of data, those of correction a block, and blocks (table 9)."""

_FIELD = 0x1D  # what a codeword that would need a ninth bit becomes instead of that bit
_TRUTH = bytes.maketrans(b"01", b"\0\1")


def turns(version: int) -> list[int]:
    """For each bit of the data of *version*, in order, the modules that it turns over.

    A set of modules is a number, whose highest bit is the upper left module.
    """
    data, correction, blocks = LEVEL_M[version - 1]
    size = 17 + 4 * version
    at = [
        1 << size * size - 1 - place
        for place in _zigzag(size)
        if not _is_fixed(*divmod(place, size), version)
    ]
    remainders = _remainders(correction, -(-data // blocks))
    turned: list[int] = []
    for block, index, length in _codewords(data, blocks):
        # All blocks have their first codeword, then their second; the short ones lack the last.
        short = data // blocks
        own = index * blocks + block - (blocks - data % blocks if index == short else 0)
        words = range(data + block, data + correction * blocks, blocks)
        corrects = [at[8 * word + bit] for word in words for bit in range(8)]
        remainder, bits = remainders[length - 1 - index], []
        for bit in range(7, -1, -1):
            chosen = compress(corrects, as_bits(remainder, len(corrects)))
            bits.append(functools.reduce(operator.or_, chosen, at[8 * own + bit]))
            remainder = _doubled(remainder, correction)
        turned += reversed(bits)
    return turned


def as_bits(number: int, length: int) -> bytes:
    """*number* as *length* bytes that are 0 or 1, the highest first."""
    return f"{number:0{length}b}".encode().translate(_TRUTH)


def _zigzag(size: int) -> Iterator[int]:
    """All modules but the column of the timing pattern, in the order that data is placed in."""
    upwards = True
    for right in (*range(size - 1, 7, -2), 5, 3, 1):
        for row in range(size - 1, -1, -1) if upwards else range(size):
            yield row * size + right
            yield row * size + right - 1
        upwards = not upwards


def _is_fixed(row: int, column: int, version: int) -> bool:
    """Whether the module belongs to a pattern, or tells the format or the version."""
    size = 17 + 4 * version
    near, far = sorted((row, column))
    if row == 6 or (near < 9 and (far < 9 or (far >= size - 8))):
        return True
    return (version >= 7 and near < 6 and far >= size - 11) or _is_alignment(row, column, version)


def _is_alignment(row: int, column: int, version: int) -> bool:
    centres = _centres(version)
    middle = [next((c for c in centres if abs(at - c) <= 2), 0) for at in (row, column)]
    # Three corners hold finder patterns instead.
    corners = ([6, 6], [6, centres[-1]], [centres[-1], 6])
    return all(middle) and middle not in corners


def _centres(version: int) -> list[int]:
    """The rows and columns of the alignment patterns (annex E, up to version 31)."""
    if version == 1:
        return [6]
    gaps = version // 7 + 1
    last = 10 + 4 * version
    step = -(-(last - 6) // (2 * gaps)) * 2
    return [6, *(last - step * gap for gap in range(gaps - 1, -1, -1))]


def _codewords(data: int, blocks: int) -> Iterator[tuple[int, int, int]]:
    """For each codeword of data: its block, its index in it, and how many that block has."""
    for block in range(blocks):
        length = data // blocks + (block >= blocks - data % blocks)
        for index in range(length):
            yield block, index, length


def _remainders(degree: int, most: int) -> list[int]:
    """The correction of a codeword 1 that *n* others follow in its block, for *n* below *most*.

    A number of *degree* codewords, one byte each.
    """
    generator, root = [1], 1
    for _ in range(degree):
        longer = [_times(each, root) for each in generator]
        generator = [a ^ b for a, b in zip([*generator, 0], [0, *longer], strict=True)]
        root = _doubled(root, 1)
    first, top = int.from_bytes(generator[1:]), 8 * degree - 8
    # What the highest codeword leaves when it is divided away, for each of its values.
    left = [0]
    for bit in range(8):
        left += [each ^ first for each in left]
        first = _doubled(first, degree) if bit < 7 else first
    found = [left[1]]
    while len(found) < most:
        leading = found[-1] >> top
        found.append((found[-1] ^ leading << top) << 8 ^ left[leading])
    return found


def _times(a: int, b: int) -> int:
    product = 0
    for bit in range(8):
        product ^= a * (b >> bit & 1)
        a = _doubled(a, 1)
    return product


def _doubled(codewords: int, count: int) -> int:
    """Each of *count* codewords times two, in the field of ISO/IEC 18004."""
    ones = int.from_bytes(b"\1" * count)
    over = codewords >> 7 & ones
    return (codewords ^ over << 7) << 1 ^ over * _FIELD
