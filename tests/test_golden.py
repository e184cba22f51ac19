"""The golden anthology: six stories with every oddity, and the whole site that they become.

`--update-golden` rewrites `tests/golden/site/`; the diff is then read like any other change.
What a library makes (photos, cards, the font) is kept by format and size, never by its bytes.
"""

from __future__ import annotations

import difflib
import hashlib
import io
import json
import re
import shutil
from pathlib import Path

import pytest
from PIL import Image

from candlelight.model import PhotoRecipe
from candlelight.plan.pictures import rendition_key
from tests.anthology import tree
from tests.conftest import GOLDEN
from tests.markup import Page

KEPT = GOLDEN.parent / "site"
SCHEME = re.compile(r"\s*[\w+.-]+:")
TEXTS = {".html", ".xml", ".json"}
RECIPE = PhotoRecipe(widths=(240, 480))

_CSS = re.compile(r"(assets/css/\w+)\.[0-9a-f]{12}\.css")
_PLACEHOLDER = re.compile(r"data:image/webp;base64,[\w+/=]+")


@pytest.fixture(scope="module")
def built(golden_site: Path) -> dict[str, str]:
    """The site as text: what depends on the version of a library goes by a name of its own."""
    files = tree(golden_site)
    texts = {path: tamed(content.decode()) for path, content in files.items() if is_text(path)}
    others = [
        f"{tamed(path)}  {described(path, content)}"
        for path, content in files.items()
        if not is_text(path)
    ]
    return {**texts, "files.txt": "\n".join(sorted(others)) + "\n"}


def is_text(path: str) -> bool:
    return Path(path).suffix in TEXTS


def tamed(text: str) -> str:
    """*text* with the name of the original for each photo, and no digest of the stylesheet."""
    for original in sorted(GOLDEN.rglob("*.jpg")):
        key = rendition_key(hashlib.sha256(original.read_bytes()).hexdigest(), RECIPE)
        text = text.replace(key, f"({original.parent.name}-{original.stem})")
    return _PLACEHOLDER.sub("(placeholder)", _CSS.sub(r"\1.(digest).css", text))


def described(path: str, content: bytes) -> str:
    if Path(path).suffix in {".jpg", ".webp"}:
        with Image.open(io.BytesIO(content)) as picture:
            return f"{picture.format} {picture.width}×{picture.height}"
    return "woff2" if content.startswith(b"wOF2") else "as in assets/"


def test_the_whole_site_is_as_it_was(built: dict[str, str], request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-golden"):
        shutil.rmtree(KEPT, ignore_errors=True)
        for path, text in built.items():
            (KEPT / path).parent.mkdir(parents=True, exist_ok=True)
            (KEPT / path).write_bytes(text.encode())
        pytest.skip("tests/golden/site was rewritten: read the diff")
    kept = {path: content.decode() for path, content in tree(KEPT).items()}
    changed = [path for path in sorted({*kept, *built}) if kept.get(path) != built.get(path)]
    if changed:
        pytest.fail("\n".join(difference(kept, built, path) for path in changed), pytrace=False)


def difference(kept: dict[str, str], built: dict[str, str], path: str) -> str:
    before, after = (texts.get(path, "").splitlines() for texts in (kept, built))
    lines = difflib.unified_diff(before, after, f"golden/{path}", f"built/{path}", "", "", 1, "")
    return "\n".join(line[:300] for line in list(lines)[:30])


def test_every_card_is_a_picture_that_chat_apps_take(golden_site: Path) -> None:
    cards = list((golden_site / "assets/cards").rglob("*.jpg"))
    assert len(cards) == 10
    for card in cards:
        with Image.open(card) as picture:
            assert (picture.format, picture.size) == ("JPEG", (1200, 630))
        assert 10_000 < card.stat().st_size < 300_000


def test_the_font_holds_the_headings_and_little_more(golden_site: Path) -> None:
    from fontTools.ttLib import TTFont

    font = golden_site / "assets/fonts/wenkai.woff2"
    assert 20_000 < font.stat().st_size < 200_000
    characters = set(TTFont(font).getBestCmap())
    assert set(map(ord, "初雪門縫裏的暖南山社区")) <= characters
    assert len(characters) < 1000


def test_no_rendition_carries_metadata(golden_site: Path) -> None:
    photos = list((golden_site / "assets/photos").iterdir())
    assert len(photos) == 24
    for photo in photos:
        with Image.open(photo) as picture:
            assert not picture.getexif()
            assert not {"exif", "xmp", "comment", "icc_profile"} & set(picture.info)


def test_nothing_of_a_draft_or_of_somebody_withheld_gets_out(golden_site: Path) -> None:
    words = ("还没有写完", "草稿作者", "哪里也不应该出现", "不愿具名")
    for path, content in tree(golden_site).items():
        assert not [word for word in words if word.encode() in content], path


def test_no_hostile_text_becomes_a_tag_or_runs_as_a_template(built: dict[str, str]) -> None:
    assert "{{ 7*7 }}" in Page(built["stories/hostile/index.html"]).text
    pages = {path: Page(text) for path, text in built.items() if path.endswith(".html")}
    for path, page in pages.items():
        assert not list(page.all("iframe", "style", "object", "b", "base")), path
        for script in page.all("script"):
            assert script.attributes == {"type": "application/ld+json"}, path
            json.loads(script.text)
        for element in page.elements:
            names = set(element.attributes)
            assert not {name for name in names if name.startswith("on")}, (path, element)
            for name in names & {"href", "src"}:
                address = element.attributes[name]
                assert address.startswith("https://") or not SCHEME.match(address), (path, element)
