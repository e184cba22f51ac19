"""Long lists are cut by year, then by month, never by a running count.

Stories arrive late: one late story must not renumber a hundred pages.
"""

from __future__ import annotations

from collections.abc import Sequence

from candlelight.plan import routes
from candlelight.plan.directory import Placed
from candlelight.plan.lines import Lines
from candlelight.plan.views import Group, Ref, Section

LONG = 300
"""So many lines fit on a page that a phone still scrolls with ease."""


def is_long(stories: Sequence[Placed]) -> bool:
    """Whether a list of *stories* is cut."""
    return len(stories) > LONG


def years(lines: Lines, stories: Sequence[Placed]) -> dict[str, tuple[Placed, ...]]:
    """Stories by year, earliest first, undated ones last under ``undated``."""
    found: dict[str, list[Placed]] = {}
    for one in lines.chronology.by_time(stories):
        date = one.story.date
        found.setdefault(str(date.year) if date else routes.UNDATED, []).append(one)
    return {name: tuple(group) for name, group in found.items()}


def months(stories: Sequence[Placed]) -> dict[int, tuple[Placed, ...]]:
    """Stories of one year by month; those of which only the year is known come first, as 0."""
    found: dict[int, list[Placed]] = {}
    for one in stories:
        found.setdefault(one.story.date.month if one.story.date else 0, []).append(one)
    return {month: tuple(found[month]) for month in sorted(found)}


def year_title(lines: Lines, name: str) -> str:
    """``2020 年``, or the words for stories without a date."""
    return lines.say("undated") if name == routes.UNDATED else lines.say("date-year", year=name)


def month_title(lines: Lines, month: int) -> str:
    """``8 月``; "" where only the year is known."""
    return lines.say("month", month=month) if month else ""


def year_links(lines: Lines, of: str, stories: Sequence[Placed]) -> tuple[Ref, ...]:
    """Links to the parts of the list *of*; none if it is short enough to stand whole."""
    if not is_long(stories):
        return ()
    return tuple(
        Ref(year_title(lines, name), routes.year(of, name)) for name in years(lines, stories)
    )


def year_section(lines: Lines, name: str, stories: Sequence[Placed]) -> Section:
    """One year with a group of lines for each month."""
    groups = tuple(
        Group(
            Ref(month_title(lines, month)),
            tuple(lines.story_line(one, summary=False) for one in group),
        )
        for month, group in months(stories).items()
    )
    return Section(Ref(year_title(lines, name)), groups)
