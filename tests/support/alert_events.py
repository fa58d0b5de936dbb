"""Pieces of news about alerts, for tests of what becomes of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from support.clocks import NOON
from wallboard.domain.alert import AlertEvent, News, RuleId, Subject, SubjectKind
from wallboard.domain.severity import Severity


def alert_event(
    number: int = 1,
    news: News = News.FIRED,
    *,
    severity: Severity = Severity.CRITICAL,
    subject: str = "support",
    kind: SubjectKind = SubjectKind.QUEUE,
    silent: bool = False,
    fired_at: datetime | None = NOON,
) -> AlertEvent:
    """Return the news of that number, a second after the one before."""
    return AlertEvent(
        event_id=f"waits-long|{subject}|{number}|{news}",
        at=NOON + timedelta(seconds=number),
        news=news,
        rule_id=RuleId("waits-long"),
        subject=Subject(subject),
        rule_name="Somebody waits too long",
        subject_name=f"the {subject}",
        kind=kind,
        severity=Severity.CALM if news is News.OVER else severity,
        reading_key="longest_wait",
        reading=192.0,
        limit=120.0,
        fired_at=fired_at,
        silent=silent,
    )
