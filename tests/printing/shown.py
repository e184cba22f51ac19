"""An e-book read as a reader shows it."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET


def files(path: Path) -> dict[str, bytes]:
    """Everything in the e-book at *path*, by its name."""
    with zipfile.ZipFile(path) as book:
        assert book.testzip() is None
        return {name: book.read(name) for name in book.namelist()}


def text(path: Path) -> str:
    """All that is read in its pages and its title, as a reader shows it; every file must parse."""
    kinds = (".xhtml", ".opf", ".ncx")
    trees = [
        ET.fromstring(content) for name, content in files(path).items() if name.endswith(kinds)
    ]
    return "\n".join("".join(tree.itertext()) for tree in trees)


def alternatives(path: Path) -> set[str]:
    """The alternative texts of its pictures."""
    trees = [ET.fromstring(one) for name, one in files(path).items() if name.endswith(".xhtml")]
    return {element.get("alt", "") for tree in trees for element in tree.iter()} - {""}
