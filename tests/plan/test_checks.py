"""What only shows when the whole anthology is seen."""

from __future__ import annotations

from candlelight.model import Anthology, Body, Link, Mention, Page, Site, Story
from candlelight.plan.checks import check, check_addresses
from candlelight.plan.directory import resolve
from candlelight.plan.views import MovedView, PageView
from candlelight.problems import Problem

SITE = Site(base_url="https://candlelight.example/")


def story(slug: str, *links: str, **facts: object) -> Story:
    body = Body(links=tuple(Link(target, 9) for target in links))
    facts = {"title": slug, **facts}
    return Story(path=f"content/stories/{slug}.md", slug=slug, body=body, **facts)  # type: ignore[arg-type]


def problems(*stories: Story, **facts: object) -> list[Problem]:
    anthology = Anthology(SITE, stories, **facts)  # type: ignore[arg-type]
    return check(resolve(anthology), anthology)


def test_an_anthology_in_order_has_no_problem() -> None:
    assert problems(story("a", "stories/b"), story("b")) == []


def test_a_link_to_nothing_is_an_error_at_its_line() -> None:
    [problem] = problems(story("a", "stories/gone"))
    assert (problem.code, problem.severity) == ("link-broken", "error")
    assert str(problem.place) == "content/stories/a.md:9"


def test_a_link_to_what_is_not_published_is_nobodys_mistake() -> None:
    published, draft = Anthology(SITE, (story("a", "stories/b"),)), story("b", draft=True)
    everything = Anthology(SITE, (*published.stories, draft))
    assert check(resolve(published), everything) == []


def test_one_title_by_one_author_twice_is_worth_a_word() -> None:
    again = [story(slug, title="初雪", authors=(Mention("李娜"),)) for slug in "ab"]
    [problem] = problems(*again)
    assert (problem.code, problem.severity) == ("same-title", "notice")
    assert problem.given["other"] == "content/stories/a.md"


def test_one_title_by_two_authors_or_in_two_scripts_is_none() -> None:
    assert not problems(
        story("a", title="灯", authors=(Mention("李娜"),)),
        story("b", title="灯", authors=(Mention("何文君"),)),
        story("c", title="灯", authors=(Mention("李娜"),), lang="zh-Hant"),
    )


def test_a_redirect_to_nothing_is_a_warning() -> None:
    [problem] = problems(story("a"), redirects=(("stories/old", "stories/gone"),))
    assert (problem.code, problem.severity) == ("redirect-broken", "warning")


def test_a_redirect_leads_to_any_kind_of_document() -> None:
    about = Page(path="content/pages/about.md", slug="about", title="关于")
    assert not problems(redirects=(("pages/us", "pages/about"),), pages=(about,))


def test_a_site_without_an_address_is_told_what_it_lacks() -> None:
    anthology = Anthology(Site())
    assert [one.code for one in check(resolve(anthology), anthology)] == ["no-base-url"]


def page(address: str, source_path: str = "content/pages/x.md") -> PageView:
    return PageView(
        address=address, title="一页", source_path=source_path, body="", epigraph=(), rows=()
    )


def test_two_pages_in_one_file_are_an_error_also_where_case_is_not_told_apart() -> None:
    for other in ("about/", "About/"):
        [problem] = check_addresses([page("about/", "a.md"), page(other, "b.md")])
        assert (problem.code, problem.place.path) == ("same-address", "b.md")


def test_two_spellings_of_one_unicode_name_are_one_file() -> None:
    assert check_addresses([page("caf\u00e9/", "a.md"), page("cafe\u0301/", "b.md")])


def test_a_page_never_takes_a_file_of_the_site_and_a_redirect_never_gets_there() -> None:
    assert [one.code for one in check_addresses([page("feed.xml/")])] == ["address-taken"]
    assert not check_addresses([MovedView(address="stories/data/", title="", target="")])
