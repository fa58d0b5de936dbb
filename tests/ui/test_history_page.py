"""The page of the history: what it asks, what it shows, and what it tells those who listen."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from support.boards import TEHRAN, Scene, scene
from support.looks import look_in
from support.past_days import filled

from wallboard.app.history_page import calls_of, interval_explained, past_in
from wallboard.domain.coverage import Stretch, Witness, coverage_of
from wallboard.domain.measuring import LevelKind, LevelProfile, WorkPlan
from wallboard.domain.snapshot import QueueId
from wallboard.domain.totals import Totals
from wallboard.engine.past import Asked, Grain, Past, rows_of
from wallboard.engine.windows import range_window
from wallboard.storage.history import History
from wallboard.ui.charts.history_ranges import Range, known_stretches, window_of_range
from wallboard.ui.charts.history_sets import gap_words
from wallboard.ui.charts.history_table import Exported, history_csv, history_sheet
from wallboard.ui.charts.history_words import summary
from wallboard.ui.look import Look
from wallboard.ui.pages.history import HistoryPage
from wallboard.ui.wording import Wording

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
LEVEL = LevelProfile()
SIZE = QSize(1250, 640)


@pytest.fixture(scope="module")
def made() -> Scene:
    return scene(minutes=5)


@pytest.fixture(scope="module")
def history(made: Scene) -> History:
    midnight = midnight_of(made)
    gap = (midnight + 10 * HOUR, midnight + 10 * HOUR + timedelta(minutes=20))
    return filled(History.in_memory(), midnight - 8 * DAY, made.clock.wall, gaps=(gap,))


def midnight_of(made: Scene) -> datetime:
    now = made.clock.wall.astimezone(TEHRAN)
    return now.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)


class Asking:
    """A page that is answered from a history, at once unless it is told to wait."""

    def __init__(self, qtbot: QtBot, made: Scene, history: History, look: Look) -> None:
        self.made, self.history = made, history
        self.asked: list[Asked] = []
        self.page = HistoryPage(look)
        qtbot.addWidget(self.page)
        self.page.resize(SIZE)
        self.page.past_wanted.connect(self.answer)
        self.page.show()
        self.page.show_board(made.board, made.clock.now())

    def answer(self, asked: Asked) -> None:
        self.asked.append(asked)
        self.page.show_past(past_in(self.history, asked, lambda: False))

    def later(self, seconds: float) -> None:
        now = self.made.clock.now()
        self.page.show_board(self.made.board, replace(now, steady_s=now.steady_s + seconds))


@pytest.fixture
def asking(qtbot: QtBot, made: Scene, history: History) -> Asking:
    return Asking(qtbot, made, history, look_in("en"))


def plain(text: str) -> str:
    """Return a text without the marks that keep its parts apart."""
    return text.replace("\u2066", "").replace("\u2069", "")


def descriptions(page: HistoryPage) -> list[str]:
    shown = [chart for chart in page.charts.charts.values() if chart.isVisible()]
    return [f"{chart.accessibleName()}: {chart.accessibleDescription()}" for chart in shown]


def test_that_the_day_is_shown_first_and_told_in_a_sentence(asking: Asking) -> None:
    page, (asked,) = asking.page, asking.asked
    assert asked.window.begin == midnight_of(asking.made)
    assert asked.window.end <= asking.made.clock.wall
    calls = sum(1 for _ in asking.history.calls(asked.window.begin, asked.window.end))
    assert f"{calls:,} calls offered" in page.summary.text()
    assert "Worst: " in page.summary.text()
    assert "of this time was watched" in page.summary.text()
    assert [told.split(":")[0] for told in descriptions(page)] == [
        "Calls", "Service level", "Agents",
    ]  # fmt: skip
    assert f"Offered {calls:,}" in descriptions(page)[0]
    assert page.charts.accessibleDescription() == page.summary.text()


@pytest.mark.parametrize("chosen", list(Range))
def test_that_each_range_asks_for_its_time_up_to_now(asking: Asking, chosen: Range) -> None:
    QTest.mouseClick(asking.page.bar.ranges[chosen], Qt.MouseButton.LeftButton)
    board, now = asking.made.board, asking.made.clock.wall
    meant = window_of_range(chosen, now, board.measuring.plan, TEHRAN, jalali=False)
    asked = asking.asked[-1]
    assert asked.window.begin == meant.begin
    assert asked.window.end <= min(meant.end, now)
    assert [chip.isChecked() for chip in asking.page.bar.ranges.values()].count(True) == 1


def test_that_a_month_is_one_of_the_calendar_in_use() -> None:
    now, plan = datetime(2026, 11, 22, 12, tzinfo=UTC), WorkPlan()
    here = window_of_range(Range.MONTH, now, plan, TEHRAN, jalali=False)
    there = window_of_range(Range.MONTH, now, plan, TEHRAN, jalali=True)
    # 1 Azar 1405, which has 30 days.
    assert there.begin == datetime(2026, 11, 22, tzinfo=TEHRAN)
    assert there.length == 30 * DAY
    assert here.begin == datetime(2026, 11, 1, tzinfo=TEHRAN)
    assert here.length == 30 * DAY


def test_that_the_brush_takes_a_part_which_is_looked_at_more_closely(asking: Asking) -> None:
    page = asking.page
    whole = asking.asked[-1]
    page.brush.brushed.emit(20, 26)
    part = asking.asked[-1]
    assert part.window.begin == whole.intervals[20].begin
    assert part.window.end == whole.intervals[25].end
    assert part.length < whole.length
    assert plain(page.brush.accessibleDescription()).startswith("2026-11-22 10:00 to 13:00")
    # The part stays while time goes on, and all of it can be had again.
    asking.later(61)
    assert asking.asked[-1].window == part.window
    page.brush.brushed.emit(0, 0)
    assert plain(page.brush.accessibleDescription()).startswith("2026-11-22 00:00")


def test_that_another_time_forgets_the_part(asking: Asking) -> None:
    asking.page.brush.brushed.emit(20, 26)
    asking.page.bar.ranges[Range.YESTERDAY].click()
    assert asking.asked[-1].window.length == DAY
    assert len(asking.asked[-1].intervals) == 48


def test_that_a_week_earlier_is_a_grey_line_with_its_name(asking: Asking) -> None:
    asking.page.bar.compare.click()
    asked = asking.asked[-1]
    assert asked.before[0].begin == asked.intervals[0].begin - 7 * DAY
    assert all("A week earlier" in told for told in descriptions(asking.page))


def test_that_a_week_that_was_not_all_watched_says_so_beside_its_figures(asking: Asking) -> None:
    asking.page.bar.compare.click()
    assert " seen)" not in descriptions(asking.page)[0]
    asking.page.bar.ranges[Range.LAST_7].click()
    face = asking.page.charts.charts["calls"]._face
    assert face is not None
    # The history begins eight days ago.
    assert face.whole[-1].endswith("% seen)")
    share = int(face.whole[-1].split("(")[1].split("%")[0])
    assert 15 <= share <= 30


def test_that_a_queue_is_chosen_by_name_and_its_agents_are_not_told(asking: Asking) -> None:
    page = asking.page
    names = [action.text() for action in page.bar.queue.menu_of_choices().actions()]
    assert names[0] == "All queues"
    assert sorted(names[1:]) == names[1:]
    page.choose("q1")
    assert asking.asked[-1].queue_id == "q1"
    assert descriptions(page)[2] == (
        "Agents: Agents may be in several queues: choose all queues to see them."
    )
    count = len(asking.asked)
    page.choose("there is no such queue")
    assert len(asking.asked) == count


def test_that_charts_are_chosen_and_one_stays(asking: Asking) -> None:
    page = asking.page
    page.bar.sets["waits"].click()
    assert len(descriptions(page)) == 4
    for key in page.bar.sets_chosen():
        page.bar.sets[key].click()
    assert len(descriptions(page)) == 1


def test_that_the_interval_can_be_chosen(asking: Asking) -> None:
    asking.page.bar.grain.chosen.emit(str(Grain.HOUR))
    assert asking.asked[-1].length == HOUR
    assert "60 min" in asking.page.bar.grain.accessibleName()


def test_that_one_pointer_goes_through_all_charts(asking: Asking) -> None:
    charts = [chart for chart in asking.page.charts.charts.values() if chart.isVisible()]
    QTest.keyClick(charts[1], Qt.Key.Key_Home)
    QTest.keyClick(charts[1], Qt.Key.Key_Right)
    assert [chart.at() for chart in charts] == [1, 1, 1]
    QTest.keyClick(charts[1], Qt.Key.Key_Escape)
    assert [chart.at() for chart in charts] == [-1, -1, -1]


def test_that_an_interval_is_explained_by_the_calls_in_it(asking: Asking) -> None:
    wanted = []
    asking.page.calls_wanted.connect(wanted.append)
    chart = asking.page.charts.charts["level"]
    chart.point(24)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    (asked,) = wanted
    assert asked.key == "service_level"
    assert asked.row.interval == asked.asked.intervals[24]
    told = interval_explained(asked)
    asking.page.show_calls(told, calls_of(told, asked.asked, asking.history))
    dialog = asking.page._dialog
    assert dialog is not None
    assert told.denominator is not None
    assert dialog._calls is not None
    assert len(dialog._calls.rows()) == told.denominator == asked.row.totals.offered
    dialog.close()


def test_that_what_calls_do_not_explain_opens_nothing(asking: Asking, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(asking.page.calls_wanted):
        asking.page.charts.chosen.emit("agents", 3)
    assert asking.page._dialog is None


def test_that_it_is_asked_again_while_time_goes_on_but_not_of_yesterday(asking: Asking) -> None:
    asking.later(30)
    assert len(asking.asked) == 1
    asking.later(61)
    assert len(asking.asked) == 2
    asking.page.bar.ranges[Range.YESTERDAY].click()
    asking.later(300)
    assert len(asking.asked) == 3


def test_that_an_answer_to_an_old_question_is_dropped(asking: Asking) -> None:
    old = asking.asked[-1]
    asking.page.bar.ranges[Range.YESTERDAY].click()
    told = asking.page.summary.text()
    asking.page.show_past(past_in(asking.history, old, lambda: False))
    assert asking.page.summary.text() == told


def test_that_trouble_is_told_and_asked_again_later(asking: Asking) -> None:
    page = asking.page
    page.bar.ranges[Range.YESTERDAY].click()
    page.show_no_past("The disk is away. Plug it in.")
    assert page.trouble.isVisible()
    assert page.trouble.text() == "The disk is away. Plug it in."
    assert not page.charts.isVisible()
    assert not page.bar.export.isEnabled()
    asking.later(61)
    assert page.charts.isVisible()


def test_that_what_was_known_of_another_board_is_forgotten(asking: Asking) -> None:
    asking.page.past_wanted.disconnect(asking.answer)
    asking.page.forget()
    assert asking.page.summary.text() == ""
    assert asking.page.trouble.text() == "Reading the history …"


def test_that_a_time_without_any_word_says_so_and_is_no_zero(qtbot: QtBot, made: Scene) -> None:
    asking = Asking(qtbot, made, History.in_memory(), look_in("en"))
    board = replace(made.board, watched=())
    asking.page.bar.ranges[Range.YESTERDAY].click()
    asking.page.show_board(board, made.clock.now())
    assert "nothing is known of this time" in asking.page.summary.text()
    assert all(
        told.endswith("Nothing is known of this time.") for told in descriptions(asking.page)
    )


def test_that_an_interval_that_has_just_begun_bends_no_line_of_counts(asking: Asking) -> None:
    calls, level = (asking.page.charts.charts[key]._face for key in ("calls", "level"))
    assert calls is not None
    assert level is not None
    last = len(calls.places) - 1
    assert calls.widths[last] < calls.widths[0] / 100
    assert calls.lines[2].firm[last] is None
    assert calls.lines[2].points[last] is not None


def test_that_what_the_source_told_of_before_we_watched_is_known(made: Scene) -> None:
    board = made.board
    (watched, *_) = board.watched
    before = watched.begin - 2 * HOUR
    told = replace(board, ledger=replace(board.ledger, since=before))
    first = Stretch(begin=before, end=watched.begin, witness=Witness.TOLD)
    assert known_stretches(told)[0] == first
    later = replace(board, ledger=replace(board.ledger, since=watched.begin + HOUR))
    assert known_stretches(later) == board.watched
    assert known_stretches(replace(told, watched=())) == ()


def test_that_a_gap_of_which_others_told_is_not_called_one_without_data() -> None:
    past = past_of(BUSY, BUSY, Totals(), seen=1)
    gap = past.coverage.gaps[0]
    zone, wording = TEHRAN, Wording()
    assert gap_words(gap, past.rows, zone, wording) == "not watched 12:30–14:30"
    assert gap_words(gap, past.rows[2:], zone, wording) == "no data 12:30–14:30"
    assert [row[-1] for row in rows_told(past)] == ["100%", "not watched", "nothing"]


def test_that_calls_that_are_not_over_are_told_as_not_counted(asking: Asking) -> None:
    snapshot = asking.made.board.snapshot
    assert snapshot is not None
    going = len(snapshot.calls)
    assert going > 1
    assert f"because they are not over: {going}." in asking.page.summary.text()
    asking.page.choose("q1")
    of_queue = sum(call.queue_id == "q1" for call in snapshot.calls.values())
    assert f"because they are not over: {of_queue}." in asking.page.summary.text()
    asking.page.bar.ranges[Range.YESTERDAY].click()
    assert "not over" not in asking.page.summary.text()


def test_that_queues_measured_differently_have_no_common_level(
    qtbot: QtBot, made: Scene, history: History
) -> None:
    asking = Asking(qtbot, made, history, look_in("en"))
    site = replace(made.board.site, level=None)
    asking.page.show_board(replace(made.board, site=site), made.clock.now())
    asking.page.bar.ranges[Range.TODAY].click()
    assert "service level —" in asking.page.summary.text()
    assert "measured differently" in descriptions(asking.page)[1]


def test_that_the_goal_that_is_drawn_is_the_site_s_or_that_of_the_chosen_queue(
    qtbot: QtBot, made: Scene, history: History
) -> None:
    asking = Asking(qtbot, made, history, look_in("en"))
    own = replace(made.board.measuring.usual, goal=0.5)
    board = replace(
        made.board,
        site=replace(made.board.site, goal=0.93),
        measuring=replace(made.board.measuring, by_queue={QueueId("q1"): own}),
    )
    asking.page.show_board(board, made.clock.now())
    asking.page.bar.ranges[Range.TODAY].click()

    def goal() -> float | None:
        face = asking.page.charts.charts["level"]._face
        return None if face is None else face.target

    assert goal() == 0.93
    asking.page.choose("q1")
    assert goal() == 0.5


# Table and file


def past_of(*totals: Totals, seen: int | None = None) -> Past:
    begin = datetime(2026, 11, 22, 8, tzinfo=UTC)
    windows = tuple(
        range_window(begin + at * HOUR, begin + (at + 1) * HOUR) for at in range(len(totals))
    )
    watched = tuple(Stretch(begin=window.begin, end=window.end) for window in windows[:seen])
    whole = range_window(begin, windows[-1].end)
    asked = Asked(window=whole, intervals=windows, length=HOUR, until=whole.end)
    by_begin = {window.begin: each for window, each in zip(windows, totals, strict=True)}
    return Past(
        asked=asked,
        rows=rows_of(windows, by_begin, watched, until=whole.end),
        coverage=coverage_of(watched, begin, whole.end),
    )


BUSY = Totals(
    offered=20, answered=18, answered_in_target=15, abandoned=2, waits_known=18,
    wait_of_answered=timedelta(seconds=180), longest_wait=timedelta(seconds=95),
)  # fmt: skip


def rows_told(past: Past, language: str = "en") -> list[list[str]]:
    sheet = history_sheet(past, LEVEL, TEHRAN, look_in(language).wording)
    return [[sheet.text(row, at) for at in range(len(sheet.headings))] for row in sheet.rows]


def test_that_the_table_says_what_the_charts_show_and_what_is_not_known() -> None:
    busy, gap = rows_told(past_of(BUSY, Totals(), seen=1))
    assert busy[:7] == ["11:30–12:30", "20", "18", "2", "75.0%", "0:10", "1:35"]
    assert busy[-1] == "100%"
    assert gap[1:7] == ["—"] * 6
    assert gap[-1] == "nothing"


def test_that_the_file_is_for_machines_and_says_what_is_not_known_with_nothing() -> None:
    told = Exported(level=LEVEL, zone=TEHRAN, queue="=1+1")
    text = history_csv(past_of(BUSY, Totals(), seen=1), told, Wording())
    assert text.startswith("\ufeff")
    head, busy, gap = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    row = dict(zip(head, busy, strict=True))
    assert row["from"] == "2026-11-22T11:30:00+03:30"
    assert row["queue"] == "'=1+1"
    assert (row["offered"], row["service_level"], row["asa_s"]) == ("20", "0.75", "10")
    assert (row["service_level_good"], row["service_level_of"]) == ("15", "20")
    assert row["seen_share"] == "1.0000"
    none = dict(zip(head, gap, strict=True))
    assert {none[key] for key in ("offered", "service_level", "asa_s", "longest_wait_s")} == {""}


def test_that_a_persian_file_has_the_jalali_day_beside_and_the_same_machine_words() -> None:
    told = Exported(level=LEVEL, zone=TEHRAN)
    english = history_csv(past_of(BUSY), told, Wording())
    persian = history_csv(past_of(BUSY), told, look_in("fa").wording)
    ours, theirs = (
        next(csv.DictReader(io.StringIO(each.removeprefix("\ufeff"))))
        for each in (english, persian)
    )
    assert theirs.pop("day_jalali") == "1405/09/01"
    assert theirs == ours


def test_that_the_table_takes_the_keyboard_and_is_written_to_a_file(
    asking: Asking, tmp_path: Path
) -> None:
    page = asking.page
    page.charts.first().setFocus()
    page.bar.table.click()
    assert page.table.isVisible()
    assert not page.charts.isVisible()
    assert page.focusProxy() is page.table
    assert page.panes()[1] is page.table
    assert page.table.model().rowCount() == len(asking.asked[-1].intervals)
    page.export_to(str(tmp_path / "history.csv"))
    rows = list(csv.reader((tmp_path / "history.csv").read_text("utf-8-sig").splitlines()))
    assert len(rows) == 1 + len(asking.asked[-1].intervals)
    assert "Written to" in page.summary.text()
    page.export_to(str(tmp_path / "no such folder" / "history.csv"))
    assert "cannot be written" in page.summary.text()


def test_that_the_keyboard_waits_for_what_there_is_to_see_without_a_ring(
    qtbot: QtBot, made: Scene, history: History
) -> None:
    page = HistoryPage(look_in("en"))
    qtbot.addWidget(page)
    wanted: list[Asked] = []
    page.past_wanted.connect(wanted.append)
    page.resize(SIZE)
    page.show()
    page.show_board(made.board, made.clock.now())
    page.setFocus(Qt.FocusReason.MouseFocusReason)
    qtbot.waitUntil(page.hasFocus)
    page.show_past(past_in(history, wanted[-1], lambda: False))
    chart = page.charts.charts["calls"]
    assert chart.hasFocus()
    assert not chart._ring.seen
    second = page.charts.charts["level"]
    second.setFocus()
    page.show_board(made.board, made.clock.now())
    assert second.hasFocus()
    page.bar.table.click()
    assert page.table.hasFocus()
    page.bar.table.click()
    assert chart.hasFocus()


def test_that_the_summary_never_rounds_up_to_all(wording: Wording) -> None:
    past = past_of(*[BUSY] * 2000, seen=1999)
    told = summary(past, LEVEL, TEHRAN, wording)
    assert wording.figure("100.0%") not in told.split(".")[-2]
    assert wording.figure("99.95%") in told


def test_that_the_level_of_the_summary_goes_by_the_profile() -> None:
    past = past_of(BUSY, BUSY)
    answered = LevelProfile(kind=LevelKind.ANSWERED)
    assert "service level 75.0%" in summary(past, LEVEL, TEHRAN, Wording())
    assert "service level 83.3%" in summary(past, answered, TEHRAN, Wording())


def test_that_hostile_names_of_queues_stay_plain_and_short(
    qtbot: QtBot, made: Scene, history: History
) -> None:
    asking = Asking(qtbot, made, history, look_in("en"))
    name = "<b>&Sales</b>\u202e" + "x" * 100_000
    asking.page.bar.show_queues([("q1", name[:600])])
    asking.page.choose("q1")
    actions = asking.page.bar.queue.menu_of_choices().actions()
    assert actions[1].text().startswith("<b>&&Sales</b>")
    assert asking.page.bar.queue.sizeHint().width() < 300


@pytest.mark.parametrize(("language", "theme"), [("en", "dark"), ("en", "contrast")])
def test_that_the_page_keeps_its_look(
    language: str,
    theme: str,
    qtbot: QtBot,
    made: Scene,
    history: History,
    keeps_its_look: Callable[[str, QWidget, QSize], None],
) -> None:
    asking = Asking(qtbot, made, history, replace(look_in(language, theme), compact=True))
    asking.page.bar.compare.click()
    keeps_its_look(f"history_{language}_{theme}", asking.page, SIZE)
