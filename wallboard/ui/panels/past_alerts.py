"""The alerts of the past: a list of them, and beside it what was told of the one chosen."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent

from wallboard.domain.clock import Moment
from wallboard.engine.alert_board import Firing
from wallboard.engine.board import Board
from wallboard.ui.easel import Easel, Texts
from wallboard.ui.ground import Ground
from wallboard.ui.look import Look
from wallboard.ui.panels.event_list import EventList, story_of
from wallboard.ui.placing import place
from wallboard.ui.theme.type import Role

_STORY = 320


class PastAlerts(Ground):
    """Shows the alerts of the past.

    Attributes:
        list: Takes the keyboard.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._texts = Texts()
        self._board: Board | None = None
        self._days: Mapping[str, tuple[Firing, ...]] = {}
        self.list = EventList(look)
        self.list.setParent(self)
        self.list.chosen.connect(lambda _: self.update())

    def show_look(self, look: Look) -> None:
        """Show it in another look. The alerts must be shown after this."""
        self._look = look
        self._texts.clear()
        self.list.show_look(look)
        self._arrange()
        self.update()

    def show_firings(
        self, board: Board, now: Moment, days: Mapping[str, tuple[Firing, ...]], empty: str
    ) -> None:
        """Show these alerts; see `EventList.show_firings`."""
        self.list.show_firings(board, now, days, empty)
        if self._board is None or days != self._days:
            self.update()
        self._board, self._days = board, days

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a size that suits it."""
        return QSize(self._look.px(960), self._look.px(480))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the story of the alert that was chosen, beside the list."""
        super().paintEvent(event)
        painter = QPainter(self)
        self._paint_story(Easel(painter, self._look, self.width(), self._texts))
        painter.end()

    def _arrange(self) -> None:
        look = self._look
        wide = self.width() - look.px(_STORY) - look.px(8)
        place(self.list, self, look, QRect(0, 0, wide, self.height()))

    def _paint_story(self, easel: Easel) -> None:
        look, theme = self._look, self._look.theme
        wide = look.px(_STORY)
        box = QRectF(self.width() - wide, 0, wide, self.height())
        easel.card(box)
        pad = look.px(14)
        line = QRectF(box.x() + pad, box.y() + look.px(8), wide - 2 * pad, look.px(24))
        firing = self.list.firing(self.list.chosen_key())
        if firing is None or self._board is None:
            text = look.wording.translate("Alert", "Choose an alert to see what was told of it.")
            easel.write(line, text, look.font(Role.LABEL), theme.text2)
            return
        for time, words in story_of(firing, look.wording, self._board.zone):
            if line.bottom() > box.bottom():
                break
            used = easel.write(line, time, look.font(Role.LABEL), theme.text2)
            rest = line.adjusted(used + look.px(10), 0, 0, 0)
            easel.write(rest, words, look.font(Role.BODY), theme.text)
            line = line.translated(0, look.px(26))
