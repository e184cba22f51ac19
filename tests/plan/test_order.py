"""In which order things stand. Order is no ranking."""

from __future__ import annotations

from candlelight.model import Date, Site, Story
from candlelight.plan.order import by_time, check_order, newest_first, stories_in_order


def story(slug: str, title: str = "", date: Date | None = None) -> Story:
    return Story(path=f"content/stories/{slug}.md", slug=slug, title=title or slug, date=date)


MONTH, DAY, LATER = Date(2020, 8), Date(2020, 8, 12), Date(2021)
STORIES = (
    story("undated", "安"),
    story("later", "波", LATER),
    story("day-b", "丙", DAY),
    story("day-a", "阿姨", DAY),
    story("month", "慈", MONTH),
)


def slugs(stories: object) -> list[str]:
    return [one.slug for one in stories]  # type: ignore[attr-defined]


def test_by_date_then_pinyin_and_undated_last() -> None:
    assert slugs(stories_in_order(STORIES, Site())) == [
        "month",
        "day-a",
        "day-b",
        "later",
        "undated",
    ]


def test_by_pinyin_alone() -> None:
    ordered = stories_in_order(STORIES, Site(order="pinyin"))
    assert slugs(ordered) == ["day-a", "undated", "day-b", "later", "month"]


def test_an_explicit_order_first_and_the_others_by_date() -> None:
    ordered = stories_in_order(STORIES, Site(order=("later", "undated")))
    assert slugs(ordered) == ["later", "undated", "month", "day-a", "day-b"]


def test_time_is_time_whatever_the_order_of_the_site() -> None:
    assert slugs(by_time(STORIES))[0] == "month"


def test_newest_first_with_equal_days_still_by_pinyin() -> None:
    assert slugs(newest_first(STORIES))[:4] == ["later", "day-a", "day-b", "month"]


def test_titles_in_both_scripts_sort_together() -> None:
    mixed = [story("a", "門"), story("b", "门"), story("c", "马"), story("d", "Ma")]
    assert slugs(stories_in_order(mixed, Site(order="pinyin"))) == ["d", "c", "a", "b"]


def test_a_slug_in_the_order_that_no_story_has_is_a_warning() -> None:
    [problem] = check_order(Site(order=("later", "latter")), STORIES)
    assert (problem.code, problem.given) == ("order-unknown", {"slug": "latter"})
    assert check_order(Site(order="pinyin"), STORIES) == []
