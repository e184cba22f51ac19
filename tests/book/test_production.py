import shutil
import subprocess
from pathlib import Path

import msgspec
import pikepdf
import pytest
from PIL import Image

from candlelight.book.finish import finish
from candlelight.book.inspect import Findings, findings
from candlelight.book.marks import MM, Box, crop_marks, sheet_around
from candlelight.book.production import (
    Production,
    Profile,
    Reason,
    UnfitProfile,
    read_profile,
    x4_reasons,
)
from tests.book.typeset import PRINT, for_print, photos, press, profile_bytes, typeset
from tests.outline import bookmarks


@pytest.fixture
def printed(tmp_path: Path) -> Path:
    """Two pages of 100 × 120 mm with photos in CMYK, finished for the press."""
    source = for_print(tmp_path / "set")
    return finish(source, photos(tmp_path / "files", "cmyk"), press(), tmp_path / "book.pdf").path


def mm(box: Box) -> tuple[float, ...]:
    return tuple(round(edge / MM, 1) for edge in box)


def test_a_printed_page_has_its_trim_its_bleed_and_room_for_marks(printed: Path) -> None:
    for page in findings(printed).pages:
        assert mm(page.trim) == (3, 3, 103, 123)
        assert mm(page.bleed) == (0, 0, 106, 126)
        assert mm(page.media) == (-7, -7, 113, 133)
        assert page.trim.size == (100, 120)


def test_without_marks_the_sheet_ends_with_the_bleed(tmp_path: Path) -> None:
    production = msgspec.structs.replace(press(), marks=False)
    finish(for_print(tmp_path / "set"), photos(tmp_path / "f", "cmyk"), production, tmp_path / "b")
    page = findings(tmp_path / "b").pages[0]
    assert page.media == page.bleed
    assert page.bleed.holds(page.trim)


@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="needs poppler-utils")
def test_marks_stand_at_the_corners_of_the_trim_outside_the_bleed(tmp_path: Path) -> None:
    body = "#place(top + left, dx: -40mm, dy: -40mm, rect(width: 300mm, height: 300mm, fill: red))"
    red = body.replace("red", "cmyk(0%,100%,100%,0%)")
    finish(for_print(tmp_path / "set", red), {}, press(), tmp_path / "book.pdf")
    subprocess.run(
        ["pdftoppm", "-r", "254", "-png", "-singlefile", tmp_path / "book.pdf", tmp_path / "seen"],
        check=True,
    )
    with Image.open(tmp_path / "seen.png") as picture:
        page = picture.convert("RGB")

    def at(x: float, y: float) -> str:
        """The colour at x, y mm from the upper left corner of the trim."""
        spot = [page.getpixel((round((x + 10) * 10) + d, round((y + 10) * 10) + e))
                for d in (-1, 0, 1) for e in (-1, 0, 1)]  # fmt: skip
        if any(max(seen) < 150 for seen in spot):
            return "mark"
        return "red" if all(seen[1] < 120 for seen in spot) else "paper"

    for x, inward in ((0, -1), (100, 1)):
        assert [at(x, -d) for d in (2.5, 3.5, 4.5, 8.5, 9.5)] == [
            "red", "paper", "mark", "mark", "paper",
        ]  # fmt: skip
        assert [at(x, 120 + d) for d in (2.5, 3.5, 4.5, 8.5, 9.5)] == [
            "red", "paper", "mark", "mark", "paper",
        ]  # fmt: skip
        assert [at(x + inward * d, 0) for d in (2.5, 3.5, 4.5, 8.5)] == [
            "red", "paper", "mark", "mark",
        ]  # fmt: skip
    assert at(50, -6) == "paper"


def test_marks_are_drawn_in_black_alone_so_that_a_page_of_text_stays_a_page_in_one_ink() -> None:
    trim = Box(10, 10, 110, 110)
    drawing = crop_marks(trim, trim.grown(8)).split()
    assert drawing.count(b"m") == drawing.count(b"l") == 8
    assert b"0 0 0 1 K" in b" ".join(drawing)
    assert sheet_around(trim.grown(8)).holds(trim.grown(8 + 6 * MM))


def test_a_printed_file_has_no_ink_that_the_press_has_not(printed: Path) -> None:
    found = findings(printed)
    assert found.colours == {"K", "CMYK"}
    assert found.text_colours == {"K"}
    assert all(page.colours == ("K",) for page in found.pages)
    assert {image.colour for image in found.images.values()} == {"CMYK"}
    assert not any(page.transparency for page in found.pages)


def test_paper_has_no_links_and_nothing_for_a_voice_to_read(tmp_path: Path) -> None:
    source = typeset(tmp_path / "set", standards="1.6", bleed=3, tags=True)
    finish(source, photos(tmp_path / "f", "cmyk"), press(), tmp_path / "book.pdf")
    found = findings(tmp_path / "book.pdf")
    assert not found.tagged
    assert not any(page.annotations for page in found.pages)
    assert [bookmark.page for bookmark in bookmarks(tmp_path / "book.pdf")] == [1, 2]


def test_a_file_with_all_that_the_standard_asks_is_tagged_with_it(printed: Path) -> None:
    found = findings(printed)
    assert x4_reasons(found) == []
    assert found.claims == ("PDF/X-4",)
    assert found.version == "1.6"
    assert [(i.kind, i.inks, i.condition) for i in found.intents] == [("GTS_PDFX", 4, "Custom")]
    with pikepdf.open(printed, attempt_recovery=False) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert pdf.docinfo.Trapped == pikepdf.Name("/False")
        xmp = pdf.open_metadata()
        assert xmp["pdfxid:GTS_PDFXVersion"] == "PDF/X-4"
        assert xmp["pdf:Trapped"] == "False"
        assert xmp["xmp:MetadataDate"] == xmp["xmp:ModifyDate"]
        assert xmp["dc:title"] == str(pdf.docinfo.Title)


def test_a_file_that_lacks_something_is_not_tagged_and_says_why(tmp_path: Path) -> None:
    source = for_print(tmp_path / "set")
    reports = {
        "rgb": finish(source, photos(tmp_path / "f", "rgb"), press(), tmp_path / "rgb.pdf"),
        "bare": finish(source, photos(tmp_path / "f", "cmyk"), PRINT, tmp_path / "bare.pdf"),
    }
    assert reports["rgb"].against == (Reason("colour", "RGB"),)
    assert reports["bare"].against == (Reason("no-intent"),)
    for report in reports.values():
        assert findings(report.path).claims == ()
        assert report.found == findings(report.path)
        assert b"GTS_PDFXVersion" not in report.path.read_bytes()


def test_a_newer_pdf_or_one_without_a_date_is_not_tagged(tmp_path: Path) -> None:
    source = typeset(tmp_path / "set", "x", standards="1.7", bleed=3, ink="cmyk(0%,0%,0%,100%)")
    assert finish(source, {}, press(), tmp_path / "a.pdf").against == (Reason("version"),)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"encrypted": True}, "encrypted"),
        ({"has_id": False}, "no-id"),
        ({"active": ("/AcroForm",)}, "active"),
        ({"metadata": {}}, "no-title"),
        ({"metadata": {}}, "no-dates"),
        ({"metadata": {"info_trapped": "/False", "trapped": "True"}}, "not-trapped"),
        ({"intents": ()}, "no-intent"),
    ],
)
def test_every_demand_of_the_standard_has_its_reason(
    printed: Path, change: dict[str, object], code: str
) -> None:
    found = msgspec.structs.replace(findings(printed), **change)
    assert code in {reason.code for reason in x4_reasons(found)}


def test_pages_are_named_that_lack_a_trim_or_have_a_note(printed: Path) -> None:
    found = findings(printed)
    first, second = found.pages
    bad = msgspec.structs.replace(
        second, has_trim=False, annotations=1, bleed=second.media.grown(9)
    )
    changed: Findings = msgspec.structs.replace(found, pages=(first, bad))
    assert x4_reasons(changed) == [
        Reason("no-trim", "2"), Reason("boxes", "2"), Reason("annotations", "2"),
    ]  # fmt: skip


def test_a_profile_is_read_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "press.icc").write_bytes(profile_bytes())
    profile = read_profile(tmp_path / "press.icc", "FOGRA39")
    assert profile == Profile(profile_bytes(), "A press that never was", "FOGRA39")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (profile_bytes(b"RGB ", b"mntr"), "RGB mntr"),
        (profile_bytes(b"CMYK", b"link"), "CMYK link"),
        (b"", "no ICC profile"),
        (b"\xff\xd8\xff" * 100, "no ICC profile"),
    ],
)
def test_what_is_not_the_profile_of_a_press_is_refused(
    tmp_path: Path, content: bytes, found: str
) -> None:
    (tmp_path / "x.icc").write_bytes(content)
    with pytest.raises(UnfitProfile) as refused:
        read_profile(tmp_path / "x.icc")
    assert refused.value.found == found


def test_a_known_condition_names_its_register(tmp_path: Path) -> None:
    production = Production(prints=True, profile=Profile(profile_bytes(), "x", "FOGRA39"))
    finish(for_print(tmp_path / "set", "x"), {}, production, tmp_path / "book.pdf")
    with pikepdf.open(tmp_path / "book.pdf") as pdf:
        intent = pdf.Root.OutputIntents[0]
        assert intent.OutputConditionIdentifier == "FOGRA39"
        assert intent.RegistryName == "http://www.color.org"
        assert bytes(intent.DestOutputProfile.read_bytes()) == profile_bytes()


def test_the_same_book_for_print_has_the_same_bytes(tmp_path: Path, printed: Path) -> None:
    source = for_print(tmp_path / "set")
    again = finish(source, photos(tmp_path / "files", "cmyk"), press(), tmp_path / "again.pdf")
    assert again.path.read_bytes() == printed.read_bytes()
