"""A small anthology, read whole."""

from __future__ import annotations

import pytest

from candlelight.model import LostPhoto
from candlelight.read.library import leave_out
from tests.read.desk import Lay, read_library

STORY = """---
title: 一碗炒面
author: 何文君
photos:
  - file: b.jpg
    caption: 楼下
    alt: 一双手
cover: b.jpg
---
前

![炒面](c.jpg)

后
"""


def test_listed_photos_come_first_and_the_others_in_the_order_of_their_names(
    anthology: Lay,
) -> None:
    root = anthology({
        "content/stories/noodles/index.md": STORY,
        **{f"content/stories/noodles/{name}.jpg": (40, 30) for name in ("图10", "图2", "a", "b", "c")},
    })  # fmt: skip
    library = read_library(root)
    story = library.anthology.stories[0]
    assert [photo.path.rpartition("/")[2] for photo in story.photos] == [
        "b.jpg", "a.jpg", "c.jpg", "图2.jpg", "图10.jpg",
    ]  # fmt: skip
    assert [photo.listed for photo in story.photos] == [True, False, False, False, False]
    assert (story.photos[0].facts.width, story.photos[0].facts.height) == (40, 30)
    assert story.photos[2].caption == "炒面"
    assert story.cover == "content/stories/noodles/b.jpg"
    assert story.body.placed == ((1, "content/stories/noodles/c.jpg"),)
    assert library.blocks[story.body.digest] == ("<p>前</p>", "", "<p>后</p>")
    assert library.problems == ()


def test_a_photo_without_consent_is_nowhere_and_a_notice_says_so(anthology: Lay) -> None:
    root = anthology({
        "content/stories/a/index.md": "---\ntitle: 甲\nphotos:\n  - file: x.jpg\n    同意: 否\n---\n![](x.jpg)",
        "content/stories/a/x.jpg": (4, 3),
    })  # fmt: skip
    library = read_library(root)
    assert library.anthology.stories[0].photos == ()
    assert library.anthology.stories[0].body.placed == ()
    assert "photo-withheld" in {problem.code for problem in library.problems}
    assert library.left_out == frozenset()


def test_a_photo_without_consent_cannot_be_the_cover(anthology: Lay) -> None:
    root = anthology({
        "content/stories/a/index.md": "---\ntitle: 甲\ncover: x.jpg\nphotos:\n  - file: x.jpg\n    consent: no\n---\n",
        "content/stories/a/x.jpg": (4, 3),
    })  # fmt: skip
    library = read_library(root)
    assert library.anthology.stories[0].cover == ""
    assert library.left_out == {"content/stories/a/index.md"}


def test_a_broken_photo_leaves_out_its_story_and_no_other(anthology: Lay) -> None:
    root = anthology({
        "content/stories/a/index.md": "---\ntitle: 甲\n---\n",
        "content/stories/a/x.jpg": b"broken",
        "content/stories/b.md": "---\ntitle: 乙\n---\n",
        "content/stories/c.md": "没有标题",
    })  # fmt: skip
    library = read_library(root)
    assert library.left_out == {"content/stories/a/index.md", "content/stories/c.md"}
    kept = leave_out(library.anthology, library.left_out)
    assert [story.title for story in kept.stories] == ["乙"]


def test_a_photo_that_is_lost_keeps_its_place_and_its_words(anthology: Lay) -> None:
    listed = "photos: [a.jpg, {file: gone.jpg, caption: 雪}, {file: bad.jpg, credit: 安琦}, b.jpg]"
    root = anthology({
        "content/stories/a/index.md": f"---\ntitle: 甲\n{listed}\n---\n正文",
        "content/stories/a/a.jpg": (4, 3),
        "content/stories/a/b.jpg": (4, 3),
        "content/stories/a/bad.jpg": b"no photo",
    })  # fmt: skip
    story = read_library(root).anthology.stories[0]
    assert [photo.path.rpartition("/")[2] for photo in story.photos] == ["a.jpg", "b.jpg"]
    assert story.lost == (LostPhoto(1, "gone.jpg", "雪"), LostPhoto(1, "bad.jpg", "", "安琦"))


def test_all_problems_of_all_files_come_in_one_run_sorted(anthology: Lay) -> None:
    root = anthology({
        "content/stories/b.md": "---\ntitle: 乙\ndate: 明天\nlang: 火星文\n---\n",
        "content/stories/a.md": "",
        "site.yaml": "order: 随便\n",
    })  # fmt: skip
    problems = read_library(root).problems
    assert [(str(problem.place), problem.code) for problem in problems] == [
        ("content/stories/a.md", "empty-file"),
        ("content/stories/b.md:3:7", "date-unknown"),
        ("content/stories/b.md:4:7", "language-unknown"),
        ("site.yaml:1:8", "order-form"),
    ]


def test_each_kind_is_sorted_by_slug(anthology: Lay) -> None:
    root = anthology({f"content/teams/{slug}.md": f"---\ntitle: {slug}\n---\n" for slug in "cab"})
    assert [team.slug for team in read_library(root).anthology.teams] == ["a", "b", "c"]


def test_the_name_of_somebody_withheld_is_an_error_wherever_it_stands(anthology: Lay) -> None:
    root = anthology({
        "content/people/jia.md": "---\ntitle: 古丽娜孜·贾那提别克\naliases: 小古\nconsent: 否\n---\n",
        "content/stories/a.md": "---\ntitle: 甲\nauthor: 古麗娜孜・賈那提別克\n---\n她叫小古。\n",
        "content/stories/b.md": "---\ntitle: 乙\n---\n没有她。\n",
    })  # fmt: skip
    library = read_library(root)
    withheld = [problem for problem in library.problems if problem.code == "withheld-person"]
    assert [str(problem.place) for problem in withheld] == [
        "content/stories/a.md:3:9",
        "content/stories/a.md:5:3",
    ]
    assert library.left_out == {"content/stories/a.md"}


def test_every_body_is_bounded_and_every_worker_can_carry_it(anthology: Lay) -> None:
    import pickle

    from candlelight.read.document import read_document
    from candlelight.read.jobs import DocumentJob

    read = read_document(DocumentJob("content/stories/a.md", "story", STORY.encode()))
    assert pickle.loads(pickle.dumps(read)) == read


def test_a_withheld_name_is_found_in_addresses_in_the_site_and_across_lines(anthology: Lay) -> None:
    root = anthology({
        "content/people/jia.md": "---\ntitle: 何文君\nconsent: 否\n---\n",
        "content/stories/何文君.md": "---\ntitle: 甲\n---\n",
        "content/stories/b.md": "---\ntitle: 乙\n---\n这是何文\n君写的。\n",
        "site.yaml": "credits:\n  编辑: 何文君\n",
    })  # fmt: skip
    withheld = [p for p in read_library(root).problems if p.code == "withheld-person"]
    assert [str(problem.place) for problem in withheld] == [
        "content/stories/b.md",
        "content/stories/何文君.md",
        "site.yaml:2:7",
    ]


@pytest.mark.parametrize(
    "story",
    [
        "---\ntitle: 甲\n---\n那是何**文君**。\n",
        "---\ntitle: 甲\n---\n那是何<b>文</b>君。\n",
        "---\ntitle: 甲\n---\n那是何<!-- 名 -->文君。\n",
        "---\ntitle: 甲\n---\n那是&#20309;文君。\n",
        "---\ntitle: 甲\n---\n[她](https://news.example/%E4%BD%95%E6%96%87%E5%90%9B)\n",
        '---\ntitle: 甲\nsummary: "\\u4f55文君"\n---\n',
        "---\ntitle: 甲\n---\n那是何\u034f文\ufe00君。\n",
    ],
)
def test_a_withheld_name_is_found_in_what_readers_would_see(anthology: Lay, story: str) -> None:
    root = anthology({
        "content/people/jia.md": "---\ntitle: 何文君\nconsent: 否\n---\n",
        "content/stories/a.md": story,
    })  # fmt: skip
    library = read_library(root)
    assert "withheld-person" in {problem.code for problem in library.problems}
    assert library.left_out == {"content/stories/a.md"}


def test_an_old_address_may_not_carry_a_withheld_name(anthology: Lay) -> None:
    root = anthology({
        "content/people/jia.md": "---\ntitle: 何文君\nconsent: 否\n---\n",
        "content/stories/a.md": "---\ntitle: 甲\n---\n",
        "content/redirects.yaml": "stories/何文君的故事: stories/a\n",
    })  # fmt: skip
    withheld = [p for p in read_library(root).problems if p.code == "withheld-person"]
    assert [str(problem.place) for problem in withheld] == ["content/redirects.yaml:1:9"]


@pytest.mark.parametrize("answer", ["还没问", "[否, 否]"])
def test_an_unclear_consent_is_none(anthology: Lay, answer: str) -> None:
    root = anthology({
        "content/people/jia.md": f"---\ntitle: 何文君\nconsent: {answer}\n---\n",
        "content/stories/a.md": "---\ntitle: 甲\nauthor: 何文君\n---\n",
    })  # fmt: skip
    assert read_library(root).left_out == {"content/people/jia.md", "content/stories/a.md"}


def test_a_photo_without_consent_is_withheld_in_every_folder(anthology: Lay) -> None:
    root = anthology({
        "content/stories/a/index.md": "---\ntitle: 甲\nphotos:\n  - file: x.jpg\n    consent: 否\n---\n",
        "content/stories/a/x.jpg": (40, 30),
        "content/stories/b/index.md": "---\ntitle: 乙\n---\n",
        "content/stories/b/copy.jpg": (40, 30),
    })  # fmt: skip
    library = read_library(root)
    assert [story.photos for story in library.anthology.stories] == [(), ()]
    withheld = [p for p in library.problems if p.code == "photo-withheld"]
    assert [problem.place.path for problem in withheld] == [
        "content/stories/a/index.md",
        "content/stories/b/index.md",
    ]
