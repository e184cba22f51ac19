"""What a page says of itself to search engines: JSON-LD in the words of schema.org.

Only what the page shows is told, and nothing where the page knows nothing: an unsigned story
names no author. With a base URL addresses are absolute, else relative to the page.
"""

from __future__ import annotations

import msgspec

from candlelight.plan import routes
from candlelight.plan.views import (
    AnyView,
    CommunityView,
    HomeView,
    MovedView,
    NotFoundView,
    PageView,
    PersonView,
    PhotosView,
    Picture,
    Ref,
    SiteView,
    StoryView,
    TeamView,
    pictures_in,
)

Facts = dict[str, object]


def jsonld(view: AnyView, site: SiteView) -> str:
    """The ``script`` element for the head of the page of *view*; "" if there is nothing to say."""
    facts = graph(view, site)
    if not facts:
        return ""
    whole = {"@context": "https://schema.org", "@graph": facts}
    text = msgspec.json.encode(whole).decode()
    # No text may end the element or open a comment in it; all three are the same JSON.
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return f'<script type="application/ld+json">{text}</script>'


def graph(view: AnyView, site: SiteView) -> list[Facts]:
    """The things that the page of *view* is about, then the path that leads to it."""
    if isinstance(view, MovedView | NotFoundView):
        return []
    page = _Page(view, site)
    if isinstance(view, HomeView):
        return [page.website()]
    return [page.main(), page.trail()]


class _Page:
    """Says one view in the words of schema.org."""

    def __init__(self, view: AnyView, site: SiteView) -> None:
        self.view, self.site = view, site

    def main(self) -> Facts:
        view = self.view
        if isinstance(view, StoryView):
            return self._story(view)
        if isinstance(view, TeamView):
            return self._team(view)
        if isinstance(view, CommunityView):
            return self._community(view)
        if isinstance(view, PersonView):
            return self._person(view)
        return self._page()

    def website(self) -> Facts:
        return self._thing("WebSite", name=self.view.title, inLanguage=self.site.language)

    def trail(self) -> Facts:
        """Home, then where the page belongs, then the page itself."""
        view = self.view
        steps = [Ref(self.site.title, routes.HOME)]
        if isinstance(view, StoryView):
            steps += [ref for ref in (view.team, view.community) if ref]
        steps.append(Ref(view.title, view.address))
        items = [
            _known("ListItem", position=number, name=step.title, item=self._url(step.address))
            for number, step in enumerate(steps, 1)
        ]
        return _known("BreadcrumbList", itemListElement=items)

    def _story(self, view: StoryView) -> Facts:
        corrected = sorted(each.date.iso for each in view.corrections if each.date)
        return self._thing(
            "Article",
            headline=view.title,
            inLanguage=view.lang or self.site.language,
            # A byline without a page names nobody: it says that nobody signed.
            author=[self._ref("Person", ref) for ref in view.byline if ref.address is not None],
            datePublished=view.date_iso,
            dateModified=corrected[-1] if corrected else "",
            contentLocation=self._ref("Place", view.community),
            sourceOrganization=self._ref("NGO", view.team),
            mentions=[self._ref("Person", ref) for ref in view.people],
            isBasedOn=view.source.url if view.source else "",
            workTranslation=[self._version(ref) for ref in view.versions],
            translationOfWork=self._version(view.version_of) if view.version_of else None,
            image=self._images(),
            isPartOf=self._ref("WebSite", Ref(self.site.title, routes.HOME)),
        )

    def _team(self, view: TeamView) -> Facts:
        points = (line.point for district in view.districts for line in district.points)
        return self._thing(
            "NGO",
            name=view.title,
            slogan=view.motto,
            member=[self._ref("Person", ref) for ref in view.leaders],
            location=[self._ref("Place", ref) for ref in points],
            image=self._images(),
        )

    def _community(self, view: CommunityView) -> Facts:
        within = _known("AdministrativeArea", name=view.district) if view.district else None
        return self._thing("Place", name=view.title, containedInPlace=within, photo=self._images())

    def _person(self, view: PersonView) -> Facts:
        return self._thing(
            "Person",
            name=view.title,
            alternateName=list(view.aliases),
            memberOf=self._ref("NGO", view.team),
            image=self._image(view.portrait) if view.portrait else None,
        )

    def _page(self) -> Facts:
        view = self.view
        if isinstance(view, PageView):
            kind = "AboutPage" if view.address == routes.ABOUT else "WebPage"
        else:
            kind = "ImageGallery" if isinstance(view, PhotosView) else "CollectionPage"
        return self._thing(kind, name=view.title, inLanguage=view.lang or self.site.language)

    def _thing(self, kind: str, **facts: object) -> Facts:
        here = {"description": self.view.description, "url": self._url(self.view.address)}
        return _known(kind, **facts, **here)

    def _ref(self, kind: str, ref: Ref | None) -> Facts | None:
        return _known(kind, name=ref.title, url=self._url(ref.address)) if ref else None

    def _version(self, ref: Ref) -> Facts:
        # Its title here is the name of a language, which is not what the story is called.
        return _known("Article", url=self._url(ref.address), inLanguage=ref.lang)

    def _images(self) -> list[Facts]:
        shown = {picture.key: picture for picture in pictures_in(self.view)}
        return [self._image(picture) for picture in list(shown.values())[:3]]

    def _image(self, picture: Picture) -> Facts:
        largest = routes.rendition(picture.key, picture.widths[-1], picture.formats[-1])
        return _known(
            "ImageObject",
            url=self._url(largest),
            width=picture.width,
            height=picture.height,
            caption=picture.caption,
            creditText=picture.credit,
        )

    def _url(self, address: str | None) -> str:
        if address is None:
            return ""
        return routes.link(self.view.address, address, self.site.base_url or None)


def _known(kind: str, **facts: object) -> Facts:
    """A thing of *kind* with those *facts* that are known."""
    return {"@type": kind} | {name: fact for name, fact in facts.items() if fact}
