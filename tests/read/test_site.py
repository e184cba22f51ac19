"""``site.yaml``, in either language, and without it."""

from __future__ import annotations

import pytest

from candlelight.model import Credit, Site
from candlelight.problems import Problem
from candlelight.read.redirects import read_redirects
from candlelight.read.site import read_site


def read(text: str) -> tuple[Site, list[Problem]]:
    return read_site(text.encode())


def codes(text: str) -> list[str]:
    return [problem.code for problem in read(text)[1]]


def test_without_a_file_everything_has_a_default_and_nobody_complains() -> None:
    assert read_site(None) == (Site(), [])


def test_an_empty_file_is_as_good_as_none() -> None:
    assert read("") == (Site(), [])
    assert read("# 只有批注\n") == (Site(), [])


def test_every_key_is_read() -> None:
    site, problems = read(
        "title: 烛光\nsubtitle:\n  - 一\n  - 二\nlanguage: zh-Hant\nbase_url: https://example.org/sub\n"
        "time_zone: Asia/Urumqi\ndescription: 简介\nfooter: |\n  甲\n  乙\norder: pinyin\n"
        "credits:\n  编辑: 甲、乙\nphotos:\n  widths: [400, 800]\n  avif: yes\n  max_pixels: 50_000_000\nbogda: 是\ncards: 否\n"
    )
    assert problems == []
    assert (site.title, site.subtitle, site.language) == ("烛光", ("一", "二"), "zh-Hant")
    assert (site.base_url, site.time_zone) == ("https://example.org/sub/", "Asia/Urumqi")
    assert (site.footer, site.order) == (("甲", "乙"), "pinyin")
    assert site.credits == (Credit("编辑", ("甲", "乙")),)
    assert (site.photos.widths, site.photos.avif, site.photos.max_pixels) == (
        (400, 800),
        True,
        50_000_000,
    )
    assert site.bogda
    assert not site.cards


def test_chinese_keys_are_understood() -> None:
    site, problems = read("标题：烛光\n副标题: 万家灯火\n顺序: 拼音\n")
    assert (site.title, site.subtitle, site.order) == ("烛光", ("万家灯火",), "pinyin")
    assert {str(problem.severity) for problem in problems} == {"notice"}


def test_an_order_may_list_stories() -> None:
    assert read("order:\n  - b\n  - a\n")[0].order == ("b", "a")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("base_url: javascript:alert(1)", "address-unsafe"),
        ("base_url: https://a.cn/?x=1", "address-unsafe"),
        ("base_url: a.cn", "address-unsafe"),
        ("time_zone: Mars/Olympus", "time-zone-unknown"),
        ("time_zone: ../../etc/passwd", "time-zone-unknown"),
        ("language: 火星文", "language-unknown"),
        ("order: 随便", "order-form"),
        ("photos: 是", "mapping-expected"),
        ("photos:\n  widths: [大]", "number-unknown"),
        ("photos:\n  max_pixels: -1", "number-unknown"),
        ("photos:\n  avif: 也许", "answer-unknown"),
        ("title: [甲, 乙]", "one-value-expected"),
        ("titel: 甲", "key-near"),
        ("- a", "frontmatter-not-mapping"),
        ("a: &b 1", "yaml-reference"),
    ],
)
def test_what_cannot_be_used_is_named_and_the_default_stands(text: str, code: str) -> None:
    assert codes(text) == [code]


def test_redirects_are_pairs_of_addresses() -> None:
    pairs, problems = read_redirects("stories/old: stories/new\n/teams/甲/: /teams/乙/\n".encode())
    assert pairs == (("stories/old", "stories/new"), ("teams/甲", "teams/乙"))
    assert problems == []


@pytest.mark.parametrize(
    "line", ["a: b", "stories/a: https://a.cn", "stories/../../x: stories/a", "stories/a: [b]"]
)
def test_a_redirect_that_leads_elsewhere_is_an_error(line: int) -> None:
    assert [problem.code for problem in read_redirects(line.encode())[1]] == ["redirect-unknown"]
