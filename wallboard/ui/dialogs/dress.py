"""How a dialog is dressed: the same widgets on every system, in the colours of the board."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QDialog

from wallboard.ui.look import Look
from wallboard.ui.theme.sheets import dialog_sheet
from wallboard.ui.theme.type import Role


def dress(dialog: QDialog, look: Look) -> None:
    """Give a dialog its look, for as long as it is open."""
    # The board has no widgets of Qt's own and starts without a style.
    QApplication.setStyle("Fusion")
    dialog.setLayoutDirection(look.direction)
    dialog.setPalette(look.palette())
    dialog.setFont(look.font(Role.BODY))
    dialog.setStyleSheet(dialog_sheet(look.theme))
