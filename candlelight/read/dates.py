"""Dates as people write them -> a day, a month or a year; never today's, never a guess."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import unicodedata

from candlelight.model import Date

_DIGITS = str.maketrans("〇零○Ｏ一二三四五六七八九", "0000123456789")
_YEAR = r"(?P<year>\d{4})"
_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)",
        rf"{_YEAR}\s*[-./]\s*(?P<month>\d{{1,2}})\s*[-./]\s*(?P<day>\d{{1,2}})",
        rf"{_YEAR}\s*年\s*(?P<month>\d{{1,2}})\s*月\s*(?P<day>\d{{1,2}})\s*[日号號]?",
        rf"{_YEAR}\s*[-./]\s*(?P<month>\d{{1,2}})",
        rf"{_YEAR}\s*年\s*(?P<month>\d{{1,2}})\s*月(?:份)?",
        rf"{_YEAR}\s*年?",
        r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)",
    )
)
_WEEKDAY = re.compile(r"\s*[（(]?(?:星期|周|週|礼拜|禮拜)[一二三四五六日天][)）]?\s*$")
_CLOCK = re.compile(r"[T\s]\s*\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?\s*(?P<zone>Z|[+-]\d\d:?\d\d)?\s*$")
_TENS = re.compile(r"([一二三四五六七八九]?)十([一二三四五六七八九]?)")


def read_date(written: str, time_zone: str) -> Date | None:
    """The date that *written* says, or None where it says none that ever was.

    A moment with an offset from UTC (ISO 8601 or RFC 2822) is a day in *time_zone*, an IANA name.
    """
    text = _WEEKDAY.sub("", unicodedata.normalize("NFKC", written).strip())
    if moment := _moment(text):
        return _in_zone(moment, time_zone)
    text = _CLOCK.sub("", text)
    if not text.isascii():
        text = _TENS.sub(_ten, text).translate(_DIGITS)
    for form in _FORMS:
        if match := form.fullmatch(text):
            parts = match.groupdict()
            return _real(*(int(parts.get(name) or 0) for name in ("year", "month", "day")))
    return None


def _moment(text: str) -> dt.datetime | None:
    if (clock := _CLOCK.search(text)) and clock["zone"]:
        try:
            return dt.datetime.fromisoformat(re.sub(r"\s+", "T", text, count=1))
        except ValueError:
            return None
    if not text[:3].isalpha() and not re.match(r"\d{1,2} [A-Za-z]{3} \d{4}", text):
        return None
    try:
        # Late: it brings the whole of e-mail, and hardly any date is written like that.
        import email.utils

        return email.utils.parsedate_to_datetime(text)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None


def _in_zone(moment: dt.datetime, time_zone: str) -> Date | None:
    # Late: only dates with a clock need the time zones.
    import zoneinfo

    if moment.tzinfo is not None:
        with contextlib.suppress(ValueError, KeyError, OverflowError, OSError):
            moment = moment.astimezone(zoneinfo.ZoneInfo(time_zone))
    return _real(moment.year, moment.month, moment.day)


def _real(year: int, month: int, day: int) -> Date | None:
    try:
        dt.date(year, month or 1, day or 1)
    except ValueError:
        return None
    if year < 1800 or (day and not month):
        return None
    return Date(year, month, day)


def _ten(match: re.Match[str]) -> str:
    """十 is 10, 十二 12, 二十 20, 三十一 31."""
    ones = match[2] or "〇"
    return (match[1] or "一") + ones
