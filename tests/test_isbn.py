"""ISBN as editors type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candlelight import isbn


@pytest.mark.parametrize(
    "written",
    [
        "978-7-301-04815-3", "9787301048153", "ISBN 978-7-301-04815-3", "ISBN：9787301048153",
        "ＩＳＢＮ ９７８—７—３０１—０４８１５—３", "isbn-13: 978 7 301 04815 3", "7-301-04815-7", "080442957X",
    ],
)  # fmt: skip
def test_an_isbn_is_understood_however_it_is_typed(written: str) -> None:
    assert isbn.reason(written) == ""


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("978-7-301-04815-4", "check"),
        ("7-301-04815-0", "check"),
        ("978-7-301-04815", "length"),
        ("", "letters"),
        ("待定", "letters"),
        ("97873010481X3", "letters"),
        ("977-7-301-04815-3", "prefix"),
    ],
)
def test_what_is_no_isbn_has_a_reason(written: str, reason: str) -> None:
    assert isbn.reason(written) == reason


def test_a_wrong_check_digit_has_a_right_one() -> None:
    assert isbn.right_digit("978-7-301-04815-4") == "3"
    assert isbn.right_digit("0-8044-2957-0") == "X"


def test_ten_digits_become_thirteen() -> None:
    assert isbn.as_13("7-301-04815-7") == "9787301048153"
    assert isbn.shown("7-301-04815-7") == "978-7-301-04815-3"


def test_what_has_a_fault_has_no_thirteen_digits() -> None:
    with pytest.raises(ValueError, match="check"):
        isbn.as_13("9787301048150")


def test_hyphens_stand_where_they_were_typed() -> None:
    assert isbn.shown("ISBN 978－7－301－04815－3") == "978-7-301-04815-3"
    assert isbn.shown("9787301048153") == "9787301048153"


@given(st.integers(0, 10**9 - 1))
def test_one_mistyped_digit_never_passes(number: int) -> None:
    first = f"978{number:09d}"
    right = isbn.right_digit(f"{first}0")
    assert isbn.reason(first + right) == ""
    wrong = first[:5] + str((int(first[5]) + 1) % 10) + first[6:] + right
    assert isbn.reason(wrong) == "check"


@given(st.text())
def test_any_text_has_a_reason_or_thirteen_digits(written: str) -> None:
    assert isbn.reason(written) or len(isbn.as_13(written)) == 13
