"""What the fuzzer found, once each: kept so that it stays mended."""

from __future__ import annotations

import time

import pytest

from tests.hostile import checks

BODIES = {
    "a heading with an attribute": "## 甲\n\n灯亮了。<h1 id=>乙",
    "a tag whose loss leaves a paragraph in a paragraph": "<marquee>【甲】",
    "loose words, and a paragraph in an inline tag": "甲<hr>乙<span>",
    "a paragraph in an inline tag": "<b>\n<p>甲</p>\n</b>尾",
    "a control character as a number": "甲&#5灂",
    "a noncharacter and a turn of the line as numbers": "甲&#xFFFE;&#xFDD0;&#x202E;乙&#9;丙",
    "loose words around a list in an inline tag": "甲<hr>乙<span><ul><li>丙</li></ul></span>丁",
}


@pytest.mark.parametrize("name", BODIES)
def test_a_body_is_read_as_a_browser_reads_it(name: str) -> None:
    checks.markdown(BODIES[name].encode())


def test_no_number_brings_what_no_file_may_hold() -> None:
    body = "甲&#1;[乙](java&#2;script:alert(1))&#x202E;丙&#xFFFF;"
    assert checks.document(checks.FRONT + body.encode()).blocks == ("<p>甲乙丙</p>",)


QUICK = {
    "images whose quotes never close, and a wall of spaces": (
        "<img src=x.jpg alt='\t" * 2000 + "<a href=" + "\u3000" * 40_000
    ),
    "thousands of addresses that are taken out": "+ ![](data:image/png;base64,AAAA)\n" * 3530,
}


@pytest.mark.parametrize("name", QUICK)
def test_a_body_of_any_length_is_read_in_time(name: str) -> None:
    started = time.process_time()
    document = checks.document(checks.FRONT + QUICK[name].encode())
    assert time.process_time() - started < 4
    assert len(document.problems) < 100
