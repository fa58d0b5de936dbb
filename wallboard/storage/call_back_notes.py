"""Notes on callers who are to be called back, beside the facts of a history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from wallboard.domain.call_backs import CallBackNote
from wallboard.storage.history import History
from wallboard.storage.noted import SCHEMA_NOTE, noted
from wallboard.storage.rows import CALL_BACKS

_SINCE: Final = 3
"""The layout that has a place for notes; one that is only read may be older."""


def keep_note(history: History, note: CallBackNote) -> None:
    """Keep a note in the place of the one on the same number. Durable when it returns.

    Raises:
        HistoryUnavailable: Nothing was kept.
    """
    with history.together():
        history.database.run_many("replace call_backs", CALL_BACKS.packed((note,)))


def kept_notes(history: History) -> Mapping[str, CallBackNote]:
    """Return the notes by number; one that is damaged is left out.

    Raises:
        HistoryUnavailable: And why.
    """
    if int(noted(history.database, SCHEMA_NOTE) or 0) < _SINCE:
        return {}
    rows = map(CALL_BACKS.unpacked, history.database.rows("all call_backs"))
    return {note.number: note for note in rows if note is not None}
