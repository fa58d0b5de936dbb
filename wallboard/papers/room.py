"""A folder for rows that wait to be packed; what a killed process left in one is swept."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

from wallboard.papers.whole import LEFT_OVER_S

_PREFIX: Final = "wallboard-paper-"


def room() -> tempfile.TemporaryDirectory[str]:
    """Return a folder that only we may read; it goes away with its block."""
    made = tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True)
    here = Path(made.name)
    with suppress(OSError):
        now_s = here.stat().st_mtime
        for other in here.parent.glob(f"{_PREFIX}*"):
            if now_s - other.lstat().st_mtime > LEFT_OVER_S:
                # Not through a link, and nothing of another user.
                shutil.rmtree(other, ignore_errors=True)
    return made
