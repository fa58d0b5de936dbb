"""Looks closely at a saved connection: its secrets are found, then its check goes through it."""

from __future__ import annotations

import os

from PySide6.QtCore import QObject, Signal

from wallboard.app.saved import opening_of, why_not_opened
from wallboard.domain.clock import Clock
from wallboard.domain.source import SourceKind, Told
from wallboard.runtime.checking import Checking
from wallboard.runtime.errand import Errand
from wallboard.settings.connections import recalled
from wallboard.settings.model import Profile, Settings
from wallboard.settings.paths import Places
from wallboard.settings.secrets import remember
from wallboard.sources.registry import KindUnknown, KindUnusable, kind
from wallboard.ui.wording import Wording


class ConnectionCheck(QObject):
    """One check of one connection, until it is stopped. Lives on the main thread.

    Signals:
        finding_made: A Finding.
        ended: Whether nothing was bad. The last word.
        missed: Why it cannot be checked, as a sentence. The last word instead.
    """

    finding_made = Signal(object)
    ended = Signal(bool)
    missed = Signal(str)

    def __init__(
        self,
        profile: Profile,
        settings: Settings,
        places: Places,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._profile = profile
        self._settings = settings
        self._places = places
        self._clock = clock
        self._source: SourceKind | None = None
        self._wording: Wording | None = None
        self._errand: Errand | None = None

    @property
    def name(self) -> str:
        """What the connection is called."""
        return self._profile.name

    def start(self, wording: Wording, told: Told | None = None) -> None:
        """Begin.

        Args:
            wording: In which to say why it cannot be.
            told: All fields, if they are known already: secrets among them.
        """
        self._wording = wording
        try:
            source = kind(self._profile.kind)
        except (KindUnknown, KindUnusable) as error:
            self._miss(error)
            return
        self._source = source
        if told is not None:
            self._check(told)
            return
        profile, places = self._profile, self._places
        self._errand = Errand(lambda: recalled(profile, source, places, os.environ), self)
        self._errand.succeeded.connect(self._take_secrets)
        self._errand.failed.connect(self._miss)
        self._errand.start()

    def stop(self) -> None:
        """Say nothing more."""
        if self._errand is not None:
            self._errand.stop()
            self._errand = None

    def _take_secrets(self, secrets: object) -> None:
        if not isinstance(secrets, dict) or self._source is None:
            self._miss(None)
            return
        remember(secrets)
        self._check(opening_of(self._profile, self._source, secrets, self._settings).told)

    def _check(self, told: Told) -> None:
        if self._source is not None:
            checking = Checking(self._source, told, self._clock, self)
            checking.finding_made.connect(self.finding_made)
            checking.ended.connect(self.ended)
            self._errand = checking
            checking.start()

    def _miss(self, error: Exception | None) -> None:
        if self._wording is not None:
            self.missed.emit(why_not_opened(self._profile, error, self._wording))
