"""Who may try a kiosk's PIN: five times, then for five minutes nobody, also after a new start."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Final

import msgspec

from wallboard.domain.clock import Clock
from wallboard.settings.paths import made
from wallboard.settings.pins import pin_fits
from wallboard.settings.whole_file import replace_file

MOST_TRIES: Final = 5
SHUT: Final = timedelta(minutes=5)


class _Tried(msgspec.Struct, frozen=True, kw_only=True):
    """What was tried so far.

    Attributes:
        wrong: How often in a row.
        until: Nobody may before, in seconds since 1970. None: one may.
    """

    wrong: int = 0
    until: float | None = None


class PinGate:
    """Counts the tries of one kiosk. For one thread.

    A try is written down before it is looked at: who pulls the plug has tried, too.
    """

    def __init__(self, file: Path, clock: Clock) -> None:
        """Read what was tried before.

        Args:
            file: Where it is written down.
        """
        self._file = file
        self._clock = clock
        tried = _read(file)
        self._wrong = max(0, tried.wrong)
        # What the wall clock said when it was written; it may be set meanwhile, but who waits
        # never waits longer than from the beginning.
        self._until_s: float | None = None
        if tried.until is not None:
            now = clock.now()
            left_s = min(tried.until - now.wall.timestamp(), SHUT.total_seconds())
            self._until_s = now.steady_s + left_s if left_s > 0 else None
            self._wrong = 0

    @property
    def left(self) -> int:
        """How often one may still be wrong."""
        return MOST_TRIES - self._wrong

    def shut_for(self) -> timedelta | None:
        """Return how long nobody may try yet. None: one may."""
        if self._until_s is None:
            return None
        left_s = self._until_s - self._clock.now().steady_s
        if left_s > 0:
            return timedelta(seconds=left_s)
        self._until_s = None
        self._wrong = 0
        self._write()
        return None

    def fits(self, told: str, kept: Sequence[str]) -> bool:
        """Return whether it is one of the PINs; False as well while nobody may try.

        Takes a tenth of a second and more.

        Args:
            kept: What is kept of them.
        """
        if self.shut_for() is not None:
            return False
        self._wrong += 1
        if self._wrong >= MOST_TRIES:
            self._until_s = self._clock.now().steady_s + SHUT.total_seconds()
        self._write()
        if not any(pin_fits(told, each) for each in kept if each):
            return False
        self._wrong, self._until_s = 0, None
        self._write()
        return True

    def _write(self) -> None:
        now = self._clock.now()
        until = None
        if self._until_s is not None:
            until = now.wall.timestamp() + self._until_s - now.steady_s
        # On a full disk it holds until the end of the program.
        with suppress(OSError):
            made(self._file.parent)
            replace_file(self._file, msgspec.json.encode(_Tried(wrong=self._wrong, until=until)))


def _read(file: Path) -> _Tried:
    try:
        return msgspec.json.decode(file.read_bytes(), type=_Tried)
    except (OSError, msgspec.MsgspecError):
        return _Tried()
