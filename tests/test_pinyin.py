"""Pinyin for order and slugs, with the readings that surnames and places really have."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candlelight import pinyin


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("单卫国", "shan-wei-guo"), ("曾国藩", "zeng-guo-fan"), ("仇英", "qiu-ying"),
        ("区桃", "ou-tao"), ("查良镛", "zha-liang-yong"), ("解晓东", "xie-xiao-dong"),
        ("任红", "ren-hong"), ("盖叫天", "ge-jiao-tian"), ("朴树", "piao-shu"),
        ("尉迟恭", "yu-chi-gong"), ("长孙无忌", "zhang-sun-wu-ji"), ("令狐冲", "ling-hu-chong"),
        ("何文君", "he-wen-jun"), ("李娜", "li-na"), ("吕梁", "lv-liang"),
    ],
)  # fmt: skip
def test_surnames_are_read_as_surnames(name: str, slug: str) -> None:
    assert pinyin.slug(name, name=True) == slug


def test_the_same_character_in_a_word_is_read_as_a_word() -> None:
    assert pinyin.slug("单元门") == "dan-yuan-men"
    assert pinyin.slug("解封") == "jie-feng"


def test_a_dotted_name_has_no_chinese_surname() -> None:
    assert pinyin.slug("解提·曾古丽", name=True).startswith("jie-ti")


@pytest.mark.parametrize(
    ("place", "slug"),
    [
        ("乌鲁木齐市", "wu-lu-mu-qi-shi"), ("长春", "chang-chun"), ("重庆", "chong-qing"),
        ("六安", "lu-an"), ("厦门", "xia-men"), ("长大了", "zhang-da-le"),
    ],
)  # fmt: skip
def test_places_and_words_are_read_as_they_are_spoken(place: str, slug: str) -> None:
    assert pinyin.slug(place) == slug


def test_both_scripts_are_spelled_alike() -> None:
    assert pinyin.slug("門縫裏的暖") == pinyin.slug("门缝里的暖")


def test_latin_words_and_numbers_stay() -> None:
    assert pinyin.slug("Café 974 爱心联盟 (2020)") == "cafe-974-ai-xin-lian-meng-2020"


@pytest.mark.parametrize(
    ("name", "letter"),
    [("单卫国", "S"), ("李娜", "L"), ("Émile", "E"), ("ئايگۈل", "#"), ("3号楼", "#"), ("", "#")],
)
def test_an_index_has_letters_and_one_place_for_the_rest(name: str, letter: str) -> None:
    assert pinyin.initial(name) == letter


def test_order_is_by_syllable_and_not_by_letter() -> None:
    titles = ["先", "西安", "下", "Xi", "ئايگۈل"]
    assert sorted(titles, key=pinyin.sort_key) == ["Xi", "西安", "下", "先", "ئايگۈل"]


@given(st.text(max_size=80))
def test_any_text_has_a_slug_that_every_system_takes(text: str) -> None:
    made = pinyin.slug(text, name=True)
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", made)
    assert len(made) <= 60


NAMES = ("先", "西安", "Xi", "ئايگۈل", "", "門", "门", "3号", "café", "·")


@given(st.permutations(NAMES))
def test_order_does_not_depend_on_the_order_before(texts: list[str]) -> None:
    assert sorted(texts, key=pinyin.sort_key) == sorted(NAMES, key=pinyin.sort_key)
