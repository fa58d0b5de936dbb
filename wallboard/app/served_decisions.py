"""What the site has decided of supervision at a connection that is served, as it is by now.

The file of settings is looked at again and again while the connection is served: who was put on
the list of those whom nobody may monitor is on it within a second. A file that is gone, or cannot
be read, alters nothing.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from typing import Final

from wallboard.domain.clock import Clock
from wallboard.domain.supervision import MONITORING
from wallboard.server.feed import Capabilities
from wallboard.settings.file import SettingsFile
from wallboard.settings.granting import Supervision
from wallboard.settings.model import Settings
from wallboard.settings.whole_file import Sign, sign_of

_LOOK_EVERY_S: Final = 0.5


class ServedDecisions:
    """One connection's. May be used by several threads.

    Args:
        name: The connection's.
        served: What is served, but for what the site decides.
        supervision: What it has decided as this begins.
        file: Where it is decided. None: it is decided once.
    """

    def __init__(
        self,
        name: str,
        served: Capabilities,
        supervision: Supervision,
        file: SettingsFile | None,
        clock: Clock,
    ) -> None:
        self._name = name
        self._bare = served
        self._file = file
        self._clock = clock
        self._lock = threading.Lock()
        self._sign = self._sign_now()
        self._looked_at_s = clock.now().steady_s
        self._served = self._decided(supervision)

    def now(self) -> Capabilities:
        """Return what is served now."""
        with self._lock:
            now_s = self._clock.now().steady_s
            if self._file is not None and now_s - self._looked_at_s >= _LOOK_EVERY_S:
                self._looked_at_s = now_s
                self._look_again(self._file)
            return self._served

    def _look_again(self, file: SettingsFile) -> None:
        sign = self._sign_now()
        if sign is None or sign == self._sign:
            return
        self._sign = sign
        loaded = file.load()
        if loaded.notices and loaded.settings == Settings():
            return  # it cannot be read, and there is no copy of it
        self._served = self._decided(loaded.settings.supervision)

    def _decided(self, supervision: Supervision) -> Capabilities:
        takes = self._bare.commands
        if not supervision.knows_excluded(self._name):
            takes -= MONITORING  # whom nobody may monitor could be anybody
        site = supervision.site(self._name)
        return replace(
            self._bare,
            commands=takes,
            excluded=site.excluded,
            limit=timedelta(minutes=supervision.limit_minutes),
            tells=site.tells,
            only_told=site.only_told,
        )

    def _sign_now(self) -> Sign | None:
        """Return what is another after each writing. None if there is no file."""
        return None if self._file is None else sign_of(self._file.path)
