"""How this program is started once more, as a process of its own."""

from __future__ import annotations

import sys


def own_program(*words: str) -> tuple[str, ...]:
    """Return the command that starts this program with these words behind its name."""
    if getattr(sys, "frozen", False):
        return (sys.executable, *words)
    return (sys.executable, "-m", "wallboard", *words)
