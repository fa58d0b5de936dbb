"""What reports, their tables, columns, pictures and words in cells are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from wallboard.domain.facts import Direction
from wallboard.domain.reporting import ReportKind
from wallboard.domain.severity import Severity
from wallboard.engine.reporting_keys import STATES, WITHIN
from wallboard.ui.call_rows import ENDING_NAMES
from wallboard.ui.supervision_words import NAMES as COMMAND_NAMES
from wallboard.ui.terms import SEVERITY_NAMES, STATE_NAMES
from wallboard.ui.words import Phrase, phrase

KIND_TITLES: Final[Mapping[ReportKind, Phrase]] = {
    ReportKind.SHIFT: phrase("Report", "Shift report"),
    ReportKind.AGENT: phrase("Report", "Agent report"),
    ReportKind.QUEUE: phrase("Report", "Queue report"),
    ReportKind.INTERVAL: phrase("Report", "Interval report"),
    ReportKind.CALLS: phrase("Report", "Call detail"),
    ReportKind.LOST: phrase("Report", "Lost calls"),
    ReportKind.DIRECTIONS: phrase("Report", "Incoming and outgoing calls"),
    ReportKind.WEEKDAY: phrase("Report", "Comparison with the same weekday"),
}

TABLE_TITLES: Final[Mapping[str, Phrase]] = {
    "team": phrase("ReportTable", "The whole team"),
    "queues": phrase("ReportTable", "Queues"),
    "queue_figures": phrase("ReportTable", "Queues"),
    "groups": phrase("ReportTable", "Groups of queues"),
    "intervals": phrase("ReportTable", "Intervals"),
    "days": phrase("ReportTable", "Days"),
    "interval_figures": phrase("ReportTable", "Intervals"),
    "queue_intervals": phrase("ReportTable", "Intervals by queue"),
    "agents": phrase("ReportTable", "Agents"),
    "agent_figures": phrase("ReportTable", "Agents"),
    "agent_states": phrase("ReportTable", "Time by state"),
    "agent_breaks": phrase("ReportTable", "Breaks by reason"),
    "time_sheet": phrase("ReportTable", "Time sheet"),
    "waits": phrase("ReportTable", "How long callers waited"),
    "queue_waits": phrase("ReportTable", "Answered within"),
    "weekdays": phrase("ReportTable", "The same weekday"),
    "usual_intervals": phrase("ReportTable", "Intervals and what is usual"),
    "directions": phrase("ReportTable", "Calls by direction"),
    "direction_intervals": phrase("ReportTable", "Directions by interval"),
    "agent_directions": phrase("ReportTable", "Directions by agent"),
    "direct_calls": phrase("ReportTable", "Calls without a queue"),
    "lost_summary": phrase("ReportTable", "Lost callers"),
    "lost_queues": phrase("ReportTable", "Lost callers by queue"),
    "call_backs": phrase("ReportTable", "To call back"),
    "recovered": phrase("ReportTable", "Got through later"),
    "withheld": phrase("ReportTable", "Lost without a number"),
    "breaches": phrase("ReportTable", "Alerts"),
    "commands": phrase("ReportTable", "Commands of supervisors"),
    "gaps": phrase("ReportTable", "Not watched"),
    "calls": phrase("ReportTable", "Calls"),
}

CHART_TITLES: Final[Mapping[str, Phrase]] = {
    "arrivals": phrase("ReportChart", "Calls"),
    "levels": phrase("ReportChart", "Service level and abandoned"),
    "queues": phrase("ReportChart", "Answered and abandoned by queue"),
    "waits": phrase("ReportChart", "Callers by how long they waited"),
    "states": phrase("ReportChart", "Time of agents by state"),
    "directions": phrase("ReportChart", "Calls by direction"),
    "usual": phrase("ReportChart", "Service level and what is usual"),
    "lost": phrase("ReportChart", "Lost callers by queue"),
}

WITHIN_NAME: Final = phrase("ReportColumn", "Within {seconds} s")

COLUMN_NAMES: Final[Mapping[str, Phrase]] = {
    "queue": phrase("ReportColumn", "Queue"),
    "group": phrase("ReportColumn", "Group"),
    "agent": phrase("ReportColumn", "Agent"),
    "rule": phrase("ReportColumn", "Rule"),
    "subject": phrase("ReportColumn", "Where"),
    "reason": phrase("ReportColumn", "Reason"),
    "who": phrase("ReportColumn", "By whom"),
    "handled_by": phrase("ReportColumn", "Handled by"),
    "note": phrase("ReportColumn", "Note"),
    "break_reason": phrase("ReportColumn", "Reason of the break"),
    "number": phrase("ReportColumn", "Number"),
    "begin": phrase("ReportColumn", "From"),
    "end": phrase("ReportColumn", "To"),
    "at": phrase("ReportColumn", "Time"),
    "arrived": phrase("ReportColumn", "Arrived"),
    "ended": phrase("ReportColumn", "Ended"),
    "first_at": phrase("ReportColumn", "First call"),
    "last_at": phrase("ReportColumn", "Last call"),
    "due_at": phrase("ReportColumn", "Due"),
    "recovered_at": phrase("ReportColumn", "Got through"),
    "handled_at": phrase("ReportColumn", "Handled at"),
    "day": phrase("ReportColumn", "Day"),
    "covered": phrase("ReportColumn", "Watched"),
    "answered_share": phrase("ReportColumn", "Share answered"),
    "recovered_share": phrase("ReportColumn", "Share that got through"),
    "service_level_usual": phrase("ReportColumn", "Usual service level"),
    "abandon_rate_usual": phrase("ReportColumn", "Usually abandoned, %"),
    "asa_usual": phrase("ReportColumn", "Usual speed of answer"),
    "offered_usual": phrase("ReportColumn", "Usually offered"),
    "wait": phrase("ReportColumn", "Wait"),
    "talk": phrase("ReportColumn", "Talk"),
    "hold": phrase("ReportColumn", "Hold"),
    "lasted": phrase("ReportColumn", "Lasted"),
    "up_to": phrase("ReportColumn", "Waited up to"),
    "ring": phrase("ReportColumn", "Rang"),
    "talk_mean": phrase("ReportColumn", "Average talk"),
    "tries": phrase("ReportColumn", "Tries"),
    "times": phrase("ReportColumn", "How often"),
    "calls": phrase("ReportColumn", "Calls"),
    "missed": phrase("ReportColumn", "Missed"),
    "lost": phrase("ReportColumn", "Lost"),
    "open": phrase("ReportColumn", "To call back"),
    "recovered": phrase("ReportColumn", "Got through later"),
    "withheld": phrase("ReportColumn", "Without a number"),
    "queue_calls": phrase("ReportColumn", "To queues"),
    "incoming": phrase("ReportColumn", "Incoming"),
    "outgoing": phrase("ReportColumn", "Outgoing"),
    "internal": phrase("ReportColumn", "Internal"),
    "direction_unknown": phrase("ReportColumn", "Direction not known"),
    "severity": phrase("ReportColumn", "Severity"),
    "subject_kind": phrase("ReportColumn", "What"),
    "ending": phrase("ReportColumn", "Ending"),
    "direction": phrase("ReportColumn", "Direction"),
    "command": phrase("ReportColumn", "Command"),
    "outcome": phrase("ReportColumn", "Outcome"),
    "state": phrase("ReportColumn", "State"),
    "passed_on": phrase("ReportColumn", "Passed on"),
    "in_target": phrase("ReportColumn", "In target"),
    "taken": phrase("ReportColumn", "Taken"),
    **{str(state): STATE_NAMES[state] for state in STATES},
}
"""Of the columns that are no KPI and no share of those answered within so many seconds."""

WITHIN_KEYS: Final[Mapping[str, int]] = {f"within_{seconds}": seconds for seconds in WITHIN}

ABSENT: Final[Mapping[str, Phrase]] = {"up_to": phrase("ReportColumn", "longer")}
"""What stands in a column where it has no value, if that means something."""

_YES_NO: Final = {"yes": phrase("ReportWord", "yes"), "no": phrase("ReportWord", "no")}

CELL_WORDS: Final[Mapping[str, Mapping[str, Phrase]]] = {
    "severity": {
        Severity.CALM.name.lower(): SEVERITY_NAMES[Severity.CALM],
        Severity.WARNING.name.lower(): SEVERITY_NAMES[Severity.WARNING],
        Severity.CRITICAL.name.lower(): SEVERITY_NAMES[Severity.CRITICAL],
    },
    "subject_kind": {
        "site": phrase("ReportWord", "whole site"),
        "queue": phrase("ReportWord", "queue"),
        "group": phrase("ReportWord", "group"),
        "agent": phrase("ReportWord", "agent"),
        "source": phrase("ReportWord", "connection"),
    },
    "ending": {str(ending): name for ending, name in ENDING_NAMES.items()},
    "direction": {
        "queue": phrase("ReportWord", "to a queue"),
        str(Direction.INCOMING): phrase("ReportWord", "incoming"),
        str(Direction.OUTGOING): phrase("ReportWord", "outgoing"),
        str(Direction.INTERNAL): phrase("ReportWord", "internal"),
        str(Direction.UNKNOWN): phrase("ReportWord", "not known"),
    },
    "command": {
        **{str(kind): name for kind, name in COMMAND_NAMES.items()},
        "unmask": phrase("ReportWord", "showed callers' numbers in a report"),
    },
    "outcome": {
        "done": phrase("ReportWord", "done"),
        "refused": phrase("ReportWord", "refused by the system"),
        "unknown": phrase("ReportWord", "not known whether done"),
        "not_allowed": phrase("ReportWord", "not allowed"),
        "not_passed": phrase("ReportWord", "not passed on"),
        "unanswered": phrase("ReportWord", "without an answer"),
    },
    "state": {str(state): name for state, name in STATE_NAMES.items()},
    "passed_on": _YES_NO,
    "in_target": _YES_NO,
    "taken": _YES_NO,
}
"""By the column's key: the word of each key that may stand in it."""
