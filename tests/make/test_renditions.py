"""Renditions: small, upright, sRGB, nothing but pixels; a bad photo is one problem that names it."""

import base64
import hashlib
import io
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from candlelight.make.renditions import RenditionJob, Renditions, make_renditions
from candlelight.model import Photo, PhotoFacts, PhotoRecipe
from candlelight.plan import pictures
from candlelight.plan.pictures import height_at, picture, rendition_job, rendition_widths

PAPER, RED, BLUE = (0xF7, 0xF1, 0xE5), (200, 40, 30), (30, 60, 200)
RECIPE = PhotoRecipe(widths=(40, 80, 160))


class Darkroom:
    """A source folder with one photo, and a folder for what is made of it."""

    def __init__(self, folder: Path) -> None:
        self.root, self.made = folder / "source", folder / "made"
        self.root.mkdir()
        self.made.mkdir()

    def keep(self, content: bytes, name: str = "photo.jpg") -> str:
        (self.root / name).write_bytes(content)
        return name

    def job(self, name: str, width: int, height: int, **recipe: Any) -> RenditionJob:
        digest = hashlib.sha256((self.root / name).read_bytes()).hexdigest()
        photo = Photo(name, PhotoFacts(digest, width, height, ""))
        chosen = msgspec.structs.replace(RECIPE, **recipe)
        return rendition_job(photo, chosen, str(self.root), str(self.made))

    def make(self, content: bytes, size: tuple[int, int], **recipe: Any) -> Renditions:
        return make_renditions(self.job(self.keep(content), *size, **recipe))

    def image(self, made: Renditions, ending: str) -> Image.Image:
        (name,) = [name for name, _, _ in made.files if name.endswith(ending)]
        with Image.open(self.made / name) as image:
            image.load()
            return image


@pytest.fixture
def darkroom(tmp_path: Path) -> Darkroom:
    return Darkroom(tmp_path)


def halves(width: int = 200, height: int = 120, mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    return image.convert(mode)


def saved(image: Image.Image, kind: str = "JPEG", **settings: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **settings)
    return out.getvalue()


def is_near(image: Image.Image, where: tuple[float, float], colour: tuple[int, ...]) -> bool:
    """Whether the pixel at *where* (0 to 1) has nearly that *colour*."""
    spot = int(where[0] * image.width), int(where[1] * image.height)
    pixel = image.convert("RGBA" if len(colour) == 4 else "RGB").getpixel(spot)
    assert isinstance(pixel, tuple)
    return all(abs(seen - meant) < 14 for seen, meant in zip(pixel, colour, strict=True))


def codes(made: Renditions) -> list[str]:
    return [problem.code for problem in made.problems]


def test_a_photo_is_made_in_every_width_and_format_that_was_promised(darkroom: Darkroom) -> None:
    made = darkroom.make(saved(halves()), (200, 120))
    key = made.key
    names = [f"{key}-{width}.{ext}" for width in (40, 80, 160) for ext in ("webp", "jpg")]
    assert [name for name, _, _ in made.files] == names
    assert sorted(names) == sorted(path.name for path in darkroom.made.iterdir())
    for name, size, _ in made.files:
        assert (darkroom.made / name).stat().st_size == size
        with Image.open(darkroom.made / name) as image:
            assert image.width == int(name.split("-")[1].split(".")[0])
            assert image.height == height_at(image.width, 200, 120)
            assert is_near(image, (0.2, 0.5), RED)
    assert made.problems == ()


def test_avif_is_made_where_the_site_asks_for_it(darkroom: Darkroom) -> None:
    made = darkroom.make(saved(halves()), (200, 120), avif=True)
    assert len(made.files) == 9
    assert is_near(darkroom.image(made, "-160.avif"), (0.8, 0.5), BLUE)


def test_the_page_knows_names_and_sizes_before_anything_is_made(darkroom: Darkroom) -> None:
    made = darkroom.make(saved(halves()), (200, 120))
    digest = hashlib.sha256((darkroom.root / "photo.jpg").read_bytes()).hexdigest()
    shown = picture(Photo("photo.jpg", PhotoFacts(digest, 200, 120, "JPEG")), RECIPE, "ug")
    assert {name for name, _, _ in made.files} == {
        pictures.rendition_name(shown.key, width, extension)
        for width in shown.widths
        for extension in shown.formats
    }
    assert (shown.width, shown.height) == darkroom.image(made, "-160.jpg").size
    assert shown.lang == "ug"


def test_the_same_photo_gives_the_same_bytes(darkroom: Darkroom) -> None:
    def bytes_of() -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in darkroom.made.iterdir()}

    first = darkroom.make(saved(halves()), (200, 120), avif=True)
    before = bytes_of()
    assert darkroom.make(saved(halves()), (200, 120), avif=True) == first
    assert bytes_of() == before


def test_a_job_and_its_result_travel_between_processes(darkroom: Darkroom) -> None:
    job = darkroom.job(darkroom.keep(saved(halves())), 200, 120)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(job), type=RenditionJob) == job
    made = make_renditions(job)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(made), type=Renditions) == made


def test_another_recipe_or_another_photo_has_another_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def key(digest: str = "d", **recipe: Any) -> str:
        return pictures.rendition_key(digest, PhotoRecipe(**recipe))

    keys = {key(), key("e"), key(avif=True), key(widths=(480,))}
    assert len(keys) == 4
    monkeypatch.setattr(pictures, "version_of", lambda library: "99")
    assert key() not in keys
    assert key(max_pixels=5) == key()


def test_a_photo_is_never_enlarged() -> None:
    recipe = (480, 960, 1600)
    assert rendition_widths(4000, 3000, recipe) == recipe
    assert rendition_widths(1600, 900, recipe) == recipe
    assert rendition_widths(1200, 900, recipe) == (480, 960, 1200)
    assert rendition_widths(1000, 900, recipe) == (480, 960)
    assert rendition_widths(300, 900, recipe) == (300,)
    assert rendition_widths(1, 1, recipe) == (1,)


def test_a_long_screenshot_stays_within_what_webp_can_hold() -> None:
    (width,) = rendition_widths(1080, 60_000, (480, 960))
    assert height_at(width, 1080, 60_000) <= 16_383


sizes = st.integers(1, 40_000)


@settings(deadline=None)
@given(sizes, sizes, st.lists(st.integers(1, 5000), min_size=1, max_size=5))
def test_widths_ascend_and_fit(width: int, height: int, recipe: list[int]) -> None:
    widths = rendition_widths(width, height, recipe)
    assert widths == tuple(sorted(set(widths)))
    assert widths[0] >= 1
    assert widths[-1] <= width
    assert all(height_at(each, width, height) >= 1 for each in widths)


# What cameras and chat apps leave in their files


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_every_orientation_is_made_upright(darkroom: Darkroom, orientation: int, kind: str) -> None:
    upright = halves(200, 120)
    upright.paste(PAPER, (0, 60, 100, 120))  # the lower left quarter
    inverse = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    turned = (
        upright.transpose(Image.Transpose(inverse[orientation])) if orientation > 1 else upright
    )
    exif = Image.Exif()
    exif[0x0112] = orientation
    made = darkroom.make(saved(turned, kind, exif=exif), (200, 120))
    image = darkroom.image(made, "-160.jpg")
    assert image.size == (160, 96)
    assert is_near(image, (0.25, 0.25), RED)
    assert is_near(image, (0.25, 0.75), PAPER)
    assert is_near(image, (0.75, 0.25), BLUE)
    assert is_near(image, (0.75, 0.75), BLUE)


def jpeg_segments(content: bytes) -> Iterator[int]:
    """The markers before the pixels."""
    at = 2
    while content[at + 1] != 0xDA:
        yield content[at + 1]
        at += 2 + int.from_bytes(content[at + 2 : at + 4])


def webp_chunks(content: bytes) -> Iterator[bytes]:
    at = 12
    while at < len(content):
        yield content[at : at + 4]
        (size,) = struct.unpack("<I", content[at + 4 : at + 8])
        at += 8 + size + size % 2


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_nothing_but_pixels_is_published(darkroom: Darkroom, kind: str) -> None:
    exif = Image.Exif()
    exif[0x010F] = "SECRET-CAMERA"
    exif.get_ifd(0x8825)[29] = "SECRET-GPS"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    given: dict[str, Any] = {"exif": exif, "icc_profile": profile}
    given |= {"comment": b"SECRET-COMMENT"} if kind == "JPEG" else {}
    given |= {"xmp": b"<x>SECRET-XMP</x>"} if kind != "PNG" else {}
    original = saved(halves(), kind, **given)
    assert b"SECRET" in original
    made = darkroom.make(original, (200, 120), avif=True)
    for name, _, _ in made.files:
        content = (darkroom.made / name).read_bytes()
        assert not any(word in content for word in (b"SECRET", b"Exif", b"<x>", b"ICC_PROFILE"))
        if name.endswith("jpg"):
            # JFIF, then tables and the frame: no further application data, no comment.
            assert set(jpeg_segments(content)) <= {0xE0, 0xDB, 0xC0, 0xC4}
        elif name.endswith("webp"):
            assert set(webp_chunks(content)) == {b"VP8 "}
        else:
            assert b"prof" not in content
    placeholder = base64.b64decode(made.placeholder.partition(",")[2])
    assert set(webp_chunks(placeholder)) == {b"VP8 "}


def test_colours_go_through_the_profile_of_the_photo(darkroom: Darkroom) -> None:
    # A profile that swaps red and blue could only be noticed if it is used.
    lab = ImageCms.createProfile("sRGB")
    swapped = bytearray(ImageCms.ImageCmsProfile(lab).tobytes())
    red, blue = swapped.index(b"rXYZ"), swapped.index(b"bXYZ")
    swapped[red : red + 4], swapped[blue : blue + 4] = b"bXYZ", b"rXYZ"
    made = darkroom.make(saved(halves(), icc_profile=bytes(swapped)), (200, 120))
    red_half = darkroom.image(made, "-160.jpg").getpixel((20, 20))
    assert isinstance(red_half, tuple)
    assert red_half[2] > red_half[0]
    assert made.problems == ()


def test_a_broken_profile_is_a_warning_and_the_photo_is_taken_for_srgb(darkroom: Darkroom) -> None:
    made = darkroom.make(saved(halves(), icc_profile=b"no profile at all" * 20), (200, 120))
    assert codes(made) == ["photo-profile"]
    assert is_near(darkroom.image(made, "-160.jpg"), (0.2, 0.5), RED)


def test_a_colour_profile_on_a_grey_photo_is_no_disaster(darkroom: Darkroom) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    made = darkroom.make(saved(Image.new("L", (200, 120), 99), icc_profile=profile), (200, 120))
    assert is_near(darkroom.image(made, "-160.jpg"), (0.5, 0.5), (99, 99, 99))


def test_printers_colours_and_greys_become_srgb(darkroom: Darkroom) -> None:
    made = darkroom.make(saved(halves(mode="CMYK")), (200, 120))
    image = darkroom.image(made, "-160.jpg")
    assert image.mode == "RGB"
    assert is_near(image, (0.2, 0.5), RED)


def test_sixteen_bit_grey_keeps_its_greys(darkroom: Darkroom) -> None:
    grey = Image.new("I;16", (200, 120), 128 * 257)
    made = darkroom.make(saved(grey, "PNG"), (200, 120))
    assert is_near(darkroom.image(made, "-160.jpg"), (0.5, 0.5), (128, 128, 128))


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB"])
def test_every_opaque_mode_of_a_png_works(darkroom: Darkroom, mode: str) -> None:
    made = darkroom.make(saved(halves(mode=mode), "PNG"), (200, 120))
    assert len(made.files) == 6
    assert darkroom.image(made, "-160.webp").mode == "RGB"


def see_through(mode: str) -> Image.Image:
    image = halves(mode="RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 100, 120))
    return image.convert(mode)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
@pytest.mark.parametrize("width", [200, 1200])
def test_transparency_shows_the_paper_in_jpeg_and_is_kept_in_webp(
    darkroom: Darkroom, mode: str, width: int
) -> None:
    image = see_through(mode).resize((width, width * 3 // 5), Image.Resampling.NEAREST)
    made = darkroom.make(saved(image, "PNG"), image.size)
    assert is_near(darkroom.image(made, "-160.jpg"), (0.2, 0.5), PAPER)
    assert is_near(darkroom.image(made, "-160.webp"), (0.2, 0.5), (0, 0, 0, 0))
    assert made.placeholder == ""


def test_a_screenshot_whose_alpha_hides_nothing_is_opaque(darkroom: Darkroom) -> None:
    made = darkroom.make(saved(halves(mode="RGBA"), "PNG"), (200, 120))
    assert darkroom.image(made, "-160.webp").mode == "RGB"
    assert made.placeholder.startswith("data:image/webp;base64,")
    assert len(made.placeholder) < 300


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_of_an_animation_the_first_picture_is_shown_and_said_so(
    darkroom: Darkroom, kind: str
) -> None:
    second = Image.new("RGB", (200, 120), (0, 0, 0))
    moving = saved(halves(), kind, save_all=True, append_images=[second])
    made = darkroom.make(moving, (200, 120))
    assert codes(made) == ["photo-animated"]
    assert is_near(darkroom.image(made, "-160.jpg"), (0.2, 0.5), RED)


def test_of_several_jpegs_in_one_file_the_first_is_the_photo(darkroom: Darkroom) -> None:
    several = saved(halves(), "MPO", save_all=True, append_images=[Image.new("RGB", (200, 120))])
    made = darkroom.make(several, (200, 120))
    assert is_near(darkroom.image(made, "-160.jpg"), (0.2, 0.5), RED)
    assert made.problems == ()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_a_large_image_looks_the_same_whether_it_is_reduced_in_strips(
    darkroom: Darkroom, kind: str, mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if kind == "JPEG" and mode == "RGBA":
        return
    from candlelight.make import renditions_decode

    large = saved(halves(1300, 780, mode), kind)
    whole = darkroom.make(large, (1300, 780))
    before = darkroom.image(whole, "-160.webp").tobytes()
    monkeypatch.setattr(renditions_decode, "_STRIP", 20_000)
    assert darkroom.image(darkroom.make(large, (1300, 780)), "-160.webp").tobytes() == before


# What goes wrong


def is_refused(made: Renditions, darkroom: Darkroom) -> bool:
    """One error that names the file, and nothing left behind."""
    (problem,) = made.problems
    nothing = not made.files and not made.placeholder and not list(darkroom.made.iterdir())
    return nothing and problem.severity == "error" and problem.given["file"] == "photo.jpg"


def noisy(kind: str) -> bytes:
    image = Image.effect_noise((400, 300), 60).convert("RGB")
    return saved(image, kind)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
@pytest.mark.parametrize("part", [0.0, 0.001, 0.02, 0.3, 0.6, 0.97])
def test_a_photo_that_was_cut_off_is_refused(darkroom: Darkroom, kind: str, part: float) -> None:
    content = noisy(kind)
    made = darkroom.make(content[: int(part * len(content))], (400, 300))
    assert codes(made) == ["photo-broken"]
    assert is_refused(made, darkroom)


def test_a_photo_whose_second_half_is_empty_is_refused(darkroom: Darkroom) -> None:
    content = noisy("JPEG")
    half = content[: len(content) // 2]
    made = darkroom.make(half.ljust(len(content), b"\0"), (400, 300))
    assert codes(made) == ["photo-broken"]
    assert is_refused(made, darkroom)


def test_zeros_after_the_end_of_a_whole_photo_do_no_harm(darkroom: Darkroom) -> None:
    assert darkroom.make(noisy("JPEG") + bytes(5000), (400, 300)).problems == ()


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.7", b"BM" + bytes(100), b"\xff\xd8"])
def test_what_is_no_photo_is_refused(darkroom: Darkroom, content: bytes) -> None:
    made = darkroom.make(content, (400, 300))
    assert codes(made) == ["photo-broken"]
    assert is_refused(made, darkroom)


@settings(deadline=None)
@given(st.data())
def test_any_damage_is_a_problem_or_a_photo_but_never_an_exception(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    darkroom = Darkroom(tmp_path_factory.mktemp("damage"))
    content = bytearray(data.draw(st.sampled_from(_SAMPLES)))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    made = darkroom.make(bytes(content), (60, 40))
    assert bool(made.files) != any(problem.severity == "error" for problem in made.problems)


_SAMPLES = [saved(halves(60, 40), kind) for kind in ("JPEG", "PNG", "WEBP", "GIF", "AVIF")]


def test_too_many_pixels_are_refused_with_their_number(darkroom: Darkroom) -> None:
    made = darkroom.make(saved(halves()), (200, 120), max_pixels=23_999)
    assert codes(made) == ["photo-too-large"]
    assert made.problems[0].given["pixels"] == "24,000"
    assert made.problems[0].given["limit"] == "23,999"
    assert is_refused(made, darkroom)


def test_a_decompression_bomb_is_refused_before_it_is_unpacked(darkroom: Darkroom) -> None:
    header = saved(Image.new("1", (8, 8)), "PNG")
    huge = header[:16] + struct.pack(">II", 300_000, 300_000) + header[24:]
    import zlib

    huge = huge[:29] + struct.pack(">I", zlib.crc32(huge[12:29])) + huge[33:]
    made = darkroom.make(huge, (300_000, 300_000), max_pixels=100_000_000)
    assert codes(made) == ["photo-too-large"]
    assert made.problems[0].given["pixels"] == "90,000,000,000"


def change(path: Path) -> None:
    path.write_bytes(saved(halves(90, 90)))


@pytest.mark.parametrize("happens", [change, Path.unlink])
def test_a_photo_that_changed_since_it_was_read_is_said_so(
    darkroom: Darkroom, happens: Callable[[Path], object]
) -> None:
    job = darkroom.job(darkroom.keep(saved(halves())), 200, 120)
    happens(darkroom.root / "photo.jpg")
    made = make_renditions(job)
    assert codes(made) == ["photo-changed"]
    assert is_refused(made, darkroom)


def test_a_disk_that_cannot_be_written_is_no_problem_of_the_content(darkroom: Darkroom) -> None:
    job = darkroom.job(darkroom.keep(saved(halves())), 200, 120)
    with pytest.raises(OSError, match=r"[Nn]o such file|cannot find"):
        make_renditions(msgspec.structs.replace(job, folder=str(darkroom.made / "gone")))
