"""New alerts are heard, shown and asked for once; what nobody has is heard again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, timedelta

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from support.alert_events import alert_event
from support.clocks import NOON, HandClock

from wallboard.app.notifying import Notifying
from wallboard.app.popups import Popup, Popups
from wallboard.app.sounding import Sounder
from wallboard.domain.alert import (
    Alert,
    Condition,
    Hand,
    Handling,
    Limits,
    News,
    Rule,
    RuleId,
    Stage,
    Subject,
    SubjectKind,
)
from wallboard.domain.severity import Severity
from wallboard.engine.alert_board import AlertBoard, ShownAlert
from wallboard.engine.board import Board
from wallboard.settings.model import Settings
from wallboard.ui.alert_message import Letterhead
from wallboard.ui.wording import Wording


class Ear(Sounder):
    """Remembers what would be heard."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[tuple[str, int]] = []

    def play(self, severity: Severity, volume: int) -> bool:
        self.heard.append((severity.name.lower(), volume))
        return True


class Eye(Popups):
    """Remembers what would be shown."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[Popup] = []

    def show_popup(self, popup: Popup) -> bool:
        self.shown.append(popup)
        return True


class Desk:
    def __init__(self, window: QWidget, settings: Settings) -> None:
        self.ear, self.eye, self.clock = Ear(), Eye(), HandClock()
        self.signs = Notifying(
            window,
            settings,
            lambda: Letterhead(site="centre", zone=UTC, wording=Wording()),
            sounder=self.ear,
            popups=self.eye,
        )

    def tell(self, *events: object) -> None:
        self.signs.take_events(events, self.clock.now())  # type: ignore[arg-type] # AlertEvents

    def pass_by(self, seconds: int, *rows: ShownAlert) -> None:
        board = Board(
            name="centre", zone=UTC, poll=timedelta(seconds=5), alerts=AlertBoard(rows=rows)
        )
        for _ in range(seconds):
            self.signs.show_board(board, self.clock.pass_by(1))


@pytest.fixture
def desk(qtbot: QtBot) -> Callable[..., Desk]:
    def made(**chosen: object) -> Desk:
        window = QWidget()
        qtbot.addWidget(window)
        return Desk(window, replace(Settings(), **chosen))  # type: ignore[arg-type] # its fields

    return made


RULE = Rule(
    rule_id=RuleId("waits-long"),
    name="Somebody waits too long",
    kind=SubjectKind.QUEUE,
    conditions=(Condition(reading="longest_wait", limits=Limits(high_critical=120)),),
)


def row(**more: object) -> ShownAlert:
    alert = Alert(
        rule_id=RULE.rule_id,
        subject=Subject("support"),
        stage=Stage.FIRING,
        severity=Severity.CRITICAL,
        since=NOON,
        fired_at=NOON,
    )
    return ShownAlert(alert=replace(alert, **more), rule=RULE)  # type: ignore[arg-type] # its fields


def test_that_a_critical_alert_is_heard_and_shown_once(desk: Callable[..., Desk]) -> None:
    one = desk()
    for _ in range(3):
        one.tell(alert_event())
    assert one.ear.heard == [("critical", 70)]
    (popup,) = one.eye.shown
    assert popup.title == "Critical: Somebody waits too long (the support)"
    assert popup.text.splitlines()[1].endswith(": 3:12, limit 2:00")


def test_that_a_warning_is_shown_and_not_heard_unless_wished(desk: Callable[..., Desk]) -> None:
    warning = alert_event(severity=Severity.WARNING)
    usual, wished = desk(), desk(alert_sound_warning=True, alert_volume=30)
    usual.tell(warning)
    wished.tell(warning)
    assert usual.ear.heard == []
    assert len(usual.eye.shown) == 1
    assert wished.ear.heard == [("warning", 30)]


def test_that_what_comes_at_once_is_heard_once_and_shown_as_one(desk: Callable[..., Desk]) -> None:
    one = desk(alert_sound_warning=True)
    one.tell(*(alert_event(n, severity=Severity(1 + n % 2)) for n in range(12)))
    assert one.ear.heard == [("critical", 70)]
    assert [popup.title[:30] for popup in one.eye.shown] == ["12 messages about alerts; the "]
    one.clock.pass_by(1)
    one.tell(alert_event(20))
    assert len(one.ear.heard) == 1
    one.clock.pass_by(3)
    one.tell(alert_event(21))
    assert len(one.ear.heard) == 2


@pytest.mark.parametrize(
    "event",
    [
        alert_event(silent=True),
        alert_event(news=News.OVER),
        alert_event(news=News.BETTER),
        replace(alert_event(), news=None),
    ],
    ids=["shelved", "over", "better", "deed"],
)
def test_that_what_disturbs_nobody_is_neither_heard_nor_shown(
    event: object, desk: Callable[..., Desk]
) -> None:
    one = desk()
    one.tell(event)
    assert (one.ear.heard, one.eye.shown) == ([], [])


def test_that_no_agent_is_named_where_passers_by_can_read(desk: Callable[..., Desk]) -> None:
    one = desk()
    one.tell(alert_event(subject="Sara Karimi", kind=SubjectKind.AGENT))
    (popup,) = one.eye.shown
    assert "Sara" not in f"{popup.title}{popup.text}"
    assert "(an agent)" in popup.title


def test_that_what_nobody_has_is_heard_again_each_minute(desk: Callable[..., Desk]) -> None:
    one = desk()
    one.pass_by(5)
    one.tell(alert_event())
    one.pass_by(59, row())
    assert len(one.ear.heard) == 1
    one.pass_by(1, row())
    assert len(one.ear.heard) == 2
    one.pass_by(120, row())
    assert len(one.ear.heard) == 4


HELD = Hand(handling=Handling.ACKNOWLEDGED, who="x", at=NOON, until=NOON + timedelta(hours=1))


@pytest.mark.parametrize(
    "quiet",
    [
        row(hand=HELD),
        row(severity=Severity.WARNING),
        row(evaluated=False),
        row(stage=Stage.NORMAL, unstable=True),
        replace(row(), silent=True),
    ],
    ids=["somebody_has_it", "warning", "not_known_to_stand", "unstable", "muted"],
)
def test_that_it_is_not_heard_again_if(quiet: ShownAlert, desk: Callable[..., Desk]) -> None:
    one = desk()
    one.pass_by(300, quiet)
    assert one.ear.heard == []


def test_that_after_a_start_what_stands_is_heard_after_a_pause(desk: Callable[..., Desk]) -> None:
    one = desk(alert_repeat_s=30)
    one.pass_by(30, row())
    assert one.ear.heard == []
    one.pass_by(1, row())
    assert len(one.ear.heard) == 1


@pytest.mark.parametrize("chosen", [{"alert_repeat_s": 0}, {"alert_sound": False}])
def test_that_who_wants_no_repetition_hears_none(
    chosen: dict[str, object], desk: Callable[..., Desk]
) -> None:
    one = desk(**chosen)
    one.pass_by(600, row())
    assert one.ear.heard == []


def test_that_who_wants_no_popups_sees_none(desk: Callable[..., Desk]) -> None:
    one = desk(alert_popup=False)
    one.tell(alert_event())
    assert one.eye.shown == []
    assert len(one.ear.heard) == 1
