"""Counts and sums over calls. Adding two of them gives one of them; that is the only roll-up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import reduce
from itertools import islice
from operator import add, sub
from typing import Any, Final, NamedTuple

from wallboard.domain.facts import CallRecord, Ending
from wallboard.domain.waits import counted

_NO_TIME = timedelta()
_FEW: Final = 4


class Totals(NamedTuple):
    """Counts and sums over the calls of some queues and some stretch of time.

    A tuple and not a value like others: thousands are added in every second of a large board,
    and a tuple of forty fields is made in a quarter of the time.

    `offered == answered + abandoned + timed_out + left_by_key + left_empty + left_otherwise
    + unknown + waiting` holds always.

    Attributes:
        offered: Visits to the queue.
        answered: Those that reached an agent; some may still talk.
        answered_in_target: Answered with `wait <= target`.
        answered_at_once: Answered without any wait.
        abandoned: The caller hung up while waiting.
        abandoned_in_target: Abandoned with `wait <= target`.
        abandoned_short: Abandoned with `wait` not over the queue's short-abandon threshold.
        sent_away_in_target: Timed out, left empty or otherwise with `wait <= target`.
        left_by_key_in_target: Left by key with `wait <= target`.
        unknown: Ended while we could not see; they are in no ratio.
        waiting: Still waiting.
        undecided_answered, undecided_abandoned, undecided_left: Those of which nobody can say
            whether they were within the target, because their wait or the target is not known.
            Who was sent away or left by key is in the last.
        undecided_by_key: Those of `undecided_left` who left by key.
        targetless_abandoned, targetless_left: Those of them for which no target is known.
        targetless_short: Short abandons for which no target is known.
        undecided_waiting: Who still waits, and not longer than the target, or nobody knows.
        waits_known: Answered calls whose wait is known; `wait_of_answered` is their sum and
            `waits` their counts by the second, packed in one number that `Waits` reads.
        abandon_waits_known: The same of the abandoned: `wait_of_abandoned`, `abandon_waits`.
        left_waits_known: The same of who was sent away or left by key: `wait_of_left`.
        longest_wait: Of all calls that are over. Adding takes the longer one. Zero if none.
        handled: Answered calls that are over with a known talk time; `talk`, `hold` and
            `wrap_up` are their sums.
        holds_known, wrap_ups_known: Of those, the ones whose hold and wrap-up are told.
        held: Of those, the ones that were on hold at all.
        transferred: Answered calls that the agent passed on.
        missed_rings: How often an agent's phone rang for these callers in vain.
    """

    offered: int = 0
    answered: int = 0
    answered_in_target: int = 0
    answered_at_once: int = 0
    abandoned: int = 0
    abandoned_in_target: int = 0
    abandoned_short: int = 0
    timed_out: int = 0
    left_by_key: int = 0
    left_empty: int = 0
    left_otherwise: int = 0
    sent_away_in_target: int = 0
    left_by_key_in_target: int = 0
    unknown: int = 0
    waiting: int = 0
    undecided_answered: int = 0
    undecided_abandoned: int = 0
    undecided_left: int = 0
    undecided_by_key: int = 0
    undecided_waiting: int = 0
    targetless_abandoned: int = 0
    targetless_left: int = 0
    targetless_short: int = 0
    waits_known: int = 0
    abandon_waits_known: int = 0
    left_waits_known: int = 0
    handled: int = 0
    holds_known: int = 0
    wrap_ups_known: int = 0
    held: int = 0
    transferred: int = 0
    missed_rings: int = 0
    wait_of_answered: timedelta = _NO_TIME
    wait_of_abandoned: timedelta = _NO_TIME
    wait_of_left: timedelta = _NO_TIME
    talk: timedelta = _NO_TIME
    hold: timedelta = _NO_TIME
    wrap_up: timedelta = _NO_TIME
    waits: int = 0
    abandon_waits: int = 0
    longest_wait: timedelta = _NO_TIME

    def __add__(self, other: Totals) -> Totals:  # type: ignore[override]
        """Return the totals over both; the order does not matter."""
        if self is NOTHING:
            return other
        if other is NOTHING:
            return self
        return _made(map(add, self, other), max(self.longest_wait, other.longest_wait))

    @property
    def sent_away(self) -> int:
        """Who the system took out of the queue: timed out, left empty or otherwise."""
        return self.timed_out + self.left_empty + self.left_otherwise

    @property
    def left(self) -> int:
        """Flow-outs: sent away, or left by key."""
        return self.sent_away + self.left_by_key

    @property
    def undecided(self) -> int:
        """Offered calls of which nobody can say whether they were answered within the target.

        Who left unanswered was not, however long he waited.
        """
        return (
            self.undecided_answered
            + self.undecided_waiting
            + self.targetless_abandoned
            + self.targetless_left
        )


NOTHING = Totals()


def added(many: Iterable[Totals]) -> Totals:
    """Return the totals over all of them; quicker than adding one after the other."""
    rows = [row for row in many if row is not NOTHING]
    if len(rows) <= _FEW:
        return reduce(add, rows, NOTHING)
    # What to begin each field's sum with: not all are numbers.
    nothing: tuple[Any, ...] = NOTHING
    sums = map(sum, islice(zip(*rows, strict=True), _LAST), nothing)
    return _made(sums, max(row.longest_wait for row in rows))


def exchanged(
    sums: Totals, pairs: Iterable[tuple[Totals, Totals]], now: Iterable[Totals]
) -> Totals:
    """Return the totals over many once a few of them are others.

    Args:
        sums: Over the many, as they were.
        pairs: Each of the few, as it was and as it is.
        now: The many, as they are.
    """
    longest = max((row.longest_wait for row in now), default=_NO_TIME)
    parts: Iterable[Any] = sums
    for was, is_ in pairs:
        parts = list(map(sub, map(add, parts, is_), was))
    return _made(parts, longest)


def without(totals: Totals, part: Totals) -> Totals:
    """Return the totals without a part of them that has not the longest wait of all."""
    return _made(map(sub, totals, part), totals.longest_wait)


def with_waiting(totals: Totals, waiting: int, undecided: int) -> Totals:
    """Return the totals with callers who wait, offered too; quicker than to add totals of them.

    Args:
        undecided: Of how many of them nobody can say whether they will be answered in time.
    """
    row: list[Any] = list(totals)
    row[_OFFERED] += waiting
    row[_WAITING] += waiting
    row[_UNDECIDED_WAITING] += undecided
    return tuple.__new__(Totals, row)


_PLACES: Final = {name: place for place, name in enumerate(Totals._fields)}


_OFFERED: Final = _PLACES["offered"]
_WAITING: Final = _PLACES["waiting"]
_UNDECIDED_WAITING: Final = _PLACES["undecided_waiting"]


def _made(parts: Iterable[Any], longest_wait: timedelta) -> Totals:
    """Return totals by their fields in order; of the last one, the longest wait, no sum is made."""
    return tuple.__new__(Totals, (*islice(parts, _LAST), longest_wait))


_LAST: Final = len(Totals._fields) - 1


def _told(parts: Mapping[str, Any]) -> Totals:
    """Return totals of which most fields are nothing; quicker than by the fields' names."""
    row: list[Any] = list(NOTHING)
    for name, part in parts.items():
        row[_PLACES[name]] = part
    return tuple.__new__(Totals, row)


def within(wait: timedelta | None, target: timedelta | None) -> bool:
    """True if the wait is known, a target is known, and the one is not over the other."""
    return wait is not None and target is not None and wait <= target


def totals_of(record: CallRecord) -> Totals:
    """Return the totals of one call that is over: how it came and went, and how it was handled."""
    return _told(_came(record) | _handled(record))


def arrival_of(record: CallRecord) -> Totals:
    """Return what one call adds where it arrived: offered, how it ended, and the wait."""
    return _told(_came(record))


def handling_of(record: CallRecord) -> Totals:
    """Return what one call adds where it was handled to the end, wrap-up included."""
    parts = _handled(record)
    return _told(parts) if parts else NOTHING


def totals_over(records: Iterable[CallRecord]) -> Totals:
    """Return the totals of many calls; several times quicker than adding those of each."""
    return _summed(parts(record) for record in records for parts in (_came, _handled))


def arrivals_over(records: Iterable[CallRecord]) -> Totals:
    """Return what many calls add where they arrived."""
    return _summed(map(_came, records))


def handlings_over(records: Iterable[CallRecord]) -> Totals:
    """Return what many calls add where they were handled to the end."""
    return _summed(map(_handled, records))


def _summed(rows: Iterable[Mapping[str, Any]]) -> Totals:
    sums: dict[str, Any] = {}
    longest = _NO_TIME
    for row in rows:
        for name, part in row.items():
            if name == "longest_wait":
                longest = max(longest, part)
            elif part:
                sums[name] = sums[name] + part if name in sums else part
    sums["longest_wait"] = longest
    return _told(sums)


def _came(record: CallRecord) -> dict[str, Any]:
    ending = record.ending
    if ending is Ending.UNKNOWN:
        return {"offered": 1, "unknown": 1, "missed_rings": record.missed_rings}
    parts: dict[str, Any] = {"offered": 1, "missed_rings": record.missed_rings}
    if record.wait is not None:
        parts["longest_wait"] = record.wait
    if ending is Ending.ANSWERED:
        return parts | _answered(record)
    return parts | (_abandoned(record) if ending is Ending.ABANDONED else _left(record))


def _answered(record: CallRecord) -> dict[str, Any]:
    wait = record.wait
    parts = {
        "answered": 1,
        "answered_in_target": int(within(wait, record.target)),
        "undecided_answered": int(_undecided(record)),
        "transferred": int(record.transferred),
    }
    if wait is None:
        return parts
    return parts | {
        "answered_at_once": int(not wait),
        "waits_known": 1,
        "wait_of_answered": wait,
        "waits": counted(wait),
    }


def _abandoned(record: CallRecord) -> dict[str, Any]:
    wait = record.wait
    short, targetless = within(wait, record.short), record.target is None
    parts = {
        "abandoned": 1,
        "abandoned_in_target": int(within(wait, record.target)),
        "abandoned_short": int(short),
        "undecided_abandoned": int(_undecided(record)),
        "targetless_abandoned": int(targetless),
        "targetless_short": int(short and targetless),
    }
    if wait is None:
        return parts
    return parts | {
        "abandon_waits_known": 1,
        "wait_of_abandoned": wait,
        "abandon_waits": counted(wait),
    }


def _left(record: CallRecord) -> dict[str, Any]:
    by_key = record.ending is Ending.LEFT_BY_KEY
    undecided = _undecided(record)
    in_target = "left_by_key_in_target" if by_key else "sent_away_in_target"
    return {
        _EXITS[record.ending]: 1,
        in_target: int(within(record.wait, record.target)),
        "undecided_left": int(undecided),
        "undecided_by_key": int(undecided and by_key),
        "targetless_left": int(record.target is None),
        "left_waits_known": int(record.wait is not None),
        "wait_of_left": record.wait or _NO_TIME,
    }


def _undecided(record: CallRecord) -> bool:
    return record.wait is None or record.target is None


def _handled(record: CallRecord) -> dict[str, Any]:
    if record.ending is not Ending.ANSWERED or record.talk is None:
        return {}
    return {
        "handled": 1,
        "holds_known": int(record.hold is not None),
        "wrap_ups_known": int(record.wrap_up is not None),
        "held": int(bool(record.hold)),
        "talk": record.talk,
        "hold": record.hold or _NO_TIME,
        "wrap_up": record.wrap_up or _NO_TIME,
    }


_EXITS: Final[Mapping[Ending, str]] = {
    Ending.TIMED_OUT: "timed_out",
    Ending.LEFT_BY_KEY: "left_by_key",
    Ending.LEFT_EMPTY: "left_empty",
    Ending.LEFT_OTHERWISE: "left_otherwise",
}
