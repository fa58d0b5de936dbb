from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.clocks import NOON
from support.snapshots import (
    QUEUE_IDS,
    TARGET,
    a_call,
    a_queue,
    a_record,
    a_snapshot,
    moments_past,
    successions,
)

from wallboard.domain.facts import Ending
from wallboard.domain.snapshot import Call, QueueId, Snapshot, difference
from wallboard.domain.totals import Totals, arrival_of
from wallboard.domain.waits import counted as counts_of
from wallboard.engine.open_calls import (
    NO_CALLS,
    OpenCalls,
    and_waiting,
    of_day,
    regrouped,
)

LATER = NOON + timedelta(seconds=30)


def counted(call: Call, target: timedelta | None = TARGET) -> Totals:
    """Return what a call that is not over adds to the totals of its queue half a minute later."""
    queue = a_queue(target=target)
    picture = a_snapshot([queue], calls=[call])
    groups, moved = regrouped({}, None, picture, difference(None, picture), None)
    assert moved == {queue.queue_id}
    group = groups[queue.queue_id]
    return and_waiting(group.talking, group.waiting, LATER, target, None)


@pytest.mark.parametrize(
    ("entered_s", "answered_s", "target", "expected"),
    [
        pytest.param(
            25, None, TARGET, Totals(offered=1, waiting=1, undecided_waiting=1), id="in_time"
        ),
        pytest.param(
            10, None, TARGET, Totals(offered=1, waiting=1, undecided_waiting=1), id="on_the_dot"
        ),
        pytest.param(9.9, None, TARGET, Totals(offered=1, waiting=1), id="too_late_already"),
        pytest.param(
            0, None, None, Totals(offered=1, waiting=1, undecided_waiting=1), id="no_target"
        ),
        pytest.param(
            5,
            25,
            TARGET,
            Totals(
                offered=1,
                answered=1,
                answered_in_target=1,
                waits_known=1,
                wait_of_answered=TARGET,
                longest_wait=TARGET,
                waits=counts_of(TARGET),
            ),
            id="answered_in_time",
        ),
        pytest.param(
            4,
            25,
            TARGET,
            Totals(
                offered=1,
                answered=1,
                waits_known=1,
                wait_of_answered=timedelta(seconds=21),
                longest_wait=timedelta(seconds=21),
                waits=counts_of(timedelta(seconds=21)),
            ),
            id="answered_late",
        ),
        pytest.param(
            5,
            25,
            None,
            Totals(
                offered=1,
                answered=1,
                undecided_answered=1,
                waits_known=1,
                wait_of_answered=TARGET,
                longest_wait=TARGET,
                waits=counts_of(TARGET),
            ),
            id="answered_without_a_target",
        ),
        pytest.param(
            None,
            25,
            TARGET,
            Totals(offered=1, answered=1, undecided_answered=1),
            id="answered_after_nobody_knows_how_long",
        ),
    ],
)
def test_that_a_call_that_is_not_over_counts(
    entered_s: float | None, answered_s: float | None, target: timedelta | None, expected: Totals
) -> None:
    call = a_call(
        entered_at=None if entered_s is None else NOON + timedelta(seconds=entered_s),
        answered_at=None if answered_s is None else NOON + timedelta(seconds=answered_s),
    )
    assert counted(call, target) == expected


def test_that_a_caller_of_whom_no_time_is_known_waits_undecided() -> None:
    assert counted(a_call(entered_at=None)) == Totals(offered=1, waiting=1, undecided_waiting=1)


def test_that_what_an_open_call_counts_is_what_its_fact_will_count() -> None:
    call = a_call(answered_at=NOON + timedelta(seconds=10))
    fact = a_record(ending=Ending.ANSWERED, wait_s=10)
    open_call = counted(call)
    assert open_call == arrival_of(fact)


def test_that_a_call_is_of_the_day_on_which_it_came() -> None:
    begins = NOON
    before, after = NOON - timedelta(seconds=1), NOON
    assert of_day(a_call(entered_at=after), begins)
    assert not of_day(a_call(entered_at=before), begins)
    assert not of_day(a_call(entered_at=before, answered_at=after), begins)
    assert not of_day(a_call(entered_at=None, answered_at=before), begins)
    assert of_day(a_call(entered_at=None, answered_at=after), begins)
    assert of_day(a_call(entered_at=None), begins)
    assert of_day(a_call(entered_at=before), None)


@given(st.integers(1, 5).flatmap(successions), st.none() | moments_past)
def test_that_grouping_by_changes_equals_grouping_all_anew(
    pictures: list[Snapshot], begins: datetime | None
) -> None:
    groups: Mapping[QueueId, OpenCalls] = {}
    before: Snapshot | None = None
    for picture in pictures:
        was = groups
        change = difference(before, picture)
        groups, moved = regrouped(groups, before, picture, change, begins)
        anew, _ = regrouped({}, None, picture, difference(None, picture), begins)
        for queue_id in map(QueueId, QUEUE_IDS):
            group, expected = groups.get(queue_id, NO_CALLS), anew.get(queue_id, NO_CALLS)
            assert group.calls == expected.calls
            assert Counter(group.waiting) == Counter(expected.waiting)
            assert group.talking == expected.talking
            if queue_id not in moved:
                assert group == was.get(queue_id, NO_CALLS)
        before = picture
