"""The top bar: which connection, how fresh, what time it is there, and a few switches."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent

from wallboard.domain.clock import Moment
from wallboard.domain.errors import FaultKind
from wallboard.domain.value import value
from wallboard.engine.board import Board, age_of, fresh, site_time
from wallboard.engine.freshness import Freshness
from wallboard.engine.windows import WindowKind
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


class ChipMark(Enum):
    """The shape before the chip's text."""

    RING = "ring"
    CLOCK = "clock"
    BROKEN = "broken"
    BARRED = "barred"
    LOCK = "lock"


@value
class ChipFace:
    """All that the connection chip shows.

    Attributes:
        loud: True if the figures are not of the present: the chip is filled.
    """

    mark: ChipMark
    text: str
    loud: bool


_ASK_THE_USER = {
    FaultKind.SIGN_IN: phrase("Chip", "SIGN-IN"),
    FaultKind.FORBIDDEN: phrase("Chip", "SIGN-IN"),
    FaultKind.NO_SECRET: phrase("Chip", "SIGN-IN"),
    FaultKind.CERTIFICATE: phrase("Chip", "CERTIFICATE"),
}
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


class TopBar(Panel):
    """Shows the bar; its buttons are the only widgets in it."""

    language_requested = Signal(str)
    theme_requested = Signal(str)
    connect_requested = Signal()
    window_requested = Signal(WindowKind)

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._name = ""
        self._clock = ""
        self._chip: ChipFace | None = None
        self._demo = False
        self._connect = QuietButton(look)
        self._language = QuietButton(look)
        self._theme = QuietButton(look)
        self._window = WindowButton(look)
        for button in self._buttons():
            button.setParent(self)
        self._connect.hide()
        self._window.window_requested.connect(self.window_requested)
        self._connect.clicked.connect(self.connect_requested)
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
            self._arrange()
        if self._window.show_window(board.window):
            self._arrange()
        if chip != self._chip:
            self._chip = chip
            self.update(self._before_clock())
        if clock != self._clock:
            self._clock = clock
            self.update(self._clock_box())
        self.setAccessibleName(wording.translate("Panel", "Connection"))
        self._tell(f"{name}. {chip.text}. {clock}")

    def first_button(self) -> QuietButton:
        """Return the button that the keyboard reaches first."""
        return self._window

    def chip_text(self) -> str:
        """Return what the chip says."""
        return "" if self._chip is None else self._chip.text

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the bar."""
        look, theme = self._look, self._look.theme
        painter = QPainter(self)
        easel = self._easel(painter)
        flood(painter, event.rect(), theme.base)
        height = float(self.height())
        start = float(look.px(4))
        room = QRectF(start, 0, self.width() * 0.28, height)
        start += easel.write(room, self._name, look.font(Role.TITLE), theme.text) + look.px(14)
        if self._chip is not None:
            start = self._paint_chip(easel, start, self._chip) + look.px(14)
        if self._demo:
            self._paint_demo(easel, start)
        easel.write(
            easel.at(QRectF(self._clock_box())),
            self._clock,
            look.font(Role.CLOCK),
            theme.text2 if self._chip is not None and self._chip.loud else theme.text,
            Place.END,
        )
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
        self._language.show_text(LANGUAGES[self._other_language()])
        self._theme.show_text(wording.translate("TopBar", "Theme"))
        self._arrange()

    def _buttons(self) -> tuple[QuietButton, ...]:
        """Return the buttons in the order in which the Tab key reaches them."""
        return (self._window, self._connect, self._language, self._theme)

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
            return (self._theme, self._language, self._connect, self._window)
        return (self._theme, self._language, self._window, self._connect)

    def _clock_box(self) -> QRect:
        """Return where the clock really is: before the buttons."""
        width = self._look.px(130)
        last = self._window
        if self._look.rtl:
            return QRect(last.geometry().right() + self._look.px(12), 0, width, self.height())
        return QRect(last.x() - self._look.px(12) - width, 0, width, self.height())

    def _before_clock(self) -> QRect:
        """Return where name and chip really are: all but clock and buttons."""
        clock = self._clock_box()
        if self._look.rtl:
            return QRect(clock.right(), 0, self.width() - clock.right(), self.height())
        return QRect(0, 0, clock.x(), self.height())

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
        if chip.loud and not theme.dark:
            painter.setPen(QPen(theme.text, 2))
            painter.drawRoundedRect(easel.at(box).adjusted(1, 1, -1, -1), 4, 4)
        mark = QRectF(start + look.px(10), box.center().y() - size / 2, size, size)
        _paint_mark(easel, mark, chip.mark, ink)
        text = QRectF(mark.right() + look.px(8), box.y(), width, height)
        text.setRight(box.right())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        easel.write(text, chip.text, font, ink)
        return start + width

    def _paint_demo(self, easel: Easel, start: float) -> None:
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


def _paint_mark(easel: Easel, box: QRectF, mark: ChipMark, ink: QColor) -> None:
    """Paint the shape of a connection's state in the ink of the text after it."""
    painter = easel.painter
    real = easel.at(box)
    pen = QPen(ink, max(1.5, box.width() / 8))
    if mark is ChipMark.BROKEN:
        pen.setStyle(Qt.PenStyle.DotLine)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if mark is ChipMark.LOCK:
        body = real.adjusted(0, real.height() * 0.42, 0, 0)
        painter.drawArc(real.adjusted(real.width() * 0.2, 0, -real.width() * 0.2, 0), 0, 180 * 16)
        painter.setBrush(ink)
        painter.drawRect(body)
        return
    painter.drawEllipse(real)
    if mark is ChipMark.RING:
        easel.dot(real.center(), box.width() * 0.26, ink)
    elif mark is ChipMark.CLOCK:
        painter.drawLine(real.center(), real.center() + (real.topLeft() - real.bottomLeft()) * 0.36)
        painter.drawLine(real.center(), real.center() + (real.topRight() - real.topLeft()) * 0.28)
    elif mark is ChipMark.BARRED:
        inset = box.width() * 0.15
        painter.drawLine(
            real.bottomLeft() + QPointF(inset, -inset), real.topRight() + QPointF(-inset, inset)
        )
