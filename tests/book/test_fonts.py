"""The faces of the book: kept, unpacked, proved, and enough for what people write."""

import io
import os
import shutil
import time
from pathlib import Path

import pytest
import typst
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from candlelight.book.fonts import ARABIC, EMOJI, KAI, SERIF, Faces, faces

ASSETS = Path(__file__).parents[2] / "assets" / "fonts"
KEPT = sorted(ASSETS.rglob("*.woff2"))


def opened(path: Path) -> TTFont:
    """The font in *path*, which is closed again."""
    return TTFont(io.BytesIO(path.read_bytes()))


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "文集 🕯"
    folder.mkdir()
    return folder


def draw_font(path: Path, family: str, characters: str) -> Path:
    """A font in which every one of *characters* is the same square."""
    pen = TTGlyphPen(None)
    for step, point in enumerate([(0, 0), (0, 700), (700, 700), (700, 0)]):
        (pen.lineTo if step else pen.moveTo)(point)
    pen.closePath()
    names = [".notdef", *(f"u{ord(character):X}" for character in characters)]
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder(names)
    font.setupCharacterMap(dict(zip(map(ord, characters), names[1:], strict=True)))
    font.setupGlyf(dict.fromkeys(names, pen.glyph()))
    font.setupHorizontalMetrics(dict.fromkeys(names, (1000, 0)))
    font.setupHorizontalHeader(ascent=880, descent=-120)
    font.setupNameTable({"familyName": family, "styleName": "Regular", "psName": family})
    font.setupOS2()
    font.setupPost()
    font.save(path)
    return path


def typst_faces(folder: Path) -> set[tuple[str, int]]:
    """Family and weight of all that Typst finds in *folder*, and nowhere else."""
    found = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
    )
    return {(font.family, font.weight) for font in found.fonts()}


# ---- What is kept --------------------------------------------------------------------------------


def test_typst_finds_the_serif_and_the_kai_in_two_weights_emoji_and_the_arabic_script(
    cache: Path,
) -> None:
    assert typst_faces(faces(cache, None)[0].folder) == {
        *((SERIF, 400), (SERIF, 700)),
        *((KAI, 400), (KAI, 700)),
        *((ARABIC, 400), (ARABIC, 700)),
        (EMOJI, 400),
    }


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.stem)
def test_a_kept_font_keeps_its_copyright_and_its_licence_lies_beside_it(kept: Path) -> None:
    names = opened(kept)["name"]
    holders = names.getDebugName(0).splitlines()
    licences = [path.read_text("utf-8") for path in ASSETS.rglob("OFL*.txt")]
    assert any(text.splitlines()[: len(holders)] == holders for text in licences)
    assert "SIL Open Font License" in names.getDebugName(13)
    assert "LXGW" not in names.getDebugName(1)


def test_the_kept_fonts_weigh_what_a_clone_can_bear() -> None:
    assert sum(path.stat().st_size for path in KEPT) < 12_000_000


@pytest.mark.parametrize("bold", [False, True])
def test_both_scripts_can_be_set_in_both_faces_and_weights(cache: Path, bold: bool) -> None:
    text = "乌鲁木齐社区志愿者，烏魯木齊社區誌願者；古丽娜孜·贾那提别克：“祎玥喆”（①）……——"
    for family in (SERIF, KAI):
        (path,) = (
            path
            for path in faces(cache, None)[0].files
            if opened(path)["name"].getDebugName(1) == family
            and (opened(path)["OS/2"].usWeightClass == 700) == bold
        )
        assert set(map(ord, text)) <= opened(path).getBestCmap().keys()


def test_uyghur_letters_join_and_an_emoji_of_several_is_one_glyph(cache: Path) -> None:
    found = {path.stem: opened(path) for path in faces(cache, None)[0].files}
    shaping = found["book-naskh"]["GSUB"].table.FeatureList.FeatureRecord
    assert {"init", "medi", "fina", "rlig"} <= {record.FeatureTag for record in shaping}
    assert set(map(ord, "ئۇيغۇرچەڭگۆۋېىپچژخ")) <= found["book-naskh"].getBestCmap().keys()
    assert "GSUB" in found["book-emoji"]
    assert set(map(ord, "🕯👍❤😷🎉")) <= found["book-emoji"].getBestCmap().keys()


# ---- Unpacking -----------------------------------------------------------------------------------


def test_the_second_call_unpacks_nothing(cache: Path) -> None:
    first = faces(cache, None)[0].folder
    stamps = [path.stat().st_mtime_ns for path in first.iterdir()]
    assert faces(cache, None)[0].folder == first
    assert [path.stat().st_mtime_ns for path in first.iterdir()] == stamps


def test_the_same_fonts_unpack_to_the_same_bytes(cache: Path, tmp_path: Path) -> None:
    one, other = faces(cache, None)[0], faces(tmp_path, None)[0]
    assert [path.name for path in one.files] == [path.name for path in other.files]
    assert [path.read_bytes() for path in one.files] == [path.read_bytes() for path in other.files]


def _cut(folder: Path) -> None:
    os.truncate(folder / "book-serif.ttf", 1000)


def _spoil(folder: Path) -> None:
    path = folder / "book-serif.ttf"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _lose(folder: Path) -> None:
    (folder / "wenkai.ttf").unlink()


def _add(folder: Path) -> None:
    shutil.copy(folder / "wenkai.ttf", folder / "stranger.ttf")


def _unmark(folder: Path) -> None:
    (folder / "whole.json").write_text("[", encoding="utf-8")


@pytest.mark.parametrize("damage", [_cut, _spoil, _lose, _add, _unmark])
def test_a_damaged_folder_is_made_again(cache: Path, tmp_path: Path, damage: object) -> None:
    whole = {path.name: path.read_bytes() for path in faces(cache, None)[0].folder.iterdir()}
    shutil.copytree(cache / "fonts", tmp_path / "fonts")
    folder = tmp_path / "fonts" / faces(cache, None)[0].folder.name
    assert callable(damage)
    damage(folder)
    assert faces(tmp_path, None)[0].folder == folder
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == whole
    assert [path.name for path in (tmp_path / "fonts").iterdir()] == [folder.name]


def test_what_other_fonts_left_in_the_cache_goes_after_a_day(tmp_path: Path) -> None:
    old, new = tmp_path / "fonts/old", tmp_path / "fonts/new"
    for folder in (old, new):
        folder.mkdir(parents=True)
    os.utime(old, (time.time() - 90_000,) * 2)
    faces(tmp_path, None)
    assert not old.exists()
    assert new.exists()


# ---- Fonts of the anthology ----------------------------------------------------------------------


def added(cache: Path, source: Path, *own: str) -> tuple[Faces, list[str]]:
    """The faces, and the reasons of what was refused."""
    found, problems = faces(cache, source, own)
    assert all(problem.code == "book-font" for problem in problems)
    return found, [problem.given["file"] for problem in problems]


def test_an_own_font_adds_its_family_and_its_characters(cache: Path, source: Path) -> None:
    draw_font(source / "灯 a.ttf", "Lantern", "龘𠮷")
    font = opened(draw_font(source / "b.ttf", "Second", "₽"))
    font.flavor = "woff2"
    font.save(source / "second.woff2")
    found, refused = added(cache, source, "second.woff2", "灯 a.ttf")
    assert refused == []
    assert found.own == ("Second", "Lantern")
    assert set(map(ord, "龘𠮷₽烛")) <= found.characters
    assert {("Lantern", 400), ("Second", 400), (KAI, 700)} <= typst_faces(found.folder)


def test_a_broken_own_font_is_named_and_the_others_are_used(cache: Path, source: Path) -> None:
    whole = draw_font(source / "whole.ttf", "Lantern", "龘").read_bytes()
    (source / "cut.ttf").write_bytes(whole[:300])
    (source / "empty.otf").write_bytes(b"")
    (source / "text.woff2").write_text("not a font", encoding="utf-8")
    (source / "picture.png").write_bytes(whole)
    nameless = opened(source / "whole.ttf")
    nameless["name"].removeNames(nameID=6)
    nameless.save(source / "nameless.ttf")
    (source.parent / "outside.ttf").write_bytes(whole)
    broken = ["cut.ttf", "empty.otf", "text.woff2", "picture.png", "gone.ttf", "../outside.ttf"]
    found, refused = added(cache, source, *broken, "nameless.ttf", "whole.ttf")
    assert refused == [*broken, "nameless.ttf"]
    assert found.own == ("Lantern",)


def test_the_kept_faces_of_an_anthology_may_be_replaced_file_by_file(
    cache: Path, source: Path
) -> None:
    (source / "assets/fonts/book").mkdir(parents=True)
    draw_font(source / "assets/fonts/book/emoji.woff2", "Own Emoji", "🕯")
    families = {family for family, _ in typst_faces(faces(cache, source)[0].folder)}
    assert families == {SERIF, KAI, ARABIC, "Own Emoji"}
