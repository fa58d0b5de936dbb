"""How many calls were lost, how many callers wait to be called back, and how many got through."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent

from wallboard.domain.clock import Moment
from wallboard.engine.board import Board
from wallboard.engine.lost_calls import LostCalls
from wallboard.ui.accessible.aloud import aloud
from wallboard.ui.accessible.flat import FlatParts
from wallboard.ui.accessible.part import Part
from wallboard.ui.easel import flood
from wallboard.ui.look import Look
from wallboard.ui.panels.panel import Condition, Panel, condition_of
from wallboard.ui.theme.type import Role
from wallboard.ui.words import Phrase, phrase

_FEW: Final = 10
_NAMES: Final[tuple[Phrase, ...]] = (
    phrase("Calls", "Lost calls"),
    phrase("Calls", "To call back"),
    phrase("Calls", "Got through"),
    phrase("Calls", "Without a number"),
)


class CallSummary(FlatParts, Panel):
    """Shows four figures of the lost calls."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._lost: LostCalls | None = None
        self._figures: tuple[tuple[str, str, str], ...] = ()
        self._condition = Condition.BLANK

    def show_lost(self, lost: LostCalls | None) -> None:
        """Show other lost calls at the next board; None if they are not known."""
        self._lost = lost

    def show_board(self, board: Board, now: Moment) -> None:
        """Repaint if a figure changed."""
        _ = now
        condition, figures = condition_of(board), self._read()
        if (figures, condition) != (self._figures, self._condition):
            self._figures, self._condition = figures, condition
            self.update()
            self.setAccessibleName(self._look.wording.say(_NAMES[0]))

    def height_wanted(self) -> int:
        """Return how high it is."""
        return self._look.px(56 if self._look.compact else 68)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the figures side by side."""
        look, theme = self._look, self._look.theme
        painter = QPainter(self)
        easel = self._easel(painter)
        flood(painter, event.rect(), theme.base)
        whole = QRectF(self.rect())
        easel.card(whole)
        faded = self._condition in (Condition.FADED, Condition.HATCHED)
        pad = look.px(16)
        width = (whole.width() - pad) / max(1, len(self._figures))
        for at, (name, text, more) in enumerate(self._figures):
            start = pad + at * width
            label = QRectF(start, look.px(6), width - pad, whole.height() * 0.36)
            easel.write(label, name, look.font(Role.LABEL), theme.muted)
            line = QRectF(start, whole.height() * 0.42, width - pad, whole.height() * 0.5)
            ink = theme.text2 if faded else theme.text
            used = easel.write(line, text, look.font(Role.FIGURE), ink)
            line.setLeft(line.x() + used + look.px(8))
            easel.write(line, more, look.font(Role.CAPTION), theme.muted)
        if self._condition is Condition.FADED:
            easel.dashed_frame(whole)
        elif self._condition is Condition.HATCHED:
            easel.hatch(whole)
        painter.end()

    def _told_parts(self) -> Mapping[str, Part]:
        wording = self._look.wording
        return {
            name: Part(
                name=wording.listed(filter(None, (f"{name} {aloud(text, wording)}", more))),
                role=QAccessible.Role.StaticText,
                box=self._box(at).toAlignedRect(),
            )
            for at, (name, text, more) in enumerate(self._figures)
        }

    def _box(self, at: int) -> QRectF:
        """Return where a figure really is."""
        pad = self._look.px(16)
        width = (self.width() - pad) / max(1, len(self._figures))
        start = pad + at * width
        if self._look.rtl:
            start = self.width() - start - width
        return QRectF(start, 0, width, self.height())

    def _forget(self) -> None:
        self._figures = ()

    def _read(self) -> tuple[tuple[str, str, str], ...]:
        """Return name, figure and what stands beside it, of each figure."""
        wording, lost = self._look.wording, self._lost
        names = [wording.say(name) for name in _NAMES]
        if lost is None:
            return tuple((name, wording.count(None), "") for name in names)
        groups = len(lost.open) + len(lost.recovered)
        callers = wording.say(phrase("Calls", "of {count} callers"), count=wording.count(groups))
        few = f"n = {wording.count(groups)}" if 0 < groups < _FEW else callers if groups else ""
        return (
            (names[0], wording.count(lost.calls), ""),
            (names[1], wording.count(len(lost.open)), callers if groups else ""),
            (names[2], wording.percent(lost.recovered_share), few),
            (names[3], wording.count(len(lost.withheld)), ""),
        )
