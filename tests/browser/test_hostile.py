"""Nothing that anybody writes in any field or text runs, loads, or can be clicked to run.

One anthology holds all of ``payloads.py``. Its pages are opened in Chromium with the site's own
policy, where a refused script is a message on the console, and without it, where it would run.
"""

from __future__ import annotations

import functools
import json
import re
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

from candlelight.preview.pages import Pages
from candlelight.preview.rebuild import Preview
from candlelight.preview.server import serving
from candlelight.run.session import session
from tests.anthology import Anthology, Result, photo
from tests.browser.payloads import ADDRESSES, BODIES, ESCAPED, TEXTS

pytestmark = pytest.mark.browser

BASE = "https://candlelight.example/sub/"
AUDIT = (Path(__file__).parent / "audit.js").read_text("utf-8")


def facts(text: str, number: int) -> dict[str, object]:
    """*text* in every field of a story that takes any text."""
    return {
        "title": f"{text} {number}", "author": [f"{text} {number}"], "team": text, "community": text,
        "people": [f"人{text}"], "summary": text, "role": text, "date": f"2020-01-{number % 28 + 1:02}",
        "photos": [{"file": "x.jpg", "caption": text, "credit": text, "alt": text}],
        "credits": [{"role": text, "names": [text]}], "corrections": [{"text": text, "date": "2020-02-02"}],
        "source": {"title": text, "publisher": text, "rights": text, "url": "https://good.example/"},
        "lang": "zh", json.dumps(text): text,
    }  # fmt: skip


def wicked(root: Path) -> Anthology:
    """An anthology of volunteers who mean no good."""
    anthology = Anthology(root)
    text = "".join(TEXTS[:12])
    anthology.site(
        title=text,
        subtitle=[text, TEXTS[8]],
        footer=list(TEXTS),
        description=text,
        credits={text: text},
    )
    for number, text in enumerate(TEXTS):
        anthology.team(
            f"t{number}",
            text,
            title=text,
            motto=text,
            leaders=[f"长{text}"],
            city=text,
            aliases=[f"又{text}"],
        )
        place = dict.fromkeys(
            ("province", "city", "district", "community", "compound", "number"), text
        )
        anthology.community(
            f"c{number}", text, title=text, leaders=[f"员{text}"], teams=[text], **place
        )
        anthology.person(f"p{number}", text, title=f"人{text}", aliases=[f"又名{text}"])
        anthology.page(f"q{number}", f"# {text}\n\n{text}", title=text, epigraph=[text])
    picture = photo("x", (48, 32))
    for number, body in enumerate(BODIES):
        slug = f"s{number}"
        anthology.story(slug, f"首\n\n{body}\n\n末", **facts(TEXTS[number % len(TEXTS)], number))
        anthology.write(f"content/stories/{slug}/x.jpg", picture)
    for number, title in enumerate(ESCAPED):
        front = "\n".join(
            f"{key}: {title}" for key in ("title", "author", "team", "summary", "role")
        )
        anthology.write(f"content/stories/e{number}/index.md", f"---\n{front}\n---\n{title}\n")
    return with_addresses(with_names(anthology))


def with_names(anthology: Anthology) -> Anthology:
    """Names of files and folders, and old addresses, as far as a disk can carry them."""
    names = [
        "<img src=x onerror=alert(1)>",
        '" onclick="alert(1)',
        "javascript:alert(1)",
        "%3Cscript%3E",
        "{{ 7*7 }}",
        "a'b&c",
    ]
    for name in names:
        anthology.write(f"content/stories/{name}/index.md", "---\ntitle: 名\n---\n名。\n")
        anthology.write(f"content/stories/s0/{name}.jpg", photo("n", (40, 30)))
        anthology.write(f"content/{name}/x.md", "x")
    return anthology.write("content/redirects.yaml", "stories/javascript-alert(1): stories/s0\n")


def with_addresses(anthology: Anthology, chosen: tuple[str, ...] = ADDRESSES) -> Anthology:
    """Dangerous addresses wherever one may stand."""
    for number, address in enumerate(chosen):
        anthology.story(
            f"u{number}", title=f"址{number}", source={"title": address, "url": address}
        )
        written = address.replace("\n", "").replace("\t", "")
        body = f"[甲]({written}) <a href='{address}'>乙</a> <{written}>\n\n[丁]: {written}\n\n[丁] [戊][丁]"
        anthology.story(f"v{number}", body, title=f"文{number}")
        anthology.story(
            f"d{number}", title=f"日{number}", date=address, lang=address, cover=address
        )
    return anthology


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        return


@dataclass
class Watch:
    """A page in Chromium, and all the trouble that it made."""

    page: Page
    address: str
    trouble: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.trouble.append(f"error: {error}"))
        self.page.on("dialog", lambda dialog: (self.trouble.append("ran"), dialog.dismiss()))
        self.page.on("popup", lambda popup: self.trouble.append(f"popup: {popup.url}"))
        self.page.on("request", lambda request: self._ask(request.url))

    def look(self, path: str) -> None:
        """Open *path*, and see that it is still there, and what stands in it."""
        before = len(self.trouble)
        self.page.goto(f"{self.address}{quote(path)}", wait_until="load")
        self.trouble += self.page.evaluate(AUDIT)
        for key in ("Tab", "Enter"):
            if path.endswith("s0/index.html"):
                self.page.keyboard.press(key)
        self.trouble[before:] = [f"{path}: {one}" for one in self.trouble[before:]]

    def _hear(self, said: ConsoleMessage) -> None:
        asked = said.location.get("url", "")
        # The font is a stand-in, and no page of an e-book has an icon.
        if not (asked.endswith(("favicon.ico", ".woff2")) or re.search("font|OTS", said.text)):
            self.trouble.append(f"console: {said.text}")

    def _ask(self, url: str) -> None:
        if not url.startswith((self.address, "data:image/")):
            self.trouble.append(f"asked for {url}")


@dataclass
class Site:
    anthology: Anthology
    result: Result


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, quick: None) -> Site:
    anthology = wicked(tmp_path_factory.mktemp("wicked") / "文 集")
    result = anthology.build(keep_going=True)
    assert result.published, result.codes
    return Site(anthology, result)


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    yield from served(site.anthology.output)


def served(folder: Path) -> Iterator[str]:
    handler = functools.partial(Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def watched(browser: Browser, address: str, *, unguarded: bool = False) -> Iterator[Watch]:
    context = browser.new_context(bypass_csp=unguarded)
    yield Watch(context.new_page(), address)
    context.close()


@pytest.fixture
def watch(browser: Browser, address: str) -> Iterator[Watch]:
    yield from watched(browser, address)


@pytest.fixture
def unguarded(browser: Browser, address: str) -> Iterator[Watch]:
    yield from watched(browser, address, unguarded=True)


def test_nearly_all_of_it_is_published_and_shown(site: Site) -> None:
    left = {
        path.split("/")[2] for path in site.result.left_out if path.startswith("content/stories/s")
    }
    assert len(left) < len(BODIES) / 10, left
    assert all(path.split("/")[2][0] in "sudv" for path in site.result.left_out), (
        site.result.left_out
    )


def test_no_page_runs_loads_or_leads_anywhere(site: Site, watch: Watch) -> None:
    pages = sorted(path for path in site.result.files if path.endswith(".html"))
    moved = [path for path in pages if b'http-equiv="refresh"' in site.result.files[path]]
    assert len(moved) == 1
    assert b"url=../../stories/s0/" in site.result.files[moved[0]]
    # The page for lost readers looks for everything below the base URL.
    lists = [path for path in pages if path.count("/") < 2 and not path.startswith(("q", "404"))]
    for path in [
        *lists,
        *(path for path in pages[::9] if path not in {*lists, *moved, "404.html"}),
    ]:
        watch.look(path)
    assert not watch.trouble, "\n".join(watch.trouble)


def test_no_story_needs_the_policy_to_be_harmless(site: Site, unguarded: Watch) -> None:
    for number in range(len(BODIES)):
        if f"stories/s{number}/index.html" in site.result.files:
            unguarded.look(f"stories/s{number}/index.html")
    assert not unguarded.trouble, "\n".join(unguarded.trouble)


TRAP = ("<script>alert(1)</script>", "<img src=x.jpg onerror=alert(1)>", "<p onclick=alert(1)>甲</p>",
        "<a href=javascript:alert(1)>甲</a>", "<iframe></iframe>", "<form></form>", "<p style=position:fixed>甲</p>",
        "<svg><a xlink:href=javascript:alert(1)></a></svg>", "<a href=x ping=https://evil.invalid/x>甲</a>",
        "<img src=https://evil.invalid/x>", "<meta http-equiv=refresh content='9;url=https://evil.invalid/'>",
        "<base href=https://evil.invalid/>", "<style>*{color:red}</style>")  # fmt: skip


@pytest.mark.parametrize("trap", TRAP)
def test_the_watch_sees_what_it_watches_for(site: Site, unguarded: Watch, trap: str) -> None:
    story = site.anthology.read("stories/s0/index.html")
    (site.anthology.output / "trap.html").write_text(
        story.replace("</h1>", f"</h1>{trap}"), "utf-8"
    )
    unguarded.look("trap.html")
    (site.anthology.output / "trap.html").unlink()
    assert [one for one in unguarded.trouble if "404" not in one]


def test_every_text_is_shown_as_it_was_typed(site: Site, watch: Watch) -> None:
    for number, text in enumerate(TEXTS):
        if f"stories/s{number}/index.html" not in site.result.files:
            continue
        watch.page.goto(f"{watch.address}stories/s{number}/")
        shown = watch.page.locator("h1").text_content() or ""
        straight = str.maketrans("“”‘’—…", "\"\"''-.", "\u202e")
        wanted = f"{text} {number}".translate(straight)
        assert "".join(wanted.split()) in "".join(shown.translate(straight).split()), text
        assert "\u202e" not in shown, "a title turns the rest of the line round"


def test_what_machines_read_is_well_formed_and_leads_home(site: Site) -> None:
    for path in ("feed.xml", "sitemap.xml"):
        tree = ET.fromstring(site.anthology.read(path))
        for element in tree.iter():
            for name in ("href", "src"):
                assert element.get(name, BASE).startswith(BASE)
            if element.tag.endswith(("}loc", "}id", "}uri")):
                assert (element.text or "").startswith((BASE, "tag:", "urn:"))
            if element.get("type") in ("html", "xhtml"):
                assert not re.search(
                    r"<(script|img|svg|iframe|style)|\son\w+=|javascript:", element.text or ""
                )
    known = json.loads(site.anthology.read("data/anthology.json"))
    for address in addresses(known):
        assert urlsplit(address).scheme in ("http", "https", ""), address


def addresses(value: object, key: str = "") -> Iterator[str]:
    """Every text of JSON behind a key that says it is an address."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from addresses(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from addresses(inner, key)
    elif isinstance(value, str) and key in {"url", "address", "href", "link", "image", "card"}:
        yield value


def test_the_data_for_search_engines_breaks_out_of_nothing(site: Site) -> None:
    for path, content in site.result.files.items():
        if path.endswith(".html"):
            for block in re.findall(
                r'<script type="application/ld\+json">(.*?)</script>', content.decode(), re.DOTALL
            ):
                assert "<" not in block
                assert json.loads(block)


def test_the_preview_shows_problems_that_quote_it_as_text(browser: Browser, tmp_path: Path) -> None:
    anthology = with_addresses(with_names(Anthology(tmp_path / "文 集")), ADDRESSES[::4])
    for number, text in enumerate(TEXTS[::5]):
        quoted = json.dumps(text)
        anthology.write(
            f"content/stories/f{number}/index.md", f"---\ntitle: {quoted}\ndate: {quoted}\n---\n"
        )
    cache = tmp_path / "cache"
    preview = Preview(anthology.root, cache)
    pages = Pages(preview.request.output, cache / "photos", preview.board, preview.kept)
    with session(cache, 1) as memory, serving(pages, 0) as port:
        preview.rebuild(memory)
        for watch in watched(browser, f"http://127.0.0.1:{port}/"):
            for path in (
                "",
                "stories/u0/",
                "stories/v1/",
                "stories/d2/",
                "stories/f0/",
                "stories/f4/",
            ):
                watch.look(path)
            # A story that was kept back is answered with its problems, and 404.
            trouble = [one for one in watch.trouble if "status of 404" not in one]
    assert not trouble, "\n".join(trouble)


def test_the_e_book_holds_nothing_that_runs(site: Site, browser: Browser, tmp_path: Path) -> None:
    made = site.anthology.epub(keep_going=True)
    assert made.files, made.codes
    with zipfile.ZipFile(made.file) as book:
        book.extractall(tmp_path)
    names = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.xhtml"))
    assert len(names) > 20
    for name in names:
        ET.parse(tmp_path / name)
    for address in served(tmp_path):
        for watch in watched(browser, address):
            for name in names[::6]:
                watch.look(name)
    assert not watch.trouble, "\n".join(watch.trouble)
