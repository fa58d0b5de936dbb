"""Who sits at this computer, as the system says."""

from __future__ import annotations

import getpass


def user_name() -> str:
    """Return what the one who sits here is called by the system; empty if it does not say."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
