"""Asterisk's own log of its queues, line by line, as facts.

Times in it are whole seconds, so a wait or a talk may be off by up to a second; the mean of many
is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from wallboard.domain.facts import CallRecord, Ending, FactId
from wallboard.domain.snapshot import AgentId, CallId, QueueId
from wallboard.sources.asterisk.rows import epoch, known, seconds

# Where the wait stands in the data of a verb that ends a visit without an answer.
_LEFT: Final[Mapping[str, tuple[Ending, int]]] = {
    "ABANDON": (Ending.ABANDONED, 2),
    "EXITWITHTIMEOUT": (Ending.TIMED_OUT, 2),
    "EXITWITHKEY": (Ending.LEFT_BY_KEY, 3),
    "EXITEMPTY": (Ending.LEFT_EMPTY, 2),
}
# Verbs that end an answered visit. Their data end with wait, talk and the original position,
# whatever stands before.
_TALKED: Final = frozenset(
    {"COMPLETEAGENT", "COMPLETECALLER", "BLINDTRANSFER", "ATTENDEDTRANSFER", "TRANSFER"}
)
_TALK: Final = -2

TargetOf = Callable[[str], timedelta | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    at: datetime
    callid: str
    queue: str
    agent: str
    verb: str
    data: tuple[str, ...]

    def item(self, place: int) -> str | None:
        """Return one of the data, or None if there are fewer."""
        return self.data[place] if -len(self.data) <= place < len(self.data) else None


@dataclass(slots=True)
class _Visit:
    queue: str
    entered_at: datetime
    number: str | None
    visit: int
    wait: timedelta | None = None
    agent: str = ""
    missed: int = 0


def records_of(lines: Iterable[bytes], target_of: TargetOf) -> Iterator[CallRecord]:
    """Yield the visits that are over, in the order in which they ended.

    Visits that are open when the server starts anew, or when the caller joins again, ended out of
    sight. Lines that cannot be read are passed over.

    Args:
        lines: `time|callid|queue|agent|VERB|data…`, with or without line ends.
        target_of: The service level's time to answer, by the queue's name.
    """
    log = _Log(target_of)
    for raw in lines:
        line = _line_of(raw)
        if line is not None:
            yield from log.take(line)


def _line_of(raw: bytes) -> _Line | None:
    parts = raw.rstrip(b"\r\n").decode("utf-8", "replace").split("|")
    if len(parts) < 5:
        return None
    at = epoch(parts[0])
    if at is None:
        return None
    _, callid, queue, agent, verb, *data = parts
    return _Line(at=at, callid=callid, queue=queue, agent=agent, verb=verb, data=tuple(data))


class _Log:
    def __init__(self, target_of: TargetOf) -> None:
        self._target_of = target_of
        self._open: dict[str, _Visit] = {}
        self._visits: dict[tuple[str, str], int] = {}

    def take(self, line: _Line) -> Iterator[CallRecord]:
        if line.verb == "QUEUESTART":
            for callid in tuple(self._open):
                yield self._unseen_end(callid, line.at)
        elif line.verb == "ENTERQUEUE":
            if line.callid in self._open:
                yield self._unseen_end(line.callid, line.at)
            self._enter(line)
        else:
            visit = self._open.get(line.callid)
            if visit is not None and visit.queue == line.queue:
                yield from self._advance(visit, line)

    def _enter(self, line: _Line) -> None:
        key = (line.callid, line.queue)
        self._visits[key] = self._visits.get(key, 0) + 1
        self._open[line.callid] = _Visit(
            queue=line.queue,
            entered_at=line.at,
            number=known(line.item(1)),
            visit=self._visits[key],
        )

    def _advance(self, visit: _Visit, line: _Line) -> Iterator[CallRecord]:
        if line.verb == "RINGNOANSWER":
            visit.missed += 1
        elif line.verb == "CONNECT":
            visit.wait, visit.agent = seconds(line.item(0)), line.agent
        elif line.verb in _LEFT:
            ending, place = _LEFT[line.verb]
            visit.wait = seconds(line.item(place))
            yield self._record(line.callid, line.at, ending)
        elif line.verb in _TALKED:
            record = self._record(line.callid, line.at, Ending.ANSWERED)
            talk = seconds(line.item(_TALK))
            passed_on = not line.verb.startswith("COMPLETE")
            yield replace(record, talk=talk, transferred=passed_on)

    def _unseen_end(self, callid: str, at: datetime) -> CallRecord:
        # Who was answered was answered; only the end was not seen.
        answered = bool(self._open[callid].agent)
        return self._record(callid, at, Ending.ANSWERED if answered else Ending.UNKNOWN)

    def _record(self, callid: str, at: datetime, ending: Ending) -> CallRecord:
        visit = self._open.pop(callid)
        key = f"{callid}@{visit.queue}#{visit.visit}"
        return CallRecord(
            fact_id=FactId(key),
            call_id=CallId(key),
            queue_id=QueueId(visit.queue),
            entered_at=visit.entered_at,
            ended_at=max(at, visit.entered_at),
            ending=ending,
            wait=visit.wait,
            target=self._target_of(visit.queue),
            agent_id=AgentId(visit.agent) if visit.agent else None,
            caller_number=visit.number,
            missed_rings=visit.missed,
        )
