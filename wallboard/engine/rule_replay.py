"""What a rule would have said of the past: how often, where, and whether it would be a plague.

The past is known minute by minute, or interval by interval: what was shorter is not seen. So this
says about how often, and says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final

from wallboard.domain.alert import Rule
from wallboard.domain.severity import Severity
from wallboard.domain.value import value
from wallboard.engine.rule_book import judge_of

PLAGUE: Final = 50
"""A rule that says something more often in a day is not listened to for long."""
FLAPPING: Final = timedelta(minutes=10)
"""What comes back so soon came and went."""

_DAY: Final = timedelta(days=1)
_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


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


def runs_of(
    subject: str,
    points: Iterable[tuple[datetime, Mapping[str, float | None]]],
    rule: Rule,
    grain: timedelta,
) -> list[Run]:
    """Return the alerts of one subject.

    Args:
        points: Readings by the keys of the conditions, and when the time begins that they are
            of; in order. A time of which there is no point is one in which it was good.
        grain: How long each point stands for.
    """
    found: list[Run] = []
    begin: datetime | None = None
    last, worst = _LONG_AGO, Severity.CALM
    judge = judge_of(rule)
    for at, readings in points:
        severity = judge(readings, worst)
        if not severity:
            continue
        if begin is not None and at - last > rule.keep:
            found += _run(subject, begin, last, worst, rule)
            begin, worst = None, Severity.CALM
        if begin is None:
            begin = at
        worst = max(worst, severity)
        last = at + grain
    if begin is not None:
        found += _run(subject, begin, last, worst, rule)
    return found


def _run(
    subject: str, begin: datetime, end: datetime, worst: Severity, rule: Rule
) -> tuple[Run, ...]:
    if end - begin < rule.lasting:
        return ()
    return (Run(subject=subject, begin=begin + rule.lasting, end=end + rule.keep, worst=worst),)


def preview_of(runs: Iterable[Run], covered: timedelta, grain: timedelta) -> Preview:
    """Return what there is to be told of the alerts that there would have been.

    Args:
        covered: How much of the past is known.
    """
    every = tuple(sorted(runs, key=lambda run: (run.begin, run.subject)))
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
