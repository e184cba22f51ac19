"""The whole site as a plan, before anything is made."""

from __future__ import annotations

import msgspec

from candlelight import messages
from candlelight.model import (
    Anthology,
    Body,
    Community,
    Date,
    Link,
    Mention,
    Page,
    Photo,
    PhotoFacts,
    Site,
    Story,
    Team,
)
from candlelight.plan.directory import resolve
from candlelight.plan.site import SitePlan, plan_site
from candlelight.plan.views import AnyView, HomeView, StoryView

PHRASES = messages.load("phrases", "zh-Hans")


def photo(name: str, slug: str = "a") -> Photo:
    facts = PhotoFacts(digest=name * 8, width=1200, height=800, format="JPEG")
    return Photo(f"content/stories/{slug}/{name}.jpg", facts, caption=name, alt=name)


def story(slug: str, **facts: object) -> Story:
    path = f"content/stories/{slug}/index.md"
    return Story(path=path, slug=slug, **{"title": slug, **facts})  # type: ignore[arg-type]


def plan(*stories: Story, **facts: object) -> SitePlan:
    site = facts.pop("site", Site(base_url="https://candlelight.example/"))
    return plan_site(resolve(Anthology(site, stories, **facts)), PHRASES)  # type: ignore[arg-type]


def view(of: SitePlan, address: str) -> AnyView:
    return next(one for one in of.views if one.address == address)


def story_view(of: SitePlan, slug: str) -> StoryView:
    found = view(of, f"stories/{slug}/")
    assert isinstance(found, StoryView)
    return found


def test_an_empty_anthology_has_every_page_that_needs_no_content() -> None:
    assert {one.address for one in plan().views} == {
        "", "stories/", "timeline/", "photos/", "teams/", "communities/", "people/", "404.html",
    }  # fmt: skip


def test_a_story_without_anything_is_anonymous_undated_and_unplaced() -> None:
    found = story_view(plan(story("a")), "a")
    assert [ref.title for ref in found.byline] == ["佚名"]
    assert (found.team, found.community, found.date) == (None, None, "")


def test_previous_and_next_stay_within_a_service_point() -> None:
    here, there = Mention("南山"), Mention("长乐")
    of = plan(
        story("a", community=here, date=Date(2020, 8, 1)),
        story("b", community=there, date=Date(2020, 8, 2)),
        story("c", community=here, date=Date(2020, 8, 3)),
    )
    assert (story_view(of, "a").later or view(of, "")).title == "c"
    assert story_view(of, "b").earlier is None


def test_a_photo_that_stands_in_the_text_does_not_stand_below_it_again() -> None:
    photos = (photo("one"), photo("two"))
    body = Body(digest="d", lengths=(9, 0, 9), placed=((1, photos[1].path),))
    found = story_view(plan(story("a", photos=photos, body=body)), "a")
    assert [hung.picture.caption for hung in found.rows] == ["one"]


def test_the_cover_stands_for_its_story_elsewhere() -> None:
    photos = (photo("one"), photo("two"))
    home = view(plan(story("a", photos=photos, cover=photos[1].path, date=Date(2020))), "")
    assert isinstance(home, HomeView)
    assert [hung.picture.caption for hung in home.rows] == ["two"]


def test_one_photo_in_two_stories_is_made_once() -> None:
    of = plan(story("a", photos=(photo("one"),)), story("b", photos=(photo("one", "b"),)))
    assert len(of.pictures) == 1


def test_every_story_team_and_service_point_has_a_window_on_the_home_page() -> None:
    point = Community(path="content/communities/w.md", slug="w", title="长乐苑", district="天山区")
    home = view(plan(story("a"), story("b"), communities=(point,)), "")
    assert isinstance(home, HomeView)
    windows = [window for house in home.facade.houses for window in house.windows]
    assert {(window.href, window.lit) for window in windows} == {
        ("stories/a/", True), ("stories/b/", True), ("communities/w/", False),
    }  # fmt: skip


def test_the_kai_has_every_name_and_title() -> None:
    of = plan(
        story("a", title="初雪", authors=(Mention("何文君"),), community=Mention("南山")),
        teams=(Team(path="content/teams/t.md", slug="t", title="蜡烛", motto="照亮别人"),),
    )
    assert set("初雪何文君南山蜡烛照亮别人佚") <= set(of.characters)


def test_a_link_to_what_has_no_page_is_named_dead_in_the_view_that_has_it() -> None:
    body = Body(links=(Link("stories/gone"), Link("stories/b")))
    of = plan(story("a", body=body), story("b"))
    assert view(of, "stories/a/").dead_links == ("stories/gone",)
    assert view(of, "stories/b/").dead_links == ()


def test_an_about_page_enters_the_navigation_where_there_is_one() -> None:
    about = Page(path="content/pages/about.md", slug="about", title="关于")
    assert "about" not in dict(plan().site.navigation)
    assert dict(plan(pages=(about,)).site.navigation)["about"] == "about/"


def test_an_old_address_that_differs_only_in_case_is_no_page_of_its_own() -> None:
    of = plan(story("night"), redirects=(("stories/Night", "stories/night"),))
    assert not of.problems
    assert len([one for one in of.views if one.address.lower() == "stories/night/"]) == 1


def test_a_view_travels_to_a_worker_and_back() -> None:
    of = plan(story("a", photos=(photo("one"),), date=Date(2020, 8), team=Mention("蜡烛")))
    again = msgspec.msgpack.decode(msgspec.msgpack.encode(of.views), type=tuple[AnyView, ...])
    assert again == of.views
