"""Look for files that break the compiler: ``python tools/fuzz.py [TARGET...] --seconds 60``.

Targets: ``frontmatter``, ``markdown``, ``photo`` and ``story``, all of them by default, in turn.
Each input is given to a process of its own, which must answer in time and within its memory, and
keep what ``tests/hostile/checks.py`` demands. What breaks is made as small as it goes and kept in
``--into`` with the reason beside it; ``--again FILE`` tries such a file once more.

Inputs come from ``tests/hostile/inputs.py``. Number *n* under a seed is always the same input: the
seed is printed, and ``--seed`` repeats it. With ``--guided``, atheris (``pip install atheris``;
Linux and macOS) looks for inputs that take new ways through the code.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import json
import queue
import random
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.hostile.inputs import Inputs, seeds  # noqa: E402 - the checkout need not be installed

SECONDS = {"frontmatter": 6.0, "markdown": 4.0, "photo": 10.0, "story": 8.0}
"""Processor seconds that one input may take; the longest have 200,000 characters."""
MEGABYTES = 700
"""Memory that one input may take, the program and its libraries included."""
PATIENCE = 60
"""Seconds after which a process that does not answer is ended."""


class Verdict(NamedTuple):
    """What became of an input: *broken* says why it is one to keep, else it is empty."""

    broken: str
    seconds: float
    megabytes: int


# ---- The process that tries ----------------------------------------------------------------------


def answer(target: str) -> None:
    """Read an input a line (base64) from standard input, answer each with a line of JSON."""
    check = checker(target)
    said, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        raw = base64.b64decode(line)
        started = time.process_time()
        broken = ""
        try:
            check(raw)
        except BaseException as failure:  # noqa: BLE001 - whatever it is, it is what we look for
            last = traceback.extract_tb(failure.__traceback__)[-1]
            where = f"{Path(last.filename).name}:{last.name}"
            broken = f"{type(failure).__name__} in {where}: {failure}"[:600]
        verdict = Verdict(broken, time.process_time() - started, peak())
        print(json.dumps(verdict), file=said, flush=True)


def checker(target: str) -> Callable[[bytes], object]:
    """The function that tries an input of *target*."""
    from tests.hostile import checks

    if target != "story":
        return {
            "frontmatter": checks.frontmatter, "markdown": checks.markdown, "photo": checks.photo,
        }[target]  # fmt: skip
    from candlelight.make import fonts, products

    # Stand-ins for what is dear and never sees the text of a file.
    fonts.subset = products._draw = _nothing  # noqa: SLF001
    return checks.Neighbours(Path(tempfile.mkdtemp(prefix="fuzz-"))).check


def _nothing(*_: object) -> bytes:
    return b""


def peak() -> int:
    """The most megabytes that this process ever had, 0 where the system does not say."""
    with contextlib.suppress(OSError):
        # On Linux the other way tells the peak of the process that started this one.
        lines = Path("/proc/self/status").read_text("ascii", "replace").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) >> 10
    with contextlib.suppress(ImportError):
        import resource

        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most >> (20 if sys.platform == "darwin" else 10)
    return 0


class Trial:
    """A process that tries inputs of *target*; started anew when one has ended it."""

    def __init__(self, target: str) -> None:
        self.target = target
        self._process: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[str] = queue.Queue()

    def __call__(self, raw: bytes) -> Verdict:
        process = self._process or self._start()
        assert process.stdin is not None
        try:
            process.stdin.write(base64.b64encode(raw).decode() + "\n")
            process.stdin.flush()
            line = self._answers.get(timeout=PATIENCE)
        except queue.Empty:
            self.close()
            return Verdict(f"no answer in {PATIENCE} seconds", PATIENCE, 0)
        except OSError:
            line = ""
        if not line:
            code = process.wait()
            self._errors.seek(0)
            last = self._errors.read().strip().rpartition("\n")[2][-300:]
            self.close()
            return Verdict(f"the process ended with {code}: {last}", 0, 0)
        verdict = Verdict(*json.loads(line))
        if verdict.megabytes > MEGABYTES:
            # Its peak would be the peak of all that follow.
            self.close()
        return verdict._replace(broken=verdict.broken or self._excess(verdict))

    def _excess(self, verdict: Verdict) -> str:
        if verdict.seconds > SECONDS[self.target]:
            return f"more than {SECONDS[self.target]:g} seconds"
        return f"more than {MEGABYTES} MB" if verdict.megabytes > MEGABYTES else ""

    def _start(self) -> subprocess.Popen[str]:
        command = [sys.executable, __file__, "--answer", self.target]
        self._errors = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors, text=True
        )
        self._process, self._answers = process, queue.Queue()
        threading.Thread(target=_listen, args=(process, self._answers), daemon=True).start()
        return process

    def close(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


def _listen(process: subprocess.Popen[str], answers: queue.Queue[str]) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        answers.put(line)
    answers.put("")


# ---- What breaks ---------------------------------------------------------------------------------


def shrunk(raw: bytes, verdict: Verdict, trial: Trial, seconds: float = 30) -> bytes:
    """The shortest part of *raw* found within *seconds* that breaks in the same way."""
    until = time.monotonic() + seconds
    size = len(raw) // 2
    while size:
        at = 0
        while at < len(raw):
            if time.monotonic() > until:
                return raw
            shorter = raw[:at] + raw[at + size :]
            if alike(trial(shorter), verdict):
                raw = shorter
            else:
                at += size
        size //= 2
    return raw


def alike(one: Verdict, other: Verdict) -> bool:
    """Whether two inputs break in the same place."""
    return one.broken.partition(":")[0][:60] == other.broken.partition(":")[0][:60]


def keep(raw: bytes, verdict: Verdict, target: str, folder: Path) -> Path:
    """Write *raw* and, beside it, what it broke."""
    folder.mkdir(parents=True, exist_ok=True)
    count = len(list(folder.glob(f"{target}-*.bin")))
    path = folder / f"{target}-{count:03}.bin"
    path.write_bytes(raw)
    path.with_suffix(".txt").write_text(f"{verdict.broken}\n{verdict}\n", "utf-8")
    return path


def blind(target: str, options: argparse.Namespace) -> int:
    """Try inputs by number until the time is over; how many kinds of trouble they made."""
    inputs, trial = Inputs(target, options.seed), Trial(target)
    found: list[Verdict] = []
    slowest = largest = 0.0
    until = time.monotonic() + options.seconds
    number = options.first
    while time.monotonic() < until:
        raw = inputs(number)
        verdict = trial(raw)
        slowest, largest = max(slowest, verdict.seconds), max(largest, verdict.megabytes)
        if verdict.broken and not any(alike(verdict, other) for other in found):
            found.append(verdict)
            small = shrunk(raw, verdict, trial)
            path = keep(small, verdict, target, options.into)
            print(
                f"{target} {number}: {verdict.broken[:200]}\n  {path} ({len(small)} bytes)",
                flush=True,
            )
        number += 1
    trial.close()
    print(f"{target}: inputs {options.first} to {number - 1}, slowest {slowest:.2f} s, "
          f"largest process {largest:.0f} MB, {len(found)} to look at", flush=True)  # fmt: skip
    return len(found)


def guided(target: str, options: argparse.Namespace) -> int:
    """Let atheris look for new ways through the code; how much it left in ``--into``."""
    options.into.mkdir(parents=True, exist_ok=True)
    before = set(options.into.iterdir())
    with tempfile.TemporaryDirectory() as corpus:
        for number, raw in enumerate(seeds(target)):
            Path(corpus, str(number)).write_bytes(raw)
        settings = {
            "artifact_prefix": f"{options.into}/{target}-", "max_total_time": options.seconds,
            "timeout": PATIENCE, "rss_limit_mb": 2 * MEGABYTES, "max_len": 20_000, "verbosity": 0,
        }  # fmt: skip
        wishes = [f"-{name}={wish}" for name, wish in settings.items()]
        subprocess.run([sys.executable, __file__, "--guide", target, corpus, *wishes], check=False)
    trial = Trial(target)
    left = sorted(set(options.into.iterdir()) - before)
    for path in left:
        raw = path.read_bytes()
        if (verdict := trial(raw)).broken:
            path.write_bytes(shrunk(raw, verdict, trial))
        print(f"{path}: {verdict.broken or 'breaks only there'}", flush=True)
    trial.close()
    return len(left)


def guide(target: str, arguments: list[str]) -> None:
    """In a process of its own: atheris ends it when it is done."""
    import atheris

    with atheris.instrument_imports(include=["candlelight", "yaml", "markdown"]):
        check = checker(target)

    def one(raw: bytes) -> None:
        started = time.process_time()
        check(raw)
        if time.process_time() - started > 4 * SECONDS[target]:  # instrumented code is slow
            raise AssertionError("too slow")

    atheris.Setup([sys.argv[0], *arguments], one)
    atheris.Fuzz()


def again(paths: list[Path]) -> Iterator[tuple[Path, Verdict]]:
    """Try files that were kept once more."""
    for path in paths:
        trial = Trial(path.name.partition("-")[0])
        yield path, trial(path.read_bytes())
        trial.close()


def main() -> int:
    """Exit code 1 if anything broke."""
    if sys.argv[1:2] == ["--answer"]:
        answer(sys.argv[2])
        return 0
    if sys.argv[1:2] == ["--guide"]:
        guide(sys.argv[2], sys.argv[3:])
        return 0
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(SECONDS))
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--seed", default=str(random.SystemRandom().randrange(10**6)))
    parser.add_argument("--first", type=int, default=0, help="number of the first input")
    parser.add_argument("--into", type=Path, default=ROOT / ".candlelight" / "fuzz")
    parser.add_argument("--guided", action="store_true", help="with atheris")
    parser.add_argument("--again", type=Path, nargs="+", metavar="FILE", default=[])
    options = parser.parse_args()
    if unknown := set(options.targets) - set(SECONDS):
        parser.error(f"no target {', '.join(unknown)}")
    if options.again:
        verdicts = dict(again(options.again))
        for path, verdict in verdicts.items():
            print(f"{path}: {verdict}")
        return int(any(verdict.broken for verdict in verdicts.values()))
    print(f"--seed {options.seed}", flush=True)
    run = guided if options.guided else blind
    return int(sum(run(target, options) for target in options.targets or SECONDS) > 0)


if __name__ == "__main__":
    raise SystemExit(main())
