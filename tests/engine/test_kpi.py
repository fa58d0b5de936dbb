from __future__ import annotations

import json
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from support.clocks import NOON
from support.snapshots import TARGET, a_record, totals

from wallboard.domain.facts import Ending
from wallboard.domain.totals import NOTHING, Totals, totals_of
from wallboard.engine.kpi import KPI_BY_KEY, KPIS, Unit, decided, enough, measure, measure_by_key


def seconds(value: float) -> timedelta:
    return timedelta(seconds=value)


@pytest.mark.parametrize("kpi", KPIS, ids=lambda kpi: kpi.key)
def test_that_without_calls_a_count_is_zero_and_a_ratio_is_undefined(kpi: Any) -> None:
    expected = 0 if kpi.unit is Unit.COUNT else None
    assert measure(kpi, NOTHING) == expected


@pytest.mark.parametrize("kpi", KPIS, ids=lambda kpi: kpi.key)
@given(one=totals)
def test_that_a_kpi_is_never_divided_by_nothing(kpi: Any, one: Totals) -> None:
    value = measure(kpi, one)
    assert value is None or isinstance(value, (int, float))
    if kpi.denominator is not None and kpi.denominator(one) == 0:
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
            Totals(offered=13, answered_in_target=8, waiting=2, undecided=2, unknown=1),
            0.8,
        ),
        ("service_level", Totals(offered=2, waiting=2, undecided=2), None),
        ("service_level", Totals(offered=2, unknown=2), None),
        ("abandon_rate", Totals(offered=12, abandoned=1, waiting=1, unknown=1), 0.1),
        ("answer_rate", Totals(offered=12, answered=9, waiting=1, unknown=1), 0.9),
        ("asa", Totals(answered=5, waits_known=4, wait_of_answered=seconds(30)), 7.5),
        ("ata", Totals(abandoned=4, wait_of_abandoned=seconds(30)), 7.5),
        ("att", Totals(answered=5, handled=4, talk=seconds(30), hold=seconds(9)), 7.5),
        (
            "aht",
            Totals(handled=4, talk=seconds(30), hold=seconds(6), wrap_up=seconds(4)),
            10.0,
        ),
        ("unknown", Totals(offered=3, unknown=3), 3),
    ],
)
def test_that_a_kpi_is(key: str, given_totals: Totals, expected: float | None) -> None:
    assert measure_by_key(key, given_totals) == expected


def test_that_a_queue_without_a_target_has_no_service_level() -> None:
    told = [
        a_record(f"f{number}", ending, target=None)
        for number, ending in enumerate([Ending.ANSWERED, Ending.ABANDONED, Ending.UNKNOWN] * 5)
    ]
    sums = sum(map(totals_of, told), NOTHING)
    assert decided(sums) == 0
    assert measure_by_key("service_level", sums) is None
    assert not enough("service_level", sums)


def test_that_a_count_is_always_enough_to_go_by() -> None:
    assert enough("offered", NOTHING)


# What is printed elsewhere or follows from the definitions, from the shared folder.


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


def test_that_the_strictest_service_level_is_as_published(cases: dict[str, Any]) -> None:
    case = cases["SL-CIS-NEG"]
    inputs = case["inputs"]
    given_totals = Totals(
        offered=inputs["service_level_events"],
        answered=inputs["answered_within_threshold"],
        answered_in_target=inputs["answered_within_threshold"],
        abandoned=inputs["abandoned_within_threshold"],
    )
    assert measure_by_key("service_level", given_totals) == pytest.approx(case["exact"], abs=1e-9)


@pytest.mark.parametrize("case_id", ["AHT-CA-525", "AHT-AC-140"])
def test_that_the_handle_time_is_as_published(cases: dict[str, Any], case_id: str) -> None:
    case = cases[case_id]
    inputs = case["inputs"]
    given_totals = Totals(
        handled=inputs["handled"],
        talk=seconds(inputs["talk_s"]),
        hold=seconds(inputs["hold_s"]),
        wrap_up=seconds(inputs["acw_s"]),
    )
    assert measure_by_key("aht", given_totals) == pytest.approx(case["exact"], abs=1e-9)


@pytest.mark.parametrize(
    ("case_id", "key"), [("ED-ZERO-SL", "service_level"), ("ED-ZERO-ASA", "asa")]
)
def test_that_without_calls_a_figure_is_undefined(
    cases: dict[str, Any], case_id: str, key: str
) -> None:
    assert cases[case_id]["expected"] is None
    assert measure_by_key(key, NOTHING) is None


def test_that_with_everybody_abandoned_the_level_is_zero_and_the_speed_undefined(
    cases: dict[str, Any],
) -> None:
    case = cases["ED-ALLAB"]
    told = [
        a_record(f"f{number}", Ending.ABANDONED, wait_s=3)
        for number in range(case["inputs"]["offered"])
    ]
    sums = sum(map(totals_of, told), NOTHING)
    assert measure_by_key("service_level", sums) == case["expected"]["negative"]
    assert measure_by_key("abandon_rate", sums) == 1.0
    assert measure_by_key("asa", sums) is None


def test_that_a_wait_equal_to_the_target_is_inside(cases: dict[str, Any]) -> None:
    case = cases["ED-INCL"]
    target = seconds(case["inputs"]["T"])
    told = [
        a_record(f"f{number}", wait_s=wait, target=target)
        for number, wait in enumerate(case["inputs"]["waits_answered"])
    ]
    level = measure_by_key("service_level", sum(map(totals_of, told), NOTHING))
    assert level == pytest.approx(case["expected"]["negative"], abs=1e-9)


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
    sums = sum(intervals, NOTHING)
    expected = case["expected"]
    level, asa = measure_by_key("service_level", sums), measure_by_key("asa", sums)
    assert level == pytest.approx(expected["service_level_negative"], abs=1e-9)
    assert asa == pytest.approx(expected["asa_s"], abs=1e-9)


def test_that_the_level_of_several_sites_is_weighted_by_their_calls(cases: dict[str, Any]) -> None:
    case = cases["RU-TT-836"]
    sites = [
        Totals(offered=site["calls"], answered_in_target=round(site["calls"] * site["sl"]))
        for site in case["inputs"]["sites"]
    ]
    level = measure_by_key("service_level", sum(sites, NOTHING))
    assert level == pytest.approx(case["exact"], abs=1e-9)


def test_that_a_call_that_was_passed_on_is_a_call_of_each_queue(cases: dict[str, Any]) -> None:
    case = cases["ED-XFER"]
    for leg in case["inputs"]["legs"]:
        record = a_record(leg["queue"], wait_s=leg["wait_s"], talk_s=leg["talk_s"])
        sums = totals_of(record) + Totals(wrap_up=seconds(leg["acw_s"]))
        expected = case["expected"][f"queue_{leg['queue']}"]
        assert (sums.offered, sums.answered) == (expected["offered"], expected["answered"])
        assert measure_by_key("aht", sums) == expected["handle_s"]


def test_that_times_are_told_in_seconds() -> None:
    sums = totals_of(a_record(entered_at=NOON, wait_s=1.5, target=TARGET))
    assert measure_by_key("asa", sums) == 1.5
