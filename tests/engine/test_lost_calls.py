"""Whom to call back: nobody is forgotten, nobody is called who got through."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallboard.domain.facts import CallRecord, DirectCall, Direction, Ending, FactId
from wallboard.domain.snapshot import Call, CallId, QueueId
from wallboard.engine.lost_calls import DUE_IN, LOST, LostCalls, lost_calls, same_number, with_talks

NINE = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def visit(
    at: float,
    ending: Ending = Ending.ABANDONED,
    *,
    number: str | None = "09121111111",
    wait: float = 1,
    queue: str = "q0",
    contact: str | None = None,
    short: float | None = None,
    talk: float = 2,
) -> CallRecord:
    """Return a visit that began so many minutes after nine; each has a name of its own."""
    name = f"{number}-{at}-{queue}-{contact}"
    entered = NINE + minutes(at)
    answered = ending is Ending.ANSWERED
    return CallRecord(
        fact_id=FactId(name),
        call_id=CallId(name),
        queue_id=QueueId(queue),
        entered_at=entered,
        ended_at=entered + minutes(wait + (talk if answered else 0)),
        ending=ending,
        wait=minutes(wait),
        talk=minutes(talk) if answered else None,
        short=None if short is None else minutes(short),
        contact=contact,
        caller_number=number,
    )


def told(found: LostCalls) -> tuple[list[int], list[int], int]:
    """Return the tries of the open groups, those of the recovered ones, and the withheld."""
    return (
        [group.tries for group in found.open],
        [group.tries for group in found.recovered],
        len(found.withheld),
    )


def test_that_tries_of_one_number_are_one_group() -> None:
    found = lost_calls([visit(0, wait=2), visit(10, queue="q1", wait=5), visit(20)])
    (group,) = found.open
    assert group.tries == 3
    assert group.longest_wait == minutes(5)
    assert group.first_at == NINE + minutes(2)
    assert group.last_at == NINE + minutes(21)
    assert group.queues == ("q0", "q1")


def test_that_trying_again_postpones_nothing() -> None:
    once = lost_calls([visit(0)]).open[0]
    again = lost_calls([visit(0), visit(25)]).open[0]
    assert once.due_at() == again.due_at() == NINE + minutes(1) + DUE_IN


def test_that_who_is_answered_in_any_queue_afterwards_is_dropped() -> None:
    found = lost_calls([visit(0), visit(10), visit(20, Ending.ANSWERED, queue="q5")])
    assert told(found) == ([], [2], 0)
    assert found.recovered[0].recovered_at == NINE + minutes(21)
    assert found.recovered_share == 1.0


def test_that_who_got_through_before_is_still_to_be_called() -> None:
    found = lost_calls([visit(0, Ending.ANSWERED), visit(10)])
    assert told(found) == ([1], [], 0)


def test_that_a_loss_after_getting_through_begins_a_group_of_its_own() -> None:
    found = lost_calls([visit(0), visit(10, Ending.ANSWERED), visit(30), visit(40)])
    assert told(found) == ([2], [1], 0)
    assert found.open[0].first_at == NINE + minutes(31)
    assert found.recovered_share == 0.5


def test_that_who_talks_at_this_moment_has_got_through() -> None:
    talking = Call(
        call_id=CallId("c"),
        queue_id=QueueId("q1"),
        caller_number="0912 111 1111",
        answered_at=NINE + minutes(9),
    )
    waiting = Call(call_id=CallId("d"), queue_id=QueueId("q1"), caller_number="09121111111")
    lost = lost_calls([visit(0)])
    assert told(with_talks(lost, [talking, waiting])) == ([], [1], 0)
    assert with_talks(lost, [waiting]) is lost
    lost_since = lost_calls([visit(0), visit(9)])
    assert with_talks(lost_since, [talking]) is lost_since


@pytest.mark.parametrize(
    ("direction", "answered", "open_groups"),
    [
        (Direction.OUTGOING, True, 0),
        (Direction.OUTGOING, False, 1),
        (Direction.INCOMING, True, 1),
    ],
)
def test_that_our_own_call_reaches_him_if_he_answers(
    direction: Direction, answered: bool, open_groups: int
) -> None:
    ours = DirectCall(
        fact_id=FactId("ours"),
        call_id=CallId("ours"),
        direction=direction,
        began_at=NINE + minutes(15),
        ended_at=NINE + minutes(17),
        answered=answered,
        far_number="09121111111",
    )
    assert len(lost_calls([visit(0)], directs=[ours]).open) == open_groups


def test_that_a_call_that_was_passed_on_is_lost_only_if_its_last_queue_lost_it() -> None:
    overflowed = [
        visit(0, Ending.TIMED_OUT, contact="a"),
        visit(1, Ending.ANSWERED, queue="q1", contact="a"),
    ]
    assert lost_calls(overflowed) == LostCalls()
    in_vain = [
        visit(0, Ending.TIMED_OUT, contact="b"),
        visit(1, Ending.ABANDONED, queue="q1", contact="b"),
    ]
    found = lost_calls(in_vain)
    assert told(found) == ([1], [], 0)
    assert found.open[0].calls[0].began_at == NINE
    assert found.open[0].queues == ("q1",)
    transferred = [
        visit(0, Ending.ANSWERED, contact="c"),
        visit(4, Ending.ABANDONED, queue="q1", contact="c"),
    ]
    found = lost_calls(transferred)
    assert told(found) == ([1], [], 0)
    assert found.open[0].calls[0].began_at == NINE + minutes(4)


@pytest.mark.parametrize("ending", Ending)
def test_that_only_some_endings_lose_a_call(ending: Ending) -> None:
    assert lost_calls([visit(0, ending)]).calls == (ending in LOST)


def test_that_a_short_hang_up_is_no_lost_call() -> None:
    assert lost_calls([visit(0, wait=0.05, short=0.1)]).calls == 0
    assert lost_calls([visit(0, wait=0.2, short=0.1)]).calls == 1
    assert lost_calls([visit(0, Ending.TIMED_OUT, wait=0.05, short=0.1)]).calls == 1


def test_that_a_withheld_number_is_counted_and_in_no_share() -> None:
    found = lost_calls([visit(0, number=None), visit(1, number=" "), visit(2)])
    assert told(found) == ([1], [], 2)
    assert found.calls == 3
    assert found.recovered_share == 0.0
    assert lost_calls([visit(0, number=None)]).recovered_share is None


def test_that_only_what_was_lost_in_the_window_is_told() -> None:
    records = [visit(0), visit(30), visit(60), visit(90, Ending.ANSWERED)]
    found = lost_calls(records, begin=NINE + minutes(10), end=NINE + minutes(40))
    assert told(found) == ([], [1], 0)
    assert found.recovered[0].first_at == NINE + minutes(31)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("0912 111-1111", "09121111111", True),
        ("(021) 8888.7777", "02188887777", True),
        ("+989121111111", "09121111111", False),
        ("", "\u200e", True),
    ],
)
def test_that_numbers_are_the_same_however_they_are_written(
    one: str, other: str, same: bool
) -> None:
    assert (same_number(one) == same_number(other)) is same


def test_that_who_waits_longest_for_a_call_back_comes_first() -> None:
    found = lost_calls([visit(20, number="1"), visit(0, number="2"), visit(10, number="3")])
    assert [group.number for group in found.open] == ["2", "3", "1"]


VISITS = st.lists(
    st.builds(
        visit,
        st.integers(0, 120),
        st.sampled_from(Ending),
        number=st.sampled_from(["1", "2", "3-0", "30", None]),
        wait=st.integers(0, 9),
        queue=st.sampled_from(["q0", "q1"]),
        contact=st.sampled_from([None, "a", "b"]),
    ),
    max_size=30,
    unique_by=lambda record: record.fact_id,
)


@given(VISITS)
def test_that_each_lost_call_is_in_exactly_one_place(records: list[CallRecord]) -> None:
    found = lost_calls(records)
    groups = (*found.open, *found.recovered)
    placed = [call for group in groups for call in group.calls] + list(found.withheld)
    visits = [fact_id for call in placed for fact_id in call.fact_ids]
    assert len(visits) == len(set(visits))
    assert len(placed) == found.calls
    alone = [record for record in records if record.contact is None]
    for record in alone:
        assert (record.fact_id in visits) == (record.ending in LOST)
    assert len({group.key for group in groups}) == len(groups)
    assert all(group.tries for group in groups)


@given(VISITS)
def test_that_open_and_recovered_are_all_groups_and_keep_their_order(
    records: list[CallRecord],
) -> None:
    found = lost_calls(records)
    groups = len(found.open) + len(found.recovered)
    share = found.recovered_share
    assert share == (len(found.recovered) / groups if groups else None)
    numbers = [same_number(group.number) for group in found.open]
    assert len(numbers) == len(set(numbers)), "nobody is called twice"
    for group in found.recovered:
        assert group.recovered_at is not None
        assert group.recovered_at > group.last_at
    for group in (*found.open, *found.recovered):
        assert list(group.calls) == sorted(group.calls, key=lambda call: call.at)


@given(VISITS, st.randoms(use_true_random=False))
def test_that_telling_again_and_in_another_order_changes_nothing(
    records: list[CallRecord], chance: random.Random
) -> None:
    again = [*records, *records]
    chance.shuffle(again)
    assert lost_calls(again) == lost_calls(records)


@given(VISITS)
def test_that_whom_we_reach_is_open_no_more(records: list[CallRecord]) -> None:
    found = lost_calls(records)
    reached = [visit(500, Ending.ANSWERED, number=group.number, queue="q9") for group in found.open]
    after = lost_calls([*records, *reached])
    assert after.open == ()
    assert len(after.recovered) == len(found.open) + len(found.recovered)
    assert after.withheld == found.withheld
