"""Whatever lies in a text: an answer in words, in bounded time and memory, and nobody else's page."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.hostile import checks, fragments, inputs

STEADY = os.environ.get("HYPOTHESIS_PROFILE", "steady") == "steady"
CALM = settings(
    deadline=None, suppress_health_check=list(HealthCheck), max_examples=40 if STEADY else 500
)


def pieces(*kinds: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Fragments of *kinds* with some text between them."""
    one = st.one_of(*(st.sampled_from(kind) for kind in kinds), st.text(max_size=4))
    return st.lists(one, max_size=24).map("".join)


@st.composite
def entries(draw: st.DrawFn, depth: int = 0) -> str:
    """A mapping as YAML has it, or nearly: keys that are known, values of every kind, nested."""
    lines = []
    for _ in range(draw(st.integers(1, 4))):
        lead = "  " * depth + draw(st.sampled_from(("", "", "", "- ", " ", "\t", "　")))
        key = draw(st.sampled_from(fragments.KEYS))
        colon = draw(st.sampled_from((": ", ": ", ":", "：", ":\n", " : ")))
        if depth < 3 and draw(st.integers(0, 3)) == 0:
            value = "\n" + draw(entries(depth + 1))
        else:
            value = draw(
                st.one_of(
                    st.sampled_from(fragments.VALUES), pieces(fragments.STRUCTURE, fragments.ODD)
                )
            )
        lines.append(f"{lead}{key}{colon}{value}")
    return "\n".join(lines)


@st.composite
def nested(draw: st.DrawFn) -> str:
    """Lists, quotations, tables and HTML within each other, each line as deep as it likes."""
    opens = st.sampled_from(
        ("> ", "- ", "1. ", "    ", "  ", "\t", "| ", "[^1]: ", "<div>", "<ul><li>", "<ruby>", "# ")
    )
    lines = []
    for _ in range(draw(st.integers(1, 8))):
        lead = "".join(draw(st.lists(opens, max_size=5)))
        lines.append(lead + draw(pieces(fragments.MARKDOWN, fragments.HTML, fragments.ODD)))
    return draw(st.sampled_from(("\n", "\n\n", "  \n"))).join(lines)


@st.composite
def bytes_of(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> bytes:
    """A text as some program saves it, with bytes in between that are none."""
    text = draw(texts)
    text = text.replace("\n", draw(st.sampled_from(("\n", "\n", "\r\n", "\r", "\n\r", "\u2028"))))
    raw = text.encode(draw(st.sampled_from(("utf-8", *fragments.ENCODINGS))), "replace")
    for piece in draw(st.lists(st.sampled_from(fragments.BYTES), max_size=2)):
        at = draw(st.integers(0, len(raw)))
        raw = raw[:at] + piece + raw[at:]
    return raw


@CALM
@given(bytes_of(entries().map("---\ntitle: 甲\n{}\n---\n正文\n".format)))
def test_any_frontmatter_is_understood_or_named(raw: bytes) -> None:
    checks.frontmatter(raw)


@CALM
@given(bytes_of(entries()))
def test_any_settings_and_any_file_without_its_fences_are_too(raw: bytes) -> None:
    checks.frontmatter(raw)


@CALM
@given(bytes_of(nested()))
def test_any_body_is_as_a_browser_reads_it(raw: bytes) -> None:
    checks.markdown(raw)


@pytest.mark.parametrize("target", ["frontmatter", "markdown"])
def test_a_text_of_the_samples_that_somebody_cut_about(target: str) -> None:
    made = inputs.Inputs(target, "steady")
    for number in range(60):
        raw = made(number)
        if len(raw) < 20_000:
            getattr(checks, target)(raw)


def test_a_photo_of_any_kind_that_somebody_bent() -> None:
    made = inputs.Inputs("photo", "steady")
    for number in range(250):
        checks.photo(made(number))


def test_no_story_touches_another(tmp_path: Path, quick: None) -> None:
    neighbours = checks.Neighbours(tmp_path)
    made = inputs.Inputs("story", "steady")
    for number in range(12):
        if len(raw := made(number)) < 20_000:
            neighbours.check(raw)


def of(front: str, body: str = "正文。") -> bytes:
    return f"---\ntitle: 甲\n{front}\n---\n{body}\n".encode()


HUGE = {
    "a body of fifty megabytes": lambda: of("", "灯亮了。" * 4_200_000),
    "fifty megabytes in one encoding and then another": lambda: "灯亮了。".encode("gb18030") * 6_000_000,
    "a hundred thousand photos": lambda: of("photos:\n" + "  - x.jpg\n" * 100_000),
    "a hundred thousand photos with captions": lambda: of("photos:\n" + "  - {file: x.jpg, caption: 图}\n" * 100_000),
    "a title of a megabyte": lambda: b"---\ntitle: " + b"a" * 1_000_000 + b"\n---\n",
    "a heading of a megabyte for a title": lambda: b"# " + b"a" * 1_000_000,
    "a million lines": lambda: of("", "甲\n" * 1_000_000),
    "a million keys": lambda: of("".join(f"k{n}: 1\n" for n in range(1_000_000))),
    "deep brackets": lambda: of("x: " + "[" * 100_000 + "]" * 100_000),
    "deep mappings": lambda: of("\n".join(" " * n + "a:" for n in range(600))),
    "deep lists": lambda: of("x:\n" + "- " * 50_000),
    "a hundred thousand names": lambda: of("people: " + "、".join(f"甲{n}" for n in range(20_000))),
    "a hundred thousand fences": lambda: b"---\n" * 100_000,
    "a megabyte of zeros": lambda: bytes(1_000_000),
    "a megabyte of one byte that is no text": lambda: b"\xff" * 1_000_000,
}  # fmt: skip

TRY = """
import json, sys, time
from pathlib import Path
from tools.fuzz import peak
from tests.hostile import checks
document = checks.document(Path(sys.argv[1]).read_bytes())
print(json.dumps([peak(), [problem.code for problem in document.problems if problem.severity == "error"]]))
"""


@pytest.mark.parametrize("name", HUGE)
def test_a_text_beyond_reason_is_an_error_in_bounded_time(name: str) -> None:
    raw = HUGE[name]()
    started = time.process_time()
    document = checks.document(raw)
    assert time.process_time() - started < 6
    assert [problem.code for problem in document.problems if problem.severity == "error"]
    assert len(document.problems) < 200


@pytest.mark.skipif(sys.platform == "win32", reason="Windows tells no peak")
def test_the_largest_of_them_takes_little_more_memory_than_its_file(tmp_path: Path) -> None:
    path = tmp_path / "index.md"
    path.write_bytes(HUGE["a body of fifty megabytes"]())
    done = subprocess.run(
        [sys.executable, "-c", TRY, str(path)], cwd=ROOT, capture_output=True, check=True, text=True
    )
    megabytes = int(re.findall(r"\d+", done.stdout)[0])
    assert megabytes < 500


def test_the_same_number_is_the_same_input() -> None:
    assert inputs.Inputs("story", "a")(3) == inputs.Inputs("story", "a")(3)
    assert inputs.Inputs("story", "a")(3) != inputs.Inputs("story", "b")(3)
    assert random.Random("a").random() == random.Random("a").random()
