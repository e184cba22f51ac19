"""The Atom feed and the sitemap: valid, absolute where they must be, the same in every build."""

import re
import uuid
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from candlelight.make import feeds
from candlelight.model import Correction, Date
from candlelight.plan.views import MovedView, NotFoundView, PageView, Ref, SiteView, StoryView
from tests.make.views import view

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SITE = view(
    SiteView,
    title="烛光",
    subtitle=("二〇二〇",),
    language="zh-Hans",
    base_url="https://example.org/sub/",
    feed="feed.xml",
)
OFFLINE = msgspec.structs.replace(SITE, base_url="")


def story(slug: str, date: str = "2020-08-12", **changes: Any) -> StoryView:
    given = {
        "address": f"stories/{slug}/",
        "title": f"故事 {slug}",
        "byline": (Ref("何文君", "people/he-wen-jun/"),),
        "date_iso": date,
    }
    return view(StoryView, **(given | changes))


def page(slug: str, **changes: Any) -> PageView:
    return view(PageView, address=f"{slug}/", title=slug, **changes)


def entries(text: str) -> list[Element]:
    return fromstring(text).findall(f"{ATOM}entry")


def titles(text: str) -> list[str | None]:
    return [entry.findtext(f"{ATOM}title") for entry in entries(text)]


def check_atom(text: str) -> None:
    """What RFC 4287 demands of a feed without contents."""
    feed = fromstring(text)
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(ATOM + name)) == 1
        uuid.UUID(element.findtext(f"{ATOM}id", ""))
        updated = element.findtext(f"{ATOM}updated", "")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", updated)
        links = element.findall(f"{ATOM}link[@rel='alternate']")
        assert len(links) == 1
        assert all(author.findtext(f"{ATOM}name") for author in element.findall(f"{ATOM}author"))
        assert element.findall(f"{ATOM}author")
    names = [element.findtext(f"{ATOM}id") for element in (feed, *entries(text))]
    assert len(set(names)) == len(names)


def test_the_feed_tells_the_newest_stories_first_and_the_undated_never() -> None:
    told = [story("a", "2020"), story("b", "2020-08-12"), story("c", "2021-01"), story("d", "")]
    text = feeds.feed(SITE, told)
    check_atom(text)
    assert titles(text) == ["故事 c", "故事 b", "故事 a"]


def test_the_feed_holds_twenty_stories_and_no_draft() -> None:
    told = [story(str(day), f"2020-08-{day:02d}") for day in range(1, 30)]
    told.append(story("draft", "2022-01-01", draft=True))
    assert titles(feeds.feed(SITE, told)) == [f"故事 {day}" for day in range(29, 9, -1)]


def test_the_same_story_in_another_script_is_no_news() -> None:
    other = story("a-hant", version_of=Ref("故事 a", "stories/a/"))
    assert titles(feeds.feed(SITE, [story("a"), other])) == ["故事 a"]


def test_a_correction_makes_a_story_news_again() -> None:
    mended = story("a", "2020-01-01", corrections=(Correction("改了一个名字", Date(2023, 5, 1)),))
    text = feeds.feed(SITE, [story("b"), mended])
    assert titles(text) == ["故事 a", "故事 b"]
    assert "<updated>2023-05-01T00:00:00Z</updated>" in text


def test_links_in_the_feed_are_absolute_and_encoded() -> None:
    (entry,) = entries(feeds.feed(SITE, [story("一碗炒面")]))
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == (
        "https://example.org/sub/stories/%E4%B8%80%E7%A2%97%E7%82%92%E9%9D%A2/"
    )
    uri = entry.findtext(f"{ATOM}author/{ATOM}uri")
    assert uri == "https://example.org/sub/people/he-wen-jun/"


def test_without_a_base_url_the_feed_is_relative_and_there_is_no_sitemap() -> None:
    made = feeds.files(OFFLINE, [story("a")])
    assert set(made) == {"feed.xml"}
    assert b'href="stories/a/index.html"' in made["feed.xml"]


def test_an_anthology_without_stories_still_has_a_valid_feed() -> None:
    check_atom(feeds.feed(SITE, []))


def test_the_name_of_a_story_stays_when_its_title_is_mended() -> None:
    before, after = story("a"), story("a", title="改过的题目")
    names = [entries(feeds.feed(SITE, [one]))[0].findtext(f"{ATOM}id") for one in (before, after)]
    assert names[0] == names[1]


@settings(deadline=None)
@given(st.text(), st.text())
def test_any_text_at_all_survives_escaped(title: str, summary: str) -> None:
    text = feeds.feed(SITE, [story("a", title=title or "无题", description=summary)])
    fromstring(text.encode("utf-8", "surrogatepass"))


def test_markup_in_a_title_stays_text() -> None:
    assert titles(feeds.feed(SITE, [story("a", title="<b>&amp;]]>\x00\x0b{{ x }}")])) == [
        "<b>&amp;]]>{{ x }}"
    ]


def locations(text: str) -> list[str | None]:
    return [element.text for element in fromstring(text).iter(f"{MAP}loc")]


def test_the_sitemap_lists_every_page_that_readers_may_find() -> None:
    views = [
        story("b"),
        story("a", ""),
        story("draft", draft=True),
        page("about"),
        NotFoundView(address="404.html", title=""),
        MovedView(address="stories/old/", title="", target="stories/a/"),
    ]
    made = feeds.sitemap(SITE, views)
    assert locations(made["sitemap.xml"]) == [
        "https://example.org/sub/about/",
        "https://example.org/sub/stories/a/",
        "https://example.org/sub/stories/b/",
    ]


def test_a_long_sitemap_is_an_index_of_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MOST", 2)
    made = feeds.sitemap(SITE, [page(name) for name in "abcde"])
    assert fromstring(made["sitemap.xml"]).tag == f"{MAP}sitemapindex"
    parts = locations(made["sitemap.xml"])
    assert parts == [f"https://example.org/sub/sitemap-{number}.xml" for number in (1, 2, 3)]
    listed = [
        url for name in sorted(made) if name != "sitemap.xml" for url in locations(made[name])
    ]
    assert listed == [f"https://example.org/sub/{name}/" for name in "abcde"]
