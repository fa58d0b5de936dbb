"""The journal of alerts in the history, on either database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from support.kept_facts import calls

from wallboard.domain.alert import (
    Alert,
    AlertEvent,
    Deed,
    Hand,
    Handling,
    KeptAlert,
    News,
    RuleId,
    Stage,
    Subject,
    SubjectKind,
)
from wallboard.domain.severity import Severity
from wallboard.storage.alert_journal import alert_events, keep_alerts, kept_alerts
from wallboard.storage.history import History

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
EVER = (AT - timedelta(days=9), AT + timedelta(days=9))
NAME = "صف \u0000 \ud800 \ufdd0"


def an_alert(subject: str = "q0") -> Alert:
    return Alert(
        rule_id=RuleId("wait"),
        subject=Subject(subject),
        stage=Stage.RECOVERING,
        severity=Severity.CRITICAL,
        since=AT,
        fired_at=AT - timedelta(minutes=3),
        held=timedelta(seconds=4.25),
        easing=timedelta(seconds=1),
        reading=161.5,
        restless=0b1011,
        bad=True,
        hand=Hand(
            handling=Handling.SHELVED,
            who="کریمی",
            at=AT,
            until=AT + timedelta(hours=1),
            reason="known",
        ),
    )


def an_event(number: int = 0) -> AlertEvent:
    return AlertEvent(
        event_id=f"e{number}",
        at=AT + timedelta(seconds=number),
        news=News.FIRED if number % 2 == 0 else None,
        deed=None if number % 2 == 0 else Deed.NOTED,
        rule_id=RuleId("wait"),
        subject=Subject(NAME),
        rule_name="Long wait",
        subject_name=NAME,
        kind=SubjectKind.QUEUE,
        severity=Severity.WARNING,
        reading_key="service_level@last_30#20",
        reading=0.61,
        limit=0.7,
        fired_at=AT,
        who="x",
        reason="",
    )


def test_that_alerts_and_events_come_back_as_they_were(
    history: History, opens: Callable[[], History]
) -> None:
    live = tuple(KeptAlert(alert=an_alert(name), subject_name=NAME) for name in ("q0", NAME))
    events = [an_event(number) for number in range(4)]
    keep_alerts(history, live, events)
    history.close()
    again = opens()
    assert set(kept_alerts(again)) == set(live)
    assert list(alert_events(again, *EVER)) == events[::-1]
    assert again.check().sound


def test_that_an_event_that_is_told_twice_is_kept_once_as_it_was(history: History) -> None:
    keep_alerts(history, (), [an_event()])
    keep_alerts(history, (), [replace(an_event(), reason="other"), an_event(1)])
    assert list(alert_events(history, *EVER)) == [an_event(1), an_event()]


def test_that_alerts_that_are_over_are_not_kept(history: History) -> None:
    keep_alerts(history, [KeptAlert(alert=an_alert("q0")), KeptAlert(alert=an_alert("q1"))], ())
    keep_alerts(history, [KeptAlert(alert=an_alert("q1"))], ())
    assert [row.alert.subject for row in kept_alerts(history)] == ["q1"]


def test_that_nothing_is_kept_of_what_was_begun_with_it_and_failed(history: History) -> None:
    def fail() -> None:
        with history.together():
            keep_alerts(history, [KeptAlert(alert=an_alert())], [an_event()])
            raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - our own
        fail()
    assert kept_alerts(history) == ()
    assert list(alert_events(history, *EVER)) == []


def test_that_a_damaged_row_is_left_out(history: History) -> None:
    keep_alerts(history, [KeptAlert(alert=an_alert())], [an_event(0), an_event(2)])
    history.database.run_text("UPDATE alert_states SET body = '{}'")
    history.database.run_text("UPDATE alert_events SET at = at + 1 WHERE event_id = 'e0'")
    assert kept_alerts(history) == ()
    assert list(alert_events(history, *EVER)) == [an_event(2)]
    assert history.check().damaged == {"alert_states": 1, "alert_events": 1}


def test_that_events_go_with_the_calls_of_their_time(history: History) -> None:
    facts = calls(6)
    history.keep(facts)
    newest = max(call.entered_at for call in facts)
    old = replace(an_event(0), at=min(call.entered_at for call in facts))
    new = replace(an_event(2), at=newest + timedelta(days=3))
    keep_alerts(history, (), [old, new])
    history.compact(newest + timedelta(days=3), keep=timedelta(days=1))
    everything = alert_events(history, AT - timedelta(days=9999), AT + timedelta(days=9999))
    assert list(everything) == [new]
