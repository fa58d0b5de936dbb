"""Real days of a call centre, call by call, and the figures expected of them."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

from wallboard.domain.facts import CallRecord, Ending, FactId
from wallboard.domain.measuring import SHORT
from wallboard.domain.snapshot import AgentId, CallId, QueueId

DAYS: Final = ("1999-08-01", "1999-08-02", "1999-08-13")
TARGET: Final = timedelta(seconds=20)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldenDay:
    """A day's calls that entered the queue, by type as queues, and the figures expected of it."""

    begin: datetime
    records: tuple[CallRecord, ...]
    ivr_hangups: int
    expected: dict[str, Any]


@cache
def golden_day(folder: Path, day: str) -> GoldenDay:
    """Return one of DAYS; its clock is taken for UTC."""
    with (folder / f"{day}.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["outcome"] in {"AGENT", "HANG"}]
    queued = [row for row in rows if row["outcome"] == "AGENT" or row["queue_enter"]]
    return GoldenDay(
        begin=instant(day),
        records=tuple(_record(day, row) for row in queued),
        ivr_hangups=len(rows) - len(queued),
        expected=json.loads((folder / f"{day}.expected.json").read_text(encoding="utf-8")),
    )


def instant(text: str) -> datetime:
    """Return an instant of the log."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _record(day: str, row: dict[str, str]) -> CallRecord:
    answered = row["outcome"] == "AGENT"
    entered_at = instant(row["queue_enter"] or row["ivr_exit"])
    key = f"{day} {row['seq']}"
    wait = timedelta(seconds=int(row["wait_s"]))
    return CallRecord(
        fact_id=FactId(key),
        call_id=CallId(key),
        queue_id=QueueId(row["type"]),
        entered_at=entered_at,
        ended_at=instant(row["service_end"]) if answered else entered_at + wait,
        ending=Ending.ANSWERED if answered else Ending.ABANDONED,
        wait=wait,
        target=TARGET,
        talk=timedelta(seconds=int(row["service_s"])) if answered else None,
        short=SHORT,
        agent_id=AgentId(row["agent"]) if row["agent"] else None,
        caller_number=row["customer"] or None,
    )
