from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from support.clocks import NOON, HandClock
from support.snapshots import a_record

from wallboard.domain.coverage import MinuteSample, Stretch
from wallboard.domain.errors import FaultKind
from wallboard.domain.facts import CallRecord, Fact
from wallboard.engine.happenings import HistoryRead, HistoryState, HistoryTold, Store
from wallboard.runtime import keeping as keeping_module
from wallboard.runtime.history_faults import fault_of
from wallboard.runtime.keeping import Keeping, Word
from wallboard.storage.faults import HistoryUnavailable, StorageFault
from wallboard.storage.history import History, open_history
from wallboard.storage.reports import Kept

SECOND = timedelta(seconds=1)
MORNING = NOON - timedelta(hours=12)
EVER = datetime.max.replace(tzinfo=UTC)
FULL = HistoryUnavailable(StorageFault.DISK_FULL, "no room")
LOCKED = HistoryUnavailable(StorageFault.LOCKED, "held")
CORRUPT = HistoryUnavailable(StorageFault.CORRUPT, "malformed")


class Troubled(History):
    """A history in memory that raises what it is told to, and remembers what it kept."""

    def __init__(self, *errors: Exception | None, reading: Iterable[Exception] = ()) -> None:
        super().__init__()
        self.errors = list(errors)
        self.reading = list(reading)
        self.kept: list[tuple[str, ...]] = []
        self.stretches_after: list[tuple[int, Stretch]] = []
        self.poison: str | None = None
        self.closed = 0

    def keep(
        self,
        facts: Iterable[Fact] = (),
        *,
        samples: Iterable[MinuteSample] = (),
        watched: Stretch | None = None,
    ) -> Kept:
        error = self.errors.pop(0) if self.errors else None
        if error is not None:
            raise error
        told = tuple(facts)
        if any(fact.fact_id == self.poison for fact in told):
            raise ValueError("hunter2 cannot be packed")
        done = super().keep(told, samples=samples, watched=watched)
        self.kept.append(tuple(fact.fact_id for fact in told))
        if watched is not None:
            self.stretches_after.append((sum(map(len, self.kept)), watched))
        return done

    def calls(self, *args: datetime, **_: object) -> Iterator[CallRecord]:  # type: ignore[override]
        if self.reading:
            raise self.reading.pop(0)
        return super().calls(*args)

    def close(self) -> None:
        self.closed += 1  # it is opened again, as a file would be

    def ids(self) -> list[str]:
        return [each for some in self.kept for each in some]


class Office:
    """A keeping, what it told, and when it told it."""

    def __init__(self, open_history: Callable[[], History], pause_s: float = 0.01) -> None:
        self.told: list[Word] = []
        self.news = threading.Condition()
        self.keeping = Keeping(
            open_history=open_history, since=MORNING, told=self._hear, first_pause_s=pause_s
        )

    def _hear(self, word: Word) -> None:
        with self.news:
            self.told.append(word)
            self.news.notify_all()

    def until(self, holds: Callable[[], bool]) -> None:
        with self.news:
            assert self.news.wait_for(holds, 10), self.told

    @property
    def states(self) -> list[HistoryState]:
        return [word.state for word in self.told if isinstance(word, HistoryTold)]

    @property
    def read(self) -> list[HistoryRead]:
        return [word for word in self.told if isinstance(word, HistoryRead)]

    def faults(self) -> list[FaultKind | None]:
        return [None if state.fault is None else state.fault.kind for state in self.states]


@pytest.fixture
def begin() -> Iterator[Callable[..., Office]]:
    offices: list[Office] = []

    def make(open_history: Callable[[], History], pause_s: float = 0.01) -> Office:
        offices.append(Office(open_history, pause_s))
        offices[-1].keeping.start()
        return offices[-1]

    yield make
    for office in offices:
        office.keeping.stop(1)


def facts(*numbers: int) -> tuple[CallRecord, ...]:
    return tuple(
        a_record(f"f{n}", entered_at=NOON + n * SECOND, wait_s=0, talk_s=0) for n in numbers
    )


def given(*numbers: int) -> Store:
    """Return facts, and that all is known up to the last of them."""
    return Store(
        facts=facts(*numbers), watched=Stretch(begin=NOON, end=NOON + (max(numbers) + 1) * SECOND)
    )


def test_that_what_was_stored_is_told_first(begin: Callable[..., Office], tmp_path: Path) -> None:
    file = tmp_path / "h.sqlite3"
    with closing(open_history(file)) as history:
        history.keep([*facts(1, 2), a_record("old", entered_at=MORNING - SECOND)])
        history.keep(watched=Stretch(begin=NOON, end=NOON + 9 * SECOND))
    office = begin(lambda: open_history(file))
    office.until(lambda: bool(office.read))
    assert [record.fact_id for record in office.read[0].records] == ["f1", "f2"]
    assert office.read[0].stretches == (Stretch(begin=NOON, end=NOON + 9 * SECOND),)
    assert office.states == []


class Long(Troubled):
    """A history whose reading stops in the middle until a test has seen what it wants to see."""

    def __init__(self, *errors: Exception | None) -> None:
        super().__init__()
        self.keep(facts(*range(2_500)))
        self.kept.clear()
        self.errors = list(errors)
        self.halfway, self.go_on = threading.Event(), threading.Event()

    def calls(self, *args: datetime, **_: object) -> Iterator[CallRecord]:  # type: ignore[override]
        for number, record in enumerate(super().calls(*args)):
            if number == 500:
                self.halfway.set()
                assert self.go_on.wait(10)
            if number == 1_500:
                self.seen = self.ids()
            yield record


def test_that_what_ends_while_a_long_day_is_read_is_stored_meanwhile(
    begin: Callable[..., Office],
) -> None:
    history = Long()
    office = begin(lambda: history)
    assert history.halfway.wait(10)
    office.keeping.keep(given(3_000))
    history.go_on.set()
    office.until(lambda: bool(office.read))
    assert history.seen == ["f3000"]
    assert len(office.read[0].records) in (2_500, 2_501)


def test_that_a_day_is_read_to_its_end_although_nothing_can_be_stored_meanwhile(
    begin: Callable[..., Office],
) -> None:
    history = Long(*[FULL] * 3)
    office = begin(lambda: history)
    assert history.halfway.wait(10)
    office.keeping.keep(given(3_000))
    history.go_on.set()
    office.until(lambda: bool(office.read))
    assert history.seen == []
    office.until(lambda: FaultKind.HISTORY_FULL in office.faults())
    office.until(lambda: office.faults()[-1] is None)
    assert history.ids() == ["f3000"]
    assert len(office.read) == 1


def test_that_what_is_given_is_on_the_disk_when_it_has_stopped(
    begin: Callable[..., Office], tmp_path: Path
) -> None:
    file = tmp_path / "h.sqlite3"
    office = begin(lambda: open_history(file))
    for n in range(0, 300, 3):
        office.keeping.keep(given(n, n + 1, n + 2))
    office.keeping.stop()
    with closing(open_history(file, reading=True)) as history:
        assert [record.fact_id for record in history.calls(MORNING, EVER)] == [
            f"f{n}" for n in range(300)
        ]
        assert history.stretches(MORNING, EVER) == (Stretch(begin=NOON, end=NOON + 300 * SECOND),)


def test_that_a_full_disk_loses_nothing_and_keeps_the_order(begin: Callable[..., Office]) -> None:
    history = Troubled(FULL, FULL, None, FULL)
    office = begin(lambda: history)
    for n in range(0, 40, 2):
        office.keeping.keep(given(n, n + 1))
    office.until(lambda: FaultKind.HISTORY_FULL in office.faults())
    office.keeping.stop()
    assert history.ids() == [f"f{n}" for n in range(40)]
    assert office.faults()[-1] is None
    assert office.states[-1] == HistoryState()
    assert history.closed == 1, "the same one goes on"


def test_that_a_stretch_is_stored_with_the_last_of_its_facts_or_after(
    begin: Callable[..., Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping_module, "_AT_ONCE", 7)
    history = Troubled(None, FULL, None, LOCKED, FULL)
    office = begin(lambda: history)
    for n in range(0, 60, 20):
        office.keeping.keep(given(*range(n, n + 20)))
    office.keeping.stop()
    assert history.ids() == [f"f{n}" for n in range(60)]
    assert history.stretches_after
    for stored, stretch in history.stretches_after:
        assert stored * SECOND >= stretch.length
    assert history.stretches_after[-1] == (60, Stretch(begin=NOON, end=NOON + 60 * SECOND))


def test_that_a_file_that_another_program_holds_is_written_when_it_lets_go(
    begin: Callable[..., Office], tmp_path: Path
) -> None:
    file = tmp_path / "h.sqlite3"
    office = begin(lambda: open_history(file, patience_s=0.05))
    office.until(lambda: bool(office.read))
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    office.keeping.keep(given(0, 1, 2))
    office.until(lambda: FaultKind.HISTORY_LOCKED in office.faults())
    assert next(state for state in office.states if state.fault).waiting == 3
    office.keeping.keep(given(3))
    holder.execute("ROLLBACK")
    holder.close()
    office.until(lambda: office.states[-1] == HistoryState())
    office.keeping.stop()
    with closing(open_history(file, reading=True)) as history:
        assert [record.fact_id for record in history.calls(MORNING, EVER)] == [
            "f0",
            "f1",
            "f2",
            "f3",
        ]


def test_that_two_instances_are_told_and_the_second_one_keeps_waiting(
    begin: Callable[..., Office], tmp_path: Path
) -> None:
    file = tmp_path / "h.sqlite3"
    first = open_history(file)
    office = begin(lambda: open_history(file, patience_s=0.05))
    office.until(lambda: FaultKind.HISTORY_LOCKED in office.faults())
    office.keeping.keep(given(0))
    assert office.read == []
    first.close()
    office.until(lambda: bool(office.read) and office.states[-1].fault is None)
    office.keeping.stop()
    with closing(open_history(file, reading=True)) as history:
        assert len(history) == 1


def test_that_a_past_that_cannot_be_read_at_once_is_told_later(
    begin: Callable[..., Office],
) -> None:
    history = Troubled(reading=[LOCKED, LOCKED])
    office = begin(lambda: history)
    office.keeping.keep(given(0))
    office.until(lambda: bool(office.read) and office.faults()[-1] is None)
    assert FaultKind.HISTORY_LOCKED in office.faults()
    assert len(office.read) == 1
    assert history.ids() == ["f0"], "what is to be stored does not wait for it"


def test_that_a_history_that_turns_out_damaged_is_opened_anew(begin: Callable[..., Office]) -> None:
    opened: list[Troubled] = []

    def opening() -> History:
        opened.append(Troubled(*([CORRUPT] if not opened else [])))
        return opened[-1]

    office = begin(opening)
    office.keeping.keep(given(0, 1))
    office.until(
        lambda: FaultKind.HISTORY_DAMAGED in office.faults() and office.faults()[-1] is None
    )
    assert [len(each.kept) for each in opened] == [0, 1]
    assert opened[0].closed == 1
    assert opened[1].ids() == ["f0", "f1"]


def test_that_what_is_saved_of_a_damaged_file_is_told_too(
    begin: Callable[..., Office], tmp_path: Path
) -> None:
    file = tmp_path / "h.sqlite3"
    with closing(open_history(file)) as history:
        for n in range(0, 600, 20):
            history.keep(facts(*range(n, n + 20)))
    raw = bytearray(file.read_bytes())
    raw[20:90] = bytes(70)
    file.write_bytes(raw)
    office = begin(lambda: open_history(file))
    office.until(lambda: len(office.read) >= 2 and office.faults()[-1:] in ([], [None]))
    saved = {record.fact_id for record in office.read[-1].records}
    assert len(saved) > 500
    office.keeping.stop()
    with closing(open_history(file, reading=True)) as history:
        assert {record.fact_id for record in history.calls(MORNING, EVER)} == saved


def test_that_an_error_that_nobody_thought_of_is_told_by_its_place_and_tried_again(
    begin: Callable[..., Office],
) -> None:
    history = Troubled(RuntimeError("hunter2"), RuntimeError("hunter2"))
    office = begin(lambda: history)
    office.keeping.keep(given(0))
    office.until(
        lambda: FaultKind.HISTORY_FAILED in office.faults() and office.faults()[-1] is None
    )
    assert history.ids() == ["f0"]
    told = next(state.fault for state in office.states if state.fault)
    assert told.detail("reason").startswith("RuntimeError at test_keeping.py:")
    assert "hunter2" not in repr(office.told)


def test_that_a_fact_that_can_never_be_stored_holds_up_no_other(
    begin: Callable[..., Office],
) -> None:
    history = Troubled()
    history.poison = "f13"
    office = begin(lambda: history)
    office.keeping.keep(given(*range(40)))
    office.until(lambda: office.faults()[-1:] == [None] and office.states[-1].lost == 1)
    office.keeping.stop()
    assert history.ids() == [f"f{n}" for n in range(40) if n != 13]
    # The time up to the one that is lost is not claimed.
    assert history.stretches(MORNING, EVER) == (
        Stretch(begin=NOON + 13 * SECOND, end=NOON + 40 * SECOND),
    )


def test_that_of_too_many_the_oldest_are_let_go_and_counted_and_their_time_is_a_gap(
    begin: Callable[..., Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping_module, "MOST_WAITING", 50)
    history = Troubled()
    office = begin(lambda: history)
    office.keeping.keep(given(0, 1))
    office.until(lambda: bool(office.read))
    office.keeping.stop()
    assert history.stretches(MORNING, EVER) == (Stretch(begin=NOON, end=NOON + 2 * SECOND),)
    second = Office(lambda: history)
    for n in range(2, 72, 2):  # before it begins: as while a disk is full
        second.keeping.keep(given(n, n + 1))
    second.keeping.start()
    second.until(lambda: bool(second.states))
    assert second.states[-1] == HistoryState(lost=20)
    second.keeping.keep(given(72))
    second.keeping.stop()
    assert history.ids() == ["f0", "f1", *(f"f{n}" for n in range(22, 73))]
    assert history.stretches(MORNING, EVER) == (
        Stretch(begin=NOON, end=NOON + 2 * SECOND),
        Stretch(begin=NOON + 21 * SECOND, end=NOON + 73 * SECOND),
    )


def test_that_a_history_that_cannot_be_opened_is_told_and_tried_until_it_can(
    begin: Callable[..., Office],
) -> None:
    history = Troubled()
    errors = [HistoryUnavailable(StorageFault.NOT_REACHABLE, "down")] * 2 + [RuntimeError("x")]

    def opening() -> History:
        if errors:
            raise errors.pop(0)
        return history

    office = begin(opening)
    office.keeping.keep(given(0))
    office.until(lambda: office.faults()[-1:] == [None])
    assert list(dict.fromkeys(office.faults())) == [
        FaultKind.HISTORY_AWAY,
        FaultKind.HISTORY_FAILED,
        None,
    ]
    assert history.ids() == ["f0"]


def test_that_the_end_tries_again_what_failed_just_before(begin: Callable[..., Office]) -> None:
    history = Troubled(FULL, LOCKED, LOCKED)
    office = begin(lambda: history, 600)
    office.keeping.keep(given(0))
    office.until(lambda: FaultKind.HISTORY_FULL in office.faults())
    office.keeping.stop()
    assert history.ids() == ["f0"]


def test_that_the_end_comes_in_time_although_nothing_can_be_stored(
    begin: Callable[..., Office],
) -> None:
    office = begin(lambda: Troubled(*[FULL] * 10_000))
    office.keeping.keep(given(0))
    office.until(lambda: FaultKind.HISTORY_FULL in office.faults())
    office.keeping.stop(0.3)
    office.keeping._thread.join(5)
    assert not office.keeping._thread.is_alive()


def test_that_one_that_never_began_may_be_stopped() -> None:
    office = Office(Troubled)
    office.keeping.keep(given(0))
    office.keeping.stop(0)
    assert office.told == []


@pytest.mark.parametrize("kind", StorageFault)
def test_that_each_trouble_of_a_history_has_its_sentence(kind: StorageFault) -> None:
    told = fault_of(HistoryUnavailable(kind, "why"))
    assert told.kind in set(FaultKind)
    assert told.detail("reason") == "why"


def test_that_samples_are_kept_with_their_facts(begin: Callable[..., Office]) -> None:
    history = Troubled(FULL)
    office = begin(lambda: history)
    sample = MinuteSample(minute=7, readings={"waiting": 1})
    office.keeping.keep(replace(given(0), samples=(sample,)))
    office.keeping.stop()
    assert list(history.samples(0, 9)) == [sample]


class Publishing:
    """A keeping whose facts are told on, and what it said of them."""

    def __init__(self, open_history: Callable[[], History]) -> None:
        self.settled: list[tuple[int, str | None]] = []
        self.told: list[Word] = []
        self.news = threading.Condition()
        self.keeping = Keeping(
            open_history=open_history,
            since=MORNING,
            told=self._hear,
            first_pause_s=0.01,
            longest_pause_s=0.02,
            settled=self._settle,
        )

    def _hear(self, word: Word) -> None:
        with self.news:
            self.told.append(word)
            self.news.notify_all()

    def _settle(self, count: int, cursor: str | None) -> None:
        with self.news:
            self.settled.append((count, cursor))
            self.news.notify_all()

    def until(self, holds: Callable[[], bool]) -> None:
        with self.news:
            assert self.news.wait_for(holds, 10), (self.settled, self.told)


def published(file: Path) -> Callable[[], History]:
    return lambda: open_history(file, clock=HandClock(), publishing=True)


def test_that_it_says_how_many_facts_are_stored_and_where_the_feed_ends(tmp_path: Path) -> None:
    office = Publishing(published(tmp_path / "h.sqlite3"))
    keeping = office.keeping
    keeping.keep(given(1, 2))
    assert keeping.given == 2
    keeping.start()
    office.until(lambda: (office.settled or [(0, None)])[-1][0] == 2)
    keeping.keep(given(3))
    keeping.keep(Store(watched=Stretch(begin=NOON, end=NOON + 9 * SECOND)))
    office.until(lambda: office.settled[-1][0] == 3)
    keeping.stop()
    assert keeping.left() == ()
    assert [count for count, _ in office.settled] == [0, 2, 3]
    ends = [cursor for _, cursor in office.settled]
    with closing(open_history(tmp_path / "h.sqlite3", reading=True)) as history:
        page = history.feed(ends[0], ends[1], 10)
        assert [fact.fact_id for _, fact in page.rows] == ["f1", "f2"]
        assert history.feed(None, None, 1).next == ends[2]


def test_that_facts_that_are_let_go_are_waited_for_by_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping_module, "MOST_WAITING", 2)
    office = Publishing(published(tmp_path / "h.sqlite3"))
    office.keeping.keep(given(1, 2, 3, 4, 5))
    office.keeping.start()
    office.until(lambda: bool(office.settled) and office.settled[-1][0] == 5)
    office.keeping.stop()


def test_that_what_was_not_stored_is_left(tmp_path: Path) -> None:
    def away() -> History:
        raise LOCKED

    office = Publishing(away)
    office.keeping.start()
    office.keeping.keep(given(1, 2))
    office.until(lambda: bool(office.told))
    office.keeping.stop(0.05)
    assert [fact.fact_id for fact in office.keeping.left()] == ["f1", "f2"]
    assert office.settled == []


def test_that_an_errand_is_done_by_its_thread_until_it_succeeds_and_the_past_told_again(
    tmp_path: Path,
) -> None:
    office = Publishing(published(tmp_path / "h.sqlite3"))
    tries: list[str] = []

    def errand(history: History) -> bool:
        tries.append(threading.current_thread().name)
        if len(tries) < 3:
            raise HistoryUnavailable(StorageFault.NOT_REACHABLE, "gone")
        history.keep(facts(7))
        return True

    office.keeping.start()
    office.keeping.do(errand)
    office.until(
        lambda: any(
            isinstance(word, HistoryRead) and [each.fact_id for each in word.records] == ["f7"]
            for word in office.told
        )
    )
    office.keeping.stop()
    assert tries == ["history"] * 3
    # What went wrong was told, and that it does not any more.
    states = [word.state for word in office.told if isinstance(word, HistoryTold)]
    assert states[0].fault is not None
    assert states[-1].fault is None
