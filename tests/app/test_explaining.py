"""A figure that was clicked is explained as it was shown, and by the calls behind it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot
from support.clocks import NOON, HandClock
from support.looks import wording_in
from support.snapshots import QUEUE_IDS, a_call, a_queue, a_record, a_snapshot, calls, records

from wallboard.app import explaining
from wallboard.app.explaining import Explainer, calls_behind, explained
from wallboard.domain.errors import FaultKind
from wallboard.domain.facts import CallRecord, Ending
from wallboard.domain.measuring import LevelKind, LevelProfile, Measuring, QueueRule
from wallboard.domain.snapshot import Call, QueueId, difference
from wallboard.engine.board import Board, level_of, site_readings, site_time
from wallboard.engine.explanation import Explanation
from wallboard.engine.happenings import PictureTaken, Store, WindowChosen
from wallboard.engine.kpi import KPI_BY_KEY, measure_by_key
from wallboard.engine.step import step
from wallboard.engine.windows import WindowKind
from wallboard.runtime.history_faults import fault_of
from wallboard.storage.faults import HistoryUnavailable, StorageFault
from wallboard.storage.history import History, open_history
from wallboard.ui.panels.kpi_strip import tile_faces

ENGLISH = wording_in("en")
KINDS = tuple(kind for kind in WindowKind if kind is not WindowKind.RANGE)
RATIOS = ("service_level", "abandon_rate")
Q1, Q2 = QueueId("q1"), QueueId("q2")
MINUTE = timedelta(minutes=1)


def a_board(
    facts: list[CallRecord],
    waiting: list[Call] | None = None,
    *,
    window: WindowKind = WindowKind.TODAY,
    measuring: Measuring | None = None,
) -> tuple[Board, HandClock, tuple[Store, ...]]:
    clock = HandClock()
    board = Board(
        name="b",
        zone=UTC,
        poll=timedelta(seconds=5),
        window=window,
        measuring=measuring or Measuring(),
    )
    snapshot = a_snapshot(map(a_queue, QUEUE_IDS), calls=waiting or ())
    taken = PictureTaken(change=difference(None, snapshot), facts=tuple(facts))
    board, stores = step(board, taken, clock.now())
    return board, clock, stores


# What is told


@given(
    st.lists(records(), max_size=12, unique_by=lambda record: record.fact_id),
    st.lists(calls(), max_size=6),
    st.sampled_from(KINDS),
)
def test_that_what_is_explained_is_what_the_tile_and_the_row_show(
    facts: list[CallRecord], waiting: list[Call], window: WindowKind
) -> None:
    board, clock, _ = a_board(facts, waiting, window=window)
    now = clock.now()
    readings = site_readings(board, site_time(board, now))
    for key in RATIOS:
        told = explained(board, now, key, None)
        assert told.value == readings[key]
        for queue_id, row in board.queues.items():
            told = explained(board, now, key, queue_id)
            shown = level_of(row) if key == "service_level" else measure_by_key(key, row.totals)
            assert told.value == shown
    told = explained(board, now, "abandon_rate", None)
    assert told.window is not None
    assert told.window.begin == board.begins
    assert told.window.end >= now.wall
    assert told.coverage is not None
    assert told.coverage.begin == board.begins


def test_that_there_is_nothing_to_say_of_a_queue_or_a_figure_that_is_not_there() -> None:
    board, clock, _ = a_board([])
    for key, queue_id in (("service_level", QueueId("gone")), ("mood", None)):
        with pytest.raises(KeyError):
            explained(board, clock.now(), key, queue_id)


def test_that_queues_measured_differently_are_refused_in_words_on_the_tile_and_when_explained() -> (
    None
):
    measuring = Measuring(by_queue={Q2: QueueRule(level=LevelProfile(kind=LevelKind.ANSWERED))})
    facts = [a_record(f"{key}{n}", queue_id=key, wait_s=90) for key in (Q1, Q2) for n in range(40)]
    board, clock, _ = a_board(facts, measuring=measuring)
    told = explained(board, clock.now(), "service_level", None)
    assert (told.value, told.numerator, told.denominator, told.level) == (None, None, None, None)
    assert told.refused is not None
    assert set(told.refused.profiles) == {
        LevelProfile(kind=LevelKind.OFFERED),
        LevelProfile(kind=LevelKind.ANSWERED),
    }
    for language in ("en", "fa"):
        faces = tile_faces(board, clock.now(), wording_in(language))
        face = next(
            face
            for face in faces
            if face.label.startswith(wording_in(language).kpi_name("service_level"))
        )
        assert face.ratio is None
        assert face.severity.name == "CALM"
        assert not any(letter.isdigit() for letter in face.number)
        assert face.note
        assert "%" not in face.note
    assert "measured differently" in tile_faces(board, clock.now(), ENGLISH)[2].note
    for queue_id in (Q1, Q2):
        assert explained(board, clock.now(), "service_level", queue_id).value == 0.0


# The calls behind it


def test_that_the_calls_of_the_window_and_the_queue_are_behind_a_figure() -> None:
    facts = [
        a_record("early", entered_at=NOON - 50 * MINUTE),
        a_record("one", entered_at=NOON - 9 * MINUTE),
        a_record("other", entered_at=NOON - 8 * MINUTE, queue_id="q2"),
        a_record("lost", Ending.ABANDONED, entered_at=NOON - 7 * MINUTE),
        a_record("unseen", Ending.UNKNOWN, entered_at=NOON - 6 * MINUTE, wait_s=None),
    ]
    board, clock, stores = a_board(facts, window=WindowKind.LAST_15)
    history = History.in_memory()
    for store in stores:
        history.keep(store.facts)
    for queue_id, ids in ((None, ["one", "other", "lost"]), (Q1, ["one", "lost"])):
        told = explained(board, clock.now(), "service_level", queue_id)
        assert told.window is not None
        found = calls_behind(told, told.window, queue_id, history)
        assert [record.fact_id for record in found] == ids
        assert told.denominator == len(ids)
    hidden = calls_behind(told, told.window, None, history, frozenset({Q1}))
    assert [record.fact_id for record in hidden] == ["other"]


def test_that_behind_an_intervals_handling_are_the_calls_that_were_over_in_it() -> None:
    begin = NOON.replace(hour=11, minute=30)
    before = a_record("before", entered_at=begin - 20 * MINUTE, wait_s=10, talk_s=1260)
    wraps = replace(
        a_record("wraps", entered_at=begin - 2 * MINUTE, wait_s=0, talk_s=60),
        wrap_up=timedelta(seconds=90),
    )
    gone = a_record("gone", entered_at=begin - 20 * MINUTE, wait_s=10, talk_s=60)
    inside = a_record("inside", entered_at=begin + MINUTE, wait_s=10, talk_s=60)
    clock = HandClock(wall=begin + 5 * MINUTE)
    board = Board(name="b", zone=UTC, poll=timedelta(seconds=5))
    picture = a_snapshot([a_queue()], as_of=clock.wall)
    taken = PictureTaken(change=difference(None, picture), facts=(before, wraps, gone, inside))
    board, stores = step(board, taken, clock.now())
    board, _ = step(board, WindowChosen(window=WindowKind.INTERVAL), clock.now())
    history = History.in_memory()
    history.keep(stores[0].facts)
    told = explained(board, clock.now(), "aht", None)
    assert told.window is not None
    found = calls_behind(told, told.window, None, history)
    assert [record.fact_id for record in found] == ["before", "wraps", "inside"]
    assert told.denominator == 3
    came = explained(board, clock.now(), "offered", None)
    assert came.value == 1


def test_that_of_too_many_calls_the_newest_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explaining, "MOST_CALLS", 5)
    facts = [a_record(f"f{n:02}", entered_at=NOON - (30 - n) * MINUTE) for n in range(30)]
    board, clock, _ = a_board(facts)
    history = History.in_memory()
    history.keep(facts)
    told = explained(board, clock.now(), "service_level", None)
    assert told.window is not None
    found = calls_behind(told, told.window, None, history)
    assert [record.fact_id for record in found] == [f"f{n}" for n in range(25, 30)]


# Asked for by a click


class Answers:
    def __init__(self, explainer: Explainer) -> None:
        self.found: list[tuple[Explanation, tuple[CallRecord, ...]]] = []
        self.missed: list[str] = []
        explainer.found.connect(lambda told, rows: self.found.append((told, rows)))
        explainer.missed.connect(self.missed.append)


@pytest.fixture
def asked(qtbot: QtBot) -> Iterator[Callable[[Callable[[], History]], tuple[Explainer, Answers]]]:
    made: list[Explainer] = []

    def make(opening: Callable[[], History]) -> tuple[Explainer, Answers]:
        made.append(Explainer(opening))
        return made[-1], Answers(made[-1])

    yield make
    for explainer in made:
        explainer.stop()
        explainer.deleteLater()


Made = Callable[[Callable[[], History]], tuple[Explainer, Answers]]


def test_that_a_click_is_answered_with_the_figure_and_its_calls(
    asked: Made, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "h.sqlite3"
    board, clock, stores = a_board([a_record("f", entered_at=NOON - MINUTE)])
    with closing(open_history(file)) as history:
        history.keep(stores[0].facts)
    explainer, answers = asked(lambda: open_history(file, reading=True))
    explainer.explain(board, clock.now(), "service_level", None, ENGLISH)
    qtbot.waitUntil(lambda: bool(answers.found))
    told, rows = answers.found[0]
    assert (told.value, [row.fact_id for row in rows]) == (1.0, ["f"])
    assert answers.missed == []


def test_that_only_the_last_click_is_answered(asked: Made, qtbot: QtBot) -> None:
    gate = threading.Event()
    first = True

    def opening() -> History:
        nonlocal first
        waits, first = first, False
        if waits:
            gate.wait(10)
        return History.in_memory()

    board, clock, _ = a_board([a_record("f")])
    explainer, answers = asked(opening)
    explainer.explain(board, clock.now(), "abandon_rate", None, ENGLISH)
    explainer.explain(board, clock.now(), "service_level", None, ENGLISH)
    qtbot.waitUntil(lambda: bool(answers.found))
    gate.set()
    qtbot.wait(150)
    assert [str(told.asked) for told, _ in answers.found] == ["service_level"]
    explainer.explain(board, clock.now(), "service_level", QueueId("gone"), ENGLISH)
    qtbot.wait(50)
    assert len(answers.found) == 1


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (HistoryUnavailable(StorageFault.LOCKED, "held"), FaultKind.HISTORY_LOCKED),
        (HistoryUnavailable(StorageFault.NOT_REACHABLE, "down"), FaultKind.HISTORY_AWAY),
        (RuntimeError("hunter2"), FaultKind.HISTORY_FAILED),
    ],
    ids=["locked", "away", "a_bug_of_our_own"],
)
def test_that_a_history_that_cannot_be_read_is_said_in_a_sentence(
    asked: Made, qtbot: QtBot, error: Exception, kind: FaultKind
) -> None:
    def opening() -> History:
        raise error

    board, clock, _ = a_board([a_record("f")])
    explainer, answers = asked(opening)
    explainer.explain(board, clock.now(), "service_level", None, ENGLISH)
    qtbot.waitUntil(lambda: bool(answers.missed))
    assert fault_of(error).kind is kind
    assert answers.missed == [ENGLISH.fault(fault_of(error))]
    assert len(answers.missed[0]) > 20
    assert "hunter2" not in answers.missed[0]
    assert answers.found == []


def test_that_what_is_stopped_says_nothing(asked: Made, qtbot: QtBot) -> None:
    board, clock, _ = a_board([a_record("f")])
    explainer, answers = asked(History.in_memory)
    explainer.explain(board, clock.now(), "service_level", None, ENGLISH)
    explainer.stop()
    qtbot.wait(100)
    assert (answers.found, answers.missed) == ([], [])


def test_that_a_waiting_caller_counts_in_what_is_explained() -> None:
    late = a_call(entered_at=NOON - MINUTE)
    board, clock, _ = a_board([a_record("f")], [late])
    told = explained(board, clock.now(), "service_level", None)
    assert (told.numerator, told.denominator, told.value) == (1, 2, 0.5)
    assert KPI_BY_KEY[told.kpi.key] is told.kpi
