from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.clocks import NOON
from support.snapshots import TARGET, a_record, records, totals

from wallboard.domain.agent_time import AgentTime
from wallboard.domain.facts import CallRecord, Ending
from wallboard.domain.measuring import LevelKind, LevelProfile
from wallboard.domain.snapshot import AgentState
from wallboard.domain.totals import NOTHING, Totals, added, arrival_of, handling_of, totals_of
from wallboard.engine.contacts import ContactTotals, Repeats
from wallboard.engine.kpi import (
    KPI_BY_KEY,
    KPIS,
    Booking,
    Kpi,
    RollUp,
    Sums,
    Unit,
    decided,
    enough,
    measure,
    measure_by_key,
    parts_of,
    sample_of,
)

DICTIONARY = {
    "offered", "answered", "abandoned", "abandon_short", "flow_out", "arrival_rate",
    "abandon_rate", "answer_rate", "transfer_rate", "repeat_rate", "cph", "rna", "queue_len",
    "longest_wait_now", "sl_offered", "sl_answered", "sl_ignore", "sl_positive", "sl_excl_short",
    "sl_genesys", "sl_asterisk", "sl_asterisk2", "sl_amazon", "asa", "asa_delayed", "awt", "ata",
    "max_wait", "att", "hold_avg", "acw_avg", "aht", "handle_contact", "occupancy",
    "availability", "not_ready", "fcr_repeat",
}  # fmt: skip
"""The metrics of volume, waiting and handling that the facts carry, by their usual ids."""

HOUR = timedelta(hours=1)
rows = pytest.mark.parametrize("kpi", KPIS, ids=lambda kpi: kpi.key)


def seconds(value: float) -> timedelta:
    return timedelta(seconds=value)


def test_that_the_table_has_every_metric_that_the_facts_carry() -> None:
    assert set(KPI_BY_KEY) >= DICTIONARY | {"service_level", "wait_p50", "wait_p90", "wait_p95"}
    assert set(KPI_BY_KEY) >= {str(kind) for kind in LevelKind}


@rows
def test_that_a_row_says_what_it_is_in_a_name_and_a_sentence(kpi: Kpi) -> None:
    assert kpi.name
    assert kpi.name == kpi.name.strip()
    assert kpi.meaning.endswith(".")
    assert ". " not in kpi.meaning
    assert len([row for row in KPIS if row.name == kpi.name]) == 1


@rows
def test_that_without_calls_a_count_is_zero_and_all_else_undefined(kpi: Kpi) -> None:
    assert measure(kpi, NOTHING) == (0 if kpi.unit is Unit.COUNT else None)


@given(one=totals)
def test_that_a_kpi_is_never_divided_by_nothing(one: Totals) -> None:
    for kpi in KPIS:
        value = measure(kpi, one)
        assert value is None or isinstance(value, (int, float))
        if kpi.denominator is not None and kpi.denominator(one) == 0 and kpi.of_nothing is None:
            assert value is None


def test_that_keys_are_unlike_each_other() -> None:
    assert len(KPI_BY_KEY) == len(KPIS)
    with pytest.raises(KeyError):
        measure_by_key("happiness", NOTHING)


@pytest.mark.parametrize(
    ("key", "given_totals", "expected"),
    [
        ("service_level", Totals(offered=10, answered=9, answered_in_target=8), 0.8),
        (
            "service_level",
            Totals(offered=13, answered_in_target=8, waiting=2, undecided_waiting=2, unknown=1),
            0.8,
        ),
        ("service_level", Totals(offered=2, waiting=2, undecided_waiting=2), None),
        ("service_level", Totals(offered=2, unknown=2), None),
        ("abandon_rate", Totals(offered=12, abandoned=1, waiting=1, unknown=1), 0.1),
        (
            "abandon_rate_excl_short",
            Totals(offered=13, abandoned=3, abandon_waits_known=3, abandoned_short=2, unknown=1),
            0.1,
        ),
        (
            "abandon_rate_excl_short",
            # Of one nobody knows whether it was short.
            Totals(offered=11, abandoned=3, abandon_waits_known=2, abandoned_short=1),
            1 / 9,
        ),
        ("answer_rate", Totals(offered=12, answered=9, waiting=1, unknown=1), 0.9),
        ("transfer_rate", Totals(answered=8, transferred=2), 0.25),
        ("flow_out", Totals(timed_out=1, left_by_key=2, left_empty=4, left_otherwise=8), 15),
        ("rna", Totals(answered=6, missed_rings=2), 2),
        ("rna_rate", Totals(answered=6, missed_rings=2), 0.25),
        ("queue_len", Totals(waiting=3), 3),
        ("asa", Totals(answered=5, waits_known=4, wait_of_answered=seconds(30)), 7.5),
        (
            "asa_delayed",
            Totals(waits_known=5, answered_at_once=1, wait_of_answered=seconds(30)),
            7.5,
        ),
        ("asa_delayed", Totals(answered=1, waits_known=1, answered_at_once=1), None),
        (
            "awt",
            Totals(
                waits_known=2,
                abandon_waits_known=1,
                left_waits_known=1,
                wait_of_answered=seconds(20),
                wait_of_abandoned=seconds(6),
                wait_of_left=seconds(4),
            ),
            7.5,
        ),
        (
            "ata",
            Totals(abandoned=5, abandon_waits_known=4, wait_of_abandoned=seconds(30)),
            7.5,
        ),
        ("att", Totals(answered=5, handled=4, talk=seconds(30), hold=seconds(9)), 7.5),
        ("hold_avg", Totals(handled=5, holds_known=4, held=2, hold=seconds(30)), 7.5),
        ("hold_avg_held", Totals(handled=5, holds_known=4, held=2, hold=seconds(30)), 15.0),
        ("acw_avg", Totals(handled=5, wrap_ups_known=4, wrap_up=seconds(30)), 7.5),
        (
            "aht",
            Totals(handled=4, talk=seconds(30), hold=seconds(6), wrap_up=seconds(4)),
            10.0,
        ),
        ("unknown", Totals(offered=3, unknown=3), 3),
        ("max_wait", Totals(offered=3, waiting=3), None),
    ],
)
def test_that_a_kpi_is(key: str, given_totals: Totals, expected: float | None) -> None:
    assert measure_by_key(key, given_totals) == expected


def test_that_waits_are_told_by_nearest_rank() -> None:
    sums = added(totals_of(a_record(f"f{wait}", wait_s=wait)) for wait in range(1, 11))
    told = [measure_by_key(key, sums) for key in ("wait_p50", "wait_p90", "wait_p95", "max_wait")]
    assert told == [5, 9, 10, 10]


AGENTS = AgentTime(
    by_state={
        AgentState.FREE: 2 * HOUR,
        AgentState.RINGING: HOUR,
        AgentState.IN_CALL: 3 * HOUR,
        AgentState.ON_HOLD: HOUR,
        AgentState.WRAP_UP: HOUR,
        AgentState.ON_BREAK: HOUR,
        AgentState.OTHER: HOUR,
        AgentState.OFFLINE: 9 * HOUR,
        AgentState.UNKNOWN: 9 * HOUR,
    }
)


@pytest.mark.parametrize(
    ("key", "sums", "expected"),
    [
        ("occupancy", Sums(time=AGENTS), 5 / 8),
        ("occupancy_logged_in", Sums(time=AGENTS), 0.5),
        ("availability", Sums(time=AGENTS), 0.3),
        ("not_ready", Sums(time=AGENTS), 3600),
        ("logged_in", Sums(time=AGENTS), 36000),
        ("not_ready", Sums(time=AgentTime(by_state={AgentState.FREE: HOUR})), 0),
        ("occupancy", Sums(time=AgentTime(by_state={AgentState.ON_BREAK: HOUR})), None),
        ("cph", Sums(calls=Totals(answered=25), time=AGENTS), 2.5),
        ("cph", Sums(calls=Totals(answered=25)), None),
        ("arrival_rate", Sums(calls=Totals(offered=30), span=HOUR / 2), 60),
        ("arrival_rate", Sums(calls=Totals(offered=30)), None),
        ("arrival_rate", Sums(span=HOUR), 0),
        ("longest_wait_now", Sums(longest_now=seconds(7.5)), 7.5),
        ("handle_contact", Sums(contacts=ContactTotals(handled=4, handle_time=HOUR)), 900),
        ("handle_contact", Sums(contacts=ContactTotals(contacts=4)), None),
        ("repeat_rate", Sums(repeats=Repeats(days=1, handled=10, repeated=4)), 0.4),
        ("fcr_repeat", Sums(repeats=Repeats(days=1, handled=10, repeated=4)), 0.6),
        ("fcr_repeat", Sums(repeats=Repeats(days=1, anonymous=3)), None),
    ],
)
def test_that_a_kpi_of_more_than_calls_is(key: str, sums: Sums, expected: float | None) -> None:
    assert measure_by_key(key, sums) == expected


# Service levels of the table


@given(calls=totals, kind=st.sampled_from(LevelKind))
def test_that_the_queues_own_level_is_that_of_its_profile(calls: Totals, kind: LevelKind) -> None:
    profile = LevelProfile(kind=kind, flow_outs=True, no_short_abandons=True)
    sums = Sums(calls=calls, level=profile)
    assert measure_by_key("service_level", sums) == measure_by_key(kind, sums)


def test_that_the_level_as_genesys_follows_the_switches_of_the_profile_that_is_asked_of() -> None:
    calls = Totals(offered=10, answered=5, answered_in_target=5, abandoned=5)
    switched = LevelProfile(kind=LevelKind.GENESYS, no_abandons=True)
    assert measure_by_key("sl_genesys", calls) == 0.5
    assert measure_by_key("sl_genesys", Sums(calls=calls, level=switched)) == 1.0


def test_that_a_queue_without_a_target_has_no_service_level() -> None:
    told = [
        a_record(f"f{number}", ending, target=None)
        for number, ending in enumerate([Ending.ANSWERED, Ending.ABANDONED, Ending.UNKNOWN] * 5)
    ]
    sums = sum(map(totals_of, told), NOTHING)
    assert decided(sums) == 0
    assert measure_by_key("service_level", sums) is None
    assert not enough("service_level", sums)


# Samples


def test_that_a_count_is_always_enough_to_go_by() -> None:
    assert enough("offered", NOTHING)


@pytest.mark.parametrize(
    ("key", "few", "many"),
    [
        ("service_level", Totals(offered=9), Totals(offered=10)),
        ("abandon_rate", Totals(offered=9), Totals(offered=10)),
        ("asa", Totals(waits_known=4), Totals(waits_known=5)),
        ("wait_p95", Totals(waits_known=19), Totals(waits_known=20)),
        ("aht", Totals(handled=4), Totals(handled=5)),
    ],
)
def test_that_under_the_smallest_sample_nothing_is_marked(
    key: str, few: Totals, many: Totals
) -> None:
    assert (enough(key, few), enough(key, many)) == (False, True)


def test_that_agents_times_rest_on_a_quarter_of_an_hour() -> None:
    short = Sums(time=AgentTime(by_state={AgentState.FREE: seconds(899)}))
    long = Sums(time=AgentTime(by_state={AgentState.FREE: seconds(900)}))
    assert (enough("occupancy", short), enough("occupancy", long)) == (False, True)
    assert sample_of(KPI_BY_KEY["occupancy"], long) is None


@pytest.mark.parametrize(
    ("key", "expected"),
    [("offered", 7), ("asa", 3), ("wait_p90", 3), ("arrival_rate", 7), ("cph", 5), ("aht", 2)],
)
def test_that_a_reading_says_of_how_many_calls_it_tells(key: str, expected: int) -> None:
    sums = Totals(offered=7, answered=5, waits_known=3, handled=2)
    assert sample_of(KPI_BY_KEY[key], sums) == expected


# Booking


@given(st.lists(records(), max_size=6))
def test_that_a_row_reads_one_family_of_booking(told: list[CallRecord]) -> None:
    families = {
        Booking.ARRIVAL: added(map(arrival_of, told)),
        Booking.COMPLETION: added(map(handling_of, told)),
    }
    both = added(map(totals_of, told))
    for kpi in KPIS:
        if kpi.booking in families:
            assert parts_of(kpi, both) == parts_of(kpi, families[kpi.booking])


@given(told=st.lists(records(), max_size=8), cut=st.integers(0, 8))
def test_that_parts_roll_up_as_the_row_says(told: list[CallRecord], cut: int) -> None:
    one, other = (added(map(totals_of, part)) for part in (told[:cut], told[cut:]))
    for kpi in KPIS:
        whole = parts_of(kpi, one + other)
        if kpi.roll_up in {RollUp.SUM, RollUp.RATIO}:
            for got, *parts in zip(whole, parts_of(kpi, one), parts_of(kpi, other), strict=True):
                assert got == (None if None in parts else pytest.approx(sum(parts)))
        if kpi.roll_up is RollUp.LONGEST:
            known = [value for half in (one, other) if (value := measure(kpi, half)) is not None]
            assert whole[0] == max(known, default=None)


def test_that_times_are_told_in_seconds() -> None:
    sums = totals_of(replace(a_record(entered_at=NOON, wait_s=1.5), target=TARGET))
    assert measure_by_key("asa", sums) == 1.5
