"""Counts and sums over calls. Adding two of them gives one of them; that is the only roll-up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from operator import attrgetter
from typing import Any, Final

from wallboard.domain.facts import CallRecord, Ending

_NO_TIME = timedelta()


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Counts and sums over the calls of some queues and some stretch of time.

    `offered == answered + abandoned + timed_out + left_by_key + left_empty + left_otherwise
    + unknown + waiting` holds always.

    Attributes:
        offered: Visits to the queue.
        answered: Those that reached an agent; some may still talk.
        answered_in_target: Answered with `wait <= target`.
        waits_known: Answered calls whose wait is known; `wait_of_answered` is their sum.
        abandoned: The caller hung up while waiting; `wait_of_abandoned` is their sum.
        unknown: Ended while we could not see; they are in no ratio.
        waiting: Still waiting.
        undecided: Offered calls of which nobody can say whether they were answered within the
            target: who still waits within it, or whose wait or target is not known. The
            `unknown` ones are not among them.
        handled: Answered calls that are over with a known talk time; `talk`, `hold` and
            `wrap_up` are their sums.
    """

    offered: int = 0
    answered: int = 0
    answered_in_target: int = 0
    abandoned: int = 0
    timed_out: int = 0
    left_by_key: int = 0
    left_empty: int = 0
    left_otherwise: int = 0
    unknown: int = 0
    waiting: int = 0
    undecided: int = 0
    waits_known: int = 0
    handled: int = 0
    transferred: int = 0
    missed_rings: int = 0
    wait_of_answered: timedelta = _NO_TIME
    wait_of_abandoned: timedelta = _NO_TIME
    talk: timedelta = _NO_TIME
    hold: timedelta = _NO_TIME
    wrap_up: timedelta = _NO_TIME

    def __add__(self, other: Totals) -> Totals:
        """Return the totals over both; the order does not matter."""
        return Totals(
            offered=self.offered + other.offered,
            answered=self.answered + other.answered,
            answered_in_target=self.answered_in_target + other.answered_in_target,
            abandoned=self.abandoned + other.abandoned,
            timed_out=self.timed_out + other.timed_out,
            left_by_key=self.left_by_key + other.left_by_key,
            left_empty=self.left_empty + other.left_empty,
            left_otherwise=self.left_otherwise + other.left_otherwise,
            unknown=self.unknown + other.unknown,
            waiting=self.waiting + other.waiting,
            undecided=self.undecided + other.undecided,
            waits_known=self.waits_known + other.waits_known,
            handled=self.handled + other.handled,
            transferred=self.transferred + other.transferred,
            missed_rings=self.missed_rings + other.missed_rings,
            wait_of_answered=self.wait_of_answered + other.wait_of_answered,
            wait_of_abandoned=self.wait_of_abandoned + other.wait_of_abandoned,
            talk=self.talk + other.talk,
            hold=self.hold + other.hold,
            wrap_up=self.wrap_up + other.wrap_up,
        )


NOTHING = Totals()


def added(many: Iterable[Totals]) -> Totals:
    """Return the totals over all of them; quicker than adding one after the other."""
    rows = tuple(many)
    sums = {name: sum(map(get, rows), nothing) for name, (get, nothing) in _FIELDS.items()}
    return Totals(**sums)


# By field: how to get it, and what to begin the sum with.
_FIELDS: Final[Mapping[str, tuple[Callable[[Totals], Any], Any]]] = {
    item.name: (attrgetter(item.name), getattr(NOTHING, item.name)) for item in fields(Totals)
}


def within(wait: timedelta | None, target: timedelta | None) -> bool:
    """True if the wait is known, a target is known, and the one is not over the other."""
    return wait is not None and target is not None and wait <= target


def totals_of(record: CallRecord) -> Totals:
    """Return the totals of one call that is over."""
    answered = record.ending is Ending.ANSWERED
    abandoned = record.ending is Ending.ABANDONED
    wait_known = answered and record.wait is not None
    handled = answered and record.talk is not None
    unknown = record.ending is Ending.UNKNOWN
    undecided = not unknown and (record.target is None or (answered and record.wait is None))
    return Totals(
        offered=1,
        answered=int(answered),
        answered_in_target=int(answered and within(record.wait, record.target)),
        abandoned=int(abandoned),
        timed_out=int(record.ending is Ending.TIMED_OUT),
        left_by_key=int(record.ending is Ending.LEFT_BY_KEY),
        left_empty=int(record.ending is Ending.LEFT_EMPTY),
        left_otherwise=int(record.ending is Ending.LEFT_OTHERWISE),
        unknown=int(unknown),
        undecided=int(undecided),
        waits_known=int(wait_known),
        handled=int(handled),
        transferred=int(record.transferred),
        missed_rings=record.missed_rings,
        wait_of_answered=(record.wait or _NO_TIME) if answered else _NO_TIME,
        wait_of_abandoned=(record.wait or _NO_TIME) if abandoned else _NO_TIME,
        talk=(record.talk or _NO_TIME) if handled else _NO_TIME,
        hold=(record.hold or _NO_TIME) if handled else _NO_TIME,
        wrap_up=(record.wrap_up or _NO_TIME) if handled else _NO_TIME,
    )
