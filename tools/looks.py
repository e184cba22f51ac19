"""Photograph the sample site for ``docs/looks/``: ``python tools/looks.py [NAME...]``.

A contact sheet a kind of page: 1280 px above, 360 px below (one page cut into columns), day at
the left, night at the right. Needs what the tests need (``python build.py test`` installs it:
Pillow, Playwright, Chromium, a Chinese font) and, for the printed pages, ``pdftoppm``
(Debian: ``poppler-utils``). ``--into`` puts the sheets elsewhere, ``--whole`` keeps every picture
in full size there, which is the way to look closely.
"""

from __future__ import annotations

import argparse
import functools
import io
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal

from PIL import Image, ImageColor
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from candlelight.selftest import chromium  # noqa: E402 - the checkout need not be installed

LOOKS = ROOT / "docs" / "looks"
PAGES = {
    "home": "",
    "story": "stories/fu-qi-dang/",
    "story-long": "stories/yi-tong-zhou-bai-xing-wei-ming/",
    "story-traditional": "stories/men-feng-li-de-nuan-hant/",
    "team": "teams/candle/",
    "point": "communities/shi-ji-hua-yuan/",
    "point-waiting": "communities/chang-le/",
    "person": "people/ba-fu-hua/",
    "people": "people/",
    "stories": "stories/",
    "timeline": "timeline/",
    "photos": "photos/",
    "teams": "teams/",
    "communities": "communities/",
    "about": "about/",
    "preface": "preface/",
    "404": "404.html",
}
"""Every kind of page, by the name of its sheet."""
PRINTED = {"print-story": "stories/yi-tong-zhou-bai-xing-wei-ming/"}
SCREENSHOT = "first-look"
"""The picture in the README."""

Mode = Literal["light", "dark"]
MODES: tuple[Mode, ...] = ("light", "dark")
WIDE, NARROW = 1280, 360
GAP = 16
GROUND = "#8d8a84"
COLOURS, MOST_COLOURS = 96, 224
_TOKENS = (
    "#F7F1E5 #EFE6D3 #2B2520 #62584B #8A5410 #D98E2B #D9CBB0 #0F1329 #EAE2D2 #B3ACA2 #E8B765 "
    "#343B62 #0C1130 #1E2654 #4A4674 #F3EAD8 #E8913A #F0A94B #F5BE66 #FBE2AE #7C88BA #FFFFFF"
)
TOKENS = _TOKENS.split()
"""Colours of the stylesheet: they are few pixels each, and a palette made by area loses them."""
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--hide-scrollbars", "--font-render-hinting=none")  # fmt: skip


def main() -> int:
    """Write the sheets that were asked for, all by default; 2 if a name is unknown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--into", type=Path, default=LOOKS)
    parser.add_argument("--source", type=Path, default=ROOT)
    parser.add_argument("--whole", action="store_true")
    asked = parser.parse_args()
    everything = [*PAGES, *PRINTED, SCREENSHOT]
    if unknown := set(asked.names) - set(everything):
        print("no such sheet:", *sorted(unknown), file=sys.stderr)
        return 2
    asked.into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, site(asked.source, Path(folder)) as address:
        for name in asked.names or everything:
            size = photograph(name, address, asked.into, whole=asked.whole)
            print(f"{name}.png {size:,}", flush=True)
    return 0


@contextmanager
def site(source: Path, folder: Path) -> Iterator[str]:
    """Build the anthology at *source* into *folder* and serve it; yields its address.

    Served, because the links of the page for lost readers start at the root.
    """
    built = folder / "public"
    build = [sys.executable, "-m", "candlelight", "build", "--source", str(source)]
    environment = dict(os.environ, PYTHONPATH=str(ROOT))
    subprocess.run([*build, "--output", str(built)], check=True, env=environment)
    with ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(_Quiet, directory=built)
    ) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing: a line a request would bury what this program prints."""


def photograph(name: str, address: str, into: Path, *, whole: bool) -> int:
    """Take the pictures of one sheet and write it; its size in bytes."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium() or None, args=FLAGS)
        if name == SCREENSHOT:
            sheet = scaled(shot(browser, address, WIDE, "light", full=False), 960)
        elif name in PRINTED:
            sheet = printed_sheet(browser, address + PRINTED[name])
        else:
            shots = {
                (width, mode): shot(browser, address + PAGES[name], width, mode)
                for width in (WIDE, NARROW)
                for mode in MODES
            }
            sheet = page_sheet(shots)
            for (width, mode), picture in shots.items() if whole else ():
                picture.save(into / f"{name}-{width}-{mode}.png")
        browser.close()
    return write(sheet, into / f"{name}.png", MOST_COLOURS if name == SCREENSHOT else COLOURS)


def shot(browser: Browser, url: str, width: int, mode: Mode, *, full: bool = True) -> Image.Image:
    """The page at *url*, as a reader with a window of *width* CSS pixels sees it without motion."""
    page = browser.new_page(
        # As high as the opening of the home page, so that its picture ends on the ground.
        viewport={"width": width, "height": 920},
        color_scheme=mode,
        reduced_motion="reduce",
    )
    page.goto(url, wait_until="networkidle")
    # Photos further down are fetched only when they come near.
    page.evaluate("document.querySelectorAll('img').forEach(one => one.loading = 'eager')")
    page.evaluate("Promise.all([...document.images].map(one => one.decode().catch(() => 0)))")
    page.evaluate("document.fonts.ready.then(() => 0)")
    picture = Image.open(io.BytesIO(page.screenshot(full_page=full)))
    picture.load()
    page.close()
    return picture.convert("RGB")


def page_sheet(shots: dict[tuple[int, Mode], Image.Image]) -> Image.Image:
    """1280 px at half size above, 360 px in three columns below; what is longer is cut."""
    rows = [
        [scaled(shots[WIDE, mode].crop(visible(shots[WIDE, mode], 1600)), 624) for mode in MODES],
        [columns(shots[NARROW, mode], 1100, 3, 197) for mode in MODES],
    ]
    return stack([beside(row) for row in rows])


def printed_sheet(browser: Browser, url: str) -> Image.Image:
    """The pages of a printed story side by side, as ``pdftoppm`` shows them."""
    page = browser.new_page(reduced_motion="reduce")
    page.goto(url, wait_until="networkidle")
    page.evaluate("document.querySelectorAll('img').forEach(one => one.loading = 'eager')")
    page.evaluate("Promise.all([...document.images].map(one => one.decode().catch(() => 0)))")
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    page.close()
    program = shutil.which("pdftoppm")
    if not program:
        raise SystemExit("pdftoppm is missing (Debian: poppler-utils)")
    with tempfile.TemporaryDirectory() as folder:
        command = [program, "-r", "96", "-png", "-", f"{folder}/page"]
        subprocess.run(command, input=pdf, check=True)
        sheets = [Image.open(path).convert("RGB") for path in sorted(Path(folder).iterdir())[:8]]
    sheets = [scaled(one, 420) for one in sheets]
    return stack([beside(sheets[at : at + 4]) for at in range(0, len(sheets), 4)])


def visible(picture: Image.Image, height: int) -> tuple[int, int, int, int]:
    """The box of the top of *picture*, at most *height* pixels high."""
    return (0, 0, picture.width, min(height, picture.height))


def scaled(picture: Image.Image, width: int) -> Image.Image:
    """*picture* at *width* pixels."""
    height = round(picture.height * width / picture.width)
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def columns(picture: Image.Image, height: int, count: int, width: int) -> Image.Image:
    """A long page cut into *count* columns of *height* page pixels, each *width* wide."""
    cuts = [
        picture.crop((0, top, picture.width, min(top + height, picture.height)))
        for top in range(0, min(picture.height, height * count), height)
    ]
    ground = beside([scaled(cut, width) for cut in cuts])
    frame = Image.new("RGB", (count * (width + GAP) - GAP, ground.height), GROUND)
    frame.paste(ground, (0, 0))
    return frame


def beside(pictures: list[Image.Image]) -> Image.Image:
    """*pictures* in a row, their tops level."""
    return _laid(pictures, lambda one: (one.width + GAP, 0))


def stack(pictures: list[Image.Image]) -> Image.Image:
    """*pictures* one below the other, with a margin around."""
    inner = _laid(pictures, lambda one: (0, one.height + GAP))
    framed = Image.new("RGB", (inner.width + 2 * GAP, inner.height + 2 * GAP), GROUND)
    framed.paste(inner, (GAP, GAP))
    return framed


def _laid(
    pictures: list[Image.Image], step: Callable[[Image.Image], tuple[int, int]]
) -> Image.Image:
    places, x, y = [], 0, 0
    for picture in pictures:
        places.append((x, y))
        dx, dy = step(picture)
        x, y = x + dx, y + dy
    pairs = list(zip(pictures, places, strict=True))
    width = max(left + picture.width for picture, (left, _) in pairs)
    height = max(top + picture.height for picture, (_, top) in pairs)
    ground = Image.new("RGB", (width, height), GROUND)
    for picture, place in pairs:
        ground.paste(picture, place)
    return ground


def write(sheet: Image.Image, path: Path, colours: int = COLOURS) -> int:
    """Write *sheet* as a PNG of few colours; its size in bytes."""
    common = sheet.quantize(colours, method=Image.Quantize.MEDIANCUT)
    own = [part for token in TOKENS for part in ImageColor.getrgb(token)]
    palette = Image.new("P", (1, 1))
    palette.putpalette([*(common.getpalette() or [])[: 3 * colours], *own])
    few = sheet.quantize(palette=palette, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    return path.stat().st_size


if __name__ == "__main__":
    raise SystemExit(main())
