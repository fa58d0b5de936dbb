"""Looks closely at a connection in a thread of its own, and tells the main thread line by line."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, Signal

from wallboard.domain.clock import Clock
from wallboard.domain.errors import FaultKind, SourceError, fault
from wallboard.domain.source import Finding, SourceKind, Told, Verdict

_GRACE_S = 0.2


class Checking(QObject):
    """One check of one connection. Lives on the main thread; speaks only by its signals.

    Connect them to methods of QObjects, so that these are called on the main thread.
    """

    finding_made = Signal(Finding)
    ended = Signal(bool)
    """True if nothing was bad. The last word; none comes after `stop`."""

    def __init__(
        self, kind: SourceKind, told: Told, clock: Clock, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._kind = kind
        self._told = told
        self._clock = clock
        self._stopped = False
        # Held while something is said, so that nothing is said once `stop` has returned.
        self._saying = threading.Lock()
        self._thread = threading.Thread(target=self._check, name="check", daemon=True)

    def start(self) -> None:
        """Begin. May be called once."""
        self._thread.start()

    def stop(self) -> None:
        """Say nothing more. The thread ends when the network lets it."""
        with self._saying:
            self._stopped = True
        if self._thread.is_alive():
            self._thread.join(_GRACE_S)

    def _check(self) -> None:
        good = True
        try:
            for finding in self._kind.check(self._told, self._clock):
                good = good and finding.verdict is not Verdict.BAD
                if not self._say_finding(finding):
                    return
        except SourceError as error:
            good = False
            self._say_finding(Finding(topic="source", verdict=Verdict.BAD, fault=error.fault))
        except Exception as error:  # noqa: BLE001 - the last wall of this thread: told as a finding
            good = False
            # Without the error's own words: they may hold a password.
            why = fault(FaultKind.PROCESS_ENDED, reason=type(error).__name__)
            self._say_finding(Finding(topic="source", verdict=Verdict.BAD, fault=why))
        with self._saying:
            if not self._stopped:
                self.ended.emit(good)

    def _say_finding(self, finding: Finding) -> bool:
        with self._saying:
            if not self._stopped:
                self.finding_made.emit(finding)
            return not self._stopped
