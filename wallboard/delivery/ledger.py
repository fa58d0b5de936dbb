"""What is to be told by which way, when it is tried again, and what became of it.

The rules, in prose:

* What fires, becomes worse, comes and goes, is steady again, or is nobody's any more is told by
  every way that wants to hear of so bad an alert. Who was told of a firing is told whatever else
  becomes of it: that it is better, comes and goes, is steady or over.
* While nobody is to be disturbed nothing is told but the end, to who was told of the beginning.
* An event is told by a way once: it is known by its id, however often it is handed in.
* What failed is tried again after five seconds, then after twice as long each time, up to ten
  minutes; after ten minutes at once if somebody must mend something first. A server that asks to
  be left alone longer is. After a day it is of no use any more, and has failed, whether it was
  tried in that time or not.
* A way that cannot be reached is not tried by each message: all wait as long as the one that
  failed, the oldest is tried first, and once one was taken the others follow at once. A message
  that a server does not take holds up no other but those of the same firing: nobody hears of an
  end before its beginning.
* What is due for one way at the same time is told together, the oldest first.
* Times are counted by the steady clock, so that setting the computer's clock hurries nothing and
  holds nothing up.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from wallboard.domain.alert import AlertEvent, News
from wallboard.domain.clock import Moment
from wallboard.domain.delivery import Delivery, DeliveryKey, DeliveryState, NotDelivered
from wallboard.domain.errors import Fault, FaultKind
from wallboard.domain.severity import Severity
from wallboard.domain.value import value

FIRST_PAUSE: Final = timedelta(seconds=5)
LONGEST_PAUSE: Final = timedelta(minutes=10)
OF_USE: Final = timedelta(hours=24)
"""So long a message is of use."""
REMEMBERED: Final = 5_000
"""So many deliveries that have ended are kept in memory."""

_BEGINS: Final = frozenset({News.FIRED, News.WORSE, News.UNSTABLE, News.STEADY, News.FREE_AGAIN})
_GOES_ON: Final = frozenset({News.BETTER, News.UNSTABLE, News.STEADY, News.OVER})
_NO_TIME: Final = timedelta()


@value
class Taker:
    """A way out, and what it wants to hear of.

    Attributes:
        way: Its name.
        least: Of alerts that are less bad it is not told.
        together: So many events are told in one message at the most.
    """

    way: str
    least: Severity = Severity.CRITICAL
    together: int = 1


@dataclass(slots=True)
class _Entry:
    """One delivery and its times by the steady clock.

    Attributes:
        held: True until what it tells is in the journal.
    """

    delivery: Delivery
    due_s: float
    useless_s: float
    held: bool = False


class Ledger:
    """All deliveries that matter now. Used by one thread at a time."""

    def __init__(self, takers: Iterable[Taker] = ()) -> None:
        self._takers: dict[str, Taker] = {}
        self._entries: dict[DeliveryKey, _Entry] = {}
        self._firings: set[tuple[str, str]] = set()
        self._left: deque[str] = deque(maxlen=REMEMBERED)
        self.choose(takers)

    def choose(self, takers: Iterable[Taker]) -> None:
        """Let these be the ways. What waits for others goes on waiting, and is not tried."""
        self._takers = {taker.way: taker for taker in takers}

    @property
    def deliveries(self) -> tuple[Delivery, ...]:
        """All of them, the newest first."""
        told = [entry.delivery for entry in self._entries.values()]
        return tuple(sorted(told, key=lambda one: (one.queued_at, one.event.at), reverse=True))

    def load(self, kept: Iterable[Delivery], now: Moment) -> None:
        """Take over what an earlier run left. What is known already stays as it is."""
        for delivery in kept:
            if delivery.key not in self._entries:
                # A clock that was set must not hold anything up for longer than a pause.
                rest = min(max(delivery.due_at - now.wall, _NO_TIME), LONGEST_PAUSE)
                age = max(now.wall - delivery.queued_at, _NO_TIME)
                self._enter(delivery, now, rest=rest, left=OF_USE - age)

    def stage(self, events: Sequence[AlertEvent], now: Moment) -> tuple[Delivery, ...]:
        """Return all deliveries of these events; the new ones are held until `release`."""
        staged: list[Delivery] = []
        worse = {event.firing_id for event in events if event.news is News.WORSE}
        for event in events:
            if event.event_id in self._left:
                continue
            # Who is told that it is worse knows that somebody must look again.
            if event.news is News.FREE_AGAIN and event.firing_id in worse:
                continue
            for taker in self._takers.values():
                key = (taker.way, event.event_id)
                if key not in self._entries and self._wants(taker, event):
                    delivery = Delivery(
                        way=taker.way, event=event, queued_at=now.wall, due_at=now.wall
                    )
                    self._enter(delivery, now, rest=_NO_TIME, left=OF_USE, held=True)
                if key in self._entries:
                    staged.append(self._entries[key].delivery)
        return tuple(staged)

    def leave(self, events: Sequence[AlertEvent]) -> None:
        """Note that another program tells these: here they are staged and told no more."""
        self._left.extend(event.event_id for event in events)

    def release(self, events: Sequence[AlertEvent], now: Moment) -> tuple[Delivery, ...]:
        """Let deliveries of these events be tried; return them."""
        released = self.stage(events, now)
        for delivery in released:
            self._entries[delivery.key].held = False
        return released

    def expire(self, way: str, now: Moment) -> tuple[Delivery, ...]:
        """Give up what waits for a way and is of no use any more; return it as it is now."""
        return tuple(
            self._ended(entry, now, DeliveryState.FAILED)
            for entry in self._waiting(way)
            if entry.useless_s <= now.steady_s
        )

    def batch(self, way: str, now: Moment) -> tuple[Delivery, ...]:
        """Return what is to be told by a way now in one message; empty if nothing is.

        What is of no use any more is to be taken out before, by `expire`.
        """
        taker = self._takers.get(way)
        if taker is None:
            return ()
        due = [one for one, due_s in self._in_order(way) if due_s <= now.steady_s]
        return tuple(due[: taker.together])

    def due_in_s(self, way: str, now: Moment) -> float | None:
        """Return in how many seconds something is to be told by a way. None if nothing waits."""
        due = [due_s for _one, due_s in self._in_order(way)] if way in self._takers else []
        return max(0.0, min(due) - now.steady_s) if due else None

    def hurry(self, way: str, now: Moment) -> None:
        """Have all that waits for a way tried now, as after somebody mended it."""
        for entry in self._waiting(way):
            entry.due_s = now.steady_s

    def sent(self, keys: Collection[DeliveryKey], now: Moment) -> tuple[Delivery, ...]:
        """Note that these were taken; return them as they are now."""
        ended = tuple(self._tried(key, now, DeliveryState.SENT, None) for key in keys)
        for way in {one.way for one in ended}:
            for entry in self._waiting(way):
                if not _is_its_own(entry.delivery.fault):
                    entry.due_s = min(entry.due_s, now.steady_s)
        return ended

    def failed(
        self, keys: Collection[DeliveryKey], now: Moment, why: NotDelivered
    ) -> tuple[Delivery, ...]:
        """Note that these were not taken; return them as they are now."""
        noted = tuple(self._again(key, now, why) for key in keys)
        if not _is_its_own(why.fault):
            for key in keys:
                until_s = self._entries[key].due_s
                for entry in self._waiting(key[0]):
                    entry.due_s = max(entry.due_s, until_s)
        return noted

    def _wants(self, taker: Taker, event: AlertEvent) -> bool:
        known = (taker.way, event.firing_id) in self._firings
        if event.silent:
            return known and event.news is News.OVER
        begins = event.news in _BEGINS and event.severity >= taker.least
        return begins or (known and event.news in _GOES_ON)

    def _enter(
        self,
        delivery: Delivery,
        now: Moment,
        *,
        rest: timedelta,
        left: timedelta,
        held: bool = False,
    ) -> None:
        self._entries[delivery.key] = _Entry(
            delivery=delivery,
            due_s=now.steady_s + rest.total_seconds(),
            useless_s=now.steady_s + left.total_seconds(),
            held=held,
        )
        self._firings.add((delivery.way, delivery.event.firing_id))
        if len(self._entries) > 2 * REMEMBERED:
            self._forget()

    def _waiting(self, way: str) -> list[_Entry]:
        return [
            entry
            for (its, _event), entry in self._entries.items()
            if its == way and not entry.held and entry.delivery.state is DeliveryState.QUEUED
        ]

    def _in_order(self, way: str) -> list[tuple[Delivery, float]]:
        """Return what waits for a way, the oldest first, each with when it is due.

        None is due before those of its firing that are older.
        """
        found: list[tuple[Delivery, float]] = []
        latest: dict[str, float] = {}
        for entry in sorted(self._waiting(way), key=lambda one: _oldest_first(one.delivery)):
            firing = entry.delivery.event.firing_id
            due_s = latest[firing] = max(entry.due_s, latest.get(firing, entry.due_s))
            found.append((entry.delivery, due_s))
        return found

    def _again(self, key: DeliveryKey, now: Moment, why: NotDelivered) -> Delivery:
        entry = self._entries[key]
        pause = max(
            pause_after(entry.delivery.tries + 1, lasting=why.lasting), why.retry_after or _NO_TIME
        )
        due_s = now.steady_s + pause.total_seconds()
        if due_s >= entry.useless_s:
            return self._tried(key, now, DeliveryState.FAILED, why.fault)
        entry.due_s = due_s
        entry.delivery = replace(
            entry.delivery,
            tries=entry.delivery.tries + 1,
            due_at=now.wall + pause,
            fault=why.fault,
        )
        return entry.delivery

    def _tried(
        self, key: DeliveryKey, now: Moment, state: DeliveryState, fault: Fault | None
    ) -> Delivery:
        entry = self._entries[key]
        entry.delivery = replace(entry.delivery, tries=entry.delivery.tries + 1, fault=fault)
        return self._ended(entry, now, state)

    def _ended(self, entry: _Entry, now: Moment, state: DeliveryState) -> Delivery:
        entry.delivery = replace(entry.delivery, state=state, due_at=now.wall)
        return entry.delivery

    def _forget(self) -> None:
        """Let go of the oldest of those that have ended."""
        ended = [
            entry.delivery
            for entry in self._entries.values()
            if entry.delivery.state is not DeliveryState.QUEUED
        ]
        for delivery in sorted(ended, key=_oldest_first)[: max(0, len(ended) - REMEMBERED)]:
            del self._entries[delivery.key]
        self._firings = {
            (way, one.delivery.event.firing_id) for (way, _), one in self._entries.items()
        }


def _is_its_own(fault: Fault | None) -> bool:
    """True if it is this message that is not taken, and another one may be."""
    return fault is not None and fault.kind is FaultKind.MESSAGE_REFUSED


def pause_after(tries: int, *, lasting: bool = False) -> timedelta:
    """Return how long to wait after so many tries, at least one."""
    if lasting:
        return LONGEST_PAUSE
    # 5 s doubled seven times is beyond ten minutes.
    return min(FIRST_PAUSE * (1 << min(tries - 1, 7)), LONGEST_PAUSE)


def _oldest_first(delivery: Delivery) -> tuple[datetime, datetime, str]:
    return delivery.event.at, delivery.queued_at, delivery.event.event_id
