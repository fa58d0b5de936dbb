"""What is decided on the page of settings holds in the running window at once, and after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from support.looks import look_in

from wallboard.app.clock import system_clock
from wallboard.app.window import _Desk
from wallboard.domain.measuring import Shift
from wallboard.engine.board import Board
from wallboard.runtime.opening import Opening
from wallboard.settings.file import SettingsFile
from wallboard.settings.model import Profile, Settings
from wallboard.settings.paths import places
from wallboard.sources.registry import kind
from wallboard.ui.main_window import MainWindow
from wallboard.ui.pages.settings import SettingsPage
from wallboard.ui.panels.settings_choices import Place
from wallboard.ui.panels.settings_face import (
    ChoiceWish,
    Deed,
    MeasuringWish,
    QueueFace,
    QueueWish,
)
from wallboard.ui.panels.settings_queues import QueueSection
from wallboard.ui.panels.settings_source import SourceSection

NIGHT = Shift(name="Night", begins=time(22), ends=time(6))


class Seat:
    """A window that shows a saved, simulated center, with its page of settings open."""

    def __init__(self) -> None:
        self.file = SettingsFile(places().settings_file)
        profile = Profile(name="Sim", kind="simulator")
        settings = self.file.change(lambda _: Settings(profiles=(profile,)))
        fields = {field.key: field.default for field in kind("simulator").fields}
        self.opening = Opening(name="Sim", kind="simulator", told=fields, demo=True)
        self.window = MainWindow(look_in("en"))
        self.desk = _Desk(
            self.window,
            system_clock(),
            demo=self.opening,
            settings=settings,
            places=places(),
            language="en",
        )
        self.desk.open(self.opening)
        self.window.show()

    @property
    def board(self) -> Board:
        assert self.desk._live is not None
        return self.desk._live.board

    @property
    def page(self) -> SettingsPage:
        page = self.window.findChild(SettingsPage)
        assert page is not None
        return page

    def queue_wish(self, row: int, **decided: object) -> QueueWish:
        section = self.page.section
        assert isinstance(section, QueueSection)
        return QueueWish(
            queue_id=section.model.queue_at(row),
            called=str(section.model.index(row, 0).data()),
            decided=QueueFace(**decided),  # type: ignore[arg-type]
        )


@pytest.fixture
def seat(qtbot: QtBot, wallboard_home: Path) -> Iterator[Seat]:
    made = Seat()
    qtbot.addWidget(made.window)
    qtbot.waitUntil(lambda: made.board.snapshot is not None, timeout=20_000)
    made.window.open_page("settings")
    yield made
    made.desk.close()


def test_that_queues_are_named_and_hidden_in_the_running_window(seat: Seat, qtbot: QtBot) -> None:
    seat.page.open_section(Place.QUEUES)
    all_queues = set(seat.board.queues)
    named, hidden = seat.queue_wish(0, name="Front desk"), seat.queue_wish(1, hidden=True)
    seat.page.wished.emit(named)
    seat.page.wished.emit(hidden)
    qtbot.waitUntil(lambda: hidden.queue_id not in seat.board.queues)
    assert seat.board.queues[named.queue_id].queue.name == "Front desk"
    assert seat.board.hidden_seen == 1
    assert "Hidden queues 1" in seat.window._frame.status_line._face.start
    assert seat.file.load().settings.arrangement_of("Sim") == seat.board.arrangement
    seat.page.undo.click()
    qtbot.waitUntil(lambda: set(seat.board.queues) == all_queues)
    assert seat.file.load().settings.arrangement_of("Sim").hidden == frozenset()


def test_that_a_look_is_another_one_at_once_on_every_page(seat: Seat) -> None:
    for key, chosen in (("text_size", 150), ("single_keys", False), ("language", "fa")):
        seat.page.wished.emit(ChoiceWish(key=key, chosen=chosen))
    look = seat.window._look
    assert (look.scale, look.single_keys, look.wording.language) == (1.5, False, "fa")
    assert seat.page._look.wording.rtl
    for page in ("overview", "queues", "agents", "calls"):
        seat.window.open_page(page)
        assert seat.window._frame.page()._look.scale == 1.5
    saved = seat.file.load().settings
    assert (saved.text_size, saved.single_keys, str(saved.language)) == (150, False, "fa")


def test_that_another_plan_is_followed_by_figures_of_it(seat: Seat, qtbot: QtBot) -> None:
    before = seat.desk._live
    measuring = seat.page._face.measuring
    plan = replace(measuring.plan, shifts=(NIGHT,))
    seat.page.wished.emit(MeasuringWish(measuring=replace(measuring, plan=plan)))
    assert seat.desk._live is not before
    assert seat.board.measuring.plan.shifts == (NIGHT,)
    qtbot.waitUntil(lambda: seat.board.snapshot is not None, timeout=20_000)
    # The first day of the week cuts no figure of the board: nothing is read anew for it.
    live = seat.desk._live
    plan = replace(plan, week_begins=0)
    seat.page.wished.emit(MeasuringWish(measuring=replace(measuring, plan=plan)))
    assert seat.desk._live is live


def test_that_a_connection_that_is_removed_and_shown_stays_until_it_is_let_go(seat: Seat) -> None:
    seat.page.open_section(Place.SOURCE)
    section = seat.page.section
    assert isinstance(section, SourceSection)
    (card,) = section.cards
    card.buttons[Deed.REMOVE].click()
    card.question.yes.click()
    assert section.cards == []
    assert seat.board.snapshot is not None
    assert seat.file.load().settings.profiles == ()
    seat.page.undo.click()
    assert [profile.name for profile in seat.file.load().settings.profiles] == ["Sim"]
