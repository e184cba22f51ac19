"""Templates and assets are found in the source folder, beside the package, or inside it."""

import os
from pathlib import Path

import pytest

from candlelight import resources


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with a stylesheet and two templates beside the package."""
    root = (tmp_path / "clone").resolve()
    write(root / "pyproject.toml", "")
    write(root / "assets/css/site.css", "ours")
    write(root / "templates/site/base.html", "ours")
    write(root / "templates/site/story.html", "ours")
    (root / "candlelight").mkdir()
    monkeypatch.setattr(resources, "PACKAGE", root / "candlelight")
    return root


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """An anthology with its own story template and one more asset."""
    root = tmp_path / "烛光 文集"
    write(root / "templates/site/story.html", "theirs")
    write(root / "assets/images/seal.svg", "theirs")
    return root.resolve()


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_clone_finds_its_files_beside_the_package(clone: Path) -> None:
    assert resources.find("assets/css/site.css", None) == clone / "assets/css/site.css"
    assert resources.folders("templates/site", None) == [clone / "templates/site"]


def test_a_wheel_finds_its_files_inside_the_package(clone: Path, tmp_path: Path) -> None:
    (clone / "pyproject.toml").unlink()
    write(clone / "candlelight/assets/css/site.css", "wheel")
    assert resources.find("assets/css/site.css", None).read_text("utf-8") == "wheel"
    assert resources.folders("assets", None) == [clone / "candlelight/assets"]


def test_a_folder_of_another_package_beside_a_wheel_is_not_ours(clone: Path) -> None:
    (clone / "pyproject.toml").unlink()
    assert resources.folders("templates", None) == []


def test_the_source_folder_overrides_file_by_file(clone: Path, source: Path) -> None:
    assert resources.files("templates/site", source) == {
        "base.html": clone / "templates/site/base.html",
        "story.html": source / "templates/site/story.html",
    }
    assert resources.find("templates/site/story.html", source).read_text("utf-8") == "theirs"
    assert resources.find("templates/site/base.html", source).read_text("utf-8") == "ours"


def test_the_source_folder_adds_files(clone: Path, source: Path) -> None:
    assert list(resources.files("assets", source)) == ["css/site.css", "images/seal.svg"]


def test_the_strongest_folder_comes_first(clone: Path, source: Path) -> None:
    assert resources.folders("templates/site", source) == [
        source / "templates/site",
        clone / "templates/site",
    ]


def test_a_source_that_is_the_clone_is_searched_once(clone: Path) -> None:
    assert resources.folders("assets", clone) == [clone / "assets"]


def test_a_source_without_templates_is_enough(clone: Path, tmp_path: Path) -> None:
    assert resources.folders("assets", tmp_path / "empty") == [clone / "assets"]


def test_a_missing_file_is_named(clone: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"assets/css/none\.css"):
        resources.find("assets/css/none.css", None)


def test_litter_of_file_managers_is_no_asset(clone: Path) -> None:
    for name in (".DS_Store", "Thumbs.db", ".git/config"):
        write(clone / "assets" / name, "")
    assert list(resources.files("assets", None)) == ["css/site.css"]


@pytest.mark.parametrize("name", ["assets/css/passwd.css", "assets/css"])
def test_a_link_that_leaves_the_source_is_refused(
    clone: Path, source: Path, tmp_path: Path, name: str
) -> None:
    write(tmp_path / "outside/site.css", "secret")
    outside = tmp_path / "outside" / ("site.css" if name.endswith(".css") else "")
    (source / name).parent.mkdir(parents=True, exist_ok=True)
    link(source / name, outside)
    with pytest.raises(resources.UnsafeResourceError, match=r"outside|regular"):
        resources.files("assets", source)
    with pytest.raises(resources.UnsafeResourceError, match="outside"):
        resources.find(name if name.endswith(".css") else "assets/css/site.css", source)


def test_a_path_that_climbs_out_is_refused(clone: Path, source: Path, tmp_path: Path) -> None:
    write(tmp_path / "secret.css", "secret")
    with pytest.raises(resources.UnsafeResourceError, match="outside"):
        resources.find("assets/../../secret.css", source)


def test_a_link_that_stays_inside_is_read(clone: Path, source: Path) -> None:
    link(source / "assets/images/again.svg", source / "assets/images/seal.svg")
    assert "images/again.svg" in resources.files("assets", source)


def test_a_link_to_nothing_is_refused(clone: Path, source: Path) -> None:
    link(source / "assets/images/gone.svg", source / "gone.svg")
    with pytest.raises(resources.UnsafeResourceError, match="regular"):
        resources.files("assets", source)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes in folders")
def test_a_pipe_is_refused_and_not_waited_for(clone: Path, source: Path) -> None:
    os.mkfifo(source / "assets/images/pipe.svg")
    with pytest.raises(resources.UnsafeResourceError, match="regular"):
        resources.files("assets", source)


def link(path: Path, target: Path) -> None:
    try:
        path.symlink_to(target)
    except OSError:
        pytest.skip("this account may not make links")
