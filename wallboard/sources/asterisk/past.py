"""What the server's own log of its queues tells of time in which nobody watched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from wallboard.domain.coverage import Stretch, Witness
from wallboard.domain.errors import FaultKind, SourceUnavailable, fault
from wallboard.domain.facts import AgentSpell, CallRecord, DirectCall, Fact, FactId
from wallboard.domain.snapshot import AgentId, QueueId
from wallboard.domain.source import Gap, Recalled, Told
from wallboard.sources.asterisk.log_files import (
    LogFile,
    LogUnreadable,
    NoLogFound,
    beside,
    blocks,
    place_of,
)
from wallboard.sources.asterisk.queue_log import QueueLog, first_time
from wallboard.sources.asterisk.rows import person_of
from wallboard.sources.asterisk.settings import Account, account_of

LEAD: Final = timedelta(hours=2)
"""So long before the gap the log is read: callers and agents were there when it began."""

BEFORE: Final = timedelta(minutes=2)
"""What ended so shortly before the gap may not have been told: how it ended was being asked."""

AFTER: Final = timedelta(seconds=2)
"""A log has whole seconds, and clocks differ a little."""


def past(told: Told, gap: Gap) -> Iterator[Recalled]:
    """Yield what the log tells of a gap; nothing if the connection has no log.

    Raises:
        SourceRefused: A field cannot be used.
        SourceUnavailable: The log cannot be read.
    """
    account = account_of(told)
    if not account.queue_log:
        return
    try:
        yield from _Reading(account, gap).parts()
    except NoLogFound as error:
        raise _unreadable("there is no such file") from error
    except LogUnreadable as error:
        raise _unreadable(error.reason) from error


def _unreadable(reason: str) -> SourceUnavailable:
    return SourceUnavailable(fault(FaultKind.BAD_SETTING, field="queue_log", reason=reason))


class _Reading:
    def __init__(self, account: Account, gap: Gap) -> None:
        self._path = Path(account.queue_log)
        self._gap = gap
        wrap_ups = account.wrap_ups
        self._log = QueueLog(
            target_of=lambda queue: gap.targets.get(QueueId(queue)),
            wrap_up_of=lambda queue: wrap_ups.get(queue, wrap_ups.get("")),
            person=self._person,
        )

    def parts(self) -> Iterator[Recalled]:
        log, since_s = self._log, (self._gap.begin - LEAD).timestamp()
        end_s = (self._gap.end + AFTER).timestamp()
        for number, file in enumerate(_from(beside(self._path, first_time), since_s)):
            begin = place_of(file, since_s, first_time) if number == 0 else 0
            for data, _ in blocks(file, begin):
                yield self._part(log.feed(data))
                if log.last is not None and log.last > end_s:
                    break
            if log.last is not None and log.last > end_s:
                break
            yield self._part(log.end_file())
        yield replace(self._part(log.running()), known=self._known())

    def _part(self, facts: Iterable[Fact]) -> Recalled:
        return Recalled(facts=tuple(fact for told in facts for fact in self._fitted(told)))

    def _fitted(self, fact: Fact) -> Iterator[Fact]:
        """Yield the fact if it is of the gap; of an agent's time the part that is."""
        gap = self._gap
        match fact:
            case CallRecord():
                if gap.begin - BEFORE <= fact.ended_at <= gap.end + AFTER:
                    yield fact
            case AgentSpell():
                begin, end = max(fact.began_at, gap.begin), min(fact.ended_at, gap.end)
                if begin < end:
                    name = FactId(f"{fact.agent_id}@{begin.isoformat()}#{fact.state}")
                    yield replace(fact, fact_id=name, began_at=begin, ended_at=end)
            case DirectCall():
                pass  # no queue knows of it

    def _known(self) -> Stretch | None:
        """Return the time of which all was in the log: up to its last line, and no further."""
        log, gap = self._log, self._gap
        if log.since is None or log.last is None:
            return None
        begin = max(gap.begin, datetime.fromtimestamp(log.since, UTC))
        end = min(gap.end, datetime.fromtimestamp(log.last, UTC))
        return Stretch(begin=begin, end=end, witness=Witness.IMPORT) if begin < end else None

    def _person(self, name: str) -> AgentId:
        return self._gap.names.get(name) or person_of(name)[0]


def _from(files: Sequence[LogFile], since_s: float) -> Sequence[LogFile]:
    """Return the files that have lines from then on, and one that has lines before it, if any."""
    dated = [file for file in files if file.first is not None]
    older = [file for file in dated if file.first is not None and file.first <= since_s]
    return dated[max(0, len(older) - 1) :]
