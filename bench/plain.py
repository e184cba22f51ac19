"""Write the edition of an anthology as one plain HTML book for WeasyPrint.

    python bench/plain.py ANTHOLOGY FOLDER

The same trim, type area, faces, texts and prints as Candlelight's own book; running heads, folios,
contents and an index with page numbers. Photos stand where they come, as wide as in that book.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from composing import Typeset, typeset

from candlelight.book.sheets import Block, ChapterSheet, PartSheet, Plate, Run, StorySheet

TAGS = {"p": "p", "h": "h4", "v": "blockquote", "q": "blockquote", "li": "p", "code": "pre"}


def main() -> None:
    """Write what the arguments name."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("anthology", type=Path)
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, typeset(given.anthology, Path(folder)) as book:
        for name, path in book.prints.items():
            shutil.copyfile(path, given.folder / f"{name}.jpg")
        for path in book.faces.folder.glob("*.ttf"):
            shutil.copyfile(path, given.folder / path.name)
        page = "".join(_Plain(book, given.folder).page())
        (given.folder / "book.html").write_text(page, encoding="utf-8")


class _Plain:
    """The book of HTML; *marks* counts the places of each name, for the index."""

    def __init__(self, book: Typeset, folder: Path) -> None:
        self.book = book
        self.folder = folder
        self.marks: dict[str, int] = {}

    def page(self) -> Iterator[str]:
        """The whole document, piece by piece."""
        sheet = self.book.composed.copy.book
        body = "".join(part for one in sheet.parts for part in self._part(one))
        yield f"<!doctype html><html lang=zh-Hans><meta charset=utf-8><title>{escape(sheet.title)}"
        yield f"</title><style>{self._style()}</style><body>"
        yield f"<section class=front><h1>{escape(sheet.title)}</h1></section>"
        yield f"<section class=front>{''.join(self._colophon())}</section>"
        yield f"<section class=front><h2 class=plain>目录</h2>{''.join(self._contents())}</section>"
        yield body
        yield "<section class=front><h2 class=plain>人名索引</h2>"
        yield "".join(self._index()) + "</section></body></html>"

    def _style(self) -> str:
        grid = self.book.press.grid
        edges = f"{grid.page_height / 10}mm"
        foot = f"{grid.page_height * 0.9 - grid.height:.2f}mm"
        inside, outside = f"{grid.inside:.2f}mm", f"{grid.outside:.2f}mm"
        faces = "".join(
            f"@font-face{{font-family:'{'Kai' if 'kai' in name.lower() else 'Song'}';"
            f"font-weight:{700 if 'bold' in name.lower() else 400};src:url('{name}')}}"
            for name in sorted(path.name for path in self.folder.glob("*.ttf"))
            if "kai" in name.lower() or "serif" in name.lower()
        )
        return (
            f"{faces}@page{{size:{grid.page_width}mm {grid.page_height}mm;margin:{edges} 0 {foot}}}"
            f"@page:right{{margin-left:{inside};margin-right:{outside};"
            "@top-right{content:string(story);font:8pt Kai}@bottom-right{content:counter(page)}}"
            f"@page:left{{margin-left:{outside};margin-right:{inside};"
            "@top-left{content:string(part);font:8pt Kai}@bottom-left{content:counter(page)}}"
            "@page front{@top-right{content:none}@top-left{content:none}}"
            f"html{{font:{grid.em}mm/{grid.pitch}mm Song}}"
            "body{margin:0;text-align:justify;orphans:2;widows:2}"
            "p{margin:0;text-indent:2em}h1,h2,h3,h4{font-family:Kai;break-after:avoid}"
            "h1{string-set:part content()}h3{string-set:story content()}"
            ".front{page:front;break-before:page}.part,.story{break-before:page}"
            "blockquote{font-family:Kai;margin:1em 3em}.by{font-family:Kai;text-indent:0}"
            "figure{margin:1em 0;break-inside:avoid}figcaption{font:8pt/12pt Kai}"
            "li{display:block}.contents a::after{content:leader('.') target-counter(attr(href),"
            "page)}.index{columns:3;font-size:9pt}.index a::after{content:target-counter("
            "attr(href),page)}a{color:inherit;text-decoration:none}"
        )

    def _colophon(self) -> Iterator[str]:
        for group in self.book.composed.copy.book.colophon:
            for entry in group:
                values = "　".join(escape(one.name) for one in entry.values)
                yield f"<p>{escape(entry.label)}　{values}</p>"

    def _contents(self) -> Iterator[str]:
        sheets = self.book.composed.stories
        yield "<ul class=contents>"
        for part in self.book.composed.copy.book.parts:
            yield f"<li><b>{escape(part.title)}</b></li>"
            for chapter in part.chapters:
                yield f"<li>{escape(chapter.title)}</li>" if chapter.title else ""
                for name in chapter.stories:
                    yield f"<li><a href='#{name}'>{escape(sheets[name].title)}</a></li>"
        yield "</ul>"

    def _part(self, part: PartSheet) -> Iterator[str]:
        yield f"<section class=part><h1>{escape(part.title)}</h1><p>{escape(part.count)}</p>"
        for point in part.points:
            leaders = "　".join(escape(one.name) for one in point.leaders)
            yield f"<p>{escape(point.place)}　{escape(point.name)}　{leaders}</p>"
        yield "</section>"
        for chapter in part.chapters:
            yield from self._chapter(chapter)

    def _chapter(self, chapter: ChapterSheet) -> Iterator[str]:
        for number, name in enumerate(chapter.stories):
            yield f"<section class=story id='{name}'>"
            if not number and chapter.title:
                yield f"<h2>{escape(chapter.title)}</h2><p>{escape(chapter.place)}</p>"
            yield from self._story(self.book.composed.stories[name])
            yield "</section>"

    def _story(self, sheet: StorySheet) -> Iterator[str]:
        yield f"<h3>{escape(sheet.title)}</h3><p class=by>"
        yield "　".join(self._mark(one.key) + escape(one.name) for one in sheet.byline)
        yield f"　{escape(sheet.date)}</p>"
        plates: dict[int, list[Plate]] = {}
        for plate in sheet.layout.plates:
            plates.setdefault(plate.after, []).append(plate)
        for number, block in enumerate(sheet.blocks):
            yield from map(_figure, plates.pop(number, ()))
            yield self._block(block)
        yield from map(_figure, (one for left in plates.values() for one in left))
        for entry in sheet.end:
            values = "　".join(escape(one.name) for one in entry.values)
            yield f"<p class=by>{escape(entry.label)}　{values}</p>"

    def _block(self, block: Block) -> str:
        tag = TAGS.get(block.kind, "p")
        return f"<{tag}>{''.join(self._runs(block.runs))}</{tag}>"

    def _runs(self, runs: Iterable[Run]) -> Iterator[str]:
        for run in runs:
            if isinstance(run, str):
                yield escape(run)
            elif run[1] == "i":
                yield self._mark(run[0])
            else:
                yield f"<em>{escape(run[0])}</em>" if "e" in run[1] else escape(run[0])

    def _mark(self, key: str) -> str:
        if not key:
            return ""
        self.marks[key] = self.marks.get(key, 0) + 1
        return f"<a id='n-{key}-{self.marks[key]}'></a>"

    def _index(self) -> Iterator[str]:
        yield "<div class=index>"
        for entry in self.book.composed.copy.book.names:
            links = "　".join(
                f"<a href='#n-{entry.key}-{number}'></a>"
                for number in range(1, self.marks.get(entry.key, 0) + 1)
            )
            yield f"<p>{escape(entry.name)}　{links or escape(entry.see)}</p>"
        yield "</div>"


def _figure(plate: Plate) -> str:
    photos = "".join(
        f"<img src='{cell.key}.jpg' style='width:{cell.width}mm;height:{cell.height}mm'>"
        for row in plate.rows
        for cell in row
    )
    said = "".join(f"{escape(one.where)}{escape(one.text)} " for one in plate.captions)
    return f"<figure>{photos}<figcaption>{said}{escape(plate.credit)}</figcaption></figure>"


if __name__ == "__main__":
    main()
