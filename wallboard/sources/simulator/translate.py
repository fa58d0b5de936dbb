"""What the world's people and visits are in the words of the house."""

from __future__ import annotations

from datetime import datetime, timedelta

from wallboard.domain.facts import CallRecord, Ending, FactId
from wallboard.domain.snapshot import Agent, AgentState, Call, Queue
from wallboard.sources.simulator.world import Line, Person, Visit, World

_WITH_CALL = frozenset({AgentState.IN_CALL, AgentState.ON_HOLD})


def queue_of(line: Line) -> Queue:
    """Return the row of a queue."""
    return Queue(queue_id=line.key, name=line.name, target=timedelta(microseconds=line.target_us))


def agent_of(world: World, person: Person) -> Agent:
    """Return the row of an agent."""
    visit = person.visit if person.phase in _WITH_CALL else None
    return Agent(
        agent_id=person.key,
        name=person.name,
        state=person.phase,
        state_since=None if person.since is None else world.instant(person.since),
        queues=tuple(line.key for line in person.lines),
        reason=person.reason,
        call_id=None if visit is None else visit.key,
    )


def call_of(world: World, visit: Visit, *, entry_seen: bool) -> Call:
    """Return the row of a call that is not over.

    Args:
        entry_seen: False if he joined and was answered while nobody could see.
    """
    return Call(
        call_id=visit.key,
        queue_id=visit.line.key,
        caller_number=visit.number,
        caller_name=visit.name,
        entered_at=world.instant(visit.entered) if entry_seen else None,
        answered_at=None if visit.answered is None else world.instant(visit.answered),
        agent_id=None if visit.person is None else visit.person.key,
    )


def record_of(
    world: World, visit: Visit, ended: int, ending: Ending, *, entry_seen: bool
) -> CallRecord:
    """Return the fact of a visit whose end was seen.

    Args:
        entry_seen: False if he joined and was answered while nobody could see: how long he waited
            is not known then.
    """
    answered = visit.answered
    waited = (ended if answered is None else answered) - visit.entered
    talk = None if answered is None else ended - answered - visit.held
    return CallRecord(
        fact_id=FactId(visit.key),
        call_id=visit.key,
        queue_id=visit.line.key,
        entered_at=_entered_at(world, visit, entry_seen=entry_seen),
        ended_at=world.instant(ended),
        ending=ending,
        wait=timedelta(microseconds=waited) if entry_seen else None,
        target=timedelta(microseconds=visit.line.target_us),
        talk=None if talk is None else timedelta(microseconds=talk),
        hold=None if talk is None else timedelta(microseconds=visit.held),
        wrap_up=None if talk is None else timedelta(microseconds=visit.wrap_up),
        agent_id=None if visit.person is None else visit.person.key,
        caller_number=visit.number,
        missed_rings=visit.missed_rings,
        transferred=visit.transferred,
    )


def unseen_record_of(
    world: World, visit: Visit, dark_since: int, *, entry_seen: bool
) -> CallRecord:
    """Return the fact of a visit that ended between `dark_since` and the world's present.

    An answer that was seen stays an answer, although nobody knows when the talk ended. Of
    everything else nobody can say how it ended, and who came and went in the dark is only known
    to have been there.
    """
    now, answered = world.now, visit.answered
    if answered is None or answered > dark_since:
        known = visit.entered <= dark_since
        return CallRecord(
            fact_id=FactId(visit.key),
            call_id=visit.key,
            queue_id=visit.line.key,
            entered_at=world.instant(visit.entered) if known else now,
            ended_at=now,
            ending=Ending.UNKNOWN,
            target=timedelta(microseconds=visit.line.target_us),
            caller_number=visit.number if known else None,
        )
    return CallRecord(
        fact_id=FactId(visit.key),
        call_id=visit.key,
        queue_id=visit.line.key,
        entered_at=_entered_at(world, visit, entry_seen=entry_seen),
        ended_at=now,
        ending=Ending.ANSWERED,
        wait=timedelta(microseconds=answered - visit.entered) if entry_seen else None,
        target=timedelta(microseconds=visit.line.target_us),
        agent_id=None if visit.person is None else visit.person.key,
        caller_number=visit.number,
        missed_rings=visit.missed_rings,
    )


def _entered_at(world: World, visit: Visit, *, entry_seen: bool) -> datetime:
    answered = visit.answered
    return world.instant(visit.entered if entry_seen or answered is None else answered)
