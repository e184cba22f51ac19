import io

import pytest
from PIL import Image

from candlelight.book.bars import barcode, qr
from candlelight.book.sheets import Code


def painted(code: Code) -> list[str]:
    """The code's modules as rows of ``0`` and ``1``; a module painted twice is a fault."""
    width, height = code.size
    rows = [["0"] * width for _ in range(height)]
    for x, y, wide, high in code.bars:
        for row in rows[y : y + high]:
            assert row[x : x + wide] == ["0"] * wide
            row[x : x + wide] = ["1"] * wide
    return ["".join(row) for row in rows]


def test_a_barcode_is_made_of_guards_and_of_the_sets_that_its_first_digit_chooses() -> None:
    rows = painted(barcode("978-0-201-37962-4"))
    assert rows[0] == (
        "101" "0111011" "0001001" "0100111" "0010011" "0100111" "0011001" "01010"
        "1000010" "1000100" "1110100" "1010000" "1101100" "1011100" "101"
    )  # fmt: skip
    assert rows[-1] == "101" + "0" * 42 + "01010" + "0" * 42 + "101"


def test_a_barcode_has_thirty_bars_and_says_its_digits() -> None:
    code = barcode("978-7-02-000220-7")
    assert (code.size, len(code.bars), code.text) == ((95, 74), 30, "9787020002207")


def test_an_isbn_of_ten_digits_has_the_barcode_of_its_thirteen() -> None:
    assert barcode("0-306-40615-2") == barcode("978-0-306-40615-7")


@pytest.mark.parametrize("number", ["", "待定", "978-7-02-000220-8", "978702000220"])
def test_no_barcode_is_drawn_of_a_number_that_does_not_hold(number: str) -> None:
    with pytest.raises(ValueError, match=r"length|letters|check"):
        barcode(number)


@pytest.mark.parametrize("address", ["https://example.org/", "https://例.cn/故事/" + "灯" * 200])
def test_a_qr_code_has_a_pixel_for_every_module_of_its_matrix(address: str) -> None:
    import segno

    code = qr(address)
    matrix = segno.make(address, error="m", micro=False, boost_error=False, mask=0).matrix
    picture = Image.open(io.BytesIO(bytes(code.png)))
    assert picture.size == code.size
    pixels = picture.convert("L").tobytes()
    assert [not pixel for pixel in pixels] == [bool(module) for row in matrix for module in row]


def test_a_qr_code_is_always_the_same() -> None:
    address = "https://example.org/stories/first-snow/"
    assert qr(address) == qr(address)
