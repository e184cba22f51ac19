"""Make the locks, or prove that they fit every machine we promise.

    python tools/lock.py            newest versions that pyproject.toml allows -> locks/*.txt
    python tools/lock.py --check    are they up to date, and is there a wheel for every machine?

A lock holds pins and hashes for every system and no address: where packages come from is the
business of each machine. The check asks the index for wheels without downloading them. It cannot
prove that a wheel works on a machine we do not have, nor that a mirror carries it.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# core: what the site needs. all: that, and what the book needs. test: all, and what the tests need.
LOCKS = {
    "core": [],
    "all": ["--extra", "book", "--constraints", "locks/core.txt"],
    "test": ["--extra", "book", "--group", "test", "--constraints", "locks/all.txt"],
}
COMPILE = ["pip", "compile", "--universal", "--python-version", "3.11", "--generate-hashes"]
HELD = ["--constraints", "locks/held.txt"]
QUIETLY = ["--no-annotate", "--no-header", "--quiet"]

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
PLATFORMS = (
    "x86_64-pc-windows-msvc",
    "x86_64-apple-darwin",
    "aarch64-apple-darwin",
    "x86_64-manylinux_2_28",
    "aarch64-manylinux_2_28",
)
OLDEST_MACOS = "13.0"

# No pikepdf has a wheel for macOS 13 on ARM: there the front door installs the core alone.
OLDEST_MACOS_OF_THE_BOOK = {"aarch64-apple-darwin": "14.0"}


def main() -> int:
    """Make or check the locks; 0 if all is well, else 1."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--check", action="store_true", help="change nothing, prove the locks")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        uv = pinned_uv(Path(folder))
        if not options.check:
            for name in LOCKS:
                compile_lock(uv, name, ROOT / "locks" / f"{name}.txt", "--upgrade")
        complaints = [*stale_locks(uv, Path(folder)), *addresses(), *missing_wheels(uv, folder)]
    print(*complaints or ["The locks are up to date; every machine has its wheels."], sep="\n")
    return 1 if complaints else 0


def pinned_uv(folder: Path) -> list[str]:
    """The command of the uv that pyproject.toml pins; installed into *folder* if need be.

    Another version may write the same pins in another form, which would drown a real change.
    """
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
    pin = next(str(line) for line in groups["test"] if line.startswith("uv=="))
    try:
        if version("uv") == pin.partition("==")[2]:
            return [sys.executable, "-m", "uv"]
    except PackageNotFoundError:
        pass
    target = folder / "uv"
    subprocess.run([sys.executable, "-m", "pip", "install", "-q", "-t", target, pin], check=True)
    return [str(next(target.glob("bin/uv*")))]


def compile_lock(uv: list[str], name: str, output: Path, *options: str) -> None:
    """Write the lock *name* to *output*; what stands there is kept unless it no longer fits."""
    command = [*uv, *COMPILE, *HELD, *QUIETLY, *LOCKS[name], *options, "-o", str(output)]
    subprocess.run([*command, "pyproject.toml"], check=True, cwd=ROOT)


def stale_locks(uv: list[str], folder: Path) -> Iterator[str]:
    """A complaint for each lock that no longer says what pyproject.toml asks for."""
    for name in LOCKS:
        lock = (ROOT / "locks" / f"{name}.txt").read_text("utf-8")
        again = folder / f"{name}.txt"
        again.write_text(lock, "utf-8")
        compile_lock(uv, name, again)
        if again.read_text("utf-8") != lock:
            yield f"locks/{name}.txt is out of date: run tools/lock.py"


def addresses() -> Iterator[str]:
    """A complaint for each lock that names an index or a file of this machine."""
    for name in LOCKS:
        lock = (ROOT / "locks" / f"{name}.txt").read_text("utf-8")
        if re.search(r"://|--index|--find-links| @ ", lock):
            yield f"locks/{name}.txt names an address"


def missing_wheels(uv: list[str], folder: str) -> Iterator[str]:
    """A complaint for each Python and platform on which some pin has no wheel of a known hash."""
    install = [*uv, "pip", "install", "--dry-run", "--no-deps", "--require-hashes", "--quiet"]
    for name in LOCKS:
        for platform in PLATFORMS:
            exceptions = {} if name == "core" else OLDEST_MACOS_OF_THE_BOOK
            oldest = exceptions.get(platform, OLDEST_MACOS)
            environment = os.environ | {"MACOSX_DEPLOYMENT_TARGET": oldest}
            for python in PYTHONS:
                machine = ["--python-platform", platform, "--python-version", python]
                lock = ["--only-binary", ":all:", "--target", folder, "-r", f"locks/{name}.txt"]
                done = subprocess.run(
                    [*install, *machine, *lock],
                    check=False, capture_output=True, encoding="utf-8", cwd=ROOT, env=environment,
                )  # fmt: skip
                if done.returncode:
                    yield f"{name}, Python {python}, {platform}:\n{done.stderr}"


if __name__ == "__main__":
    raise SystemExit(main())
