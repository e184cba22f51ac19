"""Measure renditions of photos beside sharp: whole processes, in turn, and what they made.

    python bench/photos.py                        9 made-up photos, 5 rounds
    python bench/photos.py --photos FOLDER        photos that somebody took as well: each is scaled
                                                  to 12 megapixels, with new grain
    python bench/photos.py --count 1 --rounds 1 --pixels 800x600         to see that it works
    python bench/photos.py --scratch FOLDER       measure here, and keep sharp here
    python bench/photos.py --write                put the table into bench/README.md

Both make 480, 960 and 1,600 pixels of width as WebP and JPEG, upright, in sRGB, from 12-megapixel
JPEGs that lie sideways; both one photo after the other, with their own defaults but the qualities,
which are ours for both. Likeness (SSIM) is against the original decoded in full and scaled in one
step by Lanczos: the same picture for both. sharp is installed from npm into the scratch folder.
Close everything else first.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import fmean, median
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from anthology import PHONE, photo, size  # noqa: E402  (found only from here on)
from camera import enlarged, made_up  # noqa: E402
from likeness import reference, ssim  # noqa: E402
from processes import Failed, Run, run  # noqa: E402
from scratch import scratch  # noqa: E402
from tables import keep, machine, ratio  # noqa: E402

OURS, PEER = "Candlelight", "sharp"
BUDGETS = {"CPU": 0.6, "loss": 0.005, "bytes": 1.08}
"""Of sharp's processor time; SSIM less than sharp's; of sharp's bytes."""
Runs = dict[str, list[Run]]


class Likeness(NamedTuple):
    """Of the renditions of one kind of photo in one format: mean SSIM, sum of bytes, by maker."""

    ssim: dict[str, float]
    bytes: dict[str, int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what the arguments ask for; 1 if something could not be run."""
    given = asked(arguments)
    if given.make:
        make(*given.make)
        return 0
    # 150 kB is what the scratch folder reckons with.
    with scratch(given.scratch, 80 * (3 * given.count + 20)) as folder:
        try:
            lay(folder / "photos", given.count, given.photos, given.pixels)
            program = sharp(given.scratch or folder)
            runs = measure(folder, program, given.rounds)
        except Failed as failed:
            print(failed, file=sys.stderr)
            return 1
        lines = [*heading(folder, program, given.rounds), *table(runs), *likes(likenesses(folder))]
    print("\n".join(lines))
    if given.write:
        keep("photos", lines)
    return 0


def asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The arguments."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=3, help="photos of each kind")
    parser.add_argument("--photos", type=Path, metavar="FOLDER", help="JPEGs that somebody took")
    parser.add_argument("--pixels", type=size, default=PHONE, metavar="4000x3000")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--scratch", type=Path, help="measure here, and keep sharp here")
    parser.add_argument("--write", action="store_true", help="into bench/README.md")
    parser.add_argument("--make", type=Path, nargs=2, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def lay(folder: Path, count: int, taken: Path | None, pixels: tuple[int, int]) -> None:
    """Photos of three kinds: leaves (camera.py), noise (anthology.py), taken (from a folder)."""
    from PIL import Image

    folder.mkdir()
    for number in range(count):
        print(f"making up photo {number + 1} of {count}", flush=True)
        (folder / f"leaves-{number}.jpg").write_bytes(made_up(number, pixels))
        (folder / f"noise-{number}.jpg").write_bytes(photo(number, pixels))
    for number, path in enumerate(sorted(taken.glob("*.jpg")) if taken else ()):
        with Image.open(path) as opened:
            (folder / f"taken-{number}.jpg").write_bytes(enlarged(opened, number, pixels))


def sharp(home: Path) -> list[str]:
    """The command that makes sharp's renditions, sharp being installed in *home*. Raises Failed."""
    folder = home / "sharp"
    shutil.copytree(HERE / "sharp", folder, dirs_exist_ok=True)
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        raise Failed("sharp needs node and npm")
    if not (folder / "node_modules" / "sharp").is_dir():
        print("installing sharp", flush=True)
        install = [npm, "install", "--no-audit", "--no-fund", "--no-package-lock"]
        run(install, home / "npm.log", folder)
    return [node, str(folder / "renditions.mjs")]


def measure(folder: Path, program: Sequence[str], rounds: int) -> Runs:
    """Both in turn, *rounds* times, after once that does not count. Raises Failed."""
    from candlelight.make import renditions_encode
    from candlelight.model import PhotoRecipe

    widths = json.dumps(PhotoRecipe().widths)
    qualities = json.dumps(renditions_encode.QUALITIES)
    commands = {
        OURS: [sys.executable, str(HERE / "photos.py"), "--make"],
        PEER: list(program),
    }
    more = {OURS: [], PEER: [widths, qualities]}
    runs: Runs = {name: [] for name in commands}
    for number in range(rounds + 1):
        print(f"round {number}" if number else "warming up", flush=True)
        for name, command in commands.items():
            out = folder / name
            shutil.rmtree(out, ignore_errors=True)
            out.mkdir()
            call = [*command, str(folder / "photos"), str(out), *more[name]]
            made = run(call, folder / "log", folder)
            if number:
                runs[name].append(made)
    return runs


def make(photos: Path, out: Path) -> None:
    """Our renditions of every photo in *photos*, by the jobs that a build hands to its workers."""
    from candlelight.make.renditions import make_renditions
    from candlelight.model import PhotoRecipe
    from candlelight.plan.pictures import RenditionJob, formats, rendition_widths
    from candlelight.read.photo import PhotoJob, read_photo

    recipe = PhotoRecipe()
    for path in sorted(photos.iterdir()):
        facts = read_photo(PhotoJob(str(photos), path.name)).facts
        assert facts, path
        widths = rendition_widths(facts.width, facts.height, recipe.widths)
        job = RenditionJob(
            str(photos), path.name, facts.digest, path.stem, widths, formats(recipe), str(out),
            recipe.max_pixels,
        )  # fmt: skip
        made = make_renditions(job)
        assert not made.problems, made.problems


def likenesses(folder: Path) -> dict[tuple[str, str], Likeness]:
    """What both made in *folder*, by kind of photo and format."""
    from PIL import Image

    found: dict[tuple[str, str], list[dict[str, tuple[float, int]]]] = {}
    for original in sorted((folder / "photos").iterdir()):
        for path in sorted((folder / OURS).glob(f"{original.stem}-*")):
            made: dict[str, tuple[float, int]] = {}
            with Image.open(path) as ours:
                wanted = reference(original, ours.size)
            for name in (OURS, PEER):
                with Image.open(folder / name / path.name) as opened:
                    likeness = ssim(wanted, opened.convert("RGB"))
                made[name] = (likeness, (folder / name / path.name).stat().st_size)
            kind = original.stem.partition("-")[0]
            found.setdefault((kind, path.suffix[1:]), []).append(made)
    return {key: summed(files) for key, files in found.items()}


def summed(files: Sequence[dict[str, tuple[float, int]]]) -> Likeness:
    """Of *files*, each with its SSIM and bytes by maker."""
    names = (OURS, PEER)
    return Likeness(
        {name: fmean(file[name][0] for file in files) for name in names},
        {name: sum(file[name][1] for file in files) for name in names},
    )


def heading(folder: Path, program: Sequence[str], rounds: int) -> Iterator[str]:
    """What was measured, with what, on what."""
    count = sum(1 for _ in (folder / "photos").iterdir())
    package = Path(program[-1]).parent / "node_modules" / "sharp" / "package.json"
    version = json.loads(package.read_text("utf-8"))["version"]
    yield f"**{count} photos**, {rounds} rounds, sharp {version}, {machine()}:"
    yield ""


def table(runs: Runs) -> Iterator[str]:
    """Medians, and ratios round by round with the least and the most."""
    ours, peer = runs[OURS], runs[PEER]
    yield f"| | {OURS} | {PEER} | ratio (least–most) | budget |"
    yield "|---|--:|--:|--:|--:|"
    for label, part, unit, form in (
        ("CPU", "cpu", 1, ".1f"), ("wall", "wall", 1, ".1f"), ("memory", "memory", 1e-6, ".0f"),
    ):  # fmt: skip
        one, other = ([getattr(run, part) * unit for run in both] for both in (ours, peer))
        sign = "MB" if part == "memory" else "s"
        cells = f"{median(one):{form}} {sign} | {median(other):{form}} {sign}"
        budget = f"≤ {BUDGETS[label]}" if label in BUDGETS else ""
        yield f"| {label} | {cells} | {ratio(one, other)} | {budget} |"
    yield ""


def likes(found: dict[tuple[str, str], Likeness]) -> Iterator[str]:
    """A line a kind of photo and format: how like the original, and how large."""
    yield f"| | SSIM {OURS} | {PEER} | loss | bytes, of {PEER}'s |"
    yield "|---|--:|--:|--:|--:|"
    for (kind, suffix), each in found.items():
        ours, peer = each.ssim[OURS], each.ssim[PEER]
        weight = each.bytes[OURS] / each.bytes[PEER]
        yield f"| {kind}, {suffix} | {ours:.4f} | {peer:.4f} | {peer - ours:+.4f} | {weight:.3f} |"
    yield f"| budget | | | ≤ {BUDGETS['loss']} | ≤ {BUDGETS['bytes']} |"


if __name__ == "__main__":
    sys.exit(main())
