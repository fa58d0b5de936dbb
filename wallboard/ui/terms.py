"""The trade's terms: what a KPI, a state, a severity and a freshness are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from wallboard.domain.finding import Verdict
from wallboard.domain.snapshot import AgentState
from wallboard.engine.freshness import Freshness
from wallboard.engine.limits import Severity
from wallboard.ui.words import Phrase, phrase

KPI_NAMES: Final[Mapping[str, Phrase]] = {
    "waiting": phrase("Kpi", "Waiting"),
    "longest_wait": phrase("Kpi", "Longest wait"),
    "service_level": phrase("Kpi", "Service level"),
    "abandon_rate": phrase("Kpi", "Abandoned, %"),
    "free": phrase("Kpi", "Free agents"),
    "busy": phrase("Kpi", "Busy agents"),
    "in_call": phrase("Kpi", "In call"),
    "offered": phrase("Kpi", "Offered"),
    "answered": phrase("Kpi", "Answered"),
    "abandoned": phrase("Kpi", "Abandoned"),
    "unknown": phrase("Kpi", "End not seen"),
    "answer_rate": phrase("Kpi", "Answer rate"),
    "asa": phrase("Kpi", "Average speed of answer"),
    "ata": phrase("Kpi", "Average time to abandon"),
    "att": phrase("Kpi", "Average talk time"),
    "aht": phrase("Kpi", "Average handle time"),
}

KPI_MEANINGS: Final[Mapping[str, Phrase]] = {
    "waiting": phrase("Kpi", "Callers who wait in a queue now."),
    "longest_wait": phrase("Kpi", "How long the caller who waits longest now has waited."),
    "service_level": phrase(
        "Kpi",
        "Calls answered within the target, of all that were offered today; who still waits within "
        "the target is not counted yet.",
    ),
    "abandon_rate": phrase(
        "Kpi", "Callers who hung up while waiting, of today's calls that left the queue."
    ),
    "free": phrase("Kpi", "Agents who could take a call now, each person once."),
    "busy": phrase(
        "Kpi", "Agents whose phone rings, who talk, hold a call or do the work after it."
    ),
    "in_call": phrase("Kpi", "Agents who talk to a caller of a queue now, held calls included."),
    "offered": phrase("Kpi", "Calls that entered the queue today."),
    "answered": phrase("Kpi", "Calls that reached an agent today."),
    "abandoned": phrase("Kpi", "Callers who hung up while waiting today."),
    "unknown": phrase("Kpi", "Calls that ended while we could not see; they are in no percentage."),
    "answer_rate": phrase("Kpi", "Answered calls, of today's calls that left the queue."),
    "asa": phrase("Kpi", "How long answered callers waited on average."),
    "ata": phrase("Kpi", "How long callers who hung up had waited on average."),
    "att": phrase("Kpi", "How long agents talked a call on average."),
    "aht": phrase("Kpi", "Talk, hold and work after the call, on average."),
}

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
