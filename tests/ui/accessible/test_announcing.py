"""Only what must be heard at once is announced, and never more than every five seconds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from support.alerted import wait_rule
from support.boards import Scene, scene
from support.looks import wording_in

from wallboard.domain.alert import Alert, Stage, Subject
from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import QueueId
from wallboard.engine.alert_board import AlertBoard, ShownAlert
from wallboard.engine.board import Board
from wallboard.engine.freshness import Freshness
from wallboard.ui.accessible.announcing import AGAIN_S, PAUSE_S, Announcer, News

EN = wording_in("en")


class Listener:
    """Who hears a board of which the queues with a critical alert are told second by second."""

    def __init__(self) -> None:
        self.made: Scene = scene()
        self.announcer = Announcer()

    def board(self, critical: Iterable[str], freshness: Freshness) -> Board:
        board = self.made.board
        rows = tuple(self.row(key) for key in critical)
        return replace(board, alerts=AlertBoard(rows=rows), freshness=freshness)

    def row(self, key: str) -> ShownAlert:
        rule = wait_rule()
        alert = Alert(
            rule_id=rule.rule_id,
            subject=Subject(key.rstrip("!?~")),
            stage=Stage.FIRING,
            severity=Severity.WARNING if key.endswith("?") else Severity.CRITICAL,
            since=self.made.clock.wall,
            unstable=key.endswith("~"),
        )
        return ShownAlert(
            alert=alert,
            rule=rule,
            subject_name=self.name(alert.subject),
            reading=125.0,
            silent=key.endswith("!"),
        )

    def hears(
        self, *critical: str, freshness: Freshness = Freshness.LIVE, after_s: float = 1.0
    ) -> News | None:
        """Pass time, and hear. A name that ends in ? is a warning, in ! silent, in ~ unstable."""
        self.made.clock.pass_by(after_s)
        board = self.board(critical, freshness)
        return self.announcer.hear(board, self.made.clock.now(), EN)

    def name(self, key: str) -> str:
        return self.made.board.queues[QueueId(key)].queue.name


def test_that_who_begins_to_listen_is_told_nothing_of_before(qapp: QApplication) -> None:
    listener = Listener()
    assert listener.hears("q0", "q1") is None
    assert listener.hears("q0", "q1") is None


def test_that_a_critical_alert_interrupts_with_its_name_and_why(qapp: QApplication) -> None:
    listener = Listener()
    listener.hears()
    news = listener.hears("q1")
    assert news is not None
    assert news.urgent
    name = listener.name("q1")
    assert news.text == f"critical: {name}, Rule wait, Longest wait now 2 minutes 5 seconds"


def test_that_of_a_flood_three_are_named_and_the_rest_counted(qapp: QApplication) -> None:
    listener = Listener()
    listener.hears()
    news = listener.hears(*(f"q{at}" for at in range(6)))
    assert news is not None
    assert news.text.endswith("and 3 more alerts")
    assert news.text.count(";") == 3


def test_that_a_lost_and_a_found_source_are_told_politely(qapp: QApplication) -> None:
    listener = Listener()
    listener.hears()
    assert listener.hears(freshness=Freshness.LATE) is None, "late is no news yet"
    lost = listener.hears(freshness=Freshness.STALE)
    found = listener.hears(freshness=Freshness.LIVE, after_s=PAUSE_S)
    assert lost is not None
    assert found is not None
    assert (lost.urgent, found.urgent) == (False, False)
    assert (lost.text, found.text) == (
        "The figures are no longer fresh.",
        "The connection is live.",
    )


def test_that_two_announcements_are_five_seconds_apart_and_the_later_news_is_kept(
    qapp: QApplication,
) -> None:
    listener = Listener()
    listener.hears()
    assert listener.hears("q0") is not None
    for _ in range(4):
        assert listener.hears("q0", "q1") is None
    news = listener.hears("q0", "q1")
    assert news is not None
    assert listener.name("q1") in news.text
    assert listener.name("q0") not in news.text


def test_that_what_came_and_went_within_the_pause_is_not_told(qapp: QApplication) -> None:
    listener = Listener()
    listener.hears()
    listener.hears("q0")
    listener.hears("q0", "q1")
    assert all(listener.hears("q0") is None for _ in range(10))


def test_that_a_queue_that_comes_and_goes_is_told_once_a_minute(qapp: QApplication) -> None:
    listener = Listener()
    listener.hears()
    heard = [listener.hears(*(["q0"] if at % 12 < 6 else [])) for at in range(int(2 * AGAIN_S))]
    told = [at for at, news in enumerate(heard) if news is not None]
    assert len(told) == 2
    assert told[1] - told[0] >= AGAIN_S


@pytest.mark.parametrize("mark", ["?", "!", "~"], ids=["a_warning", "what_is_silent", "unrest"])
def test_that_nobody_is_interrupted_by(qapp: QApplication, mark: str) -> None:
    listener = Listener()
    listener.hears()
    assert listener.hears(f"q0{mark}") is None
    assert listener.hears("q0") is not None, "until it is critical, and heard"


def test_that_a_lost_source_and_its_alert_are_told_as_one(qapp: QApplication) -> None:
    listener = Listener()
    listener.hears()
    news = listener.hears("q0", freshness=Freshness.STALE, after_s=PAUSE_S)
    assert news is not None
    assert news.urgent
    assert news.text.startswith("The figures are no longer fresh. critical: ")
