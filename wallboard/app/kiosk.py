"""The window's side of a kiosk, put together: boards in, nothing out but signs of life.

Nothing here knows how to ask a system for anything: no desk of a supervisor is made, no wish can
be told, and nothing that is shown has a button.
"""

from __future__ import annotations

import os
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from wallboard.app.alert_rules import rules_of
from wallboard.app.clock import zone_called
from wallboard.app.kiosk_awake import KeepAwake
from wallboard.app.kiosk_board import KioskBoard
from wallboard.app.kiosk_heart import Heart
from wallboard.app.kiosk_history import forget_history, kiosk_history
from wallboard.app.kiosk_opening import KioskOpening
from wallboard.app.kiosk_pin import PinGate
from wallboard.app.kiosk_report import Reporter, reporter_of
from wallboard.app.kiosk_screens import KioskScreens, named, placed
from wallboard.app.kiosk_sound import KioskSound
from wallboard.app.looks import wording_by
from wallboard.app.saved import decided
from wallboard.app.watcher import watcher_of
from wallboard.domain.clock import Clock, Moment
from wallboard.domain.severity import Severity
from wallboard.engine.board import Board, age_of
from wallboard.engine.freshness import freshness_of
from wallboard.runtime.file_watch import FileWatch, Watched
from wallboard.runtime.kiosk_wire import RESTART_WANTED, Beat, KioskLaunch
from wallboard.runtime.live_board import LiveBoard
from wallboard.runtime.memory_use import memory_held
from wallboard.runtime.opening import Opening
from wallboard.runtime.source_link import process_command
from wallboard.settings.file import SettingsFile
from wallboard.settings.model import Language, system_language
from wallboard.settings.paths import Places
from wallboard.settings.reading import Loaded
from wallboard.sources.registry import kind
from wallboard.ui.wording import Wording

TICK_MS: Final = 1000
JUMPED: Final = timedelta(seconds=5)
"""Between two seconds that we count no more passes, unless the machine slept."""

_PIN_FILE: Final = "pin.json"


class Kiosk(QObject):
    """All walls of one kiosk over one board. Lives on the main thread.

    Signals:
        ended: With the exit code that tells its watchdog whether another window is wanted.
    """

    ended = Signal(int)

    def __init__(
        self, launch: KioskLaunch, places: Places, clock: Clock, out: int | None = None
    ) -> None:
        """Prepare; `start` shows it.

        Args:
            out: The descriptor that the watchdog reads. None: there is none.
        """
        super().__init__()
        self._launch = launch
        self._places = places
        self._clock = clock
        self._folder = Path(launch.folder)
        self._settings = SettingsFile(places.settings_file).load().settings
        self._live: LiveBoard | None = None
        self._opening: Opening | None = None
        self._reporter: Reporter | None = None
        self._trouble = ""
        self._boards = [
            KioskBoard(
                Path(file) if file else None,
                self._settings,
                self._language(),
                only_safe=launch.safe,
                parent=self,
            )
            for file in launch.walls
        ]
        self._screens = KioskScreens(self)
        names = self._screens.names()
        told = (*launch.screens, *("",) * len(self._boards))
        self._wanted = [named(each, names) for each in told[: len(self._boards)]]
        self._gate = PinGate(self._folder / _PIN_FILE, clock)
        self._awake = KeepAwake()
        self._sound = KioskSound(self)
        self._heart = Heart(clock, self._beat, self._quiet, out, self)
        self._openings = KioskOpening(launch, places, self)
        self._watch = FileWatch(self._watched(), self)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._pass_second)
        self._ticked_s = clock.now().steady_s
        self._nothing_yet = Board(
            name=launch.name, zone=zone_called(self._settings.zone), poll=timedelta(seconds=2)
        )
        self._connect()

    @property
    def boards(self) -> tuple[KioskBoard, ...]:
        """Its walls."""
        return tuple(self._boards)

    @property
    def live(self) -> LiveBoard | None:
        """What it shows. None while the connection is not open."""
        return self._live

    def start(self) -> None:
        """Show it, and begin to ask."""
        if self._launch.demo is not None:
            forget_history(self._folder)
        for board, place in zip(self._boards, self._launch.places, strict=False):
            board.go_on_from(place)
        self._guard()
        self._place()
        self._tell_trouble()
        self._screens.start()
        self._heart.start()
        self._openings.open(self._settings, self._wording())
        self._tick.start()
        self._watch.start()
        self._awake.start()

    def close(self, ends: int | None = None) -> None:
        """End all that is behind it; what is not stored yet is stored, which may take a while.

        Args:
            ends: The exit code of the window, for its watchdog. None: it is told nothing.
        """
        self._tick.stop()
        self._screens.stop()
        self._heart.stop(ends)
        self._watch.stop()
        self._openings.stop()
        for board in self._boards:
            board.close()
        self._let_go()
        self._sound.close()
        self._awake.stop()

    def _connect(self) -> None:
        self._screens.screens_changed.connect(self._place)
        self._heart.restart_wanted.connect(self._restart)
        self._heart.relief_wanted.connect(self._relieve)
        self._openings.found.connect(self._open)
        self._openings.missed.connect(self._miss)
        self._watch.changed.connect(self._take_file)
        for board in self._boards:
            board.wall_changed.connect(self._take_wall)
            board.window.end_requested.connect(self._end)
            board.window.pin_told.connect(partial(self._try_pin, board))
            board.window.pin_wanted.connect(self._show_shut)

    def _watched(self) -> list[Watched]:
        """Return the files whose change is taken at once: settings, rules, then the walls'."""
        name, places = self._launch.name, self._places
        return [
            Watched(path=places.settings_file, read=lambda path: SettingsFile(path).load()),
            Watched(path=places.rules_file(name), read=lambda _: None),
            *(each.watched for each in self._boards if each.watched is not None),
        ]

    # What is shown

    def _open(self, opening: Opening) -> None:
        self._let_go()
        self._trouble = ""
        opening = decided(opening, self._settings)
        self._opening = opening
        source = kind(opening.kind)
        name = "" if opening.demo else opening.name
        live = LiveBoard(
            opening=opening,
            poll=source.pace(opening.told),
            zone=zone_called(opening.zone),
            clock=self._clock,
            command=process_command(),
            open_history=kiosk_history(self._folder, name, self._settings, self._places),
            past=None if source.past is None else partial(source.past, opening.told),
            watcher=watcher_of(opening, self._places),
            parent=self,
        )
        self._live = live
        live.board_changed.connect(self._show)
        live.alerts_announced.connect(self._hear)
        self._show(live.board, self._clock.now())
        live.start()
        self._reporter = reporter_of(opening, self._launch, self._clock, lambda: self._heart.last)
        if self._reporter is not None:
            self._reporter.start()
        self._tell_trouble()

    def _show(self, board: Board, now: Moment) -> None:
        for each in self._boards:
            each.show_board(board, now)

    def _hear(self, events: object) -> None:
        """Let a critical alert be heard, if one of the walls wants that."""
        wanted = any(each.wall.sound for each in self._boards)
        volume = self._settings.alert_volume if wanted else 0
        self._sound.take_events(events, self._clock.now(), volume)

    def _miss(self, told: str) -> None:
        self._trouble = told
        self._tell_trouble()

    def _let_go(self) -> None:
        live, self._live = self._live, None
        self._opening = None
        if self._reporter is not None:
            self._reporter.stop()
            self._reporter = None
        if live is not None:
            live.board_changed.disconnect(self._show)
            live.stop()
            live.deleteLater()

    def _tell_trouble(self) -> None:
        wording = self._wording()
        told = [self._trouble] if self._trouble else []
        if self._launch.safe:
            told.append(
                wording.translate(
                    "Kiosk",
                    "Something failed again and again: until it is mended, only queues are shown.",
                )
            )
        for each in self._boards:
            each.show_trouble("   ".join(told))

    # What changes

    def _take_file(self, number: int, said: object) -> None:
        if number == 0:
            self._take_settings(said)
        elif number == 1:
            self._take_rules()
        else:
            walls = [each for each in self._boards if each.watched is not None]
            walls[number - 2].take(said)

    def _take_settings(self, said: object) -> None:
        if not isinstance(said, Loaded) or said.notices or said.settings == self._settings:
            return
        before, self._settings = self._settings, said.settings
        name = self._launch.name
        for each in self._boards:
            each.decide(self._settings, self._language())
        self._tell_trouble()
        opening = self._opening
        same = before.profile(name) == said.settings.profile(name)
        same = same and before.zone == said.settings.zone
        if opening is None or not same:
            self._let_go()
            self._openings.open(self._settings, self._wording())
            return
        after = decided(opening, self._settings)
        if after.measuring.plan != opening.measuring.plan:
            self._open(opening)  # all that is booked is booked by how the site cuts its time
        elif after != opening and self._live is not None:
            self._opening = after
            self._live.decide(after.measuring, after.arrangement)

    def _take_rules(self) -> None:
        if self._live is not None and self._opening is not None:
            found = rules_of(self._opening, self._places)
            self._live.take_rules(found.rules, odd=bool(found.notices))

    def _take_wall(self) -> None:
        self._guard()
        self._tell_trouble()

    def _place(self) -> None:
        for board, name in zip(
            self._boards, placed(self._wanted, self._screens.names()), strict=True
        ):
            board.place(name, self._screens.called(name))

    def _pass_second(self) -> None:
        now = self._clock.now()
        passed_s, self._ticked_s = now.steady_s - self._ticked_s, now.steady_s
        if passed_s > JUMPED.total_seconds():
            # The machine slept: what is live again first is what is asked for at once.
            if self._live is not None:
                self._live.poll_now()
            self._awake.again()
            self._place()
        if self._live is None:
            # Its clock goes, and it says what it waits for.
            self._show(self._nothing_yet, now)
        self._show_shut()

    # The way out

    def _guard(self) -> None:
        """Want a PIN on every screen if one of the walls has one: they end together."""
        guarded = any(each.pin for each in self._boards)
        for each in self._boards:
            each.window.guard(guarded)

    def _try_pin(self, board: KioskBoard, told: str) -> None:
        if self._gate.fits(told, [each.pin for each in self._boards]):
            self._end()
            return
        board.window.show_wrong(self._gate.left)
        self._show_shut()

    def _show_shut(self) -> None:
        left = self._gate.shut_for()
        for each in self._boards:
            if each.window.pin_face.isVisible():
                each.window.show_shut(left)

    def _end(self) -> None:
        self.ended.emit(0)

    def _restart(self) -> None:
        self.ended.emit(RESTART_WANTED)

    # How it is

    def _beat(self) -> Beat:
        now, live = self._clock.now(), self._live
        board = None if live is None else live.board
        snapshot = None if board is None else board.snapshot
        return Beat(
            boards=tuple(each.beat() for each in self._boards),
            freshness="" if board is None else str(freshness_of(age_of(board, now), board.poll)),
            as_of=None if snapshot is None else snapshot.as_of.timestamp(),
            rss=memory_held(),
            trouble=self._trouble,
        )

    def _quiet(self) -> bool:
        """Return whether nobody misses the board for a second: no one waits, nothing is bad."""
        board = None if self._live is None else self._live.board
        if board is None or board.snapshot is None:
            return True
        bad = any(row.alert.severity is Severity.CRITICAL for row in board.alerts.rows)
        waiting = any(call.answered_at is None for call in board.snapshot.calls.values())
        return not (bad or waiting)

    def _relieve(self) -> None:
        for each in self._boards:
            each.face.trim()

    def _wording(self) -> Wording:
        return wording_by(self._settings, self._language())

    def _language(self) -> str:
        told = self._launch.language or str(self._settings.language)
        return str(system_language(os.environ)) if told == Language.AUTO else told
