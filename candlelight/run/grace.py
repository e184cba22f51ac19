"""Which files of the build before stay one build longer: a reader may hold a page of yesterday.

Only what is still published in another form may stay. So nothing that was taken down ever does: a
photo has left with its last form (docs/decisions/0023).
"""

from __future__ import annotations

from collections.abc import Mapping

from candlelight.plan import routes
from candlelight.run.manifest import Published


def graced(before: Mapping[str, Published], after: Mapping[str, Published]) -> tuple[str, ...]:
    """The paths of *before*, not in *after*, that stay for one build; sorted.

    A style sheet stays if the theme still has it, a photo if the site still shows the same
    original, each under another name.
    """
    left = sorted(path for path in before if path not in after)
    if not left:
        return ()
    standing = {_what(path, entry) for path, entry in after.items()} - {""}
    return tuple(path for path in left if _what(path, before[path]) in standing)


def _what(path: str, entry: Published) -> str:
    return entry.version_of or routes.asset_name(path)
