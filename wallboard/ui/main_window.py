"""The window: the first-run page or the live board, and the keys that work everywhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QCloseEvent,
    QGuiApplication,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from wallboard.domain.clock import Moment
from wallboard.domain.facts import CallRecord
from wallboard.domain.snapshot import AgentId, QueueId
from wallboard.engine.board import Board
from wallboard.engine.explanation import Explanation
from wallboard.engine.supervision import SupervisionState
from wallboard.engine.windows import WindowKind
from wallboard.ui.accessible.announcing import Announcer, announce
from wallboard.ui.accessible.interfaces import tell_painted_parts
from wallboard.ui.explaining import Explaining
from wallboard.ui.frame.board_frame import BoardFrame
from wallboard.ui.frame.overlays import Overlays
from wallboard.ui.frame.page_table import PAGES, page_keys
from wallboard.ui.guiding import Guiding
from wallboard.ui.look import Look
from wallboard.ui.outside_text import in_title, shown
from wallboard.ui.supervisor import Supervisor
from wallboard.ui.theme.tokens import next_theme
from wallboard.ui.theme.type import Role
from wallboard.ui.thing import Thing, ThingKind


class MainWindow(QMainWindow):
    """The window. Acts on nothing itself: it tells what was wished for.

    Signals:
        demo_requested: The simulated call center is to be shown.
        connect_requested: A system is to be connected.
        outage_requested: The simulated call center is to be out of reach for a while;
            `show_outage` tells of it.
        language_requested: `en` or `fa`.
        theme_requested: The key of a theme.
        kiosk_requested: A TV's board is to be shown on its screen.
        refresh_requested: The source is to be asked at once.
        window_requested: The board is to be of another stretch of time.
        page_made: The key of a page that was just made, and the page, for wishes of its own.
        explanation_wanted: The key of a figure of the board's window and the queue it is of, None
            for all; `show_explanation` is to follow, or `show_no_explanation`.
        alert_wished: An AlertWish: something is to be done with an alert.
        guide_wanted: The language of the guide that is to be read; `show_guide` is to follow.
        wish_asked: An Asked of the supervisor's; `show_supervision` tells what comes of it.
        board_shown: Another board, or the same of another second.
        closing: The window goes.
    """

    demo_requested = Signal()
    connect_requested = Signal()
    outage_requested = Signal()
    language_requested = Signal(str)
    theme_requested = Signal(str)
    kiosk_requested = Signal()
    refresh_requested = Signal()
    window_requested = Signal(WindowKind)
    page_made = Signal(str, QWidget)
    explanation_wanted = Signal(str, object)
    alert_wished = Signal(object)
    guide_wanted = Signal(str)
    wish_asked = Signal(object)
    board_shown = Signal()
    closing = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._pages = QStackedWidget()
        self._shown: tuple[Board, Moment] | None = None
        self._explaining = Explaining(self)
        self._explaining.wanted.connect(self.explanation_wanted)
        self._explaining.history_wanted.connect(partial(self.open_page, "history"))
        self._guiding = Guiding(self)
        self._guiding.wanted.connect(self.guide_wanted)
        self._frame: BoardFrame | None = None
        self._first_run: QWidget | None = None
        self._dress_first_run: Callable[[Look], None] | None = None
        self.setCentralWidget(self._pages)
        self.setMinimumSize(960, 600)
        self.resize(1366, 768)
        self._hears_keys = False
        self._tour: QWidget | None = None
        self._dress_tour: Callable[[Look], None] | None = None
        self._overlays: Overlays | None = None
        self._supervisor = Supervisor(self)
        self._supervisor.wished.connect(self.wish_asked)
        self._supervisor.resized.connect(self._make_room)
        self._announcer = Announcer()
        tell_painted_parts()
        self._dress()

    def show_look(self, look: Look) -> None:
        """Show everything in another theme, language or size."""
        self._look = look
        self._dress()
        if self._overlays is not None:
            self._overlays.close()
        if self._frame is not None:
            self._frame.show_look(look)
            if self._dress_tour is not None:
                self._dress_tour(self._frame.look())
        if self._dress_first_run is not None:
            self._dress_first_run(look)
        self._guiding.show_look(look)

    def show_first_run(self, trouble: str = "") -> None:
        """Show the page with the two choices.

        Args:
            trouble: Why it is shown although something is connected, and what to do.
        """
        # start-up: who has a board to see does not wait for this page
        from wallboard.ui.pages.first_run import FirstRunPage  # noqa: PLC0415 - as told

        page = self._first_run
        if not isinstance(page, FirstRunPage):
            page = FirstRunPage(self._look)
            page.demo_requested.connect(self.demo_requested)
            page.connect_requested.connect(self.connect_requested)
            page.language_requested.connect(self.language_requested)
            page.theme_requested.connect(self.theme_requested)
            self._pages.addWidget(page)
            self._first_run = page
            self._dress_first_run = page.show_look
        page.show_trouble(trouble)
        self._pages.setCurrentWidget(page)
        page.demo_card.setFocus()
        self._name("")

    def show_board(self, board: Board, now: Moment) -> None:
        """Show the live board as it is at this moment."""
        frame = self._frame
        if frame is None:
            frame = self._frame = self._framed()
        if self._pages.currentWidget() is not frame:
            self._pages.setCurrentWidget(frame)
            self._give_page_the_keyboard()
        self._shown = (board, now)
        frame.show_board(board, now)
        self._supervisor.show_board(frame.look(), board, now)
        self._name(shown(board.name))
        self._announce(board, now)
        self.board_shown.emit()

    def _announce(self, board: Board, now: Moment) -> None:
        """Tell those who listen what is news; there are none as a rule."""
        if not QAccessible.isActive():
            self._announcer.forget()
            return
        news = self._announcer.hear(board, now, self._look.wording)
        if news is not None:
            announce(self, news)

    def show_supervision(self, state: SupervisionState) -> None:
        """Show what the supervisor may do, what lasts, and what came of what was asked for."""
        if self._frame is not None:
            self._frame.show_supervision(state)
            if self._shown is not None:
                self._supervisor.show_board(self._frame.look(), *self._shown)
        self._supervisor.show_state(state)
        if self._shown is not None:
            self._name(shown(self._shown[0].name))

    def show_outage(self, running: bool) -> None:  # noqa: FBT001 - a signal's form
        """Show whether an outage of the demo is under way."""
        if self._frame is not None:
            self._frame.top_bar.show_outage(running=running)

    def show_tour(self) -> None:
        """Show whoever sees the board for the first time around; nothing if no board is shown."""
        # start-up: only who has no connection yet is shown around
        from wallboard.ui.frame.coach_marks import CoachMarks  # noqa: PLC0415 - as told

        frame = self._seen_frame()
        if frame is None or self._tour is not None:
            return
        tour = CoachMarks(frame.look(), frame, frame.place_of)
        tour.closed.connect(self.end_tour)
        frame.page_shown.connect(tour.stay)
        self.board_shown.connect(tour.stay)
        self._tour, self._dress_tour = tour, tour.show_look
        tour.open()

    def end_tour(self) -> None:
        """Show nobody around any more; nothing if nobody is."""
        tour, self._tour, self._dress_tour = self._tour, None, None
        if tour is not None:
            self._give_page_the_keyboard()
            tour.hide()
            tour.deleteLater()

    def open_page(self, key: str, row: str = "") -> None:
        """Show a page of the board, and there one of its rows; nothing while no board is shown.

        Raises:
            KeyError: There is no such page.
        """
        frame = self._seen_frame()
        if frame is not None:
            frame.open_page(key)
            if row:
                frame.go_to(key, row)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Hear the keys once the window is seen: the pages cover all of it, it is not painted."""
        if event.type() is QEvent.Type.Expose and not self._hears_keys:
            self._hears_keys = True
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._hear_keys)
        return False

    def show_explanation(self, told: Explanation, records: Sequence[CallRecord]) -> None:
        """Show what was asked for last; an answer that nobody waits for any more is dropped.

        Args:
            told: Of the key that was asked for.
            records: The calls behind it, by arrival.
        """
        self._explaining.show_explanation(told, records)

    def show_guide(self, guide: object) -> None:
        """Show the Guide that was asked for."""
        self._guiding.show_guide(guide)

    def show_no_explanation(self, text: str) -> None:
        """Say why what was asked for last cannot be explained, and what to do."""
        self._explaining.show_trouble(text)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Give the keyboard to the board, not to its first button: a calm board has no ring."""
        super().showEvent(event)
        if not self._hears_keys:
            self.windowHandle().installEventFilter(self)
        if self._frame is not None and self._pages.currentWidget() is self._frame:
            self._give_page_the_keyboard()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the banner in its place."""
        super().resizeEvent(event)
        self._supervisor.place()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Tell that the window goes."""
        self.closing.emit()
        super().closeEvent(event)

    def _hear_keys(self) -> None:
        # Not before the first frame: Qt's names of the keys are 5 ms of the time to it.
        for keys, act in (
            ("F5", self._ask_refresh),
            ("F11", self._turn_full_screen),
            ("Ctrl+L", self._ask_language),
            ("Ctrl+D", self._ask_theme),
            ("Ctrl+K", self._find),
            ("Ctrl+Shift+K", self._ask_kiosk),
            ("F1", self._open_guide),
            ("?", self._tell_keys_by_sign),
            ("؟", self._tell_keys_by_sign),
            ("F4", self._turn_dock),
            ("F6", partial(self._next_pane, forward=True)),
            ("Shift+F6", partial(self._next_pane, forward=False)),
            *((page_keys(at), partial(self._open_page, at)) for at in range(len(PAGES))),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        # Out of a question that is open, too.
        end = QShortcut(QKeySequence("Ctrl+Shift+S"), self)
        end.setContext(Qt.ShortcutContext.ApplicationShortcut)
        end.activated.connect(self._supervisor.end)

    def _framed(self) -> BoardFrame:
        frame = BoardFrame(self._look)
        frame.language_requested.connect(self.language_requested)
        frame.theme_requested.connect(self.theme_requested)
        frame.connect_requested.connect(self.connect_requested)
        frame.outage_requested.connect(self.outage_requested)
        frame.window_requested.connect(self.window_requested)
        frame.explanation_wanted.connect(self._explain)
        frame.page_made.connect(self.page_made)
        frame.alert_wished.connect(self.alert_wished)
        frame.supervision_wanted.connect(self._supervisor.begin)
        if self._supervisor.state is not None:
            frame.show_supervision(self._supervisor.state)
        frame.find_wanted.connect(self._find)
        frame.keys_wanted.connect(self._tell_keys)
        frame.guide_wanted.connect(self._open_guide)
        self._pages.addWidget(frame)
        return frame

    def _give_page_the_keyboard(self) -> None:
        # Qt would give it to the first button: a calm board has no ring.
        if self._frame is not None:
            self._frame.page_widget().setFocus(Qt.FocusReason.MouseFocusReason)

    def _seen_frame(self) -> BoardFrame | None:
        """Return the frame while it is what the window shows."""
        frame = self._frame
        return frame if frame is not None and self._pages.currentWidget() is frame else None

    def _open_page(self, at: int) -> None:
        frame = self._seen_frame()
        if frame is not None:
            if self._overlays is not None:
                self._overlays.close()
            frame.open_page(PAGES[at].key, by_key=True)

    def _turn_dock(self) -> None:
        frame = self._seen_frame()
        if frame is not None and (self._overlays is None or not self._overlays.is_open()):
            frame.turn_dock()

    def _next_pane(self, *, forward: bool) -> None:
        frame = self._seen_frame()
        if frame is not None and (self._overlays is None or not self._overlays.is_open()):
            frame.next_pane(forward=forward)

    def _over(self) -> Overlays:
        if self._overlays is None:
            self._overlays = Overlays(self._pages)
            self._overlays.picked.connect(self._do)
        return self._overlays

    def _find(self) -> None:
        if self._seen_frame() is not None and self._frame is not None and self._shown is not None:
            supervised = self._supervisor.state is not None
            self._over().find(self._frame.look(), self._shown[0], supervised=supervised)

    def _open_guide(self) -> None:
        """Open the guide where it tells of the page that is shown."""
        frame = self._seen_frame()
        if self._overlays is not None:
            self._overlays.close()
        self._guiding.ask(self._look, "" if frame is None else frame.page_key())

    def _tell_keys_by_sign(self) -> None:
        if self._look.single_keys:
            self._tell_keys()

    def _tell_keys(self) -> None:
        frame = self._frame
        self._over().tell_keys(self._look if frame is None else frame.look())

    def _do(self, thing: Thing) -> None:
        """Go to what was chosen in the palette, or have it done."""
        frame, key = self._seen_frame(), thing.key
        if frame is None:
            return
        match thing.what:
            case ThingKind.PAGE:
                frame.open_page(key, by_key=True)
            case (
                ThingKind.QUEUE | ThingKind.AGENT | ThingKind.SETTING | ThingKind.LISTENING as what
            ):
                self._go_to(frame, what, key)
            case ThingKind.FIGURE:
                self._explain(key, None)
            case ThingKind.WINDOW:
                self.window_requested.emit(WindowKind(key))
            case ThingKind.THEME:
                self.theme_requested.emit(key)
            case ThingKind.DEED:
                self._deeds()[key]()

    def _go_to(self, frame: BoardFrame, what: ThingKind, key: str) -> None:
        if what is ThingKind.LISTENING:
            # Shown in detail, which tells why not if it cannot be.
            frame.go_to("agents", key, opened=True)
            self._supervisor.listen_to(AgentId(key))
        else:
            frame.go_to(f"{what}s", key)

    def _make_room(self, height: int) -> None:
        """Leave room for the banner above the board; 0 is for none."""
        if self._frame is not None:
            self._frame.leave_above(height, self._supervisor.banner())

    def _deeds(self) -> Mapping[str, Callable[[], None]]:
        return {
            "refresh": self._ask_refresh,
            "language": self._ask_language,
            "full_screen": self._turn_full_screen,
            "guide": self._open_guide,
            "keys": self._tell_keys,
            "connect": self.connect_requested.emit,
            "kiosk": self._ask_kiosk,
        }

    def _explain(self, key: str, queue_id: QueueId | None) -> None:
        if self._shown is not None:
            self._explaining.ask(self._look, *self._shown, key, queue_id)

    def _dress(self) -> None:
        look = self._look
        application = QApplication.instance()
        if isinstance(application, QApplication):
            QGuiApplication.setLayoutDirection(look.direction)
            application.setPalette(look.palette())
            application.setFont(look.font(Role.BODY))
        self._name("")

    def _name(self, board: str) -> None:
        title = self._look.wording.translate("FirstRun", "Wallboard")
        title = in_title(" · ".join(filter(None, (self._supervisor.title(), board, title))))
        if title != self.windowTitle():
            self.setWindowTitle(title)

    def _ask_kiosk(self) -> None:
        if self._seen_frame() is not None:
            self.kiosk_requested.emit()

    def _ask_refresh(self) -> None:
        self.refresh_requested.emit()

    def _turn_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _ask_language(self) -> None:
        self.language_requested.emit("en" if self._look.wording.language == "fa" else "fa")

    def _ask_theme(self) -> None:
        self.theme_requested.emit(next_theme(self._look.theme.key))
