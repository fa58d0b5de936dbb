"""Three real days, call by call: what we work out is what two other programs worked out."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pytest
from support.golden_calls import GoldenDay, golden_day, instant

from wallboard.domain.facts import CallRecord, answered
from wallboard.domain.measuring import LevelKind, LevelProfile, WorkPlan
from wallboard.domain.snapshot import QueueId
from wallboard.domain.totals import Totals, added, totals_of
from wallboard.domain.waits import Waits
from wallboard.engine.contacts import contacts_of, repeats
from wallboard.engine.fairness import arrival_pace, totals_by_agent
from wallboard.engine.intervals import (
    NO_ROW,
    IntervalRow,
    by_queue,
    interval_table,
    longest_queue,
    rolled_up,
)
from wallboard.engine.kpi import Sums, measure_by_key
from wallboard.engine.service_level import level, service_level
from wallboard.engine.windows import Window, intervals_of, range_window

Days = Callable[[str], GoldenDay]

RATIO = 1e-9
HALF_HOURS = WorkPlan(interval=timedelta(minutes=30))
LEVELS = {
    "offered_negative": (LevelKind.OFFERED, 1),
    "answered_only": (LevelKind.ANSWERED, 1),
    "ignore_abandoned_in_T": (LevelKind.IGNORE, 1),
    "positive": (LevelKind.POSITIVE, 1),
    "excl_short_abandons": (LevelKind.EXCL_SHORT, 1),
    "asterisk_perf": (LevelKind.ASTERISK, 100),
    "asterisk_perf2": (LevelKind.ASTERISK2, 100),
}


def of(records: tuple[CallRecord, ...]) -> Totals:
    return added(map(totals_of, records))


def seconds(time: timedelta) -> float:
    return time.total_seconds()


def half_hours(day: GoldenDay) -> tuple[Window, ...]:
    """Return the half hours of which figures are expected: from the first call to the last."""
    starts = [instant(row["start"]) for row in day.expected["intervals"]]
    window = range_window(starts[0], starts[-1] + HALF_HOURS.interval)
    return intervals_of(window, HALF_HOURS, UTC)


def test_that_the_day_is_counted_exactly(day: GoldenDay) -> None:
    sums, expected = of(day.records), day.expected
    assert (sums.offered, sums.answered, sums.abandoned, sums.abandoned_short) == (
        expected["offered"],
        expected["answered"],
        expected["abandoned"],
        expected["abandoned_short_le5"],
    )
    assert day.ivr_hangups == expected["ivr_hangups"]
    assert seconds(sums.talk) == expected["service_total_s"]
    assert seconds(sums.longest_wait) == expected["max_wait_s"]
    longest_answered = max(
        record.wait for record in day.records if answered(record) and record.wait
    )
    assert Waits(sums.waits).percentile(1) == longest_answered
    assert seconds(longest_answered) == expected["max_wait_answered_s"]
    assert Waits(sums.waits).median() == timedelta(seconds=expected["median_wait_answered_s"])


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("abandon_rate", "abandon_rate"),
        ("abandon_rate_excl_short", "abandon_rate_excl_short"),
        ("answer_rate", "answer_rate"),
        ("asa", "asa_s"),
        ("asa_delayed", "asa_delayed_only_s"),
        ("awt", "awt_all_offered_s"),
        ("ata", "ata_s"),
        ("wait_p90", "p90_wait_answered_s_nearest_rank"),
        ("max_wait", "max_wait_s"),
        ("att", "aht_s"),
        ("aht", "aht_s"),
    ],
)
def test_that_a_figure_of_the_day_is_as_expected(day: GoldenDay, key: str, name: str) -> None:
    assert measure_by_key(key, of(day.records)) == pytest.approx(day.expected[name], abs=RATIO)


def test_that_sums_give_what_no_row_of_the_table_is(day: GoldenDay) -> None:
    sums, expected = of(day.records), day.expected
    waited = sums.wait_of_answered + sums.wait_of_abandoned
    assert sums.answered_at_once / sums.offered == pytest.approx(
        expected["answered_immediately_rate"], abs=RATIO
    )
    assert seconds(waited) / sums.abandoned == pytest.approx(
        expected["patience_estimate_s"], abs=RATIO
    )
    assert sums.talk / timedelta(hours=1) == pytest.approx(
        expected["offered_load_erlang_hours"], abs=RATIO
    )
    talks = [record.talk for record in day.records if record.talk]
    mean = sum(map(seconds, talks)) / len(talks)
    assert mean == pytest.approx(expected["aht_excl_zero_s"], abs=RATIO)


def test_that_every_service_level_is_as_expected_at_every_target(day: GoldenDay) -> None:
    for target_s, expected in day.expected["service_level"].items():
        target = timedelta(seconds=int(target_s))
        sums = of(tuple(replace(record, target=target) for record in day.records))
        assert sums.answered_in_target == expected["answered_in_T"]
        assert sums.abandoned_in_target == expected["abandoned_in_T"]
        for name, (kind, scale) in LEVELS.items():
            got = level(sums, LevelProfile(kind=kind))
            assert got is not None
            assert scale * got == pytest.approx(expected[name], abs=RATIO), (target_s, name)
            good, counted = service_level(sums, LevelProfile(kind=kind))
            assert measure_by_key(kind, sums) == got == good / counted


def test_that_each_half_hour_is_booked_in_its_families(day: GoldenDay) -> None:
    intervals = half_hours(day)
    table = interval_table(day.records, intervals, by_queue)
    assert len(intervals) == len(day.expected["intervals"])
    for place, expected in enumerate(day.expected["intervals"]):
        assert intervals[place].begin == instant(expected["start"])
        row = rolled_up(table, place)
        assert told(row) == {name: expected[name] for name in told(NO_ROW)}, expected["start"]


def told(row: IntervalRow) -> dict[str, Any]:
    came, over = row.arrival, row.completion
    return {
        "offered": came.offered,
        "answered": came.answered,
        "abandoned": came.abandoned,
        "abandoned_short_le5": came.abandoned_short,
        "answered_le20": came.answered_in_target,
        "abandoned_le20": came.abandoned_in_target,
        "wait_answered_s": seconds(came.wait_of_answered),
        "wait_abandoned_s": seconds(came.wait_of_abandoned),
        "max_wait_s": seconds(came.longest_wait),
        "completed_calls": over.handled,
        "completed_service_s": seconds(over.talk),
        "busy_agent_s": seconds(row.busy),
        "waiting_caller_s": seconds(row.waiting),
    }


def test_that_the_half_hours_of_a_day_make_the_day(day: GoldenDay) -> None:
    # Far enough that the calls past midnight are over.
    long = range_window(day.begin, day.begin + timedelta(days=2))
    table = interval_table(day.records, intervals_of(long, HALF_HOURS, UTC), by_queue)
    assert added(row.calls for row in table.values()) == of(day.records)


def test_that_types_of_calls_are_told_apart(day: GoldenDay) -> None:
    by_type = {
        kind: added(totals_of(record) for record in day.records if record.queue_id == kind)
        for kind in {record.queue_id for record in day.records}
    }
    assert {
        str(kind): {
            "offered": sums.offered,
            "answered": sums.answered,
            "abandoned": sums.abandoned,
            "answered_le20": sums.answered_in_target,
            "wait_answered_s": seconds(sums.wait_of_answered),
            "service_s": seconds(sums.talk),
        }
        for kind, sums in by_type.items()
    } == day.expected["by_type"]
    assert QueueId("PS") in by_type


def test_that_agents_are_told_apart(day: GoldenDay) -> None:
    by_agent = totals_by_agent(day.records)
    assert {
        "(unattributed)" if agent_id is None else str(agent_id): {
            "handled": sums.handled,
            "service_s": seconds(sums.talk),
        }
        for agent_id, sums in by_agent.items()
    } == day.expected["by_agent"]


def test_that_callers_who_were_answered_again_the_same_day_are_known(day: GoldenDay) -> None:
    known = contacts_of(
        record for record in day.records if answered(record) and record.caller_number
    )
    assert len(known) == day.expected["identified_answered"]
    callers = {contact.number for contact in known}
    assert len(callers) == day.expected["identified_unique_customers"]
    assert len(known) - len(callers) == day.expected["same_day_repeat_answered"]
    end = day.begin + timedelta(days=1)
    counts = repeats(known, day.begin, end, until=end + timedelta(days=2), days=1)
    assert (counts.handled, counts.immature) == (len(known), 0)
    # Now and then two calls of one customer overlap: neither of them is after the other.
    assert 0 <= day.expected["same_day_repeat_answered"] - counts.repeated <= 2


def test_that_the_longest_queue_is_found(day: GoldenDay) -> None:
    longest = longest_queue(day.records)
    assert longest is not None
    assert longest.callers == day.expected["max_queue_length"]
    assert longest.since == instant(day.expected["max_queue_length_first_at"])


def test_that_the_peak_of_arrivals_is_that_of_the_busiest_half_hour(day: GoldenDay) -> None:
    offered = [row["offered"] for row in day.expected["intervals"]]
    pace = arrival_pace(half_hours(day), offered)
    assert pace is not None
    assert pace.per_hour == pytest.approx(2 * sum(offered) / len(offered), abs=RATIO)
    assert pace.peak_per_hour == 2 * max(offered)
    assert pace.peak == half_hours(day)[offered.index(max(offered))]
    sums = Sums(calls=of(day.records), span=len(offered) * HALF_HOURS.interval)
    assert measure_by_key("arrival_rate", sums) == pytest.approx(pace.per_hour, abs=RATIO)


def test_that_three_days_are_rolled_up_and_not_averaged(folder: Path) -> None:
    expected = json.loads((folder / "rollup.expected.json").read_text(encoding="utf-8"))
    days = [golden_day(folder, name) for name in expected["days"]]
    each = [of(day.records) for day in days]
    sums = added(each)
    assert (sums.offered, sums.answered, sums.abandoned) == (
        expected["offered"],
        expected["answered"],
        expected["abandoned"],
    )
    for key, name, wrong in (
        ("sl_offered", "sl20_negative", "sl20_naive_mean_of_days_WRONG"),
        ("asa", "asa_s", "asa_naive_mean_of_days_WRONG"),
        ("aht", "aht_s", None),
        ("abandon_rate", "abandon_rate", None),
    ):
        value = measure_by_key(key, sums)
        assert value == pytest.approx(expected[name], abs=RATIO)
        if wrong is not None:
            readings = [measure_by_key(key, one) or 0.0 for one in each]
            naive = sum(readings) / len(readings)
            assert naive == pytest.approx(expected[wrong], abs=RATIO)
            assert value != pytest.approx(naive, abs=0.01)


def test_that_a_mean_of_the_half_hours_is_another_figure(folder: Path) -> None:
    expected = json.loads((folder / "rollup.expected.json").read_text(encoding="utf-8"))
    readings = []
    for name in expected["days"]:
        day = golden_day(folder, name)
        table = interval_table(day.records, half_hours(day), by_queue)
        for place in range(len(half_hours(day))):
            value = measure_by_key("sl_offered", rolled_up(table, place).calls)
            if value is not None:
                readings.append(value)
    naive = sum(readings) / len(readings)
    assert naive == pytest.approx(expected["sl20_naive_mean_of_intervals_WRONG"], abs=RATIO)
    assert naive != pytest.approx(expected["sl20_negative"], abs=0.01)
