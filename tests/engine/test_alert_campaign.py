"""The laws of alerts over many random days, each by its seed, all checked at each second.

All of it: `WALLBOARD_CAMPAIGN=full pytest tests/engine/test_alert_campaign.py`, 100,000 days.
"""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final

import msgspec
import pytest
from support.alert_timelines import LONGEST, LOST, SECOND, Second, Timeline, timeline_of
from support.campaign import size_of_campaign

from wallboard.domain.alert import (
    Alert,
    AlertKey,
    Announcement,
    Hand,
    Handling,
    News,
    Rule,
    RuleId,
    Stage,
    SubjectKind,
)
from wallboard.domain.severity import Severity
from wallboard.engine.alert_life import fires
from wallboard.engine.alerts import Alerts, Evaluation, advance, taken_up
from wallboard.engine.rule_book import RuleBook, judged

SHARDS: Final = 4
SETTLES_IN: Final = 2  # pictures
REMEMBERED: Final = 20  # evaluations
DAYS: Final = size_of_campaign(400, 100_000)
TURNS_NEWS: Final = {News.FIRED, News.OVER, News.WORSE, News.BETTER}


@dataclass(slots=True)
class Turns:
    """Whether a rule's conditions were bad, and in which of the last evaluations that turned."""

    bad: bool = False
    last: deque[bool] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    unstable: bool = False

    def take(self, *, bad: bool) -> None:
        self.last.append(bad is not self.bad)
        self.bad = bad
        share = sum(self.last) / REMEMBERED
        self.unstable = share >= (0.25 if self.unstable else 0.3)


class Day:
    """One timeline lived through, with what the laws need to know of the second before."""

    def __init__(self, timeline: Timeline) -> None:
        self.rules = {rule.rule_id: rule for rule in timeline.rules}
        self.book = RuleBook(timeline.rules)
        self.alerts = Alerts()
        self.pictures = 0
        self.open: set[AlertKey] = set()
        self.turns: dict[AlertKey, Turns] = {}
        self.outage: list[Announcement] | None = None
        self.happened: Counter[str] = Counter()

    def live(self, second: Second) -> None:
        if second.restart:
            self.restart()
        before, evaluation = self.alerts, second.evaluation
        if evaluation.seen:
            self.pictures += evaluation.picture
        else:
            self.pictures = 0
        settled = self.pictures > SETTLES_IN
        self.alerts, said = advance(before, self.book, evaluation)
        self.no_data_changes_nothing(before, evaluation, settled=settled)
        self.an_outage_is_one_alert(evaluation, said)
        self.what_is_good_is_not_pending(before, evaluation, settled=settled)
        self.what_settles_begins_nothing(before, said, settled=settled)
        self.what_comes_and_goes_is_one_alert(before, evaluation, said, settled=settled)
        self.the_same_makes_the_same(before, evaluation, said)
        self.hands_come_off(before, evaluation, said)
        self.each_firing_is_told_once(said)
        self.only_watched_time_counts(before)
        self.happened.update(one.news for one in said)
        if second.hand is not None:
            self.take_hand(evaluation, *second.hand)

    def severity(self, rule: Rule, alert: Alert | None, evaluation: Evaluation) -> Severity | None:
        """Return how bad it is by the plain reading of a rule. None if nobody knows."""
        readings = evaluation.readings.get(rule.kind, {})
        held = alert.severity if alert is not None and fires(alert) else Severity.CALM
        subject = alert.subject if alert is not None else next(iter(readings), None)
        return None if subject is None else judged(rule, readings.get(subject, {}), held)

    def no_data_changes_nothing(
        self, before: Alerts, evaluation: Evaluation, *, settled: bool
    ) -> None:
        for key, was in before.live.items():
            rule = self.rules[key[0]]
            known = settled or rule.kind is SubjectKind.SOURCE
            if known and self.severity(rule, was, evaluation) is not None:
                continue
            now = self.alerts.live[key]
            assert not now.evaluated
            assert replace(now, hand=was.hand, evaluated=was.evaluated) == was

    def an_outage_is_one_alert(
        self, evaluation: Evaluation, said: tuple[Announcement, ...]
    ) -> None:
        if evaluation.seen:
            self.outage = None
            return
        if self.outage is None:
            self.outage = []
            self.happened["outage"] += 1
        free_again = [one for one in said if one.news is News.FREE_AGAIN]
        self.outage += [one for one in said if one not in free_again]
        assert {one.alert.rule_id for one in self.outage} <= {LOST.rule_id}
        # What comes and goes may calm down while it lasts.
        assert [one.news for one in self.outage] in (
            [],
            [News.FIRED],
            [News.UNSTABLE],
            [News.STEADY],
            [News.UNSTABLE, News.STEADY],
        )
        lost = self.alerts.live[LOST.rule_id, evaluation_site(evaluation)]
        assert fires(lost)

    def what_is_good_is_not_pending(
        self, before: Alerts, evaluation: Evaluation, *, settled: bool
    ) -> None:
        for key, was in before.live.items():
            rule = self.rules[key[0]]
            if was.stage is not Stage.PENDING or not settled:
                continue
            if self.severity(rule, was, evaluation) is Severity.CALM:
                now = self.alerts.live.get(key)
                assert now is None or now.stage is Stage.NORMAL

    def what_settles_begins_nothing(
        self, before: Alerts, said: tuple[Announcement, ...], *, settled: bool
    ) -> None:
        if settled:
            return
        assert {key for key in self.alerts.live if key[0] != LOST.rule_id} <= set(before.live)
        news = {one.news for one in said if one.alert.rule_id != LOST.rule_id}
        assert news <= {News.FREE_AGAIN}

    def what_comes_and_goes_is_one_alert(
        self,
        before: Alerts,
        evaluation: Evaluation,
        said: tuple[Announcement, ...],
        *,
        settled: bool,
    ) -> None:
        for key in before.live.keys() | self.alerts.live.keys():
            rule, was, now = self.rules[key[0]], before.live.get(key), self.alerts.live.get(key)
            turns = self.turns.setdefault(key, Turns())
            steady = turns.unstable
            if settled or rule.kind is SubjectKind.SOURCE:
                severity = self.severity(rule, was or now, evaluation)
                if was is None and now is not None:
                    severity = judged(rule, evaluation.readings[rule.kind][key[1]])
                if severity is not None:
                    turns.take(bad=severity is not Severity.CALM)
            assert turns.unstable is (now is not None and now.unstable)
            news = [one.news for one in said if one.alert.key == key]
            if steady and turns.unstable:
                assert not TURNS_NEWS & set(news)
                assert now is not None
                assert now.severity
            elif turns.unstable:
                assert news == [News.UNSTABLE]

    def the_same_makes_the_same(
        self, before: Alerts, evaluation: Evaluation, said: tuple[Announcement, ...]
    ) -> None:
        turned = {kind: dict(reversed(rows.items())) for kind, rows in evaluation.readings.items()}
        again, repeated = advance(before, self.book, replace(evaluation, readings=turned))
        assert again == self.alerts
        assert sorted(map(repr, repeated)) == sorted(map(repr, said)) if said else not repeated

    def hands_come_off(
        self, before: Alerts, evaluation: Evaluation, said: tuple[Announcement, ...]
    ) -> None:
        for key, was in before.live.items():
            now = self.alerts.live.get(key)
            if was.hand is None or now is None:
                assert now is None or now.hand is None
                continue
            stands = fires(was) or was.unstable
            over = evaluation.at >= was.hand.until
            worse = stands and fires(now) and now.severity > was.severity
            news = [one for one in said if one.alert.key == key]
            if over or worse:
                assert now.hand is None
                self.happened["hand off"] += 1
                if stands and (fires(now) or now.unstable):
                    assert {News.FREE_AGAIN, News.UNSTABLE} & {one.news for one in news}
            elif stands:
                assert now.hand == was.hand
            if now.hand is not None and now.hand.handling is Handling.SHELVED:
                assert all(one.silent for one in news)

    def each_firing_is_told_once(self, said: tuple[Announcement, ...]) -> None:
        for one in said:
            assert (
                not one.silent or one.alert.hand is not None or self.rules[one.alert.rule_id].muted
            )
            match one.news:
                case News.FIRED:
                    assert one.alert.key not in self.open
                    self.open.add(one.alert.key)
                case News.UNSTABLE:
                    self.open.add(one.alert.key)
                case News.OVER:
                    self.open.remove(one.alert.key)
                case _:
                    assert one.alert.key in self.open

    def only_watched_time_counts(self, before: Alerts) -> None:
        for key, now in self.alerts.live.items():
            was = before.live.get(key)
            if was is not None and was.stage is now.stage:
                assert timedelta() <= now.held - was.held <= LONGEST
            if fires(now) and (was is None or not fires(was)):
                waited = was.held if was is not None and was.stage is Stage.PENDING else 0 * SECOND
                assert waited + LONGEST >= self.rules[key[0]].lasting
        for key, was in before.live.items():
            now = self.alerts.live.get(key)
            if fires(was) and (now is None or not fires(now)):
                good = was.held if was.stage is Stage.RECOVERING else 0 * SECOND
                assert good + LONGEST >= self.rules[key[0]].keep

    def take_hand(self, evaluation: Evaluation, share: float, lasting: int, shelved: bool) -> None:
        keys = sorted(key for key, alert in self.alerts.live.items() if fires(alert))
        if keys:
            hand = Hand(
                handling=Handling.SHELVED if shelved else Handling.ACKNOWLEDGED,
                who="Karimi",
                at=evaluation.at,
                until=evaluation.at + lasting * SECOND,
            )
            self.alerts = taken_up(self.alerts, keys[int(share * len(keys))], hand)

    def restart(self) -> None:
        """Go on from what is kept: the alerts as they stand, and nothing else."""
        self.happened["restart"] += 1
        stored = msgspec.json.encode(tuple(self.alerts.live.values()))
        kept = msgspec.json.decode(stored, type=tuple[Alert, ...])
        assert {alert.key: alert for alert in kept} == self.alerts.live
        self.alerts = Alerts(live={alert.key: alert for alert in kept})
        self.pictures, self.outage = 0, None


def evaluation_site(evaluation: Evaluation) -> object:
    (site,) = evaluation.readings[SubjectKind.SOURCE]
    return site


@pytest.mark.timeout(60 + DAYS // 20)
@pytest.mark.parametrize("shard", range(SHARDS))
def test_that_the_laws_hold_on_every_day(shard: int) -> None:
    happened: Counter[str] = Counter()
    for seed in range(shard, DAYS, SHARDS):
        timeline = timeline_of(seed)
        day = Day(timeline)
        for number, second in enumerate(timeline.seconds):
            try:
                day.live(second)
            except (AssertionError, KeyError) as error:
                error.add_note(f"seed {seed}, second {number}: {second}")
                raise
        happened += day.happened
    # Days on which nothing happens would prove nothing.
    seen = set(News) | {"outage", "restart", "hand off"}
    assert all(happened[what] for what in seen), happened


def test_that_a_rule_is_judged_alike_by_both_readings_of_it() -> None:
    for seed in range(300):
        timeline = timeline_of(seed)
        book = RuleBook(timeline.rules)
        for second in timeline.seconds:
            for kind, rows in second.evaluation.readings.items():
                for rule in timeline.rules:
                    if rule.kind is not kind:
                        continue
                    for readings in rows.values():
                        for held in Severity:
                            judge = book.judges[RuleId(rule.rule_id)]
                            assert judge(readings, held) is judged(rule, readings, held)
