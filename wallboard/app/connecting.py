"""Leads through connecting a system: the dialog, its test, its saving, one after the other."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from wallboard.app.mapping_watch import MappingWatch
from wallboard.app.saved import (
    NewConnection,
    noticed,
    opening_of,
    save,
    try_out,
    why_not_saved,
    wrong_name,
)
from wallboard.domain.clock import Clock
from wallboard.domain.errors import FaultKind, SourceError, fault
from wallboard.domain.source import Finding, SourceKind, Verdict
from wallboard.runtime.checking import Checking
from wallboard.runtime.errand import Errand
from wallboard.runtime.opening import Opening
from wallboard.settings.model import KeptIn, Profile, Settings
from wallboard.settings.notice import Notice
from wallboard.settings.paths import Places
from wallboard.settings.secrets import SecretPlace, remember
from wallboard.ui.dialogs.connect_dialog import NAME, ConnectDialog
from wallboard.ui.look import Look


class Connecting(QObject):
    """One dialog from its opening to its end. Lives on the main thread.

    Signals:
        connected: What opens the new connection, and the settings with it. The dialog is over.
        ended: The dialog is over, whatever came of it; comes after `connected`.
    """

    connected = Signal(Opening, Settings)
    ended = Signal()

    def __init__(
        self,
        look: Look,
        kinds: Mapping[str, SourceKind],
        *,
        settings: Settings,
        places: Places,
        clock: Clock,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._wording = look.wording
        self._kinds = kinds
        self._settings = settings
        self._places = places
        self._clock = clock
        self._checking: Checking | None = None
        self._watch: MappingWatch | None = None
        self._errands: list[Errand] = []
        self._new: NewConnection | None = None
        self._replacing: str | None = None
        self._dialog = ConnectDialog(look, tuple(kinds.values()), parent=parent)
        self._dialog.check_requested.connect(self._check)
        self._dialog.mapping_trial_requested.connect(self._try_mapping)
        self._dialog.mapping_left.connect(self._leave_mapping)
        self._dialog.save_requested.connect(self._try)
        self._dialog.finished.connect(self._end)

    def fill(self, profile: Profile) -> None:
        """Show a connection that is saved already, to be entered again."""
        if profile.kind in self._kinds:
            self._dialog.fill(profile.name, profile.kind, profile.fields)
            self._replacing = profile.name

    def start(self) -> None:
        """Show the dialog."""
        self._dialog.open()
        # It may take long, and may have the user asked for his consent.
        self._run(Errand(SecretPlace(self._places).keyring_trouble, self), self._show_keyring)

    def stop(self) -> None:
        """End the dialog and what it began; nothing is heard of them any more."""
        self._stop_checking()
        self._leave_mapping()
        while self._errands:
            errand = self._errands.pop()
            errand.stop()
        self._dialog.finished.disconnect(self._end)
        self._dialog.hide()
        self._dialog.deleteLater()
        self.deleteLater()

    def _run(self, errand: Errand, then: object) -> None:
        self._errands.append(errand)
        errand.succeeded.connect(then)
        errand.failed.connect(self._show_failure)
        errand.start()

    def _show_keyring(self, trouble: object) -> None:
        if isinstance(trouble, Notice):
            self._dialog.show_no_keyring(noticed(trouble, self._wording))

    def _check(self, key: str, told: Mapping[str, str]) -> None:
        self._stop_checking()
        kind = self._kinds[key]
        _remember(kind, told)
        self._checking = Checking(kind, told, self._clock, self)
        self._checking.finding_made.connect(self._show_finding)
        self._checking.ended.connect(self._end_check)
        self._checking.start()

    def _stop_checking(self) -> None:
        if self._checking is not None:
            checking, self._checking = self._checking, None
            checking.stop()
            checking.deleteLater()

    def _try_mapping(self, key: str, told: Mapping[str, str]) -> None:
        self._leave_mapping()
        _remember(self._kinds[key], told)
        self._watch = MappingWatch(told, self._clock, self)
        self._watch.findings_made.connect(self._show_mapping)
        self._watch.failed.connect(self._show_mapping_failed)
        self._watch.start()

    def _leave_mapping(self) -> None:
        if self._watch is not None:
            watch, self._watch = self._watch, None
            watch.stop()
            watch.deleteLater()

    def _show_mapping(self, findings: tuple[Finding, ...]) -> None:
        if self.sender() is self._watch:
            self._dialog.show_mapping(findings)

    def _show_mapping_failed(self, error: Exception) -> None:
        if self.sender() is self._watch:
            # A mistake of ours. Without the error's own words: they may hold a password.
            why = fault(FaultKind.PROCESS_ENDED, reason=type(error).__name__)
            self._dialog.show_mapping((Finding(topic="mapping", verdict=Verdict.BAD, fault=why),))

    def _show_finding(self, finding: Finding) -> None:
        # What was on its way when another check began is of the one before.
        if self.sender() is self._checking:
            self._dialog.show_finding(finding)

    def _end_check(self, _good: bool) -> None:  # noqa: FBT001 - a signal says it so
        if self.sender() is self._checking:
            self._dialog.check_finished()

    def _try(self, name: str, key: str, told: Mapping[str, str], keep: str) -> None:
        self._stop_checking()
        wrong = wrong_name(name, self._settings, self._wording, replacing=self._replacing)
        self._dialog.show_problem(wrong, NAME)
        if wrong:
            # Said once is enough: the next time the user knows what he does.
            self._replacing = name
            return
        kind = self._kinds[key]
        _remember(kind, told)
        new = NewConnection(
            name=name, source=kind, told=told, keep=KeptIn(keep) if keep else KeptIn.NONE
        )
        self._new = new
        clock = self._clock
        self._dialog.show_working(self._wording.translate("Connect", "Connecting …"))
        self._run(Errand(lambda: try_out(new, clock), self), self._save)

    def _save(self, _nothing: object) -> None:
        new, places = self._new, self._places
        if new is not None:
            text = self._wording.translate("Connect", "It works. Saving …")
            self._dialog.show_working(text, can_be_left=False)
            self._run(Errand(lambda: save(new, places), self), self._open)

    def _open(self, settings: object) -> None:
        profile = None
        if isinstance(settings, Settings) and self._new is not None:
            profile = settings.profile(self._new.name)
        if isinstance(settings, Settings) and self._new is not None and profile is not None:
            opening = opening_of(profile, self._new.source, self._new.secrets(), settings)
            self.connected.emit(opening, settings)
        self._dialog.accept()

    def _show_failure(self, error: Exception) -> None:
        if self._new is None:
            return  # the keyring's trial: saving will say it again
        field = ""
        text = why_not_saved(error, self._wording)
        if isinstance(error, SourceError) and error.fault.kind is FaultKind.BAD_SETTING:
            field = error.fault.detail("field")
        nothing = self._wording.translate("Connect", "Nothing was saved.")
        self._dialog.show_failure(text if field else f"{text} {nothing}", field)

    def _end(self) -> None:
        self.stop()
        self.ended.emit()


def _remember(kind: SourceKind, told: Mapping[str, str]) -> None:
    remember({field.key: told.get(field.key, "") for field in kind.fields if field.secret})
