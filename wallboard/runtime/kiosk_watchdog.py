"""The parent of a kiosk's window: starts it, listens to its signs of life, starts it again.

To load a window's program takes a slow machine seconds. So while one window is shown, another
process has loaded it already and waits to be told what to show, where there is memory for that.
"""

from __future__ import annotations

import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import IO, Final, TypeAlias

import msgspec

from wallboard.domain.value import value
from wallboard.runtime.kiosk_patience import Patience
from wallboard.runtime.kiosk_records import KioskRecord, Phase
from wallboard.runtime.kiosk_wire import (
    LARGEST_LINE,
    RESTART_WANTED,
    Beat,
    KioskLaunch,
    launch_line,
    read_beat,
)
from wallboard.runtime.systemd import Systemd

LOOK_S: Final = 0.25
"""So often it is looked whether a window says nothing any more."""
WRITE_S: Final = 1.0
"""So often a record is written of a window that is well and shows what it showed."""
NO_SCREEN_S: Final = 900.0
"""After so long without anything to draw on there is no session any more."""

SPARE_AFTER_S: Final = 5.0
"""So long after a window is there, the next one is made ready."""
DOUBT_S: Final = 1.0
"""Nor is that waited for once a window said nothing for so long: the next one may be needed now."""
SPARE_AGAIN_S: Final = 60.0
"""One that ended by itself is not made ready at once again."""

_LATE_S: Final = 1.0
_STOPS_S: Final = 12.0
_TELLS_S: Final = 0.15
_NO_SCREEN: Final = 4

Said: TypeAlias = "tuple[int, bytes | None]"


@value
class Outside:
    """What a watchdog needs of the world.

    Attributes:
        wall_s: Tells seconds since 1970.
        steady_s: Tells seconds that nobody sets.
        room: Returns whether there is memory for a window that is not shown.
        screen: Returns whether there is anything to draw on.
        record: Takes how the kiosk is, some times in a second at most.
        say: Takes a line for the log.
        environ: Of the windows that are started.
    """

    wall_s: Callable[[], float]
    room: Callable[[], bool]
    screen: Callable[[], bool]
    record: Callable[[KioskRecord], None]
    say: Callable[[str], None]
    environ: Mapping[str, str]
    steady_s: Callable[[], float] = time.monotonic


class _Window:
    """One window's process."""

    def __init__(
        self,
        number: int,
        command: Sequence[str],
        environ: Mapping[str, str],
        said: SimpleQueue[Said],
    ) -> None:
        self.number = number
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            list(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=dict(environ)
        )
        out, into = self._process.stdout, self._process.stdin
        if out is None or into is None:
            raise OSError("no pipe")
        self._into = into
        threading.Thread(
            target=_listen, args=(out, number, said), name=f"window {number}", daemon=True
        ).start()

    def show(self, launch: KioskLaunch) -> None:
        """Tell it what to show; before that it only gets ready."""
        with suppress(OSError):  # it ended already, and `code` says so
            self._into.write(launch_line(launch))
            self._into.flush()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def code(self) -> int | None:
        """How it ended; below 0 by which signal. None while it runs."""
        return self._process.poll()

    def end(self, within_s: float) -> int:
        """Ask it to end, and end it if it does not."""
        self.let_go()
        try:
            return self._process.wait(within_s)
        except subprocess.TimeoutExpired:
            return self.kill()

    def kill(self) -> int:
        """End it at once; before that it writes into its log where it stands, if it can."""
        tells = getattr(signal, "SIGUSR1", None)
        with suppress(OSError, subprocess.TimeoutExpired):
            if tells is not None:
                self._process.send_signal(tells)
                self._process.wait(_TELLS_S)
        self._process.kill()
        code = self._process.wait()
        self.let_go()
        return code

    def let_go(self) -> None:
        """Close what was to tell it something."""
        with suppress(OSError):
            self._into.close()


class Watchdog:
    """One kiosk while `run` runs, in the caller's thread. `stop` may be called from any."""

    def __init__(
        self,
        launch: KioskLaunch,
        command: Sequence[str],
        record: KioskRecord,
        outside: Outside,
        systemd: Systemd,
    ) -> None:
        """Prepare.

        Args:
            command: Starts the window's program.
            record: The kiosk before anything is known of it.
        """
        self._launch = launch
        self._command = tuple(command)
        self._record = record
        self._outside = outside
        self._systemd = systemd
        self._patience = Patience()
        self._said: SimpleQueue[Said] = SimpleQueue()
        self._stopping = threading.Event()
        self._window: _Window | None = None
        self._spare: _Window | None = None
        self._spare_s = float("-inf")
        self._count = 0
        self._started_s = self._heard_s = 0.0
        self._beaten = False
        self._ends: int | None = None
        self._due_s = self._told_s = float("-inf")
        self._no_screen_s: float | None = None

    def stop(self) -> None:
        """Have `run` return soon."""
        self._stopping.set()
        self._said.put((0, None))

    def run(self) -> int:
        """Keep a window running until somebody ends it; return the exit code. Call it once."""
        code: int | None = None
        try:
            # Not looked at any more once it is to stop: a window that the same signal ended is no
            # crash.
            while not self._stopping.is_set() and (code := self._look()) is None:
                self._wait()
        finally:
            self._systemd.stopping()
            if self._spare is not None:
                self._spare.kill()
            if self._window is not None:
                self._window.end(_STOPS_S)
            self._tell(phase=Phase.ENDED)
        return code or 0

    def _wait(self) -> None:
        """Hear what the window says; at most LOOK_S long."""
        begun_s = self._outside.steady_s()
        with suppress(Empty):
            number, line = self._said.get(timeout=LOOK_S)
            while True:
                self._hear(number, line)
                number, line = self._said.get_nowait()
        late_s = self._outside.steady_s() - begun_s - LOOK_S
        if late_s > _LATE_S:
            # We stood still ourselves: the machine slept, and the window with it.
            self._heard_s = self._outside.steady_s()

    def _hear(self, number: int, line: bytes | None) -> None:
        beat = None if line is None else read_beat(line)
        if beat is None or self._window is None or number != self._window.number:
            return
        now_s = self._outside.steady_s()
        self._heard_s = now_s
        if not self._beaten:
            self._beaten = True
            self._outside.say(f"window {self._window.pid} is there")
            self._systemd.ready(_line_of(beat))
        self._launch = _after(self._launch, beat)
        self._ends = beat.ends
        self._systemd.alive(now_s)
        if not _is_news(beat, self._record) and now_s - self._told_s < WRITE_S:
            return
        self._told_s = now_s
        self._tell(
            phase=Phase.RUNS,
            seen=self._outside.wall_s(),
            boards=beat.boards,
            freshness=beat.freshness,
            as_of=beat.as_of,
            rss=beat.rss,
            trouble=beat.trouble,
        )

    def _look(self) -> int | None:
        """Do what is due; return an exit code once there is nothing more to do."""
        now_s = self._outside.steady_s()
        window = self._window
        if window is None:
            return self._begin(now_s) if now_s >= self._due_s else None
        code = window.code
        if code is not None:
            self._window = None
            window.let_go()
            # Its last word holds, whatever went wrong after it: a PIN that was typed was typed.
            return self._ended(code if self._ends is None else self._ends, now_s)
        silent_s = now_s - self._heard_s
        if silent_s > self._most_silent_s(now_s):
            self._window = None
            window.kill()
            if self._ends is not None:
                return self._ended(self._ends, now_s)
            self._crashed(f"it said nothing for {silent_s:.1f} s", now_s, hung=True)
        elif self._patience.recovers(now_s):
            self._window = None
            window.end(_STOPS_S)
            self._again("an hour without a crash: all is tried again", 0.0, safe=False)
        elif self._beaten and (now_s - self._started_s > SPARE_AFTER_S or silent_s > DOUBT_S):
            self._make_ready(now_s)
        return None

    def _most_silent_s(self, now_s: float) -> float:
        """Return how long the window may say nothing where it is now."""
        if self._ends is not None:
            return _STOPS_S
        patience = self._patience
        return patience.silent_s(now_s) if self._beaten else patience.begins_s(now_s)

    def _make_ready(self, now_s: float) -> None:
        """Have another window loaded, if there is none."""
        spare = self._spare
        if spare is not None and spare.code is not None:
            spare.let_go()
            self._spare = None
        if self._spare is None and now_s - self._spare_s > SPARE_AGAIN_S and self._outside.room():
            self._spare_s = now_s
            with suppress(OSError):
                self._spare = self._load()

    def _load(self) -> _Window:
        self._count += 1
        return _Window(self._count, self._command, self._outside.environ, self._said)

    def _begin(self, now_s: float) -> int | None:
        if not self._outside.screen():
            since_s = self._no_screen_s = self._no_screen_s or now_s
            self._due_s = now_s + 1.0
            self._systemd.alive(now_s)
            self._tell(phase=Phase.WAITS)
            return _NO_SCREEN if now_s - since_s > NO_SCREEN_S else None
        self._no_screen_s = None
        self._beaten = False
        self._ends = None
        self._started_s = self._heard_s = now_s
        window, self._spare = self._spare, None
        # The next one is made ready as soon as this one is there.
        self._spare_s = self._spare_s if window is None else float("-inf")
        try:
            self._window = window or self._load()
        except OSError as error:
            self._crashed(f"it could not be started: {error.strerror}", now_s)
            return None
        self._window.show(self._launch)
        self._systemd.alive(now_s)
        self._tell(phase=Phase.BEGINS, window=self._window.pid)
        return None

    def _ended(self, code: int, now_s: float) -> int | None:
        if code == 0:
            self._outside.say("the window was ended")
            return 0
        if code == RESTART_WANTED:
            self._again("the window asked for it", 0.0, safe=self._patience.safe)
        else:
            self._crashed(_words_of(code), now_s)
        return None

    def _crashed(self, why: str, now_s: float, *, hung: bool = False) -> None:
        lived_s = now_s - self._started_s if self._beaten else 0.0
        again = self._patience.crashed(now_s, lived_s=lived_s, hung=hung)
        self._again(why, again.after_s, safe=again.safe)

    def _again(self, why: str, after_s: float, *, safe: bool) -> None:
        self._outside.say(f"starting again in {after_s:.2f} s{' safely' if safe else ''}: {why}")
        restarts = self._record.restarts + 1
        self._launch = msgspec.structs.replace(self._launch, safe=safe, restarts=restarts)
        self._due_s = self._outside.steady_s() + after_s
        self._tell(phase=Phase.BEGINS, restarts=restarts, why=why, safe=safe)
        if after_s <= 0:
            self._said.put((0, None))  # not a quarter of a second is waited for nothing

    def _tell(self, **changes: object) -> None:
        now = self._outside.wall_s()
        self._record = msgspec.structs.replace(self._record, written=now, **changes)
        with suppress(OSError):  # a full disk makes no window dark
            self._outside.record(self._record)


def _is_news(beat: Beat, record: KioskRecord) -> bool:
    """Return whether a window is another, has its first picture, or shows something else."""
    shown = [board.scene for board in beat.boards]
    return (
        record.phase is not Phase.RUNS
        or beat.freshness != record.freshness
        or shown != [board.scene for board in record.boards]
    )


def _listen(out: IO[bytes], number: int, said: SimpleQueue[Said]) -> None:
    """Pass on what a window says, until its end."""
    with out:
        while line := out.readline(LARGEST_LINE):
            said.put((number, line))
    said.put((number, None))


def _after(launch: KioskLaunch, beat: Beat) -> KioskLaunch:
    """Return how to go on from where a window is."""
    places = tuple(board.place for board in beat.boards)
    return msgspec.structs.replace(launch, places=places)


def _line_of(beat: Beat) -> str:
    return f"{len(beat.boards)} boards" if len(beat.boards) != 1 else "1 board"


def _words_of(code: int) -> str:
    if code > 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"
