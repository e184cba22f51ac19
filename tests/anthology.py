"""A small real anthology for a test: written to disk, edited and built like any other.

anthology.story("first-snow", title="初雪", summary="一盏灯")
anthology.build()
anthology.edit("first-snow", summary="巷子里的一盏灯")
assert "stories/first-snow/index.html" in anthology.build().written
"""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from candlelight.book.selection import Selection
from candlelight.commands.build import CACHE
from candlelight.pipeline import Report, Request, build
from candlelight.problems import Problem
from candlelight.publication import BookRequest
from candlelight.run.output import MANIFEST
from candlelight.run.session import session

Facts = dict[str, Any]


@dataclass(frozen=True)
class Result:
    """What a build did; *published* is False if it left the old site alone."""

    report: Report
    written: set[str]
    unchanged: set[str]
    removed: set[str]
    files: dict[str, bytes] = field(repr=False)

    @property
    def published(self) -> bool:
        return self.report.change is not None

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.report.problems

    @property
    def codes(self) -> set[str]:
        """The codes of all problems but notices."""
        return {problem.code for problem in self.problems if problem.severity != "notice"}

    @property
    def left_out(self) -> tuple[str, ...]:
        return self.report.left_out

    @property
    def pages(self) -> set[str]:
        """The pages that were written."""
        return {path for path in self.written if path.endswith(".html")}

    @property
    def made(self) -> dict[str, int]:
        """How much was really done, by kind."""
        return self.report.made


@dataclass(frozen=True)
class Printed:
    """What came of a book or an e-book: its *files*, none if nothing was written.

    *done* counts the work that was not remembered, by kind.
    """

    problems: tuple[Problem, ...]
    left_out: tuple[str, ...]
    files: tuple[Path, ...]
    done: Mapping[str, int]

    @property
    def file(self) -> Path:
        """The only file, or the first: the pages, where a cover follows them."""
        assert self.files, self.codes
        return self.files[0]

    @property
    def codes(self) -> set[str]:
        """The codes of all problems but notices."""
        return {problem.code for problem in self.problems if problem.severity != "notice"}

    def said(self, code: str) -> list[Problem]:
        """The problems with *code*."""
        return [problem for problem in self.problems if problem.code == code]


class Anthology:
    """The anthology in the folder *root*, and the site that it is built into."""

    def __init__(self, root: Path, output: Path | None = None, *, fresh: bool = True) -> None:
        """Begin a *fresh* anthology, or take what stands in *root* as it is."""
        self.root = root
        self.output = output or root / "public"
        self._texts: dict[str, tuple[Facts, str]] = {}
        if fresh:
            self.site(title="烛光", base_url="https://candlelight.example/sub/")

    def site(self, **settings: Any) -> Anthology:
        """Write ``site.yaml`` anew with *settings* over those before."""
        return self._text("site.yaml", settings, "")

    def story(self, slug: str, body: str = "灯亮了。", **facts: Any) -> Anthology:
        return self._text(_path("stories", slug), {"title": slug, **facts}, body)

    def team(self, slug: str, body: str = "", **facts: Any) -> Anthology:
        return self._text(_path("teams", slug), {"title": slug, **facts}, body)

    def community(self, slug: str, body: str = "", **facts: Any) -> Anthology:
        return self._text(_path("communities", slug), {"title": slug, **facts}, body)

    def person(self, slug: str, body: str = "", **facts: Any) -> Anthology:
        return self._text(_path("people", slug), {"title": slug, **facts}, body)

    def page(self, slug: str, body: str = "", **facts: Any) -> Anthology:
        return self._text(_path("pages", slug), {"title": slug, **facts}, body)

    def edit(self, slug: str, body: str | None = None, **facts: Any) -> Anthology:
        """Change *facts* (None takes one away) or the *body* of the document *slug*."""
        path = next(path for path in self._texts if path.split("/")[2:3] == [slug])
        return self._text(path, facts, self._texts[path][1] if body is None else body)

    def photo(
        self, slug: str, name: str = "a.jpg", size: tuple[int, int] = (600, 400), **facts: Any
    ) -> Anthology:
        """Lay a drawn photo beside the story *slug*; with *facts* it is listed too."""
        self.write(f"content/stories/{slug}/{name}", photo(name, size))
        if facts:
            listed = self._texts[_path("stories", slug)][0].get("photos", [])
            self.edit(slug, photos=[*listed, {"file": name, **facts}])
        return self

    def write(self, path: str, content: str | bytes) -> Anthology:
        """Write any file of the source, a str as UTF-8."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return self

    def delete(self, path: str) -> Anthology:
        """Delete a file or a folder of the source."""
        target = self.root / path
        if target.is_dir():
            shutil.rmtree(target)
        else:
            target.unlink()
        self._texts = {
            key: text for key, text in self._texts.items() if not f"{key}/".startswith(f"{path}/")
        }
        return self

    def delete_story(self, slug: str) -> Anthology:
        return self.delete(f"content/stories/{slug}")

    def rename_story(self, old: str, new: str) -> Anthology:
        """Move the folder of a story, as an editor does in a file manager."""
        folder = self.root / "content/stories"
        (folder / old).rename(folder / new)
        self._texts[_path("stories", new)] = self._texts.pop(_path("stories", old))
        return self

    def build(
        self,
        *,
        keep_going: bool = False,
        drafts: bool = False,
        workers: int = 1,
        base_url: str = "",
        with_book: bool = False,
    ) -> Result:
        """Build in this process (with *workers* above 1: in processes of their own)."""
        request = Request(
            self.root, self.output, self.root / CACHE, keep_going, drafts,
            base_url=base_url, with_book=with_book,
        )  # fmt: skip
        with session(request.cache, workers) as memory:
            report = build(request, memory, lambda step, total: lambda count: None)
        change = report.change
        return Result(
            report,
            set(change.written if change else ()),
            set(change.unchanged if change else ()),
            set(change.removed if change else ()),
            tree(self.output),
        )

    def book(self, name: str = "book.pdf", *, workers: int = 1, **wishes: Any) -> Printed:
        """Typeset the book in this process; *wishes* are those of BookRequest and Selection."""
        # Late: a site alone needs none of the packages that typeset.
        from candlelight.printing import publish_book

        request = self._wished(name, wishes)
        with session(request.cache, workers) as memory:
            made = publish_book(request, memory, lambda step, total: lambda count: None)
        files = tuple(file.path for file in made.files)
        return Printed(made.problems, made.left_out, files, memory.done)

    def epub(self, name: str = "book.epub", *, workers: int = 1, **wishes: Any) -> Printed:
        """Make the e-book in this process; *wishes* as for the book."""
        from candlelight.ebook import publish_epub

        request = self._wished(name, wishes)
        with session(request.cache, workers) as memory:
            made = publish_epub(request, memory, lambda step, total: lambda count: None)
        files = (request.output,) if made.book else ()
        return Printed(made.problems, made.left_out, files, memory.done)

    def _wished(self, name: str, wishes: Mapping[str, Any]) -> BookRequest:
        choice = {key: wishes[key] for key in Selection.__struct_fields__ if key in wishes}
        rest = {key: wish for key, wish in wishes.items() if key not in choice}
        return BookRequest(
            source=self.root, cache=self.root / CACHE, output=self.root / name,
            selection=Selection(**choice), **rest,
        )  # fmt: skip

    def clean_build(self, folder: Path, **options: Any) -> Result:
        """Build what stands in the source now into *folder*, with no memory of any build."""
        return copied(self.root, folder, folder / "public").build(**options)

    def read(self, path: str) -> str:
        """The text of a published file."""
        return (self.output / path).read_text("utf-8")

    def files(self) -> dict[str, bytes]:
        """Every published file by its path, without the manifest."""
        return tree(self.output)

    def _text(self, path: str, facts: Mapping[str, Any], body: str) -> Anthology:
        known = {**self._texts.get(path, ({}, ""))[0], **facts}
        known = {key: value for key, value in known.items() if value is not None}
        self._texts[path] = (known, body)
        # JSON is YAML, and has no form that YAML might take for a date or a number.
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in known.items()]
        front = "\n".join(lines) + "\n"
        return self.write(path, front if path == "site.yaml" else f"---\n{front}---\n\n{body}\n")


def copied(source: Path, folder: Path, output: Path) -> Anthology:
    """The anthology in *source*, copied to *folder* without the memory of any build."""
    for name in ("content", "templates", "assets"):
        if (source / name).is_dir():
            shutil.copytree(source / name, folder / name)
    copy = Anthology(folder, output, fresh=False)
    if (source / "site.yaml").exists():
        copy.write("site.yaml", (source / "site.yaml").read_bytes())
    return copy


def photo(seed: str, size: tuple[int, int] = (600, 400)) -> bytes:
    """A drawn JPEG; another *seed* gives another picture, the same seed the same bytes."""
    hue = sum(seed.encode()) * 37 % 360
    picture = Image.new("RGB", size, f"hsl({hue}, 40%, 30%)")
    draw = ImageDraw.Draw(picture)
    draw.ellipse([size[0] // 3, size[1] // 4, size[0] * 2 // 3, size[1] * 3 // 4], fill="#f3b75b")
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=80)
    return made.getvalue()


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below *folder* but the manifest, by its POSIX path; {} if there is none."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() or path.is_symlink())
    named = ((path.relative_to(folder).as_posix(), path) for path in files)
    return {name: path.read_bytes() for name, path in named if name != MANIFEST}


def _path(kind: str, slug: str) -> str:
    return f"content/{kind}/{slug}/index.md"
