"""The drawer beside the queues: one queue in detail, for as long as somebody wants to see it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from wallboard.domain.clock import Moment
from wallboard.domain.snapshot import CallId, QueueId
from wallboard.engine.board import Board
from wallboard.engine.supervision import SupervisionState
from wallboard.ui.easel import Easel, Texts, flood
from wallboard.ui.look import Look
from wallboard.ui.outside_text import isolated, shown
from wallboard.ui.panels.caller_offers import CallerOffers
from wallboard.ui.panels.panel import Condition, condition_of
from wallboard.ui.panels.queue_figures import QueueFigures
from wallboard.ui.panels.waiting_list import WaitingList
from wallboard.ui.quiet_button import KeyedButton
from wallboard.ui.theme.type import Role

WIDE, NARROW = 420, 348
"""The drawer's width in pixels at 100 %, on a large and on a small window."""


class CloseButton(KeyedButton):
    """Closes what it stands on: a cross without an outline."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_look(look)

    def show_look(self, look: Look) -> None:
        """Show the button in another look."""
        self._look = look
        name = look.wording.translate("Queues", "Close")
        self.setAccessibleName(name)
        self.setAccessibleDescription("Esc")
        self.setToolTip(f"{name} · Esc")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the cross."""
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        flood(painter, event.rect(), theme.surface)
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        lit = self.underMouse() or self.isDown()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.raised if lit else theme.surface)
        painter.drawRoundedRect(box, 4, 4)
        reach = self._look.px(5)
        middle = box.center()
        painter.setPen(QPen(theme.text if lit else theme.text2, 1.6))
        for way in (1, -1):
            painter.drawLine(
                round(middle.x() - reach), round(middle.y() - way * reach),
                round(middle.x() + reach), round(middle.y() + way * reach),
            )  # fmt: skip
        if self.ringed():
            painter.setPen(QPen(theme.focus, theme.focus_width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 4, 4)
        painter.end()


class QueueDrawer(QWidget):
    """Shows a queue: its name, its figures, its callers and agents.

    Signals:
        closed: Nobody wants to see it any more.
        figure_chosen: The key of a figure that is to be explained, and its queue.
        supervision_wanted: An Asked.
    """

    closed = Signal()
    figure_chosen = Signal(str, str)
    supervision_wanted = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._texts = Texts()
        self._queue_id: QueueId | None = None
        self._name = ""
        self._gone = False
        self._condition = Condition.BLANK
        self._shown: tuple[Board, Moment] | None = None
        self.figures = QueueFigures(look)
        self.people = WaitingList(look)
        self._state: SupervisionState | None = None
        self.offers = CallerOffers(look)
        self.offers.hide()
        self._close = CloseButton(look)
        for part in (self._close, self.figures, self.people, self.offers):
            part.setParent(self)
        self.people.chosen.connect(self._show_again)
        self.offers.asked.connect(self.supervision_wanted)
        self._close.clicked.connect(self.closed)
        self.figures.figure_chosen.connect(self._ask)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusProxy(self.figures)

    def queue_id(self) -> QueueId | None:
        """Return the queue that is shown. None before the first."""
        return self._queue_id

    def show_look(self, look: Look) -> None:
        """Show the drawer in another look. A board must be shown after this."""
        self._look = look
        self._texts.clear()
        self._close.show_look(look)
        self.figures.show_look(look)
        self.people.show_look(look)
        self.offers.show_look(look)
        self._arrange()
        self.update()

    def show_supervision(self, state: SupervisionState) -> None:
        """Offer the supervisor's commands for callers who wait."""
        self._state = state
        if self.offers.isHidden():
            self.offers.show()
            self._arrange()
        self._show_again()

    def show_queue(self, board: Board, queue_id: QueueId, now: Moment) -> None:
        """Show a queue as it is at this moment; only what changed is painted."""
        self._queue_id = queue_id
        self.show_board(board, now)

    def show_board(self, board: Board, now: Moment) -> None:
        """Show the queue that was chosen as it is at this moment."""
        self._shown = (board, now)
        queue_id = self._queue_id
        if queue_id is None:
            return
        standing = board.queues.get(queue_id)
        gone = standing is None and board.snapshot is not None
        name = self._name if standing is None else shown(standing.queue.name)
        condition = condition_of(board)
        if (name, gone, condition) != (self._name, self._gone, self._condition):
            self._name, self._gone, self._condition = name, gone, condition
            self.update()
        told = self._look.wording.translate("Queues", "Queue {name} in detail")
        told = told.format(name=isolated(self._name))
        if told != self.accessibleName():
            self.setAccessibleName(told)
        self.figures.show_queue(board, queue_id, now)
        self.people.show_queue(board, queue_id, now)
        if self._state is not None:
            self.offers.show_caller(board, self._state, self._caller(board), now)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Close at Esc; it never closes more than this."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Arrange the parts."""
        super().resizeEvent(event)
        self._arrange()
        if self._shown is not None:
            self.show_board(*self._shown)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the card, the name, and lines between the parts."""
        look, theme = self._look, self._look.theme
        painter = QPainter(self)
        easel = Easel(painter, look, self.width(), self._texts)
        flood(painter, event.rect(), theme.base)
        whole = QRectF(self.rect())
        easel.card(whole)
        pad = look.px(14)
        title = QRectF(pad, 0, self.width() - pad - look.px(52), self._title_height())
        if self._gone:
            used = easel.write(title, self._name, look.font(Role.TITLE), theme.text2)
            title.setLeft(title.x() + used + look.px(10))
            text = look.wording.translate("Queues", "is not there any more")
            easel.write(title, text, look.font(Role.LABEL), theme.muted)
        else:
            easel.write(title, self._name, look.font(Role.TITLE), theme.text)
        for top in (self._title_height(), self.people.y() - 1):
            easel.fill(QRectF(1, top - 1, self.width() - 2, 1), theme.line)
        if self._condition is Condition.FADED:
            easel.dashed_frame(whole)
        painter.end()

    def _caller(self, board: Board) -> CallId | None:
        """Return the caller who was chosen. None if nobody was, or he does not wait any more."""
        call_id = self.people.chosen_caller()
        waits = board.snapshot is not None and call_id in board.snapshot.calls
        return call_id if waits else None

    def _show_again(self, *_: object) -> None:
        if self._shown is not None:
            self.show_board(*self._shown)

    def _ask(self, key: str) -> None:
        if self._queue_id is not None:
            self.figure_chosen.emit(key, self._queue_id)

    def _title_height(self) -> int:
        return self._look.px(40 if self._look.compact else 48)

    def _arrange(self) -> None:
        look, title = self._look, self._title_height()
        side = look.px(32)
        edge = 2
        start = self.width() - side - look.px(8)
        left = self.width() - start - side if look.rtl else start
        self._close.setGeometry(left, (title - side) // 2, side, side)
        high = self.figures.height_needed()
        width = self.width() - 2 * edge
        self.figures.setGeometry(QRect(edge, title + look.px(4), width, high))
        top = title + look.px(4) + high + look.px(6)
        foot = self.height() - edge
        if not self.offers.isHidden():
            high = self.offers.height_at(width)
            foot -= high
            self.offers.setGeometry(QRect(edge, foot, width, high))
        self.people.setGeometry(QRect(edge, top, width, max(0, foot - top)))
