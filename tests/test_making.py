"""What a site is made with besides its pages."""

from __future__ import annotations

from tests.anthology import Anthology


def test_stories_without_cards_of_their_own_share_that_of_the_anthology(told: Anthology) -> None:
    card = "assets/cards/stories/first-snow.jpg"
    assert card in told.files()
    told.site(cards=False)
    assert card in told.build().removed
    assert "assets/cards/home.jpg" in told.read("stories/first-snow/index.html")
    assert card not in told.read("stories/first-snow/index.html")
    assert [path for path in told.files() if path.startswith("assets/cards/teams/")]


def test_the_card_of_a_title_in_uyghur_shows_it(anthology: Anthology) -> None:
    """The Kai has no Arabic letters: without another face both cards would be the same."""
    anthology.story("a", title="شام نۇرى").build()
    card = anthology.files()["assets/cards/stories/a.jpg"]
    anthology.edit("a", title="مەھەللە")
    assert anthology.build().files["assets/cards/stories/a.jpg"] != card
