"""A table's rows for Qt's own view: cells are made when they are looked at, and sorted here."""

from __future__ import annotations

from typing import Any, Generic

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from wallboard.ui.outside_text import isolated_address
from wallboard.ui.sheet import Row, Sheet

_NOWHERE = QModelIndex()


class SheetModel(QAbstractTableModel, Generic[Row]):
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

    def rowCount(  # noqa: N802 - Qt's name
        self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE
    ) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(  # noqa: N802 - Qt's name
        self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE
    ) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._sheet.headings)

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
            return _side(figure=figure)
        return None

    def headerData(  # noqa: N802 - Qt's name
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return a heading, on the side of its column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._sheet.headings[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(figure=section in self._sheet.figures)
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


def _side(*, figure: bool) -> int:
    # Qt turns it over where lines begin on the right.
    side = Qt.AlignmentFlag.AlignRight if figure else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)
