"""What tests of faults share: the built anthology, its two editions, chance and its seed."""

from __future__ import annotations

import random
import signal
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.anthology import tree
from tests.faults import calls, site
from tests.faults.calls import Interposer
from tests.faults.site import EDITIONS, Files, Site

Count = Callable[..., None]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what only the long form tries."""
    if config.getoption("long"):
        return
    left_out = [item for item in items if item.get_closest_marker("long")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was tried, all tests taken together, also where some have failed."""
    sums: Counter[str] = Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", "") == "call":
                for name, number in report.user_properties:
                    sums[name] += number
    if sums:
        seed = terminalreporter.config.getoption("seed")
        terminalreporter.section(f"faults of seed {seed}")
        for name, number in sorted(sums.items()):
            terminalreporter.line(f"{number:>7,} {name}")


@pytest.fixture(scope="session", autouse=True)
def _interruptible() -> None:
    """A shell that starts this in the background has it, and all that it starts, ignore Ctrl-C."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def stories(request: pytest.FixtureRequest) -> int:
    """How many stories the anthology has."""
    return 18 if request.config.getoption("long") else 8


@pytest.fixture(scope="session")
def stage(stories: int, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An anthology that was built in its first edition, to be copied."""
    folder = tmp_path_factory.mktemp("faults") / "stage"
    done = site.write(folder, stories).build()
    assert done.code == 0, done
    return folder


@pytest.fixture(scope="session")
def editions(
    stage: Path, stories: int, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Files]:
    """Every file of each edition by its path, as clean builds make them."""
    clean = site.write(tmp_path_factory.mktemp("clean") / "clean", stories, EDITIONS[1])
    assert clean.build().code == 0
    made: dict[str, Files] = {"甲": tree(Site(stage).output), "乙": tree(clean.output)}
    both = made["甲"].keys() & made["乙"].keys()
    pages = {path for path in both if path.endswith(".html")}
    assert len(pages) > stories
    assert {path for path in pages if made["甲"][path] == made["乙"][path]} == set()
    return made


@pytest.fixture
def built(stage: Path, editions: dict[str, Files], tmp_path: Path) -> Site:
    """A site of its own that stands in its first edition, and whose source holds the second."""
    built = Site(site.copied(stage, tmp_path / "site"), editions)
    built.turn()
    return built


@pytest.fixture(scope="session")
def interposer(tmp_path_factory: pytest.TempPathFactory) -> Interposer:
    """What makes a call of a build fail; the test is skipped where it cannot be had."""
    return calls.compiled(tmp_path_factory.mktemp("interposer"))


@pytest.fixture
def long(request: pytest.FixtureRequest) -> bool:
    """Whether all is tried, and not a sample of it."""
    return bool(request.config.getoption("long"))


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    """Chance that is the same again for the same seed and the same test."""
    return random.Random(f"{request.config.getoption('seed')} {request.node.name}")


@pytest.fixture
def count(record_property: Callable[[str, object], None]) -> Count:
    """Adds to a figure that is told when all has been tried."""

    def add(name: str, number: int = 1) -> None:
        record_property(name, number)

    return add


@pytest.fixture
def sample(
    request: pytest.FixtureRequest, long: bool, chance: random.Random
) -> Callable[[int, int], list[int]]:
    """Numbers from 1 to *last*: *few* of them; in the long form every n-th, from one by chance."""

    def drawn(last: int, few: int) -> list[int]:
        every = range(1, last + 1)
        if not long:
            return list(every) if last <= few else sorted(chance.sample(every, few))
        step = -(-last // request.config.getoption("calls"))
        return list(every[chance.randrange(step) :: step])

    return drawn
