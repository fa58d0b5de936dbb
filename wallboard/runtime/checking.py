"""Looks closely at a connection in a thread of its own, and tells the main thread line by line."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from wallboard.domain.clock import Clock
from wallboard.domain.errors import Fault, FaultKind, SourceError, fault
from wallboard.domain.source import Finding, SourceKind, Told, Verdict
from wallboard.runtime.errand import Errand


class Checking(Errand):
    """One check of one connection: an errand that tells what it finds while it goes on.

    It never fails: what goes wrong is a bad finding.
    """

    finding_made = Signal(Finding)
    ended = Signal(bool)
    """True if nothing was bad. The last word; none comes after `stop`."""

    def __init__(
        self, kind: SourceKind, told: Told, clock: Clock, parent: QObject | None = None
    ) -> None:
        super().__init__(self._check, parent, name="check")
        self._kind = kind
        self._told = told
        self._clock = clock

    def _check(self) -> None:
        good = True
        try:
            for finding in self._kind.check(self._told, self._clock):
                good = good and finding.verdict is not Verdict.BAD
                if not self._say("finding_made", finding):
                    return
        except SourceError as error:
            good = False
            self._say_bad(error.fault)
        except Exception as error:  # noqa: BLE001 - a vendor's mistake: told as a finding
            good = False
            # Without the error's own words: they may hold a password.
            self._say_bad(fault(FaultKind.PROCESS_ENDED, reason=type(error).__name__))
        self._say("ended", good)

    def _say_bad(self, why: Fault) -> None:
        self._say("finding_made", Finding(topic="source", verdict=Verdict.BAD, fault=why))
