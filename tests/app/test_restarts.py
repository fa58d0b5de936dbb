"""However often the program is started anew, nothing is shown twice on the screen."""

from __future__ import annotations

import random
from bisect import bisect
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from support.alerted import SECOND, Watched, wait_rule, watched
from support.campaign import size_of_campaign
from support.clocks import NOON, HandClock

from wallboard.app.notifying import Notifying
from wallboard.app.popups import Popup, Popups
from wallboard.app.sounding import Sounder
from wallboard.delivery.ledger import Taker
from wallboard.delivery.way import Way
from wallboard.domain.alert import AlertEvent, News, Rules
from wallboard.domain.delivery import Post
from wallboard.runtime.alerting import Alerting
from wallboard.runtime.delivering import Delivering, Exit
from wallboard.settings.model import Settings
from wallboard.storage.alert_journal import alert_events
from wallboard.storage.delivery_queue import deliveries_since
from wallboard.storage.history import History, open_history
from wallboard.ui.alert_message import Letterhead, post_of
from wallboard.ui.wording import Wording

RULES = Rules(rules=(replace(wait_rule(), keep=2 * SECOND),))
HEAD = Letterhead(site="centre", zone=UTC, wording=Wording())
EVER = (NOON - timedelta(days=9), NOON + timedelta(days=9))


class Screen(Popups):
    """Remembers what was shown, over all starts."""

    def __init__(self, shown: list[Popup]) -> None:
        super().__init__()
        self._shown = shown

    def show_popup(self, popup: Popup) -> bool:
        self._shown.append(popup)
        return True


class Silence(Sounder):
    def play(self, *_: object) -> bool:
        return False


class Disk:
    """A history whose thread gets as far as a test lets it before the program is killed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.waits: list[Callable[[History], bool]] = []
        self.history = open_history(path, clock=HandClock())

    def work(self, errands: int) -> None:
        for _ in range(min(errands, len(self.waits))):
            self.waits.pop(0)(self.history)

    def again(self) -> None:
        self.history.close()
        self.waits.clear()
        self.history = open_history(self._path, clock=HandClock())


def composed(events: Sequence[AlertEvent], _way: str, at: object) -> Post:
    return post_of(events, HEAD, NOON, names=False)


def nowhere() -> Way:
    raise AssertionError("nothing is sent here: the threads are not started")


def pictured(board: Watched, *, trouble: bool) -> None:
    """Let a second pass, at whose end somebody waits too long, or nobody waits."""
    scene = board.scene
    before = scene.board.snapshot
    assert before is not None
    now = scene.clock.pass_by(1.0).wall
    calls = {
        key: replace(call, entered_at=now - timedelta(minutes=5 if trouble else 0))
        for key, call in before.calls.items()
        if call.answered_at is None
    }
    scene.take(replace(before, as_of=now, calls={**before.calls, **calls}))
    board.look()


def test_that_a_thousand_restarts_show_nothing_twice(tmp_path: Path, qtbot: QtBot) -> None:
    chance, disk = random.Random(5), Disk(tmp_path / "history.db")
    window, board = QWidget(), watched(RULES)
    qtbot.addWidget(window)
    shown: list[Popup] = []
    told: list[str] = []
    fired: list[tuple[str, datetime]] = []
    troubles = [datetime.min.replace(tzinfo=UTC)]
    trouble = True
    for _ in range(size_of_campaign(60, 1_000)):
        disk.again()  # as kill -9 leaves it: nobody said goodbye
        signs = Notifying(window, Settings(), lambda: HEAD, sounder=Silence(), popups=Screen(shown))
        delivering = Delivering(
            [Exit(taker=Taker(way="mail"), made=nowhere)],
            compose=composed,
            clock=board.scene.clock,
        )

        def announce(events: tuple[AlertEvent, ...], signs: Notifying = signs) -> None:
            told.extend(event.event_id for event in events)
            fired.extend((e.subject, e.at) for e in events if e.news is News.FIRED)
            signs.take_events(events, board.scene.clock.now())

        board.alerting = Alerting(RULES, announce=announce, outbox=delivering.outbox)
        board.alerting.begin(disk.waits.append)
        disk.work(9)
        for _ in range(chance.randrange(1, 14)):
            if chance.random() < 0.05:
                trouble = not trouble
                troubles += [board.scene.clock.wall] if trouble else []
            pictured(board, trouble=trouble)
            disk.work(chance.choice([0, 1, 9]))
        signs.close()
    disk.work(9)
    assert [id_ for id_, times in Counter(told).items() if times > 1] == []
    assert [id_ for id_, times in Counter(p.popup_id for p in shown).items() if times > 1] == []
    # Not under another name either: each trouble is told once.
    spells = Counter((subject, bisect(troubles, at)) for subject, at in fired)
    assert [spell for spell, times in spells.items() if times > 1] == []
    assert len(spells) >= 5
    # What was shown was in the journal, and queued to be sent, before.
    journalled = {event.event_id for event in alert_events(disk.history, *EVER)}
    queued = {one.event.event_id for one in deliveries_since(disk.history, EVER[0])}
    assert set(told) <= journalled
    assert {id_ for id_ in told if id_.endswith("|fired")} <= queued
    disk.history.close()
