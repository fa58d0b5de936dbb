"""What a rule would have said of the past: how often, where, and whether it would be a plague.

The past is known minute by minute, or interval by interval: what was shorter is not seen. So this
says about how often, and says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from operator import attrgetter
from typing import Final

from wallboard.domain.alert import Rule
from wallboard.domain.severity import Severity
from wallboard.domain.value import value
from wallboard.engine.rule_book import severities_of

PLAGUE: Final = 50
"""A rule that says something more often in a day is not listened to for long."""
FLAPPING: Final = timedelta(minutes=10)
"""What comes back so soon came and went."""

_DAY: Final = timedelta(days=1)
_LONG_AGO: Final = -(1 << 62)
# A member of an enumeration is looked up each time that it is named: not for each slot.
_CALM: Final = Severity.CALM


@value
class Slots:
    """Time cut into pieces, for each of which what was known at one moment of it stands.

    Attributes:
        begin: Of the slot with number 0.
        length: Of each.
    """

    begin: datetime
    length: timedelta


@value
class Course:
    """What was known of one subject.

    A slot that is not there is one in which it was good, as is one in which nothing can be said.

    Attributes:
        numbers: Of slots, rising.
        readings: By the rule's conditions, in their order: as many as there are numbers.
    """

    numbers: Sequence[int]
    readings: Sequence[Sequence[float | None]]


@value
class Run:
    """One alert that there would have been.

    Attributes:
        end: When it would have been over.
    """

    subject: str
    begin: datetime
    end: datetime
    worst: Severity


@value
class Preview:
    """What a rule would have said.

    Attributes:
        runs: In order of time.
        days: How many days of the past were looked at, by what is known of them.
        flapping: How many came back soon after they were over.
        critical: How many would have been critical.
        by_subject: How often at each subject, the most often first.
        grain: The shortest that could be seen.
    """

    runs: tuple[Run, ...]
    days: float
    flapping: int
    critical: int
    by_subject: tuple[tuple[str, int], ...]
    grain: timedelta

    @property
    def per_day(self) -> float | None:
        """How often in a day. None if nothing is known of the past."""
        return len(self.runs) / self.days if self.days > 0 else None

    @property
    def plague(self) -> bool:
        """True if nobody would listen to it for long."""
        per_day = self.per_day
        return per_day is not None and per_day > PLAGUE


def runs_of(subject: str, course: Course, rule: Rule, slots: Slots) -> list[Run]:
    """Return the alerts of one subject in order, as they would have been live.

    The last may go on for longer than the past that is known.
    """
    length = slots.length
    begin = slots.begin + rule.lasting
    end = slots.begin + length + rule.keep
    return [
        Run(
            subject=subject,
            begin=begin + each.first * length,
            end=end + each.last * length,
            worst=each.worst,
        )
        for each in _firings(course, rule, length)
    ]


class _Firing:
    """An alert in slots: since when it was bad, when it was so last, and how bad it ever was."""

    __slots__ = ("first", "last", "worst")

    def __init__(self, first: int, worst: Severity) -> None:
        self.first = self.last = first
        self.worst = worst


def _firings(course: Course, rule: Rule, length: timedelta) -> list[_Firing]:
    """Return the alerts in order.

    Only slots in which it was bad are looked at; those in which it was good are counted.
    """
    judged = _judged(course, rule)
    # It fires, or becomes worse, once it was bad for longer than the rule says: in so manieth a
    # slot. It is over, or better, once it was good for longer than that says.
    lasting, keep = rule.lasting // length + 1, rule.keep // length + 1
    found: list[_Firing] = []
    held, last, bad, other = _CALM, _LONG_AGO, 0, 0
    firing = nothing = _Firing(last, held)
    for at, slot in enumerate(course.numbers):
        if held and slot - last > keep:
            held, firing = _CALM, nothing
        severity = judged[held][at]
        if not severity:
            continue
        bad, other = (bad + 1, other) if slot == last + 1 else (1, 0)
        if severity is held:
            other = 0
        elif held:
            other += 1
            if other >= (lasting if severity > held else keep):
                held, other = severity, 0
                firing.worst = max(firing.worst, severity)
        elif bad >= lasting:
            held, firing = severity, _Firing(slot + 1 - lasting, severity)
            found.append(firing)
        firing.last = last = slot
    return found


def _judged(course: Course, rule: Rule) -> tuple[list[Severity], ...]:
    """Return how bad it was in each slot, by how bad it was held to be before."""
    if not any(condition.limits.margin for condition in rule.conditions):
        return (severities_of(rule, course.readings, _CALM),) * len(Severity)
    return tuple(severities_of(rule, course.readings, held) for held in Severity)


def preview_of(runs: Iterable[Run], covered: timedelta, grain: timedelta) -> Preview:
    """Return what there is to be told of the alerts that there would have been.

    Args:
        covered: How much of the past is known.
    """
    every = tuple(sorted(runs, key=attrgetter("begin", "subject")))
    by_subject: dict[str, list[Run]] = {}
    for run in every:
        by_subject.setdefault(run.subject, []).append(run)
    flapping = sum(
        later.begin - run.end < FLAPPING
        for several in by_subject.values()
        for run, later in pairwise(several)
    )
    counts = Counter({subject: len(several) for subject, several in by_subject.items()})
    return Preview(
        runs=every,
        days=covered / _DAY,
        flapping=flapping,
        critical=sum(run.worst is Severity.CRITICAL for run in every),
        by_subject=tuple(counts.most_common(5)),
        grain=grain,
    )
