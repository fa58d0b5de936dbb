"""The agents of the board, looked up and put in order for whatever shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from operator import is_
from typing import TypeAlias

from wallboard.domain.alert import SubjectKind
from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import Agent, AgentId, AgentState, Call, QueueId, Snapshot
from wallboard.engine.alert_board import AlertBoard
from wallboard.engine.board import AGENTS, Board, untold
from wallboard.engine.lineup import Lineup
from wallboard.engine.roster import Arrangement, Group, Grouping, judge_age, used_up
from wallboard.ui.outside_text import shown
from wallboard.ui.panels.agents_panel import break_words
from wallboard.ui.panels.face_list import Face
from wallboard.ui.panels.shelves import Section
from wallboard.ui.search_text import found_in, search_key, words_of
from wallboard.ui.wording import Wording, english
from wallboard.ui.words import phrase

_STEPS = 100
"""In how many steps a bar grows: finer ones can't be told apart, and each one is painted."""
_MOST_WORDED = 4096
_NO_QUEUE = phrase("Agents", "In no queue")
_NO_TEAM = phrase("Agents", "In no group")


@dataclass(frozen=True, slots=True)
class AgentFace(Face):
    """All that is shown of an agent.

    Attributes:
        note: The state in words, with the reason of a break.
        queue: Of his call, or the first of his; with how many more he is in.
        age: How long he is in his state.
        used: Which share of the time of his state is used up, 0 to 1. None if it has no limit.
    """

    state: AgentState
    name: str
    note: str
    queue: str
    age: str
    used: float | None
    severity: Severity


# The agent and his call as they were, what is said of both, and the face that was made last.
_Worded: TypeAlias = tuple[Agent, Call | None, str, str, str, AgentFace | None]


class AgentBook:
    """What the lists of agents read: a board, and who of it is wanted in which order."""

    def __init__(self) -> None:
        self.arrangement = Arrangement()
        self.wording: Wording = english()
        self.then: datetime | None = None
        self._snapshot: Snapshot | None = None
        self._alerts = AlertBoard()
        self._words: tuple[str, ...] = ()
        self._queues: Mapping[QueueId, str] = {}
        self._queues_of: object = None
        self._teams: Mapping[QueueId, str] = {}
        self._keys: dict[AgentId, tuple[str, tuple[QueueId, ...], str]] = {}
        self._locked = False
        self._worded: dict[str, _Worded] = {}
        self._lineup: Lineup | None = None
        self._lined_up_by: tuple[object, ...] = ()

    def show(self, board: Board, then: datetime, wording: Wording) -> None:
        """Take what there is now.

        Args:
            board: The board.
            then: The source's time.
            wording: How it is worded.
        """
        if wording is not self.wording:
            self._worded = {}
        self._snapshot, self.then, self.wording = board.snapshot, then, wording
        self._alerts = board.alerts
        self._locked = AGENTS in untold(board)
        self._teams = board.arrangement.groups
        queues = None if board.snapshot is None else board.snapshot.queues
        if queues is not self._queues_of:
            self._queues_of = queues
            self._keys, self._worded = {}, {}
            self._queues = {key: shown(queue.name) for key, queue in (queues or {}).items()}

    def look_for(self, typed: str) -> bool:
        """Show only who is found by what was typed; return whether that is another search."""
        words = words_of(typed)
        changed = words != self._words
        self._words = words
        return changed

    @property
    def locked(self) -> bool:
        """True if this account does not see any agents."""
        return self._locked

    @property
    def filtered(self) -> bool:
        """True if not all agents are wanted."""
        return bool(self._words or self.arrangement.states)

    @property
    def agents(self) -> Mapping[AgentId, Agent]:
        """All agents; the same object as long as none of them changed."""
        return _NOBODY if self._snapshot is None else self._snapshot.agents

    def toggle(self, state: AgentState) -> None:
        """Want only agents in that state too, or no longer."""
        states = self.arrangement.states ^ {state}
        self.arrangement = replace(self.arrangement, states=states)

    def sections(self) -> tuple[Section, ...]:
        """Return the agents that are wanted, in their groups and order."""
        basis = (self.arrangement, self._words, self._queues_of, self.wording, self._teams)
        if self._lineup is None or not all(map(is_, basis, self._lined_up_by)):
            self._lined_up_by = basis
            self._lineup = Lineup(
                self.arrangement,
                matches=self._matches if self._words else None,
                name_of=search_key,
                queues=self._queues,
                teams=self._teams,
            )
        return tuple(map(self._section, self._lineup.groups(self.agents)))

    def agent(self, key: str) -> Agent | None:
        """Return an agent. None if he is no more."""
        return self.agents.get(AgentId(key))

    def queue_name(self, queue_id: QueueId) -> str:
        """Return what a queue is called, fit to be shown."""
        return self._queues.get(queue_id) or shown(queue_id)

    def face(self, key: str) -> AgentFace | None:
        """Return what is shown of an agent. None if he is no more."""
        snapshot = self._snapshot
        agent = None if snapshot is None else snapshot.agents.get(AgentId(key))
        if snapshot is None or agent is None:
            return None
        call = None if agent.call_id is None else snapshot.calls.get(agent.call_id)
        known = self._worded.get(key)
        if known is None or known[0] is not agent or known[1] is not call:
            known = self._word(agent, call)
        _, _, name, note, queue, before = known
        age = self.age_of(agent)
        used = used_up(agent.state, age)
        if used is not None:
            used = round(used * _STEPS) / _STEPS
        mark = self._alerts.mark(SubjectKind.AGENT, key)
        severity, told = max(judge_age(agent.state, age), mark), self.wording.duration(age)
        if before is not None and (before.age, before.used, before.severity) == (
            told,
            used,
            severity,
        ):
            return before
        face = AgentFace(agent.state, name, note, queue, told, used, severity)
        self._worded[key] = (agent, call, name, note, queue, face)
        return face

    def age_of(self, agent: Agent) -> timedelta | None:
        """Return how long an agent is in his state. None if that is not known."""
        if agent.state_since is None or self.then is None:
            return None
        return self.then - agent.state_since

    def state_words(self, agent: Agent) -> str:
        """Return an agent's state in words, with the reason of a break."""
        words = self.wording.agent_state(agent.state)
        if agent.state is AgentState.ON_BREAK and agent.reason:
            return break_words(words, agent.reason)
        return words

    def told(self, key: str) -> str:
        """Return an agent as somebody reads him aloud."""
        agent, face = self.agent(key), self.face(key)
        if agent is None or face is None:
            return ""
        wording = self.wording
        told = [face.name, face.note, wording.duration_words(self.age_of(agent)), face.queue]
        if face.severity:
            told.append(wording.severity(face.severity))
        return wording.listed(filter(None, told))

    def _section(self, group: Group) -> Section:
        heading = ""
        if self.arrangement.grouping is Grouping.STATE and group.state is not None:
            heading = self.wording.agent_state(group.state)
        elif self.arrangement.grouping is Grouping.QUEUE:
            queue_id = group.queue_id
            none = self.wording.say(_NO_QUEUE)
            heading = none if queue_id is None else self.queue_name(queue_id)
        elif self.arrangement.grouping is Grouping.TEAM:
            team = group.team
            heading = self.wording.say(_NO_TEAM) if team is None else shown(team)
        return Section(keys=group.agents, heading=heading, state=group.state)

    def _word(self, agent: Agent, call: Call | None) -> _Worded:
        """Return what is said of an agent as long as nothing but time passes."""
        if len(self._worded) >= _MOST_WORDED:
            self._worded.clear()
        name = shown(agent.name) or shown(agent.agent_id)
        return agent, call, name, self.state_words(agent), self._queue_of(agent, call), None

    def _queue_of(self, agent: Agent, call: Call | None) -> str:
        if call is not None:
            return self.queue_name(call.queue_id)
        if not agent.queues:
            return ""
        name = self.queue_name(agent.queues[0])
        more = len(agent.queues) - 1
        return f"{name} +{self.wording.count(more)}" if more else name

    def _matches(self, agent: Agent) -> bool:
        key = agent.agent_id
        known = self._keys.get(key)
        if known is None or known[0] != agent.name or known[1] is not agent.queues:
            queues = (search_key(self.queue_name(queue_id)) for queue_id in agent.queues)
            text = "\n".join((search_key(agent.name), search_key(key), *queues))
            known = self._keys[key] = (agent.name, agent.queues, text)
        text = known[2]
        if all(word in text for word in self._words):
            return True
        return found_in(self._words, text, self.state_words(agent))


_NOBODY: Mapping[AgentId, Agent] = {}
