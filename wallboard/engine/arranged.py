"""A picture as the people of a site want it: own names and targets, without what is hidden."""

from __future__ import annotations

from dataclasses import replace

from wallboard.domain.arranging import Arrangement
from wallboard.domain.measuring import Measuring
from wallboard.domain.snapshot import Agent, Queue, QueueId, Snapshot, SnapshotChange, applied


def arranged(
    change: SnapshotChange, measuring: Measuring, arrangement: Arrangement
) -> SnapshotChange:
    """Return the change with what people decided on in place of what the source tells.

    Hidden queues are not in it, nor are their calls and who their members are.
    """
    hidden = arrangement.hidden
    if change.queues:
        queues = tuple(
            _own(queue, measuring, arrangement)
            for queue in change.queues
            if queue.queue_id not in hidden
        )
        change = replace(change, queues=queues)
    if not hidden:
        return change
    return replace(
        change,
        agents=tuple([_without(agent, hidden) for agent in change.agents]),
        calls=tuple([call for call in change.calls if call.queue_id not in hidden]),
    )


def pictured(
    before: Snapshot | None, told: Snapshot, change: SnapshotChange, arrangement: Arrangement
) -> Snapshot:
    """Return the picture that is shown.

    Args:
        before: The one that was shown before.
        told: The new one as the source told it.
        change: The same as a change, arranged.
    """
    if arrangement.hidden:
        return applied(before, change)
    # All but the rows of the queues is as it was told: to put that together once is enough.
    if before is not None and not (change.whole or change.queues or change.queues_gone):
        same = before.queues is told.queues
        return told if same else replace(told, queues=before.queues)
    known = None if before is None else replace(before, agents={}, calls={})
    rows = SnapshotChange(
        as_of=change.as_of,
        whole=change.whole,
        queues=change.queues,
        queues_gone=change.queues_gone,
    )
    queues = applied(known, rows).queues
    return told if queues == told.queues else replace(told, queues=queues)


def _own(queue: Queue, measuring: Measuring, arrangement: Arrangement) -> Queue:
    queue_id = queue.queue_id
    target = measuring.rule(queue_id).target
    name = arrangement.names.get(queue_id)
    if target is None and name is None:
        return queue
    counted = queue.counted
    if counted is not None and target is not None:
        # Who was answered in time was counted by the system's own time to answer, not by this.
        counted = replace(counted, answered_in_target=None)
    return replace(
        queue,
        target=queue.target if target is None else target,
        name=queue.name if name is None else name,
        counted=counted,
    )


def _without(agent: Agent, hidden: frozenset[QueueId]) -> Agent:
    if hidden.isdisjoint(agent.queues):
        return agent
    return replace(agent, queues=tuple(key for key in agent.queues if key not in hidden))
