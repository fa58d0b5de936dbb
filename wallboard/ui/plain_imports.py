"""Gives Python's own import back once PySide is there. To import this module is enough."""

from __future__ import annotations

import builtins

import PySide6.QtCore  # noqa: F401 - only then there is something to give back

# PySide puts an import of its own in the place of Python's. For each module that is imported after
# it that one reads and cuts the source, in search of a switch which we don't use: 10 ms of the time
# to the first frame. What it covered is kept under this name.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
