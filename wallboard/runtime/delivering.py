"""Has alerts told by their ways out: one thread a way, and a queue that a kill does not empty.

The rules, in prose:

* What is to be told is written down in the transaction that keeps the event in the journal, and
  tried only after that: a kill in between leaves it to the next start.
* Whoever took a message said so before it counts as sent. A kill between his word and our note
  of it tells him twice, with the same id: at least once, never not at all.
* A way that hangs holds up no other.
* Without a history, or while it cannot be written, what is announced is told all the same, from
  memory.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from wallboard.delivery.ledger import Ledger, Taker
from wallboard.delivery.way import Way
from wallboard.domain.alert import AlertEvent
from wallboard.domain.clock import Clock
from wallboard.domain.delivery import Delivery, NotDelivered, Post
from wallboard.domain.errors import FaultKind, fault
from wallboard.domain.value import value
from wallboard.runtime.keeping import Errand
from wallboard.settings.secrets import redacted
from wallboard.storage.delivery_queue import (
    KEPT_FOR,
    deliveries_since,
    forget_deliveries,
    keep_deliveries,
    queued_deliveries,
)
from wallboard.storage.history import History

Compose: TypeAlias = Callable[[Sequence[AlertEvent], str, datetime], Post]
"""Makes a message of events; told the way's name and the present time."""

_SHOWN: Final = timedelta(days=7)
_GRACE_S: Final = 0.5
_TIDY_S: Final = 86_400.0


@value
class Exit:
    """A way out, ready to be used.

    Attributes:
        made: Makes the way, with its secrets; may wait for a keyring. Raises NotDelivered.
    """

    taker: Taker
    made: Callable[[], Way]


class Delivering:
    """All ways out of one connection's alerts. Its methods may be called from any thread."""

    def __init__(
        self,
        exits: Iterable[Exit],
        *,
        compose: Compose,
        clock: Clock,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        """Prepare.

        Args:
            compose: Called by the ways' threads.
            changed: Called by any thread when something has become of a delivery.
        """
        self._exits: Mapping[str, Exit] = {each.taker.way: each for each in exits}
        self._compose = compose
        self._clock = clock
        self._changed = changed
        self._news = threading.Condition()
        self._ledger = Ledger(each.taker for each in self._exits.values())
        self._do: Callable[[Errand], None] | None = None
        self._stopping = False
        self._threads: dict[str, threading.Thread] = {}

    @property
    def deliveries(self) -> tuple[Delivery, ...]:
        """What has become of the deliveries of the last days, the newest first."""
        with self._news:
            return self._ledger.deliveries

    def start(self, do: Callable[[Errand], None]) -> None:
        """Begin, with what an earlier run left; call it once.

        Args:
            do: Has something done with the history soon, in its thread.
        """
        self._do = do
        do(self._load)
        with self._news:
            self._begin_threads()

    def choose(self, exits: Iterable[Exit], compose: Compose) -> None:
        """Tell by these ways from now on.

        What is under way goes on: a way that was changed is made anew with its next message, and
        what waits for one that is gone waits until it is of no use, or the way comes back.

        Args:
            compose: As at the making.
        """
        with self._news:
            self._exits = {each.taker.way: each for each in exits}
            self._compose = compose
            self._ledger.choose(each.taker for each in self._exits.values())
            if self._do is not None and not self._stopping:
                self._begin_threads()
            self._news.notify_all()
        self._changed()

    def outbox(self, history: History, events: Sequence[AlertEvent]) -> None:
        """Write down what is to be told of events, in the transaction that keeps them.

        Raises:
            HistoryUnavailable: It was not written; nothing is told yet.
        """
        with self._news:
            staged = self._ledger.stage(events, self._clock.now())
        keep_deliveries(history, staged)

    def announce(self, events: Sequence[AlertEvent]) -> None:
        """Tell events, which are in the journal or cannot get there."""
        with self._news:
            released = self._ledger.release(events, self._clock.now())
            self._news.notify_all()
        if released:
            self._changed()

    def leave(self, events: Sequence[AlertEvent]) -> None:
        """Leave events to another program that tells them, also once they can be journalled."""
        with self._news:
            self._ledger.leave(events)

    def try_now(self, way: str) -> None:
        """Have all that waits for a way tried at once."""
        with self._news:
            self._ledger.hurry(way, self._clock.now())
            self._news.notify_all()

    def stop(self) -> None:
        """End. What is not sent is sent after the next start."""
        with self._news:
            self._stopping = True
            self._news.notify_all()
            threads = tuple(self._threads.values())
        until_s = time.monotonic() + _GRACE_S
        for thread in threads:
            thread.join(max(0.0, until_s - time.monotonic()))

    def _begin_threads(self) -> None:
        """Let each way that has no thread have one. The lock is held."""
        for way in self._exits:
            if way not in self._threads:
                thread = threading.Thread(
                    target=self._run, args=(way,), name="way out", daemon=True
                )
                self._threads[way] = thread
                thread.start()

    def _load(self, history: History) -> bool:
        now = self._clock.now()
        forget_deliveries(history, now.wall - KEPT_FOR)
        kept = (*queued_deliveries(history), *deliveries_since(history, now.wall - _SHOWN))
        with self._news:
            self._ledger.load(kept, now)
            self._news.notify_all()
        if kept:
            self._changed()
        return False

    def _run(self, name: str) -> None:
        way: Way | None = None
        made_of: Exit | None = None
        while (found := self._next(name)) is not None:
            way_out, batch = found
            try:
                if way is None or way_out is not made_of:
                    way, made_of = way_out.made(), way_out
                way.send(self._post(name, batch))
            except NotDelivered as error:
                way = None  # made anew, with what was mended meanwhile
                self._note(batch, _redacted(error))
            except Exception as error:  # noqa: BLE001 - the last wall of this thread: told, tried again
                way = None
                reason = type(error).__name__  # not its words: they may hold what is secret
                self._note(batch, NotDelivered(fault(FaultKind.NOT_TOLD_ON, reason=reason)))
            else:
                self._note(batch, None)

    def _next(self, way: str) -> tuple[Exit, tuple[Delivery, ...]] | None:
        """Wait for something to tell, and return it with the way as it is now.

        None when the end is wanted, or the way is no more.
        """
        while True:
            with self._news:
                if self._stopping or way not in self._exits:
                    # In one breath with the look: a way that comes back gets a thread of its own.
                    del self._threads[way]
                    return None
                now = self._clock.now()
                given_up = self._ledger.expire(way, now)
                batch = self._ledger.batch(way, now)
                if batch and not given_up:
                    return self._exits[way], batch
                if not given_up:
                    due_in_s = self._ledger.due_in_s(way, now)
                    self._news.wait(_TIDY_S if due_in_s is None else due_in_s)
            if given_up:
                self._keep(given_up)

    def _post(self, way: str, batch: Sequence[Delivery]) -> Post:
        events = [delivery.event for delivery in batch]
        with self._news:
            compose = self._compose
        return compose(events, way, self._clock.now().wall)

    def _note(self, batch: Sequence[Delivery], why: NotDelivered | None) -> None:
        keys = [delivery.key for delivery in batch]
        with self._news:
            now = self._clock.now()
            if why is None:
                noted = self._ledger.sent(keys, now)
            else:
                noted = self._ledger.failed(keys, now, why)
        self._keep(noted)

    def _keep(self, noted: Sequence[Delivery]) -> None:
        """Have it written down what became of deliveries. The lock is not held."""

        def keep(history: History) -> bool:
            keep_deliveries(history, noted)
            return False

        if self._do is not None:
            self._do(keep)
        self._changed()


def _redacted(error: NotDelivered) -> NotDelivered:
    """Return the error without secrets: a server may repeat in its answer what it was told."""
    details = tuple((name, redacted(told)) for name, told in error.fault.details)
    return NotDelivered(
        replace(error.fault, details=details),
        lasting=error.lasting,
        retry_after=error.retry_after,
    )
