"""A report as the pages that it prints on: as wide as there is room, one below the other."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from wallboard.ui.accessible.interfaces import tell_current, tell_focus
from wallboard.ui.accessible.part import Part, Path
from wallboard.ui.easel import flood
from wallboard.ui.look import Look
from wallboard.ui.outside_text import shown
from wallboard.ui.print.inks import PAPER
from wallboard.ui.print.press import Press
from wallboard.ui.print.sheets import Plan, Rows
from wallboard.ui.shield import Shielded
from wallboard.ui.theme.sheets import scroll_bar_sheet
from wallboard.ui.theme.type import Role
from wallboard.ui.words import phrase
from wallboard.ui.wrapping import wrapped

_GAP: Final = 14
"""Around a page, in pixels at 100 %."""
_LARGEST: Final = 0.165
"""Pixels at 100 % in a tenth of a point: larger than this a page is not shown."""
_KEPT: Final = 5
_PAGE: Final = phrase("Reports", "Page {page} of {pages}")
_PREVIEW: Final = phrase("Reports", "Preview")


class ReportPreview(Shielded, QAbstractScrollArea):
    """Shows the sheets of a plan, or a sentence why there are none.

    Signals:
        turned: Another page is at the top, or there are others.
    """

    turned = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._press: Press | None = None
        self._plan: Plan | None = None
        self._text = ""
        self._stale = False
        self._painted: OrderedDict[tuple[int, int], QPixmap] = OrderedDict()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.verticalScrollBar().valueChanged.connect(self._turn)
        self._at = 0
        self.show_look(look)

    # What others call

    def show_look(self, look: Look) -> None:
        """Show the pages in another look: they stay as they are printed."""
        self._look = look
        self.setLayoutDirection(look.direction)
        self.setPalette(look.palette())
        self.setStyleSheet(scroll_bar_sheet(look.theme))
        self._painted.clear()
        self._measure()
        self._tell()
        self.viewport().update()

    def show_plan(self, plan: Plan) -> None:
        """Show a report from its first page on."""
        self._plan, self._press, self._text, self._stale = plan, Press(plan), "", False
        self._painted.clear()
        self._measure()
        self.verticalScrollBar().setValue(0)
        self._turn()
        self.viewport().update()

    def show_text(self, text: str) -> None:
        """Say why there is no report; an empty text says nothing."""
        self._plan, self._press, self._text = None, None, text
        self._painted.clear()
        self._measure()
        self._turn()
        self.viewport().update()

    def show_stale(self, *, stale: bool) -> None:
        """Show that the report is not the one that is chosen now: another one is being made."""
        if stale != self._stale:
            self._stale = stale
            self.viewport().update()

    def plan(self) -> Plan | None:
        """Return what is shown. None if there is no report."""
        return self._plan

    def count(self) -> int:
        """Return how many pages there are."""
        return 0 if self._plan is None else len(self._plan.sheets)

    def page(self) -> int:
        """Return the place of the page that is looked at, from 0."""
        return self._at

    def go_to(self, page: int) -> None:
        """Bring a page to the top."""
        if self._plan is not None:
            page = max(0, min(page, self.count() - 1))
            self.verticalScrollBar().setValue(self._tops()[page] - self._gap())

    def words(self) -> str:
        """Return which page it is, and of how many; empty without a report."""
        if self._plan is None:
            return ""
        return self._words_of(self._at)

    # What those are told who listen

    def told_role(self) -> QAccessible.Role:
        """Return that it is a document."""
        return QAccessible.Role.Document

    def told_parts(self, within: Path) -> Sequence[str]:
        """Return the pages."""
        return () if within else tuple(map(str, range(self.count())))

    def told_part(self, path: Path) -> Part | None:
        """Return a page: its number, and what stands on it."""
        if self._plan is None or len(path) != 1 or int(path[0]) >= self.count():
            return None
        at = int(path[0])
        titles = [
            placed.part.grid.table.title if isinstance(placed.part, Rows) else ""
            for placed in self._plan.sheets[at].parts
        ]
        told = self._look.wording.listed(shown(title) for title in titles if title)
        return Part(
            name=self._words_of(at), words=told, role=QAccessible.Role.Section, box=self._box(at)
        )

    def told_at(self, point: QPoint) -> Path:
        """Return the page at a point."""
        for at in range(self.count()):
            if self._box(at).contains(point):
                return (str(at),)
        return ()

    def told_current(self) -> Path:
        """Return the page that is looked at."""
        return (str(self._at),) if self.count() else ()

    def press_part(self, path: Path) -> None:
        """Bring a page to the top."""
        if path:
            self.go_to(int(path[0]))

    # What Qt calls

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Tell at which page the keyboard is."""
        super().focusInEvent(event)
        self.viewport().update()
        tell_focus(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Paint no ring any more."""
        super().focusOutEvent(event)
        self.viewport().update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a size in which a page can be read."""
        return QSize(self._look.px(720), self._look.px(640))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the page that is looked at where it is, in the new size."""
        super().resizeEvent(event)
        bar = self.verticalScrollBar()
        share = bar.value() / bar.maximum() if bar.maximum() else 0.0
        self._painted.clear()
        self._measure()
        bar.setValue(round(share * bar.maximum()))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Turn pages."""
        steps = {
            Qt.Key.Key_PageDown: self._at + 1,
            Qt.Key.Key_Space: self._at + 1,
            Qt.Key.Key_PageUp: self._at - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self.count() - 1,
        }
        key = Qt.Key(event.key())
        bar = self.verticalScrollBar()
        if key in steps:
            self.go_to(steps[key])
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            by = self._look.px(48)
            bar.setValue(bar.value() + (by if key is Qt.Key.Key_Down else -by))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint what is seen of the pages, or the sentence."""
        painter = QPainter(self.viewport())
        theme = self._look.theme
        flood(painter, event.rect(), self._ground())
        if self._press is None:
            self._paint_text(painter)
        else:
            self._paint_pages(painter)
        if self.hasFocus():
            painter.setPen(QPen(theme.focus, theme.focus_width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            inset = theme.focus_width / 2
            painter.drawRect(QRectF(self.viewport().rect()).adjusted(inset, inset, -inset, -inset))
        painter.end()

    # Inside

    def _words_of(self, at: int) -> str:
        wording = self._look.wording
        return wording.say(_PAGE, page=wording.count(at + 1), pages=wording.count(self.count()))

    def _box(self, at: int) -> QRect:
        """Return where a page is on the viewport; empty if it is not in sight."""
        if self._plan is None:
            return QRect()
        wide = round(self._plan.sheets[at].size[0] * self._scale())
        left = (self.viewport().width() - wide) // 2
        top = self._tops()[at] - self.verticalScrollBar().value()
        return QRect(left, top, wide, self._heights()[at]) & self.viewport().rect()

    def _ground(self) -> QColor:
        """Return the colour on which a sheet is seen as one."""
        theme = self._look.theme
        return theme.bands[0 if theme.dark else 1]

    def _gap(self) -> int:
        return self._look.px(_GAP)

    def _scale(self) -> float:
        """Return how many pixels a tenth of a point is."""
        if self._plan is None:
            return _LARGEST
        widest = max(sheet.size[0] for sheet in self._plan.sheets)
        room = self.viewport().width() - 2 * self._gap()
        return max(0.02, min(room / widest, _LARGEST * self._look.scale))

    def _heights(self) -> list[int]:
        scale = self._scale()
        sheets = () if self._plan is None else self._plan.sheets
        return [round(sheet.size[1] * scale) for sheet in sheets]

    def _tops(self) -> list[int]:
        """Return where each page begins, from the top of the first one's room."""
        tops, at = [], self._gap()
        for height in self._heights():
            tops.append(at)
            at += height + self._gap()
        return tops

    def _measure(self) -> None:
        heights = self._heights()
        whole = sum(heights) + self._gap() * (len(heights) + 1)
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, whole - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(self._look.px(48))

    def _turn(self) -> None:
        tops = self._tops()
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        self._at = max(0, sum(top <= middle for top in tops) - 1)
        self._tell()
        tell_current(self)
        self.turned.emit()

    def _tell(self) -> None:
        self.setAccessibleName(self._look.wording.say(_PREVIEW))
        told = self._text
        if self._plan is not None:
            paper = self._plan.paper
            told = shown(f"{paper.title}, {paper.subtitle}. {self.words()}")
        self.setAccessibleDescription(told)

    def _paint_text(self, painter: QPainter) -> None:
        look, width = self._look, min(self.viewport().width() - 48, self._look.px(520))
        painter.setFont(look.font(Role.BODY))
        painter.setPen(look.theme.text)
        lines = wrapped(self._text, painter.fontMetrics(), width)
        box = QRectF(self.viewport().rect())
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "\n".join(lines))

    def _paint_pages(self, painter: QPainter) -> None:
        if self._plan is None:
            return
        scale, above = self._scale(), self.verticalScrollBar().value()
        seen = self.viewport().height()
        for at, (top, height) in enumerate(zip(self._tops(), self._heights(), strict=True)):
            y = top - above
            if y > seen or y + height < 0:
                continue
            picture = self._picture(at, scale)
            x = (self.viewport().width() - round(self._plan.sheets[at].size[0] * scale)) // 2
            painter.drawPixmap(QPointF(x, y), picture)
            painter.setPen(QPen(self._look.theme.line, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            wide = picture.width() / picture.devicePixelRatio()
            painter.drawRect(QRectF(x - 0.5, y - 0.5, wide + 1, height + 1))
            if self._stale:
                veil = QColor(self._ground())
                veil.setAlphaF(0.55)
                flood(painter, QRectF(x, y, wide, height), veil)

    def _picture(self, at: int, scale: float) -> QPixmap:
        """Return a page, painted the first time that it is seen in this size."""
        ratio = self.viewport().devicePixelRatioF()
        key = (at, round(scale * 1e5))
        found = self._painted.pop(key, None)
        if found is None and self._plan is not None and self._press is not None:
            wide, high = self._plan.sheets[at].size
            found = QPixmap(round(wide * scale * ratio), round(high * scale * ratio))
            found.setDevicePixelRatio(ratio)
            found.fill(PAPER)
            with QPainter(found) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.scale(scale, scale)
                self._press.paint(painter, at)
        kept = found or QPixmap()
        self._painted[key] = kept
        while len(self._painted) > _KEPT:
            self._painted.popitem(last=False)
        return kept
