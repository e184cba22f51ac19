"""Anthologies for the printer's bench, with faces unpacked once, and one of everything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from candlelight import ebook
from candlelight.book import fonts
from candlelight.commands.build import CACHE
from candlelight.epub.book import Makings
from tests.anthology import Anthology, Printed

Shop = Callable[..., Anthology]
DAY = "队员把菜送到楼下，灯亮了又灭。"


@pytest.fixture(scope="session")
def faces(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked faces, which cost a second."""
    folder = tmp_path_factory.mktemp("faces")
    fonts.faces(folder, None)
    return folder / "fonts"


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory, faces: Path) -> Shop:
    """Begins an anthology whose cache has the faces already."""

    def begin(name: str = "烛光 文集") -> Anthology:
        root = tmp_path_factory.mktemp("book") / name
        (root / CACHE).mkdir(parents=True)
        (root / CACHE / "fonts").symlink_to(faces, target_is_directory=True)
        return Anthology(root)

    return begin


@pytest.fixture
def bench(shop: Shop) -> Anthology:
    """An anthology of one short story."""
    return shop("烛光 文集").story("snow", title="初雪", body="巷子里灯亮了。", author="何文君")


@pytest.fixture
def light() -> Iterator[None]:
    """E-books with a stand-in for cover and font, which cost two seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ebook, "_makings", lambda plan, source: Makings(b"cover", b"font"))
        yield


@pytest.fixture(scope="session")
def told(shop: Shop) -> Anthology:
    """Six stories of two teams at four service points, with all that an index can hold."""
    book = shop("两队 四点")
    book.site(title="烛光", base_url="https://candlelight.example/", book={"isbn": ISBN})
    book.team("candle", title="蜡烛志愿者").team("quake", title="地震应急联盟", leaders=["吴言"])
    both = ["蜡烛志愿者", "地震应急联盟"]
    book.community("nan-shan", title="南山社区", teams=both, leaders=["马保福"])
    book.community("chang-le", title="长乐社区", teams=both[:1])
    book.community("waiting", title="等待小区", teams=both[1:])
    book.community("lone", title="无队小区")
    book.person("wei-ming", title="卫明", aliases=["小卫"])
    book.person("gu-li", title="古丽·买买提", aliases=["古丽"])
    days = "\n\n".join(f"第{day}天，{DAY * 9}" for day in "一二三四五六七八九")
    book.story(
        "first-snow", title="初雪", author="何文君", team=both[0], community="南山社区",
        date="2020-08-12", people=["卫明", "马保福"], body=f"{days}\n\n那晚小卫也在，马保福开了门。",
    )  # fmt: skip
    book.photo("first-snow", size=(1600, 1067), caption="门前", credit="李娜", alt="一扇门")
    book.photo("first-snow", "b.jpg", (1067, 1600), caption="冬天的院子", credit="卫明", alt="院子")
    book.story(
        "noodles", title="炒面", author="李娜", team=both[0], community="长乐社区",
        date="2020-09-01", people=["何文君"], body="何文君送来一碗面。",
    )  # fmt: skip
    book.story(
        "night", title="夜班", author="卫明", team=both[1], community="南山社区",
        date="2021-02-03", people=["古丽·买买提"], body=f"{days}\n\n古丽一夜没睡。",
    )  # fmt: skip
    book.story("door", title="门", author="小卫", team=both[1], community="南山社区", body=days)
    book.story("alone", title="没有队的人", body="谁也没有。", community="无队小区")
    book.story("nowhere", title="在路上", author="温秀兰", body="路上没有灯。")
    return book


ISBN = "978-7-5068-8888-2"


@pytest.fixture(scope="session")
def reading(told: Anthology) -> Printed:
    """The book of ``told`` for reading."""
    return told.book("reading.pdf")


@pytest.fixture(scope="session")
def printed(told: Anthology) -> Printed:
    """The book of ``told`` for the printer: the pages, then the cover."""
    return told.book("printed.pdf", for_print=True)
