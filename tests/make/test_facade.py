import gzip
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from candlelight.make.facade import facade_html, text, window_svg
from candlelight.make.facade_sky import backdrop_svg, waiting_window_svg
from candlelight.plan.facade import lay_out
from candlelight.plan.windows import Light, Scale, window_of

WORDS = {
    "wall": "万家灯火",
    "skip": "跳过灯墙",
    "by": "{title}，{author}",
    "waiting": "{title}，故事征集中",
}
TITLES = (
    "门缝里寄出的温暖包",
    "感动志愿者的馕饼店老板",
    "大家都问为什么来做志愿者？",
    "送人玫瑰，手有余香",
)


def light(
    slug: str,
    title: str = "标题",
    author: str = "佚名",
    *,
    building: str = "米东区",
    lit: bool = True,
    date: str = "2020-08",
) -> Light:
    return Light(slug, title, author, building, "", "", date, lit, f"stories/{slug}/")


def city(count: int, houses: int) -> list[Light]:
    return [
        light(f"story-{at}", TITLES[at % 4], "买合皮孜木", building=f"第{at % houses:02}街道",
              lit=at % 8 > 0, date=f"202{at % 3}-{1 + at % 12:02}")
        for at in range(count)
    ]  # fmt: skip


def wall(lights: list[Light], buildings: dict[str, str] | None = None) -> str:
    return facade_html(lay_out(lights, buildings=buildings), lambda address: f"../{address}", WORDS)


def _plain(attrs: list[tuple[str, str | None]]) -> dict[str, str]:
    return {name: value or "" for name, value in attrs}


class Tree(HTMLParser):
    """Elements, attributes and text as a browser would see them; fails on crossed tags."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str], list[str]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, _plain(attrs), list(self.open)))
        self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, _plain(attrs), list(self.open)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((self.open[-1] if self.open else "", data))

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attrs for name, attrs, _ in self.elements if name == tag]


def test_every_window_is_a_link_named_by_its_title_and_author() -> None:
    tree = Tree(
        wall(
            [
                light("a", "门缝里寄出的温暖包", "马保富"),
                light("b", "无名的灯", ""),
                light("常乐社区", "常乐社区", "", lit=False),
            ]
        )
    )
    links = [
        attrs["href"] for tag, attrs, within in tree.elements if tag == "a" and "svg" in within
    ]
    assert sorted(links) == ["../stories/a/", "../stories/b/", "../stories/常乐社区/"]
    names = {data for tag, data in tree.texts if tag == "title"}
    assert names == {"门缝里寄出的温暖包，马保富", "无名的灯", "常乐社区，故事征集中"}


def test_each_house_is_an_item_of_an_ordered_list_with_its_name_as_label() -> None:
    tree = Tree(wall(city(30, 5)))
    assert len(tree.all("ol")) == 1
    assert len(tree.all("li")) == 5
    groups = [attrs for attrs in tree.all("g") if attrs.get("role") == "group"]
    assert [attrs["aria-label"] for attrs in groups] == [f"第{at:02}街道" for at in range(5)]


def test_a_link_past_the_wall_comes_first_and_leads_behind_it() -> None:
    page = wall(city(30, 5))
    assert page.startswith('<a class="wl-skip" href="#wl-end">跳过灯墙</a><nav')
    assert page.endswith('</nav><div id="wl-end"></div>')


def test_an_anthology_without_lights_has_no_wall() -> None:
    assert wall([]) == ""


def test_the_slip_holds_at_most_sixteen_characters_and_the_title_stays_whole() -> None:
    title = "一二三四五六七八九十一二三四五六七八"
    tree = Tree(wall([light("a", title)]))
    assert ("text", "一二三四五六七八九十一二三四五…") in tree.texts
    assert ("title", f"{title}，佚名") in tree.texts


def test_the_middle_tier_shows_no_slips() -> None:
    page = wall(city(100, 5))
    assert "wl-slip" not in page
    assert page.count("<title>") == 100


def test_the_far_city_links_buildings_and_draws_one_path_a_tone() -> None:
    facade_lights = city(600, 6)
    tree = Tree(wall(facade_lights, buildings={"第00街道": "communities/#a"}))
    links = [attrs for attrs in tree.all("a") if attrs["class"] == "wl-far-house"]
    assert [attrs["href"] for attrs in links] == ["../communities/#a"]
    strokes = [
        attrs for attrs in tree.all("path") if re.fullmatch(r"wl-f\d", attrs.get("class", ""))
    ]
    assert len(strokes) <= 6 * 6
    assert sum(attrs["d"].count("h31") for attrs in strokes) == 600


@pytest.mark.parametrize(
    ("count", "houses", "raw", "packed"),
    [
        (5, 3, 9_500, 2_300),
        (30, 7, 39_000, 3_900),
        (300, 14, 150_000, 8_000),
        (10_000, 47, 145_000, 13_500),
    ],
)
def test_the_wall_stays_small(count: int, houses: int, raw: int, packed: int) -> None:
    page = wall(city(count, houses)).encode()
    assert len(page) < raw
    assert len(gzip.compress(page, 9, mtime=0)) < packed


@given(st.text(max_size=60), st.text(max_size=30), st.text(min_size=1, max_size=20))
@settings(max_examples=60, deadline=None)
def test_any_text_survives_escaped(title: str, author: str, building: str) -> None:
    tree = Tree(wall([light("a", title, author, building=building)]))
    assert {tag for tag, _, _ in tree.elements} <= {
        "a", "nav", "svg", "defs", "radialGradient", "radialgradient", "linearGradient", "lineargradient",
        "stop", "ol", "li", "g", "path", "circle", "ellipse", "rect", "title", "text", "div", "span",
    }  # fmt: skip
    assert all(not name.startswith("on") for _, attrs, _ in tree.elements for name in attrs)


def test_hostile_titles_stay_text() -> None:
    page = wall([light("a", '"><script>alert(1)</script>', "{title}", building="<b>&amp;")])
    assert "<script" not in page
    assert "&lt;b&gt;&amp;amp;" in page


def test_a_title_may_speak_of_braces() -> None:
    tree = Tree(wall([light("a", "{author} 与 {title}", "某人")]))
    assert ("title", "{author} 与 {title}，某人") in tree.texts


def test_control_characters_are_dropped_and_the_page_can_be_encoded() -> None:
    assert text("a\x00b\x1f\ud800c\ufffe") == "a b c"


def test_style_attributes_hold_only_numbers() -> None:
    for count in (5, 30, 300, 600):
        for style in re.findall(r'style="([^"]*)"', wall(city(count, 5))):
            assert re.fullmatch(r"(--[a-z-]+:[\d.]+;?)+", style)


def test_nothing_asks_for_a_script_a_style_sheet_or_another_host() -> None:
    for page in (wall(city(30, 5)), backdrop_svg(bogda=True), waiting_window_svg(lit=True)):
        assert not re.search(r"<style|<script|https?:|@import", page)


def test_ids_are_unique_on_a_page_with_sky_wall_and_window() -> None:
    page = backdrop_svg(bogda=True) + wall(city(30, 5))
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_the_backdrop_is_decoration_and_can_do_without_bogda() -> None:
    assert 'aria-hidden="true"' in backdrop_svg(bogda=True)
    assert "wl-snow" in backdrop_svg(bogda=True)
    assert "wl-snow" not in backdrop_svg(bogda=False)


def test_a_storys_own_window_shows_the_same_room_as_in_the_city() -> None:
    one = light("first-snow")
    window = window_of(one, Scale(("2020-08",)))
    own, street = window_svg(window), wall([one])
    room = re.search(r'<g transform="translate\(22 18\)scale\(1\.3\)">(.*?)</g>', own)
    assert room
    seen = re.search(r'<g class="wl-room">(.*?)</g>', street)
    assert seen
    assert room[1].startswith(seen[1])


def test_a_waiting_window_has_no_glow_and_a_lit_one_burns() -> None:
    assert "wl-point-lit" not in waiting_window_svg(lit=False)
    assert "wl-moon" in waiting_window_svg(lit=False)
    assert "wl-point-halo" in waiting_window_svg(lit=True)
