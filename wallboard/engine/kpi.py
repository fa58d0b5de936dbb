"""The table of KPIs: what each one counts, what it is divided by, and what it is called.

Every row reads `Sums`. A ratio divides what is booked alike, never a count of one family by a
count or a time of another:

* arrival: booked where the call arrived: offered, how it ended, its wait;
* completion: booked where the call and the work after it were over: talk, hold, wrap-up;
* time: what agents did, cut where a stretch of time ends;
* present: how it stands now.

Two rows are paces and no ratios of this kind: they set calls that arrived against hours of the
clock. The arrival rate divides by the hours of the window. Calls per agent hour divides the
answered calls that arrived in it by the hours that agents were logged in within it: it says how
busy an hour of an agent's was, and nothing about how long those calls took.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Final, NewType, TypeAlias

from wallboard.domain.agent_time import NO_AGENT_TIME, AgentTime
from wallboard.domain.measuring import LevelKind, LevelProfile
from wallboard.domain.snapshot import AgentState
from wallboard.domain.totals import NOTHING, Totals
from wallboard.domain.value import value
from wallboard.domain.waits import Waits
from wallboard.engine.contacts import ContactTotals, Repeats
from wallboard.engine.marks import translate
from wallboard.engine.service_level import decided, level_of_nothing, service_level

__all__ = [
    "KPIS",
    "KPI_BY_KEY",
    "KPI_CONTEXT",
    "Better",
    "Booking",
    "Kpi",
    "KpiKey",
    "RollUp",
    "Sums",
    "Unit",
    "decided",
    "enough",
    "measure",
    "measure_by_key",
    "parts_of",
    "sample_of",
]

KpiKey = NewType("KpiKey", str)

KPI_CONTEXT: Final = "Kpi"
"""Where the translations of names and meanings are kept."""

_HOUR: Final = timedelta(hours=1)
_OF_OFFERED: Final = LevelProfile()
_FEW: Final = 5
_SOME: Final = 10
_QUARTER_S: Final = 900


class Unit(StrEnum):
    """In what a reading is told."""

    COUNT = "count"
    RATIO = "ratio"
    """0 to 1; shown as a percentage."""
    SECONDS = "seconds"
    PER_HOUR = "per_hour"


class Better(StrEnum):
    """Which way is good."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class Booking(StrEnum):
    """To which stretch of time what is counted belongs."""

    ARRIVAL = "arrival"
    COMPLETION = "completion"
    TIME = "time"
    PRESENT = "present"


class RollUp(StrEnum):
    """How readings of parts become one of the whole."""

    SUM = "sum"
    RATIO = "ratio"
    """Sums of numerators over sums of denominators."""
    LONGEST = "longest"
    MERGE = "merge"
    """By the merged counts of waits."""
    LAST = "last"
    """A moment's reading: there is no whole of several moments."""
    NONE = "none"
    """Parts may share a contact: count the whole anew."""


@value
class Sums:
    """What KPIs are worked out from, of one window.

    Attributes:
        time: Of agents, each once; empty if it is of one queue of several.
        span: How long the window is. None if there is none, as for all that is remembered.
        level: By which profile `service_level` counts.
        contacts: None if not counted.
        repeats: None if not counted.
        longest_now: How long the one who waits longest now has waited. None if nobody does.
        known: The keys of the KPIs that are known at all. None for all: single calls are told.
    """

    calls: Totals = NOTHING
    time: AgentTime = NO_AGENT_TIME
    span: timedelta | None = None
    level: LevelProfile = _OF_OFFERED
    contacts: ContactTotals | None = None
    repeats: Repeats | None = None
    longest_now: timedelta | None = None
    known: frozenset[str] | None = None


Part: TypeAlias = Callable[[Sums], float | None]


@value
class Kpi:
    """A row of the table.

    Attributes:
        key: As in the dictionary of metrics.
        name, meaning: English; the translations of KPI_CONTEXT have them. The meaning is one
            sentence.
        above: What is counted or summed. None where that is not known.
        below: What it is divided by. None for a plain reading.
        calls: Of how many calls the reading tells. None if that is the denominator, or if the
            reading tells of no calls.
        enough: Below so many `calls`, or so much in the denominator, a reading is shown, but
            marks nothing.
        of_nothing: What it reads if the denominator is nothing. None for undefined.
    """

    key: KpiKey
    name: str
    meaning: str
    unit: Unit
    better: Better
    booking: Booking
    roll_up: RollUp
    above: Part
    below: Part | None = None
    calls: Part | None = None
    enough: float = 1
    of_nothing: Part | None = None

    @property
    def numerator(self) -> Callable[[Totals], float]:
        """What is counted, of calls alone."""
        return lambda totals: self.above(Sums(calls=totals)) or 0

    @property
    def denominator(self) -> Callable[[Totals], float] | None:
        """What it is divided by, of calls alone. None for a plain reading."""
        below = self.below
        return None if below is None else lambda totals: below(Sums(calls=totals)) or 0


def measure(kpi: Kpi, of: Totals | Sums) -> float | None:
    """Return the KPI's value; None if it is not known, or before there is anything to divide by."""
    sums = Sums(calls=of) if isinstance(of, Totals) else of
    if not _known(kpi, sums):
        return None
    above = kpi.above(sums)
    if kpi.below is None or above is None:
        return above
    below = kpi.below(sums)
    if below:
        return above / below
    return None if kpi.of_nothing is None else kpi.of_nothing(sums)


def measure_by_key(key: str, of: Totals | Sums) -> float | None:
    """Return the value of the KPI of that key.

    Raises:
        KeyError: There is no such KPI.
    """
    return measure(KPI_BY_KEY[key], of)


def parts_of(kpi: Kpi, of: Totals | Sums) -> tuple[float | None, float | None]:
    """Return numerator and denominator.

    The latter is None for a plain reading; both are if it is not known.
    """
    sums = Sums(calls=of) if isinstance(of, Totals) else of
    if not _known(kpi, sums):
        return None, None
    return kpi.above(sums), None if kpi.below is None else kpi.below(sums)


def sample_of(kpi: Kpi, of: Totals | Sums) -> int | None:
    """Return of how many calls the reading tells. None if it tells of none: of time, say."""
    sums = Sums(calls=of) if isinstance(of, Totals) else of
    if not _known(kpi, sums):
        return None
    if kpi.calls is not None:
        told = kpi.calls(sums)
    elif kpi.booking in _OF_CALLS:
        told = (kpi.below or kpi.above)(sums)
    else:
        return None
    return None if told is None else int(told)


def enough(key: str, of: Totals | Sums) -> bool:
    """True if there is enough for the reading to mark anything."""
    kpi = KPI_BY_KEY[key]
    sums = Sums(calls=of) if isinstance(of, Totals) else of
    rests_on = kpi.calls or kpi.below
    if rests_on is None or not _known(kpi, sums):
        return _known(kpi, sums)
    return (rests_on(sums) or 0) >= kpi.enough


def _known(kpi: Kpi, sums: Sums) -> bool:
    return sums.known is None or kpi.key in sums.known


_OF_CALLS: Final = frozenset({Booking.ARRIVAL, Booking.COMPLETION})


# The table


def _count(
    key: str,
    of: Callable[[Totals], int],
    name: str,
    meaning: str,
    better: Better = Better.NEITHER,
    booking: Booking = Booking.ARRIVAL,
) -> Kpi:
    return Kpi(
        key=KpiKey(key),
        name=name,
        meaning=meaning,
        unit=Unit.COUNT,
        better=better,
        booking=booking,
        roll_up=RollUp.SUM,
        above=lambda sums: of(sums.calls),
    )


def _share(
    key: str,
    of: Callable[[Totals], int],
    among: Callable[[Totals], int],
    name: str,
    meaning: str,
    better: Better,
) -> Kpi:
    return Kpi(
        key=KpiKey(key),
        name=name,
        meaning=meaning,
        unit=Unit.RATIO,
        better=better,
        booking=Booking.ARRIVAL,
        roll_up=RollUp.RATIO,
        above=lambda sums: of(sums.calls),
        below=lambda sums: among(sums.calls),
        enough=_SOME,
    )


def _mean(
    key: str,
    of: Callable[[Totals], timedelta],
    among: Callable[[Totals], int],
    name: str,
    meaning: str,
    better: Better = Better.NEITHER,
) -> Kpi:
    """Return a mean of waits, booked by arrival."""
    return Kpi(
        key=KpiKey(key),
        name=name,
        meaning=meaning,
        unit=Unit.SECONDS,
        better=better,
        booking=Booking.ARRIVAL,
        roll_up=RollUp.RATIO,
        above=lambda sums: of(sums.calls).total_seconds(),
        below=lambda sums: among(sums.calls),
        enough=_FEW,
    )


def _handling(
    key: str,
    of: Callable[[Totals], timedelta],
    among: Callable[[Totals], int],
    name: str,
    meaning: str,
) -> Kpi:
    """Return a mean of what handling took, booked by completion."""
    return Kpi(
        key=KpiKey(key),
        name=name,
        meaning=meaning,
        unit=Unit.SECONDS,
        better=Better.NEITHER,
        booking=Booking.COMPLETION,
        roll_up=RollUp.RATIO,
        above=lambda sums: of(sums.calls).total_seconds(),
        below=lambda sums: among(sums.calls),
        enough=_FEW,
    )


def _level(kind: LevelKind, name: str, meaning: str) -> Kpi:
    usual = LevelProfile(kind=kind)

    def profile(sums: Sums) -> LevelProfile:
        return sums.level if sums.level.kind is kind else usual

    return Kpi(
        key=KpiKey(str(kind)),
        name=name,
        meaning=meaning,
        unit=Unit.RATIO,
        better=Better.HIGHER,
        booking=Booking.ARRIVAL,
        roll_up=RollUp.RATIO,
        above=lambda sums: service_level(sums.calls, profile(sums))[0],
        below=lambda sums: service_level(sums.calls, profile(sums))[1],
        enough=_SOME,
        of_nothing=lambda sums: level_of_nothing(sums.calls, profile(sums)),
    )


def _wait_percentile(key: str, share: str, enough: int, name: str, meaning: str) -> Kpi:
    def above(sums: Sums) -> float | None:
        wait = Waits(sums.calls.waits).percentile(share)
        return None if wait is None else wait.total_seconds()

    return Kpi(
        key=KpiKey(key),
        name=name,
        meaning=meaning,
        unit=Unit.SECONDS,
        better=Better.LOWER,
        booking=Booking.ARRIVAL,
        roll_up=RollUp.MERGE,
        above=above,
        calls=lambda sums: sums.calls.waits_known,
        enough=enough,
    )


def _time_share(
    key: str,
    of: Callable[[AgentTime], timedelta],
    among: Callable[[AgentTime], timedelta],
    name: str,
    meaning: str,
) -> Kpi:
    return Kpi(
        key=KpiKey(key),
        name=name,
        meaning=meaning,
        unit=Unit.RATIO,
        better=Better.NEITHER,
        booking=Booking.TIME,
        roll_up=RollUp.RATIO,
        above=lambda sums: of(sums.time).total_seconds(),
        below=lambda sums: among(sums.time).total_seconds(),
        enough=_QUARTER_S,
    )


def _time(key: str, of: Callable[[AgentTime], timedelta], name: str, meaning: str) -> Kpi:
    return Kpi(
        key=KpiKey(key),
        name=name,
        meaning=meaning,
        unit=Unit.SECONDS,
        better=Better.NEITHER,
        booking=Booking.TIME,
        roll_up=RollUp.SUM,
        # Nobody was there, or nobody told us: no time is known, which is not no time.
        above=lambda sums: of(sums.time).total_seconds() if sums.time.by_state else None,
    )


def _repeats(
    key: str, of: Callable[[Repeats], int], name: str, meaning: str, better: Better
) -> Kpi:
    return Kpi(
        key=KpiKey(key),
        name=name,
        meaning=meaning,
        unit=Unit.RATIO,
        better=better,
        booking=Booking.ARRIVAL,
        roll_up=RollUp.NONE,
        above=lambda sums: None if sums.repeats is None else of(sums.repeats),
        below=lambda sums: None if sums.repeats is None else sums.repeats.handled,
        enough=_SOME,
    )


def _over(totals: Totals) -> int:
    return totals.offered - totals.waiting - totals.unknown


def _long_abandons(totals: Totals) -> int:
    return totals.abandon_waits_known - totals.abandoned_short


def _without_short(totals: Totals) -> int:
    return _over(totals) - totals.abandoned + _long_abandons(totals)


def _rings(totals: Totals) -> int:
    return totals.answered + totals.missed_rings


def _hours(time: timedelta | None) -> float | None:
    return None if time is None else time / _HOUR


def _of_longest(sums: Sums) -> float | None:
    calls = sums.calls
    known = calls.waits_known + calls.abandon_waits_known + calls.left_waits_known
    return calls.longest_wait.total_seconds() if known else None


_VOLUME: Final = (
    _count(
        "offered",
        lambda totals: totals.offered,
        translate("Kpi", "Offered"),
        translate("Kpi", "Calls that entered the queue."),
    ),
    _count(
        "answered",
        lambda totals: totals.answered,
        translate("Kpi", "Answered"),
        translate("Kpi", "Calls that reached an agent."),
        Better.HIGHER,
    ),
    _count(
        "abandoned",
        lambda totals: totals.abandoned,
        translate("Kpi", "Abandoned"),
        translate("Kpi", "Callers who hung up while waiting."),
        Better.LOWER,
    ),
    _count(
        "abandon_short",
        lambda totals: totals.abandoned_short,
        translate("Kpi", "Short abandons"),
        translate(
            "Kpi", "Callers who hung up after waiting no longer than the short-abandon threshold."
        ),
    ),
    _count(
        "flow_out",
        lambda totals: totals.left,
        translate("Kpi", "Flow-outs"),
        translate(
            "Kpi", "Callers who left the queue for elsewhere: sent away by the system or by a key."
        ),
    ),
    _count(
        "timed_out",
        lambda totals: totals.timed_out,
        translate("Kpi", "Timed out"),
        translate("Kpi", "Callers whom the system sent away at the queue's time limit."),
        Better.LOWER,
    ),
    _count(
        "left_by_key",
        lambda totals: totals.left_by_key,
        translate("Kpi", "Left by key"),
        translate("Kpi", "Callers who left the queue by pressing a key."),
    ),
    _count(
        "left_empty",
        lambda totals: totals.left_empty,
        translate("Kpi", "Left an empty queue"),
        translate("Kpi", "Callers whom the system sent away because nobody was there to answer."),
        Better.LOWER,
    ),
    _count(
        "left_otherwise",
        lambda totals: totals.left_otherwise,
        translate("Kpi", "Left otherwise"),
        translate("Kpi", "Callers whom the system took out of the queue for another reason."),
        Better.LOWER,
    ),
    _count(
        "unknown",
        lambda totals: totals.unknown,
        translate("Kpi", "End not seen"),
        translate("Kpi", "Calls that ended while we could not see; they are in no percentage."),
        Better.LOWER,
    ),
    _count(
        "handled",
        lambda totals: totals.handled,
        translate("Kpi", "Handled"),
        translate("Kpi", "Answered calls that are over and whose talk time is known."),
        Better.HIGHER,
        Booking.COMPLETION,
    ),
    Kpi(
        key=KpiKey("arrival_rate"),
        name=translate("Kpi", "Call arrival rate"),
        meaning=translate("Kpi", "Calls that entered the queue, for each hour of the window."),
        unit=Unit.PER_HOUR,
        better=Better.NEITHER,
        booking=Booking.ARRIVAL,
        roll_up=RollUp.RATIO,
        above=lambda sums: sums.calls.offered,
        below=lambda sums: _hours(sums.span),
        calls=lambda sums: sums.calls.offered,
    ),
    _share(
        "abandon_rate",
        lambda totals: totals.abandoned,
        _over,
        translate("Kpi", "Abandonment rate"),
        translate("Kpi", "Callers who hung up while waiting, of the calls that left the queue."),
        Better.LOWER,
    ),
    _share(
        "abandon_rate_excl_short",
        _long_abandons,
        _without_short,
        translate("Kpi", "Abandonment rate without short abandons"),
        translate(
            "Kpi",
            "Callers who hung up after the short-abandon threshold, of the calls that left the "
            "queue but the short abandons.",
        ),
        Better.LOWER,
    ),
    _share(
        "answer_rate",
        lambda totals: totals.answered,
        _over,
        translate("Kpi", "Answer rate"),
        translate("Kpi", "Answered calls, of the calls that left the queue."),
        Better.HIGHER,
    ),
    _count(
        "transferred",
        lambda totals: totals.transferred,
        translate("Kpi", "Transferred"),
        translate("Kpi", "Answered calls that the agent passed on."),
    ),
    _share(
        "transfer_rate",
        lambda totals: totals.transferred,
        lambda totals: totals.answered,
        translate("Kpi", "Transfer rate"),
        translate("Kpi", "Calls that the agent passed on, of the answered calls."),
        Better.LOWER,
    ),
    _repeats(
        "repeat_rate",
        lambda counts: counts.repeated,
        translate("Kpi", "Repeat-call rate"),
        translate(
            "Kpi",
            "Answered calls after which the same number called again within the chosen days, of "
            "the answered calls whose number is known.",
        ),
        Better.LOWER,
    ),
    _repeats(
        "fcr_repeat",
        lambda counts: counts.handled - counts.repeated,
        translate("Kpi", "First-call resolution by no repeat"),
        translate(
            "Kpi",
            "Answered calls after which the same number did not call again within the chosen "
            "days, of the answered calls whose number is known.",
        ),
        Better.HIGHER,
    ),
    _count(
        "rna",
        lambda totals: totals.missed_rings,
        translate("Kpi", "Ring no answer"),
        translate(
            "Kpi",
            "How often an agent's phone rang for a caller in vain; one call may count several "
            "times.",
        ),
        Better.LOWER,
    ),
    _share(
        "rna_rate",
        lambda totals: totals.missed_rings,
        _rings,
        translate("Kpi", "Ring no answer, %"),
        translate("Kpi", "Offers to agents that nobody took, of all offers to agents."),
        Better.LOWER,
    ),
    Kpi(
        key=KpiKey("cph"),
        name=translate("Kpi", "Calls per agent hour"),
        meaning=translate("Kpi", "Answered calls, for each hour that an agent was logged in."),
        unit=Unit.PER_HOUR,
        better=Better.NEITHER,
        booking=Booking.ARRIVAL,
        roll_up=RollUp.RATIO,
        above=lambda sums: sums.calls.answered,
        below=lambda sums: _hours(sums.time.logged_in),
        calls=lambda sums: sums.calls.answered,
        enough=_SOME,
    ),
    Kpi(
        key=KpiKey("queue_len"),
        name=translate("Kpi", "Callers in queue now"),
        meaning=translate("Kpi", "Callers who wait in a queue now."),
        unit=Unit.COUNT,
        better=Better.LOWER,
        booking=Booking.PRESENT,
        roll_up=RollUp.LAST,
        above=lambda sums: sums.calls.waiting,
    ),
    Kpi(
        key=KpiKey("longest_wait_now"),
        name=translate("Kpi", "Longest waiting now"),
        meaning=translate("Kpi", "How long the caller who waits longest now has waited."),
        unit=Unit.SECONDS,
        better=Better.LOWER,
        booking=Booking.PRESENT,
        roll_up=RollUp.LAST,
        above=lambda sums: None if sums.longest_now is None else sums.longest_now.total_seconds(),
    ),
)

_WAITING: Final = (
    Kpi(
        key=KpiKey("service_level"),
        name=translate("Kpi", "Service level"),
        meaning=translate(
            "Kpi", "Calls served within the target, as the queue's own profile counts them."
        ),
        unit=Unit.RATIO,
        better=Better.HIGHER,
        booking=Booking.ARRIVAL,
        roll_up=RollUp.RATIO,
        above=lambda sums: service_level(sums.calls, sums.level)[0],
        below=lambda sums: service_level(sums.calls, sums.level)[1],
        enough=_SOME,
        of_nothing=lambda sums: level_of_nothing(sums.calls, sums.level),
    ),
    _level(
        LevelKind.OFFERED,
        translate("Kpi", "Service level, of all offered"),
        translate(
            "Kpi",
            "Calls answered within the target, of all that were offered; who still waits within "
            "the target is not counted yet.",
        ),
    ),
    _level(
        LevelKind.ANSWERED,
        translate("Kpi", "Service level, of the answered"),
        translate("Kpi", "Calls answered within the target, of the answered calls."),
    ),
    _level(
        LevelKind.IGNORE,
        translate("Kpi", "Service level, abandons in target ignored"),
        translate(
            "Kpi",
            "Calls answered within the target, of the offered ones but those that were abandoned "
            "within the target.",
        ),
    ),
    _level(
        LevelKind.POSITIVE,
        translate("Kpi", "Service level, abandons in target counted as served"),
        translate(
            "Kpi", "Calls answered or abandoned within the target, of all that were offered."
        ),
    ),
    _level(
        LevelKind.EXCL_SHORT,
        translate("Kpi", "Service level, short abandons excluded"),
        translate(
            "Kpi", "Calls answered within the target, of the offered ones but the short abandons."
        ),
    ),
    _level(
        LevelKind.GENESYS,
        translate("Kpi", "Service level as Genesys"),
        translate(
            "Kpi",
            "Calls answered within the target, of the answered and abandoned ones; switches count "
            "flow-outs too and leave out short or all abandons.",
        ),
    ),
    _level(
        LevelKind.ASTERISK,
        translate("Kpi", "Service level as Asterisk"),
        translate(
            "Kpi",
            "Calls answered within the target, of the answered calls; 0 while none was answered.",
        ),
    ),
    _level(
        LevelKind.ASTERISK2,
        translate("Kpi", "Service level as Asterisk, with abandons"),
        translate(
            "Kpi",
            "Calls answered, abandoned or sent away within the target, of all that were answered, "
            "abandoned or sent away; 0 while there were none.",
        ),
    ),
    _level(
        LevelKind.AMAZON,
        translate("Kpi", "Service level as Amazon Connect"),
        translate(
            "Kpi",
            "Calls that left the queue within the target for whatever reason, of all offered.",
        ),
    ),
    _mean(
        "asa",
        lambda totals: totals.wait_of_answered,
        lambda totals: totals.waits_known,
        translate("Kpi", "Average speed of answer"),
        translate("Kpi", "How long answered callers waited on average, no wait included."),
        Better.LOWER,
    ),
    _mean(
        "asa_delayed",
        lambda totals: totals.wait_of_answered,
        lambda totals: totals.waits_known - totals.answered_at_once,
        translate("Kpi", "Average wait of those who waited"),
        translate("Kpi", "How long answered callers who had to wait at all waited on average."),
        Better.LOWER,
    ),
    _mean(
        "awt",
        lambda totals: totals.wait_of_answered + totals.wait_of_abandoned + totals.wait_of_left,
        lambda totals: totals.waits_known + totals.abandon_waits_known + totals.left_waits_known,
        translate("Kpi", "Average wait of all"),
        translate("Kpi", "How long callers waited on average, however their wait ended."),
        Better.LOWER,
    ),
    _mean(
        "ata",
        lambda totals: totals.wait_of_abandoned,
        lambda totals: totals.abandon_waits_known,
        translate("Kpi", "Average time to abandon"),
        translate("Kpi", "How long callers who hung up had waited on average."),
    ),
    _wait_percentile(
        "wait_p50",
        "0.5",
        _FEW,
        translate("Kpi", "Wait, 50th percentile"),
        translate("Kpi", "Half of the answered callers waited no longer than this."),
    ),
    _wait_percentile(
        "wait_p90",
        "0.9",
        _SOME,
        translate("Kpi", "Wait, 90th percentile"),
        translate("Kpi", "Nine of ten answered callers waited no longer than this."),
    ),
    _wait_percentile(
        "wait_p95",
        "0.95",
        2 * _SOME,
        translate("Kpi", "Wait, 95th percentile"),
        translate("Kpi", "Nineteen of twenty answered callers waited no longer than this."),
    ),
    Kpi(
        key=KpiKey("max_wait"),
        name=translate("Kpi", "Longest wait in the window"),
        meaning=translate("Kpi", "The longest wait of the calls that are over."),
        unit=Unit.SECONDS,
        better=Better.LOWER,
        booking=Booking.ARRIVAL,
        roll_up=RollUp.LONGEST,
        above=_of_longest,
        calls=lambda sums: (
            sums.calls.waits_known + sums.calls.abandon_waits_known + sums.calls.left_waits_known
        ),
    ),
)

_AGENTS: Final = (
    _handling(
        "att",
        lambda totals: totals.talk,
        lambda totals: totals.handled,
        translate("Kpi", "Average talk time"),
        translate(
            "Kpi",
            "How long agents talked on average for each handled call; hold is part of it where "
            "the system does not tell it apart.",
        ),
    ),
    _handling(
        "hold_avg",
        lambda totals: totals.hold,
        lambda totals: totals.holds_known,
        translate("Kpi", "Average hold"),
        translate(
            "Kpi", "How long callers were on hold on average for each call whose hold is told."
        ),
    ),
    _handling(
        "hold_avg_held",
        lambda totals: totals.hold,
        lambda totals: totals.held,
        translate("Kpi", "Average hold of held calls"),
        translate("Kpi", "How long callers were on hold on average, of those who were at all."),
    ),
    _handling(
        "acw_avg",
        lambda totals: totals.wrap_up,
        lambda totals: totals.wrap_ups_known,
        translate("Kpi", "After-call work"),
        translate(
            "Kpi", "How long the work after a call took on average, where the system tells it."
        ),
    ),
    _handling(
        "aht",
        lambda totals: totals.talk + totals.hold + totals.wrap_up,
        lambda totals: totals.handled,
        translate("Kpi", "Average handle time"),
        translate("Kpi", "Talk, hold and work after the call, on average for each handled call."),
    ),
    Kpi(
        key=KpiKey("handle_contact"),
        name=translate("Kpi", "Handle time per contact"),
        meaning=translate(
            "Kpi",
            "Talk, hold and work after the call of all agents whom a caller was passed to, on "
            "average for each handled contact.",
        ),
        unit=Unit.SECONDS,
        better=Better.NEITHER,
        booking=Booking.COMPLETION,
        roll_up=RollUp.NONE,
        above=lambda sums: (
            None if sums.contacts is None else sums.contacts.handle_time.total_seconds()
        ),
        below=lambda sums: None if sums.contacts is None else sums.contacts.handled,
        enough=_FEW,
    ),
    _time_share(
        "occupancy",
        lambda time: time.handling,
        lambda time: time.handling + time.available,
        translate("Kpi", "Occupancy"),
        translate(
            "Kpi",
            "Time with calls and the work after them, of that time and the time ready for calls; "
            "breaks are in neither.",
        ),
    ),
    _time_share(
        "occupancy_logged_in",
        lambda time: time.handling,
        lambda time: time.logged_in,
        translate("Kpi", "Occupancy of logged-in time"),
        translate(
            "Kpi",
            "Time with calls and the work after them, of all time that agents were logged in.",
        ),
    ),
    _time_share(
        "availability",
        lambda time: time.available,
        lambda time: time.logged_in,
        translate("Kpi", "Availability"),
        translate("Kpi", "Time ready for calls, of the time that agents were logged in."),
    ),
    _time(
        "not_ready",
        lambda time: time.of(AgentState.ON_BREAK),
        translate("Kpi", "Not ready"),
        translate("Kpi", "Time that agents were on a break of whatever reason, added up."),
    ),
    _time(
        "logged_in",
        lambda time: time.logged_in,
        translate("Kpi", "Logged in"),
        translate("Kpi", "Time that agents were logged in, each person once, added up."),
    ),
)

KPIS: Final[tuple[Kpi, ...]] = (*_VOLUME, *_WAITING, *_AGENTS)

KPI_BY_KEY: Final[Mapping[str, Kpi]] = {kpi.key: kpi for kpi in KPIS}
