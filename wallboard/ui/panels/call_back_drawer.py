"""One number of the call-backs in detail: each of its lost calls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import QRect, QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent

from wallboard.domain.clock import Moment
from wallboard.engine.board import Board, site_time
from wallboard.engine.lost_calls import CallBack, same_number
from wallboard.ui.call_rows import ENDING_NAMES
from wallboard.ui.easel import Easel, Place, flood
from wallboard.ui.look import Look
from wallboard.ui.outside_text import isolated_address
from wallboard.ui.panels.call_back_note import NoteEditor
from wallboard.ui.panels.call_back_table import CallBackTable
from wallboard.ui.panels.panel import Condition, Panel, condition_of
from wallboard.ui.quiet_button import QuietButton
from wallboard.ui.theme.type import Role
from wallboard.ui.wording import NOTHING_KNOWN
from wallboard.ui.words import phrase

_MOST: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class TryFace:
    """One lost call: when, where, how long he waited, how it ended."""

    at: str
    queue: str
    wait: str
    ending: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBackFace:
    """All that the drawer shows; the tries with the newest first."""

    caller: str = ""
    summary: str = ""
    due: str = ""
    tries: tuple[TryFace, ...] = ()


class CallBackDrawer(Panel):
    """Shows one row of the table of call-backs.

    Signals:
        closed: It is to go.
    """

    closed = Signal()

    def __init__(self, look: Look, table: CallBackTable) -> None:
        super().__init__(look)
        self._table = table
        self._key = ""
        self._face = CallBackFace()
        self._condition = Condition.BLANK
        self.close_button = QuietButton(look)
        self.close_button.setParent(self)
        self.close_button.clicked.connect(self.closed)
        self.note = NoteEditor(look)
        self.note.setParent(self)
        self.note.hide()

    @property
    def key(self) -> str:
        """Which row it shows; empty for none."""
        return self._key

    def show_look(self, look: Look) -> None:
        """Show the drawer in another look. A board must be shown after this."""
        self.close_button.show_look(look)
        self.note.show_look(look)
        super().show_look(look)

    def show_group(self, key: str) -> None:
        """Show another row at the next board."""
        self._key = key

    def show_board(self, board: Board, now: Moment) -> None:
        """Repaint if anything changed; the table must have been shown the board."""
        group = self._table.group(self._key)
        condition = condition_of(board)
        face = CallBackFace() if group is None else self._face_of(group, board, now)
        self._show_note(group, board, now)
        if (face, condition) != (self._face, self._condition):
            self._face, self._condition = face, condition
            self.update()
            self._say()

    def _show_note(self, group: CallBack | None, board: Board, now: Moment) -> None:
        # Who got through is called back by nobody.
        noted = group is not None and group.recovered_at is None
        self.note.setVisible(noted)
        if group is not None and noted:
            number, note = same_number(group.number), self._table.note_on(group)
            self.note.show_note(number, note, site_time(board, now), now)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the button at the end of the first line."""
        super().resizeEvent(event)
        self._place_button()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the number, when it is due, and its lost calls."""
        look, theme, face = self._look, self._look.theme, self._face
        painter = QPainter(self)
        easel = self._easel(painter)
        flood(painter, event.rect(), theme.base)
        whole = QRectF(self.rect())
        easel.card(whole)
        pad = look.px(12 if look.compact else 16)
        width = whole.width() - 2 * pad
        line = QRectF(pad, look.px(10), width - self.close_button.width(), look.px(32))
        easel.write(line, face.caller or NOTHING_KNOWN, look.font(Role.TITLE), theme.text)
        line = QRectF(pad, line.bottom() + look.px(8), width, look.px(26))
        easel.write(line, face.summary, look.font(Role.LABEL), theme.text2)
        easel.write(line, face.due, look.font(Role.STRONG), theme.text2, Place.END)
        top = line.bottom() + look.px(8)
        if not self.note.isHidden():
            top = self.note.geometry().bottom() + look.px(10)
        easel.fill(QRectF(pad, top, width, 1), theme.line)
        top += look.px(6)
        for each in face.tries:
            if top > whole.height():
                break
            self._paint_try(easel, QRectF(pad, top, width, look.px(46)), each)
            top += look.px(46)
        if self._condition is Condition.FADED:
            easel.dashed_frame(whole)
        elif self._condition is Condition.HATCHED:
            easel.hatch(whole)
        painter.end()

    def _paint_try(self, easel: Easel, box: QRectF, each: TryFace) -> None:
        look, theme = self._look, self._look.theme
        line = QRectF(box.x(), box.y() + look.px(3), box.width(), look.px(20))
        easel.write(line, each.at, look.font(Role.STRONG), theme.text)
        easel.write(line, each.wait, look.font(Role.STRONG), theme.text, Place.END)
        line.translate(0, look.px(20))
        used = easel.write(line, each.ending, look.font(Role.CAPTION), theme.text2, Place.END)
        line.setRight(line.right() - used - look.px(8))
        easel.write(line, each.queue, look.font(Role.CAPTION), theme.text2)
        easel.fill(QRectF(box.x(), box.bottom() - 1, box.width(), 1), theme.bands[0])

    def _forget(self) -> None:
        self._face = CallBackFace()

    def _face_of(self, group: CallBack, board: Board, now: Moment) -> CallBackFace:
        wording, table = self._look.wording, self._table
        then = site_time(board, now)
        tries = tuple(
            TryFace(
                at=wording.clock(call.at, board.zone),
                queue=table.queue_name(call.queue_id),
                wait=wording.duration(call.wait),
                ending=wording.say(ENDING_NAMES[call.ending]),
            )
            for call in group.calls[::-1][:_MOST]
        )
        words = phrase("Calls", "Lost calls: {count}")
        caller = table.caller_words(group)
        return CallBackFace(
            caller=isolated_address(caller) if caller else "",
            summary=wording.say(words, count=wording.count(group.tries)),
            due=self._due(group, then),
            tries=tries,
        )

    def _due(self, group: CallBack, then: datetime) -> str:
        told = self._table.due_words(group, then)
        if group.recovered_at is not None:
            return self._look.wording.say(phrase("Calls", "got through {time}"), time=told)
        return told

    def _say(self) -> None:
        wording, face = self._look.wording, self._face
        self.setAccessibleName(wording.say(phrase("Calls", "Details of a caller")))
        tries = [f"{each.at} {each.queue} {each.wait} {each.ending}" for each in face.tries]
        self._tell(wording.listed((face.caller, face.summary, face.due, *tries)))
        self.close_button.show_text(wording.say(phrase("Agents", "Close (Esc)")))
        self._place_button()

    def _place_button(self) -> None:
        look = self._look
        side = look.px(12 if look.compact else 16)
        under = look.px(10 + 32 + 8 + 26 + 6)
        self.note.setGeometry(side, under, self.width() - 2 * side, self.note.height_wanted())
        pad, hint = look.px(10), self.close_button.sizeHint()
        left = pad if look.rtl else self.width() - pad - hint.width()
        self.close_button.setGeometry(QRect(left, pad, hint.width(), hint.height()))
