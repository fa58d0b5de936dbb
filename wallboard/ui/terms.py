"""The trade's terms: what a KPI, a state, a severity and a freshness are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from wallboard.domain.finding import Verdict
from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import AgentState
from wallboard.engine.freshness import Freshness
from wallboard.engine.windows import WindowKind
from wallboard.ui.words import Phrase, phrase

KPI_NAMES: Final[Mapping[str, Phrase]] = {
    "waiting": phrase("Kpi", "Waiting"),
    "longest_wait": phrase("Kpi", "Longest wait"),
    "abandon_rate": phrase("Kpi", "Abandoned, %"),
    "free": phrase("Kpi", "Free agents"),
    "busy": phrase("Kpi", "Busy agents"),
    "in_call": phrase("Kpi", "In call"),
}
"""Of figures of this moment, and of those that have a shorter name on the board."""

KPI_MEANINGS: Final[Mapping[str, Phrase]] = {
    "waiting": phrase("Kpi", "Callers who wait in a queue now."),
    "longest_wait": phrase("Kpi", "How long the caller who waits longest now has waited."),
    "free": phrase("Kpi", "Agents who could take a call now, each person once."),
    "busy": phrase(
        "Kpi", "Agents whose phone rings, who talk, hold a call or do the work after it."
    ),
    "in_call": phrase("Kpi", "Agents who talk to a caller of a queue now, held calls included."),
}
"""Of figures of this moment."""

STATE_NAMES: Final[Mapping[AgentState, Phrase]] = {
    AgentState.FREE: phrase("AgentState", "Free"),
    AgentState.RINGING: phrase("AgentState", "Ringing"),
    AgentState.IN_CALL: phrase("AgentState", "In call"),
    AgentState.ON_HOLD: phrase("AgentState", "On hold"),
    AgentState.WRAP_UP: phrase("AgentState", "Wrap-up"),
    AgentState.ON_BREAK: phrase("AgentState", "On break"),
    AgentState.OTHER: phrase("AgentState", "Other"),
    AgentState.OFFLINE: phrase("AgentState", "Offline"),
    AgentState.UNKNOWN: phrase("AgentState", "Not known"),
}

SEVERITY_NAMES: Final[Mapping[Severity, Phrase]] = {
    Severity.CALM: phrase("Severity", "normal"),
    Severity.WARNING: phrase("Severity", "warning"),
    Severity.CRITICAL: phrase("Severity", "critical"),
}

FRESHNESS_NAMES: Final[Mapping[Freshness, Phrase]] = {
    Freshness.WAITING: phrase("Freshness", "CONNECTING"),
    Freshness.LIVE: phrase("Freshness", "LIVE"),
    Freshness.LATE: phrase("Freshness", "LATE"),
    Freshness.STALE: phrase("Freshness", "STALE"),
    Freshness.NO_DATA: phrase("Freshness", "NO DATA"),
}

VERDICT_NAMES: Final[Mapping[Verdict, Phrase]] = {
    Verdict.GOOD: phrase("Verdict", "good"),
    Verdict.WARNING: phrase("Verdict", "worth a look"),
    Verdict.BAD: phrase("Verdict", "failed"),
}

WINDOW_SHORT: Final[Mapping[WindowKind, Phrase]] = {
    WindowKind.LAST_15: phrase("WindowShort", "15 min"),
    WindowKind.LAST_30: phrase("WindowShort", "30 min"),
    WindowKind.LAST_60: phrase("WindowShort", "60 min"),
    WindowKind.INTERVAL: phrase("WindowShort", "interval"),
    WindowKind.SHIFT: phrase("WindowShort", "shift"),
    WindowKind.TODAY: phrase("WindowShort", "today"),
    WindowKind.RANGE: phrase("WindowShort", "chosen"),
}
"""For where there is little room."""
