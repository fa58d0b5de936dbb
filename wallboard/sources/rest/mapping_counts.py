"""What a system tells in sums, put into the rows of its queues, look by look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from wallboard.domain.errors import Fault, FaultKind, fault
from wallboard.domain.snapshot import Counted, Queue, QueueId, Snapshot
from wallboard.sources.rest.mapping_counters import CounterReading, Tally, tallied
from wallboard.sources.rest.mapping_file import Plan
from wallboard.sources.rest.mapping_picture import Mapped

_SAME_CALLER: Final = timedelta(seconds=2)
"""Who waits longest is still the same one if he seems to have joined so near the same instant."""


class Counts:
    """Keeps the sums of a connection's queues. Used by one thread at a time."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._tallies: dict[QueueId, Tally] = {}
        self._rows: dict[QueueId, Queue] = {}

    def pictured(self, mapped: Mapped) -> tuple[Snapshot, tuple[Fault, ...]]:
        """Return the picture with what was counted, and what there is to say of it."""
        parts = [
            name
            for name, read in (("agents", self._plan.agents), ("calls", self._plan.calls))
            if not read
        ]
        if not self._plan.counters:
            return mapped.snapshot, self._less(parts)
        queues = self._counted(mapped)
        lost = sum(row.counted is not None and row.counted.lost for row in queues.values())
        less = self._less([*parts, "single_calls"])
        if lost:
            less = (*less, fault(FaultKind.COUNTS_LOST, count=lost))
        return replace(mapped.snapshot, queues=queues), less

    def _less(self, parts: list[str]) -> tuple[Fault, ...]:
        return (fault(FaultKind.SYSTEM_TELLS_LESS, what=",".join(parts)),) if parts else ()

    def _counted(self, mapped: Mapped) -> Mapping[QueueId, Queue]:
        told = {reading.queue_id: reading for reading in mapped.counters}
        rows = {}
        for queue_id, queue in mapped.snapshot.queues.items():
            before = self._rows.get(queue_id)
            counted = self._count(told.get(queue_id), before, mapped.snapshot.as_of)
            row = replace(queue, counted=counted)
            rows[queue_id] = before if before is not None and before == row else row
        self._rows = rows
        return rows

    def _count(self, reading: CounterReading | None, before: Queue | None, at: datetime) -> Counted:
        """Return a queue's sums after this look; of a queue that was not told none are known."""
        known = None if before is None else before.counted
        if reading is None:
            return Counted(since=at if known is None else known.since)
        tally = tallied(self._tallies.get(reading.queue_id), reading, self._plan.zone)
        self._tallies[reading.queue_id] = tally
        counted = _counted_of(tally, reading, None if known is None else known.waiting_since)
        # Who is told one by one is counted, and nobody besides.
        if self._plan.calls:
            counted = replace(counted, waiting=None, waiting_since=None)
        if self._plan.agents:
            counted = replace(counted, free=None, busy=None)
        return counted


def _counted_of(tally: Tally, reading: CounterReading, waited_since: datetime | None) -> Counted:
    """Return what a look told, and what its day came to.

    Args:
        waited_since: When the one who waited longest at the look before had joined.
    """
    # What was told once and is not any more is not known any more.
    sums = {name: number for name, number in tally.sums.items() if name in reading.sums}
    waiting = _whole(reading.now.get("waiting"))
    since = None
    longest = reading.now.get("longest_wait")
    if longest is not None and waiting != 0:
        since = reading.at - timedelta(seconds=longest)
        if waited_since is not None and abs(since - waited_since) <= _SAME_CALLER:
            since = waited_since
    return Counted(
        since=tally.since,
        lost=tally.lost,
        offered=_whole(sums.get("offered")),
        answered=_whole(sums.get("answered")),
        abandoned=_whole(sums.get("abandoned")),
        answered_in_target=_whole(sums.get("answered_in_target")),
        wait_of_answered=_length(sums.get("wait_of_answered")),
        talk=_length(sums.get("talk")),
        waiting=waiting,
        waiting_since=since,
        free=_whole(reading.now.get("free")),
        busy=_whole(reading.now.get("busy")),
    )


def _whole(number: float | None) -> int | None:
    return None if number is None else round(number)


def _length(seconds: float | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)
