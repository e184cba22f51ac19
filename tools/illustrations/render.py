"""Turn drawings into JPEG files: headless Chromium paints, Pillow adds grain and writes."""

import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from random import Random

from drawing import Drawing
from PIL import Image, ImageChops
from playwright.sync_api import Browser, sync_playwright

SCALE = 2
"""Pixels a unit: 1,200 units become 2,400 pixels."""

LARGEST_FILE = 325_000
"""Bytes; the pictures of a whole anthology must stay small enough to be cloned."""

QUALITIES = (90, 88, 86, 84, 82, 80, 78, 76, 74, 72, 70, 68, 66, 63, 60, 57, 54)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-lcd-text",
    "--force-color-profile=srgb",
)


@contextmanager
def chromium(executable: str | None) -> Iterator[Browser]:
    """Run a headless Chromium; without *executable*, the one Playwright installed."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


def painted(browser: Browser, drawing: Drawing) -> Image.Image:
    """Let *browser* paint a drawing at SCALE pixels a unit."""
    page = browser.new_page(
        viewport={"width": drawing.width, "height": drawing.height}, device_scale_factor=SCALE
    )
    page.set_content(f"<style>*{{margin:0}}svg{{display:block}}</style>{drawing.svg()}")
    image = Image.open(io.BytesIO(page.screenshot(timeout=120_000))).convert("RGB")
    page.close()
    return image


def grained(image: Image.Image, seed: str) -> Image.Image:
    """Lay paper grain over *image*: one cell is two pixels wide, 3 to 4 levels of 255."""
    width, height = image.size
    half = ((width + 1) // 2, (height + 1) // 2)
    noise = Image.frombytes("L", half, Random(seed).randbytes(half[0] * half[1]))
    # Two random bytes added fall mostly near the middle: grain without speckles.
    other = Image.frombytes("L", half, Random(seed + "+").randbytes(half[0] * half[1]))
    soft = Image.blend(noise, other, 0.5).resize(image.size, Image.Resampling.BILINEAR)
    lighter = soft.point([max(0, round((level - 128) / 14)) for level in range(256)])
    darker = soft.point([max(0, round((128 - level) / 14)) for level in range(256)])
    bright = ImageChops.add(image, Image.merge("RGB", (lighter,) * 3))
    return ImageChops.subtract(bright, Image.merge("RGB", (darker,) * 3))


def jpeg(image: Image.Image) -> bytes:
    """Encode at the best quality that stays under LARGEST_FILE; no metadata is written."""
    for quality in QUALITIES:
        file = io.BytesIO()
        image.save(file, "JPEG", quality=quality, subsampling=2, optimize=True, progressive=True)
        if file.tell() <= LARGEST_FILE:
            break
    return file.getvalue()


def render(drawings: Mapping[Path, Drawing], executable: str | None) -> Iterable[tuple[Path, int]]:
    """Write every drawing to its JPEG path; yield each path with its bytes."""
    with chromium(executable) as browser:
        for path, drawing in drawings.items():
            content = jpeg(grained(painted(browser, drawing), path.stem))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            yield path, len(content)
