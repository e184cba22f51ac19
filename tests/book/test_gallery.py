"""Photos for the book: lost ones keep their places, withheld ones have none."""

from candlelight.book.gallery import pictures_of, plates_of
from candlelight.book.grid import grid_of
from candlelight.book.sheets import Block, StorySheet
from candlelight.book.story import Told
from candlelight.model import LostPhoto, Photo, PhotoFacts, Story, Team
from tests.book.shelf import WORDS


def photo(name: str, **said: object) -> Photo:
    facts = PhotoFacts(digest=name * 20, width=600, height=400, format="JPEG")
    return Photo(f"content/stories/a/{name}.jpg", facts, **said)  # type: ignore[arg-type]


def told(*anchors: tuple[int, str]) -> Told:
    sheet = StorySheet(
        "s-a",
        "题",
        ("题",),
        large=True,
        byline=(),
        role="",
        date="",
        lang="",
        rtl=False,
        blocks=(Block("p", ("字",)),) * 3,
    )
    return Told(sheet, anchors)


def test_a_lost_photo_keeps_its_place_with_a_box_of_its_own() -> None:
    lost = (LostPhoto(1, "门.jpg", "门口"), LostPhoto(2, "尾.jpg"))
    story = Story(path="p", slug="a", title="题", photos=(photo("a"), photo("b")), lost=lost)
    shots = pictures_of(story, told()).shots
    assert [(shot.key[:1], shot.missing, shot.caption) for shot in shots] == [
        ("a", "", ""), ("", "门.jpg", "门口"), ("b", "", ""), ("", "尾.jpg", ""),
    ]  # fmt: skip


def test_a_broken_photo_has_a_box_of_its_shape() -> None:
    story = Story(path="p", slug="a", title="题", photos=(photo("a"),))
    (shot,) = pictures_of(story, told(), {"content/stories/a/a.jpg"}).shots
    assert (shot.missing, shot.aspect) == ("a.jpg", 1.5)


def test_a_withheld_photo_is_not_in_the_book() -> None:
    story = Story(path="p", slug="a", title="题", photos=(photo("a", consent=False), photo("b")))
    pictures = pictures_of(
        story, told((1, "content/stories/a/a.jpg"), (2, "content/stories/a/b.jpg"))
    )
    assert [shot.key[:1] for shot in pictures.shots] == ["b"]
    assert pictures.placed == ((2, 0),)


def test_captions_are_set_like_all_other_words() -> None:
    story = Story(
        path="p",
        slug="a",
        title="题",
        photos=(photo("a", caption="门口,傍晚", credit=" 社区供图 "),),
    )
    (shot,) = pictures_of(story, told()).shots
    assert (shot.caption, shot.credit) == ("门口，傍晚", "社区供图")


def test_the_photos_of_a_team_stand_on_pages_of_their_own_at_most_five_on_each() -> None:
    names = "abcdefg"
    said = [photo(name, caption=f"图{name}", credit="社区供图", alt="门") for name in names]
    team = Team(path="p", slug="a", title="队", photos=(*said, photo("h", consent=False)))
    made = plates_of(team, grid_of("185x260", 29), WORDS["where"])
    cells = [[cell for row in one.rows for cell in row] for one in made]
    assert [len(row) for row in cells] == [5, 2]
    assert [(cell.key[:1], cell.alt) for row in cells for cell in row] == [(n, "门") for n in names]
    assert {one.place for one in made} == {"page"}
    assert [caption.text for one in made for caption in one.captions] == [f"图{n}" for n in names]
    assert [one.credit for one in made] == ["社区供图"] * 2


def test_a_team_without_photos_has_no_plate_and_a_lost_one_is_a_box() -> None:
    grid, where = grid_of("185x260", 29), WORDS["where"]
    assert plates_of(Team(path="p", slug="a", title="队"), grid, where) == ()
    lost = Team(
        path="p", slug="a", title="队", photos=(photo("a"),), lost=(LostPhoto(1, "门.jpg"),)
    )
    (made,) = plates_of(lost, grid, where, {"content/stories/a/a.jpg"})
    assert [cell.missing for row in made.rows for cell in row] == ["a.jpg", "门.jpg"]


def test_the_first_photos_stand_under_the_text_where_there_is_room() -> None:
    grid, where = grid_of("185x260", 29), WORDS["where"]
    team = Team(path="p", slug="a", title="队", photos=(photo("a"),))
    places = [[one.place for one in plates_of(team, grid, where, room=room)] for room in (20, 120)]
    assert places == [["page"], ["foot"]]
