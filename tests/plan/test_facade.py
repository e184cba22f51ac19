import msgspec
import pytest

from candlelight.plan.facade import House, lay_out, letters, tier_for
from candlelight.plan.windows import Light, Scale, Window, window_of


def light(
    slug: str,
    building: str = "米东区",
    date: str = "2020-08-12",
    *,
    lit: bool = True,
    order: str = "",
    point: str = "",
) -> Light:
    return Light(
        slug, f"{slug} 的标题", "佚名", building, order, point, date, lit, f"stories/{slug}/"
    )


def lights(count: int, building: str = "米东区", date: str = "2020-08-12") -> list[Light]:
    return [light(f"{building}-{place:05}", building, date=date) for place in range(count)]


def city(count: int, houses: int) -> list[Light]:
    return [light(f"s{at:05}", f"第{at % houses:02}区") for at in range(count)]


def floors(house: House) -> list[list[Window]]:
    rows: dict[float, list[Window]] = {}
    for window in house.windows:
        rows.setdefault(window.y, []).append(window)
    return [rows[y] for y in sorted(rows, reverse=True)]  # from the ground up


@pytest.mark.parametrize(
    ("count", "name"),
    [
        (1, "close"), (12, "close"), (13, "near"), (80, "near"), (81, "mid"), (480, "mid"),
        (481, "far"), (10_000, "far"),
    ],
)  # fmt: skip
def test_the_number_of_windows_decides_how_near_the_street_stands(count: int, name: str) -> None:
    assert tier_for(count).name == name


@pytest.mark.parametrize("count", [1, 2, 5, 29, 300, 2000])
def test_every_light_has_exactly_one_window(count: int) -> None:
    facade = lay_out(city(count, 9))
    assert sum(len(house.windows) for house in facade.houses) == count
    places = [(house.label, w.x, w.y) for house in facade.houses for w in house.windows]
    assert len(set(places)) == count


def test_an_anthology_without_lights_has_no_houses() -> None:
    assert lay_out([]).houses == ()


def test_houses_stand_in_the_order_of_their_pinyin() -> None:
    street = [light("a", "天山区", order="tian"), light("b", "博乐市", order="bo")]
    assert [house.label for house in lay_out(street).houses] == ["博乐市", "天山区"]


def test_a_house_grows_upwards_by_date_with_the_undated_above_and_the_waiting_on_top() -> None:
    street = [
        light("waiting", date="", lit=False), light("undated", date=""),
        light("late", date="2021-01"), light("early", date="2020-02-03"), light("also-early", date="2020-02-03"),
    ]  # fmt: skip
    (house,) = lay_out(street).houses
    upwards = [window.slug for row in floors(house) for window in row]
    assert upwards == ["also-early", "early", "late", "undated", "waiting"]


def test_windows_stand_in_reading_order_with_the_top_floor_first() -> None:
    (house,) = lay_out(lights(7)).houses
    places = [(window.y, window.x) for window in house.windows]
    assert places == sorted(places)


def test_the_order_of_the_input_changes_nothing() -> None:
    street = city(60, 7)
    assert lay_out(street) == lay_out(street[::-1])


def test_a_new_story_moves_no_other_house() -> None:
    street = city(40, 5)
    before = {house.label: house for house in lay_out(street).houses}
    after = {house.label: house for house in lay_out([*street, light("new", "第00区")]).houses}
    for label in before.keys() - {"第00区"}:
        kept = {
            name: getattr(before[label], name)
            for name in ("columns", "floors", "roof", "width", "wall")
        }
        assert kept == {name: getattr(after[label], name) for name in kept}
        assert [w.slug for w in before[label].windows] == [w.slug for w in after[label].windows]


def test_more_than_three_windows_stand_at_least_two_abreast() -> None:
    for count in range(4, 40):
        for house in lay_out(lights(count)).houses:
            assert house.columns >= 2


def test_a_house_is_wide_enough_for_its_name() -> None:
    for label in ("沙依巴克区", "乌鲁木齐经济技术开发区", "克孜勒苏柯尔克孜自治州阿图什市", "Yi"):
        for count in (1, 2, 20, 200):
            facade = lay_out(lights(count, label))
            tier, (house,) = facade.tier, facade.houses
            assert house.width * min(1, tier.scale) >= min(letters(label), 10) * tier.letter


def test_one_floor_of_at_most_two_windows_is_a_gabled_house() -> None:
    street = [
        *lights(1, "一区"),
        *lights(2, "沙依巴克二区"),
        *lights(4, "三区"),
        *lights(9, "四区"),
    ]
    for house in lay_out(street).houses:
        assert (house.roof == "gable") == (house.floors == 1 and len(house.windows) <= 2)


def test_an_unfinished_top_floor_is_a_roof_set_back_to_one_side() -> None:
    seen = set()
    for house in lay_out([one for at in range(12) for one in lights(5, f"{at}区")]).houses:
        if house.top == house.columns:
            continue
        *_, top = floors(house)
        width = house.columns * 44 + 20
        assert top[0].x < 20 if house.roof == "left" else top[-1].x > width - 64
        seen.add(house.roof)
    assert seen == {"left", "right"}


def test_a_sample_of_eight_houses_fits_one_street() -> None:
    street = [one for at in range(8) for one in lights(3 + at % 3, f"第{at}区")]
    facade = lay_out(street)
    assert facade.streets == 1
    widths = sum(house.width for house in facade.houses) * facade.tier.scale
    assert widths + 7 * facade.tier.gap <= 1240


def test_several_streets_are_of_about_equal_length_and_never_wider_than_the_page() -> None:
    facade = lay_out(city(10_000, 47))
    assert facade.streets == 3
    assert 1000 < facade.max_width <= 1240


def test_the_years_run_from_ember_to_white() -> None:
    months = ("2020-02", "2020-08", "2021-03", "2021-09", "2022-05")
    tones = [
        sum(window_of(light(f"{month}-{i}", date=month), Scale(months)).tone for i in range(20))
        / 20
        for month in months
    ]
    assert tones == sorted(tones)
    assert tones[0] < 0.8
    assert tones[-1] > 3.2


def test_a_bare_year_burns_like_the_middle_of_its_months() -> None:
    months = ("2020-02", "2020-08", "2021-03", "2022-05", "2022-09")

    def tone(date: str) -> float:
        return sum(window_of(light(f"s{i}", date=date), Scale(months)).tone for i in range(20)) / 20

    assert tone("2020-02") < tone("2020") < tone("2020-08")
    assert tone("2019") == tone("2020-02")
    assert tone("2022-05") < tone("2022") < tone("2022-09")
    assert Scale.of([light("a", date="2020"), light("b", date="2021-05")]).months == ("2021-05",)


def test_an_undated_story_burns_in_the_middle() -> None:
    assert {
        window_of(light(f"s{i}", date=""), Scale(("2020-01", "2022-01"))).tone for i in range(30)
    } == {2}


def test_a_point_keeps_one_light() -> None:
    """Two stories of one point and month differ by at most one tone."""
    for point in ("世纪花园小区", "老满城社区", "30栋楼"):
        tones = {
            window_of(light(f"s{i}", point=point), Scale(("2020-08",))).tone for i in range(30)
        }
        assert max(tones) - min(tones) <= 1


def test_a_point_keeps_its_light_however_it_is_spelled() -> None:
    tones = [
        [window_of(light(f"s{i}", point=point), Scale(("2020-08",))).tone for i in range(30)]
        for point in ("幸福花园B区", "幸福花園Ｂ區", " 幸福花园b区")
    ]
    assert tones[0] == tones[1] == tones[2]


def test_a_window_looks_the_same_alone_and_in_the_city() -> None:
    street = city(30, 4)
    scale = Scale.of(street)
    alone = {one.slug: window_of(one, scale) for one in street}
    for house in lay_out(street).houses:
        for window in house.windows:
            for fact in ("tone", "life", "cross", "cooler", "shift"):
                assert getattr(window, fact) == getattr(alone[window.slug], fact)


def test_fewer_than_three_windows_in_ten_have_an_air_conditioner() -> None:
    coolers = sum(window_of(light(f"s{i}"), Scale()).cooler for i in range(1000))
    assert 200 < coolers < 320


def test_lights_are_kindled_by_date_and_at_most_eight_breathe() -> None:
    facade = lay_out([light(f"s{i}", date=f"2020-{1 + i % 12:02}") for i in range(300)])
    windows = [window for house in facade.houses for window in house.windows]
    assert sum(window.breathes for window in windows) == 8
    assert max(window.turn for window in windows) <= 80


def test_in_the_far_city_only_buildings_have_addresses() -> None:
    facade = lay_out(city(500, 3), buildings={"第01区": "communities/#1"})
    assert [house.href for house in facade.houses] == ["", "communities/#1", ""]
    assert {(w.title, w.href, w.slug) for house in facade.houses for w in house.windows} == {
        ("", "", "")
    }


def test_a_facade_survives_being_written_and_read() -> None:
    facade = lay_out(city(30, 4))
    packed = msgspec.msgpack.encode(facade)
    assert msgspec.msgpack.decode(packed, type=type(facade)) == facade


def test_a_name_of_lone_surrogates_still_has_a_window() -> None:
    assert window_of(light("\ud800"), Scale()).lit
