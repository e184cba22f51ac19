"""Plates: rows of equal height, nothing cropped, no caption lost, no photo larger than its pixels."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from candlelight.book import bleeds, captions, plates
from candlelight.book.captions import KEYS
from candlelight.book.grid import Grid, grid_of, pixels
from candlelight.book.plates import Shot
from candlelight.book.sheets import Caption, Plate

GRID = grid_of("185x260", 29)
WORDS = {key: key for key in KEYS}
TRIMS = [grid_of(trim, lines) for trim in ("185x260", "170x240", "A5", "A4") for lines in (29, 33)]


def shot(aspect: float, width: int = 6000, caption: str = "", credit: str = "") -> Shot:
    return Shot(f"{aspect}", width, round(width / aspect), "", caption, credit)


def shots(*aspects: float) -> list[Shot]:
    return [shot(aspect) for aspect in aspects]


def widths(made: Plate | None) -> list[list[float]]:
    assert made
    return [[round(cell.width, 1) for cell in row] for row in made.rows]


@pytest.mark.parametrize(
    ("trim", "width", "height"),
    [
        ("185x260", 129.65, 181.5),
        ("170x240", 117.3, 166.33),
        ("A5", 102.31, 147.46),
        ("A4", 148.17, 206.73),
    ],
)
def test_the_type_area_is_whole_characters_and_whole_lines(
    trim: str, width: float, height: float
) -> None:
    grid = grid_of(trim, 29)
    assert (round(grid.width, 2), round(grid.height, 2)) == (width, height)
    assert grid.inside + grid.width + grid.outside == pytest.approx(grid.page_width)


def test_a_dense_page_has_four_lines_more() -> None:
    assert [grid_of(trim, 33).lines for trim in ("185x260", "A5")] == [33, 29]


@pytest.mark.parametrize(
    ("width", "wanted"), [(63.0, 744), (85.2, 1006), (129.65, 1531), (191, 2256), (376, 4441)]
)
def test_print_takes_300_pixels_an_inch(width: float, wanted: int) -> None:
    assert pixels(width) == wanted


@pytest.mark.parametrize("grid", TRIMS)
def test_captions_stay_four_millimetres_off_the_trim(grid: Grid) -> None:
    assert grid.caption + grid.letter + 4 <= grid.outside + 0.01
    assert grid.caption >= 8 * grid.letter


# What stands under a text: (aspects, height left, widths of the rows), after the table of the look.
@pytest.mark.parametrize(
    ("aspects", "room", "rows"),
    [
        ([1.5], 90, [[129.6]]),
        ([1.5], 80, [[107.4]]),
        ([1.5], 60, [[85.2]]),
        ([1.5], 50, None),
        ([1], 90, [[85.2]]),
        ([1], 70, [[63.0]]),
        ([2 / 3], 140, [[85.2]]),
        ([2 / 3], 62, [[40.7]]),
        ([1.5, 1.5], 170, [[63.0, 63.0]]),
        ([1.5, 2 / 3], 60, [[87.2, 38.8]]),
        ([1.5, 1.5], 30, None),
        ([1.5, 1.5, 1.5], 100, None),
        ([0.75, 0.75, 0.75], 60, [[40.7, 40.7, 40.7]]),
        ([1.5, 1.5, 1.5, 1.5], 90, [[63.0, 63.0], [63.0, 63.0]]),
    ],
)
def test_a_plate_under_a_text(
    aspects: list[float], room: float, rows: list[list[float]] | None
) -> None:
    made = plates.foot(shots(*aspects), room, GRID, WORDS)
    assert (widths(made) if made else None) == rows


@pytest.mark.parametrize(
    ("aspects", "rows"),
    [
        ([1.5], [[129.6]]),
        ([1.5, 1.5], [[129.6], [129.6]]),
        ([1.5, 1.5, 1.5], [[129.6], [63.0, 63.0]]),
        ([0.6, 0.6, 0.6], [[40.7, 40.7, 40.7]]),
        ([1.5, 1, 1, 1.5], [[129.6], [34.9, 34.9, 52.4]]),
        ([1.5, 1.5, 1.5, 1.5], [[63.0, 63.0], [63.0, 63.0]]),
        ([1.5] * 5, [[129.6], [63.0, 63.0], [63.0, 63.0]]),
    ],
)
def test_a_plate_on_a_page_of_its_own(aspects: list[float], rows: list[list[float]]) -> None:
    (made,) = plates.pages(shots(*aspects), GRID, WORDS)
    assert widths(made) == rows


def test_the_large_picture_stands_above_where_the_other_way_is_hardly_taller() -> None:
    (made,) = plates.pages(shots(1.5, 0.75, 1.5, 1.35), GRID, WORDS)
    assert [len(row) for row in made.rows] == [2, 2]
    (made,) = plates.pages(shots(1.3, 1, 1.25), GRID, WORDS)
    assert [len(row) for row in made.rows] == [1, 2]


@pytest.mark.parametrize("width", GRID.fitting)
def test_a_plate_keeps_its_rows_at_another_width(width: float) -> None:
    (made,) = plates.pages(shots(1.5, 1, 1.4), GRID, WORDS)
    other = plates.resized(made, width, GRID)
    assert [len(row) for row in other.rows] == [len(row) for row in made.rows]
    assert other.width == pytest.approx(width, abs=0.001)
    adds_up(other, GRID)


@pytest.mark.parametrize(
    ("count", "sizes"),
    [(5, [5]), (6, [3, 3]), (7, [5, 2]), (11, [5, 3, 3]), (12, [5, 5, 2]), (40, [5] * 8)],
)
def test_many_photos_fill_page_after_page_and_none_is_left_alone(
    count: int, sizes: list[int]
) -> None:
    assert [len(group) for group in plates.groups(shots(*[1.5] * count))] == sizes


@pytest.mark.parametrize(
    ("width", "shown"),
    [(1600, 129.6), (1300, 107.4), (1280, 107.4), (1080, 85.2), (700, 63.0), (90, 63.0)],
)
def test_a_photo_is_as_large_as_its_pixels_carry_down_to_17_characters(
    width: int, shown: float
) -> None:
    made = plates.largest([shot(1.5, width)], 181.5, GRID.widths, GRID, WORDS)
    assert widths(made) == [[shown]]


def test_one_thumbnail_does_not_make_its_neighbours_small() -> None:
    (made,) = plates.pages([shot(1.5), shot(1.5, 201), shot(1.5)], GRID, WORDS)
    assert widths(made) == [[129.6], [63.0, 63.0]]


def test_a_lost_photo_has_a_box_like_any_other() -> None:
    lost = Shot("lost", 3, 2, missing="门.jpg", caption="门口")
    (made,) = plates.pages([lost], GRID, WORDS)
    (cell,) = made.rows[0]
    assert (cell.missing, round(cell.width, 1), made.captions[0].text) == ("门.jpg", 129.6, "门口")


@pytest.mark.parametrize(
    ("aspect", "width", "bleeding"),
    [
        (2 / 3, 2256, True),
        (0.75, 2400, True),
        (2 / 3, 2255, False),
        (1, 6000, False),
        (9 / 16, 6000, False),
        (1.5, 6000, False),
    ],
)
def test_only_a_portrait_fills_a_page_and_loses_an_eighth_at_most(
    aspect: float, width: int, bleeding: bool
) -> None:
    made = bleeds.bleed(shot(aspect, width), "facing", GRID, WORDS)
    assert bool(made) is bleeding
    if made:
        cell = made.rows[0][0]
        assert cell.width >= 191
        assert cell.height >= 266
        assert cell.width * cell.height * (1 - bleeds.CROP) <= 191 * 266


def test_pictures_that_bleed_are_measured_with_what_falls_off() -> None:
    low, across, over = (
        make(shot(aspect), GRID, WORDS)
        for make, aspect in ((bleeds.sill, 1.5), (bleeds.band, 2.5), (bleeds.spread, 2.5))
    )
    assert low
    assert across
    assert over
    assert (low.rows[0][0].width, low.width, round(low.height, 1)) == (191, 185, 124.3)
    assert (across.rows[0][0].width, across.width, across.height) == (191, 185, 76.4)
    assert (over.rows[0][0].width, over.width, over.height) == (376, 370, 147.4)


def test_what_bleeds_needs_the_pixels_for_it() -> None:
    assert bleeds.sill(shot(1.5, 2255), GRID, WORDS) is None
    assert bleeds.band(shot(2.5, 2255), GRID, WORDS) is None
    assert bleeds.spread(shot(2.5, 4440), GRID, WORDS) is None
    assert bleeds.band(shot(2.0), GRID, WORDS) is None


@pytest.mark.parametrize(
    ("rows", "keys"),
    [
        ((1,), ("",)),
        ((2,), ("left", "right")),
        ((3,), ("left", "middle", "right")),
        ((1, 2), ("top", "bottom_left", "bottom_right")),
        ((1, 3), ("top", "bottom_left", "bottom_middle", "bottom_right")),
        ((2, 2), ("top_left", "top_right", "bottom_left", "bottom_right")),
        ((1, 1), ("top", "bottom")),
        ((1, 2, 2), ("top", "middle_left", "middle_right", "bottom_left", "bottom_right")),
    ],
)
def test_captions_say_where_their_picture_stands(
    rows: tuple[int, ...], keys: tuple[str, ...]
) -> None:
    assert captions.places(rows) == keys
    assert set(keys) <= {"", *KEYS}


def test_a_credit_shared_by_all_stands_once_and_last() -> None:
    pair = [("门口", "社区供图"), ("楼道", "社区供图")]
    assert captions.captions(pair, ["left", "right"], WORDS) == (
        (Caption("left", "门口"), Caption("right", "楼道")),
        "社区供图",
    )


def test_credits_that_differ_stay_with_their_pictures() -> None:
    entries, shared = captions.captions(
        [("门口", "甲摄"), ("", "乙摄"), ("", "")], ["left", "middle", "right"], WORDS
    )
    assert (entries, shared) == (
        (Caption("left", "门口", "甲摄"), Caption("middle", "", "乙摄")),
        "",
    )


def test_a_caption_too_long_for_the_margin_stands_below_over_the_whole_width() -> None:
    short, long = (
        plates.plate([shot(1.5, caption="字" * count)], (1,), GRID.width, GRID, WORDS)
        for count in (60, 300)
    )
    assert (short.below, long.below) == (False, True)
    assert plates.depth(long, GRID) > long.height + 7 * captions.LINE * GRID.letter


def test_a_long_caption_makes_the_picture_smaller_before_it_takes_a_page() -> None:
    made = plates.foot([shot(1.5, caption="字" * 300)], 95, GRID, WORDS)
    assert widths(made) == [[85.2]]


def test_a_caption_that_no_page_holds_goes_on_without_a_picture() -> None:
    first, *more = plates.pages(
        [shot(1.5, caption="一个字。" * 1000, credit="某人摄")], GRID, WORDS
    )
    assert first.rows
    assert not any(one.rows for one in more)
    assert "".join(one.captions[0].text for one in [first, *more]) == "一个字。" * 1000
    assert [one.credit for one in [first, *more]] == [*[""] * len(more), "某人摄"]


@pytest.mark.parametrize("count", range(1, 6))
def test_every_cut_keeps_all_pictures_in_at_most_three_rows_of_three(count: int) -> None:
    made = list(plates.cuts(count))
    assert len(made) == len(set(made))
    assert all(sum(cut) == count and len(cut) <= 3 and max(cut) <= 3 for cut in made)


SHOTS = st.lists(
    st.builds(
        Shot,
        key=st.sampled_from("abcdefgh"),
        width=st.integers(1, 7000),
        height=st.integers(1, 7000),
        caption=st.one_of(
            st.just(""), st.text(max_size=40), st.integers(1, 2500).map(lambda count: "长" * count)
        ),
        credit=st.sampled_from(["", "社区供图", "记者王畅彤 通讯员洪净"]),
    ).filter(lambda one: 0.1 < one.aspect < 12),
    min_size=1,
    max_size=9,
)


@settings(max_examples=60)
@given(SHOTS, st.sampled_from(TRIMS))
def test_whatever_the_photos_are_their_pages_hold_all_of_them(some: list[Shot], grid: Grid) -> None:
    made = plates.pages(some, grid, WORDS)
    assert [cell.key for one in made for row in one.rows for cell in row] == [
        one.key for one in some
    ]
    told = "".join(entry.text for one in made for entry in one.captions)
    assert told == "".join(one.caption for one in some)
    assert {one.credit for one in some} <= {""} | {
        credit for one in made for credit in (one.credit, *(entry.credit for entry in one.captions))
    }
    for one in made:
        assert plates.depth(one, grid) <= grid.height + 0.01
        stack = captions.height(one.captions, one.credit, one.column, grid.letter)
        assert one.below or stack <= one.height
        if one.rows:
            adds_up(one, grid)


def adds_up(one: Plate, grid: Grid) -> None:
    assert one.width <= grid.width + 0.001
    for row in one.rows:
        assert sum(cell.width for cell in row) + grid.gap * (len(row) - 1) == pytest.approx(
            one.width, abs=0.01
        )
        assert all(
            a.height == pytest.approx(b.height, abs=0.01) for a, b in itertools.pairwise(row)
        )
    rows = sum(row[0].height for row in one.rows) + grid.gap * (len(one.rows) - 1)
    assert rows == pytest.approx(one.height, abs=0.01)
