"""Asks a system once, and then tells what a mapping file gives each time that it is changed."""

from __future__ import annotations

import threading
from typing import Final

from PySide6.QtCore import QObject, Signal

from wallboard.domain.clock import Clock
from wallboard.domain.errors import SourceError
from wallboard.domain.finding import Finding, Verdict
from wallboard.domain.source import Told
from wallboard.runtime.errand import Errand

LOOK_S: Final = 1.0
"""How often the file is read."""


class MappingWatch(Errand):
    """One trial of a mapping, in a thread of its own, until it is stopped."""

    findings_made = Signal(tuple)
    """Of Findings: all that holds now, in the place of those before."""

    def __init__(self, told: Told, clock: Clock, parent: QObject | None = None) -> None:
        """Prepare.

        Args:
            told: The connection's fields, secrets among them.
        """
        super().__init__(self._watch, parent, name="mapping")
        self._told = told
        self._clock = clock
        self._ended = threading.Event()

    def stop(self) -> None:
        """Say nothing more, and let the thread end."""
        self._ended.set()
        super().stop()

    def _watch(self) -> None:
        # What reads mapping files takes a while to import, and few connections have one.
        from wallboard.sources.rest.mapping_check import Preview  # noqa: PLC0415 - as said

        try:
            preview = Preview(self._told, self._clock)
            file = preview.read()
        except SourceError as wrong:
            # A field that cannot be used, or no such file: there is nothing to watch.
            self._say("findings_made", (_bad(wrong),))
            return
        going_on = self._say("findings_made", preview.ask(file))
        while going_on and not self._ended.wait(LOOK_S):
            try:
                now = preview.read()
            except SourceError:
                continue  # some editors take a file away for a moment to save it
            if now != file:
                file = now
                going_on = self._say("findings_made", preview.show(now))


def _bad(wrong: SourceError) -> Finding:
    return Finding(
        topic="mapping", verdict=Verdict.BAD, details=wrong.fault.details, fault=wrong.fault
    )
