"""One story as the book prints it, from real anthologies."""

from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest

from candlelight import messages
from candlelight.book.bars import qr
from candlelight.book.edition import edition_of, story_id
from candlelight.book.flow import blocks_of
from candlelight.book.name_marks import mark_names
from candlelight.book.names_index import names_index
from candlelight.book.selection import Selection
from candlelight.book.sheets import Block, Entry, Named, Run, StorySheet
from candlelight.book.story import Told, address_of, story_links, story_sheet, with_code
from candlelight.plan.directory import resolve
from candlelight.plan.lines import Lines
from candlelight.run.reading import read_anthology
from candlelight.run.session import session
from tests.anthology import Anthology

ROOT = Path(__file__).parents[2]
WORDS = {
    "story-qr": "扫一扫，在线读这一篇",
    "story-source": "来源",
    "story-correction": "更正",
    "quoted-title": "《{title}》",
    "parts-comma": "，",
    "dated": "{date}：{text}",
}


def told(root: Path, cache: Path) -> Mapping[str, Told]:
    """The sheets of all stories that a book of the anthology at *root* holds, by slug."""
    with session(cache, 1) as memory:
        library = read_anthology(root, memory, lambda *_: lambda _: None).library
        blocks = dict(library.blocks)
    lines = Lines(resolve(library.anthology), messages.load("phrases", "zh-Hans"))
    words = {**messages.load("book", "zh-Hans"), **WORDS}
    edition, _ = edition_of(lines, library.anthology.site.book, Selection(), words)
    index = names_index(edition, lines, words)
    links = story_links(edition.stories)
    sheets = {}
    for one in edition.stories:
        texts, names = (
            blocks[one.story.body.digest],
            index.stories[story_id(one.story.slug)],
        )
        sheet = story_sheet(one, lines, texts, links=links, names=names, words=words)
        address = address_of(one.story, lines)
        sheets[one.story.slug] = with_code(sheet, qr(address) if address else None, words)
    return sheets


@pytest.fixture
def anthology(tmp_path: Path) -> Anthology:
    return Anthology(tmp_path / "a")


def sheets(anthology: Anthology) -> dict[str, StorySheet]:
    cache = anthology.root.parent / "cache"
    return {slug: one.sheet for slug, one in told(anthology.root, cache).items()}


def marks(sheet: StorySheet) -> list[str]:
    runs = [run for block in sheet.blocks for run in block.runs]
    return [run[0] for run in runs if not isinstance(run, str) and run[1] == "i"]


def test_a_story_says_who_wrote_it_as_what_and_when(anthology: Anthology) -> None:
    anthology.story("a", author="李娜", role="志愿者,党员", date="2020-08-12", title="灯,亮了")
    sheet = sheets(anthology)["a"]
    [author] = sheet.byline
    assert author.name == "李娜"
    assert author.key.startswith("n-li-na-")
    assert (sheet.role, sheet.date) == ("志愿者，党员", "2020年8月12日")
    assert (sheet.title, sheet.title_lines, sheet.large) == ("灯，亮了", ("灯，亮了",), True)


def test_an_unsigned_story_says_so(anthology: Anthology) -> None:
    anthology.story("a")
    assert sheets(anthology)["a"].byline == (Named("佚名"),)


def test_credits_source_and_corrections_stand_at_the_end(anthology: Anthology) -> None:
    anthology.story(
        "a",
        credits={"编辑": "安琦、何文君"},
        source={
            "title": "瞬间",
            "publisher": "晚报",
            "date": "2020-08",
            "rights": "原作者所有",
            "url": "https://a.cn/",
        },
        corrections=[{"date": "2021-01-02", "text": "人数,改为三人"}, {"text": "补图注"}],
    )
    assert sheets(anthology)["a"].end == (
        Entry("编辑", (Named("安琦"), Named("何文君"))),
        Entry("来源", (Named("《瞬间》，晚报，2020年8月，原作者所有"),)),
        Entry("更正", (Named("2021年1月2日：人数，改为三人"),)),
        Entry("更正", (Named("补图注"),)),
    )


def test_a_code_leads_to_the_page_where_the_site_has_an_address(anthology: Anthology) -> None:
    anthology.story("灯火")
    sheet = sheets(anthology)["灯火"]
    assert sheet.qr is not None
    assert sheet.qr.text == "https://candlelight.example/sub/stories/%E7%81%AF%E7%81%AB/"
    assert sheet.qr_words == "扫一扫，在线读这一篇"
    anthology.site(base_url="")
    sheet = sheets(anthology)["灯火"]
    assert (sheet.qr, sheet.qr_words) == (None, "")


def test_links_lead_to_stories_of_the_book(anthology: Anthology) -> None:
    anthology.story("a", "见[另一篇](../b/index.md)。").story("b")
    assert sheets(anthology)["a"].blocks == (Block("p", ("见", ("另一篇", "", "#s-b"), "。")),)


def test_a_story_in_uyghur_runs_leftwards(anthology: Anthology) -> None:
    anthology.story("a", "ئۇيغۇر\n\n1", lang="ug")
    sheet = sheets(anthology)["a"]
    assert (sheet.lang, sheet.rtl, [block.rtl for block in sheet.blocks]) == (
        "ug",
        True,
        [True, True],
    )


def test_placed_photos_are_anchored_by_the_blocks_before_them(anthology: Anthology) -> None:
    anthology.story("a", "- 一\n- 二\n\n![图](a.jpg)\n\n三").photo("a")
    [one] = told(anthology.root, anthology.root.parent / "cache").values()
    assert one.anchors == ((2, "content/stories/a/a.jpg"),)


def test_the_first_mention_of_each_person_is_marked(anthology: Anthology) -> None:
    body = "灯下。\n\n何文君和李**娜**来了，李娜又来了。"
    anthology.story("a", body, author="王兰", people=["李娜", "何文君", "赵飞龙"])
    sheet = sheets(anthology)["a"]
    keys = {key.rsplit("-", 1)[0]: key for key in marks(sheet)}
    assert sheet.blocks[0].runs == ((keys["n-zhao-fei-long"], "i"), "灯下。")
    assert sheet.blocks[1].runs == (
        (keys["n-he-wen-jun"], "i"), "何文君和", (keys["n-li-na"], "i"), "李", ("娜", "b"),
        "来了，李娜又来了。",
    )  # fmt: skip


def test_a_story_of_photos_alone_still_marks_its_people(anthology: Anthology) -> None:
    anthology.story("a", "![](a.jpg)", people=["李娜"]).photo("a")
    assert len(marks(sheets(anthology)["a"])) == 1


def test_every_story_of_the_anthology_makes_a_sheet(tmp_path: Path) -> None:
    found = told(ROOT, tmp_path)
    assert len(found) >= 20
    for one in found.values():
        again = msgspec.json.decode(msgspec.json.encode(one.sheet), type=dict)
        assert again["blocks"]


def block(*runs: Run) -> Block:
    return Block("p", runs)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("何文君来了", {"k": ["何文"]}),
        ("阿迪力·买买提来了", {"k": ["阿迪力"]}),
        ("Lily came", {"k": ["Li"]}),
    ],
)
def test_a_name_is_not_found_within_a_longer_one(text: str, names: dict[str, list[str]]) -> None:
    assert mark_names([block(text)], names, ["何文君"]) == ((block(text),), ("k",))


def test_the_longest_name_wins_and_the_likeliest_spelling_is_meant() -> None:
    names = {"a": ["何文"], "b": ["何文君"], "c": ["老陈", "班长"]}
    marked, missing = mark_names([block("班长、何文君、何文和老陈")], names)
    assert missing == ()
    assert marked[0].runs == (
        "班长、", ("b", "i"), "何文君、", ("a", "i"), "何文和", ("c", "i"), "老陈",
    )  # fmt: skip


def test_a_name_is_found_across_a_footnote_but_not_across_lines_or_cells() -> None:
    names = {"k": ["李娜"]}
    marked, _ = mark_names([block("李", ("0", "n"), "娜")], names)
    assert marked[0].runs == (("k", "i"), "李", ("0", "n"), "娜")
    for sign in "/|":
        assert mark_names([block("李", ("", sign), "娜")], names)[1] == ("k",)


def test_ruby_and_links_are_marked_and_stay_whole() -> None:
    runs: tuple[Run, ...] = (("叫李娜", "y", "jiào"), ("见何文君", "", "https://a.cn/"))
    marked, _ = mark_names([block(*runs)], {"a": ["李娜"], "b": ["何文君"]})
    assert marked[0].runs == (
        ("a", "i"), ("叫李娜", "y", "jiào"), ("见", "", "https://a.cn/"), ("b", "i"),
        ("何文君", "", "https://a.cn/"),
    )  # fmt: skip


def test_marking_takes_time_by_the_length_of_the_text() -> None:
    import time

    blocks = blocks_of([f"<p>{'何文在灯下，' * 60}</p>"] * 1000).blocks
    names = {f"k{at}": [f"何文{chr(0x4E00 + at)}"] for at in range(200)}
    begin = time.process_time()
    mark_names(blocks, names)
    assert time.process_time() - begin < 6  # Less than 1 s where nothing else runs.


def test_a_name_that_stands_only_in_a_longer_one_is_missing_however_the_runs_part_it() -> None:
    runs: tuple[Run, ...] = ("阿迪", ("力·买", "b"), "买提来了")
    marked, missing = mark_names([block(*runs)], {"a": ["阿迪力"]}, ["阿迪力·买买提"])
    assert missing == ("a",)
    assert marked[0].runs == runs
