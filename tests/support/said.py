"""What a program prints that a Python of its own runs, without a screen."""

from __future__ import annotations

import os
import subprocess
import sys


def said(program: str) -> str:
    """Run a program and return what it printed; one that fails raises."""
    told = subprocess.run(
        [sys.executable, "-c", program],
        check=True,
        capture_output=True,
        text=True,
        # The seed: what prints a set prints it alike each time.
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONHASHSEED": "7"},
        timeout=60,
    )
    return told.stdout
