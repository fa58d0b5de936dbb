"""How a kiosk is, as it stands in its file: written by its watchdog, read by whoever asks."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Final

import msgspec

from wallboard.domain.walls import TvState
from wallboard.runtime.kiosk_wire import BoardBeat

RECORD: Final = "state.json"
"""What the file is called, in the folder of its kiosk."""
DARK_AFTER_S: Final = 15.0
"""A kiosk that gave no sign of life for so long shows nothing, as far as anybody can tell."""

_LARGEST: Final = 1 << 20
_PRESENT: Final = ("live", "late")


class Phase(StrEnum):
    """What a kiosk is about."""

    BEGINS = "begins"
    """Its window has not said anything yet."""
    RUNS = "runs"
    WAITS = "waits"
    """There is nothing that draws: no display."""
    ENDED = "ended"
    """Somebody ended it."""


class KioskRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One kiosk. Times are seconds since 1970.

    Attributes:
        key: Of the kiosk, the same after each start.
        name: Of the connection; empty for the demo.
        begun: When its watchdog began.
        pid, window: Ids of the processes of the watchdog and of its window; 0: not known.
        seen: When its window gave a sign of life last. None: not yet.
        written: When this was written.
        restarts: How often the window was started anew since then.
        why: Why it was last; empty if it never was.
        safe: True while it shows only what cannot fail.
    """

    key: str
    name: str = ""
    host: str = ""
    pid: int = 0
    window: int = 0
    version: str = ""
    phase: Phase = Phase.BEGINS
    begun: float
    seen: float | None = None
    written: float
    restarts: int = 0
    why: str = ""
    safe: bool = False
    boards: tuple[BoardBeat, ...] = ()
    freshness: str = ""
    as_of: float | None = None
    rss: int | None = None
    trouble: str = ""

    def age_s(self, now: float) -> float | None:
        """Return how long ago its window gave a sign of life. None: it never did."""
        return None if self.seen is None else max(0.0, now - self.seen)

    def state(self, board: BoardBeat | None, now: float) -> TvState:
        """Return how one of its boards is.

        Args:
            board: None for a kiosk whose window never told any.
        """
        if self.phase is Phase.ENDED:
            return TvState.ENDED
        # A window that begins is given as long as one that fell silent.
        since = self.begun if self.seen is None else self.seen
        if now - since > DARK_AFTER_S or now - self.written > DARK_AFTER_S:
            return TvState.DARK
        return drawn_state(board, self.freshness)


def drawn_state(board: BoardBeat | None, freshness: str) -> TvState:
    """Return how a board is whose window gives signs of life.

    Args:
        board: None if its window never told any.
        freshness: Of the picture, as the window told it; empty while there is none.
    """
    if board is None or not board.screen:
        return TvState.NO_SCREEN
    return TvState.LIVE if freshness in _PRESENT else TvState.OLD


def write_record(folder: Path, record: KioskRecord) -> None:
    """Put a record in the place of the one before; whoever reads has the old one or the new one.

    It is written about once a second, and is of no use after a loss of power: it does not wait
    for the disk.

    Raises:
        OSError: The old one stands.
    """
    fresh = folder / f"{RECORD}.new"
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(msgspec.json.encode(record))
    fresh.replace(folder / RECORD)


def read_records(kiosks: Path) -> tuple[KioskRecord, ...]:
    """Return the records of all kiosks of a folder of folders, the newest begun first.

    One that cannot be read is left out.
    """
    found = [read_record(place) for place in sorted(kiosks.glob(f"*/{RECORD}"))]
    known = [record for record in found if record is not None]
    return tuple(sorted(known, key=lambda record: (-record.begun, record.key)))


def read_record(file: Path) -> KioskRecord | None:
    """Return what a file says. None if it says nothing we understand."""
    try:
        if file.stat().st_size > _LARGEST:
            return None
        return _records.decode(file.read_bytes())
    except (OSError, msgspec.MsgspecError):
        return None


_records: Final = msgspec.json.Decoder(KioskRecord)
