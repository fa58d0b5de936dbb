"""The agents: who is free, who is stuck, who is at it too long, and what one did in the shift."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from wallboard.domain.clock import Moment
from wallboard.domain.facts import AgentSpell
from wallboard.domain.snapshot import AgentId, AgentState
from wallboard.engine.board import AGENTS, Board, site_time, untold
from wallboard.engine.roster import STATE_ORDER, Grouping, Sorting
from wallboard.engine.spells import begun_at
from wallboard.engine.supervision import SupervisionState
from wallboard.ui.chip_button import ChipButton
from wallboard.ui.easel import Texts, flood
from wallboard.ui.filter_field import FilterField
from wallboard.ui.flow import flowed, width_of
from wallboard.ui.look import Look
from wallboard.ui.panels.agent_book import AgentBook
from wallboard.ui.panels.agent_drawer import AgentDrawer
from wallboard.ui.panels.agent_grid import AgentGrid
from wallboard.ui.panels.agent_table import AgentTable
from wallboard.ui.panels.panel import Condition, condition_of
from wallboard.ui.shield import Shielded
from wallboard.ui.words import Phrase, phrase


class View(StrEnum):
    """How the agents are shown."""

    GRID = "grid"
    TABLE = "table"


_GROUPINGS: Final[dict[Grouping, Phrase]] = {
    Grouping.STATE: phrase("Agents", "By state"),
    Grouping.QUEUE: phrase("Agents", "By queue"),
    Grouping.TEAM: phrase("Agents", "By group"),
    Grouping.NOTHING: phrase("Agents", "All together"),
}
_SORTINGS: Final = {
    Grouping.STATE: Sorting.LONGEST,
    Grouping.QUEUE: Sorting.STATE,
    Grouping.TEAM: Sorting.STATE,
    Grouping.NOTHING: Sorting.NAME,
}
_VIEWS: Final[dict[View, Phrase]] = {
    View.GRID: phrase("Agents", "Cells"),
    View.TABLE: phrase("Agents", "Table"),
}
_DRAWER, _FIELD = 380, 200
_BESIDE: Final = 1300
"""From so many pixels on, at 100 %, the drawer stands beside the list; else over its end."""
_PATIENCE_MS: Final = 200
"""Who walks through the agents does not ask for the past of each."""
_STORED_MS: Final = 1_000
"""When a state has ended, it is in the history by then."""
_AGAIN_MS: Final = 10_000
"""So long after an answer that the past is not known it is asked for again."""


class AgentsPage(Shielded, QWidget):
    """Shows all agents, filtered and grouped, and one of them in a drawer.

    Signals:
        spells_wanted: The id of the agent whose shift is to be shown; `show_spells` is to follow,
            or `show_no_spells`. It comes again when a state of his has ended.
        supervision_wanted: An Asked.
    """

    explanation_wanted = Signal(str, object)
    spells_wanted = Signal(str)
    supervision_wanted = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        # It paints all of its box: what is under it need not be painted for that.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._look = look
        self._shown: tuple[Board, Moment] | None = None
        self._book = AgentBook()
        self._view = View.GRID
        self.grid = AgentGrid(look, self._book)
        self.table = AgentTable(look, self._book)
        self.drawer = AgentDrawer(look, self._book)
        self.field = FilterField(look)
        texts = Texts()
        self.chips = {state: ChipButton(look, state, texts=texts) for state in STATE_ORDER}
        self.groupings = {grouping: ChipButton(look) for grouping in Grouping}
        self.views = {view: ChipButton(look) for view in View}
        self.hold_chip = ChipButton(look)
        self._asking = QTimer(self)
        self._asking.setSingleShot(True)
        # Since when the state counted of whom was asked for: the spells before it are known.
        self._asked_of: datetime | None = None
        for part in (*self._bar(), self.hold_chip, self.grid, self.table, self.drawer):
            part.setParent(self)
        self.table.hide()
        self.setFocusProxy(self.grid)
        self.drawer.hide()
        self._connect()
        self._word()

    # What others call

    def show_look(self, look: Look) -> None:
        """Show the page in another look."""
        self._look = look
        for chip in (*self._chips(), self.hold_chip):
            chip.show_look(look)
        self.field.show_look(look)
        self.grid.show_look(look)
        self.table.show_look(look)
        self.drawer.show_look(look)
        self._word()
        self._arrange()
        self._show_again()
        self.update()

    def show_board(self, board: Board, now: Moment) -> None:
        """Show the board as it is at this moment; only what changed is painted."""
        self._shown = (board, now)
        self._book.show(board, site_time(board, now), self._look.wording)
        if self._count(board):
            self._arrange()
        if self._view is View.GRID:
            self.grid.show_board(board, now)
        else:
            self.table.show_board(board, now)
        if not self.drawer.isHidden():
            self.drawer.show_board(board, now)
            if self._begun() != self._asked_of and not self._asking.isActive():
                self._asking.start(_STORED_MS)

    def forget(self) -> None:
        """Know nothing of the past any more: what comes is another board."""
        self._asking.stop()
        if not self.drawer.isHidden():
            self._close_drawer()

    def show_spells(self, agent_id: str, spells: Sequence[AgentSpell], begin: datetime) -> None:
        """Show what an agent did from `begin` on."""
        self.drawer.show_spells(agent_id, spells, begin)
        self._show_again()

    def show_no_spells(self, agent_id: str, text: str) -> None:
        """Say why nothing can be shown of an agent's past, and what to do."""
        self.drawer.show_no_spells(agent_id, text)
        if agent_id == self.drawer.key and not self._asking.isActive():
            self._asked_of = None
            self._asking.start(_AGAIN_MS)
        self._show_again()

    def show_supervision(self, state: SupervisionState) -> None:
        """Show what a supervisor may do about an agent, and what came of it."""
        self.drawer.show_supervision(state)
        self._show_again()

    def open_row(self, key: str) -> None:
        """Show an agent in the drawer; one who is not there is ignored."""
        self.choose(key)
        if self._book.agent(key) is not None:
            self._open_drawer(key)

    def choose(self, key: str) -> None:
        """Choose an agent and bring him to sight."""
        if self._list().choose(key) or self._book.agent(key) is None:
            return
        # He is there, but filtered out: who asks for him wants to see him.
        self._book.arrangement = replace(self._book.arrangement, states=frozenset())
        self.field.clear()
        self._rearrange()
        self._list().choose(key)

    def search(self) -> None:
        """Give the keyboard to the field in which a filter is typed."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def show_view(self, view: View) -> None:
        """Show cells or a table."""
        before, self._view = self._list(), view
        self._sort()
        self._list().show()
        self.setFocusProxy(self._list())
        if before is not self._list():
            if before.hasFocus():
                # Before it goes: Qt would give the keyboard to whatever comes next.
                self._list().setFocus(Qt.FocusReason.OtherFocusReason)
            before.hide()
        self._hold(held=False)
        self._rearrange()

    def show_grouping(self, grouping: Grouping) -> None:
        """Group the agents by something else."""
        self._book.arrangement = replace(self._book.arrangement, grouping=grouping)
        self._sort()
        self._rearrange()

    # What Qt calls

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a size that suits it."""
        return QSize(1180, 700)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Arrange the parts."""
        super().resizeEvent(event)
        self._arrange()
        self._show_again()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint what lies between the parts."""
        painter = QPainter(self)
        flood(painter, event.rect(), self._look.theme.base)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Filter with the slash, close the drawer with Esc."""
        if event.text() == "/" and self._look.single_keys:
            self.search()
        elif event.key() == Qt.Key.Key_Escape and not self.drawer.isHidden():
            self._close_drawer()
        else:
            super().keyPressEvent(event)

    # What was wished for

    def _connect(self) -> None:
        for state, chip in self.chips.items():
            chip.clicked.connect(partial(self._toggle, state))
        for grouping, chip in self.groupings.items():
            chip.clicked.connect(partial(self._group, grouping))
        for view, chip in self.views.items():
            chip.clicked.connect(partial(self._switch, view))
        self.field.textChanged.connect(self._look_for)
        self.field.left.connect(self._focus_list)
        self.table.rearranged.connect(self._rearrange)
        for part in (self.grid, self.table):
            part.opened.connect(self._open_drawer)
            part.chosen.connect(self._choose_in_drawer)
            part.held_changed.connect(self._show_held)
        self.hold_chip.clicked.connect(self._toggle_hold)
        self.drawer.closed.connect(self._close_drawer)
        self.drawer.supervision_wanted.connect(self.supervision_wanted)
        self._asking.timeout.connect(self._ask_for_spells)

    def _toggle(self, state: AgentState, *_: object) -> None:
        self._book.toggle(state)
        self._rearrange()

    def _group(self, grouping: Grouping, *_: object) -> None:
        self.show_grouping(grouping)

    def _switch(self, view: View, *_: object) -> None:
        self.show_view(view)

    def _look_for(self, typed: str) -> None:
        if self._book.look_for(typed):
            self._rearrange()

    def _focus_list(self) -> None:
        self._list().setFocus(Qt.FocusReason.TabFocusReason)

    def _open_drawer(self, key: str) -> None:
        self.drawer.show_agent(key)
        self._ask_for(key)
        if self.drawer.isHidden():
            self.drawer.show()
            self.drawer.raise_()
            self._arrange()
        self._show_again()
        # What was chosen may lie under the drawer now, or out of sight.
        self._list().choose(key)

    def _choose_in_drawer(self, key: str) -> None:
        if not self.drawer.isHidden() and key != self.drawer.key:
            self.drawer.show_agent(key)
            self._asking.start(_PATIENCE_MS)
            self._show_again()

    def _ask_for_spells(self) -> None:
        if self.drawer.isVisible():
            self._ask_for(self.drawer.key)

    def _ask_for(self, key: str) -> None:
        self._asking.stop()
        self._asked_of = self._begun()
        self.spells_wanted.emit(key)

    def _begun(self) -> datetime | None:
        """Return since when the state of the agent in the drawer counts. None if not known."""
        if self._shown is None:
            return None
        board = self._shown[0]
        key = AgentId(self.drawer.key)
        agent = None if board.snapshot is None else board.snapshot.agents.get(key)
        return board.spells_begun.get(key) if agent is None else begun_at(board.spells_begun, agent)

    def _close_drawer(self) -> None:
        had_focus = self.drawer.isAncestorOf(QApplication.focusWidget() or self)
        self._asking.stop()
        self.drawer.hide()
        self.drawer.show_agent("")
        self._arrange()
        self._show_again()
        if had_focus:
            self._list().setFocus(Qt.FocusReason.OtherFocusReason)

    def _toggle_hold(self, *_: object) -> None:
        self._hold(held=self.hold_chip.isChecked())

    def _hold(self, *, held: bool) -> None:
        self.grid.hold(held=held)
        self.table.hold(held=held)

    def _show_held(self, held: bool) -> None:  # noqa: FBT001 - a signal's form
        self.hold_chip.setChecked(held)

    # Inside

    def _sort(self) -> None:
        """Sort as suits the groups: cells have no header that would say by what else."""
        arrangement = self._book.arrangement
        sorting = _SORTINGS[arrangement.grouping]
        self._book.arrangement = replace(arrangement, sorting=sorting, backwards=False)
        self.table.show_sorting(str(sorting), backwards=False)

    def _list(self) -> AgentGrid | AgentTable:
        return self.grid if self._view is View.GRID else self.table

    def _rearrange(self) -> None:
        arrangement = self._book.arrangement
        for state, chip in self.chips.items():
            chip.setChecked(state in arrangement.states)
        for grouping, chip in self.groupings.items():
            chip.setChecked(grouping is arrangement.grouping)
        for view, chip in self.views.items():
            chip.setChecked(view is self._view)
        self.grid.rearrange()
        self.table.rearrange()
        self._show_again()

    def _show_again(self) -> None:
        if self._shown is not None:
            self.show_board(*self._shown)

    def _chips(self) -> tuple[ChipButton, ...]:
        return (*self.chips.values(), *self.groupings.values(), *self.views.values())

    def _bar(self) -> tuple[QWidget, ...]:
        """Return what stands above the list in reading order, which is the Tab key's, too."""
        rest = (*self.groupings.values(), *self.views.values())
        return (*self.chips.values(), self.field, *rest)

    def _word(self) -> None:
        wording = self._look.wording
        for grouping, words in _GROUPINGS.items():
            self.groupings[grouping].show_words(wording.say(words))
        for view, words in _VIEWS.items():
            self.views[view].show_words(wording.say(words))
        self.hold_chip.show_words(wording.say(phrase("Agents", "Hold the order (space)")))
        name = wording.translate("Panel", "Agents")
        self.field.show_hint(wording.translate("Filter", "Filter"))
        self.setAccessibleName(name)
        self.grid.setAccessibleName(f"{name}, {wording.say(_VIEWS[View.GRID])}")
        self.table.setAccessibleName(f"{name}, {wording.say(_VIEWS[View.TABLE])}")
        for state, chip in self.chips.items():
            chip.show_words(wording.agent_state(state), wording.count(None))
        self._rearrange()

    def _count(self, board: Board) -> bool:
        """Show how many agents are in which state; return whether the chips need more room."""
        wording, site = self._look.wording, board.crew.site
        condition = condition_of(board)
        blank, past = board.snapshot is None, condition is not Condition.PRESENT
        blank |= AGENTS in untold(board)
        moved = False
        for state, chip in self.chips.items():
            number = site.get(state, 0)
            words = wording.agent_state(state)
            text = wording.count(None if blank else number)
            moved |= chip.show_words(words, text, empty=past or not number)
        moved |= self._offer_teams(offered=bool(board.arrangement.groups))
        unknown = self.chips[AgentState.UNKNOWN]
        wanted = bool(site.get(AgentState.UNKNOWN)) or unknown.isChecked()
        if unknown.isHidden() is wanted:
            unknown.setVisible(wanted)
            moved = True
        return moved

    def _offer_teams(self, *, offered: bool) -> bool:
        """Offer groups by team where there are any; return whether that is another offer."""
        chip = self.groupings[Grouping.TEAM]
        if chip.isHidden() is not offered:
            return False
        chip.setVisible(offered)
        if not offered and self._book.arrangement.grouping is Grouping.TEAM:
            self.show_grouping(Grouping.QUEUE)
        return True

    def _arrange(self) -> None:
        look = self._look
        # The frame leaves the edge free.
        gap, above, width = look.px(6), look.px(2), self.width()
        filters = [chip for chip in self.chips.values() if not chip.isHidden()]
        switches = [
            chip
            for chip in (*self.groupings.values(), *self.views.values(), self.hold_chip)
            if not chip.isHidden()
        ]
        room = QRect(0, above, width, 0)
        bottom = flowed(filters, room, gap, rtl=look.rtl)
        field = look.px(_FIELD)
        aside = width_of(switches, gap) + gap + field
        # If all fits on one line: filters at its start, switches at its end.
        one_line = width_of(filters, gap) + look.px(24) + aside <= width
        top = above if one_line else bottom + gap
        height = look.px(32)
        rest = QRect(0, top, width, height)
        if one_line:
            rest.setLeft(0 if look.rtl else width - aside)
            rest.setWidth(aside)
        start = rest.x() + rest.width() - field if look.rtl else rest.x()
        self.field.setGeometry(start, top, field, height)
        inner = QRect(rest)
        inner.setWidth(rest.width() - field - gap)
        if not look.rtl:
            inner.moveLeft(rest.x() + field + gap)
        bottom = max(flowed(switches, inner, gap, rtl=look.rtl), top + height)
        self._arrange_lists(bottom + look.px(8))

    def _arrange_lists(self, top: int) -> None:
        look = self._look
        width, height = self.width(), max(0, self.height() - top)
        gap = look.px(8)
        drawer = 0 if self.drawer.isHidden() else min(width, look.px(_DRAWER))
        beside = drawer if self.width() >= look.px(_BESIDE) else 0
        end = 0 if look.rtl else width - drawer
        self.drawer.setGeometry(end, top, drawer, height)
        taken = beside + gap if beside else 0
        start = taken if look.rtl else 0
        for part in (self.grid, self.table):
            part.setGeometry(start, top, width - taken, height)
