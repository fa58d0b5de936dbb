"""What a history has to remember about itself, by name."""

from __future__ import annotations

from typing import Final

from wallboard.storage.database import Database
from wallboard.storage.rows import NOTES

SCHEMA_NOTE: Final = "schema"
"""The version of the layout; a file's header says the same, so that either shows damage."""
LAYOUT_NOTE: Final = "layout"
"""A checksum of the definitions in the file."""
SALVAGE_NOTE: Final = "salvage"
"""The damaged file from which rows are being taken over."""
ROLLED_NOTE: Final = "rolled until"
"""Before which instant there are only roll-ups, in microseconds."""
LONGEST_NOTE: Final = "longest spell"
"""No spell is longer, in microseconds."""
FEED_NOTE: Final = "feed"
"""What the feed's cursors begin with: another one in another history."""
TRIMMED_NOTE: Final = "feed trimmed"
"""The number of the last row of the feed that was let go."""


def noted(database: Database, name: str) -> str | None:
    """Return what was noted. None if nothing was, or if it is damaged."""
    found = database.rows("note", name)
    note = NOTES.unpacked(found[0]) if found else None
    return None if note is None else note[1]


def note(database: Database, name: str, said: str) -> None:
    """Note something in place of what was noted under the name."""
    database.run_many("replace notes", NOTES.packed(((name, said),)))


def forget_note(database: Database, name: str) -> None:
    """Note nothing under the name."""
    database.run("forget note", name)
