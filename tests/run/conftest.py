"""A site to publish."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.run.publishing import OLD, Site, new_site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """The site OLD, published."""
    site = new_site(tmp_path / "source")
    site.publish(OLD)
    return site
