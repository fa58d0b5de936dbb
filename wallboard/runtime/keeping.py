"""Stores what a board gives away, in a thread of its own, and tells what was stored before.

The rules, in prose:

* Facts are stored in the order in which they came. What could not be stored goes on waiting.
* A stretch is stored with the last of the facts that were told in it, or after them. So what is
  stored claims no time whose facts are not: facts that had to be let go leave a gap.
* Nothing ends the thread but `stop`: an error that nobody thought of is told like any other, the
  history is opened anew, and a fact that cannot be stored at all is let go and counted.
* While a long day is read, facts are stored between its pages.
* A damaged history is put aside when it is opened anew. What is found of it is taken over bit by
  bit, and told when all is.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Final, TypeAlias

from wallboard.domain.coverage import MinuteSample, Stretch
from wallboard.domain.errors import Fault
from wallboard.domain.facts import AgentSpell, CallRecord, Fact, Retraction
from wallboard.engine.happenings import HistoryRead, HistoryState, HistoryTold, Store
from wallboard.runtime.filling import Filling, each_once
from wallboard.runtime.history_faults import fault_of
from wallboard.runtime.upkeep import Upkeep
from wallboard.storage.faults import HistoryUnavailable, StorageFault
from wallboard.storage.history import History

MOST_WAITING: Final = 200_000
"""So many facts wait in memory for a disk that is full; then the oldest are let go, and counted."""

_FIRST_PAUSE_S: Final = 1.0
_LONGEST_PAUSE_S: Final = 60.0
_LAST_PAUSE_S: Final = 0.2
_AT_ONCE: Final = 5_000
_READ_AT_ONCE: Final = 1_000
_TRIES: Final = 3
"""So often a fact is tried alone."""

_LASTING: Final = frozenset({StorageFault.DISK_FULL, StorageFault.LOCKED})
"""What ends by itself while the history stays open; after anything else it is opened anew."""

Word: TypeAlias = HistoryRead | HistoryTold
Errand: TypeAlias = Callable[[History], bool]
"""Something to do with the open history; returns True if what is stored is to be told again."""


class Keeping:
    """One connection's history while it runs. Its methods may be called from any thread."""

    def __init__(  # noqa: PLR0913 - what a history is kept with
        self,
        *,
        open_history: Callable[[], History],
        since: datetime,
        told: Callable[[Word], None],
        first_pause_s: float = _FIRST_PAUSE_S,
        longest_pause_s: float = _LONGEST_PAUSE_S,
        filling: Filling | None = None,
        upkeep: Upkeep | None = None,
        settled: Callable[[int, str | None], None] | None = None,
    ) -> None:
        """Prepare to keep.

        Args:
            open_history: Called by the thread until it succeeds; raises HistoryUnavailable.
            since: From when on the board wants to know what was stored before.
            told: Called by the thread.
            first_pause_s: After the first failure; it doubles with each further one.
            longest_pause_s: Up to this.
            filling: Fills gaps from what the source tells of the past. None: there is no telling.
            upkeep: Looks after the history when nothing waits. None: nobody does.
            settled: Called by the thread when the history was opened and when facts were stored:
                with how many of `given` need not be waited for any more, and the feed's end.
        """
        self._open_history = open_history
        self._since = since
        self._told = told
        self._first_pause_s = first_pause_s
        self._longest_pause_s = longest_pause_s
        self._on_settled = settled
        self._given = 0
        self._settled = 0
        self._errands: deque[Errand] = deque()
        self._retracted: deque[Retraction] = deque()
        self._filling = filling
        self._upkeep = upkeep
        self._work = threading.Condition()
        self._facts: deque[Fact] = deque()
        self._samples: deque[MinuteSample] = deque()
        self._watched: dict[datetime, Stretch] = {}
        # What was given since what is stored was last read anew; None if it is told by now.
        self._later: list[CallRecord] | None = None
        self._lost = 0
        self._lost_to: datetime | None = None
        self._stopping = False
        self._until_s = 0.0
        self._state = HistoryState()
        # Only the thread knows these.
        self._history: History | None = None
        self._past_told = False
        self._salvaging = False
        self._at_once = _AT_ONCE
        self._tries = 0
        self._thread = threading.Thread(target=self._run, name="history", daemon=True)

    def start(self) -> None:
        """Begin; call it once."""
        self._thread.start()

    @property
    def given(self) -> int:
        """How many facts were given to be stored so far."""
        return self._given

    def do(self, errand: Errand) -> None:
        """Have something done with the history soon; it is tried again if the history fails."""
        with self._work:
            self._errands.append(errand)
            self._work.notify()

    def retract(self, retractions: Sequence[Retraction]) -> None:
        """Have calls forgotten that were taken back, and what is stored then told anew."""
        with self._work:
            self._retracted.extend(retractions)
            self._work.notify()

    def left(self) -> tuple[Fact, ...]:
        """Return what waits to be stored; once it has stopped, what was not stored."""
        with self._work:
            return tuple(self._facts)

    def keep(self, given: Store) -> None:
        """Have it stored soon, after all that was given before."""
        with self._work:
            self._given += len(given.facts)
            self._facts.extend(given.facts)
            if self._later is not None:
                self._later += _calls(given.facts)
            self._samples.extend(given.samples)
            if given.watched is not None:
                # It goes on from the one that began at the same time.
                self._watched[given.watched.begin] = given.watched
                if self._filling is not None:
                    self._filling.watched(given.watched)
            while len(self._facts) > MOST_WAITING:
                self._lose(self._facts.popleft())
            while len(self._samples) > MOST_WAITING:
                self._samples.popleft()
            self._work.notify()

    def completed(self, read: HistoryRead) -> HistoryRead:
        """Return what was told anew with what was given since: all that the board has booked.

        Call it in the thread that calls `keep`.
        """
        with self._work:
            later, self._later = self._later, None
        return replace(read, records=each_once((*read.records, *(later or ()))))

    def stop(self, within_s: float = 10.0) -> None:
        """Store what waits, and end; give up after so long."""
        with self._work:
            self._until_s = time.monotonic() + within_s
            self._stopping = True
            self._work.notify()
        if self._thread.is_alive():
            self._thread.join(within_s)

    def _run(self) -> None:
        pause_s = self._first_pause_s
        while self._await():
            failure = self._turn()
            if failure is None:
                pause_s = self._first_pause_s
            elif not self._rest(pause_s if self._at_once == _AT_ONCE else self._first_pause_s):
                break  # and where a fact is looked for that spoils the others, it is soon found
            else:
                pause_s = min(2 * pause_s, self._longest_pause_s)
        self._close()

    def _await(self) -> bool:
        """Wait for work; False when all is done and the end is wanted."""
        with self._work:
            while not (self._due() or self._stopping):
                due_in_s = self._due_in_s()
                self._work.wait(due_in_s if due_in_s < threading.TIMEOUT_MAX else None)
            return self._due()

    def _due(self) -> bool:
        given = (self._facts, self._samples, self._watched, self._errands, self._retracted)
        waiting = any(given)
        idle = self._past_told and not self._salvaging and self._due_in_s() > 0
        return waiting or not (self._stopping or idle)

    def _due_in_s(self) -> float:
        """Return when there is something to do that nobody gave."""
        rests = [each.due_in_s for each in (self._filling, self._upkeep) if each is not None]
        return min(rests, default=float("inf"))

    def _turn(self) -> Fault | None:
        """Do what is due, each whatever became of the others; return what went wrong first."""
        first: Fault | None = None
        for work in (
            self._open,
            self._tell_past,
            self._store,
            self._take_back,
            self._run_errands,
            self._salvage,
            self._fill,
            self._look_after,
        ):
            try:
                work()
            except Exception as error:  # noqa: BLE001 - the last wall of this thread: told, and tried again
                first = first or fault_of(error)
                if not isinstance(error, HistoryUnavailable) or error.kind not in _LASTING:
                    self._close()
            if self._history is None:
                break
        # Before the pause, in which somebody may want to know.
        self._tell(first)
        return first

    def _open(self) -> None:
        if self._history is None:
            self._history = self._open_history()
            self._salvaging = self._history.recovery is not None
            self._tell_settled(self._history)

    def _close(self) -> None:
        history, self._history = self._history, None
        if history is not None:
            with suppress(Exception):  # it is of no use any more
                history.close()

    def _tell_past(self) -> None:
        history = self._history
        if self._past_told or self._stopping or history is None:
            return
        end = datetime.max.replace(tzinfo=self._since.tzinfo)
        records: list[CallRecord] = []
        for record in history.calls(self._since, end):
            records.append(record)
            if len(records) % _READ_AT_ONCE == 0:
                self._store_meanwhile()
        stretches = history.stretches(self._since, end)
        self._past_told = True
        self._told(HistoryRead(records=tuple(records), stretches=stretches))

    def _store_meanwhile(self) -> None:
        """Store what waits while a long day is read: somebody may wait for that to be done.

        The board books what it is told once, however often it is told.
        """
        with self._work:
            waiting = bool(self._facts) and not self._tries and self._at_once == _AT_ONCE
        if waiting:
            with suppress(Exception):  # it goes on waiting; the turn meets it again, and tells
                self._store()

    def _salvage(self) -> None:
        history = self._history
        if not self._salvaging or self._stopping or history is None:
            return
        self._salvaging = history.salvage()
        # What was found is told as what was stored before.
        self._past_told = self._past_told and self._salvaging

    def _fill(self) -> None:
        history, filling = self._history, self._filling
        if filling is None or self._stopping or history is None or self._salvaging:
            return
        if filling.due_in_s > 0:
            return
        if not filling.go_on(history):
            with self._work:
                self._work.wait_for(lambda: self._stopping, filling.rest_s)
            return
        self._tell_anew(history, filling.since)

    def _take_back(self) -> None:
        history = self._history
        with self._work:
            # One that is still to be stored would come after it.
            gone = () if self._facts else tuple(self._retracted)
        if history is None or not gone:
            return
        forgotten = history.retract(gone)
        with self._work:
            for _ in gone:
                self._retracted.popleft()
        if forgotten and not self._stopping:
            filling = self._filling
            self._tell_anew(history, self._since if filling is None else filling.since)

    def _tell_anew(self, history: History, since: datetime) -> None:
        """Tell all that is stored: what is booked is not right any more."""
        end = datetime.max.replace(tzinfo=since.tzinfo)
        records, stretches = tuple(history.calls(since, end)), history.stretches(since, end)
        with self._work:
            self._later = _calls(self._facts)
        self._told(HistoryRead(records=records, stretches=stretches, anew=True))

    def _look_after(self) -> None:
        history, upkeep = self._history, self._upkeep
        if upkeep is None or self._stopping or history is None or self._salvaging:
            return
        with self._work:
            waiting = bool(self._facts or self._samples or self._watched)
        if not waiting and upkeep.due_in_s <= 0:
            upkeep.go_on(history)

    def _store(self) -> None:
        """Store what waits; what could not be stored goes on waiting."""
        history = self._history
        if history is None:
            return
        with self._work:
            facts = [self._facts.popleft() for _ in range(min(self._at_once, len(self._facts)))]
            # A stretch is told last: it says that all facts in it are stored.
            last = not self._facts
            samples = list(self._samples) if last else []
            watched = sorted(self._watched.values(), key=_begin) if last else []
            if last:
                self._samples.clear()
                self._watched.clear()
            lost_to = self._lost_to
        known = [each for stretch in watched if (each := _after(stretch, lost_to)) is not None]
        try:
            self._keep_now(history, facts, samples, known)
        except Exception as error:
            with self._work:
                self._facts.extendleft(reversed(facts))
                self._samples.extendleft(reversed(samples))
                for stretch in watched:
                    self._watched.setdefault(stretch.begin, stretch)
                if not isinstance(error, HistoryUnavailable):
                    self._suspect(len(facts))
            raise
        self._tries = 0
        self._at_once = min(2 * self._at_once, _AT_ONCE)
        with self._work:
            self._settled += len(facts)
        if facts:
            self._tell_settled(history)

    def _run_errands(self) -> None:
        history = self._history
        while history is not None and self._errands:
            again = self._errands[0](history)
            self._errands.popleft()
            self._past_told = self._past_told and not again

    def _tell_settled(self, history: History) -> None:
        if self._on_settled is not None:
            self._on_settled(self._settled, history.feed_end)

    def _keep_now(
        self,
        history: History,
        facts: list[Fact],
        samples: list[MinuteSample],
        known: list[Stretch],
    ) -> None:
        if facts or samples or known:
            kept = history.keep(facts, samples=samples, watched=known[0] if known else None)
            if self._filling is not None:
                self._filling.kept(kept)
        for stretch in known[1:]:
            history.keep(watched=stretch)

    def _suspect(self, count: int) -> None:
        """Look closer at what nobody knows why it could not be stored; held is the lock."""
        if count > 1:
            self._at_once = count // 2
            return
        self._tries += 1
        if self._tries >= _TRIES:
            self._tries = 0
            self._samples.clear()
            if count:
                self._lose(self._facts.popleft())

    def _lose(self, gone: Fact) -> None:
        """Count a fact that is let go; held is the lock."""
        self._settled += 1
        self._lost += not isinstance(gone, AgentSpell)
        self._lost_to = max(gone.ended_at, self._lost_to or gone.ended_at)

    def _rest(self, seconds: float) -> bool:
        """Wait so long, or until the end is wanted; False when there is no time left."""
        with self._work:
            if not self._stopping:
                self._work.wait_for(lambda: self._stopping, seconds)
                return True
            left_s = self._until_s - time.monotonic()
            if left_s > 0:
                self._work.wait(min(_LAST_PAUSE_S, left_s))
            return left_s > 0

    def _tell(self, failure: Fault | None) -> None:
        with self._work:
            waiting = len(self._facts) if failure is not None else 0
            state = HistoryState(fault=failure, waiting=waiting, lost=self._lost)
        if state != self._state:
            self._state = state
            self._told(HistoryTold(state=state))


def _after(stretch: Stretch, lost_to: datetime | None) -> Stretch | None:
    """Return what is left of a stretch if facts up to an instant are lost. None if nothing is."""
    if lost_to is None or stretch.begin >= lost_to:
        return stretch
    return replace(stretch, begin=lost_to) if stretch.end > lost_to else None


def _calls(facts: Iterable[Fact]) -> list[CallRecord]:
    return [fact for fact in facts if isinstance(fact, CallRecord)]


def _begin(stretch: Stretch) -> datetime:
    return stretch.begin
