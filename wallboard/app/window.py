"""The window and what is behind it, put together: boards in, wishes out, settings kept."""

from __future__ import annotations

import signal
from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from wallboard.app.clock import system_clock, zone_called
from wallboard.app.headless import wording_of
from wallboard.domain.clock import Clock
from wallboard.runtime.live_board import LiveBoard
from wallboard.runtime.opening import Opening
from wallboard.runtime.source_link import process_command
from wallboard.settings.file import SettingsFile, SettingsNotSaved
from wallboard.settings.model import Language, Settings, Theme
from wallboard.settings.paths import Places
from wallboard.sources.registry import kind
from wallboard.ui.look import Look
from wallboard.ui.main_window import MainWindow
from wallboard.ui.theme.tokens import THEMES


def run(
    opening: Opening | None, *, demo: Opening, settings: Settings, places: Places, language: str
) -> int:
    """Show the window until it is closed; see `wallboard.app.run_window`."""
    application = QApplication.instance() or QApplication(["wallboard"])
    # Python hears Ctrl-C only when it runs, and Qt's loop may not let it for long.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    window = MainWindow(_look_of(settings, language))
    desk = _Desk(window, demo=demo, settings=settings, places=places, language=language)
    if opening is None:
        window.show_first_run()
    else:
        desk.open(opening)
    window.show()
    try:
        return application.exec()
    finally:
        desk.close()


class _Desk(QObject):
    """Does what the window wishes for."""

    def __init__(
        self,
        window: MainWindow,
        *,
        demo: Opening,
        settings: Settings,
        places: Places,
        language: str,
    ) -> None:
        super().__init__()
        self._window = window
        self._demo = demo
        self._settings = settings
        self._file = SettingsFile(places.settings_file)
        self._language = language
        self._clock: Clock = system_clock()
        self._live: LiveBoard | None = None
        window.demo_requested.connect(self._open_demo)
        window.language_requested.connect(self._change_language)
        window.theme_requested.connect(self._change_theme)
        window.refresh_requested.connect(self._refresh)
        window.closing.connect(self.close)

    def open(self, opening: Opening) -> None:
        """Show another board, and let go of the one before."""
        self.close()
        live = LiveBoard(
            opening=opening,
            poll=kind(opening.kind).poll,
            zone=zone_called(opening.zone),
            clock=self._clock,
            command=process_command(),
            parent=self,
        )
        self._live = live
        live.board_changed.connect(self._window.show_board)
        self._window.show_board(live.board, self._clock.now())
        live.start()

    def close(self) -> None:
        """End what is behind the window. May be called more than once."""
        if self._live is not None:
            live, self._live = self._live, None
            live.board_changed.disconnect(self._window.show_board)
            live.stop()
            live.deleteLater()

    def _open_demo(self) -> None:
        self.open(self._demo)

    def _refresh(self) -> None:
        if self._live is not None:
            self._live.poll_now()

    def _change_language(self, language: str) -> None:
        self._language = language
        self._keep(replace(self._settings, language=Language(language)))

    def _change_theme(self, theme: str) -> None:
        self._keep(replace(self._settings, theme=Theme(theme)))

    def _keep(self, settings: Settings) -> None:
        self._settings = settings
        self._window.show_look(_look_of(settings, self._language))
        try:
            self._file.change(
                lambda before: replace(before, language=settings.language, theme=settings.theme)
            )
        except SettingsNotSaved:
            return  # it holds for this window; the next start says why the file cannot be used


def _look_of(settings: Settings, language: str) -> Look:
    wording = wording_of(language, latin_digits=settings.latin_digits)
    return Look(theme=THEMES[settings.theme], wording=wording)
