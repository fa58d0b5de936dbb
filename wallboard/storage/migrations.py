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
