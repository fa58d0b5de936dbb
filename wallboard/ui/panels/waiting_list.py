"""Who is in one queue: its callers who wait, the oldest first, then its agents by state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor

from wallboard.domain.clock import Moment
from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import Agent, AgentState, Call, CallId, QueueId
from wallboard.engine.board import CALLS, Board, site_time, untold
from wallboard.engine.limits import judge_wait
from wallboard.engine.open_calls import NO_CALLS
from wallboard.ui.easel import Easel, Place
from wallboard.ui.look import Look
from wallboard.ui.not_told import CALLS_NOT_TOLD
from wallboard.ui.outside_text import isolated_address, shown
from wallboard.ui.panels.agents_panel import SUMMARY, break_words
from wallboard.ui.panels.face import Face, Manner
from wallboard.ui.panels.panel import Condition, condition_of
from wallboard.ui.panels.shelves import Section
from wallboard.ui.panels.told_list import ToldList
from wallboard.ui.theme.type import Role
from wallboard.ui.wording import Wording

_CALLER, _AGENT = "call:", "agent:"
_STATES: Final = (*SUMMARY, AgentState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class PersonFace(Face):
    """All that the line of a caller or an agent shows.

    Attributes:
        note: Less important; it goes first where there is no room.
        lasted: How long he waits, or is in his state.
        state: Of an agent. None for a caller.
    """

    name: str
    note: str
    lasted: str
    state: AgentState | None
    severity: Severity


def caller_name(call: Call, wording: Wording) -> str:
    """Return what a caller is called on the screen: his number, as it may be shown."""
    number = shown(call.caller_number or "")
    if not number:
        return wording.translate("Queues", "number withheld")
    return isolated_address(wording.caller(number))


class WaitingList(ToldList):
    """Shows the callers and agents of the queue that was chosen."""

    comes_at_once = True

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._board: Board | None = None
        self._then: datetime | None = None
        self._queue_id = QueueId("")
        self._dim = False
        self._calls: Mapping[str, Call] = {}
        self._of: tuple[object, object, object] = (None, None, None)

    def show_queue(self, board: Board, queue_id: QueueId, now: Moment) -> None:
        """Show who is in the queue now."""
        if queue_id != self._queue_id:
            self._queue_id = queue_id
            self._key = self._at = None
            self._bar.setValue(0)
            self._ask_again()
        self._board, self._then = board, site_time(board, now)
        # Who is there and in which state hangs on these alone; how long, on the time.
        agents = None if board.snapshot is None else board.snapshot.agents
        of = (queue_id, board.calls.get(queue_id), agents)
        if any(new is not old for new, old in zip(of, self._of, strict=True)):
            self._of = of
        self._show_faded(condition_of(board), now)
        self._name_it()

    def chosen_caller(self) -> CallId | None:
        """Return the caller who was chosen. None if it was an agent, or nobody."""
        key = self._key or ""
        return CallId(key.removeprefix(_CALLER)) if key.startswith(_CALLER) else None

    def _show_faded(self, condition: Condition, now: Moment) -> None:
        # The frame of what is no longer fresh is the whole drawer's.
        dim = condition in (Condition.FADED, Condition.HATCHED)
        if dim is not self._dim:
            self._dim = dim
            self._surface.update()
        self._show(self._of, Condition.PRESENT if condition is Condition.FADED else condition, now)

    @property
    def _faded(self) -> bool:
        return self._dim

    # What this kind of list says of itself

    def _arrange(self) -> tuple[Section, ...]:
        board, wording = self._board, self._look.wording
        if board is None or board.snapshot is None:
            return ()
        calls = sorted(board.calls.get(self._queue_id, NO_CALLS).waiting, key=_oldest_first)
        self._calls = {f"{_CALLER}{call.call_id}": call for call in calls}
        heading = wording.translate("Queues", "Waiting")
        sections = [Section(keys=tuple(self._calls), heading=heading)]
        for state, agents in _by_state(board, self._queue_id).items():
            keys = tuple(f"{_AGENT}{agent.agent_id}" for agent in agents)
            name = wording.agent_state(state)
            sections.append(Section(keys=keys, heading=name, state=state))
        if not calls and len(sections) == 1:
            return ()
        return tuple(sections)

    def _face(self, key: str) -> PersonFace | None:
        if self._board is None or self._board.snapshot is None or self._then is None:
            return None
        if key in self._calls:
            return self._caller_face(self._calls[key], self._board, self._then)
        agents: Mapping[str, Agent] = self._board.snapshot.agents  # type: ignore[assignment] # ids are texts
        agent = agents.get(key.removeprefix(_AGENT))
        return None if agent is None else self._agent_face(agent, self._then)

    def _caller_face(self, call: Call, board: Board, then: datetime) -> PersonFace:
        wording = self._look.wording
        waited = None if call.entered_at is None else then - call.entered_at
        standing = board.queues.get(call.queue_id)
        target: timedelta | None = None if standing is None else standing.queue.target
        return PersonFace(
            name=caller_name(call, wording),
            note=shown(call.caller_name or "") if wording.caller_names else "",
            lasted=wording.duration(waited),
            state=None,
            severity=judge_wait(waited, target),
        )

    def _agent_face(self, agent: Agent, then: datetime) -> PersonFace:
        wording = self._look.wording
        lasted = None if agent.state_since is None else then - agent.state_since
        note = ""
        if agent.state is AgentState.ON_BREAK and agent.reason:
            state = wording.agent_state(agent.state)
            note = break_words(state, agent.reason).removeprefix(state).strip(" ·")
        return PersonFace(
            name=shown(agent.name),
            note=note,
            lasted=wording.duration(lasted),
            state=agent.state,
            severity=Severity.CALM,
        )

    def _paint_face(self, easel: Easel, box: QRectF, face: Face, manner: Manner) -> None:
        if not isinstance(face, PersonFace):
            return
        look, theme = self._look, self._look.theme
        easel.fill(box, theme.raised if manner.chosen else theme.surface)
        pad, size = look.px(4), look.px(11)
        mark = QRectF(box.x() + pad, box.center().y() - size / 2, size, size)
        if face.state is not None:
            easel.state(mark, face.state)
        elif not manner.faded:
            easel.severity(mark, face.severity)
        ink = theme.text2 if manner.faded else theme.text
        line = QRectF(mark.right() + look.px(9), box.y(), 0, box.height())
        line.setRight(box.right() - pad)
        strong = look.font(Role.STRONG)
        used = easel.write(line, face.lasted, strong, self._ink_of(face, ink), Place.END)
        line.setRight(line.right() - used - look.px(12))
        used = easel.write(line, face.name, look.font(Role.BODY), ink)
        line.setLeft(line.x() + used + look.px(10))
        if line.width() > look.px(30):
            easel.write(line, face.note, look.font(Role.CAPTION), theme.muted)

    def _ink_of(self, face: PersonFace, ink: QColor) -> QColor:
        theme = self._look.theme
        if self._faded or face.severity is Severity.CALM:
            return ink
        return theme.critical_text if face.severity is Severity.CRITICAL else theme.warning_text

    def _cells(self, width: int) -> tuple[int, QSize]:
        return 1, QSize(width - 2 * self._inset(), self._look.px(28 if self._look.compact else 32))

    def _inset(self) -> int:
        return self._look.px(10)

    def _ground(self) -> QColor:
        return self._look.theme.surface

    def _empty_words(self) -> str:
        wording = self._look.wording
        if self._board is None or self._board.snapshot is None:
            return wording.translate("Board", "Waiting for the first picture …")
        if CALLS in untold(self._board):
            return wording.say(CALLS_NOT_TOLD)
        return wording.translate("Queues", "Nobody waits, and no agent is in this queue.")

    def _mark(self, face: Face) -> object:
        return (face.state, face.severity) if isinstance(face, PersonFace) else None

    def _told(self, key: str) -> str:
        face = self._face(key)
        if face is None:
            return ""
        wording = self._look.wording
        if face.state is not None:
            return wording.listed(
                filter(None, (face.name, wording.agent_state(face.state), face.note, face.lasted))
            )
        told = [face.name, face.lasted]
        if face.severity is not Severity.CALM:
            told.append(wording.severity(face.severity))
        return wording.listed(told)

    def _name_it(self) -> None:
        wording = self._look.wording
        parts = [f"{part.heading} {wording.count(len(part.keys))}" for part in self.sections()]
        name = wording.translate("Queues", "Callers and agents of the queue")
        if parts:
            name = f"{name}: {wording.listed(parts)}"
        if name != self.accessibleName():
            self.setAccessibleName(name)


def _oldest_first(call: Call) -> tuple[float, str]:
    """Sort by when they came; who came before we could see came first."""
    return 0.0 if call.entered_at is None else call.entered_at.timestamp(), call.call_id


def _by_state(board: Board, queue_id: QueueId) -> dict[AgentState, list[Agent]]:
    """Return the queue's agents by state, in the usual order, longest in it first."""
    if board.snapshot is None:
        return {}
    found: dict[AgentState, list[Agent]] = {}
    for agent in board.snapshot.agents.values():
        if queue_id in agent.queues:
            found.setdefault(agent.state, []).append(agent)
    for agents in found.values():
        agents.sort(key=_longest_first)
    return {state: found[state] for state in _STATES if state in found}


def _longest_first(agent: Agent) -> tuple[float, str]:
    since = agent.state_since
    return float("inf") if since is None else since.timestamp(), agent.agent_id
