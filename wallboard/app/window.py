"""The window and what is behind it, put together: boards in, wishes out, settings kept."""

from __future__ import annotations

import signal
import socket
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier
from PySide6.QtWidgets import QApplication

from wallboard.app.clock import system_clock, zone_called
from wallboard.app.headless import wording_of
from wallboard.domain.clock import Clock
from wallboard.runtime.live_board import LiveBoard
from wallboard.runtime.opening import Opening
from wallboard.runtime.source_link import process_command
from wallboard.runtime.spare_time import SpareTime
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
    ends = _Ends(application)
    clock = system_clock()
    spare_time = SpareTime(clock)
    spare_time.start()
    window = MainWindow(_look_of(settings, language))
    desk = _Desk(window, clock, demo=demo, settings=settings, places=places, language=language)
    if opening is None:
        window.show_first_run()
    else:
        desk.open(opening)
    window.show()
    try:
        return application.exec()
    finally:
        desk.close()
        spare_time.stop()
        ends.close()


class _Ends:
    """Turns Ctrl-C and the desktop's request to end into a clean end of the window.

    Python hears a signal only when it runs, and Qt's loop may not let it for long: the byte that
    the system writes at a signal wakes the loop.
    """

    def __init__(self, application: QCoreApplication) -> None:
        self._hears, self._tells = socket.socketpair()
        self._tells.setblocking(False)  # noqa: FBT003 - the library's own form
        self._notifier = QSocketNotifier(self._hears.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(application.quit)
        signal.set_wakeup_fd(self._tells.fileno())
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda _number, _frame: None)

    def close(self) -> None:
        """Hear nothing any more."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(-1)
        self._hears.close()
        self._tells.close()


class _Desk(QObject):
    """Does what the window wishes for."""

    def __init__(
        self,
        window: MainWindow,
        clock: Clock,
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
        self._clock = clock
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
