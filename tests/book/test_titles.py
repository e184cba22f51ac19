"""Titles are broken where a reader would pause."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from candlelight.book.titles import LARGE, SMALL, break_title, width


@pytest.mark.parametrize(
    "lines",
    [
        ("夫妻档",),
        ("抗疫志愿第一线，风采同心战疫情",),
        ("自治区疫情防控：", "工作好同事，抗疫“好战友”"),
        ("致敬疫情期间令人感动的", "志愿者们和他们的家人"),
        ("2020年8月12日至2020年9月1日", "我们在幸福小区的21天"),
        ("麦合皮孜木·艾尼瓦尔", "和她的志愿者朋友们在南山"),
        ("“你好，我是志愿者”：", "我在小区门口的十三个夜晚"),
    ],
)
def test_a_title_of_two_lines_is_large_and_breaks_at_a_pause(lines: tuple[str, ...]) -> None:
    assert break_title("".join(lines)) == (lines, True)


def test_a_space_is_a_place_to_break_and_goes() -> None:
    assert break_title("蜡烛志愿者的故事 疫情里的乌鲁木齐人") == (
        ("蜡烛志愿者的故事", "疫情里的乌鲁木齐人"), True,
    )  # fmt: skip


def test_a_longer_title_is_smaller_with_lines_of_twenty() -> None:
    title = "点亮夜经济，绽放新活力，这是一个很长的标题，一直写下去也没有尽头的样子，直到最后"
    lines, large = break_title(title)
    assert not large
    assert "".join(lines) == title
    assert max(map(width, lines)) <= SMALL


def test_latin_letters_are_about_half_as_wide() -> None:
    assert break_title("Candlelight in the Snow of Urumqi")[0] == (
        "Candlelight in the",
        "Snow of Urumqi",
    )
    assert break_title("Stories of Candlelight, 2020")[0] == ("Stories of Candlelight, 2020",)


@pytest.mark.parametrize(
    ("title", "whole"),
    [
        ("我们在这里的每一个夜晚守着楼门口的灯光", "每一个"),
        ("那一年冬天乌鲁木齐志愿者送来的最后一碗饭", "志愿者"),
        ("疫情期间的社区工作ABCDEFG和我们的团队故事", "ABCDEFG"),
        ("从二零二零年到二零二二年的那些日子里我们都在", "二零二二年"),
    ],
)
def test_words_and_numbers_with_their_measures_stay_whole(title: str, whole: str) -> None:
    assert whole in "".join(f"{line}\n" for line in break_title(title)[0])


@pytest.mark.parametrize(
    ("title", "times"),
    [("W", 300), ("hound", 60), ("HOPE", 75), ("中文MW", 75), ("M", 31), ("0", 39)],
)
def test_a_word_without_end_is_broken_into_lines_as_wide_as_the_page(
    title: str, times: int, faces: Path
) -> None:
    title *= times
    lines, large = break_title(title)
    face = ImageFont.truetype(faces / "book-serif-bold.ttf", 20 if large else 16)
    assert max(map(face.getlength, lines)) <= 367.5
    assert "".join(lines) == title


@given(st.text(alphabet="灯火志愿者一二个的在aB1 ，：“”（）·……!?", max_size=90))
def test_every_line_fits_and_nothing_is_lost(title: str) -> None:
    lines, large = break_title(title)
    assert "".join(lines).replace(" ", "") == "".join(title.split())
    assert all(width(line) <= (LARGE if large else SMALL) for line in lines)
    if len(lines) > 1:
        assert all(len(line) > 1 for line in lines)


@given(st.text(max_size=200))
def test_any_title_at_all_survives(title: str) -> None:
    lines, _ = break_title(title)
    assert "".join("".join(lines).split()) == "".join(title.split())


def test_a_title_without_end_is_broken_in_time() -> None:
    lines, _ = break_title("灯" * 3000)
    assert {len(line) for line in lines} <= {19, 20}
