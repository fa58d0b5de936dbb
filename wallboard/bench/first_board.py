"""Begins as the program does, which meets PySide in a way of its own; for P1."""

from __future__ import annotations

import importlib
import sys

from wallboard.runtime.tidying import Tidying

if __name__ == "__main__":
    # As the program does, first of all; stock programs leave it to Python while they import.
    if sys.argv[1] == "board":
        Tidying().start()
    # By name and in this order, because what is imported when is what is measured.
    importlib.import_module("wallboard.ui.plain_imports")
    sys.exit(importlib.import_module("wallboard.bench.first_paint").run(sys.argv[1]))
