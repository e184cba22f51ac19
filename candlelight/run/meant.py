"""What somebody means by a path: files of the site, by address, by name, or by what they show."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from candlelight.make.pages import PageJob, template_of
from candlelight.make.products import Product
from candlelight.plan import routes
from candlelight.plan.views import MovedView
from candlelight.read.sources import KINDS
from candlelight.run.why import Shared

_FOR_ALL = ("site.yaml", "assets/", "templates/messages/")


def meant_by(
    given: str, products: Iterable[Product], published: Iterable[str], shared: Shared
) -> list[str]:
    """The files that *given* means: a path from the source folder, or an address of the site.

    *published* are the files that stand now: one of them may be made no longer.
    """
    given = unicodedata.normalize("NFC", given.replace("\\", "/"))
    found = [one for one in products if _comes_from(given, one, shared)]
    if found:
        return [one.path for one in found]
    paths = {one.path for one in products} | set(published)
    address = unquote(urlsplit(given).path).strip("/")
    pages = (f"{address}/" if address else "", routes.story(address))
    files = (address, *map(routes.output_file, pages))
    return [path for path in dict.fromkeys(files) if path in paths]


def inside(given: str, folder: Path) -> str:
    """*given* as a path from *folder* if it names a file or folder in it, else as it is."""
    if given.startswith(("http://", "https://")):
        return given
    for path in (Path(given), folder / given):
        if path.exists() and path.resolve().is_relative_to(folder.resolve()):
            return path.resolve().relative_to(folder.resolve()).as_posix()
    return given


def document_at(path: str) -> str:
    """``stories/x`` for any path in ``content/stories/x/`` or ``content/stories/x.md``, else ""."""
    parts = path.split("/")
    if len(parts) < 3 or parts[0] != "content" or parts[1] not in KINDS:
        return ""
    return f"{parts[1]}/{parts[2].removesuffix('.md')}"


def _comes_from(path: str, product: Product, shared: Shared) -> bool:
    """Whether the source file or folder *path* is what *product* shows, or shapes it."""
    if path.startswith(_FOR_ALL):
        return True
    view = product.job.view if isinstance(product.job, PageJob) else None
    if target := document_at(path):
        address = routes.document(target)
        own = {routes.output_file(address), routes.card(address)}
        return product.path in own or bool(view and document_at(view.source_path) == target)
    if view is None:
        return False
    if path == "content/redirects.yaml":
        return isinstance(view, MovedView)
    name = path.removeprefix("templates/site/")
    return name != path and name in shared.templates[template_of(view)]
