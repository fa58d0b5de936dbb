"""Asks where a table is to be written as CSV, and writes it there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from wallboard.ui.disk_reasons import disk_reason
from wallboard.ui.outside_text import isolated
from wallboard.ui.wording import Wording


def ask_where(parent: QWidget, title: str, name: str, take: Callable[[str], None]) -> None:
    """Ask for a file, without waiting for the answer.

    Args:
        name: What is suggested: English and without spaces, so that every system takes it.
        take: Called with the path that was chosen, if one was.
    """
    dialog = QFileDialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter("CSV (*.csv)")
    dialog.setDefaultSuffix("csv")
    dialog.selectFile(name)
    dialog.fileSelected.connect(take)
    dialog.open()


def write_csv(path: str, text: str, wording: Wording) -> str:
    """Write a text to a file. Return what to say of how that went."""
    try:
        Path(path).write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        said = wording.translate(
            "Explain",
            "{path} cannot be written ({reason}). Choose another place, or make room there.",
        )
        return said.format(path=isolated(path), reason=disk_reason(error, wording))
    return wording.translate("Explain", "Written to {path}.").format(path=isolated(path))
