"""Texts from any program and any decade."""

from __future__ import annotations

import pytest

from candlelight.read.encoding import decode

TEXT = "---\ntitle: 一碗炒面\n---\n我们在社区里发了菜，大家都说好。\n"
TRADITIONAL = "---\ntitle: 一碗炒麵\n---\n我們在社區裡發了菜，大家都說好，他們也來了。\n"


def test_utf8_needs_no_remark() -> None:
    assert decode(TEXT.encode(), "a.md") == (TEXT, [])


@pytest.mark.parametrize(
    "encoding", ["gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_other_encodings_are_read_with_a_notice(encoding: str) -> None:
    text, problems = decode(TEXT.encode(encoding), "a.md")
    assert text == TEXT
    assert [problem.code for problem in problems] == ["encoding-converted"]


def test_big5_is_told_from_gb18030_by_how_chinese_it_reads() -> None:
    text, problems = decode(TRADITIONAL.encode("big5"), "a.md")
    assert text == TRADITIONAL
    assert problems[0].given == {"encoding": "BIG5"}


def test_a_byte_order_mark_is_skipped_with_a_notice() -> None:
    text, problems = decode(b"\xef\xbb\xbf" + TEXT.encode(), "a.md")
    assert (text, [problem.code for problem in problems]) == (TEXT, ["byte-order-mark"])


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_every_system_are_one(end: str) -> None:
    assert decode(TEXT.replace("\n", end).encode(), "a.md") == (TEXT, [])


def test_control_characters_go_with_a_warning_at_their_line() -> None:
    text, problems = decode(b"a\nb\x00\x1b[31mc\n", "a.md")
    assert text == "a\nb[31mc\n"
    assert (problems[0].code, problems[0].place.line) == ("control-characters", 2)


def test_bytes_that_are_no_text_are_an_error_at_their_line() -> None:
    text, problems = decode(b"title\n\xff\xff\xff\xff\x80", "a.md")
    assert (text, problems[0].code, problems[0].place.line) == ("", "encoding-unknown", 2)
