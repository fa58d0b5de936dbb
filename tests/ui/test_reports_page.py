"""The page of reports: what it asks for, what it shows, and how it is gone through by keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from support.boards import TEHRAN, Scene, scene
from support.looks import look_in, share_of_saturated
from support.printed import calls_paper, shift_paper

from wallboard.domain.measuring import Measuring, Shift, WorkPlan
from wallboard.domain.reporting import PaperForm, Period, PeriodKind, ReportDefinition, ReportKind
from wallboard.ui.pages.reports import ReportsPage
from wallboard.ui.panels.report_choice import ReportChoice, interval_of, minutes_key
from wallboard.ui.panels.report_form import ReportForm
from wallboard.ui.panels.report_period import day_words, instant_words, read_instant
from wallboard.ui.print.sheets import plan_of

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(scope="module")
def made() -> Scene:
    made = scene(minutes=5)
    plan = WorkPlan(shifts=(Shift(name="all day", begins=time(), ends=time(23, 59)),))
    return replace(made, board=replace(made.board, measuring=Measuring(plan=plan)))


class Asking:
    """A page that notes what it asks for."""

    def __init__(self, qtbot: QtBot, made: Scene, language: str = "en") -> None:
        self.asked: list[ReportChoice] = []
        self.page = ReportsPage(look_in(language))
        qtbot.addWidget(self.page)
        self.page.resize(1200, 640)
        self.page.report_wanted.connect(self.asked.append)
        self.page.show()
        self.page.show_board(made.board, made.clock.now())

    def answer(self, count: int = 300, language: str = "en") -> None:
        self.page.show_plan(self.asked[-1], plan_of(calls_paper(language, count)))


@pytest.fixture
def asking(qtbot: QtBot, made: Scene) -> Asking:
    return Asking(qtbot, made)


def test_that_the_running_shift_is_asked_for_once_when_the_page_is_seen(
    asking: Asking, made: Scene
) -> None:
    (asked,) = asking.asked
    assert asked.definition.kind is ReportKind.SHIFT
    assert asked.definition.period == Period(kind=PeriodKind.SHIFT)
    assert not asked.unmasked
    asking.page.show_board(made.board, made.clock.now())
    assert len(asking.asked) == 1
    assert not asking.page.form.period.note.isVisible()


@pytest.mark.parametrize("language", ["en", "fa"])
def test_that_without_shifts_the_day_is_offered_and_where_shifts_are_set(
    qtbot: QtBot, made: Scene, language: str
) -> None:
    bare = replace(made, board=replace(made.board, measuring=Measuring()))
    asking = Asking(qtbot, bare, language)
    picker = asking.page.form.period
    (asked,) = asking.asked

    assert asked.definition.period == Period(kind=PeriodKind.DAY)
    assert picker.period() == asked.definition.period
    assert "\n" not in picker.told.text()
    assert picker.note.isVisible()
    words = look_in(language).wording
    for context, name in (("Page", "Settings"), ("SettingsPage", "Shifts")):
        assert words.translate(context, name) in picker.note.text()
    # A saved report of any shift is one of the day; of a shift by its name it is none.
    kept = replace(asked.definition, period=Period(kind=PeriodKind.SHIFT, back=1))
    asking.page.form.show_choice(ReportChoice(definition=kept))
    assert asking.page.form.choice().definition.period == Period(kind=PeriodKind.DAY, back=1)
    kept = replace(asked.definition, period=Period(kind=PeriodKind.SHIFT, name="morning"))
    asking.page.form.show_choice(ReportChoice(definition=kept))
    assert asking.page.form.choice().definition.period.name == "morning"
    assert not picker.note.isVisible()


def test_that_shifts_are_offered_once_they_are_set(qtbot: QtBot, made: Scene) -> None:
    bare = replace(made, board=replace(made.board, measuring=Measuring()))
    asking = Asking(qtbot, bare)
    picker = asking.page.form.period
    assert picker.note.isVisible()
    asking.page.show_board(made.board, made.clock.now())
    assert not picker.note.isVisible()
    assert PeriodKind.SHIFT in picker._kinds()


def test_that_nothing_is_asked_before_the_page_is_seen(qtbot: QtBot, made: Scene) -> None:
    page = ReportsPage(look_in("en"))
    qtbot.addWidget(page)
    asked: list[ReportChoice] = []
    page.report_wanted.connect(asked.append)
    page.show_board(made.board, made.clock.now())
    assert asked == []
    page.show()
    assert len(asked) == 1


def test_that_an_answer_to_an_older_question_is_dropped(asking: Asking) -> None:
    older = asking.asked[-1]
    QTest.mouseClick(asking.page.form.period.earlier, LEFT)
    assert len(asking.asked) == 2
    asking.page.show_plan(older, plan_of(shift_paper("en")))
    assert asking.page.preview.plan() is None
    asking.page.show_no_report(older, "why not")
    assert asking.page.preview._text != "why not"
    asking.answer()
    assert asking.page.preview.count() == 8


def test_that_pages_are_turned_by_keys_and_buttons(asking: Asking) -> None:
    asking.answer()
    page, preview = asking.page, asking.page.preview
    seen = []
    for key in (
        Qt.Key.Key_PageDown, Qt.Key.Key_Space, Qt.Key.Key_PageUp, Qt.Key.Key_End, Qt.Key.Key_Home,
    ):  # fmt: skip
        QTest.keyClick(preview, key)
        seen.append(preview.page())
    assert seen == [1, 2, 1, 7, 0]
    assert not page.before.isEnabled()
    QTest.mouseClick(page.after, LEFT)
    assert preview.page() == 1
    assert page.pages.text() == "Page 2 of 8"
    assert page.before.isEnabled()
    QTest.keyClick(preview, Qt.Key.Key_End)
    assert not page.after.isEnabled()


def test_that_those_who_listen_hear_of_the_pages(asking: Asking) -> None:
    asking.answer()
    preview = asking.page.preview
    assert "Shift report" in preview.accessibleDescription()
    assert "Page 1 of 8" in preview.accessibleDescription()
    assert preview.told_parts(()) == tuple("01234567")
    first = preview.told_part(("0",))
    assert first is not None
    assert (first.name, first.words) == ("Page 1 of 8", "Calls")
    assert preview.told_at(first.box.center()) == ("0",)
    assert preview.told_at(QPoint(-5, -5)) == ()
    preview.press_part(("5",))
    assert preview.told_current() == ("5",)
    assert preview.told_part(("99",)) is None


def test_that_only_pages_near_what_is_seen_are_painted(asking: Asking, qtbot: QtBot) -> None:
    asking.answer(1500)
    preview = asking.page.preview
    preview.viewport().repaint()
    assert {at for at, _ in preview._painted} <= {0, 1}
    preview.go_to(preview.count() - 1)
    preview.viewport().repaint()
    assert len(preview._painted) <= 5


def test_that_the_paper_is_white_in_a_dark_window_and_grey_while_it_is_old(
    asking: Asking,
) -> None:
    asking.answer()
    preview = asking.page.preview
    image = preview.viewport().grab().toImage()
    middle = image.pixelColor(image.width() // 2, 30)
    assert middle.name() == "#ffffff"
    assert image.pixelColor(2, 30).lightness() < 100
    assert share_of_saturated(image) < 0.02
    preview.show_stale(stale=True)
    old = preview.viewport().grab().toImage()
    assert old.pixelColor(old.width() // 2, 30).lightness() < 200


def test_that_another_board_begins_with_its_own_report(asking: Asking, made: Scene) -> None:
    form = asking.page.form
    choice = ReportChoice(definition=replace(form.choice().definition, queues=("q0",)))
    form.show_choice(replace(choice, unmasked=True))
    asking.page._ask()
    asking.answer()
    asked = len(asking.asked)
    asking.page.forget()
    assert len(asking.asked) == asked
    assert asking.page.preview.plan() is None
    assert not form.export.isEnabled()
    asking.page.show_board(made.board, made.clock.now())
    assert len(asking.asked) == asked + 1
    assert not asking.asked[-1].unmasked
    assert asking.asked[-1].definition.queues == ()


def test_that_another_language_asks_for_the_report_in_it(asking: Asking) -> None:
    asking.answer()
    asking.page.show_look(look_in("en", "light"))
    assert len(asking.asked) == 1
    asking.page.show_look(look_in("fa"))
    assert len(asking.asked) == 2


def test_that_it_can_be_exported_only_once_it_is_there_and_in_some_form(asking: Asking) -> None:
    page, form = asking.page, asking.page.form
    wanted: list[object] = []
    page.export_wanted.connect(wanted.append)
    page._export()
    assert wanted == []
    asking.answer()
    QTest.mouseClick(form.export, LEFT)
    assert [str(each) for each in wanted[0]] == ["pdf", "xlsx"]  # type: ignore[attr-defined]
    assert not form.export.isEnabled()
    page.show_written(["a.pdf"])
    assert form.export.isEnabled()
    for chip in form.forms.values():
        if chip.isChecked():
            QTest.mouseClick(chip, LEFT)
    form.show_ready(ready=True)
    assert not form.export.isEnabled()


def test_that_a_choice_that_cannot_be_is_not_offered(qtbot: QtBot) -> None:
    form = ReportForm(look_in("en"))
    qtbot.addWidget(form)
    form.show()
    for kind in ReportKind:
        definition = ReportDefinition(
            name="", kind=kind, connection="", period=Period(kind=PeriodKind.DAY)
        )
        form.show_choice(ReportChoice(definition=definition))
        form.show_rights(may_unmask=True)
        assert form.agent.isVisible() == (kind in {ReportKind.AGENT, ReportKind.CALLS})
        assert form.numbers.isVisible() == (
            kind in {ReportKind.SHIFT, ReportKind.CALLS, ReportKind.LOST, ReportKind.DIRECTIONS}
        )


def test_that_a_saved_report_of_a_queue_that_is_gone_still_says_so(
    asking: Asking,
) -> None:
    form = asking.page.form
    definition = replace(form.choice().definition, queues=("gone",))
    form.show_choice(ReportChoice(definition=definition))
    assert form.queue.accessibleName().endswith(": gone")


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-11-22 06:00", datetime(2026, 11, 22, 2, 30, tzinfo=UTC)),
        ("2026/11/22", datetime(2026, 11, 21, 20, 30, tzinfo=UTC)),
        ("۱۴۰۵/۰۹/۰۱ ۰۶:۰۰", datetime(2026, 11, 22, 2, 30, tzinfo=UTC)),
        ("1405-9-1 6:00", datetime(2026, 11, 22, 2, 30, tzinfo=UTC)),
        ("1403/12/30 24:00", datetime(2025, 3, 20, 20, 30, tzinfo=UTC)),
        ("1404/12/30", None),
        ("1405/13/01", None),
        ("2026-02-30", None),
        ("2026-11-22 25:00", None),
        ("22.11.2026", None),
        ("", None),
        ("9999-12-31 24:00", None),
        ("1405/09/01 06:00; DROP", None),
    ],
)
def test_that_a_written_time_is_read(text: str, instant: datetime | None) -> None:
    assert read_instant(text, TEHRAN) == instant


@pytest.mark.parametrize("language", ["en", "fa"])
def test_that_a_time_that_is_shown_can_be_read_again(language: str) -> None:
    wording = look_in(language).wording
    at = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
    for days in (0, 29, 119, 400, -3000):
        instant = at + timedelta(days=days)
        assert read_instant(instant_words(instant, TEHRAN, wording), TEHRAN) == instant
    assert day_words(datetime(3000, 1, 1, tzinfo=UTC).date(), wording)


def test_that_an_interval_has_one_key() -> None:
    for key in ("", "15", "30", "60"):
        assert minutes_key(interval_of(key)) == key


@pytest.mark.parametrize(("language", "theme"), [("en", "dark"), ("fa", "light")])
def test_that_the_page_looks_as_kept(
    qtbot: QtBot,
    made: Scene,
    keeps_its_look: Callable[[str, QWidget, QSize], None],
    language: str,
    theme: str,
) -> None:
    page = ReportsPage(look_in(language, theme))
    qtbot.addWidget(page)
    size = QSize(1200, 640)
    page.resize(size)
    page.report_wanted.connect(
        lambda choice: page.show_plan(choice, plan_of(shift_paper(language)))
    )
    page.show_folder("/srv/reports")
    page.show()
    page.show_board(made.board, made.clock.now())
    page.show_definitions(())
    assert page.preview.plan() is not None
    # The choices are laid out once they know how wide they are.
    qtbot.waitUntil(lambda: page.form.forms[PaperForm.JSON].y() > 0)
    QApplication.processEvents()
    keeps_its_look(f"reports_{language}_{theme}", page, size)
