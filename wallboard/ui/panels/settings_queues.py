"""The section of the queues: how they are measured, their own names, groups, and what is hidden."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QTableView, QWidget

from wallboard.domain.measuring import LevelKind, LevelProfile, QueueRule
from wallboard.engine.board import Board
from wallboard.ui.explained import profile_words
from wallboard.ui.filter_field import FilterField
from wallboard.ui.look import Look
from wallboard.ui.panels.settings_face import MeasuringWish, SettingsFace
from wallboard.ui.panels.settings_form import Choices, FormRow, Line, Section, at_start, text_label
from wallboard.ui.panels.settings_queue_model import Column, QueueModel, goal_told
from wallboard.ui.theme.sheets import table_sheet
from wallboard.ui.theme.type import Role

_LONGEST_S: Final = 86_400


class QueueTable(QTableView):
    """The table: Enter or F2 writes in a cell, the space bar shows or hides a queue."""

    def __init__(self, look: Look, model: QueueModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setFont(look.font(Role.BODY))
        self.setStyleSheet(table_sheet(look.theme))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMinimumHeight(look.px(180))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(look.px(34))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setFont(look.font(Role.LABEL))
        header.setSectionResizeMode(header.ResizeMode.Stretch)
        for column, width in ((Column.TARGET, 110), (Column.GOAL, 130), (Column.HIDDEN, 100)):
            header.setSectionResizeMode(column, header.ResizeMode.Fixed)
            self.setColumnWidth(column, look.px(width))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Write in the cell at Enter, or show or hide the queue where there is nothing to write."""
        index = self.currentIndex()
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.state() is QAbstractItemView.State.EditingState:
            return  # it ended what was written, and comes here because the line has no use for it
        if not (enter and index.isValid()):
            super().keyPressEvent(event)
        elif index.column() == Column.HIDDEN:
            self._turn(index)
        elif index.column() == Column.TOLD:
            self.setCurrentIndex(index.siblingAtColumn(Column.NAME))
        else:
            self.edit(index)

    def _turn(self, index: QModelIndex) -> None:
        state = index.data(Qt.ItemDataRole.CheckStateRole)
        on = Qt.CheckState(state) is Qt.CheckState.Checked
        other = Qt.CheckState.Unchecked if on else Qt.CheckState.Checked
        self.model().setData(index, other, Qt.ItemDataRole.CheckStateRole)


class QueueSection(Section):
    """Shows the usual rule, and below it all queues."""

    def __init__(self, look: Look) -> None:
        wording = look.wording
        super().__init__(
            look,
            wording.translate("SettingsPage", "Queues"),
            wording.translate(
                "SettingsPage",
                "Own names, groups and what is hidden are of this window; commands and the JSON"
                " API tell what the system tells. A hidden queue is on no page, in no total and"
                " raises no alert here; its calls are stored all the same. A new target holds for"
                " calls from now on.",
            ),
        )
        self._face = SettingsFace()
        seconds = wording.translate("SettingsPage", "seconds")
        self.target = Line(look, "queues/target", seconds)
        self.target_row = FormRow(
            look,
            wording.translate("SettingsPage", "Answer within"),
            self.target,
            wording.translate(
                "SettingsPage",
                "The target of all queues without one of their own. Empty: what the system tells.",
            ),
        )
        self.short = Line(look, "queues/short", seconds)
        self.short_row = FormRow(
            look,
            wording.translate("SettingsPage", "Short abandon up to"),
            self.short,
            wording.translate(
                "SettingsPage", "Who hangs up after no more than this was no lost caller."
            ),
        )
        self.level = Choices(look, "queues/level")
        for kind in LevelKind:
            self.level.addItem(profile_words(LevelProfile(kind=kind), wording), kind)
        level = wording.translate("SettingsPage", "Service level")
        self.level.setAccessibleName(level)
        level_row = FormRow(look, level, at_start(self.level))
        self.goal = Line(look, "queues/goal", "%")
        self.goal_row = FormRow(
            look,
            wording.translate("SettingsPage", "Service level goal"),
            self.goal,
            wording.translate(
                "SettingsPage", "Below it a queue is marked, ten points below it loudly."
            ),
        )
        self.filter = FilterField(look)
        self.filter.setObjectName("queues/filter")
        self.filter.setMaximumWidth(look.px(260))
        self.filter.setFixedHeight(look.px(32))
        self.filter.show_hint(wording.translate("Queues", "Filter queues"))
        self.count = text_label(look, "", Role.LABEL, quiet=True)
        self.model = QueueModel(look)
        self.table = QueueTable(look, self.model)
        self.table.setObjectName("queues/table")
        self.table.setAccessibleName(wording.translate("SettingsPage", "Queues"))
        self.problem = text_label(look, "", Role.CAPTION)
        palette = self.problem.palette()
        palette.setColor(self.problem.foregroundRole(), look.theme.critical_text)
        self.problem.setPalette(palette)
        for part in (
            self.target_row,
            self.goal_row,
            self.short_row,
            level_row,
            self._beside(look),
        ):
            self.add(part)
        self.add(self.table, 1)
        self.add(self.problem)
        self.problem.hide()
        self._connect()

    def show_face(self, face: SettingsFace) -> None:
        """Show what was decided."""
        self._face = face
        usual, digits = face.measuring.usual, self._look.wording.digits
        target = "" if usual.target is None else f"{usual.target.total_seconds():g}"
        self.target.show_text(digits(target))
        self.short.show_text(digits(f"{usual.short.total_seconds():g}"))
        self.goal.show_text(digits(f"{100 * usual.goal:g}"))
        at = next(at for at, kind in enumerate(LevelKind) if kind is usual.level.kind)
        self.level.setCurrentIndex(at)

    def show_board(self, board: Board) -> None:
        """Show the queues that there are."""
        told = {} if board.told is None else board.told.queues
        self.model.show_queues(told, self._face.queues, self._face.measuring.usual)
        wording = self._look.wording
        text = wording.translate("Queues", "Queues: {number}")
        text = text.format(number=wording.count(self.model.rowCount()))
        if board.hidden_seen:
            hidden = wording.translate("Status", "Hidden queues {number}")
            text = f"{text} · {hidden.format(number=wording.count(board.hidden_seen))}"
        self.count.show_text(text)

    def search(self) -> None:
        """Give the keyboard to the filter."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def _connect(self) -> None:
        self.target.told.connect(self._take_target)
        self.short.told.connect(self._take_short)
        self.goal.told.connect(self._take_goal)
        self.level.activated.connect(self._take_level)
        self.filter.textChanged.connect(self.model.look_for)
        self.filter.left.connect(self._to_table)
        self.model.wished.connect(self.wished)
        self.model.refused.connect(self._show_problem)

    def _beside(self, look: Look) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, look.px(6), 0, 0)
        row.setSpacing(look.px(14))
        row.addWidget(self.filter, 2)
        row.addWidget(self.count, 3)
        return box

    def _to_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, Column.NAME))

    def _show_problem(self, text: str) -> None:
        self.problem.show_text(text)
        self.problem.setVisible(bool(text))

    def _take_target(self, told: str) -> None:
        if not told:
            self.target_row.show_problem("")
            self._wish(replace(self._face.measuring.usual, target=None))
            return
        seconds = _seconds(told, least=1)
        self.target_row.show_problem(self._allowed(1) if seconds is None else "")
        if seconds is not None:
            self._wish(replace(self._face.measuring.usual, target=seconds))

    def _take_short(self, told: str) -> None:
        seconds = _seconds(told, least=0)
        self.short_row.show_problem(self._allowed(0) if seconds is None else "")
        if seconds is not None:
            self._wish(replace(self._face.measuring.usual, short=seconds))

    def _take_goal(self, told: str) -> None:
        goal = goal_told(told)
        wording = self._look.wording
        wrong = wording.translate("SettingsPage", "Percent from 1 to 100.")
        self.goal_row.show_problem(wrong if goal is None else "")
        if goal is not None:
            self._wish(replace(self._face.measuring.usual, goal=goal))

    def _take_level(self, at: int) -> None:
        kind = tuple(LevelKind)[at]
        usual = self._face.measuring.usual
        if kind is not usual.level.kind:
            self._wish(replace(usual, level=LevelProfile(kind=kind)))

    def _wish(self, usual: QueueRule) -> None:
        if usual != self._face.measuring.usual:
            self.wished.emit(MeasuringWish(measuring=replace(self._face.measuring, usual=usual)))

    def _allowed(self, least: int) -> str:
        wording = self._look.wording
        text = wording.translate("SettingsPage", "Seconds from {least} to {most}.")
        return text.format(least=wording.count(least), most=wording.count(_LONGEST_S))


def _seconds(told: str, *, least: int) -> timedelta | None:
    """Return a number of seconds; None if it is none that can be."""
    try:
        seconds = float(told.replace("٫", "."))
    except ValueError:
        return None
    return timedelta(seconds=seconds) if least <= seconds <= _LONGEST_S else None
