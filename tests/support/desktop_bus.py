"""A desktop's bus for a moment, on which a test speaks for the desktop."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from support.checkout import ROOT

_BUS: Final = "dbus-run-session"
WANTS_A_BUS: Final = pytest.mark.skipif(shutil.which(_BUS) is None, reason=f"no {_BUS} here")


def told_on_a_bus(program: str, home: Path) -> str:
    """Run a program beside a bus of its own and return what it printed; it must end well."""
    ran = subprocess.run(
        [_BUS, "--", sys.executable, "-c", program],
        check=False,
        capture_output=True,
        text=True,
        timeout=40,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(home)},
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout
