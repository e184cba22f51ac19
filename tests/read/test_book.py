"""``book:`` of ``site.yaml``: every value is understood, or told with its place."""

from __future__ import annotations

from pathlib import Path

import opencc
import pytest

from candlelight.model import BookSettings, Credit, Date, Mention, VolumeSettings
from candlelight.problems import Place, Problem
from candlelight.read import keys
from candlelight.read.site import read_site, read_site_in


def read(text: str, root: Path | None = None) -> tuple[BookSettings, list[Problem]]:
    """The settings of a book whose keys are *text*, and what is wrong."""
    raw = "".join(["book:\n", *(f"  {line}\n" for line in text.splitlines())]).encode()
    if root:
        found = read_site_in(root, raw)
        return found.site.book, list(found.problems)
    site, problems = read_site(raw)
    return site.book, problems


WHOLE = """\
title: 烛光
subtitle: 志愿者的故事
latin: Candlelight
editors: [《烛光》编委会]
quote: |
  或许没人知道你是谁，
  但是每次都有你的身影。
trim: 170x240
lines: 33
order: pinyin
stories: [b, a]
volumes:
  - title: 上册
    stories: [b]
  - stories: [a]
volume_pages: 400
preface: foreword
afterword: 无
colophon:
  责任编辑: 甲
  出版发行: 某某出版社，北京
  印刷: [一厂, 二厂]
edition: 2026年9月第1版
date: 2026-09
isbn: 978-7-301-04815-3
price: 58.00元
fonts: [fonts/a.ttf]
icc_profile: fonts/press.icc
paper: 0.12
boards: 0.7
black: true
"""


def test_every_setting_is_read(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts/a.ttf").touch()
    (tmp_path / "fonts/press.icc").touch()
    settings, problems = read(WHOLE, tmp_path)
    assert problems == []
    assert settings == BookSettings(
        title="烛光",
        subtitle="志愿者的故事",
        latin="Candlelight",
        editors="《烛光》编委会",
        quote=("或许没人知道你是谁，", "但是每次都有你的身影。"),
        trim="170x240",
        lines=33,
        order="pinyin",
        stories=(Mention("b", 12, 13), Mention("a", 12, 16)),
        volumes=(
            VolumeSettings("上册", (Mention("b", 15, 17),)),
            VolumeSettings("", (Mention("a", 16, 17),)),
        ),
        volume_pages=400,
        preface="foreword",
        afterword="",
        named_pages=(Mention("foreword", 18, 12),),
        colophon=(
            Credit("责任编辑", ("甲",)),
            Credit("出版发行", ("某某出版社，北京",)),
            Credit("印刷", ("一厂", "二厂")),
        ),
        edition="2026年9月第1版",
        date=Date(2026, 9),
        isbn="978-7-301-04815-3",
        price="58.00元",
        fonts=("fonts/a.ttf",),
        icc_profile="fonts/press.icc",
        paper=0.12,
        boards=0.7,
        black=True,
    )


def test_without_settings_everything_has_a_default() -> None:
    assert read_site(b"book:\n") == read_site(b"")
    assert read("title:\n")[0] == BookSettings()


@pytest.mark.parametrize("of", [keys.BOOK, keys.VOLUME], ids=["book", "volume"])
def test_every_chinese_key_is_known_in_both_scripts(of: keys.Keys) -> None:
    simplify = opencc.OpenCC("t2s").convert
    traditional = opencc.OpenCC("s2t").convert
    for key, spellings in of.items():
        chinese = [name for name in spellings.split() if not name.isascii()]
        assert chinese, key
        for name in chinese:
            assert keys.canonical(simplify(name), of) == key, name
            assert keys.canonical(traditional(name), of) == key, name


def test_a_book_may_be_set_in_chinese() -> None:
    settings, problems = read(
        "书名：烛光\n編者: 甲\n开本: A5\n分册:\n  - 册名: 上册\n    篇目: [a]\n出版日期: 2026-09-01\n"
    )
    assert (settings.title, settings.editors, settings.trim) == ("烛光", "甲", "A5")
    assert settings.volumes == (VolumeSettings("上册", (Mention("a", 7, 12),)),)
    assert settings.date == Date(2026, 9, 1)
    assert {problem.code for problem in problems} == {"key-form", "colon-form"}


@pytest.mark.parametrize(
    ("written", "trim"),
    [
        ("185×260 mm", "185x260"),
        ("１７０ｘ２４０", "170x240"),
        ("a4", "A4"),
        ("170*240毫米", "170x240"),
    ],
)
def test_a_trim_is_understood_however_it_is_typed(written: str, trim: str) -> None:
    assert read(f"trim: '{written}'") == (BookSettings(trim=trim), [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("trim: 16开", "trim-unknown"),
        ("trim: 260x185", "trim-unknown"),
        ("lines: 30", "book-lines-unknown"),
        ("order: 随便", "order-form"),
        ("volume_pages: 10", "number-unknown"),
        ("volume_pages: 很多", "number-unknown"),
        ("volumes: 上册", "book-volume-form"),
        ("volumes: [a]", "book-volume-form"),
        ("volumes:\n  - titel: 上册\n    stories: [a]", "key-near"),
        ("date: 2026-13-01", "date-unknown"),
        ("isbn: 978-7-301-04815-4", "isbn-check"),
        ("isbn: 待定", "isbn-form"),
        ("isbn: 978-7-301", "isbn-form"),
        ("paper: 厚", "length-unknown"),
        ("paper: 3", "length-unknown"),
        ("boards: -1", "length-unknown"),
        ("black: 也许", "answer-unknown"),
        ("colophon: 甲", "mapping-expected"),
        ("fonts: [../../etc/passwd]", "file-outside"),
        ("fonts: [/etc/passwd]", "file-outside"),
        ("fonts: ['C:\\fonts\\a.ttf']", "file-outside"),
        ("icc_profile: '..\\press.icc'", "file-outside"),
        ("icc_profile: {a: b}", "list-of-texts-expected"),
        ("titel: 烛光", "key-near"),
    ],
)
def test_what_cannot_be_used_is_named_and_the_default_stands(text: str, code: str) -> None:
    settings, problems = read(text)
    assert [problem.code for problem in problems] == [code]
    assert settings in (BookSettings(), BookSettings(volumes=settings.volumes))


def test_a_book_that_is_no_mapping_is_an_error() -> None:
    site, problems = read_site("book: 是\n".encode())
    assert (site.book, [problem.code for problem in problems]) == (
        BookSettings(), ["mapping-expected"],
    )  # fmt: skip


def test_a_wrong_check_digit_is_told_with_the_right_one_and_its_place() -> None:
    _, [problem] = read("title: 烛光\nisbn: 978-7-301-04815-4")
    assert problem.place == Place("site.yaml", 3, 9)
    assert problem.given == {"isbn": "978-7-301-04815-4", "digit": "3"}


@pytest.mark.parametrize("written", ["9787301048153", "ISBN 7-301-04815-7", "９７８-7-301-04815-3"])
def test_an_isbn_is_kept_as_it_will_be_shown(written: str) -> None:
    settings, problems = read(f"isbn: {written}")
    assert settings.isbn.replace("-", "") == "9787301048153"
    assert problems == []


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    settings, [problem] = read("fonts:\n  - fonts/none.ttf", tmp_path)
    assert settings.fonts == ()
    assert (problem.code, problem.given["file"]) == ("file-missing", "fonts/none.ttf")
    assert problem.place == Place("site.yaml", 3, 7)


def test_a_link_may_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "outside.ttf").touch()
    (tmp_path / "source").mkdir()
    (tmp_path / "source/font.ttf").symlink_to(tmp_path / "outside.ttf")
    settings, [problem] = read("fonts: font.ttf", tmp_path / "source")
    assert (settings.fonts, problem.code) == ((), "file-missing")


@pytest.mark.parametrize("name", ["a\\b.ttf", "./a/b.ttf", "a//b.ttf"])
def test_a_path_is_kept_in_one_form(tmp_path: Path, name: str) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/b.ttf").touch()
    assert read(f"fonts: ['{name}']", tmp_path)[0].fonts == ("a/b.ttf",)


@pytest.mark.parametrize("name", ["x" * 300, "fonts", "\\0"])
def test_any_text_may_stand_where_a_file_should(tmp_path: Path, name: str) -> None:
    (tmp_path / "fonts").mkdir()
    assert read(f'fonts: "{name}"', tmp_path)[0].fonts == ()
