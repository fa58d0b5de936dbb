"""What stands where something would that the system does not tell."""

from __future__ import annotations

from typing import Final

from wallboard.ui.words import phrase

AGENTS_NOT_TOLD: Final = phrase("Agents", "This system does not tell its agents.")
CALLS_NOT_TOLD: Final = phrase("Calls", "This system does not tell single calls.")
