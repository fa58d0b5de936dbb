"""What the page of the history is told is what the facts say, wherever they are kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from support.boards import scene
from support.looks import look_in, wording_in
from support.past_days import filled

from wallboard.app.histories import NothingKept
from wallboard.app.history_page import Stopped, calls_of, interval_explained, past_in
from wallboard.app.page_history import PageHistory, Standing
from wallboard.domain.coverage import Stretch
from wallboard.domain.measuring import LevelProfile, WorkPlan
from wallboard.domain.snapshot import QueueId
from wallboard.domain.totals import totals_over
from wallboard.engine.intervals import by_queue, interval_table, rolled_up
from wallboard.engine.past import LENGTHS, Asked, Grain, IntervalAsked, cut, earlier
from wallboard.engine.windows import range_window
from wallboard.storage.history import History, open_history
from wallboard.ui.dialogs.explain_dialog import ExplainDialog
from wallboard.ui.main_window import MainWindow
from wallboard.ui.pages.history import HistoryPage

MIDNIGHT = datetime(2026, 11, 21, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
GAP = (MIDNIGHT + DAY + 9 * HOUR, MIDNIGHT + DAY + 9 * HOUR + timedelta(minutes=20))
LEVEL = LevelProfile()


@pytest.fixture(scope="module")
def history() -> History:
    return filled(History.in_memory(), MIDNIGHT - 7 * DAY, MIDNIGHT + 2 * DAY, gaps=(GAP,))


def asked(begin: datetime, end: datetime, grain: Grain = Grain.HALF, **more: object) -> Asked:
    window = range_window(begin, end)
    question = Asked(
        window=window,
        intervals=cut(window, grain, WorkPlan(), UTC),
        length=LENGTHS[grain],
        until=end,
    )
    return replace(question, **more)


def never() -> bool:
    return False


@pytest.mark.parametrize("grain", list(LENGTHS))
@pytest.mark.parametrize("queue", [None, "q1"])
def test_that_totals_are_those_of_the_engine(
    history: History, grain: Grain, queue: str | None
) -> None:
    queue_id = None if queue is None else QueueId(queue)
    question = asked(MIDNIGHT + 5 * HOUR, MIDNIGHT + DAY + 7 * HOUR, grain, queue_id=queue_id)
    past = past_in(history, question, never)
    records = list(
        history.calls(
            question.window.begin,
            question.window.end,
            queues=None if queue_id is None else (queue_id,),
        )
    )
    table = interval_table(records, question.intervals, by_queue)
    for place, row in enumerate(past.rows):
        assert row.totals.offered == rolled_up(table, place).arrival.offered
        assert row.totals.waits == rolled_up(table, place).arrival.waits
    assert past.totals == totals_over(records)


def test_that_a_sealed_past_says_the_same(tmp_path: Path, history: History) -> None:
    pytest.importorskip("duckdb")
    with_days = open_history(tmp_path / "kept.sqlite3")
    with_days.keep(history.calls(MIDNIGHT - DAY, MIDNIGHT + 2 * DAY))
    question = asked(MIDNIGHT - DAY, MIDNIGHT + 2 * DAY, Grain.HOUR, sampled=False)
    before = past_in(with_days, question, never)
    while with_days.seal(MIDNIGHT + DAY) is not None:
        pass
    after = past_in(with_days, question, never)
    with_days.close()
    assert [row.totals for row in after.rows] == [row.totals for row in before.rows]
    assert sum(row.totals.offered for row in after.rows) > 100


def test_that_a_gap_is_told_from_when_to_when(history: History) -> None:
    past = past_in(history, asked(MIDNIGHT + DAY, MIDNIGHT + 2 * DAY), never)
    assert [(gap.begin, gap.end) for gap in past.coverage.gaps] == [GAP]
    partly = [row for row in past.rows if row.coverage.gaps]
    assert [row.interval.begin for row in partly] == [GAP[0]]
    assert partly[0].coverage.share == pytest.approx(1 / 3)


def test_that_what_the_board_watches_now_is_no_gap_though_it_is_not_stored_yet(
    history: History,
) -> None:
    begin, end = MIDNIGHT + 2 * DAY - HOUR, MIDNIGHT + 2 * DAY + HOUR
    assert past_in(history, asked(begin, end), never).coverage.share == 0.5
    watched = (Stretch(begin=begin, end=end),)
    assert past_in(history, asked(begin, end, watched=watched), never).coverage.share == 1.0


def test_that_the_week_before_is_told_interval_by_interval(history: History) -> None:
    question = asked(MIDNIGHT + 6 * HOUR, MIDNIGHT + 12 * HOUR)
    question = replace(question, before=earlier(question.intervals, 1, UTC))
    past = past_in(history, question, never)
    assert len(past.before) == len(past.rows)
    for now, then in zip(past.rows, past.before, strict=True):
        assert now.interval.begin - then.interval.begin == 7 * DAY
        counted = sum(1 for _ in history.calls(then.interval.begin, then.interval.end))
        assert then.totals.offered == counted
    assert any(then.totals.offered for then in past.before)
    assert all(then.free is not None for then in past.before)


def test_that_a_week_before_the_first_fact_is_not_known(history: History) -> None:
    question = asked(MIDNIGHT - 2 * DAY, MIDNIGHT - DAY)
    question = replace(question, before=earlier(question.intervals, 1, UTC))
    assert not any(row.known for row in past_in(history, question, never).before)


def test_that_samples_are_told_of_the_site_and_of_a_queue(history: History) -> None:
    begin, end = MIDNIGHT + 8 * HOUR, MIDNIGHT + 9 * HOUR
    (one, two) = past_in(history, asked(begin, end), never).rows
    minutes = range(int(begin.timestamp() // 60), int(begin.timestamp() // 60) + 30)
    samples = [each.readings for each in history.samples(minutes[0], minutes[-1] + 1)]
    assert one.most_waiting == max(each["waiting"] for each in samples)
    assert one.free == pytest.approx(sum(each["free"] for each in samples) / 30)
    assert two.most_waiting is not None
    of_queue = past_in(history, asked(begin, end, queue_id=QueueId("q1")), never).rows[0]
    assert (of_queue.most_waiting, of_queue.free) == (0, None)


def test_that_an_interval_is_explained_by_its_calls(history: History) -> None:
    question = asked(MIDNIGHT + 6 * HOUR, MIDNIGHT + 12 * HOUR, queue_id=QueueId("q1"))
    past = past_in(history, question, never)
    row = past.rows[-1]
    wanted = IntervalAsked(key="service_level", row=row, asked=question, profiles=(LEVEL,))
    told = interval_explained(wanted)
    calls = calls_of(told, question, history)
    assert told.value == pytest.approx(
        sum(call.wait <= call.target for call in calls if call.agent_id) / len(calls)
    )
    assert told.denominator == len(calls) > 0
    assert {call.queue_id for call in calls} == {"q1"}
    assert all(row.interval.holds(call.entered_at) for call in calls)


def test_that_hidden_queues_are_in_no_total_and_behind_no_figure(history: History) -> None:
    begin, end = MIDNIGHT + 8 * HOUR, MIDNIGHT + 9 * HOUR
    hidden = frozenset({QueueId("q2")})
    question = asked(begin, end, hidden=hidden)
    past = past_in(history, question, never)
    seen = [call for call in history.calls(begin, end) if call.queue_id not in hidden]
    assert past.totals == totals_over(seen)
    assert "q2" not in past.queues
    wanted = IntervalAsked(key="offered", row=past.rows[0], asked=question, profiles=(LEVEL,))
    calls = calls_of(interval_explained(wanted), question, history)
    assert {call.queue_id for call in calls} == {"q0", "q1"}


def test_that_who_is_not_wanted_any_more_stops(history: History) -> None:
    with pytest.raises(Stopped):
        past_in(history, asked(MIDNIGHT, MIDNIGHT + DAY), lambda: True)


def test_that_the_page_in_the_window_is_answered_from_the_history(
    qtbot: QtBot, tmp_path: Path
) -> None:
    made = scene(minutes=5)
    file = tmp_path / "kept.sqlite3"
    kept = filled(open_history(file), made.clock.wall - 3 * HOUR, made.clock.wall)
    kept.close()
    window = MainWindow(look_in("en"))
    qtbot.addWidget(window)
    window.resize(1366, 768)
    standing = Standing(
        board=made.board,
        now=made.clock.now(),
        open_history=lambda: open_history(file, reading=True),
        wording=wording_in("en"),
    )
    pages = PageHistory(lambda: standing, made.clock)
    window.page_made.connect(lambda _key, page: pages.serve(page))
    window.show_board(made.board, made.clock.now())
    window.show()
    window.open_page("history")
    page = window.findChild(HistoryPage)
    assert isinstance(page, HistoryPage)
    qtbot.waitUntil(page.charts.isVisible, timeout=5000)
    assert "calls offered" in page.summary.text()
    past = page._past()
    assert past is not None
    page.charts.chosen.emit("calls", len(past.rows) - 2)
    dialog = page._dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog._calls is not None, timeout=5000)
    dialog.close()
    pages.forget()
    assert page.summary.text() == ""


def test_that_a_page_is_told_why_nothing_is_known(qtbot: QtBot) -> None:
    made = scene(minutes=5)
    page = HistoryPage(look_in("en"))
    qtbot.addWidget(page)

    def opening() -> History:
        raise NothingKept

    standing = Standing(
        board=made.board, now=made.clock.now(), open_history=opening, wording=wording_in("en")
    )
    pages = PageHistory(lambda: standing, made.clock)
    pages.serve(page)
    page.show()
    page.show_board(made.board, made.clock.now())
    qtbot.waitUntil(lambda: "Nothing is stored" in page.trouble.text(), timeout=5000)
    pages.forget()


def test_that_calls_of_which_only_sums_are_kept_are_not_listed(
    qtbot: QtBot, tmp_path: Path
) -> None:
    made = scene(minutes=5)
    file = tmp_path / "kept.sqlite3"
    kept = filled(open_history(file), made.clock.wall - 4 * DAY, made.clock.wall)
    before = past_in(kept, question_of_two_days_ago(made.clock.wall), never)
    kept.compact(made.clock.wall, keep=DAY)
    after = past_in(kept, question_of_two_days_ago(made.clock.wall), never)
    kept.close()
    assert after.totals == before.totals
    page = HistoryPage(look_in("en"))
    qtbot.addWidget(page)
    standing = Standing(
        board=made.board,
        now=made.clock.now(),
        open_history=lambda: open_history(file, reading=True),
        wording=wording_in("en"),
    )
    pages = PageHistory(lambda: standing, made.clock)
    pages.serve(page)
    told: list[str] = []
    page.show_no_calls = told.append  # type: ignore[method-assign]
    page.calls_wanted.emit(
        IntervalAsked(key="offered", row=after.rows[0], asked=after.asked, profiles=(LEVEL,))
    )
    qtbot.waitUntil(lambda: bool(told), timeout=5000)
    assert "only sums are kept" in told[0]


def question_of_two_days_ago(now: datetime) -> Asked:
    begin = (now - 3 * DAY).replace(minute=0, second=0, microsecond=0)
    return asked(begin, begin + 5 * HOUR, Grain.HOUR)


def test_that_an_explanation_leads_to_the_history_of_its_queue(qtbot: QtBot) -> None:
    made = scene(minutes=5)
    window = MainWindow(look_in("en"))
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show_board(made.board, made.clock.now())
    window.show()
    window._explaining.ask(look_in("en"), made.board, made.clock.now(), "waiting", QueueId("q1"))
    dialog = window.findChild(ExplainDialog)
    assert isinstance(dialog, ExplainDialog)
    dialog._history.click()
    page = window.findChild(HistoryPage)
    assert isinstance(page, HistoryPage)
    assert page.isVisible()
    assert page.bar.queue_chosen() == "q1"
    assert not dialog.isVisible()
