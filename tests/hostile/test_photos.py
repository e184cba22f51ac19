"""A photo may claim what it likes: looking at it is cheap, making it is bounded, or it is refused."""

from __future__ import annotations

import io
import json
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from candlelight import decoding
from candlelight.read.photo import PhotoJob, read_photo
from tests.conftest import ROOT
from tests.hostile import checks, offenders

LIBRARIES = 50_000_000
"""Bytes of Python, Pillow and a worker's few megabytes of its own: 500 MB in all."""
REFUSED = ("lossless.webp", "claims.avif", "progressive.jpg", "progressive-cmyk.jpg", "scans.jpg")
"""Those that decoding would take more for than a worker may have."""
HEAVY = ("rgba.png", "interlaced.png", "rgba-16.png", "grey-16.png", "palette.png", "screen.gif")

TRY = """
import hashlib, json, sys
from pathlib import Path
from candlelight.make.renditions import RenditionJob, make_renditions
from candlelight.read.photo import PhotoJob, read_photo
from tools.fuzz import peak
folder, making = Path(sys.argv[1]), sys.argv[2] == "make"
said = {}
for path in sorted(folder.iterdir()):
    read = read_photo(PhotoJob(str(folder), path.name))
    problems = list(read.problems)
    if making:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        widths, formats = (480, 960, 1600), ("webp", "jpg")
        job = RenditionJob(str(folder), path.name, digest, path.stem, widths, formats, sys.argv[3], 10**8)
        problems += make_renditions(job).problems
    said[path.name] = [[one.code, one.place.path] for one in problems if one.severity == "error"]
print(json.dumps([peak(), said]))
"""


def tried(folder: Path, step: str, made: Path) -> tuple[int, dict[str, list[list[str]]]]:
    """The peak in megabytes of a process that takes all photos in *folder*, and its errors."""
    command = [sys.executable, "-c", TRY, str(folder), step, str(made)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
    megabytes, said = json.loads(done.stdout)
    return megabytes, said


def lay(folder: Path, *names: str) -> Path:
    folder.mkdir()
    for name in names:
        (folder / name).write_bytes(offenders.OFFENDERS[name]())
    return folder


needs_peak = pytest.mark.skipif(sys.platform == "win32", reason="Windows tells no peak")


@needs_peak
def test_looking_at_any_offender_decodes_nothing(tmp_path: Path) -> None:
    folder = lay(tmp_path / "photos", *offenders.OFFENDERS)
    started = time.process_time()
    megabytes, said = tried(folder, "look", tmp_path)
    assert time.process_time() - started < 20
    assert megabytes < 200
    for name, errors in said.items():
        assert [path for _, path in errors] in ([], [name])


@needs_peak
def test_a_worker_stays_within_its_memory_whatever_a_photo_claims(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    heavy = HEAVY if request.config.getoption("--long", default=False) else HEAVY[:1]
    folder = lay(tmp_path / "photos", *REFUSED, *heavy, "plain.jpg", "frames.gif", "ztxt.png")
    (tmp_path / "made").mkdir()
    megabytes, said = tried(folder, "make", tmp_path / "made")
    assert megabytes * 2**20 < decoding.MOST_MEMORY + LIBRARIES
    assert {name for name, errors in said.items() if errors} == set(REFUSED)


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_take_more_is_one_error_with_the_file_and_both_numbers(
    tmp_path: Path, name: str
) -> None:
    lay(tmp_path / "photos", name)
    found = read_photo(PhotoJob(str(tmp_path / "photos"), name))
    assert found.facts is None
    [problem] = found.problems
    assert (problem.code, problem.place.path) == ("photo-needs-memory", name)
    assert problem.given["file"] == name
    assert int(problem.given["needed"]) > int(problem.given["limit"]) == 450


def test_such_a_photo_keeps_its_story_back_and_leaves_the_others_alone(
    tmp_path: Path, quick: None
) -> None:
    neighbours = checks.Neighbours(tmp_path)
    neighbours.anthology.write("content/stories/bad/a.webp", offenders.webp(10_000))
    result = neighbours.check("---\ntitle: 坏\n---\n".encode())
    assert result.left_out == (checks.STORY,)
    assert result.codes == {"photo-needs-memory"}


def test_how_a_png_lies_is_told_from_behind_its_pixels_without_decoding_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    block = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, 6, 0, 0)
    picture = offenders.png("RGB", 8, last=offenders.chunk(b"eXIf", block))
    monkeypatch.setattr(Image.Image, "load", lambda self: pytest.fail("decoded"))
    with Image.open(io.BytesIO(picture)) as image:
        assert decoding.orientation(image, io.BytesIO(picture)) == 6


def test_a_plain_jpeg_of_any_size_is_decoded_small(tmp_path: Path) -> None:
    content = offenders.jpeg(progressive=False)
    with Image.open(io.BytesIO(content)) as image:
        image.draft(None, (480, 480))
        assert decoding.memory_needed(image, io.BytesIO(content)) < 10_000_000


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xd8", b"\xff" * 1000, b"\xff\xd8\xff\xc0\xff\xff", b"\xff\xc2\0\2"]
)
def test_a_head_that_breaks_off_claims_nothing(content: bytes) -> None:
    assert decoding._held_by_jpeg(io.BytesIO(content)) == 0
