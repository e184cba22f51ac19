"""An incremental build gives the same bytes as a clean one, after any sequence of edits."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candlelight.run import stamps
from tests.anthology import Anthology
from tests.conftest import ROOT

SLUGS = ("a", "b", "c", "初雪")
TEAMS = ("蜡烛志愿者团队", "蜡烛志愿者者团队", "蠟燭志願者團隊", "应急队", None)
POINTS = ("南山社区", "长乐苑", None)
PEOPLE = ("何文君", "李娜", "卫明", None)
DATES = ("2020-08-12", "2020-08", "2021", "2020年夏", None)
TEXTS = (
    "灯亮了。",
    "见[另一篇](../a/)。",
    "![灯](p.jpg)\n\n一段。",
    "卫明来过。",
    "<b>粗</b><script>1</script>",
)
TEMPLATE = (ROOT / "templates/site/story.html").read_text("utf-8")

Edit = Callable[[Anthology], object]


class Settled(Anthology):
    """An anthology in which time passes between two edits, so that stamps are believed."""

    clock = itertools.count(1_600_000_000, 10)

    def write(self, path: str, content: str | bytes) -> Anthology:
        super().write(path, content)
        now = next(self.clock)
        os.utime(self.root / path, (now, now))
        return self


def has(anthology: Anthology, slug: str) -> bool:
    return (anthology.root / f"content/stories/{slug}/index.md").exists()


@st.composite
def writing(draw: st.DrawFn) -> Edit:
    """A story written or rewritten: any of its facts may come, change or go."""
    slug, body = draw(st.sampled_from(SLUGS)), draw(st.sampled_from(TEXTS))
    facts = {
        "title": draw(st.sampled_from(("灯", "雪", "面"))),
        "team": draw(st.sampled_from(TEAMS)),
        "community": draw(st.sampled_from(POINTS)),
        "author": draw(st.sampled_from(PEOPLE)),
        "date": draw(st.sampled_from(DATES)),
        "summary": draw(st.sampled_from(("概要", None))),
        "draft": draw(st.sampled_from(("yes", None, None))),
        "lang": draw(st.sampled_from(("ug", None, None))),
    }
    return lambda anthology: anthology.story(slug, body, **facts)


@st.composite
def moving(draw: st.DrawFn) -> Edit:
    """A story renamed, with or without a redirect, or deleted."""
    old, new = draw(st.sampled_from(SLUGS)), draw(st.sampled_from((*SLUGS, None)))
    keep = draw(st.booleans())

    def move(anthology: Anthology) -> None:
        if not has(anthology, old):
            return
        if new is None:
            anthology.delete_story(old)
        elif not has(anthology, new):
            anthology.rename_story(old, new)
            if keep:
                anthology.write("content/redirects.yaml", f"stories/{old}: stories/{new}\n")

    return move


@st.composite
def picturing(draw: st.DrawFn) -> Edit:
    """A photo laid beside a story, replaced by another, broken, or taken away."""
    slug, name = draw(st.sampled_from(SLUGS)), draw(st.sampled_from(("p.jpg", "q.jpg")))
    size = draw(st.sampled_from(((60, 40), (40, 60), None)))
    broken = draw(st.booleans()) and draw(st.booleans())

    def picture(anthology: Anthology) -> None:
        path = f"content/stories/{slug}/{name}"
        if has(anthology, slug) and size:
            anthology.photo(slug, name, size)
            if broken:
                anthology.write(path, (anthology.root / path).read_bytes()[:200])
        elif (anthology.root / path).exists():
            anthology.delete(path)

    return picture


def elsewhere() -> st.SearchStrategy[Edit]:
    """A file of a team, a place, a person; the settings; a template; the output."""

    def no_template(anthology: Anthology) -> None:
        (anthology.root / "templates/site/story.html").unlink(missing_ok=True)

    def harm(anthology: Anthology) -> None:
        for path in anthology.output.glob("*/index.html"):
            path.write_text("by hand")

    edits: list[Edit] = [
        lambda a: a.team("candle", title="蜡烛志愿者团队", motto="照亮别人"),
        lambda a: a.team("candle", title="蜡烛队", aliases=["蜡烛志愿者团队"], leaders=["李娜"]),
        lambda a: a.community("nan", title="南山社区", district="天山区", teams=["蜡烛志愿者团队"]),
        lambda a: a.community("nan", title="南山社区", leaders=["李娜", "卫明"], draft="yes"),
        lambda a: a.person("li-na", title="李娜", aliases=["何文君"]),
        lambda a: a.person("wei", title="卫明", consent="no"),
        lambda a: a.person("wei", title="卫明", consent="yes"),
        lambda a: a.page("about", title="关于", body="见[雪](../stories/初雪/)。"),
        lambda a: a.site(title="灯火", order="pinyin"),
        lambda a: a.site(order=["b", "a"], language="zh-Hant"),
        lambda a: a.site(base_url=None, order=None, photos={"widths": [24, 48]}),
        lambda a: a.write("templates/site/story.html", TEMPLATE.replace("<h1", "<h1 id=title")),
        no_template,
        harm,
    ]
    return st.sampled_from(edits)


EDITS = st.one_of(writing(), writing(), writing(), moving(), picturing(), elsewhere())


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is settled as soon as it is written: the clock of Settled tells edits apart."""
    monkeypatch.setattr(stamps, "_SETTLED", -(10**9))


@given(
    first=st.lists(writing(), min_size=2, max_size=4), then=st.lists(EDITS, min_size=1, max_size=5)
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_edits_built_one_by_one_give_what_a_clean_build_gives(
    first: list[Edit],
    then: list[Edit],
    tmp_path_factory: pytest.TempPathFactory,
    quick: None,
    impatient: None,
) -> None:
    folder: Path = tmp_path_factory.mktemp("edits")
    anthology = Settled(folder / "source")
    for edit in first:
        edit(anthology)
    anthology.build(keep_going=True)
    for edit in then:
        edit(anthology)
        result = anthology.build(keep_going=True)
    clean = anthology.clean_build(folder / "clean", keep_going=True)
    assert result.published == clean.published
    assert result.problems == clean.problems
    if clean.published:
        assert result.files == clean.files
        again = anthology.build(keep_going=True)
        assert (again.written, again.removed, any(again.made.values())) == (set(), set(), False)
