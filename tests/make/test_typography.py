"""How a line is set for display."""

from __future__ import annotations

import pytest

from candlelight.make.typography import display, runs_leftwards


def test_narrow_marks_after_a_chinese_character_become_wide() -> None:
    assert display("辛苦了!谢谢,再见?") == "辛苦了！谢谢，再见？"


@pytest.mark.parametrize("text", ["Hello, world!", "12:30", "比分3:2", "https://a.cn/?q=1"])
def test_narrow_marks_elsewhere_stay(text: str) -> None:
    assert display(text) == text


def test_rows_of_full_stops_become_an_ellipsis() -> None:
    assert display("清理垃圾。。。。。。都有人") == "清理垃圾……都有人"


@pytest.mark.parametrize("name", ["ئايگۈل", "«ئايگۈل»", "12 ئايگۈل"])
def test_a_name_in_arabic_script_runs_leftwards(name: str) -> None:
    assert runs_leftwards(name)


@pytest.mark.parametrize("name", ["马保富", "古丽娜孜·贾那提别克", "Aygül ئايگۈل", "", "36.5"])
def test_other_names_do_not(name: str) -> None:
    assert not runs_leftwards(name)
