"""Opens the histories of connections for commands, and says in words why one cannot be used."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

from wallboard.app.histories import history_opener
from wallboard.command_line.exits import Exit, Stop
from wallboard.command_line.openings import Session
from wallboard.runtime.history_faults import fault_of
from wallboard.storage.faults import HistoryUnavailable
from wallboard.storage.history import History
from wallboard.ui.words import phrase


@contextmanager
def history_of(session: Session, name: str, *, reading: bool = False) -> Iterator[History]:
    """Open the history of a connection for a block.

    Args:
        name: Of the connection.
        reading: True for one that only reads; it is not made then if it is not there.

    Raises:
        Stop: It cannot be used, or ceases to be usable in the block; the sentence says why.
    """
    in_file = session.settings.history is None
    if reading and in_file and not session.places.history_file(name).exists():
        raise session.voice.stop(
            phrase("CommandLine", "Nothing is kept of the calls of {name} yet."), name=name
        )
    opened = history_opener(name, session.settings, session.places, reading=reading)
    try:
        with closing(opened()) as history:
            yield history
    except HistoryUnavailable as error:
        raise Stop(session.voice.fault(fault_of(error)), Exit.MACHINE) from error
