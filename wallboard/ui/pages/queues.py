"""The queues: which one is in trouble, why, and who is in it."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from wallboard.domain.clock import Moment
from wallboard.domain.snapshot import QueueId
from wallboard.engine.board import Board
from wallboard.engine.supervision import SupervisionState
from wallboard.ui.easel import flood
from wallboard.ui.filter_field import FilterField
from wallboard.ui.look import Look
from wallboard.ui.panels.drawer import NARROW, WIDE, QueueDrawer
from wallboard.ui.panels.full_queue_table import FullQueueTable
from wallboard.ui.panels.group_chips import GroupChips
from wallboard.ui.plain_label import PlainLabel
from wallboard.ui.shield import Shielded
from wallboard.ui.theme.type import Role


class QueuesPage(Shielded, QWidget):
    """Shows all queues with all figures, and beside them the one that was opened.

    Signals:
        supervision_wanted: An Asked.
    """

    explanation_wanted = Signal(str, object)
    supervision_wanted = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        # It paints all of its box: what is under it need not be painted for that.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._look = look
        self._shown: tuple[Board, Moment] | None = None
        self._drawer: QueueDrawer | None = None
        self._state: SupervisionState | None = None
        self.filter = FilterField(look)
        self.count = PlainLabel()
        self.groups = GroupChips(look)
        self.table = FullQueueTable(look)
        for part in (self.filter, self.count, self.groups, self.table):
            part.setParent(self)
        self.setFocusProxy(self.table)
        self.filter.textChanged.connect(self.table.look_for)
        self.filter.left.connect(self._to_table)
        self.groups.chosen.connect(self._show_group)
        self.table.figure_chosen.connect(self._ask)
        self.table.queue_opened.connect(self._open)
        self.table.queue_chosen.connect(self._follow)
        self.table.shown_changed.connect(self._count_rows)
        slash = QShortcut(QKeySequence("/"), self)
        slash.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        slash.activated.connect(self._search_by_sign)
        self._dress()

    def show_look(self, look: Look) -> None:
        """Show the page in another look. A board must be shown after this."""
        self._look = look
        self.filter.show_look(look)
        self.groups.show_look(look)
        self.table.show_look(look)
        if self._drawer is not None:
            self._drawer.show_look(look)
        self._dress()
        self._arrange()
        self.update()

    def show_board(self, board: Board, now: Moment) -> None:
        """Show the board as it is at this moment; only what changed is painted."""
        first = self._shown is None or self._shown[0].queues.keys() != board.queues.keys()
        self._shown = (board, now)
        if self.groups.show_board(board):
            self._arrange()
        self.table.show_board(board, now)
        if self._drawer is not None and self._drawer.isVisibleTo(self):
            self._drawer.show_board(board, now)
        if first:
            self._count_rows()

    def show_supervision(self, state: SupervisionState) -> None:
        """Show what a supervisor may do about a caller who waits, and what came of it."""
        self._state = state
        if self._drawer is not None:
            self._drawer.show_supervision(state)

    def choose(self, key: str) -> None:
        """Open the queue of this id; one that is filtered away is shown again for it."""
        if self._shown is None or QueueId(key) not in self._shown[0].queues:
            return
        if not self.table.choose(QueueId(key)):
            self.filter.clear()
            self.groups.choose_none()
            self.table.choose(QueueId(key))
        self._open(key)

    def search(self) -> None:
        """Give the keyboard to the filter."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def panes(self) -> tuple[QWidget, ...]:
        """Return the parts that can take the keyboard, in reading order."""
        if self._drawer is None:
            return self.filter, self.table
        return self.filter, self.table, self._drawer

    def drawer(self) -> QueueDrawer | None:
        """Return the drawer. None while it is closed."""
        drawer = self._drawer
        return drawer if drawer is not None and drawer.isVisibleTo(self) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Close the detail at Esc, wherever on the page the keyboard is."""
        if event.key() == Qt.Key.Key_Escape and self.drawer() is not None:
            self.close_drawer()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Arrange the parts."""
        super().resizeEvent(event)
        self._arrange()
        if self._shown is not None:
            self.show_board(*self._shown)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint what lies between the parts."""
        painter = QPainter(self)
        flood(painter, event.rect(), self._look.theme.base)
        painter.end()

    def _search_by_sign(self) -> None:
        if self._look.single_keys:
            self.search()

    def _show_group(self, group: str) -> None:
        self.table.show_group(group)
        self._count_rows()

    def _ask(self, key: str, queue_id: str) -> None:
        self.explanation_wanted.emit(key, QueueId(queue_id))

    def _open(self, queue_id: str) -> None:
        """Open the drawer for a queue; opened once more, it takes the keyboard."""
        if self._shown is None:
            return
        drawer = self._drawer
        if drawer is None:
            drawer = self._drawer = QueueDrawer(self._look)
            drawer.setParent(self)
            drawer.closed.connect(self.close_drawer)
            drawer.figure_chosen.connect(self._ask)
            drawer.supervision_wanted.connect(self.supervision_wanted)
            if self._state is not None:
                drawer.show_supervision(self._state)
        elif drawer.isVisibleTo(self) and drawer.queue_id() == queue_id:
            drawer.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        board, now = self._shown
        drawer.show_queue(board, QueueId(queue_id), now)
        drawer.show()
        self._arrange()
        self.table.show_board(board, now)

    def close_drawer(self) -> None:
        """Close the drawer; the keyboard goes back to the table if it was in there."""
        drawer = self.drawer()
        if drawer is None:
            return
        has = QApplication.focusWidget()
        inside = has is not None and drawer.isAncestorOf(has)
        drawer.hide()
        self._arrange()
        if inside:
            self._to_table()

    def _follow(self, queue_id: str) -> None:
        """Show in the open drawer what was chosen in the table."""
        drawer = self.drawer()
        if drawer is not None and self._shown is not None:
            drawer.show_queue(self._shown[0], QueueId(queue_id), self._shown[1])

    def _to_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _count_rows(self) -> None:
        if self._shown is None or self._shown[0].snapshot is None:
            self.count.show_text("")
            return
        wording = self._look.wording
        all_rows, rows = len(self._shown[0].queues), len(self.table.order())
        text = (
            wording.translate("Queues", "Queues: {number}")
            if rows == all_rows
            else wording.translate("Queues", "Queues: {number} of {all}")
        )
        self.count.show_text(text.format(number=wording.count(rows), all=wording.count(all_rows)))

    def _dress(self) -> None:
        look = self._look
        self.count.setFont(look.font(Role.LABEL))
        palette = look.palette()
        palette.setColor(self.count.foregroundRole(), look.theme.text2)
        self.count.setPalette(palette)
        # Told outright: a text of digits alone would be put where Latin lines begin.
        side = Qt.AlignmentFlag.AlignRight if look.rtl else Qt.AlignmentFlag.AlignLeft
        absolute = Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        self.count.setAlignment(side | absolute)
        self.filter.show_hint(look.wording.translate("Queues", "Filter queues"))
        self._count_rows()

    def _arrange(self) -> None:
        look = self._look
        compact = look.compact
        gap = look.px(8)
        field = look.px(32)
        top = look.px(2)
        self._place(self.filter, 0, top, look.px(240 if compact else 300), field)
        start = look.px(240 if compact else 300) + look.px(14)
        count = look.px(150 if compact else 190)
        self._place(self.count, start, top, count, field)
        start += count + gap
        chips = self.width() - start
        # Beside the count while one line is enough, else below it.
        high = self.groups.height_at(chips)
        beside = high <= field
        self.groups.setVisible(bool(high))
        if beside:
            self._place(self.groups, start, top, chips, field)
        top += field + gap
        if not beside:
            high = self.groups.height_at(self.width())
            self._place(self.groups, 0, top, self.width(), high)
            top += high + gap
        height = self.height() - top
        drawer = self.drawer()
        width = self.width()
        if drawer is not None:
            side = look.px(NARROW if compact else WIDE)
            width -= side + gap
            self._place(drawer, width + gap, top, side, height)
        self._place(self.table, 0, top, width, height)

    def _place(self, part: QWidget, start: int, top: int, width: int, height: int) -> None:
        """Put a part at a place counted from the start of the line."""
        left = self.width() - start - width if self._look.rtl else start
        part.setGeometry(QRect(left, top, width, max(0, height)))
