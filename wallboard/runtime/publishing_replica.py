"""One of several programs that serve the same call center: it polls, or it stands by.

The rules, in prose:

* Who has the history open to write polls, and shows what he gives out. Everybody else reads that,
  and gives out the same: the same versions, the same cursors.
* When nobody has it open any more, whoever is first takes over, and goes on from the picture that
  was shown last.
* After the database was away, the one who polled has the first word: what he could not store
  meanwhile is still in his memory. The others wait for one poll.
* While the database is away, who polls goes on from memory, and who stands by gives out what he
  read last, as old as it is.
* Who comes back and finds that another one polls stops polling, and leaves to the other what he
  could not store.
* Who has the history open and is not heard of for long is cut off.
* Who stands by has a process of the source ready, which asks the call center nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Final

from wallboard.api.faults import SourceWord
from wallboard.domain.errors import Fault, FaultKind, fault
from wallboard.domain.facts import Fact
from wallboard.engine.freshness import Freshness
from wallboard.runtime.history_faults import fault_of
from wallboard.runtime.publishing import Publication, Publisher, new_term
from wallboard.runtime.publishing_orders import Courier
from wallboard.runtime.publishing_poller import Polled, Poller
from wallboard.runtime.publishing_standing import Showing, Standing
from wallboard.runtime.source_link import SourceLink
from wallboard.storage.faults import HistoryUnavailable, StorageFault
from wallboard.storage.history import History
from wallboard.storage.replicas import Shared, claim, take_left

TURN_S: Final = 0.15
"""How often who polls shows what is new, and who stands by looks for it."""
WATCH_S: Final = 0.05
"""How often who stands by looks whether he has to take over."""

_LOOK_S: Final = 1.0
_TRIES: Final = 5
_TRY_S: Final = 0.2
_REFUSED_S: Final = 1.0
_LEAST_GRACE_S: Final = 1.0
_SILENT: Final = timedelta(seconds=30)
_HANDED_OVER_S: Final = 1.0
_ANOTHER_S: Final = 30.0


class Replica:
    """One program's part. Its properties may be asked by any thread."""

    def __init__(
        self,
        polled: Polled,
        *,
        open_history: Callable[[], History],
        open_shared: Callable[[], Shared],
    ) -> None:
        """Prepare.

        Args:
            open_history: Opens the history to write and publish; raises HistoryUnavailable,
                TWO_INSTANCES if another replica has it.
            open_shared: Connects to what the replicas share; raises HistoryUnavailable.
        """
        self._polled = polled
        self._clock = polled.clock
        self._open_history = open_history
        self._open_shared = open_shared
        self._shared: Shared | None = None
        self._poller: Poller | None = None
        self._term = ""
        self._deposed = threading.Event()
        self._stopping = threading.Event()
        self._fault: Fault | None = None
        self._standing = Standing(polled.poll)
        self._showing = Showing()
        self._courier = Courier()
        self._look: _Pending | None = None
        self._gift: _Pending | None = None
        self._looked_s = self._may_lead_s = float("-inf")
        self._grace_s = 0.0
        # What could not be stored while we polled.
        self._left: tuple[Fact, ...] = ()
        self._ready = _Ready(polled)
        self._silent_s = max(_SILENT, 10 * polled.poll).total_seconds()
        self._thread = threading.Thread(target=self._run, name="replica", daemon=True)

    @property
    def newest(self) -> Publication | None:
        """The newest picture, whoever made it. None before any."""
        poller = self._poller
        own = None if poller is None else poller.publisher.newest
        return self._standing.newest(self._clock.now().steady_s) if own is None else own

    @property
    def polling(self) -> bool:
        """True if it is this program that polls."""
        return self._poller is not None

    @property
    def paused(self) -> bool:
        """True if nothing can be stored now, or nobody knows whether it can."""
        poller = self._poller
        if poller is not None:
            return poller.publisher.paused
        newest = self._standing.newest(self._clock.now().steady_s)
        told = newest is not None and newest.paused
        return told or self._shared is None or self._fault is not None

    @property
    def source(self) -> SourceWord:
        """How the connection to the call center stands, whether there was a picture or not."""
        newest, poller = self.newest, self._poller
        if newest is not None:
            why = newest.source.fault or (self._fault if poller is None else None)
            return SourceWord(state=newest.source.state, fault=why)
        if poller is not None:
            return poller.publisher.source
        return SourceWord(state=str(Freshness.NO_DATA), fault=self._fault)

    @property
    def source_pid(self) -> int | None:
        """The id of the source's process. None while there is none here."""
        poller = self._poller
        return None if poller is None else poller.source_pid

    def start(self) -> None:
        """Begin. May be called once."""
        self._thread.start()

    def stop(self) -> None:
        """Stop polling, and let another one do it. May be called again."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                self._turn_safely()
                self._rest()
        finally:
            self._end()

    def _rest(self) -> None:
        """Wait for the next turn, or until nobody has the history open any more."""
        shared, until_s = self._shared, self._now_s() + TURN_S
        while not self._stopping.wait(WATCH_S) and self._now_s() < until_s:
            if shared is not None and self._poller is None and self._vacant(shared):
                return

    def _vacant(self, shared: Shared) -> bool:
        try:
            return shared.holder() is None
        except HistoryUnavailable:
            return True  # the turn meets it too

    def _end(self) -> None:
        poller, shared = self._poller, self._shared
        if poller is not None:
            if shared is not None:
                # Who takes over goes on from this one.
                with suppress(HistoryUnavailable):
                    newest, now_s = poller.publisher.newest, self._now_s()
                    self._showing.turn(shared, self._term, newest, now_s)
            self._left += poller.stop()
            self._poller = None
        self._ready.close()
        if self._left and shared is not None:
            with suppress(HistoryUnavailable):
                shared.leave(self._left)
        self._lose()

    def _turn_safely(self) -> None:
        try:
            self._turn()
        except HistoryUnavailable as error:
            self._fault = fault_of(error)
            self._lose()
        except Exception as error:  # noqa: BLE001 - the last wall of this thread: told, and tried again
            self._fault = fault_of(error)
            self._lose()
            self._stopping.wait(_REFUSED_S)

    def _turn(self) -> None:
        if self._poller is not None and self._deposed.is_set():
            self._step_down(self._poller)
        if self._shared is None:
            self._shared = self._open_shared()
            self._fault = None
            self._may_lead_s = self._now_s() + self._grace_s
        if self._poller is not None:
            self._polls(self._poller, self._shared)
        else:
            self._stands_by(self._shared)

    def _lose(self) -> None:
        """Let go of the connection; a new one is made with the next turn."""
        shared, self._shared = self._shared, None
        if shared is not None:
            with suppress(Exception):  # it is of no use any more
                shared.close()
        self._grace_s = max(_LEAST_GRACE_S, self._polled.poll.total_seconds())
        self._showing = Showing()
        if self._poller is not None:
            # Has the history's own connection ended too? Nothing may be to be stored for long.
            self._look_at(self._poller)

    # --- standing by ------------------------------------------------------------------------
    def _stands_by(self, shared: Shared) -> None:
        if self._left:
            shared.leave(self._left)
            self._left = ()
        now_s = self._now_s()
        holder = shared.holder()
        self._standing.take(shared, now_s, led=holder is not None)
        if holder is None:
            if now_s >= self._may_lead_s:
                self._lead()
            return
        # Whoever had the first word has said it.
        self._may_lead_s = now_s
        if holder != self._standing.holder:
            # A window writes this history, perhaps: nobody polls for us, and it is not ours to end.
            self._fault = fault(FaultKind.HISTORY_LOCKED)
        else:
            self._fault = None
            self._ready.look(now_s)
            if now_s - self._standing.heard_s > self._silent_s:
                shared.evict(holder)

    def _lead(self) -> None:
        try:
            history = self._open_history()
        except HistoryUnavailable as error:
            self._may_lead_s = self._now_s() + _REFUSED_S
            if error.kind is not StorageFault.TWO_INSTANCES:
                self._fault = fault_of(error)
            return
        self._term = new_term()
        self._deposed.clear()
        self._showing, self._look, self._gift = Showing(), None, None
        try:
            claim(history, self._term)
        except BaseException:
            history.close()
            raise
        poller = Poller(
            self._polled,
            self._reopening(history),
            Publisher(self._clock, term=self._term),
            self._standing.snapshot,
            self._ready.taken(),
        )
        self._poller = poller
        poller.start()

    def _reopening(self, history: History) -> Callable[[], History]:
        first: list[History] = [history]

        def opened() -> History:
            return first.pop() if first else self._reopened()

        return opened

    def _reopened(self) -> History:
        """Open the history again, in the thread that keeps it; if it is another's now, know it."""
        for left in reversed(range(_TRIES)):
            try:
                history = self._open_history()
                break
            except HistoryUnavailable as error:
                if error.kind is not StorageFault.TWO_INSTANCES:
                    raise
                # Perhaps it still is our own connection that ended a moment ago.
                if not left or self._deposed.is_set():
                    self._deposed.set()
                    raise
            self._stopping.wait(_TRY_S)
        else:
            raise AssertionError("the last try raises")
        try:
            claim(history, self._term)
        except BaseException:
            history.close()
            raise
        return history

    # --- polling ----------------------------------------------------------------------------
    def _polls(self, poller: Poller, shared: Shared) -> None:
        now_s = self._now_s()
        self._courier.turn(shared, poller.supervise)
        if not self._showing.turn(shared, self._term, poller.publisher.newest, now_s):
            self._look_at(poller)
        if now_s - self._looked_s >= _LOOK_S:
            self._looked_s = now_s
            self._look_at(poller)
            if shared.left() and (self._gift is None or self._gift.done):
                self._gift = _Pending(take_left)
                poller.do(self._gift)

    def _look_at(self, poller: Poller) -> None:
        """Have the history's connection tried: it is what we poll by."""
        if self._look is None or self._look.done:
            self._look = _Pending(_looked)
            poller.do(self._look)

    def _step_down(self, poller: Poller) -> None:
        """Stop polling, for another one does."""
        newest = poller.publisher.newest
        self._poller = None
        if newest is not None:
            self._standing.go_on_from(newest, self._now_s())
        self._left += poller.stop(_HANDED_OVER_S)
        self._deposed.clear()

    def _now_s(self) -> float:
        return self._clock.now().steady_s


class _Ready:
    """A process of the source that stands ready, for who may have to take over at any time.

    It has loaded all that it needs, and has asked the call center nothing yet.
    """

    def __init__(self, polled: Polled) -> None:
        self._polled = polled
        self._link: SourceLink | None = None
        self._begun_s = float("-inf")

    def look(self, now_s: float) -> None:
        """Have one; begin another if it has ended, but not again and again."""
        if self._link is not None and self._link.ended:
            self.close()
        if self._link is None and now_s - self._begun_s >= _ANOTHER_S:
            self._begun_s = now_s
            with suppress(OSError):  # who takes over starts one, and tells why it cannot
                self._link = SourceLink(self._polled.opening, self._polled.command)

    def taken(self) -> SourceLink | None:
        """Give it away. None if there is none."""
        link, self._link = self._link, None
        return link

    def close(self) -> None:
        """End it."""
        link = self.taken()
        if link is not None:
            link.close()


class _Pending:
    """Something to do with the history once, and whether it is done."""

    def __init__(self, work: Callable[[History], bool]) -> None:
        self._work = work
        self.done = False

    def __call__(self, history: History) -> bool:
        again = self._work(history)
        self.done = True
        return again


def _looked(history: History) -> bool:
    history.database.rows_text("SELECT 1")
    return False
