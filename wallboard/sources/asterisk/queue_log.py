"""Asterisk's own log of its queues, line by line, as facts; it can be read on where it ended.

Times in it are whole seconds, so a wait or a talk may be off by up to a second; the mean of many
is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final, TypeAlias

from wallboard.domain.facts import CallRecord, Ending, Fact, FactId
from wallboard.domain.snapshot import AgentId, CallId, QueueId
from wallboard.sources.asterisk.log_people import LogPeople, LogPerson
from wallboard.sources.asterisk.rows import LONGEST, known, person_of

# Where the wait stands in the data of a verb that ends a visit without an answer.
_LEFT: Final[Mapping[bytes, tuple[Ending, int]]] = {
    b"ABANDON": (Ending.ABANDONED, 2),
    b"EXITWITHTIMEOUT": (Ending.TIMED_OUT, 2),
    b"EXITWITHKEY": (Ending.LEFT_BY_KEY, 3),
    b"EXITEMPTY": (Ending.LEFT_EMPTY, 2),
    b"WITHDRAW": (Ending.LEFT_OTHERWISE, 2),
}
# Verbs that end an answered visit. Their data end with wait, talk and the original position,
# whatever stands before.
_TALKED: Final = {
    b"COMPLETEAGENT": False,
    b"COMPLETECALLER": False,
    b"BLINDTRANSFER": True,
    b"ATTENDEDTRANSFER": True,
    b"TRANSFER": True,
}
# The last instant that a datetime can be.
_LAST_TIME: Final = 253_402_300_799
_LONGEST_S: Final = 10**8
# For so long the log remembers how often a caller has joined a queue.
_PAGE_S: Final = 12 * 3600
# Who has been in the queue for so long left it out of sight.
_FORGOTTEN_S: Final = 24 * 3600
# Rotated files of one log that lie further apart than that have others between them.
_APART_S: Final = 3 * 24 * 3600
# Callers may have been created by a clock that differs a little from the log's.
_NEW_S: Final = 1
# Names of queues and agents are few. Who makes up millions of them wants to do harm.
_CACHED: Final = 50_000
_SHOWN_BAD: Final = 100

TimeOf: TypeAlias = Callable[[str], timedelta | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class BadLine:
    """A line that cannot be read.

    Attributes:
        number: In its file, from 1.
        text: Its beginning, as it stands there: text from outside.
    """

    number: int
    text: str


@dataclass(slots=True, kw_only=True)
class LogVisit:
    """One visit that is not over. Times are whole seconds since the epoch.

    Attributes:
        entered: When he joined; a guess if his ENTERQUEUE was not read.
        wait: None while he waits.
        agent: Who answered, as the log names him; empty while he waits.
    """

    callid: bytes
    fact_id: str
    queue: bytes
    entered: int
    number: bytes = b""
    wait: int | None = None
    agent: bytes = b""
    missed: int = 0


@dataclass(slots=True, kw_only=True)
class LogState:
    """Where a log's reading stood, so that it can go on another time. Plain values.

    Attributes:
        since: From when on the log was read without a break. None if nothing was read.
        last: The time of the last line.
        joined: How often a caller joined a queue, by `callid@queue`.
    """

    since: int | None = None
    last: int | None = None
    visits: list[LogVisit] = field(default_factory=list)
    joined: dict[str, int] = field(default_factory=dict)
    persons: list[LogPerson] = field(default_factory=list)


def first_time(line: bytes) -> int | None:
    """Return the time of one line. None if it cannot be read."""
    parts = line.split(b"|", 5)
    return _time(parts[0]) if len(parts) > 4 else None


def lines_of(data: bytes) -> tuple[list[bytes], bytes]:
    """Return the whole lines of a piece of a log, and the begin of a line at its end."""
    lines = data.split(b"\n")
    return lines, lines.pop()


class QueueLog:
    """Reads one server's log, in pieces of any size. Used by one thread.

    Attributes:
        lines, bad: How many lines there were, and how many of them could not be read.
        bad_lines: The first of those.
        since, last: Seconds since the epoch, from when to when it was read without a break. None
            before the first line.
    """

    def __init__(
        self,
        *,
        target_of: TimeOf = lambda _: None,
        wrap_up_of: TimeOf = lambda _: None,
        person: Callable[[str], AgentId] = lambda name: person_of(name)[0],
        state: LogState | None = None,
    ) -> None:
        """Begin, or go on.

        Args:
            target_of: The service level's time to answer, by the queue's name.
            wrap_up_of: What an agent has after a call, by the queue's name.
            person: Who is meant by the name of an agent; a member's interface stands there too.
            state: Where an earlier reading stood. The log may begin before that: what is read
                again makes the same facts.
        """
        self._target_of = target_of
        self._wrap_up_of = wrap_up_of
        self._person_of = person
        self._people = LogPeople(wrap_up_of)
        self._visits: dict[bytes, LogVisit] = {}
        # How often each caller joined each queue: this half of a day, and the one before.
        self._joined: dict[bytes, int] = {}
        self._joined_before: dict[bytes, int] = {}
        self._page = 0
        self._texts: dict[bytes, str] = {}
        self._agents: dict[bytes, AgentId] = {}
        self._facts: list[Fact] = []
        self._rest = b""
        self._number = 0
        self._fresh = True
        self.lines = 0
        self.bad = 0
        self.bad_lines: list[BadLine] = []
        self.since: int | None = None
        self.last: int | None = None
        if state is not None:
            self._seed(state)
        self._verbs: Final[Mapping[bytes, _Take]] = {
            b"ENTERQUEUE": self._entered,
            b"CONNECT": self._connected,
            b"RINGNOANSWER": self._missed,
            b"RINGCANCELED": self._rang,
            **{verb: self._leaver(*told) for verb, told in _LEFT.items()},
            **{verb: self._ender(passed_on=told) for verb, told in _TALKED.items()},
            b"ADDMEMBER": self._added,
            b"REMOVEMEMBER": self._removed,
            b"PAUSE": self._paused,
            b"PAUSEALL": self._paused_all,
            b"UNPAUSE": self._unpaused,
            b"UNPAUSEALL": self._unpaused_all,
            b"AGENTLOGIN": self._logged_in,
            b"AGENTCALLBACKLOGIN": self._logged_in,
            b"AGENTLOGOFF": self._logged_off,
            b"AGENTCALLBACKLOGOFF": self._logged_off,
            b"QUEUESTART": self._restarted,
        }

    @property
    def open(self) -> int:
        """How many visits are not over."""
        return len(self._visits)

    def feed(self, data: bytes) -> Sequence[Fact]:
        """Take the next piece of the file; a line may be cut anywhere. Returns what is over now."""
        lines, self._rest = lines_of(self._rest + data)
        return self._take(lines)

    def end_file(self) -> Sequence[Fact]:
        """The file is over: what is left is a line, and the next line is another file's first.

        The next file may begin before this one ended.
        """
        lines, self._rest = [self._rest] if self._rest else [], b""
        facts = self._take(lines)
        self._number, self._fresh = 0, True
        return facts

    def running(self) -> Sequence[Fact]:
        """Return the spells that are not over, as if they ended with the last line."""
        return () if self.last is None else tuple(self._people.running(self.last))

    def state(self) -> LogState:
        """Return where the reading stands. What is returned lives on with the reading."""
        joined = {**self._joined_before, **self._joined}
        return LogState(
            since=self.since,
            last=self.last,
            visits=list(self._visits.values()),
            joined={
                key.decode("utf-8", "surrogateescape"): number for key, number in joined.items()
            },
            persons=list(self._people.persons.values()),
        )

    # --- lines ------------------------------------------------------------------------------

    def _take(self, lines: Sequence[bytes]) -> Sequence[Fact]:
        self._look_at_times(lines)
        verbs = self._verbs
        for number, line in enumerate(lines, self._number + 1):
            parts = line.split(b"|", 5)
            try:
                take = verbs[parts[4]]
                at = int(parts[0])
                rest = parts[5]
            except (IndexError, KeyError, ValueError):
                self._take_odd(line, number)
                continue
            if 0 < at <= _LAST_TIME:
                take(at, parts[1], parts[2], parts[3], rest)
            else:
                self._take_odd(line, number)
        self._number += len(lines)
        self.lines += len(lines)
        facts = self._facts
        spells = self._people.spells
        if spells:
            facts += spells
            self._people.spells = []
        self._facts = []
        return facts

    def _look_at_times(self, lines: Sequence[bytes]) -> None:
        """Note from when to when these lines are; the first of a file may be an earlier time."""
        first = next(filter(None, map(first_time, lines)), None)
        if first is None:
            return
        if self._fresh:
            self._fresh = False
            if self.last is not None and first < self.last:
                self._seed(self.state(), first)
            elif self.last is not None and first > self.last + _APART_S:
                self._restarted(self.last)
                self.since = None
        if self.since is None:
            self.since = first
        last = next(filter(None, map(first_time, reversed(lines))), first)
        self.last = last if self.last is None else max(self.last, last)
        if last // _PAGE_S != self._page:
            self._turn_page(last // _PAGE_S)

    def _turn_page(self, page: int) -> None:
        """Half a day is over: forget how often callers joined before that, and who must be gone."""
        self._page, self._joined_before, self._joined = page, self._joined, {}
        for visit in tuple(self._visits.values()):
            if visit.entered + _FORGOTTEN_S < page * _PAGE_S:
                self._unseen_end(visit, visit.entered + _FORGOTTEN_S)

    def _seed(self, state: LogState, first: int | None = None) -> None:
        """Go on from there. If the log begins earlier, at `first`, only what was so then holds."""
        if first is None:
            self.since, self.last = state.since, state.last
            self._visits = {visit.callid: visit for visit in state.visits}
            self._joined_before = {
                key.encode("utf-8", "surrogateescape"): number
                for key, number in state.joined.items()
            }
            self._people.seed(state.persons)
            return
        self.since = first
        self._visits = {one.callid: one for one in state.visits if one.entered <= first}
        for visit in self._visits.values():
            if visit.wait is not None and visit.entered + visit.wait >= first:
                visit.wait, visit.agent = None, b""
        self._joined, self._joined_before = {}, {}
        self._people.seed(
            person for person in state.persons if person.state is not None and person.since <= first
        )

    def _take_odd(self, line: bytes, number: int) -> None:
        """Take a line that is none of those that matter, or is written in another way."""
        stripped = line.rstrip(b"\r\n")
        parts = stripped.split(b"|", 5)
        at = _time(parts[0]) if len(parts) > 4 else None
        if at is None:
            if stripped:
                self.bad += 1
                if len(self.bad_lines) < _SHOWN_BAD:
                    text = stripped[:LONGEST].decode("utf-8", "replace")
                    self.bad_lines.append(BadLine(number=number, text=text))
            else:
                self.lines -= 1  # an empty line says nothing and is nothing
            return
        take = self._verbs.get(parts[4])
        if take is not None:
            take(at, parts[1], parts[2], parts[3], parts[5] if len(parts) > 5 else b"")

    # --- calls ------------------------------------------------------------------------------

    def _entered(self, at: int, callid: bytes, queue: bytes, _: bytes, rest: bytes) -> None:
        old = self._visits.get(callid)
        if old is not None:
            if old.queue == queue and old.entered == at:
                return  # this very line was read before
            self._unseen_end(old, at)
        data = rest.split(b"|", 2)
        self._begin(at, callid, queue, data[1] if len(data) > 1 else b"")

    def _begin(self, at: int, callid: bytes, queue: bytes, number: bytes) -> None:
        key = callid + b"@" + queue
        count = self._joined.get(key) or self._joined_before.get(key, 0)
        self._joined[key] = count + 1
        called = key.decode("utf-8", "replace")
        # Who called before the log begins may have joined this queue before that.
        counted = self._called_since(callid)
        self._visits[callid] = LogVisit(
            callid=callid,
            fact_id=f"{called}#{count + 1}" if counted else f"{called}@{at}",
            queue=queue,
            entered=at,
            number=number,
        )

    def _called_since(self, callid: bytes) -> bool:
        """True if all that the caller did is in what was read: his id tells when he called."""
        born = callid.rpartition(b"-")[2].partition(b".")[0]
        if not born.isdigit() or self.since is None:
            return False
        return int(born[:12]) >= self.since - _NEW_S

    def _late(
        self, at: int, callid: bytes, queue: bytes, lasted: tuple[int | None, int | None]
    ) -> LogVisit | None:
        """Begin a visit whose ENTERQUEUE was not read. None if it is over, or can't be placed."""
        key = callid + b"@" + queue
        wait, talk = lasted
        if wait is None or key in self._joined or key in self._joined_before:
            return None
        entered = max(at - wait - (talk or 0), 1)
        self._joined[key] = 1
        visit = self._visits[callid] = LogVisit(
            callid=callid,
            fact_id=f"{key.decode('utf-8', 'replace')}@{entered}",
            queue=queue,
            entered=entered,
        )
        return visit

    def _visit(
        self, at: int, callid: bytes, queue: bytes, lasted: tuple[int | None, int | None]
    ) -> LogVisit | None:
        visit = self._visits.get(callid)
        if visit is None:
            return self._late(at, callid, queue, lasted)
        return visit if visit.queue == queue else None

    def _connected(self, at: int, callid: bytes, queue: bytes, agent: bytes, rest: bytes) -> None:
        data = rest.split(b"|", 3)
        wait = _seconds(data, 0)
        visit = self._visit(at, callid, queue, (wait, None))
        if visit is None:
            return
        if visit.agent and visit.agent != agent:
            self._people.call_lost(at, self._agent(visit.agent), visit.fact_id)
        visit.wait, visit.agent = wait, agent
        person, name = self._agent(agent), self._text(queue)
        ring = _seconds(data, 2)
        if ring:
            self._people.rang(at, person, name, ring)
        self._people.connected(at, person, name, visit.fact_id)

    def _missed(self, at: int, callid: bytes, queue: bytes, agent: bytes, rest: bytes) -> None:
        visit = self._visits.get(callid)
        if visit is not None and visit.queue == queue:
            visit.missed += 1
        self._rang(at, callid, queue, agent, rest)

    def _rang(self, at: int, _: bytes, queue: bytes, agent: bytes, rest: bytes) -> None:
        length_ms = _seconds(rest.split(b"|", 1), 0)
        if length_ms is not None:
            length = (length_ms + 500) // 1000
            self._people.rang(at, self._agent(agent), self._text(queue), length)

    def _leaver(self, ending: Ending, place: int) -> _Take:
        def left(at: int, callid: bytes, queue: bytes, _: bytes, rest: bytes) -> None:
            wait = _seconds(rest.split(b"|"), place)
            visit = self._visit(at, callid, queue, (wait, None))
            if visit is not None:
                if visit.agent:
                    self._people.call_lost(at, self._agent(visit.agent), visit.fact_id)
                visit.wait, visit.agent = wait, b""
                self._record(visit, at, ending)

        return left

    def _ender(self, *, passed_on: bool) -> _Take:
        def ended(at: int, callid: bytes, queue: bytes, agent: bytes, rest: bytes) -> None:
            data = rest.split(b"|")
            wait, talk = _seconds(data, -3), _seconds(data, -2)
            visit = self._visit(at, callid, queue, (wait, talk))
            if visit is None:
                return
            if not visit.agent:
                visit.wait, visit.agent = wait, agent
            person = self._agent(visit.agent)
            self._people.talked(at, person, self._text(queue), visit.fact_id, talk)
            self._record(visit, at, Ending.ANSWERED, (talk, passed_on))

        return ended

    def _unseen_end(self, visit: LogVisit, at: int) -> None:
        # Who was answered was answered; only the end was not seen.
        if visit.agent:
            self._people.call_lost(at, self._agent(visit.agent), visit.fact_id)
            self._record(visit, at, Ending.ANSWERED)
        else:
            self._record(visit, at, Ending.UNKNOWN)

    def _record(
        self,
        visit: LogVisit,
        at: int,
        ending: Ending,
        talked: tuple[int | None, bool] = (None, False),
    ) -> None:
        del self._visits[visit.callid]
        queue = self._text(visit.queue)
        answered = ending is Ending.ANSWERED
        talk, passed_on = talked
        self._facts.append(
            CallRecord(
                fact_id=FactId(visit.fact_id),
                call_id=CallId(visit.fact_id),
                queue_id=QueueId(queue),
                entered_at=datetime.fromtimestamp(visit.entered, UTC),
                ended_at=datetime.fromtimestamp(max(at, visit.entered), UTC),
                ending=ending,
                wait=_duration(visit.wait),
                target=self._target_of(queue),
                talk=_duration(talk),
                wrap_up=self._wrap_up_of(queue) if answered else None,
                contact=visit.callid.decode("utf-8", "replace")[:LONGEST],
                agent_id=self._agent(visit.agent) if visit.agent else None,
                caller_number=known(visit.number.decode("utf-8", "replace")),
                missed_rings=visit.missed,
                transferred=passed_on,
            )
        )

    # --- people -----------------------------------------------------------------------------

    def _added(self, at: int, _: bytes, queue: bytes, agent: bytes, rest: bytes) -> None:
        paused = rest.startswith(b"PAUSED")
        self._people.added(at, self._agent(agent), self._text(queue), paused=paused)

    def _removed(self, at: int, _: bytes, queue: bytes, agent: bytes, __: bytes) -> None:
        self._people.removed(at, self._agent(agent), self._text(queue))

    def _paused(self, at: int, _: bytes, queue: bytes, agent: bytes, rest: bytes) -> None:
        self._people.paused(at, self._agent(agent), self._text(queue), _reason(rest))

    def _paused_all(self, at: int, _: bytes, __: bytes, agent: bytes, rest: bytes) -> None:
        self._people.paused(at, self._agent(agent), "", _reason(rest))

    def _unpaused(self, at: int, _: bytes, queue: bytes, agent: bytes, __: bytes) -> None:
        self._people.unpaused(at, self._agent(agent), self._text(queue))

    def _unpaused_all(self, at: int, _: bytes, __: bytes, agent: bytes, ___: bytes) -> None:
        self._people.unpaused(at, self._agent(agent), "")

    def _logged_in(self, at: int, _: bytes, __: bytes, agent: bytes, ___: bytes) -> None:
        self._people.logged_in(at, self._agent(agent))

    def _logged_off(self, at: int, _: bytes, __: bytes, agent: bytes, ___: bytes) -> None:
        self._people.logged_off(at, self._agent(agent))

    def _restarted(self, at: int, *_: bytes) -> None:
        for visit in tuple(self._visits.values()):
            self._unseen_end(visit, at)
        self._people.restarted(at)

    # --- text -------------------------------------------------------------------------------

    def _text(self, raw: bytes) -> str:
        text = self._texts.get(raw)
        if text is None:
            if len(self._texts) > _CACHED:
                self._texts.clear()
            text = self._texts[raw] = raw.decode("utf-8", "replace")[:LONGEST]
        return text

    def _agent(self, raw: bytes) -> AgentId:
        agent = self._agents.get(raw)
        if agent is None:
            if len(self._agents) > _CACHED:
                self._agents.clear()
            agent = self._agents[raw] = self._person_of(self._text(raw))
        return agent


_Take: TypeAlias = Callable[[int, bytes, bytes, bytes, bytes], None]


def records_of(lines: Iterable[bytes], target_of: TimeOf) -> Iterator[CallRecord]:
    """Yield the visits that are over, in the order in which they ended.

    Visits that are open when the server starts anew, or when the caller joins again, ended out of
    sight. Lines that cannot be read are passed over.

    Args:
        lines: `time|callid|queue|agent|VERB|data…`, with or without line ends.
        target_of: The service level's time to answer, by the queue's name.
    """
    log = QueueLog(target_of=target_of)
    for line in lines:
        for fact in log.feed(line.rstrip(b"\r\n") + b"\n"):
            if isinstance(fact, CallRecord):
                yield fact


def answered_by(lines: Iterable[bytes], wanted: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield who answered, as the log names him, by the callid, of the wanted callids only."""
    for line in lines:
        parts = line.split(b"|", 5)
        if len(parts) > 4 and parts[4] == b"CONNECT":
            callid = parts[1].decode("utf-8", "replace")
            if callid in wanted:
                yield callid, parts[3].decode("utf-8", "replace")


def _time(text: bytes) -> int | None:
    if not text.isdigit() or len(text) > 12:
        return None
    at = int(text)
    return at if 0 < at <= _LAST_TIME else None


def _seconds(data: Sequence[bytes], place: int) -> int | None:
    """Return one of the data as whole seconds. None if there are fewer, or if it is no time."""
    if not -len(data) <= place < len(data):
        return None
    text = data[place].rstrip(b"\r")
    if not text.isdigit() or len(text) > 9:
        return None
    number = int(text)
    return number if number <= _LONGEST_S else None


def _duration(seconds: int | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)


def _reason(rest: bytes) -> str:
    return rest.partition(b"|")[0].rstrip(b"\r").decode("utf-8", "replace")[:LONGEST]
