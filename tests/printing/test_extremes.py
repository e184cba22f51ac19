"""Books that nobody plans: of nothing, of one story, of what is far too long or in other scripts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.anthology import Anthology, Printed
from tests.printing import shown
from tests.printing.conftest import Shop
from tests.printing.paper import Paper

LONG = 20_000
DEEP, DEEPEST = 128, 8
"""The second is the most that a text may have; the site refuses more, and so does the book."""
LONG_TITLE = ("灯亮的时候巷子里站着许多人" * 8)[:99] + "终"
LONG_CAPTION = "雪" * 398 + "完了"
UYGHUR = "ئۇيغۇرچە تېكىست بۇ يەردە"


@pytest.mark.parametrize("for_print", [False, True])
def test_a_book_of_no_story_is_a_book(shop: Shop, light: None, for_print: bool) -> None:
    empty = shop("空").write("content/.keep", "")
    made = empty.book(for_print=for_print)
    assert made.codes == set()
    paper = Paper(made.file)
    assert len(paper.facts.pages) % 2 == 0
    assert all(font.embedded for font in paper.facts.fonts)


def test_an_e_book_of_no_story_is_an_e_book(shop: Shop, light: None) -> None:
    made = shop("空").write("content/.keep", "").epub()
    assert made.codes == set()
    assert "烛光" in shown.text(made.file)


def test_a_book_of_one_story_has_all_that_a_book_has(bench: Anthology, light: None) -> None:
    paper = Paper(bench.book().file)
    assert paper.contents["初雪"]
    assert paper.page_of(paper.contents["初雪"]) == paper.bookmark("初雪")
    assert paper.index["何文君"] == paper.contents["初雪"]
    assert "巷子里灯亮了。" in shown.text(bench.epub().file)


@pytest.fixture(scope="module")
def far(shop: Shop) -> Anthology:
    """A story for each thing that is too much."""
    book = shop("太 多")
    book.site(book={"volume_pages": 2000})
    book.story("long", title="长段", body="一" + "灯下的路很长，" * (LONG // 7) + "尽头")
    book.story("deep", title="深处", body="> " * DEEPEST + "最里面")
    book.story("lists", title="单子", body="\n".join("  " * n + "- 层" for n in range(DEEPEST)))
    book.story("photos", title="四十张", body="照片很多。")
    for number in range(40):
        size = [(300, 200), (200, 300), (500, 200), (200, 200)][number % 4]
        book.photo("photos", f"{number:02d}.jpg", size, caption=f"第{number:02d}张图", alt="图")
    book.story("titled", title=LONG_TITLE, author="何文君", body="题目很长。")
    book.story("caption", title="图注", body="一张图。")
    book.photo("caption", size=(300, 200), caption=LONG_CAPTION, alt="图")
    book.story("uyghur", title="ئۇيغۇر", body=f"{UYGHUR}\n\n他说：{UYGHUR}。")
    book.story("emoji", title="表情😀", body="灯亮了😀👍🏽，家人👨‍👩‍👧都在❤️。")
    book.story("hant", title="繁體故事", body="燈亮了，門開著，誰說這裡沒有人。")
    for number in range(60):
        book.community(f"c{number:02d}", title=f"第{number:02d}服务点", teams=["六十队"])
    book.team("sixty", title="六十队")
    return book


@pytest.fixture(scope="module")
def book(far: Anthology) -> Printed:
    return far.book()


@pytest.fixture(scope="module")
def paper(book: Printed) -> Paper:
    return Paper(book.file)


def test_none_of_it_is_an_error(book: Printed) -> None:
    assert {one.code for one in book.problems if one.severity == "error"} == set()


@pytest.mark.parametrize(
    "body",
    ["> " * DEEP + "最里面", "\n".join("  " * n + "- 层" for n in range(DEEP))],
    ids=["quotations", "lists"],
)
def test_what_nests_128_deep_is_refused_by_name_and_left_out(
    bench: Anthology, light: None, body: str
) -> None:
    bench.story("deep", title="深处", body=body)
    refused = bench.book()
    assert refused.codes == {"too-complex"}
    assert refused.files == bench.epub().files == ()
    left = bench.book(keep_going=True)
    assert left.left_out == ("content/stories/deep/index.md",)
    assert "深处" not in Paper(left.file).words


@pytest.mark.parametrize(
    "body",
    ["**" * DEEP + "最里面" + "**" * DEEP, "[" * DEEP + "最里面" + "]" * DEEP,
     "<em>" * DEEP + "最里面" + "</em>" * DEEP],
    ids=["stars", "brackets", "tags"],
)  # fmt: skip
def test_marks_nested_128_deep_inside_a_line_end_in_a_book(bench: Anthology, body: str) -> None:
    bench.edit("snow", body=body)
    assert "最里面" in Paper(bench.book().file).words


def test_a_paragraph_of_20_000_characters_is_set_whole(paper: Paper) -> None:
    first, last = paper.bookmark("长段"), paper.pages_with("尽头")[0]
    text = "".join(paper.pages[first - 1 : last])
    assert text.count("灯") == LONG // 7
    assert last - first >= LONG // 1100


def test_the_innermost_of_nested_quotations_and_lists_is_printed(paper: Paper) -> None:
    assert paper.pages_with("最里面")
    start = paper.bookmark("单子")
    assert "".join(paper.pages[start - 1 : start + 8]).count("层") == DEEPEST


def test_every_photo_of_40_stands_once_with_its_caption(paper: Paper) -> None:
    counted = {number: paper.words.count(f"第{number:02d}张图") for number in range(40)}
    assert counted == dict.fromkeys(range(40), 1)
    keys = [image.key for image in paper.facts.images.values() if image.key]
    assert len(keys) == len(set(keys))


def test_captions_stand_on_the_page_of_their_photo_or_the_one_beside(paper: Paper) -> None:
    shown_on = {placed.page for placed in paper.facts.placed}
    for number in range(40):
        (page,) = paper.pages_with(f"第{number:02d}张图")
        assert {page - 1, page, page + 1} & shown_on


def test_a_title_of_100_characters_is_printed_whole(paper: Paper) -> None:
    assert paper.has(LONG_TITLE, paper.bookmark(LONG_TITLE))


def test_a_caption_of_400_characters_is_printed_whole(paper: Paper) -> None:
    assert paper.words.count("雪" * 398 + "完了") == 1


def test_nothing_reaches_beyond_the_page(paper: Paper, tmp_path: Path) -> None:
    import subprocess
    from xml.etree import ElementTree as ET

    listed = tmp_path / "words.html"
    subprocess.run(["pdftotext", "-bbox", str(paper.path), str(listed)], check=True)
    outside = []
    for number, page in enumerate(ET.parse(listed).iter("{http://www.w3.org/1999/xhtml}page"), 1):
        width, height = float(page.get("width", 0)), float(page.get("height", 0))
        for word in page:
            spans = (word.get("xMin"), word.get("yMin"), word.get("xMax"), word.get("yMax"))
            left, top, right, bottom = (float(one or 0) for one in spans)
            if left < 0 or top < 0 or right > width or bottom > height:
                outside.append((number, "".join(word.itertext())[:20]))
    assert outside == []


def test_uyghur_is_set_in_a_face_for_it(paper: Paper) -> None:
    assert any("Naskh" in font.name and font.embedded for font in paper.facts.fonts)


def test_emoji_are_set_in_a_face_for_them(paper: Paper) -> None:
    assert any("Emoji" in font.name and font.embedded for font in paper.facts.fonts)


def test_a_story_in_traditional_script_keeps_its_script(paper: Paper) -> None:
    assert paper.has("燈亮了，門開著，誰說這裡沒有人。", paper.bookmark("繁體故事"))


def test_60_service_points_all_stand_in_the_register(paper: Paper) -> None:
    for number in range(60):
        assert paper.pages_with(f"第{number:02d}服务点"), number


def test_every_number_in_the_contents_holds(paper: Paper) -> None:
    for title in ("长段", "深处", "单子", "四十张", "图注", "繁體故事"):
        assert paper.page_of(paper.contents[title]) == paper.bookmark(title), title


def test_the_e_book_has_all_of_it(far: Anthology, light: None) -> None:
    words = shown.text(far.epub().file)
    for piece in (LONG_TITLE, LONG_CAPTION, UYGHUR, "最里面", "👨‍👩‍👧", "燈亮了", "第39张图"):
        assert piece in words, piece
    assert words.count("灯下的路很长") == LONG // 7
