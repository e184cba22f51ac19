import io
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from candlelight.book import finish as finishing
from candlelight.book.finish import PrintFile, UnfitPhoto, finish, placeholder
from candlelight.book.inspect import findings
from candlelight.book.jpeg import NotAJpeg, frame_of
from candlelight.book.production import READING
from candlelight.book.splice import Body, FromDisk, UnexpectedPdf, spliced, table_of
from tests.book.typeset import images_of, photos, typeset
from tests.outline import bookmarks


@pytest.fixture
def book(tmp_path: Path) -> bytes:
    return typeset(tmp_path / "set")


def test_every_photo_goes_in_as_the_very_bytes_of_its_file(tmp_path: Path, book: bytes) -> None:
    files = photos(tmp_path / "files")
    finished = finish(book, files, READING, tmp_path / "book.pdf")
    with images_of(finished.path) as images:
        assert set(images) == {"p1", "p2"}
        for key, image in images.items():
            assert image.read_raw_bytes() == files[key].path.read_bytes()
            assert (image.Filter, image.Width, image.Height) == ("/DCTDecode", 900, 600)
            assert image.ColorSpace == "/DeviceRGB"
    assert finished.photos == 2
    assert finished.size == finished.path.stat().st_size


def test_a_photo_shown_twice_is_in_the_file_once(tmp_path: Path, book: bytes) -> None:
    files = photos(tmp_path / "files")
    finish(book, files, READING, tmp_path / "book.pdf")
    assert (tmp_path / "book.pdf").read_bytes().count(files["p1"].path.read_bytes()) == 1
    shown = [one.page for one in findings(tmp_path / "book.pdf").placed]
    assert shown == [1, 2, 2]


@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="needs poppler-utils")
def test_photos_are_seen_upright_and_in_their_colours(tmp_path: Path, book: bytes) -> None:
    for ink in ("rgb", "cmyk"):
        finish(book, photos(tmp_path / "files", ink), READING, tmp_path / f"{ink}.pdf")
        left, right = _seen(tmp_path / f"{ink}.pdf", (20, 40), (65, 40))
        assert left[0] > 200
        assert max(left[1:]) < 80
        assert min(right) > 240


def test_a_cmyk_jpeg_with_adobes_mark_is_read_upside_down(tmp_path: Path, book: bytes) -> None:
    files = photos(tmp_path / "files", "cmyk")
    assert frame_of(files["p1"].path).inverted
    finish(book, files, READING, tmp_path / "book.pdf")
    with images_of(tmp_path / "book.pdf") as images:
        assert images["p1"].ColorSpace == "/DeviceCMYK"
        assert list(images["p1"].Decode) == [1, 0] * 4


def test_a_grey_photo_stays_grey(tmp_path: Path, book: bytes) -> None:
    finish(book, photos(tmp_path / "files", "grey"), READING, tmp_path / "book.pdf")
    with images_of(tmp_path / "book.pdf") as images:
        assert images["p1"].ColorSpace == "/DeviceGray"
        assert "/Decode" not in images["p1"]


def test_the_same_input_gives_the_same_bytes_and_another_photo_another_id(
    tmp_path: Path, book: bytes
) -> None:
    files = photos(tmp_path / "files")
    for name in ("a", "b"):
        finish(book, dict(sorted(files.items(), reverse=name == "b")), READING, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    finish(book, files | {"p1": files["p3"]}, READING, tmp_path / "c")
    first, other = pikepdf.open(tmp_path / "a").trailer.ID, pikepdf.open(tmp_path / "c").trailer.ID
    assert bytes(first[0]) == bytes(other[0])
    assert bytes(first[1]) != bytes(other[1])


@pytest.mark.parametrize(
    "standards", [pytest.param(["a-2b"], id="A-2b"), ["ua-1"], ["a-2b", "ua-1"], ["1.7"]]
)
def test_what_typst_says_of_its_file_is_still_there(tmp_path: Path, standards: list[str]) -> None:
    book = typeset(tmp_path / "set", standards=standards)
    (tmp_path / "before.pdf").write_bytes(book)
    finish(book, photos(tmp_path / "files"), READING, tmp_path / "after.pdf")
    before, after = (findings(tmp_path / f"{name}.pdf") for name in ("before", "after"))
    for fact in (
        "version",
        "claims",
        "metadata",
        "language",
        "intents",
        "fonts",
        "tagged",
        "pages",
    ):
        assert getattr(after, fact) == getattr(before, fact)
    assert after.tagged
    assert after.language == "zh-CN"
    assert ("PDF/A-2B" in after.claims) == ("a-2b" in standards)
    assert ("PDF/UA-1" in after.claims) == ("ua-1" in standards)
    assert [(b.title, b.page, b.level) for b in bookmarks(tmp_path / "after.pdf")] == [
        ("One", 1, 1), ("Two", 2, 2),
    ]  # fmt: skip
    assert after.pages[0].annotations == 1


def test_an_archive_file_shows_its_photos_in_the_colours_of_its_intent(tmp_path: Path) -> None:
    book = typeset(tmp_path / "set", standards=["a-2b", "ua-1"], ink='rgb("#111111")')
    finish(book, photos(tmp_path / "files"), READING, tmp_path / "book.pdf")
    found = findings(tmp_path / "book.pdf")
    assert [(intent.kind, intent.inks) for intent in found.intents] == [("GTS_PDFA1", 3)]
    assert found.colours == {"RGB"}
    assert not any(page.transparency for page in found.pages)


def test_the_metadata_and_the_old_kind_of_it_say_the_same(tmp_path: Path, book: bytes) -> None:
    finish(book, photos(tmp_path / "files"), READING, tmp_path / "book.pdf")
    with pikepdf.open(tmp_path / "book.pdf") as pdf:
        info = pdf.docinfo
        xmp = pdf.open_metadata()
        assert str(info.Title) == xmp["dc:title"] == "烛光"
        assert [str(info.Author)] == xmp["dc:creator"] == ["甲"]
        assert str(info.CreationDate)[2:10] == xmp["xmp:CreateDate"][:10].replace("-", "")
        assert str(info.Creator) == xmp["xmp:CreatorTool"]


def test_a_finished_file_has_no_damage_that_a_reader_would_mend(
    tmp_path: Path, book: bytes
) -> None:
    finish(book, photos(tmp_path / "files"), READING, tmp_path / "book.pdf")
    with pikepdf.open(tmp_path / "book.pdf", attempt_recovery=False) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_a_photo_that_is_not_there_leaves_the_old_book_as_it_was(
    tmp_path: Path, book: bytes
) -> None:
    (tmp_path / "book.pdf").write_bytes(b"the old one")
    files = photos(tmp_path / "files")
    del files["p2"]
    with pytest.raises(UnfitPhoto) as refused:
        finish(book, files, READING, tmp_path / "book.pdf")
    assert refused.value.key == "p2"
    assert (tmp_path / "book.pdf").read_bytes() == b"the old one"
    assert {path.name for path in tmp_path.iterdir()} == {"book.pdf", "files", "set"}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"width": 901}, "900×600"),
        ({"ink": "cmyk"}, "3 inks"),
        ({"path": Path("nowhere.jpg")}, "nowhere.jpg"),
    ],
)
def test_a_photo_must_be_what_it_was_said_to_be(
    tmp_path: Path, book: bytes, change: dict[str, object], says: str
) -> None:
    files = photos(tmp_path / "files")
    one = files["p1"]
    facts = {"path": one.path, "width": one.width, "height": one.height, "ink": one.ink} | change
    with pytest.raises(UnfitPhoto, match=says):
        finish(book, files | {"p1": PrintFile(**facts)}, READING, tmp_path / "book.pdf")  # type: ignore[arg-type]


def test_a_disk_that_fails_half_way_leaves_the_old_book_and_no_litter(
    tmp_path: Path, book: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "book.pdf").write_bytes(b"the old one")

    def pieces(*_given: object) -> Iterator[bytes]:
        yield b"%PDF-1.7"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(finishing, "spliced", pieces)
    with pytest.raises(OSError, match="No space"):
        finish(book, photos(tmp_path / "files"), READING, tmp_path / "book.pdf")
    assert (tmp_path / "book.pdf").read_bytes() == b"the old one"
    assert not list(tmp_path.glob(".*"))


def test_a_photo_that_grows_while_it_is_copied_is_refused(tmp_path: Path, book: bytes) -> None:
    path = tmp_path / "p.jpg"
    path.write_bytes(b"12345")
    with pytest.raises(UnexpectedPdf, match="changed"):
        list(spliced(book, {1: FromDisk(b"", path, 4)}, {"Root": "1 0 R"}))


def test_every_object_is_where_the_new_table_says(tmp_path: Path, book: bytes) -> None:
    path = tmp_path / "p.jpg"
    path.write_bytes(bytes(3_000_000))
    places = table_of(book).places
    numbers = sorted(number for _, _, number in places)
    added = numbers[-1] + 2
    changed: dict[int, Body] = dict.fromkeys(numbers[::3], b"<</Long(" + b"x" * 20_000 + b")>>")
    changed |= {numbers[1]: FromDisk(b"/A 1", path, 3_000_000), added: b"null"}
    # A piece holds until the next is asked for.
    made = b"".join(bytes(piece) for piece in spliced(book, changed, {"Root": "1 0 R"}))
    old = {number: book[start:end] for start, end, number in places}
    new = {number: made[start:end] for start, end, number in table_of(made).places}
    assert new.keys() == {*numbers, added}
    for number, there in new.items():
        assert there.startswith(b"%d 0 obj" % number)
        if number not in changed:
            assert there == old[number]
    assert new[numbers[1]].endswith(bytes(3_000_000) + b"\nendstream\nendobj\n\n")


def test_a_file_of_another_kind_is_not_touched(book: bytes) -> None:
    modern = io.BytesIO()
    with pikepdf.open(io.BytesIO(book)) as pdf:
        pdf.save(modern, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    for other in (modern.getvalue(), b"", b"%PDF-1.7\n"):
        with pytest.raises(UnexpectedPdf):
            table_of(other)


def test_a_stand_in_is_a_small_picture_that_spells_its_key() -> None:
    for key in ("p1", "0123456789abcdef", "故事/照片 1"):
        image = Image.open(io.BytesIO(placeholder(key)))
        assert image.mode == "L"
        assert image.tobytes().decode() == f"PhotoId {key}"
        assert len(placeholder(key)) < 200


def test_the_head_of_a_jpeg_tells_its_size_and_inks(tmp_path: Path) -> None:
    for mode, components in (("L", 1), ("RGB", 3), ("CMYK", 4)):
        for progressive in (False, True):
            path = tmp_path / "one.jpg"
            profile = bytes(100_000) if mode == "RGB" else None
            Image.new(mode, (31, 17)).save(path, progressive=progressive, icc_profile=profile)
            frame = frame_of(path)
            assert frame[:3] == (31, 17, components)
            assert frame.inverted == (mode == "CMYK")


@pytest.mark.parametrize("content", [b"", b"\xff\xd8", b"\x89PNG\r\n", b"\xff\xd8\xff\xda\x00\x02"])
def test_what_is_no_jpeg_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "one.jpg"
    path.write_bytes(content)
    with pytest.raises(NotAJpeg):
        frame_of(path)


def test_photos_never_lie_in_memory_together(tmp_path: Path) -> None:
    """120 photos of 1 MB take their way through a process that grows by less than 30 MB."""
    pytest.importorskip("resource")
    pages = "#for i in range(120) [#photo(str(i)) #pagebreak(weak: true)]"
    (tmp_path / "set" / "photos").mkdir(parents=True)
    for number in range(120):
        (tmp_path / "set" / "photos" / f"{number}.png").write_bytes(placeholder(str(number)))
    (tmp_path / "book.bytes").write_bytes(typeset(tmp_path / "set", pages))
    one = next(iter(photos(tmp_path / "files").values())).path
    with one.open("ab") as file:
        file.write(bytes(1_000_000))
    script = (
        "import resource, sys; from pathlib import Path\n"
        "from candlelight.book.finish import *; from candlelight.book.production import READING\n"
        "peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "source = Path(sys.argv[1]).read_bytes(); before = peak()\n"
        "photo = PrintFile(Path(sys.argv[2]), 900, 600, 'rgb')\n"
        "finish(source, {str(n): photo for n in range(120)}, READING, Path(sys.argv[3]))\n"
        "print(peak() - before)"
    )
    arguments = (tmp_path / "book.bytes", one, tmp_path / "book.pdf")
    root = Path(finishing.__file__).parents[2]
    ran = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        capture_output=True, text=True, check=True, cwd=root,
    )  # fmt: skip
    assert (tmp_path / "book.pdf").stat().st_size > 120_000_000
    unit = 1024 if sys.platform == "linux" else 1
    assert int(ran.stdout) * unit < 30_000_000


def _seen(path: Path, *spots: tuple[int, int]) -> list[tuple[int, int, int]]:
    """The colours of the first page at *spots*, in millimetres from its upper left corner."""
    target = path.with_suffix("")
    subprocess.run(["pdftoppm", "-r", "25.4", "-png", "-singlefile", path, target], check=True)
    with Image.open(target.with_suffix(".png")) as page:
        shown = page.convert("RGB")
        return [shown.getpixel(spot) for spot in spots]  # type: ignore[misc]
