"""What tests share: a small anthology to edit and build, and the built samples."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from candlelight import selftest
from tests.anthology import Anthology, copied

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# The same examples in every run; `HYPOTHESIS_PROFILE=search` looks for new ones.
settings.register_profile("steady", derandomize=True, deadline=None, database=None)
settings.register_profile("search", deadline=None, max_examples=500)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

pytest.register_assert_rewrite("tests.faults.site", "tests.faults.program")
ROOT = Path(__file__).resolve().parent.parent
BROWSER_OPTIONS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
GOLDEN = ROOT / "tests" / "golden" / "anthology"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="rewrite tests/golden/site from what is built now, so that the diff can be read",
    )
    parser.addoption("--long", action="store_true", help="try every fault, not a sample of them")
    parser.addoption(
        "--calls",
        type=int,
        default=100,
        help="with --long: at how many calls of a build to break it",
    )
    parser.addoption("--seed", type=int, help="the seed of faults at random moments")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "long: one of many of its kind, tried with --long")
    # Before workers start, so that they all draw from one seed.
    if config.option.seed is None:
        config.option.seed = random.SystemRandom().randrange(1_000_000)


def pytest_report_header(config: pytest.Config) -> str:
    return f"seed of the faults: {config.option.seed} (again with --seed {config.option.seed})"


@pytest.fixture(scope="module")
def quick() -> Iterator[None]:
    """Stand-ins for the font and the cards: they follow what they are made from, and cost nothing."""
    from candlelight.make import fonts, products

    def subset(font: Path, characters: str) -> bytes:
        return "".join(sorted(set(characters))).encode("utf-8", "surrogatepass")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fonts, "subset", subset)
        patch.setattr(products, "_draw", lambda job: repr(job.card).encode())
        yield


@pytest.fixture
def anthology(tmp_path: Path, quick: None) -> Anthology:
    """An empty anthology in a folder whose name has Chinese and a space."""
    return Anthology(tmp_path / "烛光 文集")


@pytest.fixture
def told(anthology: Anthology) -> Anthology:
    """Three stories of two teams at two service points, built."""
    anthology.community("nan-shan", title="南山", district="天山区", leaders=["马保福"])
    anthology.story(
        "first-snow", title="初雪", summary="一盏灯", author="何文君",
        team="蜡烛", community="南山", date="2020-08-12",
    )  # fmt: skip
    anthology.story(
        "noodles", title="炒面", summary="一碗面", author="李娜",
        team="蜡烛", community="长乐", date="2020-09-01",
    )  # fmt: skip
    anthology.story("night", title="夜班", summary="一夜", team="应急", date="2021-02-03")
    anthology.build()
    return anthology


@pytest.fixture(scope="session")
def golden_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The golden anthology, built for real: font, cards, photos."""
    folder = tmp_path_factory.mktemp("golden")
    result = copied(GOLDEN, folder / "source", folder / "public").build()
    assert result.published, result.codes
    return folder / "public"


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The anthology of this repository, built for real, with the photos of earlier builds."""
    output = tmp_path_factory.mktemp("sample") / "public"
    result = Anthology(ROOT, output, fresh=False).build(workers=2)
    assert result.published, result.codes
    return output


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests: Playwright cannot be started twice in one process."""
    from playwright.sync_api import sync_playwright

    program = selftest.chromium()
    if not program:
        pytest.skip("no Chromium, Chrome or Edge")
    with sync_playwright() as playwright:
        options = list(BROWSER_OPTIONS)
        browser = playwright.chromium.launch(executable_path=program, args=options)
        yield browser
        browser.close()
