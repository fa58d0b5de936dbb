"""Does what a person at this window asks for: written down first, then passed on to the source."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Protocol

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from wallboard.app.person import user_name
from wallboard.domain.clock import Clock, Moment
from wallboard.domain.granting import Rights
from wallboard.domain.source import SourceKind
from wallboard.domain.supervision import WishKind
from wallboard.engine.board import Board
from wallboard.engine.supervising import (
    asked,
    board_seen,
    closing,
    outcome,
    second_passed,
    written,
)
from wallboard.engine.supervision import Asked, Phase, SupervisionState
from wallboard.engine.supervision_steps import Effects, PassOn, Step, Supervising, shown
from wallboard.runtime.live_board import LiveBoard
from wallboard.runtime.opening import SERVED, SIMULATOR, Opening
from wallboard.runtime.orders import AWAY, LATE, SAME, Order, Outcome
from wallboard.settings.model import Settings
from wallboard.settings.paths import Places
from wallboard.sources.registry import kind
from wallboard.ui.supervision_words import NOTICE
from wallboard.ui.wording import Wording
from wallboard.ui.words import Phrase, phrase

_REASONS: Final[tuple[Phrase, ...]] = (
    phrase("Supervision", "Coaching"),
    phrase("Supervision", "Quality check"),
    phrase("Supervision", "The agent asked for help"),
    phrase("Supervision", "Complaint"),
)
_PHONE: Final = "phone"
"""The key of the field that has the supervisor's, where a connection has one."""
_SECOND_MS: Final = 1000
_LOOK_MS: Final = 2_000
_LAST_WORD_S: Final = 2.0


def in_front() -> bool:
    """True if a window of this program is in front, so that somebody may sit before it."""
    active = QGuiApplication.applicationState() is Qt.ApplicationState.ApplicationActive
    # Without a window manager none is called active, and one still has the keyboard.
    return active or QGuiApplication.focusWindow() is not None


class _Writer(Protocol):
    """What writes a journal in a thread of its own."""

    def write(
        self,
        at: datetime,
        what: str,
        entry: Mapping[str, str | int | None],
        wrote: Callable[[bool], None],
    ) -> None: ...

    def look(self, at: datetime) -> None: ...

    def stop(self) -> None: ...


class SupervisionDesk(QObject):
    """The supervision of the board that is shown. Lives on the main thread.

    No kiosk, plug-in or schedule has one: it takes what somebody asks for at a window in front.
    """

    state_changed = Signal(object)
    """With the SupervisionState."""
    _wrote = Signal(str, bool)
    _heard = Signal(str, object)
    _altered = Signal(int)

    def __init__(
        self,
        places: Places,
        clock: Clock,
        parent: QObject | None = None,
        *,
        attended: Callable[[], bool] = in_front,
    ) -> None:
        """Serve nothing yet.

        Args:
            attended: Tells whether somebody sits before the window.
        """
        super().__init__(parent)
        self._places = places
        self._clock = clock
        self._attended = attended
        self._live: LiveBoard | None = None
        self._opening: Opening | None = None
        self._writer: _Writer | None = None
        self._passing: TemporaryDirectory[str] | None = None
        self._state = Supervising(run="")
        self._shown = SupervisionState()
        self._stirred = threading.Event()
        self._timer = QTimer(self)
        self._timer.setInterval(_SECOND_MS)
        self._timer.timeout.connect(self._second)
        self._wrote.connect(self._take_written, Qt.ConnectionType.QueuedConnection)
        self._heard.connect(self._take_outcome, Qt.ConnectionType.QueuedConnection)
        self._altered.connect(self._take_altered, Qt.ConnectionType.QueuedConnection)
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(_LOOK_MS)
        self._looking.timeout.connect(self._look_at_journal)

    @property
    def state(self) -> SupervisionState:
        """What was told last."""
        return self._shown

    def serve(
        self, live: LiveBoard, opening: Opening, settings: Settings, wording: Wording
    ) -> None:
        """Take what is asked for about this board from now on."""
        self.forget()
        source = kind(opening.kind)
        self._live, self._opening = live, opening
        self._state = Supervising(
            run=secrets.token_hex(8),
            rights=_rights(opening, settings, wording),
            takes=source.takes(opening.told),
            phone=opening.told.get(_PHONE) or _usual_phone(source),
            needs_phone=any(field.key == _PHONE for field in source.fields),
            direct=opening.kind not in (SERVED, SIMULATOR),
            notice=wording.say(NOTICE),
            elsewhere=_decided_elsewhere(opening, settings),
        )
        live.board_changed.connect(self._see)
        self._looking.start()
        self._tell()

    def decide(self, settings: Settings, wording: Wording) -> None:
        """Hold to other rights and reasons; what may not last any more is ended."""
        if self._opening is not None:
            rights = _rights(self._opening, settings, wording)
            self._take((replace(self._state, rights=rights), ()))
            self._second()

    def forget(self) -> None:
        """End what lasts, and take nothing any more. May be called more than once."""
        live = self._live
        if live is None:
            return
        self._take(closing(self._state, self._clock.now()))
        self._hear_the_end()
        self._live = self._opening = None
        live.board_changed.disconnect(self._see)
        self._timer.stop()
        self._looking.stop()
        if self._writer is not None:
            self._writer.stop()
            self._writer = None
        if self._passing is not None:
            self._passing.cleanup()
            self._passing = None
        self._state = Supervising(run="")
        self._tell()

    def ask(self, wanted: Asked) -> None:
        """Take what a person asks for."""
        if self._live is None:
            return
        self._state = replace(self._state, here=self._attended())
        self._take(asked(self._state, wanted, self._live.board, self._clock.now()))
        self._state = replace(self._state, here=True)
        self._tell()

    # What follows from a step

    def _take(self, step: Step) -> None:
        self._state, effects = step
        self._do(effects)
        self._tell()
        if self._moves() is not self._timer.isActive():
            if self._timer.isActive():
                self._timer.stop()
            else:
                self._timer.start()

    def _moves(self) -> bool:
        """True if time alone may change something."""
        session = self._state.session
        lasts = session is not None and (session.phase is not Phase.ENDED or session.stays)
        return lasts or not self._state.journal or bool(self._state.odd)

    def _do(self, effects: Effects) -> None:
        for effect in effects:
            if isinstance(effect, PassOn):
                if self._live is not None:
                    told = partial(self._hear, effect.key)
                    self._live.supervise(Order(key=effect.key, wish=effect.wish, told=told))
                continue
            wrote = partial(self._have_written, effect.key) if effect.needed else _nothing
            entry = {**effect.entry, **self._who()}
            self._journal().write(self._clock.now().wall, effect.what, entry, wrote)

    def _who(self) -> Mapping[str, str]:
        name = "" if self._opening is None else self._opening.name
        return {"name": user_name(), "connection": name}

    def _journal(self) -> _Writer:
        if self._writer is not None:
            return self._writer
        # start-up: who only looks has no journal
        from wallboard.app.supervision_journal import (  # noqa: PLC0415 - as told
            JournalWriter,
            writer_for,
        )

        if self._opening is not None and self._opening.demo:
            # What is done to nobody is written down like anything else, and goes with it.
            self._passing = TemporaryDirectory(prefix="wallboard-", ignore_cleanup_errors=True)
            writer = JournalWriter(Path(self._passing.name) / "journal.jsonl", None)
        else:
            writer = writer_for(self._places, self._altered.emit)
        writer.start()
        self._writer = writer
        return writer

    def _look_at_journal(self) -> None:
        """See whether the journal is as it was left; who only looks has none."""
        if self._opening is None or self._opening.demo:
            return
        # start-up: as above
        from wallboard.app.supervision_journal import journal_file  # noqa: PLC0415 - as told

        if journal_file(self._places).exists():
            self._journal().look(self._clock.now().wall)

    def _take_altered(self, line: int) -> None:
        self._take((replace(self._state, altered_at=line), ()))

    def _have_written(self, key: str, done: bool) -> None:  # noqa: FBT001 - what a writer says
        """Take the journal's word in its thread."""
        self._wrote.emit(key, done)
        self._stirred.set()

    def _hear(self, key: str, came: Outcome) -> None:
        """Take the loop's word in its thread."""
        self._heard.emit(key, came)
        self._stirred.set()

    def _take_written(self, key: str, done: bool) -> None:  # noqa: FBT001 - a signal
        if self._live is not None:
            now = self._clock.now()
            self._take(written(self._state, key, done, self._live.board, now))

    def _take_outcome(self, key: str, came: object) -> None:
        if self._live is None or not isinstance(came, Outcome):
            return
        now, board = self._clock.now(), self._live.board
        reached = came not in (AWAY, LATE, SAME)
        self._take(outcome(self._state, key, came.stage, came.reason, board, now, reached=reached))

    def _see(self, board: Board, now: Moment) -> None:
        self._take(board_seen(self._state, board, now))

    def _second(self) -> None:
        if self._live is not None:
            self._take(second_passed(self._state, self._live.board, self._clock.now()))

    def _tell(self) -> None:
        live = self._live
        told = SupervisionState() if live is None else shown(self._state, live.board)
        if told != self._shown:
            self._shown = told
            self.state_changed.emit(told)

    def _hear_the_end(self) -> None:
        """Wait, not for long, until what is ended has been passed on and answered."""
        until_s = self._clock.now().steady_s + _LAST_WORD_S
        while self._ends() and self._clock.now().steady_s < until_s:
            self._stirred.wait(0.05)
            self._stirred.clear()
            QCoreApplication.sendPostedEvents(self)

    def _ends(self) -> bool:
        return any(
            each.wish.kind is WishKind.END and not each.given_up
            for each in self._state.under_way.values()
        )


def _usual_phone(source: SourceKind) -> str:
    """Return the phone that a kind of source has if none is told."""
    return next((field.default for field in source.fields if field.key == _PHONE), "")


def _nothing(_done: bool) -> None:  # noqa: FBT001 - what a writer says
    """Take the journal's word on a line that nothing waits for."""


def _rights(opening: Opening, settings: Settings, wording: Wording) -> Rights:
    """Return what the person who sits here may do."""
    rights = settings.rights_of(opening.name, user_name())
    if not rights.reasons:
        rights = replace(rights, reasons=tuple([wording.say(each) for each in _REASONS]))
    if opening.demo:
        return replace(rights, may=frozenset(WishKind))
    if _decided_elsewhere(opening, settings):
        # Its server knows who may do what, and refuses the rest.
        return replace(rights, may=frozenset(WishKind))
    return rights


def _decided_elsewhere(opening: Opening, settings: Settings) -> bool:
    """True if a server decides about supervision, and nothing was decided here besides."""
    return opening.kind == SERVED and settings.supervision.undecided(opening.name)
