"""The alerts of the board that is shown leave the window: of one at a time, and of no demo."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from support.alert_events import alert_event
from support.clocks import HandClock
from support.taking import HookServer

from wallboard.app.alert_outlet import AlertOutlet
from wallboard.domain.clock import Moment
from wallboard.domain.delivery import Delivery, DeliveryState, outward
from wallboard.domain.errors import FaultKind, fault
from wallboard.engine.board import Board
from wallboard.engine.happenings import HistoryState
from wallboard.runtime.keeping import Errand
from wallboard.runtime.opening import Opening
from wallboard.settings.model import Settings, WayOut
from wallboard.settings.paths import Places
from wallboard.storage.delivery_queue import queued_deliveries
from wallboard.storage.history import History
from wallboard.ui.wording import Wording

BOARD = Board(name="pbx", zone=UTC, poll=timedelta(seconds=5))


class Live(QObject):
    """A board that lives as a test has it."""

    board_changed = Signal(Board, Moment)
    alerts_announced = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.board = BOARD
        self.history = History.in_memory()

    def do(self, errand: Errand) -> None:
        errand(self.history)


class Page(QObject):
    try_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[tuple[DeliveryState, ...]] = []

    def show_deliveries(self, deliveries: Sequence[Delivery]) -> None:
        self.shown.append(tuple(one.state for one in deliveries))


@pytest.fixture
def hook() -> Iterator[HookServer]:
    server = HookServer().start()
    yield server
    server.stop()


@pytest.fixture
def live() -> Iterator[Live]:
    made = Live()
    yield made
    made.history.close()


@pytest.fixture
def outlet(qtbot: QtBot, tmp_path: Path) -> Iterator[AlertOutlet]:
    window = QWidget()
    qtbot.addWidget(window)
    places = Places(config=tmp_path, data=tmp_path / "data", logs=tmp_path / "logs")
    made = AlertOutlet(window, places, HandClock())
    yield made
    made.forget()


Follow = Callable[..., Settings]


@pytest.fixture
def follow(outlet: AlertOutlet, live: Live, hook: HookServer, qtbot: QtBot) -> Follow:
    way = WayOut(name="hook", kind="webhook", fields={"address": hook.address})

    def following(*, demo: bool = False, on: bool = True) -> Settings:
        settings = replace(Settings(), ways=(replace(way, on=on),), alert_sound=False)
        opening = Opening(name="pbx", kind="asterisk", told={}, demo=demo)
        outlet.follow(live, opening, settings, Wording())  # type: ignore[arg-type] # as it lives
        qtbot.waitUntil(lambda: outlet._out is not None)
        return settings

    return following


def test_that_what_is_announced_arrives_and_is_seen_on_the_page(
    outlet: AlertOutlet, live: Live, hook: HookServer, follow: Follow, qtbot: QtBot
) -> None:
    page = Page()
    outlet.serve(page)  # type: ignore[arg-type] # a class's signal, not an instance's
    follow()
    with live.history.together():
        outlet.outbox(live.history, (alert_event(),))
    live.alerts_announced.emit((alert_event(),))
    qtbot.waitUntil(lambda: len(hook.taken) == 1)
    qtbot.waitUntil(lambda: page.shown[-1:] == [(DeliveryState.SENT,)])
    assert hook.taken[0].told["text"].endswith("Wallboard, pbx")


def test_that_words_are_those_of_the_language_that_is_chosen(
    outlet: AlertOutlet, live: Live, hook: HookServer, follow: Follow, qtbot: QtBot
) -> None:
    settings = follow()
    persian = Wording(language="fa", words={("AlertMessage", "Critical"): "بحرانی"})
    outlet.choose(settings, persian)
    live.alerts_announced.emit((alert_event(),))
    qtbot.waitUntil(lambda: len(hook.taken) == 1)
    assert hook.taken[0].told["language"] == "fa"
    assert hook.taken[0].told["title"].startswith("بحرانی")


@pytest.mark.parametrize("quiet", [{"demo": True}, {"on": False}], ids=["demo", "switched_off"])
def test_that_nothing_leaves_the_house(
    quiet: dict[str, bool],
    outlet: AlertOutlet,
    live: Live,
    hook: HookServer,
    follow: Follow,
    qtbot: QtBot,
) -> None:
    follow(**quiet)
    with live.history.together():
        outlet.outbox(live.history, (alert_event(),))
    live.alerts_announced.emit((alert_event(),))
    qtbot.wait(200)
    assert hook.taken == []
    assert outlet.deliveries == ()


def test_that_of_two_programs_only_the_one_with_the_history_tells(
    outlet: AlertOutlet, live: Live, hook: HookServer, follow: Follow, qtbot: QtBot
) -> None:
    follow()
    held = HistoryState(fault=fault(FaultKind.HISTORY_LOCKED))
    live.board_changed.emit(replace(BOARD, history=held), HandClock().now())
    live.alerts_announced.emit((alert_event(),))
    qtbot.wait(200)
    assert hook.taken == []
    live.board_changed.emit(replace(BOARD, history=HistoryState()), HandClock().now())
    # Now it is journalled here; it was told there, and is not to be told after the next start.
    with live.history.together():
        outlet.outbox(live.history, (alert_event(),))
    assert queued_deliveries(live.history) == ()
    live.alerts_announced.emit((alert_event(2),))
    qtbot.waitUntil(lambda: len(hook.taken) == 1)


def test_that_after_it_is_forgotten_nothing_is_told(
    outlet: AlertOutlet, live: Live, hook: HookServer, follow: Follow, qtbot: QtBot
) -> None:
    follow()
    outlet.forget()
    live.alerts_announced.emit((alert_event(),))
    qtbot.wait(100)
    assert hook.taken == []
    assert outlet.deliveries == ()


def test_that_a_way_that_is_switched_on_tells_at_once_and_off_no_more(
    outlet: AlertOutlet, live: Live, hook: HookServer, follow: Follow, qtbot: QtBot
) -> None:
    off = follow(on=False)
    on = replace(off, ways=tuple(replace(way, on=True) for way in off.ways))
    outlet.choose(on, Wording())
    live.alerts_announced.emit((alert_event(),))
    qtbot.waitUntil(lambda: len(hook.taken) == 1)
    outlet.choose(off, Wording())
    live.alerts_announced.emit((alert_event(2),))
    qtbot.wait(100)
    outlet.choose(on, Wording())
    live.alerts_announced.emit((alert_event(3),))
    qtbot.waitUntil(lambda: len(hook.taken) == 2)
    assert [taken.told["id"] for taken in hook.taken] == [
        outward(alert_event(number).event_id) for number in (1, 3)
    ]


def test_that_a_way_that_is_changed_is_used_as_it_is_now(
    outlet: AlertOutlet, live: Live, hook: HookServer, follow: Follow, qtbot: QtBot
) -> None:
    settings = follow()
    live.alerts_announced.emit((alert_event(),))
    qtbot.waitUntil(lambda: len(hook.taken) == 1)
    other = HookServer().start()
    fields = {"address": other.address}
    outlet.choose(settings.with_way(replace(settings.ways[0], fields=fields)), Wording())
    live.alerts_announced.emit((alert_event(2),))
    try:
        qtbot.waitUntil(lambda: len(other.taken) == 1)
    finally:
        other.stop()
    assert len(hook.taken) == 1


def test_that_what_is_decided_before_it_is_opened_holds(
    outlet: AlertOutlet, live: Live, hook: HookServer, qtbot: QtBot
) -> None:
    opening = Opening(name="pbx", kind="asterisk", told={})
    outlet.follow(live, opening, Settings(alert_sound=False), Wording())  # type: ignore[arg-type] # as it lives
    way = WayOut(name="hook", kind="webhook", fields={"address": hook.address})
    outlet.choose(Settings(alert_sound=False, ways=(way,)), Wording())
    qtbot.waitUntil(lambda: outlet._out is not None)
    live.alerts_announced.emit((alert_event(),))
    qtbot.waitUntil(lambda: len(hook.taken) == 1)
