"""The board for machines: names, numbers in seconds and ratios, times in ISO 8601."""

from __future__ import annotations

from datetime import datetime
from typing import Final, TypeAlias

from wallboard.domain.clock import Moment
from wallboard.domain.errors import Fault
from wallboard.domain.snapshot import Agent
from wallboard.engine.board import (
    Board,
    QueueStanding,
    SiteStanding,
    age_of,
    counted_since,
    knows,
    level_of,
    site_time,
    sums_of,
    tells,
    untold,
    untold_readings,
)
from wallboard.engine.kpi import Sums, measure_by_key

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"


def board_json(board: Board, now: Moment) -> dict[str, Json]:
    """Return the board as values that any JSON writer takes.

    Counts are of the site's present day, and `since` tells from when on. Durations are seconds;
    ratios are 0 to 1; `null` is unknown or undefined, and so is the site's service level where its
    queues are measured by different profiles. `offered` is the sum of `answered`,
    `abandoned`, `timed_out`, `left_by_key`, `left_otherwise`, `unknown` and `waiting`;
    `left_empty` tells how many of `left_otherwise` were sent away because nobody was there. Who
    waits since yesterday is in `waiting`, but not offered today. Of a queue of which the source
    tells only sums, what does not follow from them is `null`.
    """
    then = site_time(board, now)
    missing, counts = untold(board), counted_since(board)
    since = board.ledger.since if counts is None else counts
    unseen = untold_readings(board)
    agents = () if board.snapshot is None else tuple(board.snapshot.agents.values())
    return {
        "name": board.name,
        "at": _iso(now.wall),
        "since": None if since is None else _iso(since),
        "day": None if board.ledger.day is None else board.ledger.day.isoformat(),
        "source": _source_json(board, now),
        "queues": [
            _queue_json(board.queues[queue_id], then, missing) for queue_id in sorted(board.queues)
        ],
        "site": {
            "waiting": None if "waiting" in unseen else board.site.waiting,
            "longest_wait_s": _since(board.site.waiting_since, then),
            **_totals_json(board.site),
        },
        "agents": [
            _agent_json(agent) for agent in sorted(agents, key=lambda agent: agent.agent_id)
        ],
    }


def fault_json(fault: Fault) -> dict[str, Json]:
    """Return a fault as values."""
    return {"kind": str(fault.kind), **dict(fault.details)}


def _source_json(board: Board, now: Moment) -> dict[str, Json]:
    age = age_of(board, now)
    return {
        "freshness": str(board.freshness),
        "age_s": None if age is None else round(age.total_seconds(), 3),
        "as_of": None if board.snapshot is None else _iso(board.snapshot.as_of),
        "fault": None if board.fault is None else fault_json(board.fault),
        "fault_since": None if board.fault_since is None else _iso(board.fault_since),
        "notices": [fault_json(notice) for notice in board.warnings],
    }


def _queue_json(
    standing: QueueStanding, then: datetime, missing: frozenset[str]
) -> dict[str, Json]:
    target = standing.queue.target
    live = {"waiting": standing.waiting, "free": standing.free, "busy": standing.busy}
    told = {name: n if tells(standing, name, missing) else None for name, n in live.items()}
    return {
        "id": standing.queue.queue_id,
        "name": standing.queue.name,
        "target_s": None if target is None else target.total_seconds(),
        "waiting": told["waiting"],
        "longest_wait_s": _since(standing.waiting_since, then),
        "free": told["free"],
        "busy": told["busy"],
        **_totals_json(standing),
    }


def _totals_json(standing: QueueStanding | SiteStanding) -> dict[str, Json]:
    totals, level, sums = standing.totals, level_of(standing), sums_of(standing)
    told: dict[str, Json] = {
        "offered": totals.offered,
        "answered": totals.answered,
        "answered_in_target": totals.answered_in_target,
        "abandoned": totals.abandoned,
        "timed_out": totals.timed_out,
        "left_by_key": totals.left_by_key,
        "left_empty": totals.left_empty,
        "left_otherwise": totals.left_otherwise + totals.left_empty,
        "unknown": totals.unknown,
        "handled": totals.handled,
        "transferred": totals.transferred,
        "missed_rings": totals.missed_rings,
        "wait_of_answered_s": round(totals.wait_of_answered.total_seconds(), 3),
        "wait_of_abandoned_s": round(totals.wait_of_abandoned.total_seconds(), 3),
        "talk_s": round(totals.talk.total_seconds(), 3),
        "wrap_up_s": round(totals.wrap_up.total_seconds(), 3),
        "service_level": None if level is None else round(level, 6),
        "service_level_profile": None if standing.level is None else str(standing.level.kind),
        "abandon_rate": _figure("abandon_rate", sums),
        "asa_s": _figure("asa", sums),
        "att_s": _figure("att", sums),
        "aht_s": _figure("aht", sums),
    }
    if standing.known is None:
        return told
    return {
        name: number if knows(standing, _RESTS_ON.get(name, name)) else None
        for name, number in told.items()
    }


_RESTS_ON: Final = {
    "answered_in_target": "sl_answered",
    "wait_of_answered_s": "asa",
    "talk_s": "att",
    "asa_s": "asa",
    "att_s": "att",
    "aht_s": "aht",
    "service_level_profile": "service_level",
}
"""By what is told under another name, the figure that is known with it."""


def _agent_json(agent: Agent) -> dict[str, Json]:
    return {
        "id": agent.agent_id,
        "name": agent.name,
        "state": str(agent.state),
        "state_since": None if agent.state_since is None else _iso(agent.state_since),
        "reason": agent.reason,
        "queues": [str(queue_id) for queue_id in agent.queues],
    }


def _figure(key: str, sums: Sums) -> float | None:
    value = measure_by_key(key, sums)
    return None if value is None else round(value, 6)


def _since(since: datetime | None, then: datetime) -> float | None:
    return None if since is None else round(max(0.0, (then - since).total_seconds()), 3)


def _iso(instant: datetime) -> str:
    return instant.isoformat(timespec="milliseconds")
