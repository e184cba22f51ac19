"""What an edit rebuilds, and what it leaves as it stands."""

from __future__ import annotations

from pathlib import Path

from tests.anthology import Anthology


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


def test_editing_a_title_draws_only_the_card_that_shows_it(told: Anthology) -> None:
    told.edit("first-snow", title="又一场初雪")
    written = told.build().written
    assert {"index.html", "teams/candle/index.html"} & written
    assert {path for path in written if "cards/" in path} == {"assets/cards/stories/first-snow.jpg"}


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
