"""Fills gaps of a history from what the source itself tells of the past.

The rules, in prose:

* A gap is filled when the source is watched again: then it is known where the gap ended, and who
  is in a queue then will be told live. After an outage of the line there is a pause first, in
  which the live source counts what it missed; the log tells who that was.
* A log may not have come to the gap's end yet. What is there is taken, and the rest is tried for
  again, less and less often.
* What the live source tells a little later may be known from the log by then, under another name.
  Then all that is booked is read again: what is stored has each visit once.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import field, replace
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from wallboard.domain.coverage import Stretch, coverage_of
from wallboard.domain.errors import SourceError
from wallboard.domain.facts import (
    SAME_VISIT,
    CallRecord,
    Fact,
    FactId,
    later_names,
    merged,
    same_visit,
)
from wallboard.domain.measuring import AS_USUAL, Measuring, stamped
from wallboard.domain.snapshot import AgentId, QueueId
from wallboard.domain.source import Gap, Recalled
from wallboard.domain.value import value
from wallboard.storage.history import History
from wallboard.storage.reports import Kept

FARTHEST: Final = timedelta(days=7)
"""What is longer ago is for an import."""

_LEAST: Final = timedelta(seconds=1)
_SOON_S: Final = 2.0
# The live source takes some seconds to tell how many calls it missed.
_SETTLED_S: Final = 15.0
_AGAIN_S: Final = 30.0
_RARELY_S: Final = 1800.0
_BATCH: Final = 2_000
# So long after a filling the live source may still tell what the log told.
_TOLD_TWICE_S: Final = 300.0
_TELL_AGAIN_S: Final = 3.0
# Others run for so long as a part took, as long as that is not felt.
_SHARE: Final = 1.0
_LONGEST_REST_S: Final = 0.05
_NEVER: Final = float("inf")

Past: TypeAlias = Callable[[Gap], Iterator[Recalled]]


@value
class Known:
    """What the board knows and the filling needs.

    Attributes:
        since: From when on the board wants to know what is stored.
        names: People by the names under which the source shows them.
        targets: The service levels' times to answer, by queue.
    """

    since: datetime
    names: dict[str, AgentId] = field(default_factory=dict)
    targets: dict[QueueId, timedelta] = field(default_factory=dict)
    measuring: Measuring = AS_USUAL


class Filling:
    """Fills one history. Used by the thread that stores; `watched` by any.

    Attributes:
        rest_s: For so long others should run before it goes on: it is their interpreter too.
    """

    def __init__(
        self,
        past: Past,
        known: Callable[[], Known],
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare; nothing is read before the source is watched.

        Args:
            known: Called by the thread that stores.
        """
        self._past = past
        self._known = known
        self._now_s = now_s
        self.rest_s = 0.0
        self._live: Stretch | None = None
        # Only the thread that stores knows what follows.
        self._begun: datetime | None = None
        self._try_s = _NEVER
        self._pause_s = _AGAIN_S
        self._gaps: list[Gap] = []
        self._parts: Iterator[Recalled] | None = None
        self._facts: list[Fact] = []
        self._queues: set[QueueId] = set()
        self._changed = False
        self._filled_s = -_NEVER
        self._tell_s = _NEVER

    def watched(self, stretch: Stretch) -> None:
        """Take to know that the source is watched."""
        self._live = stretch

    def kept(self, kept: Kept) -> None:
        """Take to know what became of facts that were told live."""
        now_s = self._now_s()
        if (kept.known or kept.improved) and now_s - self._filled_s < _TOLD_TWICE_S:
            self._tell_s = min(self._tell_s, now_s + _TELL_AGAIN_S)

    @property
    def since(self) -> datetime:
        """From when on the board wants to know what is stored."""
        return self._known().since

    @property
    def due_in_s(self) -> float:
        """After how many seconds there is something to do."""
        self._plan()
        if self._parts is not None or self._gaps:
            return 0.0
        return max(0.0, min(self._try_s, self._tell_s) - self._now_s())

    def go_on(self, history: History) -> bool:
        """Do a little; return True if what is stored should be told again now.

        Raises:
            HistoryUnavailable: It could not be stored; what it was about is tried again.
        """
        try:
            return self._go_on(history)
        except SourceError:
            # The source tells what is wrong with its log. It may become readable.
            self._give_up()
        except BaseException:
            self._give_up()
            raise
        return False

    def _go_on(self, history: History) -> bool:
        self.rest_s, began_s = 0.0, self._now_s()
        if self._parts is None and not self._gaps and began_s >= self._try_s:
            self._look(history)
        if self._parts is None and self._gaps:
            self._queues.clear()
            self._parts = iter(self._past(self._gaps[0]))
        if self._parts is not None:
            self._take(history, self._parts)
            self.rest_s = min(_SHARE * (self._now_s() - began_s), _LONGEST_REST_S)
        if self._parts is not None or self._gaps or self._now_s() < self._tell_s:
            return False
        self._tell_s = _NEVER
        return True

    def _plan(self) -> None:
        """Try soon if what is watched has begun anew."""
        begun = None if self._live is None else self._live.begin
        if begun != self._begun:
            self._try_s = self._now_s() + (_SOON_S if self._begun is None else _SETTLED_S)
            self._pause_s = _AGAIN_S
            self._begun = begun

    def _look(self, history: History) -> None:
        """Find the gaps before what is watched now."""
        live = self._live
        if live is None:
            return
        # Until no gap is left, or if something goes wrong, it is tried again.
        self._try_s = self._now_s() + self._pause_s
        self._pause_s = min(2 * self._pause_s, _RARELY_S)
        known, end = self._known(), live.begin
        ever = history.stretches(datetime.min.replace(tzinfo=end.tzinfo), end)
        begins = [end - FARTHEST, ever[0].begin if ever else known.since]
        if history.rolled_until is not None:
            begins.append(history.rolled_until)
        gaps = coverage_of(ever, max(begins), end).gaps
        self._gaps = [
            Gap(begin=gap.begin, end=gap.end, names=known.names, targets=known.targets)
            for gap in gaps
            if gap.length >= _LEAST
        ]
        if not self._gaps:
            self._try_s = _NEVER

    def _take(self, history: History, parts: Iterator[Recalled]) -> None:
        """Take one part, and keep what has gathered."""
        part = next(parts, None)
        if part is not None:
            self._facts += self._fitted(part.facts)
        if part is None or len(self._facts) >= _BATCH:
            self._keep(history, None)
        if part is not None and part.known is not None:
            self._keep(history, part.known)
        if part is None:
            self._end(history)

    def _keep(self, history: History, known: Stretch | None) -> None:
        if self._facts or known is not None:
            kept = history.keep(self._facts, watched=known)
            self._changed |= bool(kept.new or kept.improved or known is not None)
            self._facts = []

    def _end(self, history: History) -> None:
        gap = self._gaps.pop(0)
        self._parts = None
        # What was missed was counted when we could see again, soon after.
        counted_by = gap.end + timedelta(seconds=2 * _SETTLED_S)
        if self._queues and history.drop_placeholders(gap.begin, counted_by, self._queues):
            self._changed = True
        if not self._gaps and self._changed:
            self._changed, self._filled_s = False, self._now_s()
            self._tell_s = self._filled_s

    def _give_up(self) -> None:
        self._parts, self._gaps, self._facts = None, [], []

    def _fitted(self, facts: Iterable[Fact]) -> Iterator[Fact]:
        measuring = self._known().measuring if facts else AS_USUAL
        for fact in facts:
            if isinstance(fact, CallRecord):
                self._queues.add(fact.queue_id)
                yield stamped(fact, measuring.rule(fact.queue_id))
            else:
                yield fact


def each_once(records: Iterable[CallRecord]) -> tuple[CallRecord, ...]:
    """Return the records, those of one visit made one.

    Two visits that were told under one name stay two, as they do in a history.
    """
    once: list[CallRecord] = []
    names: dict[FactId, set[int]] = {}
    visits: dict[tuple[str, QueueId], list[int]] = {}
    for record in records:
        others = visits.setdefault((record.contact, record.queue_id), []) if record.contact else []
        taken = record.fact_id in names
        called = (record.fact_id, *(later_names(record) if taken else ()))
        named = (at for name in called for at in names.get(name, ()))
        near = (at for at in others if _same(once[at], record))
        place = next((at for at in named if same_visit(once[at], record)), next(near, None))
        if place is None:
            place = len(once)
            others.append(place)
            once.append(replace(record, fact_id=called[1]) if taken else record)
            names.setdefault(once[place].fact_id, set()).add(place)
        else:
            once[place] = merged(once[place], record)
        names.setdefault(record.fact_id, set()).add(place)
    return tuple(once)


def _same(one: CallRecord, other: CallRecord) -> bool:
    return abs(one.entered_at - other.entered_at) <= SAME_VISIT
