"""Shows, while somebody writes a mapping file, what it makes of the first answers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from wallboard.domain.finding import Finding
from wallboard.ui.dialogs.check_log import CheckLog
from wallboard.ui.look import Look
from wallboard.ui.plain_label import PlainLabel
from wallboard.ui.theme.type import Role


class MappingTrial(QWidget):
    """A button to ask the system once, and what the file gives on its answers from then on.

    It asks nobody and reads no file itself.
    """

    trial_requested = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        translate = look.wording.translate
        self._look = look
        self._working = False
        self._button = QPushButton(translate("Connect", "Try the mapping"))
        self._button.setAutoDefault(False)
        self._note = PlainLabel(
            translate("Connect", "Asks the system once, and shows what the file makes of it.")
        )
        self._note.setWordWrap(True)
        self._note.setFont(look.font(Role.CAPTION))
        self._log = CheckLog(look)
        self._log.setAccessibleName(translate("Connect", "What the mapping gives"))
        self._log.setMinimumHeight(look.px(150))
        self._log.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.px(6))
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeading)
        layout.addWidget(self._note)
        layout.addWidget(self._log)
        self._button.clicked.connect(self._ask)

    def show_working(self) -> None:
        """Say that the system is being asked, and take no second wish meanwhile."""
        # Not disabled: that would take the keyboard away from who pressed it.
        self._working = True
        self._note.show_text(self._look.wording.translate("Connect", "Asking the system …"))

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Show what the file gives now, in the place of what it gave before."""
        translate = self._look.wording.translate
        self._log.clear()
        for finding in findings:
            self._log.show_finding(finding)
        self._log.scrollToTop()
        self._log.show()
        self._working = False
        self._button.setText(translate("Connect", "Ask the system once more"))
        self._note.show_text(
            translate(
                "Connect",
                "The answers are kept: each change of the file is shown here, and nobody is "
                "asked for it.",
            )
        )

    def forget(self) -> None:
        """Show nothing, as before the first trial."""
        translate = self._look.wording.translate
        self._log.clear()
        self._log.hide()
        self._working = False
        self._button.setText(translate("Connect", "Try the mapping"))
        self._note.show_text(
            translate("Connect", "Asks the system once, and shows what the file makes of it.")
        )

    def texts(self) -> tuple[str, ...]:
        """Return the lines that are shown."""
        return self._log.texts()

    def _ask(self) -> None:
        if not self._working:
            self.trial_requested.emit()

    def stops(self) -> tuple[QWidget, ...]:
        """Return what the Tab key stops at, in order."""
        return self._button, self._log
