"""What is asked of the one who serves: done by the source's process, once, and followed by its key.

Where one program serves alone the orders are in its memory; who asks keeps a journal of them. Of
several programs any may be asked: the order lies in the database that they share until the one who
polls takes it, and what came of it lies there for all of them.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

from wallboard.domain.errors import WallboardError
from wallboard.domain.supervision import Stage, Wish
from wallboard.domain.value import value
from wallboard.runtime.orders import LATE, UNKNOWN, Order, Outcome
from wallboard.storage import orders as rows
from wallboard.storage.faults import HistoryUnavailable, StorageFault
from wallboard.storage.replicas import Shared

ANSWERED_WITHIN_S: Final = 2.0
"""Who asks waits no longer; after that he follows it by its key."""

_LOOK_S: Final = 0.05
_MOST_REMEMBERED: Final = 10_000
_PENDING: Final = Outcome(stage=Stage.PENDING)


class OrderKeyUsed(WallboardError):
    """The key belongs to another wish; nothing was done."""


@value
class Given:
    """An order and what came of it so far.

    Attributes:
        digest: Of what was asked.
    """

    digest: str
    outcome: Outcome


class OwnOrders:
    """Orders of one who serves alone. May be used by several threads.

    Args:
        pass_on: Has an order done; returns at once.
    """

    def __init__(self, pass_on: Callable[[Order], None]) -> None:
        self._pass_on = pass_on
        self._changed = threading.Condition()
        self._given: OrderedDict[str, Given] = OrderedDict()

    def give(self, key: str, digest: str, wish: Wish) -> Given:
        """Have a wish done, at most once for one key; return what came of it so far.

        Raises:
            OrderKeyUsed: The key belongs to another one.
        """
        with self._changed:
            before = self._given.get(key)
            if before is None:
                self._put(key, Given(digest=digest, outcome=_PENDING))
        if before is None:
            self._pass_on(Order(key=key, wish=wish, told=lambda told: self._hear(key, told)))
        elif before.digest != digest:
            raise OrderKeyUsed(key)
        with self._changed:
            self._changed.wait_for(lambda: self._over(key), ANSWERED_WITHIN_S)
            return self._given.get(key) or Given(digest=digest, outcome=UNKNOWN)

    def state(self, key: str) -> Given | None:
        """Return what came of an order so far. None if none of that key is known."""
        with self._changed:
            return self._given.get(key)

    def close(self) -> None:
        """Nothing is open."""

    def _hear(self, key: str, told: Outcome) -> None:
        with self._changed:
            given = self._given.get(key)
            if given is not None:
                self._given[key] = Given(digest=given.digest, outcome=told)
                self._changed.notify_all()

    def _over(self, key: str) -> bool:
        given = self._given.get(key)
        return given is None or given.outcome.stage is not Stage.PENDING

    def _put(self, key: str, given: Given) -> None:
        self._given[key] = given
        if len(self._given) > _MOST_REMEMBERED:
            self._given.popitem(last=False)


class SharedDesk:
    """Orders of one of several programs. May be used by several threads.

    Every method may raise HistoryUnavailable: then nothing was asked for, and will not be.

    Args:
        opened: Connects to what the programs share.
    """

    def __init__(self, opened: Callable[[], Shared]) -> None:
        self._opened = opened
        self._lock = threading.Lock()
        self._shared: Shared | None = None
        self._closing = threading.Event()

    def give(self, key: str, digest: str, wish: Wish) -> Given:
        """As `OwnOrders.give`, whichever program passes it on."""
        with self._orders() as orders:
            if not orders.there:
                raise HistoryUnavailable(StorageFault.NOT_REACHABLE, "nobody has polled yet")
        try:
            with self._orders() as orders:
                orders.ask(key, digest, wish)
            given = self._followed(key)
        except HistoryUnavailable:
            # Perhaps it lies there, and somebody takes it.
            return self._known_at_last(key) or Given(digest=digest, outcome=UNKNOWN)
        if given is not None and given.digest != digest:
            raise OrderKeyUsed(key)
        return given or Given(digest=digest, outcome=UNKNOWN)

    def state(self, key: str) -> Given | None:
        """As `OwnOrders.state`, whichever program was asked."""
        with self._orders() as orders:
            row = orders.asked(key)
        return None if row is None else _given_of(row)

    def close(self) -> None:
        """Let go of the connection. May be called twice."""
        self._closing.set()
        with self._lock:
            self._lose()

    def _followed(self, key: str) -> Given | None:
        given = self.state(key)
        for _ in range(round(ANSWERED_WITHIN_S / _LOOK_S)):
            if given is None or given.outcome.stage is not Stage.PENDING:
                break
            if self._closing.wait(_LOOK_S):
                break
            given = self.state(key)
        return given

    def _known_at_last(self, key: str) -> Given | None:
        with suppress(HistoryUnavailable):
            return self.state(key)
        return None

    @contextmanager
    def _orders(self) -> Iterator[rows.SharedOrders]:
        with self._lock:
            if self._shared is None:
                self._shared = self._opened()
            try:
                yield self._shared.orders
            except HistoryUnavailable:
                self._lose()
                raise

    def _lose(self) -> None:
        shared, self._shared = self._shared, None
        if shared is not None:
            with suppress(Exception):  # it is of no use any more
                shared.close()


class Courier:
    """Carries orders from the table to the source's process, and back what came of them.

    Its `turn` is for the thread that has the connection.
    """

    def __init__(self) -> None:
        self._told: deque[tuple[str, Outcome]] = deque()

    def turn(self, shared: Shared, pass_on: Callable[[Order], None]) -> None:
        """Tell what came of orders, and pass on what waits.

        Raises:
            HistoryUnavailable: What could not be told is told with a later turn.
        """
        while self._told:
            key, outcome = self._told[0]
            shared.orders.answer(key, str(outcome.stage), outcome.reason)
            self._told.popleft()
        for key, wish in shared.orders.take():
            pass_on(Order(key=key, wish=wish, told=self._listener(key)))

    def _listener(self, key: str) -> Callable[[Outcome], None]:
        return lambda outcome: self._told.append((key, outcome))


def _given_of(row: rows.OrderRow) -> Given:
    return Given(digest=row.digest, outcome=_outcome_of(row))


def _outcome_of(row: rows.OrderRow) -> Outcome:
    match row.stage:
        case rows.ASKED | rows.PASSED:
            return _PENDING
        case rows.TOO_LATE:
            return LATE
        case Stage.DONE | Stage.REFUSED:
            return Outcome(stage=Stage(row.stage), reason=row.reason)
        case _:
            return Outcome(stage=Stage.UNKNOWN, reason=row.reason or UNKNOWN.reason)
