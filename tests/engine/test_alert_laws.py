"""What holds for alerts in every timeline: outages, restarts, jumping clocks, coming and going."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from wallboard.domain.alert import (
    Alert,
    Announcement,
    Condition,
    Hand,
    Handling,
    Limits,
    News,
    Rule,
    RuleId,
    Stage,
    Subject,
    SubjectKind,
)
from wallboard.domain.severity import Severity
from wallboard.engine.alert_life import fires
from wallboard.engine.alerts import SETTLING, Alerts, Evaluation, advance, taken_up, to_show
from wallboard.engine.rule_book import RuleBook

BEGIN = datetime(2026, 3, 21, 8, tzinfo=UTC)
SECOND = timedelta(seconds=1)
QUEUES = tuple(Subject(f"q{number}") for number in range(3))
LOST = Rule(
    rule_id=RuleId("lost"),
    name="Source lost",
    kind=SubjectKind.SOURCE,
    conditions=(Condition(reading="lost", limits=Limits(high_critical=0)),),
)


def a_rule(name: str, warning: float, lasting: int, keep: int, margin: float) -> Rule:
    limits = Limits(high_warning=warning, high_critical=warning + 20, margin=margin)
    return Rule(
        rule_id=RuleId(name),
        name=name,
        kind=SubjectKind.QUEUE,
        conditions=(Condition(reading="x", limits=limits),),
        lasting=lasting * SECOND,
        keep=keep * SECOND,
    )


RULES = st.lists(
    st.tuples(
        st.sampled_from((10.0, 30.0, 50.0)),
        st.integers(0, 4),
        st.integers(0, 4),
        st.sampled_from((0.0, 5.0)),
    ),
    min_size=1,
    max_size=3,
).map(lambda told: (LOST, *(a_rule(f"r{number}", *one) for number, one in enumerate(told))))
READING = st.one_of(st.none(), st.sampled_from((0.0, 9.0, 20.0, 31.0, 49.0, 60.0, 80.0)))
TICK = st.tuples(
    st.booleans() | st.just(True),
    st.tuples(READING, READING, READING),
    st.sampled_from((1, 1, 1, 1, 2, 0, -3600, 3600)),
)
TIMELINE = st.lists(TICK, min_size=1, max_size=40)

Timeline: TypeAlias = list[tuple[bool, tuple[float | None, ...], int]]


def evaluations(timeline: Timeline) -> list[Evaluation]:
    at, made = BEGIN, []
    for seen, readings, step in timeline:
        at += step * SECOND
        subjects = {} if not seen else dict(zip(QUEUES, readings, strict=True))
        made.append(
            Evaluation(
                at=at,
                seen=seen,
                longest=3 * SECOND,
                readings={
                    SubjectKind.QUEUE: {key: {"x": told} for key, told in subjects.items()},
                    SubjectKind.SOURCE: {Subject(""): {"lost": 0.0 if seen else 1.0}},
                },
            )
        )
    return made


def lived(
    rules: tuple[Rule, ...], timeline: list[Evaluation]
) -> list[tuple[Alerts, tuple[Announcement, ...]]]:
    alerts, book, steps = Alerts(), RuleBook(rules), []
    for evaluation in timeline:
        alerts, said = advance(alerts, book, evaluation)
        steps.append((alerts, said))
    return steps


def of_queues(alerts: Alerts) -> dict[object, Alert]:
    return {key: alert for key, alert in alerts.live.items() if key[0] != LOST.rule_id}


@settings(max_examples=300)
@given(rules=RULES, timeline=TIMELINE)
def test_that_nothing_known_fires_nothing_and_ends_nothing(
    rules: tuple[Rule, ...], timeline: Timeline
) -> None:
    before = Alerts()
    made = evaluations(timeline)
    for evaluation, (alerts, said) in zip(made, lived(rules, made), strict=True):
        if not evaluation.seen:
            assert not [one for one in said if one.alert.rule_id != LOST.rule_id]
            assert of_queues(alerts).keys() == of_queues(before).keys()
            for key, alert in of_queues(alerts).items():
                was = of_queues(before)[key]
                assert (alert.stage, alert.severity, alert.held) == (
                    was.stage,
                    was.severity,
                    was.held,
                )
                assert not alert.evaluated
        before = alerts


@settings(max_examples=300)
@given(rules=RULES, timeline=TIMELINE)
def test_that_an_outage_is_one_alert(rules: tuple[Rule, ...], timeline: Timeline) -> None:
    lost = False
    for evaluation, (alerts, said) in zip(
        made := evaluations(timeline), lived(rules, made), strict=True
    ):
        fired = [one for one in said if one.alert.rule_id == LOST.rule_id]
        if not evaluation.seen and not lost:
            assert [one.news for one in said if one.news is not News.UNSTABLE] in (
                [News.FIRED],
                [],
            )
        lost = not evaluation.seen
        assert len(fired) <= 1
        if lost:
            assert fires(alerts.live[LOST.rule_id, Subject("")])


@settings(max_examples=300)
@given(rules=RULES, timeline=TIMELINE)
def test_that_each_firing_is_told_once_and_ends_once(
    rules: tuple[Rule, ...], timeline: Timeline
) -> None:
    open_ones: set[object] = set()
    for _, said in lived(rules, evaluations(timeline)):
        for one in said:
            match one.news:
                case News.FIRED:
                    assert one.alert.key not in open_ones
                    open_ones.add(one.alert.key)
                case News.UNSTABLE:
                    open_ones.add(one.alert.key)
                case News.OVER:
                    open_ones.remove(one.alert.key)
                case _:
                    assert one.alert.key in open_ones


@settings(max_examples=300)
@given(rules=RULES, timeline=TIMELINE, cut=st.integers(0, 40))
def test_that_a_restart_announces_nothing_twice_and_forgets_nothing(
    rules: tuple[Rule, ...], timeline: Timeline, cut: int
) -> None:
    made = evaluations(timeline)
    whole = lived(rules, made)
    cut = min(cut, len(made))
    kept = whole[cut - 1][0] if cut else Alerts()
    # As it is stored: a list of alerts, and what is needed to go on.
    stored = msgspec.json.encode((tuple(kept.live.values()), kept.at, kept.pictures))
    alerts, at, pictures = msgspec.json.decode(
        stored, type=tuple[tuple[Alert, ...], datetime | None, int]
    )
    again = Alerts(live={alert.key: alert for alert in alerts}, at=at, pictures=pictures)
    assert again == kept
    book = RuleBook(rules)
    for evaluation, (after, said) in zip(made[cut:], whole[cut:], strict=True):
        again, repeated = advance(again, book, evaluation)
        assert (again, repeated) == (after, said)


@settings(max_examples=300)
@given(rules=RULES, timeline=TIMELINE)
def test_that_pictures_that_settle_begin_nothing(
    rules: tuple[Rule, ...], timeline: Timeline
) -> None:
    pictures, before = 0, Alerts()
    made = evaluations(timeline)
    for evaluation, (alerts, _) in zip(made, lived(rules, made), strict=True):
        if pictures < SETTLING:
            assert of_queues(alerts).keys() <= of_queues(before).keys()
        pictures = pictures + 1 if evaluation.seen else 0
        before = alerts


@settings(max_examples=300)
@given(rules=RULES, timeline=TIMELINE)
def test_that_a_clock_that_was_set_makes_no_time(
    rules: tuple[Rule, ...], timeline: Timeline
) -> None:
    book = RuleBook(rules)
    made = evaluations(timeline)
    before = Alerts()
    for alerts, _ in lived(rules, made):
        for key, alert in alerts.live.items():
            was = before.live.get(key)
            if was is not None and alert.stage is was.stage:
                assert alert.held - was.held <= 3 * SECOND
            if fires(alert) and (was is None or not fires(was)):
                lasting = book.rules[alert.rule_id].lasting
                waited = was.held if was is not None and was.stage is Stage.PENDING else 0 * SECOND
                assert waited + 3 * SECOND >= lasting
        before = alerts


@settings(max_examples=300)
@given(
    rules=RULES,
    timeline=TIMELINE,
    when=st.integers(0, 39),
    minutes=st.integers(0, 2),
    handling=st.sampled_from((Handling.ACKNOWLEDGED, Handling.SHELVED)),
)
def test_that_a_hand_is_taken_off_in_time_and_when_it_gets_worse(
    rules: tuple[Rule, ...], timeline: Timeline, when: int, minutes: int, handling: Handling
) -> None:
    alerts, book = Alerts(), RuleBook(rules)
    for number, evaluation in enumerate(evaluations(timeline)):
        before = alerts
        alerts, said = advance(alerts, book, evaluation)
        for key, alert in alerts.live.items():
            was = before.live.get(key)
            if was is None or was.hand is None:
                continue
            if alert.hand is not None:
                assert evaluation.at < alert.hand.until
                assert not (fires(was) and alert.severity > was.severity)
                quiet = [one.silent for one in said if one.alert.key == key]
                assert all(quiet) or handling is Handling.ACKNOWLEDGED
            elif fires(was) and fires(alert) and not alert.unstable:
                told = [one.news for one in said if one.alert.key == key]
                assert News.FREE_AGAIN in told or News.STEADY in told or was.unstable
        if number == when:
            for key in before.live.keys() & alerts.live.keys():
                until = evaluation.at + minutes * 60 * SECOND
                hand = Hand(handling=handling, who="Karimi", at=evaluation.at, until=until)
                alerts = taken_up(alerts, key, hand)


@settings(max_examples=200)
@given(rules=RULES, timeline=TIMELINE)
def test_that_the_same_timeline_makes_the_same_alerts(
    rules: tuple[Rule, ...], timeline: Timeline
) -> None:
    made = evaluations(timeline)
    assert lived(rules, made) == lived(rules, made)
    for alerts, _ in lived(rules, made):
        order = to_show(alerts)
        assert sorted(order, key=lambda one: -one.severity) == list(order)


def test_that_fifty_queues_by_six_rules_and_one_outage_are_exactly_one_alert() -> None:
    rules = (LOST, *(a_rule(f"r{number}", 10.0 * number, 0, 0, 0.0) for number in range(1, 7)))
    subjects = {Subject(f"q{number}"): {"x": 5.0} for number in range(50)}
    alerts, book, said_in_all = Alerts(), RuleBook(rules), []
    for number in range(30):
        lost = 10 <= number < 20
        evaluation = Evaluation(
            at=BEGIN + number * SECOND,
            seen=not lost,
            longest=3 * SECOND,
            readings={
                SubjectKind.QUEUE: {} if lost else subjects,
                SubjectKind.SOURCE: {Subject(""): {"lost": float(lost)}},
            },
        )
        alerts, said = advance(alerts, book, evaluation)
        said_in_all += said
    assert [(one.news, one.alert.rule_id) for one in said_in_all] == [
        (News.FIRED, LOST.rule_id),
        (News.OVER, LOST.rule_id),
    ]


def test_that_a_muted_rule_is_watched_in_silence() -> None:
    rule = replace(a_rule("quiet", 10.0, 0, 0, 0.0), muted=True)
    made = evaluations([(True, (0.0, 0.0, 0.0), 1)] * 3 + [(True, (20.0, 0.0, 0.0), 1)])
    alerts, said = lived((LOST, rule), made)[-1]
    assert [(one.news, one.silent) for one in said] == [(News.FIRED, True)]
    assert [alert.severity for alert in to_show(alerts)] == [Severity.WARNING]
