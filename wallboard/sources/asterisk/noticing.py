"""What is worth knowing of a PBX although it works: what lasts, and what happened lately."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Final

from wallboard.domain.errors import Fault, FaultKind, fault
from wallboard.sources.asterisk.translate import Translator

NEWS: Final = timedelta(minutes=15)
"""How long a notice about something that happened stays."""


@dataclass(slots=True)
class Notices:
    """What is told besides the picture.

    Attributes:
        forbidden: What the account may not see.
        log: What is wrong with the log of the queues.
    """

    forbidden: Fault | None = None
    log: Fault | None = None
    _news: dict[FaultKind, tuple[Fault, float]] = field(default_factory=dict)
    _unseen_told: int = 0

    def tell(self, news: Fault, now_s: float) -> None:
        """Something happened."""
        self._news[news.kind] = (news, now_s)

    def all(self, translator: Translator, now_s: float) -> tuple[Fault, ...]:
        """Return what holds now."""
        unseen = translator.unseen
        if unseen and unseen != self._unseen_told:
            self.tell(fault(FaultKind.CALLS_UNSEEN, count=unseen), now_s)
        self._unseen_told = unseen
        notices = [
            news for news, told_s in self._news.values() if now_s - told_s < NEWS.total_seconds()
        ]
        notices += [one for one in (self.forbidden, self.log) if one is not None]
        if translator.drifted:
            notices.append(fault(FaultKind.NO_EVENTS, right="read = call,agent"))
        if translator.unresolved:
            names = translator.unresolved
            notices.append(
                fault(FaultKind.MEMBERS_UNRESOLVED, count=len(names), names=", ".join(names[:5]))
            )
        if translator.ignored:
            notices.append(fault(FaultKind.ROWS_IGNORED, count=translator.ignored))
        if translator.skew:
            seconds = f"{translator.skew.total_seconds():.0f}"
            notices.append(fault(FaultKind.CLOCK_OFF, seconds=seconds))
        return tuple(notices)


def log_fault(path: str) -> Fault | None:
    """Return why the log of the queues cannot be read. None if it can, or if there is none."""
    if not path:
        return None
    try:
        with Path(path).open("rb"):
            return None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return fault(FaultKind.BAD_SETTING, field="queue_log", reason=reason)
