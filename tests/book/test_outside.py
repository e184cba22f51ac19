"""The pages around the stories, typeset from small sheets and read back from the PDF."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from candlelight import messages, resources
from candlelight.book.bars import barcode
from candlelight.book.press import Press, Setting
from candlelight.book.sheets import (
    Block,
    BookSheet,
    ChapterSheet,
    Cover,
    Entry,
    IndexName,
    Named,
    PartSheet,
    PointSheet,
    StorySheet,
    TextSheet,
)
from candlelight.book.wall import cover_wall, part_wall
from tests.outline import bookmarks

pytestmark = pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs poppler-utils")

WORDS = {
    key: word for key, word in messages.load("book", "zh-Hans").items() if isinstance(word, str)
}
NUMBER = "978-7-02-000220-7"
TRIM = (185.0, 260.0)


def told(story: str, title: str, *people: str, byline: str = "") -> StorySheet:
    """A story that names *people* by their keys."""
    runs = [run for key in people for run in ((key, "i"), f"〔{key}〕")]
    author = (Named(byline, f"n-{byline}"),) if byline else ()
    lines = tuple(title[at : at + 20] for at in range(0, len(title), 20))
    blocks = (Block("p", (*runs, "守在小区门口。")),)
    return StorySheet(
        story, title, lines, len(title) <= 16, author, "", "", "zh-Hans", False, blocks
    )


def chapter(title: str, *ids: str, **more: Any) -> ChapterSheet:
    return ChapterSheet(
        title, more.get("place", ""), more.get("leaders", ()), more.get("teams", ()), ids
    )


def part(
    title: str, *chapters: ChapterSheet, points: tuple[PointSheet, ...] = (), text: str = ""
) -> PartSheet:
    ids = [story for one in chapters for story in one.stories]
    blocks = (Block("p", (text,)),) if text else ()
    return PartSheet(
        title, f"{len(ids)} 个故事", "", part_wall(title, ids, TRIM), points, chapters, blocks
    )


def cover(title: str = "烛光", ids: tuple[str, ...] = (), spine: float = 0, **more: Any) -> Cover:
    given = {
        "subtitle": "志愿者的故事", "latin": "Candlelight", "editors": "《烛光》编委会　编", "volume": "",
        "quote": (), "quote_from": "", "barcode": None, "isbn": "", "price": "", **more,
    }  # fmt: skip
    return Cover(title=title, wall=cover_wall(title, ids, TRIM, spine), spine=spine, **given)


def book(*parts: PartSheet, **more: Any) -> BookSheet:
    given = {
        "title": "烛光", "subtitle": "志愿者的故事", "volume": "", "language": "zh-Hans", "running": "烛光",
        "cover": cover(), "colophon": (), "colophon_note": "", "preface": None, "afterword": None,
        "credits": (), "names": (), "words": WORDS, **more,
    }  # fmt: skip
    return BookSheet(parts=parts, **given)


class Printed:
    """A book that was typeset: its pages as texts, laid out as they stand."""

    def __init__(self, press: Press, path: Path) -> None:
        self.press, self.path = press, path
        told = subprocess.run(
            ["pdftotext", "-layout", path, "-"], capture_output=True, check=True, encoding="utf-8"
        ).stdout
        self.pages = [re.sub(r"[\u2060\u200b]", "", page) for page in told.split("\f")[:-1]]

    def page(self, words: str) -> str:
        """The first page that begins with *words* (spaces apart)."""
        (found, *_) = [p for p in self.pages if p.replace(" ", "").strip().startswith(words)]
        return found

    def folio(self, words: str) -> str:
        return self.page(words).split()[-1]


@pytest.fixture
def printed(tmp_path: Path, faces: Path) -> Callable[..., Printed]:
    def run(
        sheet: BookSheet, *stories: StorySheet, part: str = "inside", **setting: Any
    ) -> Printed:
        for template in resources.files("templates/book", None).values():
            shutil.copy(template, tmp_path)
        (tmp_path / "stories").mkdir(exist_ok=True)
        (tmp_path / "book.json").write_bytes(msgspec.json.encode(sheet))
        for one in stories:
            (tmp_path / "stories" / f"{one.id}.json").write_bytes(msgspec.json.encode(one))
        press = Press(tmp_path, faces, Setting(**setting))
        (tmp_path / "o.pdf").write_bytes(press.pdf() if part == "inside" else press.wrap())
        return Printed(press, tmp_path / "o.pdf")

    return run


Print = Callable[..., Printed]


def made_words(page: str) -> str:
    """What stands on *page*, without spaces."""
    return "".join(page.split())


ONE = told("s-1", "门缝里寄出的温暖包", "n-a", "n-b", byline="马保富")
TWO = told("s-2", "点滴付出，汇聚大爱", "n-a")
LONG = told(
    "s-3",
    "自治区应急管理厅下派干部助力乌鲁木齐疫情防控：工作好同事，抗疫好战友，一起走过的日子",
    byline="王畅彤",
)


def test_contents_give_each_story_with_its_author_and_the_page_it_is_on(printed: Print) -> None:
    made = printed(
        book(part("蜡烛志愿者团队", chapter("新园社区", "s-1"), chapter("南山社区", "s-2"))),
        ONE,
        TWO,
    )
    contents = made.page("目录")
    assert re.search(r"门缝里寄出的温暖包 +马保富 +2\n", contents)
    assert re.search(r"点滴付出，汇聚大爱 +3\n", contents)
    assert made.folio("新园社区") == "2"
    assert made.folio("南山社区") == "3"


def test_a_long_title_takes_two_lines_of_the_contents_and_its_page_stands_on_the_second(
    printed: Print,
) -> None:
    made = printed(book(part("队", chapter("点", "s-3"))), LONG)
    assert re.search(r"工作好同事.*\n.* 2\n", made.page("目录"))


def test_contents_also_list_preface_afterword_credits_and_index(printed: Print) -> None:
    text = TextSheet("前言", (), (Block("p", ("或许没人知道你是谁。",)),))
    sheet = book(
        part("队", chapter("点", "s-1")), preface=text,
        afterword=TextSheet("后记", (), (Block("p", ("谢谢。",)),)),
        credits=(Entry("编辑", (Named("张三"),)),), names=(IndexName("A", "甲", "n-a"),),
    )  # fmt: skip
    made = printed(sheet, ONE)
    listed = re.findall(r"^ *(前言|后记|署名|人名索引) +(\w+)$", made.page("目录"), re.MULTILINE)
    assert listed == [("前言", "i"), ("后记", "3"), ("署名", "4"), ("人名索引", "5")]


def test_a_part_or_a_chapter_never_stands_last_on_a_page_of_contents(printed: Print) -> None:
    stories = [told(f"s-{n}", f"第{n}个故事") for n in range(70)]
    chapters = [
        chapter(f"社区{n}", *(f"s-{m}" for m in range(n * 7, n * 7 + 7))) for n in range(10)
    ]
    made = printed(book(part("甲队", *chapters[:4]), part("乙队", *chapters[4:])), *stories)
    begin = made.pages.index(made.page("目录"))
    for page in made.pages[begin : begin + 4]:
        lines = [line for line in page.splitlines() if line.strip()]
        assert not any(re.search(r"队|社区", line) for line in lines[-2:-1])


@pytest.mark.parametrize("count", [21, 22, 24, 25])
def test_credits_and_index_never_have_a_page_of_contents_alone(printed: Print, count: int) -> None:
    stories = [told(f"s-{n}", f"第{numeral(n)}个故事", "n-a") for n in range(count)]
    sheet = book(
        part("队", chapter("点", *(one.id for one in stories))),
        credits=(Entry("编辑", (Named("张三"),)),), names=(IndexName("A", "甲", "n-a"),),
    )  # fmt: skip
    made = printed(sheet, *stories)
    begin = made.pages.index(made.page("目录"))
    pages = [page for page in made.pages[begin : begin + 2] if "第" in page or "署名" in page]
    last = next(page for page in pages if "署名" in page)
    assert len(re.findall(r"第...个故事", last)) >= 3
    assert last.index("故事") < last.index("署名") < last.index("人名索引")


def test_bookmarks_lead_to_parts_chapters_and_stories(printed: Print) -> None:
    made = printed(book(part("蜡烛志愿者团队", chapter("新园社区", "s-1"))), ONE)
    titles = [(mark.level, mark.title.replace("\u2060", "")) for mark in bookmarks(made.path)]
    assert titles == [
        (1, "目录"),
        (1, "蜡烛志愿者团队"),
        (2, "新园社区"),
        (3, "门缝里寄出的温暖包"),
    ]


def test_index_pages_are_those_where_the_names_stand(printed: Print) -> None:
    names = (
        IndexName("A", "甲", "n-a"), IndexName("B", "阿乙", "n-b", "乙"), IndexName("Y", "乙", "n-b"),
        IndexName("Z", "从未出现", "n-z"),
    )  # fmt: skip
    made = printed(
        book(part("队", chapter("点一", "s-1"), chapter("点二", "s-2")), names=names), ONE, TWO
    )
    index = made.page("人名索引")
    where = {
        key: [page.split()[-1] for page in made.pages if f"〔{key}〕" in page]
        for key in ("n-a", "n-b")
    }
    assert where == {"n-a": ["2", "3"], "n-b": ["2"]}
    assert re.search(r"甲 +2、3", index)
    assert re.search(r"阿乙 +见 +乙", index)
    assert re.search(r"(?<!阿)(?<!见)乙 +2", index)
    assert "从未出现" not in index


def numeral(n: int) -> str:
    """*n* in three characters that no dictionary parts."""
    return "".join("甲乙丙丁戊己庚辛壬癸"[int(digit)] for digit in f"{n:03}")


def columns(page: str) -> list[list[str]]:
    """The three columns of a page of the index, by where their entries begin."""
    words = [
        (m.start(), m.group())
        for line in page.splitlines()
        for m in re.finditer(r"\S+(?: {1,3}\d+)?", line)
    ]
    starts = sorted({at for at, word in words if re.fullmatch(r"[A-Z]|名.*", word)})
    heads = [at for at, before in zip(starts, [-99, *starts], strict=False) if at - before > 8]
    return [
        [word for at, word in words if abs(at - head) < 8 and not word.isdigit()] for head in heads
    ]


def test_a_letter_of_the_index_keeps_its_first_name_and_the_last_page_is_even(
    printed: Print,
) -> None:
    names = tuple(IndexName("ABCDEFGHJK"[n // 13], f"名{numeral(n)}", f"n-{n}") for n in range(130))
    many = [told("s-1", "很多名字", *(f"n-{n}" for n in range(130)))]
    made = printed(book(part("队", chapter("点", "s-1")), names=names), *many)
    begin = made.pages.index(made.page("人名索引"))
    whole = [column for page in made.pages[begin:] for column in columns(page)]
    assert len(whole) == 6
    assert [word.split()[0] for column in whole for word in column if word.startswith("名")] == [
        one.name for one in names
    ]
    assert not any(len(column[-1]) == 1 for column in whole)
    heights = [len(column) for column in whole[3:]]
    assert max(heights) - min(heights) <= 4


@pytest.mark.parametrize(
    ("name", "sign"),
    [
        ("阿卜杜热依木·图热洪·艾合买提江·" * 2 + "买买提江·努尔", "·"),
        ("何文君（《" + "Hope" * 40 + "》）", "Hop"),
    ],
)
def test_a_name_longer_than_a_line_stays_in_its_column(
    printed: Print, name: str, sign: str
) -> None:
    names = (
        IndexName("A", name, "n-a"),
        *(IndexName("B", f"名{numeral(n)}", "n-b") for n in range(60)),
    )
    made = printed(book(part("队", chapter("点", "s-1")), names=names), ONE)
    told = subprocess.run(
        ["pdftotext", "-bbox", made.path, "-"], capture_output=True, check=True, encoding="utf-8"
    ).stdout
    told = told.replace("\u200b", "")
    words = re.findall(r'xMin="([\d.]+)" .*? xMax="([\d.]+)" .*?>(.*?)</word>', told)
    parts = [(float(left), float(right)) for left, right, word in words if sign in word]
    others = [float(left) for left, _, word in words if word.startswith("名甲")]
    assert len(parts) >= 3
    second = min(left for left in others if left > min(parts)[0] + 40)
    assert max(right for _, right in parts) < second


def test_who_stands_on_two_hundred_pages_fills_columns_and_loses_no_page(printed: Print) -> None:
    stories = [told(f"s-{n}", f"第{n}个故事", "n-a") for n in range(200)]
    sheet = book(
        part("队", chapter("点", *(one.id for one in stories))),
        names=(IndexName("A", "甲", "n-a"),),
    )
    made = printed(sheet, *stories)
    begin = made.pages.index(made.page("人名索引"))
    told_pages = re.findall(r"(\d+)(?=[、\s])", "".join(made.pages[begin:]).split("A", 1)[1])
    named = [page.split()[-1] for page in made.pages if "〔n-a〕" in page]
    assert set(named) <= set(told_pages)
    assert len(named) == 200


def test_a_service_point_without_stories_says_that_they_are_being_gathered(printed: Print) -> None:
    points = (
        PointSheet("乌鲁木齐·米东区", "新园社区", "世纪花园小区", (Named("马保富"),), lit=True),
        PointSheet("新市区", "苏州花园二区", "", (), lit=False),
        PointSheet("水磨沟区", "南山社区", "", (), lit=False, other="见乌市地震应急联盟"),
    )
    made = printed(
        book(part("队", chapter("新园社区", "s-1"), points=points, text="我们成立于二〇一九年。")),
        ONE,
    )
    page = next(page for page in made.pages if "服 务 点" in page or "服务点" in page)
    assert page.count("故事征集中") == 1
    assert "见乌市地震应急联盟" in page
    assert page.index("我们成立于") < page.index("苏州花园二区")


def test_a_chapter_without_stories_is_a_page_of_its_own_that_waits(printed: Print) -> None:
    made = printed(book(part("队", chapter("南山社区"))))
    assert "故事征集中" in made.page("南山社区")


def test_the_colophon_prints_only_what_is_given(printed: Print) -> None:
    colophon = (
        (Entry("编者", (Named("《烛光》编委会"),)),),
        (Entry("书号", (Named(f"ISBN {NUMBER}"),)),),
    )
    made = printed(book(colophon=colophon))
    words = made.pages[1].split()
    assert words == ["烛光：志愿者的故事", "编者", "《烛光》编委会", "书号", "ISBN", NUMBER]
    assert made.pages[0].split() == ["烛", "光", "志愿者的故事"] or made.pages[0].split() == [
        "烛光",
        "志愿者的故事",
    ]


def test_a_colophon_longer_than_its_page_goes_on_overleaf(printed: Print) -> None:
    lines = tuple(Entry(f"第{number}道工序", (Named("一厂"),)) for number in range(60))
    made = printed(book(colophon=(lines,), colophon_note="排名没有先后之分。"))
    told = made_words("".join(made.pages[1:3]))
    assert [f"第{number}道工序" in told for number in range(60)] == [True] * 60
    assert told.index("第59道工序") < told.index("排名没有先后之分。")


def test_after_a_colophon_of_two_pages_the_preface_is_still_a_recto(printed: Print) -> None:
    lines = tuple(Entry(f"第{number}道工序", (Named("一厂"),)) for number in range(45))
    preface = TextSheet("前言", (), (Block("p", ("守在小区门口。",)),))
    made = printed(book(colophon=(lines,), preface=preface))
    assert [made_words(page)[:2] for page in made.pages[2:5]] == [
        made_words(made.pages[2])[:2], "", "前言",
    ]  # fmt: skip


def test_a_long_label_of_the_colophon_stands_on_one_line(printed: Print) -> None:
    made = printed(book(colophon=((Entry("文稿及图片整理配图及制作", (Named("裔枫"),)),),)))
    assert "文稿及图片整理配图及制作" in made.pages[1].split()


def test_a_half_title_of_two_hundred_characters_is_one_page(printed: Print) -> None:
    title = "烛光志愿者文集里的故事" * 18
    made = printed(book(title=title, subtitle="一行\n又一行"))
    assert made_words(made.pages[0]) == f"{title}一行又一行"


def test_an_endless_word_in_latin_stays_on_the_cover(printed: Print) -> None:
    made = printed(book(cover=cover(latin="Candlelight" * 24)), part="cover")
    assert "".join("".join(made.pages).split()).count("Candlelight") == 24


def test_credits_say_in_smaller_type_what_they_hold_for(printed: Print) -> None:
    checked = Entry("审核", (Named("莎日娜"),), ("《灯展耀南城》", "《点亮夜经济》"))
    assert made_words(printed(book(credits=(checked,))).page("署名")).startswith(
        "署名审核莎日娜《灯展耀南城》《点亮夜经济》"
    )


def test_the_digits_of_the_barcode_stand_under_it(printed: Print) -> None:
    made = printed(book(cover=cover(barcode=barcode(NUMBER), isbn=NUMBER, spine=10)), part="cover")
    assert "9787020002207" in "".join(made.pages).replace(" ", "")


@pytest.mark.parametrize(
    "title",
    [
        "烛光",
        "乌鲁木齐烛光",
        "最美逆行者乌鲁木齐志愿者实录",
        "烛光：二〇二〇年夏天乌鲁木齐全市志愿者抗击疫情感人事迹故事集",
        "Candlelight: Stories of the Volunteers of Ürümqi",
    ],
)
@pytest.mark.parametrize("trim", ["185x260", "A5"])
def test_a_title_of_any_length_stands_whole_on_the_front(
    printed: Print, title: str, trim: str
) -> None:
    made = printed(book(cover=cover(title, spine=4)), part="cover", trim=trim)
    assert title.replace(" ", "") in "".join("".join(made.pages).split())


@pytest.mark.parametrize(("spine", "lettered"), [(4, 1), (6, 2)])
def test_a_spine_under_five_millimetres_has_no_letters(
    printed: Print, spine: float, lettered: int
) -> None:
    made = printed(book(cover=cover("灯", spine=spine)), part="cover")
    assert "".join(made.pages).count("灯") == lettered


def test_a_title_too_long_for_the_spine_is_cut_there(printed: Print) -> None:
    title = "烛光志愿者文集里的故事" * 14
    words = made_words("".join(printed(book(cover=cover(title, spine=8)), part="cover").pages))
    assert "…" in words


@pytest.mark.parametrize("ink", ["cmyk", "black"])
def test_a_file_for_print_has_no_links(printed: Print, ink: str) -> None:
    sheet = book(part("队", chapter("点", "s-1")), names=(IndexName("A", "甲", "n-a"),))
    assert b"/Link" not in printed(sheet, ONE, ink=ink).press.pdf()
    assert b"/Link" in printed(sheet, ONE).press.pdf()


def test_the_same_sheets_give_the_same_bytes(printed: Print) -> None:
    sheet = book(part("队", chapter("点", "s-1")), names=(IndexName("A", "甲", "n-a"),))
    assert printed(sheet, ONE).path.read_bytes() == printed(sheet, ONE).path.read_bytes()


def test_a_book_of_nothing_still_has_a_half_title_and_contents(printed: Print) -> None:
    made = printed(book())
    assert made.page("目录")


def test_markup_in_names_and_titles_is_printed_literally(printed: Print) -> None:
    hostile = '$x #read("book.json") @ref [a'
    points = (PointSheet(hostile, hostile, "", (Named(hostile),), lit=False),)
    sheet = book(
        part(hostile, chapter(hostile, "s-1", place=hostile), points=points),
        title=hostile, cover=cover(hostile, spine=12), credits=(Entry(hostile, (Named(hostile),)),),
        names=(IndexName("#", hostile, "n-a"),), colophon_note=hostile,
    )  # fmt: skip
    made = printed(sheet, ONE, cover=True)
    assert sum(page.count("#read(") for page in made.pages) >= 8


@pytest.mark.parametrize("lines", [29, 33])
def test_the_pages_around_the_stories_can_be_read_aloud(printed: Print, lines: int) -> None:
    sheet = book(
        part("队", chapter("点", "s-1", leaders=(Named("马保富", "n-a"),), teams=("甲队", "乙队"))),
        cover=cover("烛光", ("s-1",), barcode=barcode(NUMBER), isbn=NUMBER),
        names=(IndexName("A", "甲", "n-a"),),
    )
    made = printed(sheet, ONE, cover=True, lines=lines)
    assert made.press.pdf(["ua-1"]).startswith(b"%PDF")
