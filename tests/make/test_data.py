"""What machines read of the anthology: its facts as one JSON file, and JSON-LD on each page."""

import json
import re
from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from candlelight.make import data
from candlelight.make.jsonld import graph, jsonld
from candlelight.model import Correction, Credit, Date
from candlelight.plan.views import (
    AnyView,
    CommunityView,
    District,
    HomeView,
    Hung,
    MovedView,
    NotFoundView,
    PageView,
    PeopleView,
    PersonView,
    PhotosView,
    Picture,
    PointLine,
    Ref,
    SiteView,
    SourceView,
    StoryView,
    TeamView,
)
from tests.make.views import view

SITE = view(
    SiteView,
    title="烛光",
    subtitle=("二〇二〇",),
    language="zh-Hans",
    base_url="https://example.org/",
    feed="feed.xml",
)
OFFLINE = msgspec.structs.replace(SITE, base_url="")
POINT = Ref("世纪花园", "communities/garden/")
TEAM = Ref("蜡烛志愿者团队", "teams/candle/")
HE = Ref("何文君", "people/he/")
PHOTO = Picture("k", 1600, 1200, (480, 1600), ("webp", "jpg"), "插图：炒面", "烛光绘", "一碗炒面")
ROW = (Hung(PHOTO, 1, 0, 1, 0),)


def story(slug: str = "noodles", **changes: Any) -> StoryView:
    given = {"address": f"stories/{slug}/", "title": "一碗炒面", "byline": (HE,)}
    return view(StoryView, **(given | changes))


FULL = story(
    description="中午送到楼下",
    team=TEAM,
    community=POINT,
    place="米东区 新园社区",
    date_iso="2020-08",
    rows=ROW,
    people=(Ref("马保富", "people/ma/"),),
    credits=(Credit("编辑", ("李明",)),),
    source=SourceView("来源", "https://news.example/1", "某报", "2020年", ""),
    corrections=(Correction("改了一个名字", Date(2023, 5, 1)),),
)
GROUP = view(
    TeamView,
    address="teams/candle/",
    title=TEAM.title,
    motto="照亮别人",
    leaders=(HE,),
    districts=(view(District, name="米东区", points=(view(PointLine, point=POINT),)),),
)
PLACE = view(
    CommunityView,
    address="communities/garden/",
    title=POINT.title,
    district="米东区",
    place=("米东区", "新园社区"),
    leaders=(HE,),
    teams=(TEAM,),
)
PERSON = view(
    PersonView,
    address="people/he/",
    title="何文君",
    aliases=("何文軍",),
    portrait=PHOTO,
    team=TEAM,
)
HOME = view(HomeView, address="", title="烛光")
ABOUT = view(PageView, address="about/", title="关于", body="digest")
EVERY = (HOME, FULL, GROUP, PLACE, PERSON, ABOUT)


def read(*views: AnyView, site: SiteView = SITE) -> Any:
    return json.loads(data.anthology(site, views))


def test_a_story_stands_there_with_all_its_facts_and_no_body() -> None:
    (told,) = read(*EVERY)["stories"]
    assert told == {
        "url": "https://example.org/stories/noodles/",
        "title": "一碗炒面",
        "summary": "中午送到楼下",
        "language": "zh-Hans",
        "authors": [{"name": "何文君", "url": "https://example.org/people/he/"}],
        "team": {"name": "蜡烛志愿者团队", "url": "https://example.org/teams/candle/"},
        "community": {"name": "世纪花园", "url": "https://example.org/communities/garden/"},
        "place": "米东区 新园社区",
        "date": "2020-08",
        "people": [{"name": "马保富", "url": "https://example.org/people/ma/"}],
        "credits": [{"role": "编辑", "names": ["李明"]}],
        "source": {
            "title": "来源",
            "url": "https://news.example/1",
            "publisher": "某报",
            "date": "2020年",
        },
        "corrections": [{"date": "2023-05-01", "text": "改了一个名字"}],
        "photos": [
            {
                "url": "https://example.org/assets/photos/k-1600.jpg",
                "width": 1600,
                "height": 1200,
                "caption": "插图：炒面",
                "credit": "烛光绘",
                "alt": "一碗炒面",
            }
        ],
    }


def test_a_story_and_its_version_in_another_script_know_each_other() -> None:
    ours = Ref("一碗炒面", "stories/noodles/")
    theirs = Ref("繁體中文", "stories/noodles-hant/", "zh-Hant")
    both = story(versions=(theirs,)), story("noodles-hant", versions=(ours,), version_of=ours)
    first, second = read(*both)["stories"]
    assert first["versions"][0]["url"] == second["url"]
    assert second["version_of"]["url"] == first["url"]
    assert "version_of" not in first


def test_the_file_says_what_it_is_and_lists_every_kind() -> None:
    whole = read(*EVERY)
    assert (whole["format"], whole["version"]) == ("candlelight-anthology", 1)
    assert whole["url"] == "https://example.org/"
    kinds = ("stories", "teams", "communities", "people", "pages")
    assert [len(whole[kind]) for kind in kinds] == [1, 1, 1, 1, 1]
    assert whole["teams"][0]["communities"][0]["name"] == "世纪花园"
    assert whole["communities"][0]["leaders"][0]["name"] == "何文君"
    assert whole["people"][0]["aliases"] == ["何文軍"]


def test_every_key_that_is_written_is_documented() -> None:
    def keys(value: Any) -> set[str]:
        if isinstance(value, list):
            return set().union(*map(keys, value))
        if isinstance(value, dict):
            return set(value).union(*map(keys, value.values()))
        return set()

    documented = set(re.findall(r"[a-z]+", data.__doc__ or ""))
    assert keys(read(*EVERY)) <= documented


def test_a_draft_is_in_no_list() -> None:
    assert read(story(draft=True))["stories"] == []


def test_without_a_base_url_addresses_start_at_the_root_of_the_site() -> None:
    whole = read(FULL, site=OFFLINE)
    assert "url" not in whole
    assert whole["stories"][0]["url"] == "stories/noodles/"


def test_the_same_views_give_the_same_bytes() -> None:
    assert data.files(SITE, EVERY) == data.files(SITE, EVERY)
    assert set(data.files(SITE, EVERY)) == {"data/anthology.json"}


def kinds(page: AnyView) -> list[object]:
    return [thing["@type"] for thing in graph(page, SITE)]


def test_each_page_says_what_it_is_about() -> None:
    wall = view(PhotosView, address="photos/", title="照片", rows=ROW)
    index = view(PeopleView, address="people/", title="人物")
    told = [kinds(page)[0] for page in (*EVERY, wall, index)]
    assert told == [
        "WebSite",
        "Article",
        "NGO",
        "Place",
        "Person",
        "AboutPage",
        "ImageGallery",
        "CollectionPage",
    ]


def test_an_address_that_leads_nowhere_says_nothing() -> None:
    assert jsonld(NotFoundView(address="404.html", title="404"), SITE) == ""
    moved = MovedView(address="stories/old/", title="旧", target="stories/new/")
    assert jsonld(moved, SITE) == ""


def test_an_article_names_author_date_place_and_language() -> None:
    article = graph(FULL, SITE)[0]
    assert article["headline"] == "一碗炒面"
    assert article["author"] == [
        {"@type": "Person", "name": "何文君", "url": "https://example.org/people/he/"}
    ]
    assert article["datePublished"] == "2020-08"
    assert article["dateModified"] == "2023-05-01"
    assert article["inLanguage"] == "zh-Hans"
    assert article["contentLocation"] == {
        "@type": "Place",
        "name": "世纪花园",
        "url": "https://example.org/communities/garden/",
    }


def test_an_unsigned_undated_story_claims_neither_author_nor_date() -> None:
    unsigned = story(byline=(Ref("佚名"),))
    article = graph(unsigned, SITE)[0]
    assert "authors" not in read(unsigned)["stories"][0]
    assert {"author", "datePublished", "dateModified"}.isdisjoint(article)


def test_the_trail_leads_from_home_over_team_and_point_to_the_story() -> None:
    trail = graph(FULL, SITE)[1]
    steps = trail["itemListElement"]
    assert isinstance(steps, list)
    assert [step["position"] for step in steps] == [1, 2, 3, 4]
    assert [step["name"] for step in steps] == ["烛光", "蜡烛志愿者团队", "世纪花园", "一碗炒面"]
    assert all(step["item"].startswith("https://example.org/") for step in steps)


def test_without_a_base_url_json_ld_links_as_the_page_does() -> None:
    assert graph(FULL, OFFLINE)[0]["url"] == "../../stories/noodles/index.html"


@pytest.mark.parametrize("page", EVERY, ids=lambda page: type(page).__name__)
def test_json_ld_is_made_of_types_texts_addresses_and_dates(page: AnyView) -> None:
    def check(thing: Any) -> None:
        if isinstance(thing, list):
            assert thing
            for each in thing:
                check(each)
        if isinstance(thing, dict):
            assert re.fullmatch(r"[A-Z]\w+", thing["@type"])
            for name, value in thing.items():
                assert value, name
                if name in {"url", "item", "isBasedOn"}:
                    assert re.match(r"https://[\x21-\x7e]+$", value)
                if name.startswith("date"):
                    date.fromisoformat((value + "-01-01")[:10])
                check(value)

    check(graph(page, SITE))


@settings(deadline=None)
@given(st.text())
def test_no_text_can_end_the_script_element(text: str) -> None:
    element = jsonld(story(title=text + "</script><!--<script>]]>&"), SITE)
    start, end = '<script type="application/ld+json">', "</script>"
    inside = element.removeprefix(start).removesuffix(end)
    assert not set("<>&") & set(inside)
    article = json.loads(inside)["@graph"][0]
    assert article["headline"] == text + "</script><!--<script>]]>&"
