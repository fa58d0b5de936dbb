"""The tables that a report may have: their keys, their columns, and the words in their cells.

A key that is one of the table of KPIs is that KPI, typed by its unit; all others stand here. Who
gives words to readers finds in this module all that wants one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from wallboard.domain.alert import SubjectKind
from wallboard.domain.facts import Direction, Ending
from wallboard.domain.reporting import CellKind, Column
from wallboard.domain.snapshot import LOGGED_IN, AgentState
from wallboard.domain.supervision import Stage, WishKind
from wallboard.engine.kpi import KPI_BY_KEY, Unit

UNIT_KINDS: Final[Mapping[Unit, CellKind]] = {
    Unit.COUNT: CellKind.COUNT,
    Unit.RATIO: CellKind.RATIO,
    Unit.SECONDS: CellKind.DURATION,
    Unit.PER_HOUR: CellKind.FIGURE,
}

WITHIN: Final = (10, 20, 30, 60, 120, 300)
"""Seconds: the share of the answered that waited no longer is told for each."""

STATES: Final = LOGGED_IN
"""The states that a time sheet has a column for."""

DIRECTIONS: Final = ("queue_calls", "incoming", "outgoing", "internal", "direction_unknown")
"""Columns of how many calls went which way; the first one is of calls that came to a queue."""

KINDS: Final[Mapping[str, CellKind]] = {
    **dict.fromkeys(
        (
            "queue",
            "group",
            "agent",
            "rule",
            "subject",
            "reason",
            "who",
            "handled_by",
            "note",
            "break_reason",
        ),
        CellKind.TEXT,
    ),
    "number": CellKind.PHONE,
    **dict.fromkeys(
        (
            "begin",
            "end",
            "at",
            "arrived",
            "ended",
            "first_at",
            "last_at",
            "due_at",
            "recovered_at",
            "handled_at",
        ),
        CellKind.INSTANT,
    ),
    "day": CellKind.DAY,
    **dict.fromkeys(
        (
            "covered",
            "answered_share",
            "recovered_share",
            "service_level_usual",
            "abandon_rate_usual",
            *(f"within_{seconds}" for seconds in WITHIN),
        ),
        CellKind.RATIO,
    ),
    **dict.fromkeys(
        (
            "wait",
            "talk",
            "hold",
            "wrap_up",
            "lasted",
            "up_to",
            "ring",
            "talk_mean",
            "asa_usual",
            *map(str, STATES),
        ),
        CellKind.DURATION,
    ),
    **dict.fromkeys(
        (
            "tries",
            "times",
            "calls",
            "missed",
            "lost",
            "open",
            "recovered",
            "withheld",
            *DIRECTIONS,
        ),
        CellKind.COUNT,
    ),
    **dict.fromkeys(
        (
            "severity",
            "subject_kind",
            "ending",
            "direction",
            "command",
            "outcome",
            "state",
            "passed_on",
            "in_target",
            "taken",
        ),
        CellKind.WORD,
    ),
    "offered_usual": CellKind.FIGURE,
}
"""Of the columns that are no KPI."""

_YES_NO: Final = ("yes", "no")
WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "severity": ("calm", "warning", "critical"),
    "subject_kind": tuple(map(str, SubjectKind)),
    "ending": tuple(map(str, Ending)),
    "direction": ("queue", *map(str, Direction)),
    "command": (*map(str, WishKind), "unmask"),
    "outcome": (
        *(str(stage) for stage in Stage if stage is not Stage.PENDING),
        "not_allowed",
        "not_passed",
        "unanswered",
    ),
    "state": tuple(map(str, AgentState)),
    "passed_on": _YES_NO,
    "in_target": _YES_NO,
    "taken": _YES_NO,
}
"""What may stand in a column of words. Empty cells are None."""

LISTINGS: Final = frozenset(
    {
        "breaches",
        "commands",
        "call_backs",
        "recovered",
        "withheld",
        "calls",
        "direct_calls",
        "time_sheet",
        "gaps",
    }
)
"""Tables of which each row is something that happened, and not a sum."""

_FLOW: Final = ("offered", "answered", "abandoned", "abandon_rate", "service_level", "asa")
_FULL: Final = (
    "offered",
    "answered",
    "abandoned",
    "abandon_short",
    "flow_out",
    "unknown",
    "service_level",
    "abandon_rate",
    "answer_rate",
    "asa",
)

TABLES: Final[Mapping[str, tuple[str, ...]]] = {
    "team": (*_FLOW, "max_wait", "aht", "occupancy", "cph"),
    "queues": ("queue", *_FLOW, "max_wait", "aht"),
    "queue_figures": (
        "queue",
        *_FULL,
        "awt",
        "wait_p50",
        "wait_p90",
        "wait_p95",
        "max_wait",
    ),
    "groups": ("group", *_FLOW, "max_wait", "aht"),
    "intervals": ("begin", *_FLOW, "aht", "covered"),
    "days": ("day", *_FLOW, "aht", "covered"),
    "interval_figures": (
        "begin",
        "end",
        *_FULL,
        "wait_p90",
        "max_wait",
        "handled",
        "aht",
        "covered",
    ),
    "queue_intervals": ("begin", "queue", *_FLOW, "max_wait", "aht"),
    "agents": ("agent", "answered", "missed", "aht", "logged_in", "occupancy", "cph"),
    "agent_figures": (
        "agent",
        "answered",
        "missed",
        "transferred",
        "handled",
        "att",
        "hold_avg",
        "acw_avg",
        "aht",
        "logged_in",
        "occupancy",
        "availability",
        "cph",
    ),
    "agent_states": ("agent", "logged_in", *map(str, STATES)),
    "agent_breaks": ("agent", "break_reason", "times", "lasted"),
    "time_sheet": ("agent", "begin", "end", "state", "break_reason", "lasted"),
    "waits": ("up_to", "answered", "answered_share", "abandoned"),
    "queue_waits": ("queue", "answered", *(f"within_{seconds}" for seconds in WITHIN)),
    "weekdays": ("day", *_FLOW, "max_wait", "aht", "covered"),
    "usual_intervals": (
        "begin",
        "offered",
        "offered_usual",
        "service_level",
        "service_level_usual",
        "abandon_rate",
        "abandon_rate_usual",
        "asa",
        "asa_usual",
    ),
    "directions": ("direction", "calls", "answered", "answered_share", "talk", "talk_mean"),
    "direction_intervals": ("begin", *DIRECTIONS),
    "agent_directions": ("agent", *DIRECTIONS, "talk"),
    "direct_calls": (
        "at",
        "direction",
        "number",
        "agent",
        "taken",
        "ring",
        "talk",
        "ended",
    ),
    "lost_summary": ("lost", "open", "recovered", "withheld", "recovered_share"),
    "lost_queues": ("queue", "lost", "open", "recovered", "withheld"),
    "call_backs": ("number", "queue", "first_at", "last_at", "tries", "wait", "due_at", "note"),
    "recovered": ("number", "queue", "first_at", "tries", "wait", "recovered_at", "lasted"),
    "withheld": ("at", "queue", "wait", "ending"),
    "breaches": (
        "at",
        "lasted",
        "severity",
        "rule",
        "subject_kind",
        "subject",
        "handled_by",
        "handled_at",
        "reason",
    ),
    "commands": ("at", "who", "command", "agent", "queue", "outcome", "lasted", "reason"),
    "gaps": ("begin", "end", "lasted"),
    "calls": (
        "arrived",
        "queue",
        "number",
        "wait",
        "ending",
        "in_target",
        "agent",
        "talk",
        "hold",
        "wrap_up",
        "passed_on",
        "ended",
    ),
}
"""The columns of every table, in order."""


def column(key: str) -> Column:
    """Return the column of a key.

    Raises:
        KeyError: There is none.
    """
    kpi = KPI_BY_KEY.get(key)
    return Column(key=key, kind=KINDS[key] if kpi is None else UNIT_KINDS[kpi.unit])


def columns_of(table: str) -> tuple[Column, ...]:
    """Return the columns of a table.

    Raises:
        KeyError: There is none.
    """
    return tuple(map(column, TABLES[table]))


def definitions_in(tables: tuple[str, ...]) -> tuple[str, ...]:
    """Return the keys of the KPIs that stand in these tables, each once, as they appear."""
    keys = (key for table in tables for key in TABLES[table] if key in KPI_BY_KEY)
    return tuple(dict.fromkeys(keys))
