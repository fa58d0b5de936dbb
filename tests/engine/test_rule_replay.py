"""What a rule would have said of the past is what it would have said live."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wallboard.domain.alert import Condition, Join, Limits, Rule, RuleId, Subject, SubjectKind
from wallboard.domain.severity import Severity
from wallboard.engine.alert_life import fires
from wallboard.engine.alerts import SETTLING, Alerts, Evaluation, advance
from wallboard.engine.rule_book import RuleBook, judged, reach_of, severities_of
from wallboard.engine.rule_replay import Course, Run, Slots, preview_of, runs_of

MINUTE: Final = timedelta(minutes=1)
NOON: Final = datetime(2026, 11, 22, 12, tzinfo=UTC)
MINUTES: Final = Slots(begin=NOON, length=MINUTE)
GOOD: Final = 30.0
"""Between all limits, by more than any margin."""

Past: TypeAlias = list[tuple[float | None, ...]]
"""The readings of each minute."""


def a_rule(*limits: Limits, join: Join = Join.ALL, lasting: float = 0, keep: float = 0) -> Rule:
    """Return a rule that looks at the readings `0`, `1`, ...; its times are minutes."""
    return Rule(
        rule_id=RuleId("r"),
        name="r",
        kind=SubjectKind.QUEUE,
        conditions=tuple(Condition(reading=str(at), limits=each) for at, each in enumerate(limits)),
        join=join,
        lasting=lasting * MINUTE,
        keep=keep * MINUTE,
    )


def replayed(past: Past, rule: Rule) -> list[Run]:
    """Return the alerts of what a database would tell of it: only of what may be bad."""
    of_all = all if rule.join is Join.ALL else any
    told = [
        (at, row)
        for at, row in enumerate(past)
        if of_all(
            value is not None and reached(condition.limits, value)
            for condition, value in zip(rule.conditions, row, strict=True)
        )
    ]
    columns = [[row[at] for _, row in told] for at in range(len(rule.conditions))]
    return runs_of("q0", Course(numbers=[at for at, _ in told], readings=columns), rule, MINUTES)


def reached(limits: Limits, reading: float) -> bool:
    low, high = reach_of(limits)
    return (low is not None and reading <= low) or (high is not None and reading >= high)


def lived(past: Past, rule: Rule, ticks: int) -> list[Run]:
    """Return the alerts as they come live, evaluated so many times in a minute."""
    book, alerts, step = RuleBook([rule]), Alerts(), MINUTE / ticks
    calm = ((GOOD,) * len(rule.conditions),)
    after = (rule.keep // MINUTE + 2) * calm
    runs: list[Run] = []
    begin: datetime | None = None
    worst = Severity.CALM
    at = NOON - SETTLING * step
    for row in (*calm * SETTLING, *(row for row in (*past, *after) for _ in range(ticks))):
        readings = {str(key): value for key, value in enumerate(row)}
        told = {SubjectKind.QUEUE: {Subject("q0"): readings}}
        alerts, _ = advance(
            alerts, book, Evaluation(at=at, seen=True, longest=MINUTE, readings=told)
        )
        alert = alerts.live.get((rule.rule_id, Subject("q0")))
        if alert is not None and fires(alert):
            begin, worst = begin or at, max(worst, alert.severity)
        elif begin is not None:
            runs.append(Run(subject="q0", begin=begin, end=at, worst=worst))
            begin, worst = None, Severity.CALM
        at += step
    return runs


@pytest.mark.parametrize(
    ("readings", "lasting", "keep", "runs"),
    [
        ("70 10 10", 0, 0, [(0, 1)]),
        ("70 70 10 70", 0, 0, [(0, 2), (3, 4)]),
        ("70 70 10 70", 0, 2, [(0, 6)]),
        ("70 10 70 70 70", 2, 0, [(4, 5)]),
        ("70 70 10", 2, 0, []),  # it was over when it would have fired
        ("70 10 70 10 70", 2, 3, []),  # one good minute takes back what has not fired
        ("10 10", 0, 0, []),
        ("10 70 10 70", 0, 0, [(1, 2), (3, 4)]),
        ("70 58 10", 0, 0, [(0, 2)]),  # inside the limit, but not by the margin
        ("70 55 10", 0, 0, [(0, 2)]),
        ("70 10 58 58", 0, 0, [(0, 1)]),  # nor is it bad again before it is beyond the limit
    ],
)
def test_that_the_past_is_replayed_by_the_minute(
    readings: str, lasting: int, keep: int, runs: list[tuple[int, int]]
) -> None:
    rule = a_rule(Limits(high_warning=60, margin=5), lasting=lasting, keep=keep)
    past: Past = [(float(text),) for text in readings.split()]
    told = [
        ((run.begin - NOON) // MINUTE, (run.end - NOON) // MINUTE) for run in replayed(past, rule)
    ]
    assert told == runs


@pytest.mark.parametrize(
    ("readings", "lasting", "keep", "worst", "minutes"),
    [
        ("70 70 130 70 130 70", 1, 0, Severity.WARNING, 5),  # never worse for long enough
        ("70 70 130 130 70", 1, 0, Severity.CRITICAL, 4),
        ("0 70 7", 0, 1, Severity.CRITICAL, 4),  # still held critical: not good by the margin
        ("0 70 70 7", 0, 1, Severity.CRITICAL, 4),  # a warning by then: there is no other limit
    ],
)
def test_that_it_becomes_worse_and_better_as_it_would_have_live(
    readings: str, lasting: int, keep: int, worst: Severity, minutes: int
) -> None:
    limits = Limits(low_critical=5, high_warning=60, high_critical=120, margin=5)
    rule = a_rule(limits, lasting=lasting, keep=keep)
    past: Past = [(float(text),) for text in readings.split()]
    told = replayed(past, rule)
    assert [(run.worst, (run.end - run.begin) // MINUTE) for run in told] == [(worst, minutes)]
    assert told == lived(past, rule, ticks=1)


LIMITS: Final = st.builds(
    Limits,
    low_critical=st.sampled_from((None, 5.0)),
    low_warning=st.sampled_from((None, 10.0)),
    high_warning=st.sampled_from((None, 60.0)),
    high_critical=st.sampled_from((None, 120.0)),
    margin=st.sampled_from((0.0, 5.0, 15.0)),
)
READINGS: Final = st.sampled_from(
    (
        0.0,
        5.0,
        7.0,
        10.0,
        12.0,
        25.0,
        GOOD,
        45.0,
        55.0,
        58.0,
        60.0,
        61.0,
        105.0,
        118.0,
        120.0,
        130.0,
    )
)


def weeks(width: int) -> st.SearchStrategy[Past]:
    """Return pasts in which readings stay for some minutes, and come back."""
    stretch = st.tuples(st.tuples(*[READINGS] * width), st.integers(1, 6))
    return st.lists(stretch, max_size=60).map(
        lambda stretches: [row for row, minutes in stretches for _ in range(minutes)]
    )


@given(past=weeks(1), limits=LIMITS, lasting=st.integers(0, 9), keep=st.integers(0, 9))
@settings(max_examples=150, deadline=None)
def test_that_the_past_says_what_the_live_rule_says(
    past: Past, limits: Limits, lasting: int, keep: int
) -> None:
    rule = a_rule(limits, lasting=lasting / 2, keep=keep / 2)
    assert replayed(past, rule) == lived(past, rule, ticks=2)


@given(
    past=weeks(2),
    limits=st.tuples(LIMITS, LIMITS),
    join=st.sampled_from(Join),
    lasting=st.integers(0, 4),
    keep=st.integers(0, 4),
)
@settings(max_examples=150, deadline=None)
def test_that_so_it_does_of_several_conditions(
    past: Past, limits: tuple[Limits, Limits], join: Join, lasting: int, keep: int
) -> None:
    rule = a_rule(*limits, join=join, lasting=lasting, keep=keep)
    assert replayed(past, rule) == lived(past, rule, ticks=1)


@given(
    past=st.lists(st.tuples(*[st.none() | READINGS] * 2), max_size=20),
    limits=st.tuples(LIMITS, LIMITS),
    join=st.sampled_from(Join),
    one=st.booleans(),
)
@settings(max_examples=150, deadline=None)
def test_that_many_readings_are_judged_as_each_is(
    past: Past, limits: tuple[Limits, Limits], join: Join, one: bool
) -> None:
    rule = a_rule(*limits[: 2 - one], join=join)
    rows = [row[: 2 - one] for row in past]
    columns = [[row[at] for row in rows] for at in range(2 - one)]
    for held in Severity:
        told = [
            judged(rule, {str(at): value for at, value in enumerate(row)}, held) for row in rows
        ]
        assert severities_of(rule, columns, held) == [each or Severity.CALM for each in told]


def test_that_half_hours_are_replayed_as_minutes_are() -> None:
    rule = a_rule(Limits(low_warning=0.7), lasting=2, keep=5)
    half = timedelta(minutes=30)
    course = Course(numbers=[3, 4, 6], readings=[[0.5, 0.6, 0.5]])
    (one, other) = runs_of("q0", course, rule, Slots(begin=NOON, length=half))
    assert (one.begin, one.end) == (NOON + 3 * half + 2 * MINUTE, NOON + 5 * half + 5 * MINUTE)
    assert other.begin == NOON + 6 * half + 2 * MINUTE


def test_that_what_says_too_much_is_a_plague() -> None:
    course = Course(numbers=range(0, 240, 2), readings=[[70.0] * 120])
    runs = runs_of("q0", course, a_rule(Limits(high_warning=60)), MINUTES)
    preview = preview_of(runs, timedelta(days=2), MINUTE)
    assert preview.per_day == 60
    assert preview.plague
    assert preview.flapping == 119
    assert preview.by_subject == (("q0", 120),)
    assert preview_of([], timedelta(), MINUTE).per_day is None


def test_that_what_is_told_is_in_order_of_time() -> None:
    course = Course(numbers=[1, 5], readings=[[70.0, 130.0]])
    rule = a_rule(Limits(high_warning=60, high_critical=120))
    runs = [run for name in ("q1", "q0") for run in runs_of(name, course, rule, MINUTES)]
    preview = preview_of(runs, timedelta(days=1), MINUTE)
    told = [((run.begin - NOON) // MINUTE, run.subject) for run in preview.runs]
    assert told == [(1, "q0"), (1, "q1"), (5, "q0"), (5, "q1")]
    assert preview.critical == 2


@given(past=weeks(1))
@settings(max_examples=60, deadline=None)
def test_that_replayed_alerts_never_overlap_and_last_as_long_as_they_say(past: Past) -> None:
    runs = replayed(past, a_rule(Limits(high_warning=60, high_critical=120)))
    bad = sum(row[0] is not None and row[0] > 60 for row in past)
    assert sum(((run.end - run.begin) // MINUTE for run in runs), 0) == bad
    assert all(one.end < other.begin for one, other in pairwise(runs))
