"""Figures of this moment explained from the picture of it: who waits, and who does what."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from wallboard.domain.snapshot import Agent, AgentState, QueueId, Snapshot
from wallboard.engine.board import Board
from wallboard.engine.crew import BUSY
from wallboard.ui.outside_text import shown
from wallboard.ui.sheet import Sheet
from wallboard.ui.wording import NOTHING_KNOWN, Wording
from wallboard.ui.words import Phrase, phrase

CALLERS: Final = frozenset({"waiting", "longest_wait"})
"""The figures that tell of callers."""
_STATES: Final = {
    "free": frozenset({AgentState.FREE}),
    "busy": BUSY,
    "in_call": frozenset({AgentState.IN_CALL, AgentState.ON_HOLD}),
}
LIVE: Final = CALLERS | _STATES.keys()
"""The figures that tell of this moment; all others are of a window."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveRow:
    """Somebody who waits, or an agent.

    Attributes:
        name: The caller's number as it may be shown, or the agent's name.
        queues: Where he waits, or where the agent is a member.
        note: The agent's state; empty for callers.
        since: From when on. None if it began before we could see.
    """

    name: str
    queues: str
    note: str
    since: datetime | None


def live_sheet(
    board: Board, key: str, queue_id: QueueId | None, wording: Wording
) -> Sheet[LiveRow]:
    """Return who is behind a figure of this moment, who is longest at it first.

    Args:
        queue_id: None for all queues.
    """
    then = None if board.snapshot is None else board.snapshot.as_of
    rows: tuple[LiveRow, ...] = ()
    if board.snapshot is not None and key in CALLERS:
        rows = tuple(_callers(board.snapshot, queue_id, wording))
    elif board.snapshot is not None:
        rows = tuple(_agents(board.snapshot, _STATES[key], queue_id, wording))

    def lasted(row: LiveRow) -> str:
        return wording.duration(None if row.since is None or then is None else then - row.since)

    def since(row: LiveRow) -> str:
        return NOTHING_KNOWN if row.since is None else wording.clock(row.since, board.zone)

    name: tuple[Phrase, Callable[[LiveRow], str]] = (
        phrase("LiveColumn", "Caller") if key in CALLERS else phrase("LiveColumn", "Agent"),
        lambda row: row.name or NOTHING_KNOWN,
    )
    columns: list[tuple[Phrase, Callable[[LiveRow], str]]] = [
        name,
        (phrase("LiveColumn", "Queue"), lambda row: row.queues),
        (phrase("LiveColumn", "Since"), since),
        (phrase("LiveColumn", "For"), lasted),
    ]
    figures = {2, 3} | ({0} if key in CALLERS else set())
    if key not in CALLERS:
        columns.insert(2, (phrase("LiveColumn", "State"), lambda row: row.note))
        figures = {3, 4}
    last = len(columns) - 1

    def order(row: LiveRow, column: int) -> object:
        if column < last - 1:
            return columns[column][1](row).casefold()
        stamp = _stamp(row)
        return -stamp if column == last else stamp

    return Sheet(
        headings=tuple(wording.say(heading) for heading, _ in columns),
        figures=frozenset(figures),
        rows=tuple(sorted(rows, key=_stamp)),
        text=lambda row, column: columns[column][1](row),
        order=order,
    )


def _stamp(row: LiveRow) -> float:
    """Return since when, for sorting; who began before we could see comes first."""
    return 0.0 if row.since is None else row.since.timestamp()


def _callers(snapshot: Snapshot, queue_id: QueueId | None, wording: Wording) -> Iterable[LiveRow]:
    for call in snapshot.calls.values():
        if call.answered_at is None and queue_id in (None, call.queue_id):
            yield LiveRow(
                name=wording.caller(shown(call.caller_number or "")),
                queues=_queue_name(snapshot, call.queue_id),
                note="",
                since=call.entered_at,
            )


def _agents(
    snapshot: Snapshot,
    states: frozenset[AgentState],
    queue_id: QueueId | None,
    wording: Wording,
) -> Iterable[LiveRow]:
    for agent in snapshot.agents.values():
        if agent.state in states and (queue_id is None or queue_id in agent.queues):
            yield _agent_row(agent, snapshot, wording)


def _agent_row(agent: Agent, snapshot: Snapshot, wording: Wording) -> LiveRow:
    return LiveRow(
        name=shown(agent.name),
        queues=wording.listed(_queue_name(snapshot, queue_id) for queue_id in agent.queues),
        note=wording.agent_state(agent.state),
        since=agent.state_since,
    )


def _queue_name(snapshot: Snapshot, queue_id: QueueId) -> str:
    queue = snapshot.queues.get(queue_id)
    return shown(queue_id if queue is None else queue.name)
