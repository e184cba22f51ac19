"""A template is compiled once, and again when it has changed."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest

from candlelight.make import rendering
from candlelight.make.compiled import compiled
from candlelight.make.pages import PageJob, Theme
from candlelight.plan.views import MovedView, SiteView

SITE = SiteView("烛光", (), "zh-Hans", "", (), False, (), "feed.xml")
VIEW = MovedView(address="old/", title="旧", target="stories/new/")


@pytest.fixture(autouse=True)
def _nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "known", {})
    monkeypatch.setattr(compiled, "used", set())


@pytest.fixture
def generated(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The names of templates that Jinja2 wrote code for."""
    names: list[str | None] = []
    real = jinja2.Environment._generate

    def counted(self: jinja2.Environment, source: jinja2.nodes.Template, name: str | None,
                *rest: object, **more: object) -> str:  # fmt: skip
        names.append(name)
        return real(self, source, name, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(jinja2.Environment, "_generate", counted)
    return names


def rendered(folder: Path) -> str:
    """What a new process makes of the page."""
    return rendering.Renderer(Theme(SITE, (str(folder),), (), {})).render(PageJob(VIEW))


def test_what_one_run_compiled_the_next_one_knows(
    tmp_path: Path, generated: list[str | None]
) -> None:
    (tmp_path / "moved.html").write_text("{{ view.title }}", encoding="utf-8")
    assert rendered(tmp_path) == "旧"
    assert len(compiled.worth_keeping()) == 1
    assert rendered(tmp_path) == "旧"
    assert generated == ["moved.html"]


def test_a_template_that_was_edited_is_compiled_again(
    tmp_path: Path, generated: list[str | None]
) -> None:
    for text in ("{{ view.title }}", "{{ view.title }}！"):
        (tmp_path / "moved.html").write_text(text, encoding="utf-8")
        assert rendered(tmp_path) == text.replace("{{ view.title }}", "旧")
    assert generated == ["moved.html"] * 2


def test_a_template_of_another_folder_is_another(
    tmp_path: Path, generated: list[str | None]
) -> None:
    for name in ("ours", "theirs"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "moved.html").write_text("{{ view.title }}", encoding="utf-8")
        rendered(tmp_path / name)
    assert len(generated) == 2
