"""Opens a kiosk's connection, and goes on trying: nobody is there to be asked."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from wallboard.app.saved import opening_of, why_not_opened
from wallboard.domain.source import SourceKind
from wallboard.runtime.errand import Errand
from wallboard.runtime.kiosk_wire import KioskLaunch
from wallboard.runtime.opening import SIMULATOR, Opening
from wallboard.settings.connections import recalled
from wallboard.settings.model import Profile, Settings
from wallboard.settings.paths import Places
from wallboard.settings.secrets import Secrets, remember
from wallboard.sources.registry import KindUnknown, KindUnusable, kind
from wallboard.ui.outside_text import isolated, shown
from wallboard.ui.wording import Wording
from wallboard.ui.words import phrase

AGAIN_MS: Final = 10_000
"""A keyring may be unlocked later, a disk come back."""

_NO_CONNECTION: Final = phrase(
    "Kiosk", "There is no connection called {name} on this computer any more."
)


class KioskOpening(QObject):
    """Finds what opens the connection. Lives on the main thread.

    Signals:
        found: With the Opening; once.
        missed: With the sentence that says why not; it is tried again.
    """

    found = Signal(object)
    missed = Signal(str)

    def __init__(self, launch: KioskLaunch, places: Places, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._launch = launch
        self._places = places
        self._settings = Settings()
        self._wording: Wording | None = None
        self._errand: Errand | None = None
        self._wanted: tuple[Profile, SourceKind] | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self._try)

    def open(self, settings: Settings, wording: Wording) -> None:
        """Find it by these settings, now and until it is found."""
        self._settings, self._wording = settings, wording
        self._try()

    def stop(self) -> None:
        """Try no more."""
        self._again.stop()
        self._drop()

    def _try(self) -> None:
        self._drop()
        self._again.stop()
        demo = self._launch.demo
        if demo is not None:
            self.found.emit(demo_opening(self._launch.name, demo, self._settings))
            return
        profile = self._settings.profile(self._launch.name)
        if profile is None:
            self._miss(None)
            return
        try:
            source = kind(profile.kind)
        except (KindUnknown, KindUnusable) as error:
            self._miss(error, profile)
            return
        self._wanted = (profile, source)
        if self._launch.secrets is not None:
            self._take(dict(self._launch.secrets))
            return
        places = self._places
        self._errand = Errand(lambda: recalled(profile, source, places, os.environ), self)
        self._errand.succeeded.connect(self._take)
        self._errand.failed.connect(self._fail)
        self._errand.start()

    def _take(self, secrets: object) -> None:
        if self._wanted is None:
            return
        profile, source = self._wanted
        if not isinstance(secrets, dict):
            self._fail(None)
            return
        known: Secrets = secrets
        remember(known)
        self._drop()
        self.found.emit(opening_of(profile, source, known, self._settings))

    def _fail(self, error: Exception | None = None) -> None:
        # A keyring that is not there yet is the usual thing at log-in.
        self._miss(error, None if self._wanted is None else self._wanted[0])

    def _miss(self, error: Exception | None, profile: Profile | None = None) -> None:
        wording = self._wording
        self._drop()
        self._again.start()
        if wording is None:
            return
        if profile is None:
            name = self._launch.name
            told = wording.say(_NO_CONNECTION, name=isolated(name) if wording.rtl else shown(name))
        else:
            told = why_not_opened(profile, error, wording)
        self.missed.emit(told)

    def _drop(self) -> None:
        errand, self._errand = self._errand, None
        if errand is not None:
            errand.stop()
            errand.deleteLater()


def demo_opening(name: str, given: Mapping[str, str], settings: Settings) -> Opening:
    """Return what opens the simulator, with its defaults for what is not given."""
    source = kind(SIMULATOR)
    told = {field.key: field.default for field in source.fields}
    return Opening(name=name, kind=SIMULATOR, told={**told, **given}, demo=True, zone=settings.zone)
