from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.clocks import NOON
from support.snapshots import a_record, records

from wallboard.domain.agent_time import AgentTime, time_of
from wallboard.domain.facts import (
    AgentSpell,
    CallRecord,
    Ending,
    FactId,
    answered,
    completed_at,
)
from wallboard.domain.measuring import WorkPlan
from wallboard.domain.snapshot import AgentId, AgentState
from wallboard.domain.totals import added, arrival_of, handling_of, totals_of
from wallboard.engine.contacts import handle_time
from wallboard.engine.intervals import (
    NO_ROW,
    agent_time_table,
    by_agent,
    by_queue,
    interval_table,
    longest_queue,
    rolled_up,
)
from wallboard.engine.windows import Window, intervals_of, place_in, range_window

HALF_HOUR = timedelta(minutes=30)
DAY = timedelta(days=1)
ALL_WEEK = intervals_of(range_window(NOON - 3 * DAY, NOON + 3 * DAY), WorkPlan(), UTC)


def seconds(value: float) -> timedelta:
    return timedelta(seconds=value)


def half_hours(count: int) -> tuple[Window, ...]:
    return intervals_of(range_window(NOON, NOON + count * HALF_HOUR), WorkPlan(), UTC)


def by_ending(record: CallRecord) -> Hashable:
    return record.ending


def test_that_what_began_before_the_first_interval_still_ends_in_it() -> None:
    record = a_record(entered_at=NOON - seconds(40), wait_s=50, talk_s=60)
    row = rolled_up(interval_table([record], half_hours(2), by_queue), 0)
    assert row.arrival.offered == 0
    assert row.completion.handled == 1
    assert (row.waiting, row.busy) == (seconds(10), seconds(60))


def test_that_what_goes_on_after_the_last_interval_ends_in_none() -> None:
    record = a_record(entered_at=NOON + HALF_HOUR - seconds(40), wait_s=50, talk_s=60)
    row = rolled_up(interval_table([record], half_hours(1), by_queue), 0)
    assert (row.arrival.offered, row.completion.handled) == (1, 0)
    assert (row.waiting, row.busy) == (seconds(40), seconds(0))


def test_that_an_end_on_the_border_is_of_the_next_interval() -> None:
    record = replace(
        a_record(entered_at=NOON, wait_s=0),
        talk=HALF_HOUR - seconds(10),
        ended_at=NOON + HALF_HOUR - seconds(10),
        wrap_up=seconds(10),
    )
    assert completed_at(record) == NOON + HALF_HOUR
    table = interval_table([record], half_hours(2), by_queue)
    assert [rolled_up(table, place).completion.handled for place in (0, 1)] == [0, 1]
    assert [rolled_up(table, place).busy for place in (0, 1)] == [HALF_HOUR, timedelta()]


def test_that_a_long_call_fills_every_interval_it_goes_through() -> None:
    record = a_record(entered_at=NOON, wait_s=0, talk_s=5 * 900)
    table = interval_table([record], half_hours(4), by_queue)
    busy = [rolled_up(table, place).busy for place in range(4)]
    assert busy == [HALF_HOUR, HALF_HOUR, HALF_HOUR / 2, timedelta()]


def test_that_agents_are_busy_where_the_call_ended_whatever_went_by_before() -> None:
    # Five seconds go by between the queue and the agent.
    record = replace(a_record(entered_at=NOON, wait_s=10, talk_s=20), ended_at=NOON + seconds(35))
    row = rolled_up(interval_table([record], half_hours(1), by_agent), 0)
    assert (row.waiting, row.busy) == (seconds(10), seconds(20))


def test_that_a_table_is_by_what_is_asked_for() -> None:
    calls = [
        replace(a_record("f1", queue_id="sales"), agent_id=AgentId("ann")),
        a_record("f2", Ending.ABANDONED, queue_id="support"),
    ]
    assert set(interval_table(calls, half_hours(1), by_queue)) == {(0, "sales"), (0, "support")}
    assert set(interval_table(calls, half_hours(1), by_agent)) == {(0, "ann"), (0, None)}


@pytest.mark.parametrize("by", [by_queue, by_agent, by_ending])
@given(told=st.lists(records(), max_size=15))
def test_that_a_table_makes_the_whole_however_it_is_parted(
    by: Callable[[CallRecord], Hashable], told: list[CallRecord]
) -> None:
    rows = sum(interval_table(told, ALL_WEEK, by).values(), NO_ROW)
    over = [record for record in told if completed_at(record) < ALL_WEEK[-1].end]
    assert rows.arrival == added(map(arrival_of, told))
    assert rows.completion == added(map(handling_of, over))
    assert rows.waiting == sum((record.wait or timedelta() for record in told), timedelta())
    if over == told:
        assert rows.calls == added(map(totals_of, told))
        talked = [record for record in told if answered(record) and record.talk is not None]
        assert rows.busy == sum(map(handle_time, talked), timedelta())


@given(told=st.lists(records(), max_size=15), import_of=st.lists(st.integers(0, 2), min_size=15))
def test_that_however_many_imports_bring_the_calls_the_table_is_the_same(
    told: list[CallRecord], import_of: list[int]
) -> None:
    whole = interval_table(told, ALL_WEEK, by_queue)
    parts = [
        interval_table(
            [record for record, of in zip(told, import_of, strict=False) if of == number],
            ALL_WEEK,
            by_queue,
        )
        for number in range(3)
    ]
    for key in {key for part in parts for key in part} | set(whole):
        assert sum((part.get(key, NO_ROW) for part in parts), NO_ROW) == whole[key]


@given(told=st.lists(records(), max_size=10))
def test_that_a_call_is_booked_where_it_arrived(told: list[CallRecord]) -> None:
    table = interval_table(told, ALL_WEEK, by_queue)
    for record in told:
        place = place_in(ALL_WEEK, record.entered_at)
        assert place is not None
        assert table[place, record.queue_id].arrival.offered > 0


# The longest queue


def waited(since_s: float, until_s: float) -> CallRecord:
    return a_record(
        f"{since_s}", Ending.ABANDONED, entered_at=at(since_s), wait_s=until_s - since_s
    )


def at(second: float) -> datetime:
    return NOON + seconds(second)


def test_that_the_longest_queue_is_told_with_the_moment_it_first_was() -> None:
    longest = longest_queue([waited(0, 10), waited(5, 20), waited(6, 7), waited(8, 9)])
    assert longest is not None
    assert (longest.callers, longest.since) == (3, at(6))


def test_that_who_leaves_in_the_second_in_which_another_joins_has_left_before() -> None:
    longest = longest_queue([waited(0, 10), waited(10, 20)])
    assert longest is not None
    assert (longest.callers, longest.since) == (1, at(0))


def test_that_who_does_not_wait_makes_no_queue() -> None:
    assert longest_queue([]) is None
    assert longest_queue([waited(3, 3), a_record(ending=Ending.UNKNOWN, wait_s=None)]) is None


# Agents' time


def spell(state: AgentState, begin_s: float, end_s: float, agent: str = "a1") -> AgentSpell:
    return AgentSpell(
        fact_id=FactId(f"{agent} {begin_s}"),
        agent_id=AgentId(agent),
        state=state,
        began_at=at(begin_s),
        ended_at=at(end_s),
    )


def test_that_agents_time_is_cut_at_the_border() -> None:
    spells = [spell(AgentState.IN_CALL, 1700, 1900), spell(AgentState.FREE, -100, 50, "a2")]
    first, second, third = agent_time_table(spells, half_hours(3))
    assert first.by_state == {AgentState.IN_CALL: seconds(100), AgentState.FREE: seconds(50)}
    assert second.by_state == {AgentState.IN_CALL: seconds(100)}
    assert third == AgentTime()


@given(
    st.lists(
        st.builds(
            lambda state, begin, length: spell(state, begin, begin + length),
            st.sampled_from(AgentState),
            st.integers(0, 7000),
            st.integers(0, 200),
        ),
        max_size=10,
    )
)
def test_that_the_time_of_the_intervals_is_the_time_of_the_whole(spells: list[AgentSpell]) -> None:
    table = agent_time_table(spells, half_hours(4))
    assert sum(table, AgentTime()) == time_of(spells)
