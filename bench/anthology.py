"""Write a made-up anthology of any size, the same bytes for the same numbers.

    python bench/anthology.py FOLDER --stories 1000 [--photos 0] [--pixels 4000x3000]

Sentences, paragraphs and titles are as long as those of the sample (README.md compares them); as
in the sample, every sixth story has headings and every twenty-third a note in italics. Names,
places and texts are invented and mean nobody. Photos are noise under a gradient, 12 megapixels
like a phone's, with an orientation and a position. More photos than stories go round: each story
gets its share, and half of all photos have a caption. Texts have the same bytes on every system;
photos have those that the installed Pillow writes.
"""

from __future__ import annotations

import argparse
import io
import random
from itertools import islice
from pathlib import Path

SEED = 20200716
PHONE = (4000, 3000)
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰春梅建国志文"
DISTRICTS = ("东城", "西园", "南湖", "北山", "新河", "石桥", "青松", "白塔", "金桥", "云岭")
TEXT = (
    "清晨 傍晚 楼下 门口 院子 大家 我们 邻居 老人 孩子 社区 小区 志愿者 队员 送菜 买药 "
    "测温 登记 消毒 排队 搬运 值守 巡逻 电话 微信 口罩 防护服 白菜 土豆 面粉 牛奶 药品 "
    "热水 馒头 笑着 说着 走着 等着 一层一层 一家一家 一天一天 不久 后来 终于 仍然 已经 "
    "一起 慢慢 悄悄 常常 感谢 温暖 放心 辛苦 平安"
)
WORDS = TEXT.split()
CLAUSES = "1" * 14 + "2" * 20 + "3" * 19 + "4" * 16 + "5" * 12 + "6" * 9 + "7" * 6 + "8" * 4
"""How many clauses a sentence of the sample has, each count as often as it comes in a hundred."""
CLAUSE_WORDS = "1" * 11 + "2" * 17 + "3" * 22 + "4" * 19 + "5" * 14 + "6" * 10 + "7" * 7
"""How many words of ours are as long as a clause of the sample, in the same way."""


def main() -> None:
    """Write what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--stories", type=int, default=1000)
    parser.add_argument("--photos", type=int, default=0)
    parser.add_argument("--pixels", type=size, default=PHONE, metavar="4000x3000")
    given = parser.parse_args()
    write_anthology(given.folder, given.stories, given.photos, given.pixels)


def size(written: str) -> tuple[int, int]:
    """``1600x1200`` → (1600, 1200). Raises ValueError."""
    width, height = (int(part) for part in written.split("x"))
    return width, height


def write_anthology(
    folder: Path, stories: int, photos: int = 0, pixels: tuple[int, int] = PHONE
) -> None:
    """Fill *folder* (made if need be) with *stories* stories and *photos* photos of *pixels*.

    Photo n lies with story n; where there are more photos than stories, they begin anew.
    """
    chance = random.Random(SEED)
    points = max(10, stories // 40)
    _write(folder / "site.yaml", "title: 万家\nbase_url: https://candlelight.example\n")
    for number in range(max(1, stories // 250)):
        name = f"{DISTRICTS[number % 10]}志愿队{number or ''}"
        _write(folder / f"content/teams/team-{number}/index.md", f"---\ntitle: {name}\n---\n")
    for number in range(points):
        leader, area = person(chance), DISTRICTS[number % 10]
        facts = f"title: {area}{number}号院\ndistrict: {area}区\nleaders: [{leader}]"
        text = f"---\n{facts}\n---\n"
        _write(folder / f"content/communities/point-{number}/index.md", text)
    for number in range(stories):
        home = folder / f"content/stories/story-{number:06d}"
        own = range(number, photos, stories)
        _write(home / "index.md", story(chance, number, stories, points, captions(own)))
        for place, one in enumerate(own):
            (home / file_name(place)).write_bytes(photo(one, pixels))


def captions(photos: range) -> str:
    """The frontmatter of a story's *photos*, by their numbers in the anthology; half have one."""
    said = [
        f"  - file: {file_name(place)}\n    caption: {sentence(random.Random(number), 8)[:-1]}\n"
        for place, number in enumerate(photos)
        if number % 2
    ]
    return "photos:\n" + "".join(said) if said else ""


def file_name(place: int) -> str:
    """A story's photos are ``photo.jpg``, ``photo-2.jpg``, ``photo-3.jpg`` …"""
    return f"photo-{place + 1}.jpg" if place else "photo.jpg"


def story(chance: random.Random, number: int, stories: int, points: int, photos: str = "") -> str:
    """One story of some 830 characters; *photos* is what its frontmatter says of them."""
    team, point = number % max(1, stories // 250), chance.randrange(points)
    date = f"20{chance.randint(18, 25)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
    return (
        f"---\ntitle: {sentence(chance, 3)[:-1]}{number}\nauthor: {person(chance)}\n"
        f"team: {DISTRICTS[team % 10]}志愿队{team or ''}\n"
        f"community: {DISTRICTS[point % 10]}{point}号院\ndate: {date}\n"
        f"{photos}---\n\n{text(chance, number)}\n"
    )


def text(chance: random.Random, number: int) -> str:
    """The paragraphs of story *number*, with the Markdown that such texts have."""
    paragraphs = [
        "".join(sentence(chance) for _ in range(chance.randint(1, 5)))
        for _ in range(chance.randint(6, 11))
    ]
    if number % 6 == 0:
        for place in (6, 4, 2):
            paragraphs.insert(place, f"## {sentence(chance, 4)[:-1]}")
    if number % 23 == 0:
        paragraphs.append(f"*编者注：{sentence(chance)}*")
    return "\n\n".join(paragraphs)


def sentence(chance: random.Random, words: int = 0) -> str:
    """A sentence of *words* words, or of as many clauses as people use."""
    if words:
        return "".join(chance.choices(WORDS, k=words)) + "。"
    lengths = [
        int(length) for length in chance.choices(CLAUSE_WORDS, k=int(chance.choice(CLAUSES)))
    ]
    chosen = iter(chance.choices(WORDS, k=sum(lengths)))
    return "，".join("".join(islice(chosen, length)) for length in lengths) + "。"


def person(chance: random.Random) -> str:
    """A name that nobody is meant by."""
    return chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.randint(1, 2)))


def photo(number: int, pixels: tuple[int, int] = PHONE) -> bytes:
    """A JPEG of *pixels*, sideways, with a position that must not get out."""
    from PIL import Image

    # Pillow's own noise follows from all that the process drew before.
    grain = Image.frombytes("L", (400, 300), random.Random(number).randbytes(400 * 300))
    noise = grain.point(lambda value: 128 + (value - 128) * 0.8).resize(pixels)
    tint = Image.linear_gradient("L").resize(pixels).rotate(number % 360)
    image = Image.merge("RGB", (noise, tint, Image.blend(noise, tint, 0.5)))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update(
        {1: "N", 2: (43.0, 49.0, 30.0), 3: "E", 4: (87.0, 37.0, 0.0)}  # latitude, longitude
    )
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=88, exif=exif)
    return stream.getvalue()


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())  # a text file would end its lines otherwise on Windows


if __name__ == "__main__":
    main()
