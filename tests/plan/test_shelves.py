"""Long lists are cut by year and month, never by a running count."""

from __future__ import annotations

import pytest

from candlelight import messages
from candlelight.model import Anthology, Community, Date, Mention, Site, Story
from candlelight.plan import shelves
from candlelight.plan.directory import resolve
from candlelight.plan.lines import Lines
from candlelight.plan.site import plan_site
from candlelight.plan.views import AnyView

PHRASES = messages.load("phrases", "zh-Hans")
POINT = Community(path="content/communities/nan.md", slug="nan", title="南山", district="天山区")


def story(slug: str, date: Date | None) -> Story:
    path = f"content/stories/{slug}.md"
    point = Mention("南山")
    return Story(path=path, slug=slug, title=slug, date=date, community=point, team=Mention("蜡烛"))


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> list[Story]:
    """Twelve stories, where five are a long list."""
    monkeypatch.setattr(shelves, "LONG", 5)
    dates = [Date(2020, 8, day) for day in range(1, 7)]
    dates += [Date(2020, 9, 1), Date(2020), Date(2021, 1, 1), Date(2021, 2, 1)]
    return [story(f"s{n:02}", date) for n, date in enumerate([*dates, None, None])]


def views(stories: list[Story]) -> dict[str, AnyView]:
    directory = resolve(Anthology(Site(), tuple(stories), communities=(POINT,)))
    return {view.address: view for view in plan_site(directory, PHRASES).views}


def lines(stories: list[Story]) -> Lines:
    return Lines(resolve(Anthology(Site(), tuple(stories), communities=(POINT,))), PHRASES)


def test_a_short_list_stands_whole() -> None:
    few = [story("a", Date(2020)), story("b", None)]
    assert not [address for address in views(few) if "year-" in address]


def test_a_long_timeline_has_a_page_a_year_and_a_long_year_a_page_a_month(
    many: list[Story],
) -> None:
    parts = {address for address in views(many) if address.startswith("timeline/")}
    assert parts == {
        "timeline/", "timeline/year-2020/", "timeline/year-2021/", "timeline/year-undated/",
        "timeline/year-2020-00/", "timeline/year-2020-08/", "timeline/year-2020-09/",
    }  # fmt: skip


def test_every_story_of_a_long_service_point_stands_on_exactly_one_part(many: list[Story]) -> None:
    parts = [
        view for address, view in views(many).items() if address.startswith("communities/nan/year-")
    ]
    shown = [
        line.story.title
        for view in parts
        for section in view.sections  # type: ignore[union-attr]
        for group in section.groups
        for line in group.lines
    ]
    assert sorted(shown) == [one.slug for one in many]


def test_one_late_story_changes_the_part_it_belongs_to_and_no_other(many: list[Story]) -> None:
    before, after = views(many), views([*many, story("late", Date(2020, 8, 20))])
    changed = {
        address
        for address, view in after.items()
        if before.get(address) != view and "year-" in address
    }
    assert changed == {"timeline/year-2020-08/", "communities/nan/year-2020/"}


def test_years_and_months_are_in_order_and_what_is_unknown_has_its_place(many: list[Story]) -> None:
    found = lines(many)
    assert list(shelves.years(found, found.stories)) == ["2020", "2021", "undated"]
    assert list(shelves.months(shelves.years(found, found.stories)["2020"])) == [0, 8, 9]


def test_parts_are_named_as_readers_would(many: list[Story]) -> None:
    found = lines(many)
    assert shelves.year_title(found, "2020") == "2020年"
    assert shelves.year_title(found, "undated") == "未记日期"
    assert shelves.month_title(found, 8) == "8月"
    assert shelves.month_title(found, 0) == ""
