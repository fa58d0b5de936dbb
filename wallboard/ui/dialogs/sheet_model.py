"""A table's rows for Qt's own view: cells are made when they are looked at, and sorted here."""

from __future__ import annotations

from typing import Any, Generic

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from wallboard.ui.outside_text import isolated_address
from wallboard.ui.sheet import Row, Sheet
from wallboard.ui.table_model import TableModel, side_of


class SheetModel(TableModel, Generic[Row]):
    """Shows a sheet. Texts are plain: the view draws no markup."""

    def __init__(self, sheet: Sheet[Row], *, rtl: bool) -> None:
        super().__init__()
        self._sheet = sheet
        self._rows = list(sheet.rows)
        self._rtl = rtl

    def rows(self) -> tuple[Row, ...]:
        """Return the rows in the order in which they are shown."""
        return tuple(self._rows)

    def texts(self) -> tuple[int, ...]:
        """Return the columns that hold no figures."""
        return tuple(at for at in range(len(self._sheet.headings)) if at not in self._sheet.figures)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return what a cell says, and on which side."""
        figure = index.column() in self._sheet.figures
        if role == Qt.ItemDataRole.DisplayRole:
            text = self._sheet.text(self._rows[index.row()], index.column())
            return isolated_address(text) if figure and self._rtl else text
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return side_of(figure=figure)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; rows that are equal in it keep their order."""
        if not 0 <= column < len(self._sheet.headings):
            return
        self.layoutAboutToBeChanged.emit()
        by: Any = self._sheet.order
        self._rows.sort(
            key=lambda row: by(row, column), reverse=order is Qt.SortOrder.DescendingOrder
        )
        self.layoutChanged.emit()

    def _height(self) -> int:
        return len(self._rows)

    def _headings(self) -> tuple[str, ...]:
        return tuple(self._sheet.headings)

    def _is_figure(self, column: int) -> bool:
        return column in self._sheet.figures
