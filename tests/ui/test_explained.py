"""An explained figure reads as a sum that anybody can do again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from support.explanations import BEGIN, CALLS, END, TARGET, ZONE, explanation
from support.looks import wording_in

from wallboard.domain.measuring import LevelKind, LevelProfile
from wallboard.engine.kpi import KPI_BY_KEY, KPIS, Kpi
from wallboard.engine.windows import Window, WindowKind, range_window
from wallboard.ui.explained import (
    coverage_words,
    formula,
    part_words,
    profile_words,
    refusal_words,
    sample_words,
    target_of,
    value_words,
    window_words,
)
from wallboard.ui.kpi_parts import PARTS
from wallboard.ui.wording import english

ENGLISH = english()


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("service_level", "Service level 71.4% = 35 answered within 20 s ÷ 49 offered"),
        ("asa", "Average speed of answer 14.4 s = 0:10:50 of waiting ÷ 45 answered"),
        ("abandon_rate", "Abandonment rate 8.2% = 4 abandoned ÷ 49 that left the queue"),
        ("att", "Average talk time 1:00 = 0:45:00 of talk ÷ 45 handled"),
        ("arrival_rate", "Call arrival rate 12.2 an hour = 49 offered ÷ 4.00 hours"),
        ("offered", "Offered 49"),
        ("wait_p90", "Wait, 90th percentile 30.0 s"),
    ],
)
def test_that_the_formula_has_the_numbers_in_it(key: str, said: str) -> None:
    assert formula(explanation(key), TARGET, ENGLISH) == said


def test_that_without_one_target_the_formula_names_none() -> None:
    assert "within the target" in formula(explanation("service_level"), None, ENGLISH)
    other = replace(CALLS[0], target=timedelta(seconds=30))
    assert target_of(CALLS) == TARGET
    assert target_of((*CALLS, other)) is None
    assert target_of(()) is None


def test_that_an_undefined_figure_is_a_dash() -> None:
    told = explanation("service_level", ())
    assert value_words(told.kpi, told.value, ENGLISH) == "—"


def test_that_every_ratio_of_the_table_has_words_for_its_parts() -> None:
    ratios = {kpi.key for kpi in KPIS if kpi.below is not None} - {"service_level"}
    assert ratios == PARTS.keys()


@pytest.mark.parametrize("kpi", KPIS, ids=lambda kpi: kpi.key)
@pytest.mark.parametrize("language", ["en", "fa"])
def test_that_every_figure_can_be_told(kpi: Kpi, language: str) -> None:
    wording = wording_in(language)
    told = explanation(kpi.key)
    assert formula(told, TARGET, wording)
    assert all("{" not in part for part in part_words(told, TARGET, wording))


def test_that_in_persian_numbers_keep_their_own_direction() -> None:
    said = formula(explanation("asa"), TARGET, wording_in("fa"))
    assert "\u2066۰:۱۰:۵۰\u2069" in said
    assert "\u2066۴۵\u2069" in said


def test_that_few_calls_are_said_to_be_few() -> None:
    assert sample_words(explanation("service_level"), ENGLISH) == "49"
    few = sample_words(explanation("service_level", CALLS[:4]), ENGLISH)
    assert few == "4: too few to judge by"
    assert sample_words(explanation("occupancy"), ENGLISH) == ""


def test_that_gaps_are_told_with_their_lengths() -> None:
    whole = explanation("asa").coverage
    assert coverage_words(whole, ZONE, ENGLISH) == "All of this time was watched."
    holes = explanation("asa", watched=((0, 60), (72, 240))).coverage
    said = coverage_words(holes, ZONE, ENGLISH)
    assert said == "95.0% of this time was watched; not seen: 09:00–09:12 (12:00)."
    many = explanation("asa", watched=[(at, at + 5) for at in range(0, 240, 10)]).coverage
    assert "21 more" in coverage_words(many, ZONE, ENGLISH)
    assert "not known" in coverage_words(None, ZONE, ENGLISH)


def test_that_a_window_is_told_on_the_site_s_clock_and_calendar() -> None:
    window = range_window(BEGIN, END)
    assert window_words(window, ZONE, ENGLISH) == "2026-11-22 08:00 to 12:00"
    assert "۱۴۰۵/۰۹/۰۱ ۰۸:۰۰" in window_words(window, ZONE, wording_in("fa"))
    night = Window(
        kind=WindowKind.SHIFT, begin=BEGIN, end=BEGIN + timedelta(days=1), name="N\u202eight"
    )
    said = window_words(night, ZONE, ENGLISH)
    assert said == "\u2068Night\u2069: 2026-11-22 08:00 to 2026-11-23 08:00"


def test_that_a_refused_figure_says_what_to_do() -> None:
    profiles = [LevelProfile(), LevelProfile(kind=LevelKind.AMAZON)]
    told = explanation("service_level", profiles=profiles)
    said = refusal_words(told, ENGLISH)
    assert "sl_offered" in said
    assert "sl_amazon" in said
    assert "Choose queues" in said
    assert formula(told, TARGET, ENGLISH) == "Service level —"
    assert refusal_words(explanation("service_level"), ENGLISH) == ""


def test_that_a_profile_is_told_with_its_switches() -> None:
    profile = LevelProfile(kind=LevelKind.GENESYS, flow_outs=True, no_abandons=True)
    said = profile_words(profile, ENGLISH)
    assert said == "Service level as Genesys (flow-outs counted, all abandons left out)"


def test_that_a_long_mean_is_told_in_hours() -> None:
    assert value_words(KPI_BY_KEY["asa"], 3725.0, ENGLISH) == "1:02:05"
    assert value_words(KPI_BY_KEY["asa"], 125.0, ENGLISH) == "2:05"
    assert value_words(KPI_BY_KEY["asa"], 59.94, ENGLISH) == "59.9 s"
