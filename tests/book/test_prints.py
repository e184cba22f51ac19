"""Prints: as large as the book shows a photo, in the book's inks; a bad photo is one problem."""

import hashlib
import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image, ImageCms

from candlelight.book import prints
from candlelight.book.prints import (
    Inks,
    Print,
    make_print,
    print_job,
    print_widths,
    profile_problem,
)
from candlelight.book.sheets import Cell, Plate
from candlelight.model import Photo, PhotoFacts
from candlelight.problems import Place

RED, BLUE = (200, 40, 30), (30, 60, 200)
PROFILES = Path(__file__).resolve().parents[2] / "assets" / "icc"
SITE = Place("site.yaml")
RGB = Inks()


@pytest.fixture
def cmyk() -> Inks:
    profile = next(PROFILES.glob("*.icc"))
    return Inks("cmyk", str(profile), hashlib.sha256(profile.read_bytes()).hexdigest())


def picture(width: int = 600, height: int = 400, mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right, a white corner at the left, a black one at the right."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    image.paste("white", (0, height * 3 // 4, width // 4, height))
    image.paste("black", (width * 3 // 4, height * 3 // 4, width, height))
    return image.convert(mode)


def saved(image: Image.Image, kind: str = "JPEG", **settings: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **settings)
    return out.getvalue()


def photo(
    folder: Path, content: bytes, width: int = 600, height: int = 400, name: str = "门口.jpg"
) -> Photo:
    (folder / name).write_bytes(content)
    return Photo(name, PhotoFacts(hashlib.sha256(content).hexdigest(), width, height, ""))


def made(folder: Path, one: Photo, needed: int = 300, inks: Inks = RGB) -> Print:
    (folder / "prints").mkdir(exist_ok=True)
    return make_print(print_job(one, needed, inks, str(folder), str(folder / "prints"), 10**8))


def opened(folder: Path, one: Print) -> Image.Image:
    with Image.open(folder / "prints" / one.file) as image:
        image.load()
        return image


def is_near(seen: object, meant: tuple[int, ...], by: int = 40) -> bool:
    assert isinstance(seen, tuple)
    return all(abs(a - b) <= by for a, b in zip(seen, meant, strict=True))


def test_a_print_is_as_large_as_its_place_and_never_larger_than_its_photo(tmp_path: Path) -> None:
    original = photo(tmp_path, saved(picture()))
    small, whole = made(tmp_path, original, 300), made(tmp_path, original, 2256)
    assert (small.width, small.height, whole.width, whole.height) == (300, 200, 600, 400)
    assert opened(tmp_path, small).size == (300, 200)
    assert (tmp_path / "prints" / small.file).stat().st_size == small.size


def test_a_print_for_the_screen_is_upright_rgb_with_nothing_but_pixels(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "camera"
    lying = picture().transpose(Image.Transpose.ROTATE_90)
    original = photo(tmp_path, saved(lying, exif=exif.tobytes(), comment=b"secret"))
    image = opened(tmp_path, made(tmp_path, original))
    assert (image.mode, image.size) == ("RGB", (300, 200))
    assert is_near(image.getpixel((30, 30)), RED)
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_print_in_one_ink_is_grey(tmp_path: Path) -> None:
    image = opened(tmp_path, made(tmp_path, photo(tmp_path, saved(picture())), inks=Inks("grey")))
    assert image.mode == "L"
    assert image.getpixel((20, 190)) == pytest.approx(255, abs=3)
    assert image.getpixel((290, 190)) == pytest.approx(0, abs=3)


def test_a_print_in_four_inks_goes_through_the_profile(tmp_path: Path, cmyk: Inks) -> None:
    image = opened(tmp_path, made(tmp_path, photo(tmp_path, saved(picture())), inks=cmyk))
    assert image.mode == "CMYK"
    assert set(image.info) <= {"adobe", "adobe_transform"}
    assert is_near(image.getpixel((20, 190)), (0, 0, 0, 0), 6)  # paper takes no ink
    cyan, magenta, yellow, _ = image.getpixel((30, 30))  # type: ignore[misc]
    assert cyan < 120
    assert min(magenta, yellow) > 200
    black = image.getpixel((290, 190))
    assert isinstance(black, tuple)
    assert black[3] >= 200
    assert sum(black) < 3.4 * 255


@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="needs poppler")
def test_four_inks_are_what_they_were_when_the_pdf_says_how_they_are_written(
    tmp_path: Path, cmyk: Inks
) -> None:
    one = made(tmp_path, photo(tmp_path, saved(picture())), inks=cmyk)
    with pikepdf.new() as pdf:
        stream = pikepdf.Stream(
            pdf,
            (tmp_path / "prints" / one.file).read_bytes(),
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=one.width,
            Height=one.height,
            ColorSpace=pikepdf.Name.DeviceCMYK,
            BitsPerComponent=8,
            Filter=pikepdf.Name.DCTDecode,
            Decode=[1, 0] * 4,
        )
        page = pdf.add_blank_page(page_size=(one.width, one.height))
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=pdf.make_indirect(stream)))
        page.Contents = pdf.make_stream(b"%d 0 0 %d 0 0 cm /P Do" % (one.width, one.height))
        pdf.save(tmp_path / "page.pdf")
    subprocess.run(
        ["pdftoppm", "-r", "72", "-png", tmp_path / "page.pdf", tmp_path / "seen"], check=True
    )
    with Image.open(tmp_path / "seen-1.png") as seen:
        assert is_near(seen.getpixel((30, 30)), RED, 60)
        assert is_near(seen.getpixel((270, 30)), BLUE, 60)
        assert is_near(seen.getpixel((20, 190)), (255, 255, 255), 8)
        assert is_near(seen.getpixel((290, 190)), (20, 20, 20), 30)


def test_paper_shows_through_where_a_photo_is_transparent(tmp_path: Path) -> None:
    clear = Image.new("RGBA", (600, 400), (0, 0, 0, 0))
    image = opened(tmp_path, made(tmp_path, photo(tmp_path, saved(clear, "PNG"))))
    assert image.getpixel((150, 100)) == (255, 255, 255)


@pytest.mark.parametrize("ink", ["rgb", "grey", "cmyk"])
def test_the_same_photo_gives_the_same_bytes(tmp_path: Path, ink: str, cmyk: Inks) -> None:
    inks = cmyk if ink == "cmyk" else Inks(ink)
    original = photo(tmp_path, saved(picture()))
    first = made(tmp_path, original, inks=inks)
    content = (tmp_path / "prints" / first.file).read_bytes()
    (tmp_path / "prints" / first.file).unlink()
    assert made(tmp_path, original, inks=inks) == first
    assert (tmp_path / "prints" / first.file).read_bytes() == content
    assert len(list((tmp_path / "prints").iterdir())) == 1


def test_all_that_shapes_a_print_shapes_its_name() -> None:
    recipes = [("a", 300, Inks()), ("b", 300, Inks()), ("a", 301, Inks()), ("a", 300, Inks("grey"))]
    recipes += [("a", 300, Inks("cmyk", "x", "1")), ("a", 300, Inks("cmyk", "x", "2"))]
    assert len({prints.print_key(*recipe) for recipe in recipes}) == len(recipes)
    assert prints.print_key("a", 300, Inks("cmyk", "x", "1")) == prints.print_key(
        "a", 300, Inks("cmyk", "y", "1")
    )


def test_a_broken_photo_is_a_problem_that_names_it_and_leaves_no_file(tmp_path: Path) -> None:
    whole = saved(picture())
    one = made(tmp_path, photo(tmp_path, whole[: len(whole) // 2]))
    assert [(problem.code, problem.place.path) for problem in one.problems] == [
        ("photo-broken", "门口.jpg")
    ]
    assert (one.file, list((tmp_path / "prints").iterdir())) == ("", [])


def test_a_photo_that_is_gone_or_another_one_by_now_is_a_problem(tmp_path: Path) -> None:
    original = photo(tmp_path, saved(picture()))
    (tmp_path / "门口.jpg").write_bytes(b"other")
    assert [problem.code for problem in made(tmp_path, original).problems] == ["photo-changed"]
    (tmp_path / "门口.jpg").unlink()
    assert [problem.code for problem in made(tmp_path, original).problems] == ["photo-changed"]


def test_the_largest_of_several_places_decides() -> None:
    def plate(width: float, missing: str = "") -> Plate:
        cell = Cell("k" if not missing else "lost", width, width, missing=missing)
        return Plate("foot", 0, ((cell,),), width, width)

    places = [plate(63), plate(129.65), plate(85.2), plate(63, "门.jpg")]
    assert print_widths(places) == {"k": 1531}


def test_the_printers_profile_is_one_for_four_inks_or_an_error_that_names_it(
    tmp_path: Path, cmyk: Inks
) -> None:
    rgb, none = tmp_path / "rgb.icc", tmp_path / "none.icc"
    rgb.write_bytes(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    none.write_bytes(b"no profile at all")
    found = [
        profile_problem(path, path.name, SITE)
        for path in (Path(cmyk.profile), rgb, none, tmp_path / "gone.icc")
    ]
    assert [problem and (problem.code, problem.given["value"]) for problem in found] == [
        None,
        ("icc-not-cmyk", "rgb.icc"),
        ("icc-broken", "none.icc"),
        ("icc-missing", "gone.icc"),
    ]
