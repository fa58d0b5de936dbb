"""The modules of the installer, which are scripts beside each other and no package."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

from support.checkout import ROOT

FOLDER = ROOT / "installer"


def part(name: str) -> Any:
    """Return a module of the installer."""
    if str(FOLDER) not in sys.path:
        sys.path.append(str(FOLDER))
    return import_module(name)
