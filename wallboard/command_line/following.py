"""The command `board`: one board a second, or one when all calls are over, as JSON or a table."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from wallboard.app import system_clock
from wallboard.app.headless import follow
from wallboard.command_line.exits import Exit
from wallboard.command_line.openings import Session
from wallboard.command_line.signals import heard
from wallboard.command_line.voice import Voice
from wallboard.domain.clock import Moment
from wallboard.domain.errors import Fault, FaultKind
from wallboard.engine.as_json import board_json
from wallboard.engine.board import (
    Board,
    QueueStanding,
    fresh,
    knows,
    level_of,
    site_time,
    tells,
    untold,
)
from wallboard.runtime.opening import Opening
from wallboard.sources.registry import kind
from wallboard.ui.outside_text import shown
from wallboard.ui.words import phrase

_NAME_WIDTH: Final = 24
# Boards come when there is news, and once a second otherwise. One that comes a little before its
# second is taken: to wait for the next would leave a second out.
_EARLY_S: Final = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Until:
    """When the command ends by itself.

    Attributes:
        lines: After so many boards, one a second. None means never.
        idle_s: Once a call was seen and none has been open for so many seconds; only the last
            board is told then. None means not so.
    """

    lines: int | None = None
    idle_s: float | None = None


def board(session: Session, opening: Opening, *, until: Until, as_json: bool) -> Exit:
    """Follow a source and tell its board, until the end or an interrupt, which is a good end."""
    clock = system_clock()
    told = _Told(voice=session.voice, as_json=as_json)
    last = Board(
        name=opening.name,
        zone=UTC if opening.zone is None else ZoneInfo(opening.zone),
        poll=kind(opening.kind).pace(opening.told),
        demo=opening.demo,
    )
    idle = _Idle()
    due_s: float | None = None
    with _interruptible() as interrupt, closing(follow(opening, interrupt=interrupt)) as boards:
        for last in boards:
            now = clock.now()
            told.faults(last)
            if until.idle_s is not None:
                if idle.over(last, now, until.idle_s):
                    break
            elif due_s is None or now.steady_s >= due_s - _EARLY_S:
                due_s = now.steady_s + 1 if due_s is None else max(due_s + 1, now.steady_s)
                told.board(last, now)
                if told.lines == until.lines:
                    return Exit.GOOD
    told.board(last, clock.now())
    return Exit.GOOD


@dataclass(slots=True)
class _Told:
    """What was said so far: faults are said when they come and when they go, not in between."""

    voice: Voice
    as_json: bool
    lines: int = 0
    _present: dict[FaultKind, Fault] = field(default_factory=dict)

    def board(self, board: Board, now: Moment) -> None:
        self.lines += 1
        if self.as_json:
            self.voice.say(json.dumps(board_json(board, now), ensure_ascii=False))
        else:
            self.voice.say(_table(self.voice, board, now))

    def faults(self, board: Board) -> None:
        # By kind: the details of one and the same trouble may change from second to second.
        found = {} if board.fault is None else {board.fault.kind: board.fault}
        found.update({notice.kind: notice for notice in board.warnings})
        for kind_of_fault, fault in found.items():
            if kind_of_fault not in self._present:
                self.voice.complain(self.voice.fault(fault))
        for kind_of_fault, fault in self._present.items():
            if kind_of_fault not in found:
                over = self.voice.told(phrase("CommandLine", "This is over:"))
                self.voice.complain(f"{over} {self.voice.fault_cause(fault)}")
        self._present = found


@dataclass(slots=True)
class _Idle:
    """Whether all calls are over. While the source does not answer, nobody knows."""

    seen: bool = False
    since_s: float | None = None

    def over(self, board: Board, now: Moment, idle_s: float) -> bool:
        calls = 0 if board.snapshot is None else len(board.snapshot.calls)
        self.seen = self.seen or calls > 0 or board.site.totals.offered > 0
        if calls or not self.seen or board.fault is not None or not fresh(board):
            self.since_s = None
            return False
        if self.since_s is None:
            self.since_s = now.steady_s
        return now.steady_s - self.since_s >= idle_s


class _Interrupt:
    """Becomes readable at Ctrl-C, or when somebody asks the process to end."""

    def __init__(self) -> None:
        self._heard, self._said = socket.socketpair()
        self._said.settimeout(0)

    def fileno(self) -> int:
        return self._heard.fileno()

    def stop(self) -> None:
        with suppress(BlockingIOError):  # it was said already, many times
            self._said.send(b"!")

    def close(self) -> None:
        self._heard.close()
        self._said.close()


@contextmanager
def _interruptible() -> Iterator[_Interrupt]:
    with closing(_Interrupt()) as interrupt, heard(interrupt.stop):
        yield interrupt


def _table(voice: Voice, board: Board, now: Moment) -> str:
    wording, then = voice.wording, site_time(board, now)
    heads = (
        voice.told(phrase("CommandLine", "Queue")),
        voice.told(phrase("CommandLine", "Waiting")),
        voice.told(phrase("CommandLine", "Longest wait")),
        voice.told(phrase("CommandLine", "Free agents")),
        voice.told(phrase("CommandLine", "Service level")),
        voice.told(phrase("CommandLine", "Offered")),
    )
    title = f"{shown(board.name)} · {wording.clock(then, board.zone)}"
    return "\n".join(
        [
            f"{title} · {wording.freshness(board.freshness)}",
            _row(heads),
            *(_row(_cells(voice, board, board.queues[queue_id], then)) for queue_id in board.order),
            "",
        ]
    )


def _cells(voice: Voice, board: Board, standing: QueueStanding, then: datetime) -> tuple[str, ...]:
    wording, missing = voice.wording, untold(board)
    since = standing.waiting_since
    return (
        shown(standing.queue.name),
        wording.count(standing.waiting if tells(standing, "waiting", missing) else None),
        wording.duration(None if since is None else then - since),
        wording.count(standing.free if tells(standing, "free", missing) else None),
        wording.percent(level_of(standing)),
        wording.count(standing.totals.offered if knows(standing, "offered") else None),
    )


def _row(cells: tuple[str, ...]) -> str:
    name, *figures = cells
    return f"{name[:_NAME_WIDTH]:<{_NAME_WIDTH}}" + "".join(f"{each:>16}" for each in figures)
