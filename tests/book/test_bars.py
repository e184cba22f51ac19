import pytest

from candlelight.book.bars import Isbn, barcode, check_digit, qr, read_isbn
from candlelight.book.sheets import Code
from candlelight.problems import Place, Problem

SITE = Place("site.yaml", 12)


def painted(code: Code) -> list[str]:
    """The code's modules as rows of ``0`` and ``1``; a module painted twice is a fault."""
    width, height = code.size
    rows = [["0"] * width for _ in range(height)]
    for x, y, wide, high in code.bars:
        for row in rows[y : y + high]:
            assert row[x : x + wide] == ["0"] * wide
            row[x : x + wide] = ["1"] * wide
    return ["".join(row) for row in rows]


@pytest.mark.parametrize(
    ("text", "digits", "shown"),
    [
        ("978-7-02-000220-7", "9787020002207", "978-7-02-000220-7"),
        ("ISBN 978-7-02-000220-7", "9787020002207", "978-7-02-000220-7"),
        ("isbn：9787020002207", "9787020002207", "9787020002207"),
        ("９７８－７－０２－０００２２０－７", "9787020002207", "978-7-02-000220-7"),
        ("978 7 02 000220 7", "9787020002207", "978-7-02-000220-7"),
        ("979-10-90636-07-1", "9791090636071", "979-10-90636-07-1"),
        ("0-306-40615-2", "9780306406157", "0-306-40615-2"),
        ("0-8044-2957-x", "9780804429573", "0-8044-2957-X"),
    ],
)
def test_an_isbn_of_ten_or_thirteen_digits_is_read_however_it_is_typed(
    text: str, digits: str, shown: str
) -> None:
    assert read_isbn(text, SITE) == Isbn(digits, shown)


@pytest.mark.parametrize(
    ("text", "code", "given"),
    [
        ("978-7-02-000220-8", "isbn-check", {"expected": "7"}),
        ("0-306-40615-3", "isbn-check", {"expected": "2"}),
        ("0-8044-2957-1", "isbn-check", {"expected": "X"}),
        ("978-7-02-00220-7", "isbn-length", {"count": "12"}),
        ("待定", "isbn-length", {"count": "2"}),
        ("", "isbn-length", {"count": "0"}),
        ("977-7-02-000220-0", "isbn-prefix", {}),
        ("٩٧٨٧٠٢٠٠٠٢٢٠٧", "isbn-length", {"count": "13"}),
    ],
)
def test_a_wrong_isbn_is_an_error_that_names_the_value_and_the_reason(
    text: str, code: str, given: dict[str, str]
) -> None:
    found = read_isbn(text, SITE)
    assert isinstance(found, Problem)
    assert (found.code, found.place, found.severity) == (code, SITE, "error")
    assert found.given == {"value": text, **given}


def test_every_single_slip_in_an_isbn_is_noticed() -> None:
    right = "9787020002207"
    for at, digit in enumerate(right):
        for other in set("0123456789") - {digit}:
            slip = right[:at] + other + right[at + 1 :]
            assert isinstance(read_isbn(slip, SITE), Problem), slip


def test_a_check_digit_of_zero_is_a_digit() -> None:
    assert check_digit("978000000000") == "2"
    assert check_digit("978316148410") == "0"


def test_a_barcode_is_the_one_of_the_standard() -> None:
    rows = painted(barcode("5901234123457"))  # the example that everybody prints
    assert rows[0] == (
        "101" "0001011" "0100111" "0110011" "0010011" "0111101" "0011101" "01010"
        "1100110" "1101100" "1000010" "1011100" "1001110" "1000100" "101"
    )  # fmt: skip
    assert rows[-1] == "101" + "0" * 42 + "01010" + "0" * 42 + "101"


def test_a_barcode_has_thirty_bars_and_says_its_digits() -> None:
    code = barcode("9787020002207")
    assert (code.size, len(code.bars), code.text) == ((95, 74), 30, "9787020002207")


@pytest.mark.parametrize("digits", ["", "9787020002208", "978702000220", "978702000220X"])
def test_no_barcode_is_drawn_of_digits_that_do_not_hold(digits: str) -> None:
    with pytest.raises(ValueError, match="no EAN-13"):
        barcode(digits)


@pytest.mark.parametrize("address", ["https://example.org/", "https://例.cn/故事/" + "灯" * 200])
def test_a_qr_code_paints_every_module_of_its_matrix_once(address: str) -> None:
    import segno

    code = qr(address)
    matrix = segno.make(address, error="m", micro=False, boost_error=False, mask=0).matrix
    assert painted(code) == ["".join("1" if module else "0" for module in row) for row in matrix]


def test_a_qr_code_has_fewer_bars_than_rows_of_runs_and_always_the_same() -> None:
    code = qr("https://example.org/stories/first-snow/")
    runs = sum(len([run for run in row.split("0") if run]) for row in painted(code))
    assert len(code.bars) < runs
    assert code == qr("https://example.org/stories/first-snow/")
