"""A page of the board as a picture, without a screen and without a process of the source."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from contextlib import ExitStack, closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from wallboard.app.alert_page import AlertPageDesk
from wallboard.app.clock import system_clock
from wallboard.app.headless import follow
from wallboard.app.histories import PassingHistory, history_opener
from wallboard.app.looks import look_by, wording_by
from wallboard.app.own_fonts import use_own_fonts
from wallboard.app.page_history import PageHistory, Standing
from wallboard.app.reports_page import ReportsDesk
from wallboard.app.saved import decided
from wallboard.app.settings_page import SettingsDesk
from wallboard.app.settings_page import Standing as SettingsStanding
from wallboard.app.wall_desk import WallDesk
from wallboard.app.wall_faces import wall_standing
from wallboard.app.watcher import watcher_of
from wallboard.domain.clock import Moment
from wallboard.domain.walls import Scene, SceneKind, Wall
from wallboard.engine.board import Board
from wallboard.engine.happenings import Effect
from wallboard.engine.step import last_words
from wallboard.runtime.keeping import Errand
from wallboard.runtime.opening import Opening
from wallboard.runtime.watching import Watching
from wallboard.settings.model import Settings
from wallboard.settings.paths import Places
from wallboard.storage.faults import HistoryUnavailable
from wallboard.storage.history import History
from wallboard.ui.frame import page_table
from wallboard.ui.kiosk.wall_face import WallFace
from wallboard.ui.look import Look
from wallboard.ui.main_window import MainWindow
from wallboard.ui.words import phrase

_FIRST_RUN: Final = "first-run"
_ALERTS: Final = "alerts"
_KIOSK: Final = "kiosk"
_SCENES: Final = {f"{_KIOSK}-{kind.value}": kind for kind in SceneKind}
PAGES: Final = (
    *(entry.key for entry in page_table.PAGES),
    _FIRST_RUN,
    _KIOSK,
    *_SCENES,
)
"""What can be drawn, by key: the pages, and a TV with its first scene or a certain one."""
_MESSAGE: Final = phrase("Kiosk", "The team meets at 14:00 in the large room.")
_PATIENCE_S: Final = 15.0
"""So long a picture waits for the source's first answer, and then for what its page asks."""


def take(  # noqa: PLR0913 - a picture has that many sides
    page: str,
    opening: Opening,
    *,
    out: Path,
    settings: Settings,
    places: Places,
    language: str,
    size: tuple[int, int],
    after_s: float,
) -> None:
    """Write the page as a PNG file; see `wallboard.app.windowed.take_shot`."""
    if page not in PAGES:
        raise ValueError(page)
    if sys.platform.startswith("linux"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication(["wallboard"])
    use_own_fonts()
    behind = Behind(decided(opening, settings), settings, places, language)
    window: QWidget
    with closing(behind):
        if page == _KIOSK or page in _SCENES:
            window = _wall(behind, look_by(settings, language), page, size, after_s)
        else:
            window = MainWindow(look_by(settings, language))
            window.resize(*size)
            pose(window, behind, page, after_s)
            _await(application, lambda: not behind.busy)
        image = window.grab().toImage()
        window.close()
    if not image.save(str(out), "PNG"):  # type: ignore[call-overload] # the stubs want bytes here
        raise OSError(f"{out} cannot be written")


def pose(window: MainWindow, behind: Behind, page: str, after_s: float) -> None:
    """Have a window show a page; what the page asks is answered while `busy` is True."""
    window.page_made.connect(behind.serve)
    if page == _FIRST_RUN:
        window.show_first_run()
    else:
        window.show_board(*behind.board_after(after_s, judged=page == _ALERTS))
        window.open_page(page)
    window.show()


def _wall(behind: Behind, look: Look, page: str, size: tuple[int, int], after_s: float) -> WallFace:
    """Return the face of a TV that shows one scene, as large as everybody has it."""
    kind = _SCENES.get(page, SceneKind.OVERVIEW)
    text = look.wording.say(_MESSAGE) if kind is SceneKind.MESSAGE else ""
    face = WallFace(replace(look, scale=1.0))
    face.resize(*size)
    face.show_wall(Wall(scenes=(Scene(kind=kind, text=text),)))
    face.show_board(*behind.board_after(after_s, judged=False))
    return face


def _await(application: QCoreApplication, done: Callable[[], bool]) -> None:
    """Let Qt do what comes until it is done, or patience ends."""
    patience = QTimer()
    patience.setSingleShot(True)
    patience.start(round(_PATIENCE_S * 1000))
    application.processEvents()
    while not done() and patience.isActive():
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    # What the answer altered is arranged and painted.
    application.processEvents()


class Behind:
    """What is behind a window that is drawn once: its board, its past, its alerts and settings.

    Of a saved connection it only reads: whoever runs beside it goes on storing and alerting.
    The facts of a simulated center, which nobody keeps, go where the window has them, too: in a
    file that goes with the program.
    """

    def __init__(self, opening: Opening, settings: Settings, places: Places, language: str) -> None:
        self._opening = opening
        self._settings = settings
        self._places = places
        self._clock = system_clock()
        self._wording = wording_by(settings, language)
        self._passing = PassingHistory()
        self._shown: tuple[Board, Moment] | None = None
        self._pages = PageHistory(self._standing, self._clock)
        self._alerts: AlertPageDesk | None = None
        self._site: SettingsDesk | None = None
        self._reports = ReportsDesk(self._standing, lambda: self._settings, self._places)
        self._walls: WallDesk | None = None

    @property
    def busy(self) -> bool:
        """True while a page waits for an answer."""
        waits = self._alerts is not None and self._alerts.busy
        return waits or self._pages.busy or self._reports.busy

    def board_after(self, after_s: float, *, judged: bool) -> tuple[Board, Moment]:
        """Return the board `after_s` after its first picture; with no picture, as it is by then.

        Args:
            judged: True to go on until its alerts are known; one picture alone tells none.
        """
        with ExitStack() as ending:
            history = self._demo_history(ending)
            watching = self._watching(history)
            boards = follow(self._opening, perform=lambda effect: _keep(effect, history))
            ending.callback(boards.close)
            board, now = self._awaited(boards, watching, after_s, judged=judged)
            for effect in last_words(board):
                _keep(effect, history)
            watching.end(now)
        self._shown = (board, now)
        return self._shown

    def serve(self, key: str, page: QWidget) -> None:
        """Tell a page that was made what it wants to know."""
        if key == "settings":
            self._site = SettingsDesk(self._decisions, self._places, self._clock)
            self._site.serve(page)
        elif key == "walls":
            self._walls = WallDesk(
                lambda: wall_standing(self._settings, self._opening, self._wording.language),
                self._places,
            )
            self._walls.serve(page)
        elif key == "alerts":
            self._alerts = AlertPageDesk(page, self._standing)
        elif key == "reports":
            self._reports.serve(page)
        else:
            self._pages.serve(page)

    def close(self) -> None:
        """Let go of all that is read."""
        self._pages.forget()
        self._reports.close()
        if self._alerts is not None:
            self._alerts.forget()
        if self._site is not None:
            self._site.settle()
        self._passing.close()

    def _awaited(
        self, boards: Iterable[Board], watching: Watching, after_s: float, *, judged: bool
    ) -> tuple[Board, Moment]:
        begun_s = self._clock.now().steady_s
        seen_s: float | None = None
        for told in boards:
            now = self._clock.now()
            board = watching.look(told, now)
            if seen_s is None and board.snapshot is not None:
                seen_s = now.steady_s
            since_s, enough_s = (begun_s, _PATIENCE_S) if seen_s is None else (seen_s, after_s)
            if judged and board.alerts.settling:
                enough_s = max(enough_s, _PATIENCE_S)
            if now.steady_s - since_s >= enough_s:
                return board, now
        raise AssertionError("a source is followed for ever")

    def _watching(self, history: History | None) -> Watching:
        """Return what watches the board by its rules from the first picture on."""
        read = None if self._opening.demo else self._opener()
        make = watcher_of(self._opening, self._places, open_history=read)
        watching = Watching(make, later_s=0.0)
        if history is not None:
            watching.begin(lambda errand: _do(errand, history))
        return watching

    def _demo_history(self, ending: ExitStack) -> History | None:
        """Return where the facts of a simulated center go; None if there is no place, or no need.

        Without one its pages say that nothing is stored.
        """
        if self._opening.demo:
            with suppress(HistoryUnavailable, OSError):
                return ending.enter_context(closing(self._passing.opener()()))
        return None

    def _opener(self) -> Callable[[], History]:
        if self._opening.demo:
            return self._passing.opener(reading=True)
        return history_opener(self._opening.name, self._settings, self._places, reading=True)

    def _standing(self) -> Standing | None:
        if self._shown is None:
            return None
        board, now = self._shown
        return Standing(board=board, now=now, open_history=self._opener(), wording=self._wording)

    def _decisions(self) -> SettingsStanding:
        return SettingsStanding(
            settings=self._settings, opening=self._opening, wording=self._wording
        )


def _keep(effect: Effect, history: History | None) -> None:
    """Store what is to be stored of a simulated center; on a full disk its page has gaps."""
    if history is not None:
        with suppress(HistoryUnavailable):
            history.keep(effect.facts, samples=effect.samples, watched=effect.watched)


def _do(errand: Errand, history: History) -> None:
    with suppress(HistoryUnavailable):
        errand(history)
