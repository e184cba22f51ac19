import io
from collections.abc import Iterable
from pathlib import Path

import pytest
from PIL import Image, ImageFont, features

from candlelight.make import cards, cards_text
from candlelight.make.cards import SIZE, anthology_card, story_card, team_card
from candlelight.make.cards_text import Faces, Writing
from candlelight.plan.facade import Facade, lay_out
from candlelight.plan.windows import Light, Scale, Window, window_of

ASSETS = Path(__file__).parents[2] / "assets" / "fonts"


@pytest.fixture(scope="module")
def font(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Kai of the site, or the Latin font that Pillow carries."""
    for kai in sorted(ASSETS.glob("*.woff2")):
        return kai
    carried = ImageFont.load_default(20)
    if not isinstance(carried, ImageFont.FreeTypeFont):
        pytest.skip("Pillow without FreeType draws no text")
    path = tmp_path_factory.mktemp("font") / "carried.ttf"
    path.write_bytes(carried.font_bytes)
    return path


def light(slug: str, *, lit: bool = True, building: str = "米东区") -> Light:
    return Light(slug, "门缝里寄出的温暖包", "马保富", building, "", "", "2020-08", lit, "")


def window(slug: str, *, lit: bool = True) -> Window:
    return window_of(light(slug, lit=lit), Scale())


def city(count: int, houses: int) -> Facade:
    return lay_out(
        [light(f"s{at}", lit=at % 8 > 0, building=f"第{at % houses}区") for at in range(count)]
    )


def lightest(card: Image.Image, box: tuple[int, int, int, int]) -> float:
    return float(max(level for level, n in enumerate(card.convert("L").crop(box).histogram()) if n))


def is_a_card(made: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(made))
    assert image.size == SIZE
    assert image.format == "JPEG"
    assert len(made) < 120_000
    assert not image.getexif()
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    return image


@pytest.mark.parametrize(
    ("count", "houses"), [(0, 1), (1, 1), (6, 3), (30, 8), (300, 14), (2000, 30)]
)
def test_a_street_of_any_size_fits_a_card(count: int, houses: int, font: Path) -> None:
    is_a_card(anthology_card("烛光", "蜡烛最美志愿者文集", city(count, houses), font))


def test_a_teams_card_shows_its_own_street(font: Path) -> None:
    one = team_card("蜡烛志愿者团队", "燃烧自己，照亮别人", city(20, 4), font)
    is_a_card(one)
    assert one != team_card("蜡烛志愿者团队", "燃烧自己，照亮别人", city(21, 4), font)


def test_the_same_story_has_the_same_card(font: Path) -> None:
    first = story_card("门缝里寄出的温暖包", "马保富", "世纪花园小区", window("a"), font)
    assert first == story_card("门缝里寄出的温暖包", "马保富", "世纪花园小区", window("a"), font)
    is_a_card(first)


def test_a_card_without_words_is_the_same_for_windows_that_look_alike(font: Path) -> None:
    made = {story_card("", "", "", window(f"s{at}"), font) for at in range(300)}
    assert 20 < len(made) < 100


@pytest.mark.parametrize(
    "title", ["", "一碗炒面", "شام نۇرى", "gjpqy " * 30, "温暖，" * 8, "温暖，" * 14]
)
@pytest.mark.parametrize("author", ["", "马保富", "ئايگۈل جىچىيې پەرھات" * 2, "y " * 60])
def test_coding_only_the_tiles_under_its_words_changes_nothing_of_a_card(
    title: str, author: str, font: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = (title, author, "世纪花园小区", window("a"), font)
    others = [ASSETS / "book" / "naskh.woff2"]
    made = story_card(*told, others=others)

    def whole(texts: Iterable[Writing]) -> list[tuple[Image.Image, int, int]]:
        image = cards._wall().crop((0, 0, cards.BESIDE, SIZE[1]))
        for text in texts:
            text.onto(image)
        return [(image, 0, 0)]

    monkeypatch.setattr(cards, "_parts", whole)
    assert story_card(*told, others=others) == made


def test_a_title_never_reaches_the_window(font: Path) -> None:
    bare = Image.open(io.BytesIO(story_card("", "", "", window("a"), font)))
    for title in ("温" * 160, "W" * 160, "lllliiii " * 20, "“，”" * 50):
        card = Image.open(io.BytesIO(story_card(title, title, title, window("a"), font)))
        beside = (720, 0, *SIZE)
        assert card.crop(beside).tobytes() == bare.crop(beside).tobytes()


def test_a_lit_window_shines_and_a_waiting_one_does_not(font: Path) -> None:
    lit = is_a_card(story_card("", "", "", window("a"), font))
    dark = is_a_card(story_card("", "", "", window("a", lit=False), font))
    pane = (870, 150, 960, 440)
    red = [sum(card.crop(pane).getchannel("R").histogram()[160:]) for card in (lit, dark)]
    assert red[0] > red[1] * 5


@pytest.mark.parametrize(
    "title",
    [
        "",
        " ",
        "长" * 200,
        "A" * 300,
        "word " * 60,
        "\x00\ud83d\ud800",
        "🕯️🕯️",
        '"><script>',
        "，。、",
        "شام نۇرى",
    ],
)
def test_any_title_makes_a_card(title: str, font: Path) -> None:
    is_a_card(story_card(title, title, title, window("a"), font))


def test_lines_never_begin_with_a_comma_nor_end_with_an_opening_quote(font: Path) -> None:
    told = Faces(font).fitted(
        "再战疫情，我们组合了“夫妻档”，他说：“我们都在”。" * 2, 420, (60,), 12, 1.3
    )
    if len(told.lines) < 2:
        pytest.skip("this font has no Chinese")
    assert not any(line[0] in "，。：”" or line[-1] == "“" for line in told.lines)


def test_a_title_is_cut_only_at_the_smallest_size(font: Path) -> None:
    told = Faces(font).fitted("ab " * 400, 300, (60, 40), 3, 1.3)
    assert told.size == 40
    assert len(told.lines) == 3
    assert told.lines[-1].endswith("…")


def test_text_of_another_script_is_set_in_the_font_that_has_it(font: Path) -> None:
    arabic = ASSETS / "book" / "naskh.woff2"
    if not features.check("raqm"):
        pytest.skip("Pillow without Raqm joins no letters")
    assert Faces(font, [arabic]).fitted("شام نۇرى", 600, (60,), 2, 1.3).font == arabic
    assert len(Faces(font, [arabic]).joined("شام نۇرى", "Urumqi")) == 2
    uyghur = is_a_card(story_card("شام نۇرى", "", "", window("a"), font, others=[arabic]))
    # Writing that runs from right to left begins at the right edge of its column.
    assert lightest(uyghur, (600, 200, 720, 430)) > 200 > lightest(uyghur, (40, 200, 200, 430))


def test_no_word_of_a_title_in_two_scripts_is_dropped(font: Path) -> None:
    arabic = ASSETS / "book" / "naskh.woff2"
    faces = Faces(font, [arabic])
    mixed = faces.fitted("买买提与 شام نۇرى 的一碗面", 900, (40,), 2, 1.3)
    assert " ".join(mixed.lines).split() == ["买买提与", "شام", "نۇرى", "的一碗面"]
    assert (mixed.font, mixed.others) == (font, (arabic,))
    assert cards_text._runs("与 شام نۇرى 的", (font, arabic)) == [
        (font, "与 "), (arabic, "شام نۇرى"), (font, " 的"),
    ]  # fmt: skip
    alone = story_card("买买提与 的一碗面", "", "", window("a"), font, others=[arabic])
    assert (
        story_card("买买提与 شام نۇرى 的一碗面", "", "", window("a"), font, others=[arabic])
        != alone
    )
