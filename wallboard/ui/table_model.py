"""What tables for Qt's own view share: their size, and their headings."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

_NOWHERE: Final = QModelIndex()


class TableModel(QAbstractTableModel):
    """A table without branches. Who builds on it knows its rows and its headings."""

    def rowCount(  # noqa: N802 - Qt's name
        self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE
    ) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else self._height()

    def columnCount(  # noqa: N802 - Qt's name
        self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE
    ) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._headings())

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
            return self._headings()[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return side_of(figure=self._is_figure(section))
        return None

    def _height(self) -> int:
        """Return how many rows there are."""
        raise NotImplementedError

    def _headings(self) -> tuple[str, ...]:
        """Return what stands above the columns."""
        raise NotImplementedError

    def _is_figure(self, column: int) -> bool:  # noqa: ARG002 - for those that have some
        """Return whether a column holds figures, which end where lines end."""
        return False


def side_of(*, figure: bool) -> int:
    """Return on which side a cell stands, as Qt wants it."""
    # Qt turns it over where lines begin on the right.
    side = Qt.AlignmentFlag.AlignRight if figure else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)
