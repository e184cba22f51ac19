"""What each template may see, exactly: a page's view is the list of everything it depends on.

If the view of a page is unchanged, the page is unchanged. So views are small and explicit: no
counts, no "latest", no build time; a text stands here by its digest only. An *address* is a path
from the root of the site (``""`` the home page, ``stories/first/`` a page, ``feed.xml`` a file);
templates turn it into a link with ``url()``.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from candlelight.model import Correction, Credit
from candlelight.plan.facade import Facade
from candlelight.plan.windows import Window


class Ref(msgspec.Struct, frozen=True):
    """A name that may be a link; *address* None: it has no page. *lang* if not the site's."""

    title: str
    address: str | None = None
    lang: str = ""


class Picture(msgspec.Struct, frozen=True):
    """One photo as a page shows it; every file of its set is named ``photos/<key>-<width>.<ext>``.

    *widths* ascend, in pixels; *width* and *height* are those of the largest rendition; *formats*
    are extensions, best first, the last one is the fallback that every browser knows.
    """

    key: str
    width: int
    height: int
    widths: tuple[int, ...]
    formats: tuple[str, ...]
    caption: str = ""
    credit: str = ""
    alt: str = ""
    lang: str = ""

    @property
    def aspect(self) -> float:
        """Width by height."""
        return self.width / self.height


class Hung(msgspec.Struct, frozen=True):
    """A picture in a row: its share (0–1) of what the row's gaps leave, on wide and narrow pages.

    *wide_gaps* and *narrow_gaps* count the gaps in its row. *story* links to where it belongs.
    """

    picture: Picture
    wide: float
    wide_gaps: int
    narrow: float
    narrow_gaps: int
    story: Ref | None = None


class Passage(msgspec.Struct, frozen=True, tag="text"):
    """The blocks *start* to *stop* (excluded) of the text."""

    start: int
    stop: int


class Plate(msgspec.Struct, frozen=True, tag="plate"):
    """Pictures between two passages: one ``landscape`` or ``portrait``, or a ``row``."""

    shape: str
    hung: tuple[Hung, ...]


class StoryLine(msgspec.Struct, frozen=True):
    """A story in a list: the whole line is one link."""

    story: Ref
    author: str
    place: str
    date: str
    summary: str = ""


class Group(msgspec.Struct, frozen=True):
    """Story lines under a heading (a year, a month, a service point); *heading* may be a link."""

    heading: Ref
    lines: tuple[StoryLine, ...]


class PointLine(msgspec.Struct, frozen=True):
    """A service point in a register: *place* is what stands below its name; unlit: no story yet."""

    point: Ref
    place: str
    leaders: tuple[Ref, ...]
    lit: bool
    stories: tuple[Ref, ...] = ()


class District(msgspec.Struct, frozen=True):
    """A district of the register and its service points; *anchor* is its id on the page."""

    name: str
    anchor: str
    points: tuple[PointLine, ...]


class TeamLine(msgspec.Struct, frozen=True):
    """A team in a list."""

    team: Ref
    motto: str
    summary: str
    points: tuple[Ref, ...]


class PersonLine(msgspec.Struct, frozen=True):
    """A person in the index; *note* says in one line where they are found."""

    person: Ref
    note: str


class Initial(msgspec.Struct, frozen=True):
    """A letter of the index; without an address it is grey and no link."""

    letter: str
    address: str | None
    people: tuple[PersonLine, ...] = ()


class View(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """What every page has. *section* names the entry of the navigation that it stands under.

    *lang* is the language of the page's own text, *direction* ``ltr`` or ``rtl``; *card* the
    address of its share card. *dead_links* are targets in its text that have no page: they are
    shown as plain words. *source_path* is the file it comes from, for the preview.
    """

    address: str
    title: str
    description: str = ""
    section: str = ""
    lang: str = ""
    direction: str = "ltr"
    card: str = ""
    draft: bool = False
    source_path: str = ""
    dead_links: tuple[str, ...] = ()


class Download(msgspec.Struct, frozen=True):
    """A book to take along: its name in the reader's words, what it is, and how large."""

    title: str
    address: str
    size: str
    kind: str


class HomeView(View, frozen=True, kw_only=True, tag="home"):
    """The opening, the preface, newest stories, pictures, service points by district, teams.

    *downloads* are the books that were made together with the site.
    """

    facade: Facade
    epigraph: tuple[str, ...]
    preface: Ref | None
    preface_body: str
    preface_stop: int
    newest: tuple[StoryLine, ...]
    rows: tuple[Hung, ...]
    districts: tuple[District, ...]
    teams: tuple[TeamLine, ...]
    downloads: tuple[Download, ...] = ()


class StoryView(View, frozen=True, kw_only=True, tag="story"):
    """One story. *light* is its window; *flow* is its text and the plates between.

    *versions* link the same story in other scripts and languages, by the name of each; a version
    stands in no list, and *version_of* leads to the story whose window it shares.
    """

    body: str
    flow: tuple[Passage | Plate, ...]
    rows: tuple[Hung, ...]
    byline: tuple[Ref, ...]
    role: str
    team: Ref | None
    community: Ref | None
    place: str
    date: str
    date_iso: str
    credits: tuple[Credit, ...]
    people: tuple[Ref, ...]
    source: SourceView | None
    corrections: tuple[Correction, ...]
    light: Window
    versions: tuple[Ref, ...]
    earlier: Ref | None
    later: Ref | None
    next_point: Ref | None
    version_of: Ref | None = None


class SourceView(msgspec.Struct, frozen=True):
    """Where a text first appeared; *date* as readers see it."""

    title: str
    url: str
    publisher: str
    date: str
    rights: str


class TeamView(View, frozen=True, kw_only=True, tag="team"):
    """A team: its city, introduction, register of service points, unplaced stories, pictures."""

    motto: str
    facade: Facade
    body: str
    leaders: tuple[Ref, ...]
    districts: tuple[District, ...]
    unplaced: tuple[Ref, ...]
    years: tuple[Ref, ...]
    rows: tuple[Hung, ...]
    source: SourceView | None = None


class CommunityView(View, frozen=True, kw_only=True, tag="community"):
    """A service point: place, leaders, teams, stories, pictures, its neighbours."""

    district: str
    place: tuple[str, ...]
    body: str
    leaders: tuple[Ref, ...]
    teams: tuple[Ref, ...]
    stories: tuple[StoryLine, ...]
    years: tuple[Ref, ...]
    rows: tuple[Hung, ...]
    neighbours: tuple[PointLine, ...]
    call: Ref | None
    source: SourceView | None = None


class PersonView(View, frozen=True, kw_only=True, tag="person"):
    """A person: what they wrote, where they served, where they are named."""

    aliases: tuple[str, ...]
    body: str
    portrait: Picture | None
    team: Ref | None
    wrote: tuple[StoryLine, ...]
    served: tuple[Ref, ...]
    named: tuple[StoryLine, ...]


class Section(msgspec.Struct, frozen=True):
    """A team with groups by service point, or a year with groups by month.

    Without groups its heading leads to a page of its own, because the list is long.
    """

    heading: Ref
    groups: tuple[Group, ...] = ()


class StoriesView(View, frozen=True, kw_only=True, tag="stories"):
    """All stories by team and service point, or the part of a team or place that is one year."""

    sections: tuple[Section, ...]
    up: Ref | None = None


class TimelineView(View, frozen=True, kw_only=True, tag="timeline"):
    """Stories by time, a section a year, a group a month; undated ones last."""

    years: tuple[Section, ...]
    up: Ref | None = None


class PhotosView(View, frozen=True, kw_only=True, tag="photos"):
    """The photo wall; *years* links its other parts where it is long."""

    rows: tuple[Hung, ...]
    years: tuple[Ref, ...] = ()


class TeamsView(View, frozen=True, kw_only=True, tag="teams"):
    """All teams by pinyin."""

    teams: tuple[TeamLine, ...]


class CommunitiesView(View, frozen=True, kw_only=True, tag="communities"):
    """All service points by district."""

    districts: tuple[District, ...]


class PeopleView(View, frozen=True, kw_only=True, tag="people"):
    """The index of people: the row of letters, and those of the letters that stand on this page."""

    letters: tuple[Initial, ...]
    shown: tuple[Initial, ...]


class PageView(View, frozen=True, kw_only=True, tag="page"):
    """A text of the anthology itself: preface, about, afterword."""

    body: str
    epigraph: tuple[str, ...]
    rows: tuple[Hung, ...]


class NotFoundView(View, frozen=True, kw_only=True, tag="404"):
    """The dark window, for an address that leads nowhere."""


class MovedView(View, frozen=True, kw_only=True, tag="moved"):
    """An old address that leads on to *target*."""

    target: str


AnyView = (
    HomeView
    | StoryView
    | TeamView
    | CommunityView
    | PersonView
    | StoriesView
    | TimelineView
    | PhotosView
    | TeamsView
    | CommunitiesView
    | PeopleView
    | PageView
    | NotFoundView
    | MovedView
)
"""A page of the site; the tag of its type names its template, ``templates/site/<tag>.html``."""


class SiteView(msgspec.Struct, frozen=True):
    """What all pages share.

    *navigation* holds (section, address), in order; *also* the same for the links at the foot.
    """

    title: str
    subtitle: tuple[str, ...]
    language: str
    base_url: str
    footer: tuple[str, ...]
    bogda: bool
    navigation: tuple[tuple[str, str], ...]
    feed: str
    also: tuple[tuple[str, str], ...] = ()


def pictures_in(view: AnyView) -> Iterator[Picture]:
    """Every picture that *view* shows: in its rows, between its passages, its portrait."""
    for hung in getattr(view, "rows", ()):
        yield hung.picture
    if isinstance(view, StoryView):
        for piece in view.flow:
            if isinstance(piece, Plate):
                yield from (hung.picture for hung in piece.hung)
    if isinstance(view, PersonView) and view.portrait:
        yield view.portrait
