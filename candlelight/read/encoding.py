"""The bytes of a text file -> its text, whatever program saved it."""

from __future__ import annotations

import re
import unicodedata

from candlelight.problems import Place, Problem, error, notice, warning

_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_ODD = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202d\u202e\ufeff\ufdd0-\ufdef\ufffe\uffff]"
)
_NEWLINES = re.compile("\r\n|[\r\x0b\x0c\u2028\u2029]")
# U+202D and U+202E turn the rest of a line round: a name would be read as another.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e\ufeff\ufdd0-\ufdef\ufffe\uffff]")
_ENOUGH = 20_000
"""Characters that tell an encoding from another."""
# The most frequent characters of each script that Big5 and GB18030 both can write.
_FREQUENT = frozenset(
    "的一是不了在人有我他這这個个們们中來来上大為为和國国地到以說说時时要就出會会可也你對对生"
)


def decode(raw: bytes, path: str) -> tuple[str, list[Problem]]:
    """The text of *raw* with one line feed a line and no control characters, and what was unusual.

    UTF-8 first, then UTF-16 and UTF-32 by their marks, then GB18030 or Big5, whichever reads
    more like Chinese. Text that none of them can read is ``""`` and an error.
    """
    text, encoding = _first_reading(raw)
    if encoding is None:
        return "", [error("encoding-unknown", Place(path, _bad_line(raw)))]
    problems = []
    if text.startswith("\ufeff"):
        text = text[1:]
        if encoding == "UTF-8":
            problems.append(notice("byte-order-mark", Place(path, 1)))
    if encoding != "UTF-8":
        problems.append(notice("encoding-converted", Place(path, 1), encoding=encoding))
    if not _ODD.search(text):
        return text, problems
    text = _NEWLINES.sub("\n", text)
    if unseen := _UNSEEN.search(text):
        line = text.count("\n", 0, unseen.start()) + 1
        code = f"U+{ord(unseen[0]):04X}"
        problems.append(warning("control-characters", Place(path, line), character=code))
        text = _UNSEEN.sub("", text)
    return text, problems


def without_unseen(text: str) -> str:
    """*text* without characters that no file may hold; one may be written as a number in HTML."""
    return _UNSEEN.sub("", text)


def _first_reading(raw: bytes) -> tuple[str, str | None]:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw.decode(encoding, "replace"), encoding.upper()
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return _older_chinese(raw)
    # UTF-16 without its mark: every other byte of Latin text is zero.
    if raw and raw.count(0) * 5 > len(raw) and raw.strip(b"\0"):
        encoding = "utf-16-le" if raw[1::2].count(0) >= raw[::2].count(0) else "utf-16-be"
        return raw.decode(encoding, "replace"), encoding.upper()
    return text, "UTF-8"


def _older_chinese(raw: bytes) -> tuple[str, str | None]:
    if raw.count(0) * 5 > len(raw):
        encoding = "utf-16-le" if raw[1::2].count(0) >= raw[::2].count(0) else "utf-16-be"
        return raw.decode(encoding, "replace"), encoding.upper()
    readings = []
    for encoding in ("gb18030", "big5"):
        try:
            readings.append((raw.decode(encoding), encoding.upper()))
        except UnicodeDecodeError:
            continue
    if not readings:
        return "", None
    # GB18030 reads Big5 without an error, as garbage: frequent characters tell them apart.
    return max(readings, key=lambda reading: _likeness(reading[0][:_ENOUGH]))


def _likeness(text: str) -> float:
    """How much *text* reads like Chinese: frequent characters count, private ones against."""
    frequent = sum(char in _FREQUENT for char in text)
    private = sum(unicodedata.category(char) in ("Co", "Cn") for char in text)
    return (frequent - 3 * private) / (len(text) or 1)


def _bad_line(raw: bytes) -> int:
    try:
        raw.decode()
    except UnicodeDecodeError as broken:
        return raw.count(b"\n", 0, broken.start) + 1
    return 1
