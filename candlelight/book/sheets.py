"""What the book's templates may see: one sheet for the book, and one for each story.

Sheets are written as JSON, a file a sheet, and Typst prints what stands in them literally: a text
never becomes markup. They are flat (Typst reads no JSON nested 128 deep) and final: what is shown
is already put into words, joined, ordered, and broken into runs. Lengths are millimetres.
"""

from __future__ import annotations

import msgspec

Run = str | tuple[str, str] | tuple[str, str, str]
"""Plain text, or (text, style) or (text, style, link).

*style* is a set of letters: ``b`` bold, ``e`` emphasis (set in Kai), ``c`` code, ``k`` struck out,
``h`` raised, ``l`` lowered, ``r`` from right to left, ``m`` emoji, ``n`` a footnote (the text is
its number in `notes`, from 0), ``i`` no text at all but the mark of a name (the text is its key in
the index), ``y`` ruby (the link is the reading), ``/`` a line break. *link* is an address of the
web, or ``#<story id>``.
"""


class Block(msgspec.Struct, frozen=True, omit_defaults=True):
    """One block of a text. *kind*:

    ``p`` paragraph, ``h`` heading (*level* 1–3), ``v`` verse (one block a stanza, lines parted by
    ``/`` runs), ``q`` paragraph of a quotation, ``li`` item of a list (*mark* ``1.`` or ``•``),
    ``code`` (one block, lines parted by ``/``), ``row`` row of a table (cells parted by runs
    ``("", "|")``; *level* 1 in the head), ``hr`` a rule. *depth* counts what it is nested in, at
    most 6. *more* continues the item before it, without a mark.
    """

    kind: str
    runs: tuple[Run, ...] = ()
    level: int = 0
    depth: int = 0
    mark: str = ""
    more: bool = False
    rtl: bool = False
    lang: str = ""
    align: str = ""


class Cell(msgspec.Struct, frozen=True):
    """One photo in a row: *key* names ``photos/<key>.png``; *missing* names a lost file."""

    key: str
    width: float
    height: float
    alt: str = ""
    missing: str = ""


class Caption(msgspec.Struct, frozen=True):
    """The words for one photo; *where* is 左 右 上 左下 … , 右页 or 次页, or ``""``."""

    where: str
    text: str
    credit: str = ""


class Plate(msgspec.Struct, frozen=True):
    """Photos that stand together, unbreakable, with their captions. *place*:

    ``foot`` of the page where the text ends (or of the page it is anchored on), ``head`` of the
    next page, ``page`` (a page of its own in the type area), ``bleed`` (a whole page to the trim,
    one portrait), ``sill`` (185 wide, bleeding at head and sides, caption below, the rest white),
    ``spread`` (two pages overleaf, 370 wide), ``band`` (185 wide from line 1 of the story's first
    page). *after* counts the blocks before its anchor; *height* is without caption.

    Captions stand beside the plate in a column *column* wide, or *below* it over the type area
    where that column cannot hold them. What even a page cannot hold goes on in a plate without
    rows. Cells are as large as the picture is printed, with what falls off at the trim; *width* and
    *height* of the plate are what is seen.
    """

    place: str
    after: int
    rows: tuple[tuple[Cell, ...], ...]
    width: float
    height: float
    captions: tuple[Caption, ...] = ()
    credit: str = ""
    column: float = 0
    below: bool = False


class Layout(msgspec.Struct, frozen=True):
    """Where a story stands: *follows* the story before on its page, or opens a page."""

    follows: bool = False
    plates: tuple[Plate, ...] = ()


class Code(msgspec.Struct, frozen=True):
    """A code that machines read, *size* modules wide and high.

    A barcode is black *bars* (x, y, w, h). A QR code is a picture, a pixel a module, of whose PNG
    *png* are the bytes: two hundred bars a story cost Typst some milliseconds.
    """

    size: tuple[int, int]
    bars: tuple[tuple[int, int, int, int], ...]
    text: str = ""
    png: tuple[int, ...] = ()


class Named(msgspec.Struct, frozen=True):
    """A name as it is shown, and its key in the index (``""`` if it is not there)."""

    name: str
    key: str = ""


class Entry(msgspec.Struct, frozen=True):
    """A label and its values: a line of the colophon, of the credits, of a text's source.

    *among* are the parts and stories that the values hold for, none if they hold for all.
    """

    label: str
    values: tuple[Named, ...]
    among: tuple[str, ...] = ()


class StorySheet(msgspec.Struct, frozen=True):
    """One story: ``stories/<id>.json``.

    *title_lines* is the title broken where it may break: lines of at most 16 characters if
    *large*, else of at most 20. *end* are source, credits, corrections, in small type after the
    text. *home* is what the running head of a verso says (the part).
    """

    id: str
    title: str
    title_lines: tuple[str, ...]
    large: bool
    byline: tuple[Named, ...]
    role: str
    date: str
    lang: str
    rtl: bool
    blocks: tuple[Block, ...]
    notes: tuple[tuple[Run, ...], ...] = ()
    end: tuple[Entry, ...] = ()
    qr: Code | None = None
    qr_words: str = ""
    layout: Layout = Layout()


class TextSheet(msgspec.Struct, frozen=True):
    """Preface, afterword: a title, an epigraph, blocks, signatures; *plates* follow."""

    title: str
    epigraph: tuple[str, ...]
    blocks: tuple[Block, ...]
    notes: tuple[tuple[Run, ...], ...] = ()
    end: tuple[Entry, ...] = ()
    lang: str = ""
    rtl: bool = False
    plates: tuple[Plate, ...] = ()


class Pane(msgspec.Struct, frozen=True):
    """A lit window: its cell on the wall, its look (0 plain, 1 blind, 2 half, 3 pale), a candle."""

    x: float
    y: float
    look: int = 0
    candle: bool = False


class WallHouse(msgspec.Struct, frozen=True):
    """A house on the wall: left edge, width, top above the ground, tone 0–2, grid of panes."""

    x: float
    width: float
    height: float
    tone: int
    columns: int
    floors: int
    inset: float


class Wall(msgspec.Struct, frozen=True):
    """The wall of lights: *size* (width, height); panes measure *pane* in cells of *cell*."""

    size: tuple[float, float]
    cell: tuple[float, float]
    pane: tuple[float, float]
    houses: tuple[WallHouse, ...]
    lit: tuple[Pane, ...]


class PointSheet(msgspec.Struct, frozen=True):
    """A service point in the register after a part's opening; *lit* if stories follow."""

    place: str
    name: str
    compound: str
    leaders: tuple[Named, ...]
    lit: bool
    other: str = ""


class ChapterSheet(msgspec.Struct, frozen=True):
    """A chapter: *stories* are ids, in order, and each is a window.

    Where it has *plates*, its opening stands with them on pages of its own before the stories.
    """

    title: str
    place: str
    leaders: tuple[Named, ...]
    teams: tuple[str, ...]
    stories: tuple[str, ...]
    text: tuple[Block, ...] = ()
    plates: tuple[Plate, ...] = ()

    @property
    def apart(self) -> bool:
        """Whether no story follows on the page of its opening."""
        return not self.stories or bool(self.plates)


class PartSheet(msgspec.Struct, frozen=True):
    """A part: *count* is in words (13 个故事); *plates* stand after its register."""

    title: str
    count: str
    motto: str
    wall: Wall
    points: tuple[PointSheet, ...]
    chapters: tuple[ChapterSheet, ...]
    text: tuple[Block, ...] = ()
    plates: tuple[Plate, ...] = ()


class IndexName(msgspec.Struct, frozen=True):
    """An entry of the index under *letter*; *see* is the entry that an alias refers to."""

    letter: str
    name: str
    key: str
    see: str = ""


class Cover(msgspec.Struct, frozen=True):
    """What the cover says; *spine* is its width, 0 where none is drawn.

    The lines of the *subtitle* are parted by line feeds, here and in `BookSheet`.
    """

    title: str
    subtitle: str
    latin: str
    editors: str
    volume: str
    quote: tuple[str, ...]
    quote_from: str
    wall: Wall
    barcode: Code | None
    isbn: str
    price: str
    spine: float = 0


class BookSheet(msgspec.Struct, frozen=True):
    """The whole book: ``book.json``. *words* are the book's own words by key.

    The sentences of the *colophon_note* are parted by line feeds.
    """

    title: str
    subtitle: str
    volume: str
    language: str
    running: str
    cover: Cover
    colophon: tuple[tuple[Entry, ...], ...]
    colophon_note: str
    preface: TextSheet | None
    afterword: TextSheet | None
    parts: tuple[PartSheet, ...]
    credits: tuple[Entry, ...]
    names: tuple[IndexName, ...]
    words: dict[str, str]


class Stand(msgspec.Struct, frozen=True, array_like=True):
    """Where something stands: physical *page* from 1, *y* in points, the *folio* printed there."""

    page: int
    y: float
    folio: str


class Numbers(msgspec.Struct, frozen=True):
    """What contents and index print: ``numbers.json``, empty before the book was set once.

    *parts* are by their number from 0, *stories* by id, *texts* by ``preface``, ``contents``,
    ``afterword``, ``credits``, ``names-index``, and the plates of parts and chapters by ``part-0``,
    ``chapter-0-1``; *names* by key.
    """

    parts: dict[str, Stand] = {}
    stories: dict[str, Stand] = {}
    texts: dict[str, Stand] = {}
    names: dict[str, tuple[Stand, ...]] = {}


class Piece(msgspec.Struct, frozen=True):
    """What is set by itself to be measured: an entry of ``galleys.json``.

    *kind* is ``story`` (*id* is its own), ``chapter`` (an opening under which no story follows) or
    ``points`` (the register of a part). *part* and *chapter* count from 0. A story that *opens*
    its chapter stands under its name.
    """

    id: str
    kind: str
    part: int
    chapter: int = 0
    opens: bool = False
