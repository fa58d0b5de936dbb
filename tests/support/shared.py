"""Where the folder is that developers share beside the checkout: recordings, golden values, lab."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WHY_NOT = "the shared folder is not there: put it beside the checkout or set WALLBOARD_SHARED"


def shared_folder() -> Path | None:
    """Return the shared folder, or None where there is none."""
    told = os.environ.get("WALLBOARD_SHARED")
    folder = Path(told) if told else ROOT.parent / "shared"
    return folder.resolve() if folder.is_dir() else None
