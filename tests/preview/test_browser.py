"""The preview as an editor sees it: the page changes in place while they write."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from candlelight.preview.pages import Pages
from candlelight.preview.rebuild import Preview
from candlelight.preview.server import serving
from candlelight.run.session import session
from tests.anthology import Anthology

pytestmark = pytest.mark.browser

_COUNT = """() => {
  window.stayed = true;
  window.reloads = 0;
  document.addEventListener("preview-reloaded", () => { window.reloads += 1; });
}"""


class Desk:
    """A page of the preview in a browser; *save* builds, and waits until the page has changed."""

    def __init__(
        self, page: Page, anthology: Anthology, build: Callable[[], object], port: int
    ) -> None:
        self.page, self.anthology, self.build = page, anthology, build
        self.address = f"http://127.0.0.1:{port}/"
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._hear)

    def open(self, path: str) -> None:
        # The stream of events never ends: the network is never idle.
        self.page.goto(self.address + path, wait_until="load")
        self.page.evaluate(_COUNT)

    def save(self) -> None:
        before = self.page.evaluate("() => window.reloads")
        self.build()
        for _ in range(400):
            if self.page.evaluate("() => window.reloads") > before:
                return
            self.page.wait_for_timeout(25)
        pytest.fail("the page did not change")

    def _hear(self, message: object) -> None:
        if getattr(message, "type", "") == "error":
            self.complaints.append(str(getattr(message, "text", "")))


@pytest.fixture
def desk(anthology: Anthology, browser: Browser) -> Iterator[Desk]:
    anthology.story("first", "\n\n".join(["灯亮了。" * 60] * 30), title="初雪")
    cache = anthology.root / ".candlelight"
    preview = Preview(anthology.root, cache)
    pages = Pages(preview.request.output, cache / "photos", preview.board, preview.kept)
    with session(cache, 1) as memory, serving(pages, 0) as port:
        preview.rebuild(memory)
        page = browser.new_page(viewport={"width": 360, "height": 640})
        desk = Desk(page, anthology, lambda: preview.rebuild(memory), port)
        yield desk
        page.close()
        assert desk.complaints == []


def test_a_save_changes_the_page_in_place_and_keeps_its_scroll_position(desk: Desk) -> None:
    desk.open("stories/first/")
    desk.page.evaluate("() => window.scrollTo(0, 900)")
    desk.anthology.edit("first", title="第一场雪")
    desk.save()
    assert desk.page.locator("h1").inner_text() == "第一场雪"
    assert "第一场雪" in desk.page.title()
    assert desk.page.evaluate("() => window.scrollY") == 900
    assert desk.page.evaluate("() => window.stayed")


def test_many_saves_in_a_row_end_with_the_last(desk: Desk) -> None:
    desk.open("stories/first/")
    for number in range(5):
        desk.anthology.edit("first", title=f"雪{number}")
        desk.build()
    desk.anthology.edit("first", title="最后")
    desk.save()
    for _ in range(200):
        if desk.page.locator("h1").inner_text() == "最后":
            return
        desk.page.wait_for_timeout(25)
    pytest.fail("the page stayed behind")


def test_a_new_style_is_there_before_the_old_one_goes(desk: Desk) -> None:
    desk.open("stories/first/")
    css = Path(__file__).parents[2].joinpath("assets/css/site.css").read_text("utf-8")
    desk.anthology.write("assets/css/site.css", css + "h1 { color: rgb(1, 2, 3) }")
    desk.save()
    color = "() => getComputedStyle(document.querySelector('h1')).color"
    assert desk.page.evaluate(color) == "rgb(1, 2, 3)"
    assert desk.page.locator("head link[rel=stylesheet]").count() == 1


def test_problems_come_and_go_without_a_click(desk: Desk) -> None:
    desk.open("stories/first/")
    assert desk.page.locator(".preview-bar").count() == 0
    desk.anthology.edit("first", date="某一天")
    desk.save()
    assert "某一天" in desk.page.locator(".preview-panel").inner_text()
    assert desk.page.locator("h1").inner_text() == "初雪"
    desk.page.locator(".preview-bar summary").click()
    assert desk.page.locator(".preview-all").is_visible()
    desk.anthology.edit("first", date="又一天")
    desk.save()
    assert desk.page.locator(".preview-all").is_visible()  # The open bar stays open.
    desk.anthology.edit("first", date=None)
    desk.save()
    assert desk.page.locator(".preview-bar").count() == 0


def test_nothing_of_it_scrolls_sideways_on_a_small_phone(desk: Desk) -> None:
    desk.anthology.edit("first", date="a" * 300, tilte="字" * 300)
    desk.build()
    desk.page.set_viewport_size({"width": 320, "height": 640})
    desk.open("stories/first/")
    desk.page.locator(".preview-bar summary").click()
    width = "() => document.documentElement.scrollWidth"
    assert desk.page.evaluate(width) <= 320


def test_the_bar_works_by_keyboard(desk: Desk) -> None:
    desk.anthology.edit("first", tilte="x")
    desk.build()
    desk.open("stories/first/")
    desk.page.locator(".preview-bar summary").focus()
    desk.page.keyboard.press("Enter")
    assert desk.page.locator(".preview-all").is_visible()


def test_axe_finds_nothing_in_it(desk: Desk) -> None:
    from axe_playwright_python.sync_playwright import Axe

    desk.anthology.edit("first", date="某一天", tilte="x")
    desk.build()
    for scheme in ("light", "dark"):
        desk.page.emulate_media(color_scheme=scheme)
        desk.open("stories/first/")
        desk.page.locator(".preview-bar summary").click()
        found = Axe().run(desk.page).response["violations"]
        own = [
            (one["id"], node["html"])
            for one in found
            for node in one["nodes"]
            if "preview-" in str(node["target"]) + node["html"]
        ]
        assert own == []
