"""What stands between the two lines of dashes."""

from __future__ import annotations

import pytest

from candlelight.model import Date
from tests.read.desk import Codes, Read

FIVE = """---
title: 一碗炒面
author: 何文君
team: 蜡烛志愿者团队
community: 某某社区
date: 2020-08-12
---
正文"""


def test_the_five_keys_that_matter_are_read_without_a_remark(read: Read) -> None:
    found = read(FIVE)
    story = found.document
    assert (story.title, story.slug) == ("一碗炒面", "first-snow")
    assert [author.text for author in story.authors] == ["何文君"]
    assert (story.team.text, story.community.text) == ("蜡烛志愿者团队", "某某社区")
    assert story.date == Date(2020, 8, 12)
    assert found.problems == ()


def test_a_title_is_enough(read: Read) -> None:
    story = read("---\ntitle: 初雪\n---\n").document
    assert (story.authors, story.team, story.community, story.date) == ((), None, None, None)


def test_names_know_their_line_and_column(read: Read) -> None:
    story = read("---\ntitle: 初雪\nauthor: 何文君、李四\nteam: 蜡烛\n---\n").document
    assert [(name.text, name.line, name.column) for name in story.authors] == [
        ("何文君", 3, 9),
        ("李四", 3, 13),
    ]
    assert (story.team.line, story.team.column) == (4, 7)
    assert (story.title_at.line, story.title_at.column) == (2, 8)


@pytest.mark.parametrize(
    "typed", ["no", "0123", "12:30", "~", "1e3", "null", "2020", "0x1F", "1_000"]
)
def test_a_value_stays_what_was_typed(read: Read, typed: str) -> None:
    assert read(f"---\ntitle: {typed}\n---\n").document.title == typed


@pytest.mark.parametrize(
    "written",
    [
        "标题：一碗炒面",
        "标题: 一碗炒面",
        "title：一碗炒面",
        "title:一碗炒面",
        "標題 ： 一碗炒面",
        "\ttitle: 一碗炒面",
    ],
)
def test_chinese_keys_and_slips_of_the_colon_are_understood_and_remarked_on(
    read: Read, written: str
) -> None:
    found = read(f"---\n{written}\n---\n")
    assert found.document.title == "一碗炒面"
    assert {problem.severity for problem in found.problems} == {"notice"}
    assert all(problem.place.line == 2 for problem in found.problems)


def test_the_column_is_the_editors_even_where_a_colon_was_mended(read: Read) -> None:
    story = read("---\n标题：初雪\n作者:何文君\n---\n").document
    assert (story.title_at.column, story.authors[0].column) == (4, 4)


def test_a_chinese_colon_inside_a_text_is_left_alone(read: Read) -> None:
    found = read("---\ntitle: 初雪\nsummary: |\n  他说：好\n  日期：不详\n---\n")
    assert found.document.summary == "他说：好\n日期：不详"
    assert found.problems == ()


def test_a_title_with_a_colon_or_a_bracket_is_taken_whole_with_a_notice(
    read: Read, codes: Codes
) -> None:
    for title in ("抗疫日记: 第一天", "[快讯] 今天", "@所有人", "100%: 是"):
        found = read(f"---\ntitle: {title}\n---\n")
        assert found.document.title == title
        assert codes(found) == ["value-quoted"]


def test_what_follows_a_hash_is_named_before_it_is_dropped(read: Read) -> None:
    found = read("---\ntitle: 第一名 #1\n---\n")
    assert found.document.title == "第一名"
    assert [(p.code, p.given["comment"]) for p in found.problems] == [("comment-dropped", "1")]


@pytest.mark.parametrize(
    ("front", "code", "line", "column"),
    [
        ("title: 初雪\ntitle: 冬", "duplicate-key", 3, 1),
        ("title: 初雪\n标题: 冬", "duplicate-key", 3, 1),
        ("title: 初雪\nteam: *a", "yaml-reference", 3, 7),
        ("title: &a 初雪", "yaml-reference", 2, 8),
        ("title: !!python/name:os.system 初雪", "yaml-reference", 2, 8),
        ('title: "初雪', "quote-open", 2, 8),
        ("title: 初雪\n  author: 何文君", "colon-in-value", 3, 9),
        ("- 初雪", "frontmatter-not-mapping", 2, 1),
        ("初雪", "frontmatter-not-mapping", 2, 1),
        ("author: 何文君", "title-missing", 2, 1),
        ("title:", "title-missing", 2, 1),
        ("[" * 5000, "too-complex", 2, 1),
        ("- " * 5000, "too-complex", 2, 1),
    ],
)
def test_what_cannot_be_understood_is_one_error_at_its_line_and_column(
    read: Read, front: str, code: str, line: int, column: int
) -> None:
    found = read(f"---\n{front}\n---\n正文")
    assert found.document is None
    place = found.problems[-1].place
    assert (found.problems[-1].code, place.line, place.column) == (code, line, column)
    assert found.problems[-1].severity == "error"


def test_a_bomb_of_aliases_is_refused_before_it_unfolds(read: Read, codes: Codes) -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)
    )
    assert codes(read(f"---\ntitle: x\n{bomb}---\n")) == ["yaml-reference"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty-file"),
        ("\n \n", "empty-file"),
        ("\0" * 4096, "empty-file"),
        ("---\ntitle: 初雪\n正文", "fence-missing"),
        ("title: 初雪\n正文", "fence-missing"),
        ("正文而已。", "frontmatter-missing"),
    ],
)
def test_a_text_without_whole_frontmatter_is_one_error(read: Read, text: str, code: str) -> None:
    found = read(text)
    assert found.document is None
    assert found.problems[-1].code == code


def test_a_heading_serves_as_title_where_there_is_no_frontmatter(read: Read, codes: Codes) -> None:
    found = read("# 一碗炒面\n\n正文")
    assert found.document.title == "一碗炒面"
    assert found.blocks == ("<p>正文</p>",)
    assert codes(found) == ["title-from-heading"]


@pytest.mark.parametrize("fence", ["--- ", "———", "－－－", "——-", "-----"])
def test_fences_that_an_input_method_changed_are_fences(read: Read, fence: str) -> None:
    assert read(f"{fence}\ntitle: 初雪\n{fence}\n正文").document.title == "初雪"


def test_a_missing_first_fence_is_taken_as_given(read: Read, codes: Codes) -> None:
    found = read("title: 初雪\n---\n正文")
    assert (found.document.title, codes(found)) == ("初雪", ["fence-opened"])
    assert found.document.title_at.line == 1


def test_unknown_keys_are_kept_with_the_nearest_known_key_as_a_hint(read: Read) -> None:
    found = read("---\ntitle: 初雪\nauthr: 何文君\n天气: 晴\n---\n")
    assert found.document.extra == (("authr", "何文君"), ("天气", "晴"))
    assert [(p.code, p.given.get("near")) for p in found.problems] == [
        ("key-near", "author"),
        ("key-unknown", None),
    ]


def test_a_key_in_the_curly_quotes_of_a_word_processor_is_that_key(
    read: Read, codes: Codes
) -> None:
    found = read("---\n“title”: 初雪\n‘作者’：何文君\n---\n")
    assert (found.document.title, found.document.authors[0].text) == ("初雪", "何文君")
    assert set(codes(found)) == {"key-form", "colon-form"}


def test_a_title_whose_key_has_a_slip_is_missing_and_the_slip_is_named(read: Read) -> None:
    found = read("---\ntitel: 初雪\n---\n")
    assert [(p.code, p.given.get("near")) for p in found.problems] == [
        ("key-near", "title"),
        ("title-missing", None),
    ]


def test_names_come_as_a_list_or_between_chinese_or_plain_separators(read: Read) -> None:
    for written in ("[甲, 乙, 丙]", "甲、乙，丙", "甲；乙;丙", "\n  - 甲\n  - 乙、丙"):
        story = read(f"---\ntitle: 初雪\nauthor: {written}\n---\n").document
        assert [name.text for name in story.authors] == ["甲", "乙", "丙"]


def test_a_name_keeps_the_dot_that_its_editor_typed(read: Read) -> None:
    story = read("---\ntitle: 初雪\nauthor: 古丽娜孜•贾那提别克\n---\n").document
    assert story.authors[0].text == "古丽娜孜•贾那提别克"


def test_an_author_called_nobody_is_no_author(read: Read) -> None:
    assert read("---\ntitle: 初雪\nauthor: 佚名\n---\n").document.authors == ()


@pytest.mark.parametrize(
    "written",
    [
        "\n  编辑: 甲、乙\n  审核: 丙",
        "\n  - 编辑: 甲、乙\n  - 审核: 丙",
        "\n  - 编辑：甲、乙\n  - 审核：丙",
        "\n  - role: 编辑\n    names: [甲, 乙]\n  - role: 审核\n    names: 丙",
    ],
)
def test_credits_are_roles_and_names_in_the_order_written(read: Read, written: str) -> None:
    credits_ = read(f"---\ntitle: 初雪\ncredits:{written}\n---\n").document.credits
    assert [(c.role, c.names) for c in credits_] == [("编辑", ("甲", "乙")), ("审核", ("丙",))]


def test_a_source_has_an_address_that_is_safe(read: Read) -> None:
    for address in ("javascript:alert(1)", "data:text/html,x", "ftp://a/b", "https://a b", "//a"):
        found = read(f"---\ntitle: 初雪\nsource:\n  title: 报\n  url: {address}\n---\n")
        assert [(p.code, p.place.line) for p in found.problems] == [("address-unsafe", 5)]
        assert found.document.source.url == ""


def test_corrections_carry_their_date(read: Read) -> None:
    story = read(
        "---\ntitle: 初雪\ncorrections:\n  - date: 2021-03-02\n    text: 改正了人名\n  - 补上日期\n---\n"
    ).document
    assert [(c.text, c.date) for c in story.corrections] == [
        ("改正了人名", Date(2021, 3, 2)),
        ("补上日期", None),
    ]


def test_a_list_of_more_names_than_anybody_writes_is_an_error(read: Read, codes: Codes) -> None:
    names = "、".join(f"张{number}" for number in range(501))
    found = read(f"---\ntitle: 初雪\npeople: {names}\n---\n")
    assert codes(found) == ["too-many-names"]
    assert len(found.document.people) == 500


def test_consent_without_an_answer_is_an_error(read: Read, codes: Codes) -> None:
    found = read("---\ntitle: 甲\nconsent:\n---\n", kind="person", path="content/people/a.md")
    assert codes(found) == ["answer-missing"]
    assert not found.document.consent


def test_a_misspelled_key_that_guards_is_an_error(read: Read, codes: Codes) -> None:
    assert codes(read("---\ntitle: 甲\ndarft: yes\n---\n")) == ["key-guard"]
    person = "---\ntitle: 甲\nconsnt: no\n---\n"
    assert codes(read(person, kind="person", path="content/people/a.md")) == ["key-guard"]


def test_consent_is_never_guessed(read: Read, codes: Codes) -> None:
    found = read("---\ntitle: 甲\nconsent: 也许\n---\n", kind="person", path="content/people/a.md")
    assert codes(found) == ["answer-unknown"]


@pytest.mark.parametrize(
    ("written", "tag"), [("繁體", "zh-Hant"), ("zh_cn", "zh-Hans"), ("UG", "ug")]
)
def test_languages_have_names_that_editors_use(
    read: Read, codes: Codes, written: str, tag: str
) -> None:
    found = read(f"---\ntitle: 初雪\nlang: {written}\n---\n")
    assert (found.document.lang, codes(found)) == (tag, ["language-form"])


def test_a_service_point_has_its_place_its_leaders_and_its_teams(read: Read) -> None:
    found = read(
        "---\n名称: 某某社区\n编号: 07\n省: 新疆\n城市: 乌鲁木齐\n区: 天山区\n小区: 一号院\n"
        "负责人: 甲、乙\n团队: 蜡烛\n---\n",
        kind="community",
        path="content/communities/a/index.md",
    )
    point = found.document
    assert (point.number, point.province, point.city, point.district, point.compound) == (
        "07", "新疆", "乌鲁木齐", "天山区", "一号院",
    )  # fmt: skip
    assert [name.text for name in point.leaders] == ["甲", "乙"]
    assert [name.text for name in point.teams] == ["蜡烛"]
