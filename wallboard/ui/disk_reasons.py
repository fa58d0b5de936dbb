"""Why a disk refused something, as the system says it, in the user's language."""

from __future__ import annotations

from typing import Final

from wallboard.ui.outside_text import isolated
from wallboard.ui.wording import Wording
from wallboard.ui.words import phrase

DISK_REASONS: Final = (
    phrase("Settings", "Permission denied"),
    phrase("Settings", "Operation not permitted"),
    phrase("Settings", "No space left on device"),
    phrase("Settings", "Disk quota exceeded"),
    phrase("Settings", "Read-only file system"),
    phrase("Settings", "No such file or directory"),
    phrase("Settings", "Is a directory"),
    phrase("Settings", "Not a directory"),
    phrase("Settings", "File name too long"),
    phrase("Settings", "Input/output error"),
)
"""What systems say most; in the context in which the reasons of settings are translated."""


def disk_reason(error: OSError, wording: Wording) -> str:
    """Return why something was refused, to be put into a sentence; what is rare is English."""
    said = error.strerror or type(error).__name__
    return isolated(wording.translate(DISK_REASONS[0].context, said))
