"""A report of what goes on says what the board says at the same moment."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pytestqt.qtbot import QtBot
from support.clocks import HandClock
from support.looks import look_in, wording_in
from support.reports import SITE, rows, settings_in, total

from wallboard.app.page_history import Standing
from wallboard.app.reporting import made_report, wanted_by
from wallboard.app.reports_page import ReportsDesk
from wallboard.domain.agent_time import time_of
from wallboard.domain.errors import SourceUnavailable
from wallboard.domain.measuring import Measuring, QueueRule, Shift, WorkPlan
from wallboard.domain.reporting import PaperForm, PeriodKind, Report, ReportKind
from wallboard.domain.snapshot import QueueId, difference
from wallboard.engine.board import Board, coverage, level_of, site_time, window_of
from wallboard.engine.explain import explain
from wallboard.engine.happenings import FetchFailed, PictureTaken, SecondPassed, WindowChosen
from wallboard.engine.kpi import Sums
from wallboard.engine.spells import begun_at, running_spells
from wallboard.engine.step import step
from wallboard.engine.windows import WindowKind, business_day, shifts_of_day, window_at
from wallboard.settings.paths import places
from wallboard.sources.simulator.source import Settings, Simulator
from wallboard.storage.history import History, open_history
from wallboard.ui.pages.reports import ReportsPage
from wallboard.ui.print.headline import headline_of

TEHRAN = ZoneInfo("Asia/Tehran")
MICROSECOND = timedelta(microseconds=1)
PLAN = WorkPlan(shifts=(Shift(name="day", begins=time(6, 30), ends=time(14)),))
AT_SITE = settings_in("Asia/Tehran")
POLL = timedelta(seconds=5)
RULES = Measuring(
    plan=PLAN, usual=QueueRule(target=timedelta(seconds=30), short=timedelta(seconds=8))
)


@pytest.fixture
def history() -> Iterator[History]:
    opened = History.in_memory()
    yield opened
    opened.close()


def watched(
    scenario: str, history: History, hours: float, measuring: Measuring
) -> Iterator[tuple[Board, HandClock]]:
    """Yield boards of a simulated morning; what they want stored is stored."""
    chance = Random(scenario)
    clock = HandClock(wall=datetime(2026, 11, 22, 6, 20, tzinfo=TEHRAN).astimezone(UTC))
    source = Simulator(Settings(scenario=scenario, speed=60.0), clock)
    board = Board(name=SITE, zone=TEHRAN, poll=POLL, measuring=measuring)
    board, _ = step(board, WindowChosen(window=WindowKind.SHIFT), clock.now())
    last = None
    end_s = clock.steady_s + hours * 60
    while clock.steady_s < end_s:
        happening: Any
        try:
            fetched = source.fetch()
        except SourceUnavailable as error:
            happening = FetchFailed(fault=error.fault)
        else:
            change = difference(last, fetched.snapshot)
            last = fetched.snapshot
            happening = PictureTaken(change=change, facts=fetched.facts)
        board, effects = step(board, happening, clock.now())
        for effect in effects:
            history.keep(effect.facts, samples=effect.samples, watched=effect.watched)
        # A fetch that failed changes no figure: time does, a second later at the latest.
        yield step(board, SecondPassed(), clock.now())[0], clock
        clock.pass_by(6 * chance.uniform(0.5, 1.5))
        board, effects = step(board, SecondPassed(), clock.now())
        for effect in effects:
            history.keep(effect.facts, samples=effect.samples, watched=effect.watched)


def reported(history: History, board: Board, clock: HandClock, kind: ReportKind) -> Report:
    then = site_time(board, clock.now())
    window = window_at(board.window, then, board.measuring.plan, board.zone)
    wanted = wanted_by(board, clock.now(), kind, window)
    return made_report(history, wanted, AT_SITE, places())


def same(told: dict[str, Any], sums: Sums, level: float | None) -> None:
    """Look that a row tells what the board tells of the same calls."""
    for key in ("offered", "answered", "abandoned", "abandon_rate", "asa", "max_wait", "aht"):
        expected = explain(key, sums).value
        cell = told[key]
        if isinstance(cell, timedelta):
            assert expected is not None
            assert abs(cell - timedelta(seconds=expected)) <= MICROSECOND, key
        else:
            assert cell == expected, key
    assert told["service_level"] == level


@pytest.mark.parametrize("measuring", [Measuring(plan=PLAN), RULES], ids=["usual", "own_rules"])
@pytest.mark.parametrize("scenario", ["rush", "outage", "restart"])
def test_that_a_report_of_the_running_shift_is_what_the_board_shows(
    history: History, scenario: str, measuring: Measuring
) -> None:
    compared = waiting = talking = 0
    for number, (board, clock) in enumerate(watched(scenario, history, 2.0, measuring)):
        if number % 6 != 5 or board.snapshot is None:
            continue
        told = reported(history, board, clock, ReportKind.SHIFT)
        then = site_time(board, clock.now())
        (team,) = rows(told, "team")
        same(team, Sums(calls=board.site.totals), level_of(board.site))
        by_queue = {row["queue"]: row for row in rows(told, "queues")}
        for queue_id, standing in board.queues.items():
            if standing.totals.offered:
                row = by_queue.pop(board.snapshot.queues[queue_id].name)
                same(row, Sums(calls=standing.totals), level_of(standing))
        assert not by_queue
        parts = rows(told, "intervals")
        assert sum(row["offered"] or 0 for row in parts) == board.site.totals.offered
        assert told.grounds.begin == window_of(board, then).begin
        assert told.grounds.running
        if board.ledger.since is None or board.ledger.since >= board.watched[0].begin:
            assert told.grounds.covered == pytest.approx(coverage(board, then).share)
        compared += 1
        waiting += board.site.totals.waiting
        talking += sum(each.talking.offered for each in board.calls.values())
    # The calls that are not over were among them.
    assert compared > 2
    assert waiting > 0
    assert talking > 0


def test_that_hours_of_agents_hold_the_state_that_each_is_in_now(history: History) -> None:
    board, clock = deque(watched("rush", history, 1.2, Measuring(plan=PLAN)), maxlen=1)[0]
    assert board.snapshot is not None
    then = site_time(board, clock.now())
    window = window_of(board, then)
    told = reported(history, board, clock, ReportKind.SHIFT)
    going_on = running_spells(board.spells_begun, board.snapshot.agents.values(), then)
    ended = list(history.spells(window.begin, then))
    hours = time_of([*ended, *going_on], window.begin, then)
    assert hours.logged_in > time_of(ended, window.begin, then).logged_in
    (team,) = rows(told, "team")
    sums = Sums(calls=board.site.totals, time=hours)
    for key in ("occupancy", "cph"):
        assert team[key] == pytest.approx(explain(key, sums).value), key


def test_that_calls_that_the_source_told_are_not_divided_by_hours_that_were_watched(
    history: History,
) -> None:
    early = datetime(2026, 11, 22, 6, 31, tzinfo=TEHRAN)
    board, clock = deque(watched("rush", history, 1.2, Measuring(plan=PLAN)), maxlen=1)[0]
    whole = reported(history, board, clock, ReportKind.SHIFT)
    assert whole.grounds.hours_covered is None
    seen = replace(board.watched[0], begin=board.watched[0].end - timedelta(minutes=5))
    told_more = replace(
        board,
        watched=(seen, *board.watched[1:]),
        ledger=replace(board.ledger, since=early),
        spells_begun={
            key: max(at, seen.begin)
            for key, agent in board.snapshot.agents.items()
            if (at := begun_at(board.spells_begun, agent)) is not None
        },
    )
    other = History.in_memory()
    then = site_time(told_more, clock.now())
    other.keep(list(history.calls(early - timedelta(hours=1), then)), watched=seen)
    for spell in history.spells(seen.begin, then):
        other.keep([replace(spell, began_at=max(spell.began_at, seen.begin))])
    told = reported(other, told_more, clock, ReportKind.SHIFT)
    (team,) = rows(told, "team")
    assert team["answered"] > 0
    assert (team["occupancy"], team["cph"]) == (None, None)
    assert {row["cph"] for row in rows(told, "agents") if row["answered"]} == {None}
    assert told.grounds.covered == pytest.approx(1.0, abs=0.05)
    assert told.grounds.hours_covered is not None
    assert told.grounds.hours_covered < 0.5
    other.close()


def test_that_a_shift_that_is_just_over_holds_its_calls_that_go_on(history: History) -> None:
    plan = WorkPlan(shifts=(Shift(name="early", begins=time(6, 30), ends=time(7, 30)),))
    board, clock = deque(watched("rush", history, 1.3, Measuring(plan=plan)), maxlen=1)[0]
    assert board.snapshot is not None
    then = site_time(board, clock.now())
    (shift,) = shifts_of_day(business_day(then, plan, TEHRAN), plan, TEHRAN)
    assert shift.end < then
    wanted = wanted_by(board, clock.now(), ReportKind.SHIFT, shift)
    (team,) = rows(made_report(history, wanted, AT_SITE, places()), "team")
    arrived = [call.entered_at or call.answered_at for call in board.snapshot.calls.values()]
    still = sum(at is not None and shift.begin <= at < shift.end for at in arrived)
    over = sum(1 for _ in history.calls(shift.begin, shift.end))
    assert still > 0
    assert team["offered"] == over + still


def test_that_a_report_of_a_board_calls_everybody_by_name(history: History) -> None:
    ((board, clock),) = deque(watched("rush", history, 1.0, Measuring(plan=PLAN)), maxlen=1)
    assert board.snapshot is not None
    told = reported(history, board, clock, ReportKind.SHIFT)
    names = {agent.name for agent in board.snapshot.agents.values()}
    assert {row["agent"] for row in rows(told, "agents")} <= names
    some = next(iter(board.queues))
    wanted = wanted_by(
        board,
        clock.now(),
        ReportKind.QUEUE,
        window_at(board.window, site_time(board, clock.now()), PLAN, TEHRAN),
    )
    narrowed = replace(wanted, queues=(board.snapshot.queues[some].name,))
    told = made_report(history, narrowed, AT_SITE, places())
    assert told.grounds.chosen == (("queue", board.snapshot.queues[some].name),)
    assert total(told, "queue_figures")["offered"] == board.queues[QueueId(some)].totals.offered


@pytest.mark.parametrize("language", ["en", "fa"])
def test_that_the_page_and_its_file_say_of_the_running_shift_what_the_board_says(
    qtbot: QtBot, wallboard_home: Path, tmp_path: Path, language: str
) -> None:
    path = tmp_path / "history.sqlite3"
    with closing(open_history(path)) as kept:
        ((board, clock),) = deque(watched("rush", kept, 1.5, RULES), maxlen=1)
    wording = wording_in(language)
    standing = Standing(
        board=board,
        now=clock.now(),
        open_history=lambda: open_history(path, reading=True),
        wording=wording,
    )
    desk = ReportsDesk(lambda: standing, lambda: AT_SITE, places())
    page = ReportsPage(look_in(language))
    qtbot.addWidget(page)
    desk.serve(page)
    try:
        page.show()
        page.show_board(board, clock.now())
        qtbot.waitUntil(lambda: not desk.busy, timeout=30_000)
        plan = page.preview.plan()
        assert plan is not None
        page.form.folder_chosen.emit(str(tmp_path))
        page.export_wanted.emit((PaperForm.JSON,))
        qtbot.waitUntil(lambda: not desk.busy, timeout=30_000)
    finally:
        desk.close()
    (file,) = tmp_path.glob("*.json")
    written = json.loads(file.read_text("utf-8"))["tables"][0]

    assert page.form.choice().definition.period.kind is PeriodKind.SHIFT
    team = plan.paper.tables[0]
    shown = dict(zip((column.key for column in team.columns), team.rows[0], strict=True))
    same(shown, Sums(calls=board.site.totals), level_of(board.site))
    assert board.site.totals.waiting > 0
    assert shown["offered"] == board.site.totals.offered > 100
    keys = [column["key"] for column in written["columns"]]
    in_file = dict(zip(keys, written["rows"][0], strict=True))
    for key in ("offered", "answered", "abandoned", "service_level", "abandon_rate"):
        assert in_file[key] == shown[key], key
    # What is read on the sheet is the board's figure in the reader's digits.
    headline = dict(headline_of(plan.paper))
    assert wording.count(board.site.totals.offered) in headline.values()
