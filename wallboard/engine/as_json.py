"""The board for machines: names, numbers in seconds and ratios, times in ISO 8601."""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

from wallboard.domain.clock import Moment
from wallboard.domain.errors import Fault
from wallboard.domain.snapshot import Agent
from wallboard.domain.totals import Totals
from wallboard.engine.board import Board, QueueStanding, SiteStanding, age_of, level_of, site_time
from wallboard.engine.kpi import measure_by_key

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"


def board_json(board: Board, now: Moment) -> dict[str, Json]:
    """Return the board as values that any JSON writer takes.

    Counts are of the site's present day, and `since` tells from when on. Durations are seconds;
    ratios are 0 to 1; `null` is unknown or undefined, and so is the site's service level where its
    queues are measured by different profiles. `offered` is the sum of `answered`,
    `abandoned`, `timed_out`, `left_by_key`, `left_otherwise`, `unknown` and `waiting`;
    `left_empty` tells how many of `left_otherwise` were sent away because nobody was there. Who
    waits since yesterday is in `waiting`, but not offered today.
    """
    then = site_time(board, now)
    agents = () if board.snapshot is None else tuple(board.snapshot.agents.values())
    return {
        "name": board.name,
        "at": _iso(now.wall),
        "since": None if board.ledger.since is None else _iso(board.ledger.since),
        "day": None if board.ledger.day is None else board.ledger.day.isoformat(),
        "source": _source_json(board, now),
        "queues": [_queue_json(board.queues[queue_id], then) for queue_id in sorted(board.queues)],
        "site": {
            "waiting": board.site.waiting,
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


def _queue_json(standing: QueueStanding, then: datetime) -> dict[str, Json]:
    target = standing.queue.target
    return {
        "id": standing.queue.queue_id,
        "name": standing.queue.name,
        "target_s": None if target is None else target.total_seconds(),
        "waiting": standing.waiting,
        "longest_wait_s": _since(standing.waiting_since, then),
        "free": standing.free,
        "busy": standing.busy,
        **_totals_json(standing),
    }


def _totals_json(standing: QueueStanding | SiteStanding) -> dict[str, Json]:
    totals, level = standing.totals, level_of(standing)
    return {
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
        "abandon_rate": _figure("abandon_rate", totals),
        "asa_s": _figure("asa", totals),
        "att_s": _figure("att", totals),
        "aht_s": _figure("aht", totals),
    }


def _agent_json(agent: Agent) -> dict[str, Json]:
    return {
        "id": agent.agent_id,
        "name": agent.name,
        "state": str(agent.state),
        "state_since": None if agent.state_since is None else _iso(agent.state_since),
        "reason": agent.reason,
        "queues": [str(queue_id) for queue_id in agent.queues],
    }


def _figure(key: str, totals: Totals) -> float | None:
    value = measure_by_key(key, totals)
    return None if value is None else round(value, 6)


def _since(since: datetime | None, then: datetime) -> float | None:
    return None if since is None else round(max(0.0, (then - since).total_seconds()), 3)


def _iso(instant: datetime) -> str:
    return instant.isoformat(timespec="milliseconds")
