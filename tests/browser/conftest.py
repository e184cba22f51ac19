"""The two built anthologies served from folders of one small server, and their pages."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request


@dataclass
class Sites:
    """Where the sites lie on disk, and below which address they are served."""

    folders: dict[str, Path]
    address: str = ""
    asked: list[str] = field(default_factory=list)

    def url(self, site: str, path: str = "") -> str:
        """The address of *path* (an output file) of the *site*, ``sub`` or ``wen-ji``."""
        return f"{self.address}/{site}/{path}"


class _Handler(SimpleHTTPRequestHandler):
    """Serves each site below its name, and nothing at the root."""

    def __init__(self, *arguments: object, sites: Sites) -> None:
        self.sites = sites
        super().__init__(*arguments)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        site, _, rest = path.lstrip("/").partition("/")
        self.directory = str(self.sites.folders.get(site, Path("/nowhere")))
        return super().translate_path(f"/{rest}")

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        self.sites.asked.append(self.path)


@pytest.fixture(scope="session")
def sites(sample_site: Path, golden_site: Path) -> Iterator[Sites]:
    """The sample in ``/sub/``; the golden anthology in ``/wen-ji/``, where its base URL says."""
    sites = Sites({"sub": sample_site, "wen-ji": golden_site})
    handler = functools.partial(_Handler, sites=sites)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        sites.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield sites
        server.shutdown()
        thread.join()


@pytest.fixture
def page(browser: Browser, sites: Sites) -> Iterator[Page]:
    """A page that must stay silent: no message on its console, no request to another place."""
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(_told(message)))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.extend(_stray(request, sites)))
    page.on("requestfailed", lambda request: said.extend(failure(request)))
    yield page
    context.close()
    assert not said


def failure(request: Request) -> list[str]:
    """What failed; a request that a click on a link cut short has not."""
    return [] if request.failure == "net::ERR_ABORTED" else [f"failed: {request.url}"]


def _told(message: ConsoleMessage) -> str:
    return f"{message.type}: {message.text} {message.location.get('url', '')}"


def _stray(request: Request, sites: Sites) -> list[str]:
    ours = (
        f"{sites.address}/sub/",
        f"{sites.address}/wen-ji/",
        "data:",
        "file:",
        "blob:",
        "about:",
    )
    return [] if request.url.startswith(ours) else [f"outside: {request.url}"]
