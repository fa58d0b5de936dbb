"""Where a kiosk keeps what it must know after a restart: in files that nobody else writes.

The desktop may run beside it, be started after it, or keep its history on a server: neither ever
waits for the other. What the desktop knows of the last day, the kiosk takes over when it begins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Final, TypeVar

from wallboard.app.clock import system_clock
from wallboard.app.histories import history_opener
from wallboard.domain.facts import Fact
from wallboard.settings.model import Settings
from wallboard.settings.paths import Places, made
from wallboard.storage.faults import HistoryUnavailable, StorageFault
from wallboard.storage.history import History, open_history
from wallboard.storage.reports import Retention

KEPT: Final = Retention(keep=timedelta(days=9), size_limit=500_000_000)
"""A week before today is what today is compared with."""

_TAKEN: Final = timedelta(hours=30)
_AT_ONCE: Final = 2000
_FILE: Final = "history.sqlite3"

_Row = TypeVar("_Row")


def kiosk_history(
    folder: Path, name: str, settings: Settings, places: Places
) -> Callable[[], History]:
    """Return what opens the history of a kiosk; to call it may take seconds.

    It raises HistoryUnavailable.

    Args:
        folder: Of the kiosk.
        name: Of the connection, whose own history is read if there is one. Empty: there is none.
    """
    seen = history_opener(name, settings, places, reading=True) if name else None

    def opened() -> History:
        try:
            made(folder)
        except OSError as error:
            raise HistoryUnavailable(StorageFault.READ_ONLY, error.strerror or "") from error
        own = open_history(folder / _FILE, clock=system_clock(), patience_s=2.0, retention=KEPT)
        if seen is not None:
            # It goes without: what it cannot see is a gap, and is shown as one.
            with suppress(HistoryUnavailable), closing(seen()) as theirs:
                _take_over(own, theirs)
        return own

    return opened


def forget_history(folder: Path) -> None:
    """Remove what is kept of a center that is simulated: with each start another one begins."""
    for file in folder.glob(f"{_FILE}*"):
        if file.is_file():
            with suppress(OSError):
                file.unlink()


def _take_over(own: History, theirs: History) -> None:
    """Keep what somebody else knows of the last day, and was not known."""
    end = system_clock().now().wall + timedelta(hours=1)
    begin = end - _TAKEN
    known = [stretch.end for stretch in own.stretches(begin, end)]
    if known:
        # Who was told late, was told not much later.
        begin = max(begin, min(max(known), end) - timedelta(hours=4))
    facts: tuple[Iterable[Fact], ...] = (
        theirs.calls(begin, end),
        theirs.directs(begin, end),
        theirs.spells(begin, end),
    )
    for kind in facts:
        for some in _parts(kind):
            own.keep(some)
    minutes = range(int(begin.timestamp()) // 60, int(end.timestamp()) // 60)
    for samples in _parts(theirs.samples(minutes.start, minutes.stop)):
        own.keep(samples=samples)
    for stretch in theirs.stretches(begin, end):
        # Of what was before, nothing was taken over.
        own.keep(watched=replace(stretch, begin=max(stretch.begin, begin)))


def _parts(rows: Iterable[_Row]) -> Iterator[list[_Row]]:
    going = iter(rows)
    while some := list(islice(going, _AT_ONCE)):
        yield some
