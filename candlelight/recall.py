"""What slow libraries have answered: a run that asks only known questions imports none of them.

An answer follows from its question and from nothing else. Here answers last as long as the
process; `run/recollection.py` keeps them from one run to the next.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class Answers(Generic[Answer]):
    """The answers of *ask* by question, under the name *kind*.

    Up to *most* are worth keeping, whoever asked; of more only those that were *used* in this
    process. With *most* 0, what nobody asks any more is forgotten at once: a name that was taken
    out of the content must not stay in the cache. Kinds may share *used*: what one of them was
    asked, all of them keep.
    """

    def __init__(
        self,
        kind: str,
        ask: Callable[[str], Answer],
        most: int = 0,
        used: set[str] | None = None,
    ) -> None:
        self.kind = kind
        self.most = most
        self.known: dict[str, Answer] = {}
        self.used: set[str] = set() if used is None else used
        self._ask = ask

    def __call__(self, question: str) -> Answer:
        """The answer, known or asked now; errors of *ask* pass, and are not kept."""
        if question not in self.known:
            self.known[question] = self._ask(question)
        self.used.add(question)
        return self.known[question]

    def worth_keeping(self) -> dict[str, Answer]:
        """The answers for the next run."""
        few = len(self.known) <= self.most
        # Sorted: in the order in which they were asked, characters would spell names.
        return {one: self.known[one] for one in sorted(self.known) if few or one in self.used}


def answers(
    kind: str, most: int = 0, used: set[str] | None = None
) -> Callable[[Callable[[str], Answer]], Answers[Answer]]:
    """Make a function from a text to a value an `Answers` of *kind*."""
    return lambda ask: Answers(kind, ask, most, used)
