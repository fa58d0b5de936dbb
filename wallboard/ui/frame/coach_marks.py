"""Three marks for whoever sees the board for the first time: a card each, beside what it tells of.

The board behind goes on and can be used; a mark only waits until somebody says that it was read.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from wallboard.domain.value import value
from wallboard.ui.look import Look
from wallboard.ui.plain_label import PlainLabel
from wallboard.ui.quiet_button import QuietButton
from wallboard.ui.theme.type import Role
from wallboard.ui.words import Phrase, phrase
from wallboard.ui.wrapping import wrapped

_WIDTH, _PAD, _TIP = 340, 16, 10
"""In pixels at 100 %; the tip is how far the card's pointer reaches."""


@value
class Mark:
    """What a card says.

    Attributes:
        beside: The key of what it points at; see `CoachMarks`. Empty for nothing.
    """

    beside: str
    title: Phrase
    text: Phrase


MARKS: Final = (
    Mark(
        beside="connection",
        title=phrase("Coach", "How fresh the figures are"),
        text=phrase(
            "Coach",
            "Here stands when the call center was last heard. If it cannot be reached, this says"
            " so and the figures fade: “Simulate outage” shows it.",
        ),
    ),
    Mark(
        beside="trouble",
        title=phrase("Coach", "What needs you stands on top"),
        text=phrase(
            "Coach",
            "The worst queue comes first. A triangle is beyond its limit, a diamond is close to"
            " it; where all is well there is no colour. Acknowledge that you have seen it.",
        ),
    ),
    Mark(
        beside="",
        title=phrase("Coach", "F11 fills the screen"),
        text=phrase(
            "Coach",
            "Pressed again it gives the window back. Ctrl+K finds any queue, agent or setting,"
            " and F1 opens the guide.",
        ),
    ),
)
_NEXT: Final = (
    phrase("Coach", "Got it"),
    phrase("Coach", "Acknowledge"),
    phrase("Coach", "Got it"),
)
_SKIP: Final = phrase("Coach", "Skip")
_OF: Final = phrase("Coach", "{number} of {all}")


class CoachMarks(QWidget):
    """Shows one mark after the other over its parent. Enter acknowledges one, Esc leaves all.

    Signals:
        closed: The last one was acknowledged, or all were left.
    """

    closed = Signal()

    def __init__(
        self, look: Look, parent: QWidget, place_of: Callable[[str], QRect | None]
    ) -> None:
        """Begin with the first one; `open` shows it.

        Args:
            place_of: Tells where in the parent that is which a mark stands beside. None if it
                is not to be seen now.
        """
        super().__init__(parent)
        self._look = look
        self._place_of = place_of
        self._at = 0
        self._tip: QPointF | None = None
        self._told = ("", "")
        self._waits = False
        self._title = PlainLabel(parent=self)
        self._text = PlainLabel(parent=self)
        self._count = PlainLabel(parent=self)
        self.next_button = QuietButton(look)
        self.skip_button = QuietButton(look)
        for button in (self.next_button, self.skip_button):
            button.setParent(self)
        self.next_button.clicked.connect(self._go_on)
        self.skip_button.clicked.connect(self.close_them)
        self.hide()

    def open(self) -> None:
        """Show the first mark as soon as there is what it stands beside."""
        parent = self.parentWidget()
        if parent is not None:
            parent.installEventFilter(self)
        self._waits = True
        self.stay()

    def _appear(self) -> None:
        """Show the first mark, and give it the keyboard: somebody has just asked to be shown."""
        self._waits = False
        self.show_look(self._look)
        self.show()
        self.raise_()
        self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_them(self) -> None:
        """Leave all that are to come."""
        parent = self.parentWidget()
        if parent is not None:
            parent.removeEventFilter(self)
        if self._waits or not self.isHidden():
            self._waits = False
            self.hide()
            self.closed.emit()

    def at(self) -> int:
        """Return the place of the mark that is shown, from 0."""
        return self._at

    def show_look(self, look: Look) -> None:
        """Show the mark in another look."""
        self._look = look
        wording, theme = look.wording, look.theme
        mark = MARKS[self._at]
        self.setLayoutDirection(look.direction)
        self._told = (wording.say(mark.title), wording.say(mark.text))
        self._count.show_text(
            wording.say(_OF, number=wording.count(self._at + 1), all=wording.count(len(MARKS)))
        )
        for label, role, ink in (
            (self._title, Role.HEADING, theme.text),
            (self._text, Role.BODY, theme.text2),
            (self._count, Role.CAPTION, theme.muted),
        ):
            label.setFont(look.font(role))
            palette = label.palette()
            palette.setColor(label.foregroundRole(), ink)
            label.setPalette(palette)
        for button, word in ((self.next_button, _NEXT[self._at]), (self.skip_button, _SKIP)):
            button.show_look(look)
            button.show_text(wording.say(word))
        self.skip_button.setVisible(self._at < len(MARKS) - 1)
        title, text = self._told
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        # Who listens hears with the button what it is that is acknowledged.
        self.next_button.setAccessibleDescription(f"{title}. {text}")
        self._arrange()
        self.update()

    def stay(self, *_: object) -> None:
        """Stay on top and beside what is told of: another page or board is shown."""
        if self._waits:
            if self._place_of(MARKS[0].beside) is not None:
                self._appear()
            return
        self._arrange()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002, N802 - Qt's name
        """Stay beside what is told of when the parent's size changes."""
        if event.type() is QEvent.Type.Resize:
            self._arrange()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Leave at Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_them()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Paint the card and its pointer."""
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.text2, max(1, theme.frame_width)))
        painter.setBrush(theme.raised)
        card = QRectF(self.rect()).adjusted(1, self._look.px(_TIP), -1, -1)
        painter.drawRoundedRect(card, 6, 6)
        if self._tip is not None:
            wide = self._look.px(_TIP)
            base = card.top() + 1
            corners = [
                QPointF(self._tip.x() - wide, base),
                QPointF(self._tip.x(), self._tip.y()),
                QPointF(self._tip.x() + wide, base),
            ]
            painter.drawPolyline(QPolygonF(corners))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawPolygon(QPolygonF([*corners, QPointF(self._tip.x(), base + 1)]))
        painter.end()

    def _go_on(self) -> None:
        if self._at == len(MARKS) - 1:
            self.close_them()
            return
        self._at += 1
        self.show_look(self._look)
        self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    # Where things are

    def _arrange(self) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        size = self._arrange_card(min(self._look.px(_WIDTH), parent.width() - 16))
        beside = self._place_of(MARKS[self._at].beside)
        margin = self._look.px(12)
        if beside is None:
            left = (parent.width() - size.width()) // 2
            self._tip = None
            self.setGeometry(left, parent.height() - size.height() - 3 * margin, *size.toTuple())
            return
        # Its start under the start of what it tells of, but all of it in the window.
        rtl = self._look.rtl
        left = beside.right() + 1 - size.width() if rtl else beside.left()
        left = max(margin, min(left, parent.width() - size.width() - margin))
        top = min(beside.bottom() + 2, parent.height() - size.height() - margin)
        half = min(beside.width() // 2, self._look.px(40))
        tip = (beside.right() - half if rtl else beside.left() + half) - left
        self._tip = QPointF(tip, 1)
        self.setGeometry(left, top, *size.toTuple())

    def _arrange_card(self, width: int) -> QSize:
        """Put what is on the card into its place; return how large it is with the pointer."""
        px = self._look.px
        pad, top = px(_PAD), px(_TIP) + px(_PAD)
        inner = width - 2 * pad
        for label, told, gap in zip((self._title, self._text), self._told, (6, 14), strict=True):
            # What is measured in whole pixels may take one more.
            lines = wrapped(told, QFontMetrics(label.font()), inner - 2)
            label.show_text("\n".join(lines))
            height = label.sizeHint().height()
            label.setGeometry(pad, top, inner, height)
            top += height + px(gap)
        height = px(32)
        end = width - pad
        for button in (self.next_button, self.skip_button):
            wide = max(px(80), button.sizeHint().width())
            end -= wide
            self._place(button, QRect(end, top, wide, height), width)
            end -= px(8)
        self._place(self._count, QRect(pad, top, max(0, end - pad), height), width)
        return QSize(width, top + height + pad)

    def _place(self, part: QWidget, box: QRect, width: int) -> None:
        if self._look.rtl:
            box.moveLeft(width - box.x() - box.width())
        part.setGeometry(box)
