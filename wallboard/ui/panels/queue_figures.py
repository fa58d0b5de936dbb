"""The figures of one queue, large: what waits, how it is served, and who is there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QToolTip

from wallboard.domain.clock import Moment
from wallboard.domain.measuring import GOAL
from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import QueueId
from wallboard.domain.value import value
from wallboard.engine.board import Board, QueueStanding, level_of, site_time, sums_of, untold
from wallboard.engine.kpi import enough, measure_by_key
from wallboard.engine.limits import LIMITS, judge_ratio, level_limit
from wallboard.ui.accessible.aloud import aloud
from wallboard.ui.accessible.flat import FlatParts
from wallboard.ui.accessible.interfaces import tell_current, tell_focus
from wallboard.ui.accessible.part import HERE, Part, Path
from wallboard.ui.easel import Easel, Place, flood
from wallboard.ui.look import Look
from wallboard.ui.panels.full_queue_table import heading, more_cells
from wallboard.ui.panels.kpi_strip import few_calls
from wallboard.ui.panels.panel import Condition, condition_of
from wallboard.ui.panels.queue_table import row_face
from wallboard.ui.panels.ringed_panel import RingedPanel
from wallboard.ui.panels.told_queues import NOBODY_WAITS
from wallboard.ui.theme.type import Role
from wallboard.ui.wording import NOTHING_KNOWN, Wording

FIGURES: Final = (
    "waiting", "longest_wait",
    "service_level",
    "offered", "answered", "abandoned",
    "abandon_rate", "asa", "aht",
    "free", "busy",
)  # fmt: skip
"""In reading order; the first two are the largest."""
_ACROSS: Final = (2, 1, 3, 3, 2)
"""How many of them stand in each line."""
_LASTING: Final = frozenset({"longest_wait", "asa", "aht"})
_HIGH: Final = ((84, 68), (66, 56), (50, 44), (50, 44), (50, 44))
"""How high each line is in pixels at 100 %, on a large and on a small window."""


@value
class FigureFace:
    """All that one figure shows.

    Attributes:
        note: Beside the name: a limit, or of how few calls it is.
        ratio: What the bullet shows. None for no bullet.
        goal: From which service level on all is well; of the bullet.
    """

    key: str
    label: str
    text: str
    note: str = ""
    severity: Severity = Severity.CALM
    ratio: float | None = None
    goal: float = GOAL


def figure_faces(
    board: Board, queue_id: QueueId, now: Moment, wording: Wording
) -> list[FigureFace]:
    """Return what the figures of a queue show; dashes if the queue is not there."""
    standing = board.queues.get(queue_id)
    if standing is None:
        return [
            FigureFace(key=key, label=heading(key, wording), text=NOTHING_KNOWN) for key in FIGURES
        ]
    cells = row_face(standing, site_time(board, now), wording, untold(board)).cells
    cells = {**cells, **more_cells(standing, wording)}
    severities = {
        "longest_wait": standing.wait_severity,
        "service_level": standing.level_severity,
        "abandon_rate": judge_ratio("abandon_rate", sums_of(standing)),
    }
    return [
        FigureFace(
            key=key,
            label=heading(key, wording),
            text=cells[key],
            note=_note(key, standing, wording),
            severity=severities.get(key, Severity.CALM),
            ratio=_ratio(standing) if key == "service_level" else None,
            goal=standing.goal,
        )
        for key in FIGURES
    ]


def _ratio(standing: QueueStanding) -> float | None:
    counted = sums_of(standing)
    return level_of(standing) if enough("service_level", counted) else None


def _note(key: str, standing: QueueStanding, wording: Wording) -> str:
    if key not in LIMITS:
        return ""
    counted = sums_of(standing)
    few = few_calls(key, counted, wording)
    if few and measure_by_key(key, counted) is not None:
        return few
    if key != "service_level":
        return ""
    limit = wording.percent_short(standing.goal)
    return wording.translate("Tile", "target {limit}").format(limit=limit)


class QueueFigures(FlatParts, RingedPanel):
    """Shows the figures of the queue that was chosen. Arrow keys go from one to the next.

    Signals:
        figure_chosen: The key of the figure that is to be explained.
    """

    figure_chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._faces: list[FigureFace] = []
        self._condition = Condition.BLANK
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_queue(self, board: Board, queue_id: QueueId, now: Moment) -> None:
        """Repaint the figures that changed."""
        faces = figure_faces(board, queue_id, now, self._look.wording)
        condition = condition_of(board)
        if condition is not self._condition or len(faces) != len(self._faces):
            self._condition = condition
            self.update()
        for at, (old, new) in enumerate(zip(self._faces, faces, strict=False)):
            if old != new:
                self.update(self.box(at).toAlignedRect())
        if faces != self._faces:
            self._faces = faces
            self._say()

    def height_needed(self) -> int:
        """Return how high all lines are together."""
        return sum(self._line_height(at) for at in range(len(_ACROSS)))

    def box(self, at: int) -> QRectF:
        """Return where a figure really is."""
        top, begin = 0, 0
        for line, across in enumerate(_ACROSS):
            height = self._line_height(line)
            if at < begin + across:
                width = self.width() / across
                start = (at - begin) * width
                if self._look.rtl:
                    start = self.width() - start - width
                return QRectF(start, top, width, height)
            begin += across
            top += height
        return QRectF()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Have the figure explained that was clicked."""
        at = self._at(event.position())
        if at is not None and event.button() is Qt.MouseButton.LeftButton:
            self._current = at
            self.update()
            self.figure_chosen.emit(FIGURES[at])
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go from figure to figure, or have the current one explained."""
        if self._ring.pressed():
            self.update()
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if not event.isAutoRepeat():
                self.figure_chosen.emit(FIGURES[self._current])
            return
        forward = Qt.Key.Key_Left if self._look.rtl else Qt.Key.Key_Right
        back = Qt.Key.Key_Right if self._look.rtl else Qt.Key.Key_Left
        steps = {forward: 1, Qt.Key.Key_Down: 1, back: -1, Qt.Key.Key_Up: -1}
        if key not in steps:
            super().keyPressEvent(event)
            return
        self._current = max(0, min(len(FIGURES) - 1, self._current + steps[key]))
        self.update()
        tell_current(self)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show where the keyboard is, and tell it."""
        super().focusInEvent(event)
        tell_focus(self)

    def event(self, event: QEvent) -> bool:
        """Say what a figure counts when the mouse rests on it."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            at = self._at(QPointF(event.pos()))
            # Our own words only: a tool tip would read a stranger's as HTML.
            text = "" if at is None else self._look.wording.kpi_meaning(FIGURES[at])
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the figures in the damaged region."""
        painter = QPainter(self)
        easel = self._easel(painter)
        flood(painter, event.rect(), self._look.theme.surface)
        for at, face in enumerate(self._faces):
            box = self.box(at)
            if event.region().intersects(box.toAlignedRect()):
                self._paint_figure(easel, easel.at(box), face, large=at < _ACROSS[0])
        if self._condition is Condition.HATCHED:
            easel.hatch(QRectF(self.rect()))
        if self.ringed():
            self._paint_ring(painter)
        painter.end()

    def _forget(self) -> None:
        self._faces = []

    def _line_height(self, line: int) -> int:
        return self._look.px(_HIGH[line][1 if self._look.compact else 0])

    def _at(self, point: QPointF) -> int | None:
        return next((at for at in range(len(FIGURES)) if self.box(at).contains(point)), None)

    def told_current(self) -> Path:
        """Return at which figure the keyboard is."""
        return (FIGURES[self._current],) if self._faces else HERE

    def press_part(self, path: Path) -> None:
        """Have a figure explained."""
        self._current = FIGURES.index(path[0])
        self.update()
        self.figure_chosen.emit(path[0])

    def _told_parts(self) -> Mapping[str, Part]:
        wording = self._look.wording
        return {
            face.key: Part(
                name=wording.kpi_name(face.key),
                words=self._words_of(face),
                role=QAccessible.Role.Button,
                box=self.box(at).toAlignedRect(),
                presses=True,
            )
            for at, face in enumerate(self._faces)
        }

    def _words_of(self, face: FigureFace) -> str:
        wording = self._look.wording
        told = [aloud(face.text, wording, lasts=face.key in _LASTING), face.note]
        if face.key == "longest_wait" and self._faces[0].text == wording.count(0):
            told = [wording.say(NOBODY_WAITS)]
        if face.severity is not Severity.CALM:
            told.append(wording.severity(face.severity))
        return wording.listed(filter(None, told))

    def _say(self) -> None:
        name = self._look.wording.translate("Queues", "Figures of the queue")
        if name != self.accessibleName():
            self.setAccessibleName(name)

    def _paint_ring(self, painter: QPainter) -> None:
        theme = self._look.theme
        inset = theme.focus_width
        painter.setPen(QPen(theme.focus, theme.focus_width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        box = self.box(self._current).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, 4, 4)

    def _paint_figure(self, easel: Easel, box: QRectF, face: FigureFace, *, large: bool) -> None:
        """Paint a figure; `box` is given from the start of the line."""
        look, theme = self._look, self._look.theme
        faded = self._condition in (Condition.FADED, Condition.HATCHED)
        pad = look.px(14)
        inner = box.adjusted(pad, look.px(5), -look.px(6), -look.px(5))
        label = QRectF(inner.x(), inner.y(), inner.width(), look.px(17))
        font = look.font(Role.LABEL)
        used = easel.write(label, face.label, font, theme.text2)
        label.setLeft(label.x() + used + look.px(8))
        label.setRight(label.right() - look.px(8))
        place = Place.END if face.ratio is not None else Place.START
        easel.write(label, face.note, look.font(Role.CAPTION), theme.muted, place)
        number = QRectF(inner.x(), label.bottom(), inner.width(), inner.bottom() - label.bottom())
        if face.key == "service_level" and face.ratio is not None:
            bar = QRectF(inner.x(), number.bottom() - look.px(9), 0, look.px(9))
            bar.setWidth(inner.width() - look.px(8))
            limit = level_limit(face.goal)
            ink = theme.text2 if faded else theme.text
            easel.bullet(bar, face.ratio, limits=(limit.warning, limit.critical), colour=ink)
            number.setBottom(bar.top() - look.px(2))
        self._paint_number(easel, number, face, Role.NUMBER if large else Role.FIGURE, faded=faded)

    def _paint_number(
        self, easel: Easel, box: QRectF, face: FigureFace, role: Role, *, faded: bool
    ) -> None:
        look, theme = self._look, self._look.theme
        if self._condition is Condition.HATCHED:
            role = Role.FIGURE
        marked = face.severity is not Severity.CALM and not faded
        size = look.px(18 if role is Role.NUMBER else 12)
        room = box.width() - (size + look.px(8) if marked else 0)
        # A figure that is cut is a wrong figure: it gets smaller instead.
        font = easel.fitting_font(face.text, role, room)
        ink = theme.muted if face.text == NOTHING_KNOWN else theme.text2 if faded else theme.text
        used = easel.write(box, face.text, font, ink)
        if marked:
            top = box.center().y() - size / 2
            easel.severity(QRectF(box.x() + used + look.px(8), top, size, size), face.severity)
