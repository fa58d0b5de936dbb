"""The last hour shows what is known, tells what is not, and never makes a zero of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication
from support.boards import POLL, TEHRAN, Scene, scene
from support.clocks import HandClock
from support.looks import look_in

from wallboard.domain.facts import CallRecord, Ending, FactId
from wallboard.domain.snapshot import CallId, Queue, QueueId, Snapshot
from wallboard.engine.board import Board
from wallboard.ui.look import Look
from wallboard.ui.panels.status_line import status_face
from wallboard.ui.panels.trend_panel import TrendFace, TrendPanel

QUEUE = Queue(queue_id=QueueId("q"), name="Sales", target=timedelta(seconds=20))


def call(clock: HandClock, minutes_ago: float, *, wait_s: float = 5) -> CallRecord:
    """Return a call that was answered, so many minutes before now."""
    entered = clock.wall - timedelta(minutes=minutes_ago)
    key = f"{minutes_ago}-{wait_s}"
    wait, talk = timedelta(seconds=wait_s), timedelta(seconds=5)
    return CallRecord(
        fact_id=FactId(key),
        call_id=CallId(key),
        queue_id=QUEUE.queue_id,
        entered_at=entered,
        ended_at=entered + wait + talk,
        ending=Ending.ANSWERED,
        wait=wait,
        target=QUEUE.target,
        talk=talk,
    )


def first_look(*calls: tuple[float, float]) -> Scene:
    """Return a board that was just opened on a source that still knows those calls.

    Args:
        calls: For each how many minutes ago it came, and how many seconds it waited.
    """
    clock = HandClock()
    made = Scene(board=Board(name="x", zone=TEHRAN, poll=POLL), clock=clock)
    facts = tuple(call(clock, ago, wait_s=wait_s) for ago, wait_s in calls)
    made.take(Snapshot(as_of=clock.wall, queues={QUEUE.queue_id: QUEUE}), facts)
    return made


def face_of(made: Scene) -> TrendFace:
    panel = TrendPanel(look_in("en"))
    panel.show_board(made.board, made.clock.now())
    assert panel._face is not None
    return panel._face


def test_that_what_the_source_knew_before_the_first_look_is_not_called_unseen(
    qapp: QApplication,
) -> None:
    face = face_of(first_look((30, 5), (10, 5)))
    assert face.offered[30] == face.offered[50] == 1
    assert face.seen == (False,) * 30 + (True,) * 31


def test_that_all_but_the_present_minute_is_unseen_where_the_source_knew_nothing(
    qapp: QApplication,
) -> None:
    assert face_of(first_look()).seen == (False,) * 60 + (True,)


def test_that_a_day_known_from_its_morning_on_has_no_unseen_minute(qapp: QApplication) -> None:
    assert all(face_of(first_look((200, 5), (10, 5))).seen)


def test_that_a_gap_after_the_first_look_stays_unseen_even_with_calls_in_it(
    qapp: QApplication,
) -> None:
    face = face_of(scene(gap=range(40, 46)))
    unseen = [at for at, seen in enumerate(face.seen) if not seen]
    assert len(unseen) == 6
    assert any(face.offered[at] for at in unseen)
    assert all(face.levels[at] is None for at in unseen)


def test_that_the_level_before_the_first_look_is_that_of_the_calls_till_then(
    qapp: QApplication,
) -> None:
    face = face_of(first_look((90, 5), (50, 30), (30, 5), (20, 5)))
    assert face.levels[9] == 1.0
    assert face.levels[10] == face.levels[29] == pytest.approx(1 / 2)
    assert face.levels[30] == pytest.approx(2 / 3)
    assert face.levels[40] == face.levels[59] == pytest.approx(3 / 4)


def test_that_the_level_goes_on_from_what_was_known_to_what_was_seen(qapp: QApplication) -> None:
    made = first_look((30, 30), (20, 5))
    for _ in range(120):
        made.pass_by(1)
        made.take(replace(made.board.snapshot, as_of=made.clock.wall))  # type: ignore[type-var]
    face = face_of(made)
    assert None not in face.levels[28:]
    assert set(face.levels[40:]) == {1 / 2}


def test_that_yesterdays_calls_make_no_level_of_today(qapp: QApplication) -> None:
    clock = HandClock()
    midnight = datetime.combine(clock.wall.astimezone(TEHRAN).date(), datetime.min.time(), TEHRAN)
    clock.wall = midnight + timedelta(minutes=20)
    made = Scene(board=Board(name="x", zone=TEHRAN, poll=POLL), clock=clock)
    facts = (call(clock, 40, wait_s=30), call(clock, 10))
    made.take(Snapshot(as_of=clock.wall, queues={QUEUE.queue_id: QUEUE}), facts)
    face = face_of(made)
    assert face.offered[20] == 1
    assert all(face.seen[20:])
    assert set(face.levels[:50]) == {None}
    assert face.levels[50] == 1.0


@pytest.mark.parametrize("ago", [0, 90], ids=["from_the_first_look", "from_the_first_call"])
def test_that_the_status_says_from_when_on_the_days_figures_hold(look: Look, ago: int) -> None:
    made = first_look((ago, 5)) if ago else first_look()
    wording = look.wording
    since = wording.clock_minute(made.clock.wall - timedelta(minutes=ago), TEHRAN)
    said = wording.translate("Status", "Figures since {time}").format(time=since)
    assert said in status_face(made.board, wording).start


def test_that_a_whole_day_needs_no_such_word(look: Look) -> None:
    made = first_look((10, 5))
    ledger = replace(made.board.ledger, since=made.board.ledger.begins)
    said = look.wording.translate("Status", "Figures since {time}").partition("{")[0]
    assert said not in status_face(replace(made.board, ledger=ledger), look.wording).start


def test_that_time_runs_from_the_right_where_that_was_decided(qapp: QApplication) -> None:
    made = scene(gap=range(20, 40))
    usual, turned = (
        TrendPanel(replace(look_in("en"), time_from_right=from_right))
        for from_right in (False, True)
    )
    rows = []
    for panel in (usual, turned):
        panel.resize(800, 300)
        panel.show_board(made.board, made.clock.now())
        picture, plot = panel.grab().toImage(), panel._plot().toRect()
        # In the middle of each minute, at a height that some columns reach and some do not.
        at = [round(plot.left() + (n + 0.5) * plot.width() / 61) for n in range(61)]
        rows.append([picture.pixel(x, plot.center().y() + 12) for x in at])
    mirrored = sum(one == other for one, other in zip(rows[0], reversed(rows[1]), strict=True))
    as_before = sum(one == other for one, other in zip(*rows, strict=True))
    assert mirrored > as_before
    assert mirrored > 0.8 * len(rows[0])
    plot = usual._plot()
    newest, oldest = (panel._told_parts()["60"].box.center().x() for panel in (usual, turned))
    assert newest - plot.left() == pytest.approx(plot.right() - oldest, abs=2)
