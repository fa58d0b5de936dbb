"""The page of reports from the first click to the files, as somebody before the window does it."""

from __future__ import annotations

import csv
import json
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot
from support.boards import TEHRAN, Scene, scene
from support.looks import look_in, wording_in
from support.past_days import filled

from wallboard.app.histories import NothingKept
from wallboard.app.page_history import Standing
from wallboard.app.report_folder import free_stem, kept_folder
from wallboard.app.reports_page import ReportsDesk
from wallboard.app.supervision_journal import journal_file
from wallboard.domain.arranging import CallerNumbers
from wallboard.domain.reporting import PaperForm, PeriodKind, ReportKind
from wallboard.settings.model import Settings
from wallboard.settings.paths import Places, places
from wallboard.storage.history import History, open_history
from wallboard.ui.pages.reports import ReportsPage
from wallboard.ui.panels.choice_button import ChoiceButton
from wallboard.ui.print.sheets import Rows

DAY = timedelta(days=1)
LEFT = Qt.MouseButton.LeftButton
PATIENCE_MS = 30_000


class Shown:
    """The page in a window, with a history behind it."""

    def __init__(self, qtbot: QtBot, made: Scene, opening: Callable[[], History]) -> None:
        self.qtbot = qtbot
        self.made = made
        self.opening = opening
        self.settings = Settings()
        self.language = "en"
        self.away = False
        self.desk = ReportsDesk(self.standing, lambda: self.settings, places())
        self.page = ReportsPage(look_in("en"))
        qtbot.addWidget(self.page)
        self.page.resize(1250, 700)
        self.desk.serve(self.page)
        self.page.show()
        self.show()

    def standing(self) -> Standing | None:
        if self.away:
            return None
        return Standing(
            board=self.made.board,
            now=self.made.clock.now(),
            open_history=self.opening,
            wording=wording_in(self.language),
        )

    def show(self) -> None:
        self.page.show_board(self.made.board, self.made.clock.now())

    def wait(self) -> None:
        self.qtbot.waitUntil(lambda: not self.desk.busy, timeout=PATIENCE_MS)

    def press(self, part: QWidget) -> None:
        assert part.isVisible(), part.accessibleName()
        assert part.isEnabled(), part.accessibleName()
        QTest.mouseClick(part, LEFT)

    def choose(self, button: ChoiceButton, key: str) -> None:
        """Choose in a menu, by mouse and keys."""
        self.press(button)
        menu = button._menu
        assert isinstance(menu, QMenu)
        self.qtbot.waitUntil(menu.isVisible)
        keys = [str(action.data()) for action in menu.actions()]
        here = menu.activeAction()
        at = keys.index(str(here.data()))
        step = keys.index(key) - at
        for _ in range(abs(step)):
            QTest.keyClick(menu, Qt.Key.Key_Down if step > 0 else Qt.Key.Key_Up)
        QTest.keyClick(menu, Qt.Key.Key_Return)

    def titles(self) -> list[str]:
        plan = self.page.preview.plan()
        return [] if plan is None else [table.title for table in plan.paper.tables]


@pytest.fixture(scope="module")
def made() -> Scene:
    return scene(minutes=5, queues=3)


@pytest.fixture(scope="module")
def file(made: Scene, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("reports") / "history.sqlite3"
    now = made.clock.wall
    midnight = now.astimezone(TEHRAN).replace(hour=0, minute=0, second=0, microsecond=0)
    with closing(open_history(path)) as history:
        filled(history, midnight - 2 * DAY, now)
    return path


@pytest.fixture
def shown(qtbot: QtBot, wallboard_home: Path, made: Scene, file: Path) -> Iterator[Shown]:
    found = Shown(qtbot, made, lambda: open_history(file, reading=True))
    yield found
    found.desk.close()


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


@pytest.fixture
def home() -> Places:
    return places()


def test_that_a_report_is_picked_looked_at_and_exported_by_clicks(shown: Shown, out: Path) -> None:
    page, form = shown.page, shown.page.form
    shown.wait()
    assert page.preview.count() >= 1
    shown.choose(form.kind, "queue")
    shown.choose(form.period.kind, "day")
    shown.press(form.period.earlier)
    shown.choose(form.queue, "queue:q0")
    assert page.preview._stale
    assert not form.export.isEnabled()
    shown.wait()
    assert page.choice().definition.period.back == 1  # type: ignore[union-attr]
    plan = page.preview.plan()
    assert plan is not None
    grounds = plan.paper.grounds
    assert grounds.end - grounds.begin == DAY
    assert grounds.chosen == (("queue", "Support"),)
    # Folder, all forms, and out with it.
    form.folder_chosen.emit(str(out))
    for name, chip in form.forms.items():
        if not chip.isChecked():
            shown.press(chip)
        assert name in form.forms_chosen()
    page.activateWindow()
    shown.qtbot.waitUntil(page.isActiveWindow)
    page.preview.setFocus()
    QTest.keyClick(page.preview, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    shown.wait()
    files = sorted(path.name for path in out.iterdir())
    assert {path.rsplit(".", 1)[1] for path in files} == {"pdf", "xlsx", "csv", "html", "json"}
    assert all(path.startswith("queue-Tehran-") for path in files)
    told = page.line.told.text()
    assert "Written:" in told
    assert files[0] in told
    figures(plan.paper.tables, out)
    assert "folder" in page.line.buttons


def figures(tables: object, folder: Path) -> None:
    """Check that each file that can be read back says what was shown."""
    first = tables[0]  # type: ignore[index]
    offered = [column.key for column in first.columns].index("offered")
    wanted = first.rows[0][offered]
    assert wanted > 100
    (book,) = folder.glob("*.xlsx")
    sheets = openpyxl.load_workbook(book).worksheets
    assert any(
        cell.value == wanted for sheet in sheets for row in sheet.iter_rows() for cell in row
    )
    (document,) = folder.glob("*.json")
    assert str(wanted) in json.dumps(json.loads(document.read_text(encoding="utf-8-sig")))
    rows = [
        cell
        for path in folder.glob("*.csv")
        for row in csv.reader(path.read_text(encoding="utf-8-sig").splitlines())
        for cell in row
    ]
    assert str(wanted) in rows
    (page,) = folder.glob("*.html")
    assert f"{wanted:,}" in page.read_text(encoding="utf-8")
    (pdf,) = folder.glob("*.pdf")
    assert pdf.read_bytes().startswith(b"%PDF")


def test_that_what_was_handed_on_is_not_written_over(shown: Shown, out: Path) -> None:
    form = shown.page.form
    shown.wait()
    form.folder_chosen.emit(str(out))
    for _ in range(2):
        shown.press(form.export)
        shown.wait()
    assert len(list(out.glob("*.pdf"))) == 2
    assert len(list(out.glob("*.xlsx"))) == 2


def test_that_the_folder_is_remembered(shown: Shown, home: Places, out: Path) -> None:
    shown.page.form.folder_chosen.emit(str(out))
    assert kept_folder(home) == out
    assert out.name in shown.page.form.folder.words()


def test_that_a_report_is_saved_made_again_removed_and_had_back(shown: Shown) -> None:
    page, saved = shown.page, shown.page.form.saved
    shown.choose(page.form.kind, "lost")
    QTest.keyClicks(saved.name, "Night and day")
    shown.press(saved.save)
    assert list(saved.rows) == ["Night and day"]
    shown.choose(page.form.kind, "shift")
    shown.wait()
    shown.press(saved.rows["Night and day"])
    choice = page.choice()
    assert choice is not None
    assert choice.definition.kind is ReportKind.LOST
    shown.wait()
    shown.press(saved.removers["Night and day"])
    assert saved.rows == {}
    shown.press(page.line.buttons["undo"])
    assert list(saved.rows) == ["Night and day"]


def test_that_a_name_that_cannot_be_kept_is_told(shown: Shown) -> None:
    saved = shown.page.form.saved
    shown.wait()
    QTest.keyClicks(saved.name, "R&D <b>")
    shown.press(saved.save)
    assert saved.rows == {}
    assert "cannot be used" in shown.page.line.told.text()


def test_that_only_the_report_that_was_asked_for_last_is_shown(shown: Shown) -> None:
    for kind in ("calls", "agent", "lost", "interval"):
        shown.choose(shown.page.form.kind, kind)
    shown.wait()
    plan = shown.page.preview.plan()
    assert plan is not None
    assert plan.paper.kind is ReportKind.INTERVAL


def test_that_a_range_can_be_written_in_either_calendar(shown: Shown) -> None:
    picker = shown.page.form.period
    shown.choose(picker.kind, "range")
    for field, text in ((picker.begin, "۱۴۰۵/۰۸/۳۰ ۰۶:۰۰"), (picker.end, "2026-11-21 14:00")):
        # Qt's tests know no keys of Persian digits.
        field.setText(text)
        QTest.keyClick(field, Qt.Key.Key_Return)
    shown.wait()
    plan = shown.page.preview.plan()
    assert plan is not None
    begin, end = plan.paper.grounds.begin, plan.paper.grounds.end
    assert f"{begin:%Y-%m-%d %H:%M}" == "2026-11-21 06:00"
    assert end - begin == timedelta(hours=8)
    picker.end.selectAll()
    QTest.keyClicks(picker.end, "some day")
    QTest.keyClick(picker.end, Qt.Key.Key_Return)
    assert picker.problem.isVisible()
    assert picker.period().kind is PeriodKind.RANGE


def test_that_whole_numbers_need_the_right_a_yes_and_leave_a_trace(
    shown: Shown, home: Places
) -> None:
    page, form = shown.page, shown.page.form
    shown.choose(form.kind, "calls")
    shown.wait()
    assert not form.numbers.isVisible()
    assert "09121234567" not in texts(page)
    shown.settings = replace(shown.settings, caller_numbers=CallerNumbers.WHOLE)
    shown.desk.decide()
    shown.press(form.numbers)
    assert not journal_file(home).exists()
    shown.press(page.line.buttons["leave"])
    assert not form.numbers.isChecked()
    shown.press(form.numbers)
    shown.press(page.line.buttons["unmask"])
    shown.wait()
    assert "09121234567" in texts(page)
    assert '"unmask"' in journal_file(home).read_text(encoding="utf-8").replace(" ", "")
    shown.press(form.numbers)
    shown.wait()
    assert "09121234567" not in texts(page)


def texts(page: ReportsPage) -> set[str]:
    plan = page.preview.plan()
    assert plan is not None
    return {str(cell) for table in plan.paper.tables for row in table.rows for cell in row}


def test_that_without_a_history_it_says_what_to_do(
    qtbot: QtBot, wallboard_home: Path, made: Scene
) -> None:
    def nothing() -> History:
        raise NothingKept

    found = Shown(qtbot, made, nothing)
    found.wait()
    assert "Nothing is stored of this connection yet." in found.page.preview._text
    assert not found.page.form.export.isEnabled()
    found.desk.close()


def test_that_a_time_of_which_nothing_is_known_is_told(shown: Shown) -> None:
    shown.choose(shown.page.form.period.kind, "day")
    for _ in range(9):
        shown.press(shown.page.form.period.earlier)
    shown.wait()
    assert "Nothing is known of this time." in shown.page.line.told.text()


def test_that_a_folder_that_is_gone_is_told_and_the_report_stays(shown: Shown, out: Path) -> None:
    shown.wait()
    shown.page.form.folder_chosen.emit(str(out / "gone"))
    shown.press(shown.page.form.export)
    shown.wait()
    assert "was not written" in shown.page.line.told.text()
    assert shown.page.form.export.isEnabled()


def test_that_a_long_report_can_be_stopped_and_leaves_no_file(shown: Shown, out: Path) -> None:
    page = shown.page
    shown.choose(page.form.kind, "calls")
    shown.choose(page.form.period.kind, "week")
    shown.wait()
    page.form.folder_chosen.emit(str(out))
    shown.press(page.form.export)
    shown.qtbot.waitUntil(lambda: "cancel" in page.line.buttons, timeout=PATIENCE_MS)
    assert page.line.bar.isVisible()
    shown.press(page.line.buttons["cancel"])
    assert not shown.desk.busy
    assert "Stopped" in page.line.told.text()
    shown.qtbot.waitUntil(lambda: not shown.desk._work._running, timeout=PATIENCE_MS)
    assert not list(out.glob("*.xlsx"))


@pytest.mark.timing
def test_that_the_window_goes_on_while_a_long_report_is_made_and_written(
    shown: Shown, out: Path
) -> None:
    page = shown.page
    shown.wait()
    page.form.folder_chosen.emit(str(out))
    gaps: list[float] = []
    last = time.perf_counter()

    def beat() -> None:
        nonlocal last
        now = time.perf_counter()
        gaps.append(now - last)
        last = now

    timer = QTimer()
    timer.setInterval(5)
    timer.timeout.connect(beat)
    shown.choose(page.form.kind, "calls")
    shown.choose(page.form.period.kind, "week")
    timer.start()
    last = begun = time.perf_counter()
    shown.wait()
    shown.press(page.form.export)
    shown.wait()
    timer.stop()
    spent = time.perf_counter() - begun
    plan = page.preview.plan()
    assert plan is not None
    rows = sum(
        len(placed.part.heights)
        for sheet in plan.sheets
        for placed in sheet.parts
        if isinstance(placed.part, Rows)
    )
    assert rows > 1_000
    assert max(gaps) < max(0.25, 0.1 * spent), f"{rows} rows, {spent:.2f} s, {max(gaps):.3f} s"


def test_that_a_name_is_free_only_if_no_form_has_it(tmp_path: Path) -> None:
    forms = (PaperForm.PDF, PaperForm.CSV)
    assert free_stem(tmp_path, "a[1]", forms) == "a[1]"
    (tmp_path / "a[1].queues.csv").touch()
    assert free_stem(tmp_path, "a[1]", forms) == "a[1]-2"
    (tmp_path / "a[1]-2.pdf").touch()
    assert free_stem(tmp_path, "a[1]", forms) == "a[1]-3"
    assert free_stem(tmp_path, "a[1]", (PaperForm.XLSX,)) == "a[1]"
