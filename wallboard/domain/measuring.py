"""What the people of a site decided about how they measure: targets, profiles, shifts, the day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import time, timedelta
from enum import StrEnum
from typing import Final

from wallboard.domain.facts import CallRecord
from wallboard.domain.snapshot import QueueId
from wallboard.domain.value import value

SHORT: Final = timedelta(seconds=5)
"""Who hangs up after waiting no longer than this was no lost caller, unless decided otherwise."""


TARGET: Final = timedelta(seconds=20)
"""The time to answer that is taken for a log, which tells none, if nobody decided on one and the
live source has told none either: the trade's habit, not a law."""


GOAL: Final = 0.80
"""The service level from which on all is well, unless decided otherwise: the trade's habit."""


class LevelKind(StrEnum):
    """Which calls make up a service level; the values are keys of the KPI table."""

    OFFERED = "sl_offered"
    """Answered in target, of all offered."""
    ANSWERED = "sl_answered"
    """Answered in target, of the answered."""
    IGNORE = "sl_ignore"
    """Answered in target, of the offered but those abandoned within the target."""
    POSITIVE = "sl_positive"
    """Answered or abandoned in target, of all offered."""
    EXCL_SHORT = "sl_excl_short"
    """Answered in target, of the offered but the short abandons."""
    GENESYS = "sl_genesys"
    """Answered in target, of the answered and what its three switches say."""
    ASTERISK = "sl_asterisk"
    """As Asterisk prints ServicelevelPerf."""
    ASTERISK2 = "sl_asterisk2"
    """As Asterisk prints ServicelevelPerf2."""
    AMAZON = "sl_amazon"
    """Left the queue in target for whatever reason, of all offered."""


@value
class LevelProfile:
    """Which service level a queue is measured by. Two are the same if they compare equal.

    Attributes:
        flow_outs, no_short_abandons, no_abandons: The switches of GENESYS: count flow-outs too;
            leave short abandons out; leave all abandons out. Of no meaning elsewhere.
    """

    kind: LevelKind = LevelKind.OFFERED
    flow_outs: bool = False
    no_short_abandons: bool = False
    no_abandons: bool = False


@value
class QueueRule:
    """How one queue is measured.

    Attributes:
        target: The service level's time to answer. None: what the source tells.
        short: Up to which wait an abandon is short.
        goal: From which service level on all is well, 0 to 1; ten points below it is critical.
    """

    target: timedelta | None = None
    short: timedelta = SHORT
    level: LevelProfile = LevelProfile()
    goal: float = GOAL


@value
class Shift:
    """A stretch of the day in which the same people work.

    Attributes:
        name: Chosen by the user; unique among the shifts.
        begins, ends: On the site's clock. If `ends` is not after `begins`, the shift goes on
            over midnight; a call belongs to the shift and the day that it arrived in.
        weekdays: On which it begins: 0 is Monday, as in `datetime.date.weekday`.
    """

    name: str
    begins: time
    ends: time
    weekdays: frozenset[int] = frozenset(range(7))


@value
class WorkPlan:
    """How a site cuts its time.

    Attributes:
        day_begins: When the business day begins, on the site's clock; what comes before it after
            midnight belongs to the day before.
        week_begins: The first day of the week: 0 is Monday, 5 is Saturday.
        interval: The length of an interval: 15, 30 or 60 minutes.
        shifts: None overlap on the same day. Empty: the day is one shift.
    """

    day_begins: time = time()
    week_begins: int = 5
    interval: timedelta = timedelta(minutes=30)
    shifts: tuple[Shift, ...] = ()


@value
class Measuring:
    """All of it.

    Attributes:
        usual: For queues that have no rule of their own.
        by_queue: Rules by queue.
    """

    usual: QueueRule = QueueRule()
    by_queue: Mapping[QueueId, QueueRule] = field(default_factory=dict)
    plan: WorkPlan = WorkPlan()

    def rule(self, queue_id: QueueId) -> QueueRule:
        """Return the rule of a queue."""
        return self.by_queue.get(queue_id, self.usual)


AS_USUAL: Final = Measuring()


def stamped(record: CallRecord, rule: QueueRule) -> CallRecord:
    """Return the record with the thresholds of its queue's rule; one that has them as it is."""
    if record.short is not None:
        return record
    target = record.target if rule.target is None else rule.target
    return replace(record, target=target, short=rule.short)
