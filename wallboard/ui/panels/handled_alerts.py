"""Alerts in a list and what can be done with the one that is chosen, joined."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt

from wallboard.domain.alert import Deed
from wallboard.ui.panels.alert_actions import AlertActions
from wallboard.ui.panels.alert_list import AlertList


class HandledAlerts(QObject):
    """Offers the alert that is chosen in a list to be handled, and does what its keys ask for.

    It lives as long as the list. Who shows both shows the row by `offer` when the board changed.
    """

    def __init__(self, listed: AlertList, handling: AlertActions) -> None:
        super().__init__(listed)
        self._listed = listed
        self._handling = handling
        listed.chosen.connect(self.offer)
        listed.opened.connect(self.offer)
        listed.deed_wanted.connect(self.do)
        listed.note_wanted.connect(self._ask_note)
        handling.left.connect(self._back_to_list)

    def offer(self, key: str) -> None:
        """Let the alert of that key be handled."""
        self._handling.show_row(self._listed.row(key))

    def do(self, key: str, deed: Deed) -> None:
        """Do that with the alert of that key, or ask what is still to be said about it."""
        self.offer(key)
        if deed is Deed.SHELVED:
            self._handling.ask(deed)
        else:
            self._handling.do(deed)

    def _ask_note(self, key: str) -> None:
        self.offer(key)
        self._handling.ask(Deed.ACKNOWLEDGED)

    def _back_to_list(self) -> None:
        self._listed.setFocus(Qt.FocusReason.ShortcutFocusReason)
