"""Alerts of the board that is shown: whose rules hold, and what people do with alerts."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance

from wallboard.app.person import user_name
from wallboard.domain.alert import AlertWish, Rules
from wallboard.runtime.live_board import LiveBoard
from wallboard.runtime.opening import Opening
from wallboard.settings.file import SettingsNotSaved
from wallboard.settings.paths import Places


class PageDesk(Protocol):
    """What serves the page of alerts."""

    alert_wished: SignalInstance
    rules_wished: SignalInstance
    subject_wanted: SignalInstance

    def show_not_saved(self, told: object) -> None:
        """Say that the rules could not be written."""

    def forget(self) -> None:
        """Answer nothing that was asked: the board is let go."""


class AlertDesk(QObject):
    """Does what people wish about alerts and rules. Lives on the main thread.

    Signals:
        rules_not_saved: The Notice that says why; the rules hold until the program ends.
        subject_wanted: The kind of a subject that is to be looked at, and its id.
    """

    rules_not_saved = Signal(object)
    subject_wanted = Signal(str, str)

    def __init__(self, places: Places, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._places = places
        self._page: PageDesk | None = None
        self._live: LiveBoard | None = None
        self._opening: Opening | None = None

    def serve(self, live: LiveBoard, opening: Opening) -> None:
        """Do from now on what is wished about this board."""
        self._live, self._opening = live, opening

    def forget(self) -> None:
        """Do nothing any more: the board is let go."""
        if self._page is not None:
            self._page.forget()
        self._live = self._opening = None

    def serve_page(self, desk: PageDesk) -> None:
        """Do what the page of alerts wishes."""
        desk.alert_wished.connect(self.handle)
        desk.subject_wanted.connect(self.subject_wanted)
        desk.rules_wished.connect(self.take_rules)
        self.rules_not_saved.connect(desk.show_not_saved)
        self._page = desk

    def handle(self, wish: AlertWish) -> None:
        """Have something done with an alert, in the name of who sits here."""
        if self._live is not None:
            self._live.handle_alert(replace(wish, who=wish.who or user_name()))

    def take_rules(self, rules: Rules) -> None:
        """Have the board watched by other rules, and keep them; a demo's are not kept."""
        if self._live is None or self._opening is None:
            return
        self._live.take_rules(rules, who=user_name())
        if self._opening.demo:
            return
        # start-up: few ever change a rule
        from wallboard.app.alert_rules import save_rules  # noqa: PLC0415 - as told

        try:
            save_rules(self._opening, rules, self._places)
        except SettingsNotSaved as error:
            self.rules_not_saved.emit(error.notice)
