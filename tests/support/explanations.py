"""Explained figures to look at: of a handful of calls whose sums can be done in the head."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from support.boards import TEHRAN
from wallboard.domain.coverage import Stretch, coverage_of
from wallboard.domain.facts import CallRecord, Ending, FactId
from wallboard.domain.measuring import LevelProfile
from wallboard.domain.snapshot import AgentId, CallId, QueueId
from wallboard.domain.totals import added, totals_of
from wallboard.engine.explain import explain
from wallboard.engine.explanation import Explanation
from wallboard.engine.kpi import Sums
from wallboard.engine.windows import range_window

BEGIN: Final = datetime(2026, 11, 22, 4, 30, tzinfo=UTC)
"""08:00 in Tehran, on 1405/09/01."""
END: Final = BEGIN + timedelta(hours=4)
ZONE: Final = TEHRAN
TARGET: Final = timedelta(seconds=20)


def call(
    at: int,
    wait_s: float,
    *,
    talk_s: float | None = 60.0,
    queue: str = "q0",
    number: str | None = "09123456789",
) -> CallRecord:
    """Return a call of so many minutes after the begin; one without a talk was abandoned."""
    entered = BEGIN + timedelta(minutes=at)
    wait = timedelta(seconds=wait_s)
    talk = None if talk_s is None else timedelta(seconds=talk_s)
    return CallRecord(
        fact_id=FactId(f"f{at}"),
        call_id=CallId(f"c{at}"),
        queue_id=QueueId(queue),
        entered_at=entered,
        ended_at=entered + wait + (talk or timedelta()),
        ending=Ending.ABANDONED if talk is None else Ending.ANSWERED,
        wait=wait,
        target=TARGET,
        short=timedelta(seconds=5),
        talk=talk,
        agent_id=None if talk is None else AgentId("a00000"),
        caller_number=number,
    )


CALLS: Final = (
    *(call(at, 10.0) for at in range(35)),
    *(call(at, 30.0) for at in range(35, 45)),
    *(call(at, 12.5, talk_s=None) for at in range(45, 49)),
)
"""35 answered in time, 10 answered late, 4 abandoned: 71.4 % of 49."""


def explanation(
    key: str,
    records: Sequence[CallRecord] = CALLS,
    *,
    watched: Sequence[tuple[int, int]] = ((0, 240),),
    profiles: Sequence[LevelProfile] = (),
) -> Explanation:
    """Return an explanation of a figure of four hours.

    Args:
        watched: From which minute to which somebody watched.
    """
    stretches = [
        Stretch(begin=BEGIN + timedelta(minutes=begin), end=BEGIN + timedelta(minutes=end))
        for begin, end in watched
    ]
    return explain(
        key,
        Sums(calls=added(map(totals_of, records)), span=END - BEGIN),
        window=range_window(BEGIN, END),
        coverage=coverage_of(stretches, BEGIN, END),
        profiles=profiles,
    )
