"""What a rule would have said of the last days, from a history."""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from support.alerted import Watched, wait_rule, watched
from support.clocks import HandClock
from support.looks import look_in, wording_in

from wallboard.app.alert_page import AlertPageDesk
from wallboard.app.page_history import Standing
from wallboard.app.rule_preview import NotKnown, Past, preview_rule
from wallboard.domain.alert import Condition, Limits, Rule, RuleId, Rules, SubjectKind
from wallboard.domain.coverage import MinuteSample, Stretch
from wallboard.domain.facts import AgentSpell, CallRecord, Ending, FactId
from wallboard.domain.measuring import AS_USUAL
from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import AgentId, AgentState, CallId, QueueId
from wallboard.engine.default_rules import DEFAULT_RULES
from wallboard.engine.rule_replay import Preview
from wallboard.storage.alert_journal import keep_alerts
from wallboard.storage.history import History, open_history
from wallboard.storage.rows import SAMPLES
from wallboard.ui.pages.alerts import AlertsPage

END = datetime(2026, 11, 22, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def past(history: History, **groups: list[str]) -> Past:
    return Past(history=history, end=END, measuring=AS_USUAL, groups=groups, zone=UTC)


def sample(minutes_ago: int, wait: float, queue: str | None = "q0") -> MinuteSample:
    return MinuteSample(
        minute=int(END.timestamp() // 60) - minutes_ago,
        queue_id=None if queue is None else QueueId(queue),
        readings={"waiting": 2, "longest_wait": wait, "free": None},
    )


def call(minutes_ago: float, *, wait: float, queue: str = "q0") -> CallRecord:
    at = END - minutes_ago * MINUTE
    return CallRecord(
        fact_id=FactId(f"{queue} {minutes_ago}"),
        call_id=CallId(f"{queue} {minutes_ago}"),
        queue_id=QueueId(queue),
        entered_at=at,
        ended_at=at + MINUTE,
        ending=Ending.ANSWERED,
        wait=timedelta(seconds=wait),
        target=timedelta(seconds=20),
        talk=MINUTE,
    )


def a_rule(reading: str, kind: SubjectKind, limits: Limits, window: str | None = None) -> Rule:
    return Rule(
        rule_id=RuleId("r"),
        name="r",
        kind=kind,
        conditions=(Condition(reading=reading, limits=limits, window=window, least=5),),
    )


@pytest.fixture
def history() -> History:
    made = History.in_memory()
    made.keep(watched=Stretch(begin=END - 2 * DAY, end=END))
    return made


def test_that_long_waits_are_counted_by_the_minute(history: History) -> None:
    waits = {100: 70.0, 99: 130.0, 98: 20.0, 60: 70.0, 40: 61.0}
    history.keep(samples=[sample(ago, wait) for ago, wait in waits.items()])
    history.keep(samples=[sample(50, 400.0, None), sample(50, 10.0, "q1")])
    preview = preview_rule(past(history), wait_rule())
    assert [(run.subject, run.worst) for run in preview.runs] == [
        ("q0", Severity.CRITICAL),
        ("q0", Severity.WARNING),
        ("q0", Severity.WARNING),
    ]
    assert preview.runs[0].begin == END - 100 * MINUTE
    assert preview.days == pytest.approx(2)
    one = preview_rule(past(history), replace(wait_rule(), kind=SubjectKind.SITE))
    assert [run.begin for run in one.runs] == [END - 50 * MINUTE]


def test_that_a_service_level_is_counted_by_intervals(history: History) -> None:
    late = [call(200 + at, wait=60) for at in range(10)]
    good = [call(500 + at, wait=5) for at in range(10)]
    few = [call(900, wait=60)]
    history.keep([*late, *good, *few])
    low = Limits(low_warning=0.7)
    rule = a_rule("service_level", SubjectKind.QUEUE, low, "last_30")
    preview = preview_rule(past(history), rule)
    assert [run.subject for run in preview.runs] == ["q0"]
    assert preview.runs[0].begin <= END - 200 * MINUTE <= preview.runs[0].end + 30 * MINUTE
    group = replace(rule, kind=SubjectKind.GROUP)
    assert [run.subject for run in preview_rule(past(history, A=["q0"]), group).runs] == ["A"]
    today = a_rule("service_level", SubjectKind.SITE, low)
    assert len(preview_rule(past(history), today).runs) >= 1


def test_that_agents_are_counted_who_were_too_long_at_it(history: History) -> None:
    spells = [
        AgentSpell(
            fact_id=FactId(f"s{at}"),
            agent_id=AgentId("a1"),
            state=state,
            began_at=END - (at + 1) * 60 * MINUTE,
            ended_at=END - (at + 1) * 60 * MINUTE + minutes * MINUTE,
        )
        for at, (state, minutes) in enumerate(
            ((AgentState.WRAP_UP, 12), (AgentState.WRAP_UP, 3), (AgentState.IN_CALL, 40))
        )
    ]
    history.keep(spells)
    rule = next(each for each in DEFAULT_RULES.rules if each.rule_id == "long_wrap_up")
    assert [run.subject for run in preview_rule(past(history), rule).runs] == ["a1"]


def test_that_gaps_of_the_source_are_counted() -> None:
    history = History.in_memory()
    for begin, end in ((300, 200), (190, 100), (99.9, 0)):
        history.keep(watched=Stretch(begin=END - begin * MINUTE, end=END - end * MINUTE))
    rule = DEFAULT_RULES.rules[0]
    preview = preview_rule(past(history), rule)
    assert [run.begin for run in preview.runs] == [END - 200 * MINUTE]


def test_that_what_is_not_stored_is_not_guessed(history: History) -> None:
    rule = next(each for each in DEFAULT_RULES.rules if each.rule_id == "nobody_there")
    with pytest.raises(NotKnown):
        preview_rule(past(history), rule)


def test_that_of_no_history_nothing_is_said() -> None:
    preview = preview_rule(past(History.in_memory()), wait_rule())
    assert (preview.runs, preview.days) == ((), 0)


QUEUES = [f"q{number}" for number in range(50)]
WEEK = 7 * 1440
BAD = 6000
MOST_OF_READING = 3.0


def usual_waits(ago: int) -> dict[int, int]:
    """Return of a minute ago where somebody waited, by queue, for how many hundredths of a second.

    It is open half of the day, and in a queue nobody waits in three minutes of five: of the
    others one in fifty is too long.
    """
    if ago % 1440 >= 720:
        return {}
    return {
        at: BAD + 25 if (ago // 4 + at) % 50 == 0 else (ago * 700 + at * 1300) % 5000
        for at in range(len(QUEUES))
        if (ago // 3 + at * 7) % 5 < 2
    }


def hard_waits(ago: int) -> dict[int, int]:
    """Return it where somebody waits everywhere at all times, a third of it too long."""
    return {at: (ago + at * 7) % 90 * 100 + (ago * 37 + at * 11) % 100 for at in range(len(QUEUES))}


def week_of_fifty(file: Path, waits: Callable[[int], dict[int, int]]) -> History:
    """Return a week of fifty queues, with four calls a minute."""
    history = open_history(file, clock=HandClock())
    calls = [
        call(ago + part / 4, wait=ago % 40, queue=QUEUES[(ago * 4 + part) % len(QUEUES)])
        for ago in range(WEEK)
        for part in range(4)
    ]
    history.keep(calls, watched=Stretch(begin=END - 7 * DAY, end=END))
    # Half a million rows: their texts as they are kept, their checksums not, which nobody reads.
    texts = [SAMPLES.cells(sample(0, wait / 100))[-1] for wait in range(90 * 100)]
    last = int(END.timestamp() // 60)
    rows = [
        (last - ago, 1, QUEUES[at], texts[wait], 0)
        for ago in range(1, WEEK + 1)
        for at, wait in waits(ago).items()
    ]
    with history.database.transaction():
        history.database.run_many("replace samples", rows)
    return history


@pytest.mark.timing
@pytest.mark.parametrize("waits", [usual_waits, hard_waits])
def test_that_a_week_of_fifty_queues_costs_little_more_than_reading_it(
    tmp_path: Path, waits: Callable[[int], dict[int, int]]
) -> None:
    """Told in 0.07 and 0.6 s of a quiet machine; a second was promised."""
    file = tmp_path / "week.db"
    history = week_of_fifty(file, waits)
    bad = sum(wait > BAD for ago in range(1, WEEK + 1) for wait in waits(ago).values())
    read_s = least_s(lambda: rows_of(file))
    told: list[Preview] = []
    took_s = least_s(lambda: told.append(preview_rule(past(history), wait_rule())))
    assert sum(((run.end - run.begin) // MINUTE for run in told[0].runs), 0) == bad
    assert {run.subject for run in told[0].runs} == set(QUEUES)
    sys.stderr.write(f"\n{took_s:.2f} s, {took_s / read_s:.2f}x of reading every row\n")
    assert took_s < MOST_OF_READING * read_s
    history.close()


def rows_of(file: Path) -> int:
    """Read all that is kept of the minutes, as the database's own module does it."""
    with closing(sqlite3.connect(file)) as database:
        return len(database.execute("SELECT * FROM samples").fetchall())


def least_s(act: Callable[[], object]) -> float:
    """Return the processor's time that something takes, in seconds: the least of three."""
    took: list[float] = []
    for _ in range(3):
        begun_s = time.process_time()
        act()
        took.append(time.process_time() - begun_s)
    return min(took)


# The page's desk


def served(qtbot: QtBot, made: Watched, file: Path) -> tuple[AlertsPage, AlertPageDesk]:
    page = AlertsPage(look_in("en"))
    qtbot.addWidget(page)

    def standing() -> Standing:
        return Standing(
            board=made.board,
            now=made.scene.clock.now(),
            open_history=lambda: open_history(file, reading=True),
            wording=wording_in("en"),
        )

    return page, AlertPageDesk(page, standing, page)


def test_that_the_page_is_told_the_journal_and_the_past_of_a_rule(
    qtbot: QtBot, tmp_path: Path
) -> None:
    made = watched(Rules(rules=(wait_rule(),)))
    made.live(4)
    file = tmp_path / "history.db"
    history = open_history(file, clock=HandClock())
    keep_alerts(history, (), made.told)
    history.keep(watched=Stretch(begin=made.scene.clock.wall - DAY, end=made.scene.clock.wall))
    history.close()
    page, desk = served(qtbot, made, file)
    page.show_board(made.board, made.scene.clock.now())
    qtbot.waitUntil(lambda: page._events is not None)
    assert page._events == tuple(made.told)
    page.preview_wanted.emit(wait_rule())
    qtbot.waitUntil(lambda: "would not have fired" in page.rules.editor.told.text())
    nobody = DEFAULT_RULES.rules[1]
    page.preview_wanted.emit(nobody)
    qtbot.waitUntil(lambda: "is not stored" in page.rules.editor.told.text())
    desk.forget()
    assert page._events is None
