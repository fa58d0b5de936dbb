"""The commands for one agent or caller as buttons; what cannot be given says why."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from wallboard.domain.supervision import WishKind
from wallboard.engine.supervision import Obstacle, Offer
from wallboard.ui.easel import flood
from wallboard.ui.flow import flowed
from wallboard.ui.look import Look
from wallboard.ui.outside_text import in_tool_tip
from wallboard.ui.plain_label import PlainLabel
from wallboard.ui.pointed_button import PointedButton
from wallboard.ui.supervision_words import command_name, happens_words, offer_words
from wallboard.ui.theme.type import Role

AT_ONCE: Final = frozenset({WishKind.END, WishKind.UNPAUSE, WishKind.PRIORITIZE})
"""What is done without a question."""
_LINES: Final = 2


class OfferButton(PointedButton):
    """One command. While it cannot be given it can still be gone to, to hear why."""

    def __init__(self, look: Look, kind: WishKind) -> None:
        super().__init__()
        self._look, self.kind = look, kind
        self._obstacle: Obstacle | None = None
        self._told = ""
        self.show_look(look)

    @property
    def obstacle(self) -> Obstacle | None:
        """Why it cannot be pressed. None if it can."""
        return self._obstacle

    @property
    def told(self) -> str:
        """What it would do, or why it cannot be done."""
        return self._told

    def show_look(self, look: Look) -> None:
        """Show the button in another look. An offer must be shown after this."""
        self._look = look
        name = command_name(self.kind, look.wording, asks=self.kind not in AT_ONCE)
        self.setText(name)
        self.setAccessibleName(command_name(self.kind, look.wording))
        self.updateGeometry()
        self.update()

    def show_offer(self, offer: Offer, note: str) -> None:
        """Show whether it can be given; `note` is what it does."""
        told = offer_words(offer, self._look.wording) or note
        if offer.obstacle is not self._obstacle:
            self._obstacle = offer.obstacle
            self.update()
        if told != self._told:
            self._told = told
            self.setAccessibleDescription(told)
            self.setToolTip(in_tool_tip(told))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size that the word needs."""
        look = self._look
        width = QFontMetrics(look.font(Role.LABEL)).horizontalAdvance(self.text())
        return QSize(width + look.px(18), look.px(28 if look.compact else 32))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Paint outline, word and ring: filled is what holds, dashed is what cannot be."""
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        holds = self._obstacle is Obstacle.SO_ALREADY
        free = self._obstacle is None
        lit = free and (self.underMouse() or self.isDown())
        style = Qt.PenStyle.SolidLine if free or holds else Qt.PenStyle.DashLine
        painter.setPen(QPen(theme.control if free or holds else theme.line, 1, style))
        ground = theme.raised if lit else theme.surface
        painter.setBrush(theme.bands[0] if holds else ground)
        painter.drawRoundedRect(box, 4, 4)
        if self.ringed():
            painter.setPen(QPen(theme.focus, theme.focus_width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 4, 4)
        painter.setPen(theme.text if free or holds else theme.muted)
        painter.setFont(self._look.font(Role.LABEL))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()


class OfferBar(QWidget):
    """Shows the commands side by side, and below them one line: of the one that is pointed at.

    Its buttons keep their places: nothing else comes under a finger that is about to press.

    Signals:
        wanted: The WishKind that was pressed, which can be given.
    """

    wanted = Signal(object)

    def __init__(self, look: Look, kinds: Sequence[WishKind]) -> None:
        """Build it.

        Args:
            look: How it looks.
            kinds: The commands in their order; of a pause and its end the one that can be.
        """
        super().__init__()
        self._look = look
        self._heading = self._news = ""
        self.buttons = {kind: OfferButton(look, kind) for kind in kinds}
        self.line = PlainLabel(parent=self)
        self.line.setWordWrap(True)
        for kind, button in self.buttons.items():
            button.setParent(self)
            button.clicked.connect(partial(self._press, kind))
            button.pointed.connect(self._say)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.show_look(look)

    def show_look(self, look: Look) -> None:
        """Show the bar in another look. Offers must be shown after this."""
        self._look = look
        for button in self.buttons.values():
            button.show_look(look)
        self.line.setFont(look.font(Role.CAPTION))
        palette = look.palette()
        palette.setColor(self.line.foregroundRole(), look.theme.text2)
        self.line.setPalette(palette)
        side = Qt.AlignmentFlag.AlignRight if look.rtl else Qt.AlignmentFlag.AlignLeft
        top = Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignTop
        self.line.setAlignment(side | top)
        self._arrange()
        self.update()

    def show_offers(self, offers: Sequence[Offer], name: str, phone: str) -> None:
        """Show what can be done and what not.

        Args:
            offers: One for each command that is to be seen.
            name: Whom it is about: text from outside.
            phone: The supervisor's, as the source dials it.
        """
        wording, moved = self._look.wording, False
        by_kind = {offer.kind: offer for offer in offers}
        paused = by_kind.get(WishKind.PAUSE)
        swap = paused is not None and paused.obstacle is Obstacle.SO_ALREADY
        for kind, button in self.buttons.items():
            offer = by_kind.get(kind, Offer(kind=kind, obstacle=Obstacle.NOT_THERE))
            button.show_offer(offer, happens_words(kind, name, phone, wording))
            if kind in (WishKind.PAUSE, WishKind.UNPAUSE):
                wanted = swap is (kind is WishKind.UNPAUSE)
                moved |= button.isHidden() is wanted
                button.setVisible(wanted)
        if moved:
            self._arrange()
        self._say()

    def show_news(self, heading: str, news: str) -> None:
        """Say whom the commands are about, and what came of the last one; both may be empty."""
        self._heading, self._news = heading, news
        self._say()

    def height_at(self, width: int) -> int:
        """Return how high the bar must be at a width."""
        look, pad = self._look, self._look.px(12)
        bottom = flowed(
            self._seen(), QRect(pad, look.px(8), width - 2 * pad, 0), look.px(4), rtl=look.rtl
        )
        return bottom + self._line_height() + look.px(10)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the buttons into their places."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the ground and the line above."""
        theme = self._look.theme
        painter = QPainter(self)
        flood(painter, event.rect(), theme.surface)
        flood(painter, QRect(0, 0, self.width(), 1), theme.line)
        painter.end()

    def _seen(self) -> list[OfferButton]:
        return [button for button in self.buttons.values() if not button.isHidden()]

    def _line_height(self) -> int:
        return _LINES * QFontMetrics(self._look.font(Role.CAPTION)).lineSpacing() + 2

    def _arrange(self) -> None:
        look, pad = self._look, self._look.px(12)
        room = QRect(pad, look.px(8), self.width() - 2 * pad, 0)
        bottom = flowed(self._seen(), room, look.px(4), rtl=look.rtl)
        self.line.setGeometry(pad, bottom + look.px(5), room.width(), self._line_height())

    def _say(self) -> None:
        usual = self._news or self._heading
        told = (button.told for button in self.buttons.values() if button.pointed_at())
        self.line.show_text(next(told, "") or usual)
        if usual != self.accessibleDescription():
            self.setAccessibleDescription(usual)

    def _press(self, kind: WishKind, *_: object) -> None:
        if self.buttons[kind].obstacle is None:
            self.wanted.emit(kind)
