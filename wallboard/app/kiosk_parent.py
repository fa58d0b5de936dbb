"""A kiosk as its watchdog sees it, put together without Qt: the real clock, files and processes."""

from __future__ import annotations

import logging
import os
import platform
from collections.abc import Callable
from contextlib import closing
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

from wallboard import VERSION
from wallboard.app.clock import system_clock
from wallboard.domain.errors import WallboardError
from wallboard.runtime.kiosk_records import KioskRecord, write_record
from wallboard.runtime.kiosk_watchdog import Outside, Watchdog
from wallboard.runtime.kiosk_wire import KioskLaunch
from wallboard.runtime.memory_use import memory_free
from wallboard.runtime.own_program import own_program
from wallboard.runtime.systemd import Systemd, forget_systemd
from wallboard.settings.paths import Places, made
from wallboard.storage.place_lock import PlaceLock

_LOG: Final = "kiosk.log"
_LOG_BYTES: Final = 1_000_000
_LOCK: Final = "lock"
_LEAST_FREE: Final = 400_000_000
"""Bytes; with less of it no second window is kept ready."""


class RunsAlready(WallboardError):
    """The same kiosk runs already."""


def told_apart(name: str, walls: tuple[str, ...], screens: tuple[str, ...]) -> str:
    """Return what is another for each kiosk, and the same at each of its starts."""
    return "\n".join((name, *(wall or "-" for wall in walls), *(f"@{each}" for each in screens)))


def run_kiosk(
    launch: KioskLaunch,
    places: Places,
    *,
    screen: Callable[[], bool],
    begun: Callable[[Watchdog], None],
) -> int:
    """Keep a kiosk running until somebody ends it.

    Args:
        screen: Returns whether there is anything to draw on.
        begun: Called with the watchdog before it runs, for who may want to stop it.

    Returns:
        The exit status.

    Raises:
        RunsAlready: The same kiosk does.
        OSError: Its folder cannot be made.
    """
    folder = made(Path(launch.folder))
    lock = PlaceLock(folder / _LOCK)
    if not lock.taken():
        raise RunsAlready(launch.name)
    environ = dict(os.environ)
    systemd = Systemd(environ)
    forget_systemd(environ)
    clock = system_clock()

    def wall_s() -> float:
        return clock.now().wall.timestamp()

    now = wall_s()
    record = KioskRecord(
        key=folder.name,
        name=launch.name,
        host=platform.node(),
        pid=os.getpid(),
        version=VERSION,
        begun=now,
        written=now,
    )
    try:
        with closing(_Log(places)) as log:
            outside = Outside(
                wall_s=wall_s,
                room=_room,
                screen=screen,
                record=lambda told: write_record(folder, told),
                say=log.say,
                environ=environ,
            )
            watchdog = Watchdog(launch, own_program("kiosk-window"), record, outside, systemd)
            begun(watchdog)
            return watchdog.run()
    finally:
        lock.release()


class _Log:
    """Where it is written down why a window was started again: a file, and standard error."""

    def __init__(self, places: Places) -> None:
        self._log = logging.getLogger("wallboard.kiosk")
        self._log.setLevel(logging.INFO)
        self._log.propagate = False
        self._handlers: list[logging.Handler] = [logging.StreamHandler()]
        try:
            file = made(places.logs) / _LOG
            handler = RotatingFileHandler(
                file, maxBytes=_LOG_BYTES, backupCount=1, encoding="utf-8"
            )
            handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
            self._handlers.append(handler)
        except OSError:
            pass  # the other one is left
        for each in self._handlers:
            self._log.addHandler(each)

    def say(self, text: str) -> None:
        """Write a line."""
        self._log.info("%s", text)

    def close(self) -> None:
        """Close the file."""
        for each in self._handlers:
            self._log.removeHandler(each)
            each.close()


def _room() -> bool:
    free = memory_free()
    return free is None or free >= _LEAST_FREE
