"""The whole build: what an edit rebuilds, what an error leaves alone, what never gets out."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from candlelight.run.output import Output, RefusedOutput
from tests.anthology import Anthology

LISTS = {
    "index.html",
    "stories/index.html",
    "timeline/index.html",
    "feed.xml",
    "data/anthology.json",
}


@pytest.fixture
def told(anthology: Anthology) -> Anthology:
    """Three stories of two teams at two service points, built."""
    anthology.community("nan-shan", title="南山", district="天山区", leaders=["马保福"])
    anthology.story(
        "first-snow", title="初雪", summary="一盏灯", author="何文君",
        team="蜡烛", community="南山", date="2020-08-12",
    )  # fmt: skip
    anthology.story(
        "noodles", title="炒面", summary="一碗面", author="李娜",
        team="蜡烛", community="长乐", date="2020-09-01",
    )  # fmt: skip
    anthology.story("night", title="夜班", summary="一夜", team="应急", date="2021-02-03")
    anthology.build()
    return anthology


# ---- What an edit rebuilds -----------------------------------------------------------------------


def test_nothing_changed_writes_nothing_and_makes_nothing(told: Anthology) -> None:
    again = told.build()
    assert again.published
    assert (again.written, again.removed) == (set(), set())
    assert again.unchanged == set(told.files())
    assert not any(again.made.values())


def test_editing_a_summary_rebuilds_its_lists_but_no_other_story(told: Anthology) -> None:
    told.edit("first-snow", summary="巷子里的一盏灯")
    result = told.build()
    assert {path for path in result.pages if path.startswith("stories/")} == {
        "stories/first-snow/index.html"
    }
    assert "巷子里的一盏灯" in told.read("index.html")
    assert "communities/nan-shan/index.html" in result.written
    assert "assets/cards/stories/first-snow.jpg" not in result.written


def test_editing_a_body_rebuilds_one_page(told: Anthology) -> None:
    told.edit("first-snow", body="雪停了。")
    assert told.build().written == {"stories/first-snow/index.html"}


def test_editing_a_caption_rebuilds_only_the_pages_that_show_it(told: Anthology) -> None:
    told.photo("first-snow", "a.jpg", caption="灯下", alt="一盏灯").build()
    told.edit("first-snow", photos=[{"file": "a.jpg", "caption": "灯影", "alt": "一盏灯"}])
    result = told.build()
    assert "stories/first-snow/index.html" in result.written
    assert "photos/index.html" in result.written
    assert not result.pages & {"stories/noodles/index.html", "stories/night/index.html"}
    assert result.made["renditions"] == 0


def test_a_late_story_rebuilds_no_unrelated_story(told: Anthology) -> None:
    told.story("late", title="迟到", team="应急", date="2020-10-05")
    result = told.build()
    assert {path for path in result.pages if path.startswith("stories/")} == {
        "stories/late/index.html",
        "stories/night/index.html",  # its neighbour within the team
        "stories/index.html",
    }


def test_a_renamed_team_rebuilds_the_pages_that_name_it_and_no_other(told: Anthology) -> None:
    told.team("candle", title="蜡烛", summary="一队人").build()
    told.edit("candle", title="蜡烛志愿者团队", aliases=["蜡烛"])
    result = told.build()
    assert {"teams/candle/index.html", "teams/index.html"} <= result.written
    assert {"stories/first-snow/index.html", "stories/noodles/index.html"} <= result.written
    assert "stories/night/index.html" not in result.written
    assert "蜡烛志愿者团队" in told.read("stories/noodles/index.html")


def test_a_team_that_gets_a_file_moves_to_its_slug(told: Anthology) -> None:
    old = next(path for path in told.files() if path.startswith("teams/la-zhu"))
    told.team("candle", title="蜡烛")
    result = told.build()
    assert old in result.removed
    assert "teams/candle/index.html" in result.written


def test_a_new_title_in_the_settings_rebuilds_every_page(told: Anthology) -> None:
    told.site(title="灯火")
    assert told.build().pages == {path for path in told.files() if path.endswith(".html")}


def test_an_edited_template_rebuilds_the_pages_made_from_it(told: Anthology) -> None:
    own = Path(__file__).parent.parent / "templates/site/story.html"
    text = own.read_text("utf-8").replace("</article>", "</article><!-- ours -->")
    told.write("templates/site/story.html", text)
    result = told.build()
    assert result.written == {
        f"stories/{slug}/index.html" for slug in ("first-snow", "noodles", "night")
    }


def test_an_included_template_rebuilds_all_that_include_it(told: Anthology) -> None:
    own = Path(__file__).parent.parent / "templates/site/base.html"
    text = own.read_text("utf-8").replace("</body>", "<!-- ours --></body>")
    told.write("templates/site/base.html", text)
    assert told.build().pages == {path for path in told.files() if path.endswith(".html")}


def test_a_template_that_gives_the_same_bytes_is_made_once_and_never_written(
    told: Anthology,
) -> None:
    own = Path(__file__).parent.parent / "templates/site/story.html"
    told.write("templates/site/story.html", own.read_text("utf-8") + "{# a remark #}")
    first, second = told.build(), told.build()
    assert (first.written, second.written) == (set(), set())
    assert (first.made["products"], second.made["products"]) == (3, 0)


def test_an_edited_word_of_the_interface_rebuilds_every_page(told: Anthology) -> None:
    own = Path(__file__).parent.parent / "templates/messages/words.zh-Hans.yaml"
    text = own.read_text("utf-8").replace("跳到正文", "直接看正文")
    told.write("templates/messages/words.zh-Hans.yaml", text)
    assert told.build().pages == {path for path in told.files() if path.endswith(".html")}


def test_an_edited_stylesheet_gets_a_new_name_and_every_page_follows(told: Anthology) -> None:
    before = {path for path in told.files() if path.endswith(".css")}
    told.write("assets/css/site.css", "main { color: #211913 }")
    result = told.build()
    assert result.removed == before
    assert result.pages == {path for path in told.files() if path.endswith(".html")}


def test_a_photo_added_and_taken_away_leaves_no_trace(told: Anthology) -> None:
    before = told.files()
    told.photo("first-snow", "a.jpg").build()
    assert any(path.startswith("assets/photos/") for path in told.files())
    told.delete("content/stories/first-snow/a.jpg").build()
    assert told.files() == before


def test_an_old_story_under_a_new_name_keeps_its_old_address(told: Anthology) -> None:
    told.rename_story("first-snow", "snow")
    told.write("content/redirects.yaml", "stories/first-snow: stories/snow\n")
    result = told.build()
    assert not result.codes
    moved = told.read("stories/first-snow/index.html")
    assert 'content="0; url=../../stories/snow/index.html"' in moved
    assert "noindex" in moved
    assert "stories/first-snow/" not in told.read("sitemap.xml")


def test_a_redirect_from_a_story_that_still_stands_hides_nothing(told: Anthology) -> None:
    told.write("content/redirects.yaml", "stories/first-snow: stories/noodles\n")
    told.build()
    assert "初雪" in told.read("stories/first-snow/index.html")


def test_redirects_lead_to_every_kind_of_page_and_a_dead_one_is_named(told: Anthology) -> None:
    told.write(
        "content/redirects.yaml", "communities/old: communities/nan-shan\nstories/a: stories/gone\n"
    )
    assert told.build().codes == {"redirect-broken"}
    assert "../../communities/nan-shan/index.html" in told.read("communities/old/index.html")
    assert "stories/a/index.html" not in told.files()


# ---- What an error leaves alone ------------------------------------------------------------------


def test_an_error_publishes_nothing_and_leaves_the_old_site_byte_for_byte(told: Anthology) -> None:
    before = told.files()
    told.edit("night", title="新夜班").write(
        "content/stories/broken/index.md", "---\ndate: 2020\n---\n"
    )
    result = told.build()
    assert not result.published
    assert "title-missing" in result.codes
    assert result.files == before


def test_an_error_in_the_settings_publishes_nothing(told: Anthology) -> None:
    before = told.files()
    told.site(order="by height")
    assert not told.build().published
    assert told.files() == before


def test_keep_going_goes_on_without_a_document_but_not_without_the_settings(
    told: Anthology,
) -> None:
    told.site(order="by height")
    assert not told.build(keep_going=True).published


def test_keep_going_leaves_out_the_broken_story_by_name_and_publishes_the_rest(
    told: Anthology,
) -> None:
    told.edit("night", date="2021年夏天").story("new", title="新来的")
    result = told.build(keep_going=True)
    assert result.published
    assert result.left_out == ("content/stories/night/index.md",)
    assert "stories/new/index.html" in result.written
    assert "stories/night/index.html" in result.removed
    assert not any("夜班".encode() in content for content in result.files.values())


def test_a_link_to_a_story_that_was_left_out_keeps_its_words_and_blames_nobody(
    told: Anthology,
) -> None:
    told.edit("noodles", body="见[夜里的事](../night/)。").edit("night", date="2021年夏天")
    result = told.build(keep_going=True)
    assert result.left_out == ("content/stories/night/index.md",)
    assert "见夜里的事。" in told.read("stories/noodles/index.html")


def test_a_link_to_nothing_is_an_error(told: Anthology) -> None:
    told.edit("noodles", body="见[另一篇](../nowhere/)。")
    result = told.build()
    assert [str(problem.place) for problem in result.problems if problem.code == "link-broken"] == [
        "content/stories/noodles/index.md:10"
    ]
    assert not result.published


def test_a_broken_photo_leaves_out_its_story_only(told: Anthology) -> None:
    told.write("content/stories/night/a.jpg", b"\xff\xd8\xff\xe0 half a photo")
    assert not told.build().published
    result = told.build(keep_going=True)
    assert result.left_out == ("content/stories/night/index.md",)


def test_a_photo_that_breaks_while_it_is_decoded_leaves_out_its_story_only(told: Anthology) -> None:
    told.photo("night", "a.jpg", (1200, 900))
    whole = (told.root / "content/stories/night/a.jpg").read_bytes()
    told.write("content/stories/night/a.jpg", whole[: len(whole) // 2])
    result = told.build(keep_going=True)
    assert "photo-broken" in result.codes
    assert result.left_out == ("content/stories/night/index.md",)


def test_a_new_version_of_the_code_makes_no_photo_again(
    told: Anthology, monkeypatch: pytest.MonkeyPatch
) -> None:
    told.photo("night").build()
    monkeypatch.setattr("candlelight.run.session.code_version", lambda: "another")
    again = told.build()
    assert again.report.made["document"] > 0
    assert again.report.made["renditions"] == 0


def test_a_photo_that_is_taken_down_leaves_the_cache_too(told: Anthology) -> None:
    kept = told.root / ".candlelight/photos"
    told.photo("night", "a.jpg").photo("night", "b.jpg").build()
    both = set(kept.iterdir())
    told.delete("content/stories/night/a.jpg").build()
    left = set(kept.iterdir())
    assert left < both
    assert len({path.name.partition("-")[0] for path in left}) == 1


def test_a_photo_that_another_build_is_writing_is_left_alone(told: Anthology) -> None:
    told.photo("night").build()
    half_written = told.root / ".candlelight/photos/.x.part"
    half_written.touch()
    told.build()
    assert half_written.exists()
    os.utime(half_written, (0, 0))
    told.build()
    assert not half_written.exists()


def test_the_photos_of_a_draft_are_kept_for_the_preview(told: Anthology) -> None:
    told.photo("night", "a.jpg").edit("night", draft="true")
    told.build(drafts=True)
    told.build()
    assert told.build(drafts=True).report.made["renditions"] == 0


def test_one_spoilt_photo_in_two_stories_is_told_of_at_both(told: Anthology) -> None:
    told.photo("night", "a.jpg", (1200, 900))
    whole = (told.root / "content/stories/night/a.jpg").read_bytes()
    for slug in ("night", "noodles"):
        told.write(f"content/stories/{slug}/a.jpg", whole[: len(whole) // 2])
    result = told.build(keep_going=True)
    assert result.left_out == (
        "content/stories/night/index.md",
        "content/stories/noodles/index.md",
    )


def test_a_chinese_character_that_the_kai_lacks_is_a_notice_in_every_build(told: Anthology) -> None:
    told.edit("night", title="夜里的\N{CJK UNIFIED IDEOGRAPH-2A6D6}")
    for _ in range(2):
        notices = [one for one in told.build().problems if one.code == "glyph-missing"]
        assert [one.given["characters"] for one in notices] == ["\N{CJK UNIFIED IDEOGRAPH-2A6D6}"]


def test_own_words_need_not_be_complete(told: Anthology) -> None:
    told.write("templates/messages/words.zh-Hans.yaml", "nav:\n  teams: 小队\n")
    told.write("templates/messages/phrases.zh-Hans.yaml", 'anonymous: 无名\ndate-year: "{what}"\n')
    result = told.build()
    assert result.published
    home = result.files["index.html"].decode()
    assert "小队" in home
    assert "服务点" in home


def test_changed_own_words_make_the_pages_again(told: Anthology) -> None:
    told.write("templates/messages/words.zh-Hans.yaml", "nav:\n  teams: 小队\n").build()
    told.write("templates/messages/words.zh-Hans.yaml", "nav:\n  teams: 队伍\n")
    assert "index.html" in told.build().written
    assert "队伍" in told.files()["index.html"].decode()


def test_a_broken_template_is_named_and_leaves_the_old_site_whole(told: Anthology) -> None:
    before = told.files()
    told.write("templates/site/story.html", "\n{% if %}")
    result = told.build()
    problem = next(one for one in result.problems if one.code == "template-broken")
    assert str(problem.place) == "templates/site/story.html:2"
    assert result.files == before


@pytest.mark.parametrize("fault", ["view.nothing", "1 // 0", "1 + 'a'"])
def test_a_template_that_cannot_be_filled_is_named(told: Anthology, fault: str) -> None:
    told.write("templates/site/story.html", f"\n{{{{ {fault} }}}}")
    result = told.build()
    problem = next(one for one in result.problems if one.code == "template-broken")
    assert str(problem.place) == "templates/site/story.html:2"
    assert not result.published


def test_two_stories_with_one_title_are_both_published_and_said_aloud(told: Anthology) -> None:
    told.story("snow-again", title="初雪", author="何文君")
    result = told.build()
    assert "same-title" in {problem.code for problem in result.problems}
    assert {"stories/first-snow/index.html", "stories/snow-again/index.html"} <= set(result.files)


def test_a_page_that_would_take_the_address_of_another_is_an_error(told: Anthology) -> None:
    told.page("teams", title="我们的团队")
    result = told.build()
    assert result.codes == {"same-address"}
    assert not result.published


@pytest.mark.parametrize("slug", ["feed.xml", "404.html", "sitemap.xml", "assets", "data"])
def test_a_page_never_takes_the_place_of_a_file_of_the_site(told: Anthology, slug: str) -> None:
    told.page(slug, title="一页")
    result = told.build()
    assert not result.published
    assert result.codes == {"address-taken"}


def test_slugs_that_differ_only_in_letter_case_are_an_error(told: Anthology) -> None:
    told.story("Night", title="另一夜")
    assert told.build().codes == {"slug-alike"}


def test_an_empty_anthology_is_a_site_of_its_own(anthology: Anthology) -> None:
    (anthology.root / "content").mkdir()
    result = anthology.build()
    assert result.published
    assert {"index.html", "404.html", "stories/index.html"} <= set(result.files)


def test_a_folder_without_content_is_an_error_and_no_site(anthology: Anthology) -> None:
    result = anthology.build()
    assert result.codes == {"content-missing"}
    assert not anthology.output.exists()


def test_content_alone_is_enough(anthology: Anthology) -> None:
    anthology.story("a", title="甲")
    (anthology.root / "site.yaml").unlink()
    result = anthology.build()
    assert result.published
    assert "烛光" in anthology.read("index.html")


# ---- What never gets out -------------------------------------------------------------------------


def traces(files: dict[str, bytes], *words: str) -> set[str]:
    """The files that hold one of *words*, in their bytes or as their path."""
    return {
        path
        for path, content in files.items()
        for word in words
        if word.encode() in content or word in path
    }


def test_a_draft_appears_nowhere(told: Anthology) -> None:
    told.story(
        "secret-draft", title="未定稿", summary="半句", body="还没写完", draft="yes",
        author="温秀兰", team="未名队", community="未名苑", date="2020-08-13",
    )  # fmt: skip
    told.photo("secret-draft", "a.jpg", caption="草图")
    before = told.files()
    result = told.build()
    assert result.published
    words = ("secret-draft", "未定稿", "半句", "还没写完", "温秀兰", "未名队", "未名苑", "草图")
    assert traces(result.files, *words) == set()
    assert result.files == before


def test_drafts_are_shown_where_they_are_asked_for(told: Anthology) -> None:
    told.story("secret-draft", title="未定稿", draft="yes")
    told.build(drafts=True)
    assert "未定稿" in told.read("stories/secret-draft/index.html")
    told.build()
    assert traces(told.files(), "secret-draft", "未定稿") == set()


def test_a_link_to_a_draft_keeps_its_words_and_names_no_address(told: Anthology) -> None:
    told.story("secret-draft", title="未定稿", draft="yes")
    told.edit("noodles", body="见[另一篇](../secret-draft/)。")
    result = told.build()
    assert result.published
    assert traces(result.files, "secret-draft") == set()
    assert "见另一篇。" in told.read("stories/noodles/index.html")


def test_a_person_who_withholds_consent_appears_nowhere(told: Anthology) -> None:
    told.person("wei-ming", title="卫明", aliases=["小卫"], consent="no", body="他的故事")
    result = told.build()
    assert result.published
    assert traces(result.files, "卫明", "小卫", "wei-ming", "他的故事") == set()


def test_a_text_that_names_somebody_withheld_is_an_error_and_left_out(told: Anthology) -> None:
    told.person("wei-ming", title="卫明", consent="no")
    told.edit("night", body="那晚衛明也在。").edit("noodles", author="卫明")
    assert told.build().codes == {"withheld-person"}
    result = told.build(keep_going=True)
    assert result.left_out == (
        "content/stories/night/index.md",
        "content/stories/noodles/index.md",
    )
    assert traces(result.files, "卫明", "衛明") == set()


def test_the_settings_may_not_name_somebody_withheld_either(told: Anthology) -> None:
    told.person("wei-ming", title="卫明", consent="no").site(footer=["编辑：卫明"])
    result = told.build()
    assert result.codes == {"withheld-person"}
    assert not result.published
    assert not told.build(keep_going=True).published


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("content/people/wei-ming.md", b"\xff\xff\x81"),
        ("content/people/wei?ming.md", "---\ntitle: 卫明\nconsent: no\n---\n"),
        ("content/redirects.yaml", "stories/old: [\n"),
    ],
)
def test_what_cannot_be_left_out_stops_the_build_even_with_keep_going(
    told: Anthology, path: str, text: str | bytes
) -> None:
    told.edit("noodles", author="卫明").write(path, text)
    assert not told.build(keep_going=True).published


def test_a_person_with_another_error_is_left_out_and_the_rest_is_published(
    told: Anthology,
) -> None:
    told.person("wei-ming", title="卫明", portrait="none.jpg")
    result = told.build(keep_going=True)
    assert result.published
    assert result.left_out == ("content/people/wei-ming/index.md",)


def test_a_photo_without_consent_is_nowhere(told: Anthology) -> None:
    before = told.files()
    told.photo("night", "a.jpg", caption="门前", consent="no")
    assert told.build().files == before


def test_originals_are_never_published(told: Anthology) -> None:
    told.photo("night", "a.jpg", (300, 200))
    original = (told.root / "content/stories/night/a.jpg").read_bytes()
    result = told.build()
    assert any(path.startswith("assets/photos/") for path in result.files)
    assert original not in result.files.values()


def test_a_takedown_removes_the_pages_the_photos_and_every_mention(told: Anthology) -> None:
    told.photo("night", "a.jpg", caption="灯下").build()
    told.delete_story("night")
    result = told.build()
    assert "stories/night/index.html" in result.removed
    assert traces(result.files, "夜班", "灯下", "stories/night") == set()
    assert not any(path.startswith("assets/photos/") for path in result.files)


# ---- What the readers hold -----------------------------------------------------------------------


def test_a_build_that_dies_while_publishing_leaves_a_whole_site_and_the_next_mends_it(
    told: Anthology, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = told.files()
    told.edit("night", summary="又一夜")
    with monkeypatch.context() as dying:
        dying.setattr(Output, "_place", _die)
        with pytest.raises(KeyboardInterrupt):
            told.build()
    assert told.files() == before
    assert "又一夜" in told.build().files["index.html"].decode()


def test_a_build_that_dies_after_publishing_leaves_the_new_site_and_the_next_writes_nothing(
    told: Anthology, monkeypatch: pytest.MonkeyPatch
) -> None:
    told.edit("night", summary="又一夜")
    with monkeypatch.context() as dying:
        dying.setattr("candlelight.pipeline._remember", _die)
        with pytest.raises(KeyboardInterrupt):
            told.build()
    assert "又一夜" in told.read("index.html")
    assert told.build().written == set()


def test_a_file_deleted_from_the_output_comes_back(told: Anthology) -> None:
    before = told.files()
    (told.output / "stories/night/index.html").unlink()
    result = told.build()
    assert result.written == {"stories/night/index.html"}
    assert result.files == before


def test_a_file_edited_in_the_output_is_made_again(told: Anthology) -> None:
    before = told.files()
    page = told.output / "stories/night/index.html"
    page.write_bytes(page.read_bytes().replace("夜班".encode(), "白班".encode()))
    assert told.build().files == before


@pytest.mark.parametrize("spoil", [lambda b: b + b"!", lambda b: b[:-9] + b"123456789"])
def test_a_photo_damaged_in_the_output_is_made_again(
    told: Anthology, spoil: Callable[[bytes], bytes]
) -> None:
    told.photo("night", "a.jpg").build()
    before = told.files()
    for path in told.output.glob("assets/photos/*"):
        path.write_bytes(spoil(path.read_bytes()))
    assert told.build().files == before


def test_the_old_output_may_be_deleted_whole(told: Anthology) -> None:
    import shutil

    before = told.files()
    shutil.rmtree(told.output)
    assert told.build().files == before


def test_a_site_can_be_published_elsewhere_without_making_photos_again(
    told: Anthology, tmp_path: Path
) -> None:
    told.photo("night", "a.jpg").build()
    before = told.files()
    told.output = tmp_path / "elsewhere"
    result = told.build()
    assert result.files == before
    assert result.made["renditions"] == 0


@pytest.mark.parametrize("place", [".", "..", "content", "content/stories", "templates"])
def test_an_output_that_holds_what_editors_wrote_is_refused(told: Anthology, place: str) -> None:
    told.output = told.root / place
    with pytest.raises(RefusedOutput, match="output-"):
        told.build()
    assert (told.root / "content/stories/night/index.md").exists()


def _die(*_: object) -> None:
    raise KeyboardInterrupt
