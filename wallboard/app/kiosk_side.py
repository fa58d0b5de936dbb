"""The process of a kiosk's window: what it shows comes on standard input, which also ends it."""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from importlib import import_module
from io import TextIOWrapper
from types import TracebackType
from typing import IO, Final, NoReturn

import msgspec

from wallboard.app.clock import system_clock
from wallboard.runtime.kiosk_wire import LARGEST_LINE, KioskLaunch, read_launch
from wallboard.runtime.memory_use import no_core_dumps
from wallboard.runtime.tidying import Tidying
from wallboard.settings.paths import Places, made, places
from wallboard.settings.secrets import redacted, remember

CRASHED: Final = 70
TERMINATED: Final = 128 + signal.SIGTERM
"""Nobody typed the PIN: unless its watchdog wants the end, it wants another window."""
_UNUSABLE: Final = 2
_GRACE_S: Final = 14.0
_LOG: Final = "kiosk-window.log"
_LARGEST_LOG: Final = 1_000_000
_TOLD_AGAIN_S: Final = 30.0
"""So often a window that goes on after a mistake writes one down: it may be one a second."""
_BEFORE_QT: Final = "wallboard.ui.plain_imports"
"""What makes the import of PySide quicker, if it comes first."""
_WINDOW: Final = "wallboard.app.kiosk"


def run_kiosk_window() -> int:
    """Be the window of a kiosk until it is ended. Does not return where all goes well.

    Returns:
        The exit status, if nothing could be begun.
    """
    no_core_dumps()
    # Ctrl-C in a terminal is for the watchdog, which ends this one; one that stands by would
    # complain of it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    told = sys.stdin.buffer
    out = _own_output()
    where = places()
    log = _log(where)
    _tell_crashes(log)
    Tidying().start()
    # All that takes time comes before it is known what is to be shown: a window that waits to take
    # another one's place is there at once.
    import_module(_BEFORE_QT)
    import_module(_WINDOW)
    line = told.readline(LARGEST_LINE)
    if not line:
        return 0  # none is wanted any more
    try:
        launch = read_launch(line)
    except msgspec.MsgspecError:
        return _UNUSABLE
    remember(launch.secrets or {})
    if launch.safe:
        _go_on(log)
    try:
        code = _shown(launch, where, out, told)
    except Exception as error:  # noqa: BLE001 - what cannot begin cannot go on either
        _crash(log, type(error), error, error.__traceback__)
    sys.stderr.flush()
    # Not by the interpreter's own end: threads that hang somewhere would hold it up, and what Qt
    # takes down after them is no crash that anybody must be told of.
    os._exit(code)


def _shown(launch: KioskLaunch, where: Places, out: int, told: IO[bytes]) -> int:
    # Qt costs 0.2 s and 30 MB: whoever lists commands imports this module, too.
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - as told

    from wallboard.app.ends import Ends  # noqa: PLC0415 - as told
    from wallboard.app.kiosk import Kiosk  # noqa: PLC0415 - as told
    from wallboard.app.own_fonts import use_own_fonts  # noqa: PLC0415 - as told
    from wallboard.runtime.spare_time import SpareTime  # noqa: PLC0415 - as told

    application = QApplication(["wallboard"])
    use_own_fonts()
    application.setQuitOnLastWindowClosed(False)
    application.setDesktopFileName("wallboard-kiosk")
    # Not `quit`: that asks the windows, and these never let themselves be closed.
    ends = Ends(lambda: application.exit(TERMINATED))
    clock = system_clock()
    spare_time = SpareTime(clock)
    spare_time.start()
    kiosk = Kiosk(launch, where, clock, out)
    kiosk.ended.connect(application.exit)
    kiosk.start()
    _end_with_parent(told, lambda: signal.raise_signal(signal.SIGTERM))
    code = int(application.exec())
    kiosk.close(code)
    spare_time.stop()
    ends.close()
    return code


def _own_output() -> int:
    """Return where signs of life go; whatever else is printed goes where errors go.

    No process that is started from here holds it.
    """
    out = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with suppress(OSError, AttributeError):
        os.set_blocking(out, False)
    return out


def _end_with_parent(told: IO[bytes], end: Callable[[], None]) -> None:
    """End when the watchdog closes its end, however it ended: two must not show one board."""

    def wait() -> None:
        with suppress(OSError, ValueError):
            while told.read(1):
                pass
        end()
        threading.Event().wait(_GRACE_S)
        os._exit(0)

    threading.Thread(target=wait, name="parent", daemon=True).start()


def _log(where: Places) -> TextIOWrapper | None:
    """Return the file that says why a window ended. None if there can be none."""
    try:
        file = made(where.logs) / _LOG
        if file.exists() and file.stat().st_size > _LARGEST_LOG:
            file.replace(file.with_name(f"{_LOG}.1"))
        log = file.open("a", encoding="utf-8", errors="replace")
    except OSError:
        return None
    with suppress(OSError):
        file.chmod(0o600)
    return log


def _tell_crashes(log: TextIOWrapper | None) -> None:
    """Have every crash written down, and every mistake be one: a new window is there at once."""
    if log is not None:
        faulthandler.enable(log)
        if hasattr(faulthandler, "register"):
            faulthandler.register(signal.SIGUSR1, log)
    sys.excepthook = partial(_crash, log)
    threading.excepthook = lambda told: _crash(
        log, told.exc_type, told.exc_value, told.exc_traceback
    )


def _go_on(log: TextIOWrapper | None) -> None:
    """Have no mistake of the main thread end the process; those of other threads still do.

    It ended again and again: a clock that says so is better than one more start.
    """
    told_s: float | None = None

    def write_down(
        kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        nonlocal told_s
        now_s = time.monotonic()
        if told_s is None or now_s - told_s >= _TOLD_AGAIN_S:
            told_s = now_s
            _write_down(log, kind, error, trace)

    sys.excepthook = write_down


def _crash(
    log: TextIOWrapper | None,
    kind: type[BaseException],
    error: BaseException | None,
    trace: TracebackType | None,
) -> NoReturn:
    _write_down(log, kind, error, trace)
    os._exit(CRASHED)


def _write_down(
    log: TextIOWrapper | None,
    kind: type[BaseException],
    error: BaseException | None,
    trace: TracebackType | None,
) -> None:
    lines = "".join(traceback.format_exception(kind, error, trace))
    for into in (log, sys.stderr):
        if into is not None:
            with suppress(OSError, ValueError):
                into.write(redacted(lines))
                into.flush()
