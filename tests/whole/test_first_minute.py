"""The first minute of somebody new: live figures, what there is to know, an outage and its end."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from support.asterisk_lab import AsteriskLab
from support.boards import scene
from support.connecting_by_keys import connect_asterisk
from support.pictures import colours
from support.started_program import StartedProgram
from support.virtual_screen import VirtualScreen, virtual_screen, why_no_screen

from wallboard.app.headless import wording_of
from wallboard.settings.file import SettingsFile
from wallboard.ui.frame.board_frame import BoardFrame
from wallboard.ui.frame.coach_marks import MARKS, CoachMarks
from wallboard.ui.look import Look
from wallboard.ui.main_window import MainWindow
from wallboard.ui.pages.first_run import FirstRunPage

pytestmark = pytest.mark.timeout(120)

TO_FIGURES_S = 60
TO_ASTERISK_S = 180
LANGUAGES = ("en", "fa")


@dataclass(slots=True)
class Twin:
    """The same window, drawn by the test itself, which knows where in it everything is."""

    window: MainWindow

    @classmethod
    def of(cls, language: str) -> Twin:
        twin = cls(MainWindow(Look(wording=wording_of(language))))
        twin.window.show_first_run()
        twin.window.show()
        QApplication.processEvents()
        return twin

    def show_demo(self) -> None:
        made = scene(demo=True)
        self.window.show_board(replace(made.board, name="Demo"), made.clock.now())
        QApplication.processEvents()
        self.window.show_tour()

    def demo_card(self) -> QPoint:
        return self._middle(self.window.findChild(FirstRunPage).demo_card)

    def button(self, text: str) -> QPoint:
        said = self.window.centralWidget().findChildren(QPushButton)
        (found,) = (each for each in said if each.text() == text and each.isVisible())
        return self._middle(found)

    def tour(self) -> CoachMarks:
        tour = self.window.findChild(CoachMarks)
        tour.stay()
        return tour

    def on_the_mark(self) -> QPoint:
        """A place on the card where nothing is written."""
        tour = self.tour()
        return tour.mapTo(self.window, QPoint(20, tour.height() - 6))

    def on_the_chip(self) -> QPoint:
        bar = self.window.findChild(BoardFrame).top_bar
        return bar.mapTo(self.window, bar.chip_place().topLeft() + QPoint(5, 5))

    def _middle(self, part: QWidget) -> QPoint:
        return part.mapTo(self.window, part.rect().center())


@pytest.fixture
def screen() -> Iterator[VirtualScreen]:
    """A virtual screen."""
    reason = why_no_screen()
    if reason is not None:
        pytest.skip(reason)
    with virtual_screen() as made:
        yield made


@dataclass(slots=True)
class Newcomer:
    """Somebody before the screen, who has never seen the program."""

    program: StartedProgram
    screen: VirtualScreen
    twin: Twin
    folder: Path
    begun_s: float
    language: str

    def sees(self, at: QPoint, colour: QColor, what: str) -> QImage:
        """Wait until a place has a colour."""

        def shows(picture: QImage) -> bool:
            return picture.pixelColor(at) == colour

        return self.screen.photographed_when(shows, self.folder / "seen.png", self.program, what)

    def clicks(self, at: QPoint) -> None:
        self.screen.click(self.program, at)

    def reaches_the_board(self) -> None:
        """See the demo live, and say of each mark that it was read."""
        screen, program, twin = self.screen, self.program, self.twin
        screen.focus(program, "^")
        screen.photographed_when(
            lambda seen: colours(seen) > 20, self.folder / "first.png", program, "first page"
        )
        if self.language != "en":
            screen.press("ctrl+l")
        self.clicks(twin.demo_card())
        twin.show_demo()
        program.until(lambda: bool(screen.windows(program, "^Demo")), "board of the demo")
        theme = twin.window.findChild(BoardFrame).look().theme
        self.sees(twin.on_the_mark(), theme.raised, "first mark")
        screen.press("Return")
        twin.tour().next_button.click()
        self.sees(twin.on_the_mark(), theme.raised, "second mark")
        self.clicks(twin.tour().next_button.mapTo(twin.window, QPoint(20, 16)))
        twin.tour().next_button.click()
        self.sees(twin.on_the_mark(), theme.raised, "third mark")
        last = twin.on_the_mark()
        screen.press("Return")
        twin.tour().next_button.click()
        screen.photographed_when(
            lambda seen: seen.pixelColor(last) != theme.raised,
            self.folder / "board.png",
            program,
            "board without marks",
        )

    def sees_figures_go_on(self) -> None:
        before = self.screen.photographed(self.folder / "before.png")
        self.screen.photographed_when(
            lambda seen: seen != before and colours(seen) > 40,
            self.folder / "after.png",
            self.program,
            "figures of another second",
        )

    def passed_s(self) -> float:
        return time.monotonic() - self.begun_s


@pytest.fixture
def newcomer(
    request: pytest.FixtureRequest,
    qapp: QApplication,
    screen: VirtualScreen,
    tmp_path: Path,
    wallboard_home: Path,
) -> Iterator[Newcomer]:
    """Somebody who starts the program for the first time, in the language of the parameter."""
    language: str = getattr(request, "param", "en")
    begun_s = time.monotonic()
    program = StartedProgram(tmp_path, **screen.env)
    twin = Twin.of(language)
    yield Newcomer(program, screen, twin, tmp_path, begun_s, language)
    twin.window.close()
    program.close()


@pytest.mark.parametrize("newcomer", LANGUAGES, indirect=True)
def test_that_within_a_minute_there_are_live_figures_and_an_acknowledged_prompt(
    newcomer: Newcomer,
) -> None:
    assert len(MARKS) == 3
    newcomer.reaches_the_board()
    newcomer.sees_figures_go_on()
    assert newcomer.passed_s() < TO_FIGURES_S
    assert newcomer.program.ended_by(signal.SIGTERM) == 0, newcomer.program.said()
    assert newcomer.program.err.read_text(encoding="utf-8") == ""


def test_that_a_simulated_outage_is_seen_and_its_end_too(newcomer: Newcomer) -> None:
    newcomer.reaches_the_board()
    twin = newcomer.twin
    frame = twin.window.findChild(BoardFrame)
    chip, theme = twin.on_the_chip(), frame.look().theme
    newcomer.sees(chip, theme.surface, "chip of a live board")
    newcomer.clicks(twin.button("Simulate outage"))
    newcomer.sees(chip, theme.no_data, "chip that says that the figures are old")
    newcomer.sees(chip, theme.surface, "chip of a board that is live again")
    newcomer.sees_figures_go_on()
    assert newcomer.program.ended_by(signal.SIGTERM) == 0, newcomer.program.said()
    assert newcomer.program.err.read_text(encoding="utf-8") == ""


@pytest.mark.lab
@pytest.mark.timeout(300)
def test_that_from_the_demo_a_real_asterisk_is_connected_within_three_minutes(
    newcomer: Newcomer, lab: AsteriskLab, wallboard_home: Path
) -> None:
    newcomer.reaches_the_board()
    begun_s = time.monotonic()
    newcomer.clicks(newcomer.twin.button("Connect my system"))
    connect_asterisk(newcomer.screen, newcomer.program, lab.told(), "Tehran")
    newcomer.program.until(
        lambda: bool(newcomer.screen.windows(newcomer.program, "^Tehran")), "board"
    )
    newcomer.sees_figures_go_on()
    assert time.monotonic() - begun_s < TO_ASTERISK_S
    assert SettingsFile(wallboard_home / "settings.toml").load().settings.start == "Tehran"
    assert newcomer.program.ended_by(signal.SIGTERM) == 0, newcomer.program.said()
    assert newcomer.program.err.read_text(encoding="utf-8") == ""
