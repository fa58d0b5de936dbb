"""Makes a picture of the rows that a mapping found, and settles what it does not tell.

Another system's answers do not keep the promises of a source by themselves. The rules, in prose:

* A call that is gone has its fact in the same picture: the one that the system tells of it, or,
  when it was missing often enough, the one that the mapping's author says it means. Where he says
  nothing the ending is unknown. Nothing is concluded from a look that was long ago.
* A fact is told once. A call that the system itself told to be over stays over; one of which it was
  only concluded, and that comes back, is a new visit.
* A call that goes to another queue has left the first one: that is two visits.
* Who talks without the system telling since when talks since he was first seen so. If he was not
  seen before, or long ago, it is not known how long he had waited.
* An agent has a call if both say so, or one of them does and the other has nothing against it.
* Rows that did not change are the same objects as before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import datetime, timedelta
from typing import Any, Final, TypeAlias, TypeVar

from wallboard.domain.errors import SourceUnreadable
from wallboard.domain.facts import CallRecord, Ending, Fact, FactId
from wallboard.domain.snapshot import (
    Agent,
    AgentId,
    AgentState,
    Call,
    CallId,
    Queue,
    QueueId,
    Snapshot,
)
from wallboard.domain.value import value
from wallboard.sources.rest.mapping_counters import COUNTS, NOW, SPANS, SUMS, CounterReading
from wallboard.sources.rest.mapping_file import OVER, TALKING, Gone, Plan, Section
from wallboard.sources.rest.mapping_paths import Json
from wallboard.sources.rest.mapping_units import LONGEST, LONGEST_SUM, is_age
from wallboard.sources.rest.mapping_values import Reader, Trouble, unreadable

MOST_QUEUES: Final = 2_000
MOST_AGENTS: Final = 10_000
MOST_CALLS: Final = 20_000
NEAR: Final = timedelta(seconds=90)
"""Two looks no further apart than this missed nothing that matters."""
REMEMBERED: Final = timedelta(hours=26)
"""For so long it is known of a call that it is over."""
_TREMBLING: Final = timedelta(seconds=3)
_ROUNDING: Final = timedelta(seconds=2)
_BAD_SHARE: Final = 0.2
_NO_TIME: Final = timedelta()

_Key = TypeVar("_Key")
_Row = TypeVar("_Row")
_ReadRow: TypeAlias = Callable[[Section, Json, str], bool]


@value
class LiveCall:
    """A call that is not over, as it is known after a look.

    Attributes:
        missed: How many looks in a row have not told it.
        missed_at: When the first of these was.
    """

    call: Call
    missed: int = 0
    missed_at: datetime | None = None


@value
class Memory:
    """What the next picture must know of the ones before. By the system's own ids of calls.

    Attributes:
        live: Calls that are not over.
        over: When it was told of a call that it is over; True if the system itself told it.
        visits: The number of the visit that is now, where it is not the first one.
    """

    live: Mapping[str, LiveCall] = field(default_factory=dict)
    over: Mapping[str, tuple[datetime, bool]] = field(default_factory=dict)
    visits: Mapping[str, int] = field(default_factory=dict)


@value
class Mapped:
    """What a mapping made of one look's answers.

    Attributes:
        facts: Of calls that are over, none told before.
        ignored: How many rows could not be read.
        troubles: What could not be read, by place.
        counters: What the system tells as sums.
        told: How many rows of each kind there are: queues, agents, calls, ended, counters.
        memory: For the next picture.
    """

    snapshot: Snapshot
    facts: tuple[Fact, ...] = ()
    ignored: int = 0
    troubles: tuple[Trouble, ...] = ()
    counters: tuple[CounterReading, ...] = ()
    told: Mapping[str, int] = field(default_factory=dict)
    memory: Memory = field(default_factory=Memory)


@value
class _Seen:
    """A row of a call that is not over, as it is told."""

    raw: str
    queue: str | None
    state: str | None
    entered_at: datetime | None
    answered_at: datetime | None
    agent: str | None
    number: str | None
    name: str | None


def picture(
    plan: Plan, answers: Mapping[str, Sequence[bytes]], now: datetime, before: Mapped | None
) -> Mapped:
    """Return what one look's answers mean.

    Args:
        now: By the system's clock, if it is known and the mapping tells no better.
        before: What was made of the last good look. None for the first one.

    Raises:
        SourceUnreadable: They make no picture.
    """
    reader = Reader(answers, plan.zone)
    told = None if plan.as_of is None else reader.time_told(plan.as_of[0], plan.as_of[1], now)
    as_of = told or now
    if before is not None:
        as_of = max(as_of, before.snapshot.as_of)
    reader.as_of = as_of
    return _Picture(plan, reader, as_of, before).mapped()


def set_back(mapped: Mapped, at: datetime) -> Mapped:
    """Return a picture as of an earlier time, nothing in it later than that."""

    def past(moment: datetime | None) -> datetime | None:
        return None if moment is None else min(moment, at)

    def earlier(call: Call) -> Call:
        return replace(call, entered_at=past(call.entered_at), answered_at=past(call.answered_at))

    snapshot = mapped.snapshot
    live = {
        raw: replace(each, call=earlier(each.call), missed_at=past(each.missed_at))
        for raw, each in mapped.memory.live.items()
    }
    return replace(
        mapped,
        snapshot=Snapshot(
            as_of=at,
            queues=snapshot.queues,
            agents={
                key: replace(agent, state_since=past(agent.state_since))
                for key, agent in snapshot.agents.items()
            },
            calls={key: earlier(call) for key, call in snapshot.calls.items()},
        ),
        memory=replace(mapped.memory, live=live),
    )


class _Picture:
    """One picture in the making."""

    def __init__(self, plan: Plan, reader: Reader, as_of: datetime, before: Mapped | None) -> None:
        self._plan = plan
        self._reader = reader
        self._as_of = as_of
        self._before = before
        self._old = before.memory if before is not None else Memory()
        # Without a look before, or after a long silence, little can be concluded.
        self._near = before is not None and as_of - before.snapshot.as_of <= NEAR
        self._live: dict[str, LiveCall] = {}
        self._over: dict[str, tuple[datetime, bool]] = {}
        self._visits: dict[str, int] = {}
        self._facts: list[CallRecord] = []
        self._ignored = 0
        self._told: dict[str, int] = {}
        self._queues: Mapping[QueueId, Queue] = {}

    def mapped(self) -> Mapped:
        reader = self._reader
        self._queues = self._queue_rows()
        self._take_ended()
        self._take_calls()
        self._settle_gone()
        agents = self._agent_rows()
        calls, agents = self._agreed(agents)
        counters = tuple(self._counter_rows())
        snapshot = Snapshot(
            as_of=self._as_of,
            queues=self._same("queues", self._queues),
            agents=self._same("agents", agents),
            calls=self._same("calls", calls),
        )
        return Mapped(
            snapshot=snapshot,
            facts=tuple(self._facts),
            ignored=self._ignored,
            troubles=reader.troubles(),
            counters=counters,
            told=self._told,
            memory=Memory(
                live=self._live,
                over=self._remembered(),
                visits={**self._old.visits, **self._visits},
            ),
        )

    # Rows

    def _read(self, kind: str, sections: Sequence[Section], named: str, read: _ReadRow) -> None:
        """Read all rows of a kind.

        Args:
            named: The field that holds a row's id; one without it cannot be read.
            read: Takes a row and its id; returns False if it cannot be read.

        Raises:
            SourceUnreadable: Too many of them cannot be read: then the others cannot be trusted.
        """
        for section in sections:
            rows = bad = 0
            for row in self._reader.rows(section):
                rows += 1
                key = self._reader.key(section.fields[named], row)
                if key is None or not read(section, row, key):
                    bad += 1
                    self._reader.trouble("row", section.place)
            self._ignored += bad
            self._told[kind] = self._told.get(kind, 0) + rows
            if bad > _BAD_SHARE * rows:
                raise self._rows_unreadable(section.place, bad, rows)

    def _rows_unreadable(self, place: str, bad: int, rows: int) -> SourceUnreadable:
        examples = "; ".join(
            f"{each.place}: {', '.join(each.examples[:3])}"
            for each in self._reader.troubles()
            if each.examples
        )
        counts = {"place": place, "count": str(bad), "rows": str(rows)}
        if not examples:
            return unreadable("{place}: {count} of {rows} rows cannot be read", **counts)
        return unreadable(
            "{place}: {count} of {rows} rows cannot be read ({examples})",
            **counts,
            examples=examples,
        )

    def _queue_rows(self) -> Mapping[QueueId, Queue]:
        queues: dict[QueueId, Queue] = {}
        reader = self._reader

        def read(section: Section, row: Json, key: str) -> bool:
            told = section.fields
            queue_id = QueueId(key)
            if queue_id not in queues:
                queues[queue_id] = Queue(
                    queue_id=queue_id,
                    name=reader.text(told.get("name"), row) or key,
                    target=reader.duration(told.get("target"), row) or None,
                )
            return True

        self._read("queues", self._plan.queues, "queue_id", read)
        return _capped(queues, MOST_QUEUES)

    def _agent_rows(self) -> Mapping[AgentId, Agent]:
        agents: dict[AgentId, Agent] = {}
        reader = self._reader

        def read(section: Section, row: Json, key: str) -> bool:
            told = section.fields
            agent_id = AgentId(key)
            queues = tuple(
                QueueId(each)
                for each in reader.keys(told.get("queues"), row)
                if each in self._queues
            )
            known = agents.get(agent_id)
            if known is not None:
                # A person is told once for each of his queues.
                agents[agent_id] = replace(
                    known, queues=tuple(dict.fromkeys((*known.queues, *queues)))
                )
                return True
            agents[agent_id] = self._agent(section, row, agent_id, queues)
            return True

        self._read("agents", self._plan.agents, "agent_id", read)
        return _capped(agents, MOST_AGENTS)

    def _agent(
        self, section: Section, row: Json, agent_id: AgentId, queues: tuple[QueueId, ...]
    ) -> Agent:
        reader, told = self._reader, section.fields
        state = AgentState(reader.word(told["state"], row) or AgentState.UNKNOWN)
        call_id = reader.key(told.get("call_id"), row)
        since = reader.instant(told.get("state_since"), row)
        old = self._before.snapshot.agents.get(agent_id) if self._before is not None else None
        return Agent(
            agent_id=agent_id,
            name=reader.text(told.get("name"), row) or agent_id,
            state=state,
            state_since=_steady(
                since, old.state_since if old is not None else None, told.get("state_since")
            ),
            queues=queues,
            reason=reader.text(told.get("reason"), row) if state is AgentState.ON_BREAK else None,
            # The system's own id; it becomes the visit's when they are made to agree.
            call_id=None if call_id is None else CallId(call_id),
        )

    def _counter_rows(self) -> Iterator[CounterReading]:
        readings: list[CounterReading] = []
        reader = self._reader

        def read(section: Section, row: Json, key: str) -> bool:
            told = section.fields
            found: dict[str, float | None] = {
                name: reader.whole(told.get(name), row) for name in (*NOW, *COUNTS)
            }
            for name in SPANS:
                longest = LONGEST_SUM if name in SUMS else LONGEST
                span = reader.duration(told.get(name), row, longest)
                found[name] = None if span is None else span.total_seconds()
            known = {name: float(number) for name, number in found.items() if number is not None}
            sums = {str(name): known.pop(name) for name in (*COUNTS, *SUMS) if name in known}
            readings.append(
                CounterReading(
                    queue_id=QueueId(key), at=self._as_of, since=section.since, now=known, sums=sums
                )
            )
            return True

        self._read("counters", self._plan.counters, "queue_id", read)
        yield from readings

    # Calls

    def _take_ended(self) -> None:
        self._read("ended", self._plan.ended, "call_id", self._take_ended_row)

    def _take_ended_row(self, section: Section, row: Json, raw: str) -> bool:
        """Make the fact of a call that the system tells to be over, unless it was told before."""
        reader, told = self._reader, section.fields
        live = self._old.live.get(raw)
        if raw in self._over or (live is None and raw in self._old.over):
            return True
        ending = reader.word(told["ending"], row)
        queue = reader.key(told.get("queue_id"), row)
        if queue is None and live is not None:
            queue = live.call.queue_id
        if queue is None or queue not in self._queues:
            return section.skip_others
        if ending is None:
            return False
        record = self._record(section, row, (raw, QueueId(queue), Ending(ending)), live)
        if record is None:
            return False
        self._tell(raw, record, sure=True)
        return True

    def _record(
        self,
        section: Section,
        row: Json,
        what: tuple[str, QueueId, Ending],
        live: LiveCall | None,
    ) -> CallRecord | None:
        """Return a fact with all that the row tells, and what was seen of the call."""
        reader, told = self._reader, section.fields
        raw, queue, ending = what
        here = live is not None and live.call.queue_id == queue
        seen = live.call if live is not None and here else Call(call_id=CallId(""), queue_id=queue)
        entered = reader.instant(told.get("entered_at"), row) or seen.entered_at
        answered_at = reader.instant(told.get("answered_at"), row) or seen.answered_at
        ended = reader.instant(told.get("ended_at"), row)
        wait = reader.duration(told.get("wait"), row)
        talk = reader.duration(told.get("talk"), row)
        if ended is None and entered is not None and wait is not None:
            ended = entered + wait + (talk or _NO_TIME)
        told_end = ended is not None
        if ended is None and live is not None:
            ended = live.missed_at or self._as_of
        if entered is None and ended is not None and wait is not None:
            entered = ended - wait - (talk or _NO_TIME)
        entered = entered or seen.answered_at
        if entered is None or ended is None or ended + _ROUNDING < entered:
            return None
        agent = reader.key(told.get("agent_id"), row)
        if not told_end and talk is None and not self._near:
            answered_at = None  # its end was somewhere in a long silence
        return _checked(
            CallRecord(
                fact_id=FactId(self._visit(raw)),
                call_id=CallId(self._visit(raw)),
                queue_id=queue,
                entered_at=entered,
                ended_at=min(max(ended, entered), self._as_of),
                ending=ending,
                wait=wait,
                target=self._queues[queue].target,
                talk=talk,
                hold=reader.duration(told.get("hold"), row),
                wrap_up=reader.duration(told.get("wrap_up"), row),
                contact=reader.key(told.get("contact"), row),
                agent_id=seen.agent_id if agent is None else AgentId(agent),
                caller_number=reader.text(told.get("caller_number"), row) or seen.caller_number,
                missed_rings=reader.whole(told.get("missed_rings"), row) or 0,
                transferred=reader.yes(told.get("transferred"), row),
            ),
            answered_at,
        )

    def _take_calls(self) -> None:
        self._read("calls", self._plan.calls, "call_id", self._take_call_row)
        _capped(self._live, MOST_CALLS)

    def _take_call_row(self, section: Section, row: Json, raw: str) -> bool:
        seen = self._seen(section, row, raw)
        known = self._old.over.get(seen.raw)
        # What the system has told to be over stays over, and each call is told once.
        if seen.raw in self._over or seen.raw in self._live or (known is not None and known[1]):
            return True
        live = self._old.live.get(seen.raw)
        queue = self._queue_of(section, seen, live)
        if queue is None:
            return section.skip_others
        if seen.state is None and "state" in section.fields:
            # A word that nobody explained. Who was there before still is.
            if live is not None:
                self._live[seen.raw] = LiveCall(call=live.call)
            return live is not None
        if seen.state != OVER:  # one that is over is gone, as if it were not told
            self._take_live(section, seen, queue, live)
        return True

    def _queue_of(self, section: Section, seen: _Seen, live: LiveCall | None) -> QueueId | None:
        """Return the queue of a call. None if it is none of ours."""
        if seen.queue is not None and seen.queue in self._queues:
            return QueueId(seen.queue)
        if live is not None and "queue_id" in section.keep and live.call.queue_id in self._queues:
            return live.call.queue_id
        return None

    def _take_live(
        self, section: Section, seen: _Seen, queue: QueueId, live: LiveCall | None
    ) -> None:
        if live is not None and live.call.queue_id != queue:
            self._tell(seen.raw, self._moved(live), sure=False)
            live = None
        if live is None and (seen.raw in self._old.over or seen.raw in self._over):
            self._visits[seen.raw] = self._number(seen.raw) + 1
            self._over.pop(seen.raw, None)
        self._live[seen.raw] = LiveCall(call=self._call(section, seen, queue, live))

    def _seen(self, section: Section, row: Json, raw: str) -> _Seen:
        reader, told = self._reader, section.fields
        return _Seen(
            raw=raw,
            queue=reader.key(told["queue_id"], row),
            state=reader.word(told.get("state"), row),
            entered_at=reader.instant(told.get("entered_at"), row),
            answered_at=reader.instant(told.get("answered_at"), row),
            agent=reader.key(told.get("agent_id"), row),
            number=reader.text(told.get("caller_number"), row),
            name=reader.text(told.get("caller_name"), row),
        )

    def _call(self, section: Section, seen: _Seen, queue: QueueId, live: LiveCall | None) -> Call:
        old = live.call if live is not None else None
        kept = old if old is not None else Call(call_id=CallId(""), queue_id=queue)

        def told(name: str, now: Any) -> Any:  # noqa: ANN401 - of any field
            return getattr(kept, name) if now is None and name in section.keep else now

        entered = _steady(
            told("entered_at", seen.entered_at), kept.entered_at, section.fields.get("entered_at")
        )
        answered = _steady(
            told("answered_at", seen.answered_at),
            kept.answered_at,
            section.fields.get("answered_at"),
        )
        talks = seen.state == TALKING or (seen.state is None and answered is not None)
        if talks:
            entered, answered = self._answered(entered, answered, old)
        else:
            answered = None
            # Nobody told since when he waits: since he was first seen.
            entered = entered or kept.entered_at or self._as_of
        agent = told("agent_id", seen.agent) if talks else None
        return Call(
            call_id=CallId(self._visit(seen.raw)),
            queue_id=queue,
            caller_number=told("caller_number", seen.number),
            caller_name=told("caller_name", seen.name),
            entered_at=entered,
            answered_at=answered,
            agent_id=None if agent is None else AgentId(agent),
        )

    def _answered(
        self, entered: datetime | None, answered: datetime | None, old: Call | None
    ) -> tuple[datetime | None, datetime]:
        """Return since when one who talks was in the queue, and since when he talks."""
        entered = entered or (old.entered_at if old is not None else None)
        if answered is None and old is not None and old.answered_at is not None:
            return old.entered_at, old.answered_at
        if answered is None:
            # First seen talking. Only if he was seen waiting just before is it known since when.
            return entered if self._near and old is not None else None, self._as_of
        if entered is not None and entered > answered:
            entered = answered if entered - answered <= _ROUNDING else None
        return entered, answered

    def _settle_gone(self) -> None:
        """Conclude what became of those who were there and are not told any more."""
        gone = next((each.gone for each in self._plan.calls if each.gone is not None), None)
        if gone is None:
            # A system that tells how calls ended may do so a look later.
            gone = Gone(looks=2 if self._plan.ended else 1)
        for raw, live in self._old.live.items():
            if raw in self._live or raw in self._over:
                continue
            if live.call.queue_id in self._queues and live.missed + 1 < gone.looks:
                self._live[raw] = LiveCall(
                    call=live.call, missed=live.missed + 1, missed_at=live.missed_at or self._as_of
                )
            else:
                self._tell(raw, self._concluded(live, gone), sure=False)

    def _concluded(self, live: LiveCall, gone: Gone) -> CallRecord:
        call, ended = live.call, live.missed_at or self._as_of
        talked = call.answered_at is not None
        ending = Ending.ANSWERED if talked else gone.waiting if self._near else Ending.UNKNOWN
        since = call.answered_at or ended
        wait = None
        if ending is not Ending.UNKNOWN and call.entered_at is not None:
            wait = since - call.entered_at
        measured = talked and gone.measured and self._near
        return self._fact(call, ended, ending, wait=wait, talk=ended - since if measured else None)

    def _moved(self, live: LiveCall) -> CallRecord:
        """Return the fact of a visit that ended because the call went to another queue."""
        call = live.call
        if call.answered_at is None:
            return self._fact(call, self._as_of, Ending.LEFT_OTHERWISE)
        wait = None if call.entered_at is None else call.answered_at - call.entered_at
        record = self._fact(call, self._as_of, Ending.ANSWERED, wait=wait)
        return replace(record, transferred=True)

    def _fact(
        self,
        call: Call,
        ended: datetime,
        ending: Ending,
        *,
        wait: timedelta | None = None,
        talk: timedelta | None = None,
    ) -> CallRecord:
        queue = self._queues.get(call.queue_id)
        return CallRecord(
            fact_id=FactId(call.call_id),
            call_id=call.call_id,
            queue_id=call.queue_id,
            entered_at=call.entered_at or call.answered_at or ended,
            ended_at=ended,
            ending=ending,
            wait=wait,
            target=queue.target if queue is not None else None,
            talk=talk,
            agent_id=call.agent_id,
            caller_number=call.caller_number,
        )

    def _tell(self, raw: str, record: CallRecord, *, sure: bool) -> None:
        self._facts.append(record)
        self._over[raw] = (self._as_of, sure)

    def _visit(self, raw: str) -> str:
        number = self._number(raw)
        return raw if number == 1 else f"{raw}~{number}"

    def _number(self, raw: str) -> int:
        return self._visits.get(raw) or self._old.visits.get(raw, 1)

    def _remembered(self) -> Mapping[str, tuple[datetime, bool]]:
        old = self._old.over
        if not self._over:
            return old
        oldest = self._as_of - REMEMBERED
        return {raw: told for raw, told in old.items() if told[0] > oldest} | self._over

    # What must agree

    def _agreed(
        self, agents: Mapping[AgentId, Agent]
    ) -> tuple[Mapping[CallId, Call], Mapping[AgentId, Agent]]:
        """Return calls and agents that say the same of each other."""
        has = self._calls_of_agents(agents)
        calls: dict[CallId, Call] = {}
        for raw, live in self._live.items():
            call = live.call
            agent_id = call.agent_id if call.agent_id in agents else None
            if agent_id is None and call.answered_at is not None:
                agent_id = has.get(raw)
            if agent_id != call.agent_id:
                call = replace(call, agent_id=agent_id)
                self._live[raw] = replace(live, call=call)
            calls[call.call_id] = call
        talks: dict[AgentId, Call] = {}
        for call in calls.values():
            if call.agent_id is not None and call.answered_at is not None:
                before = talks.get(call.agent_id)
                if before is None or (before.answered_at or call.answered_at) < call.answered_at:
                    talks[call.agent_id] = call
        busy = any(section.busy_from_calls for section in self._plan.agents)
        return calls, {
            key: self._with_call(agent, talks.get(key), busy=busy) for key, agent in agents.items()
        }

    def _calls_of_agents(self, agents: Mapping[AgentId, Agent]) -> Mapping[str, AgentId]:
        has: dict[str, AgentId] = {}
        for agent in agents.values():
            if agent.call_id is not None:
                has.setdefault(agent.call_id, agent.agent_id)
        return has

    def _with_call(self, agent: Agent, call: Call | None, *, busy: bool) -> Agent:
        state, since = agent.state, agent.state_since
        if busy and call is not None and state in _MAY_BE_BUSY:
            state, since = AgentState.IN_CALL, call.answered_at
        old = self._before.snapshot.agents.get(agent.agent_id) if self._before else None
        if since is None and old is not None:
            same = old.state is state
            since = old.state_since if same else (self._as_of if self._near else None)
        has = call is not None and state in (AgentState.IN_CALL, AgentState.ON_HOLD)
        return Agent(
            agent_id=agent.agent_id,
            name=agent.name,
            state=state,
            state_since=since,
            queues=agent.queues,
            reason=agent.reason,
            call_id=call.call_id if call is not None and has else None,
        )

    def _same(self, kind: str, rows: Mapping[_Key, _Row]) -> Mapping[_Key, _Row]:
        """Return the rows; those that did not change as the objects that they were."""
        if self._before is None:
            return rows
        old: Mapping[_Key, _Row] = getattr(self._before.snapshot, kind)
        same = {
            key: was if (was := old.get(key)) is not None and was == row else row
            for key, row in rows.items()
        }
        if len(old) == len(same) and all(
            one is other for one, other in zip(old.values(), same.values(), strict=True)
        ):
            return old
        return same


_MAY_BE_BUSY: Final = frozenset(
    {AgentState.FREE, AgentState.RINGING, AgentState.OTHER, AgentState.UNKNOWN}
)


def _capped(rows: Mapping[_Key, _Row], most: int) -> Mapping[_Key, _Row]:
    if len(rows) > most:
        raise unreadable("there are more than {most} rows", most=str(most))
    return rows


def _steady(now: datetime | None, before: datetime | None, told: Any) -> datetime | None:  # noqa: ANN401
    """Return a moment; one that is told by its age, and only trembles, as it was before."""
    if now is None or before is None or told is None or not is_age(told.unit):
        return now
    return before if abs(now - before) <= _TREMBLING else now


def _checked(record: CallRecord, answered_at: datetime | None) -> CallRecord:
    """Return a fact whose times fit together; what does not fit is not known."""
    whole = record.ended_at - record.entered_at
    if record.ending is not Ending.ANSWERED:
        wait = record.wait
        if wait is None or wait > whole + _ROUNDING:
            wait = whole
        return replace(
            record,
            wait=None if record.ending is Ending.UNKNOWN else min(wait, whole),
            talk=None,
            hold=None,
            wrap_up=None,
            transferred=False,
        )
    wait, talk = record.wait, record.talk
    if answered_at is not None and record.entered_at <= answered_at <= record.ended_at:
        wait = answered_at - record.entered_at if wait is None else wait
        talk = record.ended_at - answered_at if talk is None else talk
    if wait is not None and wait > whole:
        wait = whole if wait <= whole + _ROUNDING else None
    if wait is not None and talk is None:
        talk = whole - wait
    if talk is not None and talk > whole + _ROUNDING:
        talk = None
    hold = record.hold
    if hold is not None and talk is not None and hold > talk:
        hold = None
    return replace(record, wait=wait, talk=talk, hold=hold)
