"""What people want to be alerted of, and what an alert is from its first sign to its end."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final, NewType, TypeAlias

from wallboard.domain.severity import Severity
from wallboard.domain.value import value

RuleId = NewType("RuleId", str)
Subject = NewType("Subject", str)
"""The id of the queue, agent or group that an alert is about; empty for the site and the source."""

AlertKey: TypeAlias = tuple[RuleId, Subject]

_NO_TIME: Final = timedelta()


class SubjectKind(StrEnum):
    """What a rule looks at."""

    SITE = "site"
    QUEUE = "queue"
    GROUP = "group"
    AGENT = "agent"
    SOURCE = "source"


@value
class Limits:
    """From where on a reading is bad, on both sides; None is no limit.

    A reading beyond a limit is bad; one that equals it is not.

    Attributes:
        margin: A reading that was bad is good again once it is inside the limit by so much.
    """

    low_critical: float | None = None
    low_warning: float | None = None
    high_warning: float | None = None
    high_critical: float | None = None
    margin: float = 0.0

    @property
    def told(self) -> tuple[float, ...]:
        """Those that there are, in the order in which they must rise."""
        every = (self.low_critical, self.low_warning, self.high_warning, self.high_critical)
        return tuple(limit for limit in every if limit is not None)

    @property
    def ordered(self) -> bool:
        """True if there is one, and each is above those before it."""
        told = self.told
        rising = all(one < other for one, other in pairwise(told))
        return bool(told) and rising and self.margin >= 0


@value
class Condition:
    """One reading and its limits.

    Attributes:
        reading: The key of a KPI or of a live reading.
        least: Of fewer calls than this the reading says nothing. None: what the KPI's own guard
            says.
    """

    reading: str
    limits: Limits
    least: int | None = None


class Join(StrEnum):
    """How several conditions make one."""

    ALL = "all"
    """As bad as the least bad of them."""
    ANY = "any"
    """As bad as the worst of them."""


@value
class Rule:
    """What somebody wants to be alerted of.

    Attributes:
        rule_id: Stable; alerts are known by it.
        name: Chosen by the user.
        of: Only these subjects; empty means each one of the kind.
        lasting: The conditions must hold for so long before the alert fires.
        keep: They must be good for so long before it is over.
        muted: It is watched, but announces nothing.
    """

    rule_id: RuleId
    name: str
    kind: SubjectKind
    conditions: tuple[Condition, ...]
    join: Join = Join.ALL
    of: frozenset[Subject] = frozenset()
    lasting: timedelta = _NO_TIME
    keep: timedelta = _NO_TIME
    muted: bool = False


class Stage(StrEnum):
    """Where an alert stands between its first sign and its end."""

    NORMAL = "normal"
    """It is over, and remembered for a while in case it comes and goes."""
    PENDING = "pending"
    FIRING = "firing"
    RECOVERING = "recovering"


class Handling(StrEnum):
    """Who has it."""

    NEW = "new"
    ACKNOWLEDGED = "acknowledged"
    SHELVED = "shelved"


@value
class Hand:
    """Somebody's hand on an alert.

    Attributes:
        until: When it is taken off by itself.
        reason: In the person's words.
    """

    handling: Handling
    who: str
    at: datetime
    until: datetime
    reason: str = ""


@value
class Alert:
    """One rule at one subject.

    Attributes:
        severity: As it stands; CALM only at stage NORMAL.
        since: When the present stage began, on the source's clock.
        fired_at: When it fired. None before.
        held: For how long of watched time it has been pending, or recovering.
        rising: For how long of watched time it has been worse than its severity. None if it is
            not.
        easing: For how long of watched time it has been bad, but better than its severity. None if
            it is not.
        evaluated: False while nothing is known of its reading.
        reading: As it was when the alert became what it is. None if it was not known.
        restless: One bit for each of the last evaluations, the newest lowest: 1 where the
            conditions turned from good to bad or back.
        bad: Whether the conditions were bad when they were evaluated last.
        unstable: True while it comes and goes too often to be told each time.
        hand: None if nobody has it.
    """

    rule_id: RuleId
    subject: Subject
    stage: Stage
    severity: Severity
    since: datetime
    fired_at: datetime | None = None
    held: timedelta = _NO_TIME
    rising: timedelta | None = None
    easing: timedelta | None = None
    evaluated: bool = True
    reading: float | None = None
    restless: int = 0
    bad: bool = False
    unstable: bool = False
    hand: Hand | None = None

    @property
    def key(self) -> AlertKey:
        """By which it is known."""
        return self.rule_id, self.subject


class News(StrEnum):
    """What an alert has to say."""

    FIRED = "fired"
    WORSE = "worse"
    BETTER = "better"
    OVER = "over"
    UNSTABLE = "unstable"
    STEADY = "steady"
    """It is not unstable any more, and still bad."""
    FREE_AGAIN = "free_again"
    """Nobody has it any more: the time was over, or it became worse."""


@value
class Announcement:
    """One piece of news; of one alert's firing each piece has a name of its own.

    Attributes:
        silent: True if nobody is to be disturbed: the rule is muted, the alert shelved, or it is
            not the time.
    """

    news: News
    alert: Alert
    at: datetime
    silent: bool = False
