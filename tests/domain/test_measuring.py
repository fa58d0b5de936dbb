from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from support.snapshots import TARGET, a_record, records

from wallboard.domain.facts import CallRecord
from wallboard.domain.measuring import (
    AS_USUAL,
    SHORT,
    LevelKind,
    LevelProfile,
    Measuring,
    QueueRule,
    stamped,
)
from wallboard.domain.snapshot import QueueId

RULE = QueueRule(target=timedelta(seconds=30), short=timedelta(seconds=8))


def test_that_a_queue_is_measured_by_its_own_rule_or_as_usual() -> None:
    measuring = Measuring(by_queue={QueueId("sales"): RULE})
    assert measuring.rule(QueueId("sales")) is RULE
    assert measuring.rule(QueueId("support")) is measuring.usual


def test_that_unless_decided_otherwise_all_offered_count_and_five_seconds_are_short() -> None:
    usual = AS_USUAL.rule(QueueId("any"))
    assert usual.level == LevelProfile(kind=LevelKind.OFFERED)
    assert (usual.target, usual.short) == (None, timedelta(seconds=5))


def test_that_a_record_gets_the_thresholds_that_hold() -> None:
    record = stamped(a_record(target=TARGET), RULE)
    assert (record.target, record.short) == (RULE.target, RULE.short)


def test_that_without_a_target_of_its_own_the_rule_leaves_that_of_the_source() -> None:
    record = stamped(a_record(target=TARGET), QueueRule())
    assert (record.target, record.short) == (TARGET, SHORT)


@given(record=records(), seconds=st.integers(1, 60))
def test_that_thresholds_that_held_once_stay(record: CallRecord, seconds: int) -> None:
    once = stamped(replace(record, short=None), RULE)
    later = QueueRule(target=timedelta(seconds=seconds), short=timedelta(seconds=seconds))
    assert stamped(once, later) is once
