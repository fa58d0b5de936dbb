"""Pages are told what the history holds of the board that they show, or why they are not."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from support.boards import TEHRAN, Scene, scene
from support.heard import heard
from support.looks import look_in, wording_in

from wallboard.app import window as window_module
from wallboard.app.histories import NothingKept, history_opener
from wallboard.app.page_history import PageHistory, Standing, shift_window, spells_in, trouble_of
from wallboard.domain.arranging import Arrangement
from wallboard.domain.errors import FaultKind, fault
from wallboard.domain.facts import AgentSpell, CallRecord, DirectCall, Direction, Ending, FactId
from wallboard.domain.measuring import Measuring, Shift, WorkPlan
from wallboard.domain.snapshot import AgentId, AgentState, CallId, QueueId
from wallboard.engine.board import Board
from wallboard.engine.happenings import SiteDecided, WindowChosen
from wallboard.engine.step import step
from wallboard.engine.windows import Window, WindowKind
from wallboard.runtime.live_board import LiveBoard
from wallboard.runtime.opening import Opening
from wallboard.settings.model import Settings
from wallboard.settings.paths import places
from wallboard.storage.faults import HistoryUnavailable, StorageFault
from wallboard.storage.history import History, open_history
from wallboard.ui.main_window import MainWindow
from wallboard.ui.pages.agents import AgentsPage
from wallboard.ui.pages.calls import CallsPage, View

MINUTE = timedelta(minutes=1)
AGENT = "a00000"
NUMBERS = ("09121111111", "09122222222", "09123333333")


def lost(made: Scene, minutes_ago: float, number: str) -> CallRecord:
    at = made.clock.wall - minutes_ago * MINUTE
    return CallRecord(
        fact_id=FactId(f"{number}-{minutes_ago}"),
        call_id=CallId(f"{number}-{minutes_ago}"),
        queue_id=QueueId("q1"),
        entered_at=at - MINUTE,
        ended_at=at,
        ending=Ending.ABANDONED,
        wait=MINUTE,
        caller_number=number,
    )


def reached(made: Scene, minutes_ago: float, number: str) -> DirectCall:
    at = made.clock.wall - minutes_ago * MINUTE
    return DirectCall(
        fact_id=FactId(f"to {number}"),
        call_id=CallId(f"to {number}"),
        direction=Direction.OUTGOING,
        began_at=at,
        ended_at=at + MINUTE,
        answered=True,
        far_number=number,
    )


def spell(
    made: Scene,
    minutes_ago: float,
    minutes: float,
    agent_id: str = AGENT,
    state: AgentState = AgentState.ON_BREAK,
) -> AgentSpell:
    began_at = made.clock.wall - minutes_ago * MINUTE
    return AgentSpell(
        fact_id=FactId(f"{agent_id} {minutes_ago}"),
        agent_id=AgentId(agent_id),
        state=state,
        began_at=began_at,
        ended_at=began_at + minutes * MINUTE,
    )


class Asked:
    """A window with a board, and a history behind it that can be held, broken or taken away."""

    def __init__(self, qtbot: QtBot, file: Path, made: Scene) -> None:
        self.made = made
        self.file = file
        self.opened = 0
        self.gate: threading.Event | None = None
        self.trouble: Exception | None = None
        self.away = False
        self.window = MainWindow(look_in("en"))
        qtbot.addWidget(self.window)
        self.window.resize(1500, 900)
        self.pages = PageHistory(self.standing, made.clock, do=self.do)
        self.window.page_made.connect(lambda _key, page: self.pages.serve(page))
        self.window.show()
        self.show()

    def standing(self) -> Standing | None:
        if self.away:
            return None
        return Standing(
            board=self.made.board,
            now=self.made.clock.now(),
            open_history=self.open,
            wording=wording_in("en"),
        )

    def open(self) -> History:
        self.opened += 1
        if self.gate is not None:
            self.gate.wait(10)
        if self.trouble is not None:
            raise self.trouble
        return open_history(self.file, reading=True)

    def do(self, errand: Callable[[History], bool]) -> None:
        with closing(open_history(self.file)) as history:
            errand(history)

    def keep(self, *facts: CallRecord | AgentSpell | DirectCall) -> None:
        with closing(open_history(self.file)) as history:
            history.keep(facts)

    def show(self, board: Board | None = None) -> None:
        self.window.show_board(board or self.made.board, self.made.clock.now())

    def pass_by(self, seconds: float) -> None:
        self.show(self.made.pass_by(seconds))

    def calls_page(self) -> CallsPage:
        self.window.open_page("calls")
        page = self.window.findChild(CallsPage)
        assert isinstance(page, CallsPage)
        page.show_view(View.LOST)
        return page

    def agents_page(self, key: str = AGENT) -> AgentsPage:
        self.window.open_page("agents")
        page = self.window.findChild(AgentsPage)
        assert isinstance(page, AgentsPage)
        page.grid.opened.emit(key)
        return page


Ask = Callable[[], Asked]


@pytest.fixture
def ask(qtbot: QtBot, tmp_path: Path) -> Iterator[Ask]:
    all_asked: list[Asked] = []

    def make() -> Asked:
        all_asked.append(Asked(qtbot, tmp_path / "h.sqlite3", scene()))
        return all_asked[-1]

    yield make
    for asked in all_asked:
        asked.pages.forget()
        if asked.gate is not None:
            asked.gate.set()
    qtbot.waitUntil(lambda: not ours_running())


def ours_running() -> list[str]:
    return [each.name for each in threading.enumerate() if each.name in ("spells", "records")]


def callers(page: CallsPage) -> list[str]:
    return [
        group.number
        for section in page.call_backs.sections()
        for key in section.keys
        if (group := page.call_backs.group(key)) is not None
    ]


def told(page: AgentsPage) -> str:
    return page.drawer.accessibleDescription()


def listed(page: CallsPage) -> str:
    return page.call_backs.accessibleDescription()


# What is told


def test_that_who_is_to_be_called_back_is_read_from_the_history(ask: Ask, qtbot: QtBot) -> None:
    asked = ask()
    made = asked.made
    asked.keep(
        lost(made, 50, NUMBERS[0]),
        lost(made, 20, NUMBERS[0]),
        lost(made, 30, NUMBERS[1]),
        reached(made, 10, NUMBERS[1]),
        lost(made, 24 * 60, NUMBERS[2]),
    )
    page = asked.calls_page()
    assert listed(page) == "Reading the history …"
    qtbot.waitUntil(lambda: callers(page) == [NUMBERS[0]])
    assert page._lost is not None
    assert [(group.number, group.tries) for group in page._lost.open] == [(NUMBERS[0], 2)]
    assert [group.number for group in page._lost.recovered] == [NUMBERS[1]]


def test_that_the_lost_calls_of_a_hidden_queue_are_not_told(ask: Ask, qtbot: QtBot) -> None:
    asked = ask()
    made = asked.made
    asked.keep(
        lost(made, 50, NUMBERS[0]),
        replace(lost(made, 30, NUMBERS[1]), queue_id=QueueId("q2")),
    )
    arrangement = Arrangement(hidden=frozenset({lost(made, 50, NUMBERS[0]).queue_id}))
    decided = SiteDecided(measuring=made.board.measuring, arrangement=arrangement)
    made.board, _ = step(made.board, decided, made.clock.now())
    page = asked.calls_page()
    qtbot.waitUntil(lambda: callers(page) == [NUMBERS[1]])


def test_that_another_window_is_asked_for_at_once_and_the_one_before_is_not_shown(
    ask: Ask, qtbot: QtBot
) -> None:
    asked = ask()
    made = asked.made
    asked.keep(lost(made, 50, NUMBERS[0]), lost(made, 5, NUMBERS[1]))
    page = asked.calls_page()
    qtbot.waitUntil(lambda: callers(page) == [NUMBERS[0], NUMBERS[1]])
    made.clock.pass_by(1)
    asked.gate = threading.Event()
    made.board, _ = step(made.board, WindowChosen(window=WindowKind.LAST_15), made.clock.now())
    asked.show()
    assert callers(page) == []
    assert listed(page) == "Reading the history …"
    asked.gate.set()
    qtbot.waitUntil(lambda: callers(page) == [NUMBERS[1]])


def test_that_an_answer_of_a_window_that_was_left_meanwhile_is_dropped(
    ask: Ask, qtbot: QtBot
) -> None:
    asked = ask()
    made = asked.made
    asked.keep(lost(made, 50, NUMBERS[0]), lost(made, 5, NUMBERS[1]))
    asked.gate = threading.Event()
    page = asked.calls_page()
    shown: list[list[str]] = []
    made.board, _ = step(made.board, WindowChosen(window=WindowKind.LAST_15), made.clock.now())
    asked.show()
    qtbot.waitUntil(lambda: asked.opened == 1)
    asked.gate.set()

    def answered() -> bool:
        shown.append(callers(page))
        return bool(shown[-1])

    qtbot.waitUntil(answered)
    assert [each for each in shown if each] == [[NUMBERS[1]]]
    assert asked.opened == 2


def test_that_an_agents_shift_is_read_from_the_history(ask: Ask, qtbot: QtBot) -> None:
    asked = ask()
    made = asked.made
    asked.keep(spell(made, 60, 20), spell(made, 30, 3, state=AgentState.OTHER))
    asked.keep(spell(made, 50, 7, agent_id="a00001"), spell(made, 24 * 60, 5))
    page = asked.agents_page()
    assert "Reading the history" in told(page)
    qtbot.waitUntil(lambda: "On break 20:00" in told(page))
    assert "Other 3:00" in told(page)
    day = page.drawer._face.day
    assert day is not None
    assert day.begin == shift_window(made.board, made.clock.wall).begin


def test_that_a_state_that_has_ended_is_read_anew(ask: Ask, qtbot: QtBot) -> None:
    asked = ask()
    made = asked.made
    asked.keep(spell(made, 60, 20))
    page = asked.agents_page()
    qtbot.waitUntil(lambda: "On break 20:00" in told(page))
    assert asked.opened == 1
    asked.keep(spell(made, 30, 3, state=AgentState.OTHER))
    snapshot = made.board.snapshot
    assert snapshot is not None
    made.clock.pass_by(1)
    agent = snapshot.agents[AgentId(AGENT)]
    state = AgentState.WRAP_UP if agent.state is not AgentState.WRAP_UP else AgentState.FREE
    now = replace(agent, state=state, state_since=made.clock.wall)
    agents = {**snapshot.agents, now.agent_id: now}
    asked.show(made.take(replace(snapshot, as_of=made.clock.wall, agents=agents)))
    qtbot.waitUntil(lambda: "Other 3:00" in told(page))
    assert "On break 20:00" in told(page)
    assert asked.opened == 2


@pytest.mark.parametrize("agent_id", ["a\x00b", "SIP/1", "ك%_'--"])
def test_that_only_the_spells_of_that_agent_in_that_time_are_found(agent_id: str) -> None:
    made = scene(minutes=2)
    history = History.in_memory()
    history.keep([spell(made, minutes, 10, agent_id=agent_id) for minutes in (70, 45, 30, 20, 5)])
    history.keep([spell(made, 40, 10, agent_id="another")])
    now = made.clock.wall
    window = Window(kind=WindowKind.RANGE, begin=now - 60 * MINUTE, end=now - 20 * MINUTE)
    found = spells_in(history, agent_id, window)
    assert [(now - each.began_at) / MINUTE for each in found] == [45, 30]


def test_that_between_two_shifts_the_day_stands_for_the_shift() -> None:
    early = Shift(name="Early", begins=time(8), ends=time(12))
    board = Board(
        name="x",
        zone=TEHRAN,
        poll=MINUTE,
        measuring=Measuring(plan=WorkPlan(shifts=(early,))),
    )
    noon = scene(minutes=1).clock.wall.replace(hour=7, minute=0, second=0)  # 10:30 in Tehran
    within = shift_window(board, noon)
    assert (within.name, within.begin.astimezone(TEHRAN).time()) == ("Early", time(8))
    after = shift_window(board, noon + timedelta(hours=5))
    assert (after.kind, after.begin.astimezone(TEHRAN).time()) == (WindowKind.TODAY, time())


# When it is not told


@pytest.mark.parametrize(
    "error",
    [
        HistoryUnavailable(StorageFault.LOCKED, "held"),
        HistoryUnavailable(StorageFault.NOT_REACHABLE, "down"),
        NothingKept(),
        RuntimeError("hunter2"),
    ],
    ids=["locked", "away", "nothing_yet", "a_bug_of_our_own"],
)
def test_that_a_history_that_cannot_be_read_is_said_and_asked_again(
    ask: Ask, qtbot: QtBot, error: Exception
) -> None:
    asked = ask()
    asked.trouble = error
    calls = asked.calls_page()
    sentence = trouble_of(error, wording_in("en"))
    qtbot.waitUntil(lambda: listed(calls) == sentence)
    agents = asked.agents_page()
    qtbot.waitUntil(lambda: sentence in told(agents))
    assert len(sentence) > 40
    assert "hunter2" not in sentence
    asked.trouble = None
    asked.keep(lost(asked.made, 5, NUMBERS[0]))
    asked.window.open_page("calls")
    qtbot.waitUntil(lambda: callers(calls) == [NUMBERS[0]])


def test_that_trouble_is_tried_again_while_the_page_is_looked_at(ask: Ask, qtbot: QtBot) -> None:
    asked = ask()
    asked.trouble = NothingKept()
    page = asked.calls_page()
    qtbot.waitUntil(lambda: "Nothing is stored" in listed(page))
    asked.trouble = None
    asked.keep(lost(asked.made, 5, NUMBERS[0]))
    for _ in range(9):
        asked.pass_by(1)
    assert asked.opened == 1
    asked.pass_by(2)
    qtbot.waitUntil(lambda: callers(page) == [NUMBERS[0]])


@pytest.mark.parametrize("language", ["en", "fa"])
def test_that_nothing_stored_yet_is_no_database_that_is_away(language: str) -> None:
    away = fault(FaultKind.HISTORY_AWAY, reason="nothing is kept yet")
    assert trouble_of(NothingKept(), wording_in(language)) != wording_in(language).fault(away)


# One at a time, and none too late


def test_that_one_question_of_a_kind_is_asked_at_a_time_and_the_last_one_wins(
    ask: Ask, qtbot: QtBot
) -> None:
    asked = ask()
    asked.keep(spell(asked.made, 60, 20), spell(asked.made, 60, 9, agent_id="a00003"))
    asked.gate = threading.Event()
    page = asked.agents_page()
    qtbot.waitUntil(lambda: asked.opened == 1)
    for key in ("a00001", "a00002", "a00003"):
        page.grid.opened.emit(key)
    assert ours_running() == ["spells"]
    asked.gate.set()
    qtbot.waitUntil(lambda: "On break 9:00" in told(page))
    assert asked.opened == 2
    assert "20:00" not in told(page)


def test_that_a_page_of_a_board_that_was_let_go_gets_no_late_answer(ask: Ask, qtbot: QtBot) -> None:
    asked = ask()
    asked.keep(lost(asked.made, 5, NUMBERS[0]), spell(asked.made, 60, 20))
    asked.gate = threading.Event()
    calls = asked.calls_page()
    qtbot.waitUntil(lambda: asked.opened == 1)
    asked.away = True
    asked.pages.forget()
    asked.gate.set()
    qtbot.waitUntil(lambda: not ours_running())
    qtbot.wait(50)
    asked.pass_by(30)
    assert callers(calls) == []
    assert listed(calls) == "Reading the history …"
    assert asked.opened == 1
    asked.away = False
    asked.pages.forget()
    asked.pass_by(1)
    qtbot.waitUntil(lambda: callers(calls) == [NUMBERS[0]])


def test_that_what_was_known_of_a_board_is_forgotten_with_it(ask: Ask, qtbot: QtBot) -> None:
    asked = ask()
    asked.keep(lost(asked.made, 5, NUMBERS[0]), spell(asked.made, 60, 20))
    agents = asked.agents_page()
    qtbot.waitUntil(lambda: "On break 20:00" in told(agents))
    calls = asked.calls_page()
    qtbot.waitUntil(lambda: callers(calls) == [NUMBERS[0]])
    asked.away = True
    asked.pages.forget()
    asked.pass_by(1)
    assert callers(calls) == []
    assert agents.drawer.isHidden()
    assert agents.drawer._spells is None


def test_that_after_a_long_reading_calls_are_not_read_again_soon(ask: Ask, qtbot: QtBot) -> None:
    asked = ask()
    asked.keep(lost(asked.made, 5, NUMBERS[0]))
    asked.gate = threading.Event()
    page = asked.calls_page()
    asked.made.clock.pass_by(2)
    asked.gate.set()
    qtbot.waitUntil(lambda: callers(page) == [NUMBERS[0]])
    page.records_wanted.emit()
    page.records_wanted.emit()
    qtbot.wait(50)
    assert asked.opened == 1
    resting = asked.pages._records._resting
    assert 30_000 < resting.remainingTime() < 40_000
    resting.start(0)
    qtbot.waitUntil(lambda: asked.opened == 2)
    asked.agents_page()
    assert asked.opened == 3 or ours_running(), "what is read in no time need not rest"


# With all that is behind the window


def test_that_the_desk_tells_pages_of_the_history_of_its_connection(
    qtbot: QtBot, wallboard_home: Path
) -> None:
    made = scene()
    settings = Settings()
    opening = Opening(name="Tehran", kind="asterisk")
    with closing(history_opener(opening.name, settings, places())()) as history:
        history.keep([lost(made, 5, NUMBERS[0]), spell(made, 60, 20)])
    window = MainWindow(look_in("en"))
    qtbot.addWidget(window)
    desk = window_module._Desk(
        window,
        made.clock,
        demo=Opening(name="Demo", kind="simulator", demo=True),
        settings=settings,
        places=places(),
        language="en",
    )
    live = LiveBoard(
        opening=opening, poll=made.board.poll, zone=TEHRAN, clock=made.clock, command=()
    )
    live._board = made.board
    live.board_changed.connect(window.show_board)
    desk._live, desk._opening = live, opening
    window.show_board(made.board, made.clock.now())
    window.show()
    window.open_page("calls")
    calls = window.findChild(CallsPage)
    assert isinstance(calls, CallsPage)
    calls.show_view(View.LOST)
    qtbot.waitUntil(lambda: callers(calls) == [NUMBERS[0]])
    window.open_page("agents", AGENT)
    agents = window.findChild(AgentsPage)
    assert isinstance(agents, AgentsPage)
    agents.grid.opened.emit(AGENT)
    qtbot.waitUntil(lambda: "On break 20:00" in told(agents))
    desk.close()
    assert not ours_running()
    assert calls._told is None
    assert agents.drawer.isHidden()
    agents.spells_wanted.emit(AGENT)
    assert not ours_running(), "nothing is read of a board that was let go"


def test_that_a_note_is_kept_and_the_next_window_is_told(qtbot: QtBot, ask: Ask) -> None:
    asked = ask()
    asked.keep(lost(asked.made, 20, NUMBERS[0]))
    page = asked.calls_page()
    qtbot.waitUntil(lambda: callers(page) == [NUMBERS[0]])
    page.call_backs.opened.emit(page.call_backs.sections()[0].keys[0])
    page.drawer.note.field.setText("asks for Sara")
    page.drawer.note.field.editingFinished.emit()
    other = ask().calls_page()
    qtbot.waitUntil(lambda: callers(other) == [NUMBERS[0]])
    assert "asks for Sara" in heard(other.call_backs)
