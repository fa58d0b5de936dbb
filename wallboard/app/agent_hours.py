"""Reads which calls were taken at times of which agents' hours are not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Final

from wallboard.domain.coverage import Stretch, Witness, coverage_of
from wallboard.domain.facts import CallRecord
from wallboard.domain.snapshot import AgentId
from wallboard.engine.hours_known import taken_unwatched
from wallboard.engine.windows import Window
from wallboard.storage import ranges
from wallboard.storage.history import History

_SEEN: Final = (Witness.LIVE, Witness.IMPORT)


def without_hours(
    history: History,
    window: Window,
    stretches: Iterable[Stretch],
    calls: Callable[[datetime, datetime], Iterable[CallRecord]],
) -> Mapping[AgentId | None, int]:
    """Return how many calls of a window were taken while their agents' hours are not known.

    Where somebody watched live, hours are known. Elsewhere calls may be known all the same: a log
    was read, or the source told of its day. There only the spells that were told with them count.

    Args:
        stretches: What is known of the window, and by whom.
        calls: Returns those that arrived from one instant on and before another.

    Returns:
        By who took them; None is somebody whom nobody knows.

    Raises:
        HistoryUnavailable: And why.
    """
    told = tuple(stretches)
    found: Counter[AgentId | None] = Counter()
    sums_to = max(window.begin, min(history.rolled_until or window.begin, window.end))
    # Of a log that is kept in sums only, the hours are kept in sums as well: nobody can compare.
    for gap in coverage_of(_by(told, *_SEEN), window.begin, sums_to).gaps:
        for agent_id, totals in ranges.agent_totals(history, gap.begin, gap.end).items():
            found[agent_id] += totals.answered
    for gap in coverage_of(_by(told, Witness.LIVE), sums_to, window.end).gaps:
        spells = history.spells(gap.begin, gap.end)
        found.update(taken_unwatched(calls(gap.begin, gap.end), spells, gap.end))
    return found


def _by(stretches: Iterable[Stretch], *witnesses: Witness) -> tuple[Stretch, ...]:
    return tuple(each for each in stretches if each.witness in witnesses)
