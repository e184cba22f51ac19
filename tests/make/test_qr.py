"""The code on a printed page: what segno would draw, for less."""

import re

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from candlelight.make import qr

ADDRESSES = st.text("abcxyzABC019/-%:._~?#=&", max_size=60).map("https://example.org/{}".format)


def drawn(text: str) -> segno.QRCode:
    return segno.make(text, error="m", micro=False, boost_error=False, mask=0)


def as_segno_writes(text: str) -> str:
    code = drawn(text)
    return str(code.svg_inline(border=2, omitsize=True, svgclass="qr", lineclass=None, dark="#000"))


def painted(svg: str) -> list[str]:
    """The modules that the lines of *svg* pass over, as a browser draws them, border cut off."""
    size = int(re.search(r'viewBox="0 0 (\d+) ', svg)[1])  # type: ignore[index]
    rows = [["0"] * size for _ in range(size)]
    x = y = 0
    for move, right, down, run in re.findall(r"([Mm])(-?\d+) (-?\d+)(?:\.5)?h(\d+)", svg):
        x, y = (int(right), int(down)) if move == "M" else (x + int(right), y + int(down))
        rows[y][x : x + int(run)] = "1" * int(run)
        x += int(run)
    assert not any("1" in (*row[:2], *row[-2:]) for row in rows)
    return ["".join(row[2:-2]) for row in rows[2:-2]]


@given(ADDRESSES)
def test_a_code_is_the_one_that_segno_draws(address: str) -> None:
    assert qr.svg(address) == as_segno_writes(address)


@pytest.mark.parametrize(
    "length",
    [14, 15, 26, 42, 62, 84, 106, 122, 152, 180, 213, 214, 251, 287, 331, 362, 412, 450, 451],
)
def test_a_code_of_any_version_is_the_one_that_segno_draws(length: int) -> None:
    address = "https://example.org/".ljust(length, "z")[-length:]
    assert qr.svg(address) == as_segno_writes(address)


def test_an_address_with_other_letters_than_ascii_has_its_code_too() -> None:
    address = "https://例.cn/stories/first/"
    assert qr.svg(address) == as_segno_writes(address)


def test_the_lines_pass_over_every_dark_module_and_no_other() -> None:
    address = "https://example.org/stories/first-snow/"
    rows = ["".join(map(str, row)) for row in drawn(address).matrix]
    assert painted(qr.svg(address)) == rows == qr.modules(address)


def test_a_row_without_a_dark_module_is_passed_over() -> None:
    assert qr._path(["101", "000", "011"]) == "M2 2.5h1m1 0h1m-2 2h2"


def test_no_address_has_no_code() -> None:
    assert qr.svg("") == ""
