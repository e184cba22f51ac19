"""Measure what a story costs as an anthology grows: it should cost the same.

    python bench/growth.py                        cold and body, from 10,000 to 50,000, 3 rounds
    python bench/growth.py --from 20 --to 40 --rounds 1           to see that it works
    python bench/growth.py --write                put the table into bench/README.md

Whole processes in turn, the small anthology and the large one, as in website.py.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from edits import body
from processes import Failed, Run
from scratch import scratch
from sites import Candlelight, made_up
from tables import keep, machine, middle, ratio

FLAT = 1.1
COLD, BODY = "cold", "body"
TAKEN: dict[str, Callable[[Run], float]] = {
    "wall time, ms": lambda run: run.wall * 1e3,
    "CPU, ms": lambda run: run.cpu * 1e3,
    "largest process, kB": lambda run: run.largest / 1e3,
}

Made = dict[str, list[Run]]
"""What was measured of one anthology, a run a round, by question."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what the arguments ask for; 1 if something could not be run."""
    given = asked(arguments)
    sizes = given.small, given.large
    try:
        with scratch(given.scratch, sum(sizes)) as folder:
            sites = {size: Candlelight(made_up(folder, size)) for size in sizes}
            made: dict[int, Made] = {size: {COLD: [], BODY: []} for size in sizes}
            for number in range(given.rounds + 1):  # the first is not counted
                for size, site in sites.items():
                    print(f"round {number}: {size:,} stories", flush=True)
                    _round(site, number, made[size] if number else {COLD: [], BODY: []})
    except Failed as failed:
        print(failed, file=sys.stderr)
        return 1
    lines = [f"{given.rounds} rounds, {machine()}:", "", *table(made)]
    print("\n".join(["", *lines]))
    if given.write:
        keep("growth", lines)
    return 0


def asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The arguments."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--from", type=int, default=10_000, dest="small", metavar="STORIES")
    parser.add_argument("--to", type=int, default=50_000, dest="large", metavar="STORIES")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--scratch", type=Path, help="measure here")
    parser.add_argument("--write", action="store_true", help="into bench/README.md")
    return parser.parse_args(arguments)


def _round(site: Candlelight, number: int, made: Made) -> None:
    site.wipe()
    made[COLD].append(site.build())
    edit = body(site.source, number)
    made[BODY].append(site.build())
    site.shows(edit.page, edit.words)


def table(made: dict[int, Made]) -> Iterator[str]:
    """A line a question and measure: what it is a story, small and large, and how much more."""
    small, large = made
    yield f"| question | what a story takes | {small:,} stories | {large:,} stories | growth |"
    yield "|---|---|--:|--:|--:|"
    for question in (COLD, BODY):
        for what, taken in TAKEN.items():
            each = {size: [taken(one) / size for one in made[size][question]] for size in made}
            shown = " | ".join(middle(values, ".3f") for values in each.values())
            budget = "" if "kB" in what else f" ≤ {FLAT}"
            yield f"| {question} | {what} | {shown} | {ratio(each[large], each[small])}{budget} |"


if __name__ == "__main__":
    raise SystemExit(main())
