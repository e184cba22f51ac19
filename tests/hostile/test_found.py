"""What the fuzzer found, once each: kept so that it stays mended."""

from __future__ import annotations

import pytest

from tests.hostile import checks

BODIES = {
    "a heading with an attribute": "## 甲\n\n灯亮了。<h1 id=>乙",
    "a tag whose loss leaves a paragraph in a paragraph": "<marquee>【甲】",
}


@pytest.mark.parametrize("name", BODIES)
def test_a_body_is_read_as_a_browser_reads_it(name: str) -> None:
    checks.markdown(BODIES[name].encode())
