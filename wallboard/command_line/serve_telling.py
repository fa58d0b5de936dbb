"""What `serve` says while it runs: for who reads the log of the machine."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from wallboard.app import serving
from wallboard.command_line.voice import Voice
from wallboard.domain.errors import Fault
from wallboard.server.feed import HistoryWord, PollingRole
from wallboard.server.verifying import Verified
from wallboard.ui.words import Phrase, phrase

_WATCH_S: Final = 1.0

_DUTIES: Final[dict[PollingRole, Phrase]] = {
    PollingRole.ALONE: phrase("CommandLine", "This program asks the call center."),
    PollingRole.POLLING: phrase(
        "CommandLine", "This program asks the call center now; the other ones stand by."
    ),
    PollingRole.STANDING_BY: phrase(
        "CommandLine",
        "Another program asks the call center; this one answers the same and stands by.",
    ),
}
_BROKEN_SOMEHOW: Final = phrase("CommandLine", "it does not fit the lines before it")
_BROKEN: Final[dict[str, Phrase]] = {
    "lines were taken off the end": phrase("CommandLine", "lines were taken off the end"),
    "it cannot be read": phrase("CommandLine", "it cannot be read"),
    "it is torn, and nothing follows": phrase("CommandLine", "it ends in half a line"),
}


def say_broken(voice: Voice, found: Verified) -> None:
    """Say that the journal of commands was changed."""
    with suppress(OSError):
        voice.complain(
            voice.told(
                phrase(
                    "CommandLine",
                    "The journal of commands is not as it was written, from line {line} on:"
                    " {reason}. Keep the file journal.jsonl, and find out who could write it; new"
                    " lines go on behind it.",
                ),
                line=found.broken_at,
                reason=voice.told(_BROKEN.get(found.reason, _BROKEN_SOMEHOW)),
            )
        )


@dataclass(slots=True)
class _Word:
    """What was said last."""

    role: PollingRole | None = None
    fault: Fault | None = None
    paused: bool = False
    notices: dict[str, Fault] = field(default_factory=dict)


class Watch:
    """Says what comes and goes, in a thread of its own, until the end is asked for."""

    def __init__(self, voice: Voice, feed: serving.ServedFeed, stop: threading.Event) -> None:
        self._voice = voice
        self._feed = feed
        self._stop = stop
        self._word = _Word()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)

    def start(self) -> None:
        """Begin; call it once."""
        self._thread.start()

    def join(self) -> None:
        """Wait for its end."""
        self._thread.join()

    def _run(self) -> None:
        with suppress(OSError):  # who read our lines has gone; walls are served all the same
            while not self._stop.wait(_WATCH_S):
                self._look()

    def _look(self) -> None:
        health, issue, voice = self._feed.health(), self._feed.newest(), self._voice
        word = self._word
        if health.role is not word.role and (issue is not None or health.source.fault is not None):
            word.role = health.role
            voice.complain(voice.told(_DUTIES[health.role]))
        # By kind: the details of one and the same trouble may change from second to second.
        told = [] if health.source.fault is None else [health.source.fault]
        told += () if issue is None else issue.notices
        found = {str(each.kind): each for each in told}
        for name, each in found.items():
            if name not in word.notices:
                voice.complain(voice.fault(each))
        for name, each in word.notices.items():
            if name not in found:
                over = voice.told(phrase("CommandLine", "This is over:"))
                voice.complain(f"{over} {voice.fault_cause(each)}")
        word.notices = found
        self._pause(paused=health.history is HistoryWord.PAUSED)

    def _pause(self, *, paused: bool) -> None:
        if paused == self._word.paused:
            return
        self._word.paused = paused
        said = (
            phrase(
                "CommandLine",
                "Nothing can be stored now: walls go on, and what happens is stored later.",
            )
            if paused
            else phrase("CommandLine", "What happens is stored again.")
        )
        self._voice.complain(self._voice.told(said))
