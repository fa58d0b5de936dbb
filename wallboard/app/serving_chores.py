"""What a process that serves does besides: it keeps answers quick, and writes who asked what."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

from wallboard.domain.clock import Clock
from wallboard.runtime.tidying import Tidying
from wallboard.settings.paths import Places, made
from wallboard.settings.secrets import redacted

_TIDY_EVERY_S: Final = 5.0
_LOG_BYTES: Final = 5_000_000
_LOGS: Final = 3
# As long as one thread may keep the others from running: a board's step takes some milliseconds.
_SWITCH_INTERVAL_S: Final = 0.001


class Tidier:
    """Keeps a process that answers walls from stopping in the middle of an answer.

    No thread keeps the others waiting for long, and cyclic garbage is searched for every few
    seconds, a little at a time; `more` is done then, too.
    """

    def __init__(self, clock: Clock, stop: threading.Event, more: Callable[[], None]) -> None:
        self._more = more
        self._clock = clock
        self._stop = stop
        self._tidying = Tidying()
        self._thread = threading.Thread(target=self._run, name="tidying", daemon=True)

    def start(self) -> None:
        """Begin."""
        sys.setswitchinterval(_SWITCH_INTERVAL_S)
        self._tidying.start()
        self._thread.start()

    def join(self) -> None:
        """Wait until it has ended: it is to be stopped."""
        self._thread.join()
        self._tidying.stop()

    def _run(self) -> None:
        while not self._stop.wait(_TIDY_EVERY_S):
            self._tidying.tidy(self._clock.now().steady_s)
            self._more()


class _Redacted(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return redacted(super().format(record))


def log_requests(places: Places) -> Callable[[], None]:
    """Write who asked what into a file among the logs; return what ends that.

    Raises:
        OSError: It cannot be written.
    """
    path: Path = made(places.logs) / "serve.log"
    handler = RotatingFileHandler(
        path, maxBytes=_LOG_BYTES, backupCount=_LOGS, encoding="utf-8", delay=True
    )
    handler.setFormatter(_Redacted("%(asctime)s %(levelname)s %(message)s"))
    logger = logging.getLogger("wallboard.server")
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logger.addHandler(handler)

    def ended() -> None:
        logger.removeHandler(handler)
        handler.close()

    return ended
