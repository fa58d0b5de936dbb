from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.snapshots import TARGET, a_record, parts, records, totals

from wallboard.domain.facts import CallRecord, Ending
from wallboard.domain.totals import (
    NOTHING,
    Totals,
    added,
    arrival_of,
    arrivals_over,
    handling_of,
    handlings_over,
    totals_of,
    totals_over,
    within,
)
from wallboard.domain.waits import Waits


@given(one=totals, two=totals, three=totals)
def test_that_totals_may_be_added_in_any_order(one: Totals, two: Totals, three: Totals) -> None:
    assert one + two == two + one
    assert (one + two) + three == one + (two + three)
    assert one + NOTHING == one == NOTHING + one


@given(one=totals, two=totals)
def test_that_adding_adds_every_count_and_every_sum(one: Totals, two: Totals) -> None:
    both = one + two
    for name in Totals._fields:
        told = (getattr(one, name), getattr(two, name))
        assert getattr(both, name) == (max(told) if name == "longest_wait" else told[0] + told[1])


@given(many=st.lists(totals, max_size=5))
def test_that_adding_many_at_once_is_adding_one_after_the_other(many: list[Totals]) -> None:
    assert added(many) == sum(many, NOTHING)


@given(told=st.lists(records(), max_size=20), cuts=st.lists(st.integers(0, 3), min_size=20))
def test_that_however_calls_are_parted_the_whole_is_the_same(
    told: list[CallRecord], cuts: list[int]
) -> None:
    parts_of_them: dict[int, list[CallRecord]] = {}
    for record, part in zip(told, cuts, strict=False):
        parts_of_them.setdefault(part, []).append(record)
    each = [added(map(totals_of, part)) for part in parts_of_them.values()]
    assert added(each) == added(map(totals_of, told))


@given(st.lists(records(), max_size=20))
def test_that_the_totals_of_many_calls_are_those_of_each_added(told: list[CallRecord]) -> None:
    assert totals_over(told) == added(map(totals_of, told))
    assert arrivals_over(told) == added(map(arrival_of, told))
    assert handlings_over(told) == added(map(handling_of, told))


@given(records())
def test_that_a_call_is_booked_whole_by_its_arrival_and_its_handling(record: CallRecord) -> None:
    came, over = arrival_of(record), handling_of(record)
    assert came + over == totals_of(record)
    assert over.offered == over.answered == over.missed_rings == over.transferred == 0
    assert came.handled == 0
    assert came.talk == came.hold == came.wrap_up == timedelta()


@given(st.lists(records(), max_size=20))
def test_that_what_is_a_part_is_never_more_than_the_whole(told: list[CallRecord]) -> None:
    sums = added(map(totals_of, told))
    assert sums.answered_in_target <= sums.answered - sums.undecided_answered
    assert sums.abandoned_in_target <= sums.abandoned - sums.undecided_abandoned
    assert sums.left_by_key_in_target <= sums.left_by_key - sums.undecided_by_key
    by_system = sums.undecided_left - sums.undecided_by_key
    assert sums.sent_away_in_target <= sums.sent_away - by_system
    assert sums.targetless_abandoned <= sums.undecided_abandoned
    assert sums.targetless_left <= sums.undecided_left
    assert sums.targetless_short <= min(sums.abandoned_short, sums.targetless_abandoned)
    assert sums.abandoned_short <= sums.abandon_waits_known <= sums.abandoned
    assert sums.transferred <= sums.answered
    assert sums.held <= sums.holds_known <= sums.handled >= sums.wrap_ups_known
    assert Waits(sums.waits).count == sums.waits_known
    assert Waits(sums.abandon_waits).count == sums.abandon_waits_known
    assert 0 <= sums.undecided <= sums.offered - sums.unknown


def test_that_an_abandon_is_short_up_to_its_queues_threshold() -> None:
    record = replace(a_record(ending=Ending.ABANDONED, wait_s=5), short=timedelta(seconds=5))
    assert totals_of(record).abandoned_short == 1
    assert totals_of(record).targetless_short == 0
    assert totals_of(replace(record, target=None)).targetless_short == 1
    assert totals_of(replace(record, short=timedelta(seconds=4))).abandoned_short == 0
    assert totals_of(replace(record, short=None)).abandoned_short == 0
    assert totals_of(replace(record, wait=None)).abandoned_short == 0


@given(records())
def test_that_one_call_is_offered_once_and_stands_in_one_way(record: CallRecord) -> None:
    sums = totals_of(record)
    assert sums.offered == 1
    assert parts(sums) == 1
    assert sums.waiting == 0
    assert sums.answered_in_target + sums.undecided <= 1
    assert sums.answered_in_target <= sums.waits_known <= sums.answered
    assert sums.handled <= sums.answered
    assert sums.undecided + sums.unknown <= 1


@given(st.lists(records(), max_size=20))
def test_that_whoever_was_offered_is_accounted_for(told: list[CallRecord]) -> None:
    sums = sum(map(totals_of, told), NOTHING)
    assert sums.offered == len(told) == parts(sums)


@pytest.mark.parametrize(
    ("ending", "counter"),
    [
        (Ending.ANSWERED, "answered"),
        (Ending.ABANDONED, "abandoned"),
        (Ending.TIMED_OUT, "timed_out"),
        (Ending.LEFT_BY_KEY, "left_by_key"),
        (Ending.LEFT_EMPTY, "left_empty"),
        (Ending.LEFT_OTHERWISE, "left_otherwise"),
        (Ending.UNKNOWN, "unknown"),
    ],
)
def test_that_every_ending_has_its_own_counter(ending: Ending, counter: str) -> None:
    assert getattr(totals_of(a_record(ending=ending)), counter) == 1


@pytest.mark.parametrize(
    ("wait_s", "target_s", "expected"),
    [
        pytest.param(19.999999, 20, True, id="below"),
        pytest.param(20, 20, True, id="on_the_dot_is_in_time"),
        pytest.param(20.000001, 20, False, id="a_microsecond_over"),
        pytest.param(0, 20, True, id="at_once"),
        pytest.param(None, 20, False, id="unknown_wait"),
        pytest.param(5, None, False, id="unknown_target"),
    ],
)
def test_that_a_wait_is_within_its_target(
    wait_s: float | None, target_s: float | None, *, expected: bool
) -> None:
    wait = None if wait_s is None else timedelta(seconds=wait_s)
    target = None if target_s is None else timedelta(seconds=target_s)
    assert within(wait, target) is expected
    assert totals_of(a_record(wait_s=wait_s, target=target)).answered_in_target == expected


def test_that_waits_are_summed_by_how_they_ended() -> None:
    wait = timedelta(seconds=10)
    answered, abandoned, timed_out = (
        totals_of(a_record(ending=ending))
        for ending in (Ending.ANSWERED, Ending.ABANDONED, Ending.TIMED_OUT)
    )
    assert (answered.wait_of_answered, answered.wait_of_abandoned) == (wait, timedelta())
    assert (abandoned.wait_of_answered, abandoned.wait_of_abandoned) == (timedelta(), wait)
    assert (timed_out.wait_of_answered, timed_out.wait_of_abandoned) == (timedelta(), timedelta())


def test_that_a_talk_whose_end_nobody_saw_is_answered_but_not_handled() -> None:
    unseen = totals_of(a_record(ending=Ending.ANSWERED, talk_s=60))
    assert (unseen.answered, unseen.handled) == (1, 1)
    record = a_record(ending=Ending.ABANDONED)
    assert totals_of(record).handled == 0
    cut = CallRecord(
        fact_id=record.fact_id,
        call_id=record.call_id,
        queue_id=record.queue_id,
        entered_at=record.entered_at,
        ended_at=record.ended_at,
        ending=Ending.ANSWERED,
        wait=record.wait,
        target=TARGET,
        wrap_up=timedelta(seconds=5),
    )
    sums = totals_of(cut)
    assert (sums.answered, sums.handled, sums.wrap_up) == (1, 0, timedelta())


@pytest.mark.parametrize(
    ("ending", "wait_s", "target", "undecided"),
    [
        pytest.param(Ending.ANSWERED, 5, TARGET, 0, id="answered_in_time"),
        pytest.param(Ending.ANSWERED, 50, TARGET, 0, id="answered_late"),
        pytest.param(Ending.ANSWERED, None, TARGET, 1, id="answered_after_nobody_knows_how_long"),
        pytest.param(Ending.ANSWERED, 5, None, 1, id="no_target_to_be_held_against"),
        pytest.param(Ending.ABANDONED, 5, TARGET, 0, id="abandoned"),
        pytest.param(Ending.ABANDONED, None, TARGET, 0, id="abandoned_after_nobody_knows"),
        pytest.param(Ending.ABANDONED, 5, None, 1, id="abandoned_without_a_target"),
        pytest.param(Ending.UNKNOWN, None, TARGET, 0, id="unknown_is_counted_as_unknown"),
        pytest.param(Ending.UNKNOWN, None, None, 0, id="unknown_is_not_counted_twice"),
    ],
)
def test_that_a_call_is_undecided(
    ending: Ending, wait_s: float | None, target: timedelta | None, undecided: int
) -> None:
    record = a_record(ending=ending, wait_s=wait_s, target=target)
    assert totals_of(record).undecided == undecided
