"""Brings a history that an older version of this program made up to the present layout."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from wallboard.storage.database import Database
from wallboard.storage.faults import HistoryUnavailable, StorageFault
from wallboard.storage.noted import SCHEMA_NOTE, note

MIGRATIONS: Final[Mapping[int, Sequence[str]]] = {
    2: (
        (
            "CREATE TABLE feed (\n"
            "\tnumber BIGINT NOT NULL, \n"
            "\tkind VARCHAR(20) NOT NULL, \n"
            "\ttold_at BIGINT NOT NULL, \n"
            "\tbody TEXT NOT NULL, \n"
            "\tchecksum BIGINT NOT NULL, \n"
            "\tPRIMARY KEY (number)\n"
            ")"
        ),
    ),
    3: (
        (
            "CREATE TABLE alert_events (\n"
            "\tevent_id TEXT NOT NULL, \n"
            "\tat BIGINT NOT NULL, \n"
            "\tbody TEXT NOT NULL, \n"
            "\tchecksum BIGINT NOT NULL, \n"
            "\tPRIMARY KEY (event_id)\n"
            ")"
        ),
        "CREATE INDEX alert_events_by_time ON alert_events (at)",
        (
            "CREATE TABLE alert_states (\n"
            "\trule_id TEXT NOT NULL, \n"
            "\tsubject TEXT NOT NULL, \n"
            "\tbody TEXT NOT NULL, \n"
            "\tchecksum BIGINT NOT NULL, \n"
            "\tPRIMARY KEY (rule_id, subject)\n"
            ")"
        ),
        (
            "CREATE TABLE deliveries (\n"
            "\tway TEXT NOT NULL, \n"
            "\tevent_id TEXT NOT NULL, \n"
            "\tstate VARCHAR(20) NOT NULL, \n"
            "\tqueued_at BIGINT NOT NULL, \n"
            "\tevent TEXT NOT NULL, \n"
            "\tcourse TEXT NOT NULL, \n"
            "\tchecksum BIGINT NOT NULL, \n"
            "\tPRIMARY KEY (way, event_id)\n"
            ")"
        ),
        "CREATE INDEX deliveries_by_time ON deliveries (queued_at)",
        (
            "CREATE TABLE call_backs (\n"
            "\tnumber TEXT NOT NULL, \n"
            "\tat BIGINT NOT NULL, \n"
            "\ttext TEXT NOT NULL, \n"
            "\tdue_at BIGINT, \n"
            "\tchecksum BIGINT NOT NULL, \n"
            "\tPRIMARY KEY (number)\n"
            ")"
        ),
    ),
}
"""By the version that they lead to, the statements that lead there from the version before.

They are the same for every database, or there is one more column of them to be made here. They
read as those that make a new history, blanks and all: the definitions are compared as texts.
"""


def migrate(
    database: Database,
    have: int,
    want: int,
    *,
    steps: Mapping[int, Sequence[str]] = MIGRATIONS,
    settle: Callable[[], None] = lambda: None,
) -> None:
    """Bring a layout from a version to another in one transaction: all of it, or nothing.

    Args:
        steps: As MIGRATIONS.
        settle: Called before the end of the transaction, to write down what the layout is now.

    Raises:
        HistoryUnavailable: NEWER, if it is from the future.
    """
    if have > want:
        reason = f"it has layout {have}, and this version of the program knows {want} at the most"
        raise HistoryUnavailable(StorageFault.NEWER, reason)
    with database.transaction():
        for version in range(have + 1, want + 1):
            for text in steps[version]:
                database.run_text(text)
        note(database, SCHEMA_NOTE, str(want))
        settle()
