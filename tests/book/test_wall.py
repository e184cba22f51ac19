import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candlelight.book.sheets import Pane, Wall
from candlelight.book.wall import Plot, _apart, _nearest, build, cover_wall, part_wall

TRIMS = [(185.0, 260.0), (170.0, 240.0), (148.0, 210.0), (210.0, 297.0)]
COUNTS = [1, 13, 60, 300, 2000]


def slugs(count: int) -> list[str]:
    return [f"story-{number:05}" for number in range(count)]


def within(pane: Pane, built: Wall) -> bool:
    """Whether the lit window lies on the grid of one house."""
    for house in built.houses:
        columns = [house.x + house.inset + at * built.cell[0] for at in range(house.columns)]
        roof = built.size[1] - house.height
        if any(abs(pane.x - x) < 0.01 for x in columns) and roof < pane.y < built.size[1]:
            return True
    return False


@pytest.mark.parametrize("trim", TRIMS)
@pytest.mark.parametrize("count", COUNTS)
def test_every_story_has_a_window_of_its_own_in_a_house(
    trim: tuple[float, float], count: int
) -> None:
    for built in (
        cover_wall("烛光", slugs(count), trim, 12),
        part_wall("烛光", slugs(count), trim),
    ):
        assert len({(pane.x, pane.y) for pane in built.lit}) == count
        assert all(within(pane, built) for pane in built.lit[:60])


def test_ten_thousand_stories_have_ten_thousand_windows() -> None:
    assert len(cover_wall("烛光", slugs(10_000), (185, 260), 40).lit) == 10_000


def test_without_stories_the_wall_is_dark() -> None:
    built = part_wall("烛光", [], (185, 260))
    assert built.lit == ()
    assert built.houses


@pytest.mark.parametrize("count", COUNTS)
def test_one_of_the_windows_holds_the_candle(count: int) -> None:
    assert [pane.candle for pane in part_wall("队", slugs(count), (185, 260)).lit].count(True) == 1


@pytest.mark.parametrize("trim", TRIMS)
@pytest.mark.parametrize("spine", [0, 4, 12, 45])
def test_a_cover_is_lit_on_its_front_alone_and_not_beside_the_spine(
    trim: tuple[float, float], spine: float
) -> None:
    built = cover_wall("烛光", slugs(60), trim, spine)
    front = 3 + trim[0] + spine
    assert built.size[0] == 2 * trim[0] + spine + 6
    for pane in built.lit:
        assert front + 12 <= pane.x
        assert pane.x + built.cell[0] <= front + trim[0]


@pytest.mark.parametrize("count", COUNTS)
def test_no_window_of_a_part_is_lit_within_twelve_millimetres_of_the_spine(count: int) -> None:
    built = part_wall("队", slugs(count), (185, 260))
    middle = built.size[0] / 2
    for pane in built.lit:
        assert pane.x + built.cell[0] <= middle - 12 or pane.x >= middle + 12


def test_letters_on_the_spine_stand_on_plain_wall() -> None:
    built = cover_wall("烛光", slugs(13), (185, 260), 12)
    left, right = 188, 200
    for house in built.houses:
        for column in range(house.columns):
            x = house.x + house.inset + column * built.cell[0]
            assert x + built.cell[0] <= left or x >= right


def test_no_fold_of_the_cover_runs_along_the_edge_of_a_house() -> None:
    built = cover_wall("烛光", slugs(13), (185, 260), 12)
    on_folds = [
        house.tone
        for house in built.houses
        if house.x < 188 + 5 and house.x + house.width > 188 - 5
    ]
    assert len(set(on_folds)) == 1


@pytest.mark.parametrize("count", COUNTS)
def test_houses_fill_the_wall_from_edge_to_edge(count: int) -> None:
    for built in (
        cover_wall("a", slugs(count), (185, 260), 9),
        part_wall("b", slugs(count), (185, 260)),
    ):
        end = 0.0
        for house in sorted(built.houses, key=lambda house: house.x):
            assert house.x <= end + 0.01
            end = max(end, house.x + house.width)
            assert 0 < house.height <= built.size[1]
        assert end >= built.size[0] - 0.01


def test_neighbours_differ_in_tone_and_height() -> None:
    houses = sorted(part_wall("烛光", slugs(13), (185, 260)).houses, key=lambda house: house.x)
    for house, beside in itertools.pairwise(houses):
        assert house.tone != beside.tone
        assert abs(house.floors - beside.floors) >= 2


def test_the_same_stories_in_any_order_give_the_same_wall() -> None:
    assert part_wall("队", slugs(30), (185, 260)) == part_wall("队", slugs(30)[::-1], (185, 260))


def test_a_new_story_lights_a_window_and_moves_no_house() -> None:
    before, after = (part_wall("队", slugs(count), (185, 260)) for count in (13, 14))
    assert before.houses == after.houses
    assert before.cell == after.cell


def test_another_team_has_another_wall() -> None:
    assert part_wall("甲", slugs(9), (185, 260)) != part_wall("乙", slugs(9), (185, 260))


def test_small_windows_have_no_blinds() -> None:
    built = part_wall("队", slugs(5000), (185, 260))
    assert {pane.look for pane in built.lit} <= {0, 3}


def test_a_wall_too_narrow_for_a_window_stays_dark_instead_of_looping() -> None:
    assert build("x", slugs(3), Plot(50, 100, lit_on=(10, 10))).lit == ()


spots = st.tuples(*[st.floats(-300, 300, allow_nan=False).map(lambda length: round(length, 5))] * 2)


@given(spots, st.lists(spots, min_size=1, max_size=40))
def test_the_nearest_light_is_the_nearest_of_all(
    spot: tuple[float, float], lights: list[tuple[float, float]]
) -> None:
    assert _nearest(spot, sorted(lights)) == min(_apart(spot, light) for light in lights)
