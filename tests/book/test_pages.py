"""Pages: the book is walked page by page, and every photo stands once, by its story."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from candlelight.book import plates
from candlelight.book.captions import KEYS
from candlelight.book.grid import grid_of
from candlelight.book.pages import Extent, Pictures, Shot, adjust, arrange, counts
from candlelight.book.sheets import Block, Layout, Plate
from candlelight.book.texts import starts

GRID = grid_of("185x260", 29)
WORDS = {key: key for key in KEYS}
VERSO, RECTO = 6, 7


def shots(*aspects: float, width: int = 6000) -> tuple[Shot, ...]:
    return tuple(
        Shot(f"{number}", width, round(width / aspect), "", f"图{number}", "社区供图")
        for number, aspect in enumerate(aspects)
    )


def paragraphs(count: int, length: int = 150) -> tuple[Block, ...]:
    return tuple(Block("p", ("字" * length,)) for _ in range(count))


def laid(
    extent: Extent, photos: tuple[Shot, ...], blocks: tuple[Block, ...] = (), **more: object
) -> tuple[Plate, ...]:
    pictures = Pictures(photos, blocks, **more)  # type: ignore[arg-type]
    return arrange([extent], {extent.id: pictures}, GRID, WORDS)[extent.id].plates


def places(made: tuple[Plate, ...]) -> list[str]:
    return [one.place for one in made]


def story(name: str, last: int, pages: int = 1, **more: int) -> Extent:
    return Extent(name, pages=pages, last=last, heading=6, **more)


def in_order(*stories: Extent) -> list[Extent]:
    """Each story on the page after the one before."""
    placed = [stories[0]]
    for one in stories[1:]:
        page = placed[-1].page + placed[-1].pages
        page += (page % 2 + one.opening) if one.opening else 0
        placed.append(msgspec.structs.replace(one, page=page))
    return placed


def test_a_landscape_stands_at_the_foot_of_its_story() -> None:
    (made,) = laid(story("a", 12), shots(1.5))
    assert (made.place, made.after, round(made.width, 1)) == ("foot", 0, 129.6)


def test_it_becomes_narrower_where_that_saves_a_page() -> None:
    (made,) = laid(story("a", 17), shots(1.5))
    assert (made.place, round(made.width, 1)) == ("foot", 85.2)


def test_a_landscape_without_room_goes_from_side_to_side_of_the_next_page() -> None:
    assert places(laid(story("a", 25), shots(1.5))) == ["sill"]
    assert places(laid(story("a", 25), shots(1.5, width=1600))) == ["page"]


@pytest.mark.parametrize(("page", "where"), [(VERSO, "facing"), (RECTO, "overleaf")])
def test_a_portrait_without_room_fills_the_next_page_and_its_caption_says_where(
    page: int, where: str
) -> None:
    (made,) = laid(story("a", 27, page=page), shots(2 / 3))
    assert (made.place, made.captions[0].where) == ("bleed", where)


def test_a_panorama_opens_out_overleaf_from_a_recto_and_crowns_a_verso() -> None:
    assert places(laid(story("a", 20, page=RECTO), shots(2.5))) == ["spread"]
    assert places(laid(story("a", 20, page=VERSO), shots(2.5))) == ["band"]
    assert places(laid(story("a", 20, page=RECTO), shots(2.5, width=2300))) == ["band"]
    assert places(laid(story("a", 10, page=VERSO), shots(2.5, width=1600))) == ["foot"]


def test_no_panorama_stands_over_a_chapter() -> None:
    assert places(laid(story("a", 20, page=VERSO, before=8), shots(2.5))) == ["sill"]


def test_a_band_takes_its_lines_from_the_text() -> None:
    band, rest = laid(story("a", 13, page=VERSO), shots(2.5, 1.5))
    assert (band.place, rest.place) == ("band", "sill")


def test_no_band_pushes_a_last_line_or_two_overleaf() -> None:
    assert places(laid(story("a", 16, page=VERSO), shots(2.5))) == ["foot"]
    assert places(laid(story("a", 23, page=VERSO), shots(2.5))) == ["band"]


def test_three_and_four_have_a_page_and_twelve_have_three() -> None:
    assert places(laid(story("a", 16), shots(*[1.5] * 3))) == ["page"]
    assert places(laid(story("a", 16), shots(*[1.5] * 4))) == ["page"]
    assert places(laid(story("a", 16), shots(*[1.5] * 12))) == ["page"] * 3


def test_a_story_with_photos_and_no_text_shows_them() -> None:
    assert places(laid(story("a", 6), shots(1.5))) == ["foot"]
    assert places(laid(story("a", 6), shots(*[1.5] * 5))) == ["page"]


def test_a_long_story_has_its_first_picture_at_a_foot_and_the_others_at_heads() -> None:
    made = laid(story("a", 20, pages=5), shots(*[1.5] * 4), paragraphs(26))
    assert places(made) == ["foot", "head", "head", "head"]
    steps = [one.after for one in made]
    assert steps == sorted(set(steps))
    assert 0 < steps[0] < 7
    assert 18 < steps[-1] < 26


@pytest.mark.parametrize("before", [0, 8, 11])
def test_each_picture_of_a_long_story_lands_on_a_page_of_its_own(before: int) -> None:
    extent = story("a", 20, pages=6, before=before)
    blocks = paragraphs(31)
    made = laid(extent, shots(1, 2.6, 1, 1.5, 0.75), blocks)
    lines, landed, gone = starts(extent, blocks, GRID), [], 0
    for one in made:
        page, offset = divmod(lines[one.after] + gone, GRID.lines)
        gone += GRID.lines_of(one.height)
        landed.append(int(page) + (offset + GRID.lines_of(one.height) > GRID.lines))
    assert landed == sorted(set(landed))


def test_the_first_picture_shrinks_to_its_page_but_not_to_a_stamp() -> None:
    for before in range(14):
        made = laid(story("a", 20, pages=3, before=before), shots(1), paragraphs(14))
        assert made[0].width >= 62.9


def test_no_picture_parts_a_heading_from_its_text_or_a_poem_from_itself() -> None:
    blocks = tuple(
        block
        for _ in range(7)
        for block in (
            Block("h", ("小标题",), level=1),
            *paragraphs(2),
            Block("v", ("诗",)),
            Block("v", ("诗",)),
        )
    )
    for one in laid(story("a", 20, pages=4), shots(*[1.5] * 4), blocks):
        assert blocks[one.after - 1].kind != "h"
        assert (blocks[one.after - 1].kind, blocks[one.after].kind) != ("v", "v")


def test_a_photo_that_the_text_places_stays_there() -> None:
    made = laid(
        story("a", 20, pages=3), shots(1.5, 1.5, 0.75), paragraphs(14), placed=((4, 2), (9, 0))
    )
    assert [(one.after, one.rows[0][0].key) for one in made if one.rows[0][0].key != "1"] == [
        (4, "2"),
        (9, "0"),
    ]


def test_a_story_of_one_block_shows_its_photos_after_it() -> None:
    made = laid(story("a", 20, pages=20), shots(1.5, 1.5, 1.5), paragraphs(1, 20_000))
    assert [(one.place, one.after) for one in made] == [("page", 1)]


def test_the_last_page_of_a_long_story_holds_six_lines() -> None:
    for last in range(1, 30):
        extent = story("a", last, pages=4)
        made = laid(extent, shots(1.5, 1.5), paragraphs(20))
        lines = 3 * 29 + last + sum(GRID.lines_of(one.height) for one in made)
        assert lines % 29 == 0 or lines % 29 >= 6


def test_two_lines_left_over_on_a_second_page_get_a_picture_into_the_text() -> None:
    (made,) = laid(story("a", 2, pages=2), shots(1.5), paragraphs(6))
    assert (made.place, made.after < 6) == ("foot", True)


def follows(*extents: Extent, **stories: Pictures) -> list[str]:
    layouts = arrange(in_order(*extents), stories, GRID, WORDS)
    return [name for name, layout in layouts.items() if layout.follows]


def test_a_short_story_without_photo_follows_on_the_page_if_it_fits_whole() -> None:
    assert follows(story("a", 12), story("b", 14)) == ["b"]
    assert follows(story("a", 12), story("b", 15)) == []
    assert follows(story("a", 6), story("b", 9), story("c", 9)) == ["b"]
    assert follows(story("a", 20, pages=3), story("b", 5)) == ["b"]


def test_a_story_with_a_photo_or_420_characters_opens_a_page() -> None:
    assert follows(story("a", 8), story("b", 8), b=Pictures(shots(1.5))) == []
    assert follows(story("a", 8), story("b", 18), b=Pictures(blocks=paragraphs(1, 420))) == ["b"]
    assert follows(story("a", 8), story("b", 18), b=Pictures(blocks=paragraphs(1, 421))) == []


def test_no_story_follows_a_picture_or_opens_a_chapter_or_a_part_on_a_used_page() -> None:
    assert follows(story("a", 8), story("b", 8), a=Pictures(shots(1.5))) == []
    assert follows(story("a", 8), story("b", 16, before=8)) == []
    assert follows(story("a", 8), story("b", 8, opening=4)) == []


def test_no_story_follows_over_pages_that_stand_between_and_they_count_for_it() -> None:
    extents = [story("a", 8, page=RECTO), story("b", 8, page=RECTO + 3)]
    layouts = arrange(extents, {}, GRID, WORDS)
    assert not layouts["b"].follows
    assert counts(extents, layouts, {}, GRID) == {"a": 1, "b": 3}


def test_a_part_opens_on_a_verso_whatever_came_before() -> None:
    portrait = {"b": Pictures(shots(2 / 3))}
    for before, where in ((1, "facing"), (2, "facing")):
        extents = in_order(story("a", 10, pages=before, page=5), story("b", 27, opening=4))
        layout = arrange(extents, portrait, GRID, WORDS)["b"]
        assert layout.plates[0].captions[0].where == where


def test_pages_of_pictures_count_before_the_next_story() -> None:
    extents = in_order(story("a", 27, page=RECTO), story("b", 27))
    photos = {"a": Pictures(shots(1.5)), "b": Pictures(shots(2 / 3))}
    made = arrange(extents, photos, GRID, WORDS)["b"].plates
    assert made[0].captions[0].where == "overleaf"  # 7 text, 8 picture, 9 text


def test_chapters_that_wait_for_stories_keep_their_pages() -> None:
    extents = [story("a", 27, page=RECTO), story("b", 27, page=RECTO + 2)]
    made = arrange(extents, {"b": Pictures(shots(2 / 3))}, GRID, WORDS)["b"].plates
    assert made[0].captions[0].where == "overleaf"


def adjusted(extent: Extent, before: Layout, pictures: Pictures) -> Layout | None:
    return adjust({"a": before}, [extent], {"a": pictures}, GRID, WORDS).get("a")


def test_what_came_out_as_meant_stays() -> None:
    pictures = Pictures(shots(1.5, 1.5), paragraphs(20))
    layout = arrange([story("a", 20, pages=4)], {"a": pictures}, GRID, WORDS)["a"]
    assert adjusted(story("a", 12, pages=5), layout, pictures) is None


def test_a_last_page_of_two_lines_gets_other_widths() -> None:
    pictures = Pictures(shots(1.5, 1.5), paragraphs(20))
    layout = arrange([story("a", 20, pages=4)], {"a": pictures}, GRID, WORDS)["a"]
    changed = adjusted(story("a", 2, pages=6), layout, pictures)
    assert changed
    saved = sum(GRID.lines_of(one.height) for one in layout.plates) - sum(
        GRID.lines_of(one.height) for one in changed.plates
    )
    assert saved >= 2
    assert [(one.place, one.after) for one in changed.plates] == [
        (one.place, one.after) for one in layout.plates
    ]


def test_a_full_page_is_named_after_the_side_that_it_came_to() -> None:
    pictures = Pictures(shots(2 / 3))
    layout = arrange([story("a", 27, page=VERSO)], {"a": pictures}, GRID, WORDS)["a"]
    changed = adjusted(story("a", 27, page=RECTO), layout, pictures)
    assert changed
    assert [one.plates[0].captions[0].where for one in (layout, changed)] == ["facing", "overleaf"]


def test_a_spread_that_no_recto_leads_to_becomes_one_page() -> None:
    pictures = Pictures(shots(2.5))
    layout = arrange([story("a", 20, page=RECTO)], {"a": pictures}, GRID, WORDS)["a"]
    changed = adjusted(story("a", 20, page=VERSO), layout, pictures)
    assert changed
    assert places(changed.plates) == ["sill"]
    assert changed.plates[0].captions[0].text == "图0"


EXTENTS = st.builds(
    Extent,
    id=st.just("a"),
    page=st.integers(3, 30),
    pages=st.integers(1, 9),
    last=st.integers(9, 29),
    heading=st.just(6),
    before=st.sampled_from([0, 0, 8]),
    opening=st.sampled_from([0, 0, 4]),
)
PHOTOS = st.lists(
    st.builds(
        Shot,
        key=st.sampled_from("abcdefgh"),
        width=st.sampled_from([300, 1280, 1600, 3000, 6000]),
        height=st.sampled_from([400, 960, 2000, 3500, 6000]),
        caption=st.sampled_from(["", "门口的炊烟", "长" * 60, "长" * 700]),
        credit=st.sampled_from(["", "社区供图"]),
    ),
    max_size=20,
).map(tuple)
BLOCKS = st.lists(
    st.builds(
        Block, kind=st.sampled_from(["p", "p", "h", "v", "li", "q"]), runs=st.just(("字" * 90,))
    ),
    max_size=40,
).map(tuple)


@settings(max_examples=150)
@given(EXTENTS, PHOTOS, BLOCKS, st.integers(1, 29))
def test_every_photo_stands_exactly_once_and_in_order(
    extent: Extent, photos: tuple[Shot, ...], blocks: tuple[Block, ...], last: int
) -> None:
    pictures = Pictures(photos, blocks)
    layouts = arrange([extent], {"a": pictures}, GRID, WORDS)
    holds_everything(layouts["a"], pictures)
    ended = msgspec.structs.replace(extent, pages=extent.pages + 1, last=last)
    holds_everything(
        (layouts | adjust(layouts, [ended], {"a": pictures}, GRID, WORDS))["a"], pictures
    )


def holds_everything(layout: Layout, pictures: Pictures) -> None:
    made = layout.plates
    assert [cell.key for one in made for row in one.rows for cell in row] == [
        shot.key for shot in pictures.shots
    ]
    told = "".join(entry.text for one in made for entry in one.captions)
    assert told == "".join(shot.caption for shot in pictures.shots)
    assert [one.after for one in made] == sorted(one.after for one in made)
    for one in made:
        if one.place in {"foot", "head", "page"}:
            assert plates.depth(one, GRID) <= GRID.height + 0.01


@given(
    st.lists(
        st.tuples(st.integers(0, 13), st.integers(0, 5)), max_size=6, unique_by=lambda pair: pair[1]
    )
)
def test_photos_in_the_text_and_loose_ones_all_stand_once(pairs: list[tuple[int, int]]) -> None:
    photos = shots(1.5, 0.7, 1.5, 1, 2.5, 1.5)
    pictures = Pictures(photos, paragraphs(14), tuple(sorted(pairs)))
    layout = arrange([story("a", 20, pages=3)], {"a": pictures}, GRID, WORDS)["a"]
    keys = [cell.key for one in layout.plates for row in one.rows for cell in row]
    assert sorted(keys) == [shot.key for shot in photos]
