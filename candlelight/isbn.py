"""ISBN: what is wrong with one as somebody typed it, and the thirteen digits of its barcode.

The rules are those of the ISBN Users' Manual, 7th edition: a number of thirteen digits begins with
978 or 979, and its check digit makes the sum of the digits, weighted 1 and 3 in turn, a multiple of
ten. One of ten digits (until 2006) has weights from 10 to 1, modulo eleven, where X is ten.
"""

from __future__ import annotations

import re
import unicodedata

_HYPHENS = re.compile(r"[‐‑‒–—―−－_]")
_LABEL = re.compile(r"^\s*ISBN(?:[- ]?1[03](?=[\s:]))?\s*:?\s*", re.IGNORECASE)


def shown(written: str) -> str:
    """*written* without the word ISBN, with plain digits and hyphens: ``978-7-301-04815-3``.

    Hyphens stand where they were typed, for only the lists of publishers know their places; one
    of ten digits is shown with the thirteen that it has today, if it is right.
    """
    text = _tidy(written)
    if len(digits(text)) == 10 and not reason(text):
        return f"978-{text[:-1]}{as_13(text)[-1]}"
    return text


def digits(written: str) -> str:
    """The digits of *written* alone, and the X that may end one of ten digits."""
    return re.sub(r"[-\s]", "", _tidy(written)).upper()


def reason(written: str) -> str:
    """Why *written* is no ISBN: ``letters``, ``length``, ``prefix`` or ``check``; "" if it is one.

    Only with ``check`` is there a right digit to tell.
    """
    bare = digits(written)
    if not re.fullmatch(r"[0-9]*[0-9X]", bare) or ("X" in bare and len(bare) != 10):
        return "letters"
    if len(bare) not in (10, 13):
        return "length"
    if len(bare) == 13 and bare[:3] not in ("978", "979"):
        return "prefix"
    return "" if bare[-1] == right_digit(written) else "check"


def right_digit(written: str) -> str:
    """The check digit that *written* should end in, of ten or thirteen digits as it has."""
    bare = digits(written)
    return _of_ten(bare[:9]) if len(bare) == 10 else _of_thirteen(bare[:12])


def as_13(written: str) -> str:
    """The thirteen digits of *written*, which has no fault. Raises ValueError if it has one."""
    if fault := reason(written):
        raise ValueError(f"{fault}: {written}")
    bare = digits(written)
    return bare if len(bare) == 13 else f"978{bare[:9]}{_of_thirteen(f'978{bare[:9]}')}"


def _of_thirteen(first: str) -> str:
    total = sum(int(digit) * (3 if index % 2 else 1) for index, digit in enumerate(first))
    return str(-total % 10)


def _of_ten(first: str) -> str:
    total = sum(int(digit) * (10 - index) for index, digit in enumerate(first))
    return "0123456789X"[-total % 11]


def _tidy(written: str) -> str:
    text = _HYPHENS.sub("-", unicodedata.normalize("NFKC", written))
    return " ".join(_LABEL.sub("", text).split())
