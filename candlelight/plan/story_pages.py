"""The view of one story."""

from __future__ import annotations

import msgspec

from candlelight.model import Body, Community, Document, PhotoRecipe, Story
from candlelight.plan import routes
from candlelight.plan.directory import Placed
from candlelight.plan.lines import Lines, direction
from candlelight.plan.pictures import picture
from candlelight.plan.rows import compose
from candlelight.plan.views import Hung, Passage, Plate, Ref, StoryView


def story_views(lines: Lines) -> list[StoryView]:
    """A view for each story, in the order of the site, and for each of its versions."""
    views = []
    beside = _beside(lines)
    for placed in lines.stories:
        family = (placed, *lines.versions.get(placed.story.slug, ()))
        views += [_story(lines, one, family, *beside[placed.story.path]) for one in family]
    return views


def _story(
    lines: Lines,
    placed: Placed,
    family: tuple[Placed, ...],
    earlier: Ref | None,
    later: Ref | None,
) -> StoryView:
    story, original = placed.story, family[0]
    flow, rows = _set(story, lines.site.photos, lines.foreign(story.lang))
    community = lines.directory.communities.get(placed.community)
    return StoryView(
        address=routes.story(story.slug),
        title=story.title,
        description=story.summary or story.body.excerpt,
        section="stories",
        lang=lines.foreign(story.lang),
        direction=direction(story.lang),
        card=routes.card(routes.story(story.slug) if lines.site.cards else ""),
        draft=story.draft,
        source_path=story.path,
        body=story.body.digest,
        flow=flow,
        rows=rows,
        byline=lines.byline(placed),
        role=story.role,
        team=lines.team(placed.team),
        community=lines.community(placed.community),
        place=_place(community) if community else "",
        date=lines.date(story.date),
        date_iso=story.date.iso if story.date else "",
        credits=story.credits,
        people=lines.persons(slug for slug in placed.people if slug not in placed.authors),
        source=lines.source(story.source),
        corrections=story.corrections,
        light=lines.window(original),
        versions=tuple(
            Ref(lines.language(one.story.lang), routes.story(one.story.slug), one.story.lang)
            for one in family
            if one is not placed
        ),
        version_of=None if placed is original else lines.story(original.story),
        earlier=earlier,
        later=later,
        next_point=lines.community(lines.register.following.get(original.community, "")),
    )


def retold(view: StoryView, story: Story, recipe: PhotoRecipe) -> StoryView:
    """*view* after its *story* has another text, and nothing else that anybody sees of it."""
    flow, rows = _set(story, recipe, view.lang)
    return msgspec.structs.replace(view, body=story.body.digest, flow=flow, rows=rows)


def as_others_see(document: Document) -> Document:
    """*document* without what only its own page shows of it: of a story, the text itself.

    Where this is the same as before, no view has changed but the story's own (`retold`).
    """
    if not isinstance(document, Story):
        return document
    body = document.body
    # Where there is a summary, nobody is shown how the text begins.
    excerpt = "" if document.summary else body.excerpt
    told = Body(excerpt=excerpt, links=body.links, headings=body.headings)
    return msgspec.structs.replace(document, body=told)


def _set(
    story: Story, recipe: PhotoRecipe, lang: str
) -> tuple[tuple[Passage | Plate, ...], tuple[Hung, ...]]:
    """The flow of a story, and the rows of photos after its end."""
    pictures = {photo.path: picture(photo, recipe, lang) for photo in story.photos}
    placed = [(at, pictures.pop(path)) for at, path in story.body.placed if path in pictures]
    return compose(story.body.lengths, placed, tuple(pictures.values()))


def _place(community: Community) -> str:
    """Where a service point lies, without what its own name says already."""
    parts = (community.district, community.community)
    return " ".join(part for part in parts if part and part != community.title)


def _beside(lines: Lines) -> dict[str, tuple[Ref | None, Ref | None]]:
    """The previous and the next story of the same service point, else of the same unplaced ones.

    By the path of each story that stands in the lists.
    """
    shelves = [shelf for point, shelf in lines.of_community.items() if point]
    shelves += [
        tuple(one for one in shelf if not one.community) for shelf in lines.of_team.values()
    ]
    found = {}
    for shelf in shelves:
        refs = [None, *(lines.story(one.story) for one in shelf), None]
        for at, one in enumerate(shelf):
            found[one.story.path] = (refs[at], refs[at + 2])
    return found
