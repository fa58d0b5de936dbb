"""A picture of a page shows what the window would: its past, its alerts, its settings."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from support.looks import look_in

from wallboard.app.clock import system_clock
from wallboard.app.histories import history_opener
from wallboard.app.shot import Behind, pose
from wallboard.domain.alert import Alert, KeptAlert, RuleId, Stage, Subject
from wallboard.domain.arranging import Arrangement
from wallboard.domain.facts import CallRecord, Ending, FactId
from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import CallId, QueueId
from wallboard.runtime.opening import SIMULATOR, Opening
from wallboard.settings.model import Profile, Settings
from wallboard.settings.paths import places
from wallboard.storage.alert_journal import keep_alerts
from wallboard.storage.history import History
from wallboard.ui.main_window import MainWindow
from wallboard.ui.pages.alerts import AlertsPage
from wallboard.ui.pages.history import HistoryPage
from wallboard.ui.pages.reports import ReportsPage
from wallboard.ui.plain_label import PlainLabel

DEMO = Opening(name="Demo", kind=SIMULATOR, demo=True)
SAVED = Opening(name="Hotel", kind=SIMULATOR, zone="UTC")


class Posing:
    """A window that stands as it is to be drawn, with what is behind it."""

    def __init__(
        self, qtbot: QtBot, opening: Opening, page: str, settings: Settings | None = None
    ) -> None:
        self.window = MainWindow(look_in("en"))
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.behind = Behind(opening, settings or Settings(), places(), "en")
        pose(self.window, self.behind, page, 0.0)
        qtbot.waitUntil(lambda: not self.behind.busy, timeout=20_000)

    @property
    def page(self) -> QWidget:
        frame = self.window._frame
        assert frame is not None
        return frame.page_widget()


def kept() -> History:
    """Open what is kept of the saved connection, to be written."""
    return history_opener(SAVED.name, Settings(), places())()


def bytes_of(file: Path) -> bytes:
    return file.read_bytes() if file.exists() else b""


@pytest.mark.usefixtures("wallboard_home")
def test_that_the_demo_s_history_is_drawn_with_the_calls_it_tells(qtbot: QtBot) -> None:
    made = Posing(qtbot, DEMO, "history")
    with closing(made.behind):
        page = made.page
        assert isinstance(page, HistoryPage)
        assert page.charts.isVisible(), page.trouble.text()
        past = page._past()
        assert past is not None
        assert sum(row.totals.offered for row in past.rows) > 100
        assert past.coverage.share, "what was told is known"


@pytest.mark.usefixtures("wallboard_home")
def test_that_what_is_kept_of_a_connection_is_drawn_and_left_as_it_is(qtbot: QtBot) -> None:
    midnight = system_clock().now().wall.replace(hour=0, minute=0, second=0, microsecond=0)
    record = CallRecord(
        fact_id=FactId("f"),
        call_id=CallId("c"),
        queue_id=QueueId("sales"),
        entered_at=midnight,
        ended_at=midnight,
        ending=Ending.ANSWERED,
        wait=timedelta(),
    )
    with closing(kept()) as history:
        history.keep([record])
    file = places().history_file(SAVED.name)
    before = bytes_of(file)
    made = Posing(qtbot, SAVED, "history")
    with closing(made.behind):
        page = made.page
        assert isinstance(page, HistoryPage)
        past = page._past()
        assert past is not None, page.trouble.text()
        # The source tells of hundreds that nobody stored: these are not in it.
        assert sum(row.totals.offered for row in past.rows) == 1
    assert bytes_of(file) == before


@pytest.mark.usefixtures("wallboard_home")
def test_that_a_connection_of_which_nothing_is_kept_says_so(qtbot: QtBot) -> None:
    made = Posing(qtbot, SAVED, "history")
    with closing(made.behind):
        page = made.page
        assert isinstance(page, HistoryPage)
        assert page.trouble.isVisible()
        assert page.trouble.text().startswith("Nothing is stored of this connection yet.")
    assert not places().history_file(SAVED.name).exists()


@pytest.mark.usefixtures("wallboard_home")
def test_that_alerts_are_drawn_as_they_stood_and_by_the_rules(qtbot: QtBot) -> None:
    began = system_clock().now().wall - timedelta(minutes=20)
    stands = Alert(
        rule_id=RuleId("low_service_level"),
        subject=Subject("sales"),
        stage=Stage.FIRING,
        severity=Severity.WARNING,
        since=began,
        fired_at=began,
    )
    with closing(kept()) as history:
        keep_alerts(history, [KeptAlert(alert=stands, subject_name="Sales")], [])
    file = places().history_file(SAVED.name)
    before = bytes_of(file)
    made = Posing(qtbot, SAVED, "alerts")
    with closing(made.behind):
        page = made.page
        assert isinstance(page, AlertsPage)
        assert page._shown is not None
        told = page._shown[0].alerts
        assert not told.settling
        assert len(told.rules.rules) == 6
        # It did not begin just now, and had there been no past it would not fire for minutes.
        assert [row.alert.fired_at for row in told.rows] == [began]
        assert page._events == ()
    assert bytes_of(file) == before, "who draws stores nothing"


@pytest.mark.usefixtures("wallboard_home")
def test_that_settings_are_drawn_with_the_connections_there_are(qtbot: QtBot) -> None:
    settings = replace(Settings(), profiles=(Profile(name=SAVED.name, kind=SIMULATOR),))
    made = Posing(qtbot, SAVED, "settings", settings)
    with closing(made.behind):
        texts = [label.text() for label in made.page.findChildren(PlainLabel)]
        assert any(SAVED.name in text for text in texts)


@pytest.mark.usefixtures("wallboard_home")
def test_that_what_is_hidden_in_the_window_is_not_drawn() -> None:
    hidden = replace(SAVED, arrangement=Arrangement(hidden=frozenset({QueueId("sales")})))
    with closing(Behind(hidden, Settings(), places(), "en")) as behind:
        board, _ = behind.board_after(0.0, judged=False)
    assert "orders" in board.order
    assert "sales" not in board.order


@pytest.mark.usefixtures("wallboard_home")
def test_that_the_demo_s_report_is_drawn_with_the_calls_it_tells(qtbot: QtBot) -> None:
    made = Posing(qtbot, DEMO, "reports")
    with closing(made.behind):
        page = made.page
        assert isinstance(page, ReportsPage)
        plan = page.preview.plan()
        assert plan is not None, page.preview._text
        assert plan.paper.grounds.running
        offered = next(
            row[at]
            for table in plan.paper.tables
            for at, column in enumerate(table.columns)
            for row in table.rows
            if column.key == "offered"
        )
        assert isinstance(offered, int)
        assert offered > 100
