"""Texts made to stall an engine are answered in words, in bounded time."""

from __future__ import annotations

import time

import pytest

from tests.read.desk import Codes, Read

MARKS = ["[", "![", "[a](", "](", "[[", "*", "***a", "_", "`", "`a ", "<", "<a ", "<!--", "<![CDATA[", "<?", "&",
         "\\", "#", "# ", "- ", "* a\n", "1. ", "---\n", "a\n---\n", "|", "|a|b\n", '"', "甲  \n", "<b>", "<div>\n",
         "<details>", "<a@b.c> ", "a@b.c ", "http://a ", " ", "\t", "　\n", "[^1]", '![a](b "c', "](<", "\n"]  # fmt: skip


@pytest.mark.parametrize("mark", MARKS)
def test_any_mark_repeated_to_40_kilobytes_takes_less_than_two_seconds(
    body: Read, mark: str
) -> None:
    start = time.process_time()
    found = body(mark * (40_000 // len(mark)))
    # Seconds of this process alone: the bound of the reading, not of the machine.
    assert time.process_time() - start < 2
    assert "text-unreadable" not in {problem.code for problem in found.problems}


@pytest.mark.parametrize("mark", ["[", "*", "_", "`", "<", "&", "!["])
def test_marks_that_mean_nothing_are_shown_as_they_were_typed(body: Read, mark: str) -> None:
    shown = mark.replace("&", "&amp;").replace("<", "&lt;")
    assert body(f"前{mark * 1000}后").blocks == (f"<p>前{shown * 1000}后</p>",)


def test_ten_thousand_brackets_lose_no_character(body: Read) -> None:
    found = body("[" * 10_000 + "完")
    assert found.blocks == (f"<p>{'[' * 10_000}完</p>",)
    assert found.problems == ()


def test_brackets_and_angles_of_a_sentence_are_no_markup(body: Read) -> None:
    assert body("3 < 5，[注] 见 [甲]、a[0]，*未完").blocks == (
        "<p>3 &lt; 5，[注] 见 [甲]、a[0]，*未完</p>",
    )


def test_a_passage_full_of_marks_is_plain_text_with_a_warning(body: Read, codes: Codes) -> None:
    found = body("前\n\n" + "**a** " * 400)
    assert codes(found) == ["too-many-marks"]
    assert found.problems[0].place.line == 6
    assert "<strong>" not in "".join(found.blocks)


def test_a_list_of_four_hundred_names_in_bold_is_set_as_typed(body: Read) -> None:
    found = body("- **甲**：乙\n" * 400)
    assert found.problems == ()
    assert found.blocks[0].count("<strong>") == 400


@pytest.mark.parametrize(
    "text", ["> " * 300, "- " * 300 + "a", "\n".join("    " * n + "- a" for n in range(300))]
)
def test_nesting_beyond_reason_is_an_error_with_its_line(
    body: Read, codes: Codes, text: str
) -> None:
    found = body(text)
    assert codes(found) == ["too-complex"]
    assert found.problems[0].severity == "error"


def test_a_text_of_five_megabytes_is_an_error_with_both_numbers(body: Read) -> None:
    problem = body("字" * 1_700_000).problems[0]
    assert (problem.code, problem.given) == (
        "text-too-long",
        {"characters": "1,700,000", "limit": "1,000,000"},
    )


def test_a_table_of_ten_thousand_columns_is_plain_lines(body: Read) -> None:
    found = body("|a" * 10_000 + "\n" + "|-" * 10_000 + "\n|x\n")
    assert "<td" not in "".join(found.blocks)


def test_placeholders_of_the_engine_never_reach_a_page(body: Read) -> None:
    for text in ('![a](b "c"d")', "\x02klzzwxh:0001\x03", "\ufdd0\ufdd1", "`a` \x03\x02"):
        shown = "".join(body(f"前 {text} `码` 后").blocks)
        assert not any(ord(char) < 32 or 0xFDD0 <= ord(char) <= 0xFDEF for char in shown)


def test_an_inline_tag_that_is_never_closed_is_shown_and_reaches_no_other_paragraph(
    body: Read,
) -> None:
    found = body("前 <b>甲</b> <i>乙\n\n丙</i>")
    assert found.blocks == ("<p>前 <b>甲</b> &lt;i&gt;乙</p>", "<p>丙&lt;/i&gt;</p>")


@pytest.mark.parametrize("tag", ["<b>", "<b lang=a{}>", "<a href=x>", "<ul><li>", "<blockquote>"])
def test_thousands_of_open_tags_take_less_than_two_seconds(body: Read, tag: str) -> None:
    start = time.process_time()
    body("".join(f"{tag.format(n)}甲\n\n" for n in range(6000)))
    assert time.process_time() - start < 2


def test_emphasis_that_crosses_loses_no_character(body: Read) -> None:
    assert body("*月+**秋来*黄宙").blocks == ("<p><em>月+**秋来</em>黄宙</p>",)
    assert body("**甲** *乙* ***丙***").blocks == (
        "<p><strong>甲</strong> <em>乙</em> <strong><em>丙</em></strong></p>",
    )
