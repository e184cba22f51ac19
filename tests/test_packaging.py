"""A clone, an editable install and a wheel each build a site; the locks are fit to install."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from pathlib import Path

import pytest

from candlelight import resources

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {
    name: (ROOT / "locks" / f"{name}.txt").read_text("utf-8") for name in ("core", "all", "test")
}
SCRIPTS = "Scripts" if os.name == "nt" else "bin"


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(lock: str) -> dict[str, str]:
    """The version by the name of each pin."""
    return dict(re.findall(r"^([\w.-]+)==([^ \\;]+)", lock, re.MULTILINE))


# ---- Locks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_address(name: str) -> None:
    assert not re.search(r"://|--index|--find-links| @ ", LOCKS[name])


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_a_hash(name: str) -> None:
    for requirement in re.split(r"\n(?=\S)", LOCKS[name].strip()):
        assert "--hash=sha256:" in requirement


def test_what_pyproject_asks_for_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    asked = {
        "core": project["project"]["dependencies"],
        "all": project["project"]["optional-dependencies"]["book"],
        "test": project["dependency-groups"]["test"],
    }
    for name, requirements in asked.items():
        names = {normal(re.split(r"[\[<>=~! ]", text)[0]) for text in requirements}
        assert names <= pins(LOCKS[name]).keys()


def test_the_tests_run_with_the_versions_that_site_and_book_run_with() -> None:
    core, book, test = (pins(LOCKS[name]).items() for name in ("core", "all", "test"))
    assert core <= book <= test


@pytest.mark.parametrize("name", LOCKS)
def test_the_front_door_understands_every_marker(name: str) -> None:
    known = {"sys_platform", "python_full_version", "platform_python_implementation"}
    for marker in re.findall(r" ; (.*?) \\", LOCKS[name]):
        words = set(re.findall(r"[a-z_]+", re.sub(r"'.*?'", "", marker)))
        assert words - {"and", "or", "not", "in"} <= known


def test_ci_runs_the_command_that_contributors_run() -> None:
    assert (ROOT / ".ci/run").read_text("utf-8").splitlines()[-1] == "exec python3 build.py test"


# ---- Ways to install -----------------------------------------------------------------------------


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder with nothing but `content/`, and one story in it."""
    story = tmp_path / "我的 文集 🕯" / "content/stories/first-light.md"
    story.parent.mkdir(parents=True)
    story.write_text("---\ntitle: 第一盏灯\n---\n灯亮了。\n", encoding="utf-8")
    return story.parents[2]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    hatch = [sys.executable, "-P", "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(hatch, check=True, cwd=ROOT, capture_output=True)
    return next(folder.glob("*.whl"))


def install(folder: Path, *what: str) -> Path:
    """An environment with *what* in it, and the dependencies of this one; its `candlelight`."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    python = folder / SCRIPTS / "python"
    site = next(folder.rglob("site-packages"))
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    uv = [sys.executable, "-m", "uv", "pip", "install", "--offline", "--quiet", "--no-deps"]
    subprocess.run(
        [*uv, "--no-build-isolation", "--python", python, *what], check=True, env=without_checkout()
    )
    return folder / SCRIPTS / "candlelight"


def without_checkout() -> dict[str, str]:
    """The environment variables of a shell that knows nothing of this checkout."""
    return {name: text for name, text in os.environ.items() if name != "PYTHONPATH"}


def assert_builds(command: list[str | Path], source: Path, package: Path) -> None:
    """*command* builds the site of *source*, with the templates and assets of *package*."""
    done = subprocess.run(
        [*command, "build", "--source", source],
        check=False, capture_output=True, encoding="utf-8",
        env=without_checkout() | {"PYTHONIOENCODING": "utf-8"}, cwd=source,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    page = source / "public/stories/first-light/index.html"
    assert "第一盏灯" in page.read_text("utf-8")
    assert (package / "templates").is_dir()


@pytest.mark.packaging
def test_a_wheel_carries_every_template_and_asset(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    for kind in ("templates", "assets"):
        for name in resources.files(kind, None):
            assert f"candlelight/{kind}/{name}" in inside
    assert not [name for name in inside if name.startswith(("tests/", "content/", "build.py"))]


@pytest.mark.packaging
def test_only_who_asks_for_the_book_gets_what_typesets_it(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        asked = re.findall(
            r"^Requires-Dist: (\w+).*?(extra == 'book')?$",
            archive.read(name).decode(),
            re.MULTILINE,
        )
    assert {name for name, extra in asked if extra} == {"pikepdf", "typst"}


@pytest.mark.packaging
def test_an_installed_wheel_builds_a_site(tmp_path: Path, source: Path, wheel: Path) -> None:
    command = install(tmp_path / "env", str(wheel))
    package = next((tmp_path / "env").rglob("site-packages/candlelight"))
    assert_builds([command], source, package)


@pytest.mark.packaging
def test_an_editable_install_builds_a_site(tmp_path: Path, source: Path) -> None:
    command = install(tmp_path / "env", "--editable", str(ROOT))
    assert_builds([command], source, ROOT)


@pytest.mark.packaging
def test_a_clone_builds_a_site(tmp_path: Path, source: Path) -> None:
    clone = tmp_path / "烛光 克隆 🕯"
    for name in ("candlelight", "templates", "assets", "locks"):
        shutil.copytree(ROOT / name, clone / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("build.py", "pyproject.toml"):
        shutil.copy(ROOT / name, clone)
    assert_builds([sys.executable, clone / "build.py"], source, clone)
    assert not (clone / ".venv").exists()
