"""Measure the book beside WeasyPrint: whole processes, in turn, with the memory of all of them.

    python bench/book.py                          300 stories, 300 photos, 3 rounds
    python bench/book.py --large                  1,000 stories, 2,000 photos
    python bench/book.py --stories 20 --photos 20 --rounds 1      to see that it works
    python bench/book.py --scratch FOLDER         keep the anthology and WeasyPrint for next time
    python bench/book.py --json FILE.json         write every figure of every round as well
    python bench/book.py --alone                  Candlelight without WeasyPrint

It needs what the book needs. WeasyPrint is installed into the scratch folder with pip, and wants
Pango from the system: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0. Each
round makes the book from an empty cache (cold), again with its photos scaled (warm), after an edit
of one text (edited), and WeasyPrint's from the same texts and prints. Close everything else first.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from anthology import size, write_anthology  # noqa: E402  (found only from here on)
from processes import Failed, Run, run  # noqa: E402

SIZES = {False: (300, 300), True: (1000, 2000)}
PANGO = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
COLD, WARM, EDITED, PEER = "cold", "warm", "edited", "WeasyPrint"


def main() -> int:
    """Measure what the arguments ask for; 1 if something could not be run."""
    given = arguments()
    stories, photos = SIZES[given.large]
    stories = stories if given.stories is None else given.stories
    photos = photos if given.photos is None else given.photos
    with scratch(given.scratch) as folder:
        try:
            bench = Bench(folder, stories, photos, given.pixels)
            peer = None if given.alone else bench.weasyprint()
            print(f"{stories} stories, {photos} photos, {given.rounds} rounds")
            result = bench.measure(given.rounds, peer)
        except Failed as failed:
            print(failed, file=sys.stderr)
            return 1
    print("\n".join(table(result)))
    if given.json:
        given.json.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    return 0


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--large", action="store_true", help="1,000 stories and 2,000 photos")
    parser.add_argument("--stories", type=int)
    parser.add_argument("--photos", type=int)
    parser.add_argument("--pixels", type=size, default=(1600, 1200), metavar="1600x1200")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--alone", action="store_true", help="without WeasyPrint")
    parser.add_argument("--scratch", type=Path, help="a folder to work in, and to keep")
    parser.add_argument("--json", type=Path, help="write every figure to this file")
    return parser.parse_args()


@contextlib.contextmanager
def scratch(wished: Path | None) -> Iterator[Path]:
    """The folder to work in: the one that is to be kept, or one that goes away."""
    if wished:
        wished.mkdir(parents=True, exist_ok=True)
        yield wished.resolve()
        return
    # In memory where there is some: disks differ more than processors do.
    memory = Path("/dev/shm")  # noqa: S108  # not for keeping
    with tempfile.TemporaryDirectory(
        prefix="bench-", dir=memory if memory.is_dir() else None
    ) as folder:
        yield Path(folder)


class Bench:
    """One anthology in *folder*, and the commands that make books of it."""

    def __init__(self, folder: Path, stories: int, photos: int, pixels: tuple[int, int]) -> None:
        self.folder = folder
        name = f"anthology-{stories}-{photos}-{pixels[0]}x{pixels[1]}"
        self.anthology = folder / name
        self.plain = folder / f"{name}-plain"
        if not self.anthology.is_dir():
            print(f"writing {self.anthology.name}", flush=True)
            part = folder / f"{name}.part"
            shutil.rmtree(part, ignore_errors=True)
            write_anthology(part, stories, photos, pixels)
            one_volume(part)
            part.rename(self.anthology)
        self.text = next(self.anthology.glob("content/stories/*/index.md"))
        self.original = self.text.read_text(encoding="utf-8")

    def weasyprint(self) -> Path:
        """WeasyPrint's own Python, installed into the scratch folder. Raises Failed."""
        home = self.folder / "weasyprint"
        python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        if not python.exists():
            print("installing WeasyPrint", flush=True)
            venv.create(home, with_pip=True)
            install = [str(python), "-m", "pip", "install", "-q", "weasyprint"]
            run(install, self.folder / "pip.log", self.folder)
        try:
            run([str(python), "-c", "import weasyprint"], self.folder / "import.log", self.folder)
        except Failed as failed:
            raise Failed(f"{failed}\nWeasyPrint wants Pango: {PANGO}") from failed
        return python

    def measure(self, rounds: int, peer: Path | None) -> dict[str, object]:
        """Every figure of *rounds* rounds."""
        self._book(COLD)  # not counted; it leaves the photos scaled for what follows
        if peer:
            self._python("plain.py", str(self.anthology), str(self.plain))
        runs: dict[str, list[Run]] = {}
        for number in range(rounds):
            for kind in (COLD, WARM, EDITED, *([PEER] if peer else [])):
                print(f"round {number + 1}: {kind}", flush=True)
                made = self._peer(str(peer)) if kind == PEER else self._book(kind, number)
                runs.setdefault(kind, []).append(made)
        kept = json.loads(self._python("kept.py", str(self.anthology)))
        return {
            "runs": {kind: [one._asdict() for one in made] for kind, made in runs.items()},
            "kept": kept["seconds"],
            "pages": {
                "Candlelight": sum(map(pages, sorted(self.folder.glob("book*.pdf")))),
                **({PEER: pages(self.folder / "weasyprint.pdf")} if peer else {}),
            },
        }

    def _book(self, kind: str, number: int = 0) -> Run:
        for old in self.folder.glob("book*.pdf"):
            old.unlink()
        if kind == COLD:
            shutil.rmtree(self.anthology / ".candlelight", ignore_errors=True)
        if kind == EDITED:
            edited = f"{self.original}\n第{number}次修改。\n"
            self.text.write_text(edited, encoding="utf-8")
        output = str(self.folder / "book.pdf")
        command = [sys.executable, "-m", "candlelight", "book", "--source", str(self.anthology)]
        try:
            return run([*command, "--output", output], self.folder / "book.log", HERE.parent)
        finally:
            self.text.write_text(self.original, encoding="utf-8")

    def _peer(self, python: str) -> Run:
        output = str(self.folder / "weasyprint.pdf")
        command = [python, "-m", "weasyprint", "-q", "book.html", output]
        return run(command, self.folder / "weasyprint.log", self.plain)

    def _python(self, script: str, *arguments: str) -> str:
        """What a script beside this one prints. Raises Failed."""
        home = os.pathsep.join([str(HERE.parent), os.environ.get("PYTHONPATH", "")])
        made = subprocess.run(
            [sys.executable, str(HERE / script), *arguments],
            env={**os.environ, "PYTHONPATH": home},
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode:
            raise Failed(f"{script}: {made.stderr[-2000:]}")
        return made.stdout


def one_volume(anthology: Path) -> None:
    """Let the book be as thick as it may: WeasyPrint makes one file."""
    from candlelight.read.book import VOLUME_PAGES

    site = anthology / "site.yaml"
    said = site.read_text(encoding="utf-8")
    said += f"book:\n  volume_pages: {VOLUME_PAGES[1]}\n"
    site.write_text(said, encoding="utf-8")


def pages(pdf: Path) -> int:
    """How many pages *pdf* has."""
    import pikepdf

    with pikepdf.open(pdf) as book:
        return len(book.pages)


def table(result: dict[str, object]) -> Iterator[str]:
    """The figures as a person reads them: medians, and ratios round by round."""
    runs: dict[str, list[dict[str, float]]] = result["runs"]  # type: ignore[assignment]
    kept: list[float] = result["kept"]  # type: ignore[assignment]
    yield f"{'':<12}{'wall s':>9}{'least':>9}{'most':>9}{'cpu s':>9}{'MB':>8}{'× faster':>10}"
    for kind, made in runs.items():
        walls = [one["wall"] for one in made]
        line = f"{kind:<12}{median(walls):>9.2f}{min(walls):>9.2f}{max(walls):>9.2f}"
        line += f"{median(one['cpu'] for one in made):>9.2f}"
        line += f"{max(one['memory'] for one in made) / 1e6:>8.0f}"
        if PEER in runs and kind != PEER:
            pairs = zip(runs[PEER], made, strict=True)
            line += f"{median(peer['wall'] / one['wall'] for peer, one in pairs):>10.1f}"
        yield line
    yield f"{'kept press':<12}{median(kept):>9.2f}{min(kept):>9.2f}{max(kept):>9.2f}"
    yield f"pages: {result['pages']}"


if __name__ == "__main__":
    raise SystemExit(main())
