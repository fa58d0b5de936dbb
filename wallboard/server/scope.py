"""What each scope sees of one picture after the other: rows left out, people without their names.

The rules, in prose:

* What a scope may not see is not in its rows; nothing that is hidden can be told from an id.
* A screen's ids of people, calls and facts are keyed hashes: the same as long as the key is, and
  nobody who lacks the key can tell whose they are. Names, numbers and reasons are left out.
* One picture is compared with the one before once, whatever the number of scopes; each scope looks
  only at rows that were touched, and keeps which of its own rows changed with which version.
* An answer is encoded once for all who have the same scope and the same version before.
* A version is told with the mark of its scope: who comes with another scope's is given all anew.
"""

from __future__ import annotations

import gzip
from collections import deque
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import replace
from hashlib import blake2b
from typing import Any, Final, TypeAlias

from wallboard.api.picture import SourceWord, picture_bytes
from wallboard.domain.errors import Fault, FaultKind
from wallboard.domain.facts import (
    AgentSpell,
    CallRecord,
    DirectCall,
    Fact,
    FactId,
    News,
    Retraction,
)
from wallboard.domain.snapshot import (
    Agent,
    AgentId,
    Call,
    CallId,
    Queue,
    QueueId,
    Snapshot,
    SnapshotChange,
    difference,
)
from wallboard.domain.supervision import Monitoring
from wallboard.domain.value import value
from wallboard.server.feed import Issue
from wallboard.server.rights import Role, Scope

HIDDEN_FROM_SCREENS: Final = frozenset(
    {
        "agents.name",
        "agents.reason",
        "calls.caller_number",
        "calls.caller_name",
        "call.agent_id",
        "call.caller_number",
        "direct.agent_id",
        "direct.far_number",
    }
)
"""Fields that never come to a screen."""

_VERSIONS_KEPT: Final = 120
_MOST_SCOPES: Final = 128
_SMALLEST_PACKED: Final = 600
_PACKING: Final = 1
"""The quickest: what is packed was made a moment ago, and will be old in another."""

_HARMLESS: Final = frozenset({"count", "seconds", "at"})
_TECHNICAL: Final = _HARMLESS | {"host", "port", "right", "what", "field"}
_DETAILS: Final[Mapping[Role, frozenset[str]]] = {Role.TV: _HARMLESS, Role.SUPERVISOR: _TECHNICAL}
_PARTS: Final = frozenset({"agents", "calls", "single_calls"})
"""What a system may not tell: nobody's name."""
_NOT_FOR_MANAGERS: Final = frozenset({"username"})

_Rows: TypeAlias = dict[Any, Any]
_Touched: TypeAlias = tuple[Iterable[Any], Iterable[Any], Iterable[Any]]


class Encoded:
    """An answer's body: as it is, and packed once somebody wants it so."""

    __slots__ = ("_packed", "body")

    def __init__(self, body: bytes) -> None:
        self.body = body
        self._packed: bytes | None = None

    @property
    def worth_packing(self) -> bool:
        """True if it is so long that packing pays."""
        return len(self.body) >= _SMALLEST_PACKED

    def packed(self) -> bytes:
        """Return the body under gzip."""
        if self._packed is None:
            self._packed = gzip.compress(self.body, _PACKING, mtime=0)
        return self._packed


@value
class _Step:
    """What one version touched.

    Attributes:
        number: One more than the step before.
        agents: Each with the queue of the call that he has, if that call is known.
    """

    number: int
    version: str
    queues: tuple[Queue, ...]
    agents: tuple[tuple[Agent, QueueId | None], ...]
    calls: tuple[Call, ...]
    queues_gone: tuple[QueueId, ...]
    agents_gone: tuple[AgentId, ...]
    calls_gone: tuple[CallId, ...]


class Pictures:
    """The newest picture, what the last ones touched, and what each scope sees of it.

    Used by one thread.

    Args:
        key: Of the hashes; at least 16 random bytes.
        unsupported: Fields that nobody is told, for the source does not tell them.
    """

    def __init__(self, key: bytes, unsupported: Callable[[], frozenset[str]]) -> None:
        self._key = key
        self._unsupported = unsupported
        self._issue: Issue | None = None
        self._number = 0
        self._steps: deque[_Step] = deque(maxlen=_VERSIONS_KEPT)
        self._views: dict[Scope, View] = {}

    @property
    def newest(self) -> Issue | None:
        """The picture taken last."""
        return self._issue

    def take(self, issue: Issue | None) -> None:
        """Take what is the newest picture now; the same one as before costs nothing."""
        before = self._issue
        if issue is None or issue is before:
            return
        self._issue = issue
        if before is None or issue.version == before.version:
            return
        self._number += 1
        self._steps.append(_step(self._number, before.snapshot, issue))

    def seen_by(self, scope: Scope) -> View:
        """Return what the scope sees of the newest picture.

        Raises:
            ValueError: There was none yet.
        """
        if self._issue is None:
            raise ValueError("no picture yet")
        view = self._views.get(scope)
        if view is None:
            view = self._views[scope] = View(scope, self.veil(scope))
            if len(self._views) > _MOST_SCOPES:
                # Who still asks for the one that came first is given all anew.
                del self._views[next(iter(self._views))]
        if view.issue is not self._issue:
            view.follow(self._issue, self._number, self._steps, self._unsupported())
        return view

    def veil(self, scope: Scope) -> Veil:
        """Return what takes out of facts what the scope must not see."""
        return Veil(scope, self._key)


class View:
    """One scope's rows, which of them changed with which version, and the answers made of them."""

    def __init__(self, scope: Scope, veil: Veil) -> None:
        self.veil = veil
        self.mark = veil.mark()
        self._scope = scope
        self._issue: Issue | None = None
        self._hidden: frozenset[str] = frozenset()
        self._number = -1
        self._queues: _Rows = {}
        self._agents: _Rows = {}
        self._calls: _Rows = {}
        # The number of each version that changes can be told since.
        self._known: dict[str, int] = {}
        # Which rows each step changed, by the source's ids.
        self._changes: deque[tuple[int, _Touched]] = deque(maxlen=_VERSIONS_KEPT)
        self._answers: dict[str | None, Encoded] = {}

    @property
    def version(self) -> str:
        """The newest version, as it is told in this scope."""
        return f"{self._now.version}.{self.mark}"

    @property
    def issue(self) -> Issue | None:
        """The picture that it is of. None before the first."""
        return self._issue

    @property
    def agents(self) -> frozenset[AgentId]:
        """The source's ids of the agents that are seen now; nobody's if all are."""
        return frozenset() if self._scope.whole else frozenset(self._agents)

    def sees_agent(self, agent_id: AgentId) -> bool:
        """True if the agent is seen now."""
        return agent_id in self._agents

    def follow(
        self, issue: Issue, number: int, steps: Iterable[_Step], unsupported: frozenset[str]
    ) -> None:
        """Go on to the newest picture."""
        self._issue = issue
        self._answers = {}
        self._hidden = self.veil.hidden | unsupported
        if number == self._number and issue.version in self._known:
            return
        missed = [step for step in steps if step.number > self._number]
        if self._number < 0 or len(missed) != number - self._number:
            self._begin(issue.snapshot)
        else:
            for step in missed:
                self._take(step)
        self._number = number
        self._known[issue.version] = number

    def answer(self, since: str | None, *, anew: bool = False) -> Encoded:
        """Return the answer to who has a version, or none: everything to the latter.

        Args:
            anew: Do not look whether it was made before.
        """
        base = self._base(since)
        answer = None if anew else self._answers.get(base)
        if answer is None:
            answer = self._answers[base] = Encoded(self._encoded(base))
        return answer

    @property
    def _now(self) -> Issue:
        if self._issue is None:
            raise ValueError("no picture yet")
        return self._issue

    def _base(self, since: str | None) -> str | None:
        """Return the version that changes can be told since. None if there is none."""
        mark = f".{self.mark}"
        if since is None or not since.endswith(mark):
            return None
        version = since.removesuffix(mark)
        return version if version in self._known else None

    def _encoded(self, base: str | None) -> bytes:
        issue = self._now
        return picture_bytes(
            self._whole() if base is None else self._since(self._known[base]),
            version=self.version,
            since=None if base is None else f"{base}.{self.mark}",
            facts_until=issue.facts_until,
            source=told_source(issue.source, self._scope.role),
            notices=tuple([told_fault(notice, self._scope.role) for notice in issue.notices]),
            hidden=self._hidden,
            monitorings=self._monitorings(issue),
            lacks=() if self._scope.role is Role.TV else issue.lacks,
        )

    def _monitorings(self, issue: Issue) -> tuple[Monitoring, ...] | None:
        """Return who is in the calls that are seen; to a screen nobody's is told."""
        if self._scope.role is Role.TV or issue.monitorings is None:
            return None
        if self._scope.whole:
            return issue.monitorings
        return tuple([each for each in issue.monitorings if self._sees(each)])

    def _sees(self, each: Monitoring) -> bool:
        """True if both the agent and the call, as far as they are known, are seen."""
        agent = each.agent_id is not None and each.agent_id in self._agents
        return agent and (each.call_id is None or each.call_id in self._calls)

    def _whole(self) -> SnapshotChange:
        return SnapshotChange(
            as_of=self._now.snapshot.as_of,
            whole=True,
            queues=tuple(self._queues.values()),
            agents=tuple(self._agents.values()),
            calls=tuple(self._calls.values()),
        )

    def _since(self, number: int) -> SnapshotChange:
        touched = [keys for at, keys in self._changes if at > number]
        queues, queues_gone = _parted(self._queues, [keys[0] for keys in touched])
        agents, agents_gone = _parted(self._agents, [keys[1] for keys in touched])
        calls, calls_gone = _parted(self._calls, [keys[2] for keys in touched])
        return SnapshotChange(
            as_of=self._now.snapshot.as_of,
            queues=queues,
            agents=agents,
            calls=calls,
            queues_gone=queues_gone,
            agents_gone=tuple(map(self.veil.agent_id, agents_gone)),
            calls_gone=tuple(map(self.veil.call_id, calls_gone)),
        )

    def _begin(self, snapshot: Snapshot) -> None:
        """Look at every row; nobody's version of before is known any more."""
        veil, calls = self.veil, snapshot.calls
        self._queues = _seen((key, veil.queue(row)) for key, row in snapshot.queues.items())
        self._agents = _seen(
            (key, veil.agent(row, _queue_of(row, calls))) for key, row in snapshot.agents.items()
        )
        self._calls = _seen((key, veil.call(row)) for key, row in calls.items())
        self._changes.clear()
        self._known = {}

    def _take(self, step: _Step) -> None:
        veil = self.veil
        queues = _replaced(
            self._queues, [(row.queue_id, veil.queue(row)) for row in step.queues], step.queues_gone
        )
        agents = _replaced(
            self._agents,
            [(row.agent_id, veil.agent(row, queue_id)) for row, queue_id in step.agents],
            step.agents_gone,
        )
        calls = _replaced(
            self._calls, [(row.call_id, veil.call(row)) for row in step.calls], step.calls_gone
        )
        self._changes.append((step.number, (queues, agents, calls)))
        self._known[step.version] = step.number
        oldest = self._changes[0][0] - 1
        while self._known and (first := next(iter(self._known))) is not None:
            if self._known[first] >= oldest:
                break
            del self._known[first]


class Veil:
    """Takes out of rows and facts what a scope must not see."""

    def __init__(self, scope: Scope, key: bytes) -> None:
        self._scope = scope
        self._key = key[:64]
        self._screen = scope.role is Role.TV
        self.hidden: frozenset[str] = HIDDEN_FROM_SCREENS if self._screen else frozenset()

    def mark(self) -> str:
        """Return what tells versions of this scope from those of others."""
        scope = self._scope
        told = (
            scope.role,
            None if scope.queues is None else sorted(scope.queues),
            None if scope.agents is None else sorted(scope.agents),
        )
        return self._hashed("scope", repr(told))[:8]

    def queue(self, row: Queue) -> Queue | None:
        """Return the queue as it is seen. None if it is not."""
        return row if self._scope.sees_queue(row.queue_id) else None

    def agent(self, row: Agent, calls_queue: QueueId | None) -> Agent | None:
        """Return the agent as he is seen. None if he is not.

        Args:
            calls_queue: Of the call that he has. None if that call is not known.
        """
        scope, queues, call_id = self._scope, row.queues, row.call_id
        if scope.agents is not None and row.agent_id not in scope.agents:
            return None
        if scope.queues is not None:
            queues = tuple([queue_id for queue_id in queues if queue_id in scope.queues])
            if not queues:
                return None
            if calls_queue not in scope.queues:
                call_id = None
        if self._screen:
            return Agent(
                agent_id=self.agent_id(row.agent_id),
                name="",
                state=row.state,
                state_since=row.state_since,
                queues=queues,
                call_id=None if call_id is None else self.call_id(call_id),
            )
        if len(queues) == len(row.queues) and call_id == row.call_id:
            return row
        return replace(row, queues=queues, call_id=call_id)

    def call(self, row: Call) -> Call | None:
        """Return the call as it is seen. None if it is not."""
        if not self._scope.sees_queue(row.queue_id):
            return None
        agent_id = self._agent_seen(row.agent_id)
        if self._screen:
            return Call(
                call_id=self.call_id(row.call_id),
                queue_id=row.queue_id,
                entered_at=row.entered_at,
                answered_at=row.answered_at,
                agent_id=None if agent_id is None else self.agent_id(agent_id),
            )
        return row if agent_id == row.agent_id else replace(row, agent_id=agent_id)

    def fact(self, fact: News, agents: Container[AgentId]) -> News | None:
        """Return the fact as it is seen. None if it is not.

        Args:
            agents: Who is seen now: what is a person's and no queue's is told of nobody else. Of no
                meaning if all are.
        """
        match fact:
            case Retraction():
                return self._retraction(fact)
            case CallRecord():
                return self._record(fact)
            case AgentSpell():
                return None if self._screen else self._of_person(fact, agents)
            case DirectCall():
                if self._screen:
                    return self._faceless(fact) if self._scope.whole else None
                return self._of_person(fact, agents)

    def agent_id(self, agent_id: AgentId) -> AgentId:
        """Return the agent's id as it is seen."""
        # Short, for a board without names has nothing else to show.
        return AgentId(self._hashed("agent", agent_id)[:12]) if self._screen else agent_id

    def call_id(self, call_id: CallId) -> CallId:
        """Return the call's id as it is seen."""
        return CallId(self._hashed("call", call_id)) if self._screen else call_id

    def _record(self, record: CallRecord) -> CallRecord | None:
        if not self._scope.sees_queue(record.queue_id):
            return None
        agent_id = self._agent_seen(record.agent_id)
        if self._screen:
            return replace(
                record,
                **self._hashed_ids(record),
                agent_id=None,
                caller_number=None,
            )
        return record if agent_id == record.agent_id else replace(record, agent_id=agent_id)

    def _retraction(self, told: Retraction) -> Retraction | None:
        if not self._scope.sees_queue(told.queue_id):
            return None
        fact_id = FactId(self._hashed("fact", told.fact_id)) if self._screen else told.fact_id
        return replace(told, fact_id=fact_id)

    def _faceless(self, call: DirectCall) -> DirectCall:
        return replace(call, **self._hashed_ids(call), agent_id=None, far_number=None)

    def _hashed_ids(self, fact: CallRecord | DirectCall) -> dict[str, Any]:
        return {
            "fact_id": self._hashed("fact", fact.fact_id),
            "call_id": self.call_id(fact.call_id),
            "contact": None if fact.contact is None else self._hashed("contact", fact.contact),
        }

    def _of_person(self, fact: Fact, agents: Container[AgentId]) -> Fact | None:
        seen = self._scope.whole or (fact.agent_id is not None and fact.agent_id in agents)
        return fact if seen else None

    def _agent_seen(self, agent_id: AgentId | None) -> AgentId | None:
        agents = self._scope.agents
        return agent_id if agents is None or agent_id in agents else None

    def _hashed(self, kind: str, text: str) -> str:
        person = kind.encode()
        told = text.encode("utf-8", "surrogatepass")
        return blake2b(told, digest_size=12, key=self._key, person=person).hexdigest()


def told_fault(fault: Fault, role: Role) -> Fault:
    """Return a fault with the details that a role may know: they may hold anybody's name."""
    if fault.kind is FaultKind.SYSTEM_TELLS_LESS:
        parts = [part for part in fault.detail("what").split(",") if part in _PARTS]
        return replace(fault, details=(("what", ",".join(parts)),))
    if role in _DETAILS:
        shown = tuple([each for each in fault.details if each[0] in _DETAILS[role]])
    elif role is Role.MANAGER:
        shown = tuple([each for each in fault.details if each[0] not in _NOT_FOR_MANAGERS])
    else:
        return fault
    return replace(fault, details=shown)


def told_source(source: SourceWord, role: Role) -> SourceWord:
    """Return the word on the source as a role may know it."""
    if source.fault is None:
        return source
    return SourceWord(state=source.state, fault=told_fault(source.fault, role))


def _step(number: int, before: Snapshot, issue: Issue) -> _Step:
    after = issue.snapshot
    change = difference(before, after)
    agents = change.agents
    touched = {*(row.call_id for row in change.calls), *change.calls_gone}
    if touched:
        # Whose call came or went without that his own row is another one.
        changed = {row.agent_id for row in agents}
        agents += tuple(
            [
                row
                for row in after.agents.values()
                if row.call_id in touched and row.agent_id not in changed
            ]
        )
    return _Step(
        number=number,
        version=issue.version,
        queues=change.queues,
        agents=tuple([(row, _queue_of(row, after.calls)) for row in agents]),
        calls=change.calls,
        queues_gone=change.queues_gone,
        agents_gone=change.agents_gone,
        calls_gone=change.calls_gone,
    )


def _queue_of(agent: Agent, calls: Mapping[CallId, Call]) -> QueueId | None:
    call = None if agent.call_id is None else calls.get(agent.call_id)
    return None if call is None else call.queue_id


def _seen(rows: Iterable[tuple[Any, Any]]) -> _Rows:
    return {key: row for key, row in rows if row is not None}


def _replaced(rows: _Rows, new: Iterable[tuple[Any, Any]], gone: Iterable[Any]) -> Iterable[Any]:
    """Put the rows in place, and return the keys of those that are others than before."""
    changed = []
    for key, row in new:
        before = rows.get(key)
        if row == before:
            continue
        changed.append(key)
        if row is None:
            del rows[key]
        else:
            rows[key] = row
    changed += [key for key in gone if rows.pop(key, None) is not None]
    return tuple(changed)


def _parted(rows: _Rows, touched: list[Iterable[Any]]) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Return the rows that are new or differ, and the keys of those that are no more."""
    keys = dict.fromkeys(key for some in touched for key in some)
    there = tuple([rows[key] for key in keys if key in rows])
    return there, tuple([key for key in keys if key not in rows])
