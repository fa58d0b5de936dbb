"""Stores what a board gives away, in a thread of its own, and tells what was stored before."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from datetime import datetime
from typing import Final, TypeAlias

from wallboard.domain.coverage import MinuteSample, Stretch
from wallboard.domain.errors import Fault, FaultKind, fault
from wallboard.domain.facts import Fact
from wallboard.engine.board import HistoryRead, HistoryState, HistoryTold, Store
from wallboard.storage.faults import HistoryUnavailable, StorageFault
from wallboard.storage.history import History

MOST_WAITING: Final = 200_000
"""So many facts wait in memory for a disk that is full; then the oldest are let go, and counted."""

_FIRST_PAUSE_S: Final = 1.0
_LONGEST_PAUSE_S: Final = 60.0
_AT_ONCE: Final = 5_000

Word: TypeAlias = HistoryRead | HistoryTold


class Keeping:
    """One connection's history while it runs. Its methods may be called from any thread."""

    def __init__(
        self,
        *,
        open_history: Callable[[], History],
        since: datetime,
        told: Callable[[Word], None],
    ) -> None:
        """Prepare to keep.

        Args:
            open_history: Called by the thread until it succeeds; raises HistoryUnavailable.
            since: From when on the board wants to know what was stored before.
            told: Called by the thread.
        """
        self._open_history = open_history
        self._since = since
        self._told = told
        self._work = threading.Condition()
        self._facts: deque[Fact] = deque()
        self._samples: deque[MinuteSample] = deque()
        self._watched: dict[datetime, Stretch] = {}
        self._lost = 0
        self._stopping = False
        self._state = HistoryState()
        self._thread = threading.Thread(target=self._run, name="history", daemon=True)

    def start(self) -> None:
        """Begin; call it once."""
        self._thread.start()

    def keep(self, given: Store) -> None:
        """Have it stored soon, after all that was given before."""
        with self._work:
            self._facts.extend(given.facts)
            self._samples.extend(given.samples)
            if given.watched is not None:
                # It goes on from the one that began at the same time.
                self._watched[given.watched.begin] = given.watched
            while len(self._facts) > MOST_WAITING:
                self._facts.popleft()
                self._lost += 1
            while len(self._samples) > MOST_WAITING:
                self._samples.popleft()
            self._work.notify()

    def stop(self, within_s: float = 10.0) -> None:
        """Store what waits, and end; give up after so long."""
        with self._work:
            self._stopping = True
            self._work.notify()
        if self._thread.is_alive():
            self._thread.join(within_s)

    def _run(self) -> None:
        history = self._opened()
        if history is None:
            return
        try:
            self._tell_past(history)
            while self._await():
                self._store(history)
        finally:
            history.close()

    def _opened(self) -> History | None:
        pause_s = _FIRST_PAUSE_S
        while True:
            try:
                return self._open_history()
            except HistoryUnavailable as error:
                self._tell(fault_of(error))
            if self._pause(pause_s):
                return None
            pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)

    def _tell_past(self, history: History) -> None:
        end = datetime.max.replace(tzinfo=self._since.tzinfo)
        try:
            records = tuple(history.calls(self._since, end))
            stretches = history.stretches(self._since, end)
        except HistoryUnavailable as error:
            self._tell(fault_of(error))
            return
        self._told(HistoryRead(records=records, stretches=stretches))
        self._tell(None)

    def _await(self) -> bool:
        """Wait for work; False when all is done and the end is wanted."""
        with self._work:
            while not (self._facts or self._samples or self._watched or self._stopping):
                self._work.wait()
            return bool(self._facts or self._samples or self._watched)

    def _store(self, history: History) -> None:
        """Store what waits; what could not be stored goes on waiting."""
        with self._work:
            facts = [self._facts.popleft() for _ in range(min(_AT_ONCE, len(self._facts)))]
            # A stretch is told last: it says that all facts in it are stored.
            last = not self._facts
            samples = list(self._samples) if last else []
            watched = sorted(self._watched.values(), key=_begin) if last else []
            if last:
                self._samples.clear()
                self._watched.clear()
        try:
            history.keep(facts, samples=samples, watched=watched[0] if watched else None)
            for stretch in watched[1:]:
                history.keep(watched=stretch)
        except HistoryUnavailable as error:
            with self._work:
                self._facts.extendleft(reversed(facts))
                self._samples.extendleft(reversed(samples))
                for stretch in watched:
                    self._watched.setdefault(stretch.begin, stretch)
            self._tell(fault_of(error))
            if self._pause(_FIRST_PAUSE_S if self._state.waiting < 100 else 5.0):
                self._give_up()
        else:
            self._tell(None)

    def _give_up(self) -> None:
        with self._work:
            self._facts.clear()
            self._samples.clear()
            self._watched.clear()

    def _pause(self, seconds: float) -> bool:
        """Wait so long; True if the end is wanted meanwhile."""
        with self._work:
            return self._work.wait_for(lambda: self._stopping, seconds)

    def _tell(self, failure: Fault | None) -> None:
        with self._work:
            waiting = len(self._facts) if failure is not None else 0
            state = HistoryState(fault=failure, waiting=waiting, lost=self._lost)
        if state != self._state:
            self._state = state
            self._told(HistoryTold(state=state))


_KINDS: Final = {
    StorageFault.DISK_FULL: FaultKind.HISTORY_FULL,
    StorageFault.READ_ONLY: FaultKind.HISTORY_READ_ONLY,
    StorageFault.LOCKED: FaultKind.HISTORY_LOCKED,
    StorageFault.TWO_INSTANCES: FaultKind.HISTORY_LOCKED,
    StorageFault.CORRUPT: FaultKind.HISTORY_DAMAGED,
    StorageFault.NEWER: FaultKind.HISTORY_NEWER,
    StorageFault.NOT_REACHABLE: FaultKind.HISTORY_AWAY,
}


def fault_of(error: HistoryUnavailable) -> Fault:
    """Return the error as a fault, for which there is a sentence."""
    return fault(_KINDS[error.kind], reason=error.reason)


def _begin(stretch: Stretch) -> datetime:
    return stretch.begin
