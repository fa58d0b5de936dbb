"""The process around one source: fetch, tell what changed, wait; until the window is gone."""

from __future__ import annotations

import os
import select
import signal
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from traceback import extract_tb
from typing import BinaryIO, Final, Protocol, runtime_checkable

import msgspec

from wallboard.domain.clock import Clock
from wallboard.domain.errors import FaultKind, SourceError, fault
from wallboard.domain.facts import Fact, Retraction
from wallboard.domain.snapshot import Snapshot, SnapshotChange
from wallboard.domain.source import Fetched, Source, SourceKind
from wallboard.domain.supervision import (
    NOT_KNOWN,
    NOT_REACHED,
    TOO_LATE,
    UNDER_WAY,
    Monitoring,
    Wish,
    WishKind,
    WishResult,
)
from wallboard.runtime.pacing import LEAST_BETWEEN_SENDS, pause_after
from wallboard.runtime.tidying import Tidying
from wallboard.runtime.wire import (
    Answered,
    Ask,
    Begin,
    Failed,
    FrameReader,
    FromSource,
    FromWindow,
    Hello,
    Stop,
    Taken,
    WireBroken,
    frame_of,
    window_said,
)

# A picture without news only proves that the source is alive; once a second is often enough.
_PROOF_EVERY_S = 1.0
# Each search looks at all that was made since the last one and lives; the longer between two, the
# less that is in all: of ten thousand agents a third of what six searches in a minute look at.
_TIDY_EVERY_S = 60.0
_GRACE_S = 2.0
MOST_OWED: Final = 20_000
"""So many facts wait for a picture that can be told; then the oldest are let go."""
_LONGEST_REASON: Final = 512
_RECEIVE_AT_ONCE = 1 << 16


class Launch(msgspec.Struct, frozen=True):
    """What the window tells the process over standard input, as one line of JSON.

    Never as an argument or in the environment, which other users of the machine can read.

    Attributes:
        port: Of the window's listener on 127.0.0.1.
        token: Proves to the window that it is this process which connects.
        told: The fields' values, secrets among them.
    """

    port: int
    token: str
    kind: str
    told: dict[str, str]


@runtime_checkable
class Resuming(Protocol):
    """A source that can go on where a process before it ended."""

    def resume(self, snapshot: Snapshot) -> None:
        """Take over what was known: calls that were open and are gone end as unknown."""
        ...


class _LinkEnded(Exception):
    """The window hung up or said stop."""


class _Link:
    """This process' end of the connection to the window."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._reader = FrameReader()

    def fileno(self) -> int:
        """Return what `select` can wait for."""
        return self._connection.fileno()

    def send(self, message: FromSource) -> None:
        """Tell the window; waits while it is busy.

        Raises:
            WireBroken: The message cannot be told.
        """
        data = frame_of(message)
        try:
            self._connection.sendall(data)
        except OSError as error:
            raise _LinkEnded from error

    def pending(self, wait_s: float = 0.0) -> tuple[FromWindow, ...]:
        """Return what the window said, waiting at most so long for its first byte."""
        readable, _, _ = select.select([self._connection], [], [], wait_s)
        if not readable:
            return ()
        try:
            data = self._connection.recv(_RECEIVE_AT_ONCE)
        except OSError as error:
            raise _LinkEnded from error
        if not data:
            raise _LinkEnded
        said = tuple(window_said(body) for body in self._reader.feed(data))
        if any(isinstance(word, Stop) for word in said):
            raise _LinkEnded
        return said

    def begin(self) -> Begin:
        """Wait for the window's first word."""
        while True:
            for word in self.pending(_GRACE_S):
                if isinstance(word, Begin):
                    return word

    def hang_up(self) -> None:
        """End the connection, waking whoever waits on it. May be called from any thread."""
        with suppress(OSError):
            self._connection.shutdown(socket.SHUT_RDWR)


class _Loop:
    """Asks one source again and again. The pause begins when a poll ends: none overlap."""

    def __init__(
        self, source: Source, poll: timedelta, link: _Link, clock: Clock, chance: Random
    ) -> None:
        self._source = source
        self._poll = poll
        self._link = link
        self._clock = clock
        self._chance = chance
        self._told: Snapshot | None = None
        self._notices: tuple[object, ...] = ()
        self._monitorings: tuple[Monitoring, ...] | None = None
        self._lacks: tuple[tuple[WishKind, str], ...] = ()
        # Wishes under way, and under which key what comes of them is told.
        self._under_way: dict[Wish, str] = {}
        # What ended and came with pictures that could not be told.
        self._owed: tuple[Fact, ...] = ()
        self._owed_back: tuple[Retraction, ...] = ()
        self._well = False
        self._sent_s = float("-inf")
        self._tidying = Tidying()
        self._tidied_s = float("-inf")

    def run(self) -> None:
        self._tidying.start()
        while True:
            try:
                self._fetch()
            except SourceError as error:
                self._tell_failure(error)
                # The source is not asked to wait: what is broken may wake at once, for ever.
                self._hear(pause_after(error, self._poll, self._chance).total_seconds())
            else:
                self._tidy()
                self._source.wait(pause_after(None, self._poll, self._chance), self._link)
            self._hear()
            rest = self._sent_s + LEAST_BETWEEN_SENDS.total_seconds() - self._now_s()
            if rest > 0:
                self._hear(rest)

    def _fetch(self) -> None:
        """Fetch and tell. What was fetched is let go of before the wait, while it is at hand.

        Raises:
            SourceError: There is no answer that can be read.
        """
        fetched = self._source.fetch()
        self._tell_results(fetched.results)
        self._tell(fetched)

    def _hear(self, wait_s: float = 0.0) -> None:
        """Do what the window says, waiting at most so long for it."""
        for word in self._link.pending(wait_s):
            if isinstance(word, Ask):
                answered = self._done(word)
                if answered is not None:
                    self._link.send(answered)

    def _done(self, ask: Ask) -> Answered | None:
        """Do what a supervisor asks for, at most once: what fails halfway is not tried again.

        None: it is under way.
        """
        if self._clock.now().wall > ask.until:
            return Answered(key=ask.key, done=False, reason=TOO_LATE)
        if ask.wish in self._under_way:
            return Answered(key=ask.key, done=False, reason=UNDER_WAY)
        try:
            result = self._source.supervise(ask.wish)
        except SourceError:
            return Answered(key=ask.key, done=False, reason=NOT_KNOWN, known=False)
        if result is None:
            self._under_way[ask.wish] = ask.key
            return None
        return _answered(ask.key, result)

    def _tell_results(self, results: tuple[WishResult, ...]) -> None:
        for result in results:
            key = self._under_way.pop(result.wish, None)
            if key is not None:
                self._link.send(_answered(key, result))

    def _tell(self, fetched: Fetched) -> None:
        change = fetched.changed_since(self._told)
        facts = (*self._owed, *fetched.facts)
        retracted = (*self._owed_back, *fetched.retracted)
        news = not change.empty or facts or retracted or self._said_else(fetched)
        if self._well and not news and self._now_s() - self._sent_s < _PROOF_EVERY_S:
            return
        try:
            self._link.send(
                Taken(
                    change=change,
                    facts=facts,
                    notices=fetched.notices,
                    retracted=retracted,
                    monitorings=fetched.monitorings,
                    lacks=fetched.lacks,
                )
            )
        except WireBroken as error:
            self._well = False
            sound = tuple(fact for fact in fetched.facts if _tellable(fact, change.as_of))
            self._owed = (*self._owed, *sound)[-MOST_OWED:]
            self._owed_back = retracted[-MOST_OWED:]
            self._link.send(Failed(fault=fault(FaultKind.BAD_DATA, reason=error)))
            return
        self._told, self._owed, self._owed_back = fetched.snapshot, (), ()
        self._notices, self._monitorings = fetched.notices, fetched.monitorings
        self._lacks = fetched.lacks
        self._well = True
        self._sent_s = self._now_s()

    def _said_else(self, fetched: Fetched) -> bool:
        """True if what is told whole each time is not what it was."""
        told = (fetched.notices, fetched.monitorings, fetched.lacks)
        return told != (self._notices, self._monitorings, self._lacks)

    def _tell_failure(self, error: SourceError) -> None:
        self._well = False
        self._link.send(Failed(fault=error.fault))
        self._sent_s = self._now_s()

    def _tidy(self) -> None:
        now_s = self._now_s()
        if now_s - self._tidied_s >= _TIDY_EVERY_S:
            self._tidied_s = now_s
            self._tidying.tidy(now_s)

    def _now_s(self) -> float:
        return self._clock.now().steady_s


def run_source_process(
    stdin: BinaryIO, kind_of: Callable[[str], SourceKind], clock: Clock, chance: Random
) -> int:
    """Live as one source's process until the window stops it or is gone.

    Args:
        stdin: Gives the launch as its first line; its end is the end of the window.
        kind_of: Finds a kind by its key.

    Returns:
        The exit status: 0 if the window wanted it so.
    """
    # Ctrl-C goes to the whole terminal; the window decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    launch = msgspec.json.decode(stdin.readline(), type=Launch)
    try:
        connection = socket.create_connection(("127.0.0.1", launch.port), timeout=_GRACE_S)
    except OSError:
        return 1  # the window that started us is gone already
    connection.settimeout(None)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    done = threading.Event()
    with connection:
        link = _Link(connection)
        threading.Thread(target=_watch_window, args=(stdin, link, done), daemon=True).start()
        try:
            link.send(Hello(token=launch.token))
            _follow(kind_of(launch.kind), launch, link, clock, chance)
        except _LinkEnded:
            return 0
        except Exception as error:  # noqa: BLE001 - the last wall: told to the window, which starts us anew
            with suppress(_LinkEnded):
                link.send(Failed(fault=fault(FaultKind.PROCESS_ENDED, reason=_place_of(error))))
            return 1
        finally:
            done.set()
    return 0


def _follow(kind: SourceKind, launch: Launch, link: _Link, clock: Clock, chance: Random) -> None:
    pace = kind.pace(launch.told)
    # All that takes time and no network is done before the window's word, which may be long in
    # coming: this process may stand by for another one.
    source, begin = _connected(partial(kind.connect, launch.told, clock), link, pace, chance)
    try:
        seed = (begin or link.begin()).seed
        if seed is not None and isinstance(source, Resuming):
            source.resume(seed)
        _Loop(source, pace, link, clock, chance).run()
    finally:
        source.close()


def _connected(
    connect: Callable[[], Source], link: _Link, pace: timedelta, chance: Random
) -> tuple[Source, Begin | None]:
    """Return the source, and the window's first word if it was needed to tell that there is none.

    What a connection tells may be of no use now, as a file that was moved: it may be put right.
    """
    begin: Begin | None = None
    while True:
        try:
            return connect(), begin
        except SourceError as error:
            begin = begin or link.begin()
            link.send(Failed(fault=error.fault))
            _put_off(link, pause_after(error, pace, chance))


def _put_off(link: _Link, pause: timedelta) -> None:
    """Wait; what is asked meanwhile is not done."""
    for word in link.pending(pause.total_seconds()):
        if isinstance(word, Ask):
            link.send(Answered(key=word.key, done=False, reason=NOT_REACHED))


def _watch_window(stdin: BinaryIO, link: _Link, done: threading.Event) -> None:
    """Wait for the end of standard input: the window closed it, or died."""
    # Past the buffer, whose lock a waiting reader would hold while the interpreter ends.
    while os.read(stdin.fileno(), 1):
        pass
    link.hang_up()
    if not done.wait(_GRACE_S):
        os._exit(0)  # the source hangs in a call, and nobody is left to care


def _answered(key: str, result: WishResult) -> Answered:
    reason = result.reason.encode(errors="replace").decode()[:_LONGEST_REASON]
    return Answered(key=key, done=result.done, reason=reason, known=result.known)


def _tellable(fact: Fact, as_of: datetime) -> bool:
    """True if it is not this fact that keeps a picture from being told."""
    try:
        frame_of(Taken(change=SnapshotChange(as_of=as_of), facts=(fact,)))
    except WireBroken:
        return False
    return True


def _place_of(error: Exception) -> str:
    # Not the error's own words: they may hold a password.
    frames = extract_tb(error.__traceback__)
    where = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"
