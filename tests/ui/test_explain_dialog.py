"""The explanation of a figure, as somebody reads it, sorts it and takes it away."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFormLayout, QPushButton, QTableView
from pytestqt.qtbot import QtBot
from support.boards import Scene, scene
from support.explanations import CALLS, ZONE, call, explanation
from support.looks import look_in

from wallboard.domain.arranging import CallerNumbers
from wallboard.domain.measuring import LevelKind, LevelProfile
from wallboard.domain.snapshot import AgentId, CallId, QueueId
from wallboard.ui.call_rows import Names
from wallboard.ui.dialogs.explain_dialog import ExplainDialog, Place
from wallboard.ui.live_figures import LIVE, live_sheet
from wallboard.ui.look import Look
from wallboard.ui.main_window import MainWindow
from wallboard.ui.plain_label import PlainLabel

NAMES = Names(
    queues={QueueId("q0"): "<b>Support</b>\u202e"}, agents={AgentId("a00000"): "=Sara & co"}
)


def opened(qtbot: QtBot, look: Look, key: str = "service_level") -> ExplainDialog:
    place = Place(names=NAMES, zone=ZONE, queue="<i>Sup\u202eport</i>", as_of="12:00:00 · LIVE")
    dialog = ExplainDialog(look, key, key, place)
    # Closed, it deletes itself.
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def texts(dialog: ExplainDialog) -> str:
    QApplication.processEvents()  # new lines appear
    labels = [label for label in dialog.findChildren(PlainLabel) if label.isVisible()]
    return "\n".join(label.text() for label in labels)


def cells(dialog: ExplainDialog, column: int) -> list[str]:
    model = dialog.findChild(QTableView).model()
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def button(dialog: ExplainDialog, text: str) -> QPushButton:
    return next(found for found in dialog.findChildren(QPushButton) if found.text() == text)


def test_that_a_figure_is_told_with_all_that_it_rests_on(qtbot: QtBot) -> None:
    dialog = opened(qtbot, look_in("en"))
    dialog.show_explanation(explanation("service_level", watched=((0, 120),)), CALLS)
    said = texts(dialog)
    for part in (
        "71.4%",
        "Service level 71.4% = 35 answered within 20 s ÷ 49 offered",
        "49 offered",
        "2026-11-22 08:00 to 12:00",
        "12:00:00 · LIVE",
        "50.0% of this time was watched",
        "Service level, of all offered",
        "Service level as Amazon Connect",
        "The calls behind it: 49",
    ):
        assert part in said
    assert len(cells(dialog, 0)) == 49
    assert cells(dialog, 0)[0] == "08:48:00"


def test_that_it_is_told_in_both_languages_and_from_its_own_side(qtbot: QtBot, look: Look) -> None:
    dialog = opened(qtbot, look)
    dialog.resize(980, 720)
    dialog.show_explanation(explanation("service_level"), CALLS)
    QApplication.processEvents()  # new lines appear
    form = dialog.findChild(QFormLayout)
    label, value = (
        form.itemAt(0, role).widget()
        for role in (QFormLayout.ItemRole.LabelRole, QFormLayout.ItemRole.FieldRole)
    )
    left, right = (item.mapTo(dialog, item.rect().center()).x() for item in (label, value))
    assert (left > right) is look.rtl
    if look.rtl:
        assert cells(dialog, 2)[0] == "\u20660912•••6789\u2069"
        assert cells(dialog, 3)[0] == "\u2066۰:۱۲\u2069"


def test_that_strangers_names_are_plain_text(qtbot: QtBot) -> None:
    dialog = opened(qtbot, look_in("en"))
    dialog.show_explanation(explanation("service_level"), CALLS)
    assert cells(dialog, 1)[0] == "<b>Support</b>"
    assert "<i>Support</i>" in dialog.windowTitle()
    assert "\u202e" not in texts(dialog) + dialog.windowTitle()
    assert all(
        label.textFormat() is Qt.TextFormat.PlainText for label in dialog.findChildren(PlainLabel)
    )


def test_that_a_column_is_sorted_by_what_it_means(qtbot: QtBot) -> None:
    dialog = opened(qtbot, look_in("en"))
    records = (call(0, 9.0), call(1, 100.0), replace(call(2, 30.0), wait=None))
    dialog.show_explanation(explanation("service_level", records), records)
    table = dialog.findChild(QTableView)
    table.sortByColumn(3, Qt.SortOrder.AscendingOrder)
    assert cells(dialog, 3) == ["—", "0:09", "1:40"]
    table.sortByColumn(3, Qt.SortOrder.DescendingOrder)
    assert cells(dialog, 3) == ["1:40", "0:09", "—"]


def test_that_calls_of_several_days_are_told_with_their_day(qtbot: QtBot) -> None:
    dialog = opened(qtbot, look_in("en"))
    records = (call(0, 1.0), call(24 * 60, 1.0))
    dialog.show_explanation(explanation("offered", records), records)
    assert cells(dialog, 0) == ["2026-11-23 08:00:00", "2026-11-22 08:00:00"]


def test_that_the_calls_are_exported_as_they_are_sorted(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = opened(qtbot, look_in("en"))
    dialog.show_explanation(explanation("service_level"), CALLS)
    dialog.findChild(QTableView).sortByColumn(0, Qt.SortOrder.AscendingOrder)
    path = tmp_path / "calls.csv"
    dialog.export_to(str(path))
    lines = path.read_bytes().split(b"\r\n")
    assert lines[0].startswith(b"\xef\xbb\xbfarrived_at")
    assert lines[1].startswith(b"2026-11-22T08:00:00+03:30")
    assert b"'=Sara & co" in lines[1]
    assert len(lines) == 49 + 2
    assert "Written to" in texts(dialog)


def test_that_a_file_that_cannot_be_written_is_told_in_a_sentence(
    qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = opened(qtbot, look_in("en"))
    dialog.show_explanation(explanation("service_level"), CALLS)
    dialog.export_to(str(tmp_path / "missing" / "calls.csv"))
    assert "cannot be written" in texts(dialog)
    assert "Choose another place" in texts(dialog)


def test_that_nothing_to_show_says_what_to_do(qtbot: QtBot) -> None:
    dialog = opened(qtbot, look_in("en"))
    dialog.show_explanation(explanation("service_level", ()), ())
    said = texts(dialog)
    assert "a dash, neither 0 nor 100 %" in said
    assert "Choose another time" in said
    assert not dialog.findChild(QTableView).isVisible()
    assert not button(dialog, "Export as CSV …").isEnabled()


def test_that_different_profiles_are_refused_in_words(qtbot: QtBot) -> None:
    dialog = opened(qtbot, look_in("en"))
    profiles = (LevelProfile(), LevelProfile(kind=LevelKind.ANSWERED))
    dialog.show_explanation(explanation("service_level", profiles=profiles), CALLS)
    assert "neither compared nor added up" in texts(dialog)
    assert "—" in texts(dialog).split("\n")


def test_that_trouble_is_told_in_the_place_of_the_figure(qtbot: QtBot) -> None:
    dialog = opened(qtbot, look_in("en"))
    assert "Reading the calls" in texts(dialog)
    dialog.show_trouble("The history cannot be read.")
    assert "Reading the calls" not in texts(dialog)
    assert "The history cannot be read." in texts(dialog)


@pytest.mark.parametrize("key", sorted(LIVE))
def test_that_a_figure_of_this_moment_names_who_is_behind_it(key: str, look: Look) -> None:
    board = scene(minutes=20).board
    sheet = live_sheet(board, key, None, look.wording)
    agents, calls = board.snapshot.agents.values(), board.snapshot.calls.values()
    counts = {
        "waiting": sum(waiting.answered_at is None for waiting in calls),
        "free": sum(agent.state == "free" for agent in agents),
        "busy": sum(
            agent.state in ("ringing", "in_call", "on_hold", "wrap_up") for agent in agents
        ),
        "in_call": sum(agent.state in ("in_call", "on_hold") for agent in agents),
    }
    counts["longest_wait"] = counts["waiting"]
    assert len(sheet.rows) == counts[key] > 0
    since = [row.since.timestamp() if row.since else 0.0 for row in sheet.rows]
    assert since == sorted(since)
    for column in range(len(sheet.headings)):
        assert all(sheet.text(row, column) for row in sheet.rows)
        assert sorted(sheet.rows, key=lambda row, at=column: sheet.order(row, at))


def test_that_only_the_people_of_the_queue_are_named(look: Look) -> None:
    board = scene(minutes=20).board
    for queue_id, standing in board.queues.items():
        assert len(live_sheet(board, "waiting", queue_id, look.wording).rows) == standing.waiting
        assert len(live_sheet(board, "free", queue_id, look.wording).rows) == standing.free
        assert len(live_sheet(board, "busy", queue_id, look.wording).rows) == standing.busy


def test_that_waiting_callers_numbers_are_masked(look: Look) -> None:
    made = scene(minutes=2)
    snapshot = made.board.snapshot
    numbered = {
        key: replace(open_call, caller_number="09123456789")
        for key, open_call in snapshot.calls.items()
    }
    board = made.take(replace(snapshot, calls=numbered))
    rows = live_sheet(board, "waiting", None, look.wording).rows
    assert {row.name for row in rows} == {"0912•••6789"}
    whole = replace(look.wording, callers=CallerNumbers.WHOLE)
    told = live_sheet(board, "waiting", None, whole).rows
    assert {row.name for row in told} == {"09123456789"}


class _Window:
    """A main window with a board, and what it wished for."""

    def __init__(self, qtbot: QtBot, look: Look, made: Scene) -> None:
        self.window = MainWindow(look)
        qtbot.addWidget(self.window)
        self.window.show_board(made.board, made.clock.now())
        self.window.show()
        self.wanted: list[tuple[str, object]] = []
        self.window.explanation_wanted.connect(lambda key, queue: self.wanted.append((key, queue)))

    def dialog(self) -> ExplainDialog | None:
        found = [one for one in self.window.findChildren(ExplainDialog) if one.isVisible()]
        return found[-1] if found else None


def test_that_a_figure_of_the_window_is_asked_for_and_then_shown(qtbot: QtBot, look: Look) -> None:
    shown = _Window(qtbot, look, scene(minutes=5))
    page = shown.window.centralWidget().currentWidget().page_widget()
    page.queue_table.figure_chosen.emit("service_level", "q0")
    assert shown.wanted == [("service_level", "q0")]
    shown.window.show_explanation(explanation("asa"), CALLS)
    assert not cells_of(shown), "an answer to another question is dropped"
    shown.window.show_explanation(explanation("service_level"), CALLS)
    assert len(cells_of(shown)) == 49
    page.kpi_strip.figure_chosen.emit("abandon_rate")
    assert shown.wanted[-1] == ("abandon_rate", None)
    shown.window.show_no_explanation("No history.")
    assert "No history." in texts(shown.dialog())
    shown.dialog().close()
    shown.window.show_explanation(explanation("abandon_rate"), CALLS)
    assert shown.dialog() is None


def cells_of(shown: _Window) -> list[str]:
    dialog = shown.dialog()
    model = None if dialog is None else dialog.findChild(QTableView).model()
    return [] if model is None else [str(row) for row in range(model.rowCount())]


def test_that_a_figure_of_this_moment_is_explained_at_once(qtbot: QtBot, look: Look) -> None:
    shown = _Window(qtbot, look, scene(minutes=5))
    page = shown.window.centralWidget().currentWidget().page_widget()
    page.kpi_strip.figure_chosen.emit("in_call")
    assert shown.wanted == []
    assert cells_of(shown)
    page.queue_table.figure_chosen.emit("waiting", "q0")
    assert shown.wanted == []
    assert len(shown.window.findChildren(ExplainDialog)) >= 1
    assert cells_of(shown)


def test_that_a_queue_that_is_gone_is_still_named(qtbot: QtBot) -> None:
    shown = _Window(qtbot, look_in("en"), scene(minutes=2))
    page = shown.window.centralWidget().currentWidget().page_widget()
    page.queue_table.figure_chosen.emit("offered", "gone")
    assert "gone" in shown.dialog().windowTitle()
    assert CallId("x") not in shown.wanted
