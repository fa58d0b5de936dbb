"""The agents of the board, looked up and put in order for whatever shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from operator import is_

from wallboard.domain.alert import Subject, SubjectKind
from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import Agent, AgentId, AgentState, Call, QueueId, Snapshot
from wallboard.engine.agent_news import AgentNews
from wallboard.engine.board import AGENTS, Board, tells_less, untold
from wallboard.engine.lineup import Lineup
from wallboard.engine.roster import (
    Arrangement,
    Group,
    Grouping,
    judge_age,
    judged_alike,
    used_up,
)
from wallboard.ui.outside_text import shown
from wallboard.ui.panels.agents_panel import break_words
from wallboard.ui.panels.face import Face
from wallboard.ui.panels.shelves import Section
from wallboard.ui.search_text import found_in, search_key, words_of
from wallboard.ui.wording import Wording, english
from wallboard.ui.words import phrase

_STEPS = 100
"""In how many steps a bar grows: finer ones can't be told apart, and each one is painted."""
_MOST_WORDED = 4096
_MOST_AGES = 8192
HEARD = phrase("Supervision", "listened to")
"""Besides the agent and the caller: somebody listens, whispers or barges."""
_NO_QUEUE = phrase("Agents", "In no queue")
_NO_TEAM = phrase("Agents", "In no group")


@dataclass(frozen=True, slots=True)
class AgentWords:
    """What is shown of an agent as long as nothing but time passes.

    Attributes:
        note: The state in words, with the reason of a break.
        queue: Of his call, or the first of his; with how many more he is in.
        heard: True while somebody is in his call besides him and the caller.
    """

    state: AgentState
    name: str
    note: str
    queue: str
    severity: Severity
    heard: bool = False


@dataclass(frozen=True, slots=True)
class AgentFace(Face):
    """All that is shown of an agent.

    Attributes:
        words: The same object as long as nothing but time passes.
        age: How long he is in his state.
        used: Which share of the time of his state is used up, 0 to 1. None if it has no limit.
    """

    words: AgentWords
    age: str
    used: float | None

    @property
    def state(self) -> AgentState:
        """His state."""
        return self.words.state

    @property
    def name(self) -> str:
        """His name."""
        return self.words.name

    @property
    def note(self) -> str:
        """His state in words, with the reason of a break."""
        return self.words.note

    @property
    def queue(self) -> str:
        """The queue of his call, or the first of his."""
        return self.words.queue

    @property
    def severity(self) -> Severity:
        """How bad it is."""
        return self.words.severity

    @property
    def heard(self) -> bool:
        """True while somebody is in his call besides him and the caller."""
        return self.words.heard


class _Worded:
    """What was made last for an agent, and how long it is true."""

    __slots__ = ("agent", "begin", "call", "end", "face")

    def __init__(
        self,
        agent: Agent,
        call: Call | None,
        face: AgentFace,
        within: tuple[timedelta, timedelta] | None,
    ) -> None:
        """Keep it.

        Args:
            agent: As he was.
            call: His call as it was.
            face: What is shown of him.
            within: Between which ages nothing changes but the age. None if that is not known.
        """
        self.agent, self.call, self.face = agent, call, face
        self.begin, self.end = within or _NEVER

    def show_age(self, told: str) -> None:
        """Show another age, and all else as it is."""
        face = self.face
        if face.age is not told:
            self.face = AgentFace(face.words, told, face.used)


_NEVER = (timedelta.max, timedelta.min)
_CALM: Mapping[Subject, Severity] = {}


class AgentBook:
    """What the lists of agents read: a board, and who of it is wanted in which order."""

    def __init__(self) -> None:
        self.arrangement = Arrangement()
        self.wording: Wording = english()
        self.then: datetime | None = None
        self._snapshot: Snapshot | None = None
        self._news = AgentNews()
        self._marks: Mapping[Subject, Severity] = _CALM
        self._monitorings: object = None
        self._heard: frozenset[AgentId | None] = frozenset()
        self._words: tuple[str, ...] = ()
        self._queues: Mapping[QueueId, str] = {}
        self._queues_of: object = None
        self._teams: Mapping[QueueId, str] = {}
        # Of whom: which words are found neither in his name nor in his queues.
        self._missing: dict[AgentId, tuple[str, ...]] = {}
        self._found: dict[tuple[tuple[str, ...], AgentState, str | None], bool] = {}
        self._locked = self._not_told = False
        self._worded: dict[str, _Worded] = {}
        self._ages: dict[int, str] = {}
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
            self._worded, self._ages, self._found = {}, {}, {}
        self._snapshot, self.then, self.wording = board.snapshot, then, wording
        self._take_news(board.agent_news)
        marks = board.alerts.marks.get(SubjectKind.AGENT, _CALM)
        if marks is not self._marks and marks != self._marks:
            self._worded = {}
        self._marks = marks
        if board.monitorings is not self._monitorings:
            self._hear(board)
        self._locked, self._not_told = AGENTS in untold(board), tells_less(board)
        self._teams = board.arrangement.groups
        queues = None if board.snapshot is None else board.snapshot.queues
        if queues is not self._queues_of:
            self._queues_of = queues
            self._missing, self._worded = {}, {}
            self._queues = {key: shown(queue.name) for key, queue in (queues or {}).items()}

    def look_for(self, typed: str) -> bool:
        """Show only who is found by what was typed; return whether that is another search."""
        words = words_of(typed)
        changed = words != self._words
        if changed:
            self._words, self._missing, self._found = words, {}, {}
        return changed

    @property
    def locked(self) -> bool:
        """True if this account does not see any agents."""
        return self._locked

    @property
    def not_told(self) -> bool:
        """True if that is so because the system tells of none."""
        return self._not_told

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
        return tuple(map(self._section, self._lineup.groups(self.agents, self._news)))

    def agent(self, key: str) -> Agent | None:
        """Return an agent. None if he is no more."""
        return self.agents.get(AgentId(key))

    def queue_name(self, queue_id: QueueId) -> str:
        """Return what a queue is called, fit to be shown."""
        return self._queues.get(queue_id) or shown(queue_id)

    def face(self, key: str) -> AgentFace | None:
        """Return what is shown of an agent. None if he is no more."""
        return self.faces((key,))[0]

    def faces(self, keys: Sequence[str]) -> list[AgentFace | None]:
        """Return what is shown of agents; of whom nothing changed, the same object as before."""
        snapshot, then = self._snapshot, self.then
        if snapshot is None:
            return [None] * len(keys)
        agents, calls, worded, ages = snapshot.agents, snapshot.calls, self._worded, self._ages
        faces: list[AgentFace | None] = []
        for key in keys:
            agent, known = agents.get(AgentId(key)), worded.get(key)
            if agent is None:
                faces.append(None)
                continue
            since, call_id = agent.state_since, agent.call_id
            call = None if call_id is None else calls.get(call_id)
            if known is None or known.agent is not agent or known.call is not call:
                known = self._word(agent, call, None)
            elif since is not None and then is not None:
                age = then - since
                if known.begin <= age < known.end:
                    # Nothing but the age: this is so of nearly all, every second.
                    known.show_age(
                        ages.get(age.days * 86_400 + age.seconds) or self._age_words(age)
                    )
                else:
                    known = self._word(agent, call, known)
            faces.append(known.face)
        return faces

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
        if face.heard:
            told.append(wording.say(HEARD))
        if face.severity:
            told.append(wording.severity(face.severity))
        return wording.listed(filter(None, told))

    def _take_news(self, news: AgentNews) -> None:
        """Forget what was found of those who are called otherwise than before."""
        before, self._news = self._news, news
        renamed = None
        if self._snapshot is not None and news.agents is self._snapshot.agents:
            renamed = news.since(before.mark, renamed=True)
        if renamed is None:
            self._missing = {}
            return
        for agent_id in renamed:
            self._missing.pop(agent_id, None)

    def _hear(self, board: Board) -> None:
        """Take who is in whose call."""
        self._monitorings = board.monitorings
        heard = frozenset(one.agent_id for one in board.monitorings or ())
        for agent_id in heard ^ self._heard:
            if agent_id is not None:
                self._worded.pop(agent_id, None)
        self._heard = heard

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

    def _word(self, agent: Agent, call: Call | None, before: _Worded | None) -> _Worded:
        """Make what is shown of an agent.

        Args:
            agent: The agent.
            call: His call.
            before: What was made of the same agent and call. None if there is nothing.
        """
        if len(self._worded) >= _MOST_WORDED:
            self._worded.clear()
        age = self.age_of(agent)
        used = used_up(agent.state, age)
        if used is not None:
            used = round(used * _STEPS) / _STEPS
        mark = self._marks.get(Subject(agent.agent_id), Severity.CALM)
        severity = max(judge_age(agent.state, age), mark)
        if before is not None and before.face.severity is severity:
            words = before.face.words
        else:
            words = AgentWords(
                state=agent.state,
                name=shown(agent.name) or shown(agent.agent_id),
                note=self.state_words(agent),
                queue=self._queue_of(agent, call),
                severity=severity,
                heard=agent.agent_id in self._heard,
            )
        told = self.wording.duration(None) if age is None else self._age_words(age)
        within = None if age is None else judged_alike(agent.state, age, _STEPS)
        known = _Worded(agent, call, AgentFace(words, told, used), within)
        self._worded[agent.agent_id] = known
        return known

    def _age_words(self, age: timedelta) -> str:
        """Return an age in words; the same object for the same second."""
        if len(self._ages) >= _MOST_AGES:
            self._ages.clear()
        seconds = age.days * 86_400 + age.seconds
        told = self._ages.get(seconds)
        if told is None:
            told = self._ages[seconds] = self.wording.duration(age)
        return told

    def _queue_of(self, agent: Agent, call: Call | None) -> str:
        if call is not None:
            return self.queue_name(call.queue_id)
        if not agent.queues:
            return ""
        name = self.queue_name(agent.queues[0])
        more = len(agent.queues) - 1
        return f"{name} +{self.wording.count(more)}" if more else name

    def _matches(self, agent: Agent) -> bool:
        missing = self._missing.get(agent.agent_id)
        if missing is None:
            queues = (search_key(self.queue_name(queue_id)) for queue_id in agent.queues)
            text = "\n".join((search_key(agent.name), search_key(agent.agent_id), *queues))
            missing = tuple(word for word in self._words if word not in text)
            if missing == self._words:
                missing = self._words
            self._missing[agent.agent_id] = missing
        # Who changes his state is still called the same: only the rest is looked for in that.
        return not missing or self._said_in_state(agent, missing)

    def _said_in_state(self, agent: Agent, words: tuple[str, ...]) -> bool:
        key = (words, agent.state, agent.reason)
        found = self._found.get(key)
        if found is None:
            if len(self._found) >= _MOST_WORDED:
                self._found.clear()
            found = self._found[key] = found_in(words, self.state_words(agent))
        return found


_NOBODY: Mapping[AgentId, Agent] = {}
