"""The board's frame: the bar above, the rail beside, the status line below, a page between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from wallboard.domain.clock import Moment
from wallboard.engine.board import Board
from wallboard.engine.supervision import SupervisionState
from wallboard.engine.windows import WindowKind
from wallboard.ui.easel import flood
from wallboard.ui.frame.page_table import PAGES
from wallboard.ui.frame.rail import NARROW, WIDE, Rail
from wallboard.ui.look import Look
from wallboard.ui.pages.page import Choosing, Opening, Page, Paned, Supervised
from wallboard.ui.panels.notice_line import NoticeLine
from wallboard.ui.panels.status_line import StatusLine
from wallboard.ui.panels.top_bar import TopBar

_WIDE, _HIGH = 1600, 900
_ROOM_FOR_DOCK = 1800
_DOCK_WIDE, _DOCK_NARROW = 360, 320
_ENTRIES = {entry.key: entry for entry in PAGES}


def fitted(look: Look, width: int, height: int) -> Look:
    """Return the look in the size that fits a window: larger where there is more room."""
    compact = width < _WIDE or height < _HIGH
    room = 1.0 if compact else min(width / 1920, height / 1080)
    scale = look.scale * max(1.0, round(room * 20) / 20)
    return replace(look, compact=compact, scale=scale)


class BoardFrame(QWidget):
    """Shows one page at a time. Only that one is shown the board; it is made when first wanted.

    Signals:
        find_wanted: Anything is to be looked for.
        keys_wanted: The keys are to be told.
        guide_wanted: The guide is to be opened.
        outage_requested: The demo's call center is to be out of reach for a while.
        page_made: The key of a page that was made just now, and the page.
        page_shown: The key of the page that is shown from now on.
        explanation_wanted: The key of a figure and the queue it is of, None for all.
        alert_wished: An AlertWish.
        supervision_wanted: An Asked.
    """

    language_requested = Signal(str)
    theme_requested = Signal(str)
    connect_requested = Signal()
    outage_requested = Signal()
    window_requested = Signal(WindowKind)
    find_wanted = Signal()
    keys_wanted = Signal()
    guide_wanted = Signal()
    page_made = Signal(str, QWidget)
    page_shown = Signal(str)
    explanation_wanted = Signal(str, object)
    alert_wished = Signal(object)
    supervision_wanted = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        # It paints all of its box: what is under it need not be painted for that.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._asked_look = look
        self._above = 0
        self._banner: QWidget | None = None
        self._state: SupervisionState | None = None
        self._dock: QWidget | None = None
        self._tell_dock: Callable[[Board, Moment], None] = _tell_nobody
        self._dress_dock: Callable[[Look], None] | None = None
        self._dock_closed = False
        self._look = look
        self._shown: tuple[Board, Moment] | None = None
        self._pages: dict[str, Page] = {}
        self._dressed: dict[str, Look] = {}
        self.top_bar = TopBar(look)
        self.notice_line = NoticeLine(look)
        self.rail = Rail(look)
        self.status_line = StatusLine(look)
        for part in (self.top_bar, self.notice_line, self.rail, self.status_line):
            part.setParent(self)
        self.top_bar.setFocusProxy(self.top_bar.first_button())
        self.top_bar.language_requested.connect(self.language_requested)
        self.top_bar.theme_requested.connect(self.theme_requested)
        self.top_bar.connect_requested.connect(self.connect_requested)
        self.top_bar.outage_requested.connect(self.outage_requested)
        self.top_bar.window_requested.connect(self.window_requested)
        self.top_bar.alerts_requested.connect(self.turn_dock)
        self.rail.page_wanted.connect(self._turn_to)
        self.rail.find_wanted.connect(self.find_wanted)
        self.rail.keys_wanted.connect(self.keys_wanted)
        self.rail.guide_wanted.connect(self.guide_wanted)
        self._key = PAGES[0].key
        self._put_page(self._key)

    def show_look(self, look: Look) -> None:
        """Show everything in another look; pages that are not shown, once they are."""
        self._asked_look = look
        self._dress(fitted(look, self.width(), self.height()))

    def show_board(self, board: Board, now: Moment) -> None:
        """Show the board as it is at this moment; only what changed is painted."""
        self._shown = (board, now)
        self.top_bar.show_board(board, now)
        if self.notice_line.show_board(board, now):
            self._arrange()
        self._pages[self._key].show_board(board, now)
        self.status_line.show_board(board, now)
        self._show_dock(board, now)

    def show_supervision(self, state: SupervisionState) -> None:
        """Have the pages offer what a supervisor may do."""
        self._state = state
        for page in self._pages.values():
            if isinstance(page, Supervised):
                page.show_supervision(state)

    def leave_above(self, height: int, banner: QWidget | None) -> None:
        """Leave so many pixels free above all, for a banner that F6 leads to. None: for none."""
        if (height, banner) != (self._above, self._banner):
            self._above, self._banner = height, banner
            self._arrange()
            self._show_again()

    def turn_dock(self) -> None:
        """Show the dock of alerts and give it the keyboard, or take it away."""
        if self.dock_shown():
            self._close_dock()
            return
        self._dock_closed = False
        self._open_dock().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def dock_shown(self) -> bool:
        """Return whether the dock of alerts is to be seen."""
        return self._dock is not None and self._dock.isVisibleTo(self)

    def _show_dock(self, board: Board, now: Moment) -> None:
        """Show the dock the board; beside the page it opens by itself, once there are alerts."""
        beside = self._has_room() and not self._dock_closed
        if self._key == "alerts" and self._dock is not None and beside:
            # The page shows the same, and more.
            if self.dock_shown():
                self._dock.hide()
                self._arrange()
        elif self.dock_shown():
            self._tell_dock(board, now)
        elif board.alerts.rows and beside and self._key != "alerts":
            self._open_dock()

    def _open_dock(self) -> QWidget:
        # start-up: a calm board has no dock
        from wallboard.ui.panels.alert_dock import AlertDock  # noqa: PLC0415 - as told

        dock = self._dock
        if dock is None:
            alerts = AlertDock(self._look)
            dock = self._dock = alerts
            self._tell_dock, self._dress_dock = alerts.show_board, alerts.show_look
            dock.setParent(self)
            alerts.wished.connect(self.alert_wished)
            alerts.closed.connect(self._close_dock)
            alerts.page_wanted.connect(self._open_alerts)
            alerts.open_wanted.connect(self._go_to_subject)
        dock.show()
        dock.raise_()
        self._arrange()
        if self._shown is not None:
            self._tell_dock(*self._shown)
        return dock

    def _close_dock(self) -> None:
        self._dock_closed = True
        if self._dock is None:
            return
        had = _in(self._dock)
        self._dock.hide()
        self._arrange()
        if had:
            self.page_widget().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _open_alerts(self) -> None:
        if not self._has_room():
            self._close_dock()
        self.open_page("alerts", by_key=True)

    def _go_to_subject(self, kind: str, subject: str) -> None:
        if not self._has_room():
            self._close_dock()
        self.go_to(f"{kind}s", subject)

    def _has_room(self) -> bool:
        """Return whether the dock stands beside the page, and not over it."""
        return not self._look.compact and self.width() >= self._look.px(_ROOM_FOR_DOCK)

    def look(self) -> Look:
        """Return the look that fits the window as it is."""
        return self._look

    def page_key(self) -> str:
        """Return the key of the page that is shown."""
        return self._key

    def page(self) -> Page:
        """Return the page that is shown."""
        return self._pages[self._key]

    def page_widget(self) -> QWidget:
        """Return the page that is shown, as a widget."""
        return _widget(self._pages[self._key])

    def open_page(self, key: str, *, by_key: bool = False) -> Page:
        """Show a page, give it the keyboard, and return it.

        Args:
            by_key: True if it was a key that wished for it: then the ring is seen.

        Raises:
            KeyError: There is no such page.
        """
        page = self._put_page(key)
        seen, quiet = Qt.FocusReason.ShortcutFocusReason, Qt.FocusReason.MouseFocusReason
        _widget(page).setFocus(seen if by_key else quiet)
        for other, before in self._pages.items():
            # Only now: Qt would give the keyboard of what is hidden to whatever comes next.
            if other != key:
                _widget(before).hide()
        self.page_shown.emit(key)
        return page

    def _put_page(self, key: str) -> Page:
        entry = _ENTRIES[key]
        page = self._pages.get(key)
        if page is None:
            page = self._pages[key] = entry.make(self._look)
            self._dressed[key] = self._look
            page.explanation_wanted.connect(self.explanation_wanted)
            if isinstance(page, Supervised):
                page.supervision_wanted.connect(self.supervision_wanted)
                if self._state is not None:
                    page.show_supervision(self._state)
            _widget(page).setParent(self)
            self.page_made.emit(key, page)
        self._key = key
        self._arrange()
        self._show_page()
        _widget(page).show()
        self.rail.show_page(key)
        return page

    def go_to(self, key: str, row: str, *, opened: bool = False) -> None:
        """Show a page, and there one of its rows.

        Args:
            opened: True to show the row in detail, where the page can.

        Raises:
            KeyError: There is no such page.
        """
        page = self.open_page(key, by_key=True)
        if opened and isinstance(page, Opening):
            page.open_row(row)
        elif isinstance(page, Choosing):
            page.choose(row)

    def place_of(self, what: str) -> QRect | None:
        """Return where that is which a coach mark stands beside. None if it is not seen now."""
        if what == "connection":
            place = self.top_bar.chip_place()
            return place.translated(self.top_bar.pos()) if place.isValid() else None
        page = self.page()
        if what == "trouble" and isinstance(page, Paned):
            part = page.panes()[-1]
            head = QRect(part.mapTo(self, QPoint()), part.size())
            head.setHeight(min(head.height(), self._look.px(60)))
            return head
        return None

    def next_pane(self, *, forward: bool) -> None:
        """Give the keyboard to the next part of the window, around in a circle."""
        page = self.page()
        inner = page.panes() if isinstance(page, Paned) else (_widget(page),)
        dock = (self._dock,) if self._dock is not None and self.dock_shown() else ()
        banner = () if self._banner is None else (self._banner,)
        panes = (
            *banner,
            self.top_bar,
            self.rail,
            *(pane for pane in inner if pane.isVisible()),
            *dock,
        )
        has = QApplication.focusWidget()
        at = next(
            (at for at, pane in enumerate(panes) if has in (pane, pane.focusProxy()) or _in(pane)),
            None,
        )
        if at is None:
            at = len(banner) + (1 if forward else 2)
        there = panes[(at + (1 if forward else -1)) % len(panes)]
        there.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Arrange the parts, larger where there is more room."""
        super().resizeEvent(event)
        look = fitted(self._asked_look, self.width(), self.height())
        if look != self._look:
            self._dress(look)
        else:
            self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint what lies between the parts."""
        painter = QPainter(self)
        flood(painter, event.rect(), self._look.theme.base)
        painter.end()

    def _turn_to(self, key: str) -> None:
        """Open the page that was pressed on the rail, and give it the keyboard."""
        self.open_page(key, by_key=any(place.ringed() for place in self.rail.places()))

    def _dress(self, look: Look) -> None:
        self._look = look
        self.top_bar.show_look(look)
        self.notice_line.show_look(look)
        self.rail.show_look(look)
        self.status_line.show_look(look)
        if self._dress_dock is not None:
            self._dress_dock(look)
        self._arrange()
        self._show_page()
        self._show_again()
        self.update()

    def _show_page(self) -> None:
        """Show the page that is seen in this look, and the board as it is."""
        page = self._pages[self._key]
        if self._dressed[self._key] != self._look:
            self._dressed[self._key] = self._look
            page.show_look(self._look)
        if self._shown is not None:
            page.show_board(*self._shown)

    def _show_again(self) -> None:
        if self._shown is not None:
            self.show_board(*self._shown)

    def _arrange(self) -> None:
        look = self._look
        compact = look.compact
        pad, gap = look.px(8 if compact else 12), look.px(8)
        bar = look.px(44 if compact else 48)
        foot = look.px(24 if compact else 28)
        rail = look.px(NARROW if compact else WIDE)
        self._place(self.top_bar, pad, self._above, self.width() - 2 * pad, bar)
        bar += self._above
        self._place(self.rail, 0, bar, rail, self.height() - bar - foot)
        self._place(self.status_line, pad, self.height() - foot, self.width() - 2 * pad, foot)
        start = rail + look.px(2)
        width = self.width() - start - pad
        top = bar
        height = self.notice_line.height_for(width)
        if height:
            self._place(self.notice_line, start, top, width, height)
            top += height + gap
        height = self.height() - foot - top
        if self._dock is not None and self.dock_shown():
            width = self._place_dock(self._dock, start, top, width, height)
        page = self._pages.get(self._key)
        if page is not None:
            self._place(_widget(page), start, top, width, height)

    def _place_dock(self, dock: QWidget, start: int, top: int, width: int, height: int) -> int:
        """Put the dock at the end of the page's place; return how wide the page is."""
        room = self._has_room()
        wide = min(width, self._look.px(_DOCK_WIDE if room else _DOCK_NARROW))
        self._place(dock, start + width - wide, top, wide, height)
        return width - wide - self._look.px(8) if room else width

    def _place(self, part: QWidget, start: int, top: int, width: int, height: int) -> None:
        """Put a part at a place counted from the start of the line."""
        left = self.width() - start - width if self._look.rtl else start
        part.setGeometry(QRect(left, top, width, max(0, height)))


def _widget(page: Page) -> QWidget:
    if not isinstance(page, QWidget):
        raise TypeError(page)
    return page


def _tell_nobody(board: Board, now: Moment) -> None:
    """Stand for a dock that was not opened yet."""


def _in(pane: QWidget) -> bool:
    has = QApplication.focusWidget()
    return has is not None and pane.isAncestorOf(has)
