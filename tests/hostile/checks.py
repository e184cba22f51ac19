"""What must hold whatever a file holds: each function raises AssertionError where it does not.

Any other exception is a traceback that an editor would have seen.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable
from functools import cache
from html import unescape
from pathlib import Path

import msgspec

from candlelight import messages
from candlelight.make.renditions import RenditionJob, make_renditions
from candlelight.problems import Problem, as_github, as_text, sort_problems
from candlelight.read.document import read_document
from candlelight.read.encoding import decode
from candlelight.read.jobs import DocumentJob, ReadDocument
from candlelight.read.photo import PhotoJob, read_photo
from candlelight.read.redirects import read_redirects
from candlelight.read.sanitise import sanitise
from candlelight.read.site import read_site
from tests.anthology import Anthology, Result

STORY = "content/stories/bad/index.md"
KINDS = ("story", "team", "community", "person", "page")
FRONT = b"---\ntitle: \xe7\x94\xb2\n---\n"
MOST_PIXELS = 4_000_000
NEIGHBOURS = ("stories/good/index.html", "stories/kind/index.html")

_TAG = re.compile(
    r"</?(?:p|h[2-4]|br|hr|em|strong|b|i|s|u|del|ins|mark|small|sub|sup|q|cite|abbr|code|kbd|pre|blockquote"
    r"|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|th|td|a|ruby|rt|rp|details|summary|figure|figcaption|bdi|bdo"
    r"|time|span|section)(?: (?:href|title|rel|id|class|lang|dir|start|colspan|rowspan|open)=\"[^\"<>]*\")*>"
)
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef]")
_HREF = re.compile(r'href="(?!https?:|mailto:|content:[a-z]|#note-)')


def frontmatter(raw: bytes) -> None:
    """*raw* as the whole of a document of every kind, as ``site.yaml`` and as the redirects."""
    # The long ones tell of time and memory: once is enough.
    for kind in KINDS if len(raw) < 20_000 else KINDS[:1]:
        document(raw, kind)
    for text in (raw, raw.replace(b"---", b"")):
        said(read_site(text)[1], "site.yaml", text)
        said(read_redirects(text)[1], "content/redirects.yaml", text)


def markdown(raw: bytes) -> None:
    """*raw* as the body of a story."""
    document(FRONT + raw)


def document(raw: bytes, kind: str = "story") -> ReadDocument:
    """What reading gives for *raw*: safe to keep, to send, to print and to show."""
    beside = ("content/stories/bad/x.jpg", "content/stories/bad/图 1.png")
    read = read_document(DocumentJob(STORY, kind, raw, beside))
    assert read.path == STORY
    assert read.document is not None or read.problems, "neither a document nor a reason"
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(read), type=ReadDocument) == read
    said(read.problems, STORY, raw)
    for block in read.blocks:
        clean(block)
    return read


def clean(block: str) -> None:
    """A *block* of HTML as a page takes it up: nothing but what was allowed, closed and escaped."""
    assert "<" not in _TAG.sub("", block), f"a tag that nobody allowed: {block[:300]!r}"
    assert not _CONTROL.search(block), f"a control character: {block[:300]!r}"
    assert not [tag for tag in _TAG.findall(block) if _HREF.search(tag)], (
        f"an address that nobody allowed: {block[:300]!r}"
    )
    plain = re.sub(r' (?:class|rel)="[^"]*"', "", block.replace('href="content:', 'href="https:'))
    plain = re.sub("</?section>", "", plain)
    assert words(sanitise(plain)) == words(plain), f"a browser reads it otherwise: {block[:300]!r}"


def words(html: str) -> list[str]:
    """The text of *html* and the names of its tags, in order."""
    bare = re.sub(r"(</?\w+)[^<>]*>", r"\1>", html).replace("<br>", "")
    return [unescape(part) for part in re.findall(r"[^<>\s]+|</?\w+", bare.replace("&nbsp;", " "))]


def said(problems: Iterable[Problem], path: str, raw: bytes) -> None:
    """Every one of *problems* names the file and a line in it, and has its sentences."""
    lines = decode(raw, path)[0].count("\n") + raw.count(b"\n") + 2
    for problem in sort_problems(problems):
        assert problem.place.path == path, problem
        assert 0 <= problem.place.line <= lines, problem
        assert problem.place.column >= 0, problem
        for language in ("zh-Hans", "en"):
            assert as_text(problem, _sentences(language))
            assert as_github(problem, _sentences(language)).count("\n") == 0


@cache
def _sentences(language: str) -> messages.Mapping[str, messages.Any]:
    return messages.load("problems", language)


def photo(raw: bytes) -> None:
    """*raw* as a photo: looked at, then made; a problem names it, or its pictures are whole."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "x.jpg").write_bytes(raw)
        read = read_photo(PhotoJob(name, "x.jpg", MOST_PIXELS))
        assert read.facts is not None or read.problems, "neither facts nor a reason"
        said(read.problems, "x.jpg", b"")
        if read.facts is None:
            return
        widths = tuple(sorted({min(width, read.facts.width) for width in (16, 48)}))
        job = RenditionJob(
            name, "x.jpg", read.facts.digest, "key", widths, ("webp", "jpg"), name, MOST_PIXELS
        )  # fmt: skip
        if read.facts.height > 16_383 * read.facts.width // 48:
            return  # plan/pictures.py asks for less of what is so tall
        made = make_renditions(job)
        assert made.files or made.problems, "neither pictures nor a reason"
        said(made.problems, "x.jpg", b"")
        assert not list(folder.glob("*.part")), "half a file was left"


class Neighbours:
    """A small anthology with one file that anything may stand in; what does it do to the others?"""

    def __init__(self, folder: Path) -> None:
        self.anthology = Anthology(folder / "source")
        # Each of a team, a place and a day of its own: what comes before and after one is another's.
        for number, slug in enumerate(("good", "kind"), 1):
            self.anthology.story(
                slug, title=f"邻 {slug}", body="灯亮了。", author=f"邻居{number}", team=f"邻队{number}",
                community=f"邻里{number}", date=f"2020-01-0{number}",
            ).photo(slug, "a.jpg", (48, 32))  # fmt: skip
        self.before = self._alone()

    def check(self, raw: bytes) -> Result:
        """Build with *raw* as the bad story: the others stay as they were, to the byte."""
        self.anthology.write(STORY, raw)
        result = self.anthology.build(keep_going=True)
        if not result.published:
            raise AssertionError(f"one story kept all from being published: {result.codes}")
        ours = [one for one in result.problems if one.place.path.startswith("content/stories/bad/")]
        for problem in result.problems:
            # What the Kai lacks is told of the whole site.
            assert problem in ours or problem.code == "glyph-missing", problem
        if STORY in result.left_out:
            assert any(problem.severity == "error" for problem in ours)
            assert not [path for path in result.files if path.startswith("stories/bad/")]
        for path, content in self.before.items():
            assert own(result.files[path]) == content, f"{path} is another"
        return result

    def _alone(self) -> dict[str, bytes]:
        """The pages that no other story has a part in, as they are without a bad one."""
        self.anthology.write(STORY, "---\ntitle: 坏\ndraft: yes\n---\n")
        files = self.anthology.build(keep_going=True).files
        return {path: own(files[path]) for path in NEIGHBOURS}


def own(page: bytes) -> bytes:
    """*page* without the way to its neighbours, and its window in a wall that has one more now."""
    page = re.sub(rb'<nav class="around".*?</nav>', b"", page, flags=re.DOTALL)
    return re.sub(rb'<div class="own-window".*?</div>', b"", page, flags=re.DOTALL)
