"""What readers do: on a phone, by keyboard, in the dark, on paper, without any script."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Sites, failure
from tests.browser.kinds import KINDS

pytestmark = pytest.mark.browser

every_kind = pytest.mark.parametrize("kind", KINDS)
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 640}

OVERFLOW = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const wide = [...document.querySelectorAll('main *, header *, footer *')].filter(
    (one) => one.getBoundingClientRect().right > room + 1);
  return wide.slice(-5).map((one) => one.outerHTML.slice(0, 120));
}"""


def go(page: Page, sites: Sites, kind: str) -> None:
    site, path = KINDS[kind]
    answer = page.goto(sites.url(site, quote(path)), wait_until="load")
    assert answer is not None
    assert answer.ok, answer.url


@every_kind
def test_nothing_scrolls_sideways_on_the_narrowest_phone(
    page: Page, sites: Sites, kind: str
) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    go(page, sites, kind)
    assert page.evaluate(OVERFLOW) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@every_kind
def test_text_of_twice_the_size_still_fits(page: Page, sites: Sites, kind: str) -> None:
    page.set_viewport_size({"width": 640, "height": 900})
    go(page, sites, kind)
    page.add_style_tag(content="html { font-size: 200% !important }")
    assert page.evaluate(OVERFLOW) == []


@every_kind
def test_axe_finds_nothing_wide_or_narrow_in_light_or_dark(
    page: Page, sites: Sites, kind: str
) -> None:
    found = []
    go(page, sites, kind)
    for scheme in ("light", "dark"):
        for size in (PHONE, WIDE):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
            results = Axe().run(page, options={"resultTypes": ["violations"]})
            found += [
                f"{scheme} {size['width']}: {one['id']} {[node['html'][:150] for node in one['nodes'][:3]]}"
                for one in results.response["violations"]
            ]
    assert found == []


def test_the_first_tab_offers_to_skip_to_the_text(page: Page, sites: Sites) -> None:
    go(page, sites, "story")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    box = page.locator(":focus").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


FOCUSED = """() => {
  const one = document.activeElement, style = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  const outlined = parseFloat(style.outlineWidth) > 0 && style.outlineStyle !== 'none';
  const ring = one.querySelector('.wl-ring');  // how a window of the wall shows its focus
  const drawn = outlined || Boolean(ring) && getComputedStyle(ring).opacity === '1';
  return {href: one.getAttribute('href'), drawn,
          inside: box.width > 0 && box.top < innerHeight && box.bottom > 0};
}"""


@pytest.mark.parametrize("kind", ["home", "story", "team", "people", "photos of all shapes"])
def test_every_link_is_reached_by_keyboard_and_shows_that_it_is(
    page: Page, sites: Sites, kind: str
) -> None:
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    page.emulate_media(reduced_motion="reduce")
    go(page, sites, kind)
    wanted = page.evaluate(
        "[...document.querySelectorAll('a[href]')].filter(a => getComputedStyle(a).display != 'none')"
        ".map(a => a.getAttribute('href'))"
    )
    reached = []
    for _ in wanted:
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUSED)
        assert focus["drawn"], focus
        assert focus["inside"], focus
        reached.append(focus["href"])
    assert reached == wanted


def test_everything_reads_without_a_script(browser: Browser, sites: Sites) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for kind in ("home", "story with everything", "team"):
        go(page, sites, kind)
        assert page.locator("h1").is_visible()
        assert not page.locator("noscript").count()
    go(page, sites, "home")
    page.locator(".contents a").first.click()
    assert page.locator("article.story h1").is_visible()
    context.close()


def test_a_window_of_the_wall_opens_its_story(page: Page, sites: Sites) -> None:
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    page.emulate_media(reduced_motion="reduce")
    go(page, sites, "small home")
    windows = page.locator("nav.wl-wall a[href*='stories/']")
    assert windows.count() == 6
    windows.first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("article.story").count() == 1


@pytest.mark.parametrize("kind", ["story", "story with everything"])
def test_on_paper_a_story_has_its_code_and_no_navigation(
    page: Page, sites: Sites, kind: str
) -> None:
    go(page, sites, kind)
    assert not page.locator("figure.code").is_visible()
    page.emulate_media(media="print")
    assert page.locator("figure.code svg").is_visible()
    for gone in ("nav.words", "nav.around", "a.skip"):
        for one in page.locator(gone).all():
            assert not one.is_visible(), gone
    assert page.locator("h1").is_visible()
    made = page.pdf(prefer_css_page_size=True)
    assert made.startswith(b"%PDF")
    assert made.count(b"/Type /Page\n") <= 6


def luminance(page: Page, what: str) -> float:
    colour = page.evaluate(f"getComputedStyle(document.querySelector('{what}')).backgroundColor")
    red, green, blue = (int(part) for part in colour.split("(")[1].rstrip(")").split(",")[:3])
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_day_is_a_page_and_night_is_a_city(page: Page, sites: Sites) -> None:
    go(page, sites, "story")
    page.emulate_media(color_scheme="light")
    day = luminance(page, "html")
    page.emulate_media(color_scheme="dark")
    assert day > 220
    assert luminance(page, "html") < 40


def test_uyghur_reads_from_right_to_left_and_the_page_around_it_does_not(
    page: Page, sites: Sites
) -> None:
    go(page, sites, "story from right to left")

    def direction(what: str) -> str:
        return str(page.evaluate(f"getComputedStyle(document.querySelector('{what}')).direction"))

    assert direction(".prose") == direction("h1") == "rtl"
    assert direction("nav.words") == direction("footer") == "ltr"


def test_nothing_moves_for_readers_who_asked_for_stillness(page: Page, sites: Sites) -> None:
    page.emulate_media(reduced_motion="reduce")
    go(page, sites, "home")
    assert (
        page.evaluate("document.getAnimations().filter(a => a.playState == 'running').length") == 0
    )


def test_the_first_view_on_a_phone_is_light(page: Page, sites: Sites) -> None:
    weights: list[int] = []
    page.on("requestfinished", lambda request: weights.append(_weight(request)))
    page.set_viewport_size({"width": 360, "height": 640})
    for kind in ("home", "story", "team", "story with everything"):
        weights.clear()
        go(page, sites, kind)
        assert sum(weights) <= 300_000, (kind, weights)


def _weight(request: object) -> int:
    return int(request.sizes()["responseBodySize"])  # type: ignore[attr-defined]


def test_a_usb_copy_reads_like_the_site(browser: Browser, sample_site: Path) -> None:
    page = browser.new_page()
    failed: list[str] = []
    page.on("requestfailed", lambda request: failed.extend(failure(request)))
    page.on("console", lambda message: failed.append(message.text))
    page.goto((sample_site / "index.html").as_uri())
    page.locator(".contents a").first.click()
    assert page.locator("article.story h1").is_visible()
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.size)") >= 0
    page.locator("nav.words a").first.click()
    assert page.locator("h1").is_visible()
    assert page.url.startswith("file:")
    assert failed == []
    page.close()


def test_a_lost_reader_finds_home_from_any_depth(page: Page, sites: Sites) -> None:
    go(page, sites, "lost")
    with page.expect_navigation():
        page.locator("main a").first.click()
    assert page.url == sites.url("wen-ji")


def test_an_old_address_leads_on(page: Page, sites: Sites) -> None:
    page.goto(sites.url("wen-ji", "stories/first-snow/index.html"))
    page.wait_for_url(f"**/stories/{quote('初雪')}/index.html")
    assert page.locator("h1").text_content() == "初雪"
