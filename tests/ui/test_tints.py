"""A change of state is tinted once and briefly, never often, and not where nothing may move."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QSize
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.boards import Scene, scene
from support.looks import look_in

from wallboard.domain.snapshot import AgentId, AgentState
from wallboard.ui.look import Look
from wallboard.ui.pages.agents import AgentsPage
from wallboard.ui.picture import picture_of
from wallboard.ui.tints import AGAIN_MS, LASTS_MS, MOST, STEP_MS, Tints


class Hand:
    """A clock that is turned by hand, and the tints that go by it."""

    def __init__(self) -> None:
        self.now = 0
        self.tints = Tints(elapsed=lambda: self.now)
        self.painted: list[Hashable] = []
        self.tints.stepped.connect(self.painted.extend)

    def look(self, *, quiet: bool = False, **marks: str) -> None:
        self.tints.look(marks, quiet=quiet)

    def pass_by(self, milliseconds: int) -> None:
        for _ in range(milliseconds // STEP_MS):
            self.now += STEP_MS
            if self.tints.running:
                self.tints.step()


@pytest.fixture
def hand(qapp: QApplication) -> Hand:
    return Hand()


def test_that_only_what_changed_is_tinted_and_fades_for_good(hand: Hand) -> None:
    hand.look(a="calm", b="calm")
    hand.look(a="critical", b="calm")
    assert hand.tints.strength("a") == 1.0
    assert hand.tints.strength("b") == 0.0
    strengths = []
    for _ in range(LASTS_MS // STEP_MS):
        hand.pass_by(STEP_MS)
        strengths.append(hand.tints.strength("a"))
    assert strengths == sorted(strengths, reverse=True)
    assert strengths[-1] == 0.0
    first, last = strengths[0] - strengths[1], strengths[-3] - strengths[-2]
    assert first > last, "it goes quickly at first and slowly in the end"
    assert set(hand.painted) == {"a"}


def test_that_no_timer_runs_once_it_has_faded_and_the_last_step_took_it_away(hand: Hand) -> None:
    hand.look(a="calm")
    hand.look(a="critical")
    assert hand.tints.running
    hand.pass_by(LASTS_MS + 3 * STEP_MS)
    assert not hand.tints.running
    times = len(hand.painted)
    assert LASTS_MS / STEP_MS <= times <= LASTS_MS / STEP_MS + 2
    hand.pass_by(10_000)
    assert len(hand.painted) == times


def test_that_what_goes_to_and_fro_does_not_flash_more_than_every_two_seconds(hand: Hand) -> None:
    begins = []
    for at in range(60):
        hand.look(a="calm" if at % 2 else "critical")
        if hand.tints.strength("a") == 1.0:
            begins.append(hand.now)
        hand.pass_by(300)
    assert len(begins) > 3
    assert min(b - a for a, b in pairwise(begins)) >= AGAIN_MS
    assert AGAIN_MS > 2_000


def test_that_nothing_is_tinted_that_is_new_or_quiet_or_one_of_too_many(hand: Hand) -> None:
    hand.look(a="calm")
    hand.look(a="calm", b="critical")
    hand.look(quiet=True, a="critical", b="critical")
    many = {f"key{at}": "calm" for at in range(MOST + 1)}
    hand.look(**many)
    hand.look(**dict.fromkeys(many, "critical"))
    assert hand.painted == []
    assert not hand.tints.running


def page_of(qtbot: QtBot, made: Scene, look: Look) -> AgentsPage:
    page = AgentsPage(look)
    qtbot.addWidget(page)
    page.resize(QSize(1300, 700))
    page.show()
    page.show_board(made.board, made.clock.now())
    picture_of(page, QSize(1300, 700))
    return page


def change_one(made: Scene, page: AgentsPage) -> str:
    """Let one agent go on a break whose cell is to be seen."""
    snapshot = made.board.snapshot
    assert snapshot is not None
    key = page.grid.sections()[0].keys[0]
    agent = snapshot.agents[AgentId(key)]
    state = AgentState.OTHER if agent.state is not AgentState.OTHER else AgentState.FREE
    made.clock.pass_by(1)
    changed = {**snapshot.agents, agent.agent_id: replace(agent, state=state)}
    made.take(replace(snapshot, as_of=made.clock.wall, agents=changed))
    page.grid.hold(held=True)
    page.show_board(made.board, made.clock.now())
    return key


@pytest.mark.parametrize("reduced", [False, True])
def test_that_an_agents_cell_is_tinted_when_his_state_changes(qtbot: QtBot, reduced: bool) -> None:
    made = scene()
    page = page_of(qtbot, made, replace(look_in("en"), reduced_motion=reduced))
    assert not page.grid._tints.running
    key = change_one(made, page)
    assert (page.grid._tints.strength(key) > 0.0) is not reduced
    box = page.grid.box_of(key)
    tinted = page.grid.viewport().grab().toImage().pixelColor(box.right() - 3, box.top() + 3)
    QTest.qWait(LASTS_MS + 4 * STEP_MS)
    after = page.grid.viewport().grab().toImage().pixelColor(box.right() - 3, box.top() + 3)
    assert (tinted.lightness() > after.lightness()) is not reduced
    assert not page.grid._tints.running
