"""Why a report is not made, in the user's words."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from wallboard import app
from wallboard.app.reporting import NobodyCalledThat, OnlySums
from wallboard.command_line.exits import Exit, Stop
from wallboard.command_line.openings import Session, profile_called
from wallboard.domain.measuring import WorkPlan
from wallboard.domain.reporting import Period, PeriodKind
from wallboard.ui.words import phrase

_MOST_NAMED: Final = 50
_NOBODY: Final = {
    "queue": phrase(
        "CommandLine", "No call of a queue {name} is kept of {connection}; there are: {names}."
    ),
    "group": phrase(
        "CommandLine", "{connection} has no group of queues {name}; there are: {names}."
    ),
    "agent": phrase(
        "CommandLine", "No call of an agent {name} is kept of {connection}; there are: {names}."
    ),
}


def no_such_time(session: Session, period: Period | None, plan: WorkPlan) -> Stop:
    """Return that a time has not begun, or that there is no such shift."""
    if period is not None and period.kind is PeriodKind.SHIFT:
        return session.voice.stop(
            phrase("CommandLine", "No such shift has begun; the shifts are: {names}."),
            names=", ".join(shift.name for shift in plan.shifts) or "–",
        )
    return session.voice.stop(
        phrase(
            "CommandLine",
            "This time has not begun, or it ends before it begins. Choose another one.",
        )
    )


def nobody(session: Session, connection: str, error: NobodyCalledThat) -> Stop:
    """Return that a queue, a group or an agent is not known, and who is."""
    return session.voice.stop(
        _NOBODY[error.what],
        name=error.name[:80],
        connection=connection,
        names=", ".join(error.known[:_MOST_NAMED]) or "–",
    )


def only_sums(session: Session, connection: str, error: OnlySums) -> Stop:
    """Return that of a time only sums are kept."""
    profile = profile_called(session, connection)
    until = error.until.astimezone(app.zone_called(profile.zone or session.settings.zone))
    return session.voice.stop(
        phrase(
            "CommandLine",
            "Of the time before {time} only sums are kept, and they do not tell of single agents."
            " Choose a later time, or the report `agent`.",
        ),
        time=until.isoformat(timespec="minutes"),
    )


def no_journal(session: Session, reason: str) -> Stop:
    """Return that the journal of commands cannot be read or written."""
    return session.voice.stop(
        phrase(
            "CommandLine",
            "The journal of commands cannot be used ({reason}), so the report is not made.",
        ),
        Exit.MACHINE,
        reason=reason,
    )


def no_folder(session: Session, folder: Path, error: OSError) -> Stop:
    """Return that the files cannot go where they are to go."""
    return session.voice.stop(
        phrase("CommandLine", "The folder {folder} cannot be used ({reason})."),
        Exit.MACHINE,
        folder=folder,
        reason=error.strerror or type(error).__name__,
    )
