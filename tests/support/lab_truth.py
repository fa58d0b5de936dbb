"""What truly happened in the lab, and how far records of it are from that."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from wallboard.domain.facts import CallRecord, Ending
from wallboard.domain.snapshot import QueueId
from wallboard.domain.totals import NOTHING, Totals, totals_of

OUTCOMES: Final[Mapping[str, Ending]] = {
    "answered": Ending.ANSWERED,
    "abandoned": Ending.ABANDONED,
    "left by key": Ending.LEFT_BY_KEY,
    "sent away": Ending.TIMED_OUT,
}
_COUNTS: Final = {
    "offered": "offered",
    "answered": "answered",
    "answered_in_target": "answered_within_servicelevel",
    "abandoned": "abandoned",
    "timed_out": "sent_away",
    "left_by_key": "left_by_key",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueCall:
    """One call as the phones saw it; times are seconds since the epoch."""

    call_id: str
    number: str
    queue: str
    ending: Ending
    entered: float
    answered: float | None
    agent_left: float | None

    @property
    def wait_s(self) -> float | None:
        return None if self.answered is None else self.answered - self.entered

    @property
    def talk_s(self) -> float | None:
        if self.answered is None or self.agent_left is None:
            return None
        return self.agent_left - self.answered


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """A run of the lab's traffic.

    Attributes:
        summary: Per queue, as the traffic script counted.
    """

    calls: tuple[TrueCall, ...]
    summary: Mapping[str, Mapping[str, Any]]
    started: float

    def counts(self, queue: str) -> dict[str, int]:
        told = self.summary[queue]
        return {name: told[theirs] for name, theirs in _COUNTS.items()}


def truth_of(path: Path) -> Truth:
    """Read a truth.json or truth.json.xz."""
    data = path.read_bytes()
    text = lzma.decompress(data) if path.suffix == ".xz" else data
    told = json.loads(text)
    calls = []
    for call in told["calls"]:
        seen = call.get("observed") or {}
        if seen.get("entered") and seen.get("outcome") in OUTCOMES:
            calls.append(
                TrueCall(
                    call_id=call["id"],
                    number=call["number"],
                    queue=call["queue"],
                    ending=OUTCOMES[seen["outcome"]],
                    entered=seen["entered"],
                    answered=seen["answered"],
                    agent_left=seen.get("agent_left"),
                )
            )
    return Truth(calls=tuple(calls), summary=told["summary"], started=told["started"])


def totals_by_queue(records: Iterable[CallRecord]) -> dict[QueueId, Totals]:
    totals: dict[QueueId, Totals] = {}
    for record in records:
        totals[record.queue_id] = totals.get(record.queue_id, NOTHING) + totals_of(record)
    return totals


def counts_of(totals: Totals) -> dict[str, int]:
    return {name: getattr(totals, name) for name in _COUNTS}


def differences(truth: Truth, records: Iterable[CallRecord]) -> list[str]:
    """Return every call whose ending differs, is missing or is told twice, or is over 1 s off."""
    found: dict[str, list[CallRecord]] = {}
    for record in records:
        found.setdefault(f"{record.caller_number}@{record.queue_id}", []).append(record)
    wrong = []
    for call in truth.calls:
        ours = found.pop(f"{call.number}@{call.queue}", [])
        if len(ours) != 1:
            wrong.append(f"{call.call_id}: told {len(ours)} times")
        else:
            wrong.extend(f"{call.call_id}: {what}" for what in _differs(call, ours[0]))
    wrong.extend(f"{key}: nobody called" for key in found)
    return wrong


def _differs(call: TrueCall, record: CallRecord) -> list[str]:
    if record.ending is not call.ending:
        return [f"{call.ending} is told as {record.ending}"]
    wrong = []
    for name, true_s, told in (
        ("wait", call.wait_s, record.wait),
        ("talk", call.talk_s, record.talk),
    ):
        if true_s is None:
            continue
        if told is None or abs(told.total_seconds() - true_s) > 1:
            wrong.append(f"{name} of {true_s:.3f} s is told as {told}")
    return wrong


def mean_offsets(truth: Truth, totals: Mapping[QueueId, Totals], queue: str) -> tuple[float, float]:
    """Return by how many seconds the means of wait and talk are off. 0 where nobody was answered.

    They are of the same calls if the counts are equal.
    """
    told = truth.summary[queue]
    ours = totals.get(QueueId(queue), NOTHING)
    wait = _mean(ours.wait_of_answered, ours.waits_known) - (told["mean_wait"] or 0)
    talk = _mean(ours.talk, ours.handled) - (told["mean_talk"] or 0)
    return wait, talk


def _mean(total: timedelta, count: int) -> float:
    return total.total_seconds() / count if count else 0.0


def table(truth: Truth, records: Iterable[CallRecord]) -> str:
    """Return truth against ours, a line a queue: `ours/true`."""
    totals = totals_by_queue(records)
    lines = []
    for queue in truth.summary:
        ours = counts_of(totals.get(QueueId(queue), NOTHING))
        pairs = [f"{name} {ours[name]}/{true}" for name, true in truth.counts(queue).items()]
        wait, talk = mean_offsets(truth, totals, queue)
        lines.append(f"{queue:8} {'  '.join(pairs)}  mean wait {wait:+.3f} s  talk {talk:+.3f} s")
    return "\n".join(lines)
