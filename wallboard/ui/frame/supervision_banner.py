"""The banner over the board while the supervisor is in somebody's call: nothing takes it away."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QHideEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from wallboard.domain.supervision import WishKind
from wallboard.engine.supervision import Obstacle, Offer
from wallboard.ui.easel import Easel, Texts, flood
from wallboard.ui.frame.session_face import Mood, SessionFace
from wallboard.ui.look import Look
from wallboard.ui.outside_text import in_tool_tip
from wallboard.ui.page_glyphs import paint_page_glyph
from wallboard.ui.pointed_button import PointedButton
from wallboard.ui.supervision_words import command_name, offer_words
from wallboard.ui.theme.tokens import Theme
from wallboard.ui.theme.type import Role
from wallboard.ui.words import phrase

MODES: Final = (WishKind.LISTEN, WishKind.WHISPER, WishKind.BARGE)
END_KEYS: Final = "Ctrl+Shift+S"
_HIGH, _FRAME = 52, 4
_END: Final = phrase("Supervision", "End")
_TALK: Final = phrase("Supervision", "Hold to talk")
_SPEAKING: Final = phrase("Supervision", "Speaking")
_TALK_NOTE: Final = phrase(
    "Supervision", "The agent hears you while it is pressed: by the mouse, or the space key."
)


def _colours(mood: Mood, theme: Theme) -> tuple[QColor, QColor]:
    """Return the ground of the banner, and what is written on it."""
    return {
        Mood.QUIET: (theme.raised, theme.text),
        Mood.ARMED: (theme.critical, theme.critical_ink),
        Mood.DOUBT: (theme.warning, theme.warning_ink),
        Mood.OVER: (theme.raised, theme.text),
    }[mood]


class BannerButton(PointedButton):
    """A button in the colours of the banner. One that cannot be pressed says why instead."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._mood = Mood.QUIET
        self._obstacle: Obstacle | None = None
        self._filled = False

    @property
    def why(self) -> str:
        """Why it cannot be pressed; empty if it can."""
        return self.accessibleDescription() if self._obstacle is not None else ""

    def show_look(self, look: Look) -> None:
        """Show the button in another look; its words are the caller's."""
        self._look = look
        self.updateGeometry()
        self.update()

    def show_offer(self, word: str, mood: Mood, offer: Offer, note: str = "") -> None:
        """Show what it does, or why it cannot be done; `note` is told where it can."""
        why = offer_words(offer, self._look.wording)
        if (word, mood, offer.obstacle) != (self.text(), self._mood, self._obstacle):
            self._mood, self._obstacle = mood, offer.obstacle
            self.setText(word)
            self.setAccessibleName(word)
            self.updateGeometry()
            self.update()
        told = why or note
        if told != self.accessibleDescription():
            self.setAccessibleDescription(told)
            self.setToolTip(in_tool_tip(f"{word} · {told}" if told else word))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size that the word needs."""
        look = self._look
        width = QFontMetrics(look.font(Role.STRONG)).horizontalAdvance(self.text())
        return QSize(width + look.px(22), look.px(32))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Paint outline, word and ring: filled is what holds, dashed is what cannot be."""
        ground, ink = _colours(self._mood, self._look.theme)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        flood(painter, self.rect(), ground)
        box = QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5)
        holds = self._filled or self._obstacle is Obstacle.SO_ALREADY
        dashed = self._obstacle is not None and not holds
        lit = (self.underMouse() or self.isDown()) and self._obstacle is None
        style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
        painter.setPen(QPen(ink, 2 if lit else 1, style))
        painter.setBrush(ink if holds else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 4, 4)
        if self.ringed():
            painter.setPen(QPen(ink, 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 5, 5)
        painter.setPen(ground if holds else ink)
        painter.setFont(self._look.font(Role.LABEL if dashed else Role.STRONG))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()


class TalkButton(BannerButton):
    """Is held while one wants to be heard; it keeps its size, whatever it says."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Be held by the space bar; Enter would press and let go in one."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def show_voice(self, mood: Mood, *, heard: bool) -> None:
        """Show whether somebody hears it; filled while somebody does."""
        wording = self._look.wording
        if heard is not self._filled:
            self._filled = heard
            self.update()
        word = wording.say(_SPEAKING if heard else _TALK)
        self.show_offer(word, mood, Offer(kind=WishKind.TALK), wording.say(_TALK_NOTE))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size that either word needs."""
        look = self._look
        metrics = QFontMetrics(look.font(Role.STRONG))
        words = (look.wording.say(_SPEAKING), look.wording.say(_TALK))
        return QSize(max(map(metrics.horizontalAdvance, words)) + look.px(22), look.px(32))


class SupervisionBanner(QWidget):
    """Says in whose call the supervisor is, how, since when, and who hears him.

    Signals:
        mode_wanted: The WishKind to change to.
        end_wanted: It is to end.
        talk_wanted: The button to talk is held from now on, or no longer.
    """

    mode_wanted = Signal(object)
    end_wanted = Signal()
    talk_wanted = Signal(bool)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._texts = Texts()
        self._face = SessionFace(mood=Mood.OVER, head="")
        self.modes = {kind: BannerButton(look) for kind in MODES}
        self.end = BannerButton(look)
        for kind, button in self.modes.items():
            button.clicked.connect(partial(self._ask, kind))
        self.end.clicked.connect(self._ask_end)
        self.talk = TalkButton(look)
        self._held = False
        # Qt lets go of a button that loses the mouse or the keyboard, as when another window
        # comes to the front.
        self.talk.pressed.connect(self._hold)
        self.talk.released.connect(self._let_go)
        for button in self._buttons():
            button.setParent(self)
            button.pointed.connect(self._point)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusProxy(self.end)
        self.hide()

    def height_needed(self) -> int:
        """Return how high the banner is."""
        return self._look.px(_HIGH)

    def armed(self) -> bool:
        """Return whether somebody hears the supervisor, or will."""
        return not self.isHidden() and self._face.mood is Mood.ARMED

    def face(self) -> SessionFace:
        """Return what is shown."""
        return self._face

    def show_look(self, look: Look) -> None:
        """Show the banner in another look. A face must be shown after this."""
        self._look = look
        self._texts.clear()
        for button in self._buttons():
            button.show_look(look)
        self._arrange()
        self.update()

    def show_face(self, face: SessionFace, offers: Sequence[Offer]) -> None:
        """Show how it stands now; the keyboard stays where it is.

        Args:
            face: What is said.
            offers: Which commands can be given for the agent.
        """
        wording = self._look.wording
        by_kind = {offer.kind: offer for offer in offers}
        going = face.mood is not Mood.OVER
        for kind, button in self.modes.items():
            offer = by_kind.get(kind, Offer(kind=kind, obstacle=Obstacle.NOT_THERE))
            asks = kind is WishKind.BARGE and offer.obstacle is None
            button.show_offer(command_name(kind, wording, asks=asks), face.mood, offer)
            button.setVisible(going)
        # To end it is always possible: only what ends already is not ended again.
        ending = None if face.ends else Obstacle.UNDER_WAY
        end = Offer(kind=WishKind.END, obstacle=ending)
        self.end.show_offer(wording.say(_END), face.mood, end, END_KEYS)
        self.end.setVisible(going)
        self._show_talk(face)
        if face != self._face:
            before, self._face = self._face, face
            moved = (before.mood, before.head) != (face.mood, face.head)
            self.update() if moved else self.update(self._text_box())
            told = " ".join(filter(None, (f"{face.head}", face.figure, *face.notes)))
            self.setAccessibleName(face.head)
            self.setAccessibleDescription(told)
        self._arrange()
        self.show()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Let go: what is not seen is not held."""
        super().hideEvent(event)
        self._let_go()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the buttons into their places."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the ground, the glyph, what is going on, how long, and who hears it."""
        look, theme, face = self._look, self._look.theme, self._face
        ground, ink = _colours(face.mood, theme)
        painter = QPainter(self)
        easel = Easel(painter, look, self.width(), self._texts)
        flood(painter, event.rect(), ground)
        whole = QRectF(self.rect())
        if face.mood is Mood.QUIET:
            easel.fill(QRectF(0, 0, look.px(6), whole.height()), theme.critical)
        bottom = theme.critical if face.mood is Mood.QUIET else theme.line
        if face.mood in (Mood.QUIET, Mood.OVER):
            easel.fill(QRectF(0, whole.height() - 2, whole.width(), 2), bottom)
        size = look.px(22)
        glyph = QRectF(look.px(16), (whole.height() - size) / 2, size, size)
        if face.mood is not Mood.OVER:
            loud = face.mood is Mood.ARMED
            paint_page_glyph(painter, easel.at(glyph), "voice" if loud else "ear", ink)
        self._write(easel, ink)
        painter.end()

    def _write(self, easel: Easel, ink: QColor) -> None:
        look, face = self._look, self._face
        box = self._lines()
        second = look.px(20)
        line = QRectF(box.x(), look.px(5), box.width(), look.px(25))
        figure = look.font(Role.CLOCK)
        room = easel.text_width(face.figure, figure) + look.px(12) if face.figure else 0.0
        head = QRectF(line)
        head.setWidth(max(0.0, line.width() - room))
        used = easel.write(head, face.head, look.font(Role.HEADING), ink)
        if face.figure:
            line.setLeft(line.x() + used + look.px(12))
            easel.write(line, face.figure, figure, ink)
        below = QRectF(box.x(), look.px(29), box.width(), second)
        easel.write(below, self._note(easel, below.width()), look.font(Role.LABEL), ink)

    def _note(self, easel: Easel, room: float) -> str:
        """Return why the button cannot be pressed that is pointed at, or what else there is."""
        for button in self._buttons():
            if button.pointed_at() and button.why:
                return f"{button.text()}: {button.why}"
        font, told = self._look.font(Role.LABEL), ""
        for note in self._face.notes:
            longer = f"{told} {note}".strip()
            if told and easel.text_width(longer, font) > room:
                break
            told = longer
        return told

    def _lines(self) -> QRectF:
        """Return where the texts are, from the start of the line."""
        look = self._look
        start = look.px(16 if self._face.mood is Mood.OVER else 48)
        buttons = [button for button in self._buttons() if not button.isHidden()]
        taken = sum(button.sizeHint().width() + look.px(6) for button in buttons)
        return QRectF(start, 0, max(0, self.width() - start - taken - look.px(28)), self.height())

    def _text_box(self) -> QRect:
        box = self._lines().toAlignedRect()
        left = self.width() - box.right() - 1 if self._look.rtl else box.x()
        return QRect(left, 0, box.width(), self.height())

    def _buttons(self) -> tuple[BannerButton, ...]:
        return (self.talk, *self.modes.values(), self.end)

    def _arrange(self) -> None:
        look = self._look
        end = self.width() - look.px(12)
        for button in reversed(self._buttons()):
            if button.isHidden():
                continue
            hint = button.sizeHint()
            end -= hint.width()
            left = self.width() - end - hint.width() if look.rtl else end
            top = (self.height() - hint.height()) // 2
            button.setGeometry(left, top, hint.width(), hint.height())
            first = next(iter(self.modes.values()))
            end -= look.px(18 if button in (self.end, first) else 6)

    def _point(self) -> None:
        self.update(self._text_box())

    def _ask(self, kind: WishKind, *_: object) -> None:
        if not self.modes[kind].why:
            self.mode_wanted.emit(kind)

    def _show_talk(self, face: SessionFace) -> None:
        self.talk.show_voice(face.mood, heard=face.talks is True)
        self.talk.setVisible(face.talks is not None)
        if face.talks is None:
            self._let_go()

    def _hold(self) -> None:
        self._held = True
        self.talk_wanted.emit(self._held)

    def _let_go(self) -> None:
        if self._held:
            self._held = False
            self.talk_wanted.emit(self._held)

    def _ask_end(self) -> None:
        if not self.end.why:
            self.end_wanted.emit()


class ArmedFrame(QWidget):
    """A red frame around the window while somebody hears the supervisor. It takes no click."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def show_look(self, look: Look) -> None:
        """Show the frame in another look."""
        self._look = look
        self.update()

    def cover(self, box: QRect) -> None:
        """Lie around a box; what is inside of it is free."""
        wide = self._look.px(_FRAME)
        self.setGeometry(box)
        inside = self.rect().adjusted(wide, wide, -wide, -wide)
        self.setMask(QRegion(self.rect()).subtracted(QRegion(inside)))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint it."""
        painter = QPainter(self)
        flood(painter, event.rect(), self._look.theme.critical)
        painter.end()
