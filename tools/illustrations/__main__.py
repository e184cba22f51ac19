"""Draw the illustrations of the sample anthology: ``python tools/illustrations [NAME...]``.

Needs Pillow, PyYAML and Playwright, Chromium, and the font LXGW WenKai (Debian: ``chromium``,
``fonts-lxgw-wenkai``). Nobody has to run it: the pictures are kept beside their stories, where
``placement.yaml`` says. The same machine gives the same bytes; another Chromium may move an edge
by a pixel. Without names it draws all of them; ``--list`` names them, ``--into`` puts them
elsewhere.
"""

import argparse
import shutil
from pathlib import Path

import catalogue
import yaml
from render import render

HERE = Path(__file__).resolve().parent
CONTENT = HERE.parents[1] / "content"


def places() -> dict[str, Path]:
    """Return the folder of each drawing, by name, as placement.yaml tells."""
    rows = yaml.safe_load((HERE / "placement.yaml").read_text(encoding="utf-8"))
    return {Path(row["file"]).stem: CONTENT / row["at"] for row in rows}


def main() -> int:
    """Draw what was asked for; return 2 if a name is unknown."""
    parser = argparse.ArgumentParser(prog="illustrations", description="画出样例文集的插图")
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--into", type=Path, metavar="FOLDER")
    parser.add_argument("--list", action="store_true")
    asked = parser.parse_args()
    drawings = catalogue.named()
    if asked.list:
        print("\n".join(drawings))
        return 0
    unknown = [name for name in asked.names if name not in drawings]
    if unknown:
        print("没有这幅插图：" + "、".join(unknown))
        return 2
    homes = places()
    chosen = {
        (asked.into or homes[name]) / f"{name}.jpg": drawings[name]()
        for name in asked.names or drawings
    }
    # A system Chromium first: the copy that Playwright downloads is not on every machine.
    for path, size in render(chosen, shutil.which("chromium")):
        print(f"{path.name} {size:,}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
