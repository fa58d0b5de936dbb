"""Worked examples from publications, and edge cases that follow from the definitions."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from support.clocks import NOON
from support.snapshots import a_record

from wallboard.domain.agent_time import time_of
from wallboard.domain.facts import AgentSpell, CallRecord, Ending, FactId
from wallboard.domain.measuring import LevelKind, LevelProfile, WorkPlan
from wallboard.domain.snapshot import AgentId, AgentState
from wallboard.domain.totals import NOTHING, Totals, added, totals_of
from wallboard.engine.contacts import contact_totals, contacts_of, single_call_share
from wallboard.engine.intervals import by_queue, interval_table, rolled_up
from wallboard.engine.kpi import Sums, measure_by_key
from wallboard.engine.service_level import level
from wallboard.engine.windows import intervals_of, range_window

RATIO = 1e-9
LATER = {
    "AD-CX-75": "adherence needs schedules",
    "CF-CX-100": "conformance needs schedules",
    "NPS-CCD-20": "promoters need a survey",
    "WAPE-WF": "errors of a forecast need a forecast",
    "MAPE-WF": "errors of a forecast need a forecast",
    "WAPE-MIN-250": "errors of a forecast need a forecast",
    "SHR-MON-167": "shrinkage needs schedules",
    "SHR-WF-130": "shrinkage needs schedules",
    "SHR-BIT-125": "shrinkage needs schedules",
    "BSC-2010": "there are no scorecards yet",
}
"""What nothing here works out yet, and why."""

HERE = {
    "AHT-AC-140", "AHT-CA-525", "ED-ALLAB", "ED-CB", "ED-INCL", "ED-MULTIQ", "ED-ROLL", "ED-SPAN",
    "ED-XFER", "ED-ZERO-ASA", "ED-ZERO-SL", "FCR-CCD-100", "FCR-CCD-50", "OC-CX-75", "RU-TT-836",
    "SL-CIS-IGN", "SL-CIS-NEG", "SL-CIS-POS", "SL-CUIC-50",
}  # fmt: skip


@pytest.fixture(scope="module")
def cases(shared_dir: Path) -> dict[str, Any]:
    folder = shared_dir / "golden" / "kpi"
    if not folder.is_dir():
        pytest.skip("the shared folder has no golden values")
    return _cases(folder)


@cache
def _cases(folder: Path) -> dict[str, Any]:
    found = {}
    for file in sorted(folder.glob("*.json")):
        for case in json.loads(file.read_text(encoding="utf-8"))["cases"]:
            found[case["id"]] = case
    return found


def seconds(value: float) -> timedelta:
    return timedelta(seconds=value)


def near(value: float) -> Any:
    return pytest.approx(value, abs=RATIO)


def test_that_no_case_is_forgotten(cases: dict[str, Any]) -> None:
    assert set(cases) == HERE | set(LATER)


# Service levels


@pytest.mark.parametrize(
    ("case_id", "key"),
    [
        ("SL-CIS-IGN", "sl_ignore"),
        ("SL-CIS-NEG", "sl_offered"),
        ("SL-CIS-POS", "sl_positive"),
        ("SL-CUIC-50", "sl_ignore"),
    ],
)
def test_that_a_service_level_is_as_published(
    cases: dict[str, Any], case_id: str, key: str
) -> None:
    inputs = cases[case_id]["inputs"]
    in_time, lost = inputs["answered_within_threshold"], inputs["abandoned_within_threshold"]
    late = inputs["exceeded_threshold"]
    sums = Totals(
        offered=in_time + lost + late,
        answered=in_time + late,
        answered_in_target=in_time,
        abandoned=lost,
        abandoned_in_target=lost,
    )
    assert sums.offered == inputs.get("service_level_events", sums.offered)
    assert measure_by_key(key, sums) == near(cases[case_id]["exact"])


@pytest.mark.parametrize("kind", LevelKind)
def test_that_without_calls_a_level_is_undefined(cases: dict[str, Any], kind: LevelKind) -> None:
    assert cases["ED-ZERO-SL"]["expected"] is None
    assert level(NOTHING, LevelProfile(kind=kind)) is None
    assert measure_by_key(kind, NOTHING) is None
    assert measure_by_key("service_level", NOTHING) is None


@pytest.mark.parametrize(
    ("name", "key", "scale"),
    [
        ("negative", "sl_offered", 1),
        ("ignore", "sl_ignore", 1),
        ("positive", "sl_positive", 1),
        ("answered_only", "sl_answered", 1),
        ("excl_short", "sl_excl_short", 1),
        ("asterisk_perf", "sl_asterisk", 100),
        ("asterisk_perf2", "sl_asterisk2", 100),
    ],
)
def test_that_with_everybody_abandoned_a_level_is(
    cases: dict[str, Any], name: str, key: str, scale: int
) -> None:
    case = cases["ED-ALLAB"]
    told = [
        replace(a_record(f"f{number}", Ending.ABANDONED, wait_s=3), short=seconds(5))
        for number in range(case["inputs"]["offered"])
    ]
    sums = added(map(totals_of, told))
    assert sums.abandoned_short == case["inputs"]["abandoned_short"]
    assert sums.abandoned_in_target == case["inputs"]["abandoned_in_T"]
    expected = case["expected"][name]
    value = measure_by_key(key, sums)
    assert value == (None if expected is None else expected / scale)


def test_that_a_wait_equal_to_the_target_is_inside(cases: dict[str, Any]) -> None:
    case = cases["ED-INCL"]
    target = seconds(case["inputs"]["T"])
    told = [
        a_record(f"f{number}", wait_s=wait, target=target)
        for number, wait in enumerate(case["inputs"]["waits_answered"])
    ]
    assert measure_by_key("sl_offered", added(map(totals_of, told))) == near(
        case["expected"]["negative"]
    )


# Rolling up


def test_that_a_roll_up_adds_counts_and_does_not_average_averages(cases: dict[str, Any]) -> None:
    case = cases["ED-ROLL"]
    intervals = [
        Totals(
            offered=each["offered"],
            answered=each["answered"],
            answered_in_target=each["answered_in_T"],
            waits_known=each["answered"],
            wait_of_answered=seconds(each["wait_answered_s"]),
        )
        for each in case["inputs"]["intervals"]
    ]
    expected = case["expected"]
    for key, right, wrong in (
        ("sl_offered", "service_level_negative", "naive_average"),
        ("asa", "asa_s", "naive_asa"),
    ):
        value = measure_by_key(key, added(intervals))
        readings = [measure_by_key(key, one) or 0.0 for one in intervals]
        assert value == near(expected[right])
        assert sum(readings) / len(readings) == near(expected[wrong]) != near(expected[right])


def test_that_the_level_of_several_sites_is_weighted_by_their_calls(cases: dict[str, Any]) -> None:
    case = cases["RU-TT-836"]
    sites = [
        Totals(offered=site["calls"], answered_in_target=round(site["calls"] * site["sl"]))
        for site in case["inputs"]["sites"]
    ]
    assert measure_by_key("sl_offered", added(sites)) == near(case["exact"])


# Handling


@pytest.mark.parametrize("case_id", ["AHT-CA-525", "AHT-AC-140"])
def test_that_the_handle_time_is_as_published(cases: dict[str, Any], case_id: str) -> None:
    case = cases[case_id]
    inputs = case["inputs"]
    sums = Totals(
        handled=inputs["handled"],
        talk=seconds(inputs["talk_s"]),
        hold=seconds(inputs["hold_s"]),
        wrap_up=seconds(inputs["acw_s"]),
    )
    assert measure_by_key("aht", sums) == near(case["exact"])


def test_that_nobody_answered_at_no_speed(cases: dict[str, Any]) -> None:
    assert cases["ED-ZERO-ASA"]["expected"] is None
    assert measure_by_key("asa", NOTHING) is None


def test_that_a_call_over_the_border_is_booked_as_each_family_says(cases: dict[str, Any]) -> None:
    case = cases["ED-SPAN"]
    inputs, expected = case["inputs"], case["expected"]
    entered, answered_at, end, over = (
        at(inputs[name]) for name in ("queue_enter", "answered", "end", "acw_end")
    )
    record = replace(
        a_record(entered_at=entered),
        ended_at=end,
        wait=answered_at - entered,
        talk=end - answered_at,
        wrap_up=over - end,
    )
    intervals = intervals_of(range_window(at("10:00:00"), at("11:00:00")), WorkPlan(), UTC)
    names = [f"{one.begin:%H:%M}-{one.end:%H:%M}" for one in intervals]
    table = interval_table([record], intervals, by_queue)
    rows = {name: rolled_up(table, place) for place, name in enumerate(names)}
    came, completed = expected["offered_interval"], expected["call_based_completed_interval"]
    assert {name: row.arrival.offered for name, row in rows.items()} == {came: 1, completed: 0}
    assert {name: row.completion.handled for name, row in rows.items()} == {came: 0, completed: 1}
    assert measure_by_key("asa", rows[came].calls) == expected["answer_delay_s"]
    assert measure_by_key("aht", rows[completed].calls) == expected["call_based_handle_s"]
    busy = {name: row.busy.total_seconds() for name, row in rows.items()}
    waiting = {name: row.waiting.total_seconds() for name, row in rows.items()}
    assert busy == expected["interval_based_busy_s"]
    assert waiting == expected["interval_based_waiting_s"]


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-01T{clock}").replace(tzinfo=UTC)


# Contacts


def test_that_a_call_that_was_passed_on_is_a_call_of_each_queue_and_one_of_the_site(
    cases: dict[str, Any],
) -> None:
    case = cases["ED-XFER"]
    expected = case["expected"]
    legs: list[CallRecord] = []
    for leg in case["inputs"]["legs"]:
        record = replace(
            a_record(leg["queue"], queue_id=leg["queue"], wait_s=leg["wait_s"]),
            talk=seconds(leg["talk_s"]),
            wrap_up=seconds(leg["acw_s"]),
            transferred=leg["outcome"] == "transferred",
            contact="the caller",
        )
        legs.append(record)
        sums, of_queue = totals_of(record), expected[f"queue_{leg['queue']}"]
        assert (sums.offered, sums.answered) == (of_queue["offered"], of_queue["answered"])
        assert measure_by_key("aht", sums) == of_queue["handle_s"]
    site = expected["site"]
    counts = contact_totals(contacts_of(legs))
    sums = Sums(calls=added(map(totals_of, legs)), contacts=counts)
    assert counts.contacts == site["offered_unique"]
    assert counts.visits == sums.calls.offered == site["segments"]
    assert measure_by_key("transfer_rate", sums) == site["transfer_rate_segments"]
    assert counts.waited == seconds(site["customer_total_wait_s"])
    assert measure_by_key("handle_contact", sums) == site["handle_per_contact_s"]


def test_that_who_accepts_to_be_called_back_is_a_flow_out(cases: dict[str, Any]) -> None:
    case = cases["ED-CB"]
    wait_s = case["inputs"]["queue_wait_before_request_s"]
    sums = totals_of(a_record(ending=Ending.LEFT_BY_KEY, wait_s=wait_s))
    assert bool(sums.abandoned) is case["expected"]["abandoned"]
    assert sums.offered == case["expected"]["offered"]
    assert case["expected"]["live_asa_contribution"] == "excluded"
    assert (sums.waits_known, sums.wait_of_answered) == (0, timedelta())
    assert measure_by_key("flow_out", sums) == 1


@pytest.mark.parametrize("case_id", ["FCR-CCD-50", "FCR-CCD-100"])
def test_that_the_share_of_single_calls_is_as_published(
    cases: dict[str, Any], case_id: str
) -> None:
    case = cases[case_id]
    calls = [
        replace(a_record(f"{name}{number}"), caller_number=name)
        for name, count in case["inputs"]["calls_by_customer"].items()
        for number in range(count)
    ]
    assert single_call_share(contacts_of(calls)) == near(case["exact"])


# Agents' time


def spells_of(*states: tuple[AgentState, float], agent_id: str = "a1") -> list[AgentSpell]:
    found, began = [], NOON
    for number, (state, length_s) in enumerate(states):
        ended = began + seconds(length_s)
        found.append(
            AgentSpell(
                fact_id=FactId(f"{agent_id} {number}"),
                agent_id=AgentId(agent_id),
                state=state,
                began_at=began,
                ended_at=ended,
            )
        )
        began = ended
    return found


def test_that_occupancy_of_signed_on_time_is_as_published(cases: dict[str, Any]) -> None:
    case = cases["OC-CX-75"]
    inputs = case["inputs"]
    rest_s = inputs["signed_on_s"] - inputs["talk_s"] - inputs["acw_s"]
    signed_on = spells_of(
        (AgentState.IN_CALL, inputs["talk_s"]),
        (AgentState.WRAP_UP, inputs["acw_s"]),
        (AgentState.ON_BREAK, rest_s / 2),
        (AgentState.FREE, rest_s / 2),
    )
    sums = Sums(time=time_of(signed_on))
    assert measure_by_key("occupancy_logged_in", sums) == near(case["exact"])
    # What divides by it understates how busy agents were between their breaks.
    assert measure_by_key("occupancy", sums) == near(6 / 7)


def test_that_an_agent_of_two_queues_is_one_agent(cases: dict[str, Any]) -> None:
    case = cases["ED-MULTIQ"]
    inputs, expected = case["inputs"], case["expected"]
    agent = spells_of(
        *((AgentState.IN_CALL, handled_s) for handled_s in inputs["handle_s"].values()),
        (AgentState.FREE, inputs["idle_s"]),
    )
    time = time_of(agent)
    assert time.logged_in == seconds(inputs["agent_logged_s"])
    assert time.logged_in != seconds(expected["sum_of_queue_logged_s_is_wrong"])
    assert measure_by_key("occupancy", Sums(time=time)) == near(expected["site_occupancy"])
    of_a = seconds(inputs["handle_s"]["a"])
    assert of_a / time.logged_in == near(expected["queue_a_handle_share"])
