"""Make ``assets/icc/cmyk.icc``, the CMYK profile that is kept: ``python tools/icc.py [TI3]``.

Nobody has to run it. It was made with ``colprof`` of Argyll 2.3.1 from ``FOGRA39L.ti3``, the
measurements of offset print on coated paper that Debian's ``icc-profiles-free`` carries under the
zlib licence: ``apt-get install argyll icc-profiles-free``. Takes about a minute. A book names the
profile of its own printer in ``site.yaml`` (``book.icc_profile``); this one is the default.

Medium quality, since the low one is off by twice as much (7.7 against 4.6 in the median over the
colours of sRGB); black as a ramp; no more than 300 % of ink, which sheet-fed offset bears; without
the measurements, which would add 125 KB to every book.
"""

import argparse
import shutil
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
SOURCE = Path("/usr/share/color/icc/FOGRA39L.ti3")
KEPT = HERE / "assets" / "icc" / "cmyk.icc"

DESCRIPTION = "Candlelight default CMYK (FOGRA39L, coated paper, 300 % ink)"
RIGHTS = (
    "FOGRA39L data (c) Fogra, www.fogra.org; collected by Kai-Uwe Behrmann, zlib licence; "
    "an altered version, made with Argyll colprof"
)
MEASURED = (2006, 12, 1, 0, 0, 0)
"""The date of the measurements is that of the profile: a second run gives the same bytes."""


def main() -> int:
    """Make the profile; return 2 if the measurements or colprof are not there."""
    parser = argparse.ArgumentParser(prog="icc", description="制作随附的 CMYK 特性文件")
    parser.add_argument("source", nargs="?", type=Path, default=SOURCE, metavar="TI3")
    source = parser.parse_args().source
    colprof = shutil.which("colprof")
    if not source.is_file() or not colprof:
        print(f"没有 {source}，或没有 colprof。见本文件开头的说明。", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "cmyk.ti3")
        shutil.copyfile(source, copy)
        how = ["-qm", "-kr", "-l300", "-nc", "-D", DESCRIPTION, "-C", RIGHTS]
        subprocess.run([colprof, *how, str(copy.with_suffix(""))], check=True)
        made = dated(copy.with_suffix(".icc").read_bytes())
    KEPT.write_bytes(made)
    print(f"{KEPT.name}: {len(made):,} bytes")
    return 0


def dated(profile: bytes) -> bytes:
    """*profile* with the date of the measurements in its header (bytes 24 to 35)."""
    return profile[:24] + struct.pack(">6H", *MEASURED) + profile[36:]


if __name__ == "__main__":
    raise SystemExit(main())
