"""What photos are measured with: made-up ones that are the same for everybody, and a likeness."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image, ImageFilter

BENCH = Path(__file__).resolve().parent.parent / "bench"
SMALL = (200, 150)


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """``bench/photos.py``, which finds its neighbours as a script does."""
    monkeypatch.syspath_prepend(str(BENCH))
    before = set(sys.modules)
    import photos

    monkeypatch.setattr(sys.modules["camera"], "LEAVES", 200)
    yield photos
    for name in set(sys.modules) - before:
        if Path(getattr(sys.modules[name], "__file__", None) or "").parent == BENCH:
            del sys.modules[name]


def test_a_made_up_photo_is_as_a_phone_takes_it(bench: ModuleType) -> None:
    made = bench.made_up(3, SMALL)
    assert made == bench.made_up(3, SMALL) != bench.made_up(4, SMALL)
    photo = Image.open(io.BytesIO(made))
    assert (photo.format, photo.size) == ("JPEG", SMALL)
    assert photo.getexif()[0x0112] == 6
    assert photo.getexif().get_ifd(0x8825)


def test_likeness_is_one_for_the_same_and_less_the_more_is_lost(
    bench: ModuleType, tmp_path: Path
) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(bench.made_up(1, SMALL))
    wanted = bench.reference(path, (75, 100))
    found = [
        bench.ssim(wanted, wanted.filter(ImageFilter.GaussianBlur(blur))) for blur in (0, 0.5, 1, 4)
    ]
    assert found[0] == pytest.approx(1)
    assert found == sorted(found, reverse=True)
    assert found[-1] < 0.6


def test_our_renditions_are_those_of_a_build_and_are_compared_file_by_file(
    bench: ModuleType, tmp_path: Path
) -> None:
    bench.lay(tmp_path / "photos", 1, None, (1000, 600))
    for name in (bench.OURS, bench.PEER):
        (tmp_path / name).mkdir()
        bench.make(tmp_path / "photos", tmp_path / name)
    names = {path.name for path in (tmp_path / bench.OURS).iterdir()}
    assert names == {
        f"{kind}-0-{width}.{suffix}"
        for kind in ("leaves", "noise")
        for width in (480, 600)
        for suffix in ("webp", "jpg")
    }
    found = bench.likenesses(tmp_path)
    assert set(found) == {(kind, one) for kind in ("leaves", "noise") for one in ("webp", "jpg")}
    for each in found.values():
        assert each.ssim[bench.OURS] == each.ssim[bench.PEER] > 0.6
        assert each.bytes[bench.OURS] == each.bytes[bench.PEER]


def test_sharp_is_pinned_and_its_lock_file_is_not_kept() -> None:
    package = json.loads((BENCH / "sharp" / "package.json").read_text("utf-8"))
    assert set(package["dependencies"]["sharp"]) <= set("0123456789.")
    assert {path.name for path in (BENCH / "sharp").iterdir()} == {
        "package.json",
        "renditions.mjs",
    }
