"""Alerts: what a second of watching many rules at many queues costs, and how that grows."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

from wallboard.bench.measure import Figure, Result, Wanted, middle
from wallboard.bench.step import slope
from wallboard.domain.alert import Condition, Limits, Rule, RuleId, Subject, SubjectKind
from wallboard.domain.severity import Severity
from wallboard.domain.value import value
from wallboard.engine.alerts import Alerts, Evaluation, advance
from wallboard.engine.rule_book import RuleBook, judged

LIMIT_MS: Final = 5.0
GROWTH: Final = 1.15
_NOON: Final = datetime(2026, 3, 21, 12, tzinfo=UTC)
_SECOND: Final = timedelta(seconds=1)
_READINGS: Final = tuple(f"reading{number}" for number in range(10))
_BAD: Final = 0.01
"""The share of readings that are among the limits, over some and under others: a bad day."""
_NOISE: Final = 1.0


@value
class _Size:
    rules: int
    queues: int


_USUAL: Final = _Size(rules=500, queues=200)
_BY_RULES: Final = tuple(_Size(rules=rules, queues=200) for rules in (50, 500, 2000))
_BY_QUEUES: Final = tuple(_Size(rules=500, queues=queues) for queues in (50, 200, 800))


def measure(wanted: Wanted) -> Result:
    """Let alerts of all sizes go through the same seconds by turns; medians of processor time."""
    seconds = 8 if wanted.quick else 60
    sizes = tuple(dict.fromkeys((_USUAL, *_BY_RULES, *_BY_QUEUES)))
    watches = {size: _Watch(size) for size in sizes}
    took: dict[_Size, list[float]] = {size: [] for size in sizes}
    every: list[float] = []
    for _ in range(seconds):
        for size, watch in watches.items():
            took[size].append(1000 * watch.live())
        every.append(1000 * watches[_USUAL].each_by_each_s())
    # The first seconds begin the alerts; after them they go on.
    steps = {size: middle(spent[len(spent) // 4 :]) for size, spent in took.items()}
    firing = len(watches[_USUAL].alerts.live)
    return Result(
        key="alerts",
        title=f"a second of 500 rules at 200 queues, {firing} alerts under way",
        figures=(
            Figure(
                name="against judging each rule at each queue",
                value=steps[_USUAL],
                unit="ms",
                peer=middle(every),
            ),
            Figure(name="one second", value=steps[_USUAL], unit="ms", limit=LIMIT_MS),
            *(
                Figure(name=f"with {size.rules} rules", value=steps[size], unit="ms")
                for size in _BY_RULES
            ),
            _exponent("rules", [(size.rules, steps[size]) for size in _BY_RULES]),
            *(
                Figure(name=f"with {size.queues} queues", value=steps[size], unit="ms")
                for size in _BY_QUEUES
            ),
            _exponent("queues", [(size.queues, steps[size]) for size in _BY_QUEUES]),
        ),
    )


def _exponent(what: str, points: Sequence[tuple[float, float]]) -> Figure:
    return Figure(
        name=f"exponent of the growth with {what} (1 is as their number, 0 is none)",
        value=slope([(math.log(size), math.log(spent)) for size, spent in points]),
        unit="",
        limit=GROWTH,
    )


class _Watch:
    """Rules and queues whose readings all change every second, a little.

    Attributes:
        alerts: As they stand.
    """

    def __init__(self, size: _Size, seed: int = 5) -> None:
        self._chance = Random(seed)
        self._queues = [Subject(f"q{number}") for number in range(size.queues)]
        self._rules = tuple(self._rule(number) for number in range(size.rules))
        self._book = RuleBook(self._rules)
        self._passed = 0
        self._readings: Mapping[Subject, Mapping[str, float | None]] = {}
        self._bad = {
            (queue, _READINGS[number % len(_READINGS)])
            for number, queue in enumerate(self._queues)
            # One of the queue's ten readings, of every tenth queue.
            if number % round(0.1 / _BAD) == 0
        }
        self.alerts = Alerts()

    def live(self) -> float:
        """Live through one second; return what it cost of processor time, in seconds."""
        self._passed += 1
        chance = self._chance
        self._readings = {
            queue: {
                reading: (100.0 if (queue, reading) in self._bad else 50.0)
                + chance.gauss(0, _NOISE)
                for reading in _READINGS
            }
            for queue in self._queues
        }
        evaluation = Evaluation(
            at=_NOON + self._passed * _SECOND,
            seen=True,
            longest=3 * _SECOND,
            readings={SubjectKind.QUEUE: self._readings},
        )
        begun_s = time.process_time()
        self.alerts, _ = advance(self.alerts, self._book, evaluation)
        return time.process_time() - begun_s

    def each_by_each_s(self) -> float:
        """Return the seconds of judging every rule at every queue, as is usually done."""
        begun_s = time.process_time()
        worst = Severity.CALM
        for rule in self._rules:
            for told in self._readings.values():
                worst = max(worst, judged(rule, told) or Severity.CALM)
        return time.process_time() - begun_s

    def _rule(self, number: int) -> Rule:
        limit = 90 + self._chance.uniform(0, 30)
        return Rule(
            rule_id=RuleId(f"r{number}"),
            name=f"Rule {number}",
            kind=SubjectKind.QUEUE,
            conditions=(
                Condition(
                    reading=_READINGS[number % len(_READINGS)],
                    limits=Limits(high_warning=limit, high_critical=limit + 20, margin=2),
                ),
            ),
            lasting=10 * _SECOND,
            keep=30 * _SECOND,
        )
