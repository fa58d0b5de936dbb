"""How Qt's own table is set up here: rows, no grid, nothing that jumps."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractItemView, QTableView

from wallboard.ui.look import Look
from wallboard.ui.theme.sheets import table_sheet


def calm(table: QTableView, *, measured: int) -> None:
    """Set up a table of which rows are read, and none is written.

    Args:
        measured: Of thousands of rows only so many are measured: those that are seen first.
    """
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.verticalHeader().hide()
    table.horizontalHeader().setHighlightSections(False)
    table.horizontalHeader().setResizeContentsPrecision(measured)


def dress_table(table: QTableView, look: Look) -> None:
    """Give a table the colours and the height of the rows of a look."""
    table.setStyleSheet(table_sheet(look.theme))
    table.verticalHeader().setDefaultSectionSize(look.px(28))
