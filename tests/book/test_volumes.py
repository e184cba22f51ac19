"""What a volume shows beside its stories: texts and photos of teams, of points, of the preface."""

import msgspec

from candlelight.book.edition import Chapter
from candlelight.book.volumes import Volume, documents_of, volumes_of
from candlelight.model import BookSettings, Community, LostPhoto, Mention, Page, Photo, PhotoFacts
from candlelight.model import VolumeSettings as Cut
from candlelight.plan.lines import Lines
from tests.book.shelf import WORDS, edition, lines_of, point, story, team

CANDLE, QUAKE = team("candle", "蜡烛"), team("quake", "联盟")
PREFACE = Page(path="content/pages/preface.md", slug="preface", title="前言")
AFTERWORD = Page(path="content/pages/afterword.md", slug="afterword", title="后记")
STORIES = [story(slug, team="蜡烛", place="花园") for slug in ("a", "b")]
SETTINGS = BookSettings(preface="preface", afterword="afterword")
IN_TWO = msgspec.structs.replace(
    SETTINGS, volumes=(Cut("上", (Mention("a"),)), Cut("下", (Mention("b"),)))
)


def photographed(one: Community) -> Community:
    facts = PhotoFacts(digest="0" * 64, width=600, height=400, format="JPEG")
    return msgspec.structs.replace(one, photos=(Photo(f"{one.slug}/a.jpg", facts),))


GARDEN = photographed(point("garden", "花园", teams=["蜡烛"]))
WAITING = photographed(point("waiting", "等待", teams=["蜡烛", "联盟"]))
BARE = point("bare", "无图", teams=["蜡烛"])


def book(settings: BookSettings = SETTINGS) -> Lines:
    documents = (CANDLE, QUAKE, GARDEN, WAITING, BARE, PREFACE, AFTERWORD, *STORIES)
    return lines_of(*documents, settings=settings)


def volumes(lines: Lines) -> tuple[Volume, ...]:
    return volumes_of(edition(lines)[0], lines.site.book, {}, WORDS)


def test_a_point_that_waits_has_a_chapter_if_it_has_photos_and_only_one() -> None:
    found, _ = edition(book())
    assert [[chapter.title for chapter in part.chapters] for part in found.parts] == [
        ["花园", "等待"], [],
    ]  # fmt: skip
    assert found.parts[0].chapters[1] == Chapter("等待", "waiting", ())
    assert [one.lit for one in found.parts[0].points if one.community == "waiting"] == [False]


def test_a_lost_photo_is_reason_enough_for_a_chapter() -> None:
    lost = msgspec.structs.replace(BARE, lost=(LostPhoto(0, "门.jpg"),))
    found, _ = edition(lines_of(CANDLE, lost, *STORIES))
    assert [chapter.community for chapter in found.parts[0].chapters][-1] == "bare"


def test_each_volume_shows_what_belongs_to_its_texts() -> None:
    lines = book(IN_TWO)
    first, second = volumes(lines)
    assert list(documents_of(first, lines)) == ["preface", "part-0", "chapter-0-0", "s-a"]
    assert list(documents_of(second, lines)) == [
        "part-0", "chapter-0-0", "s-b", "chapter-0-1", "part-1", "afterword",
    ]  # fmt: skip
    assert documents_of(second, lines)["chapter-0-1"] == WAITING


def test_a_book_of_one_volume_shows_everything_once() -> None:
    lines = book()
    (only,) = volumes(lines)
    assert list(documents_of(only, lines)) == [
        "preface", "part-0", "chapter-0-0", "s-a", "s-b", "chapter-0-1", "part-1", "afterword",
    ]  # fmt: skip
