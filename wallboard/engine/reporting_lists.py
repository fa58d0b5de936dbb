"""Listings of a report: calls, whom to call back, alerts with who handled them, commands, gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from wallboard.domain.alert import AlertEvent, Deed, News
from wallboard.domain.call_backs import CallBackNote
from wallboard.domain.facts import CallRecord, DirectCall, Direction, Ending
from wallboard.domain.reporting import Cell, Table
from wallboard.domain.snapshot import AgentId, QueueId
from wallboard.domain.totals import NOTHING, within
from wallboard.engine.lost_calls import DUE_IN, CallBack, LostCalls, same_number
from wallboard.engine.reporting_material import ReportAsk
from wallboard.engine.reporting_rows import Standing, interval_figures, made_table
from wallboard.engine.windows import place_in

_NO_TIME: Final = timedelta()


def _local(asked: ReportAsk, instant: datetime | None) -> datetime | None:
    return None if instant is None else instant.astimezone(asked.zone)


def _number(asked: ReportAsk, number: str | None) -> str | None:
    return asked.numbers(number) or None if number else None


def _yes_no(told: bool | None) -> str | None:  # noqa: FBT001 - what is asked is whether it is true
    return None if told is None else ("yes" if told else "no")


# Calls


def calls(standing: Standing) -> Table:
    """Return a row a call, in order of arrival."""
    return made_table("calls", [_call(standing.asked, call) for call in standing.material.calls])


def _call(asked: ReportAsk, call: CallRecord) -> tuple[Cell, ...]:
    answered = call.ending is Ending.ANSWERED
    in_target: bool | None = None
    if answered and call.wait is not None and call.target is not None:
        in_target = within(call.wait, call.target)
    return (
        _local(asked, call.entered_at),
        asked.queue(call.queue_id),
        _number(asked, call.caller_number),
        call.wait,
        str(call.ending),
        _yes_no(in_target),
        None if call.agent_id is None else asked.agent(call.agent_id),
        call.talk,
        call.hold,
        call.wrap_up,
        _yes_no(call.transferred) if answered else None,
        _local(asked, call.ended_at),
    )


# Lost calls


def lost_summary(standing: Standing) -> Table | None:
    """Return how many calls were lost, and of how many numbers the caller got through."""
    lost = standing.material.lost
    if lost is None:
        return None
    calls = sum(each.total() for each in _by_queue(standing.asked, lost))
    if not calls and not standing.whole.known:
        return made_table("lost_summary", [(None,) * 5])  # a gap, no zero
    row = (
        calls,
        len(lost.open),
        len(lost.recovered),
        len(lost.withheld),
        lost.recovered_share,
    )
    return made_table("lost_summary", [row])


def lost_queues(standing: Standing) -> Table | None:
    """Return where calls were lost: calls, and what became of each."""
    lost, asked = standing.material.lost, standing.asked
    if lost is None:
        return None
    counts = _by_queue(asked, lost)
    names = sorted(set().union(*counts), key=lambda key: (asked.queue(key), key))
    rows = [_lost_row(asked.queue(key), [count[key] for count in counts]) for key in names]
    return made_table("lost_queues", rows, _lost_row(None, [each.total() for each in counts]))


def _by_queue(asked: ReportAsk, lost: LostCalls) -> list[Counter[QueueId]]:
    """Return the lost calls by queue: open, recovered, withheld; of queues of the report alone.

    A caller's other calls, in other queues, are his, but none of the report's.
    """
    parts = (
        (call for group in lost.open for call in group.calls),
        (call for group in lost.recovered for call in group.calls),
        lost.withheld,
    )
    return [
        Counter(call.queue_id for call in part if asked.takes(call.queue_id, None))
        for part in parts
    ]


def _lost_row(name: str | None, parts: list[int]) -> tuple[Cell, ...]:
    return (name, sum(parts), *parts)


def call_backs(standing: Standing) -> Table | None:
    """Return whom to call back, who has waited longest for it first."""
    lost, asked = standing.material.lost, standing.asked
    if lost is None:
        return None
    notes = standing.material.notes
    return made_table("call_backs", [_call_back(asked, group, notes) for group in lost.open])


def _call_back(
    asked: ReportAsk, group: CallBack, notes: Mapping[str, CallBackNote]
) -> tuple[Cell, ...]:
    note = notes.get(same_number(group.number))
    if note is not None and note.at < group.first_at:
        note = None  # it is of lost calls before these
    due = None if note is None else note.due_at
    return (
        _number(asked, group.number),
        _queues(asked, group.queues),
        _local(asked, group.first_at),
        _local(asked, group.last_at),
        group.tries,
        group.longest_wait,
        _local(asked, due or group.due_at(DUE_IN)),
        None if note is None else note.text or None,
    )


def recovered(standing: Standing) -> Table | None:
    """Return who got through after all, the last one first."""
    lost, asked = standing.material.lost, standing.asked
    if lost is None:
        return None
    rows: list[tuple[Cell, ...]] = [
        (
            _number(asked, group.number),
            _queues(asked, group.queues),
            _local(asked, group.first_at),
            group.tries,
            group.longest_wait,
            _local(asked, group.recovered_at),
            None if group.recovered_at is None else group.recovered_at - group.first_at,
        )
        for group in lost.recovered
    ]
    return made_table("recovered", rows)


def withheld(standing: Standing) -> Table | None:
    """Return the lost calls of callers who hid their number."""
    lost, asked = standing.material.lost, standing.asked
    if lost is None:
        return None
    rows: list[tuple[Cell, ...]] = [
        (_local(asked, call.at), asked.queue(call.queue_id), call.wait, str(call.ending))
        for call in lost.withheld
    ]
    return made_table("withheld", rows)


def _queues(asked: ReportAsk, keys: Iterable[QueueId]) -> str:
    return ", ".join(asked.queue(key) for key in keys)


def only_wanted(lost: LostCalls, asked: ReportAsk) -> LostCalls | None:
    """Return the lost calls that were lost in a queue of the report; others got through as told.

    None if it is narrowed to agents: what nobody took is no agent's, and none is not nought.
    """

    def wanted(group: CallBack) -> bool:
        return any(asked.takes(key, None) for key in group.queues)

    if asked.agents is not None:
        return None
    return LostCalls(
        open=tuple(filter(wanted, lost.open)),
        recovered=tuple(filter(wanted, lost.recovered)),
        withheld=tuple(call for call in lost.withheld if asked.takes(call.queue_id, None)),
    )


# Calls of both directions


def directions(standing: Standing) -> Table:
    """Return how many calls went which way, and how long they took."""
    totals, directs = standing.totals, standing.material.directs
    rows: list[tuple[Cell, ...]] = []
    if standing.whole.known:
        rows.append(
            _direction_row("queue", totals.offered, totals.answered, totals.talk, totals.handled)
        )
    for direction in Direction:
        if directs is None:
            rows.append((str(direction), *[None] * 5))
            continue
        if not directs and not standing.whole.known:
            rows.append((str(direction), *[None] * 5))  # a gap, no zero
            continue
        those = [call for call in directs if call.direction is direction]
        if those or direction is not Direction.UNKNOWN:
            talks = [call.talk for call in those if call.answered and call.talk is not None]
            answered = sum(call.answered for call in those)
            rows.append(
                _direction_row(
                    str(direction), len(those), answered, sum(talks, _NO_TIME), len(talks)
                )
            )
    return made_table("directions", rows)


def _direction_row(
    name: str, calls: int, answered: int, talk: timedelta, talks: int
) -> tuple[Cell, ...]:
    share = answered / calls if calls else None
    return (name, calls, answered, share, talk, talk / talks if talks else None)


def direction_intervals(standing: Standing) -> Table:
    """Return how many calls went which way in each interval."""
    asked, directs = standing.asked, standing.material.directs
    counts = _counted_directs(asked, directs)
    rows: list[tuple[Cell, ...]] = []
    for place, interval in enumerate(asked.intervals):
        totals = standing.by_interval.get(interval.begin)
        of, _ = interval_figures(
            asked, interval, totals or NOTHING, None, standing.material.stretches
        )
        known = of.known or any(counts[place, each] for each in Direction)
        queue_calls = of.calls.offered if known else None
        told = [None if directs is None or not known else counts[place, each] for each in Direction]
        rows.append((_local(asked, interval.begin), queue_calls, *told))
    known = standing.whole.known or bool(directs)
    over = [
        None if directs is None or not known else sum(call.direction is each for call in directs)
        for each in Direction
    ]
    total = (None, standing.totals.offered if known else None, *over)
    return made_table("direction_intervals", rows, total)


def _counted_directs(
    asked: ReportAsk, directs: tuple[DirectCall, ...] | None
) -> Counter[tuple[int, Direction]]:
    counts: Counter[tuple[int, Direction]] = Counter()
    for call in directs or ():
        place = place_in(asked.intervals, call.began_at)
        if place is not None:
            counts[place, call.direction] += 1
    return counts


def agent_directions(standing: Standing) -> Table | None:
    """Return how many calls each agent had of which way, and how long he talked in them.

    None if nobody can say who took the calls.
    """
    asked, directs = standing.asked, standing.material.directs
    agents = standing.material.booked.agents
    if agents is None:
        return None
    taken = {key: row for key, row in agents.items() if key is not None}
    of: dict[AgentId, list[DirectCall]] = {}
    for call in directs or ():
        if call.agent_id is not None:
            of.setdefault(call.agent_id, []).append(call)
    rows: list[tuple[Cell, ...]] = []
    for key in sorted({*taken, *of}, key=lambda key: (asked.agent(key), key)):
        calls = of.get(key, [])
        told = [
            None if directs is None else sum(call.direction is each for call in calls)
            for each in Direction
        ]
        talk = sum((call.talk for call in calls if call.talk is not None), _NO_TIME)
        queue = taken.get(key)
        queue_talk = _NO_TIME if queue is None else queue.talk
        rows.append(
            (
                asked.agent(key),
                0 if queue is None else queue.answered,
                *told,
                queue_talk + talk if directs is not None else None,
            )
        )
    return made_table("agent_directions", rows)


def direct_calls(standing: Standing) -> Table | None:
    """Return the calls without a queue. None if they are not kept of all of the time."""
    asked, directs = standing.asked, standing.material.directs
    if directs is None:
        return None
    rows: list[tuple[Cell, ...]] = [
        (
            _local(asked, call.began_at),
            str(call.direction),
            _number(asked, call.far_number),
            None if call.agent_id is None else asked.agent(call.agent_id),
            _yes_no(call.answered),
            call.ring,
            call.talk,
            _local(asked, call.ended_at),
        )
        for call in directs
    ]
    return made_table("direct_calls", rows)


# What happened beside the calls


def breaches(standing: Standing) -> Table | None:
    """Return the alerts that fired in the window, each with who took it and how long it lasted.

    None if some were let go with the calls of their time: that there was none, nobody can say.
    """
    if standing.material.sums_before is not None:
        return None
    asked, window = standing.asked, standing.asked.window
    firings: dict[str, list[AlertEvent]] = {}
    for event in standing.material.events:
        if event.fired_at is not None:
            firings.setdefault(event.firing_id, []).append(event)
    rows = [
        (told[0].fired_at, _breach(asked, told))
        for told in firings.values()
        if told[0].fired_at is not None and window.holds(told[0].fired_at)
    ]
    rows.sort(key=lambda row: row[0])
    return made_table("breaches", [row for _, row in rows])


def _breach(asked: ReportAsk, told: list[AlertEvent]) -> tuple[Cell, ...]:
    """Return the row of one firing; what was told of it is in order."""
    first = told[0]
    over = next((event.at for event in told if event.news is News.OVER), None)
    hand = next((event for event in told if event.deed in _TAKEN), None)
    fired = first.fired_at
    return (
        _local(asked, fired),
        None if over is None or fired is None else over - fired,
        max(event.severity for event in told).name.lower(),
        first.rule_name or None,
        str(first.kind),
        first.subject_name or str(first.subject) or None,
        None if hand is None else hand.who or None,
        None if hand is None else _local(asked, hand.at),
        None if hand is None else hand.reason or None,
    )


_TAKEN: Final = frozenset({Deed.ACKNOWLEDGED, Deed.SHELVED, Deed.DISMISSED})


def commands(standing: Standing) -> Table:
    """Return what supervisors did: whom they listened to, whom they paused, and what came of it."""
    asked = standing.asked
    rows: list[tuple[Cell, ...]] = [
        (
            _local(asked, each.at),
            each.who or None,
            each.command,
            asked.agent(AgentId(each.agent_id)) if each.agent_id else None,
            asked.queue(QueueId(each.queue_id)) if each.queue_id else None,
            each.outcome or None,
            each.lasted,
            each.reason or None,
        )
        for each in standing.material.commands
    ]
    return made_table("commands", rows)


def gaps(standing: Standing) -> Table:
    """Return the times of which not all is known."""
    asked = standing.asked
    rows: list[tuple[Cell, ...]] = [
        (_local(asked, gap.begin), _local(asked, gap.end), gap.length)
        for gap in standing.coverage.gaps
    ]
    return made_table("gaps", rows)
