"""Hashed files of the build before stay one build longer, unless somebody was taken down."""

from __future__ import annotations

import pytest

from candlelight.run import manifest
from candlelight.run.grace import graced
from candlelight.run.manifest import Published
from candlelight.run.output import RefusedOutput
from tests.run.publishing import OLD, Site, without_exchange

STYLE = {
    path: content for path, content in OLD.items() if path != "assets/css/site.aaaaaaaaaaaa.css"
}
NEXT_STYLE = {**STYLE, "assets/css/site.bbbbbbbbbbbb.css": b"another style"}
LAST_STYLE = {**STYLE, "assets/css/site.cccccccccccc.css": b"a third style"}
AAAA, BBBB = "assets/css/site.aaaaaaaaaaaa.css", "assets/css/site.bbbbbbbbbbbb.css"


def graces(site: Site) -> tuple[str, ...]:
    found = manifest.read(site.folder)
    assert found
    return found[1].graced


@pytest.mark.parametrize("way", ["exchange", "files"])
def test_the_style_of_yesterday_stays_for_one_build(
    site: Site, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if way == "files":
        without_exchange(monkeypatch)
    change = site.publish(NEXT_STYLE)
    assert change.removed == (AAAA,)
    assert site.everything[AAAA] == b"style"
    assert site.files == NEXT_STYLE
    site.publish(LAST_STYLE)
    assert AAAA not in site.everything
    assert graces(site) == (BBBB,)


def test_what_stays_is_no_stranger_and_no_reason_to_write(site: Site) -> None:
    site.publish(NEXT_STYLE)
    assert site.look() == set(NEXT_STYLE)
    assert site.publish(NEXT_STYLE).way == ""
    assert graces(site) == (AAAA,)


@pytest.mark.parametrize("harm", ["damaged", "gone"])
def test_what_stays_hides_no_harm_to_the_site(site: Site, harm: str) -> None:
    site.publish({**OLD, "index.html": b"new home"})
    site.publish(NEXT_STYLE)
    assert graces(site) == (AAAA,)
    page = site.folder / "stories/snow/index.html"
    page.write_bytes(b"by hand") if harm == "damaged" else page.unlink()
    assert site.look() == set(NEXT_STYLE) - {"stories/snow/index.html"}
    site.publish(NEXT_STYLE)
    assert site.files == NEXT_STYLE


def test_what_stays_is_no_part_of_the_site(site: Site) -> None:
    site.publish(NEXT_STYLE)
    found = manifest.read(site.folder)
    assert found
    assert set(found[1].files) == set(NEXT_STYLE)


def test_a_style_that_comes_back_is_published_again(site: Site) -> None:
    site.publish(NEXT_STYLE)
    site.publish(OLD)
    assert site.files == OLD
    assert graces(site) == (BBBB,)


def test_after_a_takedown_nothing_stays(site: Site) -> None:
    site.publish(NEXT_STYLE, takedown=True)
    assert site.everything == NEXT_STYLE


def test_a_takedown_ends_the_grace_of_before_even_if_nothing_else_changes(site: Site) -> None:
    site.publish(NEXT_STYLE)
    assert site.publish(NEXT_STYLE, takedown=True).way == "exchange"
    assert site.everything == NEXT_STYLE
    assert site.publish(NEXT_STYLE, takedown=True).way == ""


def test_a_page_that_leaves_is_gone_and_the_style_of_who_still_reads_it_stays(site: Site) -> None:
    left = {path: content for path, content in NEXT_STYLE.items() if "night" not in path}
    site.publish(left)
    assert site.everything == {**left, AAAA: b"style"}


@pytest.mark.parametrize(
    ("before", "after", "stays"),
    [
        ({"assets/photos/1-480.webp": "a photo"}, {"assets/photos/2-480.webp": "a photo"}, True),
        ({"assets/photos/1-480.webp": "a photo"}, {"assets/photos/2-480.webp": "another"}, False),
        ({"assets/photos/1-480.webp": "a photo"}, {}, False),
        ({"assets/photos/1-480.webp": ""}, {"assets/photos/2-480.webp": ""}, False),
        ({AAAA: ""}, {BBBB: ""}, True),
        ({AAAA: ""}, {}, False),
        ({AAAA: ""}, {"assets/css/print.bbbbbbbbbbbb.css": ""}, False),
        ({"assets/images/portrait.jpg": ""}, {"assets/images/other.jpg": ""}, False),
        ({"stories/a.0123456789ab.html": ""}, {"stories/a.abababababab.html": ""}, False),
    ],
)  # fmt: skip
def test_only_what_is_still_published_in_another_form_may_stay(
    before: dict[str, str], after: dict[str, str], stays: bool
) -> None:
    old, new = (
        {path: Published("f", "d", of) for path, of in files.items()} for files in (before, after)
    )
    assert graced(old, new) == (tuple(sorted(before)) if stays else ())


def test_a_photo_withdrawn_with_a_new_recipe_is_gone_and_the_others_stay() -> None:
    old = {"p/1-480.webp": Published("f", "d", "kept"), "p/2-480.webp": Published("f", "d", "gone")}
    new = {"p/3-480.webp": Published("f", "d", "kept")}
    assert graced(old, new) == ("p/1-480.webp",)


def test_a_photo_that_stands_stays_what_it_is_where_nobody_says_it_again(site: Site) -> None:
    photo, again = "assets/photos/1-480.webp", "assets/photos/2-480.webp"
    with_photo = {**OLD, photo: b"photo"}
    site.publish(with_photo, **{photo.replace(".", "_"): "an original"})
    site.publish({**with_photo, "index.html": b"new home"})
    site.publish({**OLD, again: b"smaller"}, **{again.replace(".", "_"): "an original"})
    assert graces(site) == (photo,)


def test_a_stranger_beside_what_stays_is_still_refused(site: Site) -> None:
    site.publish(NEXT_STYLE)
    (site.folder / "assets/css/site.dddddddddddd.css").write_bytes(b"mine")
    with pytest.raises(RefusedOutput, match="strangers"):
        site.look()
