"""Random days of alerts by seed: readings that come and go, outages, restarts, jumping clocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

from wallboard.domain.alert import Condition, Join, Limits, Rule, RuleId, Subject, SubjectKind
from wallboard.engine.alerts import Evaluation

BEGIN: Final = datetime(2026, 3, 21, 8, tzinfo=UTC)
SECOND: Final = timedelta(seconds=1)
SITE: Final = Subject("")
LOST: Final = Rule(
    rule_id=RuleId("lost"),
    name="Source lost",
    kind=SubjectKind.SOURCE,
    conditions=(Condition(reading="lost", limits=Limits(high_critical=0)),),
)
LONGEST: Final = 3 * SECOND
"""More time between two evaluations was not watched."""

_READINGS: Final = ("x", "y")
_JUMPS: Final = (3600, -3600, 30, 5, 0)
_LEVELS: Final = (0.0, 9.0, 10.0, 20.0, 26.0, 30.0, 31.0, 49.0, 60.0, 80.0)


@dataclass(slots=True, kw_only=True)
class Second:
    """One evaluation, and what happens to the program before it.

    Attributes:
        restart: True if the program was ended, or killed, and started again.
        hand: If somebody takes an alert after it: which of them, as a share of all, for how long
            in seconds, and whether he shelves it.
    """

    evaluation: Evaluation
    restart: bool = False
    hand: tuple[float, int, bool] | None = None


@dataclass(slots=True, kw_only=True)
class Timeline:
    """What a seed makes of rules and seconds."""

    rules: tuple[Rule, ...]
    seconds: list[Second]


class _Walk:
    """One reading of one subject, from second to second."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._mood = "rests"
        self._at = chance.choice(_LEVELS)

    def next(self) -> float | None:
        chance = self._chance
        if chance.random() < 0.12:
            self._mood = chance.choice(("rests", "rests", "flaps", "walks", "unknown", "odd"))
            self._at = chance.choice(_LEVELS)
        match self._mood:
            case "unknown":
                return None
            case "flaps":
                self._at = 80.0 if self._at < 50 else 0.0
            case "walks":
                self._at = min(90.0, max(-10.0, self._at + chance.choice((-20.0, -5.0, 5.0, 20.0))))
            case "odd":
                return chance.choice((None, *_LEVELS))
        return self._at


def timeline_of(seed: int, seconds: int = 60) -> Timeline:
    """Return the day that a seed makes."""
    chance = Random(seed)
    rules = (LOST, *(_rule(f"r{at}", chance) for at in range(chance.randint(1, 3))))
    subjects = [Subject(f"q{at}") for at in range(chance.randint(1, 3))]
    walks = {subject: {reading: _Walk(chance) for reading in _READINGS} for subject in subjects}
    told, lost_for, at = [], 0, BEGIN
    for _ in range(seconds):
        if lost_for:
            lost_for -= 1
        elif chance.random() < 0.04:
            lost_for = chance.choice((1, 1, 2, 5, 12))
        at += SECOND * (chance.choice(_JUMPS) if chance.random() < 0.05 else 1)
        readings = {
            subject: {key: walk.next() for key, walk in row.items()}
            for subject, row in walks.items()
            if chance.random() > 0.02
        }
        seen = not lost_for
        evaluation = Evaluation(
            at=at,
            seen=seen,
            longest=LONGEST,
            readings={
                SubjectKind.SOURCE: {SITE: {"lost": float(not seen)}},
                **({SubjectKind.QUEUE: readings} if seen else {}),
            },
            picture=chance.random() < 0.8,
        )
        hand = (chance.random(), chance.choice((1, 3, 9, 60)), chance.random() < 0.3)
        told.append(
            Second(
                evaluation=evaluation,
                restart=chance.random() < 0.02,
                hand=hand if chance.random() < 0.08 else None,
            )
        )
    return Timeline(rules=rules, seconds=told)


def _rule(name: str, chance: Random) -> Rule:
    conditions = tuple(
        Condition(reading=reading, limits=_limits(chance))
        for reading in _READINGS[: 2 if chance.random() < 0.3 else 1]
    )
    return Rule(
        rule_id=RuleId(name),
        name=name,
        kind=SubjectKind.QUEUE,
        conditions=conditions,
        join=chance.choice((Join.ALL, Join.ANY)),
        of=frozenset({Subject("q0")}) if chance.random() < 0.1 else frozenset(),
        lasting=chance.choice((0, 0, 1, 3, 7)) * SECOND,
        keep=chance.choice((0, 0, 1, 3, 7)) * SECOND,
        muted=chance.random() < 0.1,
    )


def _limits(chance: Random) -> Limits:
    warning = chance.choice((10.0, 30.0, 50.0))
    sides = chance.choice(("high", "both", "low", "critical", "warning"))
    high = sides in ("high", "both", "critical")
    return Limits(
        low_critical=-5.0 if sides in ("low", "both") else None,
        low_warning=5.0 if sides in ("low", "both") else None,
        high_warning=warning if sides in ("high", "both", "warning") else None,
        high_critical=warning + 20 if high else None,
        margin=chance.choice((0.0, 5.0)),
    )
