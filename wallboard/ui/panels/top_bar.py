"""The top bar: which connection, how fresh, what time it is there, and a few switches."""

from __future__ import annotations

from datetime import timedelta
from math import inf
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent

from wallboard.domain.clock import Moment
from wallboard.domain.errors import FaultKind
from wallboard.domain.value import value
from wallboard.engine.board import Board, age_of, fresh, site_time
from wallboard.engine.freshness import Freshness
from wallboard.engine.windows import WindowKind
from wallboard.ui.alert_button import AlertButton
from wallboard.ui.chip_marks import ChipMark, paint_chip_mark
from wallboard.ui.easel import Easel, Place, flood
from wallboard.ui.look import Look
from wallboard.ui.outside_text import shown
from wallboard.ui.panels.panel import Panel
from wallboard.ui.quiet_button import QuietButton
from wallboard.ui.theme.tokens import next_theme
from wallboard.ui.theme.type import Role
from wallboard.ui.window_button import WindowButton
from wallboard.ui.wording import LANGUAGES, Wording
from wallboard.ui.words import phrase


@value
class ChipFace:
    """All that the connection chip shows.

    Attributes:
        loud: True if the figures are not of the present: the chip is filled.
    """

    mark: ChipMark
    text: str
    loud: bool


_LONGEST_PAUSE_S: Final = 86_400
_ASK_THE_USER = {
    FaultKind.SIGN_IN: phrase("Chip", "SIGN-IN"),
    FaultKind.FORBIDDEN: phrase("Chip", "SIGN-IN"),
    FaultKind.NO_SECRET: phrase("Chip", "SIGN-IN"),
    FaultKind.CERTIFICATE: phrase("Chip", "CERTIFICATE"),
}
_INCOMPLETE: Final = frozenset(
    {
        FaultKind.ROWS_IGNORED,
        FaultKind.CALLS_UNSEEN,
        FaultKind.COUNTS_LOST,
        FaultKind.NO_EVENTS,
        FaultKind.MEMBERS_UNRESOLVED,
        FaultKind.PART_NOT_TOLD,
    }
)
_MARKS = {
    Freshness.WAITING: ChipMark.BROKEN,
    Freshness.LIVE: ChipMark.RING,
    Freshness.LATE: ChipMark.CLOCK,
    Freshness.STALE: ChipMark.BROKEN,
    Freshness.NO_DATA: ChipMark.BARRED,
}


def chip_face(board: Board, now: Moment, wording: Wording) -> ChipFace:
    """Return what the connection chip shows. It always has a text."""
    if board.fault is not None and not fresh(board) and board.fault.kind in _ASK_THE_USER:
        text = wording.say(_ASK_THE_USER[board.fault.kind])
        return ChipFace(mark=ChipMark.LOCK, text=text, loud=True)
    if _throttled(board):
        return _pausing(board, now, wording)
    word, age, text = wording.freshness(board.freshness), age_of(board, now), ""
    match board.freshness:
        case Freshness.LIVE | Freshness.LATE:
            text = f"{word} {wording.age(age)}"
        case Freshness.STALE:
            text = f"{word} {wording.duration(age)}"
        case Freshness.NO_DATA:
            since = board.taken_at.wall if board.taken_at is not None else now.wall
            text = wording.translate("Chip", "NO DATA since {time}").format(
                time=wording.clock_minute(since, board.zone)
            )
        case Freshness.WAITING:
            text = f"{word} …"
    loud = not fresh(board) and board.freshness is not Freshness.WAITING
    return ChipFace(mark=_MARKS[board.freshness], text=text, loud=loud)


def flaws_of(board: Board) -> int:
    """Return for how many reasons the figures are not all that they could be."""
    return sum(notice.kind in _INCOMPLETE for notice in board.notices)


def _throttled(board: Board) -> bool:
    """True if the figures grow old because the server wants to be asked less often."""
    slowed = board.fault is not None and board.fault.kind is FaultKind.THROTTLED
    return slowed and board.freshness in (Freshness.LATE, Freshness.STALE)


def _pausing(board: Board, now: Moment, wording: Wording) -> ChipFace:
    """Return how long we wait for a server that was asked too often, as far as it is known."""
    told = "" if board.fault is None else board.fault.detail("seconds")
    left: timedelta | None = None
    if board.fault_at is not None and told.isascii() and told.isdigit():
        left = timedelta(seconds=min(int(told[:9]), _LONGEST_PAUSE_S))
        left -= now.wall - board.fault_at
    text = wording.translate("Chip", "PAUSED")
    if left is not None and left > timedelta():
        text = f"{text} {wording.duration(left)}"
    return ChipFace(mark=ChipMark.HOURGLASS, text=text, loud=not fresh(board))


class TopBar(Panel):
    """Shows the bar; its buttons are the only widgets in it."""

    language_requested = Signal(str)
    theme_requested = Signal(str)
    connect_requested = Signal()
    outage_requested = Signal()
    window_requested = Signal(WindowKind)
    alerts_requested = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._name = ""
        self._clock = ""
        self._chip: ChipFace | None = None
        self._demo = False
        self._flaws = 0
        self._chip_box = QRectF()
        # Where name and chip ended when they were painted last, from the start of the line.
        self._reach = inf
        self._connect = QuietButton(look)
        self._outage = QuietButton(look)
        self._language = QuietButton(look)
        self._theme = QuietButton(look)
        self._window = WindowButton(look)
        self._alerts = AlertButton(look)
        for button in self._buttons():
            button.setParent(self)
        self._connect.hide()
        self._outage.hide()
        self._window.window_requested.connect(self.window_requested)
        self._alerts.clicked.connect(self.alerts_requested)
        self._connect.clicked.connect(self.connect_requested)
        self._outage.clicked.connect(self.outage_requested)
        self._language.clicked.connect(self._ask_language)
        self._theme.clicked.connect(self._ask_theme)
        self._dress()

    def show_look(self, look: Look) -> None:
        """Show the bar in another look. A board must be shown after this."""
        super().show_look(look)
        self._dress()

    def show_board(self, board: Board, now: Moment) -> None:
        """Repaint what changed: mostly the chip and the clock."""
        wording = self._look.wording
        chip = chip_face(board, now, wording)
        clock = ""
        if board.snapshot is not None:
            clock = wording.clock(site_time(board, now), board.zone)
        name = shown(board.name)
        if (name, board.demo) != (self._name, self._demo):
            self._name, self._demo = name, board.demo
            self._connect.setVisible(board.demo)
            self._outage.setVisible(board.demo)
            self._arrange()
        moved = self._window.show_window(board.window)
        if self._alerts.show_alerts(board.alerts) or moved:
            self._arrange()
        flaws = flaws_of(board)
        if (chip, flaws) != (self._chip, self._flaws):
            self._chip, self._flaws = chip, flaws
            self.update(self._before_clock())
        if clock != self._clock:
            self._clock = clock
            self.update(self._clock_box())
        self.setAccessibleName(wording.translate("Panel", "Connection"))
        told = [name, chip.text, clock]
        if flaws:
            told.append(
                wording.translate("TopBar", "Notices about the data: {number}").format(
                    number=wording.count(flaws)
                )
            )
        self._tell(". ".join(told))

    def first_button(self) -> QuietButton:
        """Return the button that the keyboard reaches first."""
        return self._window

    def chip_text(self) -> str:
        """Return what the chip says."""
        return "" if self._chip is None else self._chip.text

    def chip_place(self) -> QRect:
        """Return where the chip really is in the bar, as it was painted last."""
        return self._chip_box.toAlignedRect()

    def show_outage(self, *, running: bool) -> None:
        """Show that an outage of the demo was begun; the button waits until it is over."""
        if running and self._outage.hasFocus():
            # Qt would give the keyboard of what is disabled to whatever comes next.
            self._connect.setFocus(Qt.FocusReason.OtherFocusReason)
        self._outage.setEnabled(not running)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the bar."""
        painter = QPainter(self)
        easel = self._easel(painter)
        flood(painter, event.rect(), self._look.theme.base)
        clock = self._clock_box()
        # Once a second the clock is all that changes; what reaches into its place comes along.
        crowded = self._reach > easel.at(QRectF(clock)).x()
        if crowded or not clock.contains(event.rect()):
            self._reach = self._paint_before_clock(easel)
        self._paint_clock(easel, self._reach)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the buttons at the end of the bar."""
        super().resizeEvent(event)
        self._arrange()

    def _forget(self) -> None:
        self._chip, self._clock = None, ""

    def _dress(self) -> None:
        wording = self._look.wording
        for button in self._buttons():
            button.show_look(self._look)
        self._connect.show_text(wording.translate("TopBar", "Connect my system"))
        self._outage.show_text(wording.translate("TopBar", "Simulate outage"))
        self._language.show_text(LANGUAGES[self._other_language()])
        self._theme.show_text(wording.translate("TopBar", "Theme"))
        self._arrange()

    def _buttons(self) -> tuple[QuietButton, ...]:
        """Return the buttons in the order in which the Tab key reaches them."""
        return (
            self._alerts,
            self._window,
            self._outage,
            self._connect,
            self._language,
            self._theme,
        )

    def _other_language(self) -> str:
        return "en" if self._look.wording.language == "fa" else "fa"

    def _ask_language(self) -> None:
        self.language_requested.emit(self._other_language())

    def _ask_theme(self) -> None:
        self.theme_requested.emit(next_theme(self._look.theme.key))

    def _arrange(self) -> None:
        end = self.width()
        for button in self._at_end():
            size = button.sizeHint()
            end -= size.width()
            start = end if not self._look.rtl else self.width() - end - size.width()
            button.setGeometry(start, (self.height() - size.height()) // 2, *size.toTuple())
            end -= self._look.px(8)
        self.update()

    def _at_end(self) -> tuple[QuietButton, ...]:
        """Return the buttons from the end of the bar on, those that are not to be seen last."""
        if self._demo:
            seen = (self._theme, self._language, self._connect, self._outage)
            return (*seen, self._window, self._alerts)
        seen = (self._theme, self._language, self._window, self._alerts)
        return (*seen, self._connect, self._outage)

    def _clock_box(self) -> QRect:
        """Return where the clock really is: before the buttons."""
        width = self._look.px(130)
        last = self._alerts
        if self._look.rtl:
            return QRect(last.geometry().right() + self._look.px(12), 0, width, self.height())
        return QRect(last.x() - self._look.px(12) - width, 0, width, self.height())

    def _before_clock(self) -> QRect:
        """Return where name and chip really are: all but clock and buttons."""
        clock = self._clock_box()
        if self._look.rtl:
            return QRect(clock.right(), 0, self.width() - clock.right(), self.height())
        return QRect(0, 0, clock.x(), self.height())

    def _paint_before_clock(self, easel: Easel) -> float:
        """Paint name, chip and marks; return where name and chip end."""
        look = self._look
        start = float(look.px(4))
        room = QRectF(start, 0, self.width() * 0.28, self.height())
        ink = look.theme.text
        start += easel.write(room, self._name, look.font(Role.TITLE), ink) + look.px(14)
        if self._chip is not None:
            start = self._paint_chip(easel, start, self._chip) + look.px(14)
        if self._demo:
            start = self._paint_demo(easel, start) + look.px(14)
        if self._flaws:
            self._paint_flaws(easel, start)
        return start

    def _paint_clock(self, easel: Easel, start: float) -> None:
        """Paint the time, unless what stands before it leaves it no room: that is weightier."""
        look, theme = self._look, self._look.theme
        box, font = easel.at(QRectF(self._clock_box())), look.font(Role.CLOCK)
        if box.right() - easel.text_width(self._clock, font) < start:
            return
        ink = theme.text2 if self._chip is not None and self._chip.loud else theme.text
        easel.write(box, self._clock, font, ink, Place.END)

    def _paint_chip(self, easel: Easel, start: float, chip: ChipFace) -> float:
        """Paint the chip; return where it ends."""
        look, theme = self._look, self._look.theme
        font = look.font(Role.STRONG)
        height = look.px(26 if look.compact else 30)
        size = look.px(11 if look.compact else 13)
        width = easel.text_width(chip.text, font) + size + look.px(30)
        box = QRectF(start, (self.height() - height) / 2, width, height)
        ink = theme.no_data_ink if chip.loud and theme.dark else theme.text
        painter = easel.painter
        painter.setPen(QPen(theme.control, 1))
        painter.setBrush(theme.no_data if chip.loud and theme.dark else theme.surface)
        painter.drawRoundedRect(easel.at(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        self._chip_box = easel.at(box)
        if chip.loud and not theme.dark:
            painter.setPen(QPen(theme.text, 2))
            painter.drawRoundedRect(easel.at(box).adjusted(1, 1, -1, -1), 4, 4)
        mark = QRectF(start + look.px(10), box.center().y() - size / 2, size, size)
        paint_chip_mark(easel, mark, chip.mark, ink)
        text = QRectF(mark.right() + look.px(8), box.y(), width, height)
        text.setRight(box.right())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        easel.write(text, chip.text, font, ink)
        return start + width

    def _paint_flaws(self, easel: Easel, start: float) -> None:
        """Paint how many notices there are about the data; the notices stand below the bar."""
        look, theme = self._look, self._look.theme
        text, font = look.wording.count(self._flaws), look.font(Role.STRONG)
        size = look.px(12)
        width = easel.text_width(text, font) + size + look.px(8)
        box = QRectF(start, 0, width, self.height())
        if easel.at(box).intersects(QRectF(self._clock_box())):
            return
        mark = easel.at(QRectF(start, box.center().y() - size / 2, size, size))
        middle, half = mark.center(), size / 2
        corners = (QPointF(0, -half), QPointF(half, 0), QPointF(0, half), QPointF(-half, 0))
        easel.painter.setPen(QPen(theme.text2, 1.5))
        easel.painter.setBrush(Qt.BrushStyle.NoBrush)
        easel.painter.drawPolygon(QPolygonF([middle + corner for corner in corners]))
        easel.dot(middle, size * 0.17, theme.text2)
        easel.write(box.adjusted(size + look.px(6), 0, 0, 0), text, font, theme.text2)

    def _paint_demo(self, easel: Easel, start: float) -> float:
        """Paint that nothing is real; return where it ends."""
        look, theme = self._look, self._look.theme
        text = look.wording.translate("TopBar", "DEMO DATA")
        font = look.font(Role.STRONG)
        height = look.px(26 if look.compact else 30)
        box = QRectF(start, (self.height() - height) / 2, 0, height)
        box.setWidth(easel.text_width(text, font) + look.px(24))
        easel.painter.setPen(QPen(theme.text2, 1, Qt.PenStyle.DashLine))
        easel.painter.setBrush(Qt.BrushStyle.NoBrush)
        easel.painter.drawRoundedRect(easel.at(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        easel.write(box, text, font, theme.text2, Place.CENTER)
        return box.right()
