"""What has happened, kept; for now in memory, for as long as the program runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wallboard.domain.facts import Fact, FactId


class History:
    """The facts of one source, each once. Used by one thread."""

    def __init__(self) -> None:
        self._facts: dict[FactId, Fact] = {}

    def __len__(self) -> int:
        """Return how many different facts are kept."""
        return len(self._facts)

    def __iter__(self) -> Iterator[Fact]:
        """Return the facts in the order in which they were first told."""
        return iter(tuple(self._facts.values()))

    def keep(self, facts: Iterable[Fact]) -> None:
        """Keep the facts; one that was told before stays as it was told first."""
        for fact in facts:
            self._facts.setdefault(fact.fact_id, fact)
