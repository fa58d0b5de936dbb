"""What is unusual for a weekday and a time: from the same time of the last eight weeks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from support.alerted import watched

from wallboard.domain.alert import Condition, Limits, Rule, RuleId, Rules, SubjectKind
from wallboard.domain.coverage import Stretch
from wallboard.domain.facts import CallRecord, Ending, FactId
from wallboard.domain.snapshot import CallId, QueueId
from wallboard.engine.alert_readings import UNUSUAL
from wallboard.engine.unusual import same_times, unusual, usual_of
from wallboard.runtime.alerting import Alerting
from wallboard.runtime.usual_times import SLOT, calls_unusual, slot_of
from wallboard.storage.history import History

WEEK = timedelta(days=7)
END = datetime(2026, 11, 22, 12, tzinfo=UTC)


def told(history: History, end: datetime, number: int, queue: str = "q0") -> None:
    history.keep(
        [
            CallRecord(
                fact_id=FactId(f"{queue} {end} {at}"),
                call_id=CallId(f"{queue} {end} {at}"),
                queue_id=QueueId(queue),
                entered_at=end - SLOT + timedelta(seconds=at),
                ended_at=end - SLOT + timedelta(seconds=at + 1),
                ending=Ending.ABANDONED,
            )
            for at in range(number)
        ],
        watched=Stretch(begin=end - SLOT, end=end),
    )


def test_that_many_calls_at_a_quiet_time_are_unusual() -> None:
    history = History.in_memory()
    for week, number in enumerate((60, 20, 22, 18, 20, 21, 19, 20, 20)):
        told(history, END - week * WEEK, number)
    away = calls_unusual(history, END, UTC)
    assert away == {"q0": pytest.approx((60 - 20) / 20**0.5)}


def test_that_what_is_as_ever_is_near_nothing_and_none_at_all_is_below() -> None:
    history = History.in_memory()
    told(history, END, 25)
    for week in range(1, 9):
        told(history, END - week * WEEK, 25)
        told(history, END - week * WEEK, 16, "q1")
    assert calls_unusual(history, END, UTC) == {"q0": 0.0, "q1": -4.0}


def test_that_of_few_known_weeks_nothing_is_said_and_a_gap_is_no_week_without_calls() -> None:
    history = History.in_memory()
    told(history, END, 25)
    for week in range(1, 4):
        told(history, END - week * WEEK, 25)
    assert calls_unusual(history, END, UTC) == {}
    told(history, END - 6 * WEEK, 25)
    assert calls_unusual(history, END, UTC) == {"q0": 0.0}
    assert calls_unusual(history, END + SLOT, UTC) == {}


def test_that_the_same_time_is_that_of_the_sites_clock() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    begin = datetime(2026, 10, 26, 9, tzinfo=berlin).astimezone(UTC)
    (before, over), *_ = same_times(begin, begin + SLOT, berlin)
    assert before.astimezone(berlin).hour == 9
    assert begin - before == WEEK + timedelta(hours=1)
    assert over - before == SLOT


def test_that_a_reason_comes_with_it() -> None:
    usual = usual_of([10, 30, 20, 25, 15], counted=True)
    assert usual is not None
    assert (usual.middle, usual.past) == (20, (10, 30, 20, 25, 15))
    assert usual.spread == pytest.approx(1.4826 * 5)
    assert unusual(20 + 2 * usual.spread, usual).away == pytest.approx(2)


def test_that_a_rule_on_it_fires_once_the_history_has_told() -> None:
    rule = Rule(
        rule_id=RuleId("odd"),
        name="Unusual",
        kind=SubjectKind.QUEUE,
        conditions=(Condition(reading=UNUSUAL, limits=Limits(low_warning=-3, high_warning=3)),),
    )
    board = watched(Rules(rules=(rule,)))
    history = History.in_memory()
    now = board.scene.clock.wall + timedelta(seconds=8)
    slot = slot_of(now - timedelta(minutes=3))
    for week in range(9):
        told(history, slot - week * WEEK, 90 if week == 0 else 20)
    waits: list[object] = []
    board.alerting = Alerting(Rules(rules=(rule,)), announce=board.told.extend)
    board.alerting.begin(waits.append)
    for _ in range(8):
        while waits:
            waits.pop(0)(history)  # type: ignore[operator]
        board.live(1)
    assert [row.alert.subject for row in board.board.alerts.rows] == ["q0"]
