from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot
from support.alert_events import alert_event
from support.clocks import HandClock

from wallboard.app.kiosk_sound import BETWEEN_S, KioskSound
from wallboard.app.sounding import Sounder
from wallboard.domain.alert import AlertEvent, News
from wallboard.domain.severity import Severity


class Heard(Sounder):
    """Plays nothing and remembers what it was to play."""

    def __init__(self) -> None:
        super().__init__()
        self.played: list[tuple[Severity, int]] = []

    def play(self, severity: Severity, volume: int) -> bool:
        self.played.append((severity, volume))
        return True


CLOCK = HandClock()
FIRED = alert_event()


@pytest.mark.parametrize(
    ("event", "volume", "count"),
    [
        (FIRED, 70, 1),
        (FIRED, 0, 0),
        (replace(FIRED, severity=Severity.WARNING), 70, 0),
        (replace(FIRED, silent=True), 70, 0),
        (replace(FIRED, news=News.BETTER), 70, 0),
    ],
)
def test_that_only_a_critical_alert_that_began_is_heard(
    qtbot: QtBot, event: AlertEvent, volume: int, count: int
) -> None:
    heard = Heard()
    KioskSound(sounder=heard).take_events((event,), CLOCK.now(), volume)
    assert heard.played == [(Severity.CRITICAL, volume)] * count


def test_that_many_alerts_are_one_sound_and_what_was_told_is_told_once(qtbot: QtBot) -> None:
    heard, clock = Heard(), HandClock()
    sound = KioskSound(sounder=heard)
    for number in range(20):
        sound.take_events((replace(FIRED, event_id=f"e{number}"),), clock.now(), 70)
    assert len(heard.played) == 1
    clock.pass_by(BETWEEN_S)
    again = (replace(FIRED, event_id="e1"), replace(FIRED, event_id="e3"))
    sound.take_events(again, clock.now(), 70)
    assert len(heard.played) == 1
    sound.take_events((replace(FIRED, event_id="new"),), clock.now(), 70)
    assert len(heard.played) == 2
