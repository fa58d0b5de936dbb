"""What people want to be alerted of, and what an alert is from its first sign to its end."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
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
        window: Of which stretch of time a KPI is to be: the key of a window. None: of today.
    """

    reading: str
    limits: Limits
    least: int | None = None
    window: str | None = None

    @property
    def key(self) -> str:
        """By which its reading is known among those of a subject."""
        if self.window is None and self.least is None:
            return self.reading
        window = "" if self.window is None else f"@{self.window}"
        least = "" if self.least is None else f"#{self.least}"
        return f"{self.reading}{window}{least}"


class Join(StrEnum):
    """How several conditions make one."""

    ALL = "all"
    """As bad as the least bad of them."""
    ANY = "any"
    """As bad as the worst of them."""


@value
class Hours:
    """When a rule is in force, on the site's clock.

    Attributes:
        weekdays: On which it begins: 0 is Monday, as in `datetime.date.weekday`.
        begins, ends: If `ends` is not after `begins`, it goes on over midnight; both the same is
            the whole day.
        holidays: True if it is in force on the site's holidays, too.
    """

    weekdays: frozenset[int] = frozenset(range(7))
    begins: time = time()
    ends: time = time()
    holidays: bool = True


ALWAYS: Final = Hours()


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
        hours: Outside of them it rests: nothing fires, and what fired is over.
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
    hours: Hours = ALWAYS


@value
class Rules:
    """All that a site wants to be alerted of.

    Attributes:
        holidays: Days on which nobody is expected to work.
        yearly: Days of every year of the Jalali calendar on which that is so: month and day.
    """

    rules: tuple[Rule, ...] = ()
    holidays: frozenset[date] = frozenset()
    yearly: frozenset[tuple[int, int]] = frozenset()


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
        severity: As it stands; CALM only at stage NORMAL. While it is unstable and does not fire,
            as it fired last.
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


@value
class KeptAlert:
    """An alert as it outlives the program.

    Attributes:
        subject_name: As the source told it last: text from outside.
    """

    alert: Alert
    subject_name: str = ""


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


class Deed(StrEnum):
    """What a person did with an alert or a rule."""

    ACKNOWLEDGED = "acknowledged"
    LET_GO = "let_go"
    SHELVED = "shelved"
    NOTED = "noted"
    DISMISSED = "dismissed"
    """Taken away: what it was about is not there any more."""
    MUTED = "muted"
    UNMUTED = "unmuted"


@value
class AlertWish:
    """What a person wants to have done with an alert.

    Attributes:
        who: Who wants it, as the journal is to say.
        lasting: For an acknowledgement and a shelf: for how long. None: as usual.
        reason: In the person's words.
    """

    deed: Deed
    key: AlertKey
    who: str = ""
    lasting: timedelta | None = None
    reason: str = ""


@value
class AlertEvent:
    """One row of the journal of alerts: a piece of news, or what a person did.

    Attributes:
        event_id: One of its own, and the same however often it is told.
        at: On the source's clock, UTC.
        news: None if it is a deed.
        deed: None if it is news.
        rule_name: As it was then.
        subject_name: As the source told it: text from outside. Empty for the site and the source.
        severity: After it; CALM once it is over.
        reading_key: Of the reading that decided it.
        reading: What that was. None if it was not known.
        limit: Beyond which it was. None if it was beyond none.
        silent: True if nobody is to be disturbed by it.
        who, reason: Of a deed.
    """

    event_id: str
    at: datetime
    news: News | None = None
    deed: Deed | None = None
    rule_id: RuleId
    subject: Subject
    rule_name: str
    subject_name: str = ""
    kind: SubjectKind
    severity: Severity
    reading_key: str = ""
    reading: float | None = None
    limit: float | None = None
    fired_at: datetime | None = None
    silent: bool = False
    who: str = ""
    reason: str = ""

    @property
    def key(self) -> AlertKey:
        """Of the alert that it is about."""
        return self.rule_id, self.subject

    @property
    def firing_id(self) -> str:
        """The same for all that is told of one firing, and of no other."""
        fired = "" if self.fired_at is None else f"{self.fired_at.timestamp():.6f}"
        return f"{self.rule_id}|{self.subject}|{fired}"
