"""Pictures in rows, and pictures between paragraphs."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from candlelight.plan.rows import compose, hang
from candlelight.plan.views import Hung, Passage, Picture, Plate, Ref


def photo(aspect: float, key: str = "") -> Picture:
    return Picture(key, round(1000 * aspect), 1000, (480,), ("webp", "jpg"))


LANDSCAPE, PORTRAIT, PANORAMA = photo(1.5, "l"), photo(0.67, "p"), photo(3.6, "w")
PARAGRAPH = 130

aspects = st.floats(min_value=0.2, max_value=8)
albums = st.lists(aspects, max_size=40).map(
    lambda many: [photo(aspect, str(number)) for number, aspect in enumerate(many)]
)


def rows(hung: tuple[Hung, ...], *, narrow: bool = False) -> list[list[Hung]]:
    """The rows, read back from the gaps that each picture counts in its row."""
    cut, at = [], 0
    while at < len(hung):
        gaps = hung[at].narrow_gaps if narrow else hung[at].wide_gaps
        cut.append(list(hung[at : at + gaps + 1]))
        at += gaps + 1
    return cut


def keys(row: list[Hung]) -> str:
    return "".join(one.picture.key for one in row)


def test_rows_hold_what_comes_nearest_to_the_width_of_the_page() -> None:
    hung = hang([LANDSCAPE, LANDSCAPE, PORTRAIT, PANORAMA, PORTRAIT, PORTRAIT, LANDSCAPE, PORTRAIT])
    assert [keys(row) for row in rows(hung)] == ["llp", "w", "pplp"]


def test_a_phone_shows_landscapes_alone_and_portraits_in_pairs() -> None:
    hung = hang([LANDSCAPE, PORTRAIT, PORTRAIT, LANDSCAPE])
    assert [keys(row) for row in rows(hung, narrow=True)] == ["l", "pp", "l"]


def test_the_last_row_is_not_left_with_a_single_small_picture() -> None:
    assert [keys(row) for row in rows(hang([LANDSCAPE] * 7))] == ["ll", "ll", "lll"]


def test_a_single_picture_is_not_blown_up_to_a_wall() -> None:
    (alone,) = hang([PORTRAIT])
    assert alone.wide < 0.35
    assert alone.narrow > 0.99


def test_a_picture_keeps_the_story_that_it_links_to() -> None:
    story = Ref("一碗炒面", "stories/noodles/")
    assert [one.story for one in hang([(LANDSCAPE, story), PORTRAIT])] == [story, None]


@settings(deadline=None)
@given(albums)
def test_every_picture_hangs_once_in_order_and_fills_its_row(album: list[Picture]) -> None:
    hung = hang(album)
    assert [one.picture for one in hung] == album
    for narrow in (False, True):
        cut = rows(hung, narrow=narrow)
        for number, row in enumerate(cut):
            shares = [one.narrow if narrow else one.wide for one in row]
            heights = [s / one.picture.aspect for s, one in zip(shares, row, strict=True)]
            assert sum(shares) <= 1
            assert min(shares) >= 0
            assert max(heights) - min(heights) < 0.001
            if number < len(cut) - 1:
                assert sum(shares) > 0.99


def test_a_short_story_shows_its_pictures_as_the_look_has_it() -> None:
    flow, after = compose(
        [47, 68, 25 + 30, 100, 62], [], [PORTRAIT, LANDSCAPE, LANDSCAPE, PORTRAIT]
    )
    shapes = [part.shape if isinstance(part, Plate) else (part.start, part.stop) for part in flow]
    assert shapes == [(0, 2), "portrait", (2, 4), "landscape", (4, 5)]
    assert [keys(row) for row in rows(after)] == ["lp"]


def test_two_portraits_that_follow_each_other_stand_in_one_row() -> None:
    flow, after = compose([PARAGRAPH] * 6, [], [PORTRAIT, PORTRAIT])
    (plate,) = [part for part in flow if isinstance(part, Plate)]
    assert plate.shape == "row"
    assert keys(list(plate.hung)) == "pp"
    assert sum(one.wide for one in plate.hung) > 0.99
    assert after == ()


def test_no_picture_stands_right_after_a_heading() -> None:
    flow, _ = compose([200, 8, 300, 300], [], [LANDSCAPE])
    assert flow[0] == Passage(0, 3)


def test_a_text_of_one_paragraph_has_its_pictures_after_the_end() -> None:
    flow, after = compose([600], [], [LANDSCAPE])
    assert flow == (Passage(0, 1),)
    assert keys(list(after)) == "l"


def test_a_story_without_a_text_is_its_pictures() -> None:
    assert compose([], [], [LANDSCAPE])[0] == ()
    assert len(compose([], [], [LANDSCAPE])[1]) == 1


def test_a_photo_that_the_text_places_stays_where_it_is() -> None:
    flow, after = compose([PARAGRAPH, 0, PARAGRAPH], [(1, LANDSCAPE)], [])
    assert [type(part) for part in flow] == [Passage, Plate, Passage]
    assert (flow[0], flow[2]) == (Passage(0, 1), Passage(2, 3))
    assert after == ()


def test_loose_photos_keep_their_distance_from_placed_ones() -> None:
    lengths = [PARAGRAPH] * 4 + [0] + [PARAGRAPH] * 4
    flow, after = compose(lengths, [(4, PANORAMA)], [LANDSCAPE] * 4)
    plates = [keys(list(part.hung)) for part in flow if isinstance(part, Plate)]
    assert plates == ["l", "w", "l"]
    assert len(after) == 2


stories = st.lists(st.tuples(st.integers(0, 900), st.booleans()), max_size=30)


@settings(deadline=None)
@given(stories, albums)
def test_every_block_and_every_picture_comes_exactly_once(
    blocks: list[tuple[int, bool]], loose: list[Picture]
) -> None:
    lengths = [0 if is_photo else length for length, is_photo in blocks]
    placed = [
        (at, photo(1.5, f"placed {at}")) for at, (_, is_photo) in enumerate(blocks) if is_photo
    ]
    flow, after = compose(lengths, placed, loose)
    told = [at for part in flow if isinstance(part, Passage) for at in range(part.start, part.stop)]
    assert told == [at for at, (_, is_photo) in enumerate(blocks) if not is_photo]
    hung = [one.picture for part in flow if isinstance(part, Plate) for one in part.hung]
    shown = [*hung, *(one.picture for one in after)]
    assert [one for one in shown if one.key.startswith("placed")] == [one for _, one in placed]
    assert [one for one in shown if not one.key.startswith("placed")] == loose


@settings(deadline=None)
@given(st.lists(st.integers(0, 900), max_size=30), albums)
def test_pictures_between_paragraphs_keep_their_distance(
    lengths: list[int], loose: list[Picture]
) -> None:
    flow, _ = compose(lengths, [], loose)
    if any(isinstance(part, Plate) for part in flow):
        assert isinstance(flow[0], Passage)
        assert isinstance(flow[-1], Passage)
    for before, after in pairwise(flow):
        assert isinstance(before, Passage) != isinstance(after, Passage)
        if isinstance(before, Passage):
            assert sum(lengths[before.start : before.stop]) >= 100
            assert lengths[before.stop - 1] >= 30
