"""What an error leaves alone, and whom it is told of."""

from __future__ import annotations

import os

import pytest

from tests.anthology import Anthology


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
