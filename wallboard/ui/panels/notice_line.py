"""What is wrong with the source, or worth knowing about it, in plain words."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wallboard.domain.clock import Moment
from wallboard.engine.board import Board, fresh
from wallboard.ui.easel import flood
from wallboard.ui.look import Look
from wallboard.ui.plain_label import PlainLabel
from wallboard.ui.theme.type import Role
from wallboard.ui.wording import Wording

_MOST: Final = 3


def notice_texts(board: Board, wording: Wording) -> tuple[str, ...]:
    """Return what to say: what happened, since when, what helps; the fault first.

    Empty if there is nothing to say.
    """
    texts = []
    as_of = ""
    if board.snapshot is not None and not fresh(board):
        time = wording.clock(board.snapshot.as_of, board.zone)
        as_of = wording.translate("Notice", "The figures shown are of {time}.").format(time=time)
    if board.fault is not None:
        parts = [wording.fault_cause(board.fault, zone=board.zone)]
        if board.fault_since is not None:
            since = wording.clock(board.fault_since, board.zone)
            parts.append(wording.translate("Notice", "Since {time}.").format(time=since))
        parts += [wording.fault_next_step(board.fault), wording.fault_meanwhile(board.fault)]
        parts.append(as_of)
        texts.append(" ".join(filter(None, parts)))
    elif as_of:
        silence = wording.translate("Notice", "The call center has gone silent. We keep asking.")
        texts.append(f"{silence} {as_of}")
    texts += [wording.fault(notice, zone=board.zone) for notice in board.warnings]
    if len(texts) > _MOST:
        more = wording.translate("Notice", "Further notices: {number}").format(
            number=wording.count(len(texts) - _MOST + 1)
        )
        texts = [*texts[: _MOST - 1], more]
    return tuple(texts)


class NoticeLine(QWidget):
    """Shows the notices, one below the other. Hidden while there is none."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._label = PlainLabel()
        self._label.setWordWrap(True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout = QVBoxLayout(self)
        layout.addWidget(self._label)
        self.hide()
        self._dress()

    def show_look(self, look: Look) -> None:
        """Show the notices in another look. A board must be shown after this."""
        self._look = look
        self._dress()

    def show_board(self, board: Board, now: Moment) -> bool:  # noqa: ARG002 - as all panels
        """Show what there is to say. Return True if the line needs another height."""
        return self.show_text("\n".join(notice_texts(board, self._look.wording)))

    def show_text(self, text: str) -> bool:
        """Say this. Return True if the line needs another height."""
        if text == self._label.text():
            return False
        self._label.show_text(text)
        self._label.setAccessibleName(text)
        self.setVisible(bool(text))
        return True

    def text(self) -> str:
        """Return what is said."""
        return self._label.text()

    def height_for(self, width: int) -> int:
        """Return how high the line must be at a width; 0 if there is nothing to say."""
        return self.heightForWidth(width) if self._label.text() else 0

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Paint the card behind the words."""
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme.control, 1))
        painter.setBrush(theme.raised)
        painter.drawRoundedRect(box, 4, 4)
        edge = QRectF(box.right() - 4 if self._look.rtl else box.x(), box.y(), 4, box.height())
        flood(painter, edge, theme.no_data)
        painter.end()

    def _dress(self) -> None:
        look = self._look
        self._label.setFont(look.font(Role.BODY))
        palette = look.palette()
        palette.setColor(self._label.foregroundRole(), look.theme.text)
        self._label.setPalette(palette)
        pad = look.px(12)
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(pad + 4, look.px(6), pad, look.px(6))
