"""In which order things stand. Order is no ranking."""

from __future__ import annotations

from candlelight.model import Date, Site, Story
from candlelight.plan.directory import Placed
from candlelight.plan.order import Chronology, check_order


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


PLACED = tuple(Placed(one, "", "", (), ()) for one in STORIES)


def told(placed: list[Placed]) -> list[str]:
    return [one.story.slug for one in placed]


def slugs(stories: object) -> list[str]:
    return [one.slug for one in stories]  # type: ignore[attr-defined]


def test_by_date_then_pinyin_and_undated_last() -> None:
    assert slugs(Chronology(STORIES).in_order(Site())) == [
        "month",
        "day-a",
        "day-b",
        "later",
        "undated",
    ]


def test_by_pinyin_alone() -> None:
    ordered = Chronology(STORIES).in_order(Site(order="pinyin"))
    assert slugs(ordered) == ["day-a", "undated", "day-b", "later", "month"]


def test_an_explicit_order_first_and_the_others_by_date() -> None:
    ordered = Chronology(STORIES).in_order(Site(order=("later", "undated")))
    assert slugs(ordered) == ["later", "undated", "month", "day-a", "day-b"]


def test_time_is_time_whatever_the_order_of_the_site() -> None:
    assert told(Chronology(STORIES).by_time(PLACED))[0] == "month"


def test_newest_first_with_equal_days_still_by_pinyin() -> None:
    newest = told(Chronology(STORIES).newest_first(PLACED))
    assert newest == ["later", "day-a", "day-b", "month", "undated"]


def test_titles_in_both_scripts_sort_together() -> None:
    mixed = [story("a", "門"), story("b", "门"), story("c", "马"), story("d", "Ma")]
    assert slugs(Chronology(mixed).in_order(Site(order="pinyin"))) == ["d", "c", "a", "b"]


def test_a_slug_in_the_order_that_no_story_has_is_a_warning() -> None:
    [problem] = check_order(Site(order=("later", "latter")), STORIES)
    assert (problem.code, problem.given) == ("order-unknown", {"slug": "latter"})
    assert check_order(Site(order="pinyin"), STORIES) == []
