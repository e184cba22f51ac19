"""The last good version of a page whose text cannot be published at the moment."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path

from candlelight.plan import routes
from candlelight.run.meant import document_at


class Kept:
    """Pages of documents with errors, by address, as they were before."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pages: dict[str, bytes] = {}

    def keep(self, left_out: Iterable[str]) -> None:
        """Hold on to the pages of the documents *left_out* before they go; forget all others."""
        addresses = {address for path in left_out if (address := address_of(path)) is not None}
        pages = {}
        for address in addresses:
            with contextlib.suppress(OSError):
                pages[address] = (self._folder / routes.output_file(address)).read_bytes()
        stay = {address: page for address, page in self._pages.items() if address in addresses}
        # One assignment: threads that serve see the old ones or the new ones.
        self._pages = stay | pages

    def page(self, address: str) -> bytes | None:
        """The last good version of the page at *address*."""
        return self._pages.get(address)


def address_of(path: str) -> str | None:
    """The address of the document that the file at *path* belongs to; None if to none."""
    target = document_at(path)
    return routes.document(target) if target else None
