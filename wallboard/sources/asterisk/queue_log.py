"""Asterisk's own log of its queues, line by line, as facts.

Times in it are whole seconds, so a wait or a talk may be off by up to a second; the mean of many
is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from wallboard.domain.facts import CallRecord, Ending, FactId
from wallboard.domain.snapshot import AgentId, CallId, QueueId
from wallboard.sources.asterisk.rows import known, seconds

# Where the wait stands in the data of a verb that ends a visit without an answer.
_LEFT: Final[Mapping[str, tuple[Ending, int]]] = {
    "ABANDON": (Ending.ABANDONED, 2),
    "EXITWITHTIMEOUT": (Ending.TIMED_OUT, 2),
    "EXITWITHKEY": (Ending.LEFT_BY_KEY, 3),
    "EXITEMPTY": (Ending.LEFT_EMPTY, 2),
}
# Where the talk stands in the data of a verb that ends an answered visit.
_TALKED: Final[Mapping[str, int]] = {
    "COMPLETEAGENT": 1,
    "COMPLETECALLER": 1,
    "BLINDTRANSFER": 3,
    "ATTENDEDTRANSFER": 3,
    "TRANSFER": 3,
}


@dataclass(slots=True)
class _Open:
    queue: str
    entered_at: datetime
    number: str | None
    visit: int
    wait: timedelta | None = None
    agent: str = ""
    missed: int = 0


def records_of(
    lines: Iterable[bytes], target_of: Callable[[str], timedelta | None]
) -> Iterator[CallRecord]:
    """Yield the visits that are over, in the order in which they ended.

    Visits that are open when the server starts anew ended out of sight: they are unknown.
    Lines that cannot be read are passed over.

    Args:
        lines: `time|callid|queue|agent|VERB|data…`, with or without line ends.
        target_of: The service level's time to answer, by the queue's name.
    """
    open_visits: dict[str, _Open] = {}
    visits: dict[tuple[str, str], int] = {}
    for raw in lines:
        parts = raw.rstrip(b"\r\n").decode("utf-8", "replace").split("|")
        if len(parts) < 5 or not parts[0].isdigit():
            continue
        at = datetime.fromtimestamp(int(parts[0]), UTC)
        callid, queue, agent, verb, data = parts[1], parts[2], parts[3], parts[4], parts[5:]
        if verb == "QUEUESTART":
            for key, visit in open_visits.items():
                yield _record(key, visit, at, Ending.UNKNOWN, target_of)
            open_visits.clear()
        elif verb == "ENTERQUEUE":
            number = visits[callid, queue] = visits.get((callid, queue), 0) + 1
            open_visits[callid] = _Open(queue, at, known(_at(data, 1)), number)
        elif callid in open_visits:
            record = _advanced(open_visits, callid, at, (verb, agent, data), target_of)
            if record is not None:
                yield record


def _advanced(
    open_visits: dict[str, _Open],
    callid: str,
    at: datetime,
    line: tuple[str, str, list[str]],
    target_of: Callable[[str], timedelta | None],
) -> CallRecord | None:
    verb, agent, data = line
    visit = open_visits[callid]
    if verb == "RINGNOANSWER":
        visit.missed += 1
    elif verb == "CONNECT":
        visit.wait, visit.agent = seconds(_at(data, 0)), agent
    elif verb in _LEFT:
        ending, place = _LEFT[verb]
        visit.wait = seconds(_at(data, place))
        return _record(callid, open_visits.pop(callid), at, ending, target_of)
    elif verb in _TALKED:
        record = _record(callid, open_visits.pop(callid), at, Ending.ANSWERED, target_of)
        talk = seconds(_at(data, _TALKED[verb]))
        return replace(record, talk=talk, transferred=not verb.startswith("COMPLETE"))
    return None


def _record(
    callid: str,
    visit: _Open,
    at: datetime,
    ending: Ending,
    target_of: Callable[[str], timedelta | None],
) -> CallRecord:
    if ending is Ending.UNKNOWN and visit.agent:
        ending = Ending.ANSWERED  # he was answered; only the end was not seen
    return CallRecord(
        fact_id=FactId(f"{callid}@{visit.queue}#{visit.visit}"),
        call_id=CallId(f"{callid}@{visit.queue}#{visit.visit}"),
        queue_id=QueueId(visit.queue),
        entered_at=visit.entered_at,
        ended_at=at,
        ending=ending,
        wait=visit.wait,
        target=target_of(visit.queue),
        agent_id=AgentId(visit.agent) if visit.agent else None,
        caller_number=visit.number,
        missed_rings=visit.missed,
    )


def _at(data: list[str], place: int) -> str | None:
    return data[place] if place < len(data) else None
