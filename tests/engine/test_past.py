from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.kept_facts import calls

from wallboard.domain.coverage import MinuteSample, Stretch, coverage_of
from wallboard.domain.measuring import LevelKind, LevelProfile, Measuring, WorkPlan
from wallboard.domain.snapshot import QueueId
from wallboard.domain.totals import NOTHING, Totals, totals_over
from wallboard.engine.past import (
    LENGTHS,
    Asked,
    Event,
    Grain,
    Past,
    Row,
    Samples,
    cut,
    earlier,
    grain_for,
    markers_of,
    reading,
    reading_over,
    rests_on_enough,
    rows_of,
    runs,
    samples_of,
    totals_by_interval,
    weeks_back,
    worst,
)
from wallboard.engine.windows import Window, day_window, days_window, range_window

PLAN = WorkPlan()
TEHRAN = ZoneInfo("Asia/Tehran")
BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
LEVEL = LevelProfile()


def hours(count: int, begin: datetime = NOON) -> tuple[Window, ...]:
    return tuple(
        range_window(begin + number * HOUR, begin + (number + 1) * HOUR) for number in range(count)
    )


def asked(windows: tuple[Window, ...], until: datetime | None = None) -> Asked:
    window = range_window(windows[0].begin, windows[-1].end)
    return Asked(window=window, intervals=windows, length=HOUR, until=until or window.end)


def past_with(*totals: Totals, watched: bool = True) -> Past:
    windows = hours(len(totals))
    stretches = (Stretch(begin=NOON, end=NOON + len(totals) * HOUR),) if watched else ()
    by_begin = {window.begin: each for window, each in zip(windows, totals, strict=True)}
    rows = rows_of(windows, by_begin, stretches, until=windows[-1].end)
    coverage = coverage_of(stretches, NOON, windows[-1].end)
    return Past(asked=asked(windows), rows=rows, coverage=coverage)


def level_of(good: int, all_of_them: int) -> Totals:
    return Totals(offered=all_of_them, answered=all_of_them, answered_in_target=good)


# Intervals


@pytest.mark.parametrize(
    ("length", "grain"),
    [
        (timedelta(hours=3), Grain.QUARTER),
        (timedelta(hours=24), Grain.HALF),
        (timedelta(hours=25), Grain.HALF),
        (timedelta(days=7), Grain.HOUR),
        (timedelta(days=31), Grain.DAY),
    ],
)
def test_that_longer_times_are_looked_at_in_longer_intervals(
    length: timedelta, grain: Grain
) -> None:
    assert grain_for(Grain.AUTO, range_window(NOON, NOON + length)) is grain


def test_that_what_is_chosen_holds_unless_it_makes_thousands_of_intervals() -> None:
    assert grain_for(Grain.QUARTER, range_window(NOON, NOON + timedelta(days=31))) is Grain.QUARTER
    assert grain_for(Grain.QUARTER, range_window(NOON, NOON + timedelta(days=60))) is Grain.HALF


def test_that_intervals_follow_one_another_and_end_with_the_window() -> None:
    window = range_window(
        day_window(date(2026, 11, 20), PLAN, TEHRAN).begin, NOON + timedelta(minutes=7)
    )
    for grain in LENGTHS:
        found = cut(window, grain, PLAN, TEHRAN)
        assert found[0].begin == window.begin
        assert found[-1].end == window.end
        assert all(one.end == two.begin for one, two in pairwise(found))


def test_that_a_day_of_a_clock_change_is_one_interval_of_its_own_length() -> None:
    # Clocks in Berlin go back on 2026-10-25.
    window = days_window(date(2026, 10, 24), date(2026, 10, 26), PLAN, BERLIN)
    found = cut(window, Grain.DAY, PLAN, BERLIN)
    assert [each.length / HOUR for each in found] == [24, 25, 24]
    assert list(runs(found, LENGTHS[Grain.DAY])) == [
        (found[0].begin, found[0].end, 24 * HOUR),
        # The last step of a run may be shorter.
        (found[1].begin, found[2].end, 25 * HOUR),
    ]


@given(
    st.lists(st.integers(1, 120), min_size=1, max_size=30),
    st.integers(1, 60),
)
def test_that_steps_of_runs_meet_each_interval_where_it_begins(
    minutes: list[int], length: int
) -> None:
    begin, windows = NOON, []
    for each in minutes:
        windows.append(range_window(begin, begin + each * MINUTE))
        begin += each * MINUTE
    met = []
    for since, until, step in runs(windows, length * MINUTE):
        at = since
        while at < until:
            met.append(at)
            at += step
    assert met == [window.begin for window in windows]


def test_that_runs_leave_out_intervals_that_a_clock_change_left_empty() -> None:
    one, two, three = hours(3)
    empty = replace(two, end=two.begin)
    assert list(runs((one, empty, three), HOUR)) == [
        (one.begin, one.end, HOUR),
        (three.begin, three.end, HOUR),
    ]


# Comparison


def test_that_a_day_is_compared_with_the_same_weekday_and_a_month_with_five_weeks_before() -> None:
    assert weeks_back(range_window(NOON, NOON + timedelta(hours=8))) == 1
    assert weeks_back(range_window(NOON, NOON + timedelta(days=7))) == 1
    assert weeks_back(range_window(NOON, NOON + timedelta(days=30))) == 5


def test_that_what_is_compared_has_the_same_hours_on_the_site_s_clock() -> None:
    # A week before 2026-10-27 the clocks in Berlin still showed summer time.
    window = day_window(date(2026, 10, 27), PLAN, BERLIN)
    before = earlier(cut(window, Grain.HOUR, PLAN, BERLIN), 1, BERLIN)
    assert len(before) == 24
    told = [each.begin.astimezone(BERLIN) for each in before]
    assert [at.hour for at in told] == list(range(24))
    assert {at.date() for at in told} == {date(2026, 10, 20)}


def test_that_an_hour_that_a_clock_change_left_out_is_empty() -> None:
    # Clocks in Berlin went forward from 2 to 3 on 2026-03-29.
    window = day_window(date(2026, 4, 5), PLAN, BERLIN)
    before = earlier(cut(window, Grain.HOUR, PLAN, BERLIN), 1, BERLIN)
    assert [each.length / HOUR for each in before[:4]] == [1, 1, 0, 1]


# What is known


def test_that_nothing_watched_is_a_gap_and_nothing_come_is_a_zero() -> None:
    windows = hours(3)
    stretches = (Stretch(begin=NOON, end=NOON + HOUR + 30 * MINUTE),)
    rows = rows_of(windows, {}, stretches, until=windows[-1].end)
    assert [row.known for row in rows] == [True, True, False]
    assert [reading(row, "offered", LEVEL) for row in rows] == [0, 0, None]
    assert [row.coverage.share for row in rows] == [1.0, 0.5, 0.0]


def test_that_a_call_that_is_known_is_told_although_nobody_watched() -> None:
    past = past_with(Totals(offered=2, answered=2), NOTHING, watched=False)
    assert [reading(row, "offered", LEVEL) for row in past.rows] == [2, None]


def test_that_what_is_still_to_come_is_no_gap() -> None:
    (window,) = hours(1)
    until = NOON + 20 * MINUTE
    (row,) = rows_of((window,), {}, (Stretch(begin=NOON, end=until),), until=until)
    assert row.coverage.share == 1.0


def test_that_a_ratio_of_the_whole_is_formed_once_and_is_no_mean_of_ratios() -> None:
    past = past_with(level_of(0, 1), level_of(99, 99))
    assert reading_over(past, "service_level", LEVEL) == 0.99
    assert [reading(row, "service_level", LEVEL) for row in past.rows] == [0.0, 1.0]


@given(st.integers(1, 400))
def test_that_intervals_add_up_to_the_whole(count: int) -> None:
    told = calls(count, every=timedelta(seconds=37))
    begin = told[0].entered_at
    windows = hours(1 + int(37 * count / 3600), begin)
    by_begin = {
        window.begin: totals_over(call for call in told if window.holds(call.entered_at))
        for window in windows
    }
    rows = rows_of(windows, by_begin, (), until=windows[-1].end)
    past = Past(asked=asked(windows), rows=rows, coverage=coverage_of((), begin, begin))
    whole = totals_over(told)
    for key in ("offered", "abandoned", "asa", "max_wait", "service_level"):
        alone = reading(replace(rows[0], totals=whole), key, LEVEL)
        assert reading_over(past, key, LEVEL) == pytest.approx(alone)


def test_that_levels_of_queues_that_are_measured_differently_are_not_told() -> None:
    past = past_with(level_of(5, 10))
    assert reading(past.rows[0], "service_level", None) is None
    assert reading_over(past, "service_level", None) is None


def test_that_the_level_is_counted_by_the_profile() -> None:
    totals = Totals(offered=10, answered=5, answered_in_target=5, abandoned=5)
    past = past_with(totals)
    answered = LevelProfile(kind=LevelKind.ANSWERED)
    assert reading_over(past, "service_level", LEVEL) == 0.5
    assert reading_over(past, "service_level", answered) == 1.0


def test_that_few_calls_are_not_enough_to_judge_by() -> None:
    few, some = past_with(level_of(1, 2), level_of(1, 40)).rows
    assert not rests_on_enough(few, "service_level", LEVEL)
    assert rests_on_enough(some, "service_level", LEVEL)
    assert rests_on_enough(few, "offered", LEVEL)
    assert rests_on_enough(few, "free", LEVEL)


def test_that_the_worst_interval_has_calls_enough_and_is_below_the_whole() -> None:
    past = past_with(level_of(0, 2), level_of(12, 30), level_of(28, 30), level_of(20, 30))
    assert worst(past, LEVEL) is past.rows[1]
    assert worst(past, None) is None
    assert worst(past_with(level_of(5, 30)), LEVEL) is None
    assert worst(past_with(level_of(15, 30), level_of(15, 30)), LEVEL) is None


# Samples


def sample(minute: int, queue: str | None = None, **readings: float | None) -> MinuteSample:
    at = int(NOON.timestamp() // 60) + minute
    return MinuteSample(
        minute=at, queue_id=None if queue is None else QueueId(queue), readings=readings
    )


def sampled(samples: Samples) -> Row:
    windows = hours(1)
    return rows_of(windows, {}, (), until=windows[0].end, samples=samples)[0]


def test_that_samples_of_the_site_give_the_most_waiting_and_mean_agents() -> None:
    told = samples_of(
        [sample(1, waiting=3, free=4, in_call=1), sample(2, waiting=1, free=2, in_call=None)], None
    )
    row = sampled(told)
    assert (row.most_waiting, row.free, row.in_call) == (3, 3.0, 1.0)


def test_that_a_queue_without_a_sample_in_a_minute_that_was_seen_had_nobody_waiting() -> None:
    told = samples_of([sample(1, free=4), sample(2, free=4)], QueueId("q1"))
    assert sampled(told).most_waiting == 0
    told = samples_of([sample(1, free=4), sample(1, "q1", waiting=2)], QueueId("q1"))
    assert sampled(told).most_waiting == 2
    told = samples_of([sample(1, free=4), sample(1, "q2", waiting=9)], QueueId("q1"))
    assert sampled(told).most_waiting == 0


def test_that_agents_are_of_no_single_queue_and_without_samples_nothing_is_told() -> None:
    row = sampled(samples_of([sample(1, free=4)], QueueId("q1")))
    assert (row.free, row.in_call) == (None, None)
    row = sampled(samples_of([sample(90, waiting=4)], None))
    assert (row.most_waiting, row.free) == (None, None)


def test_that_the_most_of_a_time_is_the_most_of_its_intervals_and_means_are_not_told() -> None:
    past = past_with(NOTHING, NOTHING)
    rows = tuple(
        replace(row, most_waiting=most, free=2.0)
        for row, most in zip(past.rows, (2.0, 5.0), strict=True)
    )
    assert reading_over(replace(past, rows=rows), "most_waiting", LEVEL) == 5
    assert reading_over(replace(past, rows=rows), "free", LEVEL) is None


# Events


def test_that_markers_tell_of_gaps_within_and_of_new_rules_but_not_of_the_edges() -> None:
    window = range_window(NOON, NOON + 3 * HOUR)
    stretches = (
        Stretch(begin=NOON + 10 * MINUTE, end=NOON + HOUR),
        Stretch(begin=NOON + 2 * HOUR, end=NOON + 3 * HOUR),
    )
    coverage = coverage_of(stretches, window.begin, window.end)
    rules = [(NOON - HOUR, Measuring()), (NOON + 30 * MINUTE, Measuring()), (NOON + 4 * HOUR, ...)]
    told = [
        ((marker.at - NOON) / MINUTE, marker.event)
        for marker in markers_of(coverage, rules, window)
    ]
    assert told == [(10, Event.BACK), (30, Event.RULES), (60, Event.LOST), (120, Event.BACK)]


def test_that_hidden_queues_count_only_where_they_are_asked_for() -> None:
    (window,) = hours(1)
    one, two = QueueId("q1"), QueueId("q2")
    told = {(NOON, one): Totals(offered=1), (NOON, two): Totals(offered=2)}
    question = replace(asked((window,)), hidden=frozenset({two}))
    totals, queues = totals_by_interval((window,), question, lambda *_: told)
    assert (totals[NOON].offered, queues) == (1, {one})
    question = replace(question, queue_id=two)
    totals, _ = totals_by_interval((window,), question, lambda *_: {(NOON, two): told[NOON, two]})
    assert totals[NOON].offered == 2
