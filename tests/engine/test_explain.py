from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.clocks import NOON
from support.snapshots import a_record, records

from wallboard.domain.agent_time import time_of
from wallboard.domain.coverage import Stretch, coverage_of
from wallboard.domain.facts import AgentSpell, CallRecord, Ending, FactId
from wallboard.domain.measuring import LevelKind, LevelProfile
from wallboard.domain.snapshot import AgentId, AgentState
from wallboard.domain.totals import Totals, added, totals_of
from wallboard.engine.explain import (
    LEVEL_KEYS,
    behind,
    booked_at,
    explain,
    explanation_json,
    profile_json,
    sums_in,
    totals_in,
)
from wallboard.engine.kpi import KPI_BY_KEY, KPIS, Booking, RollUp, Sums, measure, parts_of
from wallboard.engine.service_level import level
from wallboard.engine.windows import Window, WindowKind, range_window

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
WINDOW = range_window(NOON, NOON + HOUR)
INTERVAL = Window(kind=WindowKind.INTERVAL, begin=NOON, end=NOON + HOUR / 2)
SOME = Totals(
    offered=20,
    answered=15,
    answered_in_target=12,
    abandoned=5,
    abandoned_in_target=2,
    abandoned_short=1,
    abandon_waits_known=5,
)
GENESYS = LevelProfile(kind=LevelKind.GENESYS, no_abandons=True)


def test_that_a_figure_is_told_with_all_that_it_rests_on() -> None:
    coverage = coverage_of([Stretch(begin=NOON, end=NOON + HOUR / 2)], NOON, NOON + HOUR)
    told = explain("abandon_rate", Sums(calls=SOME), window=WINDOW, coverage=coverage)
    assert told.kpi is KPI_BY_KEY["abandon_rate"]
    assert (told.value, told.numerator, told.denominator, told.n) == (0.25, 5, 20, 20)
    assert told.enough
    assert (told.window, told.coverage) == (WINDOW, coverage)
    assert (told.level, told.refused, told.others) == (None, None, ())


def test_that_too_few_calls_are_told() -> None:
    told = explain("abandon_rate", Sums(calls=Totals(offered=2, abandoned=1)))
    assert (told.value, told.n, told.enough) == (0.5, 2, False)


def test_that_the_queues_own_level_is_explained_by_its_profile() -> None:
    told = explain("service_level", Sums(calls=SOME, level=GENESYS))
    assert (told.asked, told.kpi.key, told.level) == ("service_level", "sl_genesys", GENESYS)
    assert (told.numerator, told.denominator, told.value) == (12, 15, 0.8)


def test_that_a_level_is_told_under_every_other_profile() -> None:
    told = explain("service_level", Sums(calls=SOME, level=GENESYS))
    assert [profile.kind for profile, _ in told.others] == [
        kind for kind in LevelKind if kind is not LevelKind.GENESYS
    ]
    assert all(value == level(SOME, profile) for profile, value in told.others)


def test_that_a_level_that_is_asked_for_by_name_is_that_one() -> None:
    told = explain("sl_positive", Sums(calls=SOME, level=GENESYS))
    assert (told.value, told.level) == (0.7, LevelProfile(kind=LevelKind.POSITIVE))
    assert LevelKind.GENESYS in {profile.kind for profile, _ in told.others}


def test_that_queues_of_one_profile_have_a_level_together() -> None:
    told = explain("service_level", Sums(calls=SOME), profiles=[GENESYS, GENESYS])
    assert (told.value, told.level, told.refused) == (0.8, GENESYS, None)


def test_that_queues_of_different_profiles_have_no_level_together() -> None:
    told = explain("service_level", Sums(calls=SOME), profiles=[GENESYS, LevelProfile()])
    assert told.refused is not None
    assert told.refused.profiles == (GENESYS, LevelProfile())
    parts = (told.value, told.numerator, told.denominator, told.n, told.level)
    assert parts == (None,) * 5
    assert not told.enough
    # Each profile over all of the calls is a figure; only the mixture is none.
    assert len(told.others) == len(LevelKind)


def test_that_other_figures_do_not_mind_different_profiles() -> None:
    told = explain("asa", Sums(calls=SOME), profiles=[GENESYS, LevelProfile()])
    assert told.refused is None
    assert explain("sl_offered", Sums(calls=SOME), profiles=[GENESYS, LevelProfile()]).value == 0.6


def test_that_an_unknown_key_is_refused() -> None:
    with pytest.raises(KeyError):
        explain("happiness", Sums())


@pytest.mark.parametrize("kpi", KPIS, ids=lambda kpi: kpi.key)
def test_that_nothing_at_all_can_be_explained(kpi: object) -> None:
    key = kpi.key  # type: ignore[attr-defined]
    told = explain(key, Sums())
    assert told.value in {None, 0}
    json.dumps(explanation_json(told))


# The calls behind a figure


@given(st.lists(records(), max_size=8))
def test_that_the_calls_behind_a_figure_make_the_figure(told: list[CallRecord]) -> None:
    sums = Sums(calls=added(map(totals_of, told)), level=GENESYS)
    for kpi in KPIS:
        shares = [share for record in told if (share := behind(kpi, record, GENESYS))]
        above, below = parts_of(kpi, sums)
        if kpi.roll_up in {RollUp.SUM, RollUp.RATIO} and kpi.booking in {
            Booking.ARRIVAL,
            Booking.COMPLETION,
        }:
            assert sum(share.numerator for share in shares) == pytest.approx(above)
            if below is not None:
                told_below = sum(share.denominator or 0 for share in shares)
                assert told_below == pytest.approx(below)
        if kpi.roll_up is RollUp.LONGEST:
            assert max((share.numerator for share in shares), default=None) == measure(kpi, sums)


@pytest.mark.parametrize(
    ("key", "ending", "wait_s", "expected"),
    [
        ("service_level", Ending.ANSWERED, 10, (1, 1)),
        ("service_level", Ending.ANSWERED, 30, (0, 1)),
        ("service_level", Ending.UNKNOWN, None, None),
        ("abandoned", Ending.ABANDONED, 10, (1, None)),
        ("abandoned", Ending.ANSWERED, 10, None),
        ("asa", Ending.ANSWERED, 0, (0, 1)),
        ("asa", Ending.ABANDONED, 10, None),
        ("wait_p90", Ending.ANSWERED, 0, (0, None)),
        ("wait_p90", Ending.ABANDONED, 10, None),
        ("max_wait", Ending.TIMED_OUT, 90, (90, None)),
        ("aht", Ending.ANSWERED, 10, (60, 1)),
        ("occupancy", Ending.ANSWERED, 10, None),
        ("queue_len", Ending.ANSWERED, 10, None),
    ],
)
def test_that_a_call_is_behind_a_figure_by_what_it_adds(
    key: str, ending: Ending, wait_s: float | None, expected: tuple[float, float | None] | None
) -> None:
    share = behind(KPI_BY_KEY[key], a_record(ending=ending, wait_s=wait_s))
    assert (None if share is None else (share.numerator, share.denominator)) == expected


# Which calls a window has


def test_that_a_call_belongs_to_the_day_it_arrived_in_whole() -> None:
    late = a_record(entered_at=NOON + HOUR - MINUTE, wait_s=30, talk_s=600)
    assert totals_in([late], WINDOW) == totals_of(late)
    assert totals_in([late], range_window(NOON + HOUR, NOON + 2 * HOUR)) == Totals()
    assert booked_at(KPI_BY_KEY["aht"], late, WINDOW) == late.entered_at


def test_that_in_an_interval_handling_belongs_to_where_it_was_over() -> None:
    record = replace(
        a_record(entered_at=NOON - MINUTE, wait_s=30, talk_s=120), wrap_up=timedelta(seconds=15)
    )
    sums = totals_in([record], INTERVAL)
    assert (sums.offered, sums.handled) == (0, 1)
    over = record.ended_at + timedelta(seconds=15)
    assert booked_at(KPI_BY_KEY["aht"], record, INTERVAL) == over
    assert booked_at(KPI_BY_KEY["asa"], record, INTERVAL) == record.entered_at


def test_that_all_sums_of_a_window_come_together() -> None:
    calls = [
        replace(a_record(f"f{minutes}", entered_at=NOON + minutes * MINUTE), caller_number="1")
        for minutes in (-5, 5, 65)
    ]
    spell = AgentSpell(
        fact_id=FactId("s"),
        agent_id=AgentId("a"),
        state=AgentState.FREE,
        began_at=NOON - HOUR,
        ended_at=NOON + HOUR / 2,
    )
    sums = sums_in(calls, WINDOW, spells=[spell], level=GENESYS, days=1, until=NOON + 2 * HOUR)
    assert sums.calls.offered == 1
    assert sums.time == time_of([spell], NOON, NOON + HOUR)
    assert (sums.span, sums.level) == (HOUR, GENESYS)
    assert sums.contacts is not None
    assert sums.contacts.contacts == 1
    assert sums.repeats is not None
    assert (sums.repeats.handled, sums.repeats.repeated, sums.repeats.immature) == (1, 1, 0)
    assert sums_in(calls, WINDOW).repeats is None


# For machines


def test_that_a_program_can_read_the_explanation() -> None:
    coverage = coverage_of([Stretch(begin=NOON, end=NOON + HOUR / 2)], NOON, NOON + HOUR)
    told = explain("service_level", Sums(calls=SOME), window=WINDOW, coverage=coverage)
    read = json.loads(json.dumps(explanation_json(told, as_of=NOON)))
    assert read["value"] == 0.6
    assert (read["unit"], read["numerator"], read["denominator"], read["n"]) == (
        "ratio",
        12,
        20,
        20,
    )
    assert read["definition"] == KPI_BY_KEY["sl_offered"].meaning
    assert read["service_level_profile"] == {"kind": "sl_offered"}
    assert read["window"] == {
        "kind": "range",
        "from": NOON.isoformat(),
        "to": (NOON + HOUR).isoformat(),
        "name": "",
    }
    assert read["coverage"]["share"] == 0.5
    assert [gap["seconds"] for gap in read["coverage"]["gaps"]] == [1800]
    assert len(read["other_profiles"]) == len(LevelKind) - 1
    assert read["as_of"] == NOON.isoformat()
    assert read["refused"] is None


def test_that_a_program_is_told_a_refusal_and_no_figure() -> None:
    told = explain("service_level", Sums(calls=SOME), profiles=[GENESYS, LevelProfile()])
    read = explanation_json(told)
    assert (read["value"], read["service_level_profile"]) == (None, None)
    assert read["refused"]


def test_that_switches_are_told_where_they_mean_something() -> None:
    assert profile_json(LevelProfile(flow_outs=True)) == {"kind": "sl_offered"}
    assert profile_json(GENESYS) == {
        "kind": "sl_genesys",
        "flow_outs": False,
        "no_short_abandons": False,
        "no_abandons": True,
    }


def test_that_levels_are_known_by_their_keys() -> None:
    assert set(KPI_BY_KEY) >= LEVEL_KEYS
    assert len(LEVEL_KEYS) == len(LevelKind) + 1
