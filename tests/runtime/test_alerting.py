"""A board that is watched: what fires, what is told and stored, and what a restart changes."""

from __future__ import annotations

import gc
import os
import random
import signal
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from support.alert_events import alert_event
from support.alerted import SECOND, Watched, wait_rule, watched
from support.boards import Scene, scene
from support.campaign import size_of_campaign
from support.clocks import NOON, HandClock

from wallboard.domain.alert import (
    AlertEvent,
    AlertWish,
    Condition,
    Deed,
    Handling,
    Limits,
    News,
    Rule,
    RuleId,
    Rules,
    SubjectKind,
)
from wallboard.domain.severity import Severity
from wallboard.engine.alert_board import RECENT, AlertBoard
from wallboard.engine.board import Board
from wallboard.engine.default_rules import DEFAULT_RULES
from wallboard.runtime.alert_store import AlertStore
from wallboard.runtime.alerting import Alerting
from wallboard.runtime.watching import Watching
from wallboard.storage.alert_journal import alert_events, keep_alerts
from wallboard.storage.faults import HistoryUnavailable, StorageFault
from wallboard.storage.history import History, open_history

EVER = (NOON - timedelta(days=9), NOON + timedelta(days=9))
WAIT = Rules(rules=(wait_rule(),))


def news(events: list[AlertEvent]) -> list[tuple[str, str]]:
    return [(str(event.news or event.deed), event.subject) for event in events]


def test_that_a_long_wait_fires_and_is_on_the_board_and_is_told() -> None:
    board = watched(WAIT)
    board.live(4)
    assert news(board.told) == [("fired", "q0")]
    (row,) = board.board.alerts.rows
    assert (row.alert.severity, row.subject_name) == (Severity.CRITICAL, "Support")
    assert row.limit == 120
    assert row.reading == pytest.approx(161.0)
    assert board.board.alerts.mark(SubjectKind.QUEUE, "q0") is Severity.CRITICAL
    board.live(1, still=False)
    assert board.board.alerts.rows[0].reading == pytest.approx(162.0)


def test_that_the_same_thing_twice_at_one_time_is_told_twice_when_the_clock_is_set_back() -> None:
    board = watched(DEFAULT_RULES, made=scene(minutes=65, calm=True))
    board.live(3)
    began = board.scene.clock.wall
    for _ in range(2):
        board.scene.clock.wall = began
        board.live(1)
        board.silent(60)
        board.live(5)
    fired = [event for event in board.told if event.news is News.FIRED]
    assert len({event.at for event in fired}) == 1
    assert len({event.event_id for event in fired}) == len(fired) == 2


def test_that_the_usual_rules_say_nothing_in_a_calm_center() -> None:
    board = watched(DEFAULT_RULES, made=scene(minutes=65, calm=True))
    board.live(200)
    assert board.told == []
    assert board.board.alerts.rows == ()


def test_that_the_first_two_pictures_begin_nothing_and_seconds_are_no_pictures() -> None:
    board = watched(WAIT)
    board.look()
    for _ in range(5):
        board.scene.pass_by(1.0)
        board.look()
    assert board.told == []
    board.live(2)
    assert news(board.told) == [("fired", "q0")]


def test_that_one_outage_of_fifty_queues_and_six_rules_is_one_alert() -> None:
    made = scene(minutes=35, queues=50, agents=60, calm=True)
    rules = replace(
        DEFAULT_RULES,
        rules=(*DEFAULT_RULES.rules, *(wait_rule(f"w{at}", 30 + at) for at in range(5))),
    )
    board = watched(rules, made=made)
    board.live(10)
    assert board.told == []
    board.silent(120)
    assert news(board.told) == [("fired", "")]
    assert board.told[0].kind is SubjectKind.SOURCE
    assert board.board.alerts.paused == len(rules.rules) - 1


def test_that_an_outage_ends_nothing_and_what_stood_is_marked_as_not_watched() -> None:
    board = watched(Rules(rules=(*WAIT.rules, DEFAULT_RULES.rules[0])))
    board.live(4)
    board.silent(300)
    assert news(board.told) == [("fired", "q0"), ("fired", "")]
    stood = board.board.alerts.row((RuleId("wait"), board.told[0].subject))
    assert stood is not None
    assert not stood.alert.evaluated
    board.live(20)
    assert ("over", "") in news(board.told)
    assert ("over", "q0") not in news(board.told)


def test_that_an_acknowledgement_is_told_and_ends_after_half_an_hour() -> None:
    board = watched(WAIT)
    board.live(4)
    key = board.board.alerts.rows[0].alert.key
    board.alerting.handle(AlertWish(deed=Deed.ACKNOWLEDGED, key=key, who="Karimi"))
    assert board.alerting.waiting
    board.live(1)
    hand = board.board.alerts.rows[0].alert.hand
    assert hand is not None
    assert (hand.handling, hand.who) == (Handling.ACKNOWLEDGED, "Karimi")
    assert news(board.told)[-1] == ("acknowledged", "q0")
    board.live(30 * 60 + 1)
    assert board.board.alerts.rows[0].alert.hand is None
    assert news(board.told)[-1] == ("free_again", "q0")


def test_that_what_is_shelved_is_not_among_those_that_stand_and_comes_back_in_time() -> None:
    board = watched(WAIT)
    board.live(4)
    key = board.board.alerts.rows[0].alert.key
    wish = AlertWish(deed=Deed.SHELVED, key=key, lasting=60 * SECOND, reason="known")
    board.alerting.handle(wish)
    board.live(1)
    assert board.board.alerts.rows == ()
    assert [row.alert.key for row in board.board.alerts.shelved] == [key]
    board.live(61)
    assert [row.alert.key for row in board.board.alerts.rows] == [key]
    board.alerting.handle(replace(wish, lasting=timedelta(days=3)))
    board.live(1)
    hand = board.board.alerts.shelved[0].alert.hand
    assert hand is not None
    assert hand.until - hand.at == timedelta(hours=8)


def test_that_undoing_gives_an_alert_back() -> None:
    board = watched(WAIT)
    board.live(4)
    key = board.board.alerts.rows[0].alert.key
    board.alerting.handle(AlertWish(deed=Deed.ACKNOWLEDGED, key=key))
    board.alerting.handle(AlertWish(deed=Deed.LET_GO, key=key))
    board.live(1)
    assert board.board.alerts.rows[0].alert.hand is None
    assert news(board.told)[-2:] == [("acknowledged", "q0"), ("let_go", "q0")]


def test_that_other_rules_hold_from_the_next_look_on() -> None:
    board = watched(WAIT)
    board.live(4)
    board.alerting.take_rules(Rules(rules=(wait_rule("other", 30, 600),)))
    board.live(2)
    assert {row.rule.rule_id for row in board.board.alerts.rows} == {"other"}
    assert board.board.alerts.rules.rules[0].rule_id == "other"


def test_that_a_muted_rule_is_watched_in_silence() -> None:
    board = watched(Rules(rules=(replace(wait_rule(), muted=True),)))
    board.live(4)
    assert [event.silent for event in board.told] == [True]
    assert board.board.alerts.rows[0].silent


def test_that_what_comes_and_goes_stands_on_the_board_with_who_has_it() -> None:
    board = watched(WAIT)
    board.live(4)
    calls = board.board.snapshot
    assert calls is not None
    key = board.board.alerts.rows[0].alert.key
    shown: list[list[bool]] = []
    for second in range(40):
        board.scene.clock.pass_by(1.0)
        as_of = board.scene.clock.wall
        empty = replace(calls, as_of=as_of, calls={})
        board.scene.take(replace(calls, as_of=as_of) if second % 2 else empty)
        board.look()
        if second == 12:
            board.alerting.handle(AlertWish(deed=Deed.ACKNOWLEDGED, key=key, who="Karimi"))
        rows = [row.alert for row in board.board.alerts.rows if row.alert.key == key]
        shown.append([alert.hand is not None for alert in rows])
        assert all(alert.severity is Severity.CRITICAL for alert in rows)
    mine = [told for told in news(board.told) if told[1] == key[1]]
    assert mine[-2:] == [("unstable", "q0"), ("acknowledged", "q0")]
    assert shown[10:13] == [[False]] * 3
    assert shown[14:] == [[True]] * 26


def test_that_a_flood_is_told_as_one() -> None:
    rules = Rules(rules=tuple(wait_rule(f"w{at}", 20 + at, 900) for at in range(6)))
    board = watched(rules)
    board.live(4)
    assert board.board.alerts.flood == len(board.told) > 10
    board.live(601)
    assert board.board.alerts.flood == 0


# With a history


class Kept:
    """A history that does what is asked of it at once, as if in its thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.history = open_history(path, clock=HandClock())
        self.fails = False
        self.waits: list[Callable[[History], bool]] = []

    def do(self, errand: Callable[[History], bool]) -> None:
        self.waits.append(errand)

    def work(self) -> None:
        while self.waits and not self.fails:
            self.waits.pop(0)(self.history)

    def again(self) -> None:
        self.history.close()
        self.history = open_history(self.path, clock=HandClock())
        self.waits.clear()


def begun(kept: Kept, before: Watched | None = None, rules: Rules = WAIT) -> Watched:
    """Return a program that was started: anew, or where the one before was ended."""
    board = watched(rules, made=None if before is None else before.scene)
    board.alerting = Alerting(rules, announce=board.told.extend)
    board.alerting.begin(kept.do)
    return board


def run(board: Watched, kept: Kept, seconds: int) -> None:
    for _ in range(seconds):
        kept.work()
        board.live(1)
    kept.work()


def test_that_what_is_told_is_stored_before(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "history.db")
    stored: list[list[str]] = []
    board = begun(kept)
    board.alerting.announce_to(
        lambda _: stored.append([str(event.news) for event in alert_events(kept.history, *EVER)])
    )
    run(board, kept, 5)
    assert stored == [["fired"]]
    kept.history.close()


def test_that_a_restart_tells_nothing_twice_and_keeps_hands_and_timers(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "history.db")
    slow = replace(wait_rule("slow", 20, 900), lasting=40 * SECOND)
    rules = Rules(rules=(wait_rule(), slow))
    board = begun(kept, rules=rules)
    run(board, kept, 5)
    key = board.board.alerts.rows[0].alert.key
    board.alerting.handle(AlertWish(deed=Deed.ACKNOWLEDGED, key=key, who="Karimi"))
    run(board, kept, 20)
    told = list(board.told)
    held = board.alerting._alerts.live[RuleId("slow"), key[1]].held
    for _ in range(5):
        kept.again()  # as kill -9 leaves it: nobody said goodbye
        board = begun(kept, board, rules)
        run(board, kept, 1)
        assert board.told == []
        hand = board.alerting._alerts.live[key].hand
        assert hand is not None
        assert hand.who == "Karimi"
    later = board.alerting._alerts.live[RuleId("slow"), key[1]].held
    assert held - 2 * SECOND <= later <= held + 5 * SECOND
    run(board, kept, 40)
    assert ("fired", "q0") in news([e for e in board.told if e.rule_id == "slow"])
    ids = [event.event_id for event in alert_events(kept.history, *EVER)]
    assert len(ids) == len(set(ids)) == len(told) + len(board.told)
    kept.history.close()


@pytest.mark.timeout(1800)
@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills itself as POSIX does")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_that_a_killed_program_has_told_nothing_that_is_not_stored(tmp_path: Path) -> None:
    restarts = size_of_campaign(60, 1_000)
    told = tmp_path / "told"
    told.touch()
    # By turns callers wait too long, and nobody does: alerts begin and end all the time.
    scenes = (scene(minutes=35), scene(minutes=35, calm=True))
    # What opens a history is imported once, not in each child.
    Kept(tmp_path / "history.db").history.close()
    # To look for garbage in a child would copy all that this process holds.
    gc.freeze()
    for number in range(restarts):
        child = os.fork()
        if child == 0:
            try:
                _live_for_a_while(tmp_path, number, told, scenes[number % 2])
            finally:
                os._exit(1)
        assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    gc.unfreeze()
    ids = told.read_text().split("\n")[:-1]
    assert len(ids) > restarts / 10
    assert len(ids) == len(set(ids))
    history = open_history(tmp_path / "history.db", clock=HandClock())
    stored = {event.event_id for event in alert_events(history, *EVER)}
    assert set(ids) <= stored
    history.close()


def _live_for_a_while(tmp_path: Path, number: int, told: Path, made: Scene) -> None:
    """Be a program that is killed at some point of what it does, or at its end."""
    gc.disable()
    kept = Kept(tmp_path / "history.db")
    board = begun(kept, watched(WAIT, made=made))
    later = timedelta(minutes=number)
    board.scene.clock.pass_by(later.total_seconds())
    before = board.board.snapshot
    assert before is not None
    calls = {
        key: replace(call, entered_at=call.entered_at and call.entered_at + later)
        for key, call in before.calls.items()
    }
    board.scene.take(replace(before, as_of=board.scene.clock.wall, calls=calls))

    def announce(events: tuple[AlertEvent, ...]) -> None:
        with told.open("a") as lines:
            lines.writelines(f"{event.event_id}\n" for event in events)
            lines.flush()
            os.fsync(lines.fileno())

    board.alerting.announce_to(announce)
    dies_after_s = random.Random(number).uniform(0.0, 0.1)
    threading.Timer(dies_after_s, os.kill, (os.getpid(), signal.SIGKILL)).start()
    run(board, kept, 30)
    os.kill(os.getpid(), signal.SIGKILL)


def test_that_what_cannot_be_stored_is_told_all_the_same_and_once(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "history.db")
    board = begun(kept)
    run(board, kept, 2)
    kept.fails = True
    run(board, kept, 2)
    assert board.told == []
    run(board, kept, 6)
    assert news(board.told) == [("fired", "q0")]
    kept.fails = False
    run(board, kept, 3)
    assert news(board.told) == [("fired", "q0")]
    assert [event.news for event in alert_events(kept.history, *EVER)] == [News.FIRED]
    kept.history.close()


def test_that_what_is_to_be_sent_is_queued_in_the_same_transaction(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "history.db")
    board = begun(kept)
    seen: list[str] = []

    def outbox(history: History, events: object) -> None:
        history.database.run_text("CREATE TABLE IF NOT EXISTS sent (id TEXT)")
        seen.append("queued")
        if len(seen) == 1:
            raise ValueError(events)

    board.alerting = Alerting(WAIT, announce=board.told.extend, outbox=outbox)
    board.alerting.begin(kept.do)
    kept.work()
    board.live(4)
    write = kept.waits[0]
    with pytest.raises(ValueError, match="AlertEvent"):
        write(kept.history)
    assert list(alert_events(kept.history, *EVER)) == []
    assert board.told == []
    write(kept.history)
    assert [event.news for event in alert_events(kept.history, *EVER)] == [News.FIRED]
    assert news(board.told) == [("fired", "q0")]
    kept.history.close()


def test_that_without_a_history_for_long_the_watch_begins_all_the_same(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "history.db")
    board = begun(kept)
    board.live(4)
    assert board.board.alerts.rows == ()
    board.live(8)
    assert len(board.board.alerts.rows) == 1
    kept.history.close()


def test_that_what_is_recalled_late_pushes_out_nothing_that_was_told_since(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "history.db")
    past = [alert_event(number) for number in range(RECENT + 9)]
    with kept.history.together():
        keep_alerts(kept.history, (), past)
    board = begun(kept)
    board.live(12)  # the history takes long
    run(board, kept, 2)
    recent = board.board.alerts.recent
    assert len(recent) == RECENT
    assert recent[0] == board.told[0]
    assert list(recent[1:]) == past[:-RECENT:-1]
    kept.history.close()


def test_that_a_damaged_day_keeps_nothing_from_being_stored(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def damaged(*_: object) -> dict[str, float]:
        raise HistoryUnavailable(StorageFault.CORRUPT, "a file of an old day")

    monkeypatch.setattr("wallboard.runtime.alert_store.calls_unusual", damaged)
    errands: list[Callable[[History], bool]] = []
    found: list[object] = []
    store = AlertStore(errands.append, None, lambda _: None, found.append)
    store.find_usual(NOON, UTC)
    history = History.in_memory()
    assert [errand(history) for errand in errands] == [False]
    assert found == []
    history.close()


def test_that_what_comes_while_another_is_stored_waits_as_long_as_that_did() -> None:
    errands: list[Callable[[History], bool]] = []
    told: list[AlertEvent] = []
    store = AlertStore(errands.append, None, told.extend, lambda _: None)
    history = History.in_memory()
    for second in range(0, 40, 4):
        # At each look something waits, and none of it for five seconds.
        store.take((alert_event(second),))
        store.store(())
        store.lose_patience(float(second))
        store.lose_patience(second + 3.0)
        store.take((alert_event(second + 1),))
        assert len(told) == second // 2
        store.store(())
        while errands:
            errands.pop(0)(history)
    assert len(told) == len({event.event_id for event in told}) == 20
    history.close()


# The mistake of a watcher


class Broken(Alerting):
    def look(self, board: Board, now: object) -> Board:  # type: ignore[override]
        raise RuntimeError(board, now)


def test_that_a_mistake_in_the_watch_leaves_the_board_and_begins_anew() -> None:
    made = [Broken(WAIT), Alerting(WAIT)]
    watching = Watching(lambda: made.pop(0))
    board = watched(WAIT)
    looked = watching.look(board.board, board.scene.clock.now())
    assert looked == replace(board.board, alerts=AlertBoard(settling=True))
    looked = watching.look(board.board, board.scene.clock.pass_by(1.0))
    assert looked.alerts.failed
    assert looked.snapshot is board.board.snapshot
    looked = watching.look(board.board, board.scene.clock.pass_by(61.0))
    assert not looked.alerts.failed
    assert made == []


class Unending(Alerting):
    def end(self, now: object) -> None:
        raise RuntimeError(now)


def test_that_a_mistake_at_the_end_of_the_watch_takes_nothing_else_along() -> None:
    watching = Watching(lambda: Unending(WAIT))
    board = watched(WAIT)
    watching.look(board.board, board.scene.clock.now())
    watching.look(board.board, board.scene.clock.pass_by(1.0))
    assert watching._watcher is not None
    watching.end(board.scene.clock.now())


def test_that_a_rule_looks_at_agents_who_are_too_long_at_it() -> None:
    limits = Limits(high_warning=300)
    rule = Rule(
        rule_id=RuleId("talks"),
        name="Long call",
        kind=SubjectKind.AGENT,
        conditions=(Condition(reading="in_call_for", limits=limits),),
    )
    board = watched(Rules(rules=(rule,)))
    board.live(4)
    snapshot = board.board.snapshot
    assert snapshot is not None
    expected = {
        agent.agent_id
        for agent in snapshot.agents.values()
        if agent.state == "in_call"
        and agent.state_since is not None
        and board.scene.clock.wall - agent.state_since > 300 * SECOND
    }
    assert expected
    assert {row.alert.subject for row in board.board.alerts.rows} == expected
