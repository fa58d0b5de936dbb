"""Gaps of a history are filled from what the source tells of the past."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from support.clocks import NOON, HandClock
from support.snapshots import a_call, a_queue, a_record, a_snapshot

from wallboard.domain.clock import Moment
from wallboard.domain.coverage import Stretch, Witness, coverage_of
from wallboard.domain.errors import FaultKind, SourceUnavailable, fault
from wallboard.domain.facts import CallRecord, Ending, FactId
from wallboard.domain.measuring import Measuring, QueueRule
from wallboard.domain.snapshot import AgentId, QueueId, difference
from wallboard.domain.source import Gap, Recalled
from wallboard.engine.board import Board
from wallboard.engine.happenings import HistoryRead, PictureTaken, Store
from wallboard.engine.step import step
from wallboard.runtime.filling import FARTHEST, Filling, Known, each_once
from wallboard.runtime.keeping import Keeping, Word
from wallboard.storage.history import History, open_history
from wallboard.storage.reports import Kept

EVER = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
ENDED = NOON - timedelta(minutes=30)
"""When the board before this one was watched last."""


def visit(number: int, at: datetime, **more: object) -> CallRecord:
    """A visit as a log tells it."""
    record = a_record(f"{number}@q1#1", Ending.ABANDONED, entered_at=at, wait_s=5)
    return replace(record, contact=f"{number}", **more)  # type: ignore[arg-type]


def placeholder(number: int, at: datetime) -> CallRecord:
    """A call of which only is known that it was."""
    record = a_record(f"unseen#{number}", Ending.UNKNOWN, entered_at=at, wait_s=None)
    return replace(record, wait=None, contact=None, agent_id=None, caller_number=None)


class Log:
    """Tells of gaps what it was told to, and remembers for which it was asked."""

    def __init__(self, *facts: CallRecord, until: datetime | None = None) -> None:
        self.facts = facts
        self.until = until
        self.broken = False
        self.asked: list[Gap] = []

    def __call__(self, gap: Gap) -> Iterator[Recalled]:
        self.asked.append(gap)
        if self.broken:
            raise SourceUnavailable(fault(FaultKind.BAD_SETTING, field="queue_log", reason="x"))
        for record in self.facts:
            if gap.begin <= record.ended_at <= gap.end:
                yield Recalled(facts=(record,))
        end = min(gap.end, self.until or gap.end)
        known = Stretch(begin=gap.begin, end=end, witness=Witness.IMPORT)
        yield Recalled(known=known if end > gap.begin else None)


class Site:
    """A history that was watched until half an hour ago and is watched again from noon on."""

    def __init__(self, log: Log, *facts: CallRecord) -> None:
        self.clock = HandClock()
        self.history = History.in_memory()
        self.history.keep(facts, watched=Stretch(begin=ENDED - timedelta(hours=1), end=ENDED))
        self.known = Known(since=NOON - timedelta(hours=12))
        self.filling = Filling(log, lambda: self.known, lambda: self.clock.steady_s)
        self.told = 0

    def watched(self, begin: datetime = NOON, end: datetime | None = None) -> None:
        stretch = Stretch(begin=begin, end=end or begin)
        self.history.keep(watched=stretch)
        self.filling.watched(stretch)

    def after(self, seconds: float) -> None:
        """Let time pass; what is due is done."""
        end_s = self.clock.steady_s + seconds
        while self.clock.steady_s < end_s:
            self.clock.pass_by(min(1, end_s - self.clock.steady_s))
            while self.filling.due_in_s <= 0:
                self.told += self.filling.go_on(self.history)

    def calls(self) -> list[str]:
        return [call.fact_id for call in self.history.calls(*EVER)]

    def gaps(self, end: datetime = NOON) -> tuple[Stretch, ...]:
        return coverage_of(self.history.stretches(*EVER), ENDED, end).gaps


def test_that_a_gap_is_filled_when_the_source_is_watched_again() -> None:
    log = Log(visit(1, NOON - timedelta(minutes=10)))
    site = Site(log)
    site.after(60)
    assert log.asked == []
    site.watched()
    site.after(3)
    assert [(gap.begin, gap.end) for gap in log.asked] == [(ENDED, NOON)]
    assert site.calls() == ["1@q1#1"]
    assert site.gaps() == ()
    assert site.told == 1
    site.after(10_000)
    assert len(log.asked) == 1


def test_that_what_is_known_of_people_and_queues_goes_along() -> None:
    log = Log(visit(1, NOON - timedelta(minutes=10)))
    site = Site(log)
    site.known = Known(
        since=NOON,
        names={"Alice": AgentId("1001")},
        targets={QueueId("q1"): timedelta(seconds=9)},
        measuring=Measuring(usual=QueueRule(target=timedelta(seconds=7))),
    )
    site.watched()
    site.after(3)
    assert log.asked[0].names == {"Alice": "1001"}
    assert log.asked[0].targets == {"q1": timedelta(seconds=9)}
    (call,) = site.history.calls(*EVER)
    assert call.target == timedelta(seconds=7)


def test_that_what_a_log_does_not_tell_yet_is_tried_for_again_less_and_less_often() -> None:
    log = Log(until=NOON - timedelta(minutes=1))
    site = Site(log)
    site.watched()
    site.after(3)
    assert [gap.length for gap in site.gaps()] == [timedelta(minutes=1)]
    site.after(3600)
    assert 5 < len(log.asked) < 12
    assert {gap.begin for gap in log.asked[1:]} == {NOON - timedelta(minutes=1)}
    log.until = None
    site.after(1801)
    assert site.gaps() == ()


def test_that_a_log_that_cannot_be_read_may_become_readable() -> None:
    log = Log(visit(1, NOON - timedelta(minutes=10)))
    log.broken = True
    site = Site(log)
    site.watched()
    site.after(40)
    assert site.calls() == []
    assert len(log.asked) == 2
    log.broken = False
    site.after(120)
    assert site.calls() == ["1@q1#1"]


def test_that_calls_of_which_only_the_number_was_known_are_replaced() -> None:
    minute = timedelta(minutes=1)
    log = Log(visit(1, NOON + 4 * minute), visit(2, NOON + 4 * minute))
    site = Site(Log())
    site.filling = Filling(log, lambda: site.known, lambda: site.clock.steady_s)
    site.watched(NOON, NOON + 3 * minute)
    site.after(3)
    # The line was cut for two minutes; the counters tell of two, a third one is of elsewhere.
    again = NOON + 5 * minute
    other = replace(placeholder(3, again), queue_id=QueueId("q2"))
    site.history.keep([placeholder(1, again), placeholder(2, again), other])
    site.watched(again)
    site.after(14)
    assert "1@q1#1" not in site.calls()
    site.after(3)
    assert sorted(site.calls()) == ["1@q1#1", "2@q1#1", "unseen#3"]
    assert site.gaps(again) == ()


def test_that_the_far_past_is_not_asked_for() -> None:
    log = Log()
    site = Site(log)
    site.watched(NOON + timedelta(days=30))
    site.after(3)
    assert [gap.begin for gap in log.asked] == [NOON + timedelta(days=30) - FARTHEST]


def test_that_a_new_history_begins_where_the_board_does() -> None:
    log = Log()
    site = Site(log)
    site.history = History.in_memory()
    site.filling.watched(Stretch(begin=NOON, end=NOON))
    site.after(3)
    assert [gap.begin for gap in log.asked] == [site.known.since]


def test_that_what_is_told_twice_soon_after_is_told_again_as_stored() -> None:
    site = Site(Log(visit(1, NOON - timedelta(minutes=10))))
    site.filling.kept(Kept(known=1))
    site.watched()
    site.after(5)
    assert site.told == 1
    site.filling.kept(Kept(new=1))
    site.after(30)
    assert site.told == 1
    site.filling.kept(Kept(known=1))
    site.filling.kept(Kept(improved=1))
    site.after(30)
    assert site.told == 2
    site.after(300)
    site.filling.kept(Kept(known=1))
    site.after(30)
    assert site.told == 2


def test_that_records_of_one_visit_are_one() -> None:
    logged = visit(1, NOON)
    live = replace(
        visit(1, NOON + timedelta(seconds=1)), fact_id="1@q1@7", caller_number="5", wait=None
    )
    later = visit(1, NOON + timedelta(seconds=3), fact_id="1@q1#2")
    unknown = placeholder(1, NOON)
    once = each_once((logged, live, later, unknown, unknown, replace(unknown, fact_id="z")))
    assert [record.fact_id for record in once] == ["1@q1#1", "1@q1#2", "unseen#1", "z"]
    assert once[0].caller_number == "5"


# --- the thread and the board ------------------------------------------------------------------


class Desk:
    """A board and the thread that stores for it."""

    def __init__(self, file: Path, log: Log) -> None:
        self.board = Board(name="lab", zone=UTC, poll=timedelta(seconds=3))
        self.words: list[Word] = []
        self.read = 0
        self.now = Moment(wall=NOON, steady_s=1000.0)
        known = Known(since=NOON - timedelta(hours=12))
        self.keeping = Keeping(
            open_history=lambda: open_history(file),
            since=known.since,
            told=self.words.append,
            filling=Filling(log, lambda: known),
        )
        self.keeping.start()

    def taken(self, *facts: CallRecord, after_s: float = 0) -> None:
        at = NOON + timedelta(seconds=after_s)
        snapshot = a_snapshot([a_queue("q1")], as_of=at)
        self.now = Moment(wall=at, steady_s=1000.0 + after_s)
        self._step(PictureTaken(change=difference(self.board.snapshot, snapshot), facts=facts))

    def hear(self) -> None:
        while self.words:
            word = self.words.pop(0)
            if isinstance(word, HistoryRead):
                self.read += 1
                if word.anew:
                    word = self.keeping.completed(word)
            self._step(word)

    def until(self, holds: Callable[[], bool]) -> None:
        end = time.monotonic() + 15
        while not holds():
            assert time.monotonic() < end
            threading.Event().wait(0.02)
            self.hear()

    def _step(self, happening: PictureTaken | Word) -> None:
        self.board, effects = step(self.board, happening, self.now)
        for effect in effects:
            assert isinstance(effect, Store)
            self.keeping.keep(effect)

    def offered(self) -> int:
        return self.board.site.totals.offered


def test_that_the_board_has_what_was_filled_once_and_no_placeholder(tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite3"
    history = open_history(file)
    stretch = Stretch(begin=ENDED - timedelta(hours=1), end=ENDED)
    history.keep([visit(1, ENDED - timedelta(minutes=3))], watched=stretch)
    history.close()
    gone = timedelta(minutes=10)
    log = Log(*(visit(number, NOON - gone) for number in (2, 3, 4)))
    desk = Desk(file, log)
    try:
        desk.until(lambda: desk.read == 1)
        # One of them was seen live, too: it was open when the board began.
        live = replace(visit(4, NOON - gone), fact_id="4@q1@9")
        desk.taken(live, placeholder(1, NOON), visit(5, NOON))
        assert desk.offered() == 4
        desk.until(lambda: desk.read == 2)
        assert desk.offered() == 5
        # What is told while the thread read is on the board, too.
        desk.taken(visit(6, NOON), after_s=1)
        assert desk.offered() == 6
        assert [stretch.witness for stretch in desk.board.watched] == [
            Witness.LIVE,
            Witness.IMPORT,
            Witness.LIVE,
        ]
    finally:
        desk.keeping.stop()
    kept = open_history(file, reading=True)
    assert len(list(kept.calls(*EVER))) == 6
    kept.close()


def test_that_what_is_given_while_the_book_is_read_anew_is_not_lost(tmp_path: Path) -> None:
    log = Log(visit(1, NOON - timedelta(minutes=5)))
    desk = Desk(tmp_path / "history.sqlite3", log)
    try:
        desk.until(lambda: desk.read == 1)
        desk.taken()
        waiting = desk.words
        end = time.monotonic() + 15
        while not any(isinstance(word, HistoryRead) for word in waiting):
            assert time.monotonic() < end
            threading.Event().wait(0.02)
        desk.taken(visit(2, NOON), a_record("f", Ending.ABANDONED, entered_at=NOON), after_s=1)
        desk.hear()
        assert desk.offered() == 3
    finally:
        desk.keeping.stop()


def test_that_a_book_that_is_read_anew_holds_nothing_else() -> None:
    board = Board(name="lab", zone=UTC, poll=timedelta(seconds=3))
    now = Moment(wall=NOON, steady_s=1000.0)
    snapshot = a_snapshot([a_queue("q1")], calls=[a_call("c")])
    facts = (placeholder(1, NOON), visit(1, NOON))
    board, _ = step(board, PictureTaken(change=difference(None, snapshot), facts=facts), now)
    assert board.site.totals.offered == 3
    read = HistoryRead(records=(visit(1, NOON), visit(2, NOON)), anew=True)
    board, _ = step(board, read, now)
    assert board.site.totals.offered == 3
    assert board.site.totals.unknown == 0
    assert board.watched


def test_that_two_visits_of_one_name_stay_two_in_what_is_booked() -> None:
    first = a_record("same", entered_at=NOON)
    later = a_record("same", entered_at=NOON + timedelta(minutes=10))
    # Which of them was stored under the name alone, nobody knows who is told of both.
    kept = replace(later, fact_id=FactId(f"same@{int(later.entered_at.timestamp())}"))
    for told in ((first, later), (later, first), (first, kept, later), (first, later, kept, first)):
        once = each_once(told)
        assert sorted(record.entered_at for record in once) == [NOON, NOON + timedelta(minutes=10)]
        assert len({record.fact_id for record in once}) == 2
