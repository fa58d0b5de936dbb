"""What is summed of calls, in SQL that every database here understands, and kept by agent."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from typing import Final

# Said once for every call, so that the dozens of sums do not compare texts again and again: that
# halves the time of a report by agents.
FLAGS: Final = (
    "ending = 'answered' AS is_answered, ending = 'abandoned' AS is_abandoned,"
    " ending = 'answered' AND talk IS NOT NULL AS is_handled"
)
_ANSWERED: Final = "is_answered"
_ABANDONED: Final = "is_abandoned"
_AWAY: Final = "ending IN ('timed_out', 'left_empty', 'left_otherwise')"
_LEFT: Final = "ending NOT IN ('answered', 'abandoned', 'unknown')"
_UNDECIDED: Final = "(wait IS NULL OR target IS NULL)"
_HANDLED: Final = "is_handled"
HANDLED_AT: Final = (
    "CASE WHEN ended_at + coalesce(wrap_up, 0) < entered_at"
    " THEN entered_at ELSE ended_at + coalesce(wrap_up, 0) END"
)
BOOKED: Final = f"AND {_HANDLED}"


def _count(condition: str) -> str:
    return f"count(*) FILTER (WHERE {condition})"


def _sum(column: str, condition: str) -> str:
    return f"cast(coalesce(sum({column}) FILTER (WHERE {condition}), 0) AS bigint)"


_LONGEST: Final = "coalesce(max(wait) FILTER (WHERE ending <> 'unknown'), 0)"

# By the names of Totals: where a call arrived, and where it was handled to the end.
ARRIVAL: Final[Mapping[str, str]] = {
    "offered": "count(*)",
    "answered": _count(_ANSWERED),
    "answered_in_target": _count(f"{_ANSWERED} AND wait <= target"),
    "answered_at_once": _count(f"{_ANSWERED} AND wait = 0"),
    "abandoned": _count(_ABANDONED),
    "abandoned_in_target": _count(f"{_ABANDONED} AND wait <= target"),
    "abandoned_short": _count(f"{_ABANDONED} AND wait <= short"),
    "timed_out": _count("ending = 'timed_out'"),
    "left_by_key": _count("ending = 'left_by_key'"),
    "left_empty": _count("ending = 'left_empty'"),
    "left_otherwise": _count("ending = 'left_otherwise'"),
    "sent_away_in_target": _count(f"{_AWAY} AND wait <= target"),
    "left_by_key_in_target": _count("ending = 'left_by_key' AND wait <= target"),
    "unknown": _count("ending = 'unknown'"),
    "undecided_answered": _count(f"{_ANSWERED} AND {_UNDECIDED}"),
    "undecided_abandoned": _count(f"{_ABANDONED} AND {_UNDECIDED}"),
    "undecided_left": _count(f"{_LEFT} AND {_UNDECIDED}"),
    "undecided_by_key": _count(f"ending = 'left_by_key' AND {_UNDECIDED}"),
    "targetless_abandoned": _count(f"{_ABANDONED} AND target IS NULL"),
    "targetless_left": _count(f"{_LEFT} AND target IS NULL"),
    "targetless_short": _count(f"{_ABANDONED} AND wait <= short AND target IS NULL"),
    "waits_known": _count(f"{_ANSWERED} AND wait IS NOT NULL"),
    "abandon_waits_known": _count(f"{_ABANDONED} AND wait IS NOT NULL"),
    "left_waits_known": _count(f"{_LEFT} AND wait IS NOT NULL"),
    "transferred": _count(f"{_ANSWERED} AND transferred <> 0"),
    "missed_rings": "cast(sum(missed_rings) AS bigint)",
    "wait_of_answered": _sum("wait", _ANSWERED),
    "wait_of_abandoned": _sum("wait", _ABANDONED),
    "wait_of_left": _sum("wait", _LEFT),
    "longest_wait": _LONGEST,
}
HANDLING: Final[Mapping[str, str]] = {
    "handled": _count(_HANDLED),
    "holds_known": _count(f"{_HANDLED} AND hold IS NOT NULL"),
    "wrap_ups_known": _count(f"{_HANDLED} AND wrap_up IS NOT NULL"),
    "held": _count(f"{_HANDLED} AND hold <> 0"),
    "talk": _sum("talk", _HANDLED),
    "hold": _sum("hold", _HANDLED),
    "wrap_up": _sum("wrap_up", _HANDLED),
}
TIMES: Final = frozenset(
    {
        "wait_of_answered",
        "wait_of_abandoned",
        "wait_of_left",
        "longest_wait",
        "talk",
        "hold",
        "wrap_up",
    }
)
ALL: Final = {**ARRIVAL, **HANDLING}
# Calls that are alike in these are alike in which figures they are behind; and one call that is
# like all of them, in the order in which `ranges` reads it.
KIND: Final = (
    "ending",
    "target",
    *(f"{name} IS NULL" for name in ("wait", "talk", "hold", "wrap_up", "short")),
    *(f"{name} > 0" for name in ("wait", "talk", "hold", "wrap_up", "missed_rings")),
    "wait <= target",
    "wait <= short",
    "transferred",
)
EXAMPLE: Final = (
    "min(wait)",
    "min(talk)",
    "min(hold)",
    "min(wrap_up)",
    "min(short)",
    "min(missed_rings)",
    "min(transferred)",
)
LONGEST: Final = "longest_wait"

# Sums kept by other words than these are not used.
AGENT_RECIPE: Final = f"{zlib.crc32(repr((FLAGS, ALL)).encode()):08x}"


def by_agent(calls: str) -> str:
    """Return the statement that sums the calls of a table expression by agent."""
    columns = ", ".join(f"{said} AS {name}" for name, said in ALL.items())
    return (
        f"SELECT agent_id, {columns} FROM (SELECT *, {FLAGS} FROM {calls}) calls"  # noqa: S608 - nothing of it comes from outside
        " GROUP BY agent_id ORDER BY agent_id"
    )


def again(names: Iterable[str]) -> str:
    """Return the columns that add up sums of these names."""
    return ", ".join(
        f"max({name})" if name == LONGEST else f"cast(sum({name}) AS bigint)" for name in names
    )
