"""How much memory and how many handles this process holds, and what is to be done about it."""

from __future__ import annotations

import ctypes
import gc
import os
import sys
from collections.abc import Iterator
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


def take_room() -> None:
    """Touch the pages that the interpreter has set aside for small objects and not used yet.

    It sets memory aside a megabyte at a time and touches a page when it first needs one, ever more
    rarely, for weeks: what is held went up by 36 KB in a million pictures of a TV, and looked like
    a leak. The whole of it is a megabyte, taken at once. Only on Linux; elsewhere nothing happens.
    Takes some milliseconds.
    """
    if sys.platform != "linux":
        return
    with suppress(OSError, AttributeError, ValueError):
        library = ctypes.CDLL(None)
        library.madvise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
        for begin, length in _half_used():
            # A system that does not know this advice refuses it, and all is as it was.
            library.madvise(begin, length, _TOUCH_FOR_WRITING)


def _half_used() -> Iterator[tuple[int, int]]:
    """Yield where such memory is that is at least half in use, and how long it is, in bytes.

    What is used less is the stack of a thread, or has just been set aside.
    """
    place: tuple[int, int] | None = None
    with Path("/proc/self/smaps").open(encoding="ascii", errors="replace") as file:
        for line in file:
            words = line.split()
            if words[0] == "Rss:" and place is not None:
                held = int(words[1]) * 1024
                if place[1] / 2 <= held < place[1] <= _LONGEST:
                    yield place
            if words[0].endswith(":"):
                continue
            begin, _, end = words[0].partition("-")
            # Memory of nobody else, with no file and no name: no heap of the C library, no stack.
            nameless = words[1] == "rw-p" and len(words) == _WITHOUT_A_NAME
            place = (int(begin, 16), int(end, 16) - int(begin, 16)) if nameless else None


_TOUCH_FOR_WRITING: Final = 23
"""MADV_POPULATE_WRITE of Linux, since 5.14; what is in a page stays."""
_LONGEST: Final = 32 * 1024 * 1024
_WITHOUT_A_NAME: Final = 5


def no_core_dumps() -> None:
    """Have a crash leave no picture of the memory behind: passwords would be in it."""
    if sys.platform != "win32":
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
