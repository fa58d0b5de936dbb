"""Closed days become files and old ones sums, a little at a time, while a history is in use."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from support.sealing import BEGIN, DAY, days_of_calls, record

from wallboard.domain.errors import FaultKind
from wallboard.engine.happenings import HistoryTold, Store
from wallboard.runtime.keeping import Keeping, Word
from wallboard.runtime.upkeep import CLOSED, Upkeep
from wallboard.storage.history import History, open_history
from wallboard.storage.reports import Retention

pytest.importorskip("duckdb", reason="days are sealed with DuckDB")

HOUR = timedelta(hours=1)


class _Hands:
    """A clock of both kinds that is set by hand."""

    def __init__(self) -> None:
        self.wall = BEGIN
        self.s = 0.0

    def now(self) -> datetime:
        return self.wall

    def seconds(self) -> float:
        return self.s


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    opened = open_history(tmp_path / "history.db")
    yield opened
    opened.close()


def test_that_one_closed_day_is_sealed_at_a_time_and_only_well_after_its_end(
    history: History,
) -> None:
    hands = _Hands()
    upkeep = Upkeep(hands.now, seconds=hands.seconds)
    history.keep(days_of_calls(60))
    assert upkeep.due_in_s == 60
    hands.wall = BEGIN + 2 * DAY + CLOSED - HOUR
    upkeep.go_on(history)
    assert history.info().sealed == 1
    assert upkeep.due_in_s == 2
    upkeep.go_on(history)
    assert history.info().sealed == 1
    assert upkeep.due_in_s == 3600
    hands.wall += HOUR
    upkeep.go_on(history)
    assert history.info().sealed == 2


def test_that_old_days_become_sums_one_at_a_time_once_a_day(history: History) -> None:
    hands = _Hands()
    upkeep = Upkeep(hands.now, seconds=hands.seconds)
    history.keep(days_of_calls(60))
    history.retention = Retention(keep=30 * DAY)
    hands.wall = BEGIN + 32 * DAY
    told = []
    for _turn in range(4):
        upkeep.go_on(history)
        told.append((history.rolled_until, history.info().sealed))
    first, second = BEGIN + DAY, BEGIN + 2 * DAY
    assert told == [(first, 0), (second, 0), (second, 1), (second, 1)]
    hands.wall += 23 * HOUR
    upkeep.go_on(history)
    assert history.rolled_until == second
    hands.wall += HOUR
    upkeep.go_on(history)
    assert history.rolled_until == BEGIN + 3 * DAY


class _Due(Upkeep):
    """Is due again and again."""

    def __init__(self) -> None:
        super().__init__(lambda: BEGIN + 9 * DAY)
        self._due_s = 0.0
        self.times = 0
        self.enough = threading.Event()

    def go_on(self, history: History) -> None:
        super().go_on(history)
        self._due_s = 0.0
        self.times += 1
        if self.times == 5:
            self._due_s = self._seconds() + 3600
            self.enough.set()


def test_that_a_history_is_looked_after_while_facts_are_kept(tmp_path: Path) -> None:
    with_history = open_history(tmp_path / "history.db")
    with_history.keep(days_of_calls(60))
    with_history.close()
    upkeep = _Due()
    keeping = Keeping(
        open_history=lambda: open_history(tmp_path / "history.db"),
        since=BEGIN + 9 * DAY,
        told=lambda _word: None,
        upkeep=upkeep,
    )
    keeping.start()
    keeping.keep(Store(facts=(record(99, BEGIN + 9 * DAY),)))
    assert upkeep.enough.wait(20)
    keeping.stop()
    with_history = open_history(tmp_path / "history.db")
    info = with_history.info()
    with_history.close()
    assert (info.sealed, info.rows["calls"]) == (3, 61)


def test_that_a_history_that_cannot_be_looked_after_is_told_and_kept_on(tmp_path: Path) -> None:
    (tmp_path / "history.db.days").write_text("in the way")
    with_history = open_history(tmp_path / "history.db")
    with_history.keep(days_of_calls(60))
    with_history.close()
    words: list[Word] = []
    failed = threading.Event()

    def told(word: Word) -> None:
        words.append(word)
        if isinstance(word, HistoryTold) and word.state.fault is not None:
            failed.set()

    upkeep = Upkeep(lambda: BEGIN + 9 * DAY, seconds=iter([0.0, *[100.0] * 99]).__next__)
    keeping = Keeping(
        open_history=lambda: open_history(tmp_path / "history.db"),
        since=BEGIN + 9 * DAY,
        told=told,
        first_pause_s=0.01,
        upkeep=upkeep,
    )
    keeping.start()
    assert failed.wait(20)
    keeping.keep(Store(facts=(record(99, BEGIN + 9 * DAY),)))
    keeping.stop()
    faults = [word.state.fault for word in words if isinstance(word, HistoryTold)]
    assert {each.kind for each in faults if each is not None} == {FaultKind.HISTORY_FULL}
    with_history = open_history(tmp_path / "history.db")
    assert with_history.info().rows["calls"] == 61
    with_history.close()
