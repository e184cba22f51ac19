"""Every way to write a date has one meaning or none."""

from __future__ import annotations

import pytest

from candlelight.model import Date
from candlelight.read.dates import read_date
from tests.read.desk import Read

DAY = Date(2020, 8, 12)


@pytest.mark.parametrize(
    "written",
    [
        "2020-08-12", "2020-8-12", "2020.8.12", "2020/8/12", "2020年8月12日", "2020 年 8 月 12 日",
        "2020年8月12号", "二〇二〇年八月十二日", "二零二零年八月十二日", "２０２０年８月１２日", "20200812",
        "2020年8月12日 星期三", "2020-08-12 08:30", "2020-08-12T08:30:00",
    ],
)  # fmt: skip
def test_one_day_in_many_forms(written: str) -> None:
    assert read_date(written, "Asia/Shanghai") == DAY


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2020", Date(2020)), ("2020年", Date(2020)), ("2020-08", Date(2020, 8)),
        ("2020年8月", Date(2020, 8)), ("二〇二〇年十二月", Date(2020, 12)),
        ("二〇二〇年十月二十日", Date(2020, 10, 20)), ("二〇二〇年十月三十一日", Date(2020, 10, 31)),
    ],
)  # fmt: skip
def test_a_month_or_a_year_is_not_made_more_exact(written: str, date: Date) -> None:
    assert read_date(written, "Asia/Shanghai") == date


@pytest.mark.parametrize(
    ("written", "zone", "day"),
    [
        ("Tue, 19 Apr 2022 03:39:47 GMT", "Asia/Shanghai", 19),
        ("Tue, 19 Apr 2022 18:39:47 GMT", "Asia/Shanghai", 20),
        ("Tue, 19 Apr 2022 18:39:47 GMT", "UTC", 19),
        ("2022-04-19T20:00:00Z", "Asia/Shanghai", 20),
        ("2022-04-19 20:00 +08:00", "Asia/Shanghai", 19),
    ],
)
def test_a_moment_is_a_day_in_the_time_zone_of_the_site(written: str, zone: str, day: int) -> None:
    assert read_date(written, zone) == Date(2022, 4, day)


@pytest.mark.parametrize(
    "written",
    [
        "2020年夏", "8月12日", "2020-02-30", "2020-13-01", "2020-00-01", "12/8/2020", "今天", "0b_", "",
        "2020-08-12至15", "99999999999999999999", "Foo, 99 Bar 9999", "0000-01-01", "十",
    ],
)  # fmt: skip
def test_a_date_that_never_was_or_is_unclear_is_none(written: str) -> None:
    assert read_date(written, "Asia/Shanghai") is None


def test_an_impossible_date_is_an_error_at_its_column(read: Read) -> None:
    found = read("---\ntitle: 初雪\ndate: 2020-02-30\n---\n")
    place = found.problems[0].place
    assert (found.problems[0].code, place.line, place.column) == ("date-unknown", 3, 7)


def test_another_form_than_iso_is_a_notice_with_the_usual_spelling(read: Read) -> None:
    found = read("---\ntitle: 初雪\ndate: 2020年8月\n---\n")
    assert found.problems[0].given == {"written": "2020年8月", "date": "2020-08"}
