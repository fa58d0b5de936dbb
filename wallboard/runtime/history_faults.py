"""What went wrong with a history, as a fault for which there is a sentence."""

from __future__ import annotations

from pathlib import Path
from traceback import extract_tb
from typing import Final

from wallboard.domain.errors import Fault, FaultKind, fault
from wallboard.storage.faults import HistoryUnavailable, StorageFault

_KINDS: Final = {
    StorageFault.DISK_FULL: FaultKind.HISTORY_FULL,
    StorageFault.READ_ONLY: FaultKind.HISTORY_READ_ONLY,
    StorageFault.LOCKED: FaultKind.HISTORY_LOCKED,
    StorageFault.TWO_INSTANCES: FaultKind.HISTORY_LOCKED,
    StorageFault.CORRUPT: FaultKind.HISTORY_DAMAGED,
    StorageFault.NEWER: FaultKind.HISTORY_NEWER,
    StorageFault.NOT_REACHABLE: FaultKind.HISTORY_AWAY,
}


def fault_of(error: Exception) -> Fault:
    """Return the error as a fault, for which there is a sentence."""
    if isinstance(error, HistoryUnavailable):
        return fault(_KINDS[error.kind], reason=error.reason)
    # Not the error's own words: they may hold what came from outside.
    frames = extract_tb(error.__traceback__)
    where = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return fault(FaultKind.HISTORY_FAILED, reason=f"{type(error).__name__}{where}")
