"""How much memory and how many handles this process holds, and what is to be done about it."""

from __future__ import annotations

import ctypes
import gc
import os
import sys
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Final

if sys.platform != "win32":
    import resource

SETTLED_S: Final = 600.0
"""So long after its start a window holds what it needs; that is what later is measured by."""
TRIM_AT: Final = 1.5
RESTART_AT: Final = 2.0
NOW_AT: Final = 3.0
MOST_HANDLES: Final = 0.8
"""Of those that a process may have."""


class Relief(StrEnum):
    """What is to be done."""

    NOTHING = "nothing"
    TRIM = "trim"
    """Let go of what can be made again."""
    RESTART_SOON = "restart_soon"
    """Start anew when nobody misses the board for a second."""
    RESTART_NOW = "restart_now"


class MemoryWatch:
    """Judges what is held by what was held once all was there. Seconds of a steady clock."""

    def __init__(self, begun_s: float, *, settled_s: float = SETTLED_S) -> None:
        self._begun_s = begun_s
        self._settled_s = settled_s
        self._usual: int | None = None

    @property
    def usual(self) -> int | None:
        """Bytes that are held when all is there. None: that is not known yet."""
        return self._usual

    def judge(self, now_s: float, held: int | None, handles: float | None = None) -> Relief:
        """Return what is to be done.

        Args:
            held: Bytes. None if the system does not tell: then nothing is.
            handles: How many are open, as a share of those that may be. None: not known.
        """
        if handles is not None and handles >= MOST_HANDLES:
            return Relief.RESTART_SOON
        if held is None or now_s - self._begun_s < self._settled_s:
            return Relief.NOTHING
        if self._usual is None:
            self._usual = held
        share = held / max(1, self._usual)
        for limit, relief in (
            (NOW_AT, Relief.RESTART_NOW),
            (RESTART_AT, Relief.RESTART_SOON),
            (TRIM_AT, Relief.TRIM),
        ):
            if share >= limit:
                return relief
        return Relief.NOTHING


def memory_held() -> int | None:
    """Return the bytes of this process that are in memory. None if the system does not tell."""
    with suppress(OSError, ValueError, IndexError):
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    return None


def memory_free() -> int | None:
    """Return the bytes that could be had without anybody being put aside. None: not known."""
    with suppress(OSError, ValueError, IndexError):
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    return None


def handles_open() -> int | None:
    """Return how many handles this process has. None if the system does not tell."""
    with suppress(OSError):
        return len(os.listdir("/proc/self/fd")) - 1  # noqa: PTH208 - one is of this very look
    return None


def handles_share() -> float | None:
    """Return the handles that are open as a share of those that may be. None: not known."""
    count = handles_open()
    if count is None or sys.platform == "win32":
        return None
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return None if most <= 0 else count / most


def give_back() -> None:
    """Give memory back to the system that nothing uses. Takes some dozen milliseconds."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    trim()


def trim() -> None:
    """Have the C library give back what it keeps for later, where it can."""
    if sys.platform == "win32":
        return  # there the heap does so by itself, and no library stands for the program
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def no_core_dumps() -> None:
    """Have a crash leave no picture of the memory behind: passwords would be in it."""
    if sys.platform != "win32":
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
