"""Which SQLite is at work: known without loading anything else of this room."""

import sqlite3
from typing import Final

SQLITE: Final = sqlite3.sqlite_version
"""Its version, as in `3.51.3`."""
